# SPDX-License-Identifier: BSL-1.0
"""zcat, on the file that openalex.bench.cpp packs (run it first); after it once, and two at a time."""
import os
import subprocess
import tempfile

import time

from beside import report

PATH = os.path.join(tempfile.gettempdir(), "compute_divide_works.jsonl.gz")


def zcat(times):
    for each in [subprocess.Popen(["zcat", PATH], stdout=subprocess.DEVNULL) for _ in range(times)]:
        each.wait()


def of_children():
    used = os.times()
    return used.children_user + used.children_system


report({"gzip": (lambda: zcat(1), 3)}, "zcat", of_children)
report({"gzip_two": (lambda: zcat(2), 3)}, "zcat", time.perf_counter)
