// SPDX-License-Identifier: BSL-1.0
#include "support/command_line.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include <compute_divide/visible_text.hpp>

namespace example {

option& option::required() {
    added_->required();
    return *this;
}
option& option::existing_file() {
    added_->check(CLI::ExistingFile)->default_str("");
    return *this;
}
option& option::one_of(const std::vector<std::string>& words) {
    added_->check(CLI::IsMember(words));
    return *this;
}
option& option::between(double least, double most) {
    added_->check(CLI::Range(least, most));
    return *this;
}
option& option::positive() {
    added_->check([](const std::string& text) {
        const double x = std::strtod(text.c_str(), nullptr);
        return x > 0 && std::isfinite(x) ? "" : "a number greater than 0 is required, got " + text;
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
option& option::hidden() {
    added_->group("");
    return *this;
}
option& option::default_told(std::string_view text) {
    added_->default_str(std::string(text));
    return *this;
}

command_line::command_line(const std::string& description) : app_(std::make_unique<CLI::App>(description)) {}
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
option command_line::add(const std::string& name, unsigned& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str());
}
option command_line::add(const std::string& name, std::uint64_t& value, const std::string& help) {
    return option(app_->add_option(name, value, help)->capture_default_str());
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
    if (std::sscanf(text.c_str(), "%d-%d", years.data(), years.data() + 1) != 2)
        throw CLI::ValidationError(name, "FROM-TO is required, got " + text);
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
option command_line::flag(const std::string& name, bool& value, const std::string& help) {
    return option(app_->add_flag(name, value, help));
}

std::optional<int> command_line::parse(int argc, char** argv, bool silently) {
    try {
        app_->parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        std::ostringstream nowhere;
        return silently ? app_->exit(error, nowhere, nowhere) : app_->exit(error);
    }
}
bool command_line::has(const std::string& name) const {
    return app_->count(name) > 0;
}

int reporting_errors(const char* program, int (*run)(int, char**), int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", program, compute_divide::visible_line(error.what()).c_str());
        return 1;
    }
}

}  // namespace example
