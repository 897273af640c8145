#!/usr/bin/env bash
# Installs the package into a library of its own, and compares what R says with what the library itself says, to the last
# bit, and regressions with R's own.
#
#     test.sh            the test
#     test.sh --times    measures the cost of classify beside that of C++, too
#
# CXX and NATIVE are honoured for the native program (../native.sh); R compiles with its own. Ends with 77 where R is not there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
include=$(cd "$here/../../../include" && pwd)
export COMPUTE_DIVIDE_INCLUDE=$include
command -v Rscript >/dev/null || { echo "skipped: apt-get install r-base-core r-cran-cpp11"; exit 77; }
Rscript -e 'quit(status = !requireNamespace("cpp11", quietly = TRUE))' || { echo "skipped: apt-get install r-cran-cpp11"; exit 77; }
[ -n "$(R CMD config CXX20 2>/dev/null)" ] || { echo "skipped: R without C++20"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here" "$work/computedivide"
. "$here/../native.sh"
native_program "$work/native"
mkdir "$work/library"
echo "CXX20 = ${CMAKE_CXX_COMPILER_LAUNCHER:-} $(R CMD config CXX20)" >"$work/Makevars"
R_MAKEVARS_USER=$work/Makevars R CMD INSTALL --no-docs --no-test-load --library="$work/library" "$work/computedivide" >"$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }
R_LIBS=$work/library LC_ALL=C.UTF-8 Rscript "$here/tests/tests.R" "$work/native" "$@"
echo "r: all as expected"
