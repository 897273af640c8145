# SPDX-License-Identifier: BSL-1.0
# Writes two_sample_r.csv: t.test and wilcox.test of the samples of two_sample_data.csv.
#
#     Rscript two_sample.R > two_sample_r.csv        (in this directory; R 4.2)
#
# SAMPLE/METHOD: statistic, p, value, lower, upper. welch: the value is the ratio of geometric means, or the difference
# of means. wilcox.test finds the interval of its normal form by searching for the roots of a step function, to tol.root:
# written is the difference, at which the step is, nearest to its end. Its estimate there is another than the median of
# all differences, which is written instead. Ends of another level than was asked for are "none".
data <- read.csv("two_sample_data.csv")
cat("name,statistic,p,value,lower,upper\n")
row <- function(name, ...) {
    numbers <- c(...)
    cat(name, ifelse(is.na(numbers), "none", sprintf("%.17g", numbers)), sep = ",")
    cat("\n")
}
for (sample in unique(data$sample)) {
    x <- data$value[data$sample == sample & data$group == 1]
    y <- data$value[data$sample == sample & data$group == 2]
    for (level in c(0.95, 0.8)) {
        name <- function(method) paste(sample, method, level, sep = "/")
        if (length(x) > 1 && length(y) > 1) {
            t <- t.test(log(x), log(y), conf.level = level)
            row(name("welch_ratio"), t$statistic, t$p.value, exp(-diff(t$estimate)), exp(t$conf.int))
            t <- t.test(x, y, conf.level = level)
            row(name("welch_difference"), t$statistic, t$p.value, -diff(t$estimate), t$conf.int)
        }
        for (method in c("exact", "normal", "normal_continuity")) {
            ties <- anyDuplicated(c(x, y)) > 0
            if (method == "exact" && ties) next
            w <- suppressWarnings(wilcox.test(x, y, exact = method == "exact", correct = method == "normal_continuity",
                                              conf.int = TRUE, conf.level = level, tol.root = 1e-14 * max(x, y)))
            differences <- sort(outer(x, y, "-"))
            nearest <- function(end) differences[which.min(abs(differences - end))]
            achieved <- attr(w$conf.int, "conf.level")
            ends <- if (abs(achieved - level) < 1e-9) sapply(w$conf.int, nearest) else c(NA, NA)
            row(name(method), w$statistic, w$p.value, median(differences), ends)
        }
    }
}
