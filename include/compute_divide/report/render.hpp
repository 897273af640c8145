// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_RENDER_HPP
#define COMPUTE_DIVIDE_REPORT_RENDER_HPP

#include <string>

#include <compute_divide/report/csv.hpp>
#include <compute_divide/report/html.hpp>
#include <compute_divide/report/json.hpp>
#include <compute_divide/report/latex.hpp>
#include <compute_divide/report/markdown.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/report/text.hpp>

/// A table in any of its formats.
namespace compute_divide::inline v0_2 {

/// A table in a format that is chosen at run time: `to_text`, `to_markdown`, `to_latex`, `to_csv`, `to_html` or
/// `to_json` of it, ending in a line break. Throws what these do.
[[nodiscard]] inline std::string render(const table& t, table_format format, const render_options& options = {}) {
    switch (format) {
        case table_format::text:
            return to_text(t, options);
        case table_format::markdown:
            return to_markdown(t, options);
        case table_format::latex:
            return to_latex(t, options);
        case table_format::csv:
            return to_csv(t, options);
        case table_format::html:
            return to_html(t, options);
        case table_format::json:
            break;
    }
    return to_json(t) + "\n";
}

}  // namespace compute_divide::inline v0_2

#endif
