# SPDX-License-Identifier: BSL-1.0
# Covariances of records that depend on each other where they share any label, by the definition over all pairs (R 4.2.2,
# base): reads shared_labels_data.csv (made-up numbers), writes shared_labels.csv, both beside this file. No small-sample
# factor. repaired: negative eigenvalues of the covariance set to 0. Lines: name, row, column, value.
data <- read.csv("shared_labels_data.csv", stringsAsFactors = FALSE)
lines <- "name,row,column,value"
put <- function(name, m) {
  for (i in seq_len(nrow(m))) for (j in seq_len(ncol(m)))
    lines <<- c(lines, sprintf("%s,%d,%d,%.17g", name, i - 1, j - 1, m[i, j]))
}
pairs_of <- function(labels) {
  sets <- strsplit(labels, ";")
  outer(seq_along(sets), seq_along(sets), Vectorize(function(i, j) i == j || length(intersect(sets[[i]], sets[[j]])) > 0))
}
case <- function(name, fit, scale, d) {
  x <- model.matrix(fit)
  shares <- pairs_of(d$labels)
  bread <- solve(crossprod(x * sqrt(scale$weight)))
  scores <- x * scale$score
  v <- bread %*% (t(scores) %*% shares %*% scores) %*% bread
  put(paste0(name, "_coefficients"), matrix(coef(fit), 1))
  put(name, v)
  put(paste0(name, "_pairs"), matrix(c(nrow(d)^2 / sum(shares), sum(shares)), 1))
  e <- eigen((v + t(v)) / 2)
  if (min(e$values) < -1e-12 * max(e$values))
    put(paste0(name, "_repaired"), e$vectors %*% diag(pmax(e$values, 0)) %*% t(e$vectors))
}
d <- data[data$set == "labelled", ]
fit <- lm(y ~ x1 + x2, d)
case("labels_ols", fit, list(weight = rep(1, nrow(d)), score = resid(fit)), d)
fit <- lm(y ~ x1 + x2, d, weights = w)
case("labels_wls", fit, list(weight = d$w, score = d$w * resid(fit)), d)
fit <- glm(yes ~ x1, binomial, d, control = list(epsilon = 1e-15, maxit = 100))
case("labels_logit", fit, list(weight = fitted(fit) * (1 - fitted(fit)), score = d$yes - fitted(fit)), d)
for (set in c("dyads", "dyads_by_role", "crossed")) {
  d <- data[data$set == set, ]
  fit <- lm(y ~ x1 + x2, d)
  case(set, fit, list(weight = rep(1, nrow(d)), score = resid(fit)), d)
}
writeLines(lines, "shared_labels.csv")
