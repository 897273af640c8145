# SPDX-License-Identifier: BSL-1.0
"""Counts the works of examples/data/openalex_sample.jsonl.gz by year, topic and kind of team as openalex_teams does, with
nothing of the library, and compares what it prints, examples/expected/openalex_teams-json.out or the file that is named:
counts exactly, Wilson intervals by statsmodels to 1e-12. The years are those that it says it has.

    python3 tests/reference/openalex_teams.py [OUTPUT.json]"""
import collections
import gzip
import json
import math
import pathlib
import re
import sys

from statsmodels.stats.proportion import proportion_confint

ROOT = pathlib.Path(__file__).parents[2] / "examples"
SECTORS = {"education": "academia", "company": "industry"}
FIELDS = {
    11: "Agricultural and Biological Sciences", 12: "Arts and Humanities",
    13: "Biochemistry, Genetics and Molecular Biology", 14: "Business, Management and Accounting",
    15: "Chemical Engineering", 16: "Chemistry", 17: "Computer Science", 18: "Decision Sciences",
    19: "Earth and Planetary Sciences", 20: "Economics, Econometrics and Finance", 21: "Energy", 22: "Engineering",
    23: "Environmental Science", 24: "Immunology and Microbiology", 25: "Materials Science", 26: "Mathematics",
    27: "Medicine", 28: "Neuroscience", 29: "Nursing", 30: "Pharmacology, Toxicology and Pharmaceutics",
    31: "Physics and Astronomy", 32: "Psychology", 33: "Social Sciences", 34: "Veterinary", 35: "Dentistry",
    36: "Health Professions"}
KNOWN = {"education", "company", "government", "nonprofit", "healthcare", "facility", "archive", "other"}


def kind_of(work):
    counts = collections.Counter()
    for author in work.get("authorships") or []:
        types = {each.get("type") for each in author.get("institutions") or []} & KNOWN
        counts.update({SECTORS.get(each, "other") for each in types})
    academia, industry = counts["academia"], counts["industry"]
    if not counts:
        return "unknown"
    if academia + industry == 0:
        return "other"
    if industry == 0:
        return "academia_only"
    if academia == 0:
        return "industry_only"
    share = academia / (academia + industry)
    return "academia_leaning" if share > 0.7 else "industry_leaning" if share < 0.3 else "collaboration"


def shares_of(kinds):
    mixed = sum(kinds[kind] for kind in ("academia_leaning", "collaboration", "industry_leaning"))
    return {"academia_only": kinds["academia_only"], "mixed": mixed, "industry_only": kinds["industry_only"],
            "with industry": mixed + kinds["industry_only"]}


found = json.loads(pathlib.Path(sys.argv[1] if sys.argv[1:] else ROOT / "expected" / "openalex_teams-json.out").read_text())
years = re.search(r"years: (\d+)-(\d+)", found["choices"])
years = range(int(years[1]), int(years[2]) + 1) if years else None

expected = collections.defaultdict(collections.Counter)
left_out = collections.Counter()
works = missing = 0
for line in gzip.open(ROOT / "data" / "openalex_sample.jsonl.gz"):
    work = json.loads(line)
    kind, year = kind_of(work), work.get("publication_year")
    reasons = [name for name in ("retracted", "paratext", "xpac") if work.get("is_" + name)]
    if years and year not in years:
        reasons = ["year"]
    if reasons:
        left_out[reasons[0]] += 1
        continue
    works += 1
    missing += year is None or kind == "unknown"
    if year is None:
        continue
    fields = {FIELDS[int(str(topic["field"]["id"]).rsplit("/", 1)[-1])] for topic in work.get("topics") or []
              if topic.get("field")}
    for topic in {None} | fields:
        expected[topic, year][kind] += 1

assert (found["works"], found["missing"], found["skipped"]) == (works, missing, 0), (works, missing)
assert {name: n for name, n in found["left_out"].items() if n} == left_out, left_out
rows = {(row["topic"], row["year"]): row for row in found["teams"]}
assert rows.keys() == expected.keys(), rows.keys() ^ expected.keys()
for key, kinds in expected.items():
    assert rows[key]["works"] == kinds, (key, rows[key], kinds)
    n = sum(kinds.values()) - kinds["unknown"]
    for name, k in shares_of(kinds).items():
        share = rows[key]["shares"][name]
        assert share["n"] == n
        if n == 0:
            assert share["status"] == "no data"
            continue
        lower, upper = proportion_confint(k, n, method="wilson")
        for ours, theirs in ((share["share"], k / n), (share["lower"], lower), (share["upper"], upper)):
            assert math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-15), (key, name, share, lower, upper)
print(f"{works} works in {len(rows)} rows agree")
