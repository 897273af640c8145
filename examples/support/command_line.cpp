// SPDX-License-Identifier: BSL-1.0
#include "support/command_line.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <sstream>
#include <system_error>

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
option command_line::flag(const std::string& name, bool& value, const std::string& help) {
    return option(app_->add_flag(name, value, help));
}

std::optional<int> command_line::parse(int argc, char** argv, bool silently) {
    try {
        app_->parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        std::ostringstream told, wrong;
        const int code = app_->exit(error, told, wrong);
        if (!silently) {
            std::fputs(told.str().c_str(), stdout);
            std::fputs(compute_divide::visible_text(wrong.str()).c_str(), stderr);
        }
        return code;
    }
}
bool command_line::has(const std::string& name) const {
    return app_->count(name) > 0;
}

int reporting_errors(const char* program, const std::function<int(int, char**)>& run, int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "%s: there is not enough memory\n", program);
        return 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", program, compute_divide::visible_line(error.what()).c_str());
        return 1;
    }
}

}  // namespace example
