#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""benchmarks/table.py on a made-up program: ratios, goals, limits, distances and marks; what it refuses. And whether every
benchmark and peer that benchmarks/rows.py names is in a source. No timing."""
import pathlib
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent
TABLE = TESTS.parent / "benchmarks" / "table.py"
TOY = TESTS / "benchmark_table"
failed = False


def run(*arguments):
    return subprocess.run([sys.executable, str(TABLE), *map(str, arguments)], capture_output=True, text=True)


def expect(holds, what):
    global failed
    if not holds:
        failed = True
        print("error:", what)


page = run("--rows", TOY / "rows.py", "make", TOY / "results")
expect("finished | instructions a record |" in page.stdout, "no column of instructions")
expect(page.returncode == 0, f"the page is not made: {page.stderr}")
for line in (
        "Machine: made up.",
        # The best of two runs, not the mean: 2 ms, a third of numpy's; 16 MB at 10 GB/s are 1.6 ms.
        "| near | 2.00 ms | 6.00 ms, numpy<br>not here: another | 3.0<br>- | 3 times, numpy: met<br>2 times, another: peer not here "
        "| 1.60 ms: reading 16.0 MB | 1.25 | yes | 5.00 |",
        # One after the other: a million at 2e9 a second, and a thousand at 2e6.
        "| far | 2.00 ms | 6.00 ms, numpy | 3.0 | 4 times: **missed**<br>at most 10.0 ms: met "
        "| 1.00 ms: 1.00 million multiply-adds, 1,000 random numbers | 2.0 |  |  |",
        # By the clock: a million bytes in 4 ms, where 5 GB/s are copied.
        "| by rate | 250 MB/s | none |  | at least 300 MB/s: **missed** | 5,000 MB/s: copying 1.00 MB | 20 |  |  |",
        "| no bound | 64.0 bytes | none |  |  | none known |  |  |  |",
        "- far (4 times): all sorts of things.",
        "- by rate (at least 300 MB/s): nothing was tried yet."):
    expect(line in page.stdout.splitlines(), f"the page has no line\n  {line}\nbut\n{page.stdout}")
expect("by rate misses its goal, and nothing says what was tried" in page.stderr, f"no note of a goal: {page.stderr}")
expect(run("--rows", TOY / "rows.py", "check").returncode == 0, "the toy's names are refused")
expect(run("--rows", TOY / "rows.py", "filter", "toy").stdout.strip() == "^(find/by_hand|sum/1000)(/process_time)?(/real_time)?$",
       "the filter is another")

with tempfile.TemporaryDirectory() as folder:
    broken = pathlib.Path(folder)
    for name in ("toy.bench.cpp", "toy_peers.py"):
        (broken / name).write_text((TOY / name).read_text())
    rows = (TOY / "rows.py").read_text()
    for what, by, message in (("toy find/by_hand", "toy find/by_machine", "toy.bench.cpp has no such benchmark"),
                              ("toy sum/1000", "toy product/1000", "toy.bench.cpp has no such benchmark"),
                              ('"numpy": "numpy"', '"scipy": "scipy"', "has the peer scipy"),
                              ('"limit": "none known"', '"goals": []', "no bound: has no limit")):
        (broken / "rows.py").write_text(rows.replace(what, by))
        said = run("--rows", broken / "rows.py", "check")
        expect(said.returncode == 1 and message in said.stdout, f"{by} is let through: {said.stdout}")
    (broken / "rows.py").write_text(rows)
    (broken / "new.bench.cpp").write_text("BENCHMARK(something);\n")
    expect("new.bench.cpp: no row names it" in run("--rows", broken / "rows.py", "check").stdout, "a program without a row")
    (broken / "rows.py").write_text(rows.replace("toy sum/1000", "toy sum/2000"))
    said = run("--rows", broken / "rows.py", "make", TOY / "results")
    expect(said.returncode == 1 and "no benchmark 'toy sum/2000' was measured" in said.stderr, f"a page is made: {said.stderr}")

said = run("check")
expect(said.returncode == 0, f"benchmarks/rows.py names what is not there:\n{said.stdout}{said.stderr}")
if not failed:
    print("benchmark tables hold")
sys.exit(failed)
