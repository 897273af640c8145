# SPDX-License-Identifier: BSL-1.0
"""zcat, on the file that openalex.bench.cpp packs (run it first); after it once, and two at a time."""
import os
import subprocess
import tempfile

from beside import report

PATH = os.path.join(tempfile.gettempdir(), "compute_divide_works.jsonl.gz")


def zcat(times):
    for each in [subprocess.Popen(["zcat", PATH], stdout=subprocess.DEVNULL) for _ in range(times)]:
        each.wait()


report({"gzip": (lambda: zcat(1), 3), "gzip_two": (lambda: zcat(2), 3)})
