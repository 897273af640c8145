// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_TOKENS_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_TOKENS_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/compute/detail/hardware_words.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/text/term_set.hpp>

/// A line of text as words, numbers and signs, for the reader of hardware mentions.
namespace compute_divide::detail {

struct word_meaning {
    word_kind kind;
    double value;
};

struct hardware_token {
    word_kind kind;
    std::uint32_t begin, end;  // bytes of the normalised line
    double value = 0;
    double slice = 0;  // of a chip: the number behind "v3-" in a name of a TPU slice
};

/// The bytes that `plain` looks at, and those of words.
inline constexpr auto marks_up = [] {
    std::array<bool, 256> marked = {};
    for (const char c : {'\\', '$', '{', '}', '~', 'x'}) marked[static_cast<unsigned char>(c)] = true;
    return marked;
}();
inline constexpr auto in_word = [] {
    std::array<bool, 256> letters = {};
    for (std::size_t c = 0; c < 256; ++c) letters[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 128;
    return letters;
}();

/// Bytes of the address or citation that a text begins with: "\href{...}", "\citep{...}"; 0 for anything else.
[[nodiscard]] inline std::size_t reference_size(std::string_view text) {
    constexpr std::size_t longest = 300;
    if (!text.starts_with("\\href") && !text.starts_with("\\url") && !text.starts_with("\\cite")) return 0;
    return text.substr(0, longest).find('}') + 1;
}

/// Takes the signs of LaTeX out of a normalised line and sets "8*v100" for "8xv100", byte for byte.
inline void plain(std::string& line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        char& c = line[i];
        if (!marks_up[static_cast<unsigned char>(c)]) continue;
        if (c == '\\') {
            if (line.compare(i, 6, "\\times") == 0) {
                line.replace(i, 6, " x    ");
            } else if (line.compare(i, 5, "\\text") == 0 || line.compare(i, 5, "\\emph") == 0) {
                for (c = ' '; i + 1 < line.size() && is_small_letter(line[i + 1]); ++i) line[i + 1] = ' ';
            } else if (const std::size_t size = reference_size(std::string_view(line).substr(i)); size > 0) {
                line.replace(i, size, size, ' ');
                i += size - 1;
            } else {
                c = ' ';
            }
        } else if (c == '$' || c == '{' || c == '}' || c == '~') {
            c = ' ';
        } else if (c == 'x' && i > 0 && is_digit(line[i - 1]) && i + 1 < line.size() && is_small_letter(line[i + 1])) {
            c = '*';
        }
    }
}

/// Reads the words and numbers of a plain line.
class hardware_tokenizer {
public:
    hardware_tokenizer(std::string_view line, const std::vector<term_hit>& hits, const std::vector<word_meaning>& words,
                       std::vector<hardware_token>& out)
        : line_(line), hits_(hits), words_(words), out_(out) {
        out_.clear();
        for (std::size_t at = 0; at < line_.size();) at = read(at);
        push(word_kind::stop, line_.size(), line_.size());
    }

private:
    std::size_t read(std::size_t at) {
        while (next_hit_ < hits_.size() && hits_[next_hit_].begin < at) ++next_hit_;
        if (next_hit_ < hits_.size() && hits_[next_hit_].begin == at) {
            const word_meaning& word = words_[hits_[next_hit_].id];
            const std::size_t end = hits_[next_hit_].end;
            push(word.kind, at, end, word.value);
            if (word.kind != word_kind::chip && word.kind != word_kind::version) return end;
            const std::size_t slice_end = slice(end);
            if (word.kind == word_kind::version)
                out_.back().kind = slice_end > end ? word_kind::chip : word_kind::other;
            return slice_end;
        }
        const char c = line_[at];
        if (c == ' ') return at + 1;
        if (is_digit(c)) return number(at);
        if (c < '\0') {
            std::size_t end = at + 1;
            while (end < line_.size() && line_[end] < '\0') ++end;
            push(word_kind::other, at, end);
            return end;
        }
        if (is_small_letter(c)) {
            std::size_t end = at + 1;
            while (end < line_.size() && in_word[static_cast<unsigned char>(line_[end])]) ++end;
            if (end == at + 1 && c == 'x')
                push(word_kind::sign, at, end, 'x');
            else
                push(word_kind::other, at, end);
            return end;
        }
        if (c == '.' || c == '!' || c == '?' || c == ';') {
            if (c != '.' || (at + 1 == line_.size()) || (line_[at + 1] == ' ' && !abbreviates()) ||
                line_[at + 1] == '"')
                push(word_kind::stop, at, at + 1);
            return at + 1;
        }
        push(word_kind::sign, at, at + 1, c);
        return at + 1;
    }

    /// Whether a full stop here follows "approx", "e.g", "vs" or the like.
    [[nodiscard]] bool abbreviates() const {
        if (out_.empty() || out_.back().kind != word_kind::other) return false;
        const std::string_view word = line_.substr(out_.back().begin, out_.back().end - out_.back().begin);
        return word.size() == 1 || word == "approx" || word == "vs" || word == "al" || word == "ca" || word == "fig" ||
               word == "etc" || word == "resp";
    }

    /// Behind a TPU's name: "-512".
    std::size_t slice(std::size_t at) {
        std::size_t end = at + 1;
        if (at >= line_.size() || line_[at] != '-') return at;
        while (end < line_.size() && is_digit(line_[end]) && end < at + 7) ++end;
        if (end == at + 1 || (end < line_.size() && is_small_letter(line_[end]))) return at;
        double cores = 0;
        std::from_chars(line_.data() + at + 1, line_.data() + end, cores);
        out_.back().slice = cores;
        out_.back().end = static_cast<std::uint32_t>(end);
        return end;
    }

    std::size_t number(std::size_t begin) {
        std::string digits;
        std::size_t at = begin;
        const auto digit_at = [&](std::size_t i) { return i < line_.size() && is_digit(line_[i]); };
        const auto thousands_at = [&](std::size_t i) {
            return digit_at(i + 1) && digit_at(i + 2) && digit_at(i + 3) && !digit_at(i + 4);
        };
        for (; at < line_.size() && digits.size() < 30; ++at) {
            const char c = line_[at];
            if (is_digit(c))
                digits += c;
            else if (c == ',' && thousands_at(at) && digits.find('.') == digits.npos)
                continue;
            else if (c == '.' && digit_at(at + 1) && digits.find('.') == digits.npos)
                digits += c;
            else
                break;
        }
        double value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const std::size_t before = out_.size();
        const bool raised = begin > 0 && line_[begin - 1] == '^';
        const bool model = before >= 2 && begin > 1 && line_[begin - 1] == '-' &&
                           out_[before - 2].kind == word_kind::other &&
                           out_[before - 2].end == begin - 1;  // "i7-8750h"
        std::size_t end = at;
        while (end < line_.size() && (is_small_letter(line_[end]) || is_digit(line_[end]))) ++end;
        const std::string_view suffix = line_.substr(at, end - at);
        const bool processor = suffix == "h" && value >= 2000 && at - begin == 4 + (value >= 1e4);  // "Ryzen 7 5800H"
        const auto unit = [&](double hours) {
            push(word_kind::number, begin, at, value);
            push(word_kind::unit, at, end, hours);
        };
        if (raised || model || processor)
            push(word_kind::other, begin, end);
        else if (suffix.empty())
            push(word_kind::number, begin, end, value);
        else if (suffix == "k")
            push(word_kind::number, begin, end, value * 1e3);
        else if (suffix == "m")
            push(word_kind::number, begin, end, value * 1e6);
        else if (suffix == "x") {
            push(word_kind::number, begin, at, value);
            push(word_kind::sign, at, end, 'x');
        } else if (suffix == "h" || suffix == "hr" || suffix == "hrs" || suffix == "hours" || suffix == "hour")
            unit(1);
        else if (suffix == "days" || suffix == "day")
            unit(24);
        else if (suffix == "min" || suffix == "mins" || suffix == "minutes")
            unit(1.0 / 60);
        else if (suffix == "gpu" || suffix == "gpus" || suffix == "tpus") {
            push(word_kind::number, begin, at, value);
            push(word_kind::device, at, end, 1);
        } else if (suffix == "gb" || suffix == "gib" || suffix == "g") {
            push(word_kind::number, begin, at, value);
            push(word_kind::memory, at, end);
        } else
            push(word_kind::other, begin, end);
        return end;
    }

    void push(word_kind kind, std::size_t begin, std::size_t end, double value = 0) {
        out_.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), value});
    }

    std::string_view line_;
    const std::vector<term_hit>& hits_;
    const std::vector<word_meaning>& words_;
    std::vector<hardware_token>& out_;
    std::size_t next_hit_ = 0;
};

}  // namespace compute_divide::detail

#endif
