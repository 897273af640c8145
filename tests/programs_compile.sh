#!/usr/bin/env bash
# Has COMPILER read every program and tool of examples/ with warnings as errors, without making code of them:
# `programs_compile.sh [COMPILER]`. What they share is read source by source, as machines of many processors compile it:
# each includes what it needs. Programs and tools, which are always compiled alone, are one source for each processor,
# each of them within a namespace.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export compiler=${1:-clang++} mpi=
if command -v mpicxx >/dev/null; then
  mpi=$(mpicxx --showme:incdirs | sed 's/[^ ]*/-isystem &/g')
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
reads() {
  # shellcheck disable=SC2086
  "$compiler" -std=c++20 -I . -I include -I examples $mpi -DOMPI_SKIP_MPICXX -DCOMPUTE_DIVIDE_DATA_DIR='""' \
    -Werror -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion "$@" ||
    { echo "${!#} does not compile"; return 1; }
}
reads_part() {
  case $1 in
    */programs_*) reads -fsyntax-only -Wno-return-type "$1" ;;  # main is an ordinary function within a namespace
    *) reads -fsyntax-only "$1" ;;
  esac
}
export -f reads reads_part
includes_of() { grep -h '^#include [<"]' "$@" | LC_ALL=C sort -u; }

shared=$(find examples/support examples/findings -name '*.cpp' | LC_ALL=C sort)
programs=$(find examples -maxdepth 1 -name '*.cpp'; find examples/programs examples/tools -name '*.cpp') # of embedding, its own tests
[ -n "$mpi" ] || programs=$(grep -v _mpi <<<"$programs")
parts=$(nproc)
for ((part = 0; part < parts; ++part)); do
  mapfile -t these < <(LC_ALL=C sort <<<"$programs" | awk -v part="$part" -v parts="$parts" 'NR % parts == part')
  [ "${#these[@]}" -gt 0 ] || continue
  {
    includes_of "${these[@]}"
    for program in "${these[@]}"; do
      printf 'namespace of_%s {\n#include "%s"\n}\n' "$(basename "$program" .cpp)" "$program"
    done
  } >"$folder/programs_$part.cpp"
done
{ find "$folder" -name 'programs_*.cpp'; echo "$shared"; } | xargs -P "$parts" -I '{}' bash -c 'reads_part {}'
echo "$(cat <(echo "$shared") <(echo "$programs") | wc -l) sources compile"
