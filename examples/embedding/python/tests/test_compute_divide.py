# SPDX-License-Identifier: BSL-1.0
"""What Python says against what the library itself says: `test_compute_divide.py NATIVE`, the program of ../native.cpp."""

import datetime
import multiprocessing
import pickle
import subprocess
import struct
import sys
import tempfile
import time

import numpy as np
import pandas as pd

import compute_divide as cd

native = sys.argv[1]
n = 200_000


def run(*arguments, given=None):
    return subprocess.run([native, *map(str, arguments)], input=given, capture_output=True, text=True, check=True).stdout


def records(first, last):
    i = np.arange(first, last)
    yes = np.where(i % 97 == 0, np.nan, (i * 7919 % 100 < 37).astype(float))
    lab = [f"lab {k}" for k in i * 31 % 211]
    day = np.datetime64("2010-01-01", "D") + i * 13 % 5000
    value = ((i * 104729 % 1000003 + 1) * (i * 13 % 5000 + 1)).astype(float)
    value[i % 89 == 0] = np.nan
    return yes, lab, day, value


def bits(x):
    return "" if x is None else struct.pack(">d", x).hex()


def estimate(name, e):
    parts = [name, bits(e["value"]), bits(e["lower"]), bits(e["upper"]), e["method"], e["n"], e["n_missing"], e["status"]]
    return "|".join(map(str, parts))


def trend(name, g):
    parts = [name]
    for e in (g["slope"], g["factor"], g["doubling"]["months"]):
        parts += [bits(e["value"]), bits(e["lower"]), bits(e["upper"])]
    slope = g["slope"]
    return "|".join(map(str, parts + [bits(g["r_squared"]), slope["n"], slope["n_missing"], slope["status"]]))


def sums_of(limits):
    yes, lab, day, value = records(*limits)
    return (cd.ShareCounts().add(yes), cd.ClusteredShare().add(yes, lab), cd.LogTrend().add(day, value),
            cd.ClusteredLogTrend().add(day, value, lab), cd.Owners().add(lab, value))


def lines(sums):
    share, by_lab, growth, growth_by_lab, owners = sums
    return "\n".join([estimate("share", share.result()), estimate("clustered share", by_lab.result()),
                      trend("trend", growth.result()), trend("clustered trend", growth_by_lab.result()),
                      estimate("hhi", owners.result()["hhi"])]) + "\n"


def refused(error, message, function, *arguments, **options):
    try:
        function(*arguments, **options)
    except error as raised:
        assert message in str(raised), str(raised)
    else:
        raise AssertionError(f"{function} took {arguments}")


def test_bits():
    expected = run("results", n)
    assert lines(sums_of((0, n))) == expected
    with multiprocessing.get_context("spawn").Pool(2) as pool:  # states travel by pickle
        parts = pool.map(sums_of, [(k * n // 5, (k + 1) * n // 5) for k in range(5)])
    for others in parts[1:]:
        for a, b in zip(parts[0], others):
            a.merge(b)
    assert lines(parts[0]) == expected


def test_states():
    _, by_lab, growth, _, _ = sums_of((n // 2, n))
    whole = [line for line in run("results", n).splitlines() if line.startswith(("clustered share", "trend"))]
    ours = by_lab.saved().hex() + "\n" + growth.saved().hex() + "\n"
    assert run("merge", 0, n // 2, given=ours).splitlines() == whole
    theirs = [bytes.fromhex(line) for line in run("state", 0, n // 2).splitlines()]
    by_lab.merge(cd.ClusteredShare.load(theirs[0]))
    growth.merge(cd.LogTrend.load(theirs[1]))
    assert [estimate("clustered share", by_lab.result()), trend("trend", growth.result())] == whole
    assert pickle.loads(pickle.dumps(growth)).saved() == growth.saved()
    refused(cd.StateError, "damaged or cut short", cd.LogTrend.load, theirs[1][:-1])
    refused(ValueError, "log_trend_sums", cd.ShareCounts.load, theirs[1])
    refused(TypeError, "ShareCounts is required", cd.ShareCounts().merge, growth)


def test_columns():
    yes, lab, day, value = records(0, 1000)
    expected = cd.log_trend(day, value, lab)
    frame = pd.DataFrame({"yes": pd.array([None if x != x else x == 1 for x in yes], dtype="boolean"), "lab": lab,
                          "day": pd.to_datetime(day), "value": value})
    assert cd.log_trend(frame.day, frame.value, frame.lab) == expected
    assert cd.log_trend(frame.day.dt.tz_localize("UTC"), frame.value, frame.lab.astype("category")) == expected
    assert cd.log_trend(list(frame.day.dt.date), list(value), lab) == expected
    assert cd.log_trend(day[::-1], value[::-1], lab[::-1]) == expected  # strides
    table = np.array([yes, value]).T
    assert cd.share(table[:, 0]) == cd.share(frame.yes) == cd.share([None if x != x else bool(x) for x in yes])
    assert cd.share(np.array([True, False, True]))["value"] == 2 / 3
    assert cd.share([])["status"] == "no_data"
    assert cd.log_trend([], [])["slope"]["status"] == "no_data"
    assert cd.concentration([], [])["status"] == "no_data"
    assert cd.log_trend(np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"), [1.0, 2.0])["slope"]["n_missing"] == 1
    # pandas' own marks, in lists and columns
    assert cd.share([True, pd.NA, False]) == cd.share([True, None, False])
    assert cd.share([True, False], ["a", pd.NA])["n"] == 2
    stamps = [pd.Timestamp("2020-01-01"), pd.NaT, pd.Timestamp("2021-01-01"), pd.Timestamp("2022-06-01")]
    assert cd.log_trend(stamps, [1.0, 2.0, 3.0, 5.0])["slope"]["n_missing"] == 1
    assert cd.concentration(["a", "b"], [1, pd.NA]) == cd.concentration(["a", "b"], [1, None])
    shared = np.zeros(8, dtype=bool)
    counts = cd.ShareCounts().add(shared)
    refused(ValueError, "yes or no is required, got 2", counts.add, [1, 2])
    assert counts.result()["n"] == 8  # a refused column adds nothing
    refused(ValueError, "a finite value > 0, got 0", cd.log_trend, [2020.0], [0.0])
    refused(ValueError, "one length", cd.log_trend, [2020.0], [1.0, 2.0])
    refused(ValueError, "finite amounts >= 0, got -1", cd.concentration, ["a"], [-1.0])
    refused(ValueError, "one of wilson", cd.share, [True], interval="wilsom")
    refused(ValueError, "level", cd.share, [True], level=95)
    refused(ValueError, "", cd.share, ["maybe"])
    refused(TypeError, "a text is required, got bytes", cd.classify, [b"MIT"])


def test_texts():
    texts = ["FAIR, Menlo Park; Inria Paris", "University of Oxford, Oxford, UK", "asdf qwer", "", "Université de Montréal"]
    for text, line in zip(texts, run("texts", given="\n".join(texts) + "\n").splitlines()):
        found = cd.classify(text)
        first = (found["institutions"] or [None])[0]
        said = ([first["name"], first["type"], first["country"] or ""] if first else ["", "", ""]) + [
            "{" + ",".join(found["sectors"]) + "}", bits(first["confidence"]) if first else ""]
        assert "|".join(said) == line, (said, line)
    assert cd.classify(texts) == [cd.classify(text) for text in texts]
    many, alone = [*texts, None] * 300, cd.Classifier(threads=1)
    assert alone(many) == cd.Classifier(threads=4)(many) and alone.columns(many)["name"] == cd.Classifier(threads=4).columns(many)["name"]
    assert cd.classify(None) is None and cd.classify([None, float("nan")]) == [None, None]
    assert cd.classify([pd.NA, pd.NaT]) == [None, None] and cd.team_of([pd.NA]) == "unknown"
    assert cd.read_hardware(pd.NA) == cd.read_hardware(None)
    assert list(cd.classify_frame(pd.Series(["MIT", None], dtype="string")).affiliation) == [0]
    assert cd.team_of(["MIT", "Google"]) == "collaboration" and cd.team_of([None]) == "unknown"
    frame = cd.classify_frame(pd.Series(texts))
    assert list(frame.name[:2]) == ["Meta", "Inria"] and list(frame.affiliation[:2]) == [0, 0]
    assert pickle.loads(pickle.dumps(cd.Classifier("registry_strings")))("MIT") == cd.Classifier("registry_strings")("MIT")
    found = cd.read_hardware("We trained on 64 nodes with 8 A100s each for 12 days")
    assert [(m["chip"], m["count"], m["hours"], m["use"]) for m in found] == [("NVIDIA A100", 512, 288, "training")]
    refused(ValueError, "one of conference_papers", cd.Classifier, "papers")
    for threads in (-1, 2**31):
        refused(ValueError, "threads of 0 or more", cd.Classifier, threads=threads)


def test_regressions():
    rng = np.random.default_rng(1)
    x, z = rng.normal(size=(2, 400))
    y = 1 + 2 * x - z + rng.normal(size=400)
    group = rng.integers(0, 40, size=400)
    fit = cd.regress(y, {"x": x, "z": z})
    design = np.column_stack([np.ones(400), x, z])
    expected, residuals = np.linalg.lstsq(design, y, rcond=None)[:2]
    assert np.allclose([t["estimate"] for t in fit["terms"]], expected, rtol=1e-12)
    inverse = np.linalg.inv(design.T @ design)
    errors = np.sqrt(residuals[0] / 397 * np.diag(inverse))
    assert np.allclose([t["standard_error"] for t in fit["terms"]], errors, rtol=1e-10)
    clustered = cd.regress(y, {"x": x, "z": z}, clusters=group)
    scores = np.array([(design * (y - design @ expected)[:, None])[group == g].sum(0) for g in np.unique(group)])
    g = len(scores)
    sandwich = inverse @ scores.T @ scores @ inverse * g / (g - 1) * 399 / 397
    assert np.allclose([t["standard_error"] for t in clustered["terms"]], np.sqrt(np.diag(sandwich)), rtol=1e-10)
    within = cd.regress(y, {"x": x}, absorb=group)
    dummies = np.column_stack([x, *[(group == k).astype(float) for k in np.unique(group)]])
    assert np.isclose(within["terms"][0]["estimate"], np.linalg.lstsq(dummies, y, rcond=None)[0][0], rtol=1e-10)
    chance = 1 / (1 + np.exp(-0.5 - x))
    yes = (rng.random(400) < chance).astype(float)
    logit = cd.regress(yes, {"x": x}, family="logit")
    b = np.zeros(2)
    design = np.column_stack([np.ones(400), x])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ b))
        b += np.linalg.solve(design.T @ (design * (p * (1 - p))[:, None]), design.T @ (yes - p))
    assert np.allclose([t["estimate"] for t in logit["terms"]], b, rtol=1e-8)
    y[3] = np.nan
    assert cd.regress(y, {"x": x})["missing"] == 1
    refused(ValueError, "one length", cd.regress, y, {"x": x[1:]})
    refused(ValueError, "family linear", cd.regress, yes, {"x": x}, absorb=group, family="logit")
    refused(ValueError, "one of linear", cd.regress, y, {"x": x}, family="probit")


def test_rate():
    """Prints what a text costs to classify from Python, beside C++."""
    fields = ["Computer Science", "Physics", "Electrical Engineering", "Mathematics", "Statistics", "Linguistics", "Biology"]
    places = [("University of Oxford", "Oxford, UK"), ("Stanford University", "Stanford, CA, USA"), ("Tsinghua University",
              "Beijing, China"), ("ETH Zurich", "Switzerland"), ("Google Research", "Mountain View, CA"), ("Inria", "Paris, France"),
              ("Acme Robotics Inc.", "Boston, MA"), ("Max Planck Institute for Informatics", "Saarbrücken, Germany")]
    texts = [f"Department of {fields[i % 7]}, {places[i % 8][0]}, {i} Main Street, {places[i % 8][1]}" for i in range(20_000)]
    given = "\n".join(texts) + "\n"
    who, alone = cd.Classifier(), cd.Classifier(threads=1)
    uses = {"dicts": who, "columns": who.columns, "dicts, one thread": alone, "columns, one thread": alone.columns}
    ours, theirs = {what: [] for what in uses}, []
    for _ in range(5):
        for what, use in uses.items():
            start = time.perf_counter()
            use(texts)
            ours[what].append((time.perf_counter() - start) / len(texts) * 1e6)
        theirs.append(float(run("rate", given=given)))
    for what, times in ours.items():
        print(f"classify, {what}: {min(times):.2f} us a text, native on one thread {min(theirs):.2f} us: {min(times) / min(theirs):.2f} times")


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_") and (name != "test_rate" or "--times" in sys.argv):
            test()
            print("ok:", name)
