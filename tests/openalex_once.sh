#!/usr/bin/env bash
# Each work counts once, in its newest version: openalex_teams, and under MPI, where it is there, on a made snapshot whose
# partitions of earlier releases were kept. What is expected is made from the same works without older versions by
# reference/newest_works.py.
#   openalex_once.sh SAMPLE.jsonl.gz OPENALEX_TEAMS [OPENALEX_TEAMS_MPI MPIRUN]
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sample=$(realpath "$1") teams=$(realpath "$2") teams_mpi=${3:+$(realpath "$3")} mpirun=${4:-}
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
must_refuse() { # WORDS COMMAND...
  local words=$1 word
  shift
  "$@" >refused.out 2>said && fail "no error: $*"
  for word in $words; do grep -qF -- "$word" said || fail "no '$word' in: $(cat said)"; done
}
same() { cmp "$1" "$2" || fail "$1 is not $2: $3"; }
left_out() { sed -E 's/"left_out":\{[^}]*\}/"left_out":{}/' "$1"; }
older_versions() { sed -E 's/.*"older_version":([0-9]+).*/\1/' "$1"; }
option=(--json --retracted kept --paratext kept --xpac kept)

python3 "$source_folder/reference/newest_works.py" "$sample" root newest.jsonl 2>expected_older
"$teams" --works newest.jsonl "${option[@]}" >expected.raw
left_out expected.raw >expected.json
for root in root root/data root/data/jsonl root/data/jsonl/works; do
  "$teams" --works "$root" "${option[@]}" >raw 2>said
  left_out raw | cmp - expected.json || fail "$root: not the newest versions"
  [ "$(older_versions raw)" = "$(cat expected_older)" ] || fail "$root: $(older_versions raw) older versions"
done
grep -q 'of no manifest' said || fail "nobody is told of partitions of an earlier release: $(cat said)"
cp raw snapshot.json
for threads in 2 5; do
  "$teams" --works root "${option[@]}" --threads "$threads" --papers-out papers.csv 2>said >raw
  same raw snapshot.json "$threads threads"
  "$teams" --works root "${option[@]}" --papers-out one.csv 2>said >raw
  same papers.csv one.csv "rows of papers on $threads threads"
done
"$teams" --works newest.jsonl "${option[@]}" --papers-out newest.csv >raw
cmp <(sort newest.csv) <(sort papers.csv) || fail "rows are not those of the newest versions"
cat $(find root/data/jsonl/works -name '*.gz' | sort -r) | "$teams" --works - "${option[@]}" | left_out /dev/stdin |
  cmp - expected.json || fail "one stream, newest first"

# States: the newest first gives the same; apart, or the oldest first, is refused.
works=root/data/jsonl/works
mapfile -t dates < <(find "$works" -mindepth 1 -type d | sort -r)
"$teams" --works "${dates[0]}" "${option[@]:1}" --state newest.state
"$teams" --merge newest.state --works "${dates[@]:1}" "${option[@]:1}" --state all.state 2>said
"$teams" --merge all.state "${option[@]}" >raw
same raw snapshot.json "a state and older partitions"
"$teams" --merge newest.state --works root "${option[@]}" 2>said >raw
same raw snapshot.json "a state of the newest, and all"
"$teams" --works "${dates[-1]}" "${option[@]:1}" --state oldest.state
must_refuse "would be counted twice counted apart" "$teams" --merge newest.state oldest.state "${option[@]}"
must_refuse "counted before older versions newest first" \
  "$teams" --merge oldest.state --works root "${option[@]}"

# The manifest.
part=$(find "$works" -name '*.gz' | sort | tail -1)
cp "$part" kept && head -c -1 kept >"$part"
must_refuse "manifest.json another size $(basename "$(dirname "$part")")" "$teams" --works root
rm "$part"
must_refuse "manifest.json not there: $part" "$teams" --works root
"$teams" --works root --manifest ignored "${option[@]}" >raw 2>said || fail "a manifest that is ignored: $(cat said)"
cp kept "$part"
must_refuse "Parquet DuckDB" "$teams" --works root/data/parquet
python3 - "$works/manifest.json" <<'PY'
import json, sys
manifest = json.load(open(sys.argv[1]))
manifest["files"][0]["meta"]["record_count"] += 1
manifest["record_count"] += 1
json.dump(manifest, open(sys.argv[1], "w"))
PY
"$teams" --works root "${option[@]}" >raw 2>said
same raw snapshot.json "a manifest of another number"
grep -q 'works, where the manifest says' said || fail "nobody is told of another number of works"

# A download by the API's command line: a file for each work. And the old layout, with merged ids.
mkdir -p api/works old/data/works/updated_date=2024-01-15 old/data/merged_ids/works
split -l 1 -d -a 4 --additional-suffix .json newest.jsonl api/works/W
"$teams" --works api "${option[@]}" --threads 2 | left_out /dev/stdin | cmp - expected.json || fail "single files"
gzip -c newest.jsonl >old/data/works/updated_date=2024-01-15/part_000.gz
"$teams" --works old "${option[@]}" | left_out /dev/stdin | cmp - expected.json || fail "the old layout"
merged=$(head -1 newest.jsonl | sed -E 's|.*"id": ?"https://openalex.org/(W[0-9]+)".*|\1|')
printf 'merge_date,id,merge_into_id\n2024-01-10,%s,W1\n' "W${merged##*W}" | gzip >old/data/merged_ids/works/2024-01-10.csv.gz
"$teams" --works old "${option[@]}" >raw
grep -q '"merged":1,' raw || fail "a work that was merged counts"

# Hostile: ids of no number, and one that is there twice in a part.
printf '{"id":"https://openalex.org/W%s","publication_year":2020,"authorships":[]}\n' 7 7 8 x 99999999999999999999 \
  18446744073709551615 >hostile.jsonl
"$teams" --works hostile.jsonl "${option[@]}" >raw 2>said
grep -q '"works":3,"left_out":{"older_version":1,.*"skipped":2' raw || fail "hostile ids: $(cat raw)"

[ -n "$teams_mpi" ] || exit 0
source "$source_folder/support/mpi.sh"
on() { # RANKS ARGUMENTS...
  local ranks=$1
  shift
  "${mpi[@]}" -n "$ranks" "$teams_mpi" --works root "${option[@]}" "$@" 2>said
}
for ranks in 1 2 4; do
  on "$ranks" --papers-out mpi.csv >raw
  same raw snapshot.json "$ranks ranks"
  same mpi.csv papers.csv "rows of papers on $ranks ranks"
done
mv "$works" whole && mkdir "$works" && cp -r "whole/$(basename "${dates[0]}")" "$works"
on 2 --checkpoint saved --manifest ignored >raw
rm -r "$works" && mv whole "$works"
on 3 --checkpoint saved >raw
same raw snapshot.json "a checkpoint of the newest partition, and all"
