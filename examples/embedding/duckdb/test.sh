#!/usr/bin/env bash
# Builds the extension against DuckDB's C extension API, loads it into DuckDB, tests and measures it:
#   bash examples/embedding/duckdb/test.sh [FOLDER]      (build/duckdb)
# DuckDB and its headers come from npm, once, into FOLDER. Without node, npm or a network it says so and exits with 77.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=${1:-$root/build/duckdb}
version=1.4.4
skip() { echo "skipped: $*"; exit 77; }

command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are needed to fetch and run DuckDB"
mkdir -p "$build"
cd "$build"
if [ ! -d node_modules/@duckdb/node-api ]; then
  echo '{"private": true}' >package.json
  npm install --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 --silent "@duckdb/node-api@$version-r.1" >npm.log 2>&1 ||
    skip "npm cannot fetch @duckdb/node-api ($(tail -1 npm.log))"
fi
headers=package/src/duckdb/src/include
if [ ! -f "$headers/duckdb_extension.h" ]; then
  npm pack --fetch-retries 1 --fetch-timeout 60000 --silent "duckdb@$version" >npm.log 2>&1 || skip "npm cannot fetch duckdb ($(tail -1 npm.log))"
  tar xzf "duckdb-$version.tgz" "$headers/duckdb.h" "$headers/duckdb_extension.h"
  rm "duckdb-$version.tgz"
fi

for header in simdjson.h isa-l/igzip_lib.h roaring/roaring.hh; do
  [ -f "/usr/include/$header" ] || skip "read_openalex needs $header: apt-get install libsimdjson-dev libisal-dev libroaring-dev"
done
flags=(-std=c++20 -O2 -fPIC -fvisibility=hidden -Wall -Wextra -I"$root/include" -isystem "$headers")
objects=()
for source in "$here"/{extension,scalars,aggregates,openalex}.cpp; do
  object=$(basename "$source" .cpp).o
  objects+=("$object")
  [ "$object" -nt "$source" ] && [ "$object" -nt "$here/vectors.hpp" ] && [ -z "$(find "$root/include" -newer "$object" -name '*.hpp' -print -quit)" ] ||
    "${CXX:-g++}" "${flags[@]}" -c "$source" -o "$object"
done
"${CXX:-g++}" -shared -Wl,-Bsymbolic "${objects[@]}" -lsimdjson -lisal -o compute_divide.so

# DuckDB wants to know of the file, at its end, for what it was built: eight fields of 32 bytes, the last first, before
# 256 bytes of a signature, which there is none of.
platform=$(node "$here/query.mjs" "" "PRAGMA platform" | tr -d '"[]{}' | sed 's/.*://')
field() { printf '%s' "$1"; head -c $((32 - ${#1})) /dev/zero; }
{
  cat compute_divide.so
  printf '\x00\x93\x04\x10duckdb_signature\x80\x04'
  field ""; field ""; field ""
  field C_STRUCT
  field "$(sed -nE 's/^#define COMPUTE_DIVIDE_VERSION_(MAJOR|MINOR|PATCH) ([0-9]+)$/\2/p' "$root/include/compute_divide/version.hpp" | paste -sd. | sed 's/^/v/')"
  field v1.2.0  # of the C extension API
  field "$platform"
  field 4
  head -c 256 /dev/zero
} >compute_divide.duckdb_extension

node "$here/test.mjs" "$build"
node "$here/readme.mjs" "$build" "$root"

# The other way round: DuckDB's results as Arrow arrays.
library=$(find node_modules/@duckdb -name 'libduckdb.so' -print -quit)
if [ -n "$library" ]; then
  "${CXX:-g++}" -std=c++20 -O1 -Wall -Wextra -I"$root/include" -isystem "$headers" "$here/arrow_of_duckdb.cpp" \
    -o arrow_of_duckdb "$library" -Wl,-rpath,"$PWD/$(dirname "$library")"
  ./arrow_of_duckdb
fi
[ "${SKIP_SPEED:-}" ] || node "$here/speed.mjs" "$build"
