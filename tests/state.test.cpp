// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/state.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/regression/clustered_scores.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/text/term_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

#include "support/headers.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace cd = compute_divide;
using test_support::message_of, test_support::temporary_folder;

namespace {

template <class A>
std::string streamed(const A& accumulator) {
    std::ostringstream out;
    cd::save(out, accumulator);
    return out.str();
}
template <class A>
void load_bytes(const std::string& bytes, A& accumulator) {
    std::istringstream in(bytes);
    cd::load(in, accumulator);
}

/// What a load says of bytes, which it must refuse without touching the accumulator.
template <class A>
std::string refusal(const std::string& bytes, A accumulator) {
    const std::string before = streamed(accumulator);
    std::string message = "no error";
    try {
        load_bytes(bytes, accumulator);
    } catch (const cd::state_error& error) {
        message = error.what();
        if (!message.starts_with("compute_divide::load: ")) message += " (unlike an error of load)";
        message.erase(0, std::string_view("compute_divide::load: ").size());
    }
    CHECK(streamed(accumulator) == before);
    return message;
}

std::string from_hex(std::string_view hex) {
    std::string bytes;
    std::string digits;
    for (const char c : hex) {
        if (c == ' ') continue;
        digits += c;
        if (digits.size() < 2) continue;
        bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
        digits.clear();
    }
    return bytes;
}
std::string to_hex(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        hex += digits;
    }
    return hex;
}

/// A state of this accumulator's type with any content and the right checksum.
template <class A>
std::string state_with(const A& accumulator, const auto&... content) {
    std::string bytes;
    (cd::detail::append_bytes(bytes, content), ...);
    return cd::detail::sealed(cd::detail::type_of(accumulator), bytes);
}

/// Of two copies, one stays, one is saved and loaded again and again; of two halves, the loaded ones merge, too.
/// (One boolean: checks in a template are slow to compile.)
template <class A, class Add>
[[nodiscard]] bool travels(const A& empty, const Add& add) {
    bool same = true;
    A stayed = empty, travelled = empty, first = empty, second = empty;
    for (int i = 0; i < 300; ++i) {
        if (i % 10 == 0) {
            A loaded = empty;
            load_bytes(streamed(travelled), loaded);
            same = same && streamed(loaded) == streamed(travelled);
            A by_bytes = empty;
            cd::load(cd::saved(travelled), by_bytes);
            same = same && streamed(by_bytes) == streamed(travelled) && cd::saved(by_bytes) == cd::saved(travelled);
            travelled = std::move(i % 20 == 0 ? loaded : by_bytes);
        }
        add(stayed, i);
        add(travelled, i);
        add(i < 130 ? first : second, i);
    }
    same = same && streamed(travelled) == streamed(stayed) && travelled.result() == stayed.result();

    A loaded_first = empty, loaded_second = empty;
    load_bytes(streamed(first), loaded_first);
    load_bytes(streamed(second), loaded_second);
    first.merge(second);
    loaded_first.merge(loaded_second);
    return same && streamed(loaded_first) == streamed(first) && loaded_first.result() == first.result();
}

enum class team : signed char { academia = -5, industry = 7, both = 1 };
enum class plain_enum { a, b };

enum class kind { first, second };
[[maybe_unused]] constexpr auto enumerators(kind) {
    return std::array{cd::named<kind>{kind::first, "first"}, cd::named<kind>{kind::second, "second"}};
}

struct venue {  // a label of the user's own
    std::string name;
    int year = 0;
    auto operator<=>(const venue&) const = default;
    static auto state(auto& self) { return std::tie(self.name, self.year); }
};

template <class Category, class Key>
[[nodiscard]] bool tally_travels(Key (*key_of)(int)) {
    return travels(cd::tally<Key, Category>{}, [&](auto& counts, int i) {
        const Key key = key_of(i * 7919 % 23);
        const auto category = [i] {
            if constexpr (std::is_enum_v<Category>)
                return i % 2 == 0 ? team::academia : team::industry;
            else
                return std::string(static_cast<std::size_t>(i % 3), 'x');
        }();
        if (i % 5 == 0)
            counts.add(key, category, 1.0 / (1 + i % 7));
        else if (i % 11 == 0)
            counts.add_missing(key);
        else
            counts.add(key, category);
    });
}

std::string corrupted(std::string bytes, std::size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    return bytes;
}

}  // namespace

TEST_CASE("a tally travels, whatever its labels") {
    using namespace std::chrono;
    CHECK(tally_travels<team>(+[](int i) { return i; }));
    CHECK(tally_travels<team>(+[](int i) { return (std::int64_t{i} - 9) << 55; }));
    CHECK(tally_travels<team>(+[](int i) { return i % 2 == 0; }));
    CHECK(tally_travels<team>(+[](int i) { return i % 2 == 0 ? team::both : team::industry; }));
    CHECK(tally_travels<team>(+[](int i) { return std::string(static_cast<std::size_t>(3 * i), 'y'); }));
    CHECK(tally_travels<std::string>(+[](int i) { return static_cast<char>('a' + i); }));
    CHECK(tally_travels<std::string>(+[](int i) { return i / 7.0; }));
    CHECK(tally_travels<std::string>(+[](int i) { return year(2000 - 100 * i); }));
    CHECK(tally_travels<std::string>(+[](int i) { return sys_days(days(1000 - 100 * i)); }));
    CHECK(tally_travels<std::string>(
        +[](int i) { return year_month_day(year(2012), month(1 + static_cast<unsigned>(i) % 12), day(31)); }));
    // With a part that is not known in some: missing.
    CHECK(tally_travels<std::string>(
        +[](int i) { return std::tuple(i % 3 == 0 ? std::optional<int>() : std::optional(i), std::string("a")); }));
    CHECK(tally_travels<std::string>(+[](int i) { return std::pair(team::both, i % 2 == 0); }));
    CHECK(tally_travels<std::string>(+[](int i) { return std::vector<int>(static_cast<std::size_t>(i), i); }));
    CHECK(tally_travels<std::string>(+[](int i) { return venue{"ICML", i}; }));
}

TEST_CASE("a matrix that grew, with pairs hashed before it did") {
    CHECK(travels(cd::tally<int, int>{}, [](auto& counts, int i) {
        constexpr int keys[] = {0, 5'000'000, 50, 3000, -100, 7999};
        counts.add(keys[i % 6], i % 2, 1.0 / (1 + i));
    }));
}

TEST_CASE("moments, least squares, clustered scores and term counts travel") {
    CHECK(travels(cd::moments{}, [](auto& sums, int i) {
        if (i % 17 == 0)
            sums.add(std::optional<double>());
        else
            sums.add(1e6 + 1.0 / (1 + i));
    }));

    const auto add_row = [](auto& sums, int i) {
        const double x = 1.0 / (1 + i % 29), row[] = {x, i % 31 == 0 ? std::numeric_limits<double>::quiet_NaN() : i};
        sums.add(row, 3 * x - 0.1 * (i % 7), i % 5 == 0 ? 0.3 : 1);
    };
    CHECK(travels(cd::least_squares(2), add_row));
    CHECK(travels(cd::least_squares(2, {.intercept = false, .names = {"x", "i"}}), add_row));

    cd::least_squares sums(2);
    for (int i = 0; i < 300; ++i) add_row(sums, i);
    const auto fit = sums.result();
    REQUIRE(fit);
    const auto add_scores = [&](auto& scores, int i, const auto& cluster) {
        const double x = 1.0 / (1 + i % 29), row[] = {x, i % 31 == 0 ? std::numeric_limits<double>::quiet_NaN() : i};
        scores.add(row, 3 * x - 0.1 * (i % 7), cluster, i % 5 == 0 ? 0.3 : 1);
    };
    CHECK(travels(cd::clustered_scores<int>(fit), [&](auto& scores, int i) { add_scores(scores, i, i * i % 13); }));
    CHECK(travels(cd::clustered_scores<std::string>(fit),
                  [&](auto& scores, int i) { add_scores(scores, i, std::to_string(i * i % 13)); }));

    CHECK(travels(cd::clustered_successes<int>{}, [](auto& counted, int i) {
        if (i % 3 == 0)
            return counted.add(i % 7 == 0, std::optional<int>(i % 5 == 0 ? std::nullopt : std::optional(i)));
        counted.add(i % 2 == 0, std::vector{i % 11, 1000 - i % 90}, 1 + i % 4);
    }));

    CHECK(travels(cd::share_counts{}, [](auto& counts, int i) { counts.add(i % 3 == 0, i % 2 == 0 ? 1U : 2U); }));
    CHECK(travels(cd::log_trend_sums{}, [](auto& all, int i) {
        all.add(2010 + 0.1 * (i % 70), i % 9 == 0 ? std::numeric_limits<double>::quiet_NaN() : 1e3 + i * i);
    }));
    CHECK(travels(cd::clustered_log_trend_sums<std::string>{},
                  [](auto& all, int i) { all.add(2010 + 0.1 * (i % 70), 1e3 + i * i, std::to_string(i * i % 13)); }));

    const cd::term_set terms({{"gpu", 3}, {"compute*", 70'000}});
    const std::string texts[] = {"A GPU", "computer, compute, gpu", "none", "GPU gpu"};
    CHECK(travels(cd::term_counts{}, [&](auto& counts, int i) {
        if (i % 9 == 0)
            counts.add_missing();
        else
            counts.add(terms, std::string_view(texts[i % 4]));
    }));
}

namespace {

// An accumulator of several, with parts of every other kind, as a user writes it.
struct everything {
    cd::tally<int, kind> teams;
    std::map<std::string, cd::moments> by_topic;
    std::unordered_map<int, std::uint16_t> last;
    std::set<std::chrono::year> years;
    std::optional<cd::moments> last_moments;
    std::array<double, 2> sums = {};
    std::vector<bool> bits;
    std::vector<std::vector<float>> nested;
    bool grown = false;
    plain_enum which = plain_enum::a;

    void merge(const everything& other) {
        teams.merge(other.teams);
        for (const auto& [topic, more] : other.by_topic) by_topic[topic].merge(more);
        last.insert(other.last.begin(), other.last.end());
        years.insert(other.years.begin(), other.years.end());
        if (other.last_moments) last_moments = other.last_moments;
        for (std::size_t i = 0; i < 2; ++i) sums[i] += other.sums[i];
        bits.insert(bits.end(), other.bits.begin(), other.bits.end());
        nested.insert(nested.end(), other.nested.begin(), other.nested.end());
        grown = grown || other.grown;
    }
    [[nodiscard]] auto result() const { return std::tuple(teams.result(), last, years, sums, bits, nested, grown); }

    static constexpr std::string_view state_name = "everything";
    static auto state(auto& self) {
        return std::tie(self.teams, self.by_topic, self.last, self.years, self.last_moments, self.sums, self.bits,
                        self.nested, self.grown, self.which);
    }
};
static_assert(cd::saveable<everything> && cd::mergeable<everything>);

struct pointing {
    std::unique_ptr<int> far;
    static auto state(auto& self) { return std::tie(self.far); }
};
struct long_numbers {
    std::vector<long double> numbers;
    static auto state(auto& self) { return std::tie(self.numbers); }
};
static_assert(!cd::saveable<pointing> && !cd::saveable<long_numbers> && !cd::saveable<int>);

}  // namespace

TEST_CASE("a struct of several accumulators is one whose state is theirs") {
    CHECK(travels(everything{}, [](everything& all, int i) {
        all.teams.add(2000 + i % 9, i % 2 == 0 ? kind::first : kind::second);
        all.by_topic[std::to_string(i % 4)].add(i);
        if (i < 150) all.last[3] = static_cast<std::uint16_t>(i);
        all.years.insert(std::chrono::year(2000 + i % 9));
        if (i % 100 > 50) all.last_moments.emplace().add(i);
        all.sums[static_cast<std::size_t>(i % 2)] += 1.0 / (1 + i);
        all.bits.push_back(i % 3 == 0);
        all.nested.emplace_back(static_cast<std::size_t>(i % 3), 1.5F);
        all.grown = i > 100;
    }));
}

// Made by hand from the description in state.hpp; the checksum by a loop over bits in Python.
constexpr std::string_view golden_state =
    "63 64 73 74 61 74 65 0a"                                                  // cdstate\n
    "01 00 00 00"                                                              // format 1
    "2c 00 00 00"                                                              // 44 bytes of type
    "6d 6f 6d 65 6e 74 73 7b 75 36 34 20 75 36 34 20"                          // moments{u64 u64
    "7b 66 36 34 20 66 36 34 7d 20 7b 66 36 34 20 66 36 34 7d 20 66 36 34 20"  // {f64 f64} {f64 f64} f64
    "69 33 32 7d"                                                              // i32}
    "3c 00 00 00 00 00 00 00"                                                  // 60 bytes of content
    "02 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00"                          // n = 2, n_missing = 1
    "00 00 00 00 00 00 f8 3f 00 00 00 00 00 00 00 00"                          // mean = 1.5, and its rest
    "00 00 00 00 00 00 12 40 00 00 00 00 00 00 00 00"                          // m2 = 4.5, and its rest
    "00 00 00 00 00 00 00 00"                                                  // m3 = 0
    "00 00 00 00"                                                              // in units of 2^0
    "6b 0d 2a a7";                                                             // CRC-32C

TEST_CASE("the bytes of a small state, for good") {
    cd::moments made;
    made.add(0);
    made.add(3);
    made.add(std::optional<int>());
    const std::string golden = from_hex(golden_state);
    CHECK(to_hex(streamed(made)) == to_hex(golden));
    cd::moments loaded;
    load_bytes(golden, loaded);
    CHECK(loaded.result() == made.result());
    CHECK(cd::detail::checksum("123456789") == 0xE3069283);  // the check value of CRC-32C (RFC 3720, B.4: iSCSI)
}

// The same from the description of format 2; its fingerprints by whole numbers in Python (tests/reference/state.py).
constexpr std::string_view golden_bytes =
    "63 64 73 74 61 74 65 0a"                          // cdstate\n
    "02 00 00 00"                                      // format 2
    "07 6d 6f 6d 65 6e 74 73"                          // moments
    "13 6b 53 b7 f3 07 a4 32"                          // fingerprint of the type
    "02 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00"  // n = 2, n_missing = 1
    "00 00 00 00 00 00 f8 3f 00 00 00 00 00 00 00 00"  // mean = 1.5, and its rest
    "00 00 00 00 00 00 12 40 00 00 00 00 00 00 00 00"  // m2 = 4.5, and its rest
    "00 00 00 00 00 00 00 00"                          // m3 = 0
    "00 00 00 00"                                      // in units of 2^0
    "24 f9 64 08 c8 1a 45 4e";                         // fingerprint of all before

TEST_CASE("states as bytes: small, for good, and refused for what they are not") {
    cd::moments made;
    made.add(0);
    made.add(3);
    made.add(std::optional<int>());
    const std::string bytes = cd::saved(made);
    CHECK(to_hex(bytes) == to_hex(from_hex(golden_bytes)));
    cd::moments loaded;
    cd::load(bytes, loaded);
    CHECK(loaded.result() == made.result());
    std::istringstream in(bytes);  // a stream may have either format, and so may bytes
    cd::moments from_stream, from_first_format;
    cd::load(in, from_stream);
    CHECK(from_stream.result() == made.result());
    cd::load(from_hex(golden_state), from_first_format);
    CHECK(from_first_format.result() == made.result());

    const auto refused = [](const std::string& state, auto accumulator) {
        const std::string before = streamed(accumulator);
        const std::string said = message_of<cd::state_error>([&] {
            cd::load(state, accumulator);
            return 0;
        });
        CHECK(streamed(accumulator) == before);
        return said;
    };
    CHECK(refused("", loaded) != "no error");
    CHECK(refused("cdstate", loaded) != "no error");
    for (std::size_t size = 0; size < bytes.size(); ++size)  // cut anywhere
        CHECK(refused(bytes.substr(0, size), loaded).starts_with("compute_divide::load: "));
    CHECK(refused(bytes + "x", loaded) != "no error");
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {  // any bit changed
        std::string changed = bytes;
        changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
        CHECK(refused(changed, loaded) != "no error");
    }
    // Another type, by name, by members alone, and by shape.
    CHECK(refused(bytes, cd::term_counts{}) == "compute_divide::load: a state of term_counts, got one of moments");
    CHECK(refused(cd::saved(cd::tally<int, int>{}), cd::tally<int, std::string>{}) ==
          "compute_divide::load: a state of tally, got one of that name of another version, or of other types");
    CHECK(refused(cd::saved(cd::tally<int, kind>{}), cd::tally<int, team>{}) != "no error");
    CHECK(refused(cd::saved(cd::least_squares(3)), cd::least_squares(2)) ==
          "compute_divide::load: parts of one shape, got another in the content");
    CHECK(refused(cd::saved(cd::least_squares(1, {.names = {"x"}})), cd::least_squares(1, {.names = {"y"}})) !=
          "no error");
    CHECK(refused(cd::saved(cd::share_counts{}), cd::log_trend_sums{}) ==
          "compute_divide::load: a state of log_trend_sums, got one of share_counts");
}

TEST_CASE("a state of least squares has the rows that are not summed yet, and none after fold_rows") {
    cd::least_squares sums(1), folded(1);
    const auto add = [](auto& into, int i) {
        const double row[] = {0.1 * i};
        into.add(row, 1.0 / (1 + i), i % 7 == 0 ? 2 : 1);
    };
    for (int i = 0; i < 70; ++i) {
        add(sums, i);
        add(folded, i);
    }
    CHECK(cd::saved(sums).size() == 219 + 6 * 3 * 8);
    folded.fold_rows();
    CHECK(cd::saved(folded).size() == 219);
    CHECK(cd::saved(cd::least_squares(1)).size() == 219);
    cd::least_squares again(1);
    cd::load(cd::saved(folded), again);
    for (int i = 70; i < 200; ++i) {
        add(sums, i);
        add(again, i);
    }
    const auto expected = sums.result(), found = again.result();
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(found.coefficients[i] == doctest::Approx(expected.coefficients[i]).epsilon(1e-15));
        CHECK(found.standard_errors[i] == doctest::Approx(expected.standard_errors[i]).epsilon(1e-14));
    }
}

TEST_CASE("counts of clusters that have no label are refused") {
    const cd::clustered_successes<int> empty;
    const std::vector<std::uint32_t> no_counts;
    const std::vector<double> no_weights;
    const std::vector<std::vector<std::uint32_t>> no_sets;
    const std::vector<std::tuple<std::tuple<std::uint32_t>, double>> no_rest;
    const std::uint64_t none = 0, longest = 64;
    const auto with_counts = [&](const std::vector<std::uint32_t>& counts) {
        const auto sums = [&](const std::vector<std::uint32_t>& full) {
            return std::tuple(full, no_rest, none, longest, none, no_weights, no_rest, none, longest, none, none, 0.0,
                              none, none, 0.0, 0.0);
        };
        return state_with(empty, std::vector<int>{7, 8}, no_sets, sums(counts), sums(no_counts), none);
    };
    cd::clustered_successes<int> two;
    load_bytes(with_counts({3, 4}), two);
    CHECK(two.result().share.n == 7);
    CHECK(refusal(with_counts({3, 4, 1}), empty) != "no error");
}

TEST_CASE("types are told apart, by name, members, enumerators and shape") {
    using cd::detail::type_of;
    CHECK(type_of(cd::moments{}) == "moments{u64 u64 {f64 f64} {f64 f64} f64 i32}");
    CHECK(type_of(cd::tally<int, kind>{}) ==
          "tally{{{i32 i32} {enum<first=0 second=1> enum<first=0 second=1>} u32 u32 [{u64 u64 f64 f64}] "
          "{[((i32 enum<first=0 second=1>) {u64 u64 f64 f64})]}} {[((i32) u64)]} u64 u64}");
    CHECK(type_of(std::tuple<std::optional<std::string>, std::chrono::year, std::chrono::year_month_day>()) ==
          "(optional text date i16 date (i16 u8 u8))");
    CHECK(type_of(std::vector<std::pair<team, std::array<float, 3>>>()) == "[(enum i8 3 f32)]");
    CHECK(type_of(cd::least_squares(2, {.names = {"x", "y"}})).starts_with("least_squares(2, true, [\"x\" \"y\"]){"));

    const std::string state = streamed(cd::tally<int, kind>{});
    CHECK(refusal(state, cd::tally<int, plain_enum>{}).find("a state of tally{{{i32 i32} {enum ") == 0);
    CHECK(refusal(state, cd::moments{})
              .find("a state of moments{u64 u64 {f64 f64} {f64 f64} f64 i32}, got tally{{{i32") == 0);
    CHECK(refusal(streamed(cd::tally<std::int64_t, kind>{}), cd::tally<int, kind>{}).find("a state of tally{{{i32") ==
          0);
    CHECK(
        refusal(streamed(cd::least_squares(3)), cd::least_squares(2)).find("a state of least_squares(2, true, []){") ==
        0);
    CHECK(refusal(streamed(cd::least_squares(2, {.intercept = false})), cd::least_squares(2)).find("(2, false, []){") !=
          std::string::npos);
    const std::string names =
        refusal(streamed(cd::least_squares(2, {.names = {"x", "y"}})), cd::least_squares(2, {.names = {"y", "x"}}));
    CHECK(names.find("([\"y\" \"x\"]") == std::string::npos);
    CHECK(names.find("[\"y\" \"x\"]") != std::string::npos);
    CHECK(names.find("[\"x\" \"y\"]") != std::string::npos);
}

TEST_CASE("what is no whole state of this kind is refused, with what was expected and found") {
    cd::moments other;
    other.add(3);
    const std::string good = from_hex(golden_state);
    struct row {
        const char* what;
        std::string bytes, message;
    };
    std::string version = good;
    version[8] = 7;
    std::string long_type = good;
    long_type[15] = '\x7f';
    std::string endless = good;
    for (std::size_t i = 61; i < 68; ++i) endless[i] = '\xff';
    const row rows[] = {
        {"empty", "", "8 more bytes of the state, got its end after 0"},
        {"text", "year,team,n\n2012,a,3\n", "a state, which begins with \"cdstate\", got something else"},
        {"another format", version, "a state of format 1, got format 7"},
        {"absurd type", long_type, "a type in at most 1048576 bytes, got 2130706476"},
        {"absurd content", endless, "18446744073709551356 more bytes of the state, got its end after 132"},
        {"trailing byte", good + '\0', "nothing after the state, got more bytes"},
        {"state after state", good + good, "nothing after the state, got more bytes"}};
    for (const row& each : rows) {
        CAPTURE(each.what);
        CHECK(refusal(each.bytes, other) == each.message);
    }
    for (std::size_t size = 0; size < good.size(); ++size) {
        CAPTURE(size);
        CHECK(refusal(good.substr(0, size), other)
                  .ends_with(" more bytes of the state, got its end after " + std::to_string(size)));
    }
    for (std::size_t at = 0; at < good.size(); ++at) {
        CAPTURE(at);
        CHECK(refusal(corrupted(good, at), other) != "no error");
    }
    CHECK(refusal(corrupted(good, 70), other).find("checksum ") == 0);
}

namespace {

struct words {
    std::vector<std::string> text;
    std::set<int> years;
    bool open = false;
    static auto state(auto& self) { return std::tie(self.text, self.years, self.open); }
};
struct nothing {
    static auto state(auto&) { return std::tuple<>(); }
};
struct nothings {
    std::vector<nothing> all;
    static auto state(auto& self) { return std::tie(self.all); }
};

}  // namespace

TEST_CASE("content that makes no sense is refused, with a right checksum too, before memory is taken for it") {
    using std::uint64_t;
    constexpr uint64_t huge = uint64_t{1} << 62, one = 1, none = 0;
    const words empty;
    const std::pair<std::string, const char*> rows[] = {
        {state_with(empty, huge), "a size of at most 0 in the content, got 4611686018427387904"},
        {state_with(empty, one, huge), "a size of at most 0 in the content, got 4611686018427387904"},
        {state_with(empty, one), "a size of at most 0 in the content, got 1"},
        {state_with(empty, std::string("ab")), "8 more bytes of content, got 2"},
        {state_with(empty, none, none), "1 more bytes of content, got 0"},
        {state_with(empty, none, none, std::uint8_t{2}), "a yes or no of 0 or 1, got 2"},
        {state_with(empty, none, uint64_t{2}, 7, 7, false), "keys that differ, got one of them twice"},
        {state_with(empty, none, none, false, 'x'), "nothing after the content, got 1 bytes"}};
    for (const auto& row : rows) {
        CAPTURE(row.second);
        CHECK(refusal(row.first, empty) == row.second);
    }
    CHECK(refusal(state_with(nothings{}, one, 'x'), nothings{}) == "elements of at least a byte, got none");

    constexpr const char* disagree = "parts that agree, got others in the content";
    using text_tally = cd::tally<std::string, std::string>;
    const std::string x = "x";
    CHECK(refusal(state_with(text_tally{}, uint64_t{0}, uint64_t{2}, x, one, x, one, none, none), text_tally{}) ==
          disagree);
    using double_tally = cd::tally<double, double>;
    CHECK(
        refusal(state_with(double_tally{}, uint64_t{0}, one, std::numeric_limits<double>::quiet_NaN(), one, none, none),
                double_tally{}) == disagree);
    // A matrix of 2 x 2 cells that is said to have other rows, more rows, or a last row elsewhere.
    using matrix_tally = cd::tally<int, int>;
    const auto matrix = [&](int last, std::uint32_t n_rows, std::uint32_t n_columns, uint64_t cells) {
        std::string content;
        cd::detail::append_bytes(content, std::tuple(0, last, 0, 1, n_rows, n_columns, cells));
        content.append(cells * 32, '\0');
        cd::detail::append_bytes(content, std::tuple(none, none, none, none));
        return cd::detail::sealed(cd::detail::type_of(matrix_tally{}), content);
    };
    matrix_tally counts;
    CHECK_NOTHROW(load_bytes(matrix(1, 2, 2, 4), counts));
    for (const auto& bytes : {matrix(1, 2, 2, 3), matrix(2, 2, 2, 4), matrix(1, 4, 1, 4), matrix(1, 2, 2, 0),
                              matrix(4999, 5000, 2, 10'000), matrix(-1, 2, 2, 4)})
        CHECK(refusal(bytes, matrix_tally{}) == disagree);

    const cd::least_squares line(1);
    const auto products = [&](uint64_t columns, uint64_t row, uint64_t entries, std::size_t units = 4, int exponent = 0,
                              std::size_t weights = 0) {
        std::string content;
        cd::detail::append_bytes(content, std::tuple(one, true, none));
        cd::detail::append_bytes(content, std::vector<double>(columns * row));
        cd::detail::append_bytes(content, std::vector<double>(weights));
        cd::detail::append_bytes(content, entries);
        content.append(entries * 16, '\0');
        cd::detail::append_bytes(content, std::vector<int>(units, exponent));
        cd::detail::append_bytes(content, std::tuple(row, none));
        return cd::detail::sealed(cd::detail::type_of(line), content);
    };
    cd::least_squares loaded(1);
    CHECK_NOTHROW(load_bytes(products(3, 63, 6), loaded));
    CHECK_NOTHROW(load_bytes(products(3, 7, 6, 4, 0, 7), loaded));
    for (const auto& bytes :
         {products(2, 1, 6), products(3, 64, 6), products(3, 0, 5), products(3, 0, 9), products(4, 0, 10),
          products(3, 63, 6, 3), products(3, 63, 6, 4, 1), products(3, 63, 6, 4, 1600), products(3, 7, 6, 4, 0, 6)})
        CHECK(refusal(bytes, line) == disagree);
}

TEST_CASE("content that no records make is refused: weights, counts and numbers that do not fit each other") {
    constexpr const char* disagree = "parts that agree, got others in the content";
    constexpr double infinite = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    using std::uint64_t;
    constexpr uint64_t none = 0, one = 1;
    // moments: n, missing, mean, m2, m3, unit
    const auto of_moments = [&](uint64_t n, double mean, double m2, double m3, int unit) {
        return state_with(cd::moments{}, n, none, mean, 0.0, m2, 0.0, m3, unit);
    };
    cd::moments sums;
    CHECK_NOTHROW(load_bytes(of_moments(2, 1.5, 4.5, 0, 0), sums));
    for (const auto& bytes :
         {of_moments(2, nan, 4.5, 0, 0), of_moments(2, infinite, 4.5, 0, 0), of_moments(2, 1.5, -1, 0, 0),
          of_moments(2, 1.5, infinite, 0, 0), of_moments(2, 1.5, 4.5, nan, 0), of_moments(2, 1.5, 0, 1, 0),
          of_moments(1, 1.5, 4.5, 0, 0), of_moments(0, 1.5, 0, 0, -2000), of_moments(0, 0, 0, 0, 0),
          of_moments(2, 1.5, 4.5, 0, 7), of_moments(2, 1.5, 4.5, 0, -2000), of_moments(2, 1.5, 4.5, 0, 2000)})
        CHECK(refusal(bytes, cd::moments{}) == disagree);
    // tally: one cell: full, weighted, weight, squares; then keys of missing records, and two counts
    using text_tally = cd::tally<std::string, std::string>;
    const std::string x = "x";
    const auto of_tally = [&](uint64_t full, uint64_t weighted, double weight, double squares, uint64_t missing = 0) {
        return state_with(text_tally{}, one, x, x, full, weighted, weight, squares, none, missing, none);
    };
    text_tally counts;
    CHECK_NOTHROW(load_bytes(of_tally(3, 2, 3, 5), counts));
    for (const auto& bytes :
         {of_tally(3, 0, 3, 5), of_tally(3, 2, nan, 5), of_tally(3, 2, -3, 5), of_tally(3, 2, infinite, infinite),
          of_tally(3, 2, 3, 10), of_tally(3, 2, 3, 4), of_tally(3, 2, 1e150, 1e300), of_tally(3, 2, 1e-150, 1e-300),
          of_tally(3, 2, 0, 1), of_tally(~none, 0, 0, 0), of_tally(one << 61, 0, 0, 0, one << 62)})
        CHECK(refusal(bytes, text_tally{}) == disagree);
    // term counts: an id with texts and hits; then texts, missing
    const auto of_terms = [&](uint64_t texts, uint64_t hits, uint64_t n) {
        return state_with(cd::term_counts{}, one, std::uint32_t{7}, texts, hits, n, none);
    };
    cd::term_counts terms;
    CHECK_NOTHROW(load_bytes(of_terms(2, 3, 2), terms));
    for (const auto& bytes : {of_terms(3, 3, 2), of_terms(2, 1, 2), of_terms(0, 0, 2)})
        CHECK(refusal(bytes, cd::term_counts{}) == disagree);
    // owner amounts: one sum: its number, and parts of its amount, the least first; then keys of missing records, and
    // those without a key
    using amounts = cd::owner_amounts<int, std::string>;
    using parts = std::vector<double>;
    const auto of_amounts = [&](uint64_t n, const parts& amount, uint64_t missing = 0) {
        return state_with(amounts{}, one, 2024, x, n, amount, none, missing);
    };
    amounts owners;
    CHECK_NOTHROW(load_bytes(of_amounts(2, {0x1p-54, 3}), owners));
    CHECK_NOTHROW(load_bytes(of_amounts(2, {infinite}), owners));
    CHECK_NOTHROW(load_bytes(of_amounts(2, {}), owners));
    for (const auto& bytes :
         {of_amounts(0, {3}), of_amounts(2, {-3}), of_amounts(2, {nan}), of_amounts(2, {2, 3}), of_amounts(2, {3, 2}),
          of_amounts(2, {0, 3}), of_amounts(2, {nan, 3}), of_amounts(2, {1, infinite}), of_amounts(2, parts(41, 1.0)),
          of_amounts(~none, {3}), of_amounts(one << 61, {3}, one << 62)})
        CHECK(refusal(bytes, amounts{}) == disagree);
    // evaluations: the label of none; one cell of a true and a predicted set: full, weighted, weight, squares; the rest
    using strings = std::vector<std::string>;
    const cd::evaluation<std::string> without("none");
    const auto of_sets = [&](const strings& truth, const strings& predicted) {
        return state_with(without, std::optional<std::string>("none"), one, truth, predicted, one, none, 0.0, 0.0, none,
                          none, none);
    };
    auto evaluated = without;
    CHECK_NOTHROW(load_bytes(of_sets({"a", "b"}, {}), evaluated));
    for (const auto& bytes : {of_sets({"b", "a"}, {}), of_sets({"a"}, {"b", "b"}), of_sets({"none"}, {"a"})})
        CHECK(refusal(bytes, without) == disagree);
    // clustered successes: changed weights and numbers of clusters
    cd::clustered_successes<std::string> clusters;
    clusters.add(true, x, 2);
    clusters.add(false, std::optional<std::string>(), 3);
    std::string good;
    cd::detail::append_bytes(good, clusters);
    std::size_t refused = 0, taken = 0;
    for (std::size_t at = 0; at + 8 <= good.size(); ++at)
        for (const double number : {nan, infinite, -1.0}) {
            std::string bad = good;
            std::string bytes;
            cd::detail::append_bytes(bytes, number);
            bad.replace(at, 8, bytes);
            auto loaded = cd::clustered_successes<std::string>{};
            try {
                load_bytes(cd::detail::sealed(cd::detail::type_of(clusters), bad), loaded);
                ++taken;
                const auto result = loaded.result();
                CHECK((!result.share.value || std::isfinite(*result.share.value)));
            } catch (const cd::state_error&) {
                ++refused;
            }
        }
    CHECK(refused > 4 * taken);  // of text and counts other bytes may be as right
}

TEST_CASE("every accumulator's states are fuzzed") {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/fuzz/state.fuzz.cpp");
    const std::string targets{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(!targets.empty());
    std::size_t found = 0;
    test_support::for_each_header_line([&](const std::string&, std::string_view line) {
        const std::string name(test_support::identifier_after(line, "std::string_view state_name = \""));
        if (name.empty()) return;
        ++found;
        CAPTURE(name);
        CHECK((name == "file_identity" || targets.find("try_to_load(bytes, is_content, " + name) != targets.npos));
    });
    CHECK(found > 7);
}

TEST_CASE("equal content has equal bytes, whatever the order of adding and merging") {
    std::mt19937 random(5);
    std::vector<int> order(400);
    std::iota(order.begin(), order.end(), 0);
    const cd::term_set terms({{"gpu", 3}, {"compute*", 70'000}});
    const std::string texts[] = {"A GPU", "computer, compute, gpu", "none", "GPU gpu"};
    std::string first;
    for (int round = 0; round < 10; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        std::array<cd::tally<std::string, int>, 3> by_text;
        std::array<cd::tally<int, std::string>, 3> by_year;
        std::array<cd::term_counts, 3> counts;
        for (const int i : order) {
            const auto part = static_cast<std::size_t>(round + i * i) % 3;
            by_text[part].add(std::to_string(i % 37), i % 3);
            if (i % 5 == 0) by_text[part].add_missing(std::to_string(i % 41));
            by_year[part].add(2000 + i % 9, std::to_string(i % 4), i % 7);
            counts[part].add(terms, std::string_view(texts[i % 4]));
        }
        std::string bytes;
        const auto merged = [&bytes, round](auto& parts) {
            const auto at = [round](int i) { return static_cast<std::size_t>(round + i) % 3; };
            parts[at(0)].merge(parts[at(1)]);
            parts[at(0)].merge(parts[at(2)]);
            bytes += streamed(parts[at(0)]);
        };
        merged(by_text);
        merged(by_year);
        merged(counts);
        if (round == 0) first = bytes;
        CHECK(bytes == first);
    }
}

TEST_CASE("a stream that does not take the state, or cannot be read") {
    std::ofstream full("/dev/full", std::ios::binary);
    if (full) {
        std::string message;
        try {
            cd::save(full, cd::moments{});
        } catch (const std::ios_base::failure& error) {
            message = error.what();
        }
        CHECK(message.find("compute_divide::save: a stream that takes 132 bytes is required, got a failed write") == 0);
    }
    cd::moments sums;
    CHECK_THROWS_AS(cd::load_file("/", sums), std::system_error);
    CHECK_THROWS_AS(cd::save_file("/dev/null", sums), std::system_error);
}

namespace {

/// Files that would be larger fail to be written, as on a full disk.
struct file_size_limit {
    explicit file_size_limit(::rlim_t bytes) {
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const ::rlimit now{bytes, before.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &now) == 0);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;
    ~file_size_limit() { ::setrlimit(RLIMIT_FSIZE, &before); }

    ::rlimit before = {};
    void (*handler)(int) = std::signal(SIGXFSZ, SIG_IGN);  // so that writing fails instead of ending the program
};

}  // namespace

TEST_CASE("files: saved, replaced, refused by name") {
    const temporary_folder here;
    const std::string path = here.path / "counts.state";
    cd::tally<int, bool> counts, loaded;
    counts.add(2012, true);
    cd::save_file(path, counts);
    counts.add(2013, false);
    cd::save_file(path, counts);
    cd::load_file(path, loaded);
    CHECK(loaded.result() == counts.result());
    CHECK(here.files() == std::set<std::string>{"counts.state"});

    cd::moments other;
    std::string message;
    try {
        cd::load_file(path, other);
    } catch (const cd::state_error& error) {
        message = error.what();
    }
    CHECK(message.find("compute_divide::load: a state of moments{u64 u64 {f64 f64} {f64 f64} f64 i32}, got tally{") ==
          0);
    CHECK(message.ends_with(", in " + path));
    CHECK(message_of<std::system_error>([&] { cd::load_file(path + "x", other); }) ==
          "compute_divide::load_file: " + path + "x: No such file or directory");
    CHECK(message_of<std::system_error>([&] { cd::save_file(here.path / "none" / "x", other); }) ==
          "compute_divide::save_file: " + (here.path / "none" / "x").string() + ": No such file or directory");
    CHECK(message_of<std::system_error>([&] { cd::save_file(here.path, other); }) ==
          "compute_divide::save_file: " + here.path.string() + ": Is a directory");
}

TEST_CASE("a full disk: an error that names the file, the old state intact, nothing left") {
    const temporary_folder here;
    const std::string path = here.path / "counts.state";
    cd::tally<int, int> small, large, loaded;
    small.add(1, 1);
    for (int i = 0; i < 1000; ++i) large.add(i, i % 2);
    cd::save_file(path, small);
    {
        const file_size_limit limit(1000);
        CHECK(message_of<std::system_error>([&] { cd::save_file(path, large); }) ==
              "compute_divide::save_file: " + path + ": File too large");
        CHECK(message_of<std::system_error>([&] { cd::save_file(path + ".new", large); }) ==
              "compute_divide::save_file: " + path + ".new: File too large");
    }
    CHECK(here.files() == std::set<std::string>{"counts.state"});
    cd::load_file(path, loaded);
    CHECK(loaded.result() == small.result());
}

TEST_CASE("what a killed writer left beside is neither read nor overwritten") {
    const temporary_folder here;
    const std::string path = here.path / "counts.state";
    std::ofstream(path + ".partial0") << "half a sta";
    cd::moments sums, loaded;
    sums.add(3);
    cd::save_file(path, sums);
    cd::load_file(path, loaded);
    CHECK(loaded.result() == sums.result());
    CHECK(here.files() == std::set<std::string>{"counts.state", "counts.state.partial0"});
}

TEST_CASE("a writer killed at any moment leaves the old state or the new one, whole") {
    const char* const asked = std::getenv("COMPUTE_DIVIDE_KILLS");  // more than a test usually has the time for
    const int kills = asked ? std::atoi(asked) : 10;
    const temporary_folder here;
    const std::string path = here.path / "counts.state";
    cd::tally<int, int> counts;
    for (int i = 0; i < 20'000; ++i) counts.add(i, i % 2);
    cd::save_file(path, counts);
    std::mt19937 random(11);
    for (int kill = 0; kill < kills; ++kill) {
        CAPTURE(kill);
        const ::pid_t writer = ::fork();
        REQUIRE(writer >= 0);
        if (writer == 0)
            for (;;) {
                counts.add(0, 0);
                cd::save_file(path, counts);
            }
        std::this_thread::sleep_for(std::chrono::microseconds(1000 + random() % 30'000));
        REQUIRE(::kill(writer, SIGKILL) == 0);
        REQUIRE(::waitpid(writer, nullptr, 0) == writer);
        cd::tally<int, int> loaded;
        CHECK_NOTHROW(cd::load_file(path, loaded));
        // Those of the start, and one more for each time that it was saved since.
        const auto table = loaded.result();
        CHECK(table.size() == 20'000);
        std::uint64_t n = 0;
        for (const auto& row : table) n += row.n;
        CHECK(n >= 20'000);
        CHECK(n == 19'999 + table.find(0)->n);
    }
}
