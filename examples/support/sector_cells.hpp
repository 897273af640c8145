// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTOR_CELLS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTOR_CELLS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>

#include "support/sector_flags.hpp"

/// What each sector has of a row, from a cell of affiliations or of sectors.
namespace example {

namespace cd = compute_divide;

inline constexpr std::size_t n_sectors = cd::enumerators(cd::sector{}).size();

/// What was computed of the texts that came last: of as many as there are places, a power of two, whatever comes.
template <class Value>
class recent_texts {
public:
    explicit recent_texts(std::size_t places = std::size_t{1} << 14) : entries_(places) {}

    /// The value of a text; make(text) where it is not remembered.
    template <class Make>
    [[nodiscard]] const Value& operator()(std::string_view text, Make make) {
        entry& place = entries_[mixed(text) & (entries_.size() - 1)];
        if (!place.used || place.text != text) {
            place.value = make(text);
            place.text = text;
            place.used = true;
        }
        return place.value;
    }

private:
    /// Of short texts, which years and sectors are, both ends are all of it.
    [[nodiscard]] static std::size_t mixed(std::string_view text) {
        const std::uint64_t n = text.size();
        if (n > 16) return std::hash<std::string_view>{}(text);
        std::uint64_t first = n, last = 0;
        if (n >= 8) {
            std::memcpy(&first, text.data(), 8);
            std::memcpy(&last, text.data() + n - 8, 8);
        } else if (n >= 4) {
            std::memcpy(&first, text.data(), 4);
            std::memcpy(&last, text.data() + n - 4, 4);
        } else {
            for (const char c : text) last = 256 * last + static_cast<unsigned char>(c);
        }
        const std::uint64_t all = (first ^ (n << 56)) * 0x9E3779B97F4A7C15 ^ last * 0xC2B2AE3D27D4EB4F;
        return static_cast<std::size_t>((all ^ all >> 29) * 0x9E3779B97F4A7C15 >> 40);
    }

    struct entry {
        std::string text = {};
        Value value = {};
        bool used = false;
    };
    std::vector<entry> entries_;
};

/// What a cell says: the sectors that it names, and what each has of the row.
struct cell_sectors {
    cd::sector_counts parts = {};  ///< 1 each in full counting, 1 in all in fractional; none of a blank cell
    std::uint8_t named = 0;        ///< a bit for each known sector

    [[nodiscard]] bool has(cd::sector s) const { return ((named >> static_cast<unsigned>(s)) & 1U) != 0; }
    [[nodiscard]] bool blank() const { return parts.total() == 0; }
    friend bool operator==(const cell_sectors&, const cell_sectors&) = default;
};

/// Reads cells. Each distinct answer has a number, so that rows can be counted by it.
class sector_cells {
public:
    /// Affiliations are classified; sectors, types and categories of Epoch's are taken as they are written.
    sector_cells(bool are_sectors, cd::affiliation_cell form, cd::sector_counting counting,
                 const cd::sector_mapping& read_as);

    /// The number of what a cell says.
    [[nodiscard]] std::uint32_t operator()(std::string_view cell) {
        return recent_(cell, [this](std::string_view text) { return number_of(read(text)); });
    }
    [[nodiscard]] const cell_sectors& answer(std::uint32_t number) const { return answers_[number]; }
    [[nodiscard]] std::size_t size() const { return answers_.size(); }

    /// The number of an answer, which other cells may have given.
    [[nodiscard]] std::uint32_t number_of(const cell_sectors& said);
    [[nodiscard]] cell_sectors read(std::string_view cell);

private:
    bool are_sectors_;
    cd::affiliation_cell form_;
    cd::count_sectors_options how_;
    cd::sector_mapping read_as_;
    std::shared_ptr<const cd::classifier> who_;  // of copies, too
    cd::classifier::workspace memory_;
    std::vector<std::vector<std::pair<std::string, cd::sector>>> one_author_;
    std::vector<cell_sectors> answers_;
    std::map<std::array<double, n_sectors>, std::uint32_t> numbers_;
    recent_texts<std::uint32_t> recent_;
};

}  // namespace example

#endif
