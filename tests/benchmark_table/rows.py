# SPDX-License-Identifier: BSL-1.0
"""Rows of a made-up program, whose ratios, distances and marks benchmark_table.py knows."""
INTRODUCTION = "# Toy\n\n{machine}"
SECTIONS = [
    {"title": "toy", "rows": [
        {"what": "near", "here": "toy sum/1000", "instructions": 1000, "peers": {"numpy": "numpy", "toy_absent": "another"},
         "goals": [("times", 3), ("times", 2, "toy_absent")], "limit": {"read": 16_000_000}},
        {"what": "far", "here": "toy sum/1000", "peers": {"numpy": "numpy"}, "goals": [("times", 4), ("at most", 0.01)],
         "limit": [{"fma": 1_000_000}, {"random": 1_000}], "tried": "all sorts of things."},
        {"what": "by rate", "here": "toy find/by_hand", "show": "MB/s", "clock": "wall", "goals": [("at least", 300)],
         "limit": {"copy": "bytes"}},
        {"what": "no bound", "here": "toy sum/1000", "show": "=kept bytes", "limit": "none known"},
    ]},
]
END = ""
