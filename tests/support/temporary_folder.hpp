// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP

#include <stdlib.h>

#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>

namespace test_support {

/// A folder that goes when the test ends.
struct temporary_folder {
    temporary_folder() {
        std::string name = std::filesystem::temp_directory_path() / "compute_divide.XXXXXX";
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() { std::filesystem::remove_all(path); }

    /// The names of what is in it.
    [[nodiscard]] std::set<std::string> files() const {
        std::set<std::string> names;
        for (const auto& file : std::filesystem::directory_iterator(path)) names.insert(file.path().filename());
        return names;
    }

    std::filesystem::path path;
};

}  // namespace test_support

#endif
