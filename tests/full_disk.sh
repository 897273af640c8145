#!/usr/bin/env bash
# Every program on a full disk, /dev/full: it says so on standard error, and ends with 1. Arguments: the folder of the
# programs, and their names.
set -uo pipefail
programs=$(realpath "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0
fail() {
  echo "FAILED: $*" >&2
  failed=1
}
declare -A arguments=(
  [regress]="--csv examples/data/papers.csv --response academia --terms year"
  [shares]="--csv examples/data/models.csv"
  [growth]="--csv examples/data/models.csv"
  [ledger]="--vintages 2023-12"
  [scenario]="--draws 200"
  [concentration]="--clusters examples/data/gpu_clusters.csv --on 2025-05-31"
)
for finding in academic_share code_links code_release conference_teams pretrained_reliance scrutiny topic_regression topic_variation; do
  arguments[$finding]="--draws 19"
done
full=$(mktemp)
trap 'rm -f "$full" "$full.html"' EXIT
arguments[report]="--only concentration --out $full.html"
for program in "$@"; do
  [ "$program" != openalex_teams_mpi ] || continue  # whose ranks mpirun starts, which prints for them
  read -ra of_program <<<"${arguments[$program]:-}"
  for how in "" "${of_program[*]:-} --help"; do
    # The newcomer's programs take no arguments.
    [ -z "$how" ] || [ -e "examples/programs/$program.cpp" ] || continue
    read -ra given <<<"${how:-${of_program[*]:-}}"
    echo "We trained on 8 A100 for 3 days." |
      "$programs/$program" "${given[@]}" 2>"$full" >/dev/full
    code=${PIPESTATUS[1]}
    [ "$code" -eq 1 ] || fail "$program ${given[*]} ends with $code on a full disk"
    grep -q "written" "$full" || fail "$program ${given[*]} does not say that its output is lost: $(cat "$full")"
  done
done
exit "$failed"
