#!/usr/bin/env bash
# Runs every fuzz target of a build with fuzzers for some seconds each, from the seeds in tests/fuzz/corpus/NAME:
# bash tests/fuzz/run.sh build/clang 60
set -euo pipefail
build=${1:?the folder of a build with fuzzers}
seconds=${2:-60}
seeds=$(dirname "${BASH_SOURCE[0]}")/corpus
ran=0
for target in "$build"/tests/fuzz/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=$(basename "$target")
  found=$(mktemp -d)
  if ! "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found/" \
      "$found" $([ -d "$seeds/${name#fuzz_}" ] && echo "$seeds/${name#fuzz_}") >"$build/$name.log" 2>&1; then
    tail -40 "$build/$name.log"
    echo "error: $name found an input that fails, in $found" >&2
    exit 1
  fi
  rm -rf "$found"
  echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log") inputs, none fails"
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "error: no fuzz target in $build/tests/fuzz" >&2; exit 1; }
