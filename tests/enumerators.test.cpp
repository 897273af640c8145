// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/enumerators.hpp>

#include <array>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

enum class colour { red, dark_green };
constexpr auto enumerators(colour) {
    return std::array{cd::named<colour>{colour::red, "red"},
                      cd::named<colour>{colour::dark_green, "dark_green", "a green that is dark"}};
}
enum class unnamed { one };

}  // namespace

TEST_CASE("enumerators are printed and parsed by name") {
    static_assert(cd::named_enum<colour> && !cd::named_enum<unnamed> && !cd::named_enum<int>);
    static_assert(cd::name_of(colour::dark_green) == "dark_green");
    static_assert(cd::name_of(static_cast<colour>(7)) == "?");
    CHECK(cd::parse_name<colour>("red") == colour::red);
    CHECK_THROWS_WITH_AS((void)cd::parse_name<colour>("blue"),
                         "compute_divide::parse_name: one of red, dark_green, got \"blue\"", std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)cd::parse_name<colour>(""),
                         "compute_divide::parse_name: one of red, dark_green, got \"\"", std::invalid_argument);
}

TEST_CASE("an error shows no more than the beginning of a long text") {
    CHECK_THROWS_WITH_AS(
        (void)cd::parse_name<colour>(std::string(1000, 'x')),
        ("compute_divide::parse_name: one of red, dark_green, got \"" + std::string(80, 'x') + "...\"").c_str(),
        std::invalid_argument);
}

TEST_CASE("prose is the description, else the name") {
    static_assert(cd::description_of(colour::dark_green) == "a green that is dark");
    static_assert(cd::description_of(colour::red) == "red");
    static_assert(cd::description_of(static_cast<colour>(7)) == "?");
}
