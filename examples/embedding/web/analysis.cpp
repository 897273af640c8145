// SPDX-License-Identifier: BSL-1.0
#include "analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/c_api.h>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/csv.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/html.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/version.hpp>

#include "support/delimiter.hpp"
#include "support/figures.hpp"
#include "support/growth_report.hpp"
#include "support/share_report.hpp"
#include "support/text_footprint.hpp"

namespace web {

namespace cd = compute_divide;

namespace {

constexpr std::size_t most_rows_shown = 500;

/// The options of a request: each is asked for by name, and what nobody asked for is an error.
class options {
public:
    explicit options(const request& asked) : asked_(asked) {}

    [[nodiscard]] std::string text(std::string_view name, std::string otherwise = {}) {
        known_.emplace_back(name);
        const auto given = asked_.options.find(name);
        return given == asked_.options.end() || given->second.empty() ? std::move(otherwise) : given->second;
    }
    [[nodiscard]] std::optional<double> number(const std::string& name) {
        const std::string written = text(name);
        try {
            return cd::parse_number(written);
        } catch (const std::invalid_argument&) {
            throw std::invalid_argument(name + ": a number is required, got " + written);
        }
    }
    [[nodiscard]] double level(double otherwise) {
        const double given = number("level").value_or(otherwise);
        if (!(given > 0 && given < 1))
            throw std::invalid_argument(fmt::format("level: between 0 and 1 is required, got {:g}", given));
        return given;
    }
    template <cd::named_enum Enum>
    [[nodiscard]] Enum one_of(std::string_view name, Enum otherwise) {
        const std::string given = text(name);
        return given.empty() ? otherwise : cd::parse_name<Enum>(given);
    }
    /// Throws std::invalid_argument where an option was given that this task does not have.
    void check() const {
        for (const auto& [name, value] : asked_.options)
            if (std::ranges::find(known_, name) == known_.end())
                throw std::invalid_argument(fmt::format("{} has no option {}", asked_.task, name));
    }

private:
    const request& asked_;
    std::vector<std::string> known_ = {};
};

/// What an answer is made of.
class answer {
public:
    void add(cd::table t) {
        const std::string csv = cd::to_csv(t, {.neutralise_formulas = true});
        const std::size_t n = t.rows.size();
        if (n > most_rows_shown) {
            t.rows.resize(most_rows_shown);
            while (!t.groups.empty() && t.groups.back().first_row > most_rows_shown) t.groups.pop_back();
            t.notes.push_back(fmt::format("The first {} of {} rows; the CSV has all.", most_rows_shown, n));
        }
        tables_.push_back(cd::json_object()
                              .with("name", t.name)
                              .with("title", t.title)
                              .with("rows", n)
                              .with("html", cd::to_html(t))
                              .with("csv", csv));
    }
    void add(const cd::figure& f) {
        if (!f.all_series.empty()) figures_.push_back(cd::to_json(f));
    }
    /// Why nothing is left: `what`, and the first of the problems.
    [[nodiscard]] std::runtime_error nothing(const std::string& what) const {
        return std::runtime_error(problems_.empty() ? what : fmt::format("{}; {}", what, problems_.front()));
    }
    void tell(std::string problem) {
        if (problems_.size() < 20) problems_.push_back(std::move(problem));
        ++n_problems_;
    }
    void tell(const cd::csv_reader& rows) {
        for (const cd::read_problem& each : rows.problems())
            if (problems_.size() < 20) problems_.push_back(cd::to_string(each));
        n_problems_ += rows.n_problems();
    }
    [[nodiscard]] std::string text() const {
        std::string figures;
        for (const std::string& each : figures_) figures.append(figures.empty() ? "" : ",").append(each);
        return cd::json_object()
            .with("tables", tables_)
            .with_text("figures", "[" + figures + "]")
            .with("problems", problems_)
            .with("n_problems", n_problems_)
            .text();
    }

private:
    std::vector<cd::json_object> tables_;
    std::vector<std::string> figures_, problems_;
    std::uint64_t n_problems_ = 0;
};

cd::csv_options how_to_read(std::string_view input, options& asked) {
    const std::string delimiter = asked.text("delimiter");
    if (delimiter.size() > 1) throw std::invalid_argument("delimiter: one character is required, got " + delimiter);
    return {.delimiter = delimiter.empty() ? example::delimiter_of(example::first_line_of(input)) : delimiter[0],
            .on_error = cd::error_handling::skip};
}
void require_rows(const cd::csv_reader& rows) {
    if (rows.columns().empty()) throw std::runtime_error("the table is empty");
}

template <cd::named_enum Enum>
std::vector<cd::json_object> choices_of() {
    std::vector<cd::json_object> all;
    for (const auto& each : enumerators(Enum{}))
        all.push_back(cd::json_object().with("name", each.name).with("description", description_of(each.value)));
    return all;
}
std::string choices(const options& asked) {
    asked.check();
    std::vector<std::string_view> countries;
    for (const cd::country_grid& each : cd::country_grids) countries.push_back(each.country);
    return cd::json_object()
        .with("sectors", choices_of<cd::sector_profile>())
        .with("interval", choices_of<cd::trend_interval>())
        .with("dates", choices_of<cd::date_order>())
        .with("domain", choices_of<cd::model_domain>())
        .with("data_centre", choices_of<cd::data_centre>())
        .with("country", countries)
        .with("version", fmt::format("{}.{}.{}", COMPUTE_DIVIDE_VERSION_MAJOR, COMPUTE_DIVIDE_VERSION_MINOR,
                                     COMPUTE_DIVIDE_VERSION_PATCH))
        .text();
}

std::string columns(std::string_view input, options& asked) {
    const cd::csv_options how = how_to_read(input, asked);
    cd::csv_reader rows(input, how);
    asked.check();
    require_rows(rows);
    const std::vector<std::string> names = rows.columns();
    const cd::export_columns known = cd::export_of(names);
    std::vector<std::vector<std::string>> samples(names.size());
    std::size_t n = 0;
    for (const cd::csv_row& row : rows) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (const auto cell = cd::trimmed(row[i]); !cell.empty() && samples[i].size() < 3)
                samples[i].emplace_back(cell.substr(0, 80));
        if (++n == 1000) break;
    }
    std::vector<cd::json_object> all;
    for (std::size_t i = 0; i < names.size(); ++i)
        all.push_back(cd::json_object().with("name", names[i]).with("samples", samples[i]));
    // What the columns of a table that no database exports are likely to be.
    const auto first = [&](const auto& is, std::string_view but = {}) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (!samples[i].empty() && names[i] != but && std::ranges::all_of(samples[i], is)) return names[i];
        return std::string();
    };
    const auto read = [](auto parse) {
        return [parse](const std::string& cell) {
            try {
                return parse(cell).has_value();
            } catch (const std::invalid_argument&) {
                return false;
            }
        };
    };
    const auto is_date = read([](const std::string& cell) { return cd::parse_date(cell); });
    const auto is_number = read([&](const std::string& cell) { return cd::parse_number(cell, rows.decimal()); });
    const bool is_epoch = known.source == cd::export_source::epoch;
    const std::string year = known.year.empty() ? first(is_date) : std::string(known.year);
    const std::string value = is_epoch ? "Training compute (FLOP)" : first(is_number, year);
    const std::string affiliation =
        known.affiliation.empty()
            ? first([&](const std::string& cell) { return !is_number(cell) && cell.find_first_of(" ,") != cell.npos; },
                    year)
            : std::string(known.affiliation);
    return cd::json_object()
        .with("columns", all)
        .with("delimiter", std::string(1, how.delimiter))
        .with("source", name_of(known.source))
        .with("affiliation", affiliation)
        .with("year", year)
        .with("value", value)
        .with("cluster", std::string(is_epoch ? "Organization" : ""))
        .text();
}

/// Calls use(line number, text) for each line that is not blank.
template <class Use>
void for_each_line(std::string_view input, Use use) {
    std::uint64_t number = 0;
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        ++number;
        if (const auto line = cd::trimmed(input.substr(0, end)); !line.empty()) use(number, line);
        input.remove_prefix(std::min(end + 1, input.size()));
    }
}

std::string classify(std::string_view input, options& asked) {
    const std::string column = asked.text("column"), by = asked.text("by"), cluster = asked.text("cluster");
    const auto profile = asked.one_of("sectors", cd::sector_profile::openalex);
    example::share_request shares{.count = asked.text("count", "full"), .compare = {}, .level = asked.level(0.95)};
    if (shares.count != "full" && shares.count != "fractional")
        throw std::invalid_argument("count: full or fractional is required, got " + shares.count);
    if (column.empty() && !(by.empty() && cluster.empty()))
        throw std::invalid_argument("by and cluster are columns of a table: column is required");

    std::optional<cd::csv_reader> rows;
    cd::affiliation_cell form = cd::affiliation_cell::listed;
    char separator = ';';
    if (!column.empty()) {
        rows.emplace(input, how_to_read(input, asked));
        require_rows(*rows);
        const cd::export_columns known = cd::export_of(rows->columns());
        if (column == known.affiliation) form = known.form;
        if (known.source == cd::export_source::epoch) separator = ',';
    }
    asked.check();

    const cd::sector_mapping read_as = cd::mapping_of(profile);
    example::sector_cells cells(false, form, shares.counting(), read_as);
    example::share_counts counts(shares, !cluster.empty(), separator);
    const cd::classifier classifier({.read_as = read_as});
    cd::cached_classifier who(classifier);
    cd::table found{.name = "institutions", .title = "Institutions of the affiliations"};
    found.columns = {{.name = "row"},
                     {.name = "affiliation"},
                     {.name = "institution"},
                     {.name = "type"},
                     {.name = "sector"},
                     {.name = "country"},
                     {.name = "rule"},
                     {.name = "confidence", .style = {.digits = 2, .notation = cd::number_notation::fixed}}};
    const auto add = [&](std::uint64_t row, std::string_view text) {
        cd::for_each_affiliation(text, form, [&](std::string_view each) {
            const std::string one(each);
            const cd::affiliation& said = who(one);
            for (const cd::institution& i : said.institutions)
                found.rows.push_back({cd::to_cell(row), cd::to_cell(one), cd::to_cell(i.name), cd::to_cell(i.type),
                                      cd::to_cell(cd::sector_of(i.type, read_as)), cd::to_cell(i.country),
                                      cd::to_cell(i.rule), cd::to_cell(i.confidence)});
            if (said.institutions.empty())
                found.rows.push_back({cd::to_cell(row),
                                      cd::to_cell(one),
                                      {cd::missing_value{}},
                                      {cd::missing_value{}},
                                      cd::to_cell(cd::sector::unknown),
                                      {cd::missing_value{}},
                                      {cd::missing_value{}},
                                      {cd::missing_value{}}});
        });
    };
    const auto count = [&](std::string_view text, std::string_view key, std::string_view of) {
        const std::uint32_t number = cells(text);
        counts.add(key, number, cells.answer(number), of);
    };
    answer made;
    if (rows) {
        const std::size_t at = rows->column(column);
        const auto key = by.empty() ? std::nullopt : std::optional(rows->column(by));
        const auto label = cluster.empty() ? std::nullopt : std::optional(rows->column(cluster));
        for (const cd::csv_row& row : *rows) {
            add(row.line(), row[at]);
            count(row[at], key ? cd::trimmed(row[*key]) : "all", label ? row[*label] : std::string_view());
        }
        made.tell(*rows);
    } else {
        for_each_line(input, [&](std::uint64_t line, std::string_view text) {
            add(line, text);
            count(text, "all", {});
        });
    }
    if (counts.rows() == 0) throw made.nothing("there are no affiliations");
    found.columns[0].header = "line";
    std::optional<cd::table> of_sectors;
    try {
        of_sectors = counts.report(cells);
    } catch (const example::nothing_to_report&) {
        made.tell("no row has a sector that is known" + (by.empty() ? "" : ", and a value of " + by));
    }
    if (of_sectors) {
        cd::table& t = *of_sectors;
        if (!by.empty()) {
            t.title += " by " + by;
            example::figure_builder f({.name = "shares",
                                       .title = t.title,
                                       .x = {.label = by},
                                       .y = {.label = "Share", .unit = "%", .scale = cd::axis_scale::share}});
            f.add_rows(t, "sector", "by", "share", [](const std::vector<cd::cell>& row) {
                return !std::holds_alternative<cd::not_applicable>(row.back().value);
            });
            made.add(f.figure());
        }
        t.notes.push_back(fmt::format("Affiliations as classified; sectors: {}.", description_of(profile)));
        made.add(std::move(t));
    }
    made.add(std::move(found));
    return made.text();
}

std::string growth(std::string_view input, options& asked) {
    std::array<std::string, 4> headers{asked.text("date"), asked.text("value"), asked.text("by"),
                                       asked.text("cluster")};
    const auto& [date, value, by, cluster] = headers;
    if (date.empty() || value.empty()) throw std::invalid_argument("a column for date and one for value are required");
    cd::trend_options how{
        .interval = asked.one_of("interval", cluster.empty() ? cd::trend_interval::hc1 : cd::trend_interval::clustered),
        .level = asked.level(0.95)};
    if (example::needs_clusters(how.interval) && cluster.empty())
        throw std::invalid_argument(fmt::format("interval {} needs a column of clusters", name_of(how.interval)));
    const auto dates = asked.one_of("dates", cd::date_order::day_first);
    cd::csv_reader rows(input, how_to_read(input, asked));
    asked.check();
    require_rows(rows);
    const bool is_epoch = cd::export_of(rows.columns()).source == cd::export_source::epoch;

    using record = example::growth_record;
    cd::columns<record> wanted{{"date", &record::date, {.dates = dates}}, {"value", &record::value}};
    wanted.map("date", date).map("value", value);
    if (!by.empty()) {
        wanted.add({"by", &record::by, {.missing = {{}}}});
        wanted.map("by", by);
    }
    if (!cluster.empty()) {
        wanted.add({"cluster", &record::cluster, {.list_separator = is_epoch ? ',' : ';'}});
        wanted.map("cluster", cluster);
    }
    const auto read = wanted.in(rows);
    answer made;
    std::vector<record> records;
    std::size_t unusable = 0;
    for (const cd::csv_row& row : rows) {
        try {
            record one = read(row);
            if (one.value && !(*one.value > 0))
                throw cd::read_error(
                    "growth", {.line = row.line(),
                               .field = value,
                               .reason = fmt::format("a value above 0 is required, whose logarithm grows, got {:g}",
                                                     *one.value)});
            unusable += one.date && one.value ? 0U : 1U;
            records.push_back(std::move(one));
        } catch (const cd::read_error& error) {
            made.tell(cd::to_string(error.problem()));
        }
    }
    made.tell(rows);
    if (records.size() == unusable) throw made.nothing("no row has a date and a value");
    const std::size_t n = records.size();
    example::figure_builder figure({.name = "growth",
                                    .title = "Growth of " + value,
                                    .x = {.label = "Year", .scale = cd::axis_scale::date},
                                    .y = {.label = value, .scale = cd::axis_scale::logarithmic}});
    cd::table t = example::growth_table(std::move(records), !by.empty(), !cluster.empty(), how, figure);
    t.title = "Growth of " + value;
    t.notes.push_back(fmt::format("{} rows; {} without a date or a value are left out.", n, unusable));
    made.add(figure.figure());
    made.add(std::move(t));
    return made.text();
}

std::string models(std::string_view input, options& asked) {
    const double level = asked.level(0.9);
    const std::string which = asked.text("models", "notable");
    if (which != "notable" && which != "all")
        throw std::invalid_argument("models: notable or all is required, got " + which);
    const auto since = asked.number("since");
    std::string vintage = asked.text("vintage");
    cd::epoch_table table = cd::read_epoch(cd::csv_reader(input, how_to_read(input, asked)));
    asked.check();
    answer made;
    for (const cd::read_problem& each : table.problems) made.tell(cd::to_string(each));
    // A table of several vintages has most models several times: one vintage counts.
    if (vintage.empty())
        for (const cd::epoch_model& m : table.models) vintage = std::max(vintage, m.vintage);
    std::erase_if(table.models, [&](const cd::epoch_model& m) {
        return m.vintage != vintage || (which == "notable" && !m.notable) || (since && (!m.year || *m.year < *since));
    });
    if (table.models.empty()) throw made.nothing("no model is left to count");

    const auto counts = cd::tabulate(
        table.models, &cd::epoch_model::year,
        [](const cd::epoch_model& m) {
            return m.team == cd::team_kind::unknown ? std::nullopt : std::optional(m.team);
        },
        cd::clustered_by(&cd::epoch_model::organisations));
    using row = cd::category_share<int, cd::team_kind>;
    auto shares = cd::shares(counts, {.level = level});
    std::ranges::stable_sort(shares.rows, {}, &row::category);
    cd::table t = cd::table_of(
        shares.rows, cd::column{"team", &row::category},
        cd::column{"by", [](const row& r) { return std::to_string(r.key); }, {.header = "year"}},
        cd::column{"n", [](const row& r) { return r.share.n; }, {.audience = cd::column_audience::readers}},
        cd::column{"share", &row::share, {.percent = true}});
    t.name = "teams";
    t.title = "Teams of models by year";
    const std::string of = fmt::format("{} models{}", table.models.size(), vintage.empty() ? "" : " of " + vintage);
    t.notes.push_back(
        fmt::format("{}; models that share an organisation depend on each other; {} without a year or a "
                    "category are left out.",
                    of, shares.n_missing));
    example::figure_builder teams({.name = "teams",
                                   .title = t.title,
                                   .x = {.label = "Year"},
                                   .y = {.label = "Share", .unit = "%", .scale = cd::axis_scale::share}});
    teams.add_rows(t, "team", "by", "share");
    made.add(teams.figure());
    made.add(std::move(t));

    std::vector<example::growth_record> records;
    std::size_t unusable = 0;
    for (const cd::epoch_model& m : table.models) {
        example::growth_record one{.value = m.training_flop, .cluster = m.organisations};
        if (m.published) one.date = std::chrono::sys_days(*m.published);
        if (one.value && !(*one.value > 0)) one.value.reset();
        unusable += one.date && one.value ? 0U : 1U;
        records.push_back(std::move(one));
    }
    if (unusable == records.size()) {
        made.tell("no model has a date and training compute");
        return made.text();
    }
    example::figure_builder figure(
        {.name = "growth",
         .title = "Growth of training compute",
         .x = {.label = "Year", .scale = cd::axis_scale::date},
         .y = {.label = "Training compute", .unit = "FLOP", .scale = cd::axis_scale::logarithmic}});
    cd::table g = example::growth_table(std::move(records), false, true,
                                        {.interval = cd::trend_interval::clustered, .level = level}, figure);
    g.title = "Growth of training compute";
    g.notes.push_back(fmt::format("{}; {} without a day or training compute are left out.", of, unusable));
    made.add(figure.figure());
    made.add(std::move(g));
    return made.text();
}

std::string sentences(std::string_view input, options& asked) {
    const std::string column = asked.text("column");
    example::text_footprint_options how;
    how.country = asked.text("country", how.country);
    if (const auto year = asked.number("year")) {
        if (!(*year >= 1950 && *year <= 2100 && *year == std::floor(*year)))
            throw std::invalid_argument(fmt::format("year: a year is required, got {:g}", *year));
        how.year = static_cast<int>(*year);
    }
    how.domain = asked.one_of("domain", how.domain);
    how.where = asked.one_of("data_centre", how.where);
    how.level = asked.level(0.9);
    static_cast<void>(cd::find_grid_intensity(
        how.country, std::max(how.year.value_or(2024), cd::country_grid::first_year)));  // throws at once
    std::optional<cd::csv_reader> rows;
    if (!column.empty()) {
        rows.emplace(input, how_to_read(input, asked));
        require_rows(*rows);
    }
    asked.check();

    const cd::accelerator_catalogue catalogue;
    const cd::hardware_reader read(catalogue);
    cd::table t{.name = "hardware", .title = "Hardware, training compute, energy and carbon"};
    t.columns = {{.name = "line"},
                 {.name = "text"},
                 {.name = "chip"},
                 {.name = "chips"},
                 {.name = "hours"},
                 {.name = "year"},
                 {.name = "flop", .header = "FLOP"},
                 {.name = "energy_kwh", .header = "energy", .unit = "kWh"},
                 {.name = "carbon_kg", .header = "carbon", .unit = "kg CO2e"},
                 {.name = "assumed"},
                 {.name = "not_stated", .header = "not stated"}};
    const auto names = [](const auto& facts) {
        std::string text;
        for (const auto each : facts) text.append(text.empty() ? "" : ", ").append(name_of(each));
        return text;
    };
    std::size_t n = 0, with = 0;
    const auto add = [&](std::uint64_t line, std::string_view text) {
        ++n;
        const example::text_footprint found = example::footprint_of(text, read, catalogue, how, std::nullopt);
        with += found.trainings.empty() ? 0U : 1U;
        for (std::size_t i = 0; i < found.trainings.size(); ++i) {
            const cd::stated_training& each = found.trainings[i];
            const bool dated = each.run.run.year > 0;
            t.rows.push_back(
                {cd::to_cell(line), cd::to_cell(text.substr(0, 200)),
                 cd::to_cell(each.run.chip ? std::optional(std::string(each.run.chip->name)) : std::nullopt),
                 cd::to_cell(each.mention.count), cd::to_cell(each.mention.hours),
                 cd::to_cell(dated ? std::optional(std::to_string(static_cast<int>(each.run.run.year))) : std::nullopt),
                 cd::to_cell(found.flop[i]), cd::to_cell(found.energy_kwh[i]), cd::to_cell(found.carbon_kg[i]),
                 cd::to_cell(names(each.run.assumed)), cd::to_cell(names(each.run.missing))});
        }
    };
    answer made;
    if (rows) {
        const std::size_t at = rows->column(column);
        for (const cd::csv_row& row : *rows) add(row.line(), row[at]);
        made.tell(*rows);
    } else {
        for_each_line(input, add);
    }
    if (n == 0) throw made.nothing("there are no sentences");
    if (with == 0)
        throw std::runtime_error(fmt::format("none of {} texts says on what hardware something was trained", n));
    t.notes.push_back(fmt::format("{} of {} texts say on what hardware something was trained; electricity of {}.", with,
                                  n, how.country));
    made.add(std::move(t));
    return made.text();
}

}  // namespace

request request_of(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = std::min(text.find('\0'), text.size());
        parts.emplace_back(text.substr(0, end));
        if (end == text.size()) break;
        text.remove_prefix(end + 1);
    }
    if (parts.size() % 2 == 0) throw std::invalid_argument("an option without a value: " + parts.back());
    request made{.task = parts.front()};
    for (std::size_t i = 1; i < parts.size(); i += 2) made.options[parts[i]] = parts[i + 1];
    return made;
}

std::string answer_to(const request& asked, std::string_view input) {
    options given(asked);
    if (asked.task == "choices") return choices(given);
    if (asked.task == "columns") return columns(input, given);
    if (asked.task == "classify") return classify(input, given);
    if (asked.task == "growth") return growth(input, given);
    if (asked.task == "models") return models(input, given);
    if (asked.task == "sentences") return sentences(input, given);
    throw std::invalid_argument("a task of choices, columns, classify, growth, models and sentences is required, got " +
                                asked.task);
}

outcome outcome_of(std::string_view asked, std::string_view input) {
    const auto failed = [](compute_divide_status status, const char* why) { return outcome{status, std::string(why)}; };
    try {
        return {compute_divide_ok, answer_to(request_of(asked), input)};
    } catch (const std::logic_error& error) {
        return failed(compute_divide_invalid_argument, error.what());
    } catch (const std::bad_alloc&) {
        return failed(compute_divide_out_of_memory, "out of memory");
    } catch (const std::exception& error) {
        return failed(compute_divide_failed, error.what());
    }
}

}  // namespace web
