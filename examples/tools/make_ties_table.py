#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The facts of examples/data/compute_ties.csv: who used whose data centre, cluster or cloud, from edges derived of Epoch AI's
tables, with the dates of clusters from its table of them; no prose, no links.

    make_ties_table.py compute_ties_edges.csv gpu_clusters.csv >examples/data/compute_ties.csv

A tie is as sure as the less sure of its two ends. What is a piece of a sentence and no name is left out, and told.
"""
import csv
import sys

SURE = {"confident": 2, "confirmed": 2, "likely": 1, "speculative": 0, "unlikely": 0}
WORDS = ["speculative", "likely", "confident"]


def name(text):
    return " ".join(text.replace('"', "").split())


def number(text):
    """With the fewest digits that give it back."""
    return repr(float(text)).removesuffix(".0") if text else ""


def is_prose(text):
    return len(text) > 90 or any(c in text for c in '"“”')


with open(sys.argv[2], newline="", encoding="utf-8-sig") as table:
    dates = {name(row["Name"]): row["First Operational Date"] for row in csv.DictReader(table)}
with open(sys.argv[1], newline="", encoding="utf-8-sig") as table:
    edges = list(csv.DictReader(table))
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["user", "provider", "kind", "through", "weight", "date", "certainty"])
n_prose = n_undated = 0
for edge in edges:
    if is_prose(edge["user"]) or is_prose(edge["provider"]):
        n_prose += 1
        continue
    through, told = name(edge["through"]), edge["user_certainty_or_year"]
    is_year = told.isdigit()
    date = told if is_year else dates.get(through, "") if edge["kind"] == "cluster_user" else ""
    n_undated += not date
    sure = [SURE[word.lower()] for word in (edge["owner_certainty"], "" if is_year else told) if word]
    writer.writerow([name(edge["user"]), name(edge["provider"]), edge["kind"], through, number(edge["weight"]), date,
                     WORDS[min(sure)] if sure else ""])
print("%d edges; %d left out that name no user; %d without a date" % (len(edges), n_prose, n_undated), file=sys.stderr)
