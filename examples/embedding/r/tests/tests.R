# SPDX-License-Identifier: BSL-1.0
# What R says against what the library itself says: `Rscript tests.R NATIVE`, the program of ../native.cpp.
library(computedivide)
native <- commandArgs(TRUE)[1]
n <- 200000
run <- function(..., input = NULL) system2(native, c(...), stdout = TRUE, input = input)

records <- function(first, last) {
  i <- seq(first, last - 1)
  yes <- ifelse(i %% 97 == 0, NA, (i * 7919) %% 100 < 37)
  value <- ((i * 104729) %% 1000003 + 1) * ((i * 13) %% 5000 + 1)
  value[i %% 89 == 0] <- NA
  list(yes = yes, lab = paste0("lab ", sprintf("%d", as.integer((i * 31) %% 211))), day = as.Date("2010-01-01") + (i * 13) %% 5000,
       value = value)
}
bits <- function(x) if (is.na(x)) "" else paste(format(rev(writeBin(x, raw(), endian = "little"))), collapse = "")
bounds <- function(e) paste(bits(e$value), bits(e$lower), bits(e$upper), sep = "|")
estimate <- function(name, e) paste(name, bounds(e), e$method, e$n, e$n_missing, e$status, sep = "|")
trend <- function(name, g) paste(name, bounds(g$slope), bounds(g$factor), bounds(g$doubling_months), bits(g$r_squared), g$slope$n,
                                 g$slope$n_missing, g$slope$status, sep = "|")
refused <- function(message, call) {
  said <- tryCatch({ force(call); "no error" }, error = conditionMessage)
  if (!grepl(message, said, fixed = TRUE)) stop("expected ", message, ", got ", said)
}
options(scipen = 20)

all <- records(0, n)
expected <- run("results", n)
stopifnot(
  estimate("share", share(all$yes)) == expected[1],
  estimate("clustered share", share(all$yes, all$lab)) == expected[2],
  trend("trend", log_trend(all$day, all$value)) == expected[3],
  trend("clustered trend", log_trend(all$day, all$value, all$lab)) == expected[4],
  estimate("hhi", concentration(all$lab, all$value)$hhi) == expected[5])
cat("ok: the bits of the library\n")

# States travel, between R's processes as between programs.
first <- records(0, n / 2)
second <- records(n / 2, n)
hex <- function(state) paste(format(state), collapse = "")
raw_of <- function(hex) as.raw(strtoi(substring(hex, seq(1, nchar(hex), 2), seq(2, nchar(hex), 2)), 16))
ours <- c(hex(share_state(second$yes, second$lab)), hex(log_trend_state(second$day, second$value)))
stopifnot(identical(run("merge", 0, n / 2, input = ours), expected[2:3]))
theirs <- lapply(run("state", 0, n / 2), raw_of)
stopifnot(
  estimate("clustered share", share_result(share_merge(list(theirs[[1]], share_state(second$yes, second$lab))))) == expected[2],
  trend("trend", log_trend_result(log_trend_merge(list(log_trend_state(second$day, second$value), theirs[[2]])))) == expected[3])
parts <- parallel::mclapply(0:3, function(k) { part <- records(k * n / 4, (k + 1) * n / 4); log_trend_state(part$day, part$value, part$lab) }, mc.cores = 2)
stopifnot(trend("clustered trend", log_trend_result(log_trend_merge(parts))) == expected[4])
cat("ok: states\n")

stopifnot(
  share(logical())$status == "no_data", share(NA)$n_missing == 1, log_trend(numeric(), numeric())$slope$status == "no_data",
  concentration(character(), numeric())$hhi$status == "no_data",
  identical(log_trend(as.POSIXct(all$day), all$value), log_trend(all$day, all$value)),
  identical(share(all$yes, factor(all$lab)), share(all$yes, all$lab)), share(TRUE, level = 0.9)$level == 0.9)
refused("a finite value > 0, got 0", log_trend(2020, 0))
refused("one length", log_trend(2020, c(1, 2)))
refused("a finite date", log_trend(as.Date(Inf, origin = "1970-01-01"), 1))
refused("finite amounts >= 0, got -1", concentration("a", -1))
refused("one of wilson", share(TRUE, interval = "wilsom"))
refused("level", share(TRUE, level = 95))
refused("TRUE, FALSE or NA", share(1))
few <- data.frame(y = c(1, 3, 2, 5, 4), x = 1:5, z = c(2, 1, 4, 3, 6))
for (other in list(y ~ x - 1, y ~ x + offset(z), y ~ x:z, y ~ x * z))
  refused("a sum of columns with an intercept", regress(other, few))
stopifnot(identical(regress(y ~ ., few)$terms, regress(y ~ x + z, few)$terms))
refused("damaged or cut short", share_result(theirs[[1]][-200]))
refused("share_counts", share_result(theirs[[2]]))
cat("ok: errors\n")

texts <- c("FAIR, Menlo Park; Inria Paris", "University of Oxford, Oxford, UK", "asdf qwer", "Universit\u00e9 de Montr\u00e9al")
found <- classify(texts)
na <- function(x) ifelse(is.na(x), "", x)
said <- run("texts", input = enc2utf8(texts))
Encoding(said) <- "UTF-8"
stopifnot(identical(paste(na(found$name), na(found$type), na(found$country), paste0("{", gsub("; ", ",", found$sectors), "}"),
                          vapply(found$confidence, bits, ""), sep = "|"), said))
stopifnot(is.na(classify(NA)$name), identical(institutions(texts)$name[1:2], c("Meta", "Inria")), nrow(institutions("")) == 0,
          team_of(c("MIT", "Google")) == "collaboration", team_of(NA) == "unknown")
latin <- iconv(texts[4], "UTF-8", "latin1")
stopifnot(identical(classify(latin), classify(texts[4])))
refused("threads of 0 or more", classify(texts, threads = -1))
refused("threads of 0 or more", institutions(texts, threads = NA))
many <- rep(c(texts, NA), 300)
stopifnot(identical(classify(many, threads = 4), classify(many, threads = 1)),
          identical(institutions(many, threads = 4), institutions(many, threads = 1)))
hardware <- read_hardware(c(NA, "We trained on 64 nodes with 8 A100s each for 12 days"))
stopifnot(hardware$text == 2, hardware$chip == "NVIDIA A100", hardware$count == 512, hardware$hours == 288, hardware$use == "training")
cat("ok: texts\n")

set.seed(1)
data <- data.frame(x = rnorm(400), z = rnorm(400), group = sample(40, 400, TRUE))
data$y <- 1 + 2 * data$x - data$z + rnorm(400)
data$yes <- rbinom(400, 1, plogis(0.5 + data$x))
near <- function(a, b) isTRUE(all.equal(as.numeric(a), as.numeric(b), tolerance = 1e-8))
ours <- regress(y ~ x + z, data)
theirs <- summary(lm(y ~ x + z, data))
stopifnot(near(ours$terms$estimate, theirs$coefficients[, 1]), near(ours$terms$standard_error, theirs$coefficients[, 2]),
          near(ours$terms$p_value, theirs$coefficients[, 4]), near(ours$r_squared, theirs$r.squared),
          near(cbind(ours$terms$lower, ours$terms$upper), confint(lm(y ~ x + z, data))))
stopifnot(near(regress(y ~ x, data, absorb = "group")$terms$estimate[1], coef(lm(y ~ x + factor(group), data))[2]))
logit <- glm(yes ~ x, binomial, data, control = list(epsilon = 1e-12))
stopifnot(near(regress(yes ~ x, data, family = "logit")$terms$estimate, coef(logit)))
fit <- lm(y ~ x + z, data)
scores <- rowsum(model.matrix(fit) * residuals(fit), data$group)
bread <- solve(crossprod(model.matrix(fit)))
g <- nrow(scores)
sandwich <- bread %*% crossprod(scores) %*% bread * g / (g - 1) * 399 / 397
stopifnot(near(regress(y ~ x + z, data, cluster = "group")$terms$standard_error, sqrt(diag(sandwich))))
refused("no column", regress(y ~ x, data, cluster = "lab"))
refused("one of linear", regress(y ~ x, data, family = "probit"))
refused("family linear", regress(yes ~ x, data, absorb = "group", family = "logit"))
cat("ok: regressions\n")

if ("--times" %in% commandArgs(TRUE)) {
  fields <- c("Computer Science", "Physics", "Electrical Engineering", "Mathematics", "Statistics", "Linguistics", "Biology")
  places <- c("University of Oxford, %d Main Street, Oxford, UK", "Stanford University, %d Main Street, Stanford, CA, USA",
              "Tsinghua University, %d Main Street, Beijing, China", "ETH Zurich, %d Main Street, Switzerland",
              "Google Research, %d Main Street, Mountain View, CA", "Inria, %d Main Street, Paris, France",
              "Acme Robotics Inc., %d Main Street, Boston, MA", "Max Planck Institute for Informatics, %d Main Street, Germany")
  i <- 0:19999
  texts <- paste0("Department of ", fields[i %% 7 + 1], ", ", vapply(i, function(k) sprintf(places[k %% 8 + 1], k), ""))
  ours <- of_one <- theirs <- numeric()
  for (k in 1:4) {
    ours[k] <- system.time(classify(texts))[["elapsed"]] / length(texts) * 1e6
    of_one[k] <- system.time(classify(texts, threads = 1))[["user.self"]] / length(texts) * 1e6
    theirs[k] <- as.numeric(run("rate", input = texts))
  }
  cat(sprintf("classify: %.2f us a text, on one thread %.2f us, native on one thread %.2f us: %.2f and %.2f times\n",
              min(ours), min(of_one), min(theirs), min(ours) / min(theirs), min(of_one) / min(theirs)))
}
