#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What scripts do that tell academia from industry, on the lines of the file that COMPUTE_DIVIDE_TEXT names.

Both ways that are common on GitHub, with lists of our own: words looked for one by one, anywhere in the text, academic
ones first; and two regular expressions. They answer with sectors; classify names institutions, types and evidence.
`name seconds` a line; with the path of bench_institutions as argument `name seconds peer_seconds ratio`.
"""
import os
import re
import sys

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


if __name__ == "__main__":
    name = os.environ.get("COMPUTE_DIVIDE_TEXT")
    if name is None:
        print("note: COMPUTE_DIVIDE_TEXT names no file of affiliations; its rows are left out")
        sys.exit()
    with open(name, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    beside.report({f"classify {peer.__name__}": (lambda peer=peer: peer(lines), 20) for peer in (by_words, by_regexes)})
