// SPDX-License-Identifier: BSL-1.0
// All findings as one HTML page, to be sent: verdicts, figures, every specification, tables, methods, provenance. It
// needs no other file, no network and no script. The same for a repository, in Markdown, and for a paper, in LaTeX.
//   report --out divide.html
//   report --out mine.html --models all_ai_models.csv    of your own table alone
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/enumerators.hpp>

#include "support/command_line.hpp"
#include "support/report_origin.hpp"
#include "support/report_page.hpp"
#include "support/report_parts.hpp"
#include "support/report_text.hpp"

namespace {

enum class format { html, markdown, latex };
[[nodiscard]] constexpr auto enumerators(format) {
    using compute_divide::named;
    return std::array{named<format>{format::html, "html"}, named<format>{format::markdown, "markdown"},
                      named<format>{format::latex, "latex"}};
}

/// Regressions on draws take and give back the memory of their columns thousands of times: it is kept, as each page of
/// it that comes anew from the system costs as much as what is then computed in it.
void keep_freed_memory() {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, 256 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

int run(int argc, char** argv) {
    example::report_request asked;
    std::string out;
    format as = format::html;
    bool no_figures = false;
    example::command_line line("The findings as one HTML page", "report --out divide.html --seed 7");
    line.add("--out", out, "the file of the page").required();
    line.add("--format", as, "markdown, with figures in a folder beside; or latex, for pdflatex");
    line.flag("--no-figures", no_figures, "Markdown alone");
    line.add("--models", asked.models, "Epoch AI's models table, any vintage as downloaded").existing_file();
    line.add("--papers", asked.papers, "papers with sectors of authors").existing_file();
    line.add("--works", asked.works, "works of OpenAlex, as openalex_teams reads them").existing_path();
    line.add("--state", asked.states, "states that openalex_teams saved").existing_file();
    line.add("--vintage", asked.vintage, "of a table of models that holds several");
    line.add("--only", asked.only, "these parts alone").commas().one_of(example::report_part_names());
    line.flag("--all", asked.all, "with those of our 35,000 papers of 17 venues, which take longer");
    line.add("--draws", asked.draws, "of whole clusters, on which curves of specifications are tested")
        .between(19, 1e6);
    line.add("--seed", asked.seed, "of all that is drawn");
    example::add_on_error(line, asked.on_error);
    if (const auto end = line.parse(argc, argv)) return *end;
    asked.asks_for_draws = line.has("--draws");
    asked.asks_for_seed = line.has("--seed");
    example::require_writable("--out", out);
    example::exclude(line, "--all", "--only");
    if (no_figures && as != format::markdown) throw example::usage_error("--no-figures is of --format markdown");
    const auto parts = example::report_parts(asked);
    const auto origin = example::origin_of(asked, parts);
    const std::string figures = std::filesystem::path(out).replace_extension().string() + "_figures";
    compute_divide::atomic_write(out,
                                 as == format::html ? example::report_page(parts, origin)
                                 : as == format::latex
                                     ? example::report_latex(parts, origin)
                                     : example::report_markdown(parts, origin, no_figures ? "" : figures),
                                 "report");
    std::printf("%s\n", out.c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    return example::reporting_errors("report", run, argc, argv);
}
