#!/usr/bin/env bash
# Whole programs under ulimit -v, over 60 MB of what is meant to take more memory than honest input does: they end with
# success, what cannot be read counted, or with an error that names it. Arguments: the folder of the programs.
#
# Each program may take what it takes of a line, and beside it what its readers' documentation says (io/csv_reader.hpp,
# io/openalex.hpp): of records of at most 16 MB some 100 MB of CSV and lines, 100 times a work's bytes of OpenAlex.
set -uo pipefail
programs=$(realpath "$1")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
most=60000000
failed=0
fail() {
  echo "FAILED: $*" >&2
  failed=1
}
many() { head -c "$most" /dev/zero | tr '\0' "$1"; }
lines() { yes "$1" | head -c "$most" || true; }
# NAME MEGABYTES CODES COMMAND...: the command's standard input is the caller's.
within() {
  local name=$1 megabytes=$2 codes=$3 code started=$SECONDS
  shift 3
  (ulimit -v $((megabytes * 1024)) && exec timeout 100 "$@" >out 2>said)
  code=$?
  [[ " $codes " == *" $code "* ]] || fail "$name: ${1##*/} ends with $code within $megabytes MB: $(tail -c 300 said)"
  [ "$code" -eq 0 ] || [ -s said ] || fail "$name: ${1##*/} ends with $code and says nothing"
  if grep -q "not enough memory" said; then fail "$name: ${1##*/} needs more than $megabytes MB"; fi
  echo "$name: ${1##*/} within $megabytes MB, code $code, $((SECONDS - started)) s"
}
