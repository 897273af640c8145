// SPDX-License-Identifier: BSL-1.0
#include "support/data_folder.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "support/command_line.hpp"

namespace example {

namespace {

constinit std::string_view given_folder;  // by --data
constinit std::string_view called_as;     // the program

/// What the arguments say; whether it is a folder is not asked.
void read_arguments(int argc, char** argv) {
    constexpr std::string_view option = "--data";
    if (argc > 0) called_as = argv[0];
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--") return;
        if (word == option && i + 1 < argc) given_folder = argv[i + 1];
        if (word.starts_with("--data=")) given_folder = word.substr(option.size() + 1);
    }
}

/// Before main(), whose first lines make defaults of it: systems that hand arguments to such functions (glibc, macOS).
[[gnu::constructor]] void read_arguments_early(int argc, char** argv) {
    if (argv != nullptr) read_arguments(argc, argv);
}

}  // namespace

std::string data_folder() {
    if (!given_folder.empty()) return std::string(given_folder);
    std::error_code none;  // where neither the system nor the call tells, the sources remain
    auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    if (program.empty() && called_as.find('/') != std::string_view::npos)
        program = std::filesystem::absolute(called_as, none).parent_path();
    if (!program.empty())
        for (const auto& beside : {program.parent_path() / "share" / "compute_divide", program / "data"})
            if (is_directory(beside, none)) return beside.string();
    return COMPUTE_DIVIDE_DATA_DIR;
}

std::string data_file(std::string_view name) {
    return (std::filesystem::path(data_folder()) / name).string();
}

void take_data_folder(int argc, char** argv) {
    read_arguments(argc, argv);
    if (std::error_code none; !given_folder.empty() && !is_directory(std::filesystem::path(given_folder), none))
        throw usage_error("--data: a folder is required, got " + std::string(given_folder));
}

}  // namespace example
