#!/usr/bin/env bash
# Do the documents hold? Every link within the project leads to a file, and to a heading where it names one; README is a
# page; its program and the output are those of examples/quick_start.cpp; its numbers are in the committed outputs, which
# other tests compare with what the programs print.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0
fail() { echo "error: $*"; failed=1; }

anchors_of() { # FILE: of its headings, as GitHub makes them
  grep -E '^#+ ' "$1" | sed -E 's/^#+ +//' | tr '[:upper:]' '[:lower:]' | sed -E 's/[^a-z0-9 _-]//g; s/ /-/g'
}
while IFS= read -r document; do
  while IFS= read -r link; do
    path=${link%%#*} anchor=
    [[ $link != *#* ]] || anchor=${link#*#}
    [ -z "$path" ] && target=$document || target=$(dirname "$document")/$path
    [ -e "$target" ] || { fail "$document: $link leads nowhere"; continue; }
    [ -z "$anchor" ] || grep -qx -- "$anchor" <(anchors_of "$target") || fail "$document: $target has no heading $anchor"
  done < <(sed '/^```/,/^```/d' "$document" | grep -oE '\]\([^)]+\)' | sed -E 's/^\]\((.*)\)$/\1/' | grep -vE '^(https?|mailto):' || true)
done < <(git ls-files '*.md' 2>/dev/null || find . -name '*.md' -not -path './build/*')

# Every block of C++ is compiled: a page's of docs/cpp, and the tutorial's, are a program, the others fragments of one.
while IFS= read -r page; do
  name=$(basename "$page" .md)
  [[ $page != docs/cpp/* && $name != tutorial ]] || continue
  for ((n = 1; n <= $(grep -c '^```cpp$' "$page"); ++n)); do
    grep -qF "\"${name}_$n.inc\"" tests/page_fragments.cpp || fail "$page: nothing compiles its block $n of C++ (tests/page_fragments.cpp)"
  done
done < <(grep -rl --include='*.md' '^```cpp$' docs)

words=$(wc -w <README.md)
[ "$words" -lt 900 ] || fail "README.md has $words words, a page is below 900"

diff <(sed -n '/^```cpp/,/^```/p' README.md | sed '1d;$d') <(grep -v '^//' examples/quick_start.cpp) >/dev/null ||
  fail "README.md: its program is not examples/quick_start.cpp"
diff <(grep -E '^    20[0-9]+  ' README.md | sed 's/^    //') examples/expected/quick_start.out >/dev/null ||
  fail "README.md: its output is not that of examples/quick_start.cpp"

# What README says, and where it was printed.
while IFS='|' read -r said file printed; do
  grep -qF -- "$said" README.md || fail "README.md no longer says: $said"
  grep -qF -- "$printed" "examples/expected/$file" || fail "README.md: $said: $file does not say $printed"
done <<'NUMBERS'
44 to 75 %†|academic_share.out|44.4 [ 3.8, 94.3] few clusters
44 to 75 %†|academic_share.out|75.0 [31.8, 95.1] few clusters
0 to 21 %†|academic_share.out|21.1
42 to 100 %†|academic_share.out|42.3
4.26 [3.77, 4.81]† (90 %)|compute_growth.out|4.26 [3.77, 4.81] few clusters
4.45 [1.41, 14.04]|hardware_gap.out|4.45 [1.41, 14.04]
26.8 [15.6, 38.1]|conference_teams.out|26.8 [15.6, 38.1]
3.3 [0.8, 12.5]|pretrained_reliance.out|3.3 [0.8, 12.5]
26.6 [19.9, 34.5]|pretrained_reliance.out|26.6 [19.9, 34.5]
1.3 years in mid-2024|openness.out|open behind closed, capability                        1.30
4.61 [3.41, 5.90]|scenario-budget.out|4.61 [3.41, 5.90]
0.1 % of draws|scenario-budget.out|0.00100 [0.00033, 0.00302]
0.69 [0.16, 2.31] billion|scenario-budget.out|6.91e8 [1.59e8, 2.31e9]
NUMBERS
[ $failed = 0 ] && echo "documents hold"
exit $failed
