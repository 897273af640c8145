# SPDX-License-Identifier: BSL-1.0
# Every number with a decimal point to 10 digits: processors that fuse products with sums differ in the last ones.
{
  text = $0
  rounded = ""
  while (match(text, /[0-9]+\.[0-9]+(e[-+]?[0-9]+)?/)) {
    rounded = rounded substr(text, 1, RSTART - 1) sprintf("%.10g", substr(text, RSTART, RLENGTH))
    text = substr(text, RSTART + RLENGTH)
  }
  print rounded text
}
