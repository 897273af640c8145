// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_DOMAINS_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_DOMAINS_HPP

#include <array>
#include <string_view>

#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/enumerators.hpp>

/// How Epoch AI's tables of models write domains.
namespace compute_divide::inline v0_2 {

/// The domain of a model by Epoch's words: "Image generation" and "Video" are vision, "Robotics" is games, a word that
/// is not known is other. Of a list with commas between the first entry.
[[nodiscard]] constexpr model_domain model_domain_of_epoch(std::string_view domains) {
    constexpr std::array known{named<model_domain>{model_domain::language, "Language"},
                               named<model_domain>{model_domain::vision, "Vision"},
                               named<model_domain>{model_domain::vision, "Image generation"},
                               named<model_domain>{model_domain::vision, "Video"},
                               named<model_domain>{model_domain::vision, "Driving"},
                               named<model_domain>{model_domain::biology, "Biology"},
                               named<model_domain>{model_domain::biology, "Medicine"},
                               named<model_domain>{model_domain::games, "Games"},
                               named<model_domain>{model_domain::games, "Robotics"}};
    domains = domains.substr(0, domains.find(','));
    for (const auto& entry : known)
        if (entry.name == domains) return entry.value;
    return model_domain::other;
}

}  // namespace compute_divide::inline v0_2

#endif
