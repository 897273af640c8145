// SPDX-License-Identifier: BSL-1.0
// The first lines are terms, the last one is the text: the same hits as by a naive search, inside the text.
#include <compute_divide/text/term_set.hpp>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../support/naive_terms.hpp"
#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > 2000) return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::vector<std::string> lines;
    std::vector<term> terms;
    for (std::size_t end = 0; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1)) {
        std::string line = normalised(rest.substr(0, end));
        line.erase(0, line.find_first_not_of(' '));
        line.erase(line.find_last_not_of(' ') + 1);
        if (normalised(line) == line) lines.push_back(line);  // an entity in what an entity spelt is decoded again
    }
    for (std::size_t i = 0; i < lines.size(); ++i) terms.push_back({lines[i], static_cast<std::uint32_t>(i)});
    const bool whole_words = data[0] % 2 == 0;
    try {
        const term_set set(terms, {.whole_words = whole_words});
        normalised_text text;
        normalise(rest, text);
        std::vector<term_hit> hits;
        set.for_each(text.view(), [&](const term_hit& hit) { hits.push_back(hit); });
        require(hits == test_support::naive_hits(lines, text.view(), whole_words));
        for (const term_hit& hit : set.find(text)) require(hit.begin <= hit.end && hit.end <= rest.size());
        static_cast<void>(term_set(terms, {.plurals = true, .hyphens = true}).find(text));
    } catch (const std::invalid_argument&) {  // a term without letters, or with a star inside
    }
    return 0;
}
