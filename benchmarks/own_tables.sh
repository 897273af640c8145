#!/usr/bin/env bash
# Programs on anybody's table beside what they are made of, and beside their peers: classify_affiliations on a million rows,
# the classifier alone, and pandas; shares on ten million rows and DuckDB's group-by. Arguments: the folder of the programs, that of
# the benchmarks, and the numbers of rows.
set -euo pipefail
programs=$(realpath "${1:-build/release/examples}")
benchmarks=$(realpath "${2:-build/benchmark/benchmarks}")
affiliations=${3:-1000000}
sectors=${4:-10000000}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%R s on the clock, %U s of cores'
"$benchmarks/own_tables" make affiliations "$affiliations" >"$folder/papers.csv"
"$benchmarks/own_tables" classify "$folder/papers.csv" affiliations
printf 'classify_affiliations --csv: '
time "$programs/classify_affiliations" --csv "$folder/papers.csv" --output "$folder/rows.csv"
! python3 -c 'import pandas' 2>/dev/null || python3 benchmarks/own_tables_peers.py "$folder/papers.csv" affiliations "$folder/rows.csv"
"$benchmarks/own_tables" make sectors "$sectors" >"$folder/rows.csv"
"$benchmarks/own_tables" count "$folder/rows.csv" year sector
for i in 1 2 3; do
  printf 'shares: '
  time "$programs/shares" --csv "$folder/rows.csv" --by year >"$folder/shares.txt"
done
[ ! -d build/peers/node_modules ] || NODE_PATH=$PWD/build/peers/node_modules node benchmarks/own_tables_peers.mjs "$folder/rows.csv" year sector
