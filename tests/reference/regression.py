# SPDX-License-Identifier: BSL-1.0
"""Checks regression_expected.csv against statsmodels and 50-digit arithmetic, and adds what is separated to it.

    Rscript regression.R && /usr/bin/python3 regression.py        (in this directory)

statsmodels 0.13, mpmath 1.2, scipy 1.10. Prints each disagreement beyond 1e-9. Adds, for each logit on data that are
separated (by linear programming: Konis 2007),

    separated_record  a record, by its line in the data, that some direction of recession predicts: its probability
                      tends to 0 or 1, term = the line, value 1
    separating_term   a term whose coefficient is infinite: where the direction is unique, each in it but the intercept;
                      where separation is complete, a term that separates alone, value 1
"""
import collections
import csv
import warnings

import mpmath
import numpy
import pandas
import scipy.optimize
import statsmodels.api

warnings.simplefilter("ignore")
mp = mpmath.mp
mp.dps = 50
expected = collections.defaultdict(dict)
with open("regression_expected.csv") as file:
    lines = [line for line in file if ",separat" not in line]
for row in csv.DictReader(lines):
    key = row["covariance"], row["correction"], row["distribution"], row["quantity"], row["term"]
    assert row["degrees"] or key not in expected[row["case"]], (row["case"], key)
    expected[row["case"]][key] = float(row["value"])

checked = collections.Counter()


def check(case, what, key, value, tolerance=1e-9):
    """Whether a value of ours is the one written, where one is."""
    if key not in expected[case]:
        return
    written = expected[case][key]
    checked[what] += 1
    error = abs(float(value) - written) / max(abs(written), 1e-300)
    if not error <= tolerance and abs(float(value) - written) > 1e-14:
        print(f"{case} {what} {key}: {float(value)!r}, written {written!r}, relative {error:.2g}")


def read(model):
    """The columns of a model as regression.R's head defines them."""
    data = pandas.read_csv(f"regression_data/{model['data']}.csv", float_precision="round_trip", keep_default_na=False,
                           na_values=[""])
    data["record"] = range(1, len(data) + 1)
    base = dict(text.split("=") for text in model["categorical"].split())
    parts = [term.split("^")[0].split("*") for term in model["terms"].split()]
    used = {name for part in parts for name in part} | {model["response"]}
    for field in ("weights", "offset", "cluster", "absorb"):
        used |= set(model[field].split())
    data = data.dropna(subset=list(used))
    if model["weights"]:
        data = data[data[model["weights"]] > 0]

    def one(name):
        if name not in base:
            return {name: data[name].to_numpy(float)}
        return {f"{name}:{level}": (data[name] == level).to_numpy(float)
                for level in sorted(set(data[name])) if str(level) != base[name]}

    columns = {"(intercept)": numpy.ones(len(data))} if model["intercept"] == "1" else {}
    for term in model["terms"].split():
        if "^" in term:
            name, power = term.split("^")
            columns.update(one(name))
            columns.update({f"{name}^{i}": data[name].to_numpy(float) ** i for i in range(2, int(power) + 1)})
        elif "*" in term:
            a, b = map(one, term.split("*"))
            columns.update({f"{i}*{j}": a[i] * b[j] for i in a for j in b})
        else:
            columns.update(one(term))
    return data, columns


def invert(matrix):
    return mp.matrix(matrix) ** -1


def exact_linear(case, columns, y, w, clusters):
    """Least squares and its covariances to 50 digits."""
    names = list(columns)
    n, k = len(y), len(names)
    x = [[mp.mpf(float(columns[name][i])) for name in names] for i in range(n)]
    y = [mp.mpf(float(v)) for v in y]
    w = [mp.mpf(float(v)) for v in w]
    v = invert([[sum(w[i] * x[i][a] * x[i][b] for i in range(n)) for b in range(k)] for a in range(k)])
    b = v * mp.matrix([sum(w[i] * x[i][a] * y[i] for i in range(n)) for a in range(k)])
    residual = [y[i] - sum(x[i][a] * b[a] for a in range(k)) for i in range(n)]
    rss = sum(w[i] * residual[i] ** 2 for i in range(n))
    half = [[sum(v[a, c] * x[i][c] for c in range(k)) for a in range(k)] for i in range(n)]
    leverage = [w[i] * sum(half[i][a] * x[i][a] for a in range(k)) for i in range(n)]
    influence = [w[i] * residual[i] * mp.matrix(half[i]) for i in range(n)]

    slopes = [a for a, name in enumerate(names) if name != "(intercept)"]

    def put(covariance, correction, v):
        for a, name in enumerate(names):
            check(case, "50 digits", (covariance, correction, "", "standard_error", name), mp.sqrt(v[a, a]))
        for tested in (slopes, slopes[:2]):
            term = "(all)" if tested == slopes else " ".join(names[a] for a in tested)
            if not any((covariance, correction, *key, term) in expected[case]
                       for key in (("student_t", "wald_f"), ("standard_normal", "wald_chi2"))):
                continue
            some = mp.matrix([b[a] for a in tested])
            wald = (some.T * invert([[v[a, c] for c in tested] for a in tested]) * some)[0]
            check(case, "50 digits", (covariance, correction, "student_t", "wald_f", term), wald / len(tested))
            check(case, "50 digits", (covariance, correction, "standard_normal", "wald_chi2", term), wald)

    def summed(scale, groups=None):
        sums = collections.defaultdict(lambda: mp.zeros(k, 1))
        for i in range(n):
            sums[groups[i] if groups is not None else i] += scale[i] * influence[i]
        total = mp.zeros(k, k)
        for s in sums.values():
            total += s * s.T
        return total, len(sums)

    for a, name in enumerate(names):
        check(case, "50 digits", ("", "", "", "estimate", name), b[a])
    check(case, "50 digits", ("", "", "", "rss", ""), rss)
    check(case, "50 digits", ("", "", "", "residual_sd", ""), mp.sqrt(rss / (n - k)))
    mean = sum(wi * yi for wi, yi in zip(w, y)) / sum(w) if "(intercept)" in names else 0
    q = len(slopes)
    total = sum(wi * (yi - mean) ** 2 for wi, yi in zip(w, y))
    if rss:
        check(case, "50 digits", ("", "", "", "r_squared", ""), 1 - rss / total)
        check(case, "50 digits", ("", "", "", "f_statistic", ""), (total - rss) / q / (rss / (n - k)))
    put("classical", "", rss / (n - k) * v)
    ones = [mp.mpf(1)] * n
    hc0 = summed(ones)[0]
    put("hc0", "", hc0)
    put("hc1", "", hc0 * n / (n - k))
    if max(leverage) < 1 - mp.mpf(10) ** -9:
        put("hc2", "", summed([1 / mp.sqrt(1 - h) for h in leverage])[0])
        put("hc3", "", summed([1 / (1 - h) for h in leverage])[0])
    pieces = [(*summed(ones, groups), 1) for groups in clusters]
    if len(clusters) == 2:
        pieces.append((*summed(ones, list(zip(*clusters))), -1))
    if pieces:
        def combined(factor):
            return sum((sign * factor(g) * s for s, g, sign in pieces), mp.zeros(k, k))

        small = min(g for _, g, _ in pieces)
        k_factor = mp.mpf(n - 1) / (n - k)
        for correction, factor in {"none": lambda g: 1, "cr1": lambda g: mp.mpf(g) / (g - 1),
                                   "stata": lambda g: mp.mpf(g) / (g - 1) * k_factor,
                                   "min_clusters": lambda g: mp.mpf(small) / (small - 1) * k_factor}.items():
            put("clustered", correction, combined(factor))


def against(case, what, fit, names, covariance, correction="", tolerance=1e-9, distribution=""):
    for i, name in enumerate(names):
        check(case, what, ("", "", "", "estimate", name), fit.params[i], tolerance)
        check(case, what, (covariance, correction, "", "standard_error", name), fit.bse[i], tolerance)
        check(case, what, (covariance, correction, distribution, "statistic", name), fit.tvalues[i], tolerance)
        check(case, what, (covariance, correction, distribution, "p_value", name), fit.pvalues[i], 100 * tolerance)
        interval = fit.conf_int()[i]
        check(case, what, (covariance, correction, distribution, "lower", name), interval[0], 100 * tolerance)
        check(case, what, (covariance, correction, distribution, "upper", name), interval[1], 100 * tolerance)


def numbered(column):
    return numpy.unique([str(v) for v in column], return_inverse=True)[1]


def fits_of_statsmodels(case, what, model, names, clusters, kinds, distribution, tolerance=1e-9, fit={}):
    for kind in kinds:
        fitted = model.fit(cov_type="nonrobust" if kind == "classical" else kind.upper(), **fit)
        against(case, what, fitted, names, kind, tolerance=tolerance, distribution=distribution)
    if len(clusters) == 1:
        by_t = distribution == "student_t"
        groups = {"groups": clusters[0], "df_correction": by_t}
        fitted = model.fit(cov_type="cluster", cov_kwds=groups, use_t=by_t, **fit)
        against(case, what, fitted, names, "clustered", "stata", tolerance, distribution)


def separation(case, columns, y):
    """Whether the logit's data are separated, with the lines for the table."""
    names = list(columns)
    if len(y) <= len(names) or not set(y) <= {0, 1}:
        return []
    sign = 2 * y - 1

    def predicted(selected):
        x = sign[:, None] * numpy.column_stack([columns[name] for name in selected])
        n, k = x.shape
        found = scipy.optimize.linprog(numpy.r_[numpy.zeros(k), -numpy.ones(n)], numpy.hstack([-x, numpy.eye(n)]),
                                       numpy.zeros(n), bounds=[(None, None)] * k + [(0, 1)] * n)
        assert found.status == 0, found.message
        return found.x[k:] > 0.5, found.x[:k]

    records, direction = predicted(names)
    if not records.any():
        return []
    slopes = [name for name in names if name != "(intercept)"]
    if records.all():
        terms = [name for name in slopes if predicted(["(intercept)", name])[0].all()]
    else:
        terms = [name for name, b in zip(names, direction) if abs(b) > 1e-7 and name != "(intercept)"]
    return [(str(record), "separated_record") for record in numpy.flatnonzero(records) + 1] + \
        [(term, "separating_term") for term in terms]


added = []
for model in csv.DictReader(open("regression_cases.csv")):
    case, family = model["case"], model["family"]
    data, columns = read(model)
    for key in expected[case]:
        if key[3] == "dependent":
            del columns[key[4]]
    names = list(columns)
    y = data[model["response"]].to_numpy(float)
    w = data[model["weights"]].to_numpy(float) if model["weights"] else numpy.ones(len(data))
    offset = data[model["offset"]].to_numpy(float) if model["offset"] else None
    clusters = [numbered(data[name]) for name in model["cluster"].split()]
    if family == "logit":
        found = separation(case, columns, y)
        added += [f"{case},,,,,{quantity},{term},1\n" for term, quantity in found]
        if found:
            continue
    if model["absorb"] or len(y) <= len(names):
        continue
    x = numpy.column_stack(list(columns.values()))
    if family == "linear":
        exact_linear(case, columns, y, w, clusters)
        # statsmodels inverts by the pseudo-inverse of columns as they are: fewer digits on these
        if case not in ("longley", "scale", "nearly_collinear", "constant_response"):
            fits_of_statsmodels(case, "statsmodels OLS", statsmodels.api.WLS(y, x, w), names, clusters,
                                ["classical"], "student_t", 1e-9)
            fits_of_statsmodels(case, "statsmodels OLS", statsmodels.api.WLS(y, x, w), names, [],
                                ["hc0", "hc1", "hc2", "hc3"], "")
    elif family in ("logit", "poisson"):
        if case == "scale_logit":
            x = x.copy()
            x[:, 1] -= 1e9
            x[:, 2] *= 1e6
            names = ["", "x1", ""]
        families = {"logit": statsmodels.api.families.Binomial(), "poisson": statsmodels.api.families.Poisson()}
        weights = {"freq_weights": w} if model["weights"] else {}  # n in HC1 and clusters is then the sum of weights
        glm = statsmodels.api.GLM(y, x, families[family], offset=offset, **weights)
        # its covariance is that of the step before the last: start at the maximum. Its "HC1" of a GLM is HC0.
        tight = {"fit": {"start_params": glm.fit(tol=1e-15, maxiter=200).params, "tol": 1e-15}}
        fits_of_statsmodels(case, f"statsmodels {family}", glm, names, [] if weights else clusters,
                            ["classical"] + ([] if weights else ["hc0"]), "standard_normal", **tight)
        if family == "logit" and offset is None and not weights and set(y) <= {0, 1}:
            logit = statsmodels.api.Logit(y, x)
            fit = logit.fit(method="newton", tol=1e-14, disp=0, maxiter=100)
            effects = fit.get_margeff()
            categorical = {text.split("=")[0] for text in model["categorical"].split()}
            for name, effect, error in zip(names[1:], effects.margeff, effects.margeff_se):
                if name.split(":")[0] not in categorical:
                    check(case, "statsmodels margeff", ("", "", "", "ame", name), effect)
                    check(case, "statsmodels margeff", ("classical", "", "", "ame_se", name), error)
            check(case, "statsmodels Logit", ("", "", "", "log_likelihood", ""), fit.llf)
    elif family == "negative_binomial" and not model["weights"] and ("", "", "", "deviance", "") in expected[case]:
        nb = statsmodels.api.NegativeBinomial(y, x, offset=offset)
        start = nb.fit(disp=0, maxiter=1000)
        fit = nb.fit(start_params=start.params, method="newton", tol=1e-15, disp=0, maxiter=100)
        for i, name in enumerate(names):
            check(case, "statsmodels NB", ("", "", "", "estimate", name), fit.params[i])
            check(case, "statsmodels NB", ("observed_joint", "", "", "standard_error", name), fit.bse[i])
        check(case, "statsmodels NB", ("", "", "", "theta", ""), 1 / fit.params[-1])
        check(case, "statsmodels NB", ("observed_joint", "", "", "theta_se", ""), fit.bse[-1] / fit.params[-1] ** 2)
        check(case, "statsmodels NB", ("", "", "", "log_likelihood", ""), fit.llf)

print(dict(checked))
with open("regression_expected.csv", "w") as file:
    file.writelines(lines + added)
