#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What scripts do that tell academia from industry, on the lines that bench_institutions leaves in the temporary folder
(run it first), or on those of the file that COMPUTE_DIVIDE_TEXT names.

Both ways that are common on GitHub, with lists of our own: words looked for one by one, anywhere in the text, academic
ones first; and two regular expressions. They answer with sectors; classify names institutions, types and evidence.
"""
import os
import re
import tempfile

import beside

ACADEMIC = ["univ", "colleg", "school", "hochschule", "ecole", "école", "polytech", "politecnic", "academ", "facult",
            "institute of technology", "institut", "universität", "üniversitesi", "大学", "学院", "mit ", "epfl", "kaist",
            "inria", "cnrs", "max planck"]
INDUSTRY = ["inc", "ltd", "corp", "llc", "gmbh", "pharma", "company", "technologies", "co.", "s.a.", "s.p.a", "b.v.",
            "labs", "google", "deepmind", "brain", "microsoft", "msr", "facebook", "meta ", "fair", "amazon", "apple",
            "ibm", "intel", "nvidia", "adobe", "salesforce", "uber", "twitter", "openai", "samsung", "sony", "bosch",
            "siemens", "huawei", "baidu", "tencent", "alibaba", "sensetime", "megvii", "naver", "yandex", "ntt", "nec"]


def by_words(lines):
    answers = []
    for line in lines:
        text = line.lower()
        if any(word in text for word in ACADEMIC):
            answers.append("academia")
        elif any(word in text for word in INDUSTRY):
            answers.append("industry")
        else:
            answers.append("unknown")
    return answers


ACADEMIC_REGEX = re.compile("|".join(map(re.escape, ACADEMIC)), re.IGNORECASE)
INDUSTRY_REGEX = re.compile(r"\b(?:" + "|".join(re.escape(word.strip()) for word in INDUSTRY) + ")", re.IGNORECASE)


def by_regexes(lines):
    return [(ACADEMIC_REGEX.search(line) is not None, INDUSTRY_REGEX.search(line) is not None) for line in lines]


def lines_of(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n") for line in file]


if __name__ == "__main__":
    work = {}
    for which in ("short", "long"):
        path = os.path.join(tempfile.gettempdir(), f"compute_divide_{which}_affiliations.txt")
        lines = lines_of(os.environ.get("COMPUTE_DIVIDE_TEXT", path))
        for peer in (by_words, by_regexes):
            work[f"classify/{which}_ones {peer.__name__}"] = (lambda peer=peer, lines=lines: peer(lines), 20)
    beside.report(work, "Python")
