// SPDX-License-Identifier: BSL-1.0
// How good is the reader of hardware mentions? Precision and recall with Wilson intervals, on two sets of texts.
//   evaluate_hardware --models epoch_2025-12-27_all.csv --part unread --new-since epoch_2025-08-07.csv
//   evaluate_hardware --sentences hardware_sentences_dev.txt --marks tests/reference/hardware_marks.csv --rows odd
// Rules are developed on the rows "read", two thirds of the models by the hash of their names (FNV-1a modulo 3), and
// measured on those "unread"; with --new-since only on those that an older table does not have.
// The models' notes and abstracts stand beside their hardware as curated. Only what a row's text states is scored:
//   chip: some spelling of the chip's family stands in it ("A100" for "NVIDIA A100 SXM4 80 GB");
//   count: the number stands in it, in digits or as a word, five words or less from a word for hardware (GPU, TPU,
//   chip, core, or the row's chip) on the same line; time: the hours stand before "hour", or their number of minutes,
//   days, weeks or months before that word (to 2 %).
// A row's answer is that of its main run: of the mentions that are not inference the one which states most of chip,
// count and time, the longest of equals; what it leaves open is answered by the first mention that does not. Many rows
// speak of several runs (stages, other models, the model they begin with), and the table curates one: the second table
// takes a row as right where any of its runs is. A chip is right where its family is, since texts seldom name the
// variant; a range where one of its ends or its middle is, of which the table keeps one.
// The thousand sentences of abstracts that name hardware (tests/reference/hardware_paper_sentences.py) are read
// likewise:
//   evaluate_hardware --sentences SENTENCES --marks tests/reference/hardware_paper_marks.csv
// The sentences are marked by hand, by line number; all mentions are scored against all marks.
// What is off by ten times or more in the 250 sentences (5 numbers) is read as it is written, and marked as no run or
// as another's: "can be trained on a single GPU" (2), "within about 3 GPU hours" beside the 100 used, "at least one
// GPU" in each of 6 computers, and times of runs that are marked as no training.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "support/evaluation.hpp"

namespace cd = compute_divide;
using example::chosen;
using example::row_choice;

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

/// A chip's name without its maker, form and memory, in letters and digits: "a100", "tpuv4", "rtx3090".
std::string family(std::string_view name) {
    static const std::vector<std::string> dropped = {
        "nvidia", "google", "amd",  "huawei", "tesla", "geforce", "quadro", "radeon", "instinct", "pcie", "sxm",
        "sxm2",   "sxm3",   "sxm4", "sxm5",   "sxm6",  "dgxs",    "gb",     "nvl",    "trillium", "oam"};
    std::string result, word;
    const std::string text = cd::normalised(name) + " ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_word(text[i])) {
            word += text[i];
            continue;
        }
        const bool memory = !word.empty() && std::ranges::all_of(word, is_digit) && text.compare(i, 3, " gb") == 0;
        const bool joined = word.size() > 2 && word.ends_with("gb") && is_digit(word[0]);
        if (!memory && !joined && std::ranges::count(dropped, word) == 0) result += word;
        word.clear();
    }
    return result;
}

/// Whether a normalised text holds the letters of a family, spaces and hyphens aside, from a word's beginning.
bool holds(std::string_view text, std::string_view letters) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        if (begin > 0 && is_word(text[begin - 1]) && text[begin - 1] != 'x') continue;
        std::size_t i = begin, matched = 0;
        for (; i < text.size() && matched < letters.size(); ++i) {
            if (text[i] == letters[matched])
                ++matched;
            else if (matched == 0 || (text[i] != ' ' && text[i] != '-'))
                break;
        }
        if (matched == letters.size() && (i == text.size() || !is_word(text[i]) || text[i] == 's')) return true;
    }
    return false;
}

struct number_in_text {
    double value;
    double hours;  // in one of the units of time that follow; 0 where none does
    bool by_hardware;
};

/// Whether `text` names hardware within five words of [begin, end), on the same line.
bool is_by_hardware(std::string_view text, std::size_t begin, std::size_t end, const std::vector<std::string>& chips) {
    const auto edge = [&](std::size_t from, bool back) {
        std::size_t at = from;
        for (int words = 0; words < 6 && (back ? at > 0 : at < text.size());) {
            const char c = text[back ? at - 1 : at];
            if (c == '\n') break;
            words += c == ' ' ? 1 : 0;
            if (words < 6) at = back ? at - 1 : at + 1;
        }
        return at;
    };
    const std::size_t first = edge(begin, true), last = edge(end, false);
    const std::string near =
        std::string(text.substr(first, begin - first)) + " # " + std::string(text.substr(end, last - end));
    for (const char* const word : {"gpu", "tpu", "chip", "core", "accelerator", "graphics card"})
        if (near.find(word) != near.npos) return true;
    return std::ranges::any_of(chips, [&](const std::string& chip) { return holds(near, chip); });
}

std::vector<number_in_text> numbers_of(std::string_view text, const std::vector<std::string>& chips) {
    static const std::map<std::string, double, std::less<>> words = {
        {"one", 1},  {"single", 1},  {"a", 1},        {"an", 1},          {"two", 2},        {"three", 3},
        {"four", 4}, {"five", 5},    {"six", 6},      {"seven", 7},       {"eight", 8},      {"nine", 9},
        {"ten", 10}, {"twelve", 12}, {"sixteen", 16}, {"thirty-two", 32}, {"sixty-four", 64}};
    static const std::map<std::string, double, std::less<>> units = {{"minute", 1.0 / 60},
                                                                     {"minutes", 1.0 / 60},
                                                                     {"min", 1.0 / 60},
                                                                     {"mins", 1.0 / 60},
                                                                     {"hour", 1},
                                                                     {"hours", 1},
                                                                     {"hrs", 1},
                                                                     {"hr", 1},
                                                                     {"h", 1},
                                                                     {"day", 24},
                                                                     {"days", 24},
                                                                     {"week", 168},
                                                                     {"weeks", 168},
                                                                     {"month", 720},
                                                                     {"months", 720}};
    std::vector<number_in_text> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_word(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        std::string word;
        const bool digits = is_digit(text[at]);
        while (at < text.size() &&
               (digits ? is_digit(text[at]) || text[at] == '.' || text[at] == ',' : is_word(text[at]))) {
            if (text[at] != ',') word += text[at];
            ++at;
        }
        std::optional<double> value;
        if (digits)
            value = std::stod(word);
        else if (const auto known = words.find(word); known != words.end())
            value = known->second;
        if (!value) continue;
        std::size_t next = at;
        while (next < text.size() && (text[next] == ' ' || text[next] == '-')) ++next;
        std::size_t end = next;
        while (end < text.size() && is_word(text[end])) ++end;
        const auto unit = units.find(text.substr(next, end - next));
        found.push_back(
            {*value, unit == units.end() ? 0 : *value * unit->second, is_by_hardware(text, begin, at, chips)});
    }
    return found;
}

bool close(double a, double b) {
    return std::abs(a - b) <= 0.02 * std::max(std::abs(a), std::abs(b));
}

struct score {
    double right = 0, wrong = 0, missed = 0;
    void add(const score& other) {
        right += other.right;
        wrong += other.wrong;
        missed += other.missed;
    }
};

std::string cell(double k, double n) {
    return n == 0 ? "none" : fmt::format("{} of {:g}", example::cell(cd::share(k, n)), n);
}

void print(std::string_view heading, const std::vector<std::pair<std::string, score>>& rows) {
    fmt::print("\n| {} | precision | recall |\n|---|---|---|\n", heading);
    for (const auto& [name, s] : rows)
        fmt::print("| {} | {} | {} |\n", name, cell(s.right, s.right + s.wrong), cell(s.right, s.right + s.missed));
}

std::optional<double> number(std::string_view field) {
    if (field.empty()) return std::nullopt;
    return std::stod(std::string(field));
}

/// A row's answers to a field: that of its main run, else of the first run that states it, comes first.
template <class Field>
auto answers(const std::vector<cd::hardware_mention>& mentions, Field field, std::size_t main) {
    std::vector<std::remove_cvref_t<decltype(*field(mentions[0]))>> found;
    if (!mentions.empty() && field(mentions[main])) found.push_back(*field(mentions[main]));
    for (const auto& one : mentions)
        if (field(one)) found.push_back(*field(one));
    return found;
}

/// By the main run alone, and by whichever run is right.
struct two_scores {
    score main, any;
    template <class Value, class Right>
    bool add(const std::vector<Value>& said, Right right) {
        const bool main_right = !said.empty() && right(said.front()), any_right = std::ranges::any_of(said, right);
        const auto one = [&](bool is) { return score{is ? 1.0 : 0, !said.empty() && !is ? 1.0 : 0, is ? 0 : 1.0}; };
        main.add(one(main_right));
        any.add(one(any_right));
        return any_right;
    }
};

enum class row_part { all, read, unread };
constexpr auto enumerators(row_part) {
    using enum row_part;
    return std::array{cd::named<row_part>{all, "all"}, cd::named<row_part>{read, "read"},
                      cd::named<row_part>{unread, "unread"}};
}
bool is_in(row_part part, std::string_view name) {
    std::uint32_t hash = 2166136261;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
    return part == row_part::all || (part == row_part::unread) == (hash % 3 == 0);
}
std::set<std::string, std::less<>> names_of(const std::string& path) {
    std::set<std::string, std::less<>> names;
    if (path.empty()) return names;
    cd::csv_reader table = cd::csv_reader::open(path);
    for (const auto& record : table) names.emplace(record["Model"]);
    return names;
}

void evaluate_models(const cd::hardware_reader& read, const std::string& path, row_choice rows, row_part part,
                     const std::string& older, bool show) {
    const auto known = names_of(older);
    cd::csv_reader table = cd::csv_reader::open(path);
    two_scores chips, counts, times;
    std::size_t row = 0;
    for (const auto& record : table) {
        if (!chosen(rows, row++) || !is_in(part, record["Model"]) || known.contains(record["Model"])) continue;
        const std::string text = std::string(record["Training compute notes"]) + "\n" +
                                 std::string(record["Training time notes"]) + "\n" + std::string(record["Abstract"]);
        std::string normalised;  // line by line: line ends stay
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            normalised += cd::normalised(std::string_view(text).substr(at, end - at)) + "\n";
            at = end + 1;
        }
        std::vector<cd::hardware_mention> mentions = read(text);
        std::erase_if(mentions, [](const auto& m) { return m.use == cd::hardware_use::inference; });
        const auto richness = [](const cd::hardware_mention& m) {
            return (m.chip.empty() ? 0 : 1) + (m.count ? 1 : 0) + (m.hours ? 1 : 0);
        };
        const auto size = [&](const cd::hardware_mention& m) { return std::pair(richness(m), m.hours.value_or(0)); };
        const auto main = static_cast<std::size_t>(std::ranges::max_element(mentions, {}, size) - mentions.begin());
        const auto note = [&](std::string_view what, std::string_view truth, bool right) {
            if (!show || right) return;
            fmt::print("{} row {}: is {}\n", what, row - 1, truth);
            for (const auto& m : mentions)
                fmt::print("    {} n={} h={} ch={} {} <{}>\n", m.chip, m.count.value_or(-1), m.hours.value_or(-1),
                           m.chip_hours.value_or(-1), cd::name_of(m.use),
                           text.substr(m.span.begin, std::min<std::size_t>(m.span.end - m.span.begin, 150)));
        };
        std::vector<std::string> stated;
        const std::string hardware(record["Training hardware"]);
        for (std::size_t at = 0; at < hardware.size();) {
            const std::size_t comma = std::min(hardware.find(',', at), hardware.size());
            const std::string key = family(std::string_view(hardware).substr(at, comma - at));
            if (holds(normalised, key) || (key.starts_with("rtx") && holds(normalised, key.substr(3))))
                stated.push_back(key);
            at = comma + 1;
        }
        if (!stated.empty()) {
            const auto chip = [](const auto& m) {
                return m.chip.empty() ? std::optional<std::string>() : family(m.chip);
            };
            note("chip", hardware, chips.add(answers(mentions, chip, main), [&](const std::string& said) {
                return std::ranges::count(stated, said) > 0;
            }));
        }
        const auto numbers = numbers_of(normalised, stated);
        // Each answer with the ends of its range: the table has the greatest of "2 to 4 hours", or the middle.
        using numbers_said = std::vector<double>;
        const auto readings = [](std::optional<double> value, const cd::stated_bounds& bounds) {
            if (!value) return std::optional<numbers_said>();
            return std::optional(bounds.lower && bounds.upper ? numbers_said{*value, *bounds.lower, *bounds.upper}
                                                              : numbers_said{*value});
        };
        const auto judge = [&](std::string_view what, std::optional<double> truth, bool states, const auto& field,
                               two_scores& total) {
            if (truth && states)
                note(what, fmt::format("{}", *truth),
                     total.add(answers(mentions, field, main), [&](const numbers_said& said) {
                         return std::ranges::any_of(said, [&](double each) { return close(each, *truth); });
                     }));
        };
        const auto quantity = number(record["Hardware quantity"]), hours = number(record["Training time (hours)"]);
        judge(
            "count", quantity,
            quantity &&
                std::ranges::any_of(
                    numbers, [&](const auto& n) { return n.value == *quantity && n.hours == 0 && n.by_hardware; }),
            [&](const auto& m) { return readings(m.count, m.count_bounds); }, counts);
        judge(
            "time", hours,
            hours && std::ranges::any_of(numbers, [&](const auto& n) { return n.hours > 0 && close(n.hours, *hours); }),
            [&](const auto& m) { return readings(m.hours, m.hours_bounds); }, times);
    }
    print("rows whose text states it, main run", {{"chip", chips.main}, {"count", counts.main}, {"time", times.main}});
    print("the same, any run", {{"chip", chips.any}, {"count", counts.any}, {"time", times.any}});
}

/// Right where a value is in both, wrong where it was only read, missed where it is only marked.
template <class Value, class Same>
score compared(std::vector<Value> read, const std::vector<Value>& marked, Same same) {
    score s;
    for (const Value& mark : marked) {
        const auto found = std::ranges::find_if(read, [&](const Value& value) { return same(value, mark); });
        if (found == read.end()) {
            s.missed += 1;
        } else {
            s.right += 1;
            read.erase(found);
        }
    }
    s.wrong = static_cast<double>(read.size());
    return s;
}

/// Numbers read that no mark of their line is within a factor of ten of.
struct far_off {
    std::size_t numbers = 0, off = 0;
    void add(const std::vector<double>& read, const std::vector<double>& marked) {
        for (const double value : read) {
            ++numbers;
            off += std::ranges::any_of(marked, [&](double mark) { return value / mark < 10 && mark / value < 10; })
                       ? 0U
                       : 1U;
        }
    }
};

struct stated_figures {
    std::vector<std::string> chips;
    std::vector<double> counts, times;  // times: hours, and minus the chip hours
    bool training = false;
};

void evaluate_sentences(const cd::hardware_reader& read, const std::string& sentences, const std::string& marks,
                        row_choice rows, bool show) {
    std::map<std::size_t, stated_figures> marked;
    cd::csv_reader table = cd::csv_reader::open(marks);
    const cd::csv_column<std::string> chip(table, "chip", {.required = false}),
        trained(table, "training", {.required = false});
    for (const auto& record : table) {
        stated_figures& line = marked[static_cast<std::size_t>(*number(record["line"]))];
        line.training = line.training || trained(record) == "1";
        if (!chip(record).empty()) line.chips.push_back(family(chip(record)));
        if (const auto count = number(record["count"])) line.counts.push_back(*count);
        if (const auto hours = number(record["hours"])) line.times.push_back(*hours);
        if (const auto hours = number(record["chip_hours"])) line.times.push_back(-*hours);
    }
    std::ifstream file(sentences);
    std::size_t number_of_line = 0;
    score chips, counts, times, training;
    far_off far;
    std::size_t off = 0;
    for (std::string text; std::getline(file, text);) {
        ++number_of_line;
        if (!marked.contains(number_of_line) || !chosen(rows, number_of_line)) continue;
        const stated_figures& marks_of_line = marked[number_of_line];
        stated_figures said;
        for (const auto& m : read(text)) {
            if (!m.chip.empty()) said.chips.push_back(family(m.chip));
            if (m.count) said.counts.push_back(*m.count);
            if (m.hours) said.times.push_back(*m.hours);
            if (m.chip_hours) said.times.push_back(-*m.chip_hours);
            said.training = said.training || m.use == cd::hardware_use::training;
        }
        const auto same_chip = [](const std::string& a, const std::string& b) {
            return a == b || a.ends_with(b) || b.ends_with(a) || a.starts_with(b);
        };
        const score chip_score = compared(said.chips, marks_of_line.chips, same_chip);
        const score count = compared(said.counts, marks_of_line.counts, close);
        const score time = compared(said.times, marks_of_line.times, close);
        far.add(said.counts, marks_of_line.counts);
        far.add(said.times, marks_of_line.times);
        if (show && far.off > off) fmt::print("line {}: off by ten times or more\n", number_of_line);
        off = far.off;
        chips.add(chip_score);
        counts.add(count);
        times.add(time);
        training.add({said.training && marks_of_line.training ? 1.0 : 0,
                      said.training && !marks_of_line.training ? 1.0 : 0,
                      !said.training && marks_of_line.training ? 1.0 : 0});
        if (show) {
            const auto note = [&](std::string_view what, const score& s) {
                if (s.wrong + s.missed > 0)
                    fmt::print("line {} {}: {} wrong, {} missed\n", number_of_line, what, s.wrong, s.missed);
            };
            note("chip", chip_score);
            note("count", count);
            note("time", time);
            if (said.training != marks_of_line.training)
                fmt::print("line {} training {}\n", number_of_line, marks_of_line.training);
        }
    }
    std::vector<std::pair<std::string, score>> rows_of_table{{"count", counts}, {"time", times}};
    if (chip) rows_of_table.insert(rows_of_table.begin(), {"chip", chips});
    if (trained) rows_of_table.emplace_back("training run", training);
    print("marked sentences", rows_of_table);
    fmt::print("\n{} of {} counts and times read in {} sentences are off by ten times or more\n", far.off, far.numbers,
               marked.size());
}

}  // namespace

int main(int argc, char** argv) try {
    std::string models, sentences, marks, rows = "all", part = "all", older;
    bool show = false;
    CLI::App app("Precision and recall of the reader of hardware mentions");
    app.add_option("--models", models, "Epoch's table of models")->check(CLI::ExistingFile);
    auto* const sentences_option = app.add_option("--sentences", sentences, "one a line")->check(CLI::ExistingFile);
    app.add_option("--marks", marks, "what some of them state")->needs(sentences_option)->check(CLI::ExistingFile);
    app.add_option("--rows", rows, "all, even or odd: of rows from 0, of sentences from 1")->capture_default_str();
    app.add_option("--part", part, "all, read or unread: of the models, by name")->capture_default_str();
    app.add_option("--new-since", older, "only models that this table does not have")->check(CLI::ExistingFile);
    app.add_flag("--show", show, "what is not right");
    CLI11_PARSE(app, argc, argv);
    const cd::hardware_reader read;
    const auto choice = cd::parse_name<row_choice>(rows);
    if (!models.empty()) evaluate_models(read, models, choice, cd::parse_name<row_part>(part), older, show);
    if (!marks.empty()) evaluate_sentences(read, sentences, marks, choice, show);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_hardware: {}\n", error.what());
    return 1;
}
