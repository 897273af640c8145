// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_NAME_FEATURES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_NAME_FEATURES_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <compute_divide/random.hpp>

/// The features of a name that the model of types is learned from (learned_types.hpp): its words, and its runs of 3, 4
/// and 5 bytes, which see into words and across their borders.
namespace compute_divide::inline v0_2 {

/// Runs of 3, of 4 and of 5 bytes, and words: each kind is hashed into buckets of its own.
inline constexpr std::size_t name_feature_kinds = 4;
/// Into how many buckets features are hashed.
inline constexpr std::size_t name_feature_buckets = 8000;

namespace detail {

/// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4).
[[nodiscard]] constexpr std::size_t name_feature_bucket(std::uint64_t key) {
    return static_cast<std::size_t>((key * golden_gamma >> 32) * name_feature_buckets >> 32);
}

}  // namespace detail

/// Calls `use(kind, bucket)` for each feature of a name that is normalised (text/normalise.hpp), with a space before
/// and behind it: dots and apostrophes are dropped, everything else but letters and digits is one space. Kinds are
/// below `name_feature_kinds`, buckets below `name_feature_buckets`; a feature that occurs twice is told twice. Linear.
template <class Use>
constexpr void for_each_name_feature(std::string_view normalised, Use&& use) {
    std::uint64_t run = ' ';  // the last 8 bytes
    std::size_t length = 1;
    std::uint64_t word = 0;
    for (std::size_t i = 0; i <= normalised.size(); ++i) {
        const char read = i < normalised.size() ? normalised[i] : ' ';
        if (read == '.' || read == '\'') continue;
        const bool kept = (read >= 'a' && read <= 'z') || (read >= '0' && read <= '9') || read < '\0';
        const auto byte = static_cast<unsigned char>(kept ? read : ' ');
        if (byte == ' ' && (run & 0xFF) == ' ') continue;
        run = run << 8 | byte;
        ++length;
        if (length >= 3) use(std::size_t{0}, detail::name_feature_bucket(run & 0xFFFFFF));
        if (length >= 4) use(std::size_t{1}, detail::name_feature_bucket(run & 0xFFFFFFFF));
        if (length >= 5) use(std::size_t{2}, detail::name_feature_bucket(run & 0xFFFFFFFFFF));
        if (byte == ' ') {
            use(std::size_t{3}, detail::name_feature_bucket(word));
            word = 0;
        } else {
            word = (word ^ byte) * 0x100000001B3u;  // FNV-1a
        }
    }
}

}  // namespace compute_divide::inline v0_2

#endif
