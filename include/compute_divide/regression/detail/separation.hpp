// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_SEPARATION_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_SEPARATION_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Why a likelihood may have no maximum: a direction d of the coefficients in which it never falls and somewhere rises
/// without bound, s_i x_i d >= 0 for all rows and > 0 for some (Albert and Anderson 1984; Konis 2007).
namespace compute_divide::inline v0_2::detail {

/// What a row's likelihood does as its linear predictor grows.
enum class row_side : signed char { falls = -1, has_a_peak = 0, rises = 1 };

[[nodiscard]] inline double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

/// A row by which the residual of c is not to be seen.
struct active_row {
    std::vector<double> values;
    bool is_free;  ///< of sign
    double factor = 0;
};

/// The residual of c regressed on a list of rows, by Gram-Schmidt to 28 digits. O(rows rank) for a row that comes,
/// O(rows^2 rank) where some go.
class orthogonal_rows {
public:
    explicit orthogonal_rows(std::vector<double> c)
        : c_(std::move(c)), length_(std::sqrt(detail::dot(c_, c_))), residual_(c_.begin(), c_.end()) {}

    void add(std::span<const double> row) {
        std::vector<double_double> v(row.begin(), row.end());
        std::vector<double_double> onto;
        for (std::size_t j = 0; j < basis_.size(); ++j) {
            onto.push_back(dot(v, basis_[j]) / squares_[j]);
            subtract(v, onto.back(), basis_[j]);
        }
        squares_.push_back(dot(v, v));
        share_.push_back(dot(residual_, v) / squares_.back());
        subtract(residual_, share_.back(), v);
        basis_.push_back(std::move(v));
        onto_.push_back(std::move(onto));
    }
    /// `rows` are those that stay.
    void keep(const std::vector<bool>& /*kept*/, std::span<const active_row> rows) {
        *this = orthogonal_rows(std::move(c_));
        for (const active_row& row : rows) add(row.values);
    }
    /// The residual at length 1; empty where it is rounding error.
    [[nodiscard]] std::vector<double> direction() const {
        constexpr double rounding = 1e-20;
        double squares = 0;
        for (const auto& x : residual_) squares += x.high * x.high;
        std::vector<double> d;
        if (std::sqrt(squares) > rounding * length_)
            for (const auto& x : residual_) d.push_back(x.high / std::sqrt(squares));
        return d;
    }
    [[nodiscard]] static constexpr bool is_usable() { return true; }
    [[nodiscard]] static constexpr double doubt() { return 0; }

    /// The rows' factors.
    [[nodiscard]] std::vector<double> factors() const {
        std::vector<double_double> factor = share_;
        for (std::size_t k = factor.size(); k-- > 0;)
            for (std::size_t l = k + 1; l < factor.size(); ++l) factor[k] -= onto_[l][k] * factor[l];
        std::vector<double> rounded;
        rounded.reserve(factor.size());
        for (const auto& x : factor) rounded.push_back(x.high);
        return rounded;
    }

private:
    [[nodiscard]] static double_double dot(std::span<const double_double> a, std::span<const double_double> b) {
        double_double sum;
        for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
        return sum;
    }
    static void subtract(std::span<double_double> from, double_double factor, std::span<const double_double> what) {
        for (std::size_t k = 0; k < from.size(); ++k) from[k] -= factor * what[k];
    }

    std::vector<double> c_;
    double length_ = 0;
    std::vector<double_double> residual_;
    std::vector<std::vector<double_double>> basis_, onto_;
    std::vector<double_double> squares_, share_;
};

/// The same in plain double, by a QR decomposition that is updated (Golub and Van Loan 2013, 6.5.2): O(rows rank) for a
/// row that comes or goes.
class updated_rows {
public:
    explicit updated_rows(std::vector<double> c) : c_(std::move(c)), length_(std::sqrt(dot(c_, c_))) { project(); }

    void add(std::span<const double> row) {
        std::vector<double> v(row.begin(), row.end()), onto(q_.size() + 1);
        const double length = std::sqrt(dot(v, v));
        for (int pass = 0; pass < 2; ++pass)
            for (std::size_t j = 0; j < q_.size(); ++j) {
                const double part = dot(v, q_[j]);
                onto[j] += part;
                for (std::size_t k = 0; k < v.size(); ++k) v[k] -= part * q_[j][k];
            }
        const double left = std::sqrt(dot(v, v));
        least_pivot_ = std::min(least_pivot_, left / length);
        if (!is_usable()) return;
        onto.back() = left;
        for (double& x : v) x /= left;
        shares_.push_back(0);
        take_out(v, shares_.back());
        q_.push_back(std::move(v));
        r_.push_back(std::move(onto));
    }
    void keep(const std::vector<bool>& kept, std::span<const active_row> /*rows*/) {
        for (std::size_t k = q_.size(); k-- > 0;)
            if (!kept[k]) remove(k);
        project();
    }
    [[nodiscard]] std::vector<double> direction() const {
        const double length = std::sqrt(dot(residual_, residual_));
        if (length <= nothing) return {};
        std::vector<double> d = residual_;
        for (double& x : d) x /= length;
        return d;
    }
    /// False once rows are nearly dependent: no more are added then.
    [[nodiscard]] bool is_usable() const { return least_pivot_ > 1e-10; }
    /// By how much the direction may be wrong; infinite where it is not sure whether there is none.
    [[nodiscard]] double doubt() const {
        const double length = std::sqrt(dot(residual_, residual_)), error = 1e-16 * length_ / least_pivot_;
        if (length > nothing) return error / length;
        return error <= nothing ? 0 : std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] std::vector<double> factors() const {
        std::vector<double> factor = shares_;
        for (std::size_t k = factor.size(); k-- > 0;) {
            factor[k] /= r_[k][k];
            for (std::size_t j = 0; j < k; ++j) factor[j] -= r_[k][j] * factor[k];
        }
        return factor;
    }

private:
    /// A residual of which no row rises: they rise by less together.
    static constexpr double nothing = 1e-10;

    void take_out(std::span<const double> q, double& share) {
        const double part = dot(residual_, q);
        share += part;
        for (std::size_t k = 0; k < residual_.size(); ++k) residual_[k] -= part * q[k];
    }
    void project() {
        residual_ = c_;
        shares_.assign(q_.size(), 0);
        for (int pass = 0; pass < 2; ++pass)
            for (std::size_t j = 0; j < q_.size(); ++j) take_out(q_[j], shares_[j]);
    }
    void remove(std::size_t k) {
        r_.erase(r_.begin() + static_cast<std::ptrdiff_t>(k));
        const auto rotate = [](double& x, double& y, double c, double s) {
            const double first = c * x + s * y;
            y = c * y - s * x;
            x = first;
        };
        for (std::size_t j = k; j < r_.size(); ++j) {
            const double length = std::hypot(r_[j][j], r_[j][j + 1]), c = r_[j][j] / length, s = r_[j][j + 1] / length;
            for (std::size_t l = j; l < r_.size(); ++l) rotate(r_[l][j], r_[l][j + 1], c, s);
            for (std::size_t i = 0; i < c_.size(); ++i) rotate(q_[j][i], q_[j + 1][i], c, s);
            r_[j].pop_back();
        }
        q_.pop_back();
    }

    std::vector<double> c_;
    double length_ = 0;
    double least_pivot_ = 1;  // that a row had, as a share of its length
    std::vector<double> residual_, shares_;
    std::vector<std::vector<double>> q_, r_;  // R by columns
};

/// The cone of directions d, in the basis of the orthonormal design, with s_i z_i d >= 0 for all rows, and z_i d = 0
/// for those that have a peak.
///
/// Its point nearest to the mean of the rows s_i z_i / |z_i| is 0 if and only if it holds no direction that raises one
/// of them. That point is the residual of the mean regressed on rows with factors <= 0: least squares under signs,
/// which the active set of Lawson and Hanson (1974, ch. 23) solves in finitely many passes over the rows. A pass takes
/// O(n rank) in plain double, where that is sure; else the last ones are of 28 digits.
class rising_cone {
public:
    struct found {
        std::vector<double> direction;    ///< of length 1
        std::vector<std::size_t> raised;  ///< all rows that some direction of the cone raises
    };

    rising_cone(const orthonormal_design& z, std::span<const row_side> sides) : z_(&z) {
        for (std::size_t i = 0; i < z.n(); ++i) {
            double squares = 0;
            for (std::size_t k = 0; k < z.rank(); ++k) squares += z.at(i, k) * z.at(i, k);
            if (squares == 0) continue;
            const double scale = (sides[i] == row_side::falls ? -1 : 1) / std::sqrt(squares);
            for (std::size_t k = 0; k < z.rank(); ++k) rows_.push_back(scale * z.at(i, k));
            number_.push_back(i);
            has_peak_.push_back(sides[i] == row_side::has_a_peak);
        }
    }

    enum class digits { enough, all };

    /// Nothing where no row can be raised. Rows within 1e-9 of a plane, as a share of their length, lie in it. `zeros`
    /// are rows, of any length, that are to be kept at 0. `all` digits are the slower way to the same.
    [[nodiscard]] std::optional<found> most_raised(std::span<const std::vector<double>> zeros = {},
                                                   digits used = digits::enough) const {
        found all{std::vector<double>(z_->rank()), {}};
        std::vector<bool> raised(number_.size());
        for (bool more = true; more;) {
            std::vector<double> mean(z_->rank());
            for (std::size_t i = 0; i < number_.size(); ++i)
                if (!has_peak_[i] && !raised[i])
                    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += row(i)[k];
            const std::vector<double> d = nearest_direction(mean, zeros, used);
            more = false;
            if (d.empty()) break;
            for (std::size_t i = 0; i < number_.size(); ++i)
                if (!has_peak_[i] && !raised[i] && along(i, d) > in_plane) raised[i] = more = true;
            for (std::size_t k = 0; k < d.size(); ++k) all.direction[k] += more ? d[k] : 0;
        }
        for (std::size_t i = 0; i < number_.size(); ++i)
            if (raised[i]) all.raised.push_back(number_[i]);
        if (all.raised.empty()) return std::nullopt;
        return all;
    }

private:
    static constexpr double in_plane = 1e-9;

    [[nodiscard]] std::span<const double> row(std::size_t i) const {
        return std::span(rows_).subspan(i * z_->rank(), z_->rank());
    }
    [[nodiscard]] double along(std::size_t i, std::span<const double> d) const { return dot(row(i), d); }
    /// The direction of the cone's point nearest to c; empty where that is 0.
    [[nodiscard]] std::vector<double> nearest_direction(const std::vector<double>& c,
                                                        std::span<const std::vector<double>> zeros, digits used) const {
        std::vector<active_row> active;
        for (const auto& zero : zeros) active.push_back({zero, true});
        std::optional<std::vector<double>> d;
        if (used == digits::enough) d = nearest_direction<updated_rows>(c, active);
        if (!d) d = nearest_direction<orthogonal_rows>(c, active);
        return d.value_or(std::vector<double>());
    }

    /// The same from these active rows, which are changed; nothing where it is not sure.
    template <class Rows>
    [[nodiscard]] std::optional<std::vector<double>> nearest_direction(const std::vector<double>& c,
                                                                       std::vector<active_row>& active) const {
        Rows fitted(c);
        for (const active_row& row : active) fitted.add(row.values);
        if (fitted.is_usable()) take_factors(fitted, active);
        for (std::size_t left = 100 * (z_->rank() + 10); left > 0 && fitted.is_usable(); --left) {
            const std::vector<double> d = fitted.direction();
            const double doubt = fitted.doubt();
            if (d.empty() && doubt == 0) return d;
            if (d.empty() || doubt > 1e-3) return std::nullopt;
            double worst = -in_plane;
            std::size_t entering = number_.size();
            for (std::size_t i = 0; i < number_.size(); ++i) {
                const double way = along(i, d), bad = has_peak_[i] ? -std::abs(way) : way;
                if (bad < worst) {
                    worst = bad;
                    entering = i;
                }
            }
            if (entering == number_.size() && doubt <= in_plane / 10) return d;
            if (entering == number_.size() || worst > -in_plane - 2 * doubt) return std::nullopt;
            active.push_back({{row(entering).begin(), row(entering).end()}, has_peak_[entering]});
            fitted.add(active.back().values);
            if (fitted.is_usable()) take_factors(fitted, active);
        }
        return std::nullopt;
    }

    /// Factors go to those that fit best, but no further than signs allow: a row whose factor comes to 0 is no longer
    /// active. At most one round for each row.
    template <class Rows>
    static void take_factors(Rows& fitted, std::vector<active_row>& active) {
        while (true) {
            const std::vector<double> goal = fitted.factors();
            const auto reach = [&](std::size_t k) {  // the share of its way that a factor may go
                const double from = active[k].factor;
                return active[k].is_free || goal[k] <= 0 ? 1 : from / (from - goal[k]);
            };
            double share = 1;
            for (std::size_t k = 0; k < active.size(); ++k) share = std::min(share, reach(k));
            std::vector<active_row> rows;
            std::vector<bool> kept;
            for (std::size_t k = 0; k < active.size(); ++k) {
                kept.push_back(!(share < 1 && reach(k) <= share));
                if (!kept.back()) continue;
                rows.push_back(std::move(active[k]));
                rows.back().factor += share * (goal[k] - rows.back().factor);
            }
            active = std::move(rows);
            if (share == 1) return;
            fitted.keep(kept, active);
        }
    }

    const orthonormal_design* z_;
    std::vector<double> rows_;  // s_i z_i / |z_i|
    std::vector<std::size_t> number_;
    std::vector<bool> has_peak_;
};

/// Why the likelihood of these rows has no maximum, if so: by as few terms as possible, later ones left out first.
[[nodiscard]] inline std::optional<separation> separation_of(const orthonormal_design& z, const regression_frame& frame,
                                                             std::span<const row_side> sides) {
    const rising_cone cone(z, sides);
    auto best = cone.most_raised();
    if (!best) return std::nullopt;

    // Leaves out the independent columns from `first` to `last`, or as many of them as can be.
    std::vector<std::vector<double>> zeros;
    std::vector<std::size_t> terms;
    const auto leave_out = [&](const auto& self, std::size_t first, std::size_t last) -> void {
        const std::size_t before = zeros.size();
        for (std::size_t k = first; k < last; ++k) {
            const auto row = z.factor().subspan(z.independent()[k] * z.rank(), z.rank());
            zeros.emplace_back(row.begin(), row.end());
        }
        if (auto with_fewer = cone.most_raised(zeros); with_fewer && with_fewer->raised == best->raised) {
            best = std::move(with_fewer);
            return;
        }
        zeros.resize(before);
        if (last - first == 1) return terms.push_back(z.independent()[first]);
        self(self, (first + last) / 2, last);
        self(self, first, (first + last) / 2);
    };
    leave_out(leave_out, 0, z.rank());

    separation result;
    const std::vector<double> b = z.coefficients(best->direction);
    double largest = 0;
    for (const std::size_t j : terms) largest = std::max(largest, std::abs(b[j]));
    detail::sort(terms);
    for (const std::size_t j : terms) {
        result.terms.push_back(frame.names[j]);
        result.direction.push_back(b[j] / largest);
    }
    for (const std::size_t i : best->raised) result.records.push_back(frame.record(i));
    result.complete = best->raised.size() == frame.n;
    return result;
}

/// A maximum of a likelihood, which exists or not: `maximise(start, max_iterations)` goes on from a start. Where it has
/// not converged after `enough` iterations, which suffice for most that exist, `separation()` is asked first whether
/// there is none. Fills in the fit's iterations and status, and `separated`.
template <class Maximise, class Separation>
[[nodiscard]] likelihood_maximum maximum_unless_separated(const Maximise& maximise, std::vector<double> start,
                                                          int enough, int max_iterations, const Separation& separation,
                                                          regression_fit& fit) {
    likelihood_maximum best = maximise(std::move(start), std::min(enough, max_iterations));
    if (!best.converged) {
        fit.separated = separation();
        if (!fit.separated && best.iterations < max_iterations) {
            const int before = best.iterations;
            best = maximise(std::move(best.g), max_iterations - before);
            best.iterations += before;
        }
    }
    fit.iterations = best.iterations;
    fit.status = best.converged && fit.dependent.empty() ? estimate_status::ok
                 : best.converged || fit.separated       ? estimate_status::degenerate
                                                         : estimate_status::not_converged;
    fit.covariance.status = fit.status;
    return best;
}

/// The maximum of a likelihood of rows by Newton's method: `side(response)` is what a row's likelihood does.
template <likelihood_of_rows Family, class Side>
[[nodiscard]] likelihood_maximum maximum_if_any(const orthonormal_design& z, const Family& family,
                                                std::vector<double> start, const regression_frame& frame,
                                                const Side& side, int max_iterations, regression_fit& fit) {
    if (z.rank() == 0) {
        fit.status = fit.covariance.status = estimate_status::degenerate;
        return {};
    }
    return maximum_unless_separated(
        [&](std::vector<double> from, int most) { return maximum_of(z, family, std::move(from), most); },
        std::move(start), 12, max_iterations,
        [&] {
            std::vector<row_side> sides(frame.n);
            std::ranges::transform(frame.response, sides.begin(), side);
            return separation_of(z, frame, sides);
        },
        fit);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
