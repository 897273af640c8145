// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_CLUSTERS_HPP
#define COMPUTE_DIVIDE_CLUSTERS_HPP

#include <concepts>
#include <cstdint>
#include <functional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_numbers.hpp>

/// Which records depend on each other. A cluster field yields one label (an organisation, a paper): records of one
/// label are a cluster. Or it yields several (the organisations of a paper): records depend on each other where they
/// share any of them, so that {Google} and {Google, Stanford} are no strangers.
namespace compute_divide::inline v0_2 {

namespace detail {

template <class T>
concept several_labels = std::ranges::input_range<const T> && !text_like<T> && !is_tuple<T>;

template <class T>
struct cluster_label {
    using type = T;
};
template <several_labels T>
struct cluster_label<T> {
    using type = std::remove_cvref_t<std::ranges::range_value_t<const T>>;
};

}  // namespace detail

/// A range of labels that are not text themselves: std::vector<std::string>, std::set<int>, std::span<const org>.
template <class T>
concept label_set = detail::several_labels<T> && label<std::remove_cvref_t<std::ranges::range_value_t<const T>>> &&
    !detail::several_labels<std::remove_cvref_t<std::ranges::range_value_t<const T>>>;

/// A field that yields a cluster's label, or several, or an optional of these.
template <class Field, class Records>
concept cluster_field_of = field_of<Field, Records> &&
    (label_set<known_t<field_value_t<Field, Records>>> ||
     (label<known_t<field_value_t<Field, Records>>> &&
      !detail::several_labels<known_t<field_value_t<Field, Records>>>));

/// Whether a cluster field yields several labels a record.
template <class Field, class Records>
inline constexpr bool has_several_labels = label_set<known_t<field_value_t<Field, Records>>>;

/// Names a cluster field where a field alone could mean something else:
/// `share_by(papers, &paper::year, is_academic, clustered_by(&paper::organisations))`.
template <class Field>
struct clusters_of {
    Field field;
};
/// `field` as the field of clusters: one of `clusters_of`.
template <class Field>
[[nodiscard]] constexpr clusters_of<Field> clustered_by(Field field) {
    return {std::move(field)};
}

namespace detail {

/// Numbers the labels of records from 0 in order of appearance. A record whose label is not known, or whose set of
/// labels is empty, is a cluster of its own.
template <class Records, class Field>
class cluster_numbers {
    using value = known_t<field_value_t<Field, Records>>;

public:
    explicit cluster_numbers(Field field) : field_(std::move(field)) {}

    /// The numbers of a record's labels, without repeats of it being removed; valid until the next call.
    template <class Record>
    [[nodiscard]] const std::vector<std::uint32_t>& operator()(Record&& record) {
        found_.clear();
        const field_value_t<Field, Records> said = std::invoke(field_, std::forward<Record>(record));
        if constexpr (is_optional<field_value_t<Field, Records>>) {
            if (is_known(said)) read(*said);
        } else if constexpr (label_set<value>) {
            read(said);
        } else {
            if (is_known(said)) read(said);
        }
        return found_;
    }
    /// How many labels have been seen.
    [[nodiscard]] std::size_t labels() const { return numbers_.labels().size(); }

private:
    void read(const value& said) {
        if constexpr (label_set<value>) {
            for (const auto& each : said)
                if (is_known(each)) found_.push_back(numbers_(each));
        } else {
            found_.push_back(numbers_(said));
        }
    }

    Field field_;
    label_numbers<label_storage_t<typename cluster_label<value>::type>> numbers_;
    std::vector<std::uint32_t> found_;
};

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
