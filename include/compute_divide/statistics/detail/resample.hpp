// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_RESAMPLE_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_RESAMPLE_HPP

#include <compare>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>
#include <type_traits>

/// Records at drawn indices.
namespace compute_divide::inline v0_2::detail {

using drawn_indices = std::span<const std::size_t>;

/// The records of a sample that begins at `first`, at the drawn indices and in their order: a random-access range that
/// owns nothing. Written out rather than as a transformed view since clang 14 has no std::views.
template <std::random_access_iterator First>
class resample : public std::ranges::view_base {
public:
    class iterator {
    public:
        using iterator_concept = std::random_access_iterator_tag;
        using value_type = std::iter_value_t<First>;
        using reference = std::iter_reference_t<First>;
        using iterator_category = std::conditional_t<std::is_lvalue_reference_v<reference>,
                                                     std::random_access_iterator_tag, std::input_iterator_tag>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;

        iterator() = default;
        iterator(First first, const std::size_t* index) : first_(first), index_(index) {}

        [[nodiscard]] reference operator*() const { return (*this)[0]; }
        [[nodiscard]] reference operator[](difference_type n) const {
            return first_[static_cast<std::iter_difference_t<First>>(index_[n])];
        }
        iterator& operator++() { return *this += 1; }
        iterator& operator--() { return *this += -1; }
        iterator operator++(int) {
            const iterator before = *this;
            ++*this;
            return before;
        }
        iterator operator--(int) {
            const iterator before = *this;
            --*this;
            return before;
        }
        iterator& operator+=(difference_type n) {
            index_ += n;
            return *this;
        }
        iterator& operator-=(difference_type n) { return *this += -n; }
        [[nodiscard]] friend iterator operator+(iterator i, difference_type n) { return i += n; }
        [[nodiscard]] friend iterator operator+(difference_type n, iterator i) { return i += n; }
        [[nodiscard]] friend iterator operator-(iterator i, difference_type n) { return i -= n; }
        [[nodiscard]] friend difference_type operator-(const iterator& a, const iterator& b) {
            return a.index_ - b.index_;
        }
        [[nodiscard]] friend bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }
        [[nodiscard]] friend auto operator<=>(const iterator& a, const iterator& b) { return a.index_ <=> b.index_; }

    private:
        First first_{};
        const std::size_t* index_ = nullptr;
    };

    resample() = default;
    resample(First first, drawn_indices drawn) : first_(first), drawn_(drawn) {}

    [[nodiscard]] iterator begin() const { return {first_, drawn_.data()}; }
    [[nodiscard]] iterator end() const { return {first_, drawn_.data() + drawn_.size()}; }
    [[nodiscard]] std::size_t size() const { return drawn_.size(); }
    [[nodiscard]] bool empty() const { return drawn_.empty(); }
    [[nodiscard]] std::iter_reference_t<First> operator[](std::size_t i) const {
        return begin()[static_cast<std::ptrdiff_t>(i)];
    }

private:
    First first_{};
    drawn_indices drawn_ = {};
};

}  // namespace compute_divide::inline v0_2::detail

#endif
