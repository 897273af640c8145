// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_KEPT_PROBLEMS_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_KEPT_PROBLEMS_HPP

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/read_problem.hpp>

namespace compute_divide::inline v0_2::detail {

/// Counts a problem, and keeps it where there are fewer than `most`.
inline void keep_problem(read_problem&& problem, std::vector<read_problem>& kept, std::uint64_t& n, std::size_t most) {
    ++n;
    if (kept.size() < most) kept.push_back(std::move(problem));
}

/// The same of all that the reader of rows counted: kept are the first lines of both.
inline void keep_problems_of(const csv_reader& rows, std::vector<read_problem>& kept, std::uint64_t& n,
                             std::size_t most) {
    n += rows.n_problems();
    kept.insert(kept.end(), rows.problems().begin(), rows.problems().end());
    detail::stable_sort_by(kept, &read_problem::line);
    if (kept.size() > most) kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(most), kept.end());
}

}  // namespace compute_divide::inline v0_2::detail

#endif
