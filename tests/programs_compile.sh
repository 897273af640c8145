#!/usr/bin/env bash
# Has COMPILER read every program and tool of examples/ with warnings as errors, without making code of them:
# `programs_compile.sh [COMPILER]`. The other compiler makes and runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export compiler=${1:-clang++} mpi=
if command -v mpicxx >/dev/null; then
  mpi=$(mpicxx --showme:incdirs | sed 's/[^ ]*/-isystem &/g')
fi
reads() {
  # shellcheck disable=SC2086
  "$compiler" -std=c++20 -fsyntax-only -I include -I examples $mpi -DOMPI_SKIP_MPICXX -DCOMPUTE_DIVIDE_DATA_DIR='""' \
    -Werror -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion "$1" ||
    { echo "$1 does not compile"; return 1; }
}
export -f reads
sources=$(find examples -name '*.cpp' | LC_ALL=C sort)
[ -n "$mpi" ] || sources=$(grep -v _mpi <<<"$sources")
xargs -P "$(nproc)" -I '{}' bash -c 'reads {}' <<<"$sources"
echo "$(wc -l <<<"$sources") sources compile"
