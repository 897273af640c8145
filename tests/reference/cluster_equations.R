# SPDX-License-Identifier: BSL-1.0
# Estimates and their errors by clusters (CR1: G / (G - 1)) of small records made by formulas: writes
# cluster_equations.csv beside this file. R 4.2, without packages: lm, glm, and sandwiches written out.
records <- do.call(rbind, lapply(0:11, function(c) {
  i <- 0:(2 + c %% 4)
  x <- (c * 7 + i * 5 + c * i) %% 11
  data.frame(c, i, x, y = (c * 13 + i * 17 + c * c * i) %% 19 + 0.7 * x, yes = as.numeric((c * 3 + i * i + x) %% 5 < 2),
             late = (c + i) %% 2, w = 1 + (c + 2 * i) %% 3)
}))
clustered <- function(X, u, A, cluster) {
  sums <- rowsum(X * u, cluster)
  G <- nrow(sums)
  V <- solve(A) %*% crossprod(sums) %*% solve(A) * G / (G - 1)
  V
}
rows <- list()
put <- function(name, value, error) rows[[length(rows) + 1]] <<- data.frame(name, value, error)
# A cluster's records `times` over are that many clusters.
of <- function(times) do.call(rbind, lapply(seq_along(times), function(k)
  do.call(rbind, c(list(), lapply(seq_len(times[k]), function(j)
    transform(records[records$c == k - 1, ], c = k - 1 + 100 * j))))))
for (name in c("once", "drawn")) {
  d <- of(if (name == "once") rep(1, 12) else c(2, 0, 1, 3, 1, 1, 0, 1, 0, 2, 0, 1))
  X <- cbind(1, d$x)
  fit <- lm(y ~ x, d)
  put(paste("slope", name), coef(fit)[2], sqrt(clustered(X, resid(fit), crossprod(X), d$c)[2, 2]))
  Z <- cbind(1 - d$late, d$late) * d$w
  p <- c(weighted.mean(d$yes[d$late == 0], d$w[d$late == 0]), weighted.mean(d$yes[d$late == 1], d$w[d$late == 1]))
  u <- d$yes - p[1 + d$late]
  V <- clustered(Z, u, diag(colSums(Z)), d$c)
  put(paste("shares", name), p[2] - p[1], sqrt(V[1, 1] + V[2, 2] - 2 * V[1, 2]))
}
d <- records
X <- cbind(1, d$x)
fit <- glm(yes ~ x, binomial, d, control = list(epsilon = 1e-14))
m <- fitted(fit)
A <- crossprod(X * (m * (1 - m)), X)
put("logit once", coef(fit)[2], sqrt(clustered(X, d$yes - m, A, d$c)[2, 2]))
put("logit intercept", coef(fit)[1], NA)
arguments <- commandArgs(FALSE)
here <- dirname(sub("--file=", "", arguments[grep("--file=", arguments)]))
out <- do.call(rbind, rows)
out$value <- sprintf("%.17g", out$value)
out$error <- ifelse(is.na(out$error), "none", sprintf("%.17g", out$error))
write.csv(out, file.path(here, "cluster_equations.csv"), row.names = FALSE, quote = FALSE)
