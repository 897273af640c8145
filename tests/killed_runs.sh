#!/usr/bin/env bash
# Runs that are killed (SIGKILL) at moments drawn at random leave every output as it was or complete, nothing of others
# changed, and what a later run of the same command makes is what a run that was never killed makes, nothing counted twice.
#   killed_runs.sh SAMPLE.jsonl.gz OPENALEX_TEAMS [KILLS] [SEED] [OPENALEX_TEAMS_MPI MPIRUN]
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sample=$(realpath "$1") teams=$(realpath "$2") kills=${3:-6} seed=${4:-1} teams_mpi=${5:+$(realpath "$5")} mpirun=${6:-}
here=$(mktemp -d)
run=
trap '[ -z "$run" ] || kill -KILL "$run" 2>/dev/null; rm -rf "$here"' EXIT
cd "$here"
RANDOM=$seed
fail() {
  echo "FAILED (seed $seed, kill $kill): $*" >&2
  exit 1
}
is_one_of() { # FILE OLD NEW WHAT
  cmp -s "$1" "$2" || cmp -s "$1" "$3" || fail "$4 is neither the old nor the new"
}
# Waits for a part of the milliseconds that a whole run takes, each second time of their last sixth, in which outputs are
# written; then kills.
killed_at_random() {
  local wait
  if ((RANDOM % 2 == 0)); then wait=$((took * (RANDOM % 1000) / 1000)); else wait=$((took * (850 + RANDOM % 200) / 1000)); fi
  sleep "$(printf '%d.%03d' $((wait / 1000)) $((wait % 1000)))"
  kill -KILL "$1" 2>/dev/null || true
  wait "$run" 2>/dev/null || true
  run=
}
now() { date +%s%3N; }

mkdir works
zcat "$sample" | sed -n 1,300p | split -l 60 --additional-suffix .jsonl - works/part_
works=(--works works)
kill=none
"$teams" --works works/part_aa.jsonl --papers-out old.csv --state old.state
started=$(now)
"$teams" "${works[@]}" --papers-out new.csv --state new.state
took=$(($(now) - started))
echo "a run takes $took ms"

mkdir out && echo thesis >out/thesis.txt
for ((kill = 1; kill <= kills; ++kill)); do
  cp old.csv out/papers.csv
  cp old.state out/counts.state
  "$teams" "${works[@]}" --papers-out out/papers.csv --state out/counts.state 2>said &
  run=$!
  killed_at_random "$run"
  is_one_of out/papers.csv old.csv new.csv "the table"
  is_one_of out/counts.state old.state new.state "the state"
  [ "$(cat out/thesis.txt)" = thesis ] || fail "a file of the user's is changed"
  if ((kill % 4 == 0)) || ((kill == kills)); then
    "$teams" "${works[@]}" --papers-out out/papers.csv --state out/counts.state || fail "the next run fails"
    cmp out/papers.csv new.csv && cmp out/counts.state new.state || fail "the next run makes something else"
    [ ! -e out/papers.csv.parts ] || fail "rows of parts are left: $(ls out/papers.csv.parts)"
  fi
done
# Where a run is killed before it has marked its folder, or when it has taken the mark away, the folder is there, empty.
mkdir out/papers.csv.parts
"$teams" "${works[@]}" --papers-out out/papers.csv --state out/counts.state || fail "an empty folder is in the way"
# Rows that a killed run of other parts left stay, and are in nobody's way.
mkdir out/papers.csv.parts && : >out/papers.csv.parts/made_by_openalex_teams
echo row >out/papers.csv.parts/0123456789abcdef0123456789abcdef.csv
for again in 1 2; do
  "$teams" "${works[@]}" --papers-out out/papers.csv --state out/counts.state || fail "rows of other parts are in the way"
done
cmp out/papers.csv new.csv || fail "rows of other parts are in the table"
[ "$(cat out/papers.csv.parts/0123456789abcdef0123456789abcdef.csv)" = row ] || fail "rows of other parts are gone"
# Two runs on one table exclude each other.
exec 9>out/papers.csv.parts/made_by_openalex_teams && flock 9
"$teams" "${works[@]}" --papers-out out/papers.csv --state out/counts.state 2>said && fail "two runs make one table"
grep -q "in use by another run" said || fail "nobody is told of the other run: $(cat said)"
exec 9>&-

[ -n "$teams_mpi" ] || exit 0
# Checkpoints: runs are killed one after the other on one folder, on one rank or two, until one comes to its end.
source "$source_folder/support/mpi.sh"
on() { "${mpi[@]}" -n "$1" "$teams_mpi" "${works[@]}" --json "${@:2}"; }
started=$(now)
on 2 --papers-out whole.csv >whole.json
took=$(($(now) - started))
cmp whole.csv new.csv || fail "the table under MPI"
for ((kill = 1; kill <= kills; ++kill)); do
  "${mpi[@]}" -n $((1 + kill % 2)) "$teams_mpi" "${works[@]}" --json --papers-out mpi.csv \
    --checkpoint saved >mpi.json 2>said &
  run=$!
  ended=no
  wait=$((took * (200 + RANDOM % 800) / 1000))
  sleep "$(printf '%d.%03d' $((wait / 1000)) $((wait % 1000)))"
  rank=$(pgrep -P "$run" -f "$teams_mpi" | shuf -n 1 --random-source=<(yes "$seed$kill")) || true
  [ -z "$rank" ] || kill -KILL "$rank" 2>/dev/null || true
  if wait "$run"; then ended=yes; fi
  run=
  [ ! -e mpi.csv ] || cmp mpi.csv new.csv || fail "half a table under MPI"
  if [ "$ended" = yes ]; then
    cmp mpi.json whole.json && cmp mpi.csv new.csv || fail "killed runs count something else"
    rm -rf saved mpi.csv mpi.csv.parts
  elif [ -e mpi.csv ]; then  # killed when all was done
    rm -rf saved mpi.csv mpi.csv.parts
  fi
done
kill=last
on 2 --papers-out mpi.csv --checkpoint saved >mpi.json
cmp mpi.json whole.json && cmp mpi.csv new.csv || fail "the last run counts something else"
