#!/usr/bin/env python3
"""Reference values of statistics/table_diff.hpp: consecutive vintages of examples/data/models.csv compared with dictionaries, and
the parts of the change of two numbers as means over all six orders of the three changes.

    python3 tests/reference/table_diff.py > tests/reference/table_diff.csv
"""
import collections
import csv
import datetime
import itertools
import os

HERE = os.path.dirname(os.path.abspath(__file__))
LABELS = ["Organization categorization", "Organization", "Notable", "Domain", "Model accessibility"]
VALUES = ["Training compute (FLOP)", "Parameters", "Citations", "Publication date"]


def value(row, column):
    text = row[column]
    if column == "Publication date":
        return datetime.date.fromisoformat(text).toordinal() if len(text) == 10 else None
    return float(text) if text else None


def said(row, column):
    return value(row, column) if column in VALUES else row[column] or None


def equal(a, b):
    return all(said(a, c) == said(b, c) for c in LABELS + VALUES)


def spelling(row):
    name = "".join(c for c in row["Model"] if ord(c) > 127 or c.isalnum())
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in name) or None


def agree(a, b):
    return all(a[c] == "" or b[c] == "" or float(a[c]) == float(b[c]) for c in ["Parameters", "Training compute (FLOP)"])


IDENTITIES = [(spelling, lambda a, b: True), (lambda row: row["Reference"] or None, agree)]


def match(old, new):
    """Pairs of rows, and how many keys are in both and several times in one, and groups that stay open."""
    pairs, renamed, open_groups = {}, 0, 0
    by = [collections.defaultdict(list), collections.defaultdict(list)]
    for side, rows in zip(by, (old, new)):
        for i, row in enumerate(rows):
            side[row["Model"]].append(i)
    taken, candidates = set(), []
    duplicates = 0
    for key in sorted(set(by[0]) | set(by[1])):
        a, b = list(by[0].get(key, [])), list(by[1].get(key, []))
        duplicates += key != "" and (len(a) > 1 or len(b) > 1)
        if key == "" or len(a) > 1 or len(b) > 1:
            for i in list(a):
                twin = next((j for j in b if equal(old[i], new[j])), None)
                if twin is not None:
                    pairs[i] = twin
                    taken.add(twin)
                    a.remove(i)
                    b.remove(twin)
        if key != "" and len(a) == 1 and len(b) == 1:
            pairs[a[0]] = b[0]
            taken.add(b[0])
        else:
            candidates.append((a, b))
    for identity, may_be in IDENTITIES:
        groups = [collections.defaultdict(list), collections.defaultdict(list)]
        for side, rows in zip(groups, (old, new)):
            for i, row in enumerate(rows):
                side[identity(row)].append(i)
        for mark, a in groups[0].items():
            b = groups[1].get(mark, [])
            if mark is None or all(i in pairs for i in a) or all(j in taken for j in b):
                continue
            if len(a) == 1 and len(b) == 1 and may_be(old[a[0]], new[b[0]]):
                pairs[a[0]] = b[0]
                taken.add(b[0])
                renamed += old[a[0]]["Model"] != new[b[0]]["Model"]
            else:
                candidates.append(([i for i in a if i not in pairs], [j for j in b if j not in taken]))
    open_groups = sum(any(i not in pairs for i in a) and any(j not in taken for j in b) for a, b in candidates)
    return pairs, taken, renamed, duplicates, open_groups


def industry_share(rows):
    counted = [
        r
        for r in rows
        if r["Notable"] == "yes" and r["Training compute (FLOP)"] and "2020" <= r["Publication date"][:4] <= "2022"
        and len(r["Publication date"]) == 10
    ]
    return sum(r["Organization categorization"].startswith("Industry") for r in counted) / len(counted)


def growth(rows):
    """Natural logarithms a day, notable models of 2010 on."""
    import math

    points = [
        (value(r, "Publication date"), math.log(float(r["Training compute (FLOP)"])))
        for r in rows
        if r["Notable"] == "yes" and r["Training compute (FLOP)"] and len(r["Publication date"]) == 10
        and r["Publication date"] >= "2010"
    ]
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def parts(old, new, pairs, taken, number):
    def table(done):
        rows = []
        for i, row in enumerate(old):
            if i not in pairs:
                if "rows" not in done:
                    rows.append(row)
                continue
            mixed = dict(row)
            for change, columns in (("values", VALUES), ("labels", LABELS)):
                if change in done:
                    mixed.update({c: new[pairs[i]][c] for c in columns})
            rows.append(mixed)
        return rows + ([row for j, row in enumerate(new) if j not in taken] if "rows" in done else [])

    changes = ["rows", "values", "labels"]
    sums = dict.fromkeys(changes, 0.0)
    for order in itertools.permutations(changes):
        done = set()
        before = number(table(done))
        for change in order:
            done.add(change)
            after = number(table(done))
            sums[change] += (after - before) / 6
            before = after
    return [number(old), number(new)] + [sums[c] for c in changes]


def main():
    tables = collections.defaultdict(list)
    with open(os.path.join(HERE, "../../examples/data/models.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tables[row["Vintage"]].append(row)
    vintages = list(tables)
    print("step and field,older or changed,newer or filled,matched or emptied,renamed,added,removed,duplicates,unsettled")
    for older, newer in zip(vintages, vintages[1:]):
        old, new = tables[older], tables[newer]
        pairs, taken, renamed, duplicates, open_groups = match(old, new)
        step = f"{older} {newer}"
        print(f"{step} rows", len(old), len(new), len(pairs), renamed, len(new) - len(taken), len(old) - len(pairs),
              duplicates, open_groups, sep=",")
        for column in LABELS + VALUES:
            both = [(said(old[i], column), said(new[j], column)) for i, j in pairs.items()]
            changed = sum(a is not None and b is not None and a != b for a, b in both)
            filled = sum(a is None and b is not None for a, b in both)
            emptied = sum(a is not None and b is None for a, b in both)
            print(f"{step} {column}", changed, filled, emptied, 0, 0, 0, 0, 0, sep=",")
        for name, number in (("industry", industry_share), ("growth", growth)):
            print(f"{step} {name}", *map(repr, parts(old, new, pairs, taken, number)), 0, 0, 0, sep=",")


if __name__ == "__main__":
    main()
