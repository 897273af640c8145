#!/usr/bin/env bash
# Does every header compile alone? Tests may be compiled together, so this script has COMPILER (g++) read each header:
# `headers_alone.sh [COMPILER]`
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export compiler=${1:-g++}
headers=$(cd include && find compute_divide -name '*.hpp' | LC_ALL=C sort)
alone() {
  echo "#include <$1>" | "$compiler" -std=c++20 -fsyntax-only -x c++ -I include -Wall -Wextra -Wpedantic -Wconversion \
    -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion -Werror - || { echo "$1 does not compile alone"; return 1; }
}
export -f alone
xargs -P "$(nproc)" -I '{}' bash -c 'alone {}' <<<"$headers"
echo "$(wc -l <<<"$headers") headers compile alone"
