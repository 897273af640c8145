// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_FAMILIES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_FAMILIES_HPP

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/ascii.hpp>

/// Which organisations are one: laboratories and subsidiaries of a company, and the names it had.
///
///     roll_up("Google Brain");                                                        // "Alphabet"
///     roll_up("DeepMind", {.year = 2013});                                            // "DeepMind": bought in 2014
///     roll_up(model.organisations, {.own = mine});                                    // a table of yours first
namespace compute_divide {

/// An organisation, by one of its names, and the family it belongs to in some years.
struct organisation_family {
    std::string_view organisation = {};
    std::string_view family = {};
    int since = std::numeric_limits<int>::min();  ///< first year
    int until = std::numeric_limits<int>::max();  ///< last year

    friend constexpr bool operator==(const organisation_family&, const organisation_family&) = default;
};

// Names as Epoch AI's tables write them. Source: the companies' announcements; a year is that in which a purchase was
// completed or announced. Joint laboratories (MIT-IBM Watson AI Lab) are of no family.
// clang-format off
inline constexpr organisation_family organisation_families[] = {
    {"Google", "Alphabet"}, {"Google AI", "Alphabet"}, {"Google AI Brain", "Alphabet"}, {"Google Brain", "Alphabet"},
    {"Google Cloud", "Alphabet"}, {"Google cloud AI", "Alphabet"}, {"Google DeepMind", "Alphabet"},
    {"Google Inc", "Alphabet"}, {"Google Inc.", "Alphabet"}, {"Google Research", "Alphabet"},
    {"Google Zurich", "Alphabet"}, {"Brain Team", "Alphabet"}, {"Waymo", "Alphabet"}, {"Verily", "Alphabet"},
    {"Calico", "Alphabet"}, {"Isomorphic Labs", "Alphabet"}, {"DeepMind", "Alphabet", 2014},
    {"Kaggle", "Alphabet", 2017},
    {"Facebook", "Meta"}, {"Facebook AI", "Meta"}, {"Facebook AI Research", "Meta"}, {"Meta AI", "Meta"},
    {"MetaAI", "Meta"}, {"Oculus", "Meta", 2014},
    {"Microsoft Research", "Microsoft"}, {"Microsoft Research Asia", "Microsoft"},
    {"Microsoft Research AI for Science", "Microsoft"}, {"Microsoft Research Cambridge", "Microsoft"},
    {"Microsoft Bing", "Microsoft"}, {"LinkedIn", "Microsoft", 2016}, {"Maluuba", "Microsoft", 2017},
    {"Microsoft Maluuba", "Microsoft"}, {"GitHub", "Microsoft", 2018},
    {"Amazon Machine Learning Solutions Lab", "Amazon"}, {"Twitch", "Amazon", 2014},
    {"IBM Research", "IBM"}, {"IBM Almaden Research Center", "IBM"}, {"IBM T.J. Watson Research Center", "IBM"},
    {"IBM TJ Watson Research Centre", "IBM"}, {"Red Hat", "IBM", 2019},
    {"Nervana Systems", "Intel", 2016}, {"Mobileye", "Intel", 2017}, {"Habana Labs", "Intel", 2019},
    {"Mellanox", "NVIDIA", 2020}, {"Xilinx", "AMD", 2022}, {"MosaicML", "Databricks", 2023},
    {"Salesforce Research", "Salesforce"}, {"MetaMind", "Salesforce", 2016}, {"MetaMind Inc", "Salesforce", 2016},
    {"Alibaba DAMO Academy", "Alibaba"}, {"Alibaba Group", "Alibaba"}, {"DAMO Academy", "Alibaba"},
    {"DAMO academy Alibaba", "Alibaba"},
    {"Baidu Inc.", "Baidu"}, {"Baidu Research - Silicon Valley AI Lab", "Baidu"},
    {"Baidu Research- Silicon Valley AI Lab", "Baidu"},
    {"Huawei Noah's Ark Lab", "Huawei"},
    {"Samsung R&D Institute Russia", "Samsung"}, {"Samsung Research America", "Samsung"},
    {"NAVER AI Lab", "NAVER"}, {"Naver Clova", "NAVER"}, {"Naver Corp", "NAVER"}, {"Naver", "NAVER"},
    {"Uber AI", "Uber"},
    {"AT&T Labs", "AT&T"}, {"AT&T Bell Laboratories", "AT&T"},
    {"Bell Laboratories", "AT&T", std::numeric_limits<int>::min(), 1995},
    {"Bell Laboratories", "Lucent Technologies", 1996, 2005}, {"Bell Laboratories", "Alcatel-Lucent", 2006, 2015},
    {"Bell Laboratories", "Nokia", 2016},
};
// clang-format on

struct family_options {
    std::span<const organisation_family> own = {};  ///< looked through first: an organisation in it is as it says
    bool known = true;                              ///< whether organisation_families is looked through, too
    std::optional<int> year = {};                   ///< when; else any year, and the last where there are several
};

/// The family of an organisation, or its own name where it has none. Names are compared whole, ASCII letters in
/// whatever case. O(rows).
[[nodiscard]] inline std::string roll_up(std::string_view organisation, const family_options& options = {}) {
    const auto same = [](char a, char b) { return detail::ascii_lower(a) == detail::ascii_lower(b); };
    const auto look = [&](std::span<const organisation_family> families) {
        bool listed = false;
        std::optional<std::string_view> found;
        for (const organisation_family& row : families) {
            if (!std::ranges::equal(row.organisation, organisation, same)) continue;
            listed = true;
            if (!options.year || (row.since <= *options.year && *options.year <= row.until)) found = row.family;
        }
        return listed ? std::optional(found.value_or(organisation)) : std::nullopt;
    };
    if (const auto own = look(options.own)) return std::string(*own);
    if (options.known)
        if (const auto known = look(organisation_families)) return std::string(*known);
    return std::string(organisation);
}

/// The families of a record's organisations, each once, in their order: a cluster field of several labels.
template <std::ranges::input_range Organisations>
requires std::convertible_to<std::ranges::range_reference_t<const Organisations>, std::string_view> &&
    (!std::convertible_to<const Organisations&, std::string_view>)
        [[nodiscard]] std::vector<std::string> roll_up(const Organisations& organisations,
                                                       const family_options& options = {}) {
    std::vector<std::string> families;
    for (const auto& each : organisations) {
        std::string family = roll_up(std::string_view(each), options);
        if (std::ranges::find(families, family) == families.end()) families.push_back(std::move(family));
    }
    return families;
}

}  // namespace compute_divide

#endif
