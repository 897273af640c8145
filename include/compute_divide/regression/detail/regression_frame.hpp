// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_FRAME_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_FRAME_HPP

#include <cstddef>
#include <cstdint>
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
    std::vector<std::string> names;  ///< of the p columns
    std::uint64_t n = 0;             ///< rows
    std::uint64_t n_missing = 0;
    std::vector<double> columns;                         ///< n x p by rows
    std::vector<double> response, weight, offset;        ///< n each
    std::vector<std::vector<std::uint32_t>> effects;     ///< of each field, n numbers of levels, 0, 1, ...
    std::vector<std::vector<std::uint32_t>> clusters;    ///< the same
    std::vector<std::vector<std::uint32_t>> label_sets;  ///< of the clusters, where they are sets of labels
    std::vector<std::uint64_t> record;                   ///< which record, from 0, a row is of

    [[nodiscard]] std::size_t p() const { return names.size(); }
    [[nodiscard]] std::span<const double> row(std::size_t i) const { return std::span(columns).subspan(i * p(), p()); }
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
    if constexpr (std::ranges::sized_range<Records>) {
        const auto n = static_cast<std::size_t>(std::ranges::size(records));
        frame.columns.reserve(n * frame.p());
        for (auto* numbers : {&frame.response, &frame.weight, &frame.offset}) numbers->reserve(n);
        for (auto* fields : {&frame.effects, &frame.clusters})
            for (auto& levels : *fields) levels.reserve(n);
        frame.record.reserve(n);
    }
    std::uint64_t number = 0;
    for (auto&& record : records) {
        ++number;
        if (!reader.read(record)) continue;
        frame.columns.insert(frame.columns.end(), reader.columns().begin(), reader.columns().end());
        frame.response.push_back(reader.response());
        frame.weight.push_back(reader.weight());
        frame.offset.push_back(reader.offset());
        for (std::size_t i = 0; i < frame.effects.size(); ++i) frame.effects[i].push_back(reader.effects()[i]);
        for (std::size_t i = 0; i < frame.clusters.size(); ++i) frame.clusters[i].push_back(reader.clusters()[i]);
        frame.record.push_back(number - 1);
    }
    frame.n = reader.n();
    frame.n_missing = reader.n_missing();
    frame.label_sets = reader.label_sets();
    return frame;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
