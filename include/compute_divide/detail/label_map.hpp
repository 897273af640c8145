// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_LABEL_MAP_HPP
#define COMPUTE_DIVIDE_DETAIL_LABEL_MAP_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>

/// Maps from labels (one, or several together) to values that start as `Value{}`. `value_of(labels...)` finds or makes
/// the value; a label known already is looked up without a copy (a std::string by a string_view).
namespace compute_divide::detail {

/// A label of type T can be looked up in, and put into, a map that keeps labels as `Stored`.
template <class T, class Stored>
concept stored_as = std::same_as<label_storage_t<T>, Stored>;

template <class T>
concept hashable = requires(const T& label) {
    { std::hash<T>{}(label) } -> std::convertible_to<std::size_t>;
};

/// A known label as it is looked up: the value behind an optional, text as a string_view, all else as it is.
template <class T>
[[nodiscard]] constexpr decltype(auto) lookup_form(const T& label) {
    if constexpr (is_optional<T>)
        return lookup_form(*label);
    else if constexpr (text_like<T>)
        return std::string_view(label);
    else
        return (label);
}

/// A hash table that probes linearly over the positions of densely kept entries; at most a quarter full. Memory goes
/// with the number of labels, whatever their spread.
template <class Value, class... Labels>
class hashed_label_map {
public:
    template <class... Lookups>
    [[nodiscard]] Value& value_of(const Lookups&... labels) {
        if (4 * entries_.size() >= slots_.size()) grow();
        std::size_t at = home(labels...);
        while (slots_[at] != 0) {
            auto& [known, value] = entries_[slots_[at] - 1];
            if (known == std::tie(labels...)) return value;
            at = next(at);
        }
        entries_.emplace_back(std::tuple<Labels...>(labels...), Value{});
        slots_[at] = static_cast<std::uint32_t>(entries_.size());
        return entries_.back().second;
    }

    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }

private:
    /// Fibonacci hashing (Knuth, TAOCP 3, 6.4) of the labels' hashes, one after the other: the top bits are well mixed.
    template <class... Lookups>
    [[nodiscard]] std::size_t home(const Lookups&... labels) const {
        std::uint64_t hash = 0;
        ((hash = (hash ^ std::hash<Lookups>{}(labels)) * 0x9E3779B97F4A7C15u), ...);
        return static_cast<std::size_t>(hash >> shift_);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

    void grow() {
        const std::size_t size = slots_.empty() ? 16 : 2 * slots_.size();
        slots_.assign(size, 0);
        shift_ = 65 - static_cast<int>(std::bit_width(size));
        for (std::uint32_t position = 0; position < entries_.size(); ++position) {
            std::size_t at =
                std::apply([this](const auto&... labels) { return this->home(labels...); }, entries_[position].first);
            while (slots_[at] != 0) at = next(at);
            slots_[at] = position + 1;
        }
    }

    std::vector<std::pair<std::tuple<Labels...>, Value>> entries_;  // in order of first appearance
    std::vector<std::uint32_t> slots_;                              // position in entries_ plus one; 0 is free
    int shift_ = 64;
};

/// The same for labels that can only be ordered.
template <class Value, class... Labels>
class ordered_label_map {
public:
    template <class... Lookups>
    [[nodiscard]] Value& value_of(const Lookups&... labels) {
        const auto found = entries_.find(std::tie(labels...));
        if (found != entries_.end()) return found->second;
        return entries_.emplace(std::tuple<Labels...>(labels...), Value{}).first->second;
    }

    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }

private:
    std::map<std::tuple<Labels...>, Value, std::less<>> entries_;
};

template <class Value, class... Labels>
using label_map = std::conditional_t<(hashable<Labels> && ...), hashed_label_map<Value, Labels...>,
                                     ordered_label_map<Value, Labels...>>;

}  // namespace compute_divide::detail

#endif
