// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SHARE_COUNTS_HPP
#define COMPUTE_DIVIDE_STATISTICS_SHARE_COUNTS_HPP

#include <cstdint>
#include <string_view>
#include <tuple>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// One share of independent records as an accumulator: three counts that any engine can add up.
///
///     share_counts counts;
///     for (const paper& p : papers) counts.add(p.is_academic);
///     counts.merge(those_of_another_worker);
///     counts.result();  // 65.0 % [43.3, 81.9] (wilson, 95 %, n = 20)
///
/// By key see tabulate, of records that depend on each other clustered_successes, of weighted ones share_by.
namespace compute_divide::inline v0_2 {

/// Successes, records and the missing; see above.
class share_counts {
public:
    /// One record, or as many that answer the same; an empty optional is missing. Throws std::invalid_argument where
    /// there are more than 2^62 in all. O(1).
    template <class Yes>
    requires detail::yes_or_no<known_t<Yes>>
    void add(const Yes& yes, std::uint64_t times = 1) {
        require_room(times);
        if (!is_known(yes)) {
            n_missing_ += times;
            return;
        }
        n_ += times;
        if constexpr (detail::is_optional<Yes>)
            successes_ += *yes ? times : 0;
        else
            successes_ += static_cast<bool>(yes) ? times : 0;
    }

    /// Exact, in any order.
    void merge(const share_counts& other) {
        require_room(other.n_);
        require_room(other.n_missing_);
        successes_ += other.successes_;
        n_ += other.n_;
        n_missing_ += other.n_missing_;
    }

    /// Records that answer yes.
    [[nodiscard]] std::uint64_t successes() const { return successes_; }
    [[nodiscard]] std::uint64_t n() const { return n_; }

    /// The share with its interval, as `share`: no_data of no record. The second form takes the interval ready-made,
    /// for many shares.
    [[nodiscard]] estimate result(const share_options& options = {}) const { return result(share_interval(options)); }
    [[nodiscard]] estimate result(const share_interval& interval) const {
        estimate share = compute_divide::share(static_cast<double>(successes_), static_cast<double>(n_), interval);
        share.n = n_;
        share.n_effective.reset();
        share.n_missing = n_missing_;
        return share;
    }

    friend bool operator==(const share_counts&, const share_counts&) = default;

private:
    void require_room(std::uint64_t more) const {
        detail::require(more <= detail::most_records - n_ - n_missing_, "share_counts", "at most 2^62 records in all",
                        more);
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "share_counts";
    static auto state(auto& self) { return std::tie(self.successes_, self.n_, self.n_missing_); }
    [[nodiscard]] bool restore() const {
        detail::record_count all;
        all.add(n_);
        all.add(n_missing_);
        return successes_ <= n_ && all.fits;
    }

    std::uint64_t successes_ = 0, n_ = 0, n_missing_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
