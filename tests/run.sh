#!/usr/bin/env bash
# Installs what is missing, builds in build/release and runs every test. Arguments go to ctest: `bash tests/run.sh -R shares`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install_packages.sh
install_packages "${build_packages[@]}" "${example_packages[@]}" "${test_packages[@]}" pkg-config patch

mkdir -p build
cmake --preset release -DCOMPUTE_DIVIDE_BUILD_TESTS=ON -DCOMPUTE_DIVIDE_TESTS_TOGETHER=ON >build/configure.log || { cat build/configure.log; exit 1; }
cmake --build --preset release -j "$(nproc)"
ctest --preset release "$@"
