# SPDX-License-Identifier: BSL-1.0
# What bench_breaks measures, done with R's segmented 1.6 and strucchange 1.5: `benchmark peer seconds` a line, seconds of a core. With intervals;
# segmented's defaults, so that it starts anew from 10 resamples; its choice of the number of bends stops where one
# more does not improve.
suppressMessages({ library(segmented); library(strucchange) })
set.seed(1)
m <- data.frame(x = sort(runif(400, 0, 15)))
m$y <- 14 + 0.2 * m$x + 0.6 * pmax(0, m$x - 4.6) - 0.7 * pmax(0, m$x - 10.3) + runif(400, 0, 2)
report <- function(name, peer, expression) {
  call <- substitute(expression)
  seconds <- sapply(1:3, function(i) sum(system.time(eval(call, globalenv()))[c("user.self", "sys.self")]))
  cat(name, peer, sprintf("%.6f", min(seconds)), "\n")
}
line <- lm(y ~ x, m)
report("breaks/one_continuous/400", "segmented", confint(segmented(line, ~x, npsi = 1)))
report("breaks/two_continuous/400", "segmented", confint(segmented(line, ~x, npsi = 2)))
report("breaks/continuous_by_bic/400", "selgmented", selgmented(line, ~x, Kmax = 5, type = "bic", msg = FALSE))
report("breaks/one_discontinuous/400", "strucchange", confint(breakpoints(y ~ x, data = m, h = 20, breaks = 1)))
report("breaks/discontinuous_by_bic/400", "strucchange", confint(breakpoints(y ~ x, data = m, h = 20, breaks = 5)))
