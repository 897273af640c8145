#!/usr/bin/env bash
# One HTML file with the library as WebAssembly, which asks no network for anything:
#   bash examples/embedding/web/build.sh OUT.html
# CXX_WASM (clang++-19) and OPTIMISE (-O2) are honoured. Ends with 77 where what is needed is not there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
[ $# = 1 ] || { echo "usage: build.sh OUT.html" >&2; exit 2; }
out=$1
cxx=${CXX_WASM:-clang++-19}
skip() { echo "skipped: $*: apt-get install clang-19 lld-19 libc++-19-dev-wasm32 libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32 wasi-libc libboost-dev libfmt-dev"; exit 77; }
command -v "$cxx" >/dev/null || skip "there is no $cxx"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Of this machine's headers those alone that are the same on all; in one place, which a compiler cache knows again.
headers=$root/build/headers_of_all
mkdir -p "$headers"
for each in boost fmt; do
  [ -d "/usr/include/$each" ] || skip "there is no /usr/include/$each"
  ln -sfn "/usr/include/$each" "$headers/$each"
done
target=(--target=wasm32-wasi "${OPTIMISE:--O2}")
flags=("${target[@]}" -std=c++20 -DFMT_HEADER_ONLY -fwasm-exceptions -mbulk-memory -msign-ext -mnontrapping-fptoint
  -ffp-contract=off -fvisibility=hidden -Wall -Wextra -I"$root/include" -I"$root/examples" -isystem "$headers")
echo '#include <vector>' | "$cxx" "${flags[@]}" -fsyntax-only -x c++ - 2>/dev/null || skip "$cxx has no standard library for WebAssembly"

. "$here/sources.sh"
compile() {
  local more=()
  [ "$1" = support/growth_report ] && more=(-mllvm -inline-threshold=500)  # its bootstraps take 0.6 of the time
  ${CMAKE_CXX_COMPILER_LAUNCHER:-} "$cxx" "${flags[@]}" "${more[@]}" -c "$root/examples/$1.cpp" -o "$work/$(basename "$1").o"
}
for each in "${shared_sources[@]}" embedding/web/module embedding/web/exceptions; do
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  compile "$each" &
done
while [ "$(jobs -rp | wc -l)" -gt 0 ]; do wait -n; done
"$cxx" "${target[@]}" -mexec-model=reactor -Wl,--gc-sections,--strip-all,-z,stack-size=1048576,--stack-first \
  "$work"/*.o -o "$work/library.wasm"

gzip -9n "$work/library.wasm"
base64 -w0 "$work/library.wasm.gz" >"$work/library"
{
  sed -n '/@LIBRARY@/q;p' "$here/page.html"
  printf '<script type="text/plain" id="library">'
  cat "$work/library"
  printf '</script>\n<script>\n'
  cat "$here/page.js"
  sed '1,/@SCRIPT@/d' "$here/page.html"
} >"$out"
