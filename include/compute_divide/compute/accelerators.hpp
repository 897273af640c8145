// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_ACCELERATORS_HPP
#define COMPUTE_DIVIDE_COMPUTE_ACCELERATORS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/detail/accelerator_table.hpp>
#include <compute_divide/compute/detail/accelerator_words.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>

/// The machine-learning accelerators that papers name, `accelerators`, and how to look them up by any of their names:
///
///     const accelerator_catalogue catalogue;
///     catalogue.at("Tesla V100-SXM2-32GB").dense.fp16_tensor;  // 125 TFLOP/s
namespace compute_divide::inline v0_2 {

/// What is known of 354 accelerators, in order of their makers and names. Facts from Epoch AI's tables of hardware (CC
/// BY 4.0) of 2025-06 and 2026-07, with errors corrected and chips added from their makers' sheets, as
/// examples/tools/make_accelerators_table.cpp says one by one.
inline constexpr auto accelerators = detail::accelerator_table();

/// What a text names: `units` of `unit` of an accelerator. "TPU v3" is 1 chip, "v3-512" is 512 cores: 256 chips.
struct accelerator_match {
    accelerator entry = {};
    accelerator_unit unit = accelerator_unit::chip;
    double units = 1;

    /// The same in what the figures of `entry` are of.
    [[nodiscard]] constexpr double entries() const { return units * entry.per_unit(unit); }
    friend constexpr bool operator==(const accelerator_match&, const accelerator_match&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<accelerator_match>) {
    using result = accelerator_match;
    return member_list(member{"entry", &result::entry}, member{"unit", &result::unit}, member{"units", &result::units});
}

/// Accelerators by name: the built-in ones, and the user's, which come first. Const and thread-safe; built in about 0.2
/// ms; a lookup takes about 0.2 microseconds and allocates nothing.
///
/// Letter case, spaces, hyphens and other signs do not matter, nor do makers, series ("Tesla", "GeForce") and words
/// such as "GPU". A final small s makes a plural ("V100s" are V100, "V100S" is another chip). Form factor, memory and
/// their like are left out where no name has them ("RTX 3090 24GB"). A short name is its most used variant: "A100" and
/// "V100" are SXM, "H100" is SXM5, "Titan X" is the one of 2015, "K80" is the board of two chips.
class accelerator_catalogue {
public:
    accelerator_catalogue() { index_all(); }

    /// With `own` accelerators, whose texts must outlive the catalogue. Throws std::invalid_argument for one without a
    /// name, or with a name or alias of nothing but makers, series and signs.
    template <std::ranges::input_range Accelerators>
    requires std::convertible_to<std::ranges::range_reference_t<Accelerators>, accelerator>
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): a catalogue is no range
    explicit accelerator_catalogue(Accelerators&& own) {
        for (auto&& each : own) own_.push_back(each);
        index_all();
    }

    /// The accelerator that `text` names, or nullptr.
    [[nodiscard]] const accelerator* find(std::string_view text) const {
        const auto found = located(text);
        return found ? found->entry : nullptr;
    }

    /// The same, with the unit that the text counts in: cores, chips or boards, or a slice of a TPU pod.
    [[nodiscard]] std::optional<accelerator_match> match(std::string_view text) const {
        const auto found = located(text);
        if (!found) return std::nullopt;
        return accelerator_match{*found->entry, found->unit, found->units};
    }

    /// The accelerator that `text` names. Throws std::invalid_argument that suggests the nearest names where there is
    /// none.
    [[nodiscard]] const accelerator& at(std::string_view text) const {
        if (const accelerator* const found = find(text)) return *found;
        std::string names;
        for (const std::string_view name : nearest(text, 3)) names.append(names.empty() ? "" : ", ").append(name);
        detail::fail("accelerator_catalogue", "a known accelerator (the nearest: " + names + ")", text);
    }

    /// The names of the `n` accelerators that are the fewest edits away (insertions, deletions, substitutions, swaps of
    /// neighbours; of the names as they are compared), the nearest first, then in order of the catalogue.
    [[nodiscard]] std::vector<std::string_view> nearest(std::string_view text, std::size_t n) const {
        const std::string wanted(detail::accelerator_words(text).key(0).view());
        std::vector<std::size_t> distance(size(), static_cast<std::size_t>(-1));
        for (const auto& [key, index] : keys_)
            distance[index] = std::min(distance[index], detail::edit_distance(wanted, key));
        std::vector<std::uint32_t> order(size());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        detail::stable_sort_by(order, [&](std::uint32_t i) { return distance[i]; });
        order.resize(std::min(n, order.size()));
        std::vector<std::string_view> names;
        names.reserve(order.size());
        for (const std::uint32_t i : order) names.push_back(entry_at(i).name);
        return names;
    }

    /// All of them are [0] to [size() - 1]: the user's, then the built-in ones.
    [[nodiscard]] std::size_t size() const { return own_.size() + accelerators.size(); }
    [[nodiscard]] const accelerator& operator[](std::size_t i) const { return entry_at(i); }

private:
    struct text_hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    struct place {
        const accelerator* entry;
        accelerator_unit unit;
        double units;
    };
    [[nodiscard]] std::optional<place> located(std::string_view text) const {
        const detail::accelerator_words words(text);
        for (int effort = 0; effort < detail::accelerator_words::efforts; ++effort)
            if (const auto found = keys_.find(words.key(effort).view()); found != keys_.end()) {
                const accelerator& entry = entry_at(found->second);
                return place{&entry, words.unit().value_or(entry.counted), 1};
            }
        if (const auto slice = words.slice())
            if (const auto found = keys_.find(slice->tpu.view()); found != keys_.end())
                return place{&entry_at(found->second), words.unit().value_or(accelerator_unit::core), slice->size};
        return std::nullopt;
    }

    [[nodiscard]] const accelerator& entry_at(std::size_t i) const {
        return i < own_.size() ? own_[i] : accelerators[i - own_.size()];
    }

    void index_all() {
        keys_.reserve(4 * size());
        index_range(0, own_.size());
        index_range(own_.size(), size());
    }
    /// Names go before aliases, and what came first stays.
    void index_range(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) index(entry_at(i).name, i);
        for (std::size_t i = first; i < last; ++i) {
            std::string_view rest = entry_at(i).aliases;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(';'), rest.size());
                index(rest.substr(0, end), i);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
    }
    void index(std::string_view name, std::size_t i) {
        const detail::accelerator_key key = detail::accelerator_words(name).name_key();
        detail::require(!key.view().empty(), "accelerator_catalogue", "a name for each accelerator", name);
        keys_.emplace(key.view(), static_cast<std::uint32_t>(i));
    }

    std::vector<accelerator> own_;
    std::unordered_map<std::string, std::uint32_t, text_hash, std::equal_to<>> keys_;
};

}  // namespace compute_divide::inline v0_2

#endif
