// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_ORGANISATIONS_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_ORGANISATIONS_HPP

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/io/fields.hpp>

/// How Epoch AI's tables of models write organisations.
namespace compute_divide::inline v0_2 {

/// The organisations in the free text of the tables up to 2023-03. They end at `,`, `;`, ` & ` and ` and `, but not
/// within "Science and Technology", and a campus after "University of ..." belongs to it ("University of California,
/// Berkeley"). Any other place is an entry of its own ("Jagiellonian University, Cracow").
[[nodiscard]] inline std::vector<std::string> split_organisations(std::string_view text) {
    constexpr std::array<std::string_view, 4> separators{",", ";", " & ", " and "};
    constexpr std::array<std::string_view, 10> campuses{"Berkeley",      "College Park", "Davis",     "Irvine",
                                                        "Los Angeles",   "Merced",       "Riverside", "San Diego",
                                                        "Santa Barbara", "Santa Cruz"};
    std::vector<std::string> organisations;
    const auto add = [&](std::string_view part) {
        part = trimmed(part);
        if (part.empty()) return;
        const bool campus = detail::find(campuses, part) != campuses.end() && !organisations.empty() &&
                            organisations.back().starts_with("University of");
        if (campus)
            organisations.back().append(", ").append(part);
        else
            organisations.emplace_back(part);
    };
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto separator = detail::find_if(
            separators, [rest = text.substr(at)](std::string_view each) { return rest.starts_with(each); });
        const bool within_name =
            text.substr(0, at).ends_with("Science") && text.substr(at).starts_with(" and Technology");
        if (separator == separators.end() || within_name) {
            ++at;
            continue;
        }
        add(text.substr(start, at - start));
        start = at += separator->size();
    }
    add(text.substr(start));
    return organisations;
}

}  // namespace compute_divide::inline v0_2

#endif
