#!/usr/bin/env bash
# Vintages of a table compared, against what was done to them: rows taken out and put in, renamed, relabelled, recomputed.
# Arguments: the folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
diff=$programs/vintage_diff

cat >old.csv <<'END'
System,Publication date,Organization,Organization categorization,Training compute (FLOP),Parameters,Notability criteria,Reference
Stays,2021-01-01,Lab A,Academia,1e20,1e8,SOTA improvement,The one that stays
Revised,2021-02-01,Lab B,Industry,1e21,1e9,SOTA improvement,The one revised
Relabelled,2021-03-01,Lab C,Academia,1e22,1e9,SOTA improvement,The one relabelled
Spelt so,2021-04-01,Lab D,Industry,2e22,2e9,SOTA improvement,The one spelt
By paper,2021-05-01,Lab E,Industry,3e22,3e9,SOTA improvement,"A paper, of one model"
Family,2021-06-01,Lab F,Industry,4e22,4e9,SOTA improvement,A paper of two models
Gone,2021-07-01,Lab G,Industry,5e22,5e9,SOTA improvement,The one gone
Twice,2021-08-01,Lab H,Industry,6e22,6e9,SOTA improvement,The one twice
END
cat >new.csv <<'END'
Model,Publication date,Organization,Organization categorization,Training compute (FLOP),Parameters,Notability criteria,Reference
New,2021-09-01,Lab I,Industry,7e22,7e9,SOTA improvement,The new one
Stays,2021-01-01,Lab A,Academia,1e20,1e8,SOTA improvement,The one that stays
Revised,2021-02-01,Lab B,Industry,2e21,1e9,SOTA improvement,The one revised
Relabelled,2021-03-01,Lab C,Industry,1e22,1e9,SOTA improvement,The one relabelled
Spelt-So,2021-04-01,Lab D,Industry,2e22,2e9,SOTA improvement,The one spelt
Named,2021-05-01,Lab E,Industry,3e22,3e9,SOTA improvement,A Paper of One Model
Family-S,2021-06-01,Lab F,Industry,4e21,4e8,SOTA improvement,A paper of two models
Family-L,2021-06-01,Lab F,Industry,4e22,,SOTA improvement,A paper of two models
Twice,2021-08-01,Lab H,Industry,6e22,6e9,SOTA improvement,The one twice
Twice,2021-08-02,Lab H,Industry,8e22,8e9,SOTA improvement,The one twice
END
"$diff" old.csv new.csv --definition all --format json --list renamed,added,removed,relabelled,recomputed,unsettled,duplicates \
  >out 2>said || fail "two tables: $(cat said)"
python3 - <<'END' || fail "two tables: not what was done to them"
import json

rows, fields, parts, listed = json.load(open("out"))


def table(t):
    return [dict(zip(t["rows"][0], r)) if isinstance(t["rows"][0], list) else r for r in t["rows"]]


(step,) = table(rows)
told = {k: step[k] for k in step if k != "vintages"}
assert told == {"older": 8, "newer": 10, "in both": 6, "renamed": 2, "added": 4, "removed": 2, "relabelled": 1,
                "recomputed": 1, "unchanged": 2, "duplicates": 1, "unsettled": 1}, told
changes = {(r["what"], r["model"], r["field"], r.get("before"), r.get("after")) for r in table(listed)}
for expected in [("renamed", "Spelt so", "by spelling", "Spelt so", "Spelt-So"),
                 ("renamed", "By paper", "by day, compute and parameters", "By paper", "Named"),
                 ("added", "New", "", None, None), ("removed", "Gone", "", None, None),
                 ("relabelled", "Relabelled", "team", "academia_only", "industry_only"),
                 ("recomputed", "Revised", "training_flop", 1e21, 2e21), ("duplicates", "Twice", "", 1, 2),
                 ("unsettled", "", "several rows of one identity (reference)", "Family", "Family-S; Family-L")]:
    assert expected in changes, (expected, changes)
found = {r["finding"]: r for r in table(parts)}
share = found["industry only, 2020-22"]
# 6 of 8, then 9 of 10; with the new rows alone 8 of 10, with the label alone 7 of 8; recomputing moves no share.
assert abs(share["before"]["value"] - 6 / 8) < 1e-12 and abs(share["after"]["value"] - 9 / 10) < 1e-12
of_rows = ((8 / 10 - 6 / 8) + (9 / 10 - 7 / 8)) / 2
assert abs(share["rows"] - of_rows) < 1e-12 and abs(share["relabelled"] - (0.15 - of_rows)) < 1e-12
assert abs(share["recomputed"]) < 1e-12 and abs(share["other"]) < 1e-12
END

# The same from gzip and from standard input; the other way round the signs are others; itself is no change.
gzip -c old.csv >old.csv.gz
"$diff" old.csv new.csv --definition all --format csv | sed 's/old.csv to new.csv/x/' >expected
"$diff" old.csv.gz - --definition all --format csv <new.csv | sed 's/old.csv.gz to -/x/' | cmp -s - expected ||
  fail "not the same from gzip and standard input"
"$diff" new.csv old.csv --definition all --format json >out 2>said || fail "the other way round: $(cat said)"
python3 -c '
import json
(step,) = json.load(open("out"))[0]["rows"]
assert (step["added"], step["removed"], step["renamed"], step["recomputed"]) == (2, 4, 2, 1), step' ||
  fail "the other way round is no mirror"
"$diff" new.csv new.csv --definition all --format json >out 2>said || fail "itself: $(cat said)"
python3 -c '
import json
(step,) = json.load(open("out"))[0]["rows"]
assert (step["added"], step["removed"], step["renamed"], step["recomputed"], step["relabelled"]) == (0, 0, 0, 0, 0), step
assert step["unchanged"] == 10 and step["unsettled"] == 0, step' || fail "a table is not the same as itself"
# A value within the tolerance is no change; a cell that cannot be read is told, and the rest is compared.
"$diff" old.csv new.csv --definition all --tolerance 0.5 --format json >out 2>said
python3 -c 'import json; assert json.load(open("out"))[0]["rows"][0]["recomputed"] == 0' || fail "--tolerance"
sed 's/1e20/much/' new.csv >damaged.csv
"$diff" old.csv damaged.csv --definition all >out 2>said || fail "a damaged cell: $(cat said)"
grep -q 'damaged.csv, line 3' said || fail "a damaged cell is not told: $(cat said)"
sed 's/,The one revised//' new.csv >damaged.csv
must_refuse 1 "line 4" "$diff" old.csv damaged.csv
"$diff" old.csv damaged.csv --definition all --on-error skip >out 2>said || fail "a damaged row: $(cat said)"
grep -q 'line 4' said || fail "a damaged row is not told: $(cat said)"
exit "$failed"
