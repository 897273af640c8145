#!/usr/bin/env bash
# Builds a wheel without a network, installs it into a folder of its own, and compares what Python says with what the
# library itself says, to the last bit; also of several processes, whose states travel by pickle.
#
#     test.sh            the test
#     test.sh --times    measures the cost of classify beside that of C++, too
#
# PYTHON, CXX and NATIVE (../native.sh) are honoured. Ends with 77 where Python lacks what this needs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
include=$(cd "$here/../../../include" && pwd)
python=
for each in ${PYTHON:-} python3 /usr/bin/python3; do
  if command -v "$each" >/dev/null && "$each" -c 'import setuptools, numpy, pandas, pip, wheel' 2>/dev/null &&
    [ -e "$("$each" -c 'import sysconfig; print(sysconfig.get_config_var("INCLUDEPY"))')/Python.h" ]; then
    python=$each
    break
  fi
done
[ -n "$python" ] || { echo "skipped: apt-get install python3-dev python3-numpy python3-pandas python3-pip python3-setuptools python3-wheel"; exit 77; }
cxx="${CMAKE_CXX_COMPILER_LAUNCHER:-} ${CXX:-g++}"
if ! echo '#include <pybind11/pybind11.h>' | $cxx -std=c++20 -E -x c++ - -I"$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("INCLUDEPY"))')" \
  >/dev/null 2>&1 && ! "$python" -c 'import pybind11' 2>/dev/null; then
  echo "skipped: apt-get install pybind11-dev"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here" "$work/source"
. "$here/../native.sh"
native_program "$work/native"
cd "$work"
COMPUTE_DIVIDE_INCLUDE=$include CC="$cxx" CXX="$cxx" "$python" -m pip wheel --quiet --no-index --no-build-isolation --no-deps -w wheel ./source >log 2>&1 ||
  { cat log; exit 1; }
"$python" -m pip install --quiet --no-index --no-deps --target site wheel/*.whl >log 2>&1 || { cat log; exit 1; }
PYTHONPATH=$work/site "$python" -W error "$here/tests/test_compute_divide.py" "$work/native" "$@"
echo "python: all as expected"
