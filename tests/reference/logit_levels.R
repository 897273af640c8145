# SPDX-License-Identifier: BSL-1.0
# Writes logit_levels_data.csv and logit_levels.csv: logits and Firth's logits with the levels of a factor of many, of
# which each is a column, with weights; errors classical, and clustered by level and by another field.
#
#     Rscript logit_levels.R        (in this directory; R 4.2.2, sandwich 3.0.2)
suppressMessages(library(sandwich))
tight <- glm.control(epsilon = 1e-15, maxit = 100)
n <- 400
i <- seq_len(n)
part <- function(factor) (i * factor) %% 1
x <- floor(9 * part(sqrt(2))) + floor(i / 50) / 4
z <- round(2000 + 20 * part(sqrt(3)) + x)
level <- floor(14 * part(sqrt(5))^1.5)
cluster <- floor(40 * part(sqrt(7)))
w <- 1 + floor(3 * part(sqrt(11)))
eta <- -1 + 0.25 * x - 0.05 * (z - 2010) + sin(level)
y <- as.numeric(part(sqrt(13)) < 1 / (1 + exp(-eta)))
y[level == 13] <- 1  # Firth's estimate is finite there
data <- data.frame(record = i, y, x, z, level, cluster, w)
write.csv(data, "logit_levels_data.csv", row.names = FALSE, quote = FALSE)

firth <- function(X, y, w) {  # modified scores by Fisher scoring
  b <- rep(0, ncol(X))
  for (step in 1:500) {
    m <- as.vector(1 / (1 + exp(-X %*% b)))
    s <- w * m * (1 - m)
    V <- solve(crossprod(X, s * X), tol = 0)
    h <- s * rowSums((X %*% V) * X)
    change <- as.vector(V %*% crossprod(X, w * (y - m) + h * (0.5 - m)))
    b <- b + change
    if (max(abs(change) / sqrt(diag(V))) < 1e-13) break
  }
  m <- as.vector(1 / (1 + exp(-X %*% b)))
  s <- w * m * (1 - m)
  information <- crossprod(X, s * X)
  loglik <- sum(w * (y * log(m) + (1 - y) * log(1 - m))) + as.numeric(determinant(information)$modulus) / 2
  list(b = b, se = sqrt(diag(solve(information, tol = 0))), loglik = loglik)
}

out <- data.frame()
add <- function(case, numbers) {
  out <<- rbind(out, data.frame(case = case, t(unname(numbers))))
}
inner <- data[data$level != 13, ]
three <- c("(Intercept)", "x", "z", "factor(level)3", "factor(level)12")
for (weighted in c(FALSE, TRUE)) {
  suffix <- if (weighted) "_weighted" else ""
  inner$v <- if (weighted) inner$w else 1
  fit <- suppressWarnings(glm(y ~ x + z + factor(level), binomial(), inner, weights = v, control = tight))
  fit <- suppressWarnings(update(fit, start = coef(fit)))  # errors are of the weights before the last step
  add(paste0("logit", suffix), c(coef(fit)[three], as.numeric(logLik(fit))))
  add(paste0("classical", suffix), c(sqrt(diag(vcov(fit)))[three], 0))
  add(paste0("hc3", suffix), c(sqrt(diag(vcovHC(fit, "HC3")))[three], 0))
  add(paste0("by_level", suffix), c(sqrt(diag(vcovCL(fit, inner$level, type = "HC1")))[three], 0))
  add(paste0("by_cluster", suffix), c(sqrt(diag(vcovCL(fit, inner$cluster, type = "HC1")))[three], 0))
  X <- model.matrix(~ x + z + factor(level), data)
  f <- firth(X, data$y, if (weighted) data$w else rep(1, n))
  at <- match(three, colnames(X))
  add(paste0("firth", suffix), c(f$b[at], f$loglik))
  add(paste0("firth_errors", suffix), c(f$se[at], 0))
}
names(out) <- c("case", "intercept", "x", "z", "level 3", "level 12", "log-likelihood")
out[-1] <- lapply(out[-1], function(x) sprintf("%.17g", x))
write.csv(out, "logit_levels.csv", row.names = FALSE, quote = FALSE)
