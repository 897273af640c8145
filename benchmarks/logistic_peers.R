# SPDX-License-Identifier: BSL-1.0
# What bench_logistic measures, done by R: `benchmark peer seconds` a line, seconds of a core, of the best of three runs.
n <- 200000
set.seed(1)
x <- data.frame(matrix(rnorm(5 * n), n, dimnames = list(NULL, c("a", "b", "c", "d", "e"))))
x$yes <- runif(n) < plogis(-0.5 + 0.5 * x$a + x$b - x$c + 0.3 * x$d)
best <- function(work, times = 3) min(replicate(times, sum(system.time(work())[c("user.self", "sys.self")])))
cat("logit glm", best(function() summary(glm(yes ~ a + b + c + d + e, binomial(), x))), "\n")
if (requireNamespace("brglm2", quietly = TRUE))
  cat("firth_logit brglm2", best(function() summary(glm(yes ~ a + b + c + d + e, binomial(), x,
      method = brglm2::brglmFit, type = "AS_mean")), 1), "\n")
