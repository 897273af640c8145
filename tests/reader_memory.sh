#!/usr/bin/env bash
# The memory that each reader's documentation allows it is enough, as ulimit -v has it, for 30 MB of what is meant to
# take more: separators, brackets, lines without an end, quotes without an end, lines that cannot be read.
#   reader_memory.sh READER_MEMORY
set -euo pipefail
program=$(realpath "$1")
failed=0
most=30000000
many() { head -c "$most" /dev/zero | tr '\0' "$1"; }
lines() { yes "$1" | head -c "$most" || true; }
# READER NAME READ PROBLEMS: what is read and what is not, of standard input; empty where it does not matter.
within_bounds() {
  local reader=$1 name=$2 told
  read -r _ _ started allowed < <("$program" "$reader" <<<"$(start_of "$reader")")
  if ! told=$(ulimit -v $((started + allowed)) && "$program" "$reader"); then
    echo "FAILED: $reader of $name with $allowed KB beside $started" >&2
    failed=1
    return
  fi
  read -r read problems peak _ <<<"$told"
  echo "$reader of $name: $((peak - started)) of $allowed KB, $read read, $problems not"
  [ -z "${3:-}" ] || [ "$read" = "$3" ] || { echo "FAILED: $3 read are expected" >&2 && failed=1; }
  [ -z "${4:-}" ] || [ "$problems" = "$4" ] || { echo "FAILED: $4 problems are expected" >&2 && failed=1; }
}
start_of() { [ "$1" = ror ] && echo '{}' || echo; }
good_csv='a,b'
good_ror='{"id":"https://ror.org/1","name":"A","types":[],"status":"active"}'
good_work='{"id":"https://openalex.org/W1"}'

{ echo "$good_csv"; many ,; echo; echo "$good_csv"; } | within_bounds csv separators 2 1
{ echo "$good_csv"; printf '"'; many x; echo; echo "$good_csv"; } | within_bounds csv "an open quote" 2 1
{ echo "$good_csv"; many '"'; echo; echo "$good_csv"; } | within_bounds csv quotes 2 1
{ echo "$good_csv"; lines x; } | within_bounds csv "bad lines" 1 15000000
{ many ,; echo; echo "$good_csv"; } | within_bounds csv "a first line of separators" 1 1

{ echo "$good_ror"; printf '{"id":['; many ,; echo ']}'; echo "$good_ror"; } | within_bounds ror separators 2 1
{ echo "$good_ror"; printf '{"id":'; many '[' ; many ']'; echo '}'; echo "$good_ror"; } | within_bounds ror brackets 2 1
{ echo "$good_ror"; lines '{}' | head -c 15000000; echo "$good_ror"; } | within_bounds ror "bad records" 2 5000000
{ printf '{"id":"a","name":"b","x":['; head -c 500000 /dev/zero | sed 's/\x0/0,/g'; echo '0]}'; } |
  within_bounds ror "numbers that fit" 1 0

{ echo "$good_work"; many ,; echo; echo "$good_work"; } | within_bounds openalex separators 2 1
{ echo "$good_work"; printf '{"id":'; many '['; echo; echo "$good_work"; } | within_bounds openalex brackets 2 1
{ echo "$good_work"; lines x; } | within_bounds openalex "bad lines" 1 15000000
{ echo "$good_work"; lines '{"id":"x"}' | head -c 11000000; } | within_bounds openalex "bad works" 1 1000000
{ printf '{"id":"https://openalex.org/W1","abstract_inverted_index":{"'; head -c 500000 /dev/zero | tr '\0' a
  printf '":[0'; for ((i = 1; i < 20000; ++i)); do printf ',%d' "$i"; done; echo ']}}'; } |
  within_bounds openalex "an abstract that repeats a long word" 0 1
{ printf '{"id":"https://openalex.org/W1","authorships":['; head -c 300000 /dev/zero | sed 's/\x0/{},/g'; echo '{}]}'; } |
  within_bounds openalex "many authors" 1 0
exit "$failed"
