# SPDX-License-Identifier: BSL-1.0
# What bench_bootstrap measures, done with R's boot 1.3: `benchmark peer seconds` a line, seconds of a core.
suppressMessages(library(boot))
set.seed(1)
x <- runif(200)
seconds <- sum(system.time(boot.ci(boot(x, function(d, i) mean(d[i]), 9999), 0.95, "bca"))[c("user.self", "sys.self")])
cat("mean_of_200_bca/1", "boot", sprintf("%.6f", seconds), "\n")
