# SPDX-License-Identifier: BSL-1.0
# The common odds ratio of 2 x 2 x k tables by R's mantelhaen.test, which has the interval of Robins, Breslow and Greenland:
# writes mantel_haenszel.csv beside this file, a stratum a row with what all of its table have in common.
#   Rscript tests/reference/mantel_haenszel.R
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(1)
small <- array(rpois(4 * 12, 2), c(2, 2, 12))
small <- small[, , apply(small, 3, function(t) sum(t) > 1 && all(rowSums(t) > 0) && all(colSums(t) > 0))]
large <- array(1 + rpois(4 * 5, 4000), c(2, 2, 5))
tables <- list(admissions = UCBAdmissions, small = small, large = large, titanic = aperm(apply(Titanic, c(2, 4, 1), sum), 1:3)[, , 1:4],
               matched = array(c(1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0), c(2, 2, 4)))
tables$matched <- tables$matched[, , c(rep(1, 12), rep(3, 5))]
rows <- list()
for (name in names(tables)) {
  t <- tables[[name]]                                    # rows: the groups; columns: success, failure
  for (level in c(0.95, 0.8)) {
    r <- mantelhaen.test(t, correct = FALSE, exact = FALSE, conf.level = level)
    for (k in seq_len(dim(t)[3]))
      rows[[length(rows) + 1]] <- data.frame(table = paste0(name, level), a = t[1, 1, k], b = t[1, 2, k], c = t[2, 1, k], d = t[2, 2, k],
        level = level, odds_ratio = r$estimate[[1]], lower = r$conf.int[1], upper = r$conf.int[2], statistic = r$statistic[[1]], p = r$p.value)
  }
}
out <- do.call(rbind, rows)
for (column in names(out)[-1]) out[[column]] <- format(out[[column]], digits = 17, trim = TRUE, scientific = NA)
write.csv(out, file.path(folder, "mantel_haenszel.csv"), row.names = FALSE, quote = FALSE)
