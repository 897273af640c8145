#!/usr/bin/env bash
# Installs what is missing, builds the examples in build/release, the first finding first, runs the first program of each
# module and every finding on the tables in examples/data/, then one ledger: finding, what the study says, what these data
# say under each definition. It ends in a page to send. The programs that made the tables are another target:
# cmake --build --preset release --target tools
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install_packages.sh
install_packages "${build_packages[@]}" "${example_packages[@]}"

mkdir -p build
tests=$(grep -sx 'COMPUTE_DIVIDE_BUILD_TESTS:BOOL=ON' build/release/CMakeCache.txt >/dev/null && echo ON || echo OFF)
cmake --preset release -DCOMPUTE_DIVIDE_BUILD_TESTS="$tests" >build/configure.log || { cat build/configure.log; exit 1; }
programs=build/release/examples

cmake --build --preset release --target academic_share -j "$(nproc)"
printf '\n=== academic_share\n'
"$programs/academic_share"

printf '\n=== all others are built\n'
cmake --build --preset release --target examples -j "$(nproc)"

for first in examples/*.cpp; do
  first=$(basename "$first" .cpp)
  printf '\n=== %s\n' "$first"
  "$programs/$first"
done

printf '\n=== classify_affiliations\n'
head -4 examples/expected/classify_affiliations.in | "$programs/classify_affiliations"

printf '\n=== extract_hardware\n'
head -4 examples/expected/extract_hardware.in | "$programs/extract_hardware"

printf '\n=== training_footprint\n'
"$programs/training_footprint" --text 'We trained on 64 A100 80GB for 12 days'

printf '\n=== openalex_teams\n'
"$programs/openalex_teams" --years 2016-2024

printf '\n=== regress\n'
"$programs/regress" $(cat examples/expected/regress-grunfeld.args)

printf '\n=== concentration\n'
"$programs/concentration" $(cat examples/expected/concentration-sectors.args)

printf '\n=== ties\n'
"$programs/ties"

printf '\n=== openness\n'
"$programs/openness" --part bounds,trend,lag,transparency

printf '\n=== scenario\n'
"$programs/scenario" $(cat examples/expected/scenario-budget.args)

printf '\n=== scrutiny\n'
"$programs/scrutiny" --ledger

printf '\n=== findings, ending in the ledger\n'
"$programs/ledger" --svg build/release/figures
printf '\nThe figures are in build/release/figures\n'

printf '\n=== report: all of it on one page\n'
"$programs/report" --out build/release/divide.html
