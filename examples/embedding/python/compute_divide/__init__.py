# SPDX-License-Identifier: BSL-1.0
"""Who does machine-learning research, with how much compute, and how is that changing?

    >>> import compute_divide as cd
    >>> cd.classify("FAIR, Menlo Park; Inria Paris")["sectors"]
    ['industry', 'facility']
    >>> cd.share([True, True, False, None])["n_missing"]
    1

Columns may be numpy's, which are read where they are, pandas' or lists. What is not known (None, NaN, NaT, NA) is counted
as missing. Results are dicts: no number without its interval, level, method, n and status. What cannot be is a ValueError
that names it.
"""

import json as _json

import numpy as _np

from . import _core
from ._core import StateError

__version__ = "0.2.0"
__all__ = ["Classifier", "ClusteredLogTrend", "ClusteredShare", "LogTrend", "Owners", "ShareCounts", "StateError",
           "classify", "classify_frame", "concentration", "log_trend", "read_hardware", "regress", "share", "team_of"]


def _known(x):
    """None for what is not known: None, NaN, pandas' NaT and NA."""
    return None if x is None or type(x).__name__ in ("NAType", "NaTType") or x != x else x


def _floats(values):
    """A column of doubles; NaN is what is not known."""
    if isinstance(values, _np.ndarray) and values.dtype == _np.float64:
        return values
    if hasattr(values, "to_numpy"):
        if str(getattr(values, "dtype", "")) == "float64":
            return values.to_numpy()
        return values.to_numpy(dtype=_np.float64, na_value=_np.nan)
    if not isinstance(values, _np.ndarray) or values.dtype == object:
        values = [_np.nan if _known(x) is None else x for x in values]
    return _np.asarray(values, dtype=_np.float64)


def _answers(values):
    """A column of bool, or of 1, 0 and NaN."""
    if getattr(values, "dtype", None) == _np.bool_:
        return _np.asarray(values)
    return _floats(values)


def _labels(values):
    """A list of str, and None."""
    if hasattr(values, "to_numpy"):
        values = values.astype(object).where(values.notna(), None)
    return [str(x) if isinstance(x, (int, _np.integer)) else x for x in (values.tolist() if hasattr(values, "tolist") else values)]


def _dates(values):
    """A column and its unit: whole numbers of datetime64, or decimal years of the unit ''."""
    dtype = getattr(values, "dtype", None)
    if dtype is not None and getattr(dtype, "tz", None) is not None:
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
        dtype = values.dtype
    if dtype is None or dtype == object:
        values = [_known(x) for x in values]
        if any(hasattr(x, "year") for x in values):
            values = _np.array(values, dtype="datetime64[us]")
            dtype = values.dtype
    if dtype is not None and _np.dtype(dtype).kind == "M":
        column = _np.asarray(values)
        return column.view(_np.int64), _np.datetime_data(column.dtype)[0]
    return _floats(values), ""


class _Accumulator:
    """Adds columns, merges, reads off; pickled and saved as the library's own bytes, which any program of it loads."""

    _of = None

    def __init__(self):
        self._core = self._of()

    def merge(self, other):
        if type(other) is not type(self):
            raise TypeError(f"merge: a {type(self).__name__} is required, got {type(other).__name__}")
        self._core.merge(other._core)
        return self

    def saved(self):
        return self._core.saved()

    @classmethod
    def load(cls, state):
        made = cls()
        made._core = cls._of.load(bytes(state))
        return made

    def __reduce__(self):
        return (type(self).load, (self.saved(),))


class ShareCounts(_Accumulator):
    """A share of independent records."""

    _of = _core.ShareCounts

    def add(self, yes):
        self._core.add(_answers(yes))
        return self

    def result(self, level=0.95, interval="wilson"):
        return _json.loads(self._core.result(level, interval))


class ClusteredShare(_Accumulator):
    """A share of records that depend on each other within a cluster."""

    _of = _core.ClusteredShare

    def add(self, yes, clusters):
        self._core.add(_answers(yes), _labels(clusters))
        return self

    result = ShareCounts.result


class LogTrend(_Accumulator):
    """Exponential growth: slope (orders of magnitude a year), factor a year, doubling time in months."""

    _of = _core.LogTrend

    def add(self, dates, values):
        self._core.add(*_dates(dates), _floats(values))
        return self

    def result(self, level=0.95):
        growth, r_squared = (_json.loads(part) for part in self._core.result(level))
        return {**growth, "r_squared": r_squared}


class ClusteredLogTrend(_Accumulator):
    """The same of records that depend on each other within a cluster."""

    _of = _core.ClusteredLogTrend

    def add(self, dates, values, clusters):
        self._core.add(*_dates(dates), _floats(values), _labels(clusters))
        return self

    result = LogTrend.result


class Owners(_Accumulator):
    """What each owner has, and how concentrated that is."""

    _of = _core.Owners

    def add(self, owners, amounts):
        self._core.add(_labels(owners), _floats(amounts))
        return self

    def result(self, level=0.95):
        return _json.loads(self._core.result(level))


def share(yes, clusters=None, level=0.95, interval="wilson"):
    """What part answers yes; of dependent records by their clusters."""
    made = ShareCounts().add(yes) if clusters is None else ClusteredShare().add(yes, clusters)
    return made.result(level, interval)


def log_trend(dates, values, clusters=None, level=0.95):
    """Growth of values in time: datetime64, dates, or decimal years."""
    made = LogTrend().add(dates, values) if clusters is None else ClusteredLogTrend().add(dates, values, clusters)
    return made.result(level)


def concentration(owners, amounts, level=0.95):
    """How concentrated amounts are over owners: hhi, gini, effective_owners, ..."""
    return Owners().add(owners, amounts).result(level)


class Classifier:
    """Which institutions affiliations name, and what they are. Built in milliseconds; each process has its own. Columns
    are classified on `threads` threads, 0 for as many as the machine has; what comes out does not depend on it."""

    def __init__(self, population="conference_papers", learned=True, threads=0):
        if not 0 <= threads < 2**31:
            raise ValueError(f"Classifier: threads of 0 or more, less than 2^31, are required, got {threads}")
        self._given = (population, learned, threads)
        self._core = _core.Classifier(*self._given)

    def __call__(self, affiliations):
        """A dict of a text; a list of dicts of a column. None where there is no text."""
        if affiliations is None or isinstance(affiliations, str):
            return self._core.classify(affiliations)
        return self._core.classify_all(affiliations if isinstance(affiliations, list) else list(affiliations))

    def columns(self, affiliations):
        """Of a column, a dict of columns with an entry for each institution: that of row `affiliation`."""
        return self._core.institutions(affiliations if isinstance(affiliations, list) else list(affiliations))

    def team_of(self, affiliations):
        """The kind of a team, of an affiliation for each author."""
        return self._core.team(list(affiliations))

    def __reduce__(self):
        return (type(self), self._given)


_classifier = None


def _shared():
    global _classifier
    if _classifier is None:
        _classifier = Classifier()
    return _classifier


def classify(affiliations):
    """A dict of a text (institutions, sectors, is_independent); a list of dicts of a column."""
    return _shared()(affiliations)


def team_of(affiliations):
    """The kind of a team, of an affiliation for each author, None where it is not known."""
    return _shared().team_of(affiliations)


def classify_frame(affiliations):
    """A pandas frame with a row for each institution: that of row `affiliation` of the column."""
    import pandas

    return pandas.DataFrame(_shared().columns(affiliations))


def read_hardware(text):
    """The uses of hardware that a text tells of, a dict each."""
    return _core.read_hardware(text)


def regress(y, terms, clusters=(), absorb=(), family="linear", covariance=None, level=0.95):
    """A regression of y on terms, a dict of columns by name: linear or logit. `clusters` and `absorb` are columns of
    labels, or tuples of them: errors clustered by one or two, effects of levels absorbed."""
    def columns(given):
        return [_labels(each) for each in (given if isinstance(given, tuple) else (given,))]

    return _json.loads(_core.regress(_floats(y), [(str(name), _floats(column)) for name, column in terms.items()],
                                     columns(clusters), columns(absorb), family, covariance, level))
