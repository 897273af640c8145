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
#include <system_error>
#include <vector>

#include <compute_divide/compute/detail/hardware_words.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/read_double.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/quantities.hpp>
#include <compute_divide/text/term_set.hpp>

/// A line of text as words, numbers and signs, for the reader of hardware mentions.
namespace compute_divide::inline v0_2::detail {

struct word_meaning {
    word_kind kind;
    double value;

    friend bool operator==(const word_meaning&, const word_meaning&) = default;
};

struct hardware_token {
    word_kind kind = word_kind::other;
    std::uint32_t begin = 0, end = 0;  // bytes of the normalised line
    double value = 0;
    double slice = 0;  // of a chip: the number behind "v3-" in a name of a TPU slice; of a number: half of its range
    number_kind stated = number_kind::exact;  // of a number
    bool unread = false;       // a device: the name of a chip with a suffix that the catalogue does not have
    bool thousandths = false;  // a number: three places behind a point, which may be thousands: "58.000"
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
        } else if (c == 'x' && i > 0 && is_digit(line[i - 1]) && i + 1 < line.size() && is_small_letter(line[i + 1]) &&
                   line.compare(i + 1, 5, "large") != 0) {  // "p4d.24xlarge"
            c = '*';
        }
    }
}

[[nodiscard]] inline bool is_abbreviation(std::string_view word) {
    return word.size() == 1 || word == "approx" || word == "vs" || word == "al" || word == "ca" || word == "fig" ||
           word == "etc" || word == "resp";
}

/// Where the sentence of a normalised line that holds byte `at` begins, or an earlier one; not before `floor`.
[[nodiscard]] inline std::size_t sentence_begin(std::string_view line, std::size_t at, std::size_t floor) {
    for (; at > floor; --at) {
        const char c = line[at - 1];
        if (c == '!' || c == '?' || c == ';') return at;
        if (c != '.' || at == line.size() || line[at] != ' ') continue;
        std::size_t word = at - 1;
        while (word > floor && in_word[static_cast<unsigned char>(line[word - 1])]) --word;
        if (at - 1 - word > 0 && !is_abbreviation(line.substr(word, at - 1 - word))) return at;
    }
    return floor;
}
/// Where it ends, or a later one.
[[nodiscard]] inline std::size_t sentence_end(std::string_view line, std::size_t at) {
    for (; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '!' || c == '?' || c == ';') return at + 1;
        if (c == '.' && at + 1 < line.size() && line[at + 1] == ' ' &&
            sentence_begin(line, at + 1, at > 8 ? at - 8 : 0) == at + 1)
            return at + 1;
    }
    return line.size();
}
/// Whether a number with a unit joined to it is there: "36h", "8gpus", "7:30".
[[nodiscard]] inline bool has_joined_unit(std::string_view line) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        if (is_digit(line[i]) && std::string_view("hdmwgt:").find(line[i + 1]) != std::string_view::npos) return true;
    return false;
}

/// Reads the words and numbers of a plain line; numbers by the bytes of the text that it was made of.
class hardware_tokenizer {
public:
    /// `line` is the part of `normalised` that begins at `offset`.
    hardware_tokenizer(std::string_view text, const normalised_text& normalised, std::size_t offset,
                       std::string_view line, const std::vector<term_hit>& hits, const std::vector<word_meaning>& words,
                       std::vector<hardware_token>& out)
        : text_(text), normalised_(normalised), offset_(offset), line_(line), hits_(hits), words_(words), out_(out) {
        out_.clear();
        for (std::size_t at = 0; at < line_.size();) at = line_[at] == ' ' ? at + 1 : read(at);
        push(word_kind::stop, line_.size(), line_.size());
    }

private:
    std::size_t read(std::size_t at) {
        while (next_hit_ < hits_.size() && hits_[next_hit_].begin < at) ++next_hit_;
        if (next_hit_ < hits_.size() && hits_[next_hit_].begin == at) {
            const word_meaning& word = words_[hits_[next_hit_].id];
            const std::size_t end = hits_[next_hit_].end;
            if (word.kind == word_kind::number || word.kind == word_kind::article || word.kind == word_kind::half)
                if (const std::size_t number_end = number_in_words(at, word.kind); number_end > at) return number_end;
            if (word.kind == word_kind::chip)
                if (const std::size_t variant = variant_end(at, end); variant > end) {
                    push(word_kind::device, at, variant, 1);
                    out_.back().unread = true;
                    return variant;
                }
            push(word.kind, at, end, word.value);
            if (word.kind == word_kind::article) note_bound(at);
            if (word.kind != word_kind::chip && word.kind != word_kind::version) return end;
            const std::size_t slice_end = slice(end);
            if (word.kind == word_kind::version)
                out_.back().kind = slice_end > end ? word_kind::chip : word_kind::other;
            return slice_end;
        }
        const char c = line_[at];
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
            const std::string_view word = line_.substr(at, end - at);
            if (word == "x")
                push(word_kind::sign, at, end, 'x');
            else if (const double hours = end == at + 1 ? short_unit(word, end) : 0; hours > 0)
                push(word_kind::unit, at, end, hours);
            else
                push(word_kind::other, at, end, joins(word));
            return end;
        }
        if (c == '.' && at + 1 < line_.size() && is_digit(line_[at + 1]) &&
            (at == 0 || !in_word[static_cast<unsigned char>(line_[at - 1])]))
            return number(at);
        if (c == '.' || c == '!' || c == '?' || c == ';') {
            if (c != '.' || (at + 1 == line_.size()) || (line_[at + 1] == ' ' && !abbreviates()) ||
                line_[at + 1] == '"')
                push(word_kind::stop, at, at + 1);
            return at + 1;
        }
        push(word_kind::sign, at, at + 1, c);
        return at + 1;
    }

    /// 1 for "and" and "plus", 2 for "to", 3 for "between", 4 for "by", 5 for "from" and "ranging", 6 for "around" and
    /// the like, 0 for other words.
    [[nodiscard]] static double joins(std::string_view word) {
        switch (word[0]) {
            case 'a':
                if (word == "around" || word == "approx" || word == "almost") return 6;
                return word == "and" ? 1 : 0;
            case 'f':
                return word == "from" ? 5 : 0;
            case 'n':
                return word == "nearly" ? 6 : 0;
            case 'r':
                return word == "ranging" ? 5 : 0;
            case 'p':
                return word == "plus" ? 1 : 0;
            case 't':
                return word == "to" ? 2 : 0;
            case 'b':
                if (word == "by") return 4;
                return word == "between" ? 3 : 0;
            default:
                return 0;
        }
    }

    /// Whether a full stop here follows "approx", "e.g", "vs" or the like.
    [[nodiscard]] bool abbreviates() const {
        if (out_.empty() || out_.back().kind != word_kind::other) return false;
        return is_abbreviation(line_.substr(out_.back().begin, out_.back().end - out_.back().begin));
    }

    /// Behind a TPU's name: "-512".
    std::size_t slice(std::size_t at) {
        std::size_t end = at + 1;
        if (at >= line_.size() || line_[at] != '-') return at;
        while (end < line_.size() && is_digit(line_[end]) && end < at + 7) ++end;
        if (end == at + 1 || (end < line_.size() && is_small_letter(line_[end]))) return at;
        double cores = 0;
        compute_divide::detail::read_double(line_.data() + at + 1, line_.data() + end, cores);
        out_.back().slice = cores;
        out_.back().end = static_cast<std::uint32_t>(end);
        return end;
    }

    [[nodiscard]] std::size_t origin(std::size_t at) const { return normalised_.origin(offset_ + at); }

    /// Where in the line a number ends that begins at `begin` and in the text ends at `end`; superscripts are blanks.
    [[nodiscard]] std::size_t place_of(std::size_t end, std::size_t begin) const {
        std::size_t at = begin;
        while (at < line_.size() && origin(at) < end) ++at;
        while (at > begin + 1 && line_[at - 1] == ' ') --at;
        return at;
    }

    /// "two thousand", "a dozen", "one and a half"; `at` where the word there is no more than itself.
    std::size_t number_in_words(std::size_t at, word_kind kind) {
        if (kind == word_kind::article && !scale_may_follow(at + 1)) return at;
        const std::size_t from = origin(at);
        const written_number found = number_at(text_, from);
        if (found.end == from) return at;
        const std::size_t end = place_of(found.end, at);
        push_number(at, end, found);
        return end;
    }
    /// "less than a day", "within an hour"
    void note_bound(std::size_t at) {
        const std::string_view before = line_.substr(0, at);
        if (!before.ends_with("than ") && !before.ends_with("within ") && !before.ends_with("under ")) return;
        const binding bound = binding_before(text_, origin(at));
        if (bound == binding::at_most) out_.back().stated = number_kind::at_most;
        if (bound == binding::at_least) out_.back().stated = number_kind::at_least;
    }
    [[nodiscard]] bool scale_may_follow(std::size_t at) const {
        while (at < line_.size() && (line_[at] == ' ' || line_[at] == 'n')) ++at;
        return at < line_.size() && std::string_view("htmbdcp").find(line_[at]) != std::string_view::npos;
    }

    /// Where a chip's name ends with the word behind it that makes it another chip: "Laptop", "Max-Q", "Ada", "Ti",
    /// "Super", "XT", "XTX"; "Max", "Ultra", "Pro" of an Apple M; "D" of a number. `end` where there is none.
    [[nodiscard]] std::size_t variant_end(std::size_t begin, std::size_t end) const {
        constexpr std::array<std::string_view, 8> any{"ada", "laptop", "max-q", "max q", "ti", "super", "xtx", "xt"};
        constexpr std::array<std::string_view, 3> of_apple{"max", "ultra", "pro"};
        if (end + 2 > line_.size() || (line_[end] != ' ' && line_[end] != '-')) return end;
        const char first = line_[end + 1];
        if (std::string_view("almtsxupd").find(first) == std::string_view::npos) return end;
        const std::string_view name = line_.substr(begin, end - begin), rest = line_.substr(end + 1, 8);
        const auto follows = [&](std::string_view word) {
            return word[0] == first && rest.starts_with(word) &&
                   (rest.size() == word.size() || !in_word[static_cast<unsigned char>(rest[word.size()])]);
        };
        for (const std::string_view word : any)
            if (follows(word)) return end + 1 + word.size();
        const std::size_t m = name.rfind('m');
        const bool apple =
            m != name.npos && m + 2 == name.size() && is_digit(name[m + 1]) && (m == 0 || name[m - 1] == ' ');
        for (const std::string_view word : of_apple)
            if (apple && follows(word)) return end + 1 + word.size();
        const bool numbered = name.size() >= 4 && detail::all_of(name.substr(name.size() - 4), is_digit);
        return numbered && follows("d") ? end + 2 : end;
    }

    /// Hours of "d", "w", "m" or "s" behind a number, where what stands around says that it is a unit of time: "4d 6h",
    /// "2h 15m 30s", "took 5d on", "duration: 5d"; 0 elsewhere ("3d").
    [[nodiscard]] double short_unit(std::string_view unit, std::size_t end) const {
        if (out_.empty() || out_.back().kind != word_kind::number) return 0;
        const auto last = [&](std::size_t n, word_kind kind) {
            return out_.size() >= n && out_[out_.size() - n].kind == kind;
        };
        const bool goes_on = last(2, word_kind::unit) || (last(3, word_kind::unit) && last(2, word_kind::sign));
        if (unit == "m") return goes_on ? 1.0 / 60 : 0;
        if (unit == "s") return goes_on ? 1.0 / 3600 : 0;
        if (unit != "d" && unit != "w") return 0;
        const double hours = unit == "d" ? 24 : 168;
        std::size_t at = end;
        while (at < line_.size() && at < end + 2 && (line_[at] == ' ' || line_[at] == ',')) ++at;
        const std::size_t digits = at;
        while (at < line_.size() && at < digits + 3 && is_digit(line_[at])) ++at;
        if (at > digits) {
            if (at < line_.size() && line_[at] == ' ') ++at;
            const std::size_t letters = at;
            while (at < line_.size() && at < letters + 8 && is_small_letter(line_[at])) ++at;
            const std::string_view next = line_.substr(letters, at - letters);
            return next == "h" || next == "m" || next == "d" || next == "hr" || next == "hrs" || next == "min" ||
                           next == "mins" || next == "hour" || next == "hours" || next == "minutes"
                       ? hours
                       : 0;
        }
        const std::string_view rest = line_.substr(end, 7);
        const bool ends = rest.empty() || rest == "." || rest.starts_with(". ") || rest.starts_with(")") ||
                          rest.starts_with(" on ") || rest.starts_with(" with ") || rest.starts_with(" using ");
        const bool named =
            last(2, word_kind::sign) && out_[out_.size() - 2].value == ':' && last(3, word_kind::lasting);
        return goes_on || (ends && (named || last(2, word_kind::lasting))) ? hours : 0;
    }

    /// Whether the product whose second number begins at `at` counts chips, by the name right behind it: "2x8 A100",
    /// "4x4 TPU v2", "8x80GB A100", "8x8x12 slice of TPU v4"; not "512x512 images", "3x3 GPU kernel".
    [[nodiscard]] bool is_product_of_chips(std::size_t begin, std::size_t at) const {
        constexpr std::size_t longest = 4;  // digits
        const auto digits_end = [&](std::size_t from) {
            std::size_t end = from;
            while (end < line_.size() && is_digit(line_[end])) ++end;
            return end;
        };
        // The last factor of a longer product has no right to be the first of a shorter one.
        const bool last = begin > 0 && line_[begin - 1] == 'x' && begin > 1 && is_digit(line_[begin - 2]);
        std::size_t end = digits_end(at);
        if (digits_end(begin) - begin > longest || end == at || end - at > longest) return false;
        int factors = last ? 3 : 2;
        if (end + 1 < line_.size() && line_[end] == 'x' && is_digit(line_[end + 1])) {
            end = digits_end(end + 1);
            ++factors;
        }
        bool memory = false;
        if (factors == 2 && line_.substr(end, 2) == "gb") {
            memory = true;
            end += 2;
        }
        if (end < line_.size() && (line_[end] == ' ' || line_[end] == '-')) ++end;
        std::size_t hit = next_hit_;
        while (hit < hits_.size() && hits_[hit].begin < end) ++hit;
        const auto is = [&](std::size_t i, word_kind kind) {
            return i < hits_.size() && words_[hits_[i].id].kind == kind;
        };
        if (hit == hits_.size() || hits_[hit].begin != end) return false;
        if (is(hit, word_kind::group))
            return !memory && is(hit + 1, word_kind::linking) && is(hit + 2, word_kind::chip);
        if (factors > 2) return false;
        while (is(hit, word_kind::maker)) ++hit;
        const bool devices = is(hit, word_kind::device) && line_[hits_[hit].end - 1] == 's';
        return is(hit, word_kind::chip) || is(hit, word_kind::version) || (devices && !memory);
    }

    /// "3g.20gb": three of seven slices of a chip (NVIDIA's Multi-Instance GPU user guide); `at` where it is none.
    std::size_t profile(std::size_t at) {
        const std::string_view rest = std::string_view(line_).substr(at, 8);
        if (rest.size() < 6 || rest[1] != 'g' || rest[2] != '.' || rest[0] < '1' || rest[0] > '7') return at;
        std::size_t end = 3;
        while (end < rest.size() && is_digit(rest[end])) ++end;
        if (end == 3 || !rest.substr(end).starts_with("gb")) return at;
        push(word_kind::part, at, at + end + 2, (rest[0] - '0') / 7.0);
        return at + end + 2;
    }

    std::size_t number(std::size_t begin) {
        if (const std::size_t end = profile(begin); end > begin) return end;
        const std::size_t from = origin(begin);
        written_number found = number_at(text_, from);
        std::size_t at = place_of(found.end, begin);
        if (found.end == from) {  // digits of another script, or behind signs that are none in the line
            const bool point = line_[begin] == '.';
            for (at = begin + (point ? 1 : 0); at < line_.size() && is_digit(line_[at]);) ++at;
            found.told = !point && at <= begin + 15 &&
                         compute_divide::detail::read_double(line_.data() + begin, line_.data() + at, found.value).ec ==
                             std::errc{};
            found.end = from + 1;
        }
        const std::size_t before = out_.size();
        const bool raised = begin > 0 && line_[begin - 1] == '^';
        const bool model = before >= 2 && begin > 1 && line_[begin - 1] == '-' &&
                           out_[before - 2].kind == word_kind::other &&
                           out_[before - 2].end == begin - 1;  // "i7-8750h"
        std::size_t end = at;
        while (end < line_.size() && is_small_letter(line_[end])) ++end;
        const std::string_view suffix = line_.substr(at, end - at);
        const bool processor =
            suffix == "h" && found.value >= 2000 && at - begin == 4 + (found.value >= 1e4);  // "Ryzen 7 5800H"
        const auto unit = [&](double hours) {
            push_number(begin, at, found);
            push(word_kind::unit, at, end, hours);
        };
        // "$2000", "2000$": no pair of signs as LaTeX has
        const auto is_money = [&] {
            const bool sign_before = from > 0 && text_[from - 1] == '$', sign_after = text_.substr(found.end, 1) == "$";
            if (sign_before && !sign_after)
                return text_.substr(found.end, 40).find('$') == text_.npos || text_.substr(found.end, 1) == ",";
            return sign_after && !sign_before &&
                   text_.substr(0, from).substr(from - std::min<std::size_t>(from, 40)).find('$') == text_.npos;
        };
        const bool minutes = at > begin && line_[at - 1] == 'm' && found.end > from && text_[found.end - 1] == 'm';
        double letters = 0;
        if (suffix.size() == 1 || minutes) {
            push(word_kind::number, 0, 0);  // as if the number were there
            letters = short_unit(minutes ? "m" : suffix, end);
            out_.pop_back();
        }
        const bool compound = suffix == "h" || suffix == "hr" || suffix == "hrs" || letters > 0;
        if (suffix == "x" && found && is_product_of_chips(begin, end)) {
            push_number(begin, at, found);
            push(word_kind::sign, at, end, 'x');
        } else if (!suffix.empty() && !compound && end < line_.size() && is_digit(line_[end])) {
            while (end < line_.size() && (is_digit(line_[end]) || is_small_letter(line_[end]))) ++end;
            push(word_kind::other, begin, end);
        } else if (raised || model || processor || !found || is_money()) {
            push(word_kind::other, begin, end);
        } else if (minutes && letters > 0) {
            found.value /= 1e6;
            found.lower /= 1e6;
            found.upper /= 1e6;
            push_number(begin, at - 1, found);
            push(word_kind::unit, at - 1, at, letters);
        } else if (letters > 0) {
            unit(letters);
        } else if (suffix.empty()) {
            const std::string_view rest = line_.substr(at, 4);
            const bool of_hours = rest.starts_with(" h") || rest.starts_with("-h") || rest.starts_with(" min") ||
                                  rest.starts_with(" day");
            if (!found.clock || of_hours) {
                push_number(begin, end, found);
            } else if (detail::count(line_.substr(begin, at - begin), ':') == 2) {
                unit(1);  // "7:30:00"
            } else {
                push(word_kind::other, begin, end);
            }
        } else if (suffix == "x") {
            push_number(begin, at, found);
            push(word_kind::sign, at, end, 'x');
        } else if (suffix == "h" || suffix == "hr" || suffix == "hrs" || suffix == "hours" || suffix == "hour")
            unit(1);
        else if (suffix == "days" || suffix == "day")
            unit(24);
        else if (suffix == "min" || suffix == "mins" || suffix == "minutes")
            unit(1.0 / 60);
        else if (suffix == "gpu" || suffix == "gpus" || suffix == "tpus") {
            push_number(begin, at, found);
            push(word_kind::device, at, end, 1);
        } else if (suffix == "gb" || suffix == "gib" || suffix == "g") {
            push_number(begin, at, found);
            push(word_kind::memory, at, end);
        } else
            push(word_kind::other, begin, end);
        return end;
    }

    void push_number(std::size_t begin, std::size_t end, const written_number& found) {
        push(found ? word_kind::number : word_kind::other, begin, end, found ? found.value : 0);
        out_.back().stated = found.kind;
        out_.back().thousandths = end - begin >= 5 && end - begin <= 7 && line_[end - 4] == '.' &&
                                  line_[begin] != '0' &&
                                  detail::count_if(line_.substr(begin, end - begin), is_digit) ==
                                      static_cast<std::ptrdiff_t>(end - begin - 1);
        if (found.kind == number_kind::range || found.kind == number_kind::tolerance)
            out_.back().slice = (found.upper - found.lower) / 2;
    }

    void push(word_kind kind, std::size_t begin, std::size_t end, double value = 0) {
        hardware_token& token = out_.emplace_back();  // in place: a copy would wait for its own narrow stores
        token.kind = kind;
        token.begin = static_cast<std::uint32_t>(begin);
        token.end = static_cast<std::uint32_t>(end);
        token.value = value;
    }

    std::string_view text_;
    const normalised_text& normalised_;
    std::size_t offset_;
    std::string_view line_;
    const std::vector<term_hit>& hits_;
    const std::vector<word_meaning>& words_;
    std::vector<hardware_token>& out_;
    std::size_t next_hit_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
