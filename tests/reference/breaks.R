# SPDX-License-Identifier: BSL-1.0
# Writes breaks_r.csv: the samples of breaks_data.csv fitted by R's segmented (1.6-2; bends) and strucchange (1.5-3;
# jumps), after breaks.py has written them. segmented iterates: its dates are those of the least squares only to some
# digits. A strucchange line has the RSS and BIC of each number of jumps.
#
#     Rscript breaks.R
suppressMessages({ library(segmented); library(strucchange) })
set.seed(1)
data <- read.csv("breaks_data.csv")
data$y <- log10(data$value)
padded <- function(x, n) c(sprintf("%.15g", x), rep("none", n - length(x)))
lines <- "name,jump,breaks,rss,bic,day1,day2,slope1,slope2,slope3,slope_se1,slope_se2,slope_se3,day_se1,day_se2,lower1,lower2,upper1,upper2"
for (case in list(list("bend", 16500), list("bends", c(16200, 17100)), list("yearly", 16900), list("models", 15100))) {
  one <- data[data$name == case[[1]], ]
  straight <- lm(y ~ day, one)
  fit <- segmented(straight, ~day, psi = case[[2]], control = seg.control(tol = 1e-13, it.max = 500, n.boot = 50, seed = 1))
  slopes <- slope(fit, digits = 15)$day
  ends <- confint(fit, level = 0.95, method = "delta", digits = 15)
  lines <- c(lines, paste(c(case[[1]], 0, nrow(fit$psi), padded(c(deviance(fit), BIC(fit)), 2), padded(fit$psi[, "Est."], 2),
    padded(slopes[, 1], 3), padded(slopes[, 2], 3), padded(fit$psi[, "St.Err"], 2), padded(ends[, 2], 2),
    padded(ends[, 3], 2)), collapse = ","))
}
for (name in c("jump", "eras")) {
  one <- data[data$name == name, ]
  if (any(duplicated(one$day))) stop("strucchange would part records of one day")
  fit <- breakpoints(y ~ day, data = one, h = max(3, nrow(one) %/% 20), breaks = 3)
  for (k in 0:3) {
    at <- if (k > 0) one$day[breakpoints(fit, breaks = k)$breakpoints + 1] else numeric()
    lines <- c(lines, paste(c(name, 1, k, padded(c(summary(fit)$RSS["RSS", k + 1], summary(fit)$RSS["BIC", k + 1]), 2),
      padded(at[seq_len(min(k, 2))], 2), rep("none", 12)), collapse = ","))
  }
}
writeLines(lines, "breaks_r.csv")
