# SPDX-License-Identifier: BSL-1.0
# Writes compare.csv: groups beside each other in the joint fit lm(y ~ g + g:x) of the models of 2023-12-14.
#
#     Rscript compare.R > compare.csv        (in this directory; R 4.2, sandwich 3.0)
#
# QUANTITY/INTERVAL: value, lower, upper at 95 %: slope (a day) and level (2020-01-01) of industry less academia; lag in
# days of academia behind industry on that date, by the delta method and, by root finding, by Fieller's theorem.
suppressMessages(library(sandwich))
models <- read.csv("log_trend_models.csv")
m <- models[models$vintage == "2023-12-14", ]
at <- as.numeric(as.Date("2020-01-01"))
m$x <- as.numeric(as.Date(m$date)) - at
m$y <- log10(m$training_flop)
m$g <- factor(m$team)
groups <- levels(m$g)
joint <- lm(y ~ 0 + g + g:x, m)
b <- coef(joint)
p <- length(b)
unit <- function(name) as.numeric(names(b) == name)
slopes <- unit("gindustry:x") - unit("gacademia:x")
levels_at <- unit("gindustry") - unit("gacademia")
ahead <- unit("gindustry:x")

covariances <- list(classical = vcov(joint), hc1 = vcovHC(joint, "HC1"), hc3 = vcovHC(joint, "HC3"))
# Separate residual variances: the covariances of the groups' own fits side by side.
separate <- matrix(0, p, p)
degrees <- numeric(p)
for (group in groups) {
    own <- lm(y ~ x, m, subset = g == group)
    i <- c(which(names(b) == paste0("g", group)), which(names(b) == paste0("g", group, ":x")))
    separate[i, i] <- vcov(own)
    degrees[i] <- df.residual(own)
}
covariances$separate <- separate

cat("name,value,lower,upper\n")
row <- function(name, ...) {
    cat(name, sprintf("%.17g", c(...)), sep = ",")
    cat("\n")
}
for (kind in names(covariances)) {
    v <- covariances[[kind]]
    quantile_of <- function(u) {
        df <- switch(kind, separate = {
            parts <- sapply(groups, function(group) {
                own <- u * (names(b) %in% paste0("g", group, c("", ":x")))
                c(own %*% v %*% own)
            })
            sum(parts)^2 / sum(parts^2 / sapply(groups, function(group) sum(m$g == group) - 2))
        }, df.residual(joint))
        qt(0.975, df)
    }
    interval <- function(u) {
        value <- sum(u * b)
        value + c(0, -1, 1) * quantile_of(u) * sqrt(c(u %*% v %*% u))
    }
    row(paste0("slope/", kind), interval(slopes))
    row(paste0("level/", kind), interval(levels_at))
    lag <- sum(levels_at * b) / sum(ahead * b)
    gradient <- levels_at / sum(ahead * b) - sum(levels_at * b) / sum(ahead * b)^2 * ahead
    rest <- levels_at - lag * ahead
    q <- quantile_of(rest)
    se <- sqrt(c(gradient %*% v %*% gradient))
    row(paste0("delta lag/", kind), lag + c(0, -1, 1) * q * se)
    excess <- function(r) {
        u <- levels_at - r * ahead
        sum(u * b)^2 - q^2 * c(u %*% v %*% u)
    }
    row(paste0("fieller lag/", kind), lag, uniroot(excess, lag - c(20 * se, 0), tol = 1e-10)$root,
        uniroot(excess, lag + c(0, 20 * se), tol = 1e-10)$root)
}
