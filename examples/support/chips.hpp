// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CHIPS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CHIPS_HPP

#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/accelerator_list.hpp>

#include "support/command_line.hpp"
#include "support/input.hpp"

/// The chips that a program knows: the built-in ones, and those of a table of the user's.
namespace example {

class chip_source {
public:
    /// --chips and --list-chips.
    void add_to(command_line& line) {
        line.add("--chips", file_, "a CSV of chips of your own, with the columns that --list-chips prints")
            .existing_file();
        line.flag("--list-chips", list_, "print the chips that are known, yours first, as CSV");
    }

    /// The catalogue; this must outlive it. Throws where the table cannot be read.
    [[nodiscard]] compute_divide::accelerator_catalogue catalogue() {
        namespace cd = compute_divide;
        if (!file_.empty()) own_ = cd::read_accelerators(open_table(file_));
        return cd::accelerator_catalogue(own_.chips());
    }

    /// Prints the list where it was asked for; where there is a value, the program ends with it.
    [[nodiscard]] std::optional<int> listed(const compute_divide::accelerator_catalogue& catalogue) const {
        if (!list_) return std::nullopt;
        std::vector<compute_divide::accelerator> all;
        for (std::size_t i = 0; i < catalogue.size(); ++i) all.push_back(catalogue[i]);
        compute_divide::write_accelerators(std::cout, all);
        return std::cout.flush() ? 0 : 1;
    }

private:
    std::string file_;
    bool list_ = false;
    compute_divide::accelerator_list own_;
};

}  // namespace example

#endif
