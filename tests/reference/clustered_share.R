# SPDX-License-Identifier: BSL-1.0
# Shares of clustered, weighted records by R survey (values here: R 4.2.2, survey 4.1-1): reads clustered_share_data.csv,
# writes clustered_share.csv, both beside this file. survey has no wilson before 4.2, and its likelihood interval is
# read off a spline: these two are from their definitions, by uniroot.
suppressPackageStartupMessages(library(survey))
data <- read.csv("clustered_share_data.csv")
lines <- "case/what,value,other"
number <- function(x) if (is.na(x)) "none" else sprintf("%.17g", x)
write_case <- function(name, set, weighted, clustered, level) {
  d <- data[data$set == set, ]
  d$w <- if (weighted) d$weight else 1
  d$id <- if (clustered) d$org else seq_len(nrow(d))
  d$since <- d$year - min(d$year)
  put <- function(what, value, other = NA) lines <<- c(lines, paste0(name, "/", what, ",", number(value), ",", number(other)))
  s <- svydesign(ids = ~id, weights = ~w, data = d)
  n <- nrow(d); df <- degf(s); alpha <- 1 - level
  m <- svymean(~yes, s); p <- coef(m)[[1]]; v <- vcov(m)[1, 1]
  n_eff <- p * (1 - p) / v; t <- qt(1 - alpha / 2, df)
  put("share", p, v)
  put("counts", n, length(unique(d$id)))
  put("n_effective", n_eff, n_eff * (qt(1 - alpha / 2, n - 1) / t)^2)
  put("design_effect", v / (p * (1 - p) / n))
  ends <- function(method) attr(svyciprop(~yes, s, method = method, level = level, df = df), "ci")
  put("interval clopper_pearson", ends("beta")[[1]], ends("beta")[[2]])
  put("interval logit", ends("xlogit")[[1]], ends("xlogit")[[2]])
  f <- function(h) 2 * n_eff * (p * log(p / h) + (1 - p) * log((1 - p) / (1 - h))) - t^2 * n / (n - 1)
  put("interval likelihood", uniroot(f, c(1e-12, p), tol = 1e-15)$root, uniroot(f, c(p, 1 - 1e-12), tol = 1e-15)$root)
  put("interval arcsine", ends("asin")[[1]], ends("asin")[[2]])
  centre <- (p + t^2 / (2 * n_eff)) / (1 + t^2 / n_eff)
  half <- t / (1 + t^2 / n_eff) * sqrt(p * (1 - p) / n_eff + t^2 / (4 * n_eff^2))
  put("interval wilson", centre - half, centre + half)
  by <- svyby(~yes, ~year, s, svymean, covmat = TRUE)
  years <- sort(unique(d$year))
  for (i in seq_along(years)) put(paste("year", years[i]), coef(by)[[i]], vcov(by)[i, i])
  difference <- svycontrast(by, setNames(c(-1, 1), as.character(range(years))))
  error <- sqrt(vcov(difference)[1, 1])
  put("difference", coef(difference)[[1]], error)
  put("difference p", 2 * pt(-abs(coef(difference)[[1]] / error), df), df)
  linear <- svyglm(yes ~ since, s)
  logit <- svyglm(yes ~ since, s, family = quasibinomial(), control = list(epsilon = 1e-14, maxit = 100))
  for (kind in c("linear", "logit")) {
    fit <- get(kind)
    put(paste("trend", kind), coef(fit)[[2]], sqrt(vcov(fit)[2, 2]))
    put(paste("trend", kind, "p"), summary(fit)$coefficients[2, 4], fit$df.residual)
  }
  ratio <- svyratio(~I(value * yes), ~value, s)
  put("ratio", coef(ratio)[[1]], sqrt(vcov(ratio)[1, 1]))
}
write_case("weighted_clusters", "models", TRUE, TRUE, 0.95)
write_case("clusters_only", "models", FALSE, TRUE, 0.95)
write_case("weights_only", "models", TRUE, FALSE, 0.95)
write_case("rare_six_clusters", "rare", FALSE, TRUE, 0.9)
writeLines(lines, "clustered_share.csv")
