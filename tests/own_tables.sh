#!/usr/bin/env bash
# Programs on anybody's table: someone else's column names, every way to write a table, and every wrong way to ask, which
# is named with nothing on standard output and ends with the code that docs tell: 1 data, 2 what is asked for, 3 nothing
# to report. Arguments: the folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
data=$sources/examples/data
# same_as FILE COMMAND...: prints what is in the file.
same_as() {
  local file=$1
  shift
  "$@" 2>said | diff "$file" - >difference || fail "$*: $(head -20 difference said)"
}

# Four papers, of which one names a university and a firm.
printf 'year,who,lab,kind,right\n2012,Stanford University,a,academia,academia\n2013,Google Inc; Stanford University,b,"academia;industry",\n' >t.csv
printf '2013,"University of ""X"", Oslo",a,Academia,\n2014,Zzqx,c,nothing,\n' >>t.csv
shares=("$programs/shares" --affiliation who --by year --format csv)
"${shares[@]}" --csv t.csv >expected 2>said || fail "shares: $(cat said)"
grep -q '^academia,2012,1,' expected || fail "no share of 2012: $(cat expected)"
grep -q '^academia,2013,1,.*,2,,0,ok' expected || fail "not two rows of 2013: $(cat expected)"
grep -q '^industry,2013,0.5,' expected || fail "no half of 2013: $(cat expected)"
grep -q '^academia,2014,,.*,0,,1,no_data.*,1$' expected || fail "the unclassified row is not counted: $(cat expected)"

# Every way to write the same table.
sed 's/$/\r/' t.csv >crlf.csv && same_as expected "${shares[@]}" --csv crlf.csv
(printf '\xEF\xBB\xBF' && cat t.csv) >bom.csv && same_as expected "${shares[@]}" --csv bom.csv
for wide in UTF-16LE UTF-16BE; do
  (printf '\xEF\xBB\xBF' && cat t.csv) | iconv -f UTF-8 -t "$wide" >wide.csv && same_as expected "${shares[@]}" --csv wide.csv
done
gzip -c t.csv >t.csv.gz && same_as expected "${shares[@]}" --csv t.csv.gz
same_as expected "${shares[@]}" --csv - <t.csv
same_as expected "${shares[@]}" --csv - <t.csv.gz
sed 's/Google Inc; Stanford/Google Inc| Stanford/; s/"academia;industry"/both/' t.csv | tr , '\t' | sed 's/"University of ""X""\t Oslo"/"University of ""X"", Oslo"/' >t.tsv
same_as expected "${shares[@]}" --csv t.tsv
printf 'sep=;\n' >t_sep.csv && sed 's/Google Inc; Stanford/Google Inc| Stanford/; s/"academia;industry"/both/' t.csv | tr , ';' | sed 's/"University of ""X""; Oslo"/"University of ""X"", Oslo"/' >>t_sep.csv
same_as expected "${shares[@]}" --csv t_sep.csv
same_as expected "$programs/shares" --csv t.csv --column affiliation=who,by=year --format csv
same_as expected "$programs/shares" --csv t.csv --column affiliation=who --column by=year --format csv
sed '1s/who/Author, affiliation/; 1s/.*/"year","Author, affiliation","lab","kind","right"/' t.csv >comma.csv
same_as expected "$programs/shares" --csv comma.csv --column "affiliation=Author, affiliation,by=year" --format csv

# Exports, by their headers.
printf 'PT\tAU\tTI\tC1\tPY\tUT\nJ\tA\t"Deep" nets\t[Doe, A; Roe, B] Stanford Univ, Stanford, CA USA\t2012\tW1\t\n' >wos.txt
printf 'J\tA\t"\t[Doe, A] Google Inc, USA; [Roe, B] Stanford Univ, USA\t2013\tW2\t\n' >>wos.txt
"$programs/shares" --csv wos.txt --format csv >out 2>said || fail "Web of Science: $(cat said)"
grep -q '^industry,2013,1,' out || fail "Web of Science: $(cat out)"
(printf '\xEF\xBB\xBF' && sed 's/$/\r/' wos.txt) >wos_crlf.txt
same_as out "$programs/shares" --csv wos_crlf.txt --format csv
printf '"About the data: Exported on Nov 03, 2021. Criteria: none.",,,,\nPublication ID,Title,PubYear,Authors,Authors (Raw Affiliation)\n' >dimensions.csv
printf 'pub.1,T,2013,"Doe, A","Doe, A (Google (United States)); Roe, B (Stanford University)"\n' >>dimensions.csv
"$programs/shares" --csv dimensions.csv --format csv >out 2>said || fail "Dimensions: $(cat said)"
grep -q '^academia,2013,1,' out || fail "Dimensions: $(cat out)"
printf 'id,publication_year,authorships.raw_affiliation_strings\nW1,2013,Google Inc|Stanford University\n' >openalex.csv
"$programs/shares" --csv openalex.csv --format csv >out 2>said || fail "OpenAlex: $(cat said)"
grep -q '^academia,2013,1,' out || fail "OpenAlex: $(cat out)"
for by in year PY; do
  "$programs/shares" --csv wos.txt --by $by --cluster authors --format csv >out 2>said || fail "--by $by: $(cat said)"
  grep -q '^industry,2013,1,' out || fail "--by $by: $(cat out)"
done

# Plain text of Web of Science and PubMed; UTF-16 whose lines end in CR, as its export for Macs has them.
printf '\xEF\xBB\xBFFN Clarivate Analytics Web of Science\r\nVR 1.0\r\n' >tagged.txt
printf 'PT J\r\nAU Doe, A\r\n   Roe, B\r\nC1 [Doe, A; Roe, B] Stanford Univ, Stanford, CA USA.\r\nPY 2012\r\nER\r\n\r\n' >>tagged.txt
printf 'PT J\r\nAU Doe, A\r\n   Roe, B\r\nC1 [Doe, A] Google Inc, USA.\r\n   [Roe, B] Stanford Univ, USA.\r\n' >>tagged.txt
cp tagged.txt cut.txt
printf 'PY 2013\r\nER\r\n\r\nEF' >>tagged.txt
"$programs/shares" --csv wos.txt --format csv >of_wos 2>said
same_as of_wos "$programs/shares" --csv tagged.txt --format csv
same_as of_wos "$programs/shares" --csv - --format csv <tagged.txt
must_refuse 1 "cut.txt, line 10" "$programs/shares" --csv cut.txt
"$programs/shares" --csv cut.txt --on-error skip --format csv >out 2>said || fail "a cut record: $(cat said)"
grep -q 'cut.txt, line 10' said || fail "a cut record is not told: $(cat said)"
printf 'PMID- 1\nDP  - 2013 Aug 9\nFAU - Doe, A\nAD  - Stanford Univ, Stanford,\n      CA USA.\nAD  - Google Inc.\n\n' >pubmed.txt
"$programs/shares" --csv pubmed.txt --format csv >out 2>said || fail "PubMed: $(cat said)"
grep -q '^industry,2013,1,' out || fail "PubMed: $(cat out)"
tr '\n' '\r' <wos.txt | iconv -f UTF-8 -t UTF-16 >wos_cr.txt
same_as of_wos "$programs/shares" --csv wos_cr.txt --format csv
tr '\n' '\r' <wos.txt >wos_cr.txt
same_as of_wos "$programs/shares" --csv wos_cr.txt --format csv

# Exports without affiliations say what to export; what is no table says what it is.
printf 'Authors,Title,Year,Source title,EID\nGoogle,T,2013,J,E1\n' >scopus.csv
must_refuse 2 "Affiliations ticked" "$programs/shares" --csv scopus.csv
must_refuse 2 "Affiliations ticked" "$programs/classify_affiliations" --csv scopus.csv
"$programs/shares" --csv scopus.csv --affiliation Authors --by year --format csv >out 2>said || fail "$(cat said)"
printf 'Source title,Year,Affiliations\nJ,2013,Google\nJ,0000,Google\n' >no_year.csv
"$programs/shares" --csv no_year.csv --format csv >out 2>said || fail "a year that is not known: $(cat said)"
grep -q '^industry,2013,1,.*,1,,0,ok' out && ! grep -q '^industry,0' out || fail "a year that is not known: $(cat out)"
printf 'Lens ID,Title,Publication Year,Author/s\n1,T,2013,D\n' >lens.csv
must_refuse 2 "never does" "$programs/shares" --csv lens.csv
printf 'PT J\nAU D\nPY 2013\nER\n' >no_addresses.txt
must_refuse 2 "Full Record" "$programs/shares" --csv no_addresses.txt
printf 'PT\tAU\tC1\tPY\nJ\tD\t\t2013\nJ\tD\t\t2014\n' >blank.txt
must_refuse 3 "C1 is blank in all 2 rows; export the Full Record" "$programs/shares" --csv blank.txt
printf 'PK\003\004' >t.xlsx
must_refuse 1 "save it as CSV" "$programs/shares" --csv t.xlsx
printf '@article{doe2013,\n title = {T}\n}\n' >t.bib
must_refuse 1 "BibTeX" "$programs/shares" --csv t.bib
printf 'TY  - JOUR\nER  - \n' >t.ris
must_refuse 1 "RIS" "$programs/shares" --csv t.ris
printf '"C1" "PY"\n"1" "Google" 2013\n' >t.r
must_refuse 1 "qmethod" "$programs/shares" --csv t.r

# What is asked for is what runs.
must_refuse 2 "--csv FILE" "$programs/shares"
must_refuse 2 "a file that is there" "${shares[@]}" --csv nowhere.csv
must_refuse 2 "year, who, lab, kind, right" "$programs/shares" --csv t.csv
must_refuse 2 '"What"' "$programs/shares" --csv t.csv --affiliation What --by year
must_refuse 2 "one of the fields" "${shares[@]}" --csv t.csv --column authors=who
must_refuse 2 "FIELD=HEADER" "${shares[@]}" --csv t.csv --column who
must_refuse 2 "not both" "${shares[@]}" --csv t.csv --sector-column kind
must_refuse 2 "two spans of years" "${shares[@]}" --csv t.csv --compare 2012
must_refuse 2 "two spans of years" "${shares[@]}" --csv t.csv --compare 2013-2012,2014
must_refuse 2 "one of a, b, c" "$programs/shares" --csv t.csv --affiliation who --by lab --compare a,x
must_refuse 2 "percentage" "${shares[@]}" --csv t.csv --level 95
must_refuse 2 "--interval" "${shares[@]}" --csv t.csv --interval normal
must_refuse 2 "--count" "${shares[@]}" --csv t.csv --count half
must_refuse 2 "--count full" "${shares[@]}" --csv t.csv --count fractional --truth right
must_refuse 2 "COLUMN=VALUE" "${shares[@]}" --csv t.csv --where lab
must_refuse 2 "the table has the columns" "${shares[@]}" --csv t.csv --where labs=a
must_refuse 2 "cannot be written" "${shares[@]}" --csv t.csv --unclassified nowhere/x.csv
must_refuse 2 "cannot be written" "${shares[@]}" --csv t.csv --output nowhere/x.csv
must_refuse 2 "--delimiter" "${shares[@]}" --csv t.csv --delimiter ab
must_refuse 2 "FROM=TO" "${shares[@]}" --csv t.csv --sector facility
: >empty.csv && must_refuse 3 "is empty" "${shares[@]}" --csv empty.csv
head -1 t.csv >header.csv && must_refuse 3 "no rows" "${shares[@]}" --csv header.csv
must_refuse 3 "no row has a value of --by and a sector" "${shares[@]}" --csv t.csv --where lab=c
printf 'year,who\n2012,x,y\n2013,Google Inc\n' >ragged.csv
must_refuse 1 'ragged.csv, line 2' "${shares[@]}" --csv ragged.csv
"${shares[@]}" --csv ragged.csv --on-error skip >out 2>said || fail "--on-error skip: $(cat said)"
grep -q "ragged.csv, line 2" said && grep -q '^industry,2013,1,' out || fail "--on-error skip: $(cat said out)"
printf 'sector,true_positives,false_positives,false_negatives\nacademia,1,2,3\n' >errors.csv
must_refuse 1 "true_negatives" "${shares[@]}" --csv t.csv --errors errors.csv
head -c 4000 /dev/urandom >noise.csv && "${shares[@]}" --csv noise.csv --on-error skip >out 2>said
[ $? -ne 0 ] && [ ! -s out ] || fail "noise is answered: $(head -c 200 out)"

# What could not be classified, with how often; what the sectors of a column are; a sector read as another.
"${shares[@]}" --csv t.csv --unclassified left.csv >none
printf 'who,rows\nZzqx,1\n' | cmp -s - left.csv || fail "--unclassified: $(cat left.csv)"
"$programs/shares" --csv t.csv --sector-column kind --by year --sector academia=nonprofit --format csv >out 2>said || fail "$(cat said)"
grep -q '^nonprofit,2013,1,' out || fail "--sector: $(cat out)"
"$programs/shares" --csv t.csv --sector-column kind --by year --truth right --format csv >out 2>said || fail "--truth: $(cat said)"
grep -q 'corrected' out || fail "--truth: $(cat out)"

# A large file is read in parts: cells of several lines, quotes within cells, other clusters and answers in each part, a
# row that is none at its end.
python3 - <<'P'
import random
random.seed(3)
sectors = ["academia", "industry", "academia;industry", "government", "nothing", ""]
notes = {"parts.csv": '"two\nlines, of ""one""\n"', "quotes.csv": 'a 5" disk', "bom.csv": "\ufeff"}
for name, odd in notes.items():
    with open(name, "w", encoding="utf-8", newline="") as out:
        out.write("year,sector,lab,note,right\n")
        for i in range(300_000):
            year = 2000 + i // 20_000 if i % 7 else ""
            note = odd if random.random() < 0.3 else "what is long enough for parts"
            right = random.choice(sectors[:2]) if i % 50 == 0 else ""
            first = note if name == "bom.csv" else ""
            out.write(f"{first}{year},{random.choice(sectors)},l{random.randrange(500) + i // 1000},{note},{right}\n")
P
cp parts.csv ragged_end.csv && printf '2003,academia\n' >>ragged_end.csv
for table in parts quotes bom ragged_end; do
  for how in "" "--cluster lab" "--truth right" "--where lab=l7" "--count fractional" "--on-error skip"; do
    # shellcheck disable=SC2086
    for threads in 1 2 3; do
      "$programs/shares" --csv "$table.csv" --sector-column sector --by year $how --format csv --threads $threads >"out$threads" 2>"said$threads"
      echo "ends with $?" >>"said$threads"
    done
    cmp out1 out2 && cmp out1 out3 && cmp said1 said2 && cmp said1 said3 || fail "$table.csv $how: threads change the answer"
  done
done
grep -q "line" said1 || fail "a row that is none at the end is not told: $(cat said1)"

# Growth: 2, 4, 8, 16 at the beginning of four years.
printf 'released,size,lab\n2020,2,a\n2021-01,4,b\n2022-01-01,8,\n1/1/2023,16,c\n,3,c\n2021,NA,c\n' >m.csv
"$programs/growth" --csv m.csv --date released --value size --format csv >out 2>said || fail "growth: $(cat said)"
grep -q '^all,\(1\.999\|2\.000\)' out || fail "growth: $(cat out)"
"$programs/growth" --csv m.csv --column date=released,value=size --format json >out 2>said || fail "growth: $(cat said)"
grep -q '2 without a date or a value' out || fail "growth does not count: $(cat out)"
must_refuse 2 "a column for --value" "$programs/growth" --csv m.csv --date released
must_refuse 2 "a column for --date" "$programs/growth" --csv m.csv --value size
must_refuse 2 "a column for --by" "$programs/growth" --csv m.csv --date released --value size --by kind
must_refuse 2 "needs --cluster" "$programs/growth" --csv m.csv --date released --value size --interval cr2
must_refuse 2 "--until" "$programs/growth" --csv m.csv --date released --value size --since 2023 --until 2020
must_refuse 3 "no row has a date and a value" "$programs/growth" --csv m.csv --date released --value size --since 2030
must_refuse 1 'line 2, "lab": a number is required for value' "$programs/growth" --csv m.csv --date released --value lab
must_refuse 1 '"size": a date such as' "$programs/growth" --csv m.csv --date size --value size
printf 'date,value\n2020,0\n' >zero.csv && must_refuse 1 "above 0" "$programs/growth" --csv zero.csv
must_refuse 3 "is empty" "$programs/growth" --csv empty.csv

# Rows go through: every column as it was, quotes and all, then what is added; and into the next program.
"$programs/classify_affiliations" --csv t.csv --column who >rows.csv 2>said || fail "classify_affiliations: $(cat said)"
[ "$(wc -l <rows.csv)" -eq 5 ] || fail "classify_affiliations loses rows: $(cat rows.csv)"
grep -q '^2013,Google Inc; Stanford University,b,academia;industry,,2,Google; Stanford University,company; education,academia; industry,1,1,' rows.csv ||
  fail "classify_affiliations: $(cat rows.csv)"
grep -q '^2013,"University of ""X"", Oslo",a,' rows.csv || fail "classify_affiliations changes cells: $(cat rows.csv)"
"$programs/classify_affiliations" --csv t.csv.gz --column affiliation=who --format jsonl >rows.jsonl 2>said || fail "$(cat said)"
python3 - <<'P' || fail "classify_affiliations --format jsonl"
import json
rows = [json.loads(line) for line in open("rows.jsonl", encoding="utf-8")]
assert len(rows) == 4 and rows[1]["year"] == "2013" and rows[2]["who"] == 'University of "X", Oslo'
assert [a["sectors"] for a in rows[1]["affiliations"]] == [["industry"], ["academia"]]
P
"$programs/classify_affiliations" --csv - --column who <t.csv | "$programs/shares" --csv - --sector-column sectors --by year --format csv >out 2>said ||
  fail "a pipe: $(cat said)"
diff <(cut -d, -f1-5 expected) <(cut -d, -f1-5 out) >none || fail "a pipe gives other shares: $(cat out)"
must_refuse 2 'named "who", is required' "$programs/classify_affiliations" --csv <(printf 'x\n1\n') --column who
must_refuse 2 "has a column n_affiliations already" "$programs/classify_affiliations" --csv rows.csv --column who
must_refuse 2 "needs --csv" "$programs/classify_affiliations" --column who
must_refuse 2 "two columns x" "$programs/classify_affiliations" --csv <(printf 'who,x,x\n1,2,3\n') --column who --format jsonl
must_refuse 2 "--format jsonl" "$programs/classify_affiliations" --csv t.csv --column who --parts
must_refuse 3 "is empty" "$programs/classify_affiliations" --csv empty.csv

printf 'id,abstract\n1,"We trained on 64 A100 for 3 days, then ""tested"" on 8 V100."\n2,\n' >texts.csv
"$programs/extract_hardware" --csv texts.csv --column abstract >out 2>said || fail "extract_hardware: $(cat said)"
grep -qF '1,"We trained on 64 A100 for 3 days, then ""tested"" on 8 V100.",2,' out || fail "extract_hardware: $(cat out)"
grep -q '^2,,0,,' out || fail "extract_hardware loses a row: $(cat out)"
"$programs/extract_hardware" --csv texts.csv --format jsonl >out 2>said || fail "extract_hardware: $(cat said)"
grep -q '"id":"1","abstract":.*"mentions":\[{"chip"' out || fail "extract_hardware: $(cat out)"
"$programs/extract_hardware" --csv texts.csv --format jsonl --flop >out 2>said || fail "extract_hardware --flop: $(cat said)"
grep -q '"id":"1".*"trainings":\[{' out || fail "extract_hardware --flop: $(cat out)"
must_refuse 2 "named" "$programs/extract_hardware" --csv texts.csv --column body
must_refuse 2 "needs --csv" "$programs/extract_hardware" --format csv

# What is read, in every program that reads a table.
"$programs/shares" --csv t.csv --affiliation who --show-columns >out 2>said || fail "shares --show-columns: $(cat said)"
grep -q 'affiliation *who' out || fail "shares --show-columns: $(cat out)"
"$programs/growth" --csv m.csv --show-columns >out 2>said || fail "growth --show-columns: $(cat said)"
grep -q 'date *(missing)' out || fail "growth --show-columns: $(cat out)"
for program in classify_affiliations extract_hardware; do
  "$programs/$program" --csv texts.csv --show-columns >out 2>said || fail "$program --show-columns: $(cat said)"
done
grep -q 'We trained on 64' out || fail "no samples: $(cat out)"
"$programs/academic_share" --show-columns >out 2>said || fail "academic_share --show-columns: $(cat said)"
grep -q 'flop *Training' out || fail "academic_share --show-columns: $(cat out)"
"$programs/conference_teams" --show-columns >out 2>said || fail "conference_teams --show-columns: $(cat said)"
grep -q 'venue *venue' out || fail "conference_teams --show-columns: $(cat out)"

# Two tables by their ids: rows as the first has them, lines as the first counts them; what is alone is told.
printf 'paper;topic;lab\np1;vision;x\np2;"two\nlines";y\n;z;z\n' >topics.csv
printf 'id,year,sector,lab\np1,2012,academia,a\n\np2,2013,"industry;\nacademia",b\np3,2013,academia,c\n' >left.csv
"$programs/shares" --csv left.csv --join topics.csv --join-on id=paper --sector-column sector --by topic --format csv >out 2>said ||
  fail "--join: $(cat said)"
grep -q '^academia,vision,1,' out && grep -q '1 of 3 rows have no row in topics.csv' said || fail "--join: $(cat out said)"
"$programs/classify_affiliations" --csv left.csv --join topics.csv --join-on id=paper --column sector >joined.csv 2>said || fail "$(cat said)"
head -1 joined.csv | grep -q '^id,year,sector,lab,topic,lab.2,' || fail "--join: $(head -1 joined.csv)"
same_as joined.csv "$programs/classify_affiliations" --csv - --join topics.csv --join-on id=paper --column sector <left.csv
gzip -c topics.csv >topics.csv.gz && same_as joined.csv "$programs/classify_affiliations" --csv left.csv --join topics.csv.gz --join-on id=paper --column sector
printf 'p4,2014\n' | cat left.csv - >ragged_left.csv
must_refuse 1 "ragged_left.csv, line 7" "$programs/shares" --csv ragged_left.csv --join topics.csv --join-on id=paper --sector-column sector --by topic
printf 'p1;again;x\n' | cat topics.csv - >twice.csv
must_refuse 1 "twice.csv, line 6: p1 is on line 2 already" "$programs/shares" --csv left.csv --join twice.csv --join-on id=paper --sector-column sector --by topic
must_refuse 2 "--join-on paper: left.csv has the columns id, year" "$programs/shares" --csv left.csv --join topics.csv --join-on paper --sector-column sector --by topic
must_refuse 2 "--join-on id: topics.csv has the columns paper, topic" "$programs/shares" --csv left.csv --join topics.csv --join-on id --sector-column sector --by topic
must_refuse 2 "--join needs --join-on" "$programs/shares" --csv left.csv --join topics.csv --sector-column sector --by topic
must_refuse 2 "not both" "$programs/shares" --csv - --join - --join-on id --sector-column sector --by topic
printf 'id,y\n1,2\n2,abc\n' >y.csv && printf 'id,x\n1,1\n2,3\n' >x.csv
must_refuse 1 'line 3, column "y": a number' "$programs/regress" --csv y.csv --join x.csv --join-on id --model 'y ~ x'

# Columns by other names, a part of the rows, tabs and UTF-16, in a regression and in concentration.
printf 'what came out,x 1,g\n1,2,a\n2,3,a\n4,4,b\n3,6,b\n6,5,c\n5,8,c\n' >spaced.csv
"$programs/regress" --csv spaced.csv --column 'out=what came out,x=x 1' --model 'out ~ x' --json >expected 2>said || fail "regress --column: $(cat said)"
sed '1s/.*/out,x,g/' spaced.csv >short.csv && same_as expected "$programs/regress" --csv short.csv --model 'out ~ x' --json
tr , '\t' <short.csv >short.tsv && same_as expected "$programs/regress" --csv short.tsv --model 'out ~ x' --json
(printf '\xEF\xBB\xBF' && cat short.csv) | iconv -f UTF-8 -t UTF-16LE >wide.csv && same_as expected "$programs/regress" --csv wide.csv --model 'out ~ x' --json
(cat short.csv && printf '100,1,left out\n') >more.csv
"$programs/regress" --csv more.csv --where g=a --where x=2 --model 'out ~ 1' --json >out 2>said; grep -q "6 others" said out || fail "regress --where: $(cat said out)"
"$programs/regress" --csv short.csv --show-columns >out 2>said && grep -q 'g *g *labels' out && grep -q 'x *x *number' out || fail "regress --show-columns: $(cat out said)"
must_refuse 2 "the table has the columns" "$programs/regress" --csv short.csv --column y=nothing --model 'y ~ x'
must_refuse 2 "--csv FILE" "$programs/regress" --model 'y ~ x'
printf 'who,chips,year\na,5,2020\nb,3,2020\nc,9,2021\n' >owners.csv
"$programs/concentration" --csv owners.csv --owner who --amount chips --by year --json >expected 2>said || fail "concentration: $(cat said)"
same_as expected "$programs/concentration" --csv owners.csv --column owner=who,amount=chips,by=year --json
tr , '\t' <owners.csv | gzip -c >owners.tsv.gz && same_as expected "$programs/concentration" --csv owners.tsv.gz --owner who --amount chips --by year --json
"$programs/concentration" --csv owners.csv --column owner=who --show-columns >out 2>said && grep -q 'owner *who' out && grep -q 'amount *(missing)' out || fail "concentration --show-columns: $(cat out said)"
"$programs/concentration" --csv owners.csv --owner who --amount chips --where year=2020 >out 2>said && grep -q "1 others" out || fail "concentration --where: $(cat out said)"
must_refuse 2 "one of the fields owner, amount, by" "$programs/concentration" --csv owners.csv --column whose=who --amount chips
must_refuse 2 "not both" "$programs/concentration" --csv owners.csv --owner who --column owner=who --amount chips
"$programs/concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --show-columns >out 2>said && grep -q 'started *First Operational' out || fail "clusters: $(cat out said)"
must_refuse 2 "goes with --csv" "$programs/concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --where Sector=Private
printf 'how,acc\na,0.5\na,0.6\nb,0.7\nb,0.4\n' >trials.csv
"$programs/training_footprint" --trials trials.csv --score acc --method how --json >expected 2>said || fail "trials: $(cat said)"
same_as expected "$programs/training_footprint" --trials trials.csv --score acc --column method=how --method how --json
"$programs/training_footprint" --trials trials.csv --column score=acc --show-columns >out 2>said && grep -q 'score *acc' out || fail "trials --show-columns: $(cat out said)"
"$programs/scenario" --show-columns >out 2>said && grep -q 'flop *Training' out || fail "scenario --show-columns: $(cat out said)"
must_refuse 2 "does not go with" "$programs/scenario" --gap 100x --frontier-growth 4 --own-growth 3 --column flop=x
printf '{"text":"We trained on 64 A100 for 3 days."}\n' >lines.jsonl && gzip -c lines.jsonl >lines.jsonl.gz
"$programs/extract_hardware" --flop --jsonl lines.jsonl >expected 2>said || fail "--jsonl: $(cat said)"
same_as expected "$programs/extract_hardware" --flop --jsonl lines.jsonl.gz
same_as expected "$programs/extract_hardware" --flop --jsonl - <lines.jsonl

# Published tables under other names: the same findings.
"$programs/academic_share" --models "$data/models.csv" --json >expected 2>said || fail "academic_share: $(cat said)"
sed '1s/Publication date/released/; 1s/Training compute (FLOP)/Training FLOPs/; 1s/Organization categorization/sector/' "$data/models.csv" >other.csv
same_as expected "$programs/academic_share" --models other.csv --json --column 'date=released,flop=Training FLOPs,team=sector'
python3 -c 'import csv, sys; csv.writer(open("other.tsv", "w"), delimiter="\t").writerows(csv.reader(open("other.csv")))'
same_as expected "$programs/academic_share" --models other.tsv --json --column 'date=released,flop=Training FLOPs,team=sector'
must_refuse 2 "one of the fields model, date" "$programs/academic_share" --models other.csv --column when=released
must_refuse 2 "the table has the columns" "$programs/academic_share" --models other.csv --column date=when
exit "$failed"
