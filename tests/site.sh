#!/usr/bin/env bash
# Builds the site of the documents in a folder that is emptied first, without the report, has it checked, and opens it in a
# browser where there is one. Arguments: the folder, one for what the browser needs. Ends with 77 where doxygen or
# mkdocs-material is missing.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$sources/cmake/install_packages.sh"
for package in "${documentation_packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' ||
    { echo "skipped: there is no $package (apt-get install ${documentation_packages[*]})"; exit 77; }
done
PROGRAMS=none bash "$sources/docs/build.sh" "$1"
bash "$sources/tests/browser/site.sh" "$1" "$2" || [ $? -eq 77 ]
