// SPDX-License-Identifier: BSL-1.0
#include "support/report_origin.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/data_folder.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/sha256.hpp"

namespace example {

report_origin origin_of(const report_request& asked, const std::vector<report_part>& parts) {
    report_origin origin{
        .command = "report", .seed = asked.seed, .draws = asked.draws, .is_shipped = asked.is_shipped()};
    for (const auto& [option, value] : {std::pair{"--models", asked.models},
                                        {"--papers", asked.papers},
                                        {"--vintage", asked.vintage},
                                        {"--only", fmt::format("{}", fmt::join(asked.only, ","))}})
        if (!value.empty()) origin.command += fmt::format(" {} {}", option, value);
    if (asked.all) origin.command += " --all";
    if (asked.only.empty())
        for (const std::string& name : report_part_names())
            if (is_left_out(asked, name)) origin.left_out.push_back(name);
    origin.command += fmt::format(" --draws {} --seed {}", asked.draws, asked.seed);
    if (asked.on_error == cd::error_handling::skip) origin.command += " --on-error skip";
    const std::string ours = data_folder() + "/";
    std::vector<std::string> paths;
    for (const report_part& part : parts)
        for (const std::string& path : part.files)
            if (part.found && std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
    for (const std::string& path : paths)
        origin.files.push_back({path.starts_with(ours) ? path.substr(ours.size()) : path, sha256_of_file(path),
                                static_cast<std::uint64_t>(std::filesystem::file_size(path))});
    const models_input of_models{.path = asked.models.empty() ? models_input{}.path : asked.models,
                                 .vintage = asked.vintage,
                                 .on_error = asked.on_error};
    if (std::ranges::find(paths, of_models.path) != paths.end()) {
        const model_table table = read_models(of_models);
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
