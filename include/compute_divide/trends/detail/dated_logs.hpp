// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_DATED_LOGS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_DATED_LOGS_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/set_numbers.hpp>

namespace compute_divide::inline v0_2::detail {

/// A record as trends see it.
struct grouped_log {
    double day;  ///< since 1970-01-01
    double log;  ///< log10 of the value
    std::uint32_t line = 0, cluster = 0;
};
struct grouped_logs {
    std::vector<grouped_log> records = {};
    std::uint64_t n_missing = 0;
};

/// The sets of labels that records have, each with its number; the labels of a set in ascending order.
struct label_sets {
    std::vector<std::vector<std::uint32_t>> sets = {};
    std::size_t n_labels = 0;
};

/// The number of a record's set of labels. A record without one is a set of its own; one whose set is not known, a
/// std::optional, has none.
template <class Records, class Field>
class numbered_sets {
    using value = known_t<field_value_t<Field, Records>>;

public:
    explicit numbered_sets(Field field) : field_(std::move(field)) {}

    template <class Record>
    [[nodiscard]] std::optional<std::uint32_t> operator()(Record&& record) {
        const field_value_t<Field, Records> said = std::invoke(field_, std::forward<Record>(record));
        std::vector<std::uint32_t> set;
        if constexpr (is_optional<field_value_t<Field, Records>>) {
            if (!is_known(said)) return std::nullopt;
            read(*said, set);
        } else {
            read(said, set);
        }
        detail::sort(set);
        set.erase(std::unique(set.begin(), set.end()), set.end());
        const auto next = static_cast<std::uint32_t>(found_.sets.size());
        if (!set.empty()) {
            const std::uint32_t number =
                seen_(set, next, [this](std::size_t at) { return std::span(found_.sets[at]); });
            if (number != next) return number;
        }
        found_.sets.push_back(std::move(set));
        return next;
    }
    [[nodiscard]] label_sets sets() const {
        label_sets all = found_;
        all.n_labels = numbers_.labels().size();
        return all;
    }

private:
    void read(const value& labels, std::vector<std::uint32_t>& set) {
        for (const auto& label : labels)
            if (is_known(label)) set.push_back(numbers_(label));
    }

    Field field_;
    label_numbers<label_storage_t<typename cluster_label<value>::type>> numbers_;
    set_numbers seen_;
    label_sets found_;
};

/// The numbers of records' clusters: of their labels, or of their sets of them.
template <class Records, class Field>
[[nodiscard]] auto numbered_clusters_of(Field field) {
    if constexpr (has_several_labels<Field, Records>)
        return numbered_sets<Records, Field>(field);
    else
        return numbered_field<Records, Field>{field};
}
template <class Numbers>
[[nodiscard]] std::optional<label_sets> label_sets_of(const Numbers& numbers) {
    if constexpr (requires { numbers.sets(); })
        return numbers.sets();
    else
        return std::nullopt;
}

/// Where there are no groups, or no clusters.
inline constexpr auto all_one = [](const auto&) { return std::optional<std::uint32_t>(0); };

/// Reads every record of which all is known, the others are counted; `line` and `cluster` give std::optional numbers.
/// Throws std::invalid_argument, with the position of the record, for a value that is 0, negative or infinite.
template <std::ranges::input_range Records, class Date, class Value, class Line, class Cluster>
[[nodiscard]] grouped_logs read_logs(std::string_view function, Records&& records, Date& date, Value& value,
                                     Line&& line, Cluster&& cluster) {
    grouped_logs logs;
    std::uint64_t position = 0;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        const double day = days_since_1970(std::invoke(date, record));
        if (x <= 0 || x > std::numeric_limits<double>::max())
            fail(function, "a finite value > 0 in record " + std::to_string(position), x);
        ++position;
        const bool dated = is_known(x) && is_known(day);
        const auto own_line = dated ? line(record) : std::nullopt;
        const auto own_cluster = own_line ? cluster(record) : std::nullopt;
        if (own_cluster)
            logs.records.push_back({day, std::log10(x), *own_line, *own_cluster});
        else
            ++logs.n_missing;
    }
    return logs;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
