#!/usr/bin/env bash
# Instructions of one iteration of each benchmark that a row of rows.py asks for, by valgrind's callgrind: a second figure, which
# other programs on the machine do not change. Writes `program benchmark instructions` a line.
#   instructions.sh FILE [PROGRAM...]
set -euo pipefail
out=$(realpath "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v valgrind >/dev/null || { source cmake/install_packages.sh; install_packages valgrind; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: >"$out"
while read -r program name; do
  [ $# -eq 0 ] || printf '%s\n' "$@" | grep -qx -- "$program" || continue
  printf '=== %s %s, instructions (%ds)\n' "$program" "$name" "$SECONDS"
  # Twice an iteration, of which the second meets what the first has made; counted from the loop's beginning to its end.
  valgrind --tool=callgrind --callgrind-out-file="$folder/counts" \
    '--zero-before=benchmark::State::StartKeepRunning()' '--dump-before=benchmark::State::FinishKeepRunning()' \
    "build/benchmark/benchmarks/bench_$program" --benchmark_filter="^$name(/process_time)?(/real_time)?\$" \
    --benchmark_min_time=0.000001 --benchmark_repetitions=2 >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
  count=$(sed -n 's/^totals: //p' "$folder/counts.2")
  echo "$program $name ${count:?callgrind counted nothing of $program $name}" >>"$out"
  rm -f "$folder"/counts*
done < <(python3 benchmarks/table.py instructions)
