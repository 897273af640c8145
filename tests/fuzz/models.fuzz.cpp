// SPDX-License-Identifier: BSL-1.0
// Linear, logit, Poisson, negative binomial and absorbed models of the columns of any CSV table: they end, with
// numbers, a status, or the documented error. The first bytes choose.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/regression.hpp>

#include "input.hpp"
#include "require.hpp"
#include "support/fit_readings.hpp"

using namespace compute_divide;

namespace {

struct record {
    std::optional<double> y, x, z, weight;
    std::optional<bool> yes;
    std::string group;
};

/// The first records of a table with the columns y, x, z, weight and group; a cell that is no number is not known.
std::vector<record> records_of(std::string_view table) {
    std::vector<record> records;
    csv_reader rows(table, {.header = false, .on_error = error_handling::skip});
    const auto number = [](const csv_row& row, std::size_t at) -> std::optional<double> {
        if (at >= row.size()) return std::nullopt;
        try {
            return parse_number(row[at], decimal_mark::point);
        } catch (const std::invalid_argument&) {
            return std::nullopt;
        }
    };
    for (const csv_row& row : rows) {
        record next{.y = number(row, 0), .x = number(row, 1), .z = number(row, 2), .weight = number(row, 3)};
        if (next.y) next.yes = *next.y > 0;
        if (row.size() > 4) next.group = row[4];
        records.push_back(std::move(next));
        if (records.size() == 30) break;
    }
    return records;
}

template <class Compute>
void require_fit(const char* name, const Compute& compute) {
    require_sound(name, [&] {
        const regression_fit fit = compute();
        require(!to_string(fit).empty() && !to_json(fit).empty());
        std::apply(
            [&](const auto&... part) {
                (require_sound(
                     name, [&]() -> const auto& { return part; }),
                 ...);
            },
            test_support::readings_of(fit));
        return exponentiated(fit);
    });
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input bytes(data, size);
    const std::uint8_t family = bytes.byte() % 6, choice = bytes.byte();
    using enum covariance_kind;
    const bool clusters = choice % 2 == 0;
    regression_options options{.covariance = clusters ? bytes.one_of(std::vector{clustered, cr2, cr3})
                                                      : bytes.one_of(std::vector{classical, hc0, hc1, hc2, hc3})};
    if (family == 2 || family > 3) options.covariance = std::nullopt;
    const auto records = records_of(bytes.rest());

    // Terms, weights, clusters and effects are chosen at run time: a model of each response.
    using number = std::function<std::optional<double>(const record&)>;
    using label = std::function<std::string(const record&)>;
    const number x_of = [](const record&r) { return r.x; }, z_of = [](const record&r) { return r.z; };
    std::vector<polynomial<number>> terms{polynomial(std::string("x"), x_of, choice / 4 % 3 == 1 ? 2U : 1U)};
    std::vector<interaction<polynomial<number>, polynomial<number>>> products;
    if (choice / 4 % 3 != 1) terms.push_back(polynomial(std::string("z"), z_of, 1));
    if (choice / 4 % 3 == 2) products.emplace_back(terms[0], terms[1]);
    const number weight = choice / 2 % 2 == 0 ? number([](const record& r) { return r.weight; })
                                              : number([](const record&) { return std::optional(1.0); });
    const std::vector<label> groups{[](const record&r) { return r.group; }}, none;
    const auto with_terms = [&](const auto& response) {
        const auto model = response.on(terms, products).weighted_by(weight).clustered_by(clusters ? groups : none);
        return choice / 16 % 4 == 3 ? model.without_intercept() : model;
    };
    const auto y = with_terms(model_of(&record::y));
    const auto yes = with_terms(model_of(&record::yes));
    switch (family) {
        case 0:
            require_fit("fit_linear", [&] { return fit_linear(records, y, options); });
            break;
        case 1:
            require_fit("fit_poisson", [&] { return fit_poisson(records, y, options); });
            break;
        case 2:
            require_fit("fit_negative_binomial", [&] { return fit_negative_binomial(records, y, options); });
            break;
        case 3:
            require_fit("fit_fixed_effects", [&] { return fit_fixed_effects(records, y.absorbing(groups), options); });
            break;
        case 4:
            require_fit("fit_logit", [&] {
                const auto fit = fit_logit(records, yes, options);
                require_sound("average_marginal_effects", [&] { return average_marginal_effects(records, yes, fit); });
                return fit;
            });
            break;
        default:
            require_fit("fit_firth_logit", [&] { return fit_firth_logit(records, yes, options); });
    }
    return 0;
}
