#!/usr/bin/env bash
# The report of papers of one's own, and of papers and models: every number is the program's, nothing is of the tables
# that come with the programs, no part is silent that these tables can have. Arguments: the folder of the programs,
# python3.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
python=$2
awk 'NR == 1 || NR % 12 == 0' "$sources/examples/data/papers.csv" >papers.csv
grep -E '^(Vintage|2023-12),' "$sources/examples/data/models.csv" | cut -d, -f2- >models.csv

compare() { # PARTS ARGUMENTS...
  local parts=$1
  shift
  "$python" "$sources/tests/report_values.py" "$programs" "$@" >compared 2>&1 || fail "report $*: $(cat compared)"
  grep -Eq "^[0-9]+ numbers of $parts\$" compared || fail "report $*: compared were $(cat compared), not $parts"
  ! grep -qE 'Epoch AI, models|venue_papers|2025-08' values.html || fail "report $*: other data are in the page"
  grep -qF "$(sha256sum papers.csv | cut -d' ' -f1)" values.html || fail "report $*: no digest of the papers"
}
compare "code_links, code_release, conference_teams, pretrained_reliance, topic_regression, topic_variation" --papers papers.csv --draws 19
compare "academic_share, code_links, code_release, compute_growth, conference_teams, hardware_gap, openness, pretrained_reliance, topic_regression, topic_variation" \
  --papers papers.csv --models models.csv --draws 19 --seed 3
exit "$failed"
