#!/usr/bin/env bash
# Every finding of models on tables in which a kind of team, or everything, has no member (tests/models_tables; their
# models are made up): the programs end well in every format, or with 3 where nothing is left to report, and compute_growth
# names a group without members with the reason. Arguments: the folder of the programs.
set -euo pipefail
programs=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
failed=0
fail() {
  echo "$*"
  failed=1
}

for table in models_tables/*.csv; do
  for program in academic_share compute_growth hardware_gap code_release pretrained_reliance; do
    for how in "" --json "--format html"; do
      code=0
      output=$("$programs/$program" --models "$table" $how 2>&1) || code=$?
      [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || fail "$program --models $table $how ends with $code: $output"
      [ -n "$output" ] || fail "$program --models $table $how: nothing printed"
    done
  done
done

says() { # program, its arguments, and what a line of its output must match
  local expected=${!#}
  local output
  output=$("${@:1:$#-1}" 2>&1) || fail "${*:1:$#-1}: $output"
  grep -Eq "$expected" <<<"$output" || fail "${*:1:$#-1}: no line like $expected"
}
says "$programs/compute_growth" --models models_tables/no_collaboration.csv '^collaboration: no data'
says "$programs/compute_growth" --models models_tables/industry_only.csv '^academia: no data'
says "$programs/hardware_gap" --models models_tables/academia_only.csv 'no model of industry is known'
exit "$failed"
