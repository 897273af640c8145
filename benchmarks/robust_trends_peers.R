# SPDX-License-Identifier: BSL-1.0
# What bench_robust_trends measures, done by R and its quantreg: `benchmark peer seconds` a line, seconds of a core.
suppressMessages(library(quantreg))
set.seed(1)
records <- function(n) { x <- runif(n, 0, 10); data.frame(x = x, y = 0.6 * x + sin(x) + runif(n, -1, 1)) }
report <- function(name, peer, expression) {
  seconds <- sum(system.time(expression)[c("user.self", "sys.self")])
  cat(name, peer, sprintf("%.6f", seconds), "\n")
}
r <- records(5000)
report("lowess/5000", "R", lowess(r$x, r$y, delta = 0))
r <- records(20000)
report("quantile_regression/20000", "quantreg", rq(y ~ x, 0.9, r))
