# SPDX-License-Identifier: BSL-1.0
# Draws the held-out papers that examples/data/scrutiny_marks.csv marks: of each group of terms about so many papers in
# whose title or abstract a term of it is found, and of the papers in which none is found.
#   python3 scrutiny_marks.py ../../examples/data/venue_papers.csv.gz > drawn.csv
# Each paper is drawn by itself (Poisson sampling) with the greatest of the probabilities of its groups, and stands for
# one over that many papers. Only papers with an abstract are drawn. `index` is the row of venue_papers.csv, from 0, which
# is the line of the file that it was made from. The other sample, "lists mended", was drawn so before (seed 18, by lists
# of terms since mended with it, so that it cannot be drawn again). The reader of title and abstract was not shown which
# terms were found. Every fifth paper was read a second time.
import csv
import gzip
import random
import sys

OF_EACH_GROUP, OF_NONE = 14, 60
with gzip.open(sys.argv[1], "rt", newline="") as table:
    papers = [(index, paper) for index, paper in enumerate(csv.DictReader(table)) if paper["text"] == "title and abstract"]


def groups(paper):
    found = {g for column in ("title terms", "abstract terms") for g in paper[column].split(";") if g}
    return found or {""}


size = {}
for _, paper in papers:
    for group in groups(paper):
        size[group] = size.get(group, 0) + 1
generator = random.Random(19)
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["venue", "year", "index", "stands for", "groups", "read again", "groups again"])
drawn = 0
for index, paper in papers:
    probability = min(1, max((OF_EACH_GROUP if group else OF_NONE) / size[group] for group in groups(paper)))
    if generator.random() < probability:
        again = "yes" if drawn % 5 == 2 else "no"
        out.writerow([paper["venue"], paper["year"], index, f"{1 / probability:.2f}", "", again, ""])
        drawn += 1
