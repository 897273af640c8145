// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/hardware_reader.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace compute_divide;

namespace {

constexpr std::nullopt_t none = std::nullopt;

struct stated {
    std::string_view chip;
    std::optional<double> count, hours, chip_hours = none;
};
struct row {
    std::string_view text;
    std::vector<stated> expected;
};

const hardware_reader& reader() {
    static const hardware_reader read;
    return read;
}

bool same(std::optional<double> a, std::optional<double> b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-9 * std::abs(*b));
}

void check(const std::vector<row>& rows) {
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto mentions = reader()(each.text);
        REQUIRE(mentions.size() == each.expected.size());
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            CAPTURE(i);
            CHECK(mentions[i].chip == each.expected[i].chip);
            CHECK(same(mentions[i].count, each.expected[i].count));
            CHECK(same(mentions[i].hours, each.expected[i].hours));
            CHECK(same(mentions[i].chip_hours, each.expected[i].chip_hours));
        }
    }
}

constexpr std::string_view a100 = "NVIDIA A100", a100_80 = "NVIDIA A100 SXM4 80 GB", v100 = "NVIDIA V100",
                           h100 = "NVIDIA H100 SXM5 80GB", t4 = "NVIDIA Tesla T4", tpu3 = "Google TPU v3",
                           tpu4 = "Google TPU v4", tpu5e = "Google TPU v5e", rtx3090 = "NVIDIA GeForce RTX 3090";

}  // namespace

TEST_CASE("how many chips") {
    check({
        {"The network was trained on 8 V100 GPUs.", {{v100, 8, none}}},
        {"The network was trained on eight V100s.", {{v100, 8, none}}},
        {"The network was trained on 8xV100.", {{v100, 8, none}}},
        {"The network was trained on 8x NVIDIA Tesla V100.", {{v100, 8, none}}},
        {"The network was trained on 8 \xC3\x97 V100.", {{v100, 8, none}}},
        {"The network was trained on $8\\times$ V100 cards.", {{v100, 8, none}}},
        {"The network was trained on V100 x 8.", {{v100, 8, none}}},
        {"The network was trained on V100 (8x).", {{v100, 8, none}}},
        {"The network was trained on 4 GPUs (NVIDIA V100).", {{v100, 4, none}}},
        {"Hardware: 1,024 A100 80GB GPUs for training", {{a100_80, 1024, none}}},
        {"The network was trained on V100 GPUs (128 in total).", {{v100, 128, none}}},
        {"Training used 48 * 8 A100s.", {{a100, 384, none}}},
        {"We fine-tuned on a single RTX 3090.", {{rtx3090, 1, none}}},
        {"We fine-tuned on an RTX 3090 GPU.", {{rtx3090, 1, none}}},
        {"We fine-tuned on RTX 3090 GPUs.", {{rtx3090, none, none}}},
        {"We fine-tuned on 16 GPUs.", {{"", 16, none}}},
        {"Pre-training ran on 64 nodes with 8 A100 GPUs each.", {{a100, 512, none}}},
        {"Pre-training ran on 64 nodes, each equipped with eight A100 GPUs.", {{a100, 512, none}}},
        {"Pre-training ran on 8 A100 GPUs per node and 64 nodes.", {{a100, 512, none}}},
        {"Pre-training ran on 64 A100 nodes, a total of 512 GPUs.", {{a100, 512, none}}},
        {"Pre-training ran on 4 DGX A100 nodes.", {{a100, 32, none}}},
        {"Pre-training ran on one 16xA100 machine.", {{a100, 16, none}}},
        {"We used a single \\href{https://example.org/3090}{NVIDIA V100 GPU} for training.", {{v100, 1, none}}},
        {"We used a single \\citep{someone2020} V100 for training.", {{v100, 1, none}}},
    });
}

TEST_CASE("a TPU's cores, chips and slices") {
    check({
        {"It was trained on a v3-512 pod slice of TPUs.", {{tpu3, 256, none}}},
        {"It was trained on a TPU v3-8.", {{tpu3, 4, none}}},
        {"It was trained on TPUv4-128.", {{tpu4, 64, none}}},
        {"It was trained on TPUv5e-256.", {{tpu5e, 256, none}}},  // one core a chip
        {"It was trained on 512 TPU v3 cores.", {{tpu3, 256, none}}},
        {"It was trained on a 512-core TPUv3.", {{tpu3, 256, none}}},
        {"It was trained on 512 TPU v4 chips.", {{tpu4, 512, none}}},
        {"A 4 \xC3\x97 4 slice of TPUv3 is used as its accelerator.", {{tpu3, 16, none}}},
        {"It was trained on a 4 x 4 x 8 slice of TPU v4.", {{tpu4, 128, none}}},
        {"It was trained on v3-8 x 2 TPUs for 3 days.", {{tpu3, 8, 72}}},
        {"v3-8*2 TPUs", {{tpu3, 8, none}}},
        {"We trained release v3-512 of the software.", {}},
    });
}

TEST_CASE("how long") {
    check({
        {"We trained on 8 V100s for three days.", {{v100, 8, 72}}},
        {"We trained for 3 days on 8 V100s.", {{v100, 8, 72}}},
        {"Training on 8 V100s took about two weeks.", {{v100, 8, 336}}},
        {"Training on 8 V100s took a week.", {{v100, 8, 168}}},
        {"Training on 8 V100s took one and a half days.", {{v100, 8, 36}}},
        {"Training on 8 V100s took half a day.", {{v100, 8, 12}}},
        {"Training on 8 V100s took 2 hours and 30 minutes.", {{v100, 8, 2.5}}},
        {"Training on 8 V100s took 2-4 days.", {{v100, 8, 72}}},
        {"Training on 8 V100s took 36h.", {{v100, 8, 36}}},
        {"Training on 8 V100s took 14 * 24 = 336 hours.", {{v100, 8, 336}}},
        {"8 V100s * 10 hours * 3600 s / hour * 0.3", {{v100, 8, 10}}},
        {"The models were trained on 8 V100s. Training took 3 days.", {{v100, 8, 72}}},
        {"Training took 3 days.", {{"", none, 72}}},
        {"Training took 20,480 GPU hours on H100s.", {{h100, none, none, 20480}}},
        {"Training took 1.5K A100-hours.", {{a100, none, none, 1500}}},
        {"Training took 10 GPU-days.", {{"", none, none, 240}}},
        {"Training took 100 TPU v3 core-hours.", {{tpu3, none, none, 50}}},
        {"Training took 96*14 A100-days.", {{a100, none, none, 96 * 14 * 24}}},
        {"We ran it on 8 V100s * 67 hours per Table 2.", {{v100, 8, 67}}},
        {"It took 21 hours on a V100.", {{v100, 1, 21}}},
        {"Fine-tuning took 6 hours on an M1 Max.", {{"Apple M1 Max", 1, 6}}},
        {"We drove 2 hours on the M1.", {}},
        {"It took 3 hours on the A100.", {}},
        {"Training took 3 hours per epoch over 3 epochs: 9 hours", {{"", none, 9}}},
        {"It took 3.3 hours of a single T4 or 8.75 hours of a single V100.", {{t4, 1, 3.3}, {v100, 1, 8.75}}},
    });
}

TEST_CASE("times without accelerators, and those that were calculated") {
    check({
        {"Training time: 3h", {{"", none, 3}}},
        {"A complete session required about four days of CPU time.", {{"", none, 96}}},
        {"It took 30 hours on a 16-core computer.", {{"", none, 30}}},
        {"15e6 steps * 0.025 seconds / step * 1/3600 hours / second = 104.2 hours", {{"", none, 104.2}}},
        {"4*35580000000000*0.4*18 hours=3688934400000000000", {{"", none, 18}}},
        {"1.7e18 FLOP\n6.5 hours (Table 3)", {{"", none, 6.5}}},
        {"24*5e13*0.3=3.8e+21\nabout seven weeks for the large one", {{"", none, 1176}}},
        {"98 MFLOP\n\"5 days\" from https://example.com/one/two/three/four/five/six/seven/eight", {{"", none, 120}}},
        {"2e22 FLOP\n460,000 hours * 3600 s", {}},
        {"The lead time = 24 hours is large.", {}},
        {"6.5 hours (Table 3)", {}},
        {"We write of the sea.\n6.5 hours (Table 3)", {}},
    });
}

TEST_CASE("what looks like a time") {
    check({
        {"Training on a V100 took 3 hours, 85\\% of 4 hours.", {{v100, 1, 3}}},
        {"A workstation (Ryzen 7 5800H) with an RTX 3090", {{rtx3090, 1, none}}},
        {"We trained on 8 V100s for 720h.", {{v100, 8, 720}}},
    });
}

TEST_CASE("hours that are not of computing") {
    check({
        {"The battery lasts 10 hours on a Jetson AGX Orin.", {{"NVIDIA Jetson AGX Orin 64GB", 1, none}}},
        {"We followed patients for 30 days and used one RTX 3090.", {{rtx3090, 1, none}}},
        {"Data was collected over 6 months and the model trained on 4 A100 GPUs.", {{a100, 4, none}}},
        {"Annotation took 200 hours and training used 8 V100 GPUs.", {{v100, 8, none}}},
        {"The robot collected data for 800 hours and was trained on 8 A100s.", {{a100, 8, none}}},
        {"Mortality within 30 days is predicted by a model trained on 2 V100 GPUs.", {{v100, 2, none}}},
        {"The model predicts the next 24 hours using a single V100.", {{v100, 1, none}}},
        {"We simulate 100 days on an A100 GPU.", {{a100, 1, none}}},
        {"A lecture of 90 minutes was encoded on one RTX 3090.", {{rtx3090, 1, none}}},
        {"Training data ranging from 100 to 2100 hours were used with 8 V100s.", {{v100, 8, none}}},
        {"A training dataset (> 100 h) was used on 8 V100s.", {{v100, 8, none}}},
        {"It was trained with a batch size of 3.5 hours on 64 V100s.", {{v100, 64, none}}},
        {"It was trained with 1 hour of training data on one V100.", {{v100, 1, none}}},
        {"Training with 99 minutes or less of transcribed data on one V100.", {{v100, 1, none}}},
        {"Training took 8.5 hours on 64 V100s per epoch.", {{v100, 64, none}}},
        {"One epoch takes 3 hours on 4 V100s.", {{v100, 4, none}}},
        {"The training time on 8 V100s is reduced by 12 days.", {{v100, 8, none}}},
        {"A checkpoint was released after 1 month of work with 8 A100s.", {{a100, 8, none}}},
        {"We train with a min-max loss on 4 V100s.", {{v100, 4, none}}},
        {"Training: 6 months * 30 days * 24 hours * 3600 seconds on 20 V100s", {{v100, 20, 4320}}},
    });
}

TEST_CASE("words for other hours beside those of computing") {
    check({
        {"It was trained on annotated data for 3 days on 8 V100s.", {{v100, 8, 72}}},
        {"The model was trained on the collected dataset for 3 days using 8 V100s.", {{v100, 8, 72}}},
        {"Fine-tuning on patient data took 3 hours on an A100.", {{a100, 1, 3}}},
        {"We train 3 days on the ImageNet dataset with 8 V100 GPUs.", {{v100, 8, 72}}},
        {"Training takes 12 hours on audio data with a single V100.", {{v100, 1, 12}}},
        {"It is followed by 3 days of fine-tuning on 8 V100 GPUs.", {{v100, 8, 72}}},
        {"It was trained for 300k steps (about 5 days) on 8 V100s.", {{v100, 8, 120}}},
        {"Pre-training on 3 months of logs took 2 days on 16 V100s.", {{v100, 16, 48}}},
        {"We trained with batch size 64, 210 hours on 8 V100 GPUs.", {{v100, 8, 210}}},
        {"It was trained for two-and-a-half days on 16 V100s.", {{v100, 16, 60}}},
        {"It needs 6-8 days of computation on a single V100.", {{v100, 1, 168}}},
    });
}

TEST_CASE("how long somebody had chips, limits, and when something was") {
    check({
        {"We rented 8 A100 GPUs for 3 months.", {{a100, 8, none}}},
        {"The cluster of 64 V100 GPUs was down for 2 days.", {{v100, 64, none}}},
        {"Our access to 128 A100 GPUs ended after 30 days.", {{a100, 128, none}}},
        {"The contract of 64 V100 GPUs is valid for 12 months.", {{v100, 64, none}}},
        {"We rented 8 A100s and trained for 3 days.", {{a100, 8, 72}}},
        {"We reserved 8 A100 GPUs for 5 days of training.", {{a100, 8, 120}}},
        {"On the idle node with 4 V100 GPUs we trained for 10 hours.", {{v100, 4, 10}}},
        {"Training was terminated after 5 days on 16 V100 GPUs.", {{v100, 16, 120}}},
        {"We use 8 V100 GPUs with a time limit of 48 hours.", {{v100, 8, none}}},
        {"We use a 48-hour window and 2 A100 GPUs.", {{a100, 2, none}}},
        {"With a limit of 48 hours per job, we trained for 5 days on 64 V100s.", {{v100, 64, 120}}},
        {"Models older than 6 months were removed and we trained on 8 A100 GPUs.", {{a100, 8, none}}},
        {"The 8 A100 GPUs were delivered two months before the deadline.", {{a100, 8, none}}},
        {"After 3 days on 8 V100 GPUs the model converged.", {{v100, 8, 72}}},
        {"We trained for 2 days before fine-tuning on 8 A100 GPUs.", {{a100, 8, 48}}},
        {"We trained on 8 A100 GPUs for 100 epochs, each of which takes 15 minutes.", {{a100, 8, none}}},
        {"We trained on 8 A100 GPUs for 100 epochs, with each taking 15 minutes.", {{a100, 8, none}}},
        {"Training for 100 epochs takes 2 days on 8 A100s.", {{a100, 8, 48}}},
    });
}

TEST_CASE("hours of chips, written otherwise") {
    check({
        {"GPU hours: 5120 on V100s", {{v100, none, none, 5120}}},
        {"Total V100 GPU hours: 5,120", {{v100, none, none, 5120}}},
        {"It cost few V100 GPU days (1656).", {{v100, none, none, 1656 * 24}}},
        {"97,120 hours of computation were performed on A100 GPUs.", {{a100, none, none, 97120}}},
        {"We used 58.000 GPU-hours on 240 V100s.", {{v100, 240, none}}},  // or 58,000
        {"400 V100 days ~ 9590 V100 hours", {{v100, none, none, 9600}}},
        {"The largest run of our many models required about 2000 V100\ndays of compute.", {{v100, none, none, 48000}}},
    });
}

TEST_CASE("a time that goes on another machine, or is another run's") {
    check({
        {"Preprocessing takes 5 hours on CPUs and training 2 days on 4 V100s.", {{"", none, 5}, {v100, 4, 48}}},
        {"Searches completed in about 30 hours on a desktop machine.", {{"", none, 30}}},
        {"Using 64 cores in 36 hours, the system learns a topic model.", {{"", none, 36}}},
        {"We trained on 512 V100s. The 3B model took 8 days to train. The 15B model took 60 days.",
         {{v100, 512, 192}, {"", none, 1440}}},
    });
}

TEST_CASE("a number is read with its whole expression, or not at all") {
    check({
        {"Training on 8 V100s took 1d 12h 30m.", {{v100, 8, 36.5}}},
        {"Training on 8 V100s took 2 d 5 h.", {{v100, 8, 53}}},
        {"Training on 8 V100s took 2h 15m 36s.", {{v100, 8, 2.26}}},
        {"Training on 8 V100s took 1 day, 7:30:00.", {{v100, 8, 31.5}}},
        {"Training on 8 V100s took 12:30 hours.", {{v100, 8, 12.5}}},
        {"Training on 8 V100s took an hour and a half.", {{v100, 8, 1.5}}},
        {"Training on 8 V100s took 1,3 days.", {{v100, 8, 31.2}}},
        {"Training on 8 V100s took 1,300 days.", {{v100, 8, 31200}}},
        {"Training on 8 V100s took .5 days.", {{v100, 8, 12}}},
        {"Training on 8 V100s took $10 \\pm 2$ hours.", {{v100, 8, 10}}},
        {"Training on 8 V100s took 14 x 24 hours.", {{v100, 8, 336}}},
        {"Training on 8 V100s took $1.3\\times10^{2}$ hours.", {{v100, 8, 130}}},
        {"Training took 10\xE2\x81\xB5 A100 GPU hours.", {{a100, none, none, 1e5}}},
        {"Training took 3.3 million A100 GPU-hours.", {{a100, none, none, 3.3e6}}},
        {"Training took half a GPU day.", {{"", none, none, 12}}},
        {"Training took 92 GPU years.", {{"", none, none, 92 * 8766}}},
        {"A dozen V100 GPUs trained it.", {{v100, 12, none}}},
        {"Training on two thousand V100 GPUs", {{v100, 2000, none}}},
        // no part of one
        {"Training on 8 V100s took 12 500 hours.", {{v100, 8, none}}},
        {"Training took 65, 536 GPU hours on V100s.", {{v100, none, none}}},
        {"Training on 8 V100s took 9/14 days.", {{v100, 8, none}}},
        {"Training on 8 V100s took 3 x 8 x 67 hours.", {{v100, 8, none}}},
        {"Training on 8 V100s took three quarters of an hour.", {{v100, 8, none}}},
        {"Training on V100 cards (~2000$)", {{v100, none, none}}},
        {"It takes 4 V100-hours per epoch.", {}},
        {"Our training saves more than 100 V100 hours.", {{v100, none, none}}},
        {"We used 10,000 CPU core hours for training.", {}},
        {"We trained on NVIDIA Volta 100 GPUs.", {}},
    });
}

TEST_CASE("bounds are kept beside the value") {
    const auto only = [](std::string_view text) {
        const auto mentions = reader()(text);
        REQUIRE(mentions.size() == 1);
        return mentions[0];
    };
    CHECK(only("Training took between 8 and 10 hours on a V100.").hours == 9);
    CHECK(only("Training took between 8 and 10 hours on a V100.").hours_bounds == stated_bounds{8, 10});
    CHECK(only("Training took 30 minutes to 2 hours on a V100.").hours_bounds == stated_bounds{0.5, 2});
    CHECK(only("Training took 10 \xC2\xB1 2 hours on a V100.").hours_bounds == stated_bounds{8, 12});
    CHECK(only("Training took less than a day on a V100.").hours_bounds == stated_bounds{none, 24});
    CHECK(only("Training took more than 3,000 GPU hours on V100s.").chip_hours_bounds == stated_bounds{3000, none});
    CHECK(only("Trained on up to 64 V100s.").count_bounds == stated_bounds{none, 64});
    CHECK(only("Trained on 4 to 8 V100s.").count_bounds == stated_bounds{4, 8});
    CHECK(only("Trained on 4 to 8 V100s.").count == none);
    CHECK(only("Trained on about 64 V100s for 3 days.").count_bounds == stated_bounds{});
}

TEST_CASE("another suffix is another chip") {
    for (const std::string_view text :
         {"We trained on one RTX 3080 Laptop GPU for 2 days.", "We trained on one RTX 3090 Max-Q for 2 days.",
          "We trained on one RTX 3090 Ada for 2 days."}) {
        CAPTURE(text);
        const auto mentions = reader()(text);
        REQUIRE(mentions.size() == 1);
        CHECK(mentions[0].hours == 48);
        CHECK(mentions[0].count == 1);
        CHECK((mentions[0].chip.empty() || mentions[0].chip.find("Laptop") != std::string_view::npos));
        CHECK(text.substr(mentions[0].chip_span.begin, 4) == "RTX ");
    }
}

TEST_CASE("machines, dies and clouds are counted in chips") {
    check({
        {"We trained on one DGX-1 for 3 days.", {{"", 8, 72}}},
        {"We trained on two DGX-2 for 3 days.", {{"", 32, 72}}},
        {"We trained on a p4d.24xlarge for 3 days.", {{a100, 8, 72}}},
        {"We trained on 4 p3.16xlarge instances for 3 days.", {{v100, 32, 72}}},
        {"We trained on 16 GB200 superchips for 3 days.", {{"NVIDIA GB200", 32, 72}}},
        {"We trained on two GB200 NVL72 for 3 days.", {{"NVIDIA GB200", 144, 72}}},
        {"We trained on 2 x 8 x A100 for 3 days.", {{a100, 16, 72}}},
        {"We trained on 16xA100 nodes (8 GPUs each) for 3 days.", {{a100, 128, 72}}},
        {"We trained on 9 dual-GPU servers for 3 days.", {{"", 18, 72}}},
        {"We trained on 256 MI250X GCDs for 10 days.", {{"AMD Radeon Instinct MI250X", 128, 240}}},
        {"We trained on an HGX A100 GPU for 3 days.", {{a100, 1, 72}}},
        {"We trained on MIG slices of two A100 for 3 days.", {{a100, none, 72}}},
        {"We trained on two 1g.5gb MIG instances of an A100 for 3 days.", {{a100, 2.0 / 7, 72}}},
        {"We trained on a 3g.20gb slice of an A100 for 3 days.", {{a100, 3.0 / 7, 72}}},
        {"We trained on a 3g.20gb and a 1g.5gb slice of an A100 for 3 days.", {{a100, none, 72}}},
        {"Training on one DGX-1 took 3 days and 5 days on a DGX A100.", {{"", 8, 72}, {a100, 8, 120}}},
    });
}

TEST_CASE("products joined, pods of TPUs, and what is no count of chips") {
    check({{"Trained on 2x8 A100 for 2 days.", {{a100, 16, 48}}},
           {"All models were trained on 4×8 NVIDIA A100 80GB GPUs over 10 days.", {{a100_80, 32, 240}}},
           {"Trained on 8x80GB A100 for 2 days.", {{a100, 8, 48}}},
           {"Trained on 2x8 GPUs for 2 days.", {{"", 16, 48}}},
           {"Trained on a 4x4 TPU v3 slice for 2 days.", {{tpu3, 16, 48}}},
           {"Trained on an 8x8x12 slice of TPU v4 for 2 days.", {{tpu4, 768, 48}}},
           {"Trained on 512x512 images with one A100 for 2 days.", {{a100, 1, 48}}},
           {"Trained with a 3x3 GPU kernel on 4 A100 for 2 days.", {{a100, 4, 48}}},
           {"Trained on one TPU v3 pod for 4 days.", {{tpu3, 1024, 96}}},
           {"Trained on a full TPU v4 pod for 4 days.", {{tpu4, 4096, 96}}},
           {"Trained on a TPU v3 pod for 4 days.", {{tpu3, none, 96}}},
           {"Trained on one TPU v3 pod slice for 4 days.", {{tpu3, none, 96}}},
           {"Trained on 6144 TPU v4 chips across two TPU v4 pods.", {{tpu4, 6144, none}}},
           {"Trained on a DGX SuperPOD with A100 for 2 days.", {{a100, none, 48}}},
           {"Trained on a DGX A100 SuperPOD for 2 days.", {{a100, none, 48}}},
           {"The run took 500 H100-equivalent hours.", {{h100, none, none}}},
           {"Training used 500 H100-equivalents.", {{h100, none, none}}},
           {"Training took 3 weeks on 512 A100 GPUs—equivalent to $0.5M.", {{a100, 512, 504}}},
           {"Training took 95h GPU time on A100.", {{a100, none, none, 95}}},
           {"It was trained in 95 hours of GPU time on A100.", {{a100, none, none, 95}}}});
}

TEST_CASE("several runs are kept apart") {
    check({
        {"We train the first stage on 8 A100 GPUs for 3 days and the second stage on 16 H100 GPUs for 12 hours.",
         {{a100, 8, 72}, {h100, 16, 12}}},
        {"Pre-training took 10 hours on 8 V100s. Fine-tuning took 2 hours on one T4.", {{v100, 8, 10}, {t4, 1, 2}}},
        {"On 4 V100s pre-training took 8 hours and fine-tuning 3 hours.", {{v100, 4, 8}, {v100, 4, 3}}},
        {"We used 5.4M V100 and 1.1M A100 GPU hours.", {{v100, none, none, 5.4e6}, {a100, none, none, 1.1e6}}},
        {"We used 8 V100 and 100 A100 GPU hours.", {{v100, none, none}, {a100, none, none, 100}}},
        {"We used 8 V100 GPUs and 100 A100 GPU hours.", {{v100, 8, none}, {a100, none, none, 100}}},
        {"We used 8 A100 80GB GPUs, 100 A100 GPU hours.", {{a100, 8, none, 100}}},
        {"We used 5.4M A100 GPUs for training.", {{a100, none, none}}},
    });
}

TEST_CASE("what it was used for") {
    const auto uses = [](std::string_view text) {
        std::string all;
        for (const hardware_mention& one : reader()(text)) all.append(name_of(one.use)).append(" ");
        return all;
    };
    CHECK(uses("We trained on 8 A100 GPUs.") == "training ");
    CHECK(uses("Experiments were run on 8 A100 GPUs.") == "training ");
    CHECK(uses("Inference on one A100 GPU takes 2 hours.") == "inference ");
    CHECK(uses("Training ran on eight V100s for three days; inference on a single T4.") == "training inference ");
    CHECK(uses("Training ran on eight V100s and inference on a single T4.") == "training inference ");
    CHECK(uses("The server has 8 A100 GPUs.") == "unknown ");
    CHECK(uses("The server has 8 A100 GPUs, as you can infer from the footnote.") == "unknown ");
}

TEST_CASE("utilisation and precision") {
    struct figures {
        std::string_view text;
        std::optional<double> utilisation;
        std::optional<number_format> format;
    };
    for (const figures& each : std::vector<figures>{
             {"Trained on 64 A100 GPUs in BF16 at an MFU of 57%.", 0.57, number_format::fp16_tensor},
             {"Trained on 64 A100 GPUs with 57.5% utilization.", 0.575, none},
             {"Trained on 64 A100 GPUs. We assume a utilisation rate of 0.4 in FP32.", 0.4, number_format::fp32},
             {"Trained on 64 H100 GPUs using fp8.", none, number_format::fp8},
             {"Trained on 64 A100 GPUs with 150% utilization.", none, none},
             {"Trained on 64 A100 GPUs with 90% memory utilization.", none, none}}) {
        CAPTURE(each.text);
        const auto mentions = reader()(each.text);
        REQUIRE(mentions.size() == 1);
        CHECK(same(mentions[0].utilisation, each.utilisation));
        CHECK((mentions[0].format == each.format));
    }
}

TEST_CASE("no hardware") {
    check({
        {"", {}},
        {"The A100 was closed for 3 days between exit 8 and Berlin.", {}},
        {"Table T4 lists our experiments.", {}},
        {"We fine-tuned it on a T4.", {{t4, 1, none}}},
        {"Drivers were trained on the A100 motorway.", {}},
        {"Self-driving cars were trained on V100s.", {{v100, none, none}}},
        {"Early exit networks were trained on 8 V100s.", {{v100, 8, none}}},
        {"She won the P100 m in 2 days.", {}},
        {"Titan, Saturn's largest moon, has an orbit of 16 days.", {}},
        {"He drove his Tesla for 3 hours on the A100.", {}},
        {"Take the T4 tram for 20 minutes.", {}},
        {"Mr Titan trained for 2 days a week.", {}},
        {"The journey took 3 days.", {}},
        {"A corpus of 10,000 hours of speech trained the recogniser.", {}},
        {"The forecast was trained for a 10-day lead time.", {}},
        {"We do not use any GPU.", {}},
        {"The GPU market grew.", {}},
        {"0 V100s, -4 V100s and 2.5 V100s in training", {{v100, none, none}}},
    });
}

TEST_CASE("spans are of the original bytes") {
    const std::string text =
        "Caf\xC3\xA9 \xE2\x80\x93 we trained on 64\xC2\xA0nodes with 8\xC3\x97 A100 each for 2 weeks, 40% MFU, bf16.";
    const auto mentions = reader()(text);
    REQUIRE(mentions.size() == 1);
    const hardware_mention& one = mentions[0];
    const auto piece = [&](text_span span) { return text.substr(span.begin, span.end - span.begin); };
    CHECK(one.count == 512);
    CHECK(piece(one.chip_span) == "A100");
    CHECK(piece(one.count_span) == "64\xC2\xA0nodes with 8");
    CHECK(piece(one.time_span) == "2 weeks");
    CHECK(piece(one.utilisation_span) == "40");
    CHECK(piece(one.format_span) == "bf16");
    CHECK(piece(one.span) == "64\xC2\xA0nodes with 8\xC3\x97 A100 each for 2 weeks, 40% MFU, bf16");
}

TEST_CASE("the user's own chips") {
    const std::vector<accelerator> own{{.name = "Acme Z9", .maker = "Acme", .aliases = "Z9"}};
    const hardware_reader read{accelerator_catalogue(own)};
    const auto mentions = read("We trained on 4 Z9 for 2 days and on 2 V100 GPUs.");
    REQUIRE(mentions.size() == 2);
    CHECK(mentions[0].chip == "Acme Z9");
    CHECK(mentions[0].count == 4);
    CHECK(mentions[1].chip == v100);
}

TEST_CASE("mentions of a long text are those of its parts, each handed over once and in order") {
    // Parts so far apart that none tells of another's hardware; lines within a part do.
    constexpr std::array<std::string_view, 6> parts{
        "We trained on 8 A100.\nIt took 12 hours.\nInference on one T4 took 20 minutes, and 3 hours on 4 V100 GPUs.",
        "Training took 3 days on one DGX-1 and 5 days on a DGX A100. Fine-tuning took 2 hours on a T4.",
        "In total 20,480 GPU hours were spent on A100s.",
        "Of 3 hours on 2 T4, 5 hours on 4 V100 and 7 hours on 8 A100 training took most.\nAt 40% MFU.",
        "No word of it.",
        "They took 2 days on 8 V100 to train, 3 hours on 1 T4 and 5 hours on 64 H100.\nOr 300 A100 GPU hours."};
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        std::vector<hardware_mention> expected;
        for (auto n = random() % 40; n > 0; --n) {
            const std::string_view part = parts[random() % parts.size()];
            for (hardware_mention each : reader()(part)) {
                for (text_span* const span : {&each.span, &each.chip_span, &each.count_span, &each.time_span,
                                              &each.utilisation_span, &each.format_span})
                    if (*span != text_span{}) *span = {span->begin + text.size(), span->end + text.size()};
                expected.push_back(each);
            }
            text += part;
            text += '\n' + std::string(600, '.') + '\n';
        }
        CHECK(reader()(text) == expected);
        std::vector<hardware_mention> handed;
        reader().for_each(text, [&](const hardware_mention& each) { handed.push_back(each); });
        CHECK(handed == expected);
    }
    // Of many mentions on one line, and of few behind them.
    std::string crowded;
    for (int i = 0; i < 3000; ++i) crowded += "Trained for 2 hours on 8 A100 and 3 hours on 4 V100. ";
    const std::size_t many = reader()(crowded).size();
    crowded += std::string(4000000, ' ') + "\nTrained for 9 hours on 2 T4.";
    CHECK(reader()(crowded).size() == many + 1);
}

TEST_CASE("a reader may be copied and moved") {
    hardware_reader first;
    const hardware_reader copy = first;
    const hardware_reader moved = std::move(first);
    for (const hardware_reader* read : {&copy, &moved}) CHECK((*read)("trained on 8 V100s").size() == 1);
}

TEST_CASE("10 MB on one line" * doctest::test_suite("long")) {
    const std::string_view sentence = "We trained it on 8 V100 GPUs for three days and wrote nothing else of note. ";
    std::string text;
    while (text.size() < 10'000'000) text += sentence;
    const auto mentions = reader()(text);
    CHECK(mentions.size() > 0);
    for (const hardware_mention& one : mentions) REQUIRE(one.chip == v100);
    std::string filler(10'000'000, 'x');
    CHECK(reader()(filler).empty());
    CHECK(reader()(std::string(10'000'000, '8')).empty());
    CHECK(reader()(std::string(10'000'000, ' ')).empty());
    filler += " trained on 8 V100 GPUs";
    CHECK(reader()(filler).size() == 1);
}

TEST_CASE("whatever the text, spans lie in it and mentions are in order") {
    const std::vector<std::string> words{
        "8",       "A100", "x",       "GPUs", "hours",    "3",         "days",    "(",       ")",    "-",         "=",
        "/",       "each", "v3-512",  "TPU",  "pod",      "nodes",     "with",    "trained", "a",    "%",         "MFU",
        ".",       ",",    "half",    "for",  "\xC3\x97", "\xFF",      "core",    "DGX",     "bf16", "\\times.3", ".5",
        "1,3",     "d",    "between", "and",  "to",       "10^",       "7:30:00", "Laptop",  "MIG",  "GCDs",      "$",
        "3g.20gb", "of",   "\n",      "1e9",  "GB",       "inference", "*",       ":"};
    std::mt19937 random(5);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto n = random() % 25; n > 0; --n) {
            text += words[random() % words.size()];
            if (random() % 5 != 0) text += ' ';
        }
        CAPTURE(text);
        std::size_t before = 0;
        for (const hardware_mention& one : reader()(text)) {
            REQUIRE(one.span.begin >= before);
            before = one.span.begin;
            REQUIRE(one.span.begin < one.span.end);
            REQUIRE(one.span.end <= text.size());
            for (const text_span& span :
                 {one.chip_span, one.count_span, one.time_span, one.utilisation_span, one.format_span})
                if (span != text_span{})
                    REQUIRE((span.begin >= one.span.begin && span.begin < span.end && span.end <= one.span.end));
            REQUIRE(one.count.has_value() == (one.count_span != text_span{}));
            REQUIRE((one.hours.has_value() || one.chip_hours.has_value()) == (one.time_span != text_span{}));
            if (one.count) REQUIRE(*one.count >= 1.0 / 7);  // a slice of a chip
            if (one.hours) REQUIRE(*one.hours > 0);
            if (one.utilisation) REQUIRE((*one.utilisation > 0 && *one.utilisation <= 1));
        }
    }
}
