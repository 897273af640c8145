// SPDX-License-Identifier: BSL-1.0
// Linear, logit, Poisson, negative binomial and absorbed models of the columns of any CSV table: they end, with
// numbers, a status, or the documented error. The first bytes choose.
#include <cstddef>
#include <cstdint>
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
    const auto records = records_of(bytes.rest());
    const bool clusters = choice % 2 == 0;
    using enum covariance_kind;
    regression_options options{.covariance = clusters ? bytes.one_of(std::vector{clustered, cr2, cr3})
                                                      : bytes.one_of(std::vector{classical, hc0, hc1, hc2, hc3})};
    const auto fits = [&](const auto& formula) {
        const auto with_terms = [&](const auto& model) {
            const auto weighted = model.weighted_by(&record::weight);
            const auto of = [&](const auto& each) {
                switch (family) {
                    case 0:
                        return require_fit("fit_linear", [&] { return fit_linear(records, each, options); });
                    case 1:
                        return require_fit("fit_poisson", [&] { return fit_poisson(records, each, options); });
                    case 2:
                        options.covariance = std::nullopt;
                        return require_fit("fit_negative_binomial",
                                           [&] { return fit_negative_binomial(records, each, options); });
                    case 3:
                        return require_fit("fit_fixed_effects", [&] {
                            return fit_fixed_effects(records, each.absorbing(&record::group), options);
                        });
                    default:
                        break;
                }
            };
            choice / 2 % 2 == 0 ? of(weighted) : of(model);
        };
        clusters ? with_terms(formula.clustered_by(&record::group)) : with_terms(formula);
    };
    const auto x = variable("x", &record::x), z = variable("z", &record::z);
    if (family < 4) {
        const auto y = model_of(&record::y);
        switch (choice / 4 % 3) {
            case 0:
                fits(y.on(x, z));
                break;
            case 1:
                fits(y.on(polynomial("x", &record::x, 2), categorical("group", &record::group)));
                break;
            default:
                fits(y.on(x, interaction(x, z)).without_intercept());
        }
        return 0;
    }
    options.covariance = std::nullopt;
    const auto yes = model_of(&record::yes).on(x, z);
    if (family == 4) {
        require_fit("fit_logit", [&] {
            const auto fit = fit_logit(records, yes, options);
            require_sound("average_marginal_effects", [&] { return average_marginal_effects(records, yes, fit); });
            return fit;
        });
        require_fit("fit_firth_logit", [&] { return fit_firth_logit(records, yes, options); });
    } else {
        require_fit("fit_logit, clusters",
                    [&] { return fit_logit(records, yes.clustered_by(&record::group), options); });
    }
    return 0;
}
