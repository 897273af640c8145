// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_WORK_IDS_HPP
#define COMPUTE_DIVIDE_IO_WORK_IDS_HPP

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <boost/sort/spreadsort/integer_sort.hpp>
#include <roaring/roaring.hh>

#include <compute_divide/detail/algorithms.hpp>

namespace roaring {}  // namespace roaring

/// Which works were seen: ids of OpenAlex as a compressed set of numbers. Needs CRoaring.
///
///     work_ids seen;
///     for (const openalex_work& work : works)
///         if (const auto id = openalex_number(work.id, 'W'); id && seen.insert(*id)) count(work);  // each once
namespace compute_divide::inline v0_2 {

/// The number of an id: 2741809807 of "W2741809807" for the letter 'W'. Empty where it is none: another letter, no
/// digits, more than digits, or a number of 2^64 or more.
[[nodiscard]] inline std::optional<std::uint64_t> openalex_number(std::string_view id, char letter) {
    std::uint64_t number = 0;
    if (!id.starts_with(letter)) return std::nullopt;
    const char* const end = id.data() + id.size();
    const auto [at, error] = std::from_chars(id.data() + 1, end, number);
    return error == std::errc{} && at == end ? std::optional(number) : std::nullopt;
}

namespace detail::croaring {
using namespace ::roaring;  // where newer versions have what older ones have in no namespace
using set = Roaring;
}  // namespace detail::croaring

/// A set of numbers below 2^64. Of n numbers that lie in b blocks of 65,536 it takes at most 2 bytes a number, 8 KB a
/// full block, and some 20 bytes a block: of 500 million ids below 7.5e9 at most 0.94 GB, wherever they lie, and 2 MB
/// of those that came last. Its state is as large; the bytes are the same on any machine and in whatever order the ids
/// came. Exact: no hashing.
class work_ids {
public:
    work_ids() = default;
    /// Of ids in any order, also some of them twice: many times faster than to insert each, which takes microseconds
    /// where ids are scattered.
    explicit work_ids(std::vector<std::uint64_t> ids) : listed_(std::move(ids)) {
        boost::sort::spreadsort::integer_sort(listed_.begin(), listed_.end());
        listed_.erase(std::unique(listed_.begin(), listed_.end()), listed_.end());
    }

    /// Whether the id is new.
    bool insert(std::uint64_t id) {
        put_listed();
        return put(id);
    }
    /// Whether the id is in the set.
    [[nodiscard]] bool contains(std::uint64_t id) const {
        if (std::binary_search(listed_.begin(), listed_.end(), id)) return true;
        return in_sets(id);
    }
    /// Cost: to look up up to a quarter of a million ids.
    [[nodiscard]] std::uint64_t size() const {
        if (n_ == 0) return listed_.size();
        return n_ +
               static_cast<std::uint64_t>(detail::count_if(listed_, [this](std::uint64_t id) { return !in_sets(id); }));
    }
    [[nodiscard]] bool empty() const { return n_ == 0 && listed_.empty(); }
    /// In ascending order.
    [[nodiscard]] std::vector<std::uint64_t> ids() const {
        std::vector<std::uint64_t> all;
        for_each([&](std::uint64_t id) { all.push_back(id); });
        return all;
    }
    /// The least.
    [[nodiscard]] std::optional<std::uint64_t> first() const {
        if (empty()) return std::nullopt;
        std::uint64_t least = listed_.empty() ? std::numeric_limits<std::uint64_t>::max() : listed_.front();
        if (!halves_.empty()) {
            const auto& [upper, half] = *halves_.begin();
            least = std::min(least, std::uint64_t{upper} << 32U | half.minimum());
        }
        return least;
    }
    /// Calls use(id) for each, in ascending order.
    template <class Use>
    void for_each(Use use) const {
        auto listed = listed_.begin();
        const auto up_to = [&](std::uint64_t id) {
            for (; listed != listed_.end() && *listed < id; ++listed) use(*listed);
        };
        for (const auto& [upper, half] : halves_) {
            auto call = [&, first = std::uint64_t{upper} << 32U](std::uint32_t lower) {
                up_to(first | lower);
                if (listed != listed_.end() && *listed == (first | lower)) ++listed;  // is in both
                use(first | lower);
            };
            half.iterate(
                [](std::uint32_t lower, void* to) {
                    (*static_cast<decltype(call)*>(to))(lower);
                    return true;
                },
                &call);
        }
        for (; listed != listed_.end(); ++listed) use(*listed);
    }
    /// Those that both have. Cost: of the smaller.
    [[nodiscard]] work_ids common_with(const work_ids& other) const {
        work_ids common;
        if (!listed_.empty() || !other.listed_.empty()) {
            const bool is_smaller = n_ + listed_.size() <= other.n_ + other.listed_.size();
            const work_ids& larger = is_smaller ? other : *this;
            (is_smaller ? *this : other).for_each([&](std::uint64_t id) {
                if (larger.contains(id)) common.listed_.push_back(id);
            });
            return common;
        }
        for (const auto& [upper, half] : halves_) {
            const auto theirs = other.halves_.find(upper);
            if (theirs == other.halves_.end()) continue;
            detail::croaring::set both = half & theirs->second;
            const std::uint64_t n = both.cardinality();
            if (n == 0) continue;
            common.n_ += n;
            common.halves_.emplace(upper, std::move(both));
        }
        return common;
    }
    /// Adds all of another.
    void merge(const work_ids& more) {
        if (&more == this || more.empty()) return;
        if (empty()) {
            *this = more;
        } else if (more.halves_.empty()) {
            std::vector<std::uint64_t> all;
            all.reserve(listed_.size() + more.listed_.size());
            std::set_union(listed_.begin(), listed_.end(), more.listed_.begin(), more.listed_.end(),
                           std::back_inserter(all));
            listed_ = std::move(all);
            if (listed_.size() > most_pending) put_listed();
        } else {
            put_listed();
            if (more.n_ + more.listed_.size() < few) return more.for_each([this](std::uint64_t id) { put(id); });
            for (const auto& [upper, half] : more.halves_) halves_[upper] |= half;
            put_many(more.listed_, halves_);
            count();
        }
    }
    /// Takes all of another away.
    void remove(const work_ids& others) {
        if (&others == this) {
            *this = {};
            return;
        }
        std::erase_if(listed_, [&](std::uint64_t id) { return others.contains(id); });
        sets listed;
        put_many(others.listed_, listed);
        for (const sets* const all : {&others.halves_, &std::as_const(listed)})
            for (const auto& [upper, half] : *all)
                if (const auto mine = halves_.find(upper); mine != halves_.end()) {
                    mine->second -= half;
                    if (mine->second.isEmpty()) halves_.erase(mine);  // so that each half has numbers
                }
        count();
    }
    [[nodiscard]] const work_ids& result() const { return *this; }
    /// Of memory, about.
    [[nodiscard]] std::uint64_t bytes() const {
        std::uint64_t sum = listed_.capacity() * sizeof(std::uint64_t);
        for (const auto& [upper, half] : halves_) sum += half.getSizeInBytes() + sizeof half;
        return sum;
    }
    friend bool operator==(const work_ids& a, const work_ids& b) {
        if (a.listed_.empty() && b.listed_.empty()) return a.n_ == b.n_ && a.halves_ == b.halves_;
        const std::uint64_t n = a.size();
        return n == b.size() && n == a.common_with(b).size();
    }

    static constexpr std::string_view state_name = "work_ids";
    /// For each block of 65,536 numbers that is not empty: its number in 6 bytes, how many it holds less 1 in 2, and
    /// these: their last 16 bits in ascending order where they are at most 4,096, else a bit each; little-endian.
    [[nodiscard]] std::string packed() const {
        std::string bytes;
        std::vector<std::uint16_t> block;
        std::uint64_t key = 0;
        const auto flush = [&] {
            if (block.empty()) return;
            append(bytes, key, 6);
            append(bytes, block.size() - 1, 2);
            if (block.size() <= most_listed) {
                for (const std::uint16_t each : block) append(bytes, each, 2);
            } else {
                const std::size_t first = bytes.size();
                bytes.resize(first + block_bytes);
                for (const std::uint16_t each : block)
                    bytes[first + each / 8] = static_cast<char>(bytes[first + each / 8] | 1 << each % 8);
            }
            block.clear();
        };
        for_each([&](std::uint64_t id) {
            if (id >> 16U != key) flush();
            key = id >> 16U;
            block.push_back(static_cast<std::uint16_t>(id));
        });
        flush();
        return bytes;
    }
    /// False, and no ids, where the bytes are not those of a set.
    [[nodiscard]] bool unpack(const std::string& bytes) {
        *this = {};
        std::string_view left = bytes;
        std::optional<std::uint64_t> before;
        std::vector<std::uint32_t> block;
        while (!left.empty()) {
            if (left.size() < 8) return fail();
            const std::uint64_t key = number(left, 6);
            const std::size_t n = number(left, 2) + 1, size = n <= most_listed ? 2 * n : block_bytes;
            if (left.size() < size || (before && key <= *before)) return fail();
            before = key;
            block.clear();
            const auto base = static_cast<std::uint32_t>(key << 16U);
            if (n <= most_listed) {
                for (std::size_t i = 0; i < n; ++i) {
                    const auto value = base | static_cast<std::uint32_t>(number(left, 2));
                    if (!block.empty() && value <= block.back()) return fail();
                    block.push_back(value);
                }
            } else {
                for (std::uint32_t word = 0; word < block_bytes / 8; ++word)
                    for (std::uint64_t bits = number(left, 8); bits != 0; bits &= bits - 1)
                        block.push_back(base | (64 * word + static_cast<std::uint32_t>(std::countr_zero(bits))));
                if (block.size() != n) return fail();
            }
            halves_[static_cast<std::uint32_t>(key >> 16U)].addMany(block.size(), block.data());
        }
        count();
        return true;
    }

private:
    static constexpr std::size_t most_listed = 4096, block_bytes = 8192;
    static constexpr std::uint64_t few = 1000;  // which are put in one by one faster than by a walk over all blocks
    // A block that is new is put between those there, which all move: many at a time are faster.
    static constexpr std::size_t most_pending = std::size_t{1} << 18;
    using sets = std::map<std::uint32_t, detail::croaring::set>;

    static std::uint32_t high(std::uint64_t id) { return static_cast<std::uint32_t>(id >> 32U); }
    static std::uint32_t low(std::uint64_t id) { return static_cast<std::uint32_t>(id); }
    static void append(std::string& to, std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i) to += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    }
    static std::uint64_t number(std::string_view& left, std::size_t size) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(left[i])} << (8 * i);
        left.remove_prefix(size);
        return value;
    }
    bool put(std::uint64_t id) {
        const bool is_new = halves_[high(id)].addChecked(low(id));
        n_ += is_new ? 1 : 0;
        return is_new;
    }
    [[nodiscard]] bool in_sets(std::uint64_t id) const {
        const auto half = halves_.find(high(id));
        return half != halves_.end() && half->second.contains(low(id));
    }
    /// Puts ids in ascending order into sets, which grow less in memory than by `|=`.
    static void put_many(const std::vector<std::uint64_t>& ids, sets& to) {
        std::vector<std::uint32_t> lower;
        for (auto at = ids.begin(); at != ids.end(); lower.clear()) {
            const std::uint32_t upper = high(*at);
            for (; at != ids.end() && high(*at) == upper; ++at) lower.push_back(low(*at));
            to[upper].addMany(lower.size(), lower.data());
        }
    }
    /// Puts what is listed into the sets: one by one; where they are few, or have many for each block, by a union,
    /// which makes all blocks anew.
    void put_listed() {
        if (listed_.empty()) return;
        const bool has_few = n_ < 4 * listed_.size();
        if (n_ == 0 || (!has_few && !is_dense(listed_))) {
            put_many(listed_, halves_);
        } else {
            sets listed;
            put_many(listed_, listed);
            for (const auto& [upper, half] : listed) {
                auto& mine = halves_[upper];
                if (has_few)
                    mine = mine | half;
                else
                    mine |= half;
            }
        }
        std::vector<std::uint64_t>().swap(listed_);
        count();
    }
    [[nodiscard]] static bool is_dense(const std::vector<std::uint64_t>& ids) {
        std::size_t blocks = 0;
        std::uint64_t before = 0;
        for (const std::uint64_t id : ids)
            if (std::exchange(before, id >> 16U) != id >> 16U) ++blocks;
        return ids.size() > 10 * blocks;
    }
    void count() {
        n_ = 0;
        for (const auto& [upper, half] : halves_) n_ += half.cardinality();
    }
    bool fail() {
        *this = {};
        return false;
    }

    std::vector<std::uint64_t> listed_;  // in ascending order, until there are enough to be put into the sets
    sets halves_;                        // by the upper 32 bits the lower ones; may have what is listed, too
    std::uint64_t n_ = 0;                // in the sets
};

}  // namespace compute_divide::inline v0_2

#endif
