#!/usr/bin/env bash
# Would tests/floors.sh notice? A small house that keeps every rule, then the same house with one rule broken at a time:
# the line that breaks it must be named.
set -euo pipefail
floors=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/floors.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

# file PATH LINE... writes a file of the tree.
file() {
  mkdir -p "$(dirname "$tree/$1")"
  printf '%s\n' "${@:2}" >"$tree/$1"
}
header() {
  local path=include/compute_divide/$1 line lines=()
  for line in "${@:2}"; do
    if [[ $line == *.hpp ]]; then lines+=("#include <compute_divide/$line>"); else lines+=("$line"); fi
  done
  file "$path" "${lines[@]}"
}
house() {
  rm -rf "${tree:?}"/*
  file docs/architecture.md '| floor | module | what |' '|---|---|---|' '| 2 | `trends/` | how fast |' \
    '| 1 | `text/`, `shares/` | words, parts |' '| 0 | the headers beside the folders, and `detail/` | nouns: `dates` |'
  header compute_divide.hpp dates.hpp text.hpp shares.hpp trends.hpp version.hpp
  header version.hpp
  header dates.hpp detail/require.hpp 'struct date {' '};'
  header detail/require.hpp
  header detail/compiler.hpp '#define RESTRICT __restrict'
  header detail/system_files.hpp '#include <unistd.h>'
  header text.hpp text/terms.hpp
  header text/terms.hpp text/detail/words.hpp detail/require.hpp
  header text/detail/words.hpp
  header shares.hpp shares/share.hpp
  header shares/share.hpp dates.hpp 'struct part;' 'struct part {' '};'
  header shares/read.hpp '#include <simdjson.h>'
  header shares/view.hpp '#include <range/v3/view/filter.hpp>'
  header trends.hpp trends/growth.hpp
  header trends/growth.hpp shares/share.hpp text/terms.hpp
  local name
  for name in dates text/terms shares/share shares/read shares/view trends/growth; do
    file "tests/$name.test.cpp" "#include <compute_divide/$name.hpp>"
  done
  file tests/text/detail/words.test.cpp '#include <compute_divide/text/detail/words.hpp>'
  file tests/support/text_words.hpp '#include <compute_divide/text/detail/words.hpp>'
  file examples/first.cpp '#include <compute_divide/trends.hpp>' '#include "support/plot.hpp"'
}
# breaks EXPECTED: the broken house is found out by this one line.
breaks() {
  local said status=0
  said=$(bash "$floors" "$tree") || status=$?
  if [ $status -ne 1 ] || [ "$said" != "$1" ]; then
    printf 'expected: %s\ngot (%d):  %s\n' "$1" "$status" "$said"
    failed=1
  fi
  house
}

house
bash "$floors" "$tree" || failed=1

include=include/compute_divide
header shares/share.hpp dates.hpp trends/growth.hpp
breaks "$include/shares/share.hpp:2: floor 1 (shares/) may not include trends/growth.hpp of floor 2"
header shares/share.hpp text/terms.hpp
breaks "$include/shares/share.hpp:1: floor 1 (shares/) may not include text/terms.hpp of floor 1"
header dates.hpp 'struct date {' '};' shares/share.hpp
breaks "$include/dates.hpp:3: floor 0 may not include shares/share.hpp of floor 1"
header detail/require.hpp text/terms.hpp
breaks "$include/detail/require.hpp:1: floor 0 may not include text/terms.hpp of floor 1"
header text/detail/words.hpp trends/growth.hpp
breaks "$include/text/detail/words.hpp:1: floor 1 (text/) may not include trends/growth.hpp of floor 2"
header trends/growth.hpp text/detail/words.hpp
breaks "$include/trends/growth.hpp:1: text/detail/words.hpp is a detail of text/, which alone may include it"
header trends/growth.hpp shares.hpp
breaks "$include/trends/growth.hpp:1: shares.hpp is for programs; a header includes what it needs"
header trends/growth.hpp '#include "detail/lines.hpp"'
breaks "$include/trends/growth.hpp:1: a header of the library is included as <compute_divide/...>"
header trends/growth.hpp trends/gone.hpp
breaks "$include/trends/growth.hpp:1: trends/gone.hpp does not exist"
header text/terms.hpp 'enum class part;' 'class own;'
header trends/detail/own.hpp 'class own {' '};'
breaks "$include/text/terms.hpp:1: part is of shares/share.hpp: include it instead of declaring it
$include/text/terms.hpp:2: own is of trends/detail/own.hpp: include it instead of declaring it"
header detail/require.hpp 'inline bool likely(bool x) { return __builtin_expect(x, 1); }' '[[gnu::noinline]] void f();'
breaks "$include/detail/require.hpp:1: __builtin_ is for detail/compiler.hpp, with what takes its place elsewhere
$include/detail/require.hpp:2: gnu:: is for detail/compiler.hpp, with what takes its place elsewhere"
header dates.hpp detail/require.hpp 'struct date {' '};' '#include <sys/stat.h>'
breaks "$include/dates.hpp:4: calls of the system are for detail/system_files.hpp"
file examples/first.cpp '#include <compute_divide/text/detail/words.hpp>'
breaks "examples/first.cpp:1: text/detail/words.hpp is a detail of the library"
file benchmarks/b.cpp '#include <vector>' '  #  include <compute_divide/detail/require.hpp>'
breaks "benchmarks/b.cpp:2: detail/require.hpp is a detail of the library"
file tests/shares/share.test.cpp '#include <compute_divide/text/detail/words.hpp>'
breaks "tests/shares/share.test.cpp:1: text/detail/words.hpp is a detail of the library"
header compute_divide.hpp dates.hpp text.hpp shares.hpp version.hpp
breaks "$include/compute_divide.hpp:1: trends/growth.hpp is missing"
header compute_divide.hpp dates.hpp text.hpp shares.hpp trends.hpp version.hpp shares/read.hpp
breaks "$include/compute_divide.hpp:1: shares/read.hpp needs a library that not everybody has"
header text/more.hpp
file tests/text/more.test.cpp
breaks "$include/text.hpp:1: text/more.hpp is missing"
rm "$tree/$include/text.hpp"
header compute_divide.hpp dates.hpp text/terms.hpp shares.hpp trends.hpp version.hpp
breaks "$include/text.hpp:1: does not exist"
header text.hpp text/terms.hpp shares/share.hpp
breaks "$include/text.hpp:2: text.hpp is for the public headers of its module, not shares/share.hpp"
rm "$tree/tests/shares/share.test.cpp"
breaks "$include/shares/share.hpp:1: has no test file tests/shares/share.test.cpp"
header odd/thing.hpp
breaks "$include/odd/thing.hpp:1: odd/ is not in the table of docs/architecture.md"
rm -r "$tree/$include/trends" "$tree/$include/trends.hpp" "$tree/tests/trends" "$tree/examples"
header compute_divide.hpp dates.hpp text.hpp shares.hpp version.hpp
breaks "docs/architecture.md:1: there is no module trends/"
file docs/architecture.md 'no table'
breaks "docs/architecture.md: the table of floors was not found"
[ $failed -eq 0 ] && echo "every broken rule was named"
exit $failed
