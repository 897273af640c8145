# SPDX-License-Identifier: BSL-1.0
# What bench_two_sample measures, done by R's wilcox.test and t.test: `benchmark peer seconds` a line, seconds of a core.
set.seed(1)
report <- function(name, expression) {
  seconds <- sum(system.time(expression)[c("user.self", "sys.self")])
  cat(name, "R", sprintf("%.6f", seconds), "\n")
}
draw <- function(n) exp(6 * runif(n))
x <- draw(100000); y <- draw(100000)
report("welch_100_000", t.test(log(x), log(y)))
report("mann_whitney_100_000", wilcox.test(x, y))
x <- draw(49); y <- draw(49)
report("mann_whitney_exact_49", wilcox.test(x, y, exact = TRUE))
x <- draw(1000); y <- draw(1000)
report("hodges_lehmann_1_000", wilcox.test(x, y, conf.int = TRUE))
