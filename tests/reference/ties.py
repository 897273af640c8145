#!/usr/bin/env python3
"""Reference values of institutions/ties.hpp, from the definitions, in exact fractions and brute force: every pair of users by
sets of providers, cycles by what each organisation reaches.

    python3 tests/reference/ties.py data > tests/reference/ties_data.csv
    python3 tests/reference/ties.py > tests/reference/ties.csv
"""
import itertools
import sys
from fractions import Fraction

KINDS = ["data_centre_user", "cluster_user", "model_cloud_vendor", "data_centre_investor"]
MARKS = ["confident", "likely", "speculative", ""]


def made_ties():
    """90 records, by a linear congruential generator: some repeated, some of an organisation to itself, some without weight."""
    state = 12345

    def draw(n):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % n

    rows = []
    for _ in range(90):
        user = "lab %d" % draw(14)
        provider = "lab %d" % draw(4) if draw(3) == 0 else "cloud %d" % (draw(9) * draw(2))
        if draw(8) == 0:
            provider = user
        if draw(25) == 0:
            user, provider = provider, user
        kind = KINDS[draw(4)]
        through = "" if draw(9) == 0 else "site %d" % draw(12)
        weight = "" if draw(10) == 0 else str(draw(2000) * draw(4))
        rows.append((user, provider, kind, through, weight, str(2015 + draw(10)), MARKS[draw(4)]))
    rows.append(rows[3])
    rows.append(("", "cloud 1", "cluster_user", "site 1", "5", "2020", ""))
    return rows


def graph_of(rows):
    """Repeated ties through one thing are one: the larger weight and certainty, the earlier date."""
    ties, n_repeated, n_missing = {}, 0, 0
    for i, (user, provider, kind, through, weight, date, mark) in enumerate(rows):
        if not user or not provider:
            n_missing += 1
            continue
        key = (kind, through or i, user, provider)
        tie = dict(user=user, provider=provider, kind=kind, through=through, weight=Fraction(weight) if weight else None,
                   date=int(date), sure=2 - MARKS.index(mark) if mark else None)
        old = ties.get(key)
        if old:
            n_repeated += 1
            for name, better in (("weight", max), ("sure", max), ("date", min)):
                known = [t[name] for t in (old, tie) if t[name] is not None]
                old[name] = better(known) if known else None
        else:
            ties[key] = tie
    return list(ties.values()), n_repeated, n_missing


def with_amounts(ties, weighting):
    number = {}
    for t in ties:
        number[t["kind"], t["through"]] = number.get((t["kind"], t["through"]), 0) + 1
    out = []
    for t in ties:
        x = t["weight"]
        if weighting == "count":
            x = Fraction(1)
        elif weighting == "split" and x is not None and t["through"]:
            x = x / number[t["kind"], t["through"]]
        out.append((t, x))
    return out


def share_and_variance(records):
    """Of (answer, weight, label): p, and G / (G - 1) sum over G labels of (sum of z)^2; labels of no weight are none."""
    total = sum(w for _, w, _ in records)
    if total == 0:
        return None, None
    p = sum(w for yes, w, _ in records if yes) / total
    groups = {}
    for yes, w, label in records:
        if w > 0:
            groups.setdefault(label, []).append(w * (yes - p) / total)
    g = len(groups)
    return p, Fraction(g, g - 1) * sum(sum(z) ** 2 for z in groups.values()) if g > 1 else None


def number(x):
    return "none" if x is None else repr(float(x))


def print_case(name, ties):
    users = sorted({t["user"] for t in ties})
    print("%s counts,%d,%d,%d" % (name, len(ties), len(users), len({t["provider"] for t in ties})))
    for weighting in ("whole", "split", "count"):
        amounts = with_amounts(ties, weighting)
        for own in (True, False):
            sums = {}
            for t, x in amounts:
                if x is not None and (own or t["user"] != t["provider"]):
                    sums[t["provider"]] = sums.get(t["provider"], 0) + x
            total = sum(sums.values())
            print("%s market %s %s,%d,%s,%s" % (name, weighting, "all" if own else "others", len(sums),
                                                number(sum((x / total) ** 2 for x in sums.values())),
                                                number(max(sums.values()) / total)))
        for user in users:
            records = [(t["provider"] != user, x, t["through"] or i) for i, (t, x) in enumerate(amounts)
                       if t["user"] == user and x is not None]
            p, variance = share_and_variance(records)
            print("%s dependence %s %s,%d,%s,%s" % (name, weighting, user, len(records), number(p), number(variance)))
    for own in (True, False):
        of = {u: {t["provider"] for t in ties if t["user"] == u and (own or t["provider"] != u)} for u in users}
        n_users = {p: sum(p in of[u] for u in users) for u in users for p in of[u]}
        parts = {}
        for u in users:
            sums = {}
            for t, x in with_amounts(ties, "split"):
                if t["user"] == u and x is not None and (own or t["provider"] != u):
                    sums[t["provider"]] = sums.get(t["provider"], 0) + x
            if sum(sums.values()) > 0:
                parts[u] = {p: x / sum(sums.values()) for p, x in sums.items()}
        pairs = {(a, b): of[a] & of[b] for a, b in itertools.combinations(users, 2)}

        def part(among):
            of_pairs = [bool(s) for (a, b), s in pairs.items() if a in among and b in among]
            return Fraction(sum(of_pairs), len(of_pairs))

        left_out = [part([v for v in users if v != u]) for u in users]
        mean = sum(left_out) / len(users)
        variance = Fraction(len(users) - 1, len(users)) * sum((x - mean) ** 2 for x in left_out)
        sharing = [any(u in pair and s for pair, s in pairs.items()) for u in users]
        which = "all" if own else "others"
        print("%s sharing %s,%s,%s,%s" % (name, which, number(Fraction(sum(sharing), len(users))), number(part(users)),
                                          number(variance)))
        for (a, b), s in pairs.items():
            if s:
                overlap = None
                if a in parts and b in parts:
                    overlap = sum(min(parts[a].get(p, 0), parts[b].get(p, 0)) for p in s)
                print("%s pair %s %s %s,%d,%s,%s" % (name, which, a, b, len(s),
                                                     number(sum(Fraction(1, n_users[p] - 1) for p in s)), number(overlap)))
    reach = {n: {n} for t in ties for n in (t["user"], t["provider"])}
    for _ in reach:
        for t in ties:
            reach[t["user"]] |= reach[t["provider"]]
    sets = {frozenset(b for b in reach[a] if a in reach[b]) for a in reach}
    for members in sorted(sorted(s) for s in sets if len(s) > 1):
        print("%s cycle %s,%d,none,none" % (name, " ".join(members), len(members)))


rows = made_ties()
if sys.argv[1:] == ["data"]:
    print("user,provider,kind,through,weight,year,certainty")
    for row in rows:
        print(",".join(row))
else:
    ties, n_repeated, n_missing = graph_of(rows)
    print("case,first,second,third")
    print("repeated and missing,%d,%d,none" % (n_repeated, n_missing))
    print_case("all", ties)
    print_case("likely", [t for t in ties if t["sure"] is None or t["sure"] >= 1])
    print_case("marked_confident", [t for t in ties if t["sure"] == 2])
    print_case("clusters of 2018 to 2022", [t for t in ties if t["kind"] == "cluster_user" and 2018 <= t["date"] < 2023])
