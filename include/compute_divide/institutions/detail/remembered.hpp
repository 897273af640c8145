// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REMEMBERED_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REMEMBERED_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <compute_divide/detail/compiler.hpp>

/// What was answered before, in a constant memory.
namespace compute_divide::inline v0_2::detail {

/// Answers to questions that are asked again and again, by a key that mixes all their bits: a word's kinds, a phrase's.
/// Each is at one slot, and asked anew where another has taken it. There are 64 slots at first, for one text, 16 times
/// as many whenever two answers a slot had to be asked for, up to 16,384: 256 kB of answers of eight bytes.
template <class Answer>
class remembered {
public:
    /// Forgets what was answered for another table than that of the fingerprint.
    void of(std::uint64_t fingerprint) {
        if (fingerprint == fingerprint_) return;
        slots_.clear();
        missed_ = 0;
        fingerprint_ = fingerprint;
    }

    template <class Ask>
    [[nodiscard]] Answer operator()(std::uint64_t key, Ask&& ask) {
        if (slots_.empty()) grow(least);
        slot* here = &slots_[key >> shift_];
        if (here->key != key || key == 0) {
            if (++missed_ > 2 * slots_.size() && slots_.size() < most) {
                grow(16 * slots_.size());
                here = &slots_[key >> shift_];
            }
            *here = {key, ask()};
        }
        return here->answer;
    }

    /// To be called with a key that will be asked for soon.
    void fetch(std::uint64_t key) const {
        if (!slots_.empty()) prefetch(&slots_[key >> shift_]);
    }

private:
    static constexpr std::size_t least = 64, most = 16'384;
    struct slot {
        std::uint64_t key = 0;
        Answer answer = {};
    };

    COMPUTE_DIVIDE_NO_INLINE void grow(std::size_t size) {
        slots_.assign(size, {});
        missed_ = 0;
        shift_ = 64 - static_cast<int>(std::bit_width(size - 1));
    }

    std::vector<slot> slots_;
    std::size_t missed_ = 0;
    int shift_ = 0;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
