// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_EPOCH_COLUMNS_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_EPOCH_COLUMNS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch_model.hpp>
#include <compute_divide/io/fields.hpp>

/// The columns of Epoch AI's tables, under all their names.
namespace compute_divide::inline v0_2::detail {

/// A field of epoch_model and the names its column has had, the latest first.
template <class T>
struct epoch_column {
    T epoch_model::*field;
    std::array<std::string_view, 3> names;  // empty where there were fewer
};

inline constexpr std::array epoch_numbers{
    epoch_column<std::optional<double>>{&epoch_model::training_flop,
                                        {"Training compute (FLOP)", "Training compute (FLOPs)"}},
    epoch_column<std::optional<double>>{&epoch_model::parameters, {"Parameters"}},
    epoch_column<std::optional<double>>{&epoch_model::citations, {"Citations"}},
    epoch_column<std::optional<double>>{&epoch_model::hardware_quantity, {"Hardware quantity"}},
    epoch_column<std::optional<double>>{&epoch_model::training_hours, {"Training time (hours)"}},
    epoch_column<std::optional<double>>{&epoch_model::utilisation,
                                        {"Hardware utilization (MFU)", "Hardware utilization"}},
    epoch_column<std::optional<double>>{&epoch_model::epochs, {"Epochs"}},
    epoch_column<std::optional<double>>{
        &epoch_model::dataset_size,
        {"Training dataset size (total)", "Training dataset size (gradients)", "Training dataset size (datapoints)"}}};

inline constexpr std::array epoch_texts{
    epoch_column<std::string>{&epoch_model::category, {"Organization categorization", "Organization Categorization"}},
    epoch_column<std::string>{&epoch_model::confidence, {"Confidence"}},
    epoch_column<std::string>{&epoch_model::vintage, {"Vintage"}},
    epoch_column<std::string>{&epoch_model::model_accessibility, {"Model accessibility", "Open-source"}},
    epoch_column<std::string>{&epoch_model::code_accessibility, {"Training code accessibility", "Code accessibility"}},
    epoch_column<std::string>{&epoch_model::reference, {"Reference"}}};

inline constexpr std::array epoch_lists{
    epoch_column<std::vector<std::string>>{&epoch_model::organisations, {"Organization"}},
    epoch_column<std::vector<std::string>>{&epoch_model::countries,
                                           {"Country (of organization)", "Country (from Organization)"}},
    epoch_column<std::vector<std::string>>{&epoch_model::domains, {"Domain"}},
    epoch_column<std::vector<std::string>>{&epoch_model::tasks, {"Task"}},
    epoch_column<std::vector<std::string>>{&epoch_model::criteria, {"Notability criteria", "Inclusion criteria"}},
    epoch_column<std::vector<std::string>>{&epoch_model::training_hardware, {"Training hardware"}},
    epoch_column<std::vector<std::string>>{&epoch_model::base_models, {"Base model"}},
    epoch_column<std::vector<std::string>>{&epoch_model::estimation_methods, {"Training compute estimation method"}},
    epoch_column<std::vector<std::string>>{&epoch_model::numerical_formats, {"Numerical format"}}};

/// The index of the column that has the first of these names that the table has.
template <class Names = std::initializer_list<std::string_view>>
[[nodiscard]] std::optional<std::size_t> find_column(const csv_reader& table, const Names& names) {
    for (const std::string_view name : names)
        if (!name.empty() && table.find_column(name)) return table.column(name);
    return std::nullopt;
}
/// Throws, listing the columns, where the table has none of these names.
inline std::size_t required_column(const csv_reader& table, std::initializer_list<std::string_view> names) {
    const auto found = find_column(table, names);
    return found ? *found : table.column(*names.begin());
}

/// The columns of a kind that a table has.
template <class T>
struct located_column {
    T epoch_model::*field;
    std::size_t index;
};
template <class T, std::size_t N>
[[nodiscard]] std::vector<located_column<T>> locate(const csv_reader& table,
                                                    const std::array<epoch_column<T>, N>& columns) {
    std::vector<located_column<T>> located;
    for (const auto& [field, names] : columns)
        if (const auto index = find_column(table, names)) located.push_back({field, *index});
    return located;
}

/// The entries of a list that is a CSV record of its own, blank ones left out. A line break is a space: names have
/// some.
[[nodiscard]] inline std::vector<std::string> parse_list(std::string_view cell) {
    std::string line(cell);
    std::erase(line, '\r');
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::vector<std::string> entries;
    for (const std::string& entry : parse_csv_record(line))
        if (const std::string_view text = trimmed(entry); !text.empty()) entries.emplace_back(text);
    return entries;
}

/// The latest spelling of a criterion of notability; any other text as it is.
[[nodiscard]] inline std::string latest_criterion(std::string text) {
    constexpr std::array<std::array<std::string_view, 2>, 3> spellings{
        {{"SOTA Improvement", "SOTA improvement"},
         {"Historical relevance", "Historical significance"},
         {"significant use", "Significant use"}}};
    for (const auto& [old, latest] : spellings)
        if (text == old) return std::string(latest);
    return text;
}

[[nodiscard]] inline std::optional<bool> parse_yes_no(std::string_view cell) {
    if (cell.empty()) return std::nullopt;
    const bool yes = cell == "Yes" || cell == "yes";
    require(yes || cell == "No" || cell == "no", "read_epoch", "yes, no or nothing", cell);
    return yes;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
