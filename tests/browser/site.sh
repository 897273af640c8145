#!/usr/bin/env bash
# The documentation in a browser. Arguments: the site, a folder for what is installed. Ends with 77 where chromium, node or
# npm is missing.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
site=$(realpath "$1") folder=$2
source "$sources/tests/browser/install.sh"
node "$sources/tests/browser/site.mjs" "$site"
