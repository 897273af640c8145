#!/usr/bin/env bash
# Would the tests notice? Each patch here puts one named bug into the library, wherever its lines are now (apply.awk); the
# test named on its first line must then fail. `run.sh [--apply] FOLDER [NAME...]` works in FOLDER/mutants, on all of them
# or on those named; with --apply it only looks whether each can still be put in. Compiles with CXX (g++), in ccache if
# that is there.
set -euo pipefail
mutants=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$mutants/../.." && pwd)
only_apply=0
[ "${1:-}" != --apply ] || { only_apply=1; shift; }
mkdir -p "${1:?a folder to work in}/mutants"
work=$(cd "$1/mutants" && pwd)
shift
cxx=${CXX:-g++}
compile=("$cxx" -std=c++20 -O0 -I "$source/tests" "-DCOMPUTE_DIVIDE_SOURCE_DIR=\"$source\"" -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS)
! command -v ccache >/dev/null || compile=(ccache "${compile[@]}")
headers=$(cd "$source" && find include -name '*.hpp' | LC_ALL=C sort)

# Succeeds where the mutant is killed: by the test's failure, or by a static_assert in it.
is_killed() {
  local patch=$mutants/$1.patch folder=$work/$1 test
  test=$(sed -n '1s/^killed by: //p' "$patch")
  rm -rf "$folder"
  mkdir "$folder"
  # shellcheck disable=SC2086
  if ! (cd "$source" && awk -f tests/mutants/apply.awk -v into="$folder" "tests/mutants/$1.patch" $headers) >"$folder/log" 2>&1; then
    echo "error: $1: the patch no longer applies: $(cat "$folder/log")"
    return 1
  fi
  cat "$folder/log"
  if [ ! -f "$source/tests/$test.test.cpp" ]; then
    echo "error: $1: there is no test $test"
    return 1
  fi
  [ $only_apply = 0 ] || return 0
  # The headers that the bug is in come before those of the library.
  local libraries=()
  ! grep -q simdjson "$source/include/compute_divide/$test.hpp" 2>/dev/null || libraries+=(-lsimdjson)
  ! grep -q ISA-L "$source/include/compute_divide/$test.hpp" 2>/dev/null || libraries+=(-lisal)
  if ! { "${compile[@]}" -I "$folder/include" -I "$source/include" -c "$source/tests/$test.test.cpp" -o "$folder/test.o" &&
    "$cxx" "$folder/test.o" "$work/test_main.o" "${libraries[@]}" -o "$folder/test"; } >"$folder/log" 2>&1; then
    grep -q 'static assertion failed' "$folder/log" && echo "$1: killed by $test" && return
    echo "error: $1: $test does not compile: $(head -20 "$folder/log")"
    return 1
  fi
  if (cd "$folder" && timeout 60 ./test >log 2>&1); then
    echo "error: $1 survives $test"
    return 1
  fi
  echo "$1: killed by $test"
  rm -f "$folder/test.o" "$folder/test"
}

[ $only_apply = 1 ] || "${compile[@]}" -I "$source/include" -c "$source/tests/test_main.cpp" -o "$work/test_main.o"
[ $# -gt 0 ] || set -- $(basename -s .patch "$mutants"/*.patch)
names=("$@")
every_second_from() {
  local i failed=0
  for ((i = $1; i < ${#names[@]}; i += 2)); do is_killed "${names[i]}" || failed=1; done
  return $failed
}
failed=0
every_second_from 0 &
every_second_from 1 || failed=1
wait $! || failed=1
[ $failed = 1 ] || echo "${#names[@]} mutants: all $([ $only_apply = 1 ] && echo apply || echo killed)"
exit $failed
