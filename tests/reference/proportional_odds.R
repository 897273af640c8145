# Reference values of tests/regression/proportional_odds.test.cpp and proportionality_test.test.cpp:
#   Rscript tests/reference/proportional_odds.R > tests/reference/proportional_odds.csv
# R 4.2 with ordinal 2022.11-16 (clm, its fits to a gradient of 1e-12), MASS 7.3-58 (polr, which must agree), sandwich 3.0-2
# (vcovCL, where there is no offset), and Brant's test by its formula from glm.fit. Data are MASS's housing, a row for each cell with its frequency, ordinal's wine, and a made table: proportional_odds_data.csv, which this writes, too.
suppressPackageStartupMessages({ library(MASS); library(ordinal); library(sandwich) })
options(digits = 17)
say <- function(case, quantity, term, value)
  cat(paste(case, quantity, term, sprintf("%.17g", value), sep = ","), sep = "\n")

one <- function(case, data, terms, weights = NULL, cluster = NULL, offset = NULL) {
  d <- if (is.null(weights)) data else data[rep(seq_len(nrow(data)), data[[weights]]), ]
  d$Y <- factor(d$y, ordered = TRUE)
  f <- as.formula(paste("Y ~", paste(c(terms, if (!is.null(offset)) paste0("offset(", offset, ")")), collapse = "+")))
  a <- do.call(clm, list(formula = f, data = d, control = clm.control(gradTol = 1e-12, maxIter = 200L)))
  b <- polr(f, data = d, Hess = TRUE, control = list(reltol = 1e-16, maxit = 1000))
  stopifnot(max(abs(b$coefficients / a$beta - 1)) < 1e-5, abs(logLik(b) / logLik(a) - 1) < 1e-10)
  J <- nlevels(d$Y); m <- J - 1; p <- length(terms); V <- vcov(a)
  names <- c(levels(d$Y)[-1], terms); names[1:m] <- paste0(levels(d$Y)[1:m], "|", levels(d$Y)[2:J])
  est <- c(a$alpha, a$beta)
  say(case, "estimate", names, est)
  say(case, "standard_error", names, sqrt(diag(V)))
  say(case, "covariance", paste(names[1], names[m + 1]), V[1, m + 1])
  say(case, "log_likelihood", "", as.numeric(logLik(a)))
  null <- clm(as.formula(if (is.null(offset)) "Y ~ 1" else paste0("Y ~ offset(", offset, ")")), data = d, control = clm.control(gradTol = 1e-12))
  say(case, "null_log_likelihood", "", as.numeric(logLik(null)))
  say(case, "n", "", nrow(d))
  X <- as.matrix(d[terms]); Z <- cbind(1, X); y <- as.integer(d$Y); n <- length(y)
  o <- if (is.null(offset)) rep(0, n) else d[[offset]]
  # Scores of records; those of estfun do not sum to 0 where there is an offset, so they are only compared where there is none.
  z <- c(-Inf, a$alpha, Inf); e <- o + drop(X %*% a$beta); pr <- plogis(z[y + 1] - e) - plogis(z[y] - e)
  above <- dlogis(z[y + 1] - e) / pr; below <- dlogis(z[y] - e) / pr
  s <- cbind(sapply(1:m, function(j) (y == j) * above - (y == j + 1) * below), -X * (above - below))
  stopifnot(max(abs(colSums(s))) < 1e-6, !is.null(offset) || max(abs(s - estfun(a))) < 1e-8)
  se <- function(meat) sqrt(diag(V %*% meat %*% V))
  if (is.null(weights)) {
    say(case, "hc0", names, se(crossprod(s)))
    if (!is.null(cluster)) {
      none <- se(crossprod(rowsum(s, d[[cluster]]))); G <- length(unique(d[[cluster]]))
      if (is.null(offset)) stopifnot(max(abs(none / sqrt(diag(vcovCL(a, d[[cluster]], type = "HC0", cadjust = FALSE))) - 1)) < 1e-9)
      say(case, "clustered_none", names, none)
      say(case, "clustered_cr1", names, none * sqrt(G / (G - 1)))
    }
  }
  fits <- lapply(1:m, function(j) suppressWarnings(glm.fit(Z, as.numeric(y > j), family = binomial(), offset = o, control = list(epsilon = 1e-15, maxit = 200))))
  if (any(sapply(fits, function(q) max(abs(q$linear.predictors)) > 15))) { say(case, "brant_separated", "", 1); return(invisible()) }
  pi_ <- sapply(fits, function(q) plogis(q$linear.predictors))
  inv <- lapply(1:m, function(j) solve(crossprod(Z, pi_[, j] * (1 - pi_[, j]) * Z)))
  B <- sapply(fits, function(q) q$coefficients[-1]); if (p == 1) B <- matrix(B, 1)
  W <- matrix(0, m * p, m * p)
  for (j in 1:m) for (l in 1:m) {
    lo <- min(j, l); hi <- max(j, l)
    M <- inv[[j]] %*% crossprod(Z, (pi_[, hi] - pi_[, lo] * pi_[, hi]) * Z) %*% inv[[l]]
    W[(j - 1) * p + 1:p, (l - 1) * p + 1:p] <- M[-1, -1]
  }
  test <- function(cols, W) {
    D <- do.call(rbind, lapply(2:m, function(j) { r <- matrix(0, length(cols), m * p); r[cbind(seq_along(cols), cols)] <- -1; r[cbind(seq_along(cols), (j - 1) * p + cols)] <- 1; r }))
    q <- D %*% c(B); c(sum(q * solve(D %*% W %*% t(D), q)), nrow(D))
  }
  report <- function(label, W, G) {
    for (i in 0:p) {
      s <- test(if (i == 0) 1:p else i, W); name <- if (i == 0) "(all)" else terms[i]
      if (G == 0) { say(case, label, name, s[1]); say(case, paste0(label, "_p"), name, pchisq(s[1], s[2], lower.tail = FALSE)) }
      else { F <- s[1] * (G - s[2]) / (s[2] * (G - 1)); say(case, label, name, F); say(case, paste0(label, "_p"), name, pf(F, s[2], G - s[2], lower.tail = FALSE)) }
    }
  }
  report("brant", W, 0)
  for (i in 1:p) say(case, "brant_coefficient", terms[i], B[i, m])
  if (!is.null(cluster)) {
    psi <- do.call(cbind, lapply(1:m, function(j) (as.numeric(y > j) - pi_[, j]) * (Z %*% inv[[j]])[, -1, drop = FALSE]))
    sums <- rowsum(psi, d[[cluster]]); G <- nrow(sums)
    report("brant_clustered", crossprod(sums) * G / (G - 1), G)
  }
}

cat("case,quantity,term,value\n")
w <- data.frame(y = as.integer(wine$rating), temp = as.numeric(wine$temp == "warm"), contact = as.numeric(wine$contact == "yes"), judge = as.integer(wine$judge))
one("wine", w, c("temp", "contact"), cluster = "judge")
h <- data.frame(y = as.integer(housing$Sat), medium = as.numeric(housing$Infl == "Medium"), high = as.numeric(housing$Infl == "High"),
  apartment = as.numeric(housing$Type == "Apartment"), atrium = as.numeric(housing$Type == "Atrium"), terrace = as.numeric(housing$Type == "Terrace"), contact = as.numeric(housing$Cont == "High"), freq = housing$Freq)
one("housing", h, c("medium", "high", "apartment", "atrium", "terrace", "contact"), weights = "freq")
set.seed(19)
n <- 400
m <- data.frame(year = sample(-6:7, n, TRUE), firm = sample(0:1, n, TRUE), org = sample(1:60, n, TRUE), shift = round(rnorm(n), 3))
effect <- rnorm(60)[m$org]
m$y <- findInterval(0.3 * m$year - 0.8 * m$firm + 0.5 * m$shift + effect + rlogis(n), c(-2, 0, 0.5, 2.5))
one("made", m, c("year", "firm"), cluster = "org")
one("made_offset", m, c("year", "firm"), cluster = "org", offset = "shift")
table <- function(case, y, x, weight = 1, cluster = 0, offset = 0) {
  x <- as.matrix(x); all <- matrix(0, nrow(x), 6); all[, seq_len(ncol(x))] <- x
  data.frame(case, y, all, weight, cluster, offset)
}
write.csv(rbind(table("wine", w$y, w[c("temp", "contact")], cluster = w$judge),
                table("housing", h$y, h[c("medium", "high", "apartment", "atrium", "terrace", "contact")], weight = h$freq),
                table("made", m$y, m[c("year", "firm")], cluster = m$org, offset = m$shift)),
          "tests/reference/proportional_odds_data.csv", row.names = FALSE, quote = FALSE)
