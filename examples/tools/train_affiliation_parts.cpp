// SPDX-License-Identifier: BSL-1.0
// Trains the model by which institutions/affiliation_parts.hpp tells roles, and writes its weights.
//   train_affiliation_parts include/compute_divide/institutions/detail/role_weights.hpp TAGGED.jsonl...
// from affiliations tagged by hand (AffilGood, GROBID; Apache-2.0), without the unread third of each
// (support/evaluation.hpp). Multinomial logistic regression, by stochastic gradient; a file counts as much as another.
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
#include <vector>

#include <fmt/format.h>

#include "support/tagged_parts.hpp"

namespace cd = compute_divide;
using cd::detail::role_count;
using cd::detail::role_feature_count;

namespace {

constexpr int epochs = 40;
constexpr double first_rate = 0.05;
constexpr double penalty = 2e-5;
constexpr double word_rate = 0.5;  // of the words' features: chosen, with their penalty, by five folds of the seen rows
constexpr double word_penalty = 1e-2;
constexpr double unit = 1.0 / 64;  // of a weight as it is written

struct example_piece {
    std::vector<std::size_t> features;  // without the role before
    std::size_t role = 0;
    double weight = 1;
};
struct text_pieces {
    cd::detail::affiliation_words in;
    cd::detail::affiliation_pieces all;
    std::vector<std::size_t> truth;  // by piece
    double weight = 1;
};

using weights = std::vector<std::array<double, role_count>>;

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
    std::vector<text_pieces> texts;
    for (int file = 2; file < argc; ++file) {
        const auto rows = example::read_tagged(argv[file], example::split_choice::seen);
        for (const auto& row : rows) {
            if (row.parts.empty()) continue;
            text_pieces& next = texts.emplace_back();
            next.in.read(row.text);
            next.all.read(row.text, next.in);
            next.weight = 1000.0 / static_cast<double>(rows.size());
            for (const auto& piece : next.all.pieces) {
                const std::size_t begin = next.all.words[piece.first].begin, end = next.all.words[piece.last - 1].end;
                next.truth.push_back(role_of(row, next.in.normalised.origin(next.in.origins[begin]),
                                             next.in.normalised.origin(next.in.origins[end - 1] + 1)));
            }
        }
    }
    weights w(role_feature_count), mean(role_feature_count);
    cd::random_stream random(14);
    std::size_t wrong = 0, n = 0;
    for (int epoch = 0; epoch < epochs; ++epoch) {
        const double rate = first_rate / (1 + 0.15 * epoch);
        for (std::size_t i = texts.size(); i > 1; --i) std::swap(texts[i - 1], texts[random.below(i)]);
        wrong = n = 0;
        for (const text_pieces& text : texts) {
            std::size_t before = role_count;
            cd::detail::for_each_piece(text.in, text.all, [&](std::size_t i, const auto& sums, std::size_t index) {
                if (index == 0) before = role_count;
                const auto shape = text.all.pieces[i].shape;
                if (shape == cd::detail::piece_shape::postcode || shape == cd::detail::piece_shape::country) return;
                std::vector<std::size_t> features;
                cd::detail::for_each_role_feature(text.in, text.all, i, sums, index, before,
                                                  [&](std::size_t f) { features.push_back(f); });
                std::array<double, role_count> p{};
                for (const std::size_t f : features)
                    for (std::size_t r = 0; r < role_count; ++r) p[r] += w[f][r];
                const auto best = static_cast<std::size_t>(std::ranges::max_element(p) - p.begin());
                const double largest = p[best];
                double total = 0;
                for (double& x : p) total += x = std::exp(x - largest);
                ++n;
                wrong += best != text.truth[i] ? 1 : 0;
                for (std::size_t r = 0; r < role_count; ++r) {
                    const double step = rate * text.weight * ((r == text.truth[i] ? 1 : 0) - p[r] / total);
                    for (const std::size_t f : features) {
                        const bool is_word = f >= cd::detail::role_feature::letters;
                        w[f][r] +=
                            (is_word ? word_rate : 1) * step - rate * (is_word ? word_penalty : penalty) * w[f][r];
                    }
                }
                // What was told is what the next piece will see; at first the truth.
                before = epoch < 3 ? text.truth[i] : best;
            });
        }
        if (epoch >= epochs / 2)
            for (std::size_t f = 0; f < role_feature_count; ++f)
                for (std::size_t r = 0; r < role_count; ++r) mean[f][r] += w[f][r] / (epochs - epochs / 2);
    }
    std::cerr << fmt::format("{} texts, {} pieces, {:.4f} of them wrong\n", texts.size(), n,
                             static_cast<double>(wrong) / static_cast<double>(n));

    std::ofstream out(argv[1], std::ios::binary);
    out << "// SPDX-License-Identifier: BSL-1.0\n"
           "// Written by examples/tools/train_affiliation_parts.cpp.\n"
           "// clang-format off\n"
           "#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ROLE_WEIGHTS_HPP\n"
           "#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ROLE_WEIGHTS_HPP\n\n"
           "#include <cstddef>\n#include <cstdint>\n\n"
           "namespace compute_divide::detail {\n\n"
           "inline constexpr std::size_t role_count = 5;\n"
        << fmt::format("inline constexpr std::size_t role_feature_count = {};\n\n", role_feature_count)
        << "/// The weights of each feature (affiliation_roles.hpp) for each role, in units of 1/64; of three roles "
           "that are\n"
           "/// told without the model there are none.\n"
           "alignas(16) inline constexpr std::int16_t role_weights[role_feature_count][8] = {\n";
    for (const auto& row : mean) {
        out << "    {";
        for (const double x : row) out << std::lround(x / unit) << ", ";
        out << "0, 0, 0},\n";
    }
    out << "};\n\n}  // namespace compute_divide::detail\n\n#endif\n";
    out.close();
    if (!out) throw std::runtime_error(std::string("train_affiliation_parts: cannot write ") + argv[1]);
    return 0;
} catch (const std::exception& error) {
    std::cerr << "train_affiliation_parts: " << error.what() << '\n';
    return 1;
}
