# SPDX-License-Identifier: BSL-1.0
# Writes logit_leverage.csv: standard errors of logits by hc2 and hc3, weighted and not.
#
#     Rscript logit_leverage.R        (in this directory; R 4.2.2, sandwich 3.0.2)
suppressMessages(library(sandwich))
tight <- glm.control(epsilon = 1e-15, maxit = 100)
births <- read.csv("regression_data/births.csv")
out <- data.frame()
for (weighted in c(FALSE, TRUE)) {
  w <- if (weighted) births$lwt / 100 else rep(1, nrow(births))
  fit <- suppressWarnings(glm(low ~ age + lwt + smoke, binomial(), births, weights = w, control = tight))
  for (type in c("HC2", "HC3"))
    out <- rbind(out, data.frame(case = paste0(tolower(type), if (weighted) "_weighted" else ""),
                                 t(sqrt(diag(vcovHC(fit, type))))))
}
names(out) <- c("case", "intercept", "age", "lwt", "smoke")
out[-1] <- lapply(out[-1], function(x) sprintf("%.17g", x))
write.csv(out, "logit_leverage.csv", row.names = FALSE, quote = FALSE)
