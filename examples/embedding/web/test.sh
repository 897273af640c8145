#!/usr/bin/env bash
# Builds the page and drives it in headless Chromium: what it says is what a program says, to the last digit; errors are
# told, a trap is survived; nothing is said on the console and nothing asked of a network.
#   bash examples/embedding/web/test.sh [FOLDER] [--times]     (build/web); --times: measures beside the program, too
# CXX is honoured for the program; NATIVE: the program, ready-made. Ends with 77 where chromium, node, npm or what build.sh needs is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=$root/build/web times=
for each in "$@"; do
  if [ "$each" = --times ]; then times=--times; else folder=$each; fi
done
for each in "${CHROMIUM:-chromium}" node npm; do
  command -v "$each" >/dev/null || { echo "skipped: there is no $each (apt-get install chromium nodejs npm)"; exit 77; }
done
mkdir -p "$folder"
cd "$folder"
folder=$PWD
if ! [ node_modules/.package-lock.json -nt "$root/tests/browser/package.json" ]; then
  cp "$root/tests/browser/package.json" .
  npm install --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 --silent || { echo "skipped: npm cannot install playwright-core and axe-core"; exit 77; }
fi

# The page's mathematical functions are musl's. Those of glibc differ in last digits: the program takes musl's, too.
musl=$(ls /usr/lib/*-linux-musl/libc.a 2>/dev/null | head -1 || true)
[ -n "$musl" ] || { echo "skipped: apt-get install musl-dev"; exit 77; }
rm -rf math && mkdir math
(
  cd math
  # shellcheck disable=SC2046
  ar x "$musl" $(ar t "$musl" | grep -xE '((a?cos|a?sin|a?tan)h?|atan2|cbrt|erf|exp|exp2|expm1|hypot|log|log10|log1p|log2|pow|(exp|log|log2|pow)_data|__(sin|cos|tan|rem_pio2|rem_pio2_large|math_[a-z]*|expo2))\.lo')
  ${CXX:-g++} -shared ./*.lo -o ../musl_math.so
)

. "$here/sources.sh"
native() {
  local flags=(-std=c++20 -O2 -DFMT_HEADER_ONLY -ffp-contract=off -ffunction-sections -fdata-sections -I"$root/include" -I"$root/examples")
  rm -rf objects && mkdir objects
  for each in "${shared_sources[@]}" embedding/web/native; do
    ${CMAKE_CXX_COMPILER_LAUNCHER:-} ${CXX:-g++} "${flags[@]}" -c "$root/examples/$each.cpp" -o "objects/$(basename "$each").o" || return 1
  done
  ${CXX:-g++} -Wl,--gc-sections objects/*.o -o native
}
if [ -n "${NATIVE:-}" ] && [ ! "$times" ]; then
  cp "$NATIVE" native
else
  native &
fi
bash "$here/build.sh" page.html || exit $?
wait
CHROMIUM=$(command -v "${CHROMIUM:-chromium}") node "$here/test.mjs" "$folder" "$root" $times
