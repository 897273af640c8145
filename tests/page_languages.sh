#!/usr/bin/env bash
# Do blocks of R and of Python of a page print what the page says in its blocks `out R` and `out Python`? Argument: the page.
# A language that is not there, or lacks a package, is passed over; ends with 77 where neither is there.
set -euo pipefail
page=$(realpath "$1")
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$tests/../examples/data" "$folder/data"
cd "$folder"
block() { awk -v kind="$1" -f "$tests/page_code.awk" "$page"; }
ran=0 failed=0
compare() { # LANGUAGE COMMAND...
  local language=$1
  shift
  "$@" >printed || { echo "error: $page: $language ends with an error"; failed=1; return 0; }
  ran=1
  diff -Z <(block "out $language") printed || { echo "error: $page says otherwise (<) than $language prints (>)"; failed=1; }
}
block r >code.R
block python >code.py
if Rscript -e 'library(sandwich)' >/dev/null 2>&1; then compare R Rscript code.R; else echo "passed over: R (r-base-core r-cran-sandwich)"; fi
python=/usr/bin/python3
if $python -c 'import pandas, statsmodels.api' 2>/dev/null; then compare Python $python code.py; else echo "passed over: Python (python3-statsmodels)"; fi
[ $failed = 0 ] || exit 1
[ $ran = 1 ] || exit 77
