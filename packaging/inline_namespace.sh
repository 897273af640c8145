#!/usr/bin/env bash
# Everything of the library is in an inline namespace of its version, compute_divide::v0_2, so that objects compiled with two
# versions are never linked as if they were one; nobody writes the name. The version is that of
# include/compute_divide/version.hpp.
#   inline_namespace.sh [--check]    writes it into all headers, and into the programs that write headers; or names those
#                                    that have none or another, and fails
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
number() { sed -nE "s/^#define COMPUTE_DIVIDE_VERSION_$1 ([0-9]+)\$/\1/p" include/compute_divide/version.hpp; }
version=v$(number MAJOR)_$(number MINOR)
as_it_should_be=(sed -E "/using namespace/!s/namespace compute_divide(::inline v[0-9]+_[0-9]+)?(::[a-z_:]+)?( \{|\$|[^a-z_ :.])/namespace compute_divide::inline $version\2\3/")
files=$(grep -rlE 'namespace compute_divide' include examples/tools tests/reference | LC_ALL=C sort)
failed=0
for file in $files; do
  if [ "${1:-}" != --check ]; then
    "${as_it_should_be[@]}" -i "$file"
  elif ! "${as_it_should_be[@]}" "$file" | cmp -s - "$file"; then
    echo "$file is not in compute_divide::$version: bash packaging/inline_namespace.sh" >&2
    failed=1
  fi
done
exit $failed
