# What `regress` says beside coefficients, as R says it: AIC, BIC, adjusted R2, the condition number of the columns scaled
# to length 1, and average marginal effects, of tests/regress_facts.py (R 4.2, survival 3.5):
#   Rscript tests/reference/regress_facts.R > tests/reference/regress_facts.csv
suppressMessages(library(survival))
folder <- "tests/reference/regression_data/"
condition <- function(fit) {
  w <- if (is.null(fit$family)) 1 else sqrt(fit$weights)
  x <- model.matrix(fit) * w
  kappa(x %*% diag(1 / sqrt(colSums(x^2))), exact = TRUE)
}
births <- read.csv(paste0(folder, "births.csv"))
births$low <- as.numeric(births$low)
grunfeld <- read.csv(paste0(folder, "grunfeld.csv"))
insurance <- read.csv(paste0(folder, "insurance.csv"))
longley <- read.csv(paste0(folder, "longley.csv"))
cat("case,fact,value\n")
row <- function(case, fact, value) cat(case, ",", fact, ",", sprintf("%.15g", value), "\n", sep = "")
of_linear <- function(case, fit) {
  row(case, "aic", AIC(fit)); row(case, "bic", BIC(fit)); row(case, "adjusted_r_squared", summary(fit)$adj.r.squared)
}
fit <- lm(employed ~ deflator + gnp + unemployed + armed + population + year, longley)
of_linear("longley", fit); row("longley", "condition_number", condition(fit))
fit <- lm(inv ~ value * capital, grunfeld)
of_linear("grunfeld", fit); row("grunfeld", "condition_number", condition(fit))
of_linear("grunfeld absorbed", lm(inv ~ value + capital + factor(firm) + factor(year), grunfeld))
of_glm <- function(case, fit, condition_too = TRUE) {
  row(case, "aic", AIC(fit)); row(case, "bic", BIC(fit))
  if (condition_too) row(case, "condition_number", condition(fit))
}
tight <- glm.control(epsilon = 1e-14, maxit = 100)
fit <- glm(low ~ lwt * smoke + ht, binomial, births, control = tight)
of_glm("births logit", fit)
# Average marginal effects: of a number the mean derivative, of a level the mean difference.
b <- coef(fit); mean_p <- function(d) mean(plogis(cbind(1, d$lwt, d$smoke, d$ht, d$lwt * d$smoke) %*% b[c("(Intercept)", "lwt", "smoke", "ht", "lwt:smoke")]))
h <- 1e-5
row("births logit", "effect:lwt", (mean_p(transform(births, lwt = lwt + h)) - mean_p(transform(births, lwt = lwt - h))) / (2 * h))
row("births logit", "effect:ht", (mean_p(transform(births, ht = ht + h)) - mean_p(transform(births, ht = ht - h))) / (2 * h))
births$race <- relevel(factor(births$race), "white")
fit <- glm(low ~ lwt + race, binomial, births, control = tight)
of_race <- function(level) mean(predict(fit, transform(births, race = factor(level, levels(births$race))), type = "response"))
row("births levels", "effect:race:black", of_race("black") - of_race("white"))
fit <- glm(claims ~ factor(district) + log_holders, poisson, insurance, control = tight)
of_glm("insurance", fit)
of_glm("insurance absorbed", glm(claims ~ log_holders + factor(district), poisson, insurance, control = tight), FALSE)
row("insurance absorbed", "log_holders", coef(fit)["log_holders"])
row("insurance absorbed", "effect:log_holders", mean(fitted(fit)) * coef(fit)["log_holders"])
fit <- clogit(low ~ lwt + smoke + ht + strata(age), births, method = "exact", control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100))
row("births conditional", "aic", AIC(fit)); row("births conditional", "lwt", coef(fit)["lwt"])
row("births conditional", "smoke", coef(fit)["smoke"])
