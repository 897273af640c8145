# Reference values of tests/shares/concentration.test.cpp by R's packages: Rscript tests/reference/concentration.R
# R 4.2, vegan 2.6-4 (Simpson's index is 1 - HHI, simpson.unb that of pairs of records), laeken 0.5-2 (Gini, in percent),
# boot 1.3-28 (empinf's jackknife). ineq and DescTools, which Debian does not have, must agree where they are installed.
# Writes concentration_r.csv, a case a line.
suppressPackageStartupMessages({ library(vegan); library(laeken); library(boot) })
cases <- list(ten = c(541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261), eight_firms = c(120, 80, 45, 45, 20, 7.5, 3, 1),
  equal = rep(5, 4), one_holds_nearly_all = c(1000, 1, 1, 1, 1, 2), counts = c(30, 17, 9, 9, 2, 1), with_a_zero = c(0, 1, 3),
  made = ((37 * 1:60) %% 101)^2 + 1)
weights <- c(1, 1, 2, 1, 3, 1, 1, 4)
gini <- function(x, w = rep(1, length(x))) laeken::gini(x, weights = w)$value / 100
hhi <- function(x) 1 - diversity(x, "simpson")
# Of the usual influences (n - 1) (theta - theta without i).
jackknife <- function(x, f) {
  l <- empinf(data = x, statistic = function(d, i) f(d[i]), type = "jack", stype = "i")
  sum((l - mean(l))^2) / (length(x) * (length(x) - 1))
}
numbers <- function(x) {
  n <- length(x)
  if (requireNamespace("ineq", quietly = TRUE))
    stopifnot(abs(ineq::Gini(x) - gini(x)) < 1e-12, abs(ineq::Theil(x, parameter = 0) - log(n) + diversity(x)) < 1e-12)
  if (requireNamespace("DescTools", quietly = TRUE)) stopifnot(abs(DescTools::Gini(x, unbiased = FALSE) - gini(x)) < 1e-12)
  c(hhi(x), diversity(x, "invsimpson"), diversity(x), log(n) - diversity(x), gini(x),
    if (all(x == round(x))) 1 - suppressWarnings(simpson.unb(x)) else NA, jackknife(x, hhi), jackknife(x, gini))
}
line <- function(case, x) paste(c(case, ifelse(is.na(x), "none", sprintf("%.17g", x))), collapse = ",")
repeated <- rep(cases$eight_firms, weights)
writeLines(c("case,hhi,effective_owners,shannon,theil_t,gini,hhi_unbiased,hhi_jackknife_variance,gini_jackknife_variance",
  sapply(names(cases), function(case) line(case, numbers(cases[[case]]))),
  line("weighted_eight_firms", c(hhi(repeated), diversity(repeated, "invsimpson"), diversity(repeated),
    log(length(repeated)) - diversity(repeated), gini(cases$eight_firms, weights), NA, NA, NA))), "tests/reference/concentration_r.csv")
