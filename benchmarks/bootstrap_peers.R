# SPDX-License-Identifier: BSL-1.0
# What bench_bootstrap measures, done with R's boot 1.3: `name seconds` a line.
suppressMessages(library(boot))
set.seed(1)
x <- runif(200)
seconds <- system.time(boot.ci(boot(x, function(d, i) mean(d[i]), 9999), 0.95, "bca"))[["elapsed"]]
cat("mean_of_200_bca/1/real_time", sprintf("%.6f", seconds), "\n")
