# SPDX-License-Identifier: BSL-1.0
# Within and between topics, written out in R from the table of papers: the shares by topic and year, lm with a column for
# each topic and year, topics' means when those of years are taken out, and unit means beside (Mundlak). Prints
#   estimate by: variation, years, weights      (see examples/expected/topic_variation.out)
#   Rscript tests/reference/topic_variation.R examples/data/venue_papers.csv.gz
d <- read.csv(gzfile(commandArgs(TRUE)[1]), check.names = FALSE, colClasses = "character")
n <- function(x) { v <- suppressWarnings(as.numeric(x)); ifelse(is.na(v), 0, v) }
academia <- n(d$academia) > 0; industry <- n(d$industry) > 0
others <- rowSums(sapply(c("government", "nonprofit", "healthcare", "facility", "other"), function(s) n(d[[s]]))) > 0
known <- academia | industry | others  # a sector beside the first two does not change the kind of a team that has one
say <- function(...) cat(sprintf(...), "\n")
rows <- known & d$text == "title and abstract" & d$topics != ""
y <- as.numeric(academia & !industry); x <- as.numeric(d[["compute terms"]] != "")
topics <- strsplit(d$topics[rows], ";")
i <- rep(which(rows), lengths(topics))
cells <- aggregate(cbind(y = y[i], x = x[i], papers = 1), list(topic = unlist(topics), year = as.integer(d$year[i])), sum)
cells <- cells[cells$papers >= 10, ]
cells$y <- cells$y / cells$papers; cells$x <- cells$x / cells$papers
for (until in c(2021, 2025)) for (weighted in c(FALSE, TRUE)) {
  c1 <- cells[cells$year <= until, ]
  w <- if (weighted) c1$papers else rep(1, nrow(c1))
  fe <- coef(lm(y ~ x + factor(topic) + factor(year), c1, weights = w))["x"]
  mean_by <- function(v, g) ave(w * v, g, FUN = sum) / ave(w, g, FUN = sum)
  yy <- c1$y - mean_by(c1$y, c1$year); xx <- c1$x - mean_by(c1$x, c1$year)
  t <- aggregate(cbind(y = w * yy, x = w * xx, w = w, papers = c1$papers), list(topic = c1$topic), sum)
  between <- coef(lm(I(y / w) ~ I(x / w), t, weights = if (weighted) papers else rep(1, nrow(t))))[2]
  D <- model.matrix(~ factor(c1$year))[, -1]
  M <- apply(cbind(x = c1$x, D), 2, mean_by, g = c1$topic)
  mundlak <- coef(lm(c1$y ~ I(c1$x - M[, 1]) + I(D - M[, -1]) + M, weights = w))["Mx"]
  say("2012-%d, %s: n %d, within %.4f, between %.4f, Mundlak's between %.4f", until,
      if (weighted) "papers" else "none", nrow(c1), fe, between, mundlak)
}
