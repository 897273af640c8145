#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""report_values.py PROGRAMS ARGUMENTS...: every number of the page that `report ARGUMENTS` makes is the one that the
program it is of prints as JSON, by the arguments that the page tells. What tests/browser/report.mjs does, where there is
no browser, for tables of one's own. Prints how many numbers were compared, and the parts they are of."""
import html.parser
import json
import math
import pathlib
import re
import subprocess
import sys

programs, arguments = pathlib.Path(sys.argv[1]), sys.argv[2:]
wrong = []


def run(program, options):
    return subprocess.run([programs / program, *options], check=True, capture_output=True, text=True).stdout


run("report", ["--out", "values.html", *arguments])
page = pathlib.Path("values.html").read_text()
if len(page.encode()) >= 2_000_000:
    wrong.append(f"the page has {len(page.encode())} bytes")


class Page(html.parser.HTMLParser):
    """Collects what has data-of: single estimates, and tables by rows of cells."""

    def __init__(self):
        super().__init__()
        self.found, self.arguments, self.table, self.row = [], [], None, None  # of the elements that are open
        self.of_part = {}
        self.in_head = self.in_foot = False

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        if tag in ("section", "details"):
            self.arguments.append(json.loads(of["data-arguments"]) if "data-arguments" in of else None)
            if tag == "section":
                self.of_part[of.get("id")] = self.arguments[-1]
        if "data-of" in of and "#" in of["data-of"]:
            item = {"of": of["data-of"], "own": of, "columns": [], "rows": [], "cut": math.inf}
            item["arguments"] = next((each for each in reversed(self.arguments) if each is not None), None)
            self.found.append(item)
            if tag == "div":
                self.table = item
        if not self.table:
            return
        if tag == "thead":
            self.in_head = True
        elif tag == "tfoot":
            self.in_foot = True
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th") and of.get("scope") != "rowgroup":
            if self.in_head:
                self.table["columns"].append(of.get("data-column"))
            elif not self.in_foot and self.row is not None:
                self.row.append(of)
        elif tag == "th":
            self.row = None

    def handle_data(self, text):
        cut = re.search(r"The first (\d+) of \d+ rows", text)
        if self.table and self.in_foot and cut:
            self.table["cut"] = int(cut[1])

    def handle_endtag(self, tag):
        if tag == "thead":
            self.in_head = False
        elif tag == "tfoot":
            self.in_foot = False
        elif tag == "tr" and self.table and not self.in_head and not self.in_foot:
            if self.row:
                self.table["rows"].append(self.row)
        elif tag == "table":
            self.table = None
        elif tag in ("section", "details"):
            self.arguments.pop()


answers, compared = {}, 0


def answer(program, options):
    key = (program, *options)
    if key not in answers:
        answers[key] = json.loads(run(program, [*options, "--format", "json"]))
    return answers[key]


def is_number(x):
    return isinstance(x, (int, float)) and not isinstance(x, bool)


def same(shown, value, where):
    global compared
    estimate = value if isinstance(value, dict) else {"value": value}
    for mine, its in (("estimate", "value"), ("lower", "lower"), ("upper", "upper")):
        is_there = is_number(estimate.get(its)) and is_number(estimate.get("value"))
        text = shown.get("data-" + mine)
        compared += 1
        # One function, compiled for two programs at two levels of optimisation, may differ in its last digits.
        if is_there != (text is not None) or (
                is_there and abs(float(text) - estimate[its]) > 1e-12 * max(1, abs(estimate[its]))):
            wrong.append(f"{where}: {its} is {text}, the program's {estimate.get(its)}")


parser = Page()
parser.feed(page)
for item in parser.found:
    program, pointer = item["of"].split("#")
    if item["arguments"] is None:  # on the first screen
        item["arguments"] = parser.of_part[program]
    everything, rows, columns, of = answer(program, item["arguments"]), item["rows"], item["columns"], item["of"]
    if pointer == "headlines":
        at = columns.index("estimate")
        for i, claim in enumerate(everything["claims"]):
            known = [s for s in claim["specifications"] if s["result"]["value"] is not None]
            quoted = next((s for s in known if s.get("headline")), known[0] if known else None)
            same(rows[i][at], quoted["result"] if quoted else None, f"{of} {i}")
        continue
    value = everything if isinstance(everything, list) or not re.match(r"/\d", pointer) else [everything]
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    if "data-estimate" in item["own"]:
        same(item["own"], value, of)
    elif isinstance(value, list):
        if len(rows) != len(value):
            wrong.append(f"{of}: {len(rows)} rows, the program has {len(value)}")
        at = next(i for i, name in enumerate(columns) if re.fullmatch("estimate_*", name))
        for row, specification in zip(rows, value):
            same(row[at], specification["result"], of)
    elif "rows" in value:
        if len(rows) != min(item["cut"], len(value["rows"])):
            wrong.append(f"{of}: {len(rows)} rows, the program has {len(value['rows'])}")
        for row, printed in zip(rows, value["rows"]):
            for cell, name in zip(row, columns):
                number = printed.get(name)
                if "data-estimate" in cell or is_number(number) or (
                        isinstance(number, dict) and is_number(number.get("value"))):
                    same(cell, number, f"{of} {name}")
    else:
        points = [{"x": x, "y": s["y"][i], "lower": (s["lower"] or [None] * len(s["x"]))[i],
                   "upper": (s["upper"] or [None] * len(s["x"]))[i]}
                  for s in value["series"] for i, x in enumerate(s["x"])]
        if len(rows) != min(item["cut"], len(points)):
            wrong.append(f"{of}: {len(rows)} points, the program has {len(points)}")
        for row, point in zip(rows, points):
            for cell, name in zip(row, columns):
                if point.get(name) is not None:
                    same(cell, point[name], f"{of} point {name}")

for line in wrong[:20]:
    print(line)
print(compared, "numbers of", ", ".join(sorted({key[0] for key in answers})))
sys.exit(1 if wrong or compared < 100 else 0)
