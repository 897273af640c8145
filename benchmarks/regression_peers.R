# SPDX-License-Identifier: BSL-1.0
# What bench_regression measures of clusters, done by R's estimatr (CR2 with Satterthwaite's degrees of freedom), clubSandwich
# and survey, those that are installed: `name peer seconds` a line; with the path of the program as argument
# `name peer seconds peer_seconds ratio`. Values beside these packages': tests/reference/few_clusters_peers.R.
has <- function(package) {
  there <- suppressPackageStartupMessages(suppressWarnings(requireNamespace(package, quietly = TRUE)))
  if (!there) cat("note:", package, "is not installed; its rows are left out\n")
  there
}
program <- commandArgs(TRUE)
ours <- function(name) {
  if (length(program) == 0) return(NA)
  lines <- system2(program[1], c("--benchmark_format=csv", "--benchmark_min_time=0.1", "--benchmark_repetitions=3",
                                 shQuote(paste0("--benchmark_filter=^", name, "$"))), stdout = TRUE, stderr = FALSE)
  runs <- read.csv(text = lines[grepl("^(name,|\")", lines)])
  min(runs$real_time[runs$name == name]) / c(ns = 1e9, us = 1e6, ms = 1e3, s = 1)[[runs$time_unit[1]]]
}
set.seed(1)
n <- 200000
d <- data.frame(a = rnorm(n), b = rnorm(n), c = rnorm(n), d = rnorm(n), e = rnorm(n), organisation = sample(1000, n, TRUE))
d$y <- 1 + d$a + 2 * d$b - d$c + 0.5 * d$d + rnorm(n)
timed <- function(name, peer, f) {
  seconds <- min(replicate(2, system.time(f())[["elapsed"]]))
  own <- ours(name)
  if (is.na(own)) cat(name, peer, sprintf("%.3f", seconds), "\n")
  else cat(name, peer, sprintf("%.4f %.3f %.1f", own, seconds, seconds / own), "\n")
}
if (has("estimatr"))
  for (kind in c(stata = "linear/clustered", CR2 = "linear/cr2"))
    timed(kind, "estimatr", function()
      estimatr::lm_robust(y ~ a + b + c + d + e, d, clusters = organisation,
                          se_type = if (kind == "linear/cr2") "CR2" else "stata"))
if (has("clubSandwich"))
  timed("linear/cr2", "clubSandwich", function() {
    fit <- lm(y ~ a + b + c + d + e, d)
    clubSandwich::coef_test(fit, vcov = clubSandwich::vcovCR(fit, cluster = d$organisation, type = "CR2"),
                            test = "Satterthwaite")
  })
if (has("survey"))
  timed("linear/clustered", "survey", function()
    survey::svyglm(y ~ a + b + c + d + e, survey::svydesign(ids = ~organisation, weights = ~1, data = d)))
