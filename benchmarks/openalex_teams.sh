#!/usr/bin/env bash
# openalex_teams end to end, on folders like a snapshot's that are made for it: beside DuckDB, by size, by ranks of MPI.
# Takes 16 GB of disk while it runs. Build examples and make_works first; DuckDB is looked for where run.sh puts it.
#   openalex_teams.sh [SAMPLE.jsonl.gz] [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sample=${1:-examples/data/openalex_sample.jsonl.gz}
folder=$(mktemp -d -p "${2:-/tmp}")
trap 'rm -rf "$folder"' EXIT
programs=build/release/examples
measured() { # NAME COMMAND...: the fastest of three
  local name=$1 all
  shift
  all=$(for _ in 1 2 3; do
    { /usr/bin/time -f '%e s, %U s user, %S s system, %M kB' "$@" >"$folder/out"; } 2>&1 | tail -1
  done | sort -n)
  printf '%-34s %s   load %s\n' "$name" "$(head -1 <<<"$all")" "$(cut -d ' ' -f 1 /proc/loadavg)"
}
mpi=(mpirun --oversubscribe --allow-run-as-root)

for gigabytes in 1 2 4 8; do
  build/benchmark/benchmarks/make_works "$sample" "$folder/works" "${gigabytes}e9" plain 1
  measured "$gigabytes GB, 1 thread" "$programs/openalex_teams" --works "$folder/works" --json
  measured "$gigabytes GB, 2 threads" "$programs/openalex_teams" --works "$folder/works" --json --threads 2
  if [ "$gigabytes" -eq 4 ]; then
    measured "4 GB, 2 threads, either types" "$programs/openalex_teams" --works "$folder/works" --json --threads 2 \
      --types either
    measured "4 GB, 1 rank" "${mpi[@]}" -n 1 "$programs/openalex_teams_mpi" --works "$folder/works" --json
    measured "4 GB, 2 ranks" "${mpi[@]}" -n 2 "$programs/openalex_teams_mpi" --works "$folder/works" --json
    for texts in "" texts; do
      NODE_PATH=build/peers/node_modules measured "4 GB, DuckDB, 2 threads $texts" \
        node benchmarks/openalex_teams_peers.mjs "$folder/works" 2 $texts
      sed 's/^/  /' "$folder/out"
    done
  fi
  rm -rf "$folder/works"
done
for threads in 1 2; do
  [ -d "$folder/packed" ] || build/benchmark/benchmarks/make_works "$sample" "$folder/packed" 4e9 gzip 1
  measured "4 GB in gzip, $threads threads" "$programs/openalex_teams" --works "$folder/packed" --json --threads "$threads"
done
du -sm "$folder/packed"
