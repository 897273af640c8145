# SPDX-License-Identifier: BSL-1.0
# Within and between units apart, by R's lm with unit means written out and sandwich's vcovCL (CR1 as of lm: cadjust and
# HC1): an unbalanced panel made here, weighted and not, with a factor of years. Writes within_between_data.csv and
# within_between.csv (name, estimate, standard error; of "same" the F statistic and its p).
#   Rscript within_between.R      (R 4.2.2, sandwich 3.0-2)
library(sandwich)
set.seed(3)
units <- 14
rows <- do.call(rbind, lapply(seq_len(units), function(u) {
  years <- sort(sample(2012:2019, sample(3:8, 1)))
  level <- rnorm(1)
  x <- round(level + 0.5 * rnorm(length(years)) + 0.1 * (years - 2012), 4)
  z <- round(rnorm(length(years)) - 0.3 * level, 4)
  data.frame(unit = u, year = years, x = x, z = z,
             y = round(1 + 0.7 * x - 1.5 * level + 0.2 * z + 0.05 * (years - 2015)^2 + 0.4 * rnorm(length(years)) + 0.3 * rnorm(1), 4),
             w = sample(1:9, length(years), replace = TRUE))
}))
write.csv(rows, "within_between_data.csv", row.names = FALSE, quote = FALSE)
out <- character()
say <- function(name, a, b) out <<- c(out, sprintf("%s,%.14g,%.14g", name, a, b))
one <- function(label, w, years) {
  d <- rows
  d$w <- w
  m <- function(v) ave(d$w * v, d$unit, FUN = sum) / ave(d$w, d$unit, FUN = sum)
  X <- cbind(x = d$x, z = d$z)
  if (years) {
    dummies <- sapply(2013:2019, function(t) as.numeric(d$year == t))
    colnames(dummies) <- paste0("year:", 2013:2019)
    X <- cbind(X, dummies)
  }
  M <- apply(X, 2, m)
  W <- X - M
  colnames(W) <- paste0(colnames(X), "_w")
  colnames(M) <- paste0(colnames(X), "_b")
  fit <- lm(d$y ~ W + M, weights = d$w)
  V <- vcovCL(fit, cluster = d$unit, type = "HC1", cadjust = TRUE)
  b <- coef(fit)
  for (v in c("x", "z")) {
    i <- paste0("W", v, "_w"); j <- paste0("M", v, "_b")
    say(paste(label, v, "within"), b[i], sqrt(V[i, i]))
    say(paste(label, v, "between"), b[j], sqrt(V[j, j]))
    say(paste(label, v, "difference"), b[j] - b[i], sqrt(V[i, i] + V[j, j] - 2 * V[i, j]))
  }
  q <- ncol(X)
  if (!years) {
    R <- matrix(0, q, length(b)); colnames(R) <- names(b)
    for (k in seq_len(q)) {
      R[k, paste0("W", colnames(X)[k], "_w")] <- -1
      R[k, paste0("M", colnames(X)[k], "_b")] <- 1
    }
    d1 <- R %*% b
    F <- drop(t(d1) %*% solve(R %*% V %*% t(R)) %*% d1) / q
    say(paste(label, "same"), F, pf(F, q, units - 1, lower.tail = FALSE))
  }
  within <- lm(d$y ~ X + factor(d$unit), weights = d$w)
  say(paste(label, "fixed effects"), coef(within)["Xx"], coef(within)["Xz"])
}
one("plain", rep(1, nrow(rows)), FALSE)
one("weighted", rows$w, FALSE)
one("years", rows$w, TRUE)
writeLines(c("name,first,second", out), "within_between.csv")
