// SPDX-License-Identifier: BSL-1.0
// Any bytes as a state, and any bytes as the content of a state with a right checksum: refused, or loaded, and then the
// same when saved and loaded again, and of use. The first byte chooses the accumulator, and which of both.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include <compute_divide/institutions/careers.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/io/work_ids.hpp>
#include <compute_divide/regression/clustered_scores.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/text/term_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

#include "require.hpp"
#include "support/sound.hpp"

using namespace compute_divide;

namespace {

template <class A>
std::string streamed(const A& accumulator) {
    std::ostringstream out;
    save(out, accumulator);
    return out.str();
}

/// What is no number in a result; of amounts beyond the doubles, which are infinite, in what is made of them.
template <class Result>
std::string wrong_in(const Result& result) {
    return test_support::unsound(result, "result");
}
template <class Key, class Owner>
std::string wrong_in(const owner_table<Key, Owner>& table) {
    return wrong_in(concentration_of_keys(table));
}

std::string wrong_in(const work_ids& ids) {
    return ids.ids().size() == ids.size() ? "" : "not as many ids as it says";
}

template <class A>
void try_to_load(std::string bytes, bool is_content, const A& empty) {
    if (is_content) bytes = detail::sealed(detail::type_of(empty), bytes);
    A loaded = empty, again = empty;
    try {
        std::istringstream in(bytes);
        load(in, loaded);
    } catch (const state_error&) {
        require(streamed(loaded) == streamed(empty));
        return;
    }
    const std::string whole = streamed(loaded);
    std::istringstream in(whole);
    load(in, again);
    require(streamed(again) == whole);
    load(saved(loaded), again);
    require(streamed(again) == whole);
    try {
        loaded.merge(again);
    } catch (const std::invalid_argument&) {  // more records than can be counted
        return;
    }
    try {
        const std::string wrong = wrong_in(loaded.result());
        if (!wrong.empty()) std::fprintf(stderr, "%s\n", wrong.c_str());
        require(wrong.empty());
    } catch (const std::invalid_argument&) {  // such as of scores of too few records
    }
}

struct several {
    std::map<std::string, moments> by_topic;
    std::vector<std::optional<std::vector<bool>>> bits;
    void merge(const several& other) {
        for (const auto& [topic, more] : other.by_topic) by_topic[topic].merge(more);
    }
    [[nodiscard]] std::size_t result() const { return by_topic.size(); }
    static auto state(auto& self) { return std::tie(self.by_topic, self.bits); }
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const least_squares_fit fit =
        fit_least_squares(std::vector<double>{1, 2, 3, 4}, std::vector<double>{1, 3, 2, 5});
    if (size == 0) return 0;
    const std::string bytes(data + 1, data + size);
    const bool is_content = data[0] % 2 == 0;
    switch (data[0] / 2 % 23) {
        case 0:
            try_to_load(bytes, is_content, tally<int, bool>{});
            break;
        case 1:
            try_to_load(bytes, is_content, tally<std::string, std::int8_t>{});
            break;
        case 2:
            try_to_load(bytes, is_content, tally<std::tuple<double, std::string>, double>{});
            break;
        case 3:
            try_to_load(bytes, is_content, moments{});
            break;
        case 4:
            try_to_load(bytes, is_content, least_squares(1));
            break;
        case 5:
            try_to_load(bytes, is_content, clustered_scores<std::string>(fit));
            break;
        case 6:
            try_to_load(bytes, is_content, term_counts{});
            break;
        case 7:
            try_to_load(bytes, is_content, clustered_successes<std::string>{});
            break;
        case 8:
            try_to_load(bytes, is_content, owner_amounts<int, std::string>{});
            break;
        case 9:
            try_to_load(bytes, is_content, owner_amounts<std::string, std::vector<int>>{});
            break;
        case 10:
            try_to_load(bytes, is_content, evaluation<std::int8_t>{});
            break;
        case 11:
            try_to_load(bytes, is_content, evaluation<std::string>{"none"});
            break;
        case 12:
            try_to_load(bytes, is_content, least_squares(2, {.intercept = false}));
            break;
        case 13:
            try_to_load(bytes, is_content, clustered_scores<int>(fit));
            break;
        case 14:
            try_to_load(bytes, is_content, clustered_successes<int>{});
            break;
        case 15:
            try_to_load(bytes, is_content, several{});
            break;
        case 16:
            try_to_load(bytes, is_content, share_counts{});
            break;
        case 17:
            try_to_load(bytes, is_content, log_trend_sums{});
            break;
        case 18:
            try_to_load(bytes, is_content, clustered_log_trend_sums<std::string>{});
            break;
        case 19:
            try_to_load(bytes, is_content, careers<int>{});
            break;
        case 20:
            try_to_load(bytes, is_content, careers<std::string>{});
            break;
        case 21:
            try_to_load(bytes, is_content, work_ids{});
            break;
        default:
            try_to_load(bytes, is_content, clustered_log_trend_sums<int>{});
    }
    return 0;
}
