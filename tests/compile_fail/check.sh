#!/usr/bin/env bash
# check.sh COMPILER [OPTION...]: whether each NAME.cpp beside this file is refused as it says: see CMakeLists.txt. All of
# them are one source, each within a namespace: what they include is read twice, not twice for each.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
compile=("$@" -std=c++20 -fsyntax-only)
if [[ $("$1" --version) == *clang* ]]; then compile+=(-ferror-limit=0); fi

# What clang++ goes on to say after "call to deleted function".
follow_on="attempt to use a deleted function|in 'compute_divide::(v[0-9_]+::)?mistake::"

together() {
  grep -h '^#include' "$@" | sort -u
  for program; do printf 'namespace of_%s {\n#include "%s"\n}\n' "$(basename "$program" .cpp)" "$program"; done
}
# refused SOURCE: its errors, a file NAME.cpp.errors for each of the programs in it.
refused() {
  local source=$1
  if ! "${compile[@]}" "$source" 2>"$folder/output"; then
    cat "$folder/output"
    echo "error: does not compile without -DFAIL"
    return 1
  fi
  if "${compile[@]}" -DFAIL "$source" 2>"$folder/output"; then
    echo "error: compiles with -DFAIL"
    return 1
  fi
  # An error has the lines that lead to it, and those that explain it; it is of the program that its own line names, or
  # the next of them that names one.
  awk -v folder="$folder" -v together="$folder/together.cpp" -v follow_on="$follow_on" '
    function name_of(text) { return match(text, /compile_fail\/[a-z_0-9]+\.cpp/) ? substr(text, RSTART + 13, RLENGTH - 13) : "" }
    function close_error() {
      if (text == "") return
      if (name == "") name = "unknown"
      printf "%s", text >>(folder "/" name ".errors")
      text = name = ""
    }
    /^In file included from / && index($0, together) { next }  # how the program is included
    /^In file included from |^ +from |: In (function|instantiation|substitution|member function|lambda)|: +required (from|by) / {
      before = before $0 "\n"
      next
    }
    / error: / && $0 !~ follow_on {
      close_error()
      name = name_of($0)
      if (name == "") name = name_of(before)
    }
    { text = text before $0 "\n"; before = "" }
    name == "" { name = name_of($0) }
    END { close_error() }' "$folder/output"
}

failed=0
for program in $(grep -l '^// alone' "$here"/*.cpp); do refused "$program" || failed=1; done
# shellcheck disable=SC2046
together $(grep -L '^// alone' "$here"/*.cpp) >"$folder/together.cpp"
refused "$folder/together.cpp" || failed=1

if [ -f "$folder/unknown.errors" ]; then
  cat "$folder/unknown.errors"
  echo "error: nothing in this error names one of the programs"
  failed=1
fi
for program in "$here"/*.cpp; do
  name=$(basename "$program")
  errors=$folder/$name.errors
  complaint=
  concept=$(sed -n 's|^// does not satisfy: ||p' "$program")
  message=$(sed -n 's|^// is told: ||p' "$program")
  touch "$errors"
  count=$(grep ' error: ' "$errors" | grep -cvE "$follow_on" || true)
  if [ -z "$concept$message" ]; then
    complaint="does not say what it does not satisfy, or is told"
  elif [ "$count" -ne 1 ]; then
    complaint="$count errors, wanted one"
  elif [ -n "$concept" ] &&
      ! grep -qE "(satisfaction of|because) '$concept<|does not satisfy '$concept'" "$errors"; then  # g++, clang++
    complaint="no line says that $concept does not hold"
  elif [ -n "$message" ] && ! head -5 "$errors" | grep -qE "$message"; then
    complaint="the first five lines do not say \"$message\""
  fi
  if [ -n "$complaint" ]; then
    cat "$errors"
    echo "error: $name: $complaint"
    failed=1
  else
    echo "$name: ${concept:+$concept does not hold }$message"
  fi
done
exit $failed
