#!/usr/bin/env bash
# Compilers, libraries and machines beside those of the other tests: clang++ 19 with libc++ and without RTTI, 32-bit x86, and
# s390x, which is big-endian, under qemu. What is looked at: that all headers that need no further library compile, and that
# states and numbers are the same bytes everywhere (platforms/states.cpp), and load where another machine wrote them.
#   other_compilers.sh [LEG...]     of libc++ i686 s390x; none: all. A leg whose compiler is not there is an error.
# Packages: other_compiler_packages in cmake/install_packages.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
# Where the machine fuses a product and a sum, g++ does so unless told not to: results differ in their last digit then.
flags=(-std=c++20 -ffp-contract=off -Wall -Wextra -Werror -Iinclude)
[ $# -gt 0 ] || set -- libc++ i686 s390x

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
# Of other machines no headers of this one's: Boost alone, which is the same on all.
mkdir "$here/headers" && ln -s /usr/include/boost "$here/headers/boost"

g++ "${flags[@]}" -O0 tests/platforms/states.cpp -o "$here/states"
"$here/states" >"$here/expected"
same_states() { # LEG COMMAND...
  local leg=$1
  shift
  "$@" "$here/expected" >"$here/found" || fail "$leg: states of this machine do not load"
  cmp "$here/found" "$here/expected" || fail "$leg: other bytes"
  "$here/states" "$here/found" >"$here/again" || fail "$leg: its states do not load here"
}
for leg in "$@"; do
  begin=$SECONDS
  case $leg in
    libc++)
      cxx=(clang++-19 -stdlib=libc++ -fno-rtti -Wdeprecated "${flags[@]}")
      "${cxx[@]}" -fsyntax-only -x c++ include/compute_divide/compute_divide.hpp -Wno-pragma-once-outside-header
      "${cxx[@]}" -O0 tests/platforms/states.cpp -o "$here/states.libc++"
      same_states "$leg" "$here/states.libc++"
      ;;
    i686)
      i686-linux-gnu-g++ "${flags[@]}" -msse2 -mfpmath=sse -isystem "$here/headers" -static -O0 tests/platforms/states.cpp \
        -o "$here/states.i686"
      same_states "$leg" "$here/states.i686"
      ;;
    s390x)
      s390x-linux-gnu-g++ "${flags[@]}" -isystem "$here/headers" -static -O0 tests/platforms/states.cpp \
        -o "$here/states.s390x"
      same_states "$leg" qemu-s390x-static "$here/states.s390x"
      ;;
    *) fail "no leg $leg" ;;
  esac
  echo "$leg: as on this machine ($((SECONDS - begin)) s)"
done
