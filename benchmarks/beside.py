# SPDX-License-Identifier: BSL-1.0
"""Times what a peer does; used by the *_peers.py. Every program of peers prints `benchmark peer seconds` a line, of the best
run: seconds of a core, as run.sh gives numpy one, or of the clock where the benchmark runs on two. table.py puts them beside
what the benchmark took in the same run."""
import os
import time


def report(work, peer, clock=time.process_time):
    """For each benchmark, by its name, what the peer does and how often to run it; a name may have the peer's behind it,
    "classify by_words", in place of `peer`."""
    for name, (call, times) in work.items():
        if "COMPUTE_DIVIDE_QUICK" in os.environ:
            times = 1
        seconds = min(timed(call, clock) for _ in range(times))
        print(name if " " in name else f"{name} {peer}", f"{seconds:.7f}", flush=True)


def timed(call, clock):
    start = clock()
    call()
    return clock() - start
