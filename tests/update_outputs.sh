#!/usr/bin/env bash
# Writes the committed outputs of the examples, and docs/programs, anew from build/release. Read the diff before you commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for output in examples/expected/*.out; do
  name=$(basename "$output" .out)
  program=${name%%-*}
  input=${output%.out}.in
  [ -f "$input" ] || input=/dev/null
  arguments=$([ "$name" = "$program" ] || echo "--${name#*-}")
  [ ! -f "${output%.out}.args" ] || arguments=$(cat "${output%.out}.args")
  eval "build/release/examples/$program $arguments" <"$input" >"$output"  # with quotes, as same_output.cmake has it
done
bash docs/site/programs.sh build/release/examples
