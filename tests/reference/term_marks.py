# SPDX-License-Identifier: BSL-1.0
# Draws the 200 papers that term_marks.csv marks, 100 in whose title or abstract a compute term is found and 100 others.
#   python3 term_marks.py ../../examples/data/papers.csv > drawn.csv
# Only papers with an abstract are drawn. `index` is the row of papers.csv, from 0, which is the line of the files that
# it was made from, one after the other; `stands for` is how many papers of its stratum one mark stands for. The lists of
# terms that papers.csv was made with have changed since, so today's would give other strata: the marks keep their own.
# The last two columns of the marks were filled in by a reader of title and abstract who was not shown the stratum.
import csv
import random
import sys

with open(sys.argv[1], newline="") as table:
    papers = list(csv.DictReader(table))
strata = {"found": [], "not found": []}
for index, paper in enumerate(papers):
    if paper["text"] == "title and abstract":
        strata["found" if paper["compute terms"] else "not found"].append(index)

generator = random.Random(6)
drawn = []
for stratum, members in strata.items():
    sample = generator.sample(members, 100)
    drawn += [(index, stratum, len(members) / len(sample)) for index in sample]

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["venue", "year", "index", "stratum", "stands for", "speaks of compute", "topics"])
for index, stratum, stands_for in sorted(drawn):
    out.writerow([papers[index]["venue"], papers[index]["year"], index, stratum, stands_for, "", ""])
