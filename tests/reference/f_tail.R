# SPDX-License-Identifier: BSL-1.0
# Writes f_tail.csv: the probability that an F variable is at least f.
#
#     Rscript f_tail.R > f_tail.csv        (in this directory; R 4.2)
cat("name,f,above,below,p\n")
for (above in c(1, 2, 3, 7, 40, 500))
    for (below in c(0.7, 1, 2, 4, 9, 33, 427, 199994, 1e8))
        for (f in c(0, 1e-6, 0.2, 0.9, 1, 1.3, 4, 20, 300, 1e5)) {
            p <- pf(f, above, below, lower.tail = FALSE)
            if (p > 1e-290) cat(sprintf("pf,%.17g,%g,%.17g,%.17g\n", f, above, below, p))
        }
