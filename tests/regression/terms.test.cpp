// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/terms.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/model.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

enum class size { small, middling, large };  // their names are not in this order
constexpr auto enumerators(size) {
    return std::array{cd::named<size>{size::small, "small"}, cd::named<size>{size::middling, "middling"},
                      cd::named<size>{size::large, "large"}};
}

struct paper {
    double y;
    std::optional<int> authors;
    std::string venue;
    size length;
    bool code;
};
using papers = std::vector<paper>;

const papers four{{1, 3, "NeurIPS", size::large, true},
                  {2, 5, "ICML", size::small, false},
                  {3, {}, "AAAI", size::middling, true},
                  {4, 2, "ICML", size::large, false}};

struct columns {
    std::vector<std::string> names;
    std::vector<std::vector<double>> rows;
    std::uint64_t n_missing;
};

/// The matrix of terms over the papers.
template <class Records, class... Terms>
columns columns_of(Records&& records, Terms... terms) {
    const auto frame = cd::detail::frame_of("test", records, cd::model_of(&paper::y).on(terms...).without_intercept());
    columns all{frame.names, {}, frame.n_missing};
    for (std::size_t i = 0; i < frame.n; ++i) all.rows.emplace_back(frame.row(i).begin(), frame.row(i).end());
    return all;
}

using rows = std::vector<std::vector<double>>;
using names = std::vector<std::string>;

}  // namespace

TEST_CASE("a variable is a column, and yes and no are 1 and 0") {
    const auto all = columns_of(four, cd::variable("authors", &paper::authors), cd::variable("code", &paper::code));
    CHECK(all.names == names{"authors", "code"});
    CHECK(all.rows == rows{{3, 1}, {5, 0}, {2, 0}});
    CHECK(all.n_missing == 1);
}

TEST_CASE("a yes or no that is not known is missing") {
    const auto has_many = [](const paper& p) { return p.authors ? std::optional(*p.authors > 2) : std::nullopt; };
    const auto all = columns_of(four, cd::variable("many", has_many));
    CHECK(all.rows == rows{{1}, {1}, {0}});
    CHECK(all.n_missing == 1);
}

TEST_CASE("the levels of a category are those of the records that are used, less the base") {
    CHECK(columns_of(four, cd::categorical("venue", &paper::venue)).names == names{"venue:ICML", "venue:NeurIPS"});
    // the paper of AAAI has no number of authors
    const auto used =
        columns_of(four, cd::categorical("venue", &paper::venue), cd::variable("authors", &paper::authors));
    CHECK(used.names == names{"venue:NeurIPS", "authors"});
    CHECK(used.rows == rows{{1, 3}, {0, 5}, {0, 2}});
    CHECK(columns_of(four, cd::categorical("venue", &paper::venue, "ICML")).names ==
          names{"venue:AAAI", "venue:NeurIPS"});
}

TEST_CASE("levels come in the order of enumerators, numbers, or text") {
    CHECK(columns_of(four, cd::categorical("length", &paper::length)).names ==
          names{"length:middling", "length:large"});
    CHECK(columns_of(four, cd::categorical("length", &paper::length, size::large)).names ==
          names{"length:small", "length:middling"});
    const auto decade = [](const paper& p) { return p.y > 2 ? 9 : 10; };
    CHECK(columns_of(four, cd::categorical("decade", decade)).names == names{"decade:10"});
    CHECK(columns_of(four, cd::categorical("decade", decade, 10)).names == names{"decade:9"});
    CHECK(columns_of(four, cd::categorical("code", &paper::code)).names == names{"code:yes"});
    CHECK(columns_of(four, cd::categorical("code", &paper::code, true)).names == names{"code:no"});
}

TEST_CASE("powers and products") {
    const auto cubic = columns_of(four, cd::polynomial("y", &paper::y, 3));
    CHECK(cubic.names == names{"y", "y^2", "y^3"});
    CHECK(cubic.rows.back() == std::vector<double>{4, 16, 64});

    const auto products = columns_of(
        four, cd::interaction(cd::categorical("venue", &paper::venue, "AAAI"), cd::polynomial("y", &paper::y, 2)));
    CHECK(products.names == names{"venue:ICML*y", "venue:ICML*y^2", "venue:NeurIPS*y", "venue:NeurIPS*y^2"});
    CHECK(products.rows == rows{{0, 0, 1, 1}, {2, 4, 0, 0}, {0, 0, 0, 0}, {4, 16, 0, 0}});
}

TEST_CASE("lists known at run time stand beside terms known before") {
    using field = std::function<double(const paper&)>;
    std::vector<cd::variable<field>> list;
    for (const double factor : {2.0, 3.0})
        list.emplace_back(std::string("y").append(std::to_string(static_cast<int>(factor))),
                          [factor](const paper& p) { return factor * p.y; });
    const auto all = columns_of(four, cd::variable("code", &paper::code), list);
    CHECK(all.names == names{"code", "y2", "y3"});
    CHECK(all.rows[1] == std::vector<double>{0, 4, 6});
}

TEST_CASE("any range of records") {
    const std::list<paper> listed(four.begin(), four.end());
    CHECK(columns_of(listed, cd::categorical("venue", &paper::venue)).rows.size() == 4);
}

TEST_CASE("what is no term") {
    CHECK(message_of([] { return cd::polynomial("y", &paper::y, 0); }) ==
          "compute_divide::polynomial: a degree of at least 1, got 0");
    CHECK(message_of([] { return columns_of(four, cd::categorical("venue", &paper::venue, "KDD")).names; }) ==
          "compute_divide::categorical: a base among the levels of venue, got \"KDD\"");
    CHECK(message_of([] { return columns_of(four, cd::categorical("code", &paper::code, "yes")).names; }) ==
          "compute_divide::categorical: a base that can be compared with the levels of code, got \"another\"");
    static_assert(!cd::regression_term<double paper::*>);
    static_assert(!cd::regression_term_of<cd::variable<std::string paper::*>, papers>);
    static_assert(!cd::regression_term_of<double paper::*, papers>);
    static_assert(cd::regression_term_of<cd::categorical<std::string paper::*>, papers>);
}
