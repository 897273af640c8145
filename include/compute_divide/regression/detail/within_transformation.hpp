// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_WITHIN_TRANSFORMATION_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_WITHIN_TRANSFORMATION_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/regression/detail/approximate_cholesky.hpp>

/// Fixed effects of the levels of k fields: which rows are no singletons, how many degrees of freedom the effects take,
/// and columns with the effects projected out (the within transformation). An effect is given by its rows' numbers of
/// levels, 0, 1, ...
namespace compute_divide::inline v0_2::detail {

using level_numbers = std::vector<std::uint32_t>;

[[nodiscard]] inline std::size_t count_of_levels(const level_numbers& levels) {
    return levels.empty() ? 0 : std::size_t{*detail::max_element(levels)} + 1;
}

/// The numbers of the chosen rows, 0, 1, ... anew in the order of appearance.
[[nodiscard]] inline level_numbers renumbered(const level_numbers& levels, std::span<const std::uint32_t> rows) {
    level_numbers all(rows.size()), number(count_of_levels(levels));  // number: plus one; 0 is new
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::uint32_t& to = number[levels[rows[i]]];
        if (to == 0) to = ++count;
        all[i] = to - 1;
    }
    return all;
}

/// The rows that stay when every row that alone has a level is dropped, and every one that then does. O(n k).
[[nodiscard]] inline std::vector<std::uint32_t> rows_without_singletons(std::span<const level_numbers> effects,
                                                                        std::size_t n) {
    struct level {
        std::uint32_t count = 0;
        std::uint32_t rows = 0;  // their numbers' exclusive or: the row's own where there is one only
    };
    std::vector<std::vector<level>> levels;
    std::vector<std::uint32_t> single;
    for (const auto& effect : effects) {
        auto& of_effect = levels.emplace_back(count_of_levels(effect));
        for (std::uint32_t i = 0; i < n; ++i) {
            ++of_effect[effect[i]].count;
            of_effect[effect[i]].rows ^= i;
        }
        for (const level& l : of_effect)
            if (l.count == 1) single.push_back(l.rows);
    }
    std::vector<bool> dropped(n);
    while (!single.empty()) {
        const std::uint32_t row = single.back();
        single.pop_back();
        if (dropped[row]) continue;
        dropped[row] = true;
        for (std::size_t e = 0; e < effects.size(); ++e) {
            level& l = levels[e][effects[e][row]];
            l.rows ^= row;
            if (--l.count == 1) single.push_back(l.rows);
        }
    }
    std::vector<std::uint32_t> kept;
    kept.reserve(n);
    for (std::uint32_t i = 0; i < n; ++i)
        if (!dropped[i]) kept.push_back(i);
    return kept;
}

/// Connected components of the graph whose nodes are the levels of two effects, and whose edges are the rows.
[[nodiscard]] inline std::size_t connected_components(const level_numbers& a, const level_numbers& b) {
    const std::size_t levels_of_a = count_of_levels(a);
    std::vector<std::size_t> parent(levels_of_a + count_of_levels(b));
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t node) {
        while (parent[node] != node) node = parent[node] = parent[parent[node]];
        return node;
    };
    std::size_t components = parent.size();
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t one = root(a[i]), other = root(levels_of_a + b[i]);
        if (one == other) continue;
        parent[one] = other;
        --components;
    }
    return components;
}

/// How many degrees of freedom effects take: all levels, less, for each effect, the most components that it has with
/// one before it. Exact for one and two; for more, as reghdfe counts them, it is too many by what only three together
/// determine (such as age, by year and year of birth).
[[nodiscard]] inline std::size_t degrees_of_effects(std::span<const level_numbers> effects) {
    std::size_t degrees = 0;
    for (std::size_t j = 0; j < effects.size(); ++j) {
        std::size_t redundant = 0;
        for (std::size_t i = 0; i < j; ++i)
            redundant = std::max(redundant, connected_components(effects[i], effects[j]));
        degrees += count_of_levels(effects[j]) - redundant;
    }
    return degrees;
}

/// Whether all rows of each level are in one cluster.
[[nodiscard]] inline bool is_nested(const level_numbers& effect, const level_numbers& clusters) {
    std::vector<std::uint32_t> cluster(count_of_levels(effect));  // plus one; 0 is not known yet
    for (std::size_t i = 0; i < effect.size(); ++i) {
        std::uint32_t& known = cluster[effect[i]];
        if (known == 0) known = clusters[i] + 1;
        if (known != clusters[i] + 1) return false;
    }
    return true;
}

/// Takes effects out of columns: what stays is orthogonal to every level's dummy. Rows of the same levels form a cell.
/// The means of the effect of most levels are taken out as they are; the other effects, given that, are the solution
/// of normal equations of their levels, by conjugate gradients for all columns at once. That is the method of
/// alternating projections, accelerated (Hernandez-Ramos, Escalante and Raydan 2011; Correia 2016, reghdfe), but a step
/// goes through cells instead of rows. Solved again for what rounding has left, until nothing is.
///
/// Where `plain_steps` do not do, levels hardly touch, as workers and firms of which each knows the next: steps would
/// grow as the length of such chains. From there on each other effect's equations with the first, a graph's Laplacian,
/// precondition by an approximate factor, which is exact for chains, and steps hardly grow.
class within_transformation {
public:
    /// Of k >= 1 effects of rows of positive weight.
    within_transformation(std::span<const level_numbers> effects, std::span<const double> weight)
        : others_(effects.size() - 1), order_(weight.size()), weight_(weight.size()) {
        struct field {
            const level_numbers* levels;
            std::size_t count;
            std::uint32_t place = 0;  // of its first level among those of the others
        };
        std::vector<field> fields;
        for (const auto& effect : effects) fields.push_back({&effect, count_of_levels(effect)});
        std::ranges::stable_sort(fields, std::ranges::greater{}, &field::count);
        std::iota(order_.begin(), order_.end(), std::uint32_t{0});
        for (std::size_t j = effects.size(); j-- > 0;) sort_by(*fields[j].levels, fields[j].count);
        std::uint32_t places = 0;
        for (std::size_t j = 1; j < fields.size(); ++j) {
            fields[j].place = places;
            first_places_.push_back(places);
            places += static_cast<std::uint32_t>(fields[j].count);
        }
        first_places_.push_back(places);
        place_weight_.resize(places);

        std::vector<std::uint32_t> last(fields.size(), std::numeric_limits<std::uint32_t>::max());
        for (std::uint32_t i = 0; i < order_.size(); ++i) {
            const std::uint32_t row = order_[i];
            bool new_cell = false;
            for (std::size_t j = 0; j < fields.size(); ++j) {
                const std::uint32_t level = (*fields[j].levels)[row];
                if (level == last[j]) continue;
                last[j] = level;
                new_cell = true;
                if (j == 0) level_cells_.push_back(static_cast<std::uint32_t>(cell_rows_.size()));
            }
            if (new_cell) {
                cell_rows_.push_back(i);
                for (std::size_t j = 1; j < fields.size(); ++j) places_.push_back(fields[j].place + last[j]);
            }
            weight_[i] = weight[row];
        }
        level_cells_.push_back(static_cast<std::uint32_t>(cell_rows_.size()));
        cell_rows_.push_back(static_cast<std::uint32_t>(order_.size()));
        for (std::size_t level = 0; level + 1 < level_cells_.size(); ++level) {
            level_weight_.push_back(0);
            for (std::size_t cell = level_cells_[level]; cell < level_cells_[level + 1]; ++cell) {
                double sum = 0;
                for (std::size_t i = cell_rows_[cell]; i < cell_rows_[cell + 1]; ++i) sum += weight_[i];
                cell_weight_.push_back(sum);
                level_weight_.back() += sum;
                for (std::size_t j = 0; j < others_; ++j) place_weight_[places_[cell * others_ + j]] += sum;
            }
        }
    }

    /// In which order `project` takes the rows.
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }
    /// In that order.
    [[nodiscard]] const std::vector<double>& weight() const { return weight_; }

    struct outcome {
        std::vector<double> squares;  ///< of each column, without the effects: the weighted sum of squares
        int steps = 0;
        bool converged = false;
    };

    /// Takes the effects out of q columns by rows. A column that is no further than 2^-40 of its length from the span
    /// of the dummies becomes 0. Accurate to 1e-13 of what is left of a column, or to rounding.
    [[nodiscard]] outcome project(std::span<double> rows, std::size_t q, int max_steps) const {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        outcome result{.squares = std::vector<double>(q), .steps = 0, .converged = false};
        system s(place_weight_.size(), q);
        std::vector<double> before(q), about_means;
        for (std::size_t i = 0; i < weight_.size(); ++i)
            for (std::size_t c = 0; c < q; ++c) before[c] += weight_[i] * rows[i * q + c] * rows[i * q + c];
        const auto is_determined = [&](std::size_t c) {
            return result.squares[c] <= 0x1p-80 * before[c] && before[c] < infinite;
        };
        std::vector<approximate_cholesky> factors;  // of each other effect with the first
        for (int round = 0; round < max_rounds; ++round) {
            take_out(rows, s, result.squares);
            if (about_means.empty()) about_means = result.squares;
            s.squares = result.squares;
            for (std::size_t c = 0; c < q; ++c) s.rounding[c] = is_determined(c) ? infinite : 0x1p-100 * about_means[c];
            result.converged = is_solved(s, tolerance, factors);
            if (result.converged || result.steps >= max_steps) break;
            if (factors.empty() && result.steps >= plain_steps) {
                factors = factors_with_first();
                static_cast<void>(is_solved(s, tolerance, factors));
            }
            const int most = factors.empty() ? std::min(max_steps, plain_steps) : max_steps;
            result.steps += solve(s, most - result.steps, factors);
        }
        for (std::size_t c = 0; c < q; ++c) {
            if (!is_determined(c)) continue;
            for (std::size_t i = 0; i < weight_.size(); ++i) rows[i * q + c] = 0;
            result.squares[c] = 0;
        }
        return result;
    }

private:
    static constexpr int max_rounds = 20;
    static constexpr int plain_steps = 50;
    static constexpr double tolerance = 1e-26;  // of squares

    /// Normal equations of the other effects' levels, for q columns, by conjugate gradients. The preconditioner is the
    /// levels' weights, or factors.
    struct system {
        system(std::size_t places, std::size_t columns)
            : q(columns),
              effects(places * q),
              residual(places * q),
              direction(places * q),
              image(places * q),
              rho(q),
              last_rho(q, std::numeric_limits<double>::infinity()),
              squares(q),
              rounding(q),
              active(q) {}

        std::size_t q;
        std::vector<double> effects, residual, direction, image;  // q for each level
        std::vector<double> preconditioned;                       // the residual, where there are factors
        std::vector<double> buffer;                               // q for each level of the first effect and another
        std::vector<double> rho;       // the residual's squares over the levels' weights, or by the preconditioner
        std::vector<double> last_rho;  // by factors, when the rows had it
        std::vector<double> squares;   // of the columns without the effects
        std::vector<double> rounding;  // a rho that is rounding error
        std::vector<char> active;      // not solved
    };

    /// A stable counting sort.
    void sort_by(const level_numbers& levels, std::size_t count) {
        std::vector<std::uint32_t> next(count + 1), sorted(order_.size());
        for (const std::uint32_t level : levels) ++next[level + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        for (const std::uint32_t row : order_) sorted[next[levels[row]]++] = row;
        order_ = std::move(sorted);
    }

    /// rows -= effects of the other fields, then the means of the first's levels; from an origin in each level, so that
    /// no digits are lost to its size. Leaves the sums of rows by levels of the others in s.residual.
    void take_out(std::span<double> rows, system& s, std::vector<double>& squares) const {
        const std::size_t q = s.q;
        detail::fill(squares, 0);
        detail::fill(s.residual, 0);
        std::vector<double> buffer(4 * q);
        double* const shift = buffer.data();
        double* const origin = shift + q;
        double* const mean = origin + q;
        double* const sum = mean + q;
        for (std::size_t level = 0; level < level_weight_.size(); ++level) {
            const std::size_t first = level_cells_[level], last = level_cells_[level + 1];
            std::fill_n(mean, q, 0.0);
            for (std::size_t cell = first; cell < last; ++cell) {
                std::fill_n(shift, q, 0.0);
                for (std::size_t j = 0; j < others_; ++j)
                    for (std::size_t c = 0; c < q; ++c) shift[c] += s.effects[places_[cell * others_ + j] * q + c];
                double* row = rows.data() + cell_rows_[cell] * q;
                if (cell == first)
                    for (std::size_t c = 0; c < q; ++c) origin[c] = row[c] - shift[c];
                for (std::size_t i = cell_rows_[cell]; i < cell_rows_[cell + 1]; ++i, row += q)
                    for (std::size_t c = 0; c < q; ++c) {
                        row[c] = (row[c] - shift[c]) - origin[c];
                        mean[c] += weight_[i] * row[c];
                    }
            }
            for (std::size_t c = 0; c < q; ++c) mean[c] /= level_weight_[level];
            for (std::size_t cell = first; cell < last; ++cell) {
                std::fill_n(sum, q, 0.0);
                double* row = rows.data() + cell_rows_[cell] * q;
                for (std::size_t i = cell_rows_[cell]; i < cell_rows_[cell + 1]; ++i, row += q)
                    for (std::size_t c = 0; c < q; ++c) {
                        row[c] -= mean[c];
                        const double weighted = weight_[i] * row[c];
                        sum[c] += weighted;
                        squares[c] += weighted * row[c];
                    }
                for (std::size_t j = 0; j < others_; ++j)
                    for (std::size_t c = 0; c < q; ++c) s.residual[places_[cell * others_ + j] * q + c] += sum[c];
            }
        }
    }

    /// image = (D'WD - D'WP WD) direction, D the other effects' dummies and P the projection on the first's.
    void multiply(system& s) const {
        const std::size_t q = s.q;
        detail::fill(s.image, 0);
        std::vector<double> mean(q), sums;
        for (std::size_t level = 0; level < level_weight_.size(); ++level) {
            const std::size_t first = level_cells_[level], last = level_cells_[level + 1];
            sums.assign((last - first) * q, 0);
            detail::fill(mean, 0);
            for (std::size_t cell = first; cell < last; ++cell) {
                double* const sum = sums.data() + (cell - first) * q;
                for (std::size_t j = 0; j < others_; ++j)
                    for (std::size_t c = 0; c < q; ++c) sum[c] += s.direction[places_[cell * others_ + j] * q + c];
                for (std::size_t c = 0; c < q; ++c) mean[c] += cell_weight_[cell] * sum[c];
            }
            for (std::size_t c = 0; c < q; ++c) mean[c] /= level_weight_[level];
            for (std::size_t cell = first; cell < last; ++cell) {
                double* const sum = sums.data() + (cell - first) * q;
                for (std::size_t c = 0; c < q; ++c) sum[c] = cell_weight_[cell] * (sum[c] - mean[c]);
                for (std::size_t j = 0; j < others_; ++j)
                    for (std::size_t c = 0; c < q; ++c) s.image[places_[cell * others_ + j] * q + c] += sum[c];
            }
        }
    }

    [[nodiscard]] std::vector<approximate_cholesky> factors_with_first() const {
        std::vector<approximate_cholesky> factors;
        const auto levels = static_cast<std::uint32_t>(level_weight_.size());
        for (std::size_t j = 0; j < others_; ++j) {
            std::vector<weighted_edge> edges;
            for (std::uint32_t level = 0; level < levels; ++level)
                for (std::size_t cell = level_cells_[level]; cell < level_cells_[level + 1]; ++cell) {
                    const std::uint32_t to = levels + places_[cell * others_ + j] - first_places_[j];
                    if (!edges.empty() && edges.back().from == level && edges.back().to == to)
                        edges.back().weight += cell_weight_[cell];
                    else
                        edges.push_back({level, to, cell_weight_[cell]});
                }
            factors.emplace_back(levels + first_places_[j + 1] - first_places_[j], edges);
        }
        return factors;
    }

    /// Fills in `preconditioned`. A constant over the levels of a component is nothing, and kept out.
    void precondition(system& s, std::span<const approximate_cholesky> factors) const {
        const std::size_t first = level_weight_.size();
        s.preconditioned.resize(s.residual.size());
        for (std::size_t j = 0; j < others_; ++j) {
            const std::size_t begin = first_places_[j] * s.q, levels = first_places_[j + 1] - first_places_[j];
            const std::span component = std::span(factors[j].component()).subspan(first);
            std::vector<double> mean(factors[j].components() * s.q), count(factors[j].components());
            for (const std::uint32_t each : component) ++count[each];
            const auto about_means = [&](double* values) {
                detail::fill(mean, 0);
                for (std::size_t i = 0; i < levels; ++i)
                    for (std::size_t c = 0; c < s.q; ++c)
                        mean[component[i] * s.q + c] += values[i * s.q + c] / count[component[i]];
                for (std::size_t i = 0; i < levels; ++i)
                    for (std::size_t c = 0; c < s.q; ++c) values[i * s.q + c] -= mean[component[i] * s.q + c];
            };
            s.buffer.assign((first + levels) * s.q, 0);
            double* const own = s.buffer.data() + first * s.q;
            std::copy_n(s.residual.data() + begin, levels * s.q, own);
            about_means(own);
            factors[j].solve(s.buffer, s.q);
            about_means(own);
            std::copy_n(own, levels * s.q, s.preconditioned.data() + begin);
        }
    }

    /// Whether rho is negligible in every column. With factors, of rows: also where it no longer falls, being rounding;
    /// in between: also where it has fallen so far that it is to be taken from the rows again.
    bool is_solved(system& s, double negligible, std::span<const approximate_cholesky> factors,
                   bool of_rows = true) const {
        const auto limit = [&](std::size_t c) { return std::max(negligible * s.squares[c], s.rounding[c]); };
        std::vector<double> by_weight(s.q);
        for (std::size_t place = 0; place < place_weight_.size(); ++place)
            for (std::size_t c = 0; c < s.q; ++c) {
                const double x = s.residual[place * s.q + c];
                by_weight[c] += x * x / place_weight_[place];
            }
        s.rho = by_weight;
        if (!factors.empty()) {
            precondition(s, factors);
            detail::fill(s.rho, 0);
            for (std::size_t at = 0; at < s.residual.size(); at += s.q)
                for (std::size_t c = 0; c < s.q; ++c) s.rho[c] += s.residual[at + c] * s.preconditioned[at + c];
        }
        bool all = true;
        for (std::size_t c = 0; c < s.q; ++c) {
            bool solved = !(by_weight[c] > limit(c));
            if (!factors.empty() && of_rows) {
                solved = solved && (!(s.rho[c] > limit(c)) || s.rho[c] > s.last_rho[c] / 4);
                s.last_rho[c] = s.rho[c];
            } else if (!factors.empty()) {
                solved = s.rho[c] <= 1e-18 * s.last_rho[c] || (solved && !(s.rho[c] > limit(c)));
            }
            s.active[c] = solved ? 0 : 1;
            all = all && solved;
        }
        return all;
    }

    /// From effects of 0; returns the number of steps.
    int solve(system& s, int max_steps, std::span<const approximate_cholesky> factors) const {
        const std::size_t q = s.q;
        detail::fill(s.effects, 0);
        detail::fill(s.direction, 0);
        std::vector<double> ratio(q), length(q), last_rho(q);
        int steps = 0;
        do {
            if (factors.empty())
                for (std::size_t place = 0; place < place_weight_.size(); ++place)
                    for (std::size_t c = 0; c < q; ++c) {
                        double& d = s.direction[place * q + c];
                        d = s.residual[place * q + c] / place_weight_[place] + ratio[c] * d;
                    }
            else
                for (std::size_t at = 0; at < s.direction.size(); at += q)
                    for (std::size_t c = 0; c < q; ++c)
                        s.direction[at + c] = s.preconditioned[at + c] + ratio[c] * s.direction[at + c];
            multiply(s);
            detail::fill(length, 0);
            for (std::size_t at = 0; at < s.image.size(); at += q)
                for (std::size_t c = 0; c < q; ++c) length[c] += s.direction[at + c] * s.image[at + c];
            for (std::size_t c = 0; c < q; ++c) {
                length[c] = s.active[c] && length[c] > 0 ? s.rho[c] / length[c] : 0;
                s.squares[c] -= length[c] * s.rho[c];
            }
            for (std::size_t at = 0; at < s.image.size(); at += q)
                for (std::size_t c = 0; c < q; ++c) {
                    s.effects[at + c] += length[c] * s.direction[at + c];
                    s.residual[at + c] -= length[c] * s.image[at + c];
                }
            last_rho = s.rho;
            ++steps;
            if (is_solved(s, tolerance / 100, factors, false)) break;
            for (std::size_t c = 0; c < q; ++c) ratio[c] = last_rho[c] > 0 ? s.rho[c] / last_rho[c] : 0;
        } while (steps < max_steps);
        return steps;
    }

    std::size_t others_ = 0;                  // effects but the first
    std::vector<std::uint32_t> order_;        // rows by levels of the first effect, then of the others
    std::vector<double> weight_;              // in that order
    std::vector<std::uint32_t> level_cells_;  // the first cell of each level of the first effect, and the end
    std::vector<double> level_weight_;
    std::vector<std::uint32_t> cell_rows_;  // the first row of each cell, and the end
    std::vector<double> cell_weight_;
    std::vector<std::uint32_t> places_;  // of each cell, its level of each other effect, all their levels in a row
    std::vector<double> place_weight_;
    std::vector<std::uint32_t> first_places_;  // of each other effect, and the end
};

}  // namespace compute_divide::inline v0_2::detail

#endif
