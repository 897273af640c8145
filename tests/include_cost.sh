#!/usr/bin/env bash
# What public headers cost whoever includes them, by g++:
#   include_cost.sh            lines after the preprocessor against tests/include_cost.txt: more than 5 % over the table
#                              fails, as does a header that is not in it, or reaches another library. Tier 0 headers may
#                              not reach Boost, Eigen or range-v3
#   include_cost.sh --check-seconds   seconds of the processor against tests/include_seconds.txt, in units of a header that
#                              is compiled in the same run. By hand, on an idle machine: elsewhere ratios double by chance
#   include_cost.sh --update   writes the table of lines anew, and keeps the reasons at its head
#   include_cost.sh --seconds  prints that table, and what each header takes on this machine
#   include_cost.sh --graph    prints docs/includes.md: what of all headers' lines comes from where
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=tests/include_cost.txt
seconds=tests/include_seconds.txt
preprocessed() { g++ -std=c++20 -I include -isystem /usr/include/eigen3 -E -x c++ "$@"; }
cost() {
  preprocessed "include/$1" | awk -v header="$1" '
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
export -f cost preprocessed

# HEADER: seconds of the processor, user and system, to compile a source that includes it alone; the best of three for
# what takes less than one, of two for less than three.
seconds_of() {
  local TIMEFORMAT='%U %S' best=99 taken
  for run in 1 2 3; do
    taken=$({ time g++ -std=c++20 -O0 -I include -c -x c++ -o /dev/null - <<<"#include <$1>"; } 2>&1 | awk '{ print $1 + $2 }')
    best=$(awk -v a="$taken" -v b="$best" 'BEGIN { print a < b ? a : b }')
    awk -v t="$best" -v run="$run" 'BEGIN { exit !(t > 3 || (t > 1 && run == 2)) }' && break
  done
  echo "$best"
}
# As tests/include_seconds.txt, with what each header takes here.
measured_seconds() {
  local reference unit
  reference=$(awk '$2 == "reference" { print $1 }' $seconds)
  unit=$(seconds_of "$reference")
  awk '!/^#/ && $2 != "reference" { print $1, $2, $3 }' $seconds | while read -r header tier most; do
    echo "$header $tier $most $(awk -v t="$(seconds_of "$header")" -v unit="$unit" 'BEGIN { printf "%.1f", t / unit }')"
  done
}
case ${1:-} in
  "" | --update | --graph) ;;
  --seconds)
    measured_seconds
    exit 0
    ;;
  --check-seconds)  # machines differ less in ratios than in seconds, but do: four tenths more are allowed
    measured_seconds | awk '
      $4 > 1.4 * $3 { print $1 ": takes " $4 " times the reference, the table has " $3; bad = 1 }
      END { if (!bad) print "seconds as in the table"; exit bad }'
    exit
    ;;
  *)
    echo "error: $1 is none of --update, --seconds, --check-seconds, --graph" >&2
    exit 2
    ;;
esac

# Of the lines of compute_divide.hpp, how many come by each file that it includes, itself or by others, and by which file
# that is included first.
if [ "${1:-}" = --graph ]; then
  preprocessed include/compute_divide/compute_divide.hpp | awk '
    function short(file) {
      sub(/^include\/compute_divide\//, "", file)
      sub(/^\/usr\/include\/c\+\+\/[0-9]+\//, "", file)
      sub(/^\/usr\/(include|lib\/gcc)\/(x86_64-linux-gnu\/)?/, "", file)
      return file
    }
    /^# [0-9]+ "/ {
      name = $3
      gsub(/"/, "", name)
      if ($4 == 1) {
        if (!(name in from)) from[name] = stack[depth]
        stack[++depth] = name
      } else if ($4 == 2)
        --depth
      else if (depth == 0)
        stack[depth = 1] = name
      next
    }
    NF { for (i = 1; i <= depth; i++) lines[stack[i]]++; all++ }
    END {
      root = stack[1]
      print "# What including costs\n"
      print "Made by `bash tests/include_cost.sh --graph`. What each header costs, in lines and in seconds, is in"
      print "[include_cost.txt](../tests/include_cost.txt), which a test holds, and [include_seconds.txt](../tests/include_seconds.txt),"
      print "which `bash tests/include_cost.sh --check-seconds` holds on an idle machine.\n"
      printf "`compute_divide.hpp` is %d lines after the preprocessor (g++ 12). The costliest of what it includes: lines that\n", all
      print "come by a file, those that it includes first among them. An arrow leads to the file that includes it first; later"
      print "includes cost nothing. Standard and Boost headers are in rounded boxes.\n"
      print "```mermaid\ngraph RL"
      while (shown < 40) {
        best = ""
        for (name in lines)
          if (name != root && !(name in number) && (best == "" || lines[name] > lines[best] || (lines[name] == lines[best] && name < best)))
            best = name
        if (best == "") break
        number[best] = ++shown
        order[shown] = best
      }
      for (i = 1; i <= shown; i++) {
        name = order[i]
        ours = name ~ /^include\/compute_divide\//
        printf "  n%d%s\"%s<br>%d\"%s\n", i, ours ? "[" : "(", short(name), lines[name], ours ? "]" : ")"
      }
      printf "  n0[\"compute_divide.hpp<br>%d\"]\n", all
      for (i = 1; i <= shown; i++) {
        up = from[order[i]]
        while (up != root && up != "" && !(up in number)) up = from[up]
        printf "  n%d --> n%d\n", i, up in number ? number[up] : 0
      }
      print "```\n"
      print "| file | lines | part of all | included first by |\n|---|---|---|---|"
      for (i = 1; i <= shown; i++)
        printf "| `%s` | %d | %.0f %% | `%s` |\n", short(order[i]), lines[order[i]], 100 * lines[order[i]] / all, short(from[order[i]])
    }'
  exit 0
fi

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
