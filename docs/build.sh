#!/usr/bin/env bash
# Builds the documentation: bash docs/build.sh [OUT], by default build/site. Open OUT/index.html; it needs no server and no
# network. The report is in it where build/release/examples, or another folder named by PROGRAMS, has its program.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(realpath -m "${1:-$sources/build/site}")
source "$sources/cmake/install_packages.sh"
install_packages "${documentation_packages[@]}"
python=/usr/bin/python3  # Debian's, which has mkdocs-material

if [ -n "$(ls -A "$out" 2>/dev/null)" ] && [ ! -f "$out/.site" ]; then
  echo "error: $out is not empty, and no site made by this; name another folder" >&2
  exit 2
fi
rm -rf "$out"
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SOURCE=$sources OUTPUT=$work doxygen "$sources/docs/site/Doxyfile" 2>"$work/doxygen.log" || { cat "$work/doxygen.log" >&2; exit 1; }
$python "$sources/docs/site/api.py" "$work/xml" --undocumented
$python "$sources/docs/site/api.py" "$work/xml" "$work/pages" "$sources/include"
programs=${PROGRAMS:-$sources/build/release/examples}
[ ! -x "$programs/report" ] || "$programs/report" --out "$work/pages/report.html" >/dev/null
$python "$sources/docs/site/pages.py" "$sources" "$work/pages"
cp -r "$sources/docs/site/theme" "$work/theme"
(cd "$work" && $python -m mkdocs build --quiet --site-dir "$out") >"$work/mkdocs.log" 2>&1 || { cat "$work/mkdocs.log" >&2; exit 1; }
touch "$out/.site"
$python "$sources/docs/site/finish.py" "$out"
echo "the documentation is at $out/index.html"
