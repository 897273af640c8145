# SPDX-License-Identifier: BSL-1.0
# What bench_trends measures, done with R's boot 1.3 and the slope in closed form: `benchmark peer seconds` a line, seconds of a core.
suppressMessages(library(boot))
set.seed(1)
m <- data.frame(x = runif(428, 0, 15), organization = sample(200, 428, TRUE))
m$y <- 14 + 0.67 * m$x + runif(428, 0, 6)
slope <- function(x, y) { x <- x - mean(x); sum(x * y) / sum(x * x) }
report <- function(name, expression) {
  seconds <- sum(system.time(expression)[c("user.self", "sys.self")])
  cat(name, "boot", sprintf("%.6f", seconds), "\n")
}
report("bootstrap/pairs_percentile/1", {
    pairs <- boot(m, function(d, i) slope(d$x[i], d$y[i]), 10000)
    boot.ci(pairs, 0.95, "perc")
})
report("bootstrap/pairs_bca/1", {
    pairs <- boot(m, function(d, i) slope(d$x[i], d$y[i]), 10000)
    boot.ci(pairs, 0.95, "bca")
})
members <- split(seq_len(428), m$organization)
report("bootstrap/clusters_percentile/1", {
    clusters <- boot(members, function(d, i) { j <- unlist(d[i]); slope(m$x[j], m$y[j]) }, 10000)
    boot.ci(clusters, 0.95, "perc")
})
