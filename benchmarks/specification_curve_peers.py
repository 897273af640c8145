#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_specification_curve measures, by statsmodels 0.13 (what specr does with lm in R): `benchmark peer seconds` a line, seconds of a core."""
import itertools

import numpy as np
import statsmodels.api as sm

import beside


def columns(all_, control, years):
    X = [np.ones(len(all_["x"])), all_["x"]]
    if control:
        X.append(all_["z"])
    if years:
        X += [(all_["year"] == year).astype(float) for year in np.unique(all_["year"])[1:]]
    return np.column_stack(X)


def curve(all_):
    b = []
    for control, years, recent in itertools.product((False, True), repeat=3):
        kept = {name: v[all_["year"] >= 4] if recent else v for name, v in all_.items()}
        fit = sm.OLS(kept["y"], columns(kept, control, years)).fit(
            cov_type="cluster", cov_kwds={"groups": kept["cluster"]}, use_t=True)
        b.append((fit.params[1], fit.bse[1], fit.pvalues[1]))
    return np.array(b)


def tested(all_, draws):
    rng = np.random.default_rng(1)
    members = [np.flatnonzero(all_["cluster"] == c) for c in range(50)]
    seen, out = curve(all_), []
    for _ in range(draws):
        drawn = [members[c] for c in rng.integers(50, size=50)]
        index = np.concatenate(drawn)
        sample = {name: v[index] for name, v in all_.items()}
        sample["cluster"] = np.repeat(np.arange(50), [len(d) for d in drawn])
        out.append((curve(sample)[:, 0] - seen[:, 0]))
    return seen, out


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    i = np.arange(2000)
    records = {"y": rng.uniform(size=2000), "x": rng.uniform(size=2000), "z": rng.uniform(size=2000),
               "year": i % 8, "cluster": i % 50}
    beside.report({"eight_regressions_199_draws/1": (lambda: tested(records, 199), 1)}, "statsmodels")
