#!/usr/bin/env bash
# Programs under hostile names, bytes and arguments: nothing executes, terminals see no command, JSON is valid UTF-8, and
# what is wrong is named. Arguments: the folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
# The command must end with a code that is not 0, and say the words on standard error.
must_fail() {
  local words=$1
  shift
  "$@" >refused.out 2>said && fail "no error: $*"
  grep -qF -- "$words" said || fail "no '$words' in: $(cat said) of $*"
}
no_controls() { # FILE: no control but line ends and, in tables, tabs
  if LC_ALL=C grep -qaP '[\x00-\x08\x0B-\x1F\x7F]' "$1"; then fail "controls in $2"; fi
}
escape=$'\e[31m\e]0;title\a'

# Pictures: the name of the file and the names of the series are data.
if command -v gnuplot >/dev/null; then
  for name in "a'b.svg" 'a"b.svg' '$(touch executed).svg' '`touch executed`.svg' "x';system('touch executed');'.svg" \
    $'new\nline.svg' '|touch executed'; do
    "$programs/academic_share" --svg "$name" >none 2>said || fail "--svg $name: $(cat said)"
    grep -q '</svg>' "./$name" || fail "no picture in $name"
  done
  must_fail "nowhere/x.svg" "$programs/academic_share" --svg nowhere/x.svg
  must_fail "/dev/full" "$programs/academic_share" --svg /dev/full
  must_fail "written" bash -c "trap '' XFSZ; ulimit -f 1; exec '$programs/academic_share' --svg cut.svg"
  [ ! -e cut.svg ] || fail "half a picture is left"
  mkdir bin && printf '#!/bin/sh\ncat >/dev/null\necho "<svg>"\n' >bin/gnuplot && chmod +x bin/gnuplot
  must_fail "no whole picture" env PATH="$here/bin:$PATH" "$programs/academic_share" --svg half.svg
  [ ! -e half.svg ] || fail "half a picture of gnuplot's is left"
fi
[ ! -e executed ] || fail "a name of a file was executed"

# Bytes of any kind in texts: JSON stays JSON in UTF-8, and terminals see no escape.
printf 'trained on 8 A100 \xff\xfe %s for 3 days\r\nGoogle\x00\x9b31m, \xc3\n' "$escape" >hostile.txt
"$programs/extract_hardware" <hostile.txt >hardware.json 2>said || fail "extract_hardware: $(cat said)"
"$programs/classify_affiliations" <hostile.txt >places.json 2>said || fail "classify_affiliations: $(cat said)"
printf 'y,x\x1b[31m,g\n' >hostile.csv
for i in 1 2 3 4 5 6 7 8 9 10; do printf '%d,%d,"=cmd|%s\xff"\n' $((i * i % 7)) "$i" "$escape$((i % 3))" >>hostile.csv; done
"$programs/regress" --csv hostile.csv --response y --terms $'x\e[31m' --categorical g >regress.txt 2>said ||
  fail "regress: $(cat said)"
"$programs/regress" --csv hostile.csv --response y --terms $'x\e[31m' --categorical g --json >regress.json
"$programs/concentration" --csv hostile.csv --owner g --amount y --by $'x\e[31m' >owners.txt 2>said ||
  fail "concentration: $(cat said)"
"$programs/concentration" --csv hostile.csv --owner g --amount y --by $'x\e[31m' --json >owners.json
for file in hardware.json places.json regress.json regress.txt owners.json owners.txt said; do
  iconv -f UTF-8 -t UTF-8 "$file" >none 2>&1 || fail "$file is no UTF-8"
  no_controls "$file" "$file"
done
for file in hardware.json places.json regress.json owners.json; do
  while IFS= read -r line; do
    python3 -c 'import json, sys; json.loads(sys.argv[1])' "$line" 2>none || fail "$file is no JSON: $line"
  done <"$file"
done
must_fail "$(printf 'y')" "$programs/regress" --csv hostile.csv --response "$escape" --terms y
no_controls said "an error that names a column"
must_fail "a file that is there" "$programs/regress" --csv "$escape" --response y --terms y
no_controls said "an error that names a file"
must_fail "--programme: one of nairr" "$programs/scenario" --draws 100 --programme "$escape"
must_fail "--budget: a number" "$programs/scenario" --draws 100 --budget "$escape"
no_controls said "an error of a scenario"
must_fail "" "$programs/regress" "--$escape"
no_controls said "an error of the command line"

# What is silently taken for something else elsewhere is named here.
must_fail "a sentence is required" "$programs/training_footprint" --text ""
must_fail "a sentence is required" "$programs/training_footprint" --text " "
for years in 2016-2024xyz 2016 2016- -2024 2024-2016 2016-99999999999 99999999999999999999-2020 0-2020 " 2016-2024"; do
  must_fail "FROM-TO" "$programs/openalex_teams" --years "$years"
  must_fail "FROM-TO" "$programs/topic_regression" "--years=$years"
done
: >empty.gz
must_fail "no work could be read" "$programs/openalex_teams" --works empty.gz --json
grep -q "empty.gz.*without a byte" said || fail "an empty gzip file is not named: $(cat said)"
"$programs/openalex_teams" --works empty.gz "$sources/examples/data/openalex_sample.jsonl.gz" --json >empty.json 2>said ||
  fail "an empty file beside another: $(cat said)"
grep -q '"skipped":1' empty.json || fail "an empty gzip file is not counted"

# Pipes and process substitutions are read as files are, though they can be read only once.
table=$sources/examples/data/papers.csv
asked=(--response academia --terms year,authors --absorb venue --json)
"$programs/regress" --csv "$table" "${asked[@]}" >expected.json || fail "regress of a file"
"$programs/regress" --csv <(cat "$table") "${asked[@]}" | cmp - expected.json || fail "regress of a process substitution"
"$programs/regress" --csv - "${asked[@]}" <"$table" | cmp - expected.json || fail "regress of standard input"
mkfifo pipe
cat "$table" >pipe &
timeout 60 "$programs/regress" --csv pipe "${asked[@]}" | cmp - expected.json || fail "regress of a pipe with a name"
wait
"$programs/academic_share" --json >expected.json
"$programs/academic_share" --models <(cat "$sources/examples/data/models.csv") --json | cmp - expected.json ||
  fail "academic_share of a process substitution"

# Little memory is an error message, not a signal.
(ulimit -v 400000 && timeout 100 "$programs/regress" --csv <(yes 1,2) --response 1 --terms 2 >none 2>said)
code=$?
[ "$code" -eq 1 ] && grep -q "not enough memory" said || fail "regress of a table without end ends with $code: $(cat said)"
exit "$failed"
