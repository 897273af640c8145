// SPDX-License-Identifier: BSL-1.0
#include "support/share_report.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include <compute_divide/clusters.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/corrected_shares.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>

#include "support/input.hpp"

namespace example {

namespace {

template <class Key>
using independent = cd::tally_table<Key, bool>;
template <class Key, class Category>
using dependent = cd::clustered_table<Key, Category>;

/// What is asked of the shares of one category.
template <class Key>
struct answers {
    cd::share_table<cd::key_share<Key>> shares;
    struct contrast {
        cd::estimate effect, corrected;
        cd::test_result test;
    };
    std::optional<contrast> difference, trend;
};

/// A test of two shares, or of a trend of them, of independent rows.
template <class Rows>
cd::test_result trend_test(const Rows& rows) {
    cd::share_trend_test test;
    double score = 0;
    for (const auto& row : rows) {
        double at = score++;
        if constexpr (requires { double(row.key); }) at = double(row.key);
        test.add(at, row.weight_of(true), static_cast<double>(row.n));
    }
    return test.result();
}

/// The share of `yes` in the rows of two keys, the later less the first.
template <class Key>
typename answers<Key>::contrast difference_of(const independent<Key>& t, const std::type_identity_t<Key>& first,
                                              const std::type_identity_t<Key>& second, bool, const share_request& asked,
                                              const cd::classification_counts* errors) {
    const auto count = [&t](const Key& key) {
        const auto* const row = t.find(key);
        return row == nullptr ? cd::share_count{} : cd::share_count{row->weight_of(true), static_cast<double>(row->n)};
    };
    const cd::share_count a = count(first), b = count(second);
    cd::share_trend_test test;
    test.add(0, a.successes, a.n);
    test.add(1, b.successes, b.n);
    typename answers<Key>::contrast made{cd::share_difference(b, a, {.level = asked.level}), {}, test.result()};
    if (errors != nullptr)
        made.corrected = cd::corrected_share_difference(b, a, *errors, {.level = asked.level}).corrected;
    return made;
}
template <class Key, class Category>
typename answers<Key>::contrast difference_of(const dependent<Key, Category>& t, const std::type_identity_t<Key>& first,
                                              const std::type_identity_t<Key>& second, const Category& category,
                                              const share_request& asked, const cd::classification_counts* errors) {
    const auto found =
        cd::share_difference(t, second, first, category, {.share = {.interval = asked.interval, .level = asked.level}});
    typename answers<Key>::contrast made{found.effect, {}, found.test};
    if (errors != nullptr)
        made.corrected =
            cd::corrected_share_difference(t, second, first, category, *errors, {.level = asked.level}).corrected;
    return made;
}

answers<int>::contrast trend_of(const independent<int>& t, bool, const share_request& asked,
                                const cd::classification_counts* errors) {
    using row = cd::tally_row<int, bool>;
    const auto found = cd::corrected_share_trend(t, &row::key, [](const row& r) { return r.weight_of(true); }, &row::n,
                                                 errors != nullptr ? *errors : cd::classification_counts{1, 0, 0, 1},
                                                 {.level = asked.level});
    return {found.classified, errors != nullptr ? found.corrected : cd::estimate{}, found.test};
}
template <class Category>
answers<int>::contrast trend_of(const dependent<int, Category>& t, const Category& category, const share_request& asked,
                                const cd::classification_counts*) {
    const auto found = cd::share_trend(t, category, {.scale = cd::share_trend_scale::linear, .level = asked.level});
    return {found.slope, {}, found.test};
}

template <class Table>
const auto& counts_of(const Table& t) {
    if constexpr (requires { t.counts(); })
        return t.counts();
    else
        return t;
}

/// The years of a part of --compare.
std::optional<cd::key_window<int>> window_of(std::string_view text) {
    cd::key_window<int> window;
    const char* const end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, window.from);
    window.to = window.from;
    if (read.ec == std::errc{} && read.ptr != end && *read.ptr == '-')
        read = std::from_chars(read.ptr + 1, end, window.to);
    if (read.ec != std::errc{} || read.ptr != end || window.to < window.from) return std::nullopt;
    return window;
}

/// All answers of a category.
template <class Key, class Table, class Category>
answers<Key> answers_of(const Table& t, const Category& category, const share_request& asked,
                        const cd::classification_counts* errors) {
    answers<Key> made;
    made.shares = cd::shares(t, category, {.interval = asked.interval, .level = asked.level});
    const auto [first, second] = asked.compared();
    if constexpr (std::same_as<Key, int>) {
        if (!first.empty()) {
            const auto a = window_of(first), b = window_of(second);
            if (!a || !b)
                throw usage_error(
                    fmt::format("--compare {}: FROM-TO,FROM-TO, two spans of years, is required", asked.compare));
            const auto found = difference_of(cd::windows(t, {*a, *b}), *a, *b, category, asked, errors);
            made.difference = {found.effect, found.corrected, found.test};
        }
        const auto& rows = counts_of(t).rows;
        if (std::ranges::count_if(rows, [](const auto& row) { return row.n > 0; }) > 2)
            made.trend = trend_of(t, category, asked, errors);
    } else if (!first.empty()) {
        for (const std::string& each : {first, second})
            if (counts_of(t).find(each) == nullptr) {
                std::string keys;
                for (const auto& row : counts_of(t).rows) keys += (keys.empty() ? "" : ", ") + row.key;
                throw usage_error(fmt::format("--compare {}: one of {} is required, got {}", asked.compare,
                                              keys.size() > 400 ? keys.substr(0, 400) + "..." : keys, each));
            }
        const auto found = difference_of(t, first, second, category, asked, errors);
        made.difference = {found.effect, found.corrected, found.test};
    }
    return made;
}

/// What keys are: whole numbers, or dates, which count by their year. Nothing where one is neither.
std::optional<std::vector<std::optional<int>>> whole_numbers(const std::vector<std::string>& keys, bool& are_dates) {
    std::vector<std::optional<int>> numbers;
    for (const std::string& key : keys) {
        constexpr std::string_view marks[]{"NA",   "N/A",  "NaN",     "nan", "null", "None",
                                           "none", "n.d.", "unknown", "-",   "?",    "0000"};  // a year, in Scopus
        if (std::ranges::find(marks, key) != std::ranges::end(marks)) {
            numbers.emplace_back();
            continue;
        }
        int value = 0;
        const auto read = std::from_chars(key.data(), key.data() + key.size(), value);
        if (read.ec == std::errc{} && read.ptr == key.data() + key.size()) {
            numbers.emplace_back(value);
            continue;
        }
        try {
            numbers.emplace_back(cd::parse_date(key)->year);
        } catch (const std::invalid_argument&) {
            return std::nullopt;
        }
        are_dates = true;
    }
    return numbers;
}

}  // namespace

void share_request::add_to(command_line& line) {
    line.add("--count", count,
             "full: a row is 1 for every sector that it names; fractional: it is split over its "
             "institutions")
        .one_of({"full", "fractional"});
    line.add("--compare", compare,
             "FROM-TO,FROM-TO, two spans of years, or two values of --by: the second less the first");
    line.add("--interval", interval, "of the shares");
    line.add("--level", level, "of the intervals").level();
}
std::pair<std::string, std::string> share_request::compared() const {
    const std::size_t comma = std::min(compare.find(','), compare.size());
    const auto text = [](std::string_view part) { return std::string(cd::trimmed(part)); };
    return {text(std::string_view(compare).substr(0, comma)),
            text(std::string_view(compare).substr(std::min(comma + 1, compare.size())))};
}
void share_request::check() const {
    const auto [first, second] = compared();
    if (!compare.empty() && (first.empty() || second.empty()))
        throw usage_error(
            "--compare: two spans of years, or two values of --by, with a comma between are required, got " + compare);
}

void share_counts::validate(const cell_sectors& found, const cell_sectors& right) {
    if (!errors_) errors_.emplace();
    ++n_validated_;
    for (const auto& each : enumerators(cd::sector{})) {
        auto& counts = (*errors_)[static_cast<std::size_t>(each.value)];
        const bool seen = found.has(each.value), is = right.has(each.value);
        ++(seen ? is ? counts.true_positives : counts.false_positives
           : is ? counts.false_negatives
                : counts.true_negatives);
    }
}

void share_counts::merge(const share_counts& more, const std::vector<std::uint32_t>& numbers) {
    n_ += more.n_;
    n_blank_ += more.n_blank_;
    n_unclassified_ += more.n_unclassified_;
    n_without_key_ += more.n_without_key_;
    std::vector<std::uint32_t> keys, clusters;
    for (const std::string& text : more.keys_.texts()) keys.push_back(keys_(text));
    for (const std::string& text : more.clusters_.texts()) clusters.push_back(clusters_(text));
    for (const clustered_row& row : more.rows_)
        rows_.push_back({keys[row.key], numbers[row.number], clusters[row.cluster]});
    for (std::size_t key = 0; key < more.counts_.size(); ++key) {
        if (keys[key] >= counts_.size()) counts_.resize(keys[key] + 1);
        auto& of_key = counts_[keys[key]];
        for (std::size_t number = 0; number < more.counts_[key].size(); ++number) {
            if (numbers[number] >= of_key.size()) of_key.resize(numbers[number] + 1);
            of_key[numbers[number]] += more.counts_[key][number];
        }
    }
    n_validated_ += more.n_validated_;
    if (!more.errors_) return;
    if (!errors_) errors_.emplace();
    for (std::size_t sector = 0; sector < errors_->size(); ++sector) (*errors_)[sector].merge((*more.errors_)[sector]);
}

void share_counts::read_errors(const std::string& path) {
    struct sector_errors {
        cd::sector sector = cd::sector::unknown;
        double tp = 0, fp = 0, fn = 0, tn = 0;
    };
    const cd::columns<sector_errors> wanted{{"sector", &sector_errors::sector},
                                            {"true_positives", &sector_errors::tp},
                                            {"false_positives", &sector_errors::fp},
                                            {"false_negatives", &sector_errors::fn},
                                            {"true_negatives", &sector_errors::tn}};
    cd::csv_reader table = open_table(path);
    errors_.emplace();
    for (const sector_errors& each : cd::read_columns(table, wanted))
        (*errors_)[static_cast<std::size_t>(each.sector)].merge({each.tp, each.fp, each.fn, each.tn});
}

template <class Use>
void share_counts::for_each_count(Use use) const {
    for (std::uint32_t key = 0; key < counts_.size(); ++key)
        for (std::uint32_t number = 0; number < counts_[key].size(); ++number)
            if (counts_[key][number] > 0) use(key, number, counts_[key][number], std::uint32_t{0});
    for (const clustered_row& row : rows_) use(row.key, row.number, std::uint64_t{1}, row.cluster);
}

std::vector<std::string> share_counts::notes() const {
    std::vector<std::string> notes;
    const auto percent = [this](std::uint64_t part) {
        return 100 * static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(n_, 1));
    };
    std::string rows = fmt::format("Of {} rows {} ({:.1f} %) name no sector that is known, {} are blank", n_,
                                   n_unclassified_, percent(n_unclassified_), n_blank_);
    if (n_without_key_ > 0) rows += fmt::format(", {} have no key", n_without_key_);
    notes.push_back(rows + ": they are in no share.");
    notes.emplace_back(asked_.fractional()
                           ? "Fractional counting: a row is 1 in all, split over its institutions; n counts these, and "
                             "those of a row depend on each other."
                           : "Full counting: a row is 1 for every sector that it names; shares may add up to more than "
                             "100 %.");
    if (clustered_) notes.emplace_back("Rows of one cluster depend on each other; rows without one on no other.");
    if (n_validated_ > 0)
        notes.push_back(fmt::format("Corrected for errors as {} rows of known truth have them.", n_validated_));
    return notes;
}

template <class Key>
cd::table share_counts::report_by(const std::vector<std::optional<Key>>& keys, const sector_cells& cells) const {
    cd::table t{.name = "shares", .title = "Shares of sectors"};
    const bool dependent_rows = clustered_ || asked_.fractional();
    t.columns = {{.name = "sector", .audience = cd::column_audience::programs},
                 {.name = "by"},
                 {.name = "n", .audience = cd::column_audience::readers},
                 {.name = "share", .style = {.digits = 1, .notation = cd::number_notation::fixed, .percent = true}}};
    auto corrected = t.columns.back();
    corrected.name = "corrected";
    if (errors_) t.columns.push_back(corrected);
    if (dependent_rows) t.columns.push_back({.name = "design_effect", .header = "design effect"});
    t.columns.push_back({.name = "test"});
    t.columns.push_back({.name = "unclassified"});

    // The clusters of a text, by number; those of rows that are split have numbers behind these.
    std::vector<std::vector<std::uint32_t>> clusters;
    text_numbers labels;
    for (const std::string& text : clusters_.texts()) {
        auto& of_text = clusters.emplace_back();
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t end = std::min(rest.find(separator_), rest.size());
            if (const auto one = cd::trimmed(rest.substr(0, end)); !one.empty()) of_text.push_back(labels(one));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    const std::vector<std::uint32_t> none;
    const auto clusters_of_row = [&](std::uint32_t cluster) -> const auto& {
        return clustered_ ? clusters[cluster] : none;
    };

    const auto add = [&](cd::sector s, const answers<Key>& found, const cd::classification_counts* errors) {
        const auto line = [&](const std::string& by, const cd::estimate& share,
                              const std::optional<cd::estimate>& right, std::optional<double> effect,
                              const cd::cell& test, const cd::cell& unclassified) {
            auto& row = t.rows.emplace_back();
            row = {cd::to_cell(s), cd::to_cell(by), cd::to_cell(share.n), cd::to_cell(share)};
            if (errors_) row.push_back(right && (right->n > 0 || right->value) ? cd::to_cell(*right) : cd::cell{});
            if (dependent_rows) row.push_back(effect ? cd::to_cell(*effect) : cd::cell{});
            row.push_back(test);
            row.push_back(unclassified);
        };
        t.groups.push_back({t.rows.size(), std::string(name_of(s))});
        for (const auto& each : found.shares) {
            std::optional<cd::estimate> right;
            if (errors != nullptr) right = cd::corrected_share(each.share, *errors, {.level = asked_.level}).corrected;
            line(fmt::format("{}", each.key), each.share, right, cd::design_effect(each.share), {},
                 cd::to_cell(each.share.n_missing));
        }
        if (found.difference) {
            const auto [first, second] = asked_.compared();
            line(fmt::format("{} less {}", second, first), found.difference->effect, found.difference->corrected, {},
                 cd::to_cell(found.difference->test), {});
        }
        if (found.trend)
            line("change a year", found.trend->effect, found.trend->corrected, {}, cd::to_cell(found.trend->test), {});
    };

    std::vector<bool> occurs(n_sectors);
    std::uint64_t known = 0;
    for_each_count([&](std::uint32_t key, std::uint32_t number, std::uint64_t rows, std::uint32_t) {
        if (!keys[key]) return;
        const cell_sectors& said = cells.answer(number);
        known += said.named != 0 ? rows : 0;
        for (std::size_t s = 0; s < n_sectors; ++s) occurs[s] = occurs[s] || said.has(static_cast<cd::sector>(s));
    });
    if (known == 0) throw nothing_to_report("no row has a value of --by and a sector that is known");

    std::optional<dependent<Key, cd::sector>> split;
    if (asked_.fractional()) {
        cd::clustered_tally<Key, cd::sector, std::uint32_t> sums;
        auto next = static_cast<std::uint32_t>(labels.texts().size());
        for_each_count([&](std::uint32_t key, std::uint32_t number, std::uint64_t rows, std::uint32_t cluster) {
            const cell_sectors& said = cells.answer(number);
            const bool several = (said.named & (said.named - 1U)) != 0;
            for (; rows > 0; --rows) {
                if (!keys[key])
                    sums.add_missing();
                else if (said.named == 0)
                    sums.add_missing(*keys[key]);
                else {
                    std::vector<std::uint32_t> of_row = clusters_of_row(cluster);
                    if (of_row.empty() && several) of_row.push_back(next++);
                    for (const auto& each : enumerators(cd::sector{}))
                        if (said.has(each.value)) sums.add(*keys[key], each.value, of_row, said.parts[each.value]);
                }
            }
        });
        split = sums.result();
    }
    for (const auto& entry : enumerators(cd::sector{})) {
        const auto place = static_cast<std::size_t>(entry.value);
        if (!occurs[place]) continue;
        const cd::classification_counts* const errors = errors_ ? &(*errors_)[place] : nullptr;
        if (split) {
            add(entry.value, answers_of<Key>(*split, entry.value, asked_, errors), errors);
        } else if (clustered_) {
            cd::clustered_tally<Key, bool, std::uint32_t> sums;
            for_each_count([&](std::uint32_t key, std::uint32_t number, std::uint64_t, std::uint32_t cluster) {
                const cell_sectors& said = cells.answer(number);
                if (!keys[key])
                    sums.add_missing();
                else if (said.named == 0)
                    sums.add_missing(*keys[key]);
                else
                    sums.add(*keys[key], said.has(entry.value), clusters_of_row(cluster));
            });
            add(entry.value, answers_of<Key>(sums.result(), true, asked_, errors), errors);
        } else {
            cd::tally<Key, bool> sums;
            for_each_count([&](std::uint32_t key, std::uint32_t number, std::uint64_t rows, std::uint32_t) {
                if (!keys[key]) return;
                const cell_sectors& said = cells.answer(number);
                const auto weight = static_cast<double>(rows);
                cd::tally_row<Key, bool> row{.key = *keys[key]};
                if (said.named == 0)
                    row.n_missing = rows;
                else
                    row.cells.push_back({said.has(entry.value), rows, weight, weight});
                sums.add_row(*keys[key], row);
            });
            add(entry.value, answers_of<Key>(sums.result(), true, asked_, errors), errors);
        }
    }
    t.notes = notes();
    return t;
}

cd::table share_counts::report(const sector_cells& cells) const {
    bool are_dates = false;
    if (const auto numbers = whole_numbers(keys_.texts(), are_dates)) {
        cd::table t = report_by(*numbers, cells);
        if (are_dates) t.notes.emplace_back("Dates count by their year.");
        return t;
    }
    std::vector<std::optional<std::string>> names(keys_.texts().begin(), keys_.texts().end());
    return report_by(names, cells);
}

}  // namespace example
