# An overlay port of this checkout: vcpkg install compute-divide --overlay-ports=packaging/vcpkg/ports
set(SOURCE_PATH "${CURRENT_PORT_DIR}/../../../..")
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS -DCOMPUTE_DIVIDE_BUILD_TESTS=OFF -DCOMPUTE_DIVIDE_BUILD_EXAMPLES=OFF -DCOMPUTE_DIVIDE_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME compute_divide CONFIG_PATH share/cmake/compute_divide)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug" "${CURRENT_PACKAGES_DIR}/lib")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
