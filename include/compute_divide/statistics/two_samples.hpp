// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_TWO_SAMPLES_HPP
#define COMPUTE_DIVIDE_STATISTICS_TWO_SAMPLES_HPP

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/test_result.hpp>

/// Two independent samples, to be compared by welch.hpp (means), compare_medians.hpp, rank_sum.hpp and
/// permutation_test.hpp: is one group's quantity larger than another's, and by how much?
///
/// Of every comparison: the effect is that of the first sample against the second; an empty sample gives no_data.
namespace compute_divide::inline v0_2 {

/// What of the two samples is compared.
enum class comparison_scale {
    difference,  ///< the values: first - second
    ratio        ///< their logs; the effect is first / second, and values must be > 0
};
[[nodiscard]] constexpr auto enumerators(comparison_scale) {
    using enum comparison_scale;
    return std::array{named<comparison_scale>{difference, "difference"}, named<comparison_scale>{ratio, "ratio"}};
}

/// How much the samples differ, and whether that could be chance (two-sided).
struct two_sample_result {
    estimate effect = {};   ///< the first sample against the second
    test_result test = {};  ///< that there is no effect

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }
    friend bool operator==(const two_sample_result&, const two_sample_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<two_sample_result>) {
    return member_list(member{"effect", &two_sample_result::effect}, member{"test", &two_sample_result::test});
}

/// Two independent samples, ready to be compared: read and sorted once. Records whose value (or group) is not known are
/// left out and counted. Throws std::invalid_argument for an infinite value.
class two_samples {
public:
    /// Two ranges, a field of both.
    template <std::ranges::input_range First, std::ranges::input_range Second,
              quantity_field_of<First> Value = std::identity>
    requires quantity_field_of<Value, Second> two_samples(First&& first, Second&& second, Value value = {}) {
        for (auto&& record : first) add(first_, as_double(std::invoke(value, record)));
        for (auto&& record : second) add(second_, as_double(std::invoke(value, record)));
        sort();
    }
    /// One range: `in_first` says yes for a record of the first sample, no for one of the second.
    template <std::ranges::input_range Records, quantity_field_of<Records> Value, predicate_field_of<Records> Group>
    two_samples(Records&& records, Value value, Group in_first) {
        for (auto&& record : records) {
            const field_value_t<Group, Records> group = std::invoke(in_first, record);
            const double x = as_double(std::invoke(value, record));
            if (!is_known(group))
                ++n_missing_;
            else if constexpr (detail::is_optional<field_value_t<Group, Records>>)
                add(*group ? first_ : second_, x);
            else
                add(group ? first_ : second_, x);
        }
        sort();
    }

    /// Mistakes.
    template <mistake::no_range Field, class Records, class... Rest>
    two_samples(Field&&, Records&&, Rest&&..., mistake::the_records_come_first = {}) = delete;
    template <std::ranges::input_range Records, mistake::no_number_of<Records> Value, class Group>
    two_samples(Records&&, Value, Group, mistake::the_value_must_be_a_number = {}) = delete;
    template <std::ranges::input_range Records, quantity_field_of<Records> Value,
              mistake::no_predicate_of<Records> Group>
    two_samples(Records&&, Value, Group, mistake::the_predicate_must_say_yes_or_no = {}) = delete;
    template <std::ranges::input_range Records, class Value, class Group>
    requires mistake::other_records<Records, Value, Group> &&
        (!std::ranges::input_range<Value>)two_samples(Records&&, Value, Group,
                                                      mistake::the_field_does_not_take_these_records = {}) = delete;

    /// The known values, ascending.
    [[nodiscard]] const std::vector<double>& first() const { return first_; }
    /// Values of the records that are not of the first sample.
    [[nodiscard]] const std::vector<double>& second() const { return second_; }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }

private:
    void add(std::vector<double>& sample, double x) {
        detail::require(!std::isinf(x), "two_samples", "finite values", x);
        if (is_known(x))
            sample.push_back(x);
        else
            ++n_missing_;
    }
    void sort() {
        detail::sort(first_);
        detail::sort(second_);
    }

    std::vector<double> first_, second_;
    std::uint64_t n_missing_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
