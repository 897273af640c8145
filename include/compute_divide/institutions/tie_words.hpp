// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TIE_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TIE_WORDS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// The words of tables of ties between organisations: kinds of tie, how sure they are, and names that are categories.
namespace compute_divide::inline v0_2 {

/// What ties a user to a provider.
enum class tie_kind {
    data_centre_user,      ///< it uses a data centre that the provider owns
    cluster_user,          ///< it uses a cluster that the provider owns
    model_cloud_vendor,    ///< it trained a model at the provider's cloud
    data_centre_investor,  ///< the provider has put money into a data centre that it uses
    other
};
[[nodiscard]] constexpr auto enumerators(tie_kind) {
    using enum tie_kind;
    return std::array{named<tie_kind>{data_centre_user, "data_centre_user", "user of a data centre"},
                      named<tie_kind>{cluster_user, "cluster_user", "user of a cluster"},
                      named<tie_kind>{model_cloud_vendor, "model_cloud_vendor", "trained a model at a cloud"},
                      named<tie_kind>{data_centre_investor, "data_centre_investor", "its data centre has an investor"},
                      named<tie_kind>{other, "other", "of another kind"}};
}

/// How sure a tie is, the least sure first.
enum class tie_certainty { speculative, likely, confident };
[[nodiscard]] constexpr auto enumerators(tie_certainty) {
    using enum tie_certainty;
    return std::array{named<tie_certainty>{speculative, "speculative"}, named<tie_certainty>{likely, "likely"},
                      named<tie_certainty>{confident, "confident"}};
}

/// What a table says of a tie's certainty: confident or confirmed; likely; speculative or unlikely, with or without a #
/// before it, in any letter case; nothing where it is blank. Throws std::invalid_argument for any other word.
[[nodiscard]] inline std::optional<tie_certainty> read_tie_certainty(std::string_view word) {
    const std::string_view given = word;
    while (!word.empty() && (word.front() == ' ' || word.front() == '#')) word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    if (word.empty()) return std::nullopt;
    using enum tie_certainty;
    constexpr std::array<std::pair<std::string_view, tie_certainty>, 5> words{{{"confident", confident},
                                                                               {"confirmed", confident},
                                                                               {"likely", likely},
                                                                               {"speculative", speculative},
                                                                               {"unlikely", speculative}}};
    for (const auto& [name, value] : words)
        if (std::ranges::equal(word, name, {}, detail::ascii_lower)) return value;
    detail::fail("read_tie_certainty", "one of confident, confirmed, likely, speculative, unlikely", given);
}

/// A name with what follows it: "OpenAI #confident".
struct marked_name {
    std::string_view name = {};  ///< of the text given
    std::optional<tie_certainty> certainty = {};

    friend constexpr bool operator==(const marked_name&, const marked_name&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<marked_name>) {
    return member_list(member{"name", &marked_name::name}, member{"certainty", &marked_name::certainty});
}

/// Takes the mark off a name. Throws as read_tie_certainty does: a # that begins no such word is an error.
[[nodiscard]] inline marked_name read_marked_name(std::string_view text) {
    const std::size_t mark = text.rfind('#');
    marked_name read{.name = text.substr(0, mark)};
    if (mark != std::string_view::npos) read.certainty = read_tie_certainty(text.substr(mark));
    while (!read.name.empty() && read.name.front() == ' ') read.name.remove_prefix(1);
    while (!read.name.empty() && read.name.back() == ' ') read.name.remove_suffix(1);
    return read;
}

/// Whether a name is that of a category of users, and of no organisation: "Cloud", "Researchers in academia and
/// industry", "European researchers", "US Government"; also what is left of a list of such that was cut at its commas
/// ("and Security"). All its words are then common ones. "Google Cloud" and "US Army" are names. O(length).
[[nodiscard]] inline bool is_user_category(std::string_view name) {
    // clang-format off
    static constexpr std::array<std::string_view, 76> common{
        "academia", "academic", "academics", "across", "aerospace", "agencies", "and", "applications", "as",
        "biomedical", "change", "civilian", "clean", "client", "clients", "climate", "cloud", "communities",
        "community", "companies", "critical", "customers", "defence", "defense", "energy", "europe", "european",
        "fields", "firms", "for", "france", "general", "german", "gov", "government", "governments", "groups",
        "healthcare", "in", "including", "industry", "intelligence", "invest", "japan", "lab", "labs", "medicine",
        "of", "personalised", "pharmaceutical", "poland", "private", "public", "research", "researchers", "science",
        "sciences", "scientific", "scientists", "sector", "security", "startups", "such", "swedish", "swiss", "thai",
        "the", "they", "uk", "undisclosed", "universities", "us", "users", "various", "via", "within"};
    // clang-format on
    static_assert(std::ranges::is_sorted(common));
    std::string word;
    bool any = false;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const char c = i < name.size() ? detail::ascii_lower(name[i]) : ' ';
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c < '\0') {
            word += c;
        } else if (!word.empty()) {
            if (!detail::binary_search(common, std::string_view(word))) return false;
            any = true;
            word.clear();
        }
    }
    return any;
}

}  // namespace compute_divide::inline v0_2

#endif
