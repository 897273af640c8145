#!/usr/bin/env bash
# Does the program of a page print what the page says? Arguments: the page, the program.
set -euo pipefail
diff <(awk -v kind=out -f "$(dirname "${BASH_SOURCE[0]}")/page_code.awk" "$1") <("$2") ||
  { echo "error: $1 says otherwise (<) than its program prints (>)" >&2; exit 1; }
