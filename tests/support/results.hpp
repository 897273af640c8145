// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_RESULTS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_RESULTS_HPP

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

/// What the table of conventions (results.test.cpp) asks of a result.
namespace test_support {

/// Whether an aggregate can be initialised with `count` times {}; up to 32.
template <class T, std::size_t count>
requires std::is_aggregate_v<T>
constexpr bool has_fields_for() {
// clang-format off
#define COMPUTE_DIVIDE_4 {}, {}, {}, {}
#define COMPUTE_DIVIDE_16 COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4
#define COMPUTE_DIVIDE_ACCEPTS(number, ...) if constexpr (count == (number)) return requires { T{__VA_ARGS__}; }
#define COMPUTE_DIVIDE_FOUR(number, ...) \
    COMPUTE_DIVIDE_ACCEPTS((number) + 4, __VA_ARGS__ {}, {}, {}, {}); \
    COMPUTE_DIVIDE_ACCEPTS((number) + 3, __VA_ARGS__ {}, {}, {}); \
    COMPUTE_DIVIDE_ACCEPTS((number) + 2, __VA_ARGS__ {}, {}); \
    COMPUTE_DIVIDE_ACCEPTS((number) + 1, __VA_ARGS__ {})
    COMPUTE_DIVIDE_FOUR(28, COMPUTE_DIVIDE_16, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(24, COMPUTE_DIVIDE_16, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(20, COMPUTE_DIVIDE_16, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(16, COMPUTE_DIVIDE_16,);
    COMPUTE_DIVIDE_FOUR(12, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(8, COMPUTE_DIVIDE_4, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(4, COMPUTE_DIVIDE_4,);
    COMPUTE_DIVIDE_FOUR(0,);
#undef COMPUTE_DIVIDE_FOUR
#undef COMPUTE_DIVIDE_ACCEPTS
#undef COMPUTE_DIVIDE_16
#undef COMPUTE_DIVIDE_4
    // clang-format on
    return count == 0;
}
/// Whether an aggregate has `count` fields, fewer than 32.
template <class T, std::size_t count>
constexpr bool has_fields() {
    return has_fields_for<T, count>() && !has_fields_for<T, count + 1>();
}

/// Words of small letters and digits, joined by single underscores, the first of them beginning with a letter.
constexpr bool is_snake_case(std::string_view name) {
    if (name.empty() || name.front() < 'a' || name.front() > 'z' || name.back() == '_') return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == '_' ? name[i - 1] == '_' : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
    }
    return true;
}

/// Whether the American spelling of a word that the library spells the British way is in an identifier or sentence.
constexpr bool is_spelt_american(std::string_view text) {
    for (const std::string_view root : {"rganization", "rganize", "tilization", "tilize", "ormalization", "ormalize",
                                        "behavior", "color", "labeled", "modeled", "center"})
        if (text.find(root) != text.npos) return true;
    return false;
}

/// Whether a text is UTF-8: no stray, overlong or missing byte, no surrogate.
inline bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i++]);
        const int more = first < 0x80   ? 0
                         : first < 0xC2 ? -1
                         : first < 0xE0 ? 1
                         : first < 0xF0 ? 2
                         : first < 0xF5 ? 3
                                        : -1;
        if (more < 0) return false;
        std::uint32_t code = more == 0 ? first : first & (0x3FU >> more);
        for (int k = 0; k < more; ++k, ++i) {
            if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return false;
            code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
        }
        if ((more == 2 && code < 0x800) || (more == 3 && (code < 0x10000 || code > 0x10FFFF)) ||
            (code >= 0xD800 && code < 0xE000))
            return false;
    }
    return true;
}

/// Whether a text is one JSON value as RFC 8259 has it, and every object's keys differ.
class json_check {
public:
    [[nodiscard]] static bool is_valid(std::string_view text) {
        json_check check(text);
        return is_utf8(text) && check.value() && check.text_.empty();
    }

private:
    explicit json_check(std::string_view text) : text_(text) {}

    bool take(std::string_view token) {
        if (!text_.starts_with(token)) return false;
        text_.remove_prefix(token.size());
        return true;
    }
    std::size_t digits() {
        std::size_t count = 0;
        for (; !text_.empty() && std::isdigit(static_cast<unsigned char>(text_.front())); ++count)
            text_.remove_prefix(1);
        return count;
    }
    bool number() {
        (void)take("-");
        if (!take("0") && digits() == 0) return false;
        if (take(".") && digits() == 0) return false;
        if (take("e") || take("E")) {
            if (!take("+")) (void)take("-");
            return digits() > 0;
        }
        return true;
    }
    bool string(std::string* content = nullptr) {
        if (!take("\"")) return false;
        while (!text_.empty()) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '"') return true;
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (content != nullptr) *content += c;
            if (c != '\\') continue;
            if (text_.empty()) return false;
            const char escaped = text_.front();
            text_.remove_prefix(1);
            if (escaped == 'u') {
                for (int i = 0; i < 4; ++i, text_.remove_prefix(1))
                    if (text_.empty() || !std::isxdigit(static_cast<unsigned char>(text_.front()))) return false;
            } else if (std::string_view("\"\\/bfnrt").find(escaped) == std::string_view::npos) {
                return false;
            }
        }
        return false;
    }
    bool value() {
        if (take("null") || take("true") || take("false")) return true;
        if (take("[")) {
            if (take("]")) return true;
            do {
                if (!value()) return false;
            } while (take(","));
            return take("]");
        }
        if (take("{")) {
            if (take("}")) return true;
            std::string keys = ",";
            do {
                std::string key;
                if (!string(&key) || !take(":") || !value()) return false;
                if (keys.find("," + key + ",") != keys.npos) return false;
                keys += key + ",";
            } while (take(","));
            return take("}");
        }
        return text_.starts_with('"') ? string() : number();
    }

    std::string_view text_;
};

}  // namespace test_support

#endif
