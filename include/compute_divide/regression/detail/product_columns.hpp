// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_PRODUCT_COLUMNS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_PRODUCT_COLUMNS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/regression/detail/regression_value.hpp>

namespace compute_divide::inline v0_2::detail {

template <class First, class Second>
class product_columns {
public:
    static constexpr bool learns = First::learns || Second::learns, is_linear = false;

    product_columns(First first, Second second) : first_(std::move(first)), second_(std::move(second)) {}

    template <class Record>
    void learn(const Record& record) {
        first_.learn(record);
        second_.learn(record);
    }
    void learned() {
        first_.learned();
        second_.learned();
        factors_.resize(first_.columns() + second_.columns());
    }
    [[nodiscard]] std::size_t columns() const { return first_.columns() * second_.columns(); }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& a : first_.names())
            for (const auto& b : second_.names()) all.push_back(a + "*" + b);
        return all;
    }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return first_.known(record) && second_.known(record);
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) {
        double* const others = factors_.data() + first_.columns();
        const bool first_usable = first_.fill(record, factors_.data());
        bool usable = second_.fill(record, others) && first_usable;
        for (std::size_t i = 0; i < first_.columns(); ++i)
            for (std::size_t j = 0; j < second_.columns(); ++j) {
                *out = factors_[i] * others[j];
                usable = is_regression_value(*out++) && usable;
            }
        return usable;
    }

    template <class Visit>
    void variables(const Visit& visit) const {
        first_.variables(visit);
        second_.variables(visit);
    }
    template <class Record>
    void fill_slope(const Record& record, std::string_view name, double* out) {
        std::vector<double> a(first_.columns()), b(second_.columns()), slopes_of_a(a.size()), slopes_of_b(b.size());
        static_cast<void>(first_.fill(record, a.data()));
        static_cast<void>(second_.fill(record, b.data()));
        first_.fill_slope(record, name, slopes_of_a.data());
        second_.fill_slope(record, name, slopes_of_b.data());
        for (std::size_t i = 0; i < a.size(); ++i)
            for (std::size_t j = 0; j < b.size(); ++j) *out++ = slopes_of_a[i] * b[j] + a[i] * slopes_of_b[j];
    }
    template <class Record>
    void fill_level(const Record& record, std::string_view name, std::size_t level, double* out) {
        std::vector<double> a(first_.columns()), b(second_.columns());
        first_.fill_level(record, name, level, a.data());
        second_.fill_level(record, name, level, b.data());
        for (const double x : a)
            for (const double y : b) *out++ = x * y;
    }

private:
    First first_;
    Second second_;
    std::vector<double> factors_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
