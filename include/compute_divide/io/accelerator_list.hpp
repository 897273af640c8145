// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_ACCELERATOR_LIST_HPP
#define COMPUTE_DIVIDE_IO_ACCELERATOR_LIST_HPP

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <ostream>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/csv_writer.hpp>
#include <compute_divide/io/detail/kept_problems.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>

/// Accelerators from a table, for chips that the catalogue does not have or has otherwise.
///
///     const accelerator_list own = read_accelerators(csv_reader::open("chips.csv"));
///     const accelerator_catalogue catalogue(own.chips());  // own first; `own` must outlive it
///
/// The columns are those of examples/data/accelerators.csv.
namespace compute_divide::inline v0_2 {

/// Options of `read_accelerators`.
struct accelerator_list_options {
    error_handling on_error = error_handling::fail;  ///< what becomes of a cell that cannot be read
    std::size_t most_problems = 1000;                ///< that `problems()` keeps; all are counted
};

/// Accelerators and the texts that their names are of: to be moved, not copied.
class accelerator_list {
public:
    accelerator_list() = default;
    accelerator_list(accelerator_list&&) noexcept = default;
    accelerator_list& operator=(accelerator_list&&) noexcept = default;
    accelerator_list(const accelerator_list&) = delete;
    accelerator_list& operator=(const accelerator_list&) = delete;
    ~accelerator_list() = default;

    [[nodiscard]] const std::vector<accelerator>& chips() const { return chips_; }  ///< in the order of the table
    /// Under error_handling::skip: cells that could not be read, as if they were blank; rows without a name of their
    /// own, which have no accelerator.
    [[nodiscard]] const std::vector<read_problem>& problems() const { return problems_; }
    [[nodiscard]] std::uint64_t n_problems() const { return n_problems_; }

private:
    friend accelerator_list read_accelerators(csv_reader rows, accelerator_list_options options);
    [[nodiscard]] std::string_view kept(std::string_view text) { return texts_.emplace_back(text); }

    std::deque<std::string> texts_;  // whose addresses stay when it is moved
    std::vector<accelerator> chips_;
    std::vector<read_problem> problems_;
    std::uint64_t n_problems_ = 0;
};

namespace detail {

inline constexpr std::array sparse_formats{number_format::tf32, number_format::fp16_tensor, number_format::int8,
                                           number_format::fp8};

/// "fp8 sparse (FLOP/s)".
[[nodiscard]] inline std::string rate_column(number_format format, bool sparse) {
    return std::string(name_of(format))
        .append(sparse ? " sparse" : "")
        .append(format == number_format::int8 ? " (OP/s)" : " (FLOP/s)");
}

/// Calls use(name of the column, its figure in `chip`) for each column of figures, in their order.
template <class Accelerator, class Use>
void for_each_figure(Accelerator& chip, Use use) {
    for (const auto& each : enumerators(number_format{}))
        use(rate_column(each.value, false), chip.dense.*peak_rates::member_of(each.value));
    use(std::string("memory (bytes)"), chip.memory);
    use(std::string("bandwidth (bytes/s)"), chip.bandwidth);
    use(std::string("power (W)"), chip.power);
    use(std::string("price (USD)"), chip.launch_price);
    for (const number_format format : sparse_formats)
        use(rate_column(format, true), chip.sparse.*peak_rates::member_of(format));
}

inline constexpr std::array<std::string_view, 7> accelerator_columns{
    "Name", "Maker", "Aliases", "Released", "Figures are of", "Cores per chip", "Chips per board"};

}  // namespace detail

/// Reads a table of accelerators: `Name`, which must be there, once each; `Maker`; `Aliases`, with ";" between;
/// `Released`, a day; `Figures are of`, core, chip or board; `Cores per chip` and `Chips per board`, 1 where blank;
/// `fp64 (FLOP/s)` to `fp4 (FLOP/s)` and `tf32 sparse (FLOP/s)` to `fp8 sparse (FLOP/s)`, `int8` of them in OP/s;
/// `memory (bytes)`, `bandwidth (bytes/s)`, `power (W)`, `price (USD)`: numbers above 0, as `parse_number` reads them.
/// All but the name may be missing or blank, which is not known. `Source` and `Notes` are for the reader of the table.
///
/// Throws std::invalid_argument for a table without names or with any other column, so that no misspelt one is ignored;
/// read_error for a cell that cannot be read, or lists it in `problems`.
[[nodiscard]] inline accelerator_list read_accelerators(csv_reader rows, accelerator_list_options options = {}) {
    static constexpr std::string_view function = "read_accelerators";
    std::vector<std::string> known(detail::accelerator_columns.begin(), detail::accelerator_columns.end());
    const accelerator none;
    detail::for_each_figure(none, [&known](std::string&& name, const auto&) { known.push_back(std::move(name)); });
    std::string choices;
    for (const std::string& each : known) choices.append(choices.empty() ? "" : ", ").append(each);
    for (const std::string& each : rows.columns())
        detail::require(each == "Source" || each == "Notes" || detail::find(known, each) != known.end(), function,
                        "columns among " + choices + ", Source, Notes", each);
    static_cast<void>(rows.column("Name"));  // throws where it is not there
    std::vector<std::optional<std::size_t>> places;
    places.reserve(known.size());
    for (const std::string& each : known)
        places.push_back(rows.find_column(each) ? std::optional(rows.column(each)) : std::nullopt);

    accelerator_list list;
    for (const csv_row& row : rows) {
        std::size_t column = 0;
        const auto tell = [&](std::string reason) {
            read_problem problem{.file = rows.file(),
                                 .line = row.line(),
                                 .field = known[column],
                                 .value = std::string(places[column] ? row[*places[column]] : std::string_view()),
                                 .reason = std::move(reason)};
            if (options.on_error == error_handling::fail) throw read_error(function, std::move(problem));
            detail::keep_problem(std::move(problem), list.problems_, list.n_problems_, options.most_problems);
        };
        /// The next cell as `parse` makes it; nothing where it is blank or cannot be read.
        const auto next = [&](auto parse) -> std::optional<decltype(parse(std::string_view()))> {
            const std::string_view cell = places[column] ? trimmed(row[*places[column]]) : std::string_view();
            std::optional<decltype(parse(cell))> value;
            if (!cell.empty()) {
                try {
                    value = parse(cell);
                } catch (const std::exception& error) {
                    tell(error.what());
                }
            }
            ++column;
            return value;
        };
        const auto text = [](std::string_view cell) { return cell; };
        const auto figure = [](std::string_view cell) {
            const double value = *parse_number(cell);
            detail::require(value > 0, function, "a figure > 0, or nothing", cell);
            return value;
        };
        const auto count = [](std::string_view cell) {
            int value = 0;
            const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
            detail::require(read.ptr == cell.data() + cell.size() && value > 0 && value <= 1'000'000, function,
                            "a whole number from 1 on", cell);
            return value;
        };

        accelerator chip;
        const std::string_view name = next(text).value_or("");
        if (name.empty() || detail::find(list.chips_, name, &accelerator::name) != list.chips_.end()) {
            column = 0;
            tell(name.empty() ? "an accelerator without a name" : "an accelerator that is there twice");
            continue;
        }
        chip.name = list.kept(name);
        chip.maker = list.kept(next(text).value_or(""));
        chip.aliases = list.kept(next(text).value_or(""));
        chip.released = next([](std::string_view cell) {
            const auto date = parse_date(cell);
            detail::require(date && date->day, function, "a day, YYYY-MM-DD", cell);
            return *date->day;
        });
        chip.counted = next(parse_name<accelerator_unit>).value_or(accelerator_unit::chip);
        chip.cores_per_chip = next(count).value_or(1);
        chip.chips_per_board = next(count).value_or(1);
        detail::for_each_figure(chip, [&]<class Figure>(const std::string&, std::optional<Figure>& known_figure) {
            if (const auto value = next(figure)) known_figure = Figure(*value);
        });
        list.chips_.push_back(chip);
    }
    detail::keep_problems_of(rows, list.problems_, list.n_problems_, options.most_problems);
    return list;
}

/// Writes accelerators as a table that `read_accelerators` gives back. Throws std::invalid_argument for a sparse rate
/// in a format that has no column.
template <std::ranges::input_range Accelerators>
requires std::convertible_to<std::ranges::range_reference_t<Accelerators>, accelerator>
void write_accelerators(std::ostream& out, Accelerators&& chips) {
    std::vector<std::string> cells(detail::accelerator_columns.begin(), detail::accelerator_columns.end());
    const accelerator none;
    detail::for_each_figure(none, [&cells](const std::string& name, const auto&) { cells.push_back(name); });
    write_csv_row(out, cells);
    for (auto&& each : chips) {
        const accelerator chip = each;
        for (const auto& format : enumerators(number_format{}))
            detail::require(!chip.sparse[format.value] ||
                                detail::find(detail::sparse_formats, format.value) != detail::sparse_formats.end(),
                            "write_accelerators", "sparse rates in tf32, fp16_tensor, int8 or fp8", format.name);
        std::string released = chip.released ? to_json(*chip.released) : "";
        std::erase(released, '"');
        cells = {std::string(chip.name),
                 std::string(chip.maker),
                 std::string(chip.aliases),
                 std::move(released),
                 std::string(name_of(chip.counted)),
                 std::to_string(chip.cores_per_chip),
                 std::to_string(chip.chips_per_board)};
        detail::for_each_figure(chip, [&cells](const std::string&, const auto& figure) {
            std::array<char, 512> digits{};
            const auto end = figure ? std::to_chars(digits.data(), digits.data() + digits.size(), figure->value(),
                                                    std::chars_format::fixed)
                                          .ptr
                                    : digits.data();
            cells.emplace_back(digits.data(), end);
        });
        write_csv_row(out, cells);
    }
}

}  // namespace compute_divide::inline v0_2

#endif
