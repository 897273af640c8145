// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_STATED_SIZES_HPP
#define COMPUTE_DIVIDE_COMPUTE_STATED_SIZES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/compute_from_data.hpp>
#include <compute_divide/compute/hardware_mention.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/quantities.hpp>

/// Sizes of models and data that a text states: "a 7B-parameter model trained on $2 \times 10^{12}$ tokens".
///
///     for (const stated_size& s : sizes_in(text))
///         if (s.what == size_of::parameters) use(s.number.value, s.number.kind);
namespace compute_divide::inline v0_2 {

/// What a stated size counts.
enum class size_of : std::uint8_t { parameters, datapoints, epochs };
[[nodiscard]] constexpr auto enumerators(size_of) {
    using enum size_of;
    using entry = named<size_of>;
    return std::array{entry{parameters, "parameters"}, entry{datapoints, "datapoints", "data points"},
                      entry{epochs, "epochs"}};
}

/// A size with its unit.
struct stated_size {
    size_of what = size_of::parameters;
    datapoint_unit unit = datapoint_unit::unknown;  ///< of data points; unknown for "examples" and "pairs"
    written_number number = {};                     ///< told; hours and minutes of sound are in seconds
    text_span span = {};                            ///< of the number and what it counts

    friend bool operator==(const stated_size&, const stated_size&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<stated_size>) {
    using result = stated_size;
    return member_list(member{"what", &result::what}, member{"unit", &result::unit}, member{"number", &result::number},
                       member{"span", &result::span});
}

namespace detail {

struct size_noun {
    std::string_view text;
    size_of what;
    datapoint_unit unit = datapoint_unit::unknown;
};
/// Singular; an s may follow.
inline constexpr std::array size_nouns{size_noun{"parameter", size_of::parameters},
                                       size_noun{"param", size_of::parameters},
                                       size_noun{"epoch", size_of::epochs},
                                       size_noun{"token", size_of::datapoints, datapoint_unit::tokens},
                                       size_noun{"residue", size_of::datapoints, datapoint_unit::tokens},
                                       size_noun{"nucleotide", size_of::datapoints, datapoint_unit::tokens},
                                       size_noun{"word", size_of::datapoints, datapoint_unit::words},
                                       size_noun{"image", size_of::datapoints, datapoint_unit::images},
                                       size_noun{"photo", size_of::datapoints, datapoint_unit::images},
                                       size_noun{"frame", size_of::datapoints, datapoint_unit::frames},
                                       size_noun{"sequence", size_of::datapoints, datapoint_unit::sequences},
                                       size_noun{"protein", size_of::datapoints, datapoint_unit::sequences},
                                       size_noun{"game", size_of::datapoints, datapoint_unit::games},
                                       size_noun{"example", size_of::datapoints},
                                       size_noun{"sample", size_of::datapoints},
                                       size_noun{"instance", size_of::datapoints},
                                       size_noun{"pair", size_of::datapoints},
                                       size_noun{"sentence", size_of::datapoints},
                                       size_noun{"document", size_of::datapoints},
                                       size_noun{"datapoint", size_of::datapoints},
                                       size_noun{"video", size_of::datapoints}};
inline constexpr std::array<std::string_view, 15> ends_of_sizes{"per", "for", "with", "on",   "in", "from", "by", "to",
                                                                "and", "or",  "each", "than", "is", "are",  "was"};
/// A number beside these is the size of something else: "a context of 2048 tokens", "4M-token batches".
inline constexpr std::array<std::string_view, 8> not_sizes{"context", "window", "length", "vocab",
                                                           "batch",   "block",  "chunk",  "layer"};
inline constexpr std::array<std::string_view, 6> words_of_sound{"audio",     "speech", "sound",
                                                                "recording", "music",  "voice"};

/// The words of a text behind a byte, over blanks and hyphens; nothing at a sign.
class following_words {
public:
    following_words(std::string_view text, std::size_t at) : text_(text), at_(at) {}
    [[nodiscard]] std::string_view next() {
        at_ = skip_blanks(text_, at_);
        if (at_ < text_.size() && text_[at_] == '-') ++at_;
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_alphanumeric(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    [[nodiscard]] std::size_t at() const { return at_; }

private:
    std::string_view text_;
    std::size_t at_;
};

[[nodiscard]] inline bool is_word(std::string_view word, std::string_view singular) {
    // NOLINTNEXTLINE(readability-suspicious-call-argument): whether the text `word` goes on as the other
    return goes_on(word, 0, singular) &&
           (word.size() == singular.size() || (word.size() == singular.size() + 1 && ascii_lower(word.back()) == 's'));
}
template <std::size_t N>
[[nodiscard]] bool is_any_word(std::string_view word, const std::array<std::string_view, N>& of) {
    return detail::any_of(of, [word](std::string_view each) { return is_word(word, each); });
}
template <std::size_t N>
[[nodiscard]] bool begins_with_any(std::string_view word, const std::array<std::string_view, N>& of) {
    // NOLINTNEXTLINE(readability-suspicious-call-argument): as in is_word
    return detail::any_of(of, [word](std::string_view each) { return goes_on(word, 0, each); });
}

/// Whether one of the three words before a byte, in its clause, says that the number there is the size of something
/// else, or a sign that it is a factor or an exponent.
[[nodiscard]] inline bool of_something_else(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '$')) --at;
    if (at > 0 && (text[at - 1] == '*' || text[at - 1] == '^' || text[at - 1] == '/')) return true;
    if (at > 1 && text.substr(at - 2, 2) == "\xC3\x97") return true;
    if (at > 5 && text.substr(at - 6, 6) == "\\times") return true;
    if (at > 1 && ascii_lower(text[at - 1]) == 'x' && !is_small_letter(ascii_lower(text[at - 2]))) return true;
    for (int words = 0; words < 3 && at > 0; ++words) {
        const std::size_t end = at;
        while (at > 0 && is_alphanumeric(text[at - 1]) && end - at < 16) --at;
        if (at == end) return false;
        if (begins_with_any(text.substr(at, end - at), not_sizes)) return true;
        while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-')) --at;
    }
    return false;
}

[[nodiscard]] inline std::optional<stated_size> size_at(std::string_view text, const written_number& number) {
    if (!number || number.clock || !(number.value > 0) || of_something_else(text, number.begin)) return std::nullopt;
    stated_size size{.number = number, .span = {number.begin, number.end}};
    following_words words(text, number.end);
    double seconds = 0;  // of a unit of time, of which sound is still to follow
    bool found = false;
    for (int place = 0; place < 5 && !found; ++place) {
        const std::string_view word = words.next();
        if (word.empty() || is_digit(word[0]) || is_any_word(word, ends_of_sizes)) return std::nullopt;
        if (seconds > 0) {
            if (!begins_with_any(word, words_of_sound)) continue;
            size.what = size_of::datapoints;
            size.unit = datapoint_unit::audio_seconds;
            for (double* const each : {&size.number.value, &size.number.lower, &size.number.upper}) *each *= seconds;
            found = true;
        } else if (is_word(word, "hour") || is_word(word, "minute")) {
            if (place > 0) return std::nullopt;
            seconds = is_word(word, "hour") ? 3600 : 60;
        } else if (place == 0 && number.value >= 1e6 && (is_word(word, "model") || is_word(word, "llm")) &&
                   is_small_letter(ascii_lower(text[number.end - 1]))) {
            found = true;  // "a 7B model"
        } else if (is_word(word, "point")) {
            size.what = size_of::datapoints;  // "data points"
            found = true;
        } else {
            const auto noun =
                detail::find_if(size_nouns, [word](const size_noun& each) { return is_word(word, each.text); });
            if (noun == size_nouns.end()) {
                if (place == 0 && is_alphanumeric(text[number.end])) return std::nullopt;  // "512x512"
                continue;
            }
            size.what = noun->what;
            size.unit = noun->unit;
            found = true;
        }
        size.span.end = words.at();
    }
    if (!found) return std::nullopt;
    if (words.at() < text.size() && text[words.at()] == '/') return std::nullopt;  // "tokens/s"
    const std::string_view next = words.next();
    if (is_word(next, "per") || is_word(next, "each") || begins_with_any(next, not_sizes)) return std::nullopt;
    return size;
}

}  // namespace detail

/// The sizes that a text states, in order: numbers (text/quantities.hpp, with their whole expression, range or bound)
/// before a word for parameters, epochs or data points, three words between at most ("300 billion training tokens",
/// "60k hours of unlabelled speech"), and "a 7B model". Rates ("tokens per second"), factors ("512 x 512 images"), and
/// sizes of contexts, batches and vocabularies are none. Which of them is that of the training data is not told.
/// Linear; no errors.
[[nodiscard]] inline std::vector<stated_size> sizes_in(std::string_view text) {
    std::vector<stated_size> sizes;
    for_each_number(text, [&](const written_number& number) {
        if (const auto size = detail::size_at(text, number)) sizes.push_back(*size);
    });
    return sizes;
}

}  // namespace compute_divide::inline v0_2

#endif
