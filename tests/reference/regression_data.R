# SPDX-License-Identifier: BSL-1.0
# Writes the data sets of the regression tests, regression_data/NAME.csv: a blank cell is a missing value.
#
#     Rscript regression_data.R        (in this directory; R 4.2, brglm2 0.9, MASS 7.3, plm 2.6 for their data sets)
#
# Published: longley (Longley 1967, as in R), cars (mtcars; Henderson and Velleman 1981), endometrial (Heinze and
# Schemper 2002), births (Hosmer and Lemeshow 1989, MASS::birthwt), insurance (Baxter, Coutts and Ross 1980,
# MASS::Insurance), quine (Quine 1978, MASS::quine), grunfeld (Grunfeld 1958, plm::Grunfeld), admissions (Bickel, Hammel
# and O'Connell 1975, UCBAdmissions). The others are made up here.
set.seed(6)
write <- function(name, data) write.csv(data, file.path("regression_data", paste0(name, ".csv")), row.names = FALSE,
                                        quote = FALSE, na = "")
logistic <- function(x) 1 / (1 + exp(-x))

write("longley", with(longley, data.frame(employed = Employed, deflator = GNP.deflator, gnp = GNP,
    unemployed = Unemployed, armed = Armed.Forces, population = Population, year = Year)))
write("cars", with(mtcars, data.frame(mpg, wt, hp, qsec, cyl = c("four", "six", "eight")[match(cyl, c(4, 6, 8))],
    gear = paste0("g", gear), am, carb, maker = sub(" .*", "", rownames(mtcars)))))
data(endometrial, package = "brglm2")
write("endometrial", setNames(endometrial, tolower(names(endometrial))))
write("births", with(MASS::birthwt, data.frame(low, age, lwt, race = c("white", "black", "other")[race], smoke, ptl, ht,
    ui)))
write("insurance", with(MASS::Insurance, data.frame(claims = Claims, holders = Holders, log_holders = log(Holders),
    district = paste0("d", District), group = paste0("e", as.integer(Group)), age = paste0("a", as.integer(Age)))))
write("quine", setNames(MASS::quine, tolower(names(MASS::quine))))
data(Grunfeld, package = "plm")
write("grunfeld", with(Grunfeld, data.frame(firm, year, inv, value, capital)))
admissions <- as.data.frame(UCBAdmissions)
admitted <- admissions[admissions$Admit == "Admitted", ]
rejected <- admissions[admissions$Admit == "Rejected", ]
write("admissions", with(admitted, data.frame(share = Freq / (Freq + rejected$Freq), n = Freq + rejected$Freq,
    gender = tolower(Gender), dept = Dept)))

# Clusters of 1 to 60 records, crossed with years: a second clustering, not nested in the first.
sizes <- c(1, 2, 3, 3, 5, 8, 13, 21, 34, 40, 50, 60)
cluster <- rep(seq_along(sizes), sizes)
n <- length(cluster)
effect <- rnorm(length(sizes), sd = 0.8)
year <- 2012 + sample(0:7, n, replace = TRUE)
x1 <- round(rnorm(n) + 0.5 * effect[cluster], 3)
x2 <- round(rexp(n) + 0.1 * (year - 2012), 3)
noise <- effect[cluster] + rnorm(8, sd = 0.3)[year - 2011]
write("clusters", data.frame(y = round(1 + 0.5 * x1 - 0.3 * x2 + noise + rnorm(n) * (0.5 + 0.2 * x2), 3),
    yes = as.integer(runif(n) < logistic(-0.3 + 0.8 * x1 - 0.4 * x2 + noise)),
    papers = rpois(n, exp(0.4 + 0.3 * x1 - 0.2 * x2 + 0.5 * noise)), x1, x2, cluster = paste0("c", cluster), year))

# Five clusters, one of a single record.
cluster <- rep(1:5, c(9, 7, 6, 4, 1))
n <- length(cluster)
x <- round(runif(n, 0, 4), 2)
write("singleton", data.frame(y = round(2 + 0.7 * x + rnorm(5)[cluster] + rnorm(n, sd = 0.5), 3),
    yes = as.integer(runif(n) < logistic(x - 2)), x, cluster = paste0("s", cluster)))

# x3 = 2 x1 - x2 exactly (in binary too), ones is the intercept again, level "both" of kind is flag, near is nearly x1.
n <- 24
x1 <- sample(1:40, n) / 8
x2 <- sample(1:40, n) / 8
flag <- rep(0:1, c(16, 8))
write("collinear", data.frame(y = round(1 + x1 - x2 + rnorm(n), 3), yes = rbinom(n, 1, logistic(x1 - x2)),
    papers = rpois(n, exp(0.2 * x1)), x1, x2, x3 = 2 * x1 - x2, ones = 1, flag,
    kind = rep(c("one", "two", "both"), each = 8), near = round(x1 + rnorm(n) / 128, 4)))

# yes where x > 10, with nothing else to say: complete. Quasi: both answers at x = 5, and yes in all of kind "c".
write("separated", data.frame(yes = rep(0:1, c(12, 8)), x = c(1:12 * 0.75, 10 + 1:8 * 1.5), z = round(rnorm(20), 2)))
x <- c(1, 2, 2.5, 3, 4, 4.5, 5, 5, 5, 5, 6, 7, 7.5, 8, 9, 9.5, 10, 11)
z <- round(rnorm(18), 2)
z[7:10] <- c(-0.5, 0.2, 0.9, 0.4)  # does not tell the four at x = 5 apart
write("quasi", data.frame(yes = c(rep(0, 6), 0, 1, 0, 1, rep(1, 8)), x, z))
kind <- rep(c("a", "b", "c"), c(14, 12, 6))
z <- round(rnorm(32), 2)
yes <- as.integer(runif(32) < logistic(0.8 * z + 0.3 * (kind == "b")))
yes[kind == "c"] <- 1
write("level", data.frame(yes, kind, z))

# Weights over four orders of magnitude, one of them zero.
n <- 40
x1 <- round(rnorm(n), 3)
x2 <- round(runif(n, -2, 5), 3)
w <- signif(10^runif(n, -2, 2), 3)
w[17] <- 0
write("weighted", data.frame(y = round(3 - x1 + 0.4 * x2 + rnorm(n) / sqrt(pmax(w, 0.01)), 4),
    yes = as.integer(runif(n) < logistic(0.5 * x1 - 0.3 * x2)), papers = rpois(n, exp(1 + 0.3 * x1)), x1, x2, w,
    cluster = paste0("k", sample(1:9, n, replace = TRUE))))

# Fewer records than terms.
wide <- as.data.frame(matrix(round(rnorm(6 * 8), 2), 6))
names(wide) <- paste0("x", 1:8)
write("wide", cbind(y = round(rnorm(6), 2), yes = c(0, 1, 0, 1, 1, 0), wide))

# Something missing in each column.
n <- 60
x <- round(rnorm(n), 3)
kind <- sample(c("lab", "firm", "both"), n, replace = TRUE)
missing <- data.frame(y = round(1 + x + (kind == "firm") + rnorm(n), 3), yes = rbinom(n, 1, logistic(x)),
    papers = rpois(n, exp(0.5 * x)), x, kind, w = sample(1:4, n, replace = TRUE) / 2,
    cluster = paste0("m", sample(1:12, n, replace = TRUE)))
missing$y[c(3, 20)] <- missing$yes[c(3, 21)] <- missing$papers[22] <- missing$x[c(5, 20, 33)] <- NA
missing$kind[c(8, 60)] <- missing$w[c(9, 33)] <- missing$cluster[c(11, 40)] <- NA
write("missing", missing)

# Firms (nested in countries) over years and in fields: unbalanced, with firms seen once and a year seen once.
panel <- do.call(rbind, lapply(1:30, function(firm) {
    years <- if (firm %% 10 == 0) sample(2012:2018, 1) else sort(sample(2012:2018, sample(2:7, 1)))
    data.frame(firm, year = years)
}))
panel <- rbind(panel, data.frame(firm = 4, year = 2019))
n <- nrow(panel)
a <- rnorm(30)[panel$firm]
t <- 0.2 * (panel$year - 2015) + rnorm(8, sd = 0.3)[panel$year - 2011]
panel$country <- paste0("k", (panel$firm - 1) %/% 3)
panel$field <- sample(c("vision", "language", "games", "theory"), n, replace = TRUE)
panel$x1 <- round(rnorm(n) + 0.6 * a + 0.5 * t, 3)
panel$x2 <- round(runif(n) + 0.2 * t, 3)
panel$w <- sample(1:5, n, replace = TRUE)
panel$of_firm <- round(rnorm(30), 2)[panel$firm]
panel$y <- round(0.7 * panel$x1 - panel$x2 + a + t + rnorm(n, sd = 0.6), 3)
panel$firm <- paste0("f", panel$firm)
write("panel", panel)

# Columns of very different size, and one far from zero beside its spread.
n <- 50
x1 <- 1e9 + sample(1e4, n)
x2 <- signif(rnorm(n) * 1e-6, 4)
x3 <- signif(exp(rnorm(n, 12)), 5)
write("scale", data.frame(y = round(5 + 1e-4 * (x1 - 1e9) + 3e5 * x2 + 1e-6 * x3 + rnorm(n) / 4, 3),
    yes = as.integer(runif(n) < logistic(3e-4 * (x1 - 1e9 - 5000) + 1e6 * x2)), x1, x2, x3,
    cluster = sample(1:10, n, replace = TRUE)))

# A share a year of each topic with the number of papers behind it; some shares are 0 or 1.
topic <- rep(1:15, each = 8)
year <- rep(2012:2019, 15)
n <- sample(1:60, 120, replace = TRUE)
terms <- round(logistic(rnorm(15)[topic] - 2 + 0.15 * (year - 2012) + rnorm(120, sd = 0.3)), 4)
p <- logistic(1 - 2 * terms - 0.05 * (year - 2012) + rnorm(15, sd = 0.4)[topic])
write("shares", data.frame(topic = paste0("t", topic), year, terms, share = rbinom(120, n, p) / n, n))

# Nine events in 200 records.
n <- 200
x <- round(rnorm(n), 3)
z <- rbinom(n, 1, 0.3)
yes <- rep(0, n)
yes[order(logistic(-2 + 1.2 * x + 0.7 * z) * runif(n), decreasing = TRUE)[1:9]] <- 1
write("rare", data.frame(yes, x, z))

# Counts with an exposure: overdispersed; and as little dispersed as they can be.
n <- 150
x1 <- round(rnorm(n), 3)
x2 <- rbinom(n, 1, 0.4)
exposure <- round(exp(rnorm(n, 2, 0.7)), 2)
write("counts", data.frame(papers = rnbinom(n, size = 1.7, mu = exposure * exp(-0.5 + 0.6 * x1 - 0.4 * x2)), x1, x2,
    exposure, log_exposure = log(exposure), w = sample(1:3, n, replace = TRUE),
    cluster = paste0("u", sample(1:20, n, replace = TRUE))))
x <- 1:40 / 10
write("even_counts", data.frame(papers = round(exp(0.5 + 0.5 * x)), x))

# A response of one value, and a term of one.
x <- round(rnorm(12), 2)
write("constant", data.frame(y = 3.25, zero = 0, one = 1, yes = rep(0:1, 6), papers = rpois(12, 3), x, fixed = 7.1,
    noisy = round(2 * x + rnorm(12), 2)))
