# SPDX-License-Identifier: BSL-1.0
# What bench_regression measures of clusters, done by R's estimatr (CR2 with Satterthwaite's degrees of freedom) and
# clubSandwich: `name seconds` a line.
suppressPackageStartupMessages({library(estimatr); library(clubSandwich)})
set.seed(1)
n <- 200000
d <- data.frame(a = rnorm(n), b = rnorm(n), c = rnorm(n), d = rnorm(n), e = rnorm(n), organisation = sample(1000, n, TRUE))
d$y <- 1 + d$a + 2 * d$b - d$c + 0.5 * d$d + rnorm(n)
timed <- function(name, f) cat(name, sprintf("%.3f", min(replicate(2, system.time(f())[["elapsed"]]))), "\n")
timed("linear/clustered", function() lm_robust(y ~ a + b + c + d + e, d, clusters = organisation, se_type = "stata"))
timed("linear/cr2 estimatr", function() lm_robust(y ~ a + b + c + d + e, d, clusters = organisation, se_type = "CR2"))
timed("linear/cr2 clubSandwich", function() {
  fit <- lm(y ~ a + b + c + d + e, d)
  coef_test(fit, vcov = vcovCR(fit, cluster = d$organisation, type = "CR2"), test = "Satterthwaite")
})
