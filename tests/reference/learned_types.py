#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes learned_types.csv: probabilities of the types of some normalised names, from the weights in
include/compute_divide/institutions/detail/learned_weights.hpp, by the formula in floating point, written here anew."""
import ast
import math
import pathlib
import re

here = pathlib.Path(__file__).parent
source = (here / "../../include/compute_divide/institutions/detail/learned_weights.hpp").read_text()
bias = [float(x) for x in re.search(r"learned_bias\{([^}]*)\}", source)[1].split(",")]
scale = float(re.search(r"learned_scale = ([^;]*);", source)[1])
strings = source.split("= {\n")[1].split("\n};")[0].replace("\\?", "?")
tables = ast.literal_eval("[" + strings.replace('"\n"', "") + "]")
BUCKETS = 8000
assert [len(t) for t in tables] == 4 * [8 * BUCKETS]


def bucket(key):
    return (((key * 0x9E3779B97F4A7C15) % 2**64 >> 32) * BUCKETS) >> 32


def word_key(word):
    key = 0
    for byte in word:
        key = ((key ^ byte) * 0x100000001B3) % 2**64
    return key


def features(name):
    text = re.sub(rb"[.']", b"", name.encode())
    words = re.sub(rb"[^a-z0-9\x80-\xff]+", b" ", text).split()
    text = b" " + b" ".join(words) + b" " if words else b" "
    for kind, length in enumerate((3, 4, 5)):
        for i in range(len(text) - length + 1):
            yield kind, bucket(int.from_bytes(text[i : i + length], "big"))
    for word in words:
        yield 3, bucket(word_key(word))


def probabilities(name):
    found = list(features(name))
    scores = [
        bias[t] + sum(scale * (ord(tables[k][8 * b + t]) - ord("P")) for k, b in found) / math.sqrt(len(found) or 1)
        for t in range(8)
    ]
    powers = [math.exp(s) for s in scores]
    return [p / sum(powers) for p in powers]


names = [
    "", "a", "...", "x y", "stanford university", "acme robotics inc.", "l'oreal", "national institute of standards",
    "mercy hospital", "state archives of bavaria", "sony corporation tokyo japan", "大学", "東京大学 医学部",
    "wildlife trust", "ministry of health", "u.s. army research laboratory", "quantumbrain technologies",
    "  spaces -- and (signs) ", "московский государственный университет", "r&d", "zf friedrichshafen ag",
    "very long name of an institute " * 40,
]
with open(here / "learned_types.csv", "w") as out:
    out.write("normalised name,education,company,government,nonprofit,healthcare,facility,archive,other\n")
    for name in names:
        out.write(",".join([name] + [repr(p) for p in probabilities(name)]) + "\n")
