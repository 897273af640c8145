#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""No specification that a program prints is missing from what README leads to: README links docs/findings.md, that links
the ledger (examples/expected/ledger-only.out), and each line of each program's own ledger (examples/expected/*-ledger.out)
is in it, of the same claim and with what it says of it. Every claim of it that has a direction is tested over all its
specifications together, or says why not. That the committed outputs are what the programs print is another test's."""
import collections
import pathlib
import re
import sys

root = pathlib.Path(__file__).parent.parent
expected = root / "examples/expected"
evidence = ("supports", "contradicts", "undecided", "not_compared", "not_estimated")


def claims_of(ledger):
    """Title, and (specification, evidence) of each, of each claim; lines that a narrow column wrapped are joined."""
    lines = ledger.read_text(encoding="utf-8").split("\n")
    claims = []
    for block in "\n".join(lines).split("\n" + next(x for x in lines if x.startswith("─────")) + "\n")[1:]:
        title, rows = [], []
        for line in block.split("\n"):
            if line.startswith("* ") or line.startswith("A specification supports"):
                break
            found = re.match(rf"(.*\S|) {{2,}}\S.*  ({'|'.join(evidence)})$", line)
            if found:
                name = re.split(r" {2,}", line)[0]
                rows.append([name, found.group(2)])
            elif rows and line:
                rows[-1][0] += " " + line.strip()
            elif line:
                title.append(line.strip())
        claims.append((" ".join(title), rows))
    return claims


# Values that a study gives, or that none gives, are no directions: nothing to test against none.
value = r"(about |no number|not computed|three to four|[0-9.]+ (\[|%|of |times a year)|[0-9]+$)"
failures = []
readme, findings = (root / "README.md").read_text("utf-8"), (root / "docs/findings.md").read_text("utf-8")
if "(docs/findings.md)" not in readme:
    failures.append("README.md does not link docs/findings.md")
if "(../examples/expected/ledger-only.out)" not in findings:
    failures.append("docs/findings.md does not link the ledger")

claims = claims_of(expected / "ledger-only.out")
letters = lambda text: re.sub(r"\W", "", text)
count, labels = collections.Counter(), collections.defaultdict(set)
for title, rows in claims:
    finding, label = re.match(r"(\w+): (.*?)(?:; the study: |$)", title).groups()
    labels[finding].add(label)
    said = re.search(r"; the study: (.*)", title)
    estimated = [row for row in rows if row[1] != "not_estimated"]
    if said and len(estimated) > 1 and not re.match(value, said.group(1).split("; ")[0]):
        if "joint p = " not in title and "(not tested together: " not in title:
            failures.append(f"the specifications of this claim are not tested together, and it does not say why: {title}")
    for name, says in rows:
        count[finding, letters(label), letters(name), says.replace("_", " ")] += 1
checked = 0
for ledger in sorted(expected.glob("*-ledger.out")):
    finding = ledger.name.removesuffix("-ledger.out")
    for line in ledger.read_text(encoding="utf-8").splitlines():
        claim, _, result, name = line.split("\t")
        says = result.rsplit("; ", 1)[1]
        # A claim of a unit is followed by it in the ledger.
        of_unit = [x for x in labels[finding] if re.fullmatch(re.escape(claim) + r", (%|\w+)", x)]
        label = claim if claim in labels[finding] or not of_unit else of_unit[0]
        key = finding, letters(label), letters(name), says
        checked += 1
        count[key] -= 1
        if count[key] < 0:
            failures.append(f"{ledger.name}: the ledger does not have: {claim}: {name}: {says}")
for failure in failures[:20]:
    print("error:", failure)
print(f"{checked} specifications of programs, {sum(len(rows) for _, rows in claims)} of the ledger")
sys.exit(1 if failures or checked == 0 else 0)
