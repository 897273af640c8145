// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_NORMALISATIONS_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_NORMALISATIONS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <compute_divide/text/detail/normalisation_table.hpp>

/// What each character is normalised to, looked up by its code.
namespace compute_divide::inline v0_2::detail {

/// What a character becomes: up to three bytes, or one of the kinds.
struct normalisation {
    enum kind_type : std::uint8_t { itself, bytes, nothing, accent };
    kind_type kind = itself;
    std::array<char, 3> text = {};  // ends at the first NUL
};

/// Reads one UTF-8 character and moves `text` on. A byte that is not UTF-8 is read as Latin-1, its likeliest meaning.
constexpr char32_t next_character(const char*& text, const char* end) {
    const auto byte = [&](int i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](int i) { return static_cast<char32_t>(byte(i) & 0x3F); };
    const auto continues = [&](int n) {
        if (end - text <= n) return false;
        for (int i = 1; i <= n; ++i)
            if ((byte(i) & 0xC0) != 0x80) return false;
        return true;
    };
    const unsigned char lead = byte(0);
    char32_t code = lead;
    int length = 1;
    if (lead >= 0xC2 && lead < 0xE0 && continues(1)) {
        code = static_cast<char32_t>(lead & 0x1F) << 6 | tail(1);
        length = 2;
    } else if (lead >= 0xE0 && lead < 0xF0 && continues(2)) {
        const char32_t read = static_cast<char32_t>(lead & 0xF) << 12 | tail(1) << 6 | tail(2);
        if (read >= 0x800 && (read < 0xD800 || read > 0xDFFF)) {
            code = read;
            length = 3;
        }
    } else if (lead >= 0xF0 && lead < 0xF5 && continues(3)) {
        const char32_t read = static_cast<char32_t>(lead & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
        if (read >= 0x10000 && read <= 0x10FFFF) {
            code = read;
            length = 4;
        }
    }
    text += length;
    return code;
}

/// The normalisations of the Basic Multilingual Plane, in pages of 256 characters of which most are empty and shared.
struct normalisation_pages {
    static constexpr std::size_t most = 24;
    std::array<std::uint8_t, 256> page_of = {};
    std::array<std::array<normalisation, 256>, most> pages = {};
    std::size_t used = 1;

    constexpr normalisation_pages() {
        for (const normalisation_row& row : normalisation_rows) {
            normalisation to{normalisation::bytes, {}};
            for (std::size_t i = 0; i < row.to.size(); ++i) to.text[i] = row.to[i];
            set(row.from, to);
        }
        set(spacing_accents, {normalisation::accent, {}});
        set("`", {normalisation::accent, {'\''}});
        for (const code_range& range : dropped_characters)
            for (char32_t code = range.first; code <= range.last; ++code) at(code) = {normalisation::nothing, {}};
        for (const code_range& range : space_characters)
            for (char32_t code = range.first; code <= range.last; ++code) at(code) = {normalisation::bytes, {' '}};
        for (char32_t code = 0; code < 0x20; ++code) at(code) = {normalisation::bytes, {' '}};
        at(0x7F) = {normalisation::bytes, {' '}};
        for (char letter = 'A'; letter <= 'Z'; ++letter)
            at(static_cast<char32_t>(letter)) = {normalisation::bytes, {static_cast<char>(letter + ('a' - 'A'))}};
    }

    constexpr const normalisation& operator[](char32_t code) const {
        return code > 0xFFFF ? pages[0][0] : pages[page_of[code >> 8]][code & 0xFF];
    }

private:
    constexpr void set(std::string_view characters, const normalisation& to) {
        const char* const end = characters.data() + characters.size();
        for (const char* text = characters.data(); text != end;) at(next_character(text, end)) = to;
    }
    constexpr normalisation& at(char32_t code) {
        auto& page = page_of[code >> 8];
        if (page == 0) page = static_cast<std::uint8_t>(used++);
        return pages[page][code & 0xFF];
    }
};
inline constexpr normalisation_pages normalisations;

}  // namespace compute_divide::inline v0_2::detail

#endif
