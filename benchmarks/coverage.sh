#!/usr/bin/env bash
# Makes docs/coverage.md: how often each interval of the library holds a known truth. Arguments go to the program:
# `bash benchmarks/coverage.sh --replications 500`. Some twenty minutes of one core for 600 replications: most of it are the rows
# that draw anew. Its last table is of other designs than those that the rules of statuses were set by.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p build
cmake --preset benchmark >build/configure.log || { cat build/configure.log; exit 1; }
cmake --build --preset benchmark --target coverage
build/benchmark/benchmarks/coverage "$@" >build/coverage.md
build/benchmark/benchmarks/coverage --designs fresh --seed 2 "$@" >>build/coverage.md
mv build/coverage.md docs/coverage.md
