# SPDX-License-Identifier: BSL-1.0
# Writes regression_cases.csv and regression_expected.csv, from regression_data/NAME.csv.
#
#     Rscript regression.R && /usr/bin/python3 regression.py        (in this directory)
#
# R 4.2.2, sandwich 3.0.2, lmtest 0.9.40, plm 2.6.2, estimatr 1.0.0, brglm2 0.9, MASS 7.3.58; regression.py then checks
# what is written here against statsmodels and many-digit arithmetic, and adds to regression_expected.csv.
#
# regression_cases.csv, one model a line; lists are separated by blanks:
#   terms        columns of numbers (year^2: year and its square), then categorical ones (all levels but the base, in
#                alphabetical order), then products (a*b: of each column of a with each of b)
#   categorical  column=base
#   family       linear, logit, firth_logit, poisson, negative_binomial
#   weights, offset, cluster (one or two), absorb (effects): columns. A record with a blank in any column that the model
#                names is missing; one of weight 0 is not used.
# regression_expected.csv: case,covariance,correction,degrees,distribution,quantity,term,value; blank where it does not
# matter.
#   term         (intercept), column, column:level, a^2, a*b, a*column:level; "a b" of a joint test of both,
#                (all) of all but the intercept; of a record its line in the data, the first being 1
#   covariance   classical, hc0 to hc3, clustered; negative_binomial: classical is the inverse expected information of
#                the coefficients for theta as it is (MASS), also in hc0 to clustered; observed_joint is the inverse
#                observed information of coefficients and theta together (statsmodels)
#   correction   of a clustered covariance of G clusters, K = rank and what absorbed effects take: none 1, cr1 G/(G-1),
#                stata G/(G-1) (n-1)/(n-K). Of a two-way one each of the three pieces has its own G (sandwich,
#                vce2way); min_clusters is stata with the smaller G of the two fields in all pieces (reghdfe, fixest).
#   degrees      of absorbed effects in K: all (areg, estimatr), or nested: without effects that are nested in a
#                cluster, but with a constant (reghdfe, fixest). The rest (residual_sd, hc1, ...) is with all.
#   distribution student_t (n - K degrees of freedom, or the smallest G - 1) or standard_normal, of p_value, lower,
#                upper (95 %)
#   quantity     n, n_missing, n_singletons, rank (with absorbed effects), df (n - rank), dependent (1 for a term left
#                out as a combination of those before it, or of the effects), clusters, clusters_2 (G);
#                estimate, standard_error, statistic, p_value, lower, upper;
#                wald_f (on the distribution's degrees of freedom), wald_f_p, wald_chi2, wald_chi2_p;
#                rss, residual_sd, r_squared, adjusted_r_squared, r_squared_within, f_statistic, f_p_value;
#                log_likelihood, null_log_likelihood (of a logit without binomial coefficients; weighted),
#                penalized_log_likelihood, null_penalized_log_likelihood (Firth's), deviance, null_deviance, pearson;
#                prediction (of a record's mean), prediction_se (of it; of logits and counts: of the linear predictor),
#                confidence_lower, confidence_upper, prediction_lower, prediction_upper (of a new record of weight 1);
#                odds_ratio, odds_ratio_se (delta), odds_ratio_lower, odds_ratio_upper (exp of the coefficient's);
#                ame, ame_se, ame_lower, ame_upper: the mean over records (weighted) of the derivative, or for a
#                categorical level of its difference from the base; theta, theta_se (classical: from its own observed
#                information); separated_record, separating_term: see regression.py
suppressMessages({library(sandwich); library(lmtest); library(plm); library(estimatr); library(brglm2); library(MASS)})
options(warn = 1)
tight <- glm.control(epsilon = 1e-15, maxit = 100)
z95 <- qnorm(0.975)
words <- function(text) if (nzchar(text)) strsplit(text, " ")[[1]] else character()
agree <- function(what, a, b, tolerance = 1e-9) {
  error <- max(abs(unname(a) - unname(b)) / pmax(abs(unname(b)), 1e-300))
  if (!is.finite(error) || error > tolerance) message("DISAGREE ", current, " ", what, ": ", signif(error, 3))
}

cases <- data.frame()
out <- file("regression_expected.csv", "w")
writeLines("case,covariance,correction,degrees,distribution,quantity,term,value", out)
current <- ""
emit <- function(quantity, term, value, covariance = "", correction = "", distribution = "",
                 degrees = "") {
  if (length(value) == 0) return(invisible())
  text <- sub("Inf", "inf", sprintf("%.17g", value))
  if (anyNA(value)) stop(current, ": no value of ", quantity)
  writeLines(paste(current, covariance, correction, degrees, distribution, quantity, term, text, sep = ","), out)
}

# The columns of a model: terms as they are named, and the records used.
columns_of <- function(m) {
  data <- read.csv(file.path("regression_data", paste0(m$data, ".csv")), na.strings = "", check.names = FALSE)
  base <- sapply(words(m$categorical), function(text) sub(".*=", "", text))
  names(base) <- sub("=.*", "", words(m$categorical))
  of_term <- strsplit(sub("\\^.*", "", words(m$terms)), "*", fixed = TRUE)
  used <- unique(c(m$response, unlist(of_term), words(m$weights), words(m$offset), words(m$cluster), words(m$absorb)))
  data$record <- seq_len(nrow(data))
  known <- complete.cases(data[used])
  n_missing <- sum(!known)
  data <- data[known, ]
  if (nzchar(m$weights)) data <- data[data[[m$weights]] > 0, ]
  n_singletons <- 0
  repeat {  # effects with one record only
    single <- rep(FALSE, nrow(data))
    for (effect in words(m$absorb)) single <- single | ave(seq_len(nrow(data)), data[[effect]], FUN = length) == 1
    if (!any(single)) break
    n_singletons <- n_singletons + sum(single)
    data <- data[!single, ]
  }
  x <- list()
  of_level <- list()  # for each column its factor, to take differences
  one <- function(name) {
    if (!name %in% names(base)) return(setNames(list(data[[name]]), name))
    levels <- setdiff(sort(unique(data[[name]])), base[[name]])
    setNames(lapply(levels, function(level) as.numeric(data[[name]] == level)), paste0(name, ":", levels))
  }
  for (term in words(m$terms)) {
    if (grepl("^", term, fixed = TRUE)) {
      parts <- strsplit(term, "^", fixed = TRUE)[[1]]
      x[[parts[1]]] <- data[[parts[1]]]
      for (power in 2:as.integer(parts[2])) x[[paste0(parts[1], "^", power)]] <- data[[parts[1]]]^power
    } else if (grepl("*", term, fixed = TRUE)) {
      parts <- strsplit(term, "*", fixed = TRUE)[[1]]
      a <- one(parts[1])
      b <- one(parts[2])
      for (i in names(a)) for (j in names(b)) x[[paste0(i, "*", j)]] <- a[[i]] * b[[j]]
    } else {
      new <- one(term)
      for (i in names(new)) of_level[[i]] <- if (term %in% names(base)) names(new) else character()
      x <- c(x, new)
    }
  }
  if (m$intercept && !nzchar(m$absorb)) x <- c(list("(intercept)" = rep(1, nrow(data))), x)
  list(x = do.call(cbind, x), y = data[[m$response]],
       w = if (nzchar(m$weights)) data[[m$weights]] else rep(1, nrow(data)),
       offset = if (nzchar(m$offset)) data[[m$offset]] else rep(0, nrow(data)), clusters = data[words(m$cluster)],
       effects = data[words(m$absorb)], record = data$record, n_missing = n_missing, n_singletons = n_singletons,
       of_level = of_level)
}

# Fits are of an orthonormal basis z of the columns, since sandwich multiplies out matrices of columns as they are:
# coefficients are T times those of z, their covariance T V T'.
orthonormal <- function(x, centred) {
  n <- colnames(x)
  slopes <- n != "(intercept)"
  mean <- ifelse(slopes & centred, colMeans(x), 0)
  sd <- ifelse(slopes, apply(x, 2, function(column) sqrt(mean((column - mean(column))^2))), 1)
  sd[sd == 0] <- 1
  q <- qr(sweep(sweep(x, 2, mean), 2, sd, "/"), LAPACK = FALSE, tol = 0)
  stopifnot(q$pivot == seq_len(ncol(x)))
  t <- diag(1 / sd, length(n))
  if ("(intercept)" %in% n) t[1, ] <- t[1, ] - ifelse(slopes, mean / sd, 0)
  t <- t %*% backsolve(qr.R(q), diag(length(n)))
  dimnames(t) <- list(n, n)
  z <- qr.Q(q)
  colnames(z) <- n
  list(z = z, t = t, back = function(v) { v <- t %*% v %*% t(t); dimnames(v) <- list(n, n); v })
}

# The clustered covariances with their corrections. k: parameters counted. fit is an lm or glm.
clustered <- function(fit, clusters, n, k, k_nested = NULL) {
  g <- sapply(clusters, function(c) length(unique(c)))
  raw <- function(groups) vcovCL(fit, groups, type = "HC0", cadjust = FALSE)
  none <- raw(clusters)
  cr1 <- vcovCL(fit, clusters, type = "HC0", cadjust = TRUE)
  agree("vcovCL HC1", diag(vcovCL(fit, clusters, type = "HC1")), diag(cr1 * (n - 1) / (n - k)))
  pieces <- if (length(clusters) == 1) raw(clusters) else
    raw(clusters[1]) + raw(clusters[2]) - raw(list(interaction(clusters, drop = TRUE)))
  agree("pieces", diag(pieces), diag(none))
  one <- function(correction, v, degrees = "") list(correction = correction, v = v, degrees = degrees)
  result <- list(one("none", none), one("cr1", cr1))
  for (degrees in if (is.null(k_nested)) "" else c("all", "nested")) {
    factor <- (n - 1) / (n - if (degrees == "nested") k_nested else k)
    result <- c(result, list(one("stata", cr1 * factor, degrees)))
    if (length(clusters) == 2)
      result <- c(result, list(one("min_clusters", none * min(g) / (min(g) - 1) * factor, degrees)))
  }
  result
}

# b' V^-1 b of some terms, in an orthonormal basis of their space: v is of the basis z of s.
wald <- function(s, bz, vz, tested) {
  q <- qr.Q(qr(t(s$t[tested, , drop = FALSE])))
  drop(crossprod(q, bz)) %*% solve(t(q) %*% vz %*% q, drop(crossprod(q, bz)))
}

# Standard errors of a covariance, and what is inferred with them (whole: statistics, intervals, joint tests).
inference <- function(s, bz, vz, covariance, correction, df, distributions = character(), two = NULL, degrees = "") {
  b <- setNames(drop(s$t %*% bz), rownames(s$t))
  se <- sqrt(diag(s$back(vz)))
  for (i in seq_along(b)) emit("standard_error", names(b)[i], se[i], covariance, correction, degrees = degrees)
  for (distribution in distributions) {
    put <- function(quantity, term, value)
      emit(quantity, term, value, covariance, correction, distribution, degrees)
    tail <- if (distribution == "student_t") function(s) 2 * pt(-abs(s), df) else function(s) 2 * pnorm(-abs(s))
    q <- if (distribution == "student_t") qt(0.975, df) else z95
    for (i in seq_along(b)) {
      put("statistic", names(b)[i], b[i] / se[i])
      put("p_value", names(b)[i], tail(b[i] / se[i]))
      put("lower", names(b)[i], b[i] - q * se[i])
      put("upper", names(b)[i], b[i] + q * se[i])
    }
    slopes <- setdiff(names(b), "(intercept)")
    for (tested in list(slopes, two)) if (length(tested) > 1 && (covariance != "clustered" || length(tested) <= df)) {
      name <- if (identical(tested, slopes)) "(all)" else paste(tested, collapse = " ")
      w <- wald(s, bz, vz, tested)
      if (distribution == "student_t") {
        put("wald_f", name, w / length(tested))
        put("wald_f_p", name, pf(w / length(tested), length(tested), df, lower.tail = FALSE))
      } else {
        put("wald_chi2", name, w)
        put("wald_chi2_p", name, pchisq(w, length(tested), lower.tail = FALSE))
      }
    }
  }
  invisible(se)
}

counts_of_clusters <- function(m, c) {
  for (i in seq_along(c$clusters)) emit(c("clusters", "clusters_2")[i], "", length(unique(c$clusters[[i]])))
}

linear <- function(m, c) {
  keep <- colnames(c$x)
  n <- nrow(c$x)
  d <- NULL
  k_nested <- 0
  if (ncol(c$effects) > 0) {
    dummies <- function(effects) do.call(cbind, lapply(effects, function(e) outer(e, unique(e), "==") * 1))
    d <- dummies(c$effects)
    q <- qr(d, tol = 1e-9)
    d <- d[, q$pivot[seq_len(q$rank)], drop = FALSE]
    within <- function(e, g) all(tapply(g, e, function(v) length(unique(v))) == 1)
    nested <- sapply(c$effects, function(e) any(sapply(c$clusters, function(g) within(e, g))))
    rest <- cbind(1, if (any(!nested)) dummies(c$effects[!nested]))
    k_nested <- qr(rest, tol = 1e-9)$rank
    fixest <- 1 + sum(vapply(c$effects[!nested], function(e) length(unique(e)) - 1, 0))
    # fixest counts levels without seeing that countries are determined by firms (but with fixef.force_exact)
    if (fixest != k_nested && m$case != "panel_redundant") message("fixest counts ", fixest, ", not ", k_nested)
  }
  x <- cbind(d, c$x)  # effects before terms: a term that they determine is the dependent one
  rank_of <- qr(x * sqrt(c$w), tol = 1e-11)
  kept <- sort(rank_of$pivot[seq_len(rank_of$rank)])
  if (n <= ncol(c$x)) return()
  for (term in setdiff(keep, colnames(x)[kept])) emit("dependent", term, 1)
  keep <- setdiff(intersect(keep, colnames(x)[kept]), "")
  x <- x[, kept, drop = FALSE]
  if (!is.null(d)) colnames(x)[seq_len(ncol(d))] <- paste0("effect", seq_len(ncol(d)))
  k <- ncol(x)
  emit("rank", "", k)
  y <- c$y
  w <- c$w
  s <- orthonormal(x[, keep, drop = FALSE], m$intercept || !is.null(d))
  z <- if (is.null(d)) s$z else cbind(x[, seq_len(ncol(d))], s$z)
  last <- k - length(keep) + seq_along(keep)
  fit <- lm(y ~ 0 + z, weights = w, tol = 1e-12)
  of_terms <- function(v) v[last, last, drop = FALSE]
  rename <- function(v) s$back(of_terms(v))
  bz <- coef(fit)[last]
  b <- setNames(drop(s$t %*% bz), keep)
  rss <- sum(w * residuals(fit)^2)
  if (rss < 1e-25 * sum(w * y^2)) rss <- 0
  sd <- sqrt(rss / (n - k))
  total <- sum(w * (y - weighted.mean(y, w))^2)
  if (!m$intercept && is.null(d)) total <- sum(w * y^2)
  emit("df", "", n - k)
  if (rss == 0) b <- round(b, 12)
  for (term in keep) emit("estimate", term, b[term])
  emit("rss", "", rss)
  emit("residual_sd", "", sd)
  if (rss == 0) return()
  emit("r_squared", "", 1 - rss / total)
  centred <- m$intercept || !is.null(d)
  emit("adjusted_r_squared", "", 1 - (rss / (n - k)) / (total / (n - centred)))
  emit("log_likelihood", "", as.numeric(logLik(fit)))
  two <- if (length(setdiff(keep, "(intercept)")) > 2) setdiff(keep, "(intercept)")[1:2]
  if (is.null(d)) {
    q <- k - m$intercept
    f <- ((total - rss) / q) / (rss / (n - k))
    if (q > 0) {
      emit("f_statistic", "", f)
      emit("f_p_value", "", pf(f, q, n - k, lower.tail = FALSE))
    }
    if (m$intercept && q > 0) {
      named <- as.data.frame(x[, -1, drop = FALSE])
      standard <- lm(y ~ ., cbind(y = y, named), weights = w, tol = 1e-12)
      of_lm <- summary(standard)
      agree("lm", of_lm$coefficients[, 1], b)
      agree("lm errors", of_lm$coefficients[, 2], sqrt(diag(rename(vcov(fit)))))
      agree("lm R2, F", c(of_lm$r.squared, of_lm$adj.r.squared, of_lm$fstatistic[1], of_lm$sigma),
            c(1 - rss / total, 1 - (rss / (n - k)) / (total / (n - 1)), f, sd))
    }
  } else {
    within <- lm.wfit(x[, seq_len(ncol(d)), drop = FALSE], y, w)
    emit("r_squared_within", "", 1 - rss / sum(w * within$residuals^2))
  }
  full <- vcov(fit)
  determined <- max(hatvalues(fit)) < 1 - 1e-9
  hc <- lapply(setNames(nm = c("HC0", "HC1", if (determined) c("HC2", "HC3"))), function(type) vcovHC(fit, type))
  v <- rename(full)
  inference(s, bz, of_terms(full), "classical", "", n - k, "student_t", two)
  for (type in names(hc))
    inference(s, bz, of_terms(hc[[type]]), tolower(type), "", n - k,
              if (type == "HC3" || (type == "HC1" && !is.null(d))) "student_t", two)
  if (is.null(d) && length(two) > 0 && m$intercept) {
    less <- update(standard, as.formula(paste0(". ~ . - `", two[1], "` - `", two[2], "`")))
    hc3 <- function(f) vcovHC(f, "HC3")
    chi2 <- if (determined) tryCatch(waldtest(standard, less, vcov = hc3, test = "Chisq")$Chisq[2],
                                     error = function(e) NULL)  # it takes no columns of very different size
    if (length(chi2) > 0) agree("waldtest", chi2, wald(s, bz, hc$HC3, two), 1e-7)
  }
  if (length(c$clusters) > 0) {
    counts_of_clusters(m, c)
    g <- min(sapply(c$clusters, function(v) length(unique(v))))
    for (a in clustered(fit, c$clusters, n, k, if (!is.null(d)) length(keep) + k_nested))
      inference(s, bz, of_terms(a$v), "clustered", a$correction, g - 1,
                if (a$correction %in% c("stata", "min_clusters"))
                  c("student_t", if (a$correction == "stata" && a$degrees != "all") "standard_normal"), two, a$degrees)
  }
  # Not for a column of 1e9 beside one of 1: a covariance whose numbers are doubles holds 7 digits of its predictions.
  if (is.null(d) && m$data != "scale") for (i in c(1, n)) {
    at <- z[i, ]
    mean <- sum(at * coef(fit))
    for (kind in c("classical", "hc3")) if (determined) {
      se <- sqrt(drop(at %*% (if (kind == "hc3") hc$HC3 else full) %*% at))
      q <- qt(0.975, n - k)
      put <- function(quantity, value) emit(quantity, c$record[i], value, kind, "", "student_t")
      put("prediction_se", se)
      put("confidence_lower", mean - q * se)
      put("confidence_upper", mean + q * se)
      put("prediction_lower", mean - q * sqrt(sd^2 + se^2))
      put("prediction_upper", mean + q * sqrt(sd^2 + se^2))
      if (kind == "classical" && m$intercept && k > 1) for (wanted in c("confidence", "prediction"))
        agree("predict", suppressWarnings(predict(standard, named[i, , drop = FALSE], interval = wanted))[1, ],
              c(mean, mean - q * sqrt((wanted == "prediction") * sd^2 + se^2),
                mean + q * sqrt((wanted == "prediction") * sd^2 + se^2)), 1e-8)
    }
    emit("prediction", c$record[i], mean)
  }
  if (!is.null(d)) against_packages(c, b, v, keep, n, k, rename, fit, m)
}

# plm's within fits, and estimatr's, of the same records. estimatr counts the levels of effects that are determined by
# others; its clustered errors count all effects (areg), never leaving out nested ones.
against_packages <- function(c, b, v, keep, n, k, rename, fit, m) {
  names <- paste0("x", seq_along(keep))
  data <- data.frame(y = c$y, setNames(as.data.frame(c$x[, keep, drop = FALSE]), names), w = c$w)
  formula <- reformulate(names, "y")
  for (i in seq_along(c$effects)) data[[paste0("effect", i)]] <- factor(c$effects[[i]])
  if (!nzchar(m$weights) && ncol(c$effects) <= 2 && (ncol(c$effects) == 1 || !anyDuplicated(c$effects))) {
    if (ncol(c$effects) == 1) data$effect2 <- ave(seq_len(n), data$effect1, FUN = seq_along)
    within <- plm(formula, pdata.frame(data, c("effect1", "effect2")), model = "within",
                  effect = if (ncol(c$effects) == 1) "individual" else "twoways")
    agree("plm", coef(within), b)
    agree("plm errors", sqrt(diag(vcov(within))), sqrt(diag(v)))
  }
  if (m$case == "panel_redundant") return()
  effects <- as.formula(paste("~", paste0("effect", seq_along(c$effects), collapse = " + ")))
  for (type in c("classical", "HC0", "HC1", "HC2", "HC3")) {
    robust <- eval(bquote(lm_robust(.(formula), data, weights = w, fixed_effects = .(effects), se_type = type)))
    agree(paste("estimatr", type), coef(robust), b, 1e-7)
    agree(paste("estimatr errors", type), robust$std.error,
          sqrt(diag(rename(if (type == "classical") vcov(fit) else vcovHC(fit, type)))), 1e-7)
  }
  if (length(c$clusters) == 1) {
    data$cluster <- c$clusters[[1]]
    robust <- eval(bquote(lm_robust(.(formula), data, weights = w, fixed_effects = .(effects), se_type = "stata",
                                    clusters = cluster)))
    agree("estimatr stata", robust$std.error^2,
          diag(rename(vcovCL(fit, c$clusters, type = "HC0", cadjust = TRUE))) * (n - 1) / (n - k), 1e-7)
  }
}

# Of a fit by maximum likelihood: checks that the score is zero.
at_maximum <- function(x, w, residual, what) {
  score <- abs(crossprod(x, w * residual)) / sqrt(crossprod(x^2, (w * residual)^2))
  if (max(score) > 1e-9) message("SCORE ", current, " ", what, ": ", signif(max(score), 3))
}

# Newton's method on Firth's modified score.
firth_maximum <- function(x, y, w, o, b) {
  for (i in 1:100) {
    mu <- plogis(drop(x %*% b + o))
    information <- crossprod(x, w * mu * (1 - mu) * x)
    leverage <- rowSums(x %*% solve(information) * x) * w * mu * (1 - mu)
    residual <- w * (y - mu) + leverage * (0.5 - mu)
    step <- drop(solve(information, crossprod(x, residual)))
    b <- b + step
    if (max(abs(step)) < 1e-14) break
  }
  at_maximum(x, 1, residual, "Firth")
  log_likelihood <- sum(w * (y * log(mu) + (1 - y) * log1p(-mu)))
  list(b = b, v = solve(information), log_likelihood = log_likelihood,
       penalized = log_likelihood + as.numeric(determinant(information)$modulus) / 2)
}

marginal_effects <- function(c, x, s, bz, vz, covariance, correction) {
  b <- setNames(drop(s$t %*% bz), colnames(x))
  eta <- drop(s$z %*% bz + c$offset)
  weight <- c$w / sum(c$w)
  for (term in setdiff(names(b), "(intercept)")) {
    others <- c$of_level[[term]]
    if (is.null(others)) next  # powers and products
    if (length(others) == 0) {
      ame <- b[term] * sum(weight * dlogis(eta))
      slope <- dlogis(eta) * (1 - 2 * plogis(eta))
      gradient <- b[term] * drop(crossprod(x, weight * slope))
      gradient[term] <- gradient[term] + sum(weight * dlogis(eta))
    } else {
      base <- x
      base[, intersect(others, colnames(x))] <- 0
      level <- base
      level[, term] <- 1
      e1 <- drop(level %*% b + c$offset)
      e0 <- drop(base %*% b + c$offset)
      ame <- sum(weight * (plogis(e1) - plogis(e0)))
      gradient <- drop(crossprod(level, weight * dlogis(e1)) - crossprod(base, weight * dlogis(e0)))
    }
    gradient <- drop(gradient %*% s$t)
    se <- sqrt(drop(gradient %*% vz %*% gradient))
    if (covariance == "classical") emit("ame", term, ame)
    emit("ame_se", term, se, covariance, correction)
    emit("ame_lower", term, ame - z95 * se, covariance, correction, "standard_normal")
    emit("ame_upper", term, ame + z95 * se, covariance, correction, "standard_normal")
  }
}

generalized <- function(m, c) {
  x <- c$x
  q <- qr(x * sqrt(c$w), tol = 1e-11)
  kept <- sort(q$pivot[seq_len(q$rank)])
  if (nrow(x) <= ncol(x)) return()
  for (term in setdiff(colnames(x), colnames(x)[kept])) emit("dependent", term, 1)
  x <- x[, kept, drop = FALSE]
  n <- nrow(x)
  k <- ncol(x)
  y <- c$y
  w <- c$w
  o <- c$offset
  emit("rank", "", k)
  if (m$family == "logit" && m$data %in% c("separated", "quasi", "level", "endometrial")) return()  # see regression.py
  emit("df", "", n - k)
  logit <- m$family %in% c("logit", "firth_logit")
  s <- orthonormal(x, m$intercept)
  z <- s$z
  rename <- s$back
  if (m$family == "logit") fit <- suppressWarnings(glm(y ~ 0 + z, binomial(), weights = w, offset = o, control = tight))
  if (m$family == "poisson")
    fit <- suppressWarnings(glm(y ~ 0 + z, poisson(), weights = w, offset = o, control = tight))
  if (m$family %in% c("logit", "poisson"))  # once more: the covariance is that of the step before the last
    fit <- suppressWarnings(glm(y ~ 0 + z, fit$family, weights = w, offset = o, control = tight, start = coef(fit)))
  if (m$family == "firth_logit")
    fit <- suppressWarnings(glm(y ~ 0 + z, binomial(), weights = w, offset = o, method = "brglmFit", type = "AS_mean",
                                control = brglmControl(epsilon = 1e-13, maxit = 10000, slowit = 1)))
  if (m$family == "negative_binomial") return(negative_binomial(m, c, s, y, w, o, n, k))
  bz <- coef(fit)
  mu <- fitted(fit)
  vz <- vcov(fit)
  if (m$family == "firth_logit") {
    firth <- firth_maximum(z, y, w, o, bz)
    agree("brglm2", firth$b, bz)
    agree("brglm2 errors", sqrt(diag(vz)), sqrt(diag(firth$v)))
    bz <- firth$b
    vz <- firth$v
    emit("log_likelihood", "", firth$log_likelihood)
    emit("penalized_log_likelihood", "", firth$penalized - as.numeric(determinant(s$t)$modulus))
    emit("null_penalized_log_likelihood", "", firth_maximum(matrix(1, n), y, w, o, 0)$penalized)
  } else {
    at_maximum(z, w, y - mu, m$family)
    likelihood <- function(mu)
      sum(w * if (logit) y * log(mu) + (1 - y) * log1p(-mu) else dpois(y, mu, log = TRUE))
    emit("log_likelihood", "", likelihood(mu))
    if (!nzchar(m$weights) && all(y %in% 0:1 | !logit)) agree("logLik", likelihood(mu), as.numeric(logLik(fit)))
    emit("deviance", "", deviance(fit))
    emit("pearson", "", sum(residuals(fit, "pearson")^2))
    if (m$intercept) {
      null <- suppressWarnings(glm(y ~ 1, family = fit$family, weights = w, offset = o, control = tight))
      emit("null_deviance", "", deviance(null))
      emit("null_log_likelihood", "", likelihood(fitted(null)))
    }
  }
  b <- setNames(drop(s$t %*% bz), colnames(x))
  v <- rename(vz)
  for (term in names(b)) emit("estimate", term, b[term])
  two <- if (k > 3) setdiff(names(b), "(intercept)")[1:2]
  others <- function(vz, covariance, correction) {
    if (!logit) return()
    se <- sqrt(diag(rename(vz)))
    for (term in names(b)) {
      if (covariance == "classical") emit("odds_ratio", term, exp(b[term]))
      if (covariance == "classical") emit("odds_ratio_se", term, exp(b[term]) * se[term], covariance, correction)
      emit("odds_ratio_lower", term, exp(b[term] - z95 * se[term]), covariance, correction, "standard_normal")
      emit("odds_ratio_upper", term, exp(b[term] + z95 * se[term]), covariance, correction, "standard_normal")
    }
    marginal_effects(c, x, s, bz, vz, covariance, correction)
  }
  inference(s, bz, vz, "classical", "", n - k, "standard_normal", two)
  others(vz, "classical", "")
  for (i in c(1, n)) {
    eta <- sum(z[i, ] * bz) + o[i]
    se <- sqrt(drop(z[i, ] %*% vz %*% z[i, ]))
    inverse <- if (logit) plogis else exp
    emit("prediction", c$record[i], inverse(eta))
    emit("prediction_se", c$record[i], se, "classical")
    emit("confidence_lower", c$record[i], inverse(eta - z95 * se), "classical", "", "standard_normal")
    emit("confidence_upper", c$record[i], inverse(eta + z95 * se), "classical", "", "standard_normal")
  }
  if (m$family == "firth_logit") return()
  for (type in c("HC0", "HC1")) {
    robust <- vcovHC(fit, type)
    inference(s, bz, robust, tolower(type), "", n - k, if (type == "HC1") "standard_normal", two)
    if (type == "HC1") others(robust, "hc1", "")
  }
  if (length(c$clusters) > 0) {
    counts_of_clusters(m, c)
    g <- min(sapply(c$clusters, function(v) length(unique(v))))
    for (a in clustered(fit, c$clusters, n, k)) {
      inference(s, bz, a$v, "clustered", a$correction, g - 1,
                if (a$correction == "stata") c("standard_normal", "student_t"), two)
      if (a$correction == "stata") others(a$v, "clustered", a$correction)
    }
  }
}

# Newton's method for coefficients and theta together, variance mu + mu^2 / theta: glm.nb stops short of 1e-9.
nb_maximum <- function(x, y, w, o, b, theta) {
  k <- length(b)
  for (i in 1:100) {
    mu <- exp(drop(x %*% b + o))
    score <- c(crossprod(x, w * (y - mu) / (1 + mu / theta)), sum(w * (digamma(y + theta) - digamma(theta) +
      log(theta / (theta + mu)) + 1 - (y + theta) / (theta + mu))))
    information <- rbind(cbind(crossprod(x, w * mu * (1 + y / theta) / (1 + mu / theta)^2 * x),
                               -crossprod(x, w * (y - mu) * mu / (theta + mu)^2)), 0)
    information[k + 1, ] <- c(information[seq_len(k), k + 1], -sum(w * (trigamma(y + theta) - trigamma(theta) +
      1 / theta - 2 / (theta + mu) + (y + theta) / (theta + mu)^2)))
    step <- solve(information, score)
    b <- b + step[seq_len(k)]
    theta <- theta + step[k + 1]
    if (max(abs(step)) < 1e-14 * theta) break
  }
  at_maximum(x, w, (y - mu) / (1 + mu / theta), "negative binomial")
  list(b = b, theta = theta, mu = mu, information = information,
       log_likelihood = sum(w * dnbinom(y, theta, mu = mu, log = TRUE)))
}

negative_binomial <- function(m, c, s, y, w, o, n, k) {
  x <- s$z
  of_terms <- function(b) setNames(drop(s$t %*% b), colnames(x))
  start <- suppressWarnings(glm(y ~ 0 + x, poisson(), weights = w, offset = o, control = tight))
  b <- setNames(coef(start), colnames(x))
  mu <- fitted(start)
  if (sum(w * ((y - mu)^2 - y)) <= 0) {  # the score of 1/theta at 0: the likelihood has its maximum at infinity
    emit("theta", "", Inf)
    for (term in colnames(x)) emit("estimate", term, of_terms(b)[term])
    emit("log_likelihood", "", as.numeric(logLik(start)))
    inference(s, b, vcov(start), "classical", "", n - k, "standard_normal")
    return()
  }
  fit <- suppressWarnings(glm.nb(y ~ 0 + x + offset(o), weights = w,
                                 control = glm.control(epsilon = 1e-14, maxit = 1000)))
  best <- nb_maximum(x, y, w, o, coef(fit), fit$theta)
  agree("glm.nb", c(best$b, best$theta), c(coef(fit), fit$theta), 1e-6)
  b <- setNames(best$b, colnames(x))
  theta <- best$theta
  information <- best$information
  mu <- best$mu
  emit("theta", "", theta)
  emit("theta_se", "", 1 / sqrt(information[k + 1, k + 1]), "classical")
  joint <- solve(information)
  emit("theta_se", "", sqrt(joint[k + 1, k + 1]), "observed_joint")
  emit("log_likelihood", "", best$log_likelihood)
  null <- suppressWarnings(glm.nb(y ~ 1 + offset(o), weights = w))
  emit("null_log_likelihood", "", nb_maximum(matrix(1, n), y, w, o, coef(null), null$theta)$log_likelihood)
  emit("deviance", "", sum(w * 2 * (ifelse(y > 0, y * log(y / mu), 0) - (y + theta) * log((y + theta) / (mu + theta)))))
  emit("pearson", "", sum(w * (y - mu)^2 / (mu + mu^2 / theta)))
  for (term in colnames(x)) emit("estimate", term, of_terms(b)[term])
  two <- if (k > 3) setdiff(names(b), "(intercept)")[1:2]
  bread <- solve(crossprod(x, w * mu / (1 + mu / theta) * x))
  inference(s, b, bread, "classical", "", n - k, "standard_normal", two)
  agree("glm.nb errors", sqrt(diag(vcov(fit))), sqrt(diag(bread)), 1e-6)
  inference(s, b, joint[seq_len(k), seq_len(k)], "observed_joint", "", n - k, "standard_normal")
  scores <- x * (w * (y - mu) / (1 + mu / theta))
  sandwich_of <- function(scores) bread %*% crossprod(scores) %*% bread
  agree("sandwich of glm.nb", sqrt(diag(vcovHC(fit, "HC0"))), sqrt(diag(sandwich_of(scores))), 1e-6)
  inference(s, b, sandwich_of(scores), "hc0", "", n - k)
  inference(s, b, sandwich_of(scores) * n / (n - k), "hc1", "", n - k, "standard_normal", two)
  if (length(c$clusters) == 1) {
    counts_of_clusters(m, c)
    g <- length(unique(c$clusters[[1]]))
    raw <- sandwich_of(rowsum(scores, c$clusters[[1]]))
    agree("vcovCL of glm.nb", sqrt(diag(vcovCL(fit, c$clusters, type = "HC1"))),
          sqrt(diag(raw * g / (g - 1) * (n - 1) / (n - k))), 1e-6)
    inference(s, b, raw, "clustered", "none", g - 1)
    inference(s, b, raw * g / (g - 1), "clustered", "cr1", g - 1)
    inference(s, b, raw * g / (g - 1) * (n - 1) / (n - k), "clustered", "stata", g - 1, "standard_normal", two)
  }
}

case <- function(name, data, family, response, terms, categorical = "", weights = "", offset = "", absorb = "",
                 cluster = "", intercept = TRUE) {
  m <- data.frame(case = name, data, family, response, terms, categorical, weights, offset, absorb, cluster, intercept)
  cases <<- rbind(cases, m)
  current <<- name
  c <- columns_of(m)
  emit("n", "", nrow(c$x))
  emit("n_missing", "", c$n_missing)
  if (nzchar(absorb)) emit("n_singletons", "", c$n_singletons)
  if (family == "linear") linear(m, c) else generalized(m, c)
  invisible()
}

# Linear
case("longley", "longley", "linear", "employed", "deflator gnp unemployed armed population year")
case("cars", "cars", "linear", "mpg", "wt hp qsec", cluster = "maker")
case("cars_kinds", "cars", "linear", "mpg", "wt cyl gear wt*cyl", categorical = "cyl=four gear=g3")
case("cars_base_six", "cars", "linear", "mpg", "wt cyl gear wt*cyl", categorical = "cyl=six gear=g5")
case("cars_level_once", "cars", "linear", "mpg", "wt carb", categorical = "carb=1")
case("cars_crossed", "cars", "linear", "mpg", "cyl gear cyl*gear", categorical = "cyl=four gear=g4")
case("cars_polynomial", "cars", "linear", "mpg", "hp^2 wt am hp*wt", cluster = "cyl")
case("cars_no_intercept", "cars", "linear", "mpg", "wt hp qsec", intercept = FALSE)
case("clusters", "clusters", "linear", "y", "x1 x2", cluster = "cluster")
case("clusters_two_way", "clusters", "linear", "y", "x1 x2 x1*x2", cluster = "cluster year")
case("singleton_cluster", "singleton", "linear", "y", "x", cluster = "cluster")
case("collinear", "collinear", "linear", "y", "x1 x2 x3 flag kind", categorical = "kind=one")
case("collinear_constant", "collinear", "linear", "y", "ones x1 x2")
case("nearly_collinear", "collinear", "linear", "y", "x1 near x2")
case("weighted", "weighted", "linear", "y", "x1 x2", weights = "w", cluster = "cluster")
case("wide", "wide", "linear", "y", "x1 x2 x3 x4 x5 x6 x7 x8")
case("missing", "missing", "linear", "y", "x kind", categorical = "kind=both", weights = "w", cluster = "cluster")
case("missing_unweighted", "missing", "linear", "y", "x kind", categorical = "kind=firm")
case("scale", "scale", "linear", "y", "x1 x2 x3", cluster = "cluster")
case("constant_response", "constant", "linear", "y", "x")
case("constant_term", "constant", "linear", "noisy", "x fixed")
case("shares_linear", "shares", "linear", "share", "terms", weights = "n", cluster = "topic")
# Absorbed effects
case("grunfeld_firm", "grunfeld", "linear", "inv", "value capital", absorb = "firm", cluster = "firm")
case("grunfeld_two_way", "grunfeld", "linear", "inv", "value capital", absorb = "firm year", cluster = "firm year")
case("panel_firm", "panel", "linear", "y", "x1 x2 of_firm", absorb = "firm", cluster = "firm")
case("panel_two_way", "panel", "linear", "y", "x1 x2", absorb = "firm year", cluster = "firm")
case("panel_two_way_weighted", "panel", "linear", "y", "x1 x2", weights = "w", absorb = "firm year", cluster = "field")
case("panel_nested_country", "panel", "linear", "y", "x1 x2", absorb = "firm year", cluster = "country")
case("panel_two_clusters", "panel", "linear", "y", "x1 x2", absorb = "firm year", cluster = "country year")
case("panel_three", "panel", "linear", "y", "x1 x2", absorb = "firm year field", cluster = "country")
case("panel_redundant", "panel", "linear", "y", "x1 x2", absorb = "firm country year", cluster = "field")
case("clusters_absorbed", "clusters", "linear", "y", "x1 x2", absorb = "cluster year", cluster = "cluster")
# Logit
case("births", "births", "logit", "low", "age lwt smoke ht ui race", categorical = "race=white")
case("clusters_logit", "clusters", "logit", "yes", "x1 x2", cluster = "cluster")
case("clusters_logit_two_way", "clusters", "logit", "yes", "x1 x2 x1*x2", cluster = "cluster year")
case("singleton_logit", "singleton", "logit", "yes", "x", cluster = "cluster")
case("collinear_logit", "collinear", "logit", "yes", "x1 x2 x3 ones")
case("weighted_logit", "weighted", "logit", "yes", "x1 x2", weights = "w", cluster = "cluster")
case("missing_logit", "missing", "logit", "yes", "x kind", categorical = "kind=both", cluster = "cluster")
case("admissions", "admissions", "logit", "share", "gender dept", categorical = "gender=male dept=A", weights = "n")
case("shares", "shares", "logit", "share", "terms year", cluster = "topic")
case("shares_weighted", "shares", "logit", "share", "terms", weights = "n", cluster = "topic")
case("rare", "rare", "logit", "yes", "x z")
case("rare_offset", "rare", "logit", "yes", "z", offset = "x")
case("scale_logit", "scale", "logit", "yes", "x1 x2")
case("wide_logit", "wide", "logit", "yes", "x1 x2 x3 x4 x5 x6 x7 x8")
case("endometrial", "endometrial", "logit", "hg", "nv pi eh")
case("separated", "separated", "logit", "yes", "x z")
case("quasi", "quasi", "logit", "yes", "x z")
case("level", "level", "logit", "yes", "kind z", categorical = "kind=a")
# Firth
case("endometrial_firth", "endometrial", "firth_logit", "hg", "nv pi eh")
case("separated_firth", "separated", "firth_logit", "yes", "x z")
case("quasi_firth", "quasi", "firth_logit", "yes", "x z")
case("level_firth", "level", "firth_logit", "yes", "kind z", categorical = "kind=a")
case("rare_firth", "rare", "firth_logit", "yes", "x z")
case("births_firth", "births", "firth_logit", "low", "age lwt smoke ht ui race", categorical = "race=white")
case("admissions_firth", "admissions", "firth_logit", "share", "gender dept", categorical = "gender=male dept=A",
     weights = "n")
# Counts
case("insurance", "insurance", "poisson", "claims", "district group age", categorical = "district=d1 group=e1 age=a1",
     offset = "log_holders")
case("clusters_poisson", "clusters", "poisson", "papers", "x1 x2", cluster = "cluster")
case("clusters_poisson_two_way", "clusters", "poisson", "papers", "x1 x2 x1*x2", cluster = "cluster year")
case("counts_poisson", "counts", "poisson", "papers", "x1 x2", offset = "log_exposure", cluster = "cluster")
case("counts_poisson_weighted", "counts", "poisson", "papers", "x1 x2", weights = "w", offset = "log_exposure",
     cluster = "cluster")
case("collinear_poisson", "collinear", "poisson", "papers", "x1 x2 x3 ones")
case("missing_poisson", "missing", "poisson", "papers", "x kind", categorical = "kind=both", weights = "w",
     cluster = "cluster")
case("even_poisson", "even_counts", "poisson", "papers", "x")
case("quine", "quine", "negative_binomial", "days", "eth sex age lrn", categorical = "eth=A sex=F age=F0 lrn=AL")
case("counts", "counts", "negative_binomial", "papers", "x1 x2", offset = "log_exposure", cluster = "cluster")
case("counts_weighted", "counts", "negative_binomial", "papers", "x1 x2", weights = "w", offset = "log_exposure")
case("clusters_negative_binomial", "clusters", "negative_binomial", "papers", "x1 x2 x1*x2", cluster = "cluster")
case("even_negative_binomial", "even_counts", "negative_binomial", "papers", "x")

close(out)
cases$intercept <- as.integer(cases$intercept)
write.csv(cases, "regression_cases.csv", row.names = FALSE, quote = FALSE)
