#!/usr/bin/env bash
# What packaging/ holds: every version, also that of the inline namespace, is that of include/compute_divide/version.hpp; one
# header made of a module gives what the headers give, without the headers; the recipes of conan and vcpkg are at least
# Python and JSON.
#   packaging.sh CXX
set -euo pipefail
compiler=${1:?a compiler}
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

version=$(sed -nE 's/^#define COMPUTE_DIVIDE_VERSION_(MAJOR|MINOR|PATCH) ([0-9]+)$/\2/p' \
  "$root/include/compute_divide/version.hpp" | paste -sd.)
same() {  # FILE, a sed expression that gives its version, the version that it should be
  local found
  found=$(sed -nE "$2" "$root/$1")
  [ "$found" = "$3" ] || fail "$1 is of version '$found', the library of $3"
}
same packaging/vcpkg/ports/compute-divide/vcpkg.json 's/.*"version-semver": "(.*)".*/\1/p' "$version"
same packaging/debian/changelog '1s/.*\((.*)-[0-9]+\).*/\1/p' "$version"
same examples/embedding/python/setup.py 's/^ *version="(.*)",$/\1/p' "$version"
same examples/embedding/python/compute_divide/__init__.py 's/^__version__ = "(.*)"$/\1/p' "$version"
same examples/embedding/r/DESCRIPTION 's/^Version: (.*)$/\1/p' "$version"
same examples/embedding/postgresql/compute_divide.control "s/^default_version = '(.*)'\$/\1/p" "${version%.*}"
bash "$root/packaging/inline_namespace.sh" --check || fail "headers in the namespace of another version"

for recipe in "$root"/packaging/conan/conanfile.py "$root"/packaging/conan/test_package/conanfile.py; do
  python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' "$recipe" || fail "$recipe is no Python"
done
python3 -m json.tool "$root/packaging/vcpkg/ports/compute-divide/vcpkg.json" >/dev/null || fail "vcpkg.json is no JSON"

single=$root/packaging/single_header.py
python3 "$single" "$folder/shares.hpp" compute_divide/shares/share_by.hpp 2>"$folder/error" && fail "a header that is not there"
grep -q "there is no header compute_divide/shares/share_by.hpp" "$folder/error" || fail "$(cat "$folder/error")"
python3 "$single" "$folder/shares.hpp" compute_divide/shares.hpp
if grep -q '#include <compute_divide' "$folder/shares.hpp"; then fail "one header includes another"; fi
program() { sed "s|<compute_divide/shares.hpp>|$1|" "$root/tests/consumer/main.cpp" >"$folder/main.cpp"; }
program '"shares.hpp"'
"$compiler" -std=c++20 -Wall -Wextra -Werror "$folder/main.cpp" -o "$folder/alone"
program '<compute_divide/shares.hpp>'
"$compiler" -std=c++20 -I"$root/include" "$folder/main.cpp" -o "$folder/many"
[ "$("$folder/alone")" = "$("$folder/many")" ] || fail "one header gives another result"
python3 "$single" "$folder/all.hpp"
echo "version $version everywhere; shares in one header: $(wc -c <"$folder/shares.hpp") bytes, all: $(wc -c <"$folder/all.hpp")"
