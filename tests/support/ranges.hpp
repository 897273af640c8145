// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_RANGES_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_RANGES_HPP

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace test_support {

/// The poorest range an algorithm may be handed: one pass, move-only iterator, an own sentinel, and each record yielded
/// as a prvalue that dies at the end of the expression.
template <class T>
class single_pass {
public:
    explicit single_pass(std::vector<T> values) : values_(std::move(values)) {}

    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        explicit iterator(single_pass& owner) : owner_(&owner) {}
        iterator(iterator&&) noexcept = default;
        iterator& operator=(iterator&&) noexcept = default;
        T operator*() const { return owner_->values_[owner_->next_]; }
        iterator& operator++() {
            ++owner_->next_;
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return owner_->next_ == owner_->values_.size(); }

    private:
        single_pass* owner_;
    };

    iterator begin() { return iterator(*this); }
    std::default_sentinel_t end() const { return std::default_sentinel; }

private:
    std::vector<T> values_;
    std::size_t next_ = 0;
};

}  // namespace test_support

#endif
