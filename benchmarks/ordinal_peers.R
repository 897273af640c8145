# SPDX-License-Identifier: BSL-1.0
# What bench_ordinal measures, done by R: `benchmark peer seconds` a line, seconds of a core, of the best of three runs.
n <- 200000
set.seed(1)
x <- data.frame(matrix(rnorm(6 * n), n, dimnames = list(NULL, c("a", "b", "c", "d", "e", "f"))))
x$level <- factor(findInterval(0.5 * x$a + x$b - x$c + 0.3 * x$d - 0.2 * x$e + rlogis(n), c(-2, 0, 0.5, 2.5)), ordered = TRUE)
best <- function(work, times = 3) min(replicate(times, sum(system.time(work())[c("user.self", "sys.self")])))
cat("proportional_odds polr", best(function() vcov(MASS::polr(level ~ a + b + c + d + e + f, x, Hess = TRUE))), "\n")
if (requireNamespace("ordinal", quietly = TRUE))
  cat("proportional_odds clm", best(function() vcov(ordinal::clm(level ~ a + b + c + d + e + f, data = x))), "\n")
