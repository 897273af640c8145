// SPDX-License-Identifier: BSL-1.0
#include "support/data_folder.hpp"

#include <filesystem>
#include <system_error>

#include "support/command_line.hpp"

namespace example {

namespace {

std::filesystem::path given_folder;  // by --data

}  // namespace

std::string data_folder() {
    if (!given_folder.empty()) return given_folder.string();
    std::error_code none;  // where the system does not tell, the sources remain
    const auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    if (!program.empty())
        for (const auto& beside : {program.parent_path() / "share" / "compute_divide", program / "data"})
            if (is_directory(beside, none)) return beside.string();
    return COMPUTE_DIVIDE_DATA_DIR;
}

std::string data_file(std::string_view name) {
    return (std::filesystem::path(data_folder()) / name).string();
}

void take_data_folder(int argc, char** argv) {
    constexpr std::string_view option = "--data";
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--") return;
        if (word == option && i + 1 < argc)
            given_folder = argv[i + 1];
        else if (word.starts_with("--data="))
            given_folder = word.substr(option.size() + 1);
        else
            continue;
        if (std::error_code none; !is_directory(given_folder, none))
            throw usage_error("--data: a folder is required, got " + given_folder.string());
    }
}

}  // namespace example
