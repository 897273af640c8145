#!/usr/bin/env bash
# Builds every benchmark and runs each beside its peer, one after the other, on this machine. Arguments choose benchmarks:
# `bash benchmarks/run.sh statistics csv`. Peers: scipy and statsmodels from Debian, DuckDB from npm (in build/peers).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install_packages.sh
install_packages "${build_packages[@]}" "${benchmark_packages[@]}"

mkdir -p build
cmake --preset benchmark >build/configure.log || { cat build/configure.log; exit 1; }
cmake --build --preset benchmark -j "$(nproc)"

duckdb=build/peers/node_modules
if [ ! -d "$duckdb" ] && command -v npm >/dev/null; then
  npm install --silent --prefix build/peers @duckdb/node-api || echo "note: DuckDB could not be installed; its rows are left out"
fi

chosen=("$@")
[ ${#chosen[@]} -gt 0 ] || mapfile -t chosen < <(cd benchmarks && ls *.bench.cpp | sed 's/\.bench\.cpp$//')
for name in "${chosen[@]}"; do
  printf '\n=== %s\n' "$name"
  "build/benchmark/benchmarks/bench_$name" --benchmark_repetitions=3 --benchmark_report_aggregates_only=true 2>/dev/null |
    grep -v -e _mean -e _stddev -e _cv
  for peer in benchmarks/"$name"_peers.*; do
    case $peer in
      *.py) /usr/bin/python3 "$peer" "build/benchmark/benchmarks/bench_$name" ;;
      *.R) command -v Rscript >/dev/null && Rscript "$peer" "build/benchmark/benchmarks/bench_$name" || echo "note: R, or a package of it, is not here; $peer is left out" ;;
      *.mjs) [ -d "$duckdb" ] && NODE_PATH=$PWD/$duckdb node "$peer" ;;
    esac
  done
done

if [ $# -eq 0 ]; then
  printf '\n=== training_compute_backtest\n'
  build/benchmark/benchmarks/training_compute_backtest
fi
