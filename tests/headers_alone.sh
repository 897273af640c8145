#!/usr/bin/env bash
# Does every header compile alone? A public header is the first include of its own test, which every build compiles: this
# script sees to that, and has COMPILER (g++) read all the others, details and umbrella headers. `headers_alone.sh [COMPILER]`
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export compiler=${1:-g++}
failed=0
others=()
for header in $(cd include && find compute_divide -name '*.hpp' | LC_ALL=C sort); do
  test=tests/${header#compute_divide/}
  test=${test%.hpp}.test.cpp
  if [ ! -f "$test" ]; then
    others+=("$header")
  elif [ "$(grep -m1 '#include' "$test")" != "#include <$header>" ]; then
    echo "$test: its first include is not <$header>"
    failed=1
  fi
done
alone() {
  echo "#include <$1>" | "$compiler" -std=c++20 -fsyntax-only -x c++ -I include -Wall -Wextra -Wpedantic -Wconversion \
    -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion -Werror - || { echo "$1 does not compile alone"; return 1; }
}
export -f alone
printf '%s\n' "${others[@]}" | xargs -P "$(nproc)" -I '{}' bash -c 'alone {}' || failed=1
[ $failed = 1 ] || echo "$((${#others[@]})) headers compile alone; all others are the first include of their tests"
exit $failed
