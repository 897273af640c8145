// SPDX-License-Identifier: BSL-1.0
// Trains the model by which institutions/affiliation_parts.hpp tells roles, and writes its weights.
//   train_affiliation_parts include/compute_divide/institutions/detail/role_weights.hpp TAGGED.jsonl...
// from affiliations tagged by hand (AffilGood, GROBID; Apache-2.0), without the unread third of each
// (support/evaluation.hpp). A conditional random field (Lafferty, McCallum and Pereira 2001) whose states are those of
// detail::role_chain, by stochastic gradient; a file counts as much as another.
#include <algorithm>
#include <array>
#include <cmath>
#include <compute_divide/random.hpp>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "support/tagged_parts.hpp"

namespace cd = compute_divide;
using cd::detail::role_count;
using cd::detail::role_feature_count;

namespace {

constexpr int epochs = 40;
constexpr double first_rate = 0.02;
constexpr double penalty = 1e-3;
constexpr double word_rate = 2;  // of the words' features: chosen, with the penalties, by five folds of the seen rows
constexpr double word_penalty = 1e-2;
constexpr double unit = 1.0 / 64;  // of a weight as it is written
constexpr std::size_t states = 2 * (role_count + 1);

using role_scores = std::array<double, role_count>;
using weights = std::vector<role_scores>;
using features = std::vector<std::size_t>;

/// A piece of which a role is told.
struct step {
    features own;
    std::array<features, role_count + 1> link;  // by the role before
    cd::detail::role_choice choice;
    std::size_t truth;
};
using section = std::vector<step>;
struct text_sections {
    std::vector<section> sections;
    double weight = 1;
};

std::size_t next_state(std::size_t named, std::size_t role) {
    return 2 * role + (named != 0 || role == 0 ? 1U : 0U);
}

role_scores sum_of(const weights& w, const features& of) {
    role_scores sum{};
    for (const std::size_t f : of)
        for (std::size_t r = 0; r < role_count; ++r) sum[r] += w[f][r];
    return sum;
}

/// One step along the gradient of the log-likelihood of a section.
class learner {
public:
    explicit learner(weights& w) : w_(w) {}

    /// Pieces are counted in `all`, those whose most probable role is not the true one in `wrong`.
    void operator()(const section& in, double rate) {
        if (in.empty()) return;
        rate_ = rate;
        forward(in);
        backward(in);
        std::size_t before = role_count, named = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
            role_scores own{};
            std::array<role_scores, role_count + 1> link{};
            std::array<role_scores, 2> by_named{};
            for (std::size_t b = 0; b <= role_count; ++b)
                for (std::size_t n = 0; n < 2; ++n)
                    for (std::size_t r = 0; r < role_count; ++r) {
                        const double p = alpha_[i][2 * b + n] * edges_[i][b][n][r] * beta_[i + 1][next_state(n, r)];
                        own[r] -= p;
                        link[b][r] -= p;
                        by_named[n][r] -= p;
                    }
            const std::size_t truth = in[i].truth;
            wrong += std::ranges::min_element(own) - own.begin() != static_cast<std::ptrdiff_t>(truth) ? 1U : 0U;
            ++all;
            own[truth] += 1;
            link[before][truth] += 1;
            by_named[named][truth] += 1;
            for (const std::size_t f : in[i].own) move(f, own);
            for (std::size_t b = 0; b <= role_count; ++b)
                if (std::ranges::any_of(link[b], [](double x) { return std::abs(x) > 1e-9; }))
                    for (const std::size_t f : in[i].link[b]) move(f, link[b]);
            for (std::size_t n = 0; n < 2; ++n) move(cd::detail::role_feature::named + n, by_named[n]);
            before = truth;
            if (truth == 0) named = 1;
        }
        for (std::size_t n = 0; n < 2; ++n) {
            role_scores end{};
            for (std::size_t r = 0; r < role_count; ++r)
                end[r] = (r == before && n == named ? 1.0 : 0.0) -
                         alpha_[in.size()][2 * r + n] * beta_[in.size()][2 * r + n];
            move(cd::detail::role_feature::ends + n, end);
        }
    }

    double decay_rate = 0;
    std::size_t wrong = 0, all = 0;

private:
    using by_state = std::array<double, states>;
    using edge = std::array<std::array<role_scores, 2>, role_count + 1>;  // [role before][named][role]

    void forward(const section& in) {
        edges_.assign(in.size(), {});
        alpha_.assign(in.size() + 1, {});
        alpha_[0][2 * role_count] = 1;
        for (std::size_t i = 0; i < in.size(); ++i) {
            const role_scores own = sum_of(w_, in[i].own);
            const double largest = std::ranges::max(own);
            double total = 0;
            for (std::size_t b = 0; b <= role_count; ++b) {
                if ((i == 0) != (b == role_count)) continue;
                const role_scores link = sum_of(w_, in[i].link[b]);
                for (std::size_t n = 0; n < 2; ++n)
                    for (std::size_t r = 0; r < role_count; ++r) {
                        if (!may_follow(in[i].choice, b, r)) continue;
                        edges_[i][b][n][r] =
                            std::exp(own[r] - largest + link[r] + w_[cd::detail::role_feature::named + n][r]);
                        const double p = alpha_[i][2 * b + n] * edges_[i][b][n][r];
                        alpha_[i + 1][next_state(n, r)] += p;
                        total += p;
                    }
            }
            if (!(total > 0)) throw std::runtime_error("train_affiliation_parts: a rate is too large");
            for (double& a : alpha_[i + 1]) a /= total;
            for (auto& b : edges_[i])
                for (auto& n : b)
                    for (double& e : n) e /= total;
        }
    }

    void backward(const section& in) {
        beta_.assign(in.size() + 1, {});
        double total = 0;
        for (std::size_t r = 0; r < role_count; ++r)
            for (std::size_t n = 0; n < 2; ++n) {
                beta_[in.size()][2 * r + n] = std::exp(w_[cd::detail::role_feature::ends + n][r]);
                total += alpha_[in.size()][2 * r + n] * beta_[in.size()][2 * r + n];
            }
        for (double& b : beta_[in.size()]) b /= total;
        for (std::size_t i = in.size(); i-- > 0;)
            for (std::size_t b = 0; b <= role_count; ++b)
                for (std::size_t n = 0; n < 2; ++n)
                    for (std::size_t r = 0; r < role_count; ++r)
                        beta_[i][2 * b + n] += edges_[i][b][n][r] * beta_[i + 1][next_state(n, r)];
    }

    void move(std::size_t f, const role_scores& gradient) {
        const bool is_word = f >= cd::detail::role_feature::letters;
        const double decay = 1 - decay_rate * (is_word ? word_penalty : penalty);
        for (std::size_t r = 0; r < role_count; ++r)
            w_[f][r] = decay * w_[f][r] + (is_word ? word_rate : 1.0) * rate_ * gradient[r];
    }

    weights& w_;
    double rate_ = 0;
    std::vector<by_state> alpha_, beta_;
    std::vector<edge> edges_;
};

/// The role most bytes of a piece have.
std::size_t role_of(const example::tagged_affiliation& text, std::size_t from, std::size_t to) {
    std::array<std::size_t, 8> bytes{};
    std::size_t tagged = 0;
    for (const auto& part : text.parts) {
        const std::size_t first = std::max(from, part.from), last = std::min(to, part.to);
        if (first >= last) continue;
        bytes[static_cast<std::size_t>(part.role)] += last - first;
        tagged += last - first;
    }
    bytes[static_cast<std::size_t>(cd::affiliation_role::other)] += to - from > tagged ? to - from - tagged : 0;
    const auto best = static_cast<std::size_t>(std::ranges::max_element(bytes) - bytes.begin());
    if (best == static_cast<std::size_t>(cd::affiliation_role::country)) return 3;
    return best < role_count ? best : 4;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::cerr << "usage: train_affiliation_parts WEIGHTS.hpp TAGGED.jsonl...\n";
        return 2;
    }
    std::vector<text_sections> texts;
    cd::detail::affiliation_words in;
    cd::detail::affiliation_pieces all;
    for (int file = 2; file < argc; ++file) {
        const auto rows = example::read_tagged(argv[file], example::split_choice::seen);
        for (const auto& row : rows) {
            if (row.parts.empty()) continue;
            text_sections& text = texts.emplace_back();
            in.read(row.text);
            all.read(row.text, in);
            text.weight = 1000.0 / static_cast<double>(rows.size());
            cd::detail::for_each_piece(all, [&](std::size_t i, const auto& sums, std::size_t index) {
                if (index == 0) text.sections.emplace_back();
                section& here = text.sections.back();
                step next{{}, {}, cd::detail::choice_of_role(all, i, sums, index), 0};
                if (next.choice == cd::detail::role_choice::skipped) return;
                cd::detail::for_each_role_feature(all, i, sums, index, [&](std::size_t f) { next.own.push_back(f); });
                for (std::size_t before = 0; before <= role_count; ++before)
                    cd::detail::for_each_link_feature(all, i, sums, index, before,
                                                      [&](std::size_t f) { next.link[before].push_back(f); });
                const auto& piece = all.pieces[i];
                const std::size_t begin = piece.begin, end = piece.end;
                next.truth = role_of(row, in.normalised.origin(in.origins[begin]),
                                     in.normalised.origin_of_end(in.origins[end - 1] + 1));
                const std::size_t before = here.empty() ? role_count : here.back().truth;
                if (!may_follow(next.choice, before, next.truth))  // it is not for the model to tell
                    for (next.truth = 0; !may_follow(next.choice, before, next.truth);) ++next.truth;
                here.push_back(std::move(next));
            });
        }
    }
    weights w(role_feature_count), mean(role_feature_count);
    cd::random_stream random(14);
    learner learn(w);
    for (int epoch = 0; epoch < epochs; ++epoch) {
        learn.decay_rate = first_rate / (1 + 0.15 * epoch);
        for (std::size_t i = texts.size(); i > 1; --i) std::swap(texts[i - 1], texts[random.below(i)]);
        learn.wrong = learn.all = 0;
        for (const text_sections& text : texts)
            for (const section& each : text.sections) learn(each, learn.decay_rate * text.weight);
        if (epoch >= epochs / 2)
            for (std::size_t f = 0; f < role_feature_count; ++f)
                for (std::size_t r = 0; r < role_count; ++r) mean[f][r] += w[f][r] / (epochs - epochs / 2);
    }
    std::cerr << fmt::format("{} texts, {} pieces, {:.4f} of them wrong\n", texts.size(), learn.all,
                             static_cast<double>(learn.wrong) / static_cast<double>(learn.all));

    std::ofstream out(argv[1], std::ios::binary);
    out << "// SPDX-License-Identifier: BSL-1.0\n"
           "// Written by examples/tools/train_affiliation_parts.cpp.\n"
           "// clang-format off\n"
           "#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ROLE_WEIGHTS_HPP\n"
           "#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ROLE_WEIGHTS_HPP\n\n"
           "#include <cstddef>\n#include <cstdint>\n\n"
           "namespace compute_divide::inline v0_2::detail {\n\n"
           "inline constexpr std::size_t role_count = 5;\n"
        << fmt::format("inline constexpr std::size_t role_feature_count = {};\n\n", role_feature_count)
        << "/// The weights of each feature (affiliation_roles.hpp) for each role, in units of 1/64; of three roles "
           "that are\n"
           "/// told without the model there are none.\n"
           "alignas(16) inline constexpr std::int16_t role_weights[role_feature_count][8] = {\n";
    constexpr std::size_t rows_in_line = 4;
    for (std::size_t f = 0; f < mean.size(); ++f) {
        out << (f % rows_in_line == 0 ? "    {" : " {");
        for (const double x : mean[f]) out << std::lround(x / unit) << ", ";
        out << "0, 0, 0}," << (f % rows_in_line == rows_in_line - 1 || f + 1 == mean.size() ? "\n" : "");
    }
    out << "};\n\n}  // namespace compute_divide::inline v0_2::detail\n\n#endif\n";
    out.close();
    if (!out) throw std::runtime_error(std::string("train_affiliation_parts: cannot write ") + argv[1]);
    return 0;
} catch (const std::exception& error) {
    std::cerr << "train_affiliation_parts: " << error.what() << '\n';
    return 1;
}
