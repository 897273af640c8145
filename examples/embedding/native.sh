# Sourced by the tests of other systems: native_program OUT makes the program of native.cpp, which says what the library itself
# says. NATIVE is one that is there already, as ctest has it for all of them; include the folder of the headers.
native_program() {
  if [ -n "${NATIVE:-}" ]; then
    cp "$NATIVE" "$1"
    return
  fi
  ${CMAKE_CXX_COMPILER_LAUNCHER:-} ${CXX:-g++} -std=c++20 -O2 -ffp-contract=off -I"$include" \
    -c "$(dirname "${BASH_SOURCE[0]}")/native.cpp" -o "$1.o"
  ${CXX:-g++} "$1.o" -o "$1"
}
