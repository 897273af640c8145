# SPDX-License-Identifier: BSL-1.0
# Writes log_trend.csv: fits of log10 training compute on days, with their intervals.
#
#     Rscript log_trend.R > log_trend.csv        (in this directory; R 4.2, sandwich 3.0, boot 1.3)
#
# fit/VINTAGE: n, R squared, residual sd, number of organisations.
# slope/VINTAGE/INTERVAL/LEVEL: slope a day, lower, upper. confidence and prediction: log10 on 2020-01-01.
# The bootstraps, 100,000 replicates, agree with others to their sampling error only.
suppressMessages({library(sandwich); library(boot)})
models <- read.csv("log_trend_models.csv")
models$x <- as.numeric(as.Date(models$date))
models$y <- log10(models$training_flop)
cat("name,value,lower,upper,more\n")
row <- function(name, ...) {
    values <- c(...)
    values <- c(values, rep(NA, 4 - length(values)))
    cat(name, ifelse(is.na(values), "none", sprintf("%.17g", values)), sep = ",")
    cat("\n")
}
for (vintage in unique(models$vintage)) {
    m <- models[models$vintage == vintage, ]
    fit <- lm(y ~ x, m)
    n <- nrow(m)
    g <- length(unique(m$organization))
    row(paste0("fit/", vintage), n, summary(fit)$r.squared, summary(fit)$sigma, g)
    # type and cadjust: HC0 without, HC0 with G / (G - 1), HC1, which is Stata's
    cluster <- function(type, cadjust) vcovCL(fit, m$organization, type = type, cadjust = cadjust)
    covariances <- list(classical = vcov(fit), hc1 = vcovHC(fit, "HC1"), hc3 = vcovHC(fit, "HC3"),
                        "clustered none" = cluster("HC0", FALSE), "clustered cr1" = cluster("HC0", TRUE),
                        "clustered stata" = cluster("HC1", TRUE))
    for (level in c(0.3, 0.9, 0.95, 0.999)) for (kind in names(covariances)) {
        v <- covariances[[kind]]
        df <- if (startsWith(kind, "clustered")) g - 1 else n - 2
        for (reference in c("student_t", "standard_normal")) {
            q <- if (reference == "standard_normal") qnorm((1 + level) / 2) else qt((1 + level) / 2, df)
            b <- coef(fit)[["x"]]
            se <- sqrt(v["x", "x"])
            row(paste("slope", vintage, kind, reference, level, sep = "/"), b, b - q * se, b + q * se)
            at <- c(1, as.numeric(as.Date("2020-01-01")))
            level_at <- sum(coef(fit) * at)
            variance <- c(at %*% v %*% at)
            se <- sqrt(variance)
            row(paste("confidence", vintage, kind, reference, level, sep = "/"), level_at, level_at - q * se,
                level_at + q * se)
            se <- sqrt(variance + summary(fit)$sigma^2)
            row(paste("prediction", vintage, kind, reference, level, sep = "/"), level_at, level_at - q * se,
                level_at + q * se)
        }
    }
    set.seed(1)
    slope <- function(x, y) { x <- x - mean(x); sum(x * y) / sum(x * x) }
    pairs <- boot(m, function(d, i) slope(d$x[i], d$y[i]), 100000)
    acceleration <- empinf(pairs, type = "jack")
    for (level in c(0.9, 0.95)) {
        ci <- boot.ci(pairs, level, c("perc", "basic", "bca"), L = acceleration)
        row(paste("slope", vintage, "bootstrap_percentile", level, sep = "/"), pairs$t0, ci$percent[4:5])
        row(paste("slope", vintage, "bootstrap_basic", level, sep = "/"), pairs$t0, ci$basic[4:5])
        row(paste("slope", vintage, "bootstrap_bca", level, sep = "/"), pairs$t0, ci$bca[4:5])
    }
    members <- split(seq_len(n), m$organization)
    clusters <- boot(members, function(d, i) { j <- unlist(d[i]); slope(m$x[j], m$y[j]) }, 20000)
    for (level in c(0.9, 0.95))
        row(paste("slope", vintage, "cluster_bootstrap_percentile", level, sep = "/"), clusters$t0,
            boot.ci(clusters, level, "perc")$percent[4:5])
}
