// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_NAIVE_TERMS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_NAIVE_TERMS_HPP

#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace test_support {

/// Whether the character of normalised UTF-8 that begins at or before `at` is a letter or digit of a script with
/// spaces.
inline bool letter_at(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at] & '\xC0') == '\x80') --at;
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return (lead >= '0' && lead <= '9') || (lead >= 'a' && lead <= 'z');
    return lead < 0xE3;
}

/// What term_set finds in normalised text, by comparing every term (all normalised, without plurals or hyphens)
/// everywhere.
inline std::vector<compute_divide::term_hit> naive_hits(const std::vector<std::string>& terms, std::string_view text,
                                                        bool whole_words = true) {
    const auto boundary = [&](std::size_t at) {
        return at == 0 || at == text.size() || !letter_at(text, at - 1) || !letter_at(text, at);
    };
    std::vector<compute_divide::term_hit> hits;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((text[at] & '\xC0') == '\x80') continue;
        compute_divide::term_hit best{0, at, at};
        std::size_t best_prefix = 0;
        for (const bool with_star : {false, true})
            for (std::size_t i = 0; i < terms.size(); ++i) {
                std::string_view term = terms[i];
                const bool prefix = term.ends_with('*');
                if (prefix) term.remove_suffix(1);
                if (prefix != with_star || !text.substr(at).starts_with(term)) continue;
                std::size_t end = at + term.size();
                if (whole_words && !boundary(at)) continue;
                if (prefix)
                    while (end < text.size() && letter_at(text, end)) ++end;
                else if (whole_words && !boundary(end))
                    continue;
                const bool longer_prefix = prefix && end == best.end && best_prefix != 0 && term.size() > best_prefix;
                if (end <= best.end && !longer_prefix) continue;
                best = {static_cast<std::uint32_t>(i), at, end};
                best_prefix = prefix ? term.size() : 0;
            }
        if (best.end == at) continue;
        hits.push_back(best);
        at = best.end - 1;
    }
    return hits;
}

}  // namespace test_support

#endif
