#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Whole programs over tables that are damaged at random: they end with 0, 1, 2 or 3 in bounded time and memory, never by a
signal; what is no success says why on standard error, and JSON that is printed is JSON.

    mutated_tables.py PROGRAMS [SECONDS] [SEED] [MEGABYTES]

PROGRAMS is the folder of the programs. Tables are drawn from examples/data and damaged until SECONDS are over. Without
MEGABYTES, for programs with sanitizers, memory is not bounded. Inputs that fail are kept, and named.
"""
import gzip
import json
import os
import random
import resource
import shlex
import subprocess
import sys
import tempfile
import time

programs = os.path.abspath(sys.argv[1])
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
megabytes = int(sys.argv[4]) if len(sys.argv) > 4 else 0
examples = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples")
chance = random.Random(seed)


def read(name):
    path = os.path.join(examples, name)
    with (gzip.open if name.endswith(".gz") else open)(path, "rb") as file:
        return file.read()


# Tables, as bytes, and the programs that read them, with {} for the file; without, it is standard input.
models, papers = "data/models.csv", "data/papers.csv"
readers = {
    models: ["academic_share --models {}", "compute_growth --models {}", "hardware_gap --models {}",
             "code_release --models {}", "pretrained_reliance --models {}", "extract_hardware --csv {} --column 'Training hardware'",
             "regress --csv {} --response Parameters --terms 'Hardware quantity,Training time (hours)'",
             "vintage_diff {} {}", "openness --models {} --part access,trend,bounds", "scenario --models {} --draws 200", "growth --csv {} --date 'Publication date' --value Parameters --cluster Organization",
             "shares --csv {} --affiliation Organization --by Domain", "concentration --csv {} --owner Organization --amount Parameters --json",
             "academic_share --models {} --json", "compute_growth --models {} --json", "hardware_gap --models {} --json"],
    papers: ["code_release --papers {}", "code_links --papers {}", "scrutiny --papers {}", "topic_variation --papers {} --draws 9", "conference_teams --papers {}", "pretrained_reliance --papers {}",
             "topic_regression --papers {}", "topic_regression --papers {} --json",
             "regress --csv {} --response academia --terms year,industry --cluster venue --json",
             "regress --csv {} --response industry --terms year,authors --absorb venue",
             "regress --csv {} --response industry --terms year --family poisson",
             "regress --csv {} --response code --terms year,industry --family logit --json"],
    "data/gpu_clusters.csv": ["concentration --clusters {} --on 2025-05-31", "concentration --clusters {} --on 2019-01-01 --json"],
    "data/compute_ties.csv": ["ties --csv {}", "ties --csv {} --json"],
    "data/chip_owners.csv": ["concentration --csv {} --owner owner --amount h100e --by date"],
    "data/capabilities.csv": ["openness --part lag --capabilities {}"],
    "data/transparency.csv": ["openness --transparency {}"],
    "data/programmes.csv": ["scenario --programmes {} --programme nairr --draws 200"],
    "data/team_errors.csv": ["conference_teams --errors {}", "conference_teams --errors {} --json"],
    "data/accelerators.csv": ["hardware_gap --chips {}", "training_footprint --chips {} --text 'trained on 8 A100'",
                              "extract_hardware --chips {}"],
    "data/openalex_sample.jsonl.gz": ["openalex_teams --works {} --json", "openalex_teams --works {} --types both",
                                      "openalex_teams --works {} --topics lists --papers-out papers.csv",
                                      "openalex_teams --works - --json", "extract_hardware --jsonl {} --column title",
                                      "classify_affiliations"],
    "expected/extract_hardware.in": ["extract_hardware", "extract_hardware --flop", "training_footprint --text {text}"],
    "expected/classify_affiliations.in": ["classify_affiliations", "classify_affiliations --parts"],
}
tables = {name: read(name) for name in readers}

hostile = [b"", b"NaN", b"inf", b"-inf", b"1e308", b"-1e308", b"1e-320", b"1e999", b"-0", b"0", b"-1", b"99999999999999999999",
           b"0x10", b"1,5", b"1.234.567,8", b"2024-02-30", b"0000-00-00", b"99999-01-01", b'"', b'""', b'"""', b",", b",,,,",
           b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", b"\xc3\xa9", b"\xe2\x80\xae", b"yes", b"no",
           b"true", b"[", b"{", b"]}", b"\\u0000", b"\\ud800", b"null", b"=1+1", b"-" * 300, b"9" * 400, b"a" * 5000, b"; ;;",
           b"(", b"%s%n", b"../../x", b"Academia", b"Industry", b"academia,industry", b"1e-18", b"1.7976931348623157e308"]


def some_rows(table):
    """The first line, and up to as many others as keep a program fast."""
    lines = table.split(b"\n")
    kept = chance.choice([0, 1, 2, 5, 30, 150])
    first = chance.randrange(1, max(2, len(lines) - kept))
    return b"\n".join(lines[:1] + lines[first:first + kept]) + b"\n"


def damaged(table):
    for _ in range(chance.choice([0, 1, 1, 2, 3, 8, 30])):
        at = chance.randrange(len(table) + 1)
        kind = chance.randrange(12)
        if kind == 0 and table:
            at = min(at, len(table) - 1)
            table = table[:at] + bytes([table[at] ^ (1 << chance.randrange(8))]) + table[at + 1:]
        elif kind == 1:
            table = table[:at] + chance.choice(hostile) + table[at:]
        elif kind in (2, 3, 4):  # another value for a field
            lines = table.split(b"\n")
            line = chance.randrange(len(lines))
            fields = lines[line].split(b",")
            fields[chance.randrange(len(fields))] = chance.choice(hostile)
            lines[line] = b",".join(fields)
            table = b"\n".join(lines)
        elif kind == 5:
            table = table[:at] + table[at + chance.choice([1, 10, 100, 1000]):]
        elif kind == 6:  # a line many times
            lines = table.split(b"\n")
            line = chance.randrange(len(lines))
            lines[line:line] = [lines[line]] * chance.choice([1, 3, 30])
            table = b"\n".join(lines)
        elif kind == 7:  # a column of one value
            lines = [line.split(b",") for line in table.split(b"\n")]
            column, value = chance.randrange(max(len(line) for line in lines)), chance.choice(hostile)
            for line in lines[1:]:
                if column < len(line):
                    line[column] = value
            table = b"\n".join(b",".join(line) for line in lines)
        elif kind == 8:  # names of columns exchanged, or twice
            lines = table.split(b"\n")
            fields = lines[0].split(b",")
            fields[chance.randrange(len(fields))] = chance.choice(fields)
            lines[0] = b",".join(fields)
            table = b"\n".join(lines)
        elif kind == 9:
            table = table.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n"]))
        elif kind == 10:
            table = table.replace(b",", chance.choice([b";", b"\t", b",,"]))
        else:
            table = table[:at]
    return table


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def is_utf8(text):
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def wrong_with(command, table, folder):
    """What is wrong with how a program ends; None where nothing is."""
    words = shlex.split(command)
    path = os.path.join(folder, "table")
    with open(path, "wb") as file:
        file.write(table)
    text = table[:2000].replace(b"\0", b" ")
    arguments = [os.path.join(programs, words[0])] + [text if word == "{text}" else word.replace("{}", path)
                                                     for word in words[1:]]
    try:
        with open(path, "rb") as file:
            ended = subprocess.run(arguments, stdin=file, capture_output=True, timeout=200, cwd=folder, preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return "does not end"
    told = ended.stderr.decode("utf-8", "replace")
    if ended.returncode not in (0, 1, 2, 3):
        return f"ends with {ended.returncode}: {told[-2000:]}"
    if ended.returncode != 0 and not told.strip() and not ended.stdout.strip():
        return f"ends with {ended.returncode} and says nothing"
    if ended.returncode == 1 and not told.strip():
        return "ends with 1 and no error"
    out, rows_go_through = ended.stdout, words[0] in ("extract_hardware", "classify_affiliations") and "--csv" in words
    try:
        # Cells of rows that go through are written as they were read, byte for byte.
        out = out.decode("utf-8", "surrogateescape" if rows_go_through and not is_utf8(table) else "strict")
    except UnicodeDecodeError as error:
        return f"prints what is no UTF-8: {error}"
    if ended.returncode == 0 and ("--json" in words or words[0] in ("extract_hardware", "classify_affiliations")):
        def refuse(word):
            raise ValueError(word)
        for line in out.split("\n"):
            if line.startswith(("{", "[")):
                try:
                    json.loads(line, parse_constant=refuse)
                except ValueError as error:
                    return f"prints what is no JSON: {error}: {line[:300]}"
    return None


ran, failed, codes = 0, 0, {}
names = sorted(tables)
started = time.monotonic()
while time.monotonic() - started < seconds:
    name = chance.choice(names)
    table = damaged(some_rows(tables[name]))
    if name.endswith(".gz") and chance.randrange(4) == 0:
        table = gzip.compress(table, mtime=0)
        if chance.randrange(2) == 0:
            table = damaged(table)
    for command in chance.sample(readers[name], min(2, len(readers[name]))):
        with tempfile.TemporaryDirectory() as folder:
            wrong = wrong_with(command, table, folder)
        ran += 1
        if wrong is None:
            continue
        failed += 1
        kept = tempfile.NamedTemporaryFile(delete=False, prefix="mutated_table_")
        kept.write(table)
        kept.close()
        print(f"FAILED (seed {seed}): {command} of {kept.name}: {wrong}", file=sys.stderr)
print(f"{ran} runs of programs over damaged tables, {failed} fail")
sys.exit(1 if failed or not ran else 0)
