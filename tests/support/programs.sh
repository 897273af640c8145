# Sourced by the scripts that try whole programs: `source support/programs.sh FOLDER`. They run in a folder of their own,
# which goes when they end, and tell each thing that is wrong: `exit "$failed"`.
set -uo pipefail
programs=$(realpath "${1:?the folder of the programs}")
sources=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
failed=0
fail() {
  echo "FAILED: $*" >&2
  failed=1
}
# must_refuse CODE WORDS COMMAND...: ends with the code, says the words and the name of no function, prints nothing.
must_refuse() {
  local code=$1 words=$2 ended
  shift 2
  timeout 100 "$@" >out 2>said </dev/null
  ended=$?
  [ "$ended" -eq "$code" ] || fail "$* ends with $ended, not $code: $(head -c 300 said)"
  grep -qF -- "$words" said || fail "no '$words' in: $(head -c 300 said) of $*"
  ! grep -q 'compute_divide::' said || fail "$* names a function: $(head -c 300 said)"
  [ ! -s out ] || fail "$* prints: $(head -c 200 out)"
}
