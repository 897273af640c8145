#!/usr/bin/env bash
# Compilers, libraries and machines beside those of the other tests: clang++ 19 with libc++, without RTTI and with
# -Wdeprecated through a plain -I; 32-bit x86, aarch64 and s390x, which is big-endian, under qemu; Windows, by mingw-w64
# under wine. What is looked at: that all headers that need no further library compile with libc++, whose iterators are
# classes then, and for Windows, there as by a compiler that is neither g++ nor clang++; that states and numbers are the
# same bytes everywhere and load where another machine wrote them (platforms/states.cpp); that platforms/tests.cpp passes.
# `extensions` is this machine without what g++ has beyond C++: platforms/numbers.cpp prints the same.
#   platforms.sh [LEG...]     of libc++ i686 aarch64 s390x windows extensions; none: all. A leg whose compiler is not there fails.
# Packages: platform_packages in cmake/install_packages.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
# Where the machine fuses a product and a sum, g++ does so unless told not to: results differ in their last digit then.
flags=(-std=c++20 -ffp-contract=off -O0 -Wall -Wextra -Werror -Iinclude -Itests "-DCOMPUTE_DIVIDE_SOURCE_DIR=\"$PWD\""
  -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS)
# Of other machines no headers of this one's: Boost and doctest alone, which are the same on all.
mkdir "$here/headers"
ln -s /usr/include/boost /usr/include/doctest "$here/headers"
static=(-isystem "$here/headers" -static)

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
# LEG RUNNER COMPILER...: the runner, or "", starts what the compiler makes.
run_here() {
  local leg=$1 runner=$2
  shift 2
  "$@" "${flags[@]}" tests/platforms/tests.cpp -o "$here/$leg.tests"
  $runner "$here/$leg.tests" >"$here/$leg.log" || fail "$leg: $(cat "$here/$leg.log")"
  "$@" "${flags[@]}" tests/platforms/states.cpp -o "$here/$leg.states"
  $runner "$here/$leg.states" "$here/expected" >"$here/$leg.found" || fail "$leg: states of this machine do not load"
  cmp "$here/$leg.found" "$here/expected" || fail "$leg: other bytes"
  "$here/states" "$here/$leg.found" >"$here/$leg.again" || fail "$leg: its states do not load here"
  echo "$leg: $(sed -nE 's/.*assertions: *([0-9]+) .*/\1/p' "$here/$leg.log") assertions, $(wc -c <"$here/expected") bytes of states as on this machine"
}
libcxx=(clang++-19 -stdlib=libc++ -fno-rtti -Wdeprecated)
# Pointers are not iterators there, as with Microsoft's library.
classes=(-D_LIBCPP_ABI_BOUNDED_ITERATORS -D_LIBCPP_ABI_BOUNDED_ITERATORS_IN_STRING
  -D_LIBCPP_ABI_USE_WRAP_ITER_IN_STD_ARRAY)
windows=(x86_64-w64-mingw32-g++-posix "${static[@]}" -DCOMPUTE_DIVIDE_NO_EXTENSIONS)
# LEG COMPILER...: every header.
headers_compile() {
  local leg=$1
  shift
  "$@" "${flags[@]}" -fsyntax-only -x c++ -include compute_divide/compute_divide.hpp /dev/null || fail "$leg: a header does not compile"
  echo "$leg: all headers compile"
}
extensions_alone() {
  g++ "${flags[@]}" tests/platforms/numbers.cpp -o "$here/numbers"
  g++ "${flags[@]}" -DCOMPUTE_DIVIDE_NO_EXTENSIONS tests/platforms/numbers.cpp -o "$here/plain_numbers"
  "$here/numbers" >"$here/numbers.out"
  "$here/plain_numbers" | diff "$here/numbers.out" - >&2 || fail "other numbers without what g++ has beyond C++"
  echo "extensions: $(wc -l <"$here/numbers.out") numbers are the same without what g++ has beyond C++"
}
run_leg() {
  case $1 in
    libc++) run_here "$1" "" "${libcxx[@]}" ;;
    i686) run_here "$1" qemu-i386-static i686-linux-gnu-g++ -msse2 -mfpmath=sse "${static[@]}" ;;
    aarch64) run_here "$1" qemu-aarch64-static aarch64-linux-gnu-g++ "${static[@]}" ;;
    s390x) run_here "$1" qemu-s390x-static s390x-linux-gnu-g++ "${static[@]}" ;;
    windows)
      export WINEPREFIX=$here/wine WINEDEBUG=-all
      run_here "$1" /usr/lib/wine/wine64 "${windows[@]}" 2>&1 | sed '/^wine: /d'
      /usr/lib/wine/wineserver -k || true # or it writes to the folder for some seconds more
      ;;
    extensions) extensions_alone ;;
    *) fail "no leg $1" ;;
  esac
}

[ $# -gt 0 ] || set -- libc++ i686 aarch64 s390x windows extensions
g++ "${flags[@]}" tests/platforms/states.cpp -o "$here/states"
"$here/states" >"$here/expected"
running=()
# Two at once.
start() {
  while (($(jobs -rp | wc -l) >= 2)); do wait -n || true; done
  ("$@") &
  running+=($!)
}
for leg in "$@"; do
  case $leg in
    libc++) start headers_compile "$leg" "${libcxx[@]}" "${classes[@]}" ;;
    windows) start headers_compile "$leg" "${windows[@]}" ;;
  esac
  start run_leg "$leg"
done
failed=0
for each in "${running[@]}"; do wait "$each" || failed=1; done
exit $failed
