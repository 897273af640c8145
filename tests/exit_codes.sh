#!/usr/bin/env bash
# What programs end with, and what they say: 0; 1 for data that cannot be used, 2 for wrong arguments, 3 where there was
# nothing to report. Arguments: the folder of the programs.
set -uo pipefail
programs=$(realpath "$1")
data=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../examples/data")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
failed=0
# ends_with CODE WORDS COMMAND...: the words are on standard error, or, of success, on standard output.
ends_with() {
  local code=$1 words=$2 got
  shift 2
  "$@" >out 2>err </dev/null
  got=$?
  [ "$got" -eq "$code" ] || { echo "FAILED: ends with $got, not $code: $*: $(head -3 err)" >&2; failed=1; }
  if [ "$code" -eq 0 ]; then grep -qF -- "$words" out; else grep -qF -- "$words" err; fi ||
    { echo "FAILED: no '$words' of $*: $(head -3 err)$(head -c 300 out)" >&2; failed=1; }
}

concentration=$programs/concentration
of_table() { # TABLE: as JSON
  printf "$1" >table.csv
  shift
  ends_with "$@" "$concentration" --csv table.csv --owner o --amount a --json
}
of_table 'o,a\na,1\nb,2\n\n,7\nc,\n' 0 '"n":2,"n_missing":2,"records":2,"total":3,'
of_table 'o,a\na,4\n' 0 '"hhi":{"value":1,'
of_table 'o,a\na,2\nb,2\na,2\nb,2\n' 0 '"hhi":{"value":0.5,'
of_table 'o,a\na,2\nb,2\n' 0 '"5":{"value":null,' # k above the number of owners
of_table 'o,a\na,-1\n' 1 'line 2, "a": an amount >= 0 is required'
of_table 'o,a\na,1\nb,nan\n' 1 'line 3, "a": a number is required, got "nan"'
of_table 'o,a\na,inf\n' 1 'a number is required, got "inf"'
of_table 'o,a\na,1e999\n' 1 'a number is required'
of_table 'owner,a\na,1\n' 1 'one of the columns owner, a, got "o"'
of_table '' 1 'the name of one of the columns'
of_table 'o,a\n' 3 'nothing of a known amount above 0'
of_table 'o,a\na,0\nb,0\n' 3 'nothing of a known amount above 0'
of_table 'o,a\n,5\n,6\n' 3 'nothing of a known amount above 0'
printf 'o,a\na,541\nb,1463\nc,2445\nd,3438\ne,4437\nf,5401\ng,6392\nh,8304\ni,11904\nj,22261\n' >table.csv
ends_with 0 '"hhi":{"value":0.184081230915485' "$concentration" --csv table.csv --owner o --amount a --json
ends_with 0 '"gini":{"value":0.46209113026762' "$concentration" --csv table.csv --owner o --amount a --json
ends_with 0 '"4":{"value":0.7338029015108' "$concentration" --csv table.csv --owner o --amount a --json
ends_with 2 'one of --csv and --clusters' "$concentration"
ends_with 2 '--owner is required' "$concentration" --csv table.csv --amount a
ends_with 2 'does not exist' "$concentration" --csv none.csv --owner o --amount a
ends_with 2 'not expected' "$concentration" --no-such-option
ends_with 2 '--top' "$concentration" --csv table.csv --owner o --amount a --top 4,1
ends_with 2 '--on is required' "$concentration" --clusters "$data/gpu_clusters.csv"
for date in 2025-02-30 2025 soon ''; do
  ends_with 2 '--on: a date' "$concentration" --clusters "$data/gpu_clusters.csv" --on "$date"
done
ends_with 0 '"n":59,' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2019-01-01 --json
ends_with 0 '"private":{"value":0.392' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2019-01-01 --json
ends_with 0 '"n":529,' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --json
ends_with 0 '"private":{"value":0.793' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --json
ends_with 1 'got "Status"' "$concentration" --clusters table.csv --on 2025-05-31
ends_with 3 'nothing' "$concentration" --clusters "$data/gpu_clusters.csv" --on 1990-01-01
exit "$failed"
