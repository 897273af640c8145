// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_MISCLASSIFIED_LOGIT_HPP
#define COMPUTE_DIVIDE_REGRESSION_MISCLASSIFIED_LOGIT_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/logit_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/results.hpp>

/// The logit of a response that is read with errors.
namespace compute_divide::inline v0_2 {

/// What is known of the errors of reading yes and no.
enum class error_rates {
    estimated,  ///< nothing: they are estimated from the tails of the response (needs a term of wide range)
    known,      ///< the rates, without error
    table       ///< how records of known truth were read: its likelihood is part of the fit's
};
[[nodiscard]] constexpr auto enumerators(error_rates) {
    using enum error_rates;
    return std::array{named<error_rates>{estimated, "estimated"}, named<error_rates>{known, "known"},
                      named<error_rates>{table, "table"}};
}

/// How records of known truth were read.
struct reading_errors {
    double true_positive = 0;   ///< yes, read as yes
    double false_negative = 0;  ///< yes, read as no
    double true_negative = 0;   ///< no, read as no
    double false_positive = 0;  ///< no, read as yes
};

struct misclassified_logit_options {
    error_rates errors = error_rates::estimated;
    double false_positive = 0;    ///< known: P(read yes | no)
    double false_negative = 0;    ///< known: P(read no | yes)
    reading_errors table = {};    ///< of records other than those of the fit
    regression_options fit = {};  ///< classical, hc0, hc1 or clustered
};

/// The coefficients of the true response, and the error rates.
struct misclassified_logit_fit {
    regression_fit fit = {};       ///< of the true yes; log_likelihood that of what was read (and of the table)
    estimate false_positive = {};  ///< P(read yes | no); without an interval where known, or 0
    estimate false_negative = {};  ///< P(read no | yes)
    error_rates errors = error_rates::estimated;
    estimate_status status = estimate_status::no_data;  ///< that of the fit

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    friend bool operator==(const misclassified_logit_fit&, const misclassified_logit_fit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<misclassified_logit_fit>) {
    return member_list(member{"fit", &misclassified_logit_fit::fit},
                       member{"false_positive", &misclassified_logit_fit::false_positive},
                       member{"false_negative", &misclassified_logit_fit::false_negative},
                       member{"errors", &misclassified_logit_fit::errors},
                       member{"status", &misclassified_logit_fit::status});
}

namespace detail {

/// The likelihood of a misread yes: m = a0 + (1 - a0 - a1) L(offset + z g), in the parameters (a0, a1, g).
class misread_likelihood {
public:
    misread_likelihood(const orthonormal_design& z, const regression_frame& frame, const reading_errors* table)
        : z_(&z), frame_(&frame), table_(table) {}

    struct sums {
        double value = 0;
        std::vector<double> slope, information;
    };
    /// Where all rates are possible: else a value of minus infinity.
    [[nodiscard]] sums at(std::span<const double> parameters, std::vector<double>* scores = nullptr) const {
        const std::size_t rank = z_->rank(), size = rank + 2;
        sums all{0, std::vector<double>(size), std::vector<double>(size * size)};
        std::vector<double> row(size);
        const double a0 = parameters[0], a1 = parameters[1], j = 1 - a0 - a1;
        for (std::size_t i = 0; i < frame_->n; ++i) {
            double eta = frame_->offset[i];
            for (std::size_t k = 0; k < rank; ++k) eta += parameters[k + 2] * z_->at(i, k);
            const double t = std::exp(-std::fabs(eta)), larger = 1 / (1 + t), smaller = t * larger;
            const double up = eta >= 0 ? larger : smaller, down = eta >= 0 ? smaller : larger, slope = up * down;
            const double m = a0 * down + (1 - a1) * up, rest = (1 - a0) * down + a1 * up;
            const double y = frame_->response[i], w = frame_->weight[i];
            all.value += w * ((y > 0 ? y * std::log(m) : 0) + (y < 1 ? (1 - y) * std::log(rest) : 0));
            const double r = (y > 0 ? y / m : 0) - (y < 1 ? (1 - y) / rest : 0);
            const double s = (y > 0 ? y / (m * m) : 0) + (y < 1 ? (1 - y) / (rest * rest) : 0);
            const double m_eta = j * slope;
            row[0] = down;
            row[1] = -up;
            for (std::size_t k = 0; k < rank; ++k) row[k + 2] = m_eta * z_->at(i, k);
            for (std::size_t k = 0; k < size; ++k) {
                all.slope[k] += w * r * row[k];
                for (std::size_t l = 0; l <= k; ++l) all.information[k * size + l] += w * s * row[k] * row[l];
            }
            if (scores != nullptr)
                for (std::size_t k = 0; k < size; ++k) scores->push_back(w * r * row[k]);
            const double curved = w * r * j * slope * (down - up);
            for (std::size_t k = 0; k < rank; ++k) {
                const double x = z_->at(i, k);
                all.information[(k + 2) * size] += w * r * slope * x;
                all.information[(k + 2) * size + 1] += w * r * slope * x;
                for (std::size_t l = 0; l <= k; ++l)
                    all.information[(k + 2) * size + l + 2] -= curved * x * z_->at(i, l);
            }
        }
        if (table_ != nullptr) {
            const auto add = [&](std::size_t k, double errors, double right) {
                const double a = parameters[k];
                all.value += (errors > 0 ? errors * std::log(a) : 0) + right * std::log1p(-a);
                all.slope[k] += (errors > 0 ? errors / a : 0) - right / (1 - a);
                all.information[k * size + k] += (errors > 0 ? errors / (a * a) : 0) + right / ((1 - a) * (1 - a));
            };
            add(0, table_->false_positive, table_->true_negative);
            add(1, table_->false_negative, table_->true_positive);
        }
        if (std::isnan(all.value)) all.value = -std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < size; ++k)
            for (std::size_t l = 0; l < k; ++l) all.information[l * size + k] = all.information[k * size + l];
        return all;
    }

private:
    const orthonormal_design* z_;
    const regression_frame* frame_;
    const reading_errors* table_;
};

[[nodiscard]] inline misclassified_logit_fit misclassified_fit(regression_frame frame,
                                                               const misclassified_logit_options& asked) {
    constexpr std::string_view function = "fit_misclassified_logit";
    misclassified_logit_fit result;
    result.errors = asked.errors;
    require(asked.errors != error_rates::known || (asked.false_positive >= 0 && asked.false_negative >= 0 &&
                                                   asked.false_positive + asked.false_negative < 1),
            function, "error rates >= 0 of a sum below 1", asked.false_positive + asked.false_negative);
    const reading_errors& table = asked.table;
    const double yes = table.true_positive + table.false_negative, no = table.true_negative + table.false_positive;
    if (asked.errors == error_rates::table)
        require(yes > 0 && no > 0 && table.false_negative / yes + table.false_positive / no < 1, function,
                "a table with records that are yes and no, most of them read right", yes + no);
    regression_fit& fit = result.fit = begun_fit(regression_family::logit, function, frame, asked.fit);
    const covariance_kind kind = fit.covariance.kind;
    require(kind == covariance_kind::classical || kind == covariance_kind::hc0 || kind == covariance_kind::hc1 ||
                kind == covariance_kind::clustered,
            function, "classical, hc0, hc1 or clustered for a covariance", name_of(kind));
    require_shares(frame, function);
    result.status = fit.status;
    if (!fit) return result;
    regression_options plainly{.max_iterations = asked.fit.max_iterations};
    plainly.covariance = covariance_kind::classical;
    const regression_fit plain = logit_fit(frame, false, plainly);
    const orthonormal_design z(frame);
    const std::size_t rank = z.rank(), size = rank + 2;
    fit.dependent = z.dependent();
    fit.combinations = z.combinations();
    fit.rank = rank;
    const auto without_values = [&](estimate_status status) {
        result.status = fit.status = fit.covariance.status = status;
        return result;
    };
    if (rank == 0) return without_values(estimate_status::degenerate);

    const bool fixed = asked.errors == error_rates::known;
    std::vector<double> at(size);
    at[0] = fixed                                ? asked.false_positive
            : asked.errors == error_rates::table ? (table.false_positive + 0.5) / (no + 1)
                                                 : 0.02;
    at[1] = fixed                                ? asked.false_negative
            : asked.errors == error_rates::table ? (table.false_negative + 0.5) / (yes + 1)
                                                 : 0.02;
    if (!plain.coefficients.empty())  // C^-1 b: Z'W X b, as Z'WZ = I
        for (std::size_t i = 0; i < frame.n; ++i) {
            double eta = 0;
            for (std::size_t j = 0; j < frame.p(); ++j) eta += plain.coefficients[j] * frame.row(i)[j];
            for (std::size_t k = 0; k < rank; ++k) at[k + 2] += frame.weight[i] * eta * z.at(i, k);
        }
    const misread_likelihood likelihood(z, frame, asked.errors == error_rates::table ? &table : nullptr);
    std::array<bool, 2> held = {fixed, fixed};
    auto here = likelihood.at(at);
    bool converged = false;
    for (fit.iterations = 0; fit.iterations < asked.fit.max_iterations && !converged; ++fit.iterations) {
        for (std::size_t k = 0; k < 2 && !fixed; ++k) held[k] = at[k] <= 0 && here.slope[k] <= 0;
        std::vector<std::size_t> free;
        for (std::size_t k = 0; k < size; ++k)
            if (k >= 2 || !held[k]) free.push_back(k);
        const std::size_t m = free.size();
        std::vector<double> information(m * m), slope(m);
        for (std::size_t i = 0; i < m; ++i) {
            slope[i] = here.slope[free[i]];
            for (std::size_t j = 0; j < m; ++j) information[i * m + j] = here.information[free[i] * size + free[j]];
        }
        double more = 0, largest = 0;  // on the diagonal, until the matrix is positive
        for (std::size_t i = 0; i < m; ++i) largest = std::max(largest, std::fabs(information[i * m + i]));
        std::vector<double> step;
        for (int tries = 0; tries < 60 && step.empty(); ++tries) {
            auto raised = information;
            for (std::size_t i = 0; i < m; ++i) raised[i * m + i] += more;
            const cholesky root(raised, m);
            if (root) step = root.solved(slope);
            more = std::max(4 * more, 1e-6 * largest);
        }
        if (step.empty()) break;
        double size_of_step = 0;
        for (std::size_t i = 0; i < m; ++i) size_of_step += step[i] * slope[i];
        double scale = 1;
        bool moved = false;
        for (int halvings = 0; halvings < 50 && !moved; ++halvings, scale /= 2) {
            auto next = at;
            for (std::size_t i = 0; i < m; ++i) next[free[i]] += scale * step[i];
            for (std::size_t k = 0; k < 2; ++k) next[k] = std::max(next[k], 0.0);
            if (next[0] + next[1] >= 1) continue;
            auto there = likelihood.at(next);
            if (there.value >= here.value - 1e-13 * std::fabs(here.value)) {
                at = std::move(next);
                here = std::move(there);
                moved = true;
            }
        }
        constexpr double nothing = 1e-16;  // a step of 1e-8 standard errors, whose square the next one is
        converged = size_of_step >= 0 && size_of_step < nothing;
        if (!moved) break;
    }
    std::vector<std::size_t> free;
    for (std::size_t k = 0; k < size; ++k)
        if (k >= 2 || !(held[k] || at[k] <= 0)) free.push_back(k);
    const std::size_t m = free.size();
    std::vector<double> information(m * m);
    for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < m; ++j) information[i * m + j] = here.information[free[i] * size + free[j]];
    const cholesky root(information, m);
    if (!converged) return without_values(estimate_status::not_converged);
    if (!root) return without_values(estimate_status::degenerate);
    fit.coefficients = z.coefficients(std::span(at).subspan(2));
    fit.log_likelihood = here.value;
    if (!fit.dependent.empty()) fit.status = fit.covariance.status = estimate_status::degenerate;
    result.status = fit.status;

    // bread: rates first, then the coefficients
    const std::vector<double> inverse = root.inverse();
    const std::size_t rates = m - rank, p = z.p();
    std::vector<double> bread(inverse.begin(), inverse.begin() + static_cast<std::ptrdiff_t>(rates * m));
    for (std::size_t i = 0; i < p; ++i)
        for (std::size_t j = 0; j < m; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < rank; ++k) sum += z.factor()[i * rank + k] * inverse[(rates + k) * m + j];
            bread.push_back(sum);
        }
    const std::size_t all = rates + p;
    std::vector<double> covariance(all * all);
    if (kind == covariance_kind::classical) {
        for (std::size_t i = 0; i < all; ++i)
            for (std::size_t j = 0; j < all; ++j)
                for (std::size_t k = 0; k < m; ++k) {
                    const double part = bread[i * m + k];
                    if (j < rates) {
                        covariance[i * all + j] += k == j ? part : 0;
                        continue;
                    }
                    for (std::size_t l = 0; l < rank; ++l)
                        if (k == rates + l) covariance[i * all + j] += part * z.factor()[(j - rates) * rank + l];
                }
        fit.covariance.degrees_of_freedom = static_cast<double>(fit.n) - static_cast<double>(m);
    } else {
        const bool clustered = kind == covariance_kind::clustered;
        score_products products(m, clustered ? frame.clusters.size() : 0);
        std::vector<double> scores, row(m);
        static_cast<void>(likelihood.at(at, &scores));
        std::array<std::uint32_t, 2> clusters = {};
        for (std::size_t i = 0; i < frame.n; ++i) {
            for (std::size_t k = 0; k < m; ++k) row[k] = scores[i * size + free[k]];
            if (clustered)
                for (std::size_t j = 0; j < frame.clusters.size(); ++j) clusters[j] = frame.clusters[j][i];
            products.add(row, clusters);
        }
        auto few_treated = fit.covariance.few_treated;
        const auto status = fit.covariance.status;
        fit.covariance = products.covariance(bread, kind, asked.fit.correction, fit.n, m, asked.fit.repair,
                                             frame.label_sets.empty() ? nullptr : &frame.label_sets);
        if (clustered) fit.clusters = products.clusters();
        if (fit.covariance.shared_labels) fit.clusters = {detail::count_of_labels(frame.label_sets)};
        if (fit.covariance) fit.covariance.few_treated = std::move(few_treated);
        if (fit.covariance && status != estimate_status::ok) fit.covariance.status = status;
        covariance = fit.covariance.values;
        if (asked.errors == error_rates::table && !covariance.empty()) {  // the table's scores are independent of these
            for (std::size_t i = 0; i < all; ++i)
                for (std::size_t j = 0; j < all; ++j)
                    for (std::size_t k = 0; k < rates; ++k) {
                        const double a = at[free[k]], records = free[k] == 0 ? no : yes;
                        covariance[i * all + j] += bread[i * m + k] * bread[j * m + k] * records / (a * (1 - a));
                    }
        }
    }
    fit.covariance.values.clear();
    fit.covariance.p = p;
    if (!covariance.empty())
        for (std::size_t i = 0; i < p; ++i)
            for (std::size_t j = 0; j < p; ++j)
                fit.covariance.values.push_back(covariance[(rates + i) * all + rates + j]);
    const auto rate = [&](std::size_t k) {
        estimate e{.value = at[k],
                   .level = fit.level,
                   .method = "maximum likelihood",
                   .n = fit.n,
                   .n_missing = fit.n_missing,
                   .status = estimate_status::ok};
        const auto place = detail::find(free, k);
        if (place == free.end() || covariance.empty()) return e;
        const auto i = static_cast<std::size_t>(place - free.begin());
        const double reach = upper_normal_quantile((1 - fit.level) / 2) * std::sqrt(covariance[i * all + i]);
        e.bounds = interval{std::max(at[k] - reach, 0.0), std::min(at[k] + reach, 1.0)};
        return e;
    };
    result.false_positive = rate(0);
    result.false_negative = rate(1);
    return result;
}

}  // namespace detail

/// The logit of a yes or no that is read with errors, P(read yes) = a0 + (1 - a0 - a1) L(x b) (Hausman, Abrevaya and
/// Scott-Morton 1998): a plain logit of what was read shrinks its coefficients. The error rates a0 and a1, the same
/// whatever x, are estimated with the coefficients, or known, or come with the table of records of known truth by which
/// they were measured, whose uncertainty is then in every error (`error_rates`). `fit` has the coefficients of the true
/// yes, for `coefficient_lines`, `contrast`, `wald_test` and `exponentiated`.
///
/// Estimated rates need a term that takes the probability near to 0 and near to 1; without one, as with terms of yes
/// and no alone, the likelihood has a ridge: not_converged, or degenerate. A rate whose estimate is 0 is held there.
/// All else is as in fit_logit. Newton's method, O(n p^2) a step. Checked against R maxLik.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] misclassified_logit_fit fit_misclassified_logit(Records&& records, const Model& model,
                                                              const misclassified_logit_options& options = {}) {
    auto frame = detail::frame_of("fit_misclassified_logit", records, model);
    const auto units = detail::into_units(frame, false);
    auto result = detail::misclassified_fit(std::move(frame), options);
    detail::from_units(result.fit, units);
    result.status = result.fit.status;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
