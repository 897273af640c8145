# SPDX-License-Identifier: BSL-1.0
# What bench_fixed_effects measures, done by R's estimatr and plm, and by fixest where it is installed: `name seconds` a
# line.
suppressMessages({library(estimatr); library(plm)})
set.seed(1)
n <- 200000
report <- function(name, peer, work) cat(name, peer, sprintf("%.6f", sum(system.time(work)[c("user.self", "sys.self")])), "\n")
records_of <- function(years) {
  r <- as.data.frame(matrix(rnorm(5 * n), n, dimnames = list(NULL, c("a", "b", "c", "d", "e"))))
  r$organisation <- sample(1000, n, TRUE)
  r$year <- sample(years, n, TRUE)
  r$person <- rep(seq_len(n / 10), each = 10)
  moves <- c(TRUE, diff(r$person) != 0) | sample(30, n, TRUE) == 1
  r$employer <- sample(2000, n, TRUE)[moves][cumsum(moves)]
  r$y <- r$a + 2 * r$b - r$c + 0.5 * r$d + 0.01 * r$organisation + 0.1 * r$year + rnorm(n)
  r
}
all <- function(name, r, effects, cluster) {
  formula <- y ~ a + b + c + d + e
  if (name != "people_and_employers")  # it makes a column for each employer, and has not the memory for 2,000
    report(name, "estimatr", do.call(lm_robust, list(formula, quote(r), fixed_effects = reformulate(effects),
                                                     clusters = as.name(cluster), se_type = "stata")))
  if (requireNamespace("fixest", quietly = TRUE))
    report(name, "fixest", fixest::feols(as.formula(paste("y ~ a + b + c + d + e |", paste(effects, collapse = " + "))),
                                         r, cluster = reformulate(cluster)))
}
few <- records_of(15)
all("one_way", few, "organisation", "organisation")
report("one_way", "plm", vcovHC(plm(y ~ a + b + c + d + e, few, index = "organisation", model = "within")))
all("two_way", few, c("organisation", "year"), "organisation")
all("two_way_200_years", records_of(200), c("organisation", "year"), "organisation")
all("people_and_employers", few, c("person", "employer"), "person")
if (requireNamespace("fixest", quietly = TRUE)) {
  near <- function(name, person, employer) {
    z <- function() rnorm(length(person))
    a <- 5 * cos(person) + 5 * sin(employer) + z()
    b <- cos(person) + sin(employer) + z()
    r <- data.frame(person, employer, a, b, y = 3 * a + 5 * b + cos(person) + cos(employer)^2 + z())
    report(name, "fixest", fixest::feols(y ~ a + b | person + employer, r, vcov = "iid"))
  }
  i <- seq_len(n) - 1
  near("chain_of_workers_and_firms", i %/% 4, i %/% 4 + i %% 4 %/% 2)
  person <- sample(40000, 800000, TRUE)
  least <- pmax(1, person %/% 8 - 10)
  near("workers_near_firms", person, least + floor(runif(800000) * (pmin(5000, person %/% 8 + 10) - least + 1)))
}
