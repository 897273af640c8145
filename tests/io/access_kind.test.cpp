// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/access_kind.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_reader.hpp>

namespace cd = compute_divide;
using cd::access_kind;

namespace {

constexpr auto exactly(access_kind kind) {
    return std::optional(cd::access_range<access_kind>{kind, kind});
}

}  // namespace

static_assert(cd::find_epoch_access("Open weights (non-commercial)") == exactly(access_kind::noncommercial));
static_assert(access_kind::unreleased < access_kind::hosted && access_kind::hosted < access_kind::api &&
              access_kind::api < access_kind::noncommercial && access_kind::noncommercial < access_kind::restricted &&
              access_kind::restricted < access_kind::unrestricted);

TEST_CASE("every spelling of Epoch's vintages") {
    const std::map<std::string, access_kind> spellings = {{"Unreleased", access_kind::unreleased},
                                                          {"Hosted access (no API)", access_kind::hosted},
                                                          {"API access", access_kind::api},
                                                          {"API accessible", access_kind::api},
                                                          {"Open weights (non-commercial)", access_kind::noncommercial},
                                                          {"Open access (restricted use)", access_kind::restricted},
                                                          {"Open weights (restricted use)", access_kind::restricted},
                                                          {"open weights  UNRESTRICTED", access_kind::unrestricted},
                                                          {"Open access (unrestricted)", access_kind::unrestricted}};
    for (const auto& each : spellings) {
        const std::string& spelling = each.first;
        const access_kind kind = each.second;
        CAPTURE(spelling);
        CHECK(cd::find_epoch_access(spelling) == exactly(kind));
        CHECK(cd::has_open_weights(kind) == (spelling.find("pen ") != std::string::npos));
    }
    const auto permissive = cd::find_epoch_access("Permissive license");
    REQUIRE(permissive);
    CHECK_FALSE(permissive->is_exact());
    CHECK(permissive->least == access_kind::noncommercial);
    CHECK(permissive->most == access_kind::unrestricted);
    CHECK(cd::find_epoch_code_access("Open (restricted use)")->least == cd::code_access::restricted);
    CHECK(cd::find_epoch_code_access("Open source")->least == cd::code_access::open_source);
    CHECK(cd::find_ecosystem_access("Limited") == cd::access_range<access_kind>{access_kind::hosted, access_kind::api});
    CHECK(cd::find_part_access("limited")->most == cd::part_access::partial);
    for (const std::string_view none :
         {"", " ", "open", "Open", "weights", "Open weights", "unreleased?x", "API accéss", "API access (soon)",
          "open weights (unrestricted) or not", "()"}) {
        CAPTURE(none);
        CHECK_FALSE(cd::find_epoch_access(none));
        CHECK_FALSE(cd::find_epoch_code_access(none));
    }
}

TEST_CASE("every cell of the models that come with the library is read, or blank") {
    auto table = cd::csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/models.csv");
    const cd::csv_column<std::string> vintage(table, "Vintage"), name(table, "Model"),
        model(table, "Model accessibility"), code(table, "Training code accessibility");
    cd::access_cells models(cd::find_epoch_access);
    cd::access_cells codes(cd::find_epoch_code_access);
    std::map<std::string, access_kind> later;
    std::vector<std::string> permissive;
    for (const cd::csv_row& row : table) {
        const auto access = models(model(row));
        (void)codes(code(row));
        if (access && vintage(row) == "2023-12" && !access->is_exact()) permissive.push_back(name(row));
        if (access && vintage(row) == "2025-08") later.emplace(name(row), access->least);
    }
    CHECK(models.unknown().empty());
    CHECK(codes.unknown().empty());
    CHECK(models.n() == 534 + 1117 + 1892 + 3221);
    CHECK(models.n_blank() == 534 + 1036 + 496 + 747);
    CHECK(codes.n_blank() == 534 + 1117 + 640 + 940);
    std::map<access_kind, int> meant;  // what the header says of permissive licences
    for (const auto& each : permissive)
        if (const auto found = later.find(each); found != later.end()) ++meant[found->second];
    CHECK(meant == std::map<access_kind, int>{{access_kind::unreleased, 1},
                                              {access_kind::noncommercial, 11},
                                              {access_kind::restricted, 12},
                                              {access_kind::unrestricted, 29}});
}

TEST_CASE("spellings that are not known are counted by name, and merge") {
    cd::access_cells first(cd::find_ecosystem_access), second(cd::find_ecosystem_access);
    for (const auto* cell : {"open", " Open ", "closed", "ajar", "", "ajar "}) (void)first(cell);
    for (const auto* cell : {"ajar", "wide open", " "}) (void)second(cell);
    first.merge(second);
    CHECK(first.n() == 9);
    CHECK(first.n_blank() == 2);
    CHECK(first.unknown() == std::map<std::string, std::uint64_t>{{"ajar", 3}, {"wide open", 1}});
}

TEST_CASE("scales are named from the least open to the most") {
    const auto kinds = enumerators(access_kind{});
    for (std::size_t i = 1; i < kinds.size(); ++i) CHECK(kinds[i - 1].value < kinds[i].value);
    CHECK(enumerators(cd::osai_dimension{}).size() == 12);
    CHECK(cd::parse_name<access_kind>("api") == access_kind::api);
    CHECK(cd::description_of(access_kind::noncommercial) == "open weights, non-commercial");
}
