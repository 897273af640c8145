# SPDX-License-Identifier: BSL-1.0
# What bench_robust_trends measures, done by R and its quantreg: `name seconds` a line.
suppressMessages(library(quantreg))
set.seed(1)
records <- function(n) { x <- runif(n, 0, 10); data.frame(x = x, y = 0.6 * x + sin(x) + runif(n, -1, 1)) }
report <- function(name, expression) cat(name, sprintf("%.6f", system.time(expression)[["elapsed"]]), "\n")
r <- records(5000)
report("lowess/5000", lowess(r$x, r$y, delta = 0))
r <- records(20000)
report("quantile_regression/20000", rq(y ~ x, 0.9, r))
