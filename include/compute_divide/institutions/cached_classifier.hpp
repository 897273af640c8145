// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_CACHED_CLASSIFIER_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_CACHED_CLASSIFIER_HPP

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/institutions/affiliation.hpp>
#include <compute_divide/institutions/classifier.hpp>

/// A classifier for records in which the same affiliations come again and again, as those of an institution's works do.
namespace compute_divide::inline v0_2 {

/// How much a cached classifier remembers.
struct cached_classifier_options {
    std::size_t capacity = 20'000;   ///< affiliations at least that are remembered, and at most twice as many
    std::size_t longest_text = 400;  ///< bytes; longer texts, which hardly come again, are classified anew
};

/// Gives the answers of a classifier, each text classified once where less than `capacity` other ones have come since.
/// Not to be shared: each thread has one of its own, all of them over one classifier.
///
///     const classifier shared;
///     cached_classifier who(shared);                     // in each thread
///     who("Inria Paris").sectors;                        // {facility}
class cached_classifier {
public:
    /// The classifier must outlive this. Throws std::invalid_argument for a capacity of 0.
    explicit cached_classifier(const classifier& who, cached_classifier_options options = {})
        : who_(&who), options_(options) {
        detail::require(options.capacity > 0, "cached_classifier", "a capacity of 1 or more", options.capacity);
    }
    explicit cached_classifier(classifier&&, cached_classifier_options = {}) = delete;  // would not outlive this

    /// What `classifier` says of the text. The answer lives until the next call. O(1) a text that is remembered.
    [[nodiscard]] const affiliation& operator()(const std::string& text) {
        if (text.size() > options_.longest_text) return last_ = (*who_)(text, memory_);
        if (const auto known = newer_.find(text); known != newer_.end()) return known->second;
        if (newer_.size() == options_.capacity) {
            older_.swap(newer_);
            newer_.clear();
        }
        if (auto known = older_.extract(text)) return newer_.insert(std::move(known)).position->second;
        return newer_.emplace(text, (*who_)(text, memory_)).first->second;
    }

    /// Affiliations that are remembered.
    [[nodiscard]] std::size_t size() const { return newer_.size() + older_.size(); }

private:
    const classifier* who_;
    cached_classifier_options options_;
    std::unordered_map<std::string, affiliation> newer_, older_;  // asked for since the last swap, and before
    affiliation last_;
    classifier::workspace memory_;
};

}  // namespace compute_divide::inline v0_2

#endif
