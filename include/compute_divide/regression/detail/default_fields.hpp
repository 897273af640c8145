// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_DEFAULT_FIELDS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_DEFAULT_FIELDS_HPP

/// Fields of models that do not name one.
namespace compute_divide::inline v0_2::detail {

/// The weight of records that have none.
struct equal_weights {
    template <class Record>
    [[nodiscard]] constexpr double operator()(const Record&) const {
        return 1;
    }
};

/// The offset of records that have none.
struct no_offset {
    template <class Record>
    [[nodiscard]] constexpr double operator()(const Record&) const {
        return 0;
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
