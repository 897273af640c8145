// SPDX-License-Identifier: BSL-1.0
#include "support/command_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/report/render.hpp>
#include <compute_divide/version.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/data_folder.hpp"

namespace example {

option& option::required() {
    added_->required();
    return *this;
}
option& option::check(std::function<std::string(const std::string&)> problem_of) {
    added_->check(std::move(problem_of));
    return *this;
}
option& option::existing_path() {
    return check([](const std::string& path) -> std::string {
        std::error_code error;
        if (path == "-" || std::filesystem::exists(path, error)) return "";
        return "a file or a folder that is there, or - for standard input, is required, got " + path;
    });
}
option& option::existing_file() {
    added_->check([](const std::string& path) -> std::string {
        std::error_code error;
        if (path == "-" || (std::filesystem::exists(path, error) && !std::filesystem::is_directory(path, error)))
            return "";
        return "a file that is there, or - for standard input, is required, got " + path;
    });
    added_->type_name("FILE")->default_str("");
    return *this;
}
option& option::one_of(const std::vector<std::string>& words) {
    added_->check(CLI::IsMember(words));
    return *this;
}
namespace {

double number_in(const std::string& text) {
    return std::strtod(text.c_str(), nullptr);
}

}  // namespace

option& option::between(double least, double most) {
    added_->check([=](const std::string& text) {
        const double x = number_in(text);
        return x >= least && x <= most ? "" : fmt::format("from {:g} to {:g} is required, got {}", least, most, text);
    });
    return *this;
}
option& option::level() {
    added_->check([](const std::string& text) {
        const double x = number_in(text);
        if (x > 0 && x < 1) return std::string();
        const bool is_percentage = x > 1 && x < 100;
        return fmt::format("a share between 0 and 1 is required, such as 0.95, got {}{}", text,
                           is_percentage ? fmt::format(": {} is a percentage; write {:g}", text, x / 100) : "");
    });
    return *this;
}
option& option::positive() {
    added_->check([](const std::string& text) {
        const double x = number_in(text);
        return x > 0 && std::isfinite(x) ? "" : "a number greater than 0 is required, got " + text;
    });
    return *this;
}
option& option::finite() {
    added_->check([](const std::string& text) {
        return std::isfinite(number_in(text)) ? "" : "a finite number is required, got " + text;
    });
    return *this;
}
option& option::commas() {
    added_->delimiter(',');
    return *this;
}
option& option::count(int least, int most) {
    added_->expected(least, most);
    return *this;
}
option& option::needs(const option& other) {
    added_->needs(other.added_);
    return *this;
}
option& option::excludes(const option& other) {
    added_->excludes(other.added_);
    return *this;
}
option& option::hidden() {
    added_->group("");
    return *this;
}
option& option::default_told(std::string_view text) {
    added_->default_str(std::string(text));
    return *this;
}

command_line::command_line(const std::string& description, const std::string& example)
    : app_(std::make_unique<CLI::App>(description)) {
    app_->add_option("--output", output_, "writes to this file, whole or not at all, in place of standard output")
        ->type_name("FILE");
    app_->add_option("--data", data_, "the folder of the tables that come with the programs")->type_name("DIR");
    app_->add_flag("--version")->description("the version of the program, and nothing else");
    app_->footer((example.empty() ? "" : "Example:\n  " + example + "\n\n") +
                 "Ends with 0; 1 where data cannot be read, or output not be written; 2 where what is asked for\n"
                 "is wrong; 3 where there is nothing to report. A file - is standard input; gzip is read as it is.");
}
command_line::command_line(command_line&&) noexcept = default;
command_line::~command_line() = default;

option command_line::add(const std::string& name, std::string& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->default_str(value));
}
option command_line::add(const std::string& name, std::vector<std::string>& value, const std::string& help) {
    return option(app_->add_option(name, value, help));
}
option command_line::add(const std::string& name, char& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str());
}
option command_line::add(const std::string& name, int& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str());
}
namespace {

/// What is read as an unsigned number elsewhere, by its remainder.
std::string problem_of_sign(const std::string& text) {
    const bool is_negative = text.find('-') != std::string::npos && number_in(text) <= 0;
    return is_negative ? "a whole number of 0 or more is required, got " + text : "";
}

}  // namespace

option command_line::add(const std::string& name, unsigned& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str()->check(problem_of_sign));
}
option command_line::add(const std::string& name, std::uint64_t& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str()->check(problem_of_sign));
}
option command_line::add(const std::string& name, double& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str());
}
option command_line::add(const std::string& name, std::optional<int>& value, const std::string& help) {
    return option(app_->add_option(name, value, help));
}
option command_line::add(const std::string& name, std::optional<double>& value, const std::string& help) {
    return option(app_->add_option(name, value, help));
}

namespace {

std::array<int, 2> years_in(const std::string& name, const std::string& text) {
    std::array<int, 2> years{};
    const char* at = text.data();
    const char* const end = at + text.size();
    bool right = true;
    for (int& year : years) {
        const auto read = std::from_chars(at, end, year);
        right = right && read.ec == std::errc() && read.ptr != at && year >= 1 && year <= 9999;
        at = read.ptr;
        const char behind = &year == years.data() ? '-' : '\0';
        right = right && (behind == '\0' ? at == end : at != end && *at == behind);
        if (right && behind != '\0') ++at;
    }
    if (!right || years[0] > years[1])
        throw CLI::ValidationError(
            name, "FROM-TO, two years from 1 to 9999 in order, is required, got " + compute_divide::visible_line(text));
    return years;
}

}  // namespace

option command_line::add(const std::string& name, std::array<int, 2>& years, const std::string& help) {
    return option(app_->add_option_function<std::string>(
                          name, [&years, name](const std::string& text) { years = years_in(name, text); }, help)
                      ->default_str(std::to_string(years[0]) + "-" + std::to_string(years[1])));
}
option command_line::add(const std::string& name, std::optional<std::array<int, 2>>& years, const std::string& help) {
    return option(app_->add_option_function<std::string>(
        name, [&years, name](const std::string& text) { years = years_in(name, text); }, help));
}
option command_line::add_choice(const std::string& name, const std::vector<std::string>& words, const std::string& told,
                                void (*choose)(void*, const std::string&), void* value, const std::string& help) {
    return option(app_->add_option_function<std::string>(
                          name, [choose, value](const std::string& word) { choose(value, word); }, help)
                      ->check(CLI::IsMember(words))
                      ->default_str(told));
}
option command_line::add(const std::string& name, std::optional<std::string>& value, const std::string& help) {
    return option(app_->add_option(name, value, help));
}
option command_line::add_words(const std::string& name, const std::vector<std::string>& words, const std::string& help,
                               const std::string& told, std::function<void(const std::string&)> choose) {
    CLI::Option* const added = app_->add_option_function<std::string>(name, std::move(choose), help)->default_str(told);
    if (!words.empty()) added->check(CLI::IsMember(words));
    return option(added);
}
option command_line::flag(const std::string& name, bool& value, const std::string& help) {
    return option(app_->add_flag(name, value, help)->disable_flag_override());
}

namespace {

/// Where standard output goes with --output.
std::unique_ptr<compute_divide::atomic_file> output_file;

std::string name_of_program(const char* path) {
    return std::filesystem::path(path).filename().string();
}

}  // namespace

std::optional<int> command_line::parse(int argc, char** argv, bool silently) {
    try {
        app_->name(argc > 0 ? name_of_program(argv[0]) : "");
        for (int i = 1; i < argc; ++i)
            if (std::string_view(argv[i]) == "--version") {
                if (!silently)
                    fmt::print("{} {}.{}.{}\n", app_->get_name(), COMPUTE_DIVIDE_VERSION_MAJOR,
                               COMPUTE_DIVIDE_VERSION_MINOR, COMPUTE_DIVIDE_VERSION_PATCH);
                return 0;
            }
        app_->parse(argc, argv);
        for (const CLI::Option* each : app_->get_options())
            if (each->count() > 0 && each->get_items_expected_max() > 0 &&
                std::ranges::count(may_be_empty_, each->get_name()) == 0 &&
                std::ranges::any_of(each->results(), [](const std::string& word) {
                    return word.find_first_not_of(" \t\r\n") == std::string::npos;
                }))
                throw CLI::ValidationError(each->get_name(), (each->get_name() == "--text" ? "a sentence" : "a value") +
                                                                 std::string(" is required, got nothing"));
        if (!output_.empty() && !silently) {
            require_writable("--output", output_);
            std::fflush(stdout);
            output_file = std::make_unique<compute_divide::atomic_file>(output_, "--output");
            if (::dup2(output_file->descriptor(), STDOUT_FILENO) < 0)
                throw std::runtime_error("--output: standard output cannot be sent to " + output_);
        }
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        std::ostringstream told, wrong;
        const int code = app_->exit(error, told, wrong);
        if (!silently) {
            std::fputs(told.str().c_str(), stdout);
            std::fputs(compute_divide::visible_text(wrong.str()).c_str(), stderr);
        }
        return code == 0 ? 0 : 2;
    }
}
bool command_line::has(const std::string& name) const {
    return app_->count(name) > 0;
}

bool command_line::knows(const std::string& name) const {
    return app_->get_option_no_throw(name) != nullptr;
}

void add_on_error(command_line& line, compute_divide::error_handling& value) {
    line.add("--on-error", value, "what becomes of a row that cannot be read: fail, or skip, which tells how many");
}

void output_format::add_to(command_line& line, const std::vector<std::string>& others,
                           std::function<void(const std::string&)> take) {
    std::vector<std::string> words;
    for (const auto& each : enumerators(compute_divide::table_format{})) words.emplace_back(each.name);
    const std::string known = fmt::format("{}", fmt::join(words, ", "));
    words.insert(words.end(), others.begin(), others.end());
    line.add_words("--format", take && others.empty() ? std::vector<std::string>() : words,
                   "of what is printed: " + known, "text", [this, take = std::move(take)](const std::string& word) {
                       for (const auto& each : enumerators(compute_divide::table_format{}))
                           if (each.name == word) {
                               format = each.value;
                               return;
                           }
                       take(word);
                   });
    line.add("--width", how.width, "of text, in columns").between(20, 10'000);
    line.flag("--spreadsheet-safe", how.neutralise_formulas,
              "CSV in which no text is taken for a formula: ' before one that begins with = + - @");
}
void output_format::check(const command_line& line) const {
    using compute_divide::table_format;
    if (how.neutralise_formulas && format != table_format::csv)
        throw usage_error("--spreadsheet-safe is for --format csv");
    if (line.has("--width") && format != table_format::text) throw usage_error("--width is for --format text");
}
std::string output_format::text_of(const std::vector<compute_divide::table>& tables) const {
    const bool is_list = format == compute_divide::table_format::json && tables.size() > 1;
    std::string text;
    for (const compute_divide::table& each : tables) {
        if (is_list) text += text.empty() ? "[" : ",";
        if (!is_list && !text.empty()) text += '\n';
        text += render(each, format, how);
        if (is_list) text.pop_back();
    }
    return is_list ? text + "]\n" : text;
}

void exclude(const command_line& line, const std::string& one, const std::string& other) {
    if (line.has(one) && line.has(other)) throw usage_error(one + " or " + other + ", not both");
}
void require_writable(const std::string& option, const std::string& path) {
    try {
        const compute_divide::atomic_file would_be(path, option);
    } catch (const std::system_error& error) {
        throw usage_error(fmt::format("{}: {} cannot be written: {}", option, path, error.code().message()));
    }
}
void tell_problems(const std::vector<compute_divide::read_problem>& problems, std::uint64_t n) {
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < std::min(most, problems.size()); ++i)
        std::fprintf(stderr, "note: %s\n", compute_divide::visible_line(to_string(problems[i])).c_str());
    if (n > most) std::fprintf(stderr, "note: %llu of these in all\n", static_cast<unsigned long long>(n));
}

void finish_output() {
    if (!output_file) return;
    std::cout.flush();
    if (!std::cout || std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        throw std::runtime_error("the file of --output cannot be written");
    output_file->commit();
    output_file.reset();
}

namespace {

/// The words of an error without "compute_divide::FUNCTION: ".
std::string without_functions(std::string text) {
    constexpr std::string_view mark = "compute_divide::";
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
        const std::size_t end = text.find(": ", at);
        const bool is_name = end != std::string::npos && text.find(' ', at) == end + 1;
        if (!is_name) break;
        text.erase(at, end + 2 - at);
    }
    return text;
}

}  // namespace

int code_of(const std::exception& error) {
    if (dynamic_cast<const usage_error*>(&error) != nullptr) return 2;
    return dynamic_cast<const nothing_to_report*>(&error) != nullptr ? 3 : 1;
}

int reporting_errors(const char* program, const std::function<int(int, char**)>& run, int argc, char** argv) {
    try {
        take_data_folder(argc, argv);
        const int code = run(argc, argv);
        if (code == 0) finish_output();
        output_file.reset();
        return code;
    } catch (const std::bad_alloc&) {
        output_file.reset();
        std::fprintf(stderr, "%s: there is not enough memory\n", program);
        return 1;
    } catch (const std::exception& error) {
        output_file.reset();
        std::fprintf(stderr, "%s: %s\n", program,
                     compute_divide::visible_line(without_functions(error.what())).c_str());
        return code_of(error);
    }
}

}  // namespace example
