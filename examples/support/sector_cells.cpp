// SPDX-License-Identifier: BSL-1.0
#include "support/sector_cells.hpp"

#include <algorithm>
#include <optional>

#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/io/epoch_categories.hpp>
#include <compute_divide/io/fields.hpp>

namespace example {

namespace {

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return made;
}

/// A sector by its name, by a type's of OpenAlex and ROR, or by a category's of Epoch AI.
cd::sector sector_written(std::string_view entry) {
    const std::string word = lower(entry);
    for (const auto& each : enumerators(cd::sector{}))
        if (each.name == word) return each.value;
    for (const auto& each : enumerators(cd::institution_type{}))
        if (each.name == word) return cd::sector_of(each.value);
    return cd::find_epoch_sector(entry).value_or(cd::sector::unknown);
}

}  // namespace

sector_cells::sector_cells(bool are_sectors, cd::affiliation_cell form, cd::sector_counting counting,
                           const cd::sector_mapping& read_as)
    : are_sectors_(are_sectors), form_(form), how_{.counting = counting}, read_as_(read_as), one_author_(1) {
    if (!are_sectors) who_ = std::make_shared<const cd::classifier>(cd::classifier_options{.read_as = read_as});
    answers_.emplace_back();  // of a blank cell
    numbers_.emplace(std::array<double, n_sectors>{}, 0);
}

cell_sectors sector_cells::read(std::string_view cell) {
    auto& places = one_author_.front();
    places.clear();
    const auto add = [&](std::string_view entry) {
        if (are_sectors_) {
            // A word of its own for each, since bare sectors each stand for an institution.
            places.emplace_back(std::to_string(places.size()), read_as_(sector_written(entry)));
            return;
        }
        const cd::affiliation found = (*who_)(entry, memory_);
        for (const auto& each : found.institutions) places.emplace_back(each.name, cd::sector_of(each.type, read_as_));
        if (found.institutions.empty()) places.emplace_back(std::string(entry), cd::sector::unknown);
    };
    if (are_sectors_) {
        std::string_view rest = cell;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find_first_of(";|,\n"), rest.size());
            if (const auto entry = cd::trimmed(rest.substr(0, end)); !entry.empty()) add(entry);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    } else {
        cd::for_each_affiliation(cell, form_, add);
    }
    cell_sectors said;
    if (places.empty()) return said;
    said.parts = cd::count_sectors(one_author_, how_);
    for (const auto& each : enumerators(cd::sector{}))
        if (each.value != cd::sector::unknown && said.parts[each.value] > 0)
            said.named = static_cast<std::uint8_t>(said.named | (1U << static_cast<unsigned>(each.value)));
    return said;
}

std::uint32_t sector_cells::number_of(const cell_sectors& said) {
    std::array<double, n_sectors> key{};
    for (const auto& each : enumerators(cd::sector{}))
        key[static_cast<std::size_t>(each.value)] = said.parts[each.value];
    const auto [at, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(answers_.size()));
    if (is_new) answers_.push_back(said);
    return at->second;
}

}  // namespace example
