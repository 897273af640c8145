// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_COMMAND_LINE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_COMMAND_LINE_HPP

#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>

namespace CLI {
class App;
class Option;
}  // namespace CLI

/// The options of a program. What parses them (CLI11) is compiled once, for all programs.
///
/// What was asked for is what runs: an option that cannot be followed is an error that names the choices, with nothing
/// on standard output. Programs end with 0; 1 where data cannot be read, or output not be written; 2 where what is
/// asked for is wrong; 3 where there is nothing to report.
namespace example {

/// What is asked for is wrong: the program ends with 2.
class usage_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};
/// What is asked for is right, and of nothing: the program ends with 3.
class nothing_to_report : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An option that was added, to say more of it.
class option {
public:
    explicit option(CLI::Option* added) : added_(added) {}

    option& required();
    option& check(
        std::function<std::string(const std::string&)> problem_of);  ///< what is wrong with a value, or nothing
    option& existing_path();                                ///< its values must name a file or a folder, or be -
    option& existing_file();                                ///< its values must name one, or be - for standard input
    option& one_of(const std::vector<std::string>& words);  ///< its values must be among them
    option& between(double least, double most);
    option& level();     ///< of an interval: between 0 and 1, as a share
    option& positive();  ///< more than 0, and finite
    option& finite();
    option& commas();  ///< a list may be given as one word with commas between
    option& count(int least, int most);
    option& needs(const option& other);
    option& excludes(const option& other);
    option& hidden();                             ///< not told by --help
    option& default_told(std::string_view text);  ///< in place of its value before parsing

private:
    CLI::Option* added_;
};

class command_line {
public:
    /// `example`: arguments that show what the program does, for --help.
    explicit command_line(const std::string& description, const std::string& example = "");
    command_line(command_line&&) noexcept;
    ~command_line();

    /// Adds an option that sets `value`; --help tells the value that it has before.
    option add(const std::string& name, std::string& value, const std::string& help);
    option add(const std::string& name, std::vector<std::string>& value, const std::string& help);
    option add(const std::string& name, char& value, const std::string& help);
    option add(const std::string& name, int& value, const std::string& help);
    option add(const std::string& name, unsigned& value, const std::string& help);
    option add(const std::string& name, std::uint64_t& value, const std::string& help);
    option add(const std::string& name, double& value, const std::string& help);
    option add(const std::string& name, std::optional<int>& value, const std::string& help);
    option add(const std::string& name, std::optional<double>& value, const std::string& help);
    /// FROM-TO, two years.
    option add(const std::string& name, std::array<int, 2>& years, const std::string& help);
    option add(const std::string& name, std::optional<std::array<int, 2>>& years, const std::string& help);
    /// One of an enum's names.
    template <compute_divide::named_enum Enum>
    option add(const std::string& name, Enum& value, const std::string& help) {
        std::vector<std::string> names;
        for (const auto& each : enumerators(Enum{})) names.emplace_back(each.name);
        return add_choice(
            name, names, std::string(compute_divide::name_of(value)),
            [](void* chosen, const std::string& word) {
                *static_cast<Enum*>(chosen) = compute_divide::parse_name<Enum>(word);
            },
            &value, help);
    }
    option add(const std::string& name, std::optional<std::string>& value, const std::string& help);
    /// One of some words, which `choose` takes; any where there are none.
    option add_words(const std::string& name, const std::vector<std::string>& words, const std::string& help,
                     const std::string& told, std::function<void(const std::string&)> choose);
    /// An empty text is no error of this option.
    void may_be_empty(const std::string& name) { may_be_empty_.push_back(name); }
    /// Adds a flag, which is set where it is given.
    option flag(const std::string& name, bool& value, const std::string& help);

    /// Parses the arguments; what is wrong with them, or --help and --version, is told unless `silently`. Where there
    /// is a value the program ends with it. With --output what goes to standard output goes to a file from here on,
    /// which is there when `finish_output` was called.
    [[nodiscard]] std::optional<int> parse(int argc, char** argv, bool silently = false);
    /// Whether an option was given.
    [[nodiscard]] bool has(const std::string& name) const;
    /// Whether there is such an option.
    [[nodiscard]] bool knows(const std::string& name) const;

private:
    option add_choice(const std::string& name, const std::vector<std::string>& words, const std::string& told,
                      void (*choose)(void*, const std::string&), void* value, const std::string& help);

    std::unique_ptr<CLI::App> app_;
    std::string output_;
    std::string data_;  // which take_data_folder() has taken before
    std::vector<std::string> may_be_empty_;
};

/// What a table is written as: --format, --width and --spreadsheet-safe.
struct output_format {
    compute_divide::table_format format = compute_divide::table_format::text;
    compute_divide::render_options how{.width = 100};

    /// `others`: words that --format takes besides, for `take`; where there are none, `take` gets all that are no
    /// formats of tables.
    void add_to(command_line& line, const std::vector<std::string>& others = {},
                std::function<void(const std::string&)> take = {});
    /// Throws usage_error where --width is not of text, or --spreadsheet-safe not of CSV.
    void check(const command_line& line) const;

    /// Tables one below the other; in JSON a list of them where there are several.
    [[nodiscard]] std::string text_of(const std::vector<compute_divide::table>& tables) const;
};

/// --on-error, of rows of tables.
void add_on_error(command_line& line, compute_divide::error_handling& value);

/// Throws usage_error where both of two options are given.
void exclude(const command_line& line, const std::string& one, const std::string& other);
/// Throws usage_error unless a file of this name can be made; nothing of it is left.
void require_writable(const std::string& option, const std::string& path);

/// What is told of problems that were skipped, on standard error: each of the first few, and how many there are.
void tell_problems(const std::vector<compute_divide::read_problem>& problems, std::uint64_t n);

/// The file of --output is whole; without it nothing is done. Throws where it cannot be written.
void finish_output();

/// What a program ends with for an error: 2 for usage_error, 3 for nothing_to_report, else 1.
[[nodiscard]] int code_of(const std::exception& error);

/// Calls run(), and finishes the output where it ends with 0. Makes of an exception the line "PROGRAM: what()" on
/// standard error, without the names of functions, and the code that a program ends with.
int reporting_errors(const char* program, const std::function<int(int, char**)>& run, int argc, char** argv);

}  // namespace example

#endif
