// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_MODEL_DOMAIN_HPP
#define COMPUTE_DIVIDE_COMPUTE_MODEL_DOMAIN_HPP

#include <array>

#include <compute_divide/enumerators.hpp>

/// What a model is for, as far as its training compute depends on it.
namespace compute_divide::inline v0_2 {

/// What a model is for, as far as compute depends on it. (By Epoch's words: io/epoch_domains.hpp.)
enum class model_domain {
    language,
    vision,   ///< images and video
    biology,  ///< proteins, medicine
    games,    ///< and robotics
    other
};
[[nodiscard]] constexpr auto enumerators(model_domain) {
    using enum model_domain;
    using entry = named<model_domain>;
    return std::array{entry{language, "language"}, entry{vision, "vision", "images and video"},
                      entry{biology, "biology", "proteins and medicine"}, entry{games, "games", "games and robotics"},
                      entry{other, "other"}};
}

}  // namespace compute_divide::inline v0_2

#endif
