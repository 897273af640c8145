# SPDX-License-Identifier: BSL-1.0
# What is not known (NA, NaN) is counted as missing. Results have no number without its interval, level, method, n and
# status. What cannot be is an error that names it.

labels_of <- function(x) if (is.null(x)) NULL else enc2utf8(as.character(x))
rows_of <- function(columns) structure(columns, class = "data.frame", row.names = .set_row_names(length(columns[[1]])))
states_of <- function(states) if (is.raw(states)) list(states) else as.list(states)

# Shares: of independent records, or of those that depend on each other within a cluster.
share <- function(yes, cluster = NULL, level = 0.95, interval = "wilson")
  share_result(share_state(yes, cluster), level, interval)
share_state <- function(yes, cluster = NULL) {
  if (!is.logical(yes)) stop("share: TRUE, FALSE or NA is required, got ", class(yes)[1])
  cd_share_state(yes, labels_of(cluster))
}
share_merge <- function(states) cd_share_merge(states_of(states))
share_result <- function(state, level = 0.95, interval = "wilson") cd_share_result(state, as.double(level), interval)

# Growth in time: by Date, POSIXct or decimal years.
log_trend <- function(date, value, cluster = NULL, level = 0.95)
  log_trend_result(log_trend_state(date, value, cluster), level)
log_trend_state <- function(date, value, cluster = NULL) {
  unit <- if (inherits(date, "Date")) "days" else if (inherits(date, "POSIXct")) "seconds" else "years"
  if (unit == "years" && !is.numeric(date)) stop("log_trend: dates or decimal years are required, got ", class(date)[1])
  if (!is.numeric(value)) stop("log_trend: numbers are required, got ", class(value)[1])
  cd_log_trend_state(as.double(unclass(date)), unit, as.double(value), labels_of(cluster))
}
log_trend_merge <- function(states) cd_log_trend_merge(states_of(states))
log_trend_result <- function(state, level = 0.95) cd_log_trend_result(state, as.double(level))

# How concentrated amounts are over owners: hhi, gini, effective_owners, ...
concentration <- function(owner, amount, level = 0.95) cd_concentration(labels_of(owner), as.double(amount), as.double(level))

# Affiliations: a row for each text, with its first institution; a row for each institution; the kind of a team, of an
# affiliation for each author. On `threads` threads, 0 for as many as the machine has; the rows do not depend on it.
classify <- function(affiliation, threads = 0) rows_of(cd_classify(labels_of(affiliation), as.integer(threads)))
institutions <- function(affiliation, threads = 0) rows_of(cd_institutions(labels_of(affiliation), as.integer(threads)))
team_of <- function(affiliations) cd_team_of(labels_of(affiliations))

# A row for each use of hardware that a text tells of.
read_hardware <- function(text) rows_of(cd_read_hardware(labels_of(text)))

# A regression by a formula of columns, "linear" or "logit"; errors clustered by one or two columns, effects absorbed.
regress <- function(formula, data, cluster = NULL, absorb = NULL, family = "linear", level = 0.95) {
  response <- eval(formula[[2]], data, environment(formula))
  terms <- stats::terms(formula, data = data)
  names <- attr(terms, "term.labels")
  if (attr(terms, "intercept") != 1 || !is.null(attr(terms, "offset")) || any(attr(terms, "order") != 1))
    stop("regress: a sum of columns with an intercept is required, got ", deparse(formula))
  columns <- lapply(names, function(name) {
    column <- eval(str2lang(name), data, environment(formula))
    if (!is.numeric(column) && !is.logical(column)) stop("regress: ", name, " is no column of numbers")
    as.double(column)
  })
  fields <- function(given) lapply(given, function(name) {
    if (is.null(data[[name]])) stop("regress: there is no column ", name)
    labels_of(data[[name]])
  })
  fit <- cd_regress(as.double(response), stats::setNames(columns, names), fields(cluster), fields(absorb), family, as.double(level))
  fit$terms <- rows_of(fit$terms)
  fit
}
