// SPDX-License-Identifier: BSL-1.0
#include "support/report_origin.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/data_folder.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/sha256.hpp"

namespace example {

report_origin origin_of(const report_request& asked, const std::vector<report_part>& parts) {
    report_origin origin{.command = {}, .is_shipped = asked.is_shipped()};
    std::vector<std::string> arguments;
    const auto say = [&](const char* option, const std::vector<std::string>& values) {
        if (values.empty() || values.front().empty()) return;
        arguments.emplace_back(option);
        arguments.insert(arguments.end(), values.begin(), values.end());
    };
    say("--models", {asked.models});
    say("--papers", {asked.papers});
    say("--works", asked.works);
    say("--state", asked.states);
    say("--vintage", {asked.vintage});
    say("--only", {fmt::format("{}", fmt::join(asked.only, ","))});
    if (asked.all) arguments.emplace_back("--all");
    if (asked.only.empty())
        for (const std::string& name : report_part_names())
            if (is_left_out(asked, name) && name != "openalex_teams") origin.left_out.push_back(name);
    for (const auto& [option, value, to] :
         {std::tuple{"--draws", asked.draws, &origin.draws}, {"--seed", asked.seed, &origin.seed}}) {
        if (!is_used(option, parts)) continue;
        *to = value;
        arguments.insert(arguments.end(), {option, std::to_string(value)});
    }
    if (asked.on_error == cd::error_handling::skip) arguments.insert(arguments.end(), {"--on-error", "skip"});
    origin.command = command_of("report", arguments);
    const std::string ours = data_folder() + "/";
    std::vector<std::string> paths;
    for (const report_part& part : parts)
        for (const std::string& path : part.files)
            if (part.found && std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
    namespace fs = std::filesystem;
    for (const std::string& path : paths) {
        report_file file{.name = path.starts_with(ours) ? path.substr(ours.size()) : path, .sha256 = {}, .bytes = 0};
        if (fs::is_directory(path)) {
            for (const auto& each : fs::recursive_directory_iterator(path))
                if (each.is_regular_file()) file.bytes += static_cast<std::uint64_t>(each.file_size());
        } else {
            file.sha256 = sha256_of_file(path);
            file.bytes = static_cast<std::uint64_t>(fs::file_size(path));
        }
        origin.files.push_back(std::move(file));
    }
    const models_input of_models{.path = asked.models.empty() ? models_input{}.path : asked.models,
                                 .vintage = asked.vintage,
                                 .on_error = asked.on_error};
    if (std::ranges::find(paths, of_models.path) != paths.end()) {
        const model_table& table = read_models(of_models);
        std::chrono::sys_days last{};
        for (const cd::epoch_model& m : table.all)
            if (m.published) last = std::max(last, std::chrono::sys_days(*m.published));
        origin.dates.push_back(fmt::format(
            "models: {} rows, the last of {}{}", table.all.size(), cd::detail::date_text(last),
            table.names_vintages ? "; vintages " + fmt::format("{}", fmt::join(table.vintages, ", ")) : ""));
    }
    return origin;
}

}  // namespace example
