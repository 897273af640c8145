#!/usr/bin/env bash
# Installs what is missing, builds the examples in build/release, runs each on the tables in examples/data/, and ends in
# one ledger: finding, what the study says, what these data say, under which definition.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install_packages.sh
install_packages "${build_packages[@]}" "${example_packages[@]}"

mkdir -p build
tests=$(grep -sx 'COMPUTE_DIVIDE_BUILD_TESTS:BOOL=ON' build/release/CMakeCache.txt >/dev/null && echo ON || echo OFF)
cmake --preset release -DCOMPUTE_DIVIDE_BUILD_TESTS="$tests" >build/configure.log || { cat build/configure.log; exit 1; }
cmake --build --preset release --target examples -j "$(nproc)"

ledger=$(mktemp)
trap 'rm -f "$ledger"' EXIT
for program in quick_start academic_share compute_growth conference_teams hardware_gap topic_regression code_release \
  pretrained_reliance; do
  printf '\n=== %s\n' "$program"
  "build/release/examples/$program"
  [ "$program" = quick_start ] || "build/release/examples/$program" --ledger >>"$ledger" 2>/dev/null
done

printf '\n=== classify_affiliations\n'
head -4 examples/expected/classify_affiliations.in | build/release/examples/classify_affiliations

printf '\n=== extract_hardware\n'
head -4 examples/expected/extract_hardware.in | build/release/examples/extract_hardware

printf '\n=== training_footprint\n'
build/release/examples/training_footprint --text 'We trained on 64 A100 80GB for 12 days'

printf '\n=== openalex_teams\n'
build/release/examples/openalex_teams --years 2016-2024

printf '\n=== regress\n'
build/release/examples/regress $(cat examples/expected/regress-grunfeld.args)

build/release/examples/compute_growth --svg build/release/compute_growth.svg >/dev/null 2>&1 &&
  printf '\nThe trends are drawn in build/release/compute_growth.svg\n'

printf '\n=== ledger\n'
awk -F '\t' '
  { for (i = 1; i <= NF; ++i) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } columns = NF }
  END { for (r = 1; r <= NR; ++r) { line = ""; for (i = 1; i <= columns; ++i) line = line sprintf("%-*s  ", width[i], cell[r, i]); sub(/ +$/, "", line); print line } }
' <(printf 'finding\tthe study\tthese data [interval]\tdefinition, vintage\n') "$ledger"
