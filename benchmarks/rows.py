# SPDX-License-Identifier: BSL-1.0
"""The rows of README.md, which table.py makes of what run.sh measured: what each is, its peers, its goal, what bounds it.

here    `program benchmark`; seconds of a core, or with clock="wall" of the clock
show    what is shown of it: "time", "MB/s", "million THINGS/s", "ns a THING", or a counter with its unit, "=bytes bytes"
peers   who else does it, with the name shown: a peer of PROGRAM_peers.*, or "=benchmark" of the same program; `name` is the
        benchmark's name there, where it is another
goals   ("times", 3): the first peer's time is three times ours; ("at most times", 1.5): ours is at most 1.5 times its time; a
        third part names another of the peers; ("at most", x), ("at least", x): of what is shown
limit   the least that the work takes on this machine, by limits.bench.cpp: of each amount the time, of which the longest
        counts (they can go on at the same time); a list where one comes after the other. Amounts may be functions of the run.
        Or ("counter" or number, why) of a counter that has a least value; or words, where no bound is known.
instructions  for rows of hot loops: of how many records an iteration is, a number, "items" or a counter; run.sh --instructions
tried   for a row that misses its goal: what was tried, and what is in the way
"""

INTRODUCTION = """
# Benchmarks

    bash benchmarks/run.sh                  # builds and runs all beside their peers, and writes this page
    bash benchmarks/run.sh statistics csv   # these alone; prints their tables
    bash benchmarks/run.sh --quick          # whether all of it works; the numbers mean nothing
    bash benchmarks/run.sh --instructions   # with a column of instructions a record for the hot loops, by callgrind; takes longer

This page is written by the first command, never by hand, of one run on one machine. Run by hand, never as timed tests.

{machine}

- **here** and **peer**: the best of several repetitions. Seconds of one core, which other programs disturb least, unless a row says
  threads: then of the clock. Peers have one thread too, where a row does not say two.
- **ratio**: the peer's time by ours. Above 1, the library is faster.
- **limit**: the least that the same work takes on this machine, measured in the same run (`limits.bench.cpp`): memory that is read
  once, copied, or updated at random places; multiply-adds of doubles at the machine's vector width, of which an exponential or a
  logarithm counts as 12; random numbers of the library's generator; a radix sort of as many keys; inflate's own rate. What can go on
  at the same time counts once.
- **distance**: here by the limit. Rows within 1.5 of it are **finished**.
- **instructions a record** (a string, work or draw), with `--instructions`: counted by callgrind; no other program changes them.

All inputs are made by seeded generators, or grown from samples of this repository (`texts.hpp`). What has other inputs, or takes
too long for a table, is on pages of its own, each with its command: [large files and whole programs](large_files.md),
[a back-test of training compute](training_compute.md), [how often intervals hold the truth](../docs/coverage.md).
"""

NO_BOUND = "none known: look-ups that wait for one another"
REGISTRY = ("windows of words are looked up in an index that no cache holds; of the made-up affiliations 86 % are found, more than of "
            "real ones. Names are fetched before they are waited for, 1.6 times as fast as before.")
BLOCKS = ("records are read in blocks of 64, and products and scores are summed in vectors as wide as the processor has; by "
          "clusters it took a third more time before. Runs differ: an earlier one gave 11.9 and 12.0 times.")
NEWTON = ("rows are not copied, a yes or no is read without a branch, logistic values are made in vectors: a quarter less time than "
          "before. What is left is Newton's method, five passes over the records, with an exponential and a logarithm of each.")
WILD = "the interval by inversion, which numpy's side has not, is part of the time; nothing else was tried."
N = 200_000  # records of the regressions
WORKS = {"read": "bytes"}


def gram(columns):
    """Multiply-adds a record of the sums of squares and products of as many columns and the response."""
    return columns * (columns + 1) // 2 + columns


def newton(record_bytes, columns, more, passes=5):
    """Newton's method over the records: in each pass the linear term, the response's own functions and the sums."""
    return {"read": (passes * N * record_bytes, N * record_bytes), "fma": passes * N * (columns + more + gram(columns))}


SECTIONS = [
    {
        "title": "statistics: 100,000 intervals, k of n = 200",
        "text": "Both kinds agree with exact arithmetic to 1e-13 relative (`tests/reference/proportion.py`).",
        "rows": [
            {"what": "Wilson", "here": "statistics wilson", "peers": {"statsmodels": "statsmodels, vectorised"},
             "goals": [("times", 3)], "limit": {"copy": 100_000 * 24, "divide": 100_000 * 3, "fma": 100_000 * 8}},
            {"what": "Agresti-Coull", "here": "statistics agresti_coull", "peers": {"statsmodels": "statsmodels, vectorised"},
             "limit": {"copy": 100_000 * 24, "divide": 100_000 * 3, "fma": 100_000 * 8}},
            {"what": "Clopper-Pearson", "here": "statistics clopper_pearson", "peers": {"statsmodels": "scipy, vectorised"},
             "goals": [("times", 1)], "limit": "none known: steps of a search for two beta quantiles"},
            {"what": "Jeffreys", "here": "statistics jeffreys", "peers": {"statsmodels": "scipy, vectorised"},
             "limit": "none known: steps of a search for two beta quantiles"},
        ],
    },
    {
        "title": "shares: tabulating 10 million records of 32 bytes in memory",
        "text": """
75 years x 3 kinds of team; text: 500 institutions x 3. DuckDB groups a table in memory.""",
        "rows": [
            {"what": "count by year and team", "here": "shares count_tabulate",
             "peers": {"=count_by_hand": "a loop by hand", "DuckDB:1": "DuckDB"},
             "goals": [("at most times", 1.5)], "limit": {"read": 320_000_000}},
            {"what": "sums of w and w^2 by year and team", "here": "shares weights_tabulate", "instructions": "items",
             "peers": {"=weights_by_hand": "a loop by hand", "DuckDB:1": "DuckDB"},
             "goals": [("at most times", 1.5)], "limit": {"read": 320_000_000}},
            {"what": "count by institution (text) and team", "here": "shares text_tabulate", "instructions": "items",
             "peers": {"DuckDB:1": "DuckDB", "DuckDB:2": "DuckDB, two threads",
                       "=text_by_hand": "a loop by hand, `std::unordered_map`"},
             "goals": [("times", 1.5), ("times", 1.5, "DuckDB:2")],
             "limit": {"read": 320_000_000},
             "tried": "each record is looked up in 1,500 cells by its own text: a hash of it, and a comparison with the one that "
                      "is kept, which is nearly all the time. A table of texts beside a matrix would halve the places looked "
                      "at, but is another state."},
        ],
    },
    {
        "title": "concentration: 10 million records by a million owners and 20 years",
        "text": """
7.9 million pairs of owner and year; all measures with linearised intervals. DuckDB sums by year and owner alone. Draws: basic
intervals of 13 measures of 1,000 owners, beside R's boot with Gini's coefficient alone.""",
        "rows": [
            {"what": "all measures by year", "here": "concentration concentration", "name": "sums",
             "peers": {"DuckDB:1": "DuckDB, the sums alone"}, "goals": [("at most times", 2)],
             "limit": [{"scatter": (10_000_000, 190_000_000)}, {"sort": 7_900_000}]},
            {"what": "sums by year and owner", "here": "concentration sums", "peers": {"DuckDB:1": "DuckDB"},
             "limit": {"scatter": (10_000_000, 190_000_000)}},
            {"what": "10,000 draws", "here": "concentration draws",
             "peers": {"boot:gini": "R's boot, Gini", "boot:gini,hhi,theil": "R's boot, Gini, HHI and Theil's T"},
             "goals": [("times", 20)], "limit": {"random": 10_000_000}},
        ],
    },
    {
        "title": "csv: rows as text",
        "text": """
A table like Epoch's (210 MB, quoted notes with newlines) and a plain one of numbers (125 MB), from a file in blocks.""",
        "rows": [
            {"what": f"{what}, from {'a file' if source == 'from_file' else 'memory'}", "here": f"csv {source}/{name}",
             "show": "MB/s", "limit": {"copy" if source == "from_file" else "read": "bytes"},
             **({"peers": {"DuckDB:1": "DuckDB", "DuckDB:2": "DuckDB, two threads"}, "goals": [("at least", 300)]}
                if source == "from_file" else {})}
            for name, what in (("notes", "quoted notes"), ("numbers", "numbers")) for source in ("from_file", "from_memory")
        ],
    },
    {
        "title": "careers: 4.8 million records of authors, years and sectors",
        "text": """
0.96 million authors made as in `careers.bench.cpp`, of 2.5 years and 5 works each on average, in random order. Bytes are least just
before the tables grow and most after it.""",
        "rows": [
            {"what": f"{what} as authors", "here": f"careers {name}/4800000", "show": "million records/s",
             "limit": {"scatter": (4_800_000, 2_400_000 * size)}}
            for name, what, size in (("add_numbers", "numbers", 48), ("add_text", "texts of 11 characters", 72))
        ] + [
            {"what": f"memory, {what}, {years} million author-years", "here": f"careers {name}/{records}",
             "show": "=bytes_per_author_year bytes an author-year",
             "limit": ("bytes_saved", "what its state takes")}
            for name, what in (("add_numbers", "numbers"), ("add_text", "texts"))
            for records, years in ((3_700_000, "2.09"), (4_800_000, "2.40"))
        ] + [
            {"what": "tables of the moves of 2.4 million author-years", "here": "careers result",
             "limit": {"sort": 2_400_000}},
            {"what": "merging two halves", "here": "careers merge",
             "limit": [{"copy": 1_700_000 * 64}, {"scatter": (1_700_000, 2_400_000 * 48)}]},
        ],
    },
    {
        "title": "trends: the growth of 428 models of 200 organisations, bootstraps of 10,000 replicates",
        "rows": [
            {"what": "fit, with classical, HC1, HC3 and clustered intervals", "here": "trends fit_with_intervals",
             "peers": {"statsmodels": "statsmodels, a fit each"}, "limit": {"fma": 428 * (12 + gram(2) + 3 * gram(2))}},
            {"what": "bootstrap by records, percentile", "here": "trends bootstrap/pairs_percentile/1",
             "peers": {"numpy": "numpy, all replicates at once", "boot": "R's boot"}, "goals": [("at most", 0.1)],
             "limit": {"random": 4_280_000, "fma": 4_280_000 * gram(2)}},
            {"what": "bootstrap by records, BCa", "here": "trends bootstrap/pairs_bca/1", "peers": {"boot": "R's boot"},
             "goals": [("at most", 0.1)], "limit": {"random": 4_280_000, "fma": 4_280_000 * gram(2)}},
            {"what": "bootstrap by organisations, percentile", "here": "trends bootstrap/clusters_percentile/1",
             "peers": {"boot": "R's boot"}, "limit": {"random": 2_000_000, "fma": 2_000_000 * gram(2)}},
            {"what": "the same on two threads", "here": "trends bootstrap/clusters_percentile/2", "clock": "wall",
             "peers": {"=bootstrap/clusters_percentile/1": "on one"},
             "limit": {"random": 2_000_000, "fma": 2_000_000 * gram(2), "cores": 2}},
            {"what": "the published loop with noise of a factor of 2", "here": "trends bootstrap/sevilla/1",
             "peers": {"statsmodels": "statsmodels, a fit each"}, "limit": {"random": 8_560_000, "fma": 4_280_000 * gram(2)}},
        ],
    },
    {
        "title": "breaks: in the trend of 400 models, with intervals",
        "text": """
segmented starts at quantiles and anew from 10 resamples, and may end beside the best place; here the best place of one bend, of
jumps, and all but surely of two bends is found. The limits: the sums of a line for each place, or pair of places, where a break may be.""",
        "rows": [
            {"what": "one bend", "here": "breaks breaks/one_continuous/400", "peers": {"segmented": "R's segmented"},
             "goals": [("times", 10)], "limit": {"fma": 400 * 20}},
            {"what": "one bend among 40,000 models", "here": "breaks breaks/one_continuous/40000",
             "limit": [{"fma": 40_000 * 32}, {"sort": 40_000}]},
            {"what": "two bends", "here": "breaks breaks/two_continuous/400", "peers": {"segmented": "R's segmented"},
             "limit": {"fma": 400 * 400 / 2 * 20}},
            {"what": "bends, 0 to 5 by BIC", "here": "breaks breaks/continuous_by_bic/400",
             "peers": {"selgmented": "R's selgmented"}, "limit": "none known: a search among five places at once"},
            {"what": "one jump", "here": "breaks breaks/one_discontinuous/400", "peers": {"strucchange": "R's strucchange"},
             "limit": {"fma": 400 * 20}},
            {"what": "jumps, 0 to 5 by BIC", "here": "breaks breaks/discontinuous_by_bic/400",
             "peers": {"strucchange": "R's strucchange"}, "limit": {"fma": 400 * 400 / 2 * (gram(2) + 5)}},
            {"what": "bootstrap of one bend, 1,000 replicates", "here": "breaks bootstrap",
             "limit": {"fma": 1_000 * 400 * 20, "random": 1_000 * 400}},
        ],
    },
    {
        "title": "specification_curve: eight regressions with clustered errors, 2,000 records in 50 clusters",
        "text": """
How often the tests reject what is not there: `curve_size`, in [docs/specification-curves.md](../docs/specification-curves.md).""",
        "rows": [
            {"what": "the curve, and its joint test on 199 draws of clusters",
             "here": "specification_curve eight_regressions_199_draws/1", "peers": {"statsmodels": "statsmodels, a fit each"},
             "limit": {"fma": 200 * sum(n * gram(p) for n, p in ((2000, 2), (2000, 3), (2000, 9), (2000, 10),
                                                               (1000, 2), (1000, 3), (1000, 5), (1000, 6)))}},
            {"what": "the same on two threads", "here": "specification_curve eight_regressions_199_draws/2", "clock": "wall",
             "peers": {"=eight_regressions_199_draws/1": "on one"},
             "limit": {"fma": 200 * sum(n * gram(p) for n, p in ((2000, 2), (2000, 3), (2000, 9), (2000, 10),
                                                               (1000, 2), (1000, 3), (1000, 5), (1000, 6))), "cores": 2}},
        ],
    },
    {
        "title": "regression: n = 200,000, an intercept and 5 terms",
        "text": """
From records to coefficients with errors, on one core; clusters: 1,000. Coefficients and errors agree with R and statsmodels to 1e-9.
The limits: the records are read once, or twice where residuals are needed. R's survey and clubSandwich are measured where they
are installed.""",
        "rows": [
            {"what": "least squares alone", "here": "regression ols_records",
             "peers": {"statsmodels": "statsmodels", "=ols_eigen_householder_qr": "Eigen's HouseholderQR, coefficients in double only"},
             "goals": [("times", 10)], "limit": {"read": N * 56, "fma": N * gram(6)}},
            {"what": "linear, classical", "here": "regression linear/classical", "peers": {"statsmodels": "statsmodels"},
             "limit": {"read": N * 56, "fma": N * gram(6)}},
            {"what": "linear, HC1", "here": "regression linear/hc1", "peers": {"statsmodels": "statsmodels"},
             "goals": [("times", 10)], "tried": BLOCKS, "limit": {"read": (2 * N * 56, N * 56), "fma": N * (gram(6) + 6 + 21)}},
            {"what": "linear, HC3", "here": "regression linear/hc3", "peers": {"statsmodels": "statsmodels"},
             "goals": [("times", 10)], "limit": {"read": (2 * N * 56, N * 56), "fma": N * (gram(6) + 6 + 21 + 21), "divide": N}},
            {"what": "linear, clustered", "here": "regression linear/clustered",
             "peers": {"statsmodels": "statsmodels", "estimatr": "R's estimatr"}, "goals": [("times", 10)], "tried": BLOCKS,
             "limit": {"read": (2 * N * 56, N * 56), "fma": N * (gram(6) + 6 + 6)}},
            {"what": "linear, clustered by two fields (1,000 x 15)", "here": "regression linear_two_way",
             "peers": {"statsmodels": "statsmodels"},
             "limit": {"read": (2 * N * 56, N * 56), "fma": N * (gram(6) + 6 + 18), "scatter": (3 * N, 15_000 * 48)}},
            {"what": "CR2, Satterthwaite's degrees of freedom", "here": "regression linear/cr2",
             "peers": {"=linear/clustered": "clustered, CR1", "estimatr": "R's estimatr", "clubSandwich": "R's clubSandwich"},
             "goals": [("at most times", 5)],
             "limit": {"read": (2 * N * 56, N * 56), "fma": N * (gram(6) + 6 + 21 + 6 + 21)}},
            {"what": "wild cluster bootstrap, 9,999 draws, with the interval by inversion", "here": "regression wild_bootstrap/1",
             "peers": {"numpy": "numpy, all draws at once, p alone"}, "goals": [("at most", 1), ("times", 10)],
             "limit": {"read": (2 * N * 56, N * 56), "fma": 9_999 * 1_000 * 14},
             "tried": WILD},
            {"what": "the same on two threads", "here": "regression wild_bootstrap/2", "clock": "wall", "name": "wild_bootstrap/1",
             "peers": {"numpy": "numpy, one thread", "=wild_bootstrap/1": "on one"}, "goals": [("at most", 1), ("times", 10)],
             "limit": {"read": (2 * N * 56, N * 56), "fma": 9_999 * 1_000 * 14, "cores": 2}, "tried": WILD},
            {"what": "records of two labels each, 50,000", "here": "regression shared_labels/50000",
             "peers": {"=shared_labels/25000": "25,000 of them"}, "goals": [("at most times", 2)],
             "limit": {"read": 2 * 50_000 * 56, "fma": 50_000 * (gram(6) + 18)},
             "tried": "sums of labels in ordered maps took twice the time."},
            {"what": "records of two labels each, 100,000", "here": "regression shared_labels/100000",
             "peers": {"=shared_labels/50000": "50,000 of them"}, "goals": [("at most times", 2)],
             "limit": {"read": 2 * 100_000 * 56, "fma": 100_000 * (gram(6) + 18)},
             "tried": "sums of labels in ordered maps took twice the time."},
            {"what": "a stream of a million rows, clustered", "here": "regression linear_stream/1000000", "show": "ns a row",
             "peers": {"=linear_stream/100000": "100,000 of them"},
             "limit": {"read": (2 * 1_000_000 * 56, N * 56), "fma": 1_000_000 * (gram(6) + 6 + 6)}},
            {"what": "a stream of 10 million rows, clustered", "here": "regression linear_stream/10000000", "show": "ns a row",
             "peers": {"=linear_stream/1000000": "a million of them"},
             "limit": {"read": (2 * 10_000_000 * 56, N * 56), "fma": 10_000_000 * (gram(6) + 6 + 6)}},
            {"what": "memory of that stream", "here": "regression linear_stream/10000000",
             "show": "=more_kilobytes kB more than before", "limit": "0: sums are kept, no rows"},
        ],
    },
    {
        "title": "fixed_effects: absorbed effects, n = 200,000 with 5 terms",
        "text": """
Clustered errors. The limits: three readings of the records (means, sums, scores), and in each step of the projection both labels
of each record. fixest is measured where it is installed. The last two rows, of two terms, are graphs that hardly touch: a chain of 50,000 workers and firms,
and FixedEffectModels.jl's hard case of 800,000 records; its benchmark says 15.7 s of that, on another machine.""",
        "rows": [
            {"what": "one effect (1,000)", "here": "fixed_effects one_way", "peers": {"estimatr": "estimatr", "plm": "plm"},
             "limit": {"read": (3 * N * 64, N * 64), "fma": N * (gram(6) + 12 + 6)}},
            {"what": "two effects (1,000 + 15)", "here": "fixed_effects two_way",
             "peers": {"fixest": "fixest", "estimatr": "estimatr"}, "goals": [("times", 5, "fixest")],
             "limit": {"read": (3 * N * 64, N * 64), "fma": N * (gram(6) + 18 + 6)}},
            {"what": "two effects (1,000 + 200)", "here": "fixed_effects two_way_200_years",
             "peers": {"fixest": "fixest", "estimatr": "estimatr"},
             "limit": {"read": (3 * N * 64, N * 64), "fma": N * (gram(6) + 18 + 6)}},
            {"what": "people and employers (20,000 + 2,000)", "here": "fixed_effects people_and_employers",
             "peers": {"fixest": "fixest"},
             "limit": [{"read": (3 * N * 64, N * 64)}, {"read": (lambda run: run.counter("steps") * N * 8, N * 8)}]},
            {"what": "a chain of workers and firms", "here": "fixed_effects chain_of_workers_and_firms",
             "peers": {"fixest": "fixest"},
             "limit": [{"read": (3 * N * 64, N * 64)}, {"read": (lambda run: run.counter("steps") * N * 8, N * 8)}]},
            {"what": "workers near firms", "here": "fixed_effects workers_near_firms", "peers": {"fixest": "fixest"},
             "limit": [{"read": 3 * 800_000 * 64}, {"read": (lambda run: run.counter("steps") * 800_000 * 8, 6_400_000)}]},
        ],
    },
    {
        "title": "logistic, counts, ordinal: n = 200,000, an intercept and 5 terms",
        "text": """
Proportional odds: 5 levels, 6 terms. The limits: five passes of Newton's method, each of which reads the records.""",
        "rows": [
            {"what": "logit", "here": "logistic logit",
             "peers": {"statsmodels": "statsmodels Logit", "statsmodels:GLM": "statsmodels GLM", "glm": "R glm"},
             "goals": [("times", 8)], "limit": newton(48, 6, 12),
             "tried": NEWTON},
            {"what": "logit, HC1", "here": "logistic logit_hc1", "instructions": N, "peers": {"statsmodels": "statsmodels Logit"},
             "goals": [("times", 8)], "limit": newton(48, 6, 12, 6),
             "tried": NEWTON + " Scores add a tenth."},
            {"what": "logit, clustered", "here": "logistic logit_clustered", "instructions": N, "peers": {"statsmodels": "statsmodels Logit"},
             "goals": [("times", 8)], "limit": newton(48, 6, 12, 6),
             "tried": NEWTON + " Scores and their sums by cluster add a fifth."},
            {"what": "average marginal effects of it", "here": "logistic marginal_effects", "instructions": N,
             "peers": {"statsmodels": "statsmodels"}, "goals": [("times", 8)],
             "limit": {"read": N * 48, "fma": N * (6 + 12 + 5 + 30)},
             "tried": "it was 4.1 times before; nothing was tried since."},
            {"what": "Firth's logit", "here": "logistic firth_logit", "peers": {"brglm2": "R's brglm2"},
             "limit": newton(48, 6, 12 + 21 + 6)},
            {"what": "Poisson", "here": "counts poisson",
             "peers": {"statsmodels": "statsmodels Poisson", "statsmodels:GLM": "statsmodels GLM"}, "limit": newton(64, 6, 12)},
            {"what": "Poisson, clustered", "here": "counts poisson_clustered", "peers": {"statsmodels": "statsmodels Poisson"},
             "limit": newton(64, 6, 12, 6)},
            {"what": "negative binomial", "here": "counts negative_binomial", "peers": {"statsmodels": "statsmodels"},
             "limit": newton(64, 7, 3 * 12)},
            {"what": "proportional odds", "here": "ordinal proportional_odds",
             "peers": {"polr": "R MASS::polr", "clm": "R ordinal::clm"}, "goals": [("times", 10)],
             "limit": newton(56, 8, 2 * 12)},
            {"what": "proportional odds, clustered (1,000)", "here": "ordinal proportional_odds_clustered",
             "limit": newton(56, 8, 2 * 12, 6)},
            {"what": "Brant's test", "here": "ordinal brant", "limit": newton(56, 7, 12, 4 * 5)},
        ],
    },
    {
        "title": "bootstrap: the mean of 200 numbers, 9,999 replicates, BCa",
        "rows": [
            {"what": "one thread", "here": "bootstrap mean_of_200_bca/1", "instructions": 9_999,
             "peers": {"scipy": "scipy, all replicates at once", "boot": "R's boot"}, "limit": {"random": 9_999 * 200}},
            {"what": "two threads", "here": "bootstrap mean_of_200_bca/2", "clock": "wall",
             "peers": {"=mean_of_200_bca/1": "one thread"}, "limit": {"random": 9_999 * 200, "cores": 2}},
        ],
    },
    {
        "title": "robust_trends",
        "text": """
Theil-Sen and Mann-Kendall: at least the records are sorted by the one field and then by the other. scipy's Theil-Sen holds all
pairs in memory, so it has no row of a million. LOWESS, without interpolation: two thirds of the records have weights around each, in
four rounds. The quantile line is with its interval here, without one in the peers.""",
        "rows": [
            {"what": "Theil-Sen, n = 2,000", "here": "robust_trends theil_sen/2000", "peers": {"scipy": "scipy"},
             "limit": {"sort": (2 * 2_000, 2_000)}},
            {"what": "Theil-Sen, n = 1,000,000", "here": "robust_trends theil_sen/1000000", "instructions": 1_000_000, "goals": [("at most", 0.8)],
             "limit": {"sort": (2 * 1_000_000, 1_000_000)},
             "tried": "each round sorts once for the count and the sample of the next, by merges without branches, which halved "
                      "the time; a larger sample, after which those beyond it are counted, and ranks put apart in place took a fifth "
                      "of the rest. What is left are these sorts."},
            {"what": "Mann-Kendall, n = 1,000,000", "here": "robust_trends mann_kendall/1000000", "instructions": 1_000_000,
             "peers": {"scipy": "scipy `kendalltau`"}, "goals": [("times", 2)], "limit": {"sort": (2 * 1_000_000, 1_000_000)},
             "tried": "inversions are counted by merges without branches, and points sorted by digits: a third of the time."},
            {"what": "LOWESS, n = 5,000", "here": "robust_trends lowess/5000", "instructions": 5_000,
             "peers": {"statsmodels": "statsmodels", "R": "R lowess"}, "goals": [("times", 12)],
             "limit": {"fma": 4 * 5_000 * 3_333 * 9},
             "tried": "four points are taken at once, in wide vectors where the processor has them: 1.9 times faster."},
            {"what": "quantile line, n = 20,000", "here": "robust_trends quantile_regression/20000",
             "peers": {"statsmodels": "statsmodels", "quantreg": "R's quantreg"},
             "limit": "none known: steps of the simplex method, as many as the data ask for"},
        ],
    },
    {
        "title": "two_sample: industry's and others', say",
        "text": """
scipy keeps the exact distribution between calls, which is cleared here. Welch's test is of samples that are sorted already; the others
sort, as their peers do. Studentised permutations, the default, are tried for some hundred shifts to find the interval.""",
        "rows": [
            {"what": "Welch, 2 x 100,000, sorted", "here": "two_sample welch_100_000", "peers": {"scipy": "scipy", "R": "R"},
             "limit": {"read": 1_600_000, "fma": 200_000 * (12 + 3)}},
            {"what": "Mann-Whitney, 2 x 100,000", "here": "two_sample mann_whitney_100_000",
             "peers": {"scipy": "scipy", "R": "R"}, "limit": {"sort": 200_000}},
            {"what": "Mann-Whitney, exact, 49 and 49", "here": "two_sample mann_whitney_exact_49",
             "peers": {"scipy": "scipy", "R": "R"}, "limit": {"fma": 98 * 1_200 * 2}},
            {"what": "Brunner-Munzel, 2 x 100,000", "here": "two_sample brunner_munzel_100_000", "peers": {"scipy": "scipy"},
             "limit": {"sort": (2 * 200_000, 200_000)}},
            {"what": "permutations of a difference, all of 10 and 10", "here": "two_sample permutation_exact_10_10/difference",
             "peers": {"scipy": "scipy"}, "limit": [{"fma": 184_756 * 2}, {"sort": 184_756}]},
            {"what": "the same, studentised", "here": "two_sample permutation_exact_10_10/studentised",
             "name": "permutation_exact_10_10/difference", "peers": {"scipy": "scipy, of a difference, not studentised"},
             "limit": {"fma": 184_756 * 100 * 6}},
            {"what": "permutations of a difference, 9,999 of 200", "here": "two_sample permutation_9999_of_200/difference",
             "instructions": 9_999, "peers": {"scipy": "scipy"}, "limit": {"random": 9_999 * 100}},
            {"what": "the same, studentised", "here": "two_sample permutation_9999_of_200/studentised",
             "name": "permutation_9999_of_200/difference", "peers": {"scipy": "scipy, of a difference, not studentised"},
             "limit": [{"random": 9_999 * 100}, {"fma": 9_999 * 100 * 6}]},
            {"what": "medians, 9,999 resamples of 200", "here": "two_sample medians_9999_of_200", "peers": {"scipy": "scipy"},
             "limit": {"random": 9_999 * 200}},
            {"what": "Hodges-Lehmann with interval, 2 x 1,000", "here": "two_sample hodges_lehmann_1_000", "peers": {"R": "R"},
             "limit": {"sort": 2_000}},
        ],
    },
    {
        "title": "accumulate: states between workers, and trends as sums",
        "text": """
`saved` bytes have a fingerprint of the type, and are what aggregates send from worker to worker; `save` writes a stream with the text
of the type. Ten million records go into 15,000
cells of institution and team, the institution as a text of 29 characters. A million values have their growth fitted: only the sums
and the fit have intervals, and only the sums give the same bits in any order.""",
        "rows": [
            {"what": f"{what}: {('`load` of a stream', '`load` of bytes')[by] if load else ('`save` to a stream', '`saved` bytes')[by]}",
             "here": f"accumulate {name}/bytes:{by}/load:{load}{rows}",
             "goals": [("at most", 1e-6)] if goal and by == 1 else [],
             "limit": {"copy": lambda run: run.counter("bytes")},
             "tried": "it was 832 ns on an AMD EPYC; nothing was tried since."}
            for what, name, rows, goal in (
                ("least squares of one term, no row kept", "state_of_least_squares", "/rows:0", True),
                ("the same, 7 rows kept", "state_of_least_squares", "/rows:7", True),
                ("the same, 32 rows kept, as on average without `fold_rows`", "state_of_least_squares", "/rows:32", True),
                ("`share_counts`", "state_of_share_counts", "", False),
                ("`log_trend_sums`", "state_of_log_trend_sums", "", False))
            for by in (1, 0) for load in (0, 1)
        ] + [
            {"what": f"least squares, {rows} rows kept: bytes", "here": f"accumulate state_of_least_squares/bytes:1/load:0/rows:{rows}",
             "show": "=bytes bytes", "goals": [("at most", 400)],
             "limit": (5 * 8 + rows * 24, f"five sums{' and the rows' if rows else ''}"),
             "tried": "up to 63 rows are kept to be summed in blocks; `fold_rows` before saving leaves none."}
            for rows in (0, 7, 32)
        ] + [
            {"what": "text cells: `tally`", "here": "accumulate names_by_tally", "instructions": "items", "show": "million records/s",
             "limit": {"read": 320_000_000}},
            {"what": "text cells: `accumulate`, one thread", "here": "accumulate names_accumulate/1",
             "show": "million records/s", "peers": {"=names_by_tally": "`tally`"}, "limit": {"read": 320_000_000}},
            {"what": "text cells: `accumulate`, two threads", "here": "accumulate names_accumulate/2", "clock": "wall",
             "show": "million records/s", "peers": {"=names_accumulate/1": "one thread"}, "goals": [("times", 1.7)],
             "limit": {"run": ("accumulate names_accumulate/1", 0.5), "words": "half the time of one thread", "cores": 2},
             "tried": "merging runs beside the counting of the other thread, and is less than a tenth of the work: to merge "
                      "parts of it at once would not help. What is lost is in the memory of 64 states, which each take 15,000 texts."},
            {"what": "counts by year: `accumulate`, one thread", "here": "accumulate count_accumulate/1",
             "show": "million records/s", "peers": {"=count_by_hand": "a loop by hand"}, "limit": {"read": 320_000_000}},
            {"what": "growth: `log_trend_sums`", "here": "accumulate trend_by_sums", "show": "ns a record",
             "peers": {"=trend_by_hand": "Youngs and Cramer's updates by hand, as `regr_slope` of databases has them"},
             "limit": {"read": 32_000_000, "fma": 1_000_000 * (12 + gram(2))}},
            {"what": "growth: `fit_log_trend`, which keeps the records", "here": "accumulate trend_by_fit", "show": "ns a record",
             "peers": {"=trend_by_hand": "the same"},
             "limit": {"read": 32_000_000, "fma": 1_000_000 * (12 + gram(2))}},
        ],
    },
    {
        "title": "text: folding, and finding 500 terms of institutions",
        "text": """
10,496 short affiliations and 8,317 abstracts, as `texts.hpp` makes them. Hyperscan searches the folded text as one block, for the terms
as literals, which also match inside words, or as expressions with `\\b`.""",
        "rows": [
            row for name in ("affiliations", "abstracts") for row in (
                {"what": f"fold {name}, line by line", "here": f"text normalise_lines/{name}", "show": "MB/s",
                 "limit": {"copy": "bytes"}},
                {"what": f"find in {name}", "here": f"text find/{name}", "show": "MB/s",
                 "peers": {f"=hyperscan/whole_words_in_{name}": "Hyperscan, whole words",
                           f"=hyperscan/literals_in_{name}": "Hyperscan, literals",
                           f"=regex_alternation/{name}": "std::regex, alternation"},
                 "goals": [("times", 1.2), ("times", 1.2, f"=hyperscan/literals_in_{name}")],
                 "limit": {"read": "bytes"},
                 "tried": "of eleven words in 64 bytes one begins as some term does, and to look at that one costs as much as "
                          "sifting the eleven. A hash of two to four first bytes passes over most of those (4 to 10 % less time); "
                          "a sift of the third to fifth byte alone let all of them pass, because terms of two letters (\"co\", \"ag\") "
                          "leave those free."})
        ] + [{"what": "building the set of terms", "here": "text build", "limit": "none known: look-ups while the states grow"}],
    },
    {
        "title": "institutions: classifying the affiliations of conference papers",
        "text": """
10,496 short affiliations (26 bytes in the mean) and 8,867 different long ones (74 bytes, many with department and address), as
`texts.hpp` makes them, over and over. `classify` gives every institution with its name, type, evidence, rule and confidence; the peers
are what scripts do in Python, with lists of our own, and answer with sectors only.""",
        "rows": [
            row for name, what, goal in (("short_ones", "short", 1), ("long_ones", "long", 0.6)) for row in (
                {"what": f"`classify`, {what}", "here": f"institutions classify/{name}", "instructions": "items", "show": "million strings/s",
                 "peers": {"by_words": "words looked for one by one, Python", "by_regexes": "two regular expressions, Python"},
                 "goals": [("at least", goal)], "limit": NO_BOUND,
                 "tried": "words, phrases, terms and whole parts between commas are read once and remembered (a quarter fewer "
                          "instructions on long strings); what is read of words, weights and names is fetched before it is "
                          "waited for. What is left is spread over forty functions, of which none takes a tenth "
                          "but the search of terms, the table of places and the scoring of roles."},
                {"what": f"`classify` without a workspace, {what}", "here": f"institutions classify_anew/{name}",
                 "show": "million strings/s", "limit": NO_BOUND},
                {"what": f"fold, and guess the type from letters alone, {what}", "here": f"institutions normalise_and_guess/{name}",
                 "show": "million strings/s", "limit": NO_BOUND})
        ] + [
            {"what": "building a classifier", "here": "institutions build", "limit": "none known: tables are filled at random places"},
            {"what": "memory of it", "here": "institutions build", "show": "=heap_bytes bytes", "goals": [("at most", 20_000_000)],
             "limit": "none known"},
        ],
        "after": """
On affiliations that are not in this repository, of another run: 1.8 million a second of NeurIPS 2021's (25 bytes) and 0.42 million of the
8,867 different ones of all NeurIPS and ICML papers (61 bytes); with the 35,075 organisations of a dump of ROR 0.71 and 0.20 million.
`COMPUTE_DIVIDE_TEXT=FILE` names lines to read, `COMPUTE_DIVIDE_ROR=FILE` a dump.""",
    },
    {
        "title": "registry: finding organisations",
        "text": """
125,000 organisations of 393,000 names, as many as ROR has, made up from a seed, and 12,000 affiliations of them; and the affiliations
of the section before, with these organisations and the 241 of ROR's sample.""",
        "rows": [
            {"what": "reading a dump (the sample)", "here": "registry read_dump", "show": "MB/s", "limit": {"read": "bytes"}},
            {"what": "building", "here": "registry build_large", "goals": [("at most", 1)],
             "limit": {"scatter": (393_000, 68_000_000)}},
            {"what": "memory", "here": "registry build_large", "show": "=MB MB", "goals": [("at most", 120)], "limit": "none known"},
            {"what": "`classify`, made-up affiliations", "here": "registry classify_large/with_registry", "instructions": "items",
             "show": "million strings/s", "peers": {"=classify_large/without_registry": "without a registry"},
             "goals": [("at least", 0.3)], "limit": NO_BOUND,
             "tried": REGISTRY},
            {"what": "short affiliations, registry alone", "here": "registry find/short_ones", "show": "million strings/s",
             "limit": NO_BOUND},
            {"what": "`classify`, short", "here": "registry classify/short_ones_with_registry", "show": "million strings/s",
             "peers": {"=classify/short_ones_without_registry": "without a registry"}, "goals": [("at least", 0.3)],
             "limit": NO_BOUND, "tried": REGISTRY},
            {"what": "`classify`, long", "here": "registry classify/long_ones_with_registry", "show": "million strings/s",
             "peers": {"=classify/long_ones_without_registry": "without a registry"}, "goals": [("at least", 0.3)],
             "limit": NO_BOUND, "tried": REGISTRY},
        ],
    },
    {
        "title": "hardware_mentions: reading chips, counts and times",
        "text": """
16 MB of text in which every sentence, or every tenth or hundredth, speaks of hardware. Hyperscan and std::regex look for "count chip" and
"number unit" alone, and read no number. All mentions of a text that is all hardware are three times its bytes.""",
        "rows": [
            {"what": f"every {words} sentence, `for_each`".replace("every  ", "every "),
             "here": f"hardware_mentions read_mentions/{every}", "show": "MB/s",
             "peers": {} if every == 10 else {f"=hyperscan/{every}": "Hyperscan", f"=standard_regex/{every}": "std::regex"},
             "goals": [("at least", goal)] if goal else [], "limit": {"read": "bytes"},
             "tried": "mentions are handed over one by one, without a sort of all, whole numbers are read at once, and the folded "
                      "text is not filled with zeros first."}
            for every, words, goal in ((1, "", 100), (10, "tenth", None), (100, "hundredth", 500))
        ] + [
            {"what": f"every {words} sentence, all mentions kept".replace("every  ", "every "),
             "here": f"hardware_mentions keep_mentions/{every}", "show": "MB/s", "limit": {"read": "bytes"}}
            for every, words in ((1, ""), (10, "tenth"), (100, "hundredth"))
        ],
    },
    {
        "title": "openalex: reading works, and who writes them",
        "text": """
67 MB of works of 3.4 KB, which is the mean of all of OpenAlex: short ones of the excerpt in `examples/data`, with the fields that it
leaves out and this library does not read as published works have them, their values made by a seeded generator. simdjson on demand looks
at the same fields in memory and keeps nothing. `COMPUTE_DIVIDE_WORKS=FILE` names other lines.""",
        "rows": [
            {"what": "works in memory, all fields but the abstract", "here": "openalex read", "instructions": "works", "show": "MB/s",
             "peers": {"=on_demand": "simdjson on demand"}, "goals": [("times", 0.65)], "limit": WORKS,
             "tried": "where nothing is left to be passed over, as in the excerpt itself (0.55), keeping the fields costs nearly "
                      "as much as finding them."},
            {"what": "works from a file", "here": "openalex plain", "show": "MB/s", "peers": {"=on_demand": "simdjson, in memory"},
             "goals": [("times", 0.6)], "limit": {"copy": "bytes"}, "tried": "as in memory; the file is copied in blocks besides."},
            {"what": "with abstracts, in memory", "here": "openalex read_abstracts", "show": "MB/s", "limit": WORKS},
            {"what": "and terms searched in them", "here": "openalex read_terms", "instructions": "works", "show": "MB/s", "limit": WORKS},
            {"what": "works from gzip", "here": "openalex gzip", "show": "MB/s", "peers": {"zcat": "zcat"}, "goals": [("times", 1)],
             "limit": {"run": ("openalex inflate", 1), "words": "ISA-L's inflate alone"}},
            {"what": "two part files on two threads", "here": "openalex gzip_two", "clock": "wall", "show": "MB/s",
             "peers": {"zcat": "two zcat"}, "goals": [("times", 1)],
             "limit": {"run": ("openalex inflate", 1), "words": "inflate on each"}},
        ],
    },
    {
        "title": "accelerators and scenario: what is small",
        "rows": [
            {"what": "the catalogue of accelerators", "here": "accelerators make_catalogue", "limit": "none known: a few hundred names"},
            {"what": "a chip as written", "here": "accelerators find/as_written", "show": "ns a chip", "limit": NO_BOUND},
            {"what": "the three nearest names", "here": "accelerators nearest", "limit": NO_BOUND},
            {"what": "a scenario with Sobol's indices, 10,000 draws, two threads", "here": "scenario full_scenario/10000",
             "clock": "wall", "limit": {"random": 10_000 * 10 * 2, "fma": 10_000 * 12 * 10 * 24, "cores": 2}},
        ],
    },
]

END = ""
