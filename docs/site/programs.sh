#!/usr/bin/env bash
# Writes docs/programs anew, a page of each program from its --help; with --check says which pages are not what programs
# say. Arguments: [--check] the folder of the programs.
set -euo pipefail
check=
[ "${1:-}" != --check ] || { check=1; shift; }
programs=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=docs/programs
[ -z "$check" ] || { folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; }

{
  echo '# Programs'
  echo
  echo 'Made of what each says on `--help`. All take `--output`, and say what is wrong by how they end: 0; 1 where data cannot be'
  echo 'read or output not be written; 2 where what is asked for is wrong; 3 where there is nothing to report. As pages of the'
  echo 'manual they are installed with the programs ([install](../install.md#to-have-the-programs-elsewhere)); questions they'
  echo 'answer are in [how to](../how-to/README.md).'
  echo
  echo '| program | what |'
  echo '|---|---|'
} >"$folder/README.md"
for source in examples/programs/*.cpp; do
  name=$(basename "$source" .cpp)
  if [ ! -x "$programs/$name" ]; then  # openalex_teams_mpi is there where MPI is
    [ -z "$check" ] || continue
    echo "error: $programs/$name is not built" >&2; exit 1
  fi
  "$programs/$name" --help >"$folder/.help"
  echo "| [$name]($name.md) | $(head -1 "$folder/.help") |" >>"$folder/README.md"
  { echo "# $name"; echo; head -1 "$folder/.help"; echo; echo '```text'; tail -n +2 "$folder/.help"; echo '```'; } >"$folder/$name.md"
done
rm "$folder/.help"
[ -n "$check" ] || exit 0
failed=0
for page in docs/programs/*.md; do
  name=$(basename "$page")
  if [ "$name" = openalex_teams_mpi.md ] && [ ! -f "$folder/$name" ]; then
    grep -v openalex_teams_mpi docs/programs/README.md | diff - "$folder/README.md" >/dev/null && cp docs/programs/README.md "$folder/README.md"
    continue
  fi
  diff "$page" "$folder/$name" >"$folder/.difference" 2>&1 || {
    echo "$page is not what the program says (mend it by: bash docs/site/programs.sh build/release/examples):" >&2
    cat "$folder/.difference" >&2
    failed=1
  }
done
exit $failed
