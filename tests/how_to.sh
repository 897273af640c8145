#!/usr/bin/env bash
# Runs every command of docs/how-to, and of the other pages that have some, as it stands there, in a folder with the files
# that the page shows. Arguments: the folder of the programs, and pages; all where there are none.
set -uo pipefail
programs=$(realpath "$1")
shift
pages=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../docs/how-to")
PATH=$programs:$PATH
failed=0
[ $# -gt 0 ] || set -- "$pages"/*.md "$pages"/../{tour,coming-from,your-data}.md
for page in "$@"; do
  [ "$(basename "$page")" != README.md ] || continue
  folder=$(mktemp -d)
  ln -s "$pages/../../examples/data" "$folder/data"
  # Blocks are ```csv FILE or ```txt FILE, which make a file, ```sh, which is run, and ```out, which it must print.
  awk -v folder="$folder" '
    /^```(csv|txt) / { file = folder "/" $2; next }
    /^```sh$/ { file = folder "/.command"; ran = 1; next }
    /^```out$/ { file = folder "/.expected"; next }
    /^```$/ { file = ""; next }
    file != "" { print > file }
    END { exit ran ? 0 : 1 }' "$page" || { echo "FAILED: $page has no command" >&2; failed=1; continue; }
  if ! (cd "$folder" && bash -euo pipefail .command >.out 2>.said); then
    echo "FAILED: $page: $(cat "$folder/.said")" >&2
    failed=1
  elif [ -f "$folder/.expected" ] && ! diff "$folder/.expected" "$folder/.out" >"$folder/.difference"; then
    echo "FAILED: $page prints something else:" >&2
    cat "$folder/.difference" >&2
    failed=1
  elif [ ! -s "$folder/.out" ]; then
    echo "FAILED: $page prints nothing" >&2
    failed=1
  fi
  rm -rf "$folder"
done
exit "$failed"
