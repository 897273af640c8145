#!/usr/bin/env bash
# What was asked for is what runs, or an error that names the choices: programs under options that are wrong, contradict
# each other or leave nothing end with the code that --help tells (1 data, 2 usage, 3 nothing to report), say the word of
# the table below on standard error, never the name of a function, and write nothing on standard output. Arguments: the
# folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"

# Tables to be wrong about; their rows are made up.
tables=$sources/tests/models_tables
head -c 20000 /dev/urandom | tr -d '\n' >bytes
printf '%s\n' 'y,x,g,v,d' '1,2,a,u,2020-01-01' '2,3,a,w,2020-07-01' '4,4,b,u,2021-01-01' '3,6,b,w,2021-07-01' \
  '6,5,c,u,2022-01-01' '5,8,c,w,2022-07-01' >ok.csv
printf 'y,x\n1,2\n2\n4,4\n3,6\n5,5\n' >ragged.csv
printf 'y,x\n1,2\nabc,3\n4,4\n' >words.csv
printf 'y,x\n1,0\n2,1\n3,2\n' >zero.csv
printf 'y,x\n' >header.csv
: >empty.csv
gzip -c ok.csv >ok.csv.gz
head -c 40 ok.csv.gz >cut.csv.gz
gzip -c "$tables/academia_only.csv" >models.csv.gz
printf 'venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown\nX,,1,0,0,0,0,0,0,0\n' >no_year.csv
printf 'venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown\nX,2015,1,0,0,0,0,0,0,0\n' >no_code.csv
printf 'venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown,text,title terms,abstract terms,repeated terms\nX,2015,1,0,0,0,0,0,0,0,title and abstract,privacy,,\n' >terms.csv
marks='sample,venue,year,index,stands for,groups,read again,groups again'
printf '%s\nheld out,X,2015,0,2,privasy,no,\n' "$marks" >wrong_group.csv
printf '%s\nheld out,Y,2015,0,2,privacy,no,\n' "$marks" >wrong_venue.csv
printf '%s\nheld out,X,2015,9,2,privacy,no,\n' "$marks" >wrong_place.csv
printf '%s\nheld out,X,2015,0,-1,privacy,no,\n' "$marks" >wrong_weight.csv
printf 'kind,true_positives,false_positives,false_negatives,true_negatives\nmixed,1,1,1,1\n' >no_kind.csv
printf 'venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown,institutions\nX,2020,1,0,0,0,0,0,0,0,a\nX,2021,0,1,0,0,0,0,0,0,b\n,,,,,,,,,,\nshort\n' >papers.csv
printf 'method,score\n' >no_trials.csv
sed 's/Toy /Other /; s/,1e8,/,2e8,/' "$tables/two_models.csv" >other_names.csv
printf 'Model,Organization\na,b\n' >ok_models.csv
mkdir folder

# CODE | WORDS | PROGRAM ARGUMENTS
while IFS='|' read -r code words command; do
  [ -n "${code// /}" ] && [ "${code:0:1}" != "#" ] || continue
  words=$(sed 's/^ *//; s/ *$//' <<<"$words")
  eval "set -- $command"
  program=$1
  shift
  must_refuse "${code// /}" "$words" "$programs/$program" "$@"
done <<TABLE
2 | one of 2023-03, 2023-12, 2025-08, 2025-12 is required, got 2022 | academic_share --vintage 2022
2 | one of 2023-03, 2023-12, 2025-08, 2025-12 is required, got foo  | academic_share --vintage foo
2 | got foo                          | compute_growth --vintage foo
2 | got foo                          | hardware_gap --vintage foo
2 | got foo                          | code_release --vintage foo
2 | got foo                          | pretrained_reliance --vintage foo
2 | has no column Vintage            | academic_share --models $tables/academia_only.csv --vintage 2023-12
2 | 95 is a percentage; write 0.95   | academic_share --level 95
2 | 95 is a percentage; write 0.95   | compute_growth --level 95
2 | 95 is a percentage; write 0.95   | hardware_gap --level 95
2 | 95 is a percentage; write 0.95   | conference_teams --level 95
2 | 95 is a percentage; write 0.95   | openalex_teams --level 95
2 | 95 is a percentage; write 0.95   | training_footprint --level 95
2 | 95 is a percentage; write 0.95   | regress --csv ok.csv --response y --terms x --level 95
2 | between 0 and 1                  | academic_share --level 0
2 | between 0 and 1                  | academic_share --level 1
2 | between 0 and 1                  | academic_share --level -0.5
2 | between 0 and 1                  | academic_share --level nan
2 | --level                          | academic_share --level ''
2 | --level                          | academic_share --level high
2 | --level                          | academic_share --level 0.9 --level 0.95
2 | notable                          | academic_share --definition big
2 | wilson                           | academic_share --interval wald
2 | families                         | academic_share --clusters names
2 | from 1 to 9999                   | academic_share --since -1
2 | --since                          | academic_share --since 2010.5
2 | --since                          | academic_share --since 99999999999
2 | not expected                     | academic_share 2020
2 | --nonsense                       | academic_share --nonsense
2 | --models                         | academic_share --models
2 | a file that is there             | academic_share --models nowhere.csv
2 | a file that is there             | academic_share --models folder
2 | markdown                         | academic_share --format word
2 | from 20 to 10000                 | academic_share --width 5
2 | --width is for --format text     | academic_share --width 90 --format csv
2 | --spreadsheet-safe is for        | academic_share --spreadsheet-safe
2 | not both                         | academic_share --json --ledger
2 | not both                         | academic_share --json --format csv
2 | not both                         | academic_share --ledger --format csv
2 | cannot be written                | academic_share --svg nowhere/x.svg
2 | cannot be written                | academic_share --svg folder
2 | cannot be written                | academic_share --output nowhere/x
2 | cannot be written                | academic_share --output folder
2 | can be no folder                 | ledger --svg ok.csv
3 | --definition all counts them     | academic_share --models $tables/none_notable.csv
3 | --definition all counts them     | academic_share --models $tables/none_notable.csv --json
3 | --definition all counts them     | compute_growth --models $tables/none_notable.csv
3 | the table has no models          | academic_share --models $tables/header_only.csv
3 | the table has no models          | compute_growth --models $tables/header_only.csv
3 | the table has no models          | hardware_gap --models $tables/header_only.csv
3 | the table has no models          | code_release --models $tables/header_only.csv
3 | whether it links code            | code_links --papers no_code.csv
2 | 95 is a percentage; write 0.95   | code_links --level 95
2 | a file that is there             | code_links --papers nowhere.csv
3 | no paper has a group of terms    | scrutiny --papers no_code.csv
2 | 95 is a percentage; write 0.95   | scrutiny --level 95
2 | a file that is there             | scrutiny --marks nowhere.csv
1 | got "privasy"                    | scrutiny --papers terms.csv --marks wrong_group.csv
1 | paper 0 is of X 2015             | scrutiny --papers terms.csv --marks wrong_venue.csv
1 | marks papers that                | scrutiny --papers terms.csv --marks wrong_place.csv
1 | a number of papers above 0       | scrutiny --papers terms.csv --marks wrong_weight.csv
1 | of the kind academia_only        | scrutiny --papers terms.csv --errors no_kind.csv
2 | which is read twice              | scrutiny --papers - --marks wrong_group.csv
3 | the table has no models          | pretrained_reliance --models $tables/header_only.csv
3 | the last models                  | academic_share --since 2100
3 | none of                          | compute_growth --since 2100
2 | must be before                   | compute_growth --since 2012 --until 2012
2 | must be before                   | compute_growth --since 2015 --until 2010
2 | team                             | compute_growth --by country
2 | shared                           | compute_growth --clusters all
2 | 0 or more                        | compute_growth --seed -1
2 | --seed                           | compute_growth --seed 1.5
2 | from 1 to 9999                   | compute_growth --at inf
2 | is after                         | hardware_gap --from 2022 --to 2020
2 | by_era                           | hardware_gap --peaks int3
2 | not both                         | hardware_gap --peaks fp32 --format best_tensor
2 | any                              | hardware_gap --industry some
3 | no model of 1900 to 1901         | hardware_gap --from 1900 --to 1901
2 | must be before                   | pretrained_reliance --since 2020 --until 2019
2 | from 19 to 1e+06 is required     | pretrained_reliance --draws 5
2 | in order, is required            | topic_variation --years 2025-2012
2 | a row of the kind "compute terms" | topic_variation --errors $sources/examples/data/team_errors.csv
3 | no two topics have --min-papers  | topic_variation --min-papers 100000
2 | left out beside papers           | pretrained_reliance --papers papers.csv --vintage 2025-08
2 | left out beside papers           | code_release --papers papers.csv --since 2015
2 | not both                         | code_release --papers - --models -
2 | greater than 0                   | topic_regression --min-papers 0
2 | 0 or more is required, got -3    | topic_regression --min-papers -3
2 | in order                         | topic_regression --years 2020-2016
2 | twice the 3 years                | topic_regression --years 2014-2016
2 | greater than 0                   | topic_regression --ends 0
2 | one of                           | topic_regression --terms abacus
3 | none of                          | topic_regression --years 1901-1910
1 | "year": a year is required       | conference_teams --papers no_year.csv --clusters none
2 | no column institutions           | conference_teams --papers no_year.csv
2 | not both                         | conference_teams --papers papers.csv --collection venues
2 | area                             | conference_teams --by topic
1 | has no column venue; it has y, x | conference_teams --papers ok.csv
1 | has no column Model or System    | academic_share --models ok.csv
1 | line                             | conference_teams --papers papers.csv
1 |                                  | academic_share --models bytes
3 | empty.csv is empty               | academic_share --models empty.csv
2 | in order                         | openalex_teams --years 2020-2016
2 | checked                          | openalex_teams --manifest sometimes
2 | ISO 639-1, such as en            | openalex_teams --languages English
2 | ISO 639-1, such as en            | openalex_teams --languages EN
2 | preprint                         | openalex_teams --work-types novel
2 | such as C154945302               | openalex_teams --concepts physics
2 | --carry is of --careers          | openalex_teams --carry 3
2 | from 0 to 100                    | openalex_teams --careers --carry 101
2 | --concept-score is of            | openalex_teams --concept-score 0.5
2 | from 0 to 1                      | openalex_teams --concepts C154945302 --concept-score 5
2 | FROM=TO                          | openalex_teams --sector facility
2 | one of                           | openalex_teams --sector facility=school
2 | openalex                         | openalex_teams --sectors mine
2 | 0 or more                        | openalex_teams --threads -2
2 | from 0 to 1024                   | openalex_teams --threads 100000
2 | not both                         | openalex_teams --json --format csv
2 | not both                         | openalex_teams --state s --json
2 | cannot be written                | openalex_teams --state nowhere/s
2 | cannot be written                | openalex_teams --papers-out nowhere/p
2 | a file or a folder               | openalex_teams --works nowhere
1 | no work could be read            | openalex_teams --works bytes
3 | left out for year                | openalex_teams --years 1801-1802
3 | left out for language            | openalex_teams --languages xx --json
2 | is not stated                    | training_footprint --chip A100
2 | not both                         | training_footprint --chip A100 --text 'We used 8 V100 for 2 days'
2 | not both                         | training_footprint --chip A100 --count 8 --hours 5 --days 2
2 | needs --chip                     | training_footprint --count 8
2 | a sentence is required           | training_footprint --text ''
2 | a sentence is required           | training_footprint --text ' '
2 | names no chip                    | training_footprint --text 'We trained for a while'
2 | greater than 0                   | training_footprint --chip A100 --count 0 --hours 5
2 | greater than 0                   | training_footprint --chip A100 --count -8 --hours 5
2 | greater than 0                   | training_footprint --chip A100 --count inf --hours 5
2 | from 1 to 10                     | training_footprint --chip A100 --count 8 --hours 5 --pue 0.5
2 | a percentage                     | training_footprint --chip A100 --count 8 --hours 5 --utilization 40
2 | from 1940 to 2100                | training_footprint --chip A100 --count 8 --hours 5 --year 20
2 | language                         | training_footprint --chip A100 --count 8 --hours 5 --domain poetry
2 | hyperscale                       | training_footprint --chip A100 --count 8 --hours 5 --data-centre cellar
2 | Atlantis                         | training_footprint --chip A100 --count 8 --hours 5 --country Atlantis
2 | Abacus                           | training_footprint --chip Abacus --count 8 --hours 5
2 | markdown                         | training_footprint --chip A100 --count 8 --hours 5 --format word
2 | not both                         | training_footprint --json --paragraph
2 | needs --trials                   | training_footprint --method m
1 | has no column loss; it has method | training_footprint --trials no_trials.csv --score loss
3 | the table has no trials          | training_footprint --trials no_trials.csv
2 | --csv FILE, or - for standard input, is required | regress --response y
2 | --model, or --response           | regress --csv ok.csv
2 | has no one column z              | regress --csv ok.csv --response z
2 | its columns are y, x, g          | regress --csv ok.csv --response y --terms z
2 | not both                         | regress --csv ok.csv --response y --model 'y ~ x'
2 | the name of a column             | regress --csv ok.csv --model 'y ~'
2 | ~ in the formula                 | regress --csv ok.csv --model 'y'
2 | a base among the levels of g     | regress --csv ok.csv --model 'y ~ i(g, ref = z)'
2 | one of log()                     | regress --csv ok.csv --model 'y ~ sin(x)'
2 | takes records as independent     | regress --csv ok.csv --model 'y ~ x' --cluster g --covariance hc3
2 | needs --cluster                  | regress --csv ok.csv --model 'y ~ x' --covariance cr2
2 | with --family ordinal            | regress --csv ok.csv --model 'y ~ x' --family ordinal --covariance hc3
2 | thresholds in place of           | regress --csv ok.csv --model 'y ~ 0 + x' --family ordinal
2 | are absorbed by                  | regress --csv ok.csv --model 'y ~ x | g' --family ordinal
2 | needs --cluster                  | regress --csv ok.csv --model 'y ~ x' --covariance clustered
2 | hc3                              | regress --csv ok.csv --model 'y ~ x' --covariance hc9
2 | with one --cluster               | regress --csv ok.csv --model 'y ~ x' --cluster g,v --covariance cr2
2 | --correction is of               | regress --csv ok.csv --model 'y ~ x' --correction none
2 | for --family logit               | regress --csv ok.csv --model 'y ~ x' --firth
2 | for --family logit or poisson    | regress --csv ok.csv --model 'y ~ x' --marginal-effects
2 | absorbs one effect               | regress --csv ok.csv --model 'y ~ x | g + v' --family logit
2 | absorbed by                      | regress --csv ok.csv --model 'y ~ x | g' --family negbin
2 | with one --cluster               | regress --csv ok.csv --model 'y ~ x' --wild 99
2 | one of (intercept), x            | regress --csv ok.csv --model 'y ~ x' --test z
2 | from 1 to 4                      | regress --csv ok.csv --response y --terms x^9
2 | not both                         | regress --csv ok.csv --model 'y ~ x' --decimal-comma --decimal-point
2 | poisson                          | regress --csv ok.csv --model 'y ~ x' --family gamma
2 | cr1                              | regress --csv ok.csv --model 'y ~ x' --cluster g --correction cr9
1 | i(g) takes the levels            | regress --csv ok.csv --model 'y ~ g'
1 | column "y": a number             | regress --csv words.csv --model 'y ~ x'
1 | is no number                     | regress --csv zero.csv --model 'y ~ log(x)'
1 | line 3                           | regress --csv ragged.csv --model 'y ~ x'
1 | gzip                             | regress --csv cut.csv.gz --model 'y ~ x'
3 | nothing could be estimated       | regress --csv header.csv --model 'y ~ x'
3 | nothing could be estimated       | regress --csv ok.csv --model 'y ~ x' --missing 1,2,3,4,5,6,8
3 | empty.csv is empty               | regress --csv empty.csv --model 'y ~ x'
2 | two files are required, got one  | vintage_diff $tables/two_models.csv
2 | not both                         | vintage_diff - -
2 | a file that is there             | vintage_diff $tables/two_models.csv nowhere.csv
2 | goes without files               | vintage_diff $tables/two_models.csv $tables/one_model.csv --vintages 2023-03
2 | goes without files               | vintage_diff $tables/two_models.csv $tables/one_model.csv --models $tables/one_model.csv
2 | holds several vintages           | vintage_diff $tables/two_models.csv $sources/examples/data/models.csv
2 | one of 2023-03, 2023-12, 2025-08, 2025-12 is required, got 2024 | vintage_diff --vintages 2023-03,2024
2 | two or more of --vintages        | vintage_diff --vintages 2023-03
2 | two or more of --vintages        | vintage_diff --models $tables/two_models.csv
2 | notable                          | vintage_diff --definition big
2 | unsettled                        | vintage_diff --list all
2 | citations                        | vintage_diff --list recomputed --field flop
2 | --field goes with --list         | vintage_diff --field citations
2 | from 0 to 0.999                  | vintage_diff --tolerance -1
2 | between 0 and 1                  | vintage_diff --level 1
2 | not expected                     | vintage_diff $tables/two_models.csv $tables/one_model.csv $tables/one_model.csv
2 | cannot be written                | vintage_diff --svg nowhere/x.svg
3 | no model in common               | vintage_diff $tables/two_models.csv other_names.csv
3 | the table has no models          | vintage_diff $tables/two_models.csv $tables/header_only.csv
1 | has no column Publication date   | vintage_diff $tables/two_models.csv ok_models.csv
2 | one of 2023-03, 2023-12, 2025-08, 2025-12 is required, got 2024 | ledger --vintages 2024
2 | not both                         | ledger --vintages 2025-12 --only
2 | not both                         | ledger --vintages 2025-12 --svg folder
TABLE

# Every program that reads a table to report on it, under every bad one: not there, a folder, empty, a header alone, random
# bytes, gzip that is cut, a row too short; as a file and through standard input.
while IFS='|' read -r program header; do
  [ -n "${program// /}" ] || continue
  eval "set -- $program"
  printf '%s\n' "${header# }" >table.csv
  printf 'short\n' | cat table.csv - >short.csv
  must_refuse 2 "a file that is there" "$programs/$1" "${@:2}" nowhere.csv
  must_refuse 2 "a file that is there" "$programs/$1" "${@:2}" folder
  for table in empty.csv table.csv bytes cut.csv.gz short.csv; do
    timeout 100 "$programs/$1" "${@:2}" "$table" >out 2>said </dev/null
    ended=$?
    case $table in
    empty.csv | table.csv) expected='^3$' ;;
    bytes) expected='^[12]$' ;;
    *) expected='^1$' ;;
    esac
    grep -q "$expected" <<<"$ended" || fail "$* of $table ends with $ended: $(head -c 300 said)"
    [ ! -s out ] || fail "$* of $table prints: $(head -c 200 out)"
    [ -s said ] || fail "$* of $table says nothing"
    ! grep -q 'compute_divide::' said || fail "$* of $table names a function: $(head -c 300 said)"
    # The same from standard input.
    timeout 100 "$programs/$1" "${@:2}" - >out 2>said <"$table"
    [ $? -eq "$ended" ] && [ ! -s out ] || fail "$* of $table through standard input does not end with $ended: $(head -c 300 said)"
  done
done <<'TABLE'
academic_share --models                                          | Model,Publication date,Organization,Training compute (FLOP)
compute_growth --models                                          | Model,Publication date,Organization,Training compute (FLOP)
hardware_gap --models                                            | Model,Publication date,Organization,Training compute (FLOP)
code_release --models                                            | Model,Publication date,Organization,Training compute (FLOP)
pretrained_reliance --models                                     | Model,Publication date,Organization,Training compute (FLOP)
scenario --models                                                | Model,Publication date,Organization,Training compute (FLOP)
conference_teams --clusters none --papers                        | venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown
shares --sector-column y --by x --csv                            | y,x
growth --date y --value x --csv                                  | y,x
regress --model 'y ~ x' --csv                                    | y,x
concentration --owner y --amount x --csv                         | y,x
ties --column user=y,provider=x --csv                            | y,x
openness --part access,bounds,trend --models                     | Publication date,Organization,Organization categorization,Model accessibility,Training code accessibility,Training compute (FLOP)
training_footprint --score y --trials                            | y,x
code_links --papers                                              | venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown
scrutiny --papers                                                | venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown,text,title terms,abstract terms,repeated terms
topic_variation --papers                                          | venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown,text,compute terms,topics
topic_regression --papers                                         | venue,year,academia,industry,government,nonprofit,healthcare,facility,other,unknown,text,compute terms,topics
TABLE

# What is right: each program has a version, help with an example that is a command of its own, and every format; the
# file of --output is whole or not there; rows that are none are told and skipped on demand; gzip and standard input are
# read as files are.
for program in academic_share compute_growth hardware_gap code_release pretrained_reliance conference_teams \
  code_links scrutiny topic_regression topic_variation ledger openalex_teams training_footprint regress classify_affiliations \
  extract_hardware shares growth concentration openness scenario ties vintage_diff; do
  "$programs/$program" --version >out 2>said || fail "$program --version: $(cat said)"
  grep -qE "^$program [0-9]+\.[0-9]+\.[0-9]+$" out || fail "$program --version says $(cat out)"
  "$programs/$program" --help >out 2>said || fail "$program --help"
  grep -q "^Example:" out && grep -A1 "^Example:" out | grep -q "$program" || fail "$program --help has no example"
  grep -q "3 where there is nothing to report" out || fail "$program --help tells no codes"
done
for format in text markdown latex csv html json; do
  for command in "academic_share" "vintage_diff" "openalex_teams" "training_footprint" "regress --csv ok.csv --model y~x"; do
    # shellcheck disable=SC2086
    "$programs/"$command --format "$format" >out 2>said || fail "$command --format $format: $(cat said)"
    [ -s out ] || fail "$command --format $format writes nothing"
    [ "$format" != json ] || python3 -c 'import json; json.load(open("out"))' || fail "$command: no JSON"
  done
done
"$programs/academic_share" >expected 2>said && "$programs/academic_share" --output file >out 2>>said || fail "--output: $(cat said)"
cmp -s expected file || fail "the file of --output is not what is printed"
[ ! -s out ] || fail "--output prints, too"
[ ! -s said ] || fail "the tables that come with it make notes: $(cat said)"
echo before >file
"$programs/academic_share" --since 2100 --output file 2>said && fail "--since 2100"
[ "$(cat file)" = before ] || fail "--output of nothing to report changes the file"
[ -z "$(find . -name '*.partial*')" ] || fail "part of a file is left"
"$programs/compute_growth" --at 1900 >out 2>said
grep -q "Warning: --at 1900" out || fail "--at 1900 is not warned of"
i=0
for how in "--csv ok.csv" "--csv ok.csv.gz" "--csv -"; do
  i=$((i + 1))
  # shellcheck disable=SC2086
  "$programs/regress" $how --model 'y ~ x + d' --json <ok.csv >"out$i" 2>said || fail "regress $how: $(cat said)"
done
cmp -s out1 out2 && cmp -s out1 out3 || fail "a table is not the same from gzip or standard input"
"$programs/academic_share" --models models.csv.gz --definition all >out 2>said || fail "models in gzip: $(cat said)"
"$programs/regress" --csv ragged.csv --model 'y ~ x' --on-error skip >out 2>said || fail "--on-error skip: $(cat said)"
grep -q "4 records" out && grep -q "line 3" said || fail "a ragged row is not told: $(cat out said)"
"$programs/conference_teams" --papers papers.csv --on-error skip >out 2>said || fail "papers, --on-error skip: $(cat said)"
grep -q "papers.csv, line 4" said && grep -q "papers.csv, line 5" said || fail "rows that are none are not told: $(cat said)"
! grep -q "Corrected for" out || fail "a user's papers are corrected by our errors"
"$programs/code_release" --models "$tables/industry_only.csv" >out 2>said || fail "code_release: $(cat said)"
! grep -q "Papers:" out || fail "code_release of a user's models tells of our papers"
printf 'y,x,g\n' >formula.csv
for i in 1 2 3 4 5 6 7 8 9; do printf '%d,%d,%s\n' $((i * i % 7)) "$i" "=cmd|' /C'!A$((i % 2))" >>formula.csv; done
"$programs/regress" --csv formula.csv --model 'y ~ i(g) + x' --format csv --spreadsheet-safe >out
grep -qE "(^|,)\"?[=+@]" out && fail "a cell that a spreadsheet would compute: $(cat out)"
exit "$failed"
