# SPDX-License-Identifier: BSL-1.0
# Writes student_t.csv: the probability that a Student variable is at least as far from 0 as t.
#
#     Rscript student_t.R > student_t.csv        (in this directory; R 4.2)
cat("name,t,degrees,p\n")
for (degrees in c(0.3, 1, 2.5, 7, 30, 199.7, 1e4, 1e6, 1e9))
    for (t in c(0, 1e-9, 0.01, 0.3, 0.999, 1.001, 2, 5, 12, 36, 1e3, 1e7)) {
        p <- 2 * pt(-t, degrees)
        if (p > 1e-290) cat(sprintf("pt,%.17g,%.17g,%.17g\n", t, degrees, p))
    }
