#!/usr/bin/env bash
# Builds every benchmark, runs each beside its peers, one after the other on this machine, and writes README.md of what that
# gave: all of one run. Takes some twenty minutes after the build.
#   run.sh [--quick] [--instructions] [PROGRAM...]
# PROGRAM...: these alone (`run.sh statistics csv`); their tables are printed and README.md is left as it is, as with --quick,
# which runs everything for a moment. --instructions: a column of instructions, by valgrind, for the rows that rows.py names.
# Peers: scipy, statsmodels and R's packages from Debian, DuckDB from npm (in build/peers). What is not there is left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install_packages.sh
quick= instructions= cores=$(nproc)
while [[ ${1-} == --* ]]; do
  case $1 in
    --quick) quick=1 ;;
    --instructions) instructions=1 ;;
    *) echo "error: there is no option $1" >&2; exit 2 ;;
  esac
  shift
done
table=(python3 benchmarks/table.py)
install_packages "${build_packages[@]}" "${benchmark_packages[@]}"
"${table[@]}" check

chosen=("$@")
[ ${#chosen[@]} -gt 0 ] || mapfile -t chosen < <("${table[@]}" programs | grep -vx limits)
mkdir -p build
cmake --preset benchmark >build/configure.log || { cat build/configure.log; exit 1; }
cmake --build --preset benchmark -j "$cores" --target bench_limits "${chosen[@]/#/bench_}"

duckdb=build/peers/node_modules
if [ ! -d "$duckdb/@duckdb" ] && command -v npm >/dev/null; then
  npm install --silent --prefix build/peers @duckdb/node-api || echo "note: DuckDB could not be installed; its rows are left out"
fi

results=build/benchmark/results
# More often where a run is short; numpy is given one core, as ours have.
options=(--benchmark_repetitions=7 --benchmark_min_time=0.1)
[ -z "$quick" ] || { options=(--benchmark_min_time=0.001); export COMPUTE_DIVIDE_QUICK=1; results=build/benchmark/quick; }
# The page is of the inputs that everybody has.
[ $# -gt 0 ] || unset COMPUTE_DIVIDE_TEXT COMPUTE_DIVIDE_ROR COMPUTE_DIVIDE_WORKS COMPUTE_DIVIDE_CSV
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
[ $# -eq 0 ] || results+=_of_some  # those of the last whole run are left as they are
rm -rf "$results"
mkdir -p "$results"

load() { cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo "not known"; }
load_before=$(load)
measured() { # PROGRAM
  local filter
  filter=$("${table[@]}" filter "$1")
  printf '=== %s (%ds)\n' "$1" "$SECONDS"
  "build/benchmark/benchmarks/bench_$1" "${options[@]}" --benchmark_filter="$filter" \
    --benchmark_out="$results/$1.json" --benchmark_out_format=json >"$results/$1.log" 2>&1 || { cat "$results/$1.log"; exit 1; }
  : >"$results/$1.peers"
  for peer in benchmarks/"$1"_peers.*; do
    case $peer in
      *.py) /usr/bin/python3 "$peer" ;;
      *.R) ! command -v Rscript >/dev/null || Rscript "$peer" ;;
      *.mjs) [ ! -d "$duckdb/@duckdb" ] || NODE_PATH=$PWD/$duckdb node "$peer" ;;
    esac >>"$results/$1.peers" 2>>"$results/$1.log" || echo "note: $peer fails or needs what is not here; its rows are left out: see $results/$1.log"
  done
}
measured limits
for name in "${chosen[@]}"; do measured "$name"; done

version() { "$@" 2>/dev/null | head -1; }
{
  echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $cores cores; $(version g++ --version), -O3; load" \
    "$load_before before the run and $(load) after it (its own among that); $(date +%F)."
  echo "Peers: $(/usr/bin/python3 -c 'import numpy, scipy, statsmodels as s; print(f"numpy {numpy.__version__}, scipy {scipy.__version__}, statsmodels {s.__version__}")' 2>/dev/null || echo "no scipy or statsmodels")," \
    "$(version Rscript -e 'cat("R", as.character(getRversion()))' || echo "no R"), DuckDB" \
    "$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' "$duckdb/@duckdb/node-api/package.json" 2>/dev/null | grep . || echo "not here")."
} >"$results/machine.txt"

if [ -n "$instructions" ]; then
  bash benchmarks/instructions.sh "$results/instructions.txt" "${chosen[@]}"
fi

if [ $# -gt 0 ]; then
  "${table[@]}" make "$results" "${chosen[@]}"
elif [ -n "$quick" ]; then
  "${table[@]}" make "$results" >"$results/README.md"
  echo "all of it works; see $results/README.md, whose numbers mean nothing"
else
  "${table[@]}" make "$results" >"$results/README.md"
  cp "$results/README.md" benchmarks/README.md
  echo "benchmarks/README.md is written ($SECONDS s)"
fi
