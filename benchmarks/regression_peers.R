# SPDX-License-Identifier: BSL-1.0
# What bench_regression measures of clusters, done by R's estimatr (CR2 with Satterthwaite's degrees of freedom), clubSandwich
# and survey, those that are installed: `benchmark peer seconds` a line, seconds of a core. Values beside these packages': tests/reference/few_clusters_peers.R.
has <- function(package) {
  there <- suppressPackageStartupMessages(suppressWarnings(requireNamespace(package, quietly = TRUE)))
  if (!there) cat("note:", package, "is not installed; its rows are left out\n")
  there
}
set.seed(1)
n <- 200000
d <- data.frame(a = rnorm(n), b = rnorm(n), c = rnorm(n), d = rnorm(n), e = rnorm(n), organisation = sample(1000, n, TRUE))
d$y <- 1 + d$a + 2 * d$b - d$c + 0.5 * d$d + rnorm(n)
timed <- function(name, peer, f, times = 2) {
  seconds <- min(replicate(times, sum(system.time(f())[c("user.self", "sys.self")])))
  cat(name, peer, sprintf("%.4f", seconds), "\n")
}
if (has("estimatr"))
  for (name in c("linear/clustered", "linear/cr2"))
    timed(name, "estimatr", function()
      estimatr::lm_robust(y ~ a + b + c + d + e, d, clusters = organisation,
                          se_type = if (name == "linear/cr2") "CR2" else "stata"))
if (has("clubSandwich"))
  timed("linear/cr2", "clubSandwich", function() {
    fit <- lm(y ~ a + b + c + d + e, d)
    clubSandwich::coef_test(fit, vcov = clubSandwich::vcovCR(fit, cluster = d$organisation, type = "CR2"),
                            test = "Satterthwaite")
  }, 1)
if (has("survey"))
  timed("linear/clustered", "survey", function()
    survey::svyglm(y ~ a + b + c + d + e, survey::svydesign(ids = ~organisation, weights = ~1, data = d)))
