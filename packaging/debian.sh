#!/usr/bin/env bash
# Debian's source package of the newest commit, in OUT, and what is built from it: BUILD is source, all (the headers) or any
# (the programs, some minutes). Needs dpkg-dev, debhelper and the packages that packaging/debian/control names.
#   bash packaging/debian.sh OUT [BUILD...]
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
out=${1:?the folder for what is made}
shift
version=$(sed -nE '1s/.*\(([0-9.]+)-[0-9]+\).*/\1/p' "$root/packaging/debian/changelog")
tree=compute-divide-$version
mkdir -p "$out"
out=$(realpath "$out")
git -C "$root" archive --prefix="$tree/" -o "$out/compute-divide_$version.orig.tar.gz" HEAD
rm -rf "${out:?}/$tree"
tar -xzf "$out/compute-divide_$version.orig.tar.gz" -C "$out"
cp -r "$root/packaging/debian" "$out/$tree/debian"
cd "$out/$tree"
for build in "${@:-source}"; do dpkg-buildpackage -us -uc --build="$build"; done
