#!/usr/bin/env bash
# Whole programs under ulimit -v, over 60 MB of what is meant to take more memory than honest input does: they end with
# success, what cannot be read counted, or with an error that names it. Arguments: the folder of the programs.
#
# A text is of at most 4 MB (examples/support/text_lines.hpp), a work of OpenAlex of at most 16 MB, of which 100 times as
# much may be made (io/openalex.hpp), a row of a table of at most 64 MB, of which three times as much is kept
# (io/csv_reader.hpp).
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
header=$(head -1 "$sources/examples/data/models.csv")
most=60000000
many() { head -c "$most" /dev/zero | tr '\0' "$1"; }
lines() { yes "$1" | head -c "$most" || true; }
# NAME MEGABYTES CODES COMMAND...: the command's standard input is the caller's.
within() {
  local name=$1 megabytes=$2 codes=$3 code started=$SECONDS
  shift 3
  (ulimit -v $((megabytes * 1024)) && exec timeout 100 "$@" >out 2>said)
  code=$?
  [[ " $codes " == *" $code "* ]] || fail "$name: ${1##*/} ends with $code within $megabytes MB: $(tail -c 300 said)"
  [ "$code" -eq 0 ] || [ -s said ] || fail "$name: ${1##*/} ends with $code and says nothing"
  if grep -q "not enough memory" said; then fail "$name: ${1##*/} needs more than $megabytes MB"; fi
  echo "$name: ${1##*/} within $megabytes MB, code $code, $((SECONDS - started)) s"
}

# A line of more than 4 MB is told and left out, and the lines about it are read.
told_and_read() { # NAME PROGRAM ARGUMENTS...
  { echo Inria; many a; echo; echo Inria; } | within "a line without an end" 250 0 "$programs/$1" "${@:2}"
  [ "$(wc -l <out)" -eq 3 ] && grep -q "line 2: a line of more than" said || fail "$1: a long line is not told, or others lost"
}
told_and_read classify_affiliations
told_and_read classify_affiliations --parts
told_and_read extract_hardware
told_and_read extract_hardware --flop
# Of a line of 4 MB that is made of what is found in texts, hundreds of times its memory may be made.
repeated() { yes "$1" | tr -d '\n' | head -c 4000000 || true; }
numbered() { seq -f "$1" 1 400000 | tr -d '\n' | head -c 4000000 || true; }
repeated ', ; ' >separators
numbered 'University of %.0f; ' >universities
numbered '%.0f A100 for 3 hours. ' >hardware
within "separators" 600 0 "$programs/classify_affiliations" <separators
within "universities" 600 0 "$programs/classify_affiliations" <universities
within "separators" 600 0 "$programs/extract_hardware" <separators
within "hardware" 600 0 "$programs/extract_hardware" <hardware
{ echo '{"text":"8 A100"}'; many '['; } >deep.jsonl
within "brackets without an end" 250 1 "$programs/extract_hardware" --flop --jsonl deep.jsonl

# Works of OpenAlex of at most 16 MB.
work='{"id":"https://openalex.org/W1","publication_year":2020,"authorships":[]}'
of_works() { # NAME MEGABYTES READ: of a file `works.jsonl` with a good work at each end
  { echo "$work"; cat; echo; echo "${work/W1/W2}"; } >works.jsonl
  within "$1" "$2" 0 "$programs/openalex_teams" --works works.jsonl --json
  grep -q "\"works\":$3," out || fail "openalex_teams of $1: not $3 works: $(head -c 300 out)"
}
many '[' | of_works "brackets without an end" 400 2
lines x | of_works "bad lines" 400 2
{ printf '{"id":"https://openalex.org/W3","publication_year":2020,"authorships":['
  head -c 3700000 /dev/zero | sed 's/\x0/{},/g'; echo '{}]}'; } | of_works "millions of authors" 1900 3
{ printf '{"id":"https://openalex.org/W3","publication_year":2020,"abstract_inverted_index":{"'
  head -c 5000000 /dev/zero | tr '\0' a; printf '":[0'; seq -f ',%.0f' 1 1000000 | tr -d '\n'; echo ']}}'; } |
  of_works "an abstract that repeats a long word" 1900 2

# Tables: a finding, and a regression that keeps sums only.
{ echo "$header"; many ,; } >wide.csv
{ echo "$header"; printf '"'; many x; } >open.csv
{ many ,; echo; } >header.csv
{ echo "$header"; lines x; } >bad.csv
for table in wide open header bad; do within "table $table" 400 1 "$programs/academic_share" --models $table.csv; done
{ echo a,b; seq 6000000 | sed 's/.*/&,&/' | head -c "$most"; echo; } >long.csv
within "millions of rows" 150 0 "$programs/regress" --csv long.csv --response a --terms b
for table in wide open header bad; do
  within "table $table" 400 1 "$programs/regress" --csv $table.csv --response Parameters --terms Citations
done
exit "$failed"
