#!/usr/bin/env bash
# Has COMPILER read every program and tool of examples/ with warnings as errors, without making code of them:
# `programs_compile.sh [COMPILER]`. The other compiler makes and runs them, and sees that each includes what it needs; so
# here all that they include is read once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export compiler=${1:-clang++} mpi= read_once flags=
if [[ $("$compiler" --version) == *clang* ]]; then
  flags=-fpch-instantiate-templates  # what they all instantiate, once too
fi
if command -v mpicxx >/dev/null; then
  mpi=$(mpicxx --showme:incdirs | sed 's/[^ ]*/-isystem &/g')
fi
read_once=$(mktemp -d)
trap 'rm -rf "$read_once"' EXIT
reads() {
  # shellcheck disable=SC2086
  "$compiler" -std=c++20 $flags -I include -I examples $mpi -DOMPI_SKIP_MPICXX -DCOMPUTE_DIVIDE_DATA_DIR='""' \
    -Werror -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion "$@" ||
    { echo "${!#} does not compile"; return 1; }
}
export -f reads
sources=$(find examples -name '*.cpp' -not -path 'examples/embedding/*' | LC_ALL=C sort) # of embedding, its own tests
[ -n "$mpi" ] || sources=$(grep -v _mpi <<<"$sources")
# shellcheck disable=SC2086
grep -h '^#include <' $sources | grep -v '<mpi' | LC_ALL=C sort -u >"$read_once/all.hpp"
# g++ finds all.hpp.gch beside all.hpp, and clang++ too.
reads -x c++-header -o "$read_once/all.hpp.gch" "$read_once/all.hpp"
xargs -P "$(nproc)" -I '{}' bash -c 'reads -fsyntax-only -include "$read_once/all.hpp" {}' <<<"$sources"
echo "$(wc -l <<<"$sources") sources compile"
