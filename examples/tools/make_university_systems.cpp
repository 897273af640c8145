// SPDX-License-Identifier: BSL-1.0
// Writes include/compute_divide/institutions/detail/university_systems.hpp: the campuses of university systems, from
// the relationships in a dump of the Research Organization Registry (CC0).
//   make_university_systems ror_v2_records.jsonl > university_systems.hpp
// A system is a record of type education that is called one ("University of California System"), or one of those named
// below, which are systems under another name. Its campuses are its children that are of type education, or that the
// dump does not hold and that are called like a university or college. What is a child of two systems is left out.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <compute_divide/text/normalise.hpp>

using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 3> also{"State University of New York", "City University of New York",
                                               "University of London"};

std::string name_of(const json& record) {
    for (const json& name : record.at("names"))
        for (const json& type : name.at("types"))
            if (type == "ror_display") return name.at("value");
    return {};
}
bool has_type(const json& record, std::string_view wanted) {
    return std::ranges::any_of(record.at("types"), [&](const json& type) { return type == wanted; });
}
bool is_system(const json& record) {
    const std::string name = name_of(record);
    return has_type(record, "education") &&
           (name.find("System") != std::string::npos || std::ranges::find(also, name) != also.end());
}
bool is_called_university(const std::string& name) {
    const std::string text = compute_divide::normalised(std::string_view(name));
    return std::ranges::any_of(std::array{"univ", "college", "institute of technology", "school of", "state tech"},
                               [&](const char* word) { return text.find(word) != std::string::npos; });
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) throw std::invalid_argument("one argument is required, a dump with a record a line");
    std::ifstream file(argv[1]);
    if (!file) throw std::invalid_argument(std::string(argv[1]) + " cannot be read");
    std::map<std::string, bool> educates;  // by id
    std::vector<json> systems;
    for (std::string line; std::getline(file, line);) {
        const json record = json::parse(line);
        if (record.at("status") != "active") continue;
        educates[record.at("id")] = has_type(record, "education");
        if (is_system(record)) systems.push_back(record);
    }
    std::map<std::string, std::set<std::string>> systems_of;  // by campus
    for (const json& system : systems)
        for (const json& each : system.at("relationships")) {
            if (each.at("type") != "child") continue;
            const std::string campus = each.at("label");
            const auto known = educates.find(each.at("id").get<std::string>());
            const bool is_campus = known != educates.end() ? known->second : is_called_university(campus);
            if (is_campus) systems_of[campus].insert(name_of(system));
        }
    std::map<std::string, std::vector<std::string>> table;  // by system
    for (const auto& [campus, of] : systems_of)
        if (of.size() == 1 && systems_of.count(*of.begin()) == 0) table[*of.begin()].push_back(campus);

    fmt::print(R"(// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_UNIVERSITY_SYSTEMS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_UNIVERSITY_SYSTEMS_HPP

#include <string_view>

/// Campuses of university systems.
namespace compute_divide::inline v0_2::detail {{

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

// Written by examples/tools/make_university_systems.cpp. Source: relationships of the Research Organization Registry
// (CC0). A line is a system, a tab, and a campus.
// clang-format off
inline constexpr std::string_view university_systems = R"_()");
    for (const auto& [system, campuses] : table) {  // a literal each, as compilers have a longest one
        if (system != table.begin()->first) fmt::print(")_\"\nR\"_(");
        for (const std::string& campus : campuses) fmt::print("{}\t{}\n", system, campus);
    }
    fmt::print(R"()_"sv;
// clang-format on

}}  // namespace compute_divide::inline v0_2::detail

#endif
)");
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "make_university_systems: {}\n", error.what());
    return 1;
}
