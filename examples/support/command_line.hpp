// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_COMMAND_LINE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_COMMAND_LINE_HPP

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/enumerators.hpp>

namespace CLI {
class App;
class Option;
}  // namespace CLI

/// The options of a program. What parses them (CLI11) is compiled once, for all programs.
namespace example {

/// An option that was added, to say more of it.
class option {
public:
    explicit option(CLI::Option* added) : added_(added) {}

    option& required();
    option& existing_file();                                ///< its values must name one
    option& one_of(const std::vector<std::string>& words);  ///< its values must be among them
    option& between(double least, double most);
    option& positive();  ///< more than 0, and finite
    option& commas();    ///< a list may be given as one word with commas between
    option& count(int least, int most);
    option& needs(const option& other);
    option& hidden();                             ///< not told by --help
    option& default_told(std::string_view text);  ///< in place of its value before parsing

private:
    CLI::Option* added_;
};

class command_line {
public:
    explicit command_line(const std::string& description);
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
    /// Adds a flag, which is set where it is given.
    option flag(const std::string& name, bool& value, const std::string& help);

    /// Parses the arguments; what is wrong with them, or --help, is told unless `silently`. Where there is a value the
    /// program ends with it.
    [[nodiscard]] std::optional<int> parse(int argc, char** argv, bool silently = false);
    /// Whether an option was given.
    [[nodiscard]] bool has(const std::string& name) const;

private:
    option add_choice(const std::string& name, const std::vector<std::string>& words, const std::string& told,
                      void (*choose)(void*, const std::string&), void* value, const std::string& help);

    std::unique_ptr<CLI::App> app_;
};

/// Calls run(), and makes of an exception the line "PROGRAM: what()" on standard error, and 1.
int reporting_errors(const char* program, const std::function<int(int, char**)>& run, int argc, char** argv);

}  // namespace example

#endif
