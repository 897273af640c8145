#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Sandwich covariances by R's sandwich package: writes covariance_data.csv and covariance.csv beside this file.
# covariance_data.csv: row, year, log_parameters, log_flop, weight, organisation: made up, over 60 rows.
# covariance.csv: kind, weighted, i, j, covariance of the coefficients i and j of log_flop ~ I(year - 2017) +
# log_parameters. (On the year itself, sandwich, which multiplies out the matrices of the columns as they are, has 9 digits.)
library(sandwich)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(1)
n <- 60
organisation <- c(rep(1:3, each = 9), sample(4:14, n - 27, replace = TRUE))
year <- round(2010 + 14 * runif(n), 2)
effect <- rnorm(14, sd = 0.7)
log_parameters <- round(6 + 0.35 * (year - 2010) + rnorm(n), 3)
log_flop <- round(17 + 0.4 * (year - 2010) + 0.5 * (log_parameters - 6) + effect[organisation] +
                  rnorm(n) * (0.2 + 0.05 * (year - 2010)), 3)
weight <- sample(c(0.5, 1, 2, 3), n, replace = TRUE)
data <- data.frame(row = seq_len(n), year, log_parameters, log_flop, weight, organisation)
write.csv(data, file.path(here, "covariance_data.csv"), row.names = FALSE, quote = FALSE)

out <- file(file.path(here, "covariance.csv"), "w")
writeLines("kind,weighted,i,j,covariance", out)
for (weighted in 0:1) {
  w <- if (weighted) weight else rep(1, n)
  fit <- lm(log_flop ~ I(year - 2017) + log_parameters, weights = w)
  covariances <- list(classical = vcov(fit), hc0 = vcovHC(fit, "HC0"), hc1 = vcovHC(fit, "HC1"), hc2 = vcovHC(fit, "HC2"),
    hc3 = vcovHC(fit, "HC3"), none = vcovCL(fit, organisation, "HC0", cadjust = FALSE),
    cr1 = vcovCL(fit, organisation, "HC0"), stata = vcovCL(fit, organisation, "HC1"))
  for (kind in names(covariances)) for (i in 1:3) for (j in 1:3)
    writeLines(sprintf("%s,%d,%d,%d,%.17g", kind, weighted, i - 1, j - 1, covariances[[kind]][i, j]), out)
}
close(out)
