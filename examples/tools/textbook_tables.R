# SPDX-License-Identifier: BSL-1.0
# Writes the two tables of textbooks that the README's regressions are shown on, from R's and plm's copies of them:
#   Rscript examples/tools/textbook_tables.R examples/data
folder <- commandArgs(trailingOnly = TRUE)[1]
write <- function(table, name) write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE)

longley <- datasets::longley
names(longley) <- c("gnp_deflator", "gnp", "unemployed", "armed_forces", "population", "year", "employed")
write(longley, "longley.csv")

data("Grunfeld", package = "plm")
names(Grunfeld) <- c("firm", "year", "investment", "value", "capital")
write(Grunfeld, "grunfeld.csv")
