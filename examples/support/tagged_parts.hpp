// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TAGGED_PARTS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TAGGED_PARTS_HPP

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/affiliation_parts.hpp>
#include <support/evaluation.hpp>

/// Affiliations whose parts were tagged by hand, a JSON object a line: affiliation, and parts with positions in
/// characters and the tags of AffilGood or of GROBID.
namespace example {

struct tagged_affiliation {
    std::string text;
    std::vector<cd::affiliation_part> parts;
};

inline cd::affiliation_role role_of_tag(std::string_view tag) {
    using enum cd::affiliation_role;
    if (tag == "ORG") return organisation;
    if (tag == "SUB" || tag == "UNIT" || tag == "LAB") return unit;
    if (tag == "ADDRESS" || tag == "STREET" || tag == "POSTBOX") return street;
    if (tag == "CITY" || tag == "REGION") return place;
    if (tag == "POSTALCODE" || tag == "POSTCODE") return postcode;
    if (tag == "COUNTRY") return country;
    return other;
}

inline std::vector<tagged_affiliation> read_tagged(const std::string& path, split_choice rows) {
    std::ifstream file(path);
    std::vector<tagged_affiliation> all;
    for (std::string line; std::getline(file, line);) {
        const auto record = nlohmann::json::parse(line);
        tagged_affiliation next{record.at("affiliation"), {}};
        if (!chosen(rows, next.text)) continue;
        std::vector<std::size_t> bytes;  // where each character begins
        for (std::size_t i = 0; i < next.text.size(); ++i)
            if ((static_cast<unsigned char>(next.text[i]) & 0xC0) != 0x80) bytes.push_back(i);
        bytes.push_back(next.text.size());
        for (const auto& part : record.at("parts")) {
            const std::size_t from = part.at("from"), to = part.at("to");
            if (to >= bytes.size()) continue;  // of a longer text, in a few rows
            next.parts.push_back({role_of_tag(part.at("tag").get<std::string>()), bytes[from], bytes[to]});
        }
        all.push_back(std::move(next));
    }
    if (all.empty()) throw std::invalid_argument(path + " holds no tagged affiliation");
    return all;
}

}  // namespace example

#endif
