#!/usr/bin/env bash
# The report in a browser. Arguments: the folder of the programs, a folder for what is installed and made. Ends with 77
# where chromium, node or npm is missing.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
programs=$1 folder=$2
source "$sources/tests/browser/install.sh"

"$programs/report" --out report.html
"$programs/report" --out again.html
cmp report.html again.html
node "$sources/tests/browser/report.mjs" report.html "$programs" pictures

# A table of one's own, with names that are more than names.
{
  echo 'Model,Publication date,Organization,Organization categorization,Training compute (FLOP),Notability criteria'
  for i in $(seq 1 60); do
    echo "</script><img src=x onerror=alert($i)>,20$((10 + i % 14))-0$((1 + i % 9))-11,\"<b>A$((i % 11))</b>\",$([ $((i % 3)) = 0 ] && echo Academia || echo Industry),1e$((16 + i % 9)),Highly cited"
  done
} >'own <i>.csv'
"$programs/report" --out own.html --models 'own <i>.csv'
! grep -q '<img\|<b>A\|own <i>\|Epoch AI, models' own.html
node "$sources/tests/browser/report.mjs" own.html "$programs"

# Works of one's own, and what was counted of others.
zcat "$sources/examples/data/openalex_sample.jsonl.gz" >all.jsonl
head -n 400 all.jsonl >works.jsonl
tail -n +401 all.jsonl >others.jsonl
"$programs/openalex_teams" --works others.jsonl --state counted
"$programs/report" --out works.html --works works.jsonl --state counted
! grep -q 'Epoch AI, models\|openalex_sample' works.html
node "$sources/tests/browser/report.mjs" works.html "$programs"
