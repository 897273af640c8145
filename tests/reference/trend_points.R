# SPDX-License-Identifier: BSL-1.0
# The samples of tests/support/trend_points.hpp.
trend_points <- function(kind, n) {
  i <- seq_len(n) - 1
  if (kind == "scattered") {
    x <- (i * 7919) %% 10007 / 16
    y <- x / 4 + (i * i * 31 + 17 * i) %% 1013 / 8
  } else if (kind == "ties") {
    x <- (i * 37) %% 12
    y <- (i * i * 7 + 3 * i) %% 5 + x %/% 3
  } else {
    x <- 2010 + i / 8
    y <- ifelse(i %% 19 == 4, 100, x / 2 + ((i %/% 6) %% 4 * 3 + (i * i * 5) %% 11 / 4))
  }
  data.frame(x = x, y = y)[order(x, y), ]
}
