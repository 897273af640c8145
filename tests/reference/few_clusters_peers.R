# SPDX-License-Identifier: BSL-1.0
# few_clusters.csv beside R's packages: reads it and few_clusters_data.csv, prints the largest relative difference of each
# kind and stops where one is above 1e-9. R 4.2.2, clubSandwich 0.5.8, estimatr 1.0.0, all of Debian 12; what is not
# installed is left out, with a word. The wild bootstrap: all 2^8 draws here, since no package of Debian's has it.
#
#     Rscript few_clusters_peers.R        (in this directory)
#
# (Shares by cluster are R survey's themselves: clustered_share.R.)
d <- read.csv("few_clusters_data.csv")
expected <- read.csv("few_clusters.csv")
value_of <- function(name) {
  rows <- expected[expected$name == name, ]
  m <- matrix(NA_real_, max(rows$i) + 1, max(rows$j) + 1)
  m[cbind(rows$i + 1, rows$j + 1)] <- rows$value
  m
}
worst <- 0
compare <- function(peer, name, value) {
  difference <- max(abs(unname(as.matrix(value)) - value_of(name))) / max(abs(value_of(name)))
  worst <<- max(worst, difference)
  cat(sprintf("%-13s %-22s %.1e\n", peer, name, difference))
}
has <- function(package) {
  there <- suppressPackageStartupMessages(suppressWarnings(requireNamespace(package, quietly = TRUE)))
  if (!there) cat("note:", package, "is not installed; its rows are left out\n")
  there
}

fits <- list(ols = lm(y ~ x1 + x2, d), wls = lm(y ~ x1 + x2, d, weights = w),
             nested = lm(y ~ 0 + factor(unit) + x1 + x2, d), crossed = lm(y ~ 0 + factor(unit) + factor(year) + x1 + x2, d))
if (has("clubSandwich"))
  for (name in names(fits)) for (kind in c("CR2", "CR3")) {
    fit <- fits[[name]]
    if (kind == "CR3" && name %in% c("nested", "crossed")) next  # it cannot invert I - H of a unit's cluster
    v <- clubSandwich::vcovCR(fit, cluster = d$cluster, type = kind, inverse_var = FALSE)
    last <- if (name %in% c("ols", "wls")) 1:3 else length(coef(fit)) - 1:0
    key <- paste0(name, "_", tolower(kind))
    compare("clubSandwich", key, as.matrix(v)[last, last])
    df <- clubSandwich::coef_test(fit, v, test = "Satterthwaite")
    df <- if (is.null(df$df_Satt)) df$df else df$df_Satt
    compare("clubSandwich", paste0(key, "_df"), t(df[last]))
    joint <- clubSandwich::Wald_test(fit, clubSandwich::constrain_zero(utils::tail(seq_along(coef(fit)), 2)), v, test = "HTZ")
    compare("clubSandwich", paste0(key, "_joint"), cbind(joint$Fstat, joint$df_denom))
  }
if (has("estimatr"))
  for (name in c("ols", "wls")) {
    fit <- if (name == "ols") estimatr::lm_robust(y ~ x1 + x2, d, clusters = cluster, se_type = "CR2")
           else estimatr::lm_robust(y ~ x1 + x2, d, weights = w, clusters = cluster, se_type = "CR2")
    compare("estimatr", paste0(name, "_cr2"), vcov(fit))
    compare("estimatr", paste0(name, "_cr2_df"), t(fit$df))
  }

wild <- function(name, j, null) {
  x <- model.matrix(fits$ols)
  m <- solve(crossprod(x))
  restricted <- lm.fit(x[, -j], d$y - null * x[, j])
  fitted <- restricted$fitted.values + null * x[, j]
  t_of <- function(y) {
    b <- m %*% crossprod(x, y)
    u <- rowsum(x * as.vector(y - x %*% b), d$cluster)
    abs(b[j] - null) / sqrt((m %*% crossprod(u) %*% m)[j, j])
  }
  here <- t_of(d$y)
  draws <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(unique(d$cluster)))))
  t <- apply(draws, 1, function(v) t_of(fitted + v[match(d$cluster, sort(unique(d$cluster)))] * restricted$residuals))
  compare("enumeration", name, mean(t >= here * (1 - 1e-9)))
}
wild("wild_x1", 2, 0)
wild("wild_x2", 3, 0.2)
if (worst > 1e-9) stop("a difference above 1e-9")
cat(sprintf("all agree to %.1e\n", worst))
