// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_FRAME_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_FRAME_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/regression/detail/model_reader.hpp>

namespace compute_divide::inline v0_2::detail {

/// All rows at once, for fits that go through them many times.
struct regression_frame {
    static constexpr std::size_t block_rows = 64;  ///< in which rows are read, and worked on

    std::vector<std::string> names;  ///< of the p columns
    std::uint64_t n = 0;             ///< rows
    std::uint64_t n_missing = 0;
    std::vector<double> columns;                         ///< n x p by rows
    std::vector<double> response, weight, offset;        ///< n each
    std::vector<std::vector<std::uint32_t>> effects;     ///< of each field, n numbers of levels, 0, 1, ...
    std::vector<std::vector<std::uint32_t>> clusters;    ///< the same
    std::vector<std::vector<std::uint32_t>> label_sets;  ///< of the clusters, where they are sets of labels
    std::vector<std::uint64_t> records_of_rows;          ///< from 0; empty where all records are rows

    [[nodiscard]] std::size_t p() const { return names.size(); }
    [[nodiscard]] std::span<const double> row(std::size_t i) const { return std::span(columns).subspan(i * p(), p()); }
    void resize(std::size_t rows) {
        columns.resize(rows * p());
        for (auto* numbers : {&response, &weight, &offset}) numbers->resize(rows);
        for (auto* fields : {&effects, &clusters})
            for (auto& levels : *fields) levels.resize(rows);
    }
    /// Which record a row is of.
    [[nodiscard]] std::uint64_t record(std::size_t i) const { return records_of_rows.empty() ? i : records_of_rows[i]; }
    /// Row i, the next one, is of this record.
    void set_record(std::size_t i, std::uint64_t record) {
        if (records_of_rows.empty()) {
            if (record == i) return;
            records_of_rows.resize(i);
            std::iota(records_of_rows.begin(), records_of_rows.end(), std::uint64_t{0});
        }
        records_of_rows.push_back(record);
    }
};

/// A number of each row in blocks of them, the last of which is filled up with zeros. The numbers must outlive this.
class row_blocks {
public:
    static constexpr std::size_t block_rows = regression_frame::block_rows;

    explicit row_blocks(std::span<const double> numbers)
        : numbers_(numbers), whole_blocks_(numbers.size() / block_rows) {
        const auto rest = numbers.subspan(whole_blocks_ * block_rows);
        std::copy(rest.begin(), rest.end(), last_);
    }
    [[nodiscard]] const double* block(std::size_t number) const {
        return number < whole_blocks_ ? numbers_.data() + number * block_rows : last_;
    }
    [[nodiscard]] double operator[](std::size_t row) const { return numbers_[row]; }
    [[nodiscard]] std::span<const double> numbers() const { return numbers_; }

private:
    std::span<const double> numbers_;
    std::size_t whole_blocks_;
    double last_[block_rows] = {};
};

/// The same rows with a column of ones alone.
[[nodiscard]] inline regression_frame intercept_alone(const regression_frame& frame) {
    regression_frame constant;
    constant.names = {"(intercept)"};
    constant.n = frame.n;
    constant.columns.assign(frame.n, 1);
    constant.response = frame.response;
    constant.weight = frame.weight;
    constant.offset = frame.offset;
    return constant;
}

template <class Records, class Model>
[[nodiscard]] regression_frame frame_of(std::string_view function, Records& records, const Model& model) {
    model_reader<Records, Model> reader(function, records, model);
    regression_frame frame;
    frame.names = reader.names();
    frame.effects.resize(reader.effects().size());
    frame.clusters.resize(reader.clusters().size());
    constexpr std::size_t block_rows = regression_frame::block_rows;
    if constexpr (std::ranges::sized_range<Records>) {
        const std::size_t n = (static_cast<std::size_t>(std::ranges::size(records)) / block_rows + 1) * block_rows;
        frame.columns.reserve(n * frame.p());
        for (auto* numbers : {&frame.response, &frame.weight, &frame.offset}) numbers->reserve(n);
        for (auto* fields : {&frame.effects, &frame.clusters})
            for (auto& levels : *fields) levels.reserve(n);
    }
    const std::size_t p = frame.p();
    std::size_t rows = 0, room = 0;
    std::uint64_t number = 0;
    for (auto&& record : records) {
        if (rows == room) frame.resize(room += block_rows);
        reader.write_to(frame.columns.data() + rows * p);
        const std::uint64_t record_number = number++;
        if (!reader.read(record)) continue;
        frame.response[rows] = reader.response();
        frame.weight[rows] = reader.weight();
        frame.offset[rows] = reader.offset();
        for (std::size_t i = 0; i < frame.effects.size(); ++i) frame.effects[i][rows] = reader.effects()[i];
        for (std::size_t i = 0; i < frame.clusters.size(); ++i) frame.clusters[i][rows] = reader.clusters()[i];
        frame.set_record(rows, record_number);
        ++rows;
    }
    frame.resize(rows);
    frame.n = reader.n();
    frame.n_missing = reader.n_missing();
    frame.label_sets = reader.label_sets();
    return frame;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
