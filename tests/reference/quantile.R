# SPDX-License-Identifier: BSL-1.0
# Sample quantiles and median absolute deviations by R: writes quantile.csv and median_absolute_deviation.csv beside this
# file (Rscript tests/reference/quantile.R). The samples are the first n of the integers (37 i^2 + 11 i) mod 101, i >= 0.
here <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
definitions <- c(hazen = 5, weibull = 6, linear = 7, median_unbiased = 8, normal_unbiased = 9)
sample_of <- function(n) { i <- seq_len(n) - 1; (37 * i^2 + 11 * i) %% 101 }
sizes <- c(1, 2, 3, 8, 41, 100)

lines <- "definition,n,p,quantile"
for (name in names(definitions)) for (n in sizes) for (p in c(0, 0.01, 0.05, 0.25, 1 / 3, 0.5, 0.8, 0.975, 1))
  lines <- c(lines, sprintf("%s,%d,%.17g,%.17g", name, n, p, quantile(sample_of(n), p, type = definitions[name])))
writeLines(lines, file.path(dirname(here), "quantile.csv"))

lines <- "name,n,median,raw,normal"
for (n in sizes) {
  x <- sample_of(n)
  lines <- c(lines, sprintf("n = %d,%d,%.17g,%.17g,%.17g", n, n, median(x), mad(x, constant = 1), mad(x, constant = 1 / qnorm(0.75))))
}
writeLines(lines, file.path(dirname(here), "median_absolute_deviation.csv"))
