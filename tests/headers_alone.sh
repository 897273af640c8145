#!/usr/bin/env bash
# Does every header compile alone? Tests may be compiled together, so this script has COMPILER read each header:
# `headers_alone.sh [COMPILER]`; clang++ where it is there, which takes half of g++'s time. One source reads several: a
# header that includes another may follow it, for it finds nothing that it does not include itself. --list prints these
# sources, a line each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Chains in which each header includes, directly or not, the one before it. Greedy: of those left, the header that
# includes most, then among what it includes the one that includes most, and so on.
chains() {
  (cd include && find compute_divide -name '*.hpp' | LC_ALL=C sort | xargs grep -H '^#include <compute_divide/' /dev/null
   find compute_divide -name '*.hpp' | LC_ALL=C sort) | awk '
    { header = $1; sub(/:.*/, "", header); if (!(header in includes)) { includes[header] = ""; names[++count] = header } }
    /#include/ { included = $0; sub(/.*</, "", included); sub(/>.*/, "", included); includes[header] = includes[header] " " included }
    function reach(top, at, list, n, i) {  # all that `top` includes
      n = split(includes[at], list, " ")
      for (i = 1; i <= n; i++)
        if (!((top, list[i]) in below)) { below[top, list[i]]; size[top]++; reach(top, list[i]) }
    }
    END {
      for (i = 1; i <= count; i++) { size[names[i]] += 0; reach(names[i], names[i]) }
      for (;;) {
        top = ""
        for (i = 1; i <= count; i++)
          if (!(names[i] in done) && (top == "" || size[names[i]] > size[top])) top = names[i]
        if (top == "") break
        chain = ""
        while (top != "") {
          done[top]
          chain = top (chain == "" ? "" : " ") chain
          next_one = ""
          for (i = 1; i <= count; i++)
            if (!(names[i] in done) && ((top, names[i]) in below) && (next_one == "" || size[names[i]] > size[next_one]))
              next_one = names[i]
          top = next_one
        }
        print chain
      }
    }'
}
if [ "${1:-}" = --list ]; then
  chains
  exit 0
fi

compiler=${1:-$(command -v clang++ || echo g++)}
export compiler
alone() {
  printf '#include <%s>\n' "$@" | "$compiler" -std=c++20 -fsyntax-only -x c++ -I include -Wall -Wextra -Wpedantic -Wconversion \
    -Wsign-conversion -Wshadow -Wold-style-cast -Wdouble-promotion -Werror - ||
    { echo "one of these does not compile alone: $*"; return 1; }
}
export -f alone
chains | xargs -P "$(nproc)" -L 1 bash -c 'alone "$@"' alone
echo "$(chains | wc -w) headers compile alone"
