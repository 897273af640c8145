# SPDX-License-Identifier: BSL-1.0
# What draws of concentration.bench.cpp does, by R's boot: 10,000 draws of 1,000 owners. `benchmark peer seconds` a line, seconds of a core, of one run.
# Gini's coefficient alone, as ineq::Gini (0.2-13) computes it (ineq itself where it is installed), and HHI alone; processor time.
library(boot)
set.seed(1)
x <- exp(rnorm(1000))
gini <- function(x, na.rm = TRUE) {
  if (!na.rm && any(is.na(x))) return(NA_real_)
  x <- as.numeric(na.omit(x)); n <- length(x); x <- sort(x)
  (2 * sum(x * 1L:n) / sum(x) - (n + 1L)) / n
}
hhi <- function(x) sum((x / sum(x))^2)
seconds <- function(work) sum(system.time(work())[c("user.self", "sys.self")])
cat("draws boot:gini", seconds(function() boot(x, function(x, i) gini(x[i]), R = 10000)), "\n")
cat("draws boot:hhi", seconds(function() boot(x, function(x, i) hhi(x[i]), R = 10000)), "\n")
cat("draws boot:gini,hhi,theil", seconds(function()
  boot(x, function(x, i) { y <- x[i]; r <- y / mean(y); c(gini(y), hhi(y), mean(r * log(r))) }, R = 10000)), "\n")
for (package in c("ineq", "DescTools"))
  if (requireNamespace(package, quietly = TRUE)) {
    f <- getExportedValue(package, "Gini")
    cat("draws", package, seconds(function() boot(x, function(x, i) f(x[i]), R = 10000)), "\n")
  }
