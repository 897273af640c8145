#!/usr/bin/env bash
# The preprocessed lines of every public header against tests/include_cost.txt: more than 5 % over the table fails, as does
# a header that is not in it. `include_cost.sh --update` writes the table anew. Tier 0 headers may not reach Boost, Eigen or range-v3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=tests/include_cost.txt
measured=$(cd include && find compute_divide -name '*.hpp' -not -path '*/detail/*' | LC_ALL=C sort | while read -r header; do
  text=$(g++ -std=c++20 -I . -isystem /usr/include/eigen3 -E -x c++ "$header")
  floor=std
  for library in boost:boost range/v3:range-v3 Eigen:eigen simdjson:simdjson isa-l:isal; do
    grep -q "^# [0-9]* \"[^\"]*/${library%%:*}[/.]" <<<"$text" && floor="$floor+${library##*:}"
  done
  printf '%s %s %s\n' "$header" "$(grep -vc -e '^#' -e '^ *$' <<<"$text")" "$floor"
done)
if [ "${1:-}" = --update ]; then
  { echo "# header, lines after the preprocessor (g++ 12), what it reaches; written by tests/include_cost.sh --update"; echo "$measured"; } >$table
  exit 0
fi
awk '
  NR == FNR { if ($1 !~ /^#/) { lines[$1] = $2; floor[$1] = $3 } next }
  !($1 in lines) { print $1 ": not in the table"; bad = 1; next }
  $2 > lines[$1] * 1.05 { print $1 ": " $2 " lines, the table has " lines[$1]; bad = 1 }
  $3 != floor[$1] { print $1 ": reaches " $3 ", the table has " floor[$1]; bad = 1 }
  END { if (!bad) print "include cost as in the table"; exit bad }
' $table <(echo "$measured")
