#!/usr/bin/env bash
# Runs the fuzz targets of a build with fuzzers for some seconds each, from the seeds in tests/fuzz/corpus/NAME, and prints
# what became of them as the table in docs/promises.md:
#   bash tests/fuzz/run.sh build/clang 60 [NAME...]
# or for so many inputs each, the same ones whenever the same build is run, as .ci/run does:
#   bash tests/fuzz/run.sh build/clang 2000x [NAME...]
# With --keep FOLDER, before the rest, the inputs that reach something new stay in FOLDER/NAME, and a later run goes on from
# them: what a fast build found, one with sanitizers reads once more, and nothing else, by 0x. The fast one is of the preset fuzz.
#   bash tests/fuzz/run.sh --keep inputs build/fuzz 720 && bash tests/fuzz/run.sh --keep inputs build/clang 0x
# As many at once as there are processors.
set -euo pipefail
keep=
if [ "${1-}" = --keep ]; then
  keep=${2:?the folder of the inputs to keep}
  shift 2
fi
build=${1:?the folder of a build with fuzzers}
bound=${2:-60}
shift "$(($# < 2 ? $# : 2))"
case $bound in
  *[!0-9x]* | x* | *x?*) echo "error: $bound is no number of seconds, as 60, nor of inputs, as 2000x" >&2; exit 2 ;;
  *x) limits=(-runs="${bound%x}" -seed=1) ;;
  *) limits=(-max_total_time="$bound") ;;
esac
seeds=$(dirname "${BASH_SOURCE[0]}")/corpus
names=("$@")
if [ "${#names[@]}" -eq 0 ]; then
  for target in "$build"/tests/fuzz/fuzz_*; do
    if [ -x "$target" ] && [ -f "$target" ]; then names+=("${target##*/fuzz_}"); fi
  done
fi
[ "${#names[@]}" -gt 0 ] || { echo "error: no fuzz target in $build/tests/fuzz" >&2; exit 1; }
rows=$(mktemp -d)
trap 'rm -rf "$rows"' EXIT
# Its row of the table, in a file of its own.
fuzz() {
  local name=$1 log=$build/fuzz_$1.log found kept began=$SECONDS
  found=$(mktemp -d)
  kept=$found
  if [ -n "$keep" ]; then kept=$keep/$name; mkdir -p "$kept"; fi
  if ! "$build/tests/fuzz/fuzz_$name" "${limits[@]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$found/" "$kept" $([ -d "$seeds/$name" ] && echo "$seeds/$name") >"$log" 2>&1; then
    tail -40 "$log"
    echo "error: fuzz_$name found an input that fails, in $found" >&2
    return 1
  fi
  rm -rf "$found"
  awk -v name="$name" -v seconds="$((SECONDS - began))" -v date="$(date +%F)" '
    /inline 8-bit counters/ && match($0, /\([0-9]+ inline/) { edges = substr($0, RSTART + 1, RLENGTH - 8) }
    match($0, / cov: [0-9]+/) { covered = substr($0, RSTART + 6, RLENGTH - 6) }
    /^stat::number_of_executed_units:/ { runs = $2 }
    END { printf "| `%s` | %d | %d | %d | %d | nothing | %s |\n", name, seconds, runs, covered, edges, date }' "$log" >"$rows/$name"
}
every_nth_from() {
  local i failed=0
  for ((i = $1; i < ${#names[@]}; i += at_once)); do fuzz "${names[i]}" || failed=1; done
  return $failed
}
at_once=$(nproc) failed=0 running=()
for ((first = 0; first < at_once; ++first)); do every_nth_from "$first" & running+=($!); done
for each in "${running[@]}"; do wait "$each" || failed=1; done
echo "| target | seconds | executions | edges covered | of | found | date |"
echo "|---|---:|---:|---:|---:|---|---|"
for name in "${names[@]}"; do [ ! -f "$rows/$name" ] || cat "$rows/$name"; done
exit $failed
