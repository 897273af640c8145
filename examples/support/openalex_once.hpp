// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_ONCE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_ONCE_HPP

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fmt/format.h>

#include <compute_divide/io/work_ids.hpp>

#include "support/openalex_fold.hpp"

/// Each work once, in its newest version, whoever counts which part when. Parts have an order, newest first; a work
/// belongs to the first part that holds it. A part is counted at once, leaving out what is known to be in an earlier
/// one; when its turn comes, all earlier ones are known, and if it holds works of theirs after all, of a part that was
/// counted at the same time, it is counted again without them. So the result does not depend on who was faster.
namespace example {

/// The works of the parts whose turn has been. Parts may be looked up by several threads while one adds.
class seen_works {
public:
    /// Takes the ids out of what was counted before.
    explicit seen_works(openalex_counts& before)
        : before_(std::exchange(before.ids, {})), oldest_(before.oldest()), planned_(before.planned) {}

    /// Whether a work of a part is known to be in an earlier one. Works are looked up only once a part had any of an
    /// earlier one: in a snapshot without older versions, nothing is looked up.
    [[nodiscard]] bool is_in_earlier(const openalex_part& part, std::uint64_t id) const {
        if (!has_older_.load(std::memory_order_relaxed)) return false;
        const std::shared_lock lock(mutex_);
        return ids_.contains(id) || (!before_.empty() && !may_be_newer(part) && before_.contains(id));
    }
    /// Works of a part, whose turn it is, that are in earlier ones. Throws std::runtime_error where one was counted
    /// before, perhaps in a part that is older.
    [[nodiscard]] cd::work_ids of_earlier(const openalex_part& part, const cd::work_ids& ids) {
        cd::work_ids earlier = ids.common_with(ids_), before = ids.common_with(before_);
        if (!before.empty() && may_be_newer(part))
            throw std::runtime_error(
                fmt::format("{}: {} of its works, the first W{}, were counted before, in what may be older versions: "
                            "count the newest "
                            "parts first, or all at once",
                            part.path, before.size(), before.first().value()));
        earlier.merge(before);
        if (!earlier.empty()) has_older_ = true;
        return earlier;
    }
    void add(const cd::work_ids& ids) {
        {
            const std::unique_lock lock(mutex_);
            ids_.merge(ids);
        }
        give_back();
    }
    /// All, which it has no longer.
    [[nodiscard]] cd::work_ids take() {
        ids_.merge(before_);
        before_ = {};
        return std::exchange(ids_, {});
    }

private:
    /// A part that the run before would have counted in the order of all is none.
    [[nodiscard]] bool may_be_newer(const openalex_part& part) const {
        return oldest_ && part.updated > *oldest_ && !planned_.contains(part.identity);
    }

    /// What lies between the sets, whose blocks grow side by side, is a third of their memory: whenever they have
    /// grown by an eighth it is given back to the system.
    void give_back() {
#ifdef __GLIBC__
        if (ids_.size() < next_time_) return;
        next_time_ = std::max<std::uint64_t>(ids_.size() / 8 * 9, 1'000'000);
        ::malloc_trim(0);
#endif
    }

    cd::work_ids before_, ids_;
    std::uint64_t next_time_ = 1'000'000;
    std::optional<int> oldest_;
    std::set<cd::file_identity> planned_;
    mutable std::shared_mutex mutex_;
    std::atomic<bool> has_older_ = false;
};

/// What is merged in the order of parts: counts of one part, or of all whose turn has been, whose ids are the
/// seen_works'. `again(part, counts)` counts a part anew.
class counts_in_order {
public:
    using recount = std::function<void(const openalex_part&, openalex_counts&)>;
    counts_in_order(const openalex_counts& empty, seen_works& seen, recount again)
        : counts(empty), empty_(&empty), seen_(&seen), again_(std::move(again)) {}

    openalex_counts counts;
    const openalex_part* part = nullptr;  ///< null for the counts of several

    void merge(const counts_in_order& next) {
        if (seen_->of_earlier(*next.part, next.counts.ids).empty()) return take(next.counts);
        openalex_counts counted = *empty_;
        again_(*next.part, counted);
        take(counted);
    }
    [[nodiscard]] const counts_in_order& result() const { return *this; }

private:
    void take(const openalex_counts& next) {
        counts.merge_but_ids(next);
        seen_->add(next.ids);
    }

    const openalex_counts* empty_;
    seen_works* seen_;
    recount again_;
};

/// The contents of parts.
[[nodiscard]] inline std::set<cd::file_identity> contents_of(const std::vector<openalex_part>& parts) {
    std::set<cd::file_identity> contents;
    for (const openalex_part& part : parts)
        if (part.identity.size > 0) contents.insert(part.identity);
    return contents;
}

}  // namespace example

#endif
