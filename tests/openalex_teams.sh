#!/usr/bin/env bash
# openalex_teams, and under MPI, where it is there, on parts of the sample: whoever counts which part, however often a run
# is killed, the result is the same, bit for bit.
#   openalex_teams.sh SAMPLE.jsonl.gz OPENALEX_TEAMS [OPENALEX_TEAMS_MPI MPIRUN]
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sample=$(realpath "$1") teams=$(realpath "$2") teams_mpi=${3:+$(realpath "$3")} mpirun=${4:-}
here=$(mktemp -d)
run=
cleanup() {
  [ -z "$run" ] || kill "$run" 2>/dev/null || true
  mountpoint -q "$here/small" && umount "$here/small"
  rm -rf "$here"
}
trap cleanup EXIT
cd "$here"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
# The command must fail, and say all of the words on standard error, which is kept in `said`.
must_refuse() {
  local words=$1 word
  shift
  "$@" >refused.out 2>said && fail "no error: $*"
  for word in $words; do grep -qF -- "$word" said || fail "no '$word' in: $(cat said)"; done
}
works_in() { sed 's/.*"works":\([0-9]*\),"left_out".*/\1/' "$1"; }
same() { cmp "$1" "$2" || fail "$1 is not $2: $3"; }

mkdir -p works/a works/b
zcat "$sample" | split -l 60 --additional-suffix .jsonl - works/a/part_
mv works/a/part_ad.jsonl works/a/part_ae.jsonl works/b
gzip works/b/* works/a/part_ab.jsonl
parts=$(find works -type f | wc -l)

"$teams" --works works --json --papers-out papers.csv >expected.json
grep -q '"skipped":0' expected.json || fail "works of the sample cannot be read"
"$teams" --works works --json --papers-out three.csv --threads 3 >three.json
same three.json expected.json "threads"
same three.csv papers.csv "threads"
[ ! -e papers.csv.parts ] || fail "rows of parts are left"
zcat -f works/*/* | "$teams" --works - --json | cmp - expected.json || fail "standard input"
[ "$(wc -l <papers.csv)" -eq "$(($(works_in expected.json) + 1))" ] || fail "not a row for each work"

# Partial states.
"$teams" --works works/b --state b.state >none
[ ! -s none ] || fail "tables of a part"
"$teams" --works works/a/part_aa.jsonl --state a.state
"$teams" --merge b.state a.state --works works --json | cmp - expected.json || fail "a state and the rest"
"$teams" --works $(find works/a -type f ! -name '*_aa*') --merge a.state --state all_a.state
"$teams" --merge all_a.state b.state --json | cmp - expected.json || fail "states"
must_refuse "part_aa would be counted twice" "$teams" --merge a.state all_a.state

# Each content counts once, whatever its names: parts by another path, links, copies, and of states.
cp works/a/part_aa.jsonl copy.jsonl
ln -s works/b link
for more in works ./works/b "$here/works/a" link copy.jsonl works/a/../b; do
  "$teams" --works works "$more" --json 2>said | cmp - expected.json || fail "$more is counted twice"
  grep -q "counted once" said || fail "nobody is told that $more is counted once: $(cat said)"
done
"$teams" --works copy.jsonl --state copy.state
must_refuse "copy.jsonl counted twice part_aa" "$teams" --merge a.state copy.state
"$teams" --merge copy.state --works works --json 2>said | cmp - expected.json || fail "a copy counted before"
cat works/a/part_aa.jsonl | "$teams" --works - --state stream.state
must_refuse "part_aa counted twice -" "$teams" --merge stream.state a.state
"$teams" --works <(cat works/a/part_aa.jsonl) --json >stream.json
"$teams" --works works/a/part_aa.jsonl --json | cmp - stream.json || fail "a process substitution"
must_refuse "only once" bash -c "'$teams' --works - - <works/a/part_aa.jsonl"
must_refuse "fields lists b.state" "$teams" --merge b.state --topics lists
head -c 1000 b.state >cut.state
must_refuse "more bytes cut.state" "$teams" --merge cut.state
must_refuse "--papers-out --works" "$teams" --merge b.state --papers-out no.csv
gzip -c works/a/part_aa.jsonl >changed && cp works/a/part_aa.jsonl kept && cp changed works/a/part_aa.jsonl
must_refuse "part_aa not what it was" "$teams" --merge a.state --works works
tr a b <kept >works/a/part_aa.jsonl  # as large as it was
must_refuse "part_aa not what it was" "$teams" --merge a.state --works works
cp kept works/a/part_aa.jsonl

# A full disk: the old state stays as it was, and nothing is left beside it.
cp a.state old.state
mkdir states && cp a.state states/a.state
must_refuse "states/a.state large" bash -c "trap '' XFSZ; ulimit -f 1; exec '$teams' --works works --state states/a.state"
same states/a.state old.state "full disk"
[ "$(ls states)" = a.state ] || fail "left beside the state: $(ls states)"
must_refuse "/dev/full" "$teams" --works works/b --state /dev/full
must_refuse "large.csv written" bash -c "trap '' XFSZ; ulimit -f 4; exec '$teams' --works works --papers-out large.csv"

# Nothing of the user's goes, and an output is whole or not at all.
mkdir mine.csv.parts && echo thesis >mine.csv.parts/thesis.txt
must_refuse "mine.csv.parts own" "$teams" --works works/b --papers-out mine.csv
[ "$(cat mine.csv.parts/thesis.txt)" = thesis ] || fail "a file of the user is gone"
mkdir shelf && echo old >shelf/table.csv && chmod 640 shelf/table.csv && ln -s shelf/table.csv linked.csv
"$teams" --works works --papers-out linked.csv >none
same shelf/table.csv papers.csv "a table behind a link"
[ -L linked.csv ] && [ "$(stat -c %a shelf/table.csv)" = 640 ] || fail "a link or a mode is gone"
must_refuse "lost.csv" bash -c "trap '' XFSZ; ulimit -f 16; exec '$teams' --works works --papers-out lost.csv"
[ ! -e lost.csv ] || fail "half a table"

# What cannot be read is named and counted; the rest is right.
cp -r works damaged
echo 'this is no JSON' >damaged/garbage.jsonl
head -c 3000 /dev/zero >damaged/zeros.gz
"$teams" --works damaged --json >damaged.json 2>said
for file in garbage.jsonl zeros.gz; do grep -q "$file, line 1: ." said || fail "$file is not named: $(cat said)"; done
sed 's/"skipped":2/"skipped":0/' damaged.json | cmp - expected.json || fail "works beside damaged files"
head -c -500 works/b/part_ae.jsonl.gz >damaged/b/part_ae.jsonl.gz
"$teams" --works damaged --json >damaged.json 2>said
grep -q "part_ae.jsonl.gz, line [0-9]*: ." said || fail "a gzip file that is cut: $(cat said)"
grep -q '"skipped":3' damaged.json || fail "a gzip file that is cut is not counted"

# Choices: works made for them.
cat >made.jsonl <<'WORKS'
{"id":"https://openalex.org/W1","publication_year":2020,"type":"article","language":"en","is_retracted":false,"concepts":[{"id":"https://openalex.org/C154945302","display_name":"Artificial intelligence","level":1,"score":0.6}],"authorships":[{"institutions":[{"type":"education"}],"raw_affiliation_strings":["Google"]}]}
{"id":"https://openalex.org/W2","publication_year":2020,"type":"article","language":"de","is_retracted":true,"concepts":[{"id":"https://openalex.org/C154945302","display_name":"Artificial intelligence","level":1,"score":0.1}],"authorships":[{"institutions":[{"type":null}],"raw_affiliation_strings":["Google"]}]}
{"id":"https://openalex.org/W3","publication_year":2021,"type":"book","language":null,"is_paratext":true,"authorships":[{"institutions":[{"type":"funder"}],"raw_affiliation_strings":["Google"]}]}
{"id":"https://openalex.org/W4","type":"article","language":"en","is_xpac":true,"authorships":[]}
WORKS
all=(--retracted kept --paratext kept --xpac kept)
made() { # HOW_MANY_ARE_COUNTED CHOICES...
  local expected=$1
  shift
  "$teams" --works made.jsonl --json "$@" >made.json
  [ "$(works_in made.json)" -eq "$expected" ] || fail "not $expected works with $*: $(cat made.json)"
}
kinds() { grep -qF "\"works\":$1" made.json || fail "no $1: $(cat made.json)"; }
made 1
made 4 "${all[@]}"
grep -q '"missing":3' made.json || fail "missing: a work of no year, two of no known team"
made 1 --retracted only --paratext kept --xpac kept
made 2 "${all[@]}" --years 2020-2020
made 1 "${all[@]}" --years 2021-2022
made 1 "${all[@]}" --work-types book
made 2 "${all[@]}" --languages en
made 1 "${all[@]}" --concepts C154945302 C1
made 2 "${all[@]}" --concepts C154945302 --concept-score 0.1
made 4 "${all[@]}" --topics concepts
grep -q '"topic":"Artificial intelligence","year":2020,"works":{"academia_only":1}' made.json || fail "topics"
made 4 "${all[@]}" --types given
kinds '{"academia_only":1,"unknown":1}'
made 4 "${all[@]}" --types either
kinds '{"academia_only":1,"industry_only":1}'
made 4 "${all[@]}" --types classified
kinds '{"industry_only":2}'
made 4 "${all[@]}" --types both
kinds '{"unknown":2}'
grep -q '"exact_match":{"n":1,"share":0' made.json || fail "what both say is compared"
grep -q '"type":"education","not_by_classifier":{"n":1,"share":1' made.json || fail "what both say is compared"

# Careers: made works, then the sample in parts and states.
authors() { # YEAR AUTHOR TYPE...
  local year=$1
  shift
  while [ $# -gt 0 ]; do
    printf '{"id":"https://openalex.org/W%d","publication_year":%s,"authorships":[{"author":{"id":%s},"institutions":[{"type":"%s"}]}]}\n' \
      $((++n_works)) "$year" "$1" "$2"
    shift 2
  done
}
n_works=0
a() { echo "\"https://openalex.org/A$1\""; }
{
  authors 2019 "$(a 1)" education "$(a 2)" company null company '"https://openalex.org/Axy"' company
  authors 2020 "$(a 1)" company "$(a 3)" funder
  authors 2022 "$(a 2)" education
  authors null "$(a 2)" education
} >careers.jsonl
"$teams" --works careers.jsonl --careers --json >careers.json
says() { grep -qF -- "$1" careers.json || fail "no $1: $(cat careers.json)"; }
says '"from":"academia","to":"industry","moves":1,"at_risk":1'
says '"from":"industry","to":"academia","moves":1,"at_risk":3'
says '"n":5,"n_missing":3,"n_repeated":0,"authors":2,"authors_without_state":1'
"$teams" --works careers.jsonl --careers --carry 1 --json >careers.json
says '"long_gaps":1,"changes_over_long_gaps":1'
"$teams" --works careers.jsonl --careers --format csv >careers.csv
grep -q '^all,academia,industry,1,1,' careers.csv || fail "a table of moves: $(cat careers.csv)"
"$teams" --works careers.jsonl --careers >careers.txt
grep -qE '^all +industry +academia +3 +1 ' careers.txt || fail "moves in text: $(cat careers.txt)"
must_refuse "--carry --careers" "$teams" --carry 3
must_refuse "--carry 100" "$teams" --careers --carry 101
"$teams" --works works --careers --carry 5 --json >expected_careers.json
grep -q '"from":"academia","to":"industry","moves":3,"at_risk":96,' expected_careers.json || fail "moves of the sample"
"$teams" --works works --careers --carry 5 --json --threads 3 | cmp - expected_careers.json || fail "careers on threads"
"$teams" --works works/b --careers --state careers_b.state
"$teams" --works works/a --careers --state careers_a.state
for order in "careers_a.state careers_b.state" "careers_b.state careers_a.state"; do
  "$teams" --merge $order --careers --carry 5 --json | cmp - expected_careers.json || fail "careers of states"
  "$teams" --merge $order --careers --state "merged_${order%% *}"
done
same merged_careers_a.state merged_careers_b.state "states merged in another order"
must_refuse "careers b.state" "$teams" --merge b.state --careers
must_refuse "careers careers_b.state" "$teams" --merge careers_b.state

[ -n "$teams_mpi" ] || exit 0
# Under MPI.
source "$source_folder/support/mpi.sh"
on() { # RANKS ARGUMENTS...
  local ranks=$1
  shift
  "${mpi[@]}" -n "$ranks" "$teams_mpi" --works works --json "$@"
}
on 3 --careers --carry 5 --checkpoint moves >mpi.json
same mpi.json expected_careers.json "careers on three ranks"
on 2 --careers --carry 5 --checkpoint moves >mpi.json
same mpi.json expected_careers.json "careers of a checkpoint"
on 3 --papers-out mpi.csv >mpi.json
same mpi.json expected.json "three ranks"
same mpi.csv papers.csv "three ranks"

# A rank is killed when two have saved something; it takes all with it. Each other number of ranks ends the work.
"${mpi[@]}" -n 3 "$teams_mpi" --works works --json --papers-out killed.csv --checkpoint saved --pause 0.4 \
  >killed.json 2>killed.err &
run=$!
for ((i = 0; i < 600; ++i)); do
  [ "$(find saved -name '*.state' 2>/dev/null | wc -l)" -ge 2 ] && break
  sleep 0.1
done
kill -KILL "$(pgrep -P "$run" -f "$teams_mpi" | tail -1)" || fail "no rank to kill"
wait "$run" && fail "a run goes on without a rank"
run=
[ ! -s killed.json ] || fail "a result of a run that was killed"
saved=$(grep -aoh 'part_[a-z]*\.jsonl' saved/*.state | sort -u | wc -l)
[ "$saved" -ge 2 ] && [ "$saved" -lt "$parts" ] || fail "$saved of $parts parts were saved"
cp -r saved saved.copy && cp -r killed.csv.parts parts.copy
on 2 --papers-out killed.csv --checkpoint saved >again.json
same again.json expected.json "a second run, on two ranks"
same killed.csv papers.csv "a second run, on two ranks"
on 5 --checkpoint saved.copy >again.json
same again.json expected.json "a second run, on five ranks"
on 1 --checkpoint saved >again.json
same again.json expected.json "a third run, with nothing left to count"
mkdir held && exec 9>held/lock && flock 9
must_refuse "held use" on 2 --checkpoint held
exec 9>&-
mv works/b/part_ae.jsonl.gz away.gz
on 2 --checkpoint saved 2>said >again.json || fail "a part that is gone"
grep -q "part_ae.*no longer there" said || fail "nobody is told of a part that is gone: $(cat said)"
same again.json expected.json "a part that was counted, and is gone"
mv away.gz works/b/part_ae.jsonl.gz
must_refuse "papers counted" on 2 --checkpoint saved --papers-out late.csv
must_refuse "fields lists" on 2 --checkpoint saved --topics lists

"${mpi[@]}" -n 3 "$teams_mpi" --works damaged --json >mpi.json 2>said
same mpi.json damaged.json "damaged files"
for file in garbage.jsonl zeros.gz part_ae.jsonl.gz; do grep -q "$file, line [0-9]*: ." said || fail "$file is not named"; done

# A disk that is full after the first states; not every machine lets us make one.
mkdir small
if mount -t tmpfs -o size=64k tmpfs small 2>mount.err; then
  must_refuse "small/ space" on 2 --checkpoint small
  mkdir larger && find small -name '*.state' -exec cp {} larger \;
  on 2 --checkpoint larger >again.json
  same again.json expected.json "on a larger disk"
else
  echo "note: no small disk can be made here: $(cat mount.err)"
fi
