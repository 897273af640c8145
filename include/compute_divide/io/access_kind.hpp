// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_ACCESS_KIND_HPP
#define COMPUTE_DIVIDE_IO_ACCESS_KIND_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/fields.hpp>

/// Who may use a model, its code and its data: ordered scales, from closed to open, and how published tables spell
/// them.
///
///   const auto access = find_epoch_access("Open weights (non-commercial)");  // access->least == access->most
///   const auto asset = find_ecosystem_access("limited");                    // hosted to api: the table says no more
namespace compute_divide::inline v0_2 {

/// How a model may be used, from the least open to the most: the order of Epoch AI's documentation.
enum class access_kind {
    unreleased,     ///< by nobody but its makers
    hosted,         ///< through a product or a page, without an interface for programs
    api,            ///< through an interface for programs
    noncommercial,  ///< weights to download, not for commercial use
    restricted,     ///< weights to download, with restrictions on some uses or users
    unrestricted    ///< weights to download, for any use
};
[[nodiscard]] constexpr auto enumerators(access_kind) {
    using enum access_kind;
    return std::array{named<access_kind>{unreleased, "unreleased"},
                      named<access_kind>{hosted, "hosted", "hosted, no API"},
                      named<access_kind>{api, "api", "API"},
                      named<access_kind>{noncommercial, "noncommercial", "open weights, non-commercial"},
                      named<access_kind>{restricted, "restricted", "open weights, restricted use"},
                      named<access_kind>{unrestricted, "unrestricted", "open weights, unrestricted"}};
}
/// Whether the weights may be downloaded.
[[nodiscard]] constexpr bool has_open_weights(access_kind kind) {
    return kind >= access_kind::noncommercial;
}

/// How the code that trains a model may be used.
enum class code_access { unreleased, noncommercial, restricted, open_source };
[[nodiscard]] constexpr auto enumerators(code_access) {
    using enum code_access;
    return std::array{named<code_access>{unreleased, "unreleased"},
                      named<code_access>{noncommercial, "noncommercial", "open, non-commercial"},
                      named<code_access>{restricted, "restricted", "open, restricted use"},
                      named<code_access>{open_source, "open_source", "open source"}};
}

/// How much of a part of a model is there for all: its data, its documentation, a data set.
enum class part_access { closed, partial, open };
[[nodiscard]] constexpr auto enumerators(part_access) {
    using enum part_access;
    return std::array{named<part_access>{closed, "closed"}, named<part_access>{partial, "partial"},
                      named<part_access>{open, "open"}};
}

/// What a spelling says on a scale: all from `least` to `most` may be meant.
template <named_enum Kind>
struct access_range {
    Kind least = {};
    Kind most = {};

    /// Whether it is one kind, not several.
    [[nodiscard]] constexpr bool is_exact() const { return least == most; }
    friend constexpr bool operator==(const access_range&, const access_range&) = default;
};

namespace detail {

/// A spelling, letter case and all but letters and digits aside, and what it says.
template <class Kind>
struct access_spelling {
    std::string_view words;
    access_range<Kind> meant;
};
[[nodiscard]] constexpr bool is_access_spelling(std::string_view words, std::string_view text) {
    std::size_t matched = 0;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (!((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))) {
            if (static_cast<unsigned char>(c) >= 0x80) return false;
            continue;
        }
        if (matched == words.size() || words[matched] != lower) return false;
        ++matched;
    }
    return matched == words.size() && matched > 0;
}
template <class Kind, std::size_t N>
[[nodiscard]] constexpr std::optional<access_range<Kind>> access_of_spelling(
    const std::array<access_spelling<Kind>, N>& spellings, std::string_view text) {
    for (const auto& each : spellings)
        if (is_access_spelling(each.words, text)) return each.meant;
    return std::nullopt;
}

}  // namespace detail

/// What a cell of Epoch's column "Model accessibility" (2024 on; before "Open-source") says, in the spellings of all
/// years, letter case and punctuation aside; nothing for a blank cell and for any other spelling. "Open access" is what
/// weights were called in 2024. "Permissive license" and "Fully open-source" of 2023 are any of the three kinds of open
/// weights: of the 53 such models that the vintage of 2025-08 spells out, 11 are non-commercial, 12 restricted, 29
/// unrestricted, and one unreleased.
[[nodiscard]] constexpr std::optional<access_range<access_kind>> find_epoch_access(std::string_view cell) {
    using enum access_kind;
    using spelling = detail::access_spelling<access_kind>;
    constexpr std::array spellings{spelling{"unreleased", {unreleased, unreleased}},
                                   spelling{"hostedaccessnoapi", {hosted, hosted}},
                                   spelling{"hostedaccess", {hosted, hosted}},
                                   spelling{"apiaccess", {api, api}},
                                   spelling{"apiaccessible", {api, api}},
                                   spelling{"openweightsnoncommercial", {noncommercial, noncommercial}},
                                   spelling{"openweightsrestricteduse", {restricted, restricted}},
                                   spelling{"openweightsunrestricted", {unrestricted, unrestricted}},
                                   spelling{"openaccessnoncommercial", {noncommercial, noncommercial}},
                                   spelling{"openaccessrestricteduse", {restricted, restricted}},
                                   spelling{"openaccessunrestricted", {unrestricted, unrestricted}},
                                   spelling{"permissivelicense", {noncommercial, unrestricted}},
                                   spelling{"fullyopensource", {noncommercial, unrestricted}}};
    return detail::access_of_spelling(spellings, cell);
}

/// The same of "Training code accessibility" (before "Code accessibility").
[[nodiscard]] constexpr std::optional<access_range<code_access>> find_epoch_code_access(std::string_view cell) {
    using enum code_access;
    using spelling = detail::access_spelling<code_access>;
    constexpr std::array spellings{
        spelling{"unreleased", {unreleased, unreleased}}, spelling{"opennoncommercial", {noncommercial, noncommercial}},
        spelling{"openrestricteduse", {restricted, restricted}}, spelling{"opensource", {open_source, open_source}}};
    return detail::access_of_spelling(spellings, cell);
}

/// What the column `access` of ecosystem graphs says of a model: open (weights, of any licence), limited (hosted or
/// an API), closed.
[[nodiscard]] constexpr std::optional<access_range<access_kind>> find_ecosystem_access(std::string_view cell) {
    using enum access_kind;
    using spelling = detail::access_spelling<access_kind>;
    constexpr std::array spellings{spelling{"open", {noncommercial, unrestricted}}, spelling{"limited", {hosted, api}},
                                   spelling{"closed", {unreleased, unreleased}}};
    return detail::access_of_spelling(spellings, cell);
}

/// A part of a model, or a data set: closed, partial (in ecosystem graphs limited) or open, as the European Open
/// Source AI Index judges each of its dimensions.
[[nodiscard]] constexpr std::optional<access_range<part_access>> find_part_access(std::string_view cell) {
    using enum part_access;
    using spelling = detail::access_spelling<part_access>;
    constexpr std::array spellings{spelling{"closed", {closed, closed}}, spelling{"partial", {partial, partial}},
                                   spelling{"limited", {partial, partial}}, spelling{"open", {open, open}}};
    return detail::access_of_spelling(spellings, cell);
}

/// The dimensions of the European Open Source AI Index that judge what there is of a model; names are the headers of
/// its table.
enum class osai_dimension {
    datasources_basemodel,
    datasources_endmodel,
    weights_basemodel,
    weights_endmodel,
    trainingcode,
    code,
    hardware_architecture,
    preprint,
    paper,
    modelcard,
    datasheet,
    licenses
};
[[nodiscard]] constexpr auto enumerators(osai_dimension) {
    using enum osai_dimension;
    using one = named<osai_dimension>;
    return std::array{one{datasources_basemodel, "datasources_basemodel", "data of the base model"},
                      one{datasources_endmodel, "datasources_endmodel", "data of the end model"},
                      one{weights_basemodel, "weights_basemodel", "weights of the base model"},
                      one{weights_endmodel, "weights_endmodel", "weights of the end model"},
                      one{trainingcode, "trainingcode", "training code"},
                      one{code, "code", "documentation of the code"},
                      one{hardware_architecture, "hardware_architecture", "hardware and architecture"},
                      one{preprint, "preprint"},
                      one{paper, "paper"},
                      one{modelcard, "modelcard", "model card"},
                      one{datasheet, "datasheet"},
                      one{licenses, "licenses"}};
}

/// Reads the cells of a column by one of the functions above, and counts those that it cannot: blank ones, and each
/// spelling that is not known. Spellings that are not known are never guessed.
///
///   access_cells cells(find_epoch_access);
///   for (const auto& model : models) add(cells(model.model_accessibility));
///   for (const auto& [spelling, n] : cells.unknown()) warn(spelling, n);
template <class Kind>
class access_cells {
public:
    /// The function that reads a cell; none where the cell says nothing that it knows.
    using reading = std::optional<access_range<Kind>> (*)(std::string_view);
    explicit access_cells(reading find) : find_(find) {}

    /// What a cell says, counted; none where it is blank or not known.
    [[nodiscard]] std::optional<access_range<Kind>> operator()(std::string_view cell) {
        ++n_;
        const std::string_view text = trimmed(cell);
        if (text.empty()) {
            ++n_blank_;
            return std::nullopt;
        }
        const auto found = find_(text);
        if (!found) ++unknown_[std::string(text)];
        return found;
    }
    void merge(const access_cells& other) {
        n_ += other.n_;
        n_blank_ += other.n_blank_;
        for (const auto& [spelling, n] : other.unknown_) unknown_[spelling] += n;
    }
    [[nodiscard]] std::uint64_t n() const { return n_; }  ///< cells
    /// Cells that are blank.
    [[nodiscard]] std::uint64_t n_blank() const { return n_blank_; }
    /// Cells that could not be read, with how often each came.
    [[nodiscard]] const std::map<std::string, std::uint64_t>& unknown() const { return unknown_; }

private:
    reading find_;
    std::uint64_t n_ = 0, n_blank_ = 0;
    std::map<std::string, std::uint64_t> unknown_;
};
template <class Kind>
access_cells(std::optional<access_range<Kind>> (*)(std::string_view)) -> access_cells<Kind>;

}  // namespace compute_divide::inline v0_2

#endif
