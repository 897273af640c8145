"""What `regress` says beside coefficients, against R (tests/reference/regress_facts.R).

regress_facts.py FOLDER_OF_PROGRAMS
"""
import csv
import json
import pathlib
import subprocess
import sys

program = pathlib.Path(sys.argv[1]) / "regress"
reference = pathlib.Path(__file__).parent / "reference"
# The table, the model, other options.
cases = {
    "longley": ("longley", "employed ~ deflator + gnp + unemployed + armed + population + year"),
    "grunfeld": ("grunfeld", "inv ~ value * capital"),
    "grunfeld absorbed": ("grunfeld", "inv ~ value + capital | firm + year"),
    "births logit": ("births", "low ~ lwt * smoke + ht", "--family", "logit", "--marginal-effects"),
    "births levels": ("births", "low ~ lwt + i(race, ref = white)", "--family", "logit", "--marginal-effects"),
    "insurance": ("insurance", "claims ~ i(district) + log_holders", "--family", "poisson"),
    "insurance absorbed": ("insurance", "claims ~ log_holders | district", "--family", "poisson", "--marginal-effects"),
    "births conditional": ("births", "low ~ lwt + smoke + ht | age", "--family", "logit"),
}
answers = {}
for case, (table, model, *options) in cases.items():
    command = [program, "--csv", reference / "regression_data" / f"{table}.csv", "--model", model, "--json", *options]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    facts = {fact: said[fact] for fact in ("aic", "bic", "adjusted_r_squared", "condition_number")}
    facts |= {each["name"]: each["estimate"] for each in said["terms"]}
    facts |= {"effect:" + each["name"]: each["estimate"] for each in said.get("marginal_effects") or []}
    facts["response"] = said["response"]
    assert facts["response"] == model.split(" ~ ")[0], facts["response"]
    answers[case] = facts

wrong = 0
with open(reference / "regress_facts.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        here, there = answers[row["case"]].get(row["fact"]), float(row["value"])
        if here is None or abs(here - there) > 1e-6 * abs(there):
            print(f"FAILED: {row['case']}, {row['fact']}: {here}, not {there}", file=sys.stderr)
            wrong = 1
sys.exit(wrong)
