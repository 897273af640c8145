// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_UNCERTAIN_TREND_HPP
#define COMPUTE_DIVIDE_COMPUTE_UNCERTAIN_TREND_HPP

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/trend_options.hpp>

/// The growth of a quantity that is an estimate itself, the training compute of models, with those errors in the
/// interval.
namespace compute_divide::inline v0_2 {

/// What an error of measurement is about.
enum class measurement_error {
    /// Values scatter round the truth: their errors are in the residuals of a trend already, but for what many share.
    classical,
    /// The truth scatters round the value, which is a prediction (Berkson, 1950): values vary less than truths.
    berkson
};
[[nodiscard]] constexpr auto enumerators(measurement_error) {
    using enum measurement_error;
    return std::array{named<measurement_error>{classical, "classical"}, named<measurement_error>{berkson, "berkson"}};
}

struct uncertain_trend_options {
    measurement_error error = measurement_error::classical;
    /// Between the errors of two records of one method (of a compute_estimate) or one source (of an uncertain number):
    /// the part of an error's variance that all of them share. In [0, 1]; 0 are errors independent of each other.
    double correlation = 0.5;
    trend_options trend = {};  ///< of each draw's trend; its level is that of the result
    multiple_draws_options draws = {};
};

/// Growth with the errors of measurement in its intervals.
struct uncertain_trend {
    compute_divide::growth growth = {};
    combined_draws slope = {};  ///< orders of magnitude a year, and where its variance is from

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(growth); }
    friend bool operator==(const uncertain_trend&, const uncertain_trend&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<uncertain_trend>) {
    return member_list(member{"growth", &uncertain_trend::growth}, member{"slope", &uncertain_trend::slope});
}

namespace detail {

template <class T>
inline constexpr bool is_uncertain = false;
template <class T>
inline constexpr bool is_uncertain<uncertain<T>> = true;

/// A value and what its errors come from: by how much log10 rises when a source is a standard deviation up.
struct error_part {
    std::uint32_t source;
    double log10_sd;
};
struct measured_log {
    double day, log;
    std::vector<std::uint32_t> labels = {};  // of its clusters
    std::vector<error_part> errors = {};
};

/// Numbers the sources of errors; reads a value that is known, nothing else: a stated bound is no value with an error.
class error_reader {
public:
    [[nodiscard]] std::optional<measured_log> operator()(const compute_estimate& e) {
        if (!e.flop.value || e.assumptions.contains(compute_assumption::stated_bound)) return std::nullopt;
        return measured_log{0, *e.flop.value, {}, {{numbers_(std::string(name_of(e.method))), e.log10_sigma}}};
    }
    template <class T>
    [[nodiscard]] std::optional<measured_log> operator()(const uncertain<T>& x) {
        measured_log read{0, number_in(x.value())};
        for (const auto& source : x.sources())
            read.errors.push_back({numbers_(source.name), source.log_sd / std::numbers::ln10});
        return read;
    }
    [[nodiscard]] std::size_t sources() const { return numbers_.labels().size(); }

private:
    label_numbers<std::string> numbers_;
};

/// The numbers of a record's cluster, or of the several it is in; nothing where these are not known.
template <class Records, class Field>
class label_reader {
public:
    static constexpr bool several = has_several_labels<Field, Records>;
    explicit label_reader(Field field) : field_(field), numbers_(std::move(field)) {}

    template <class Record>
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> operator()(Record&& record) {
        if constexpr (is_optional<field_value_t<Field, Records>>)
            if (!is_known(field_value_t<Field, Records>(std::invoke(field_, record)))) return std::nullopt;
        const auto& found = numbers_(record);
        if (!several && found.empty()) return std::nullopt;
        return found;
    }

private:
    Field field_;
    cluster_numbers<Records, Field> numbers_;
};
/// Of records that do not depend on each other.
struct no_labels {
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> operator()(const auto&) const {
        return std::vector<std::uint32_t>();
    }
};

template <std::ranges::input_range Records, class Date, class Value, class Cluster>
[[nodiscard]] uncertain_trend fit_uncertain(Records&& records, Date& date, Value& value, Cluster cluster,
                                            const uncertain_trend_options& options) {
    constexpr std::string_view function = "fit_uncertain_log_trend";
    const double rho = options.correlation;
    require(rho >= 0 && rho <= 1, function, "correlation in [0, 1]", rho);
    require(!bootstrap_interval_of(options.trend.interval), function, "an interval by standard error",
            name_of(options.trend.interval));
    error_reader read;
    std::vector<measured_log> all;
    std::uint64_t position = 0, n_missing = 0;
    for (auto&& record : records) {
        const field_value_t<Value, Records> said = std::invoke(value, record);
        std::optional<measured_log> found;
        if constexpr (is_optional<field_value_t<Value, Records>>) {
            if (said) found = read(*said);
        } else {
            found = read(said);
        }
        const double day = days_since_1970(std::invoke(date, record));
        auto own = cluster(record);
        if (found && !(found->log > 0 && found->log <= std::numeric_limits<double>::max()))
            fail(function, "a finite value > 0 in record " + std::to_string(position), found->log);
        ++position;
        if (!found || !is_known(day) || !own) {
            ++n_missing;
            continue;
        }
        found->day = day;
        found->log = std::log10(found->log);
        found->labels = *std::move(own);
        all.push_back(*std::move(found));
    }

    const double shared = std::sqrt(rho);
    const double alone = options.error == measurement_error::berkson ? std::sqrt(1 - rho) : 0;
    const auto slope_of = [&, drawn = all,
                           of_source = std::vector<double>(read.sources())](random_stream& stream) mutable {
        for (double& z : of_source) z = standard_normal(stream);
        for (std::size_t i = 0; i < all.size(); ++i) {
            drawn[i].log = all[i].log;
            for (const error_part& e : all[i].errors) {
                const double own = alone > 0 ? alone * standard_normal(stream) : 0;
                drawn[i].log += e.log10_sd * (shared * of_source[e.source] + own);
            }
        }
        const auto day = [](const measured_log& m) { return exact(m.day); };
        const auto number = [](const measured_log& m) { return std::pow(10, m.log); };
        const auto trend = [&] {
            if constexpr (std::same_as<Cluster, no_labels>)
                return fit_log_trend(drawn, day, number);
            else if constexpr (Cluster::several)
                return fit_log_trend(drawn, day, number, &measured_log::labels);
            else
                return fit_log_trend(drawn, day, number, [](const measured_log& m) { return m.labels.front(); });
        };
        estimate slope = trend().growth(options.trend).slope;
        slope.n_missing = n_missing;
        return slope;
    };
    multiple_draws_options draws = options.draws;
    draws.level = options.trend.level;
    uncertain_trend result;
    result.slope = over_draws(slope_of, draws);
    result.growth = growth_of(scaled(result.slope.combined, 1 / options.trend.units.days_per_year()),
                              {.units = options.trend.units, .derived = options.trend.derived});
    return result;
}

}  // namespace detail

/// A field that yields a compute_estimate or an uncertain number, or an optional of these. An estimate of a stated
/// bound counts as missing.
template <class Field, class Records>
concept uncertain_field_of = field_of<Field, Records> &&
    (std::same_as<known_t<field_value_t<Field, Records>>, compute_estimate> ||
     detail::is_uncertain<known_t<field_value_t<Field, Records>>>);

/// fit_log_trend of values that are estimates: growth whose interval holds their errors of measurement.
/// `fit_uncertain_log_trend(models, &model::published, &model::compute, &model::organisations)`: the cluster is a
/// label, or several of which dependent records share any, as for fit_log_trend.
///
/// An error is sigma (sqrt(rho) z_source + sqrt(1 - rho) z_record): what the records of one method or source share,
/// and what is a record's own. The trend is fitted over draws of it, and combined by Rubin's rules
/// (multiple_draws.hpp). Of `classical` errors only the shared part is drawn: the records' own are in the residuals,
/// and so in each fit's standard error. What is shared moves the slope where methods come and go over the years, and
/// then no number of records averages it out. Of `berkson` errors both are drawn; that interval is wider than nominal
/// where errors and dates do not go together.
///
/// By simulation with classical errors of a third of an order of magnitude, half of it shared, of two methods of which
/// one gives way to the other: 95 % intervals cover .95, those of fit_log_trend .6 to .8 (docs/coverage.md).
/// Statuses as fit_log_trend and over_draws. Throws std::invalid_argument as these, for a correlation outside [0, 1],
/// for a bootstrap interval, and for a value that is 0 or infinite. Cost: one fit a draw.
template <std::ranges::input_range Records, time_field_of<Records> Date, uncertain_field_of<Records> Value,
          cluster_field_of<Records> Cluster>
[[nodiscard]] uncertain_trend fit_uncertain_log_trend(Records&& records, Date date, Value value, Cluster cluster,
                                                      const uncertain_trend_options& options = {}) {
    return detail::fit_uncertain(records, date, value, detail::label_reader<Records, Cluster>(std::move(cluster)),
                                 options);
}

/// Without clusters.
template <std::ranges::input_range Records, time_field_of<Records> Date, uncertain_field_of<Records> Value>
[[nodiscard]] uncertain_trend fit_uncertain_log_trend(Records&& records, Date date, Value value,
                                                      const uncertain_trend_options& options = {}) {
    return detail::fit_uncertain(records, date, value, detail::no_labels{}, options);
}

}  // namespace compute_divide::inline v0_2

#endif
