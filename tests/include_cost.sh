#!/usr/bin/env bash
# The preprocessed lines of every public header against tests/include_cost.txt: more than 5 % over the table fails, as does
# a header that is not in it. `include_cost.sh --update` writes the table anew, and keeps the reasons at its head. Tier 0 headers may not reach Boost, Eigen or range-v3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=tests/include_cost.txt
cost() {
  g++ -std=c++20 -I include -isystem /usr/include/eigen3 -E -x c++ "include/$1" | awk -v header="$1" '
    /^#/ {
      if (match($0, /\/(boost|range\/v3|Eigen|simdjson|isa-l|roaring)[\/.]/)) reached[substr($0, RSTART + 1, RLENGTH - 2)]
      next
    }
    NF { lines++ }
    END {
      floor = "std"
      count = split("boost range/v3:range-v3 Eigen:eigen simdjson isa-l:isal roaring", libraries, " ")
      for (i = 1; i <= count; i++) {
        split(libraries[i] ":" libraries[i], name, ":")
        if (name[1] in reached) floor = floor "+" name[2]
      }
      print header, lines + 0, floor
    }'
}
export -f cost
measured=$(cd include && find compute_divide -name '*.hpp' -not -path '*/detail/*' | xargs -P "$(nproc)" -I '{}' bash -c 'cd .. && cost {}' | LC_ALL=C sort)
if [ "${1:-}" = --update ]; then
  reasons=$(grep '^#' $table)  # kept: what a table's growth was for
  { echo "$reasons"; echo "$measured"; } >$table
  exit 0
fi
awk '
  NR == FNR { if ($1 !~ /^#/) { lines[$1] = $2; floor[$1] = $3 } next }
  !($1 in lines) { print $1 ": not in the table"; bad = 1; next }
  $2 > lines[$1] * 1.05 { print $1 ": " $2 " lines, the table has " lines[$1]; bad = 1 }
  $3 != floor[$1] { print $1 ": reaches " $3 ", the table has " floor[$1]; bad = 1 }
  END { if (!bad) print "include cost as in the table"; exit bad }
' $table <(echo "$measured")
