# Reference values of tests/statistics/kaplan_meier.test.cpp: Rscript tests/reference/kaplan_meier.R
# R 4.2, survival 3.5-3. Writes kaplan_meier_data.csv (aml of survival, both groups; two made tables, one with ties, clusters
# and times of 0, one that ends in an event) and kaplan_meier.csv: case,interval,quantity,where,value. Where a curve is 0
# there are neither errors nor intervals. survfit gives robust errors of the curve, others of its logarithm. Clustered errors have no factor G / (G - 1) there.
suppressPackageStartupMessages(library(survival))
set.seed(9)
n <- 48
made <- data.frame(case = "made", time = floor(rexp(n, 1 / 14)), event = rbinom(n, 1, 0.7), cluster = sample(1:22, n, TRUE))
ends <- data.frame(case = "ends", time = c(1, 2, 2, 3, 5, 8), event = c(1, 0, 1, 1, 0, 1), cluster = c(1, 1, 2, 2, 3, 3))
four <- data.frame(case = "four", time = 1:4, event = c(1, 1, 1, 0), cluster = 1:4)
data <- rbind(data.frame(case = paste0("aml_", tolower(aml$x)), time = aml$time, event = aml$status, cluster = seq_len(nrow(aml))), made, ends, four)
write.csv(data, "tests/reference/kaplan_meier_data.csv", row.names = FALSE, quote = FALSE)
sink("tests/reference/kaplan_meier.csv")
cat("case,interval,quantity,where,value\n")
say <- function(...) cat(paste(..., sep = ","), sep = "\n")
number <- function(x) ifelse(is.na(x), "none", sprintf("%.17g", x))
kinds <- c(plain = "plain", log = "log", log_log = "log-log", logit = "logit", arcsine = "arcsin")
for (case in unique(data$case)) {
  d <- data[data$case == case, ]
  for (kind in names(kinds)) {
    f <- survfit(Surv(time, event) ~ 1, d, conf.type = kinds[[kind]], conf.int = 0.95)
    use <- f$surv > 0 & f$surv < 1
    if (kind == "plain") {
      say(case, "", "survival", f$time, number(f$surv))
      say(case, "", "standard_error", f$time[f$surv > 0], number((f$surv * f$std.err)[f$surv > 0]))
      say(case, "", "at_risk", f$time, f$n.risk)
      g <- survfit(Surv(time, event) ~ 1, d, cluster = cluster, robust = TRUE)
      say(case, "", "clustered_error", g$time[g$surv > 0], number(g$std.err[g$surv > 0]))
    }
    say(case, kind, "lower", f$time[use], number(f$lower[use]))
    say(case, kind, "upper", f$time[use], number(f$upper[use]))
    q <- quantile(f, c(0.25, 0.5, 0.75))
    say(case, kind, "quantile", c(0.25, 0.5, 0.75), number(q$quantile))
    say(case, kind, "quantile_lower", c(0.25, 0.5, 0.75), number(q$lower))
    say(case, kind, "quantile_upper", c(0.25, 0.5, 0.75), number(q$upper))
  }
}
sink()
