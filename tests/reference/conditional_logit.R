# Reference values of tests/regression/conditional_logit.test.cpp and of the Poisson effects in
# tests/regression/marginal_effects.test.cpp. Rscript tests/reference/conditional_logit.R (R 4.2, survival 3.5, stats)
library(survival)
options(digits = 15)
births <- read.csv("tests/reference/regression_data/births.csv")
fit <- clogit(low ~ lwt + smoke + ht + strata(age), births, method = "exact",
              control = coxph.control(eps = 1e-14, toler.chol = 1e-14, iter.max = 50))
cat("coefficients", format(coef(fit), digits = 15), "\n")
cat("errors", format(sqrt(diag(vcov(fit))), digits = 15), "\n")
cat("log likelihood", format(rev(fit$loglik), digits = 15), "\n")
tells <- ave(births$low, births$age, FUN = function(y) min(y) < max(y)) == 1
cat("n", sum(tells), "levels", length(unique(births$age[tells])), "\n")

# Clustered by age / 3: the scores of each level's own likelihood, by central differences of clogit's at fixed b.
at <- function(b, data) {
  f <- coxph(Surv(rep(1, nrow(data)), low) ~ lwt + smoke + ht + strata(age), data, method = "exact", init = b,
             control = coxph.control(iter.max = 0))
  f$loglik[2]
}
kept <- births[tells, ]
scores <- t(sapply(split(kept, kept$age %/% 3), function(data) sapply(1:3, function(k) {
  h <- 1e-5 * c(1, 100, 100)[k]
  up <- down <- coef(fit)
  up[k] <- up[k] + h
  down[k] <- down[k] - h
  (at(up, data) - at(down, data)) / (2 * h)
})))
g <- nrow(scores)
v <- vcov(fit) %*% crossprod(scores) %*% vcov(fit) * g / (g - 1)
cat("clusters", g, "clustered errors", format(sqrt(diag(v)), digits = 8), "\n")

# Average marginal effects of a Poisson regression, and their errors by the delta method.
quine <- read.csv("tests/reference/regression_data/quine.csv")
quine$f <- as.numeric(substr(quine$age, 2, 2))
p <- glm(days ~ f + sex, poisson, quine, control = glm.control(epsilon = 1e-14, maxit = 50))
x <- model.matrix(p)
effects <- function(b) {
  with <- without <- x
  with[, "sexM"] <- 1
  without[, "sexM"] <- 0
  c(mean(b[2] * exp(x %*% b)), mean(exp(with %*% b) - exp(without %*% b)))
}
b <- coef(p)
gradient <- sapply(1:3, function(k) {
  h <- replace(numeric(3), k, 1e-5)
  (effects(b + h) - effects(b - h)) / 2e-5
})
cat("poisson effects", format(effects(b), digits = 15), "\n")
cat("errors", format(sqrt(diag(gradient %*% vcov(p) %*% t(gradient))), digits = 9), "\n")
