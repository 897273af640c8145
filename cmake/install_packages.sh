# Sourced by the run scripts: install_packages PACKAGE... makes sure that these packages are there. It asks apt-get only for
# those that are missing, and says what to do where it cannot. What is built without them goes on without them: figures
# need gnuplot, openalex_teams_mpi needs MPI.
optional_packages=' gnuplot-nox libopenmpi-dev openmpi-bin '
install_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "note: no Debian or Ubuntu; these packages (or their like, docs/install.md) are taken to be there: $*" >&2
    return 0
  fi
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo)
    else
      local needed=()
      for package in "${missing[@]}"; do
        [[ $optional_packages == *" $package "* ]] || needed+=("$package")
      done
      if [ ${#needed[@]} -eq 0 ]; then
        echo "note: without root and without ${missing[*]}, what needs them is left out. To have it:" >&2
        echo "  sudo apt-get install ${missing[*]}" >&2
        return 0
      fi
      echo "error: these packages are missing, and installing them needs root. Please run, or have run:" >&2
      echo "  sudo apt-get install ${missing[*]}" >&2
      echo "The headers alone need only libboost-dev and librange-v3-dev, or these unpacked anywhere and named by -I." >&2
      return 1
    fi
  fi
  echo "installing: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >/tmp/compute_divide_apt.$$ 2>&1; then
    cat /tmp/compute_divide_apt.$$ >&2
    rm -f /tmp/compute_divide_apt.$$
    echo "error: apt-get could not install: ${missing[*]}" >&2
    return 1
  fi
  rm -f /tmp/compute_divide_apt.$$
}

# What every build of the project needs.
build_packages=(g++ cmake ninja-build libboost-dev librange-v3-dev)
example_packages=(libcli11-dev libfmt-dev libisal-dev libroaring-dev nlohmann-json3-dev libsimdjson-dev
  gnuplot-nox)
test_packages=(doctest-dev dpkg-dev help2man libisal-dev libopenmpi-dev libroaring-dev libsimdjson-dev openmpi-bin
  procps)
benchmark_packages=(libbenchmark-dev libeigen3-dev libhyperscan-dev libisal-dev libroaring-dev libsimdjson-dev python3-scipy
  python3-statsmodels r-base-core r-cran-boot r-cran-clubsandwich r-cran-estimatr r-cran-plm r-cran-quantreg r-cran-segmented
  r-cran-strucchange)
# What tests/platforms.sh needs: libc++, 32-bit x86, aarch64, s390x and Windows.
platform_packages=(clang-19 g++-aarch64-linux-gnu g++-i686-linux-gnu g++-mingw-w64-x86-64-posix g++-s390x-linux-gnu
  libc++-19-dev libc++abi-19-dev qemu-user-static wine64)
# What docs/build.sh makes the documentation with.
documentation_packages=(doxygen mkdocs mkdocs-material python3)
# What its pages show beside the programs, where they are there.
page_packages=(python3-statsmodels r-base-core r-cran-sandwich)
# What examples/embedding builds against; its tests pass over what is not there.
embedding_packages=(postgresql postgresql-server-dev-all pybind11-dev python3-dev python3-numpy python3-pandas python3-pip
  python3-setuptools python3-wheel r-base-core r-cran-cpp11 clang-19 lld-19 libc++-19-dev-wasm32 libc++abi-19-dev-wasm32
  libclang-rt-19-dev-wasm32 wasi-libc musl-dev)
