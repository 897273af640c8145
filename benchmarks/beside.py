# SPDX-License-Identifier: BSL-1.0
"""Times what a peer does, beside the benchmark program whose path is the first argument; used by the *_peers.py."""
import json
import subprocess
import sys
import time

PER_SECOND = {"ns": 1e9, "us": 1e6, "ms": 1e3, "s": 1}


def report(work):
    """For each benchmark, by its name, what the peer does and how often to run it; a name may have a peer's behind it,
    "classify by_words". Prints `name peer_seconds` a line, of the best run; with a program
    `name seconds peer_seconds ratio`."""
    measured = ours(sys.argv[1], {name.split()[0] for name in work}) if len(sys.argv) > 1 else {}
    for name, (call, times) in work.items():
        peer = min(timed(call) for _ in range(times))
        if name.split()[0] in measured:
            seconds = measured[name.split()[0]]
            print(f"{name} {seconds:.6f} {peer:.6f} {peer / seconds:.1f}")
        else:
            print(f"{name} {peer:.6f}")


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ours(program, names):
    chosen = "^(" + "|".join(names) + ")(/real_time)?$"
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_min_time=0.1",
               f"--benchmark_filter={chosen}"]
    runs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["benchmarks"]
    best = {}
    for run in runs:
        name = run["name"].removesuffix("/real_time")
        if name in names:  # not the means and medians
            seconds = run["real_time"] / PER_SECOND[run["time_unit"]]
            best[name] = min(seconds, best.get(name, seconds))
    return best
