#!/usr/bin/env bash
# The twenty steps that took longest in builds and their tests, in seconds: `slowest.sh BUILD...`, from the logs that ninja
# and ctest keep there.
set -euo pipefail
for build in "${@:?the folder of a build}"; do
  awk -v build="$build" -F '\t' '!/^#/ { printf "%8.1f %s\n", ($2 - $1) / 1000, build "/" $4 }' "$build/.ninja_log"
  if [ -f "$build/Testing/Temporary/CTestCostData.txt" ]; then
    awk -v build="$build" '/^---/ { exit } { printf "%8.1f test %s of %s\n", $3, $1, build }' \
      "$build/Testing/Temporary/CTestCostData.txt"
  fi
done | sort -rn | awk 'NR <= 20'
