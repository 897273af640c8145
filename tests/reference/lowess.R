# SPDX-License-Identifier: BSL-1.0
# Smoothed values by R's lowess: writes lowess.csv beside this file (Rscript tests/reference/lowess.R). Each line has the
# fitted values at seven places, counted from 0: 0, 1, n/4, n/2, 3n/4, n-2, n-1.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "trend_points.R"))
lines <- "kind,n,fraction,iterations,delta,first,second,quarter,half,three_quarters,last_but_one,last"
for (kind in c("scattered", "ties", "series")) for (n in c(2, 5, 30, 333, 1500))
  for (options in list(c(2 / 3, 3, 0), c(0.2, 0, 0), c(0.3, 5, 0), c(1, 2, 0), c(0.5, 3, 4))) {
    p <- trend_points(kind, n)
    fitted <- lowess(p$x, p$y, f = options[1], iter = options[2], delta = options[3])$y
    places <- c(0, 1, n %/% 4, n %/% 2, (3 * n) %/% 4, n - 2, n - 1)
    lines <- c(lines, paste(c(kind, n, sprintf("%.17g", c(options, fitted[places + 1]))), collapse = ","))
  }
writeLines(lines, file.path(here, "lowess.csv"))
