#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes README.md of what run.sh measured, by the rows of rows.py.

    table.py make RESULTS [PROGRAM...]   the page, or the tables of these programs alone, on standard output
    table.py filter PROGRAM              the expression for the benchmarks of a program that rows name
    table.py programs                    the programs that rows name
    table.py instructions                the benchmarks whose instructions are counted, as `program benchmark`
    table.py check                       whether every benchmark and peer that rows name is in a source, and every program has a row

RESULTS has PROGRAM.json of Google Benchmark, PROGRAM.peers with `benchmark peer seconds` a line, machine.txt, and maybe
instructions.txt with `program benchmark instructions` a line. Another manifest than rows.py: --rows FILE before all."""
import importlib.util
import json
import math
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PER_SECOND = {"ns": 1e9, "us": 1e6, "ms": 1e3, "s": 1}
FINISHED = 1.5


def fail(message):
    sys.exit(f"error: {message}")


class Run:
    """The best of the repetitions of a benchmark: seconds an iteration, and what it went over."""

    def __init__(self):
        self.cpu = self.wall = math.inf
        self.items = self.bytes = 0
        self.counters = {}

    def add(self, entry):
        unit = PER_SECOND[entry["time_unit"]]
        cpu, wall = entry["cpu_time"] / unit, entry["real_time"] / unit
        by = wall if "real_time" in entry["name"].split("/") else cpu  # what rates are of
        self.items = entry.get("items_per_second", 0) * by
        self.bytes = entry.get("bytes_per_second", 0) * by
        self.cpu, self.wall = min(self.cpu, cpu), min(self.wall, wall)
        self.counters = {key: value for key, value in entry.items() if isinstance(value, (int, float))}


    def counter(self, name):
        if name not in self.counters:
            fail(f"a row needs the counter {name!r}, which is none of {', '.join(sorted(self.counters))}")
        return self.counters[name]


def name_of(name):
    return "/".join(part for part in name.split("/")
                    if part not in ("real_time", "process_time") and not part.startswith(("repeats:", "min_time:")))


class Results:
    def __init__(self, folder, programs):
        self.runs, self.peers, self.instructions = {}, {}, {}
        for program in programs:
            path = folder / f"{program}.json"
            if not path.exists():
                fail(f"{path} is not there")
            for entry in json.loads(path.read_text())["benchmarks"]:
                if entry.get("run_type", "iteration") == "iteration" and not entry.get("error_occurred"):
                    self.runs.setdefault((program, name_of(entry["name"])), Run()).add(entry)
            path = folder / f"{program}.peers"
            for line in path.read_text().splitlines() if path.exists() else ():
                words = line.split()
                if len(words) == 3 and words[0] != "note:":
                    key = program, words[0], words[1]
                    self.peers[key] = min(float(words[2]), self.peers.get(key, math.inf))
        path = folder / "instructions.txt"
        for line in path.read_text().splitlines() if path.exists() else ():
            program, name, count = line.split()
            self.instructions[program, name] = float(count)

    def run(self, reference):
        key = tuple(reference.split(" ", 1))
        if key not in self.runs:
            fail(f"no benchmark {reference!r} was measured")
        return self.runs[key]


# What a row shows of a run, and of other seconds for the same work: "time", "MB/s", "million THINGS/s", "ns a THING", or a
# counter with its unit, "=bytes bytes".
def shown(show, seconds, run):
    if show == "time":
        return seconds
    if show == "MB/s":
        return run.bytes / seconds / 1e6
    if show.startswith("million"):
        return run.items / seconds / 1e6
    if show.startswith("ns "):
        return seconds / run.items * 1e9
    return run.counter(show.split()[0][1:])


def work_of(show, run):
    """In what a run is compared with one that does more or less."""
    return run.bytes if show == "MB/s" else run.items if show.startswith(("million", "ns ")) else 1


def three_digits(x):
    if x == 0 or not math.isfinite(x):
        return f"{x:g}"
    digits = 2 - math.floor(math.log10(abs(x)))
    return f"{round(x, digits):,.{max(0, digits)}f}"


def time_text(seconds):
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")):
        if seconds >= unit or unit == 1e-9:
            return f"{three_digits(seconds / unit)} {name}"


def text_of(show, value):
    if show == "time":
        return time_text(value)
    return f"{three_digits(value)} {show.split(' ', 1)[1] if show.startswith('=') else show}"


def ratio_text(ratio):
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def count_text(n):
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if n >= size:
            return f"{three_digits(n / size)} {name}"
    return f"{n:,.0f}"


def bytes_text(n):
    for size, name in ((1e6, "MB"), (1e3, "kB")):
        if n >= size:
            return f"{three_digits(n / size)} {name}"
    return f"{n:.0f} bytes"


class Limits:
    """Seconds that amounts of work take at best, by limits.bench.cpp."""

    def __init__(self, results):
        self.results = results

    def rate(self, kind, size=None):
        """Of that size, between the sizes that were measured."""
        found = sorted((int(name.split("/")[1]) if "/" in name else 0, (run.bytes or run.items) / run.cpu)
                       for (program, name), run in self.results.runs.items()
                       if program == "limits" and name.split("/")[0] == kind)
        if not found:
            fail(f"no benchmark limits {kind} was measured")
        if size is None or size <= found[0][0]:
            return found[0][1]
        for (x0, y0), (x1, y1) in zip(found, found[1:]):
            if size <= x1:
                along = math.log(size / x0) / math.log(x1 / x0)
                return y0 * (y1 / y0) ** along
        return found[-1][1]

    def phase(self, amounts, run):
        """What takes longest of what can go on at the same time: seconds, and in words."""
        cores = amounts.get("cores", 1)
        all_ = []
        for kind, amount in amounts.items():
            if kind == "cores":
                continue
            if kind == "run":
                other, times = amount
                other_run = self.results.run(other)
                all_.append((other_run.cpu * times if cores == 1 else other_run.wall * times, amounts.get("words", other)))
                continue
            if kind == "words":
                continue
            n, size = amount if isinstance(amount, tuple) else (amount, None)
            n, size = (each(run) if callable(each) else run.bytes if each == "bytes" else each for each in (n, size))
            if kind in ("read", "copy"):
                seconds = n / self.rate(kind, size or n)
                words = f"{'reading' if kind == 'read' else 'copying'} {bytes_text(n)}"
            elif kind == "scatter":
                seconds = n / self.rate("scatter", size)
                words = f"{count_text(n)} updates within {bytes_text(size)}"
            elif kind == "sort":
                seconds = n / self.rate("radix_sort", size or n)
                words = f"radix sort of {count_text(n)}"
            elif kind == "fma":
                seconds, words = n / self.rate("fused_multiply_adds"), f"{count_text(n)} multiply-adds"
            elif kind == "divide":
                seconds, words = n / self.rate("divisions"), f"{count_text(n)} divisions"
            elif kind == "random":
                seconds, words = n / self.rate("random_numbers"), f"{count_text(n)} random numbers"
            else:
                fail(f"a limit of the kind {kind!r} is not known")
            all_.append((seconds / cores, words + (f" on {cores} cores" if cores > 1 else "")))
        return max(all_)

    def of(self, limit, run):
        phases = limit if isinstance(limit, list) else [limit]
        parts = [self.phase(each, run) for each in phases]
        return sum(seconds for seconds, _ in parts), ", ".join(words for _, words in parts)


def goal_of(goal, show, here, ratios, names):
    """In words, and whether it is met; None where the peer is not here."""
    kind, *rest = goal
    if kind in ("times", "at most times"):
        peer = rest[1] if len(rest) > 1 else next(iter(ratios), None)
        of = f", {names[peer]}" if len(names) > 1 else ""
        what = f"at most {rest[0]:g} times its time" if kind != "times" else "as fast" if rest[0] == 1 else f"{rest[0]:g} times"
        what += of
        if peer is None or ratios.get(peer) is None:
            return what, None
        return what, ratios[peer] >= (rest[0] if kind == "times" else 1 / rest[0])
    bound = rest[0]
    what = f"{kind} {text_of(show, bound)}"
    return what, here <= bound if kind == "at most" else here >= bound


def row_of(row, results, limits):
    run, show = results.run(row["here"]), row.get("show", "time")
    of = (lambda r: r.wall) if row.get("clock") == "wall" else (lambda r: r.cpu)
    seconds = of(run)
    here = shown(show, seconds, run)
    program, name = row["here"].split(" ", 1)

    cells, ratios = [], {}
    for peer, peer_name in row.get("peers", {}).items():
        if peer.startswith("="):
            other = results.run(f"{program} {peer[1:]}")
            peer_seconds = of(other) * work_of(show, run) / work_of(show, other)
        else:
            peer_seconds = results.peers.get((program, row.get("name", name), peer))
        ratios[peer] = peer_seconds and peer_seconds / seconds
        cells.append((f"{text_of(show, shown(show, peer_seconds, run))}, {peer_name}" if peer_seconds
                      else f"not here: {peer_name}", ratio_text(ratios[peer]) if peer_seconds else "-"))

    distance, limit_words = None, row["limit"]
    if isinstance(limit_words, tuple):  # of a counter: the least value, and why
        least, why = limit_words
        least = run.counter(least) if isinstance(least, str) else least
        distance, limit_words = here / least, f"{text_of(show, least)}: {why}"
    elif not isinstance(limit_words, str):
        least, why = limits.of(limit_words, run)
        distance, limit_words = seconds / least, f"{text_of(show, shown(show, least, run))}: {why}"

    goals = [goal_of(each, show, here, ratios, row.get("peers", {})) for each in row.get("goals", ())]
    missed = [words for words, met in goals if met is False]
    marks = {True: "met", False: "**missed**", None: "peer not here"}
    instructions = results.instructions.get((program, name))
    if instructions is not None and "instructions" in row:
        of_each = row["instructions"]  # a number of records, "items" or a counter
        each = run.items if of_each == "items" else run.counter(of_each) if isinstance(of_each, str) else of_each
        instructions = f"{three_digits(instructions / each)}"
    else:
        instructions = None
    return {
        "cells": [row["what"], text_of(show, here), "<br>".join(cell for cell, _ in cells) or "none",
                  "<br>".join(ratio for _, ratio in cells), "<br>".join(f"{words}: {marks[met]}" for words, met in goals),
                  limit_words, "" if distance is None else ratio_text(distance),
                  "" if distance is None or distance > FINISHED else "yes"],
        "instructions": instructions,
        "missed": missed, "distance": distance, "ratios": ratios}


def table(section, results, limits):
    rows = [(row, row_of(row, results, limits)) for row in section["rows"]]
    counted = any(made["instructions"] for _, made in rows)
    head = ["what", "here", "peer", "ratio", "goal", "limit", "distance", "finished"] + ["instructions a record"] * counted
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for _, made in rows:
        lines.append("| " + " | ".join(made["cells"] + [made["instructions"] or ""] * counted) + " |")
    tried = {}  # what was tried is told once
    for row, made in rows:
        if made["missed"]:
            tried.setdefault(row.get("tried", "nothing was tried yet."), []).append(f"{row['what']} ({'; '.join(made['missed'])})")
    short = [f"- {'; '.join(of)}: {what}" for what, of in tried.items()]
    for row, made in rows:
        if made["missed"] and "tried" not in row:
            print(f"note: {section['title']}: {row['what']} misses its goal, and nothing says what was tried", file=sys.stderr)
    if short:
        lines += ["", "Short of its goal, and what was tried:", ""] + short
    return lines


def page(manifest, results, machine):
    limits = Limits(results)
    rates = (f"It reads memory at {limits.rate('read', 2**29) / 1e9:.1f} GB/s, copies {limits.rate('copy', 2**29) / 1e9:.1f} GB/s, "
             f"and does {limits.rate('fused_multiply_adds') / 1e9:.0f} billion multiply-adds a second on a core, "
             f"{results.run('limits fused_multiply_adds').counters['vector']:g} at a time.")
    lines = manifest.INTRODUCTION.strip().replace("{machine}", f"{machine.strip()}\n{rates}").splitlines()
    for section in manifest.SECTIONS:
        lines += ["", f"## {section['title']}"]
        if section.get("text"):
            lines += [""] + section["text"].strip("\n").splitlines()
        lines += [""] + table(section, results, limits)
        if section.get("after"):
            lines += [""] + section["after"].strip("\n").splitlines()
    if manifest.END.strip():
        lines += [""] + manifest.END.strip().splitlines()
    return "\n".join(lines) + "\n"


def references(manifest):
    """All benchmarks that rows name, as `program benchmark`."""
    for section in manifest.SECTIONS:
        for row in section["rows"]:
            yield row["here"]
            for peer in row.get("peers", ()):
                if peer.startswith("="):
                    yield f"{row['here'].split()[0]} {peer[1:]}"
            limit = row.get("limit", "")
            for phase in limit if isinstance(limit, list) else [limit]:
                if isinstance(phase, dict) and "run" in phase:
                    yield phase["run"][0]


def check(manifest, folder):
    """Whether all that rows name is there, by the sources alone."""
    problems = []
    for reference in sorted(set(references(manifest))):
        program, name = reference.split(" ", 1)
        path = folder / f"{program}.bench.cpp"
        if not path.exists():
            problems.append(f"{reference}: {path.name} is not there")
            continue
        source, (function, *arguments) = path.read_text(), name.split("/")
        plain = re.search(rf"BENCHMARK\({function}\)", source)
        captured = arguments and re.search(rf"BENCHMARK_CAPTURE\({function},\s*{arguments[0]},", source)
        registered = "RegisterBenchmark" in source and any(
            f'"{function}"' in header.read_text() for header in folder.parent.glob("include/**/*.hpp"))
        if not (plain or captured or registered):
            problems.append(f"{reference}: {path.name} has no such benchmark")
    programs = {each.split()[0] for each in references(manifest)} | {"limits"}
    problems += [f"{path.name}: no row names it" for path in sorted(folder.glob("*.bench.cpp"))
                 if path.name.removesuffix(".bench.cpp") not in programs]
    for section in manifest.SECTIONS:
        for row in section["rows"]:
            if "limit" not in row:
                problems.append(f"{row['what']}: has no limit")
            program, name = row["here"].split(" ", 1)
            sources = "".join(path.read_text() for path in folder.glob(f"{program}_peers.*"))
            for peer in row.get("peers", ()):
                if not peer.startswith("=") and peer.split(":")[0] not in sources:
                    problems.append(f"{row['here']}: no {program}_peers.* has the peer {peer}")
    return problems


def main(arguments):
    path = HERE / "rows.py"
    if arguments[:1] == ["--rows"]:
        path, arguments = pathlib.Path(arguments[1]), arguments[2:]
    spec = importlib.util.spec_from_file_location("rows", path)
    manifest = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(manifest)

    command, arguments = (arguments[0], arguments[1:]) if arguments else ("", [])
    named = sorted(set(references(manifest)))
    programs = sorted({each.split()[0] for each in named})
    if command == "check":
        problems = check(manifest, path.parent)
        for each in problems:
            print(f"error: {each}")
        sys.exit(1 if problems else 0)
    elif command == "programs":
        print("\n".join(programs))
    elif command == "instructions":
        print("\n".join(row["here"] for section in manifest.SECTIONS for row in section["rows"] if "instructions" in row))
    elif command == "filter":
        names = [each.split(" ", 1)[1] for each in named if each.split()[0] == arguments[0]]
        print("^(" + "|".join(names) + ")(/process_time)?(/real_time)?$" if names else ".")
    elif command == "make" and len(arguments) == 1:
        folder = pathlib.Path(arguments[0])
        machine = (folder / "machine.txt").read_text()
        print(page(manifest, Results(folder, programs + ["limits"]), machine), end="")
    elif command == "make":
        folder, chosen = pathlib.Path(arguments[0]), arguments[1:]
        needed = {each.split()[0] for each in named}
        results = Results(folder, [p for p in sorted(needed | {"limits"}) if (folder / f"{p}.json").exists()])
        for section in manifest.SECTIONS:
            rows = [row for row in section["rows"] if row["here"].split()[0] in chosen]
            if rows:
                print(f"## {section['title']}\n\n" + "\n".join(table({**section, "rows": rows}, results, Limits(results))) + "\n")
    else:
        fail(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
