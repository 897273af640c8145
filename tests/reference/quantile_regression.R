# SPDX-License-Identifier: BSL-1.0
# Quantile lines by R's quantreg: writes quantile_regression.csv beside this file (Rscript tests/reference/
# quantile_regression.R). Where the solution is not unique only the loss can be compared: "unique" is 0. lower and upper:
# 90 % intervals by rank inversion as defined, the statistic computed between all neighbouring slopes of pairs. inner and
# outer: quantreg's breakpoints on both sides of each end, for the samples without ties (with ties it stops early).
suppressMessages(library(quantreg))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "trend_points.R"))
lines <- "kind,n,quantile,unique,slope,intercept,loss,lower,upper,lower_inner,lower_outer,upper_inner,upper_outer"

# Where the rank-score statistic of x against the residuals y - b x crosses -z and z; "none" where it does not.
rank_inversion <- function(x, y, q, z) {
  n <- length(x)
  pairs <- combn(n, 2)
  run <- x[pairs[2, ]] - x[pairs[1, ]]
  breaks <- sort(unique(((y[pairs[2, ]] - y[pairs[1, ]]) / run)[run != 0]))
  between <- c(breaks[1] - 1, (head(breaks, -1) + tail(breaks, -1)) / 2, tail(breaks, 1) + 1)
  d <- x - mean(x)
  statistic <- sapply(between, function(b) {
    r <- y - b * d
    cut <- sort(r)[floor(q * n) + 1]
    on <- r == cut
    (sum(d[r > cut]) + sum(d[on]) * (n * (1 - q) - sum(r > cut)) / sum(on)) / sqrt(q * (1 - q) * sum(d^2))
  })
  lower <- if (statistic[1] > z) sprintf("%.17g", breaks[min(which(statistic <= z)) - 1]) else "none"
  upper <- if (tail(statistic, 1) < -z) sprintf("%.17g", breaks[max(which(statistic >= -z))]) else "none"
  c(lower, upper)
}

for (kind in c("scattered", "ties", "series")) for (n in c(5, 30, 119, 1000)) for (q in c(0.1, 0.5, 0.77, 0.9)) {
  p <- trend_points(kind, n)
  unique <- 1
  fit <- withCallingHandlers(rq.fit.br(cbind(1, p$x), p$y, tau = q), warning = function(w) {
    if (grepl("nonunique", conditionMessage(w))) unique <<- 0
    invokeRestart("muffleWarning")
  })
  r <- fit$residuals
  r[abs(r) < 1e-9] <- 0
  exact <- if (n < 200) rank_inversion(p$x, p$y, q, qnorm(0.95)) else rep("none", 2)
  ends <- rep("none", 4)
  if (kind == "scattered" && n >= 30) {
    ci <- suppressWarnings(rq.fit.br(cbind(1, p$x), p$y, tau = q, alpha = 0.1, ci = TRUE, iid = TRUE, interp = FALSE, tcrit = FALSE))
    ends <- sprintf("%.17g", ci$coefficients[2, c("Lower Bound", "lower bound", "upper bd", "Upper Bound")])
  }
  values <- c(fit$coefficients[2], fit$coefficients[1], sum(r * (q - (r < 0))))
  lines <- c(lines, paste(c(kind, n, q, unique, sprintf("%.17g", values), exact, ends), collapse = ","))
}
writeLines(lines, file.path(here, "quantile_regression.csv"))
