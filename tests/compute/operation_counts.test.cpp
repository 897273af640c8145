// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/operation_counts.hpp>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>
#include <limits>
#include <stdexcept>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

TEST_CASE("a multiply-add is two operations") {
    static_assert(dense_layer(10, 20) == layer_cost{200, flop(400)});
    static_assert(recurrent_layer(recurrent_cell::rnn, 10, 20) == layer_cost{600, flop(1200)});
    static_assert(recurrent_layer(recurrent_cell::gru, 10, 20).forward == flop(3600));
    static_assert(recurrent_layer(recurrent_cell::lstm, 10, 20, 7) == layer_cost{2400, flop(4800 * 7)});
    static_assert(2 * dense_layer(10, 20) + dense_layer(20, 1) == layer_cost{420, flop(840)});
}

TEST_CASE("convolutions, against published multiply-adds") {
    // AlexNet's first layer (Krizhevsky et al. 2012): 105,415,200 multiply-adds at 55 x 55.
    CHECK(convolution_layer({.height = 220, .width = 220, .channels = 3, .filters = 96, .kernel = 11, .stride = 4})
              .forward == flop(2 * 105415200.0));
    // ResNet's stem: 118,013,952 multiply-adds (torchvision).
    const layer_cost stem =
        convolution_layer({.height = 224, .width = 224, .channels = 3, .filters = 64, .kernel = 7, .stride = 2});
    CHECK(stem == layer_cost{9408, flop(2 * 118013952.0)});
    // Depthwise: each channel alone.
    CHECK(convolution_layer({.height = 5, .width = 5, .channels = 8, .filters = 8, .kernel = 3, .groups = 8}) ==
          layer_cost{72, flop(2 * 25 * 72)});
    // Odd sizes round up.
    CHECK(convolution_layer({.height = 5, .width = 7, .channels = 1, .filters = 1, .kernel = 1, .stride = 2}).forward ==
          flop(2 * 3 * 4));
}

// Epoch AI's page on estimation: 16 filters of 5 x 5 x 5, stride 2, on 400 x 400 x 5, 20 frames, 10 epochs of 100
// batches of 128: 7.86432e18. That is the count where every output meets every input.
TEST_CASE("forward x 3 x examples x epochs: Epoch's worked example") {
    const layer_cost layer = dense_layer(400 * 400 * 5, 200 * 200 * 16);
    const flop training = training_flop({.forward = 20 * layer.forward, .examples = 100 * 128, .epochs = 10});
    CHECK(training == flop(7.86432e18));
    // As a convolution an output meets 5 x 5 x 5 inputs only.
    const layer_cost filters =
        convolution_layer({.height = 400, .width = 400, .channels = 5, .filters = 16, .kernel = 5, .stride = 2});
    CHECK(layer.forward / filters.forward == 400.0 * 400 * 5 / (5 * 5 * 5));
}

TEST_CASE("backward to forward: the limits of Hobbhahn and Sevilla") {
    static_assert(backward_to_forward(flop(100), flop(0)) == 1);
    static_assert(backward_to_forward(flop(0), flop(100)) == 2);
    static_assert(backward_to_forward(flop(0), flop(100), flop(100)) == 3);
    static_assert(backward_to_forward(flop(100), flop(0), flop(100)) == 2);
}

namespace {

const transformer_shape gpt3{.layers = 96, .width = 12288, .heads = 96, .vocabulary = 50257, .sequence_length = 2048};
const transformer_shape llama2{.layers = 32,
                               .width = 4096,
                               .heads = 32,
                               .feed_forward = 11008,
                               .gated = true,
                               .vocabulary = 32000,
                               .sequence_length = 8192,
                               .tied_embedding = false};

}  // namespace

TEST_CASE("transformers of known size") {
    CHECK(close(transformer_layers(gpt3).parameters, 1.746e11, 1e-3));
    CHECK(close(transformer_layers(llama2).parameters, 6.738e9, 1e-3));
    // Llama 3-70B: 8 key heads for 64 heads; 70.55e9 parameters.
    CHECK(close(transformer_layers({.layers = 80,
                                    .width = 8192,
                                    .heads = 64,
                                    .kv_heads = 8,
                                    .feed_forward = 28672,
                                    .gated = true,
                                    .vocabulary = 128256,
                                    .sequence_length = 8192,
                                    .tied_embedding = false})
                    .parameters,
                7.0554e10, 1e-4));
    // Mixtral 8x7B: 46.7e9 parameters, 12.9e9 of them active.
    const transformer_cost mixtral = transformer_layers({.layers = 32,
                                                         .width = 4096,
                                                         .heads = 32,
                                                         .kv_heads = 8,
                                                         .feed_forward = 14336,
                                                         .gated = true,
                                                         .vocabulary = 32000,
                                                         .sequence_length = 32768,
                                                         .experts = 8,
                                                         .experts_per_token = 2,
                                                         .tied_embedding = false});
    CHECK(close(mixtral.parameters, 46.7e9, 1e-3));
    CHECK(close(mixtral.active_parameters, 12.88e9, 1e-3));
}

TEST_CASE("without scores a token costs two operations an active parameter") {
    transformer_shape shape = llama2;
    shape.tied_embedding = true;
    const transformer_cost cost = transformer_layers(shape);
    CHECK(close((cost.forward() - cost.attention_scores).value(), 2 * cost.active_parameters, 1e-14));
    CHECK(cost.parameters == cost.active_parameters);
}

// MaxText reported 1721 TFLOP a step for Llama 2-7B, 4 sequences of 8,192 tokens; 1510 once it counted causal
// attention.
TEST_CASE("causal attention is half of full attention") {
    const auto step = [](attention_mask mask) {
        transformer_shape shape = llama2;
        shape.mask = mask;
        return training_flop({.forward = transformer_layers(shape).forward(), .examples = 4 * 8192.0});
    };
    CHECK(close(step(attention_mask::full).value(), 1721e12, 3e-4));
    CHECK(close(step(attention_mask::causal).value(), 1510e12, 3e-4));
    transformer_shape one = gpt3;
    one.sequence_length = 1;
    const flop causal = transformer_layers(one).attention_scores;
    one.mask = attention_mask::full;
    CHECK(causal == transformer_layers(one).attention_scores);
}

TEST_CASE("GPT-3 by its shape agrees with 3.14e23 published, and grows with full attention and recomputation") {
    transformer_shape shape = gpt3;
    const transformer_cost causal = transformer_layers(shape);
    const flop run = training_flop({.forward = causal.forward(), .examples = 3e11});
    CHECK(close(run.value(), 3.14e23, 0.02));
    shape.mask = attention_mask::full;
    const flop full = transformer_layers(shape).forward();
    CHECK(close(training_flop({.forward = full, .examples = 3e11}).value(), 3.22e23, 0.005));
    CHECK(close(training_flop({.forward = full, .recomputed = full, .examples = 3e11}).value(), 4.29e23, 0.005));
    // Scores alone recomputed (Korthikanti et al. 2022): a few percent.
    const flop selective =
        training_flop({.forward = causal.forward(), .recomputed = causal.attention_scores, .examples = 3e11});
    CHECK(close(selective / run, 1 + causal.attention_scores / causal.forward() / 3, 1e-14));
}

// A peer prints the same feed-forward for top-1 in every layer and top-2 in every second one: it is 1.5 times as much.
TEST_CASE("experts in every second layer leave one feed-forward in the others") {
    transformer_shape shape{.layers = 24, .width = 1024, .heads = 16, .sequence_length = 1024, .experts = 64};
    const flop top_1 = transformer_layers(shape).feed_forward;
    transformer_shape dense = shape;
    dense.experts = 1;
    CHECK(transformer_layers(dense).feed_forward == top_1);
    CHECK(transformer_layers(dense).routers == flop(0));
    shape.experts_per_token = 2;
    CHECK(transformer_layers(shape).feed_forward == 2 * top_1);
    shape.expert_interval = 2;
    CHECK(transformer_layers(shape).feed_forward == 1.5 * top_1);
    CHECK(transformer_layers(shape).routers == flop(12 * 2 * 1024.0 * 64));
    shape.shared_experts = 1;
    CHECK(transformer_layers(shape).feed_forward == 2 * top_1);
    shape.layers = 25;  // the last has no experts
    CHECK(close(transformer_layers(shape).feed_forward / top_1, (13.0 + 12 * 3) / 24, 1e-15));
}

TEST_CASE("grouped-query attention saves projections of keys and values, not scores") {
    transformer_shape shape = gpt3;
    const transformer_cost all = transformer_layers(shape);
    shape.kv_heads = 12;
    const transformer_cost grouped = transformer_layers(shape);
    CHECK(grouped.attention_scores == all.attention_scores);
    CHECK(close(grouped.attention_projections / all.attention_projections, (1 + 1.0 / 8) / 2, 1e-15));
}

TEST_CASE("frozen layers: forward before, forward and gradients between; the base is added") {
    static_assert(training_flop({.forward = flop(1), .examples = 10}) == flop(30));
    static_assert(training_flop({.forward = flop(1), .frozen_before = flop(5), .examples = 10}) == flop(80));
    static_assert(training_flop({.forward = flop(1), .frozen_between = flop(5), .examples = 10}) == flop(130));
    static_assert(training_flop({.forward = flop(1), .recomputed = flop(1), .examples = 10, .epochs = 2}) == flop(80));
    static_assert(training_flop({.forward = flop(1), .examples = 10, .backward_to_forward = 1, .base = flop(7)}) ==
                  flop(27));
}

TEST_CASE("impossible shapes are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {0.0, -1.0, nan, infinity}) {
        CHECK_THROWS_AS(static_cast<void>(dense_layer(bad, 1)), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(dense_layer(1, bad)), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(recurrent_layer(recurrent_cell::gru, 1, bad)), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(convolution_layer({.height = bad})), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(training_flop({.forward = flop(1), .examples = bad})), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(training_flop({.forward = flop(1), .examples = 1, .epochs = bad})),
                        std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(training_flop({.forward = flop(bad), .examples = 1})), std::invalid_argument);
        transformer_shape shape = gpt3;
        shape.layers = bad;
        CHECK_THROWS_AS(static_cast<void>(transformer_layers(shape)), std::invalid_argument);
    }
    transformer_shape shape = gpt3;
    shape.kv_heads = 97;
    CHECK_THROWS_WITH_AS(static_cast<void>(transformer_layers(shape)),
                         "compute_divide::transformer_layers: kv_heads <= heads, got 97", std::invalid_argument);
    shape = gpt3;
    shape.experts_per_token = 2;
    CHECK_THROWS_WITH_AS(static_cast<void>(transformer_layers(shape)),
                         "compute_divide::transformer_layers: experts_per_token <= experts, got 2",
                         std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(backward_to_forward(flop(0), flop(0))), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(backward_to_forward(flop(-1), flop(2))), std::invalid_argument);
}

TEST_CASE("costs as JSON and as text") {
    CHECK(to_json(dense_layer(10, 20)) == R"({"parameters":200,"forward":400})");
    const transformer_cost cost = transformer_layers({.layers = 1, .width = 8, .heads = 2, .sequence_length = 3});
    CHECK(to_json(cost).starts_with(R"({"attention_projections":)" + to_json(cost.attention_projections)));
    CHECK(to_string(dense_layer(10, 20)) == "parameters  200\nforward     400 FLOP");
    CHECK(cost == transformer_layers({.layers = 1, .width = 8, .heads = 2, .sequence_length = 3}));
}
