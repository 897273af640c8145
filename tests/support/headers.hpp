// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_HEADERS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_HEADERS_HPP

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

/// The text of the library's headers, for tests that nothing in them was forgotten.
namespace test_support {

/// Calls visit(path, line) for each line of code, comments excepted, of each header.
void for_each_header_line(const auto& visit) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(COMPUTE_DIVIDE_SOURCE_DIR "/include")) {
        if (file.path().extension() != ".hpp") continue;
        const std::string path = file.path().string();
        std::ifstream stream(path);
        for (std::string line; std::getline(stream, line);) {
            line.resize(std::min(line.size(), line.find("//")));
            visit(path, line);
        }
    }
}

/// The identifier at the beginning of a text.
inline std::string_view identifier_at(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && (std::isalnum(static_cast<unsigned char>(text[size])) != 0 || text[size] == '_'))
        ++size;
    return text.substr(0, size);
}

/// The identifier that follows the first `before` in a text; empty where there is none.
inline std::string_view identifier_after(std::string_view text, std::string_view before) {
    const std::size_t at = text.find(before);
    return at == text.npos ? std::string_view{} : identifier_at(text.substr(at + before.size()));
}

/// Calls visit(word) for each identifier of a line outside of its string literals.
void for_each_identifier(std::string_view line, const auto& visit) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size();) {
        if (line[i] == '"') quoted = !quoted;
        const std::string_view word = identifier_at(line.substr(i));
        if (!word.empty() && !quoted) visit(word);
        i += word.empty() ? 1 : word.size();
    }
}

}  // namespace test_support

#endif
