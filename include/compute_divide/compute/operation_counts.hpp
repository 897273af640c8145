// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_OPERATION_COUNTS_HPP
#define COMPUTE_DIVIDE_COMPUTE_OPERATION_COUNTS_HPP

#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// Operations of a model, counted from its shape. A multiply-add is two operations everywhere; biases, activations,
/// normalisations and dropout are left out.
///
///     const layer_cost net = convolution_layer({.height = 224, .width = 224, .channels = 3, .filters = 64,
///                                               .kernel = 7, .stride = 2}) + dense_layer(512, 1000);
///     const flop training = training_flop({.forward = net.forward, .examples = 1.28e6, .epochs = 90});
namespace compute_divide::inline v0_2 {

/// Of a layer: its weights, and operations of one forward pass of one example.
struct layer_cost {
    double parameters = 0;
    flop forward{};

    /// One layer after another; a layer `times` over.
    friend constexpr layer_cost operator+(layer_cost a, layer_cost b) {
        return {a.parameters + b.parameters, a.forward + b.forward};
    }
    friend constexpr layer_cost operator*(double times, layer_cost a) {
        return {times * a.parameters, times * a.forward};
    }
    friend constexpr bool operator==(layer_cost, layer_cost) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<layer_cost>) {
    return member_list(member{"parameters", &layer_cost::parameters}, member{"forward", &layer_cost::forward});
}

namespace detail {

constexpr void require_count(double value, std::string_view function, std::string_view requirement) {
    require(value > 0 && value <= std::numeric_limits<double>::max(), function, requirement, value);
}

}  // namespace detail

/// Fully connected, N inputs to M outputs: N M weights, 2 N M operations. Throws std::invalid_argument unless both > 0.
[[nodiscard]] constexpr layer_cost dense_layer(double inputs, double outputs) {
    detail::require_count(inputs, "dense_layer", "finite inputs > 0");
    detail::require_count(outputs, "dense_layer", "finite outputs > 0");
    return {inputs * outputs, flop(2 * inputs * outputs)};
}

/// A convolution with padding such that stride 1 keeps the size.
struct convolution_shape {
    double height = 0, width = 0;  ///< of the input
    double channels = 0;           ///< of the input
    double filters = 0;            ///< channels of the output
    double kernel = 0;             ///< K, of a K x K kernel
    double stride = 1;
    double groups = 1;  ///< as many as channels where depthwise
};

/// K^2 C F / g weights, each met at every output position: 2 ceil(H / S) ceil(W / S) K^2 C F / g operations.
/// Throws std::invalid_argument unless all > 0.
[[nodiscard]] inline layer_cost convolution_layer(const convolution_shape& s) {
    for (const double each : {s.height, s.width, s.channels, s.filters, s.kernel, s.stride, s.groups})
        detail::require_count(each, "convolution_layer", "finite sizes > 0");
    const double weights = s.kernel * s.kernel * s.channels * s.filters / s.groups;
    return {weights, flop(2 * std::ceil(s.height / s.stride) * std::ceil(s.width / s.stride) * weights)};
}

/// Recurrent cells.
enum class recurrent_cell { rnn, gru, lstm };
[[nodiscard]] constexpr auto enumerators(recurrent_cell) {
    using enum recurrent_cell;
    using entry = named<recurrent_cell>;
    return std::array{entry{rnn, "rnn"}, entry{gru, "gru"}, entry{lstm, "lstm"}};
}

/// N inputs and M hidden units, over `steps` of a sequence: G (N + M) M weights and 2 G (N + M) M operations each step;
/// G = 1, 3, 4 of an RNN, GRU, LSTM. Throws std::invalid_argument unless all > 0.
[[nodiscard]] constexpr layer_cost recurrent_layer(recurrent_cell cell, double inputs, double hidden,
                                                   double steps = 1) {
    for (const double each : {inputs, hidden, steps})
        detail::require_count(each, "recurrent_layer", "finite sizes > 0");
    const double gates = cell == recurrent_cell::rnn ? 1 : cell == recurrent_cell::gru ? 3 : 4;
    const double weights = gates * (inputs + hidden) * hidden;
    return {weights, flop(2 * weights * steps)};
}

/// Which tokens a token attends to. Kernels that skip what is masked do half the work; formulas that do not say which
/// of the two they count are off by 15 % for long sequences.
enum class attention_mask {
    causal,  ///< itself and those before: (L + 1) / 2 on average
    full     ///< all L of the sequence
};
[[nodiscard]] constexpr auto enumerators(attention_mask) {
    using enum attention_mask;
    using entry = named<attention_mask>;
    return std::array{entry{causal, "causal"}, entry{full, "full"}};
}

/// A transformer. Zero stands for the usual value where one is stated.
struct transformer_shape {
    double layers = 0;
    double width = 0;            ///< d, of the residual stream
    double heads = 0;            ///< of queries
    double kv_heads = 0;         ///< of keys and values; as many as heads (grouped-query attention: fewer)
    double head_width = 0;       ///< width / heads
    double feed_forward = 0;     ///< inner width, of one expert; 4 width
    bool gated = false;          ///< three matrices a feed-forward (SwiGLU, GeGLU) instead of two
    double vocabulary = 0;       ///< none: no embedding
    double sequence_length = 0;  ///< L
    attention_mask mask = attention_mask::causal;
    double experts = 1;            ///< of a layer that has experts
    double experts_per_token = 1;  ///< top-k
    double shared_experts = 0;     ///< that every token meets besides
    double expert_interval = 1;    ///< every such layer has experts, the others one feed-forward
    bool tied_embedding = true;    ///< one matrix for input and output
};

/// Operations of one token in a forward pass, by part.
struct transformer_cost {
    flop attention_projections{};  ///< queries, keys, values and output
    flop attention_scores{};       ///< queries times keys, and weights times values
    flop feed_forward{};           ///< of all layers, with experts or without
    flop routers{};                ///< of experts
    flop unembedding{};            ///< to the vocabulary; looking a token up is no operation
    double parameters = 0;
    double active_parameters = 0;  ///< that a token meets

    /// The sum of all parts.
    [[nodiscard]] constexpr flop forward() const {
        return attention_projections + attention_scores + feed_forward + routers + unembedding;
    }
    friend constexpr bool operator==(const transformer_cost&, const transformer_cost&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<transformer_cost>) {
    using result = transformer_cost;
    return member_list(member{"attention_projections", &result::attention_projections},
                       member{"attention_scores", &result::attention_scores},
                       member{"feed_forward", &result::feed_forward}, member{"routers", &result::routers},
                       member{"unembedding", &result::unembedding}, member{"parameters", &result::parameters},
                       member{"active_parameters", &result::active_parameters});
}

/// The cost of a token, of head width h, query heads q, key and value heads k, m matrices of a feed-forward of width f:
///
///   projections  2 n (2 d h q + 2 d h k)           scores  4 n h q keys,  keys = L or (L + 1) / 2
///   feed-forward 2 m d f each one it passes        routers 2 d experts    unembedding  2 d vocabulary
///
/// Of n layers floor(n / interval) have experts, of which a token passes `experts_per_token` and the shared ones.
/// (Kaplan et al. 2020, table 1; Fedus et al. 2022 for experts.) Agrees with MaxText's corrected figure for Llama 2-7B
/// at 8,192 tokens. Throws std::invalid_argument for sizes that are not > 0, more key heads than heads, more experts
/// per token than experts.
[[nodiscard]] inline transformer_cost transformer_layers(const transformer_shape& s) {
    constexpr std::string_view function = "transformer_layers";
    for (const double each :
         {s.layers, s.width, s.heads, s.sequence_length, s.experts, s.experts_per_token, s.expert_interval})
        detail::require_count(each, function, "finite layers, width, heads, length and experts > 0");
    for (const double each : {s.kv_heads, s.head_width, s.feed_forward, s.vocabulary, s.shared_experts})
        detail::require(each >= 0 && each <= std::numeric_limits<double>::max(), function, "finite sizes >= 0", each);
    detail::require(s.kv_heads <= s.heads, function, "kv_heads <= heads", s.kv_heads);
    detail::require(s.experts_per_token <= s.experts, function, "experts_per_token <= experts", s.experts_per_token);
    const double kv_heads = s.kv_heads > 0 ? s.kv_heads : s.heads;
    const double head_width = s.head_width > 0 ? s.head_width : s.width / s.heads;
    const double inner = s.feed_forward > 0 ? s.feed_forward : 4 * s.width;
    const double keys = s.mask == attention_mask::causal ? (s.sequence_length + 1) / 2 : s.sequence_length;

    const double projections = s.layers * 2 * s.width * head_width * (s.heads + kv_heads);
    const double one_feed_forward = (s.gated ? 3 : 2) * s.width * inner;
    const double expert_layers = s.experts > 1 ? std::floor(s.layers / s.expert_interval) : 0;
    const double plain_layers = s.layers - expert_layers;
    const double passed = plain_layers + expert_layers * (s.experts_per_token + s.shared_experts);
    const double held = plain_layers + expert_layers * (s.experts + s.shared_experts);
    const double routers = expert_layers * s.width * s.experts;
    const double vocabulary = s.vocabulary * s.width;
    const double embeddings = (s.tied_embedding ? 1 : 2) * vocabulary;

    transformer_cost cost;
    cost.attention_projections = flop(2 * projections);
    cost.attention_scores = flop(4 * s.layers * head_width * s.heads * keys);
    cost.feed_forward = flop(2 * passed * one_feed_forward);
    cost.routers = flop(2 * routers);
    cost.unembedding = flop(2 * vocabulary);
    cost.parameters = projections + held * one_feed_forward + routers + embeddings;
    cost.active_parameters = projections + passed * one_feed_forward + routers + embeddings;
    return cost;
}

/// Operations of the backward pass for each of the forward pass, where a batch of B examples has forward operations
/// F1 of the first layer and F of all others, and the update of the weights U: (F1 + 2 F + U) / (F1 + F), since the
/// first layer needs no gradient of its inputs (Hobbhahn, Sevilla 2021). 1 where the first layer dominates, 2 as is
/// usual, up to 3 for small batches. Throws std::invalid_argument for negative values, or no forward operations.
[[nodiscard]] constexpr double backward_to_forward(flop first_layer, flop other_layers, flop update = flop(0)) {
    constexpr std::string_view function = "backward_to_forward";
    for (const flop each : {first_layer, other_layers, update})
        detail::require(each.value() >= 0, function, "operations >= 0", each.value());
    const flop forward = first_layer + other_layers;
    detail::require_count(forward.value(), function, "forward operations > 0");
    return (first_layer + 2 * other_layers + update) / forward;
}

/// A training run, by the forward operations of one example (or token).
struct training_passes {
    flop forward{};         ///< of what is trained
    flop frozen_before{};   ///< of frozen layers before it: forward only
    flop frozen_between{};  ///< of frozen layers that gradients pass through: forward and half of backward
    flop recomputed{};      ///< run again in the backward pass (activation checkpointing): `forward` where all of it is
    double examples = 0;    ///< of one epoch; tokens where `forward` is of a token
    double epochs = 1;
    double backward_to_forward = 2;
    flop base{};  ///< of the training of the model that this one was made from
};

/// Operations of a training run, R being backward to forward:
///
///   ((1 + R) forward + frozen_before + (1 + R / 2) frozen_between + recomputed) examples epochs + base
///
/// Throws std::invalid_argument for negative operations, no forward operations at all, and unless examples and epochs
/// are > 0.
[[nodiscard]] constexpr flop training_flop(const training_passes& run) {
    constexpr std::string_view function = "training_flop";
    for (const flop each : {run.forward, run.frozen_before, run.frozen_between, run.recomputed, run.base})
        detail::require(each.value() >= 0, function, "operations >= 0", each.value());
    detail::require_count(run.forward.value(), function, "forward operations > 0");
    detail::require_count(run.examples, function, "finite examples > 0");
    detail::require_count(run.epochs, function, "finite epochs > 0");
    detail::require_count(run.backward_to_forward, function, "backward_to_forward > 0");
    const flop example = (1 + run.backward_to_forward) * run.forward + run.frozen_before +
                         (1 + run.backward_to_forward / 2) * run.frozen_between + run.recomputed;
    return example * run.examples * run.epochs + run.base;
}

}  // namespace compute_divide::inline v0_2

#endif
