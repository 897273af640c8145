// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_ENUMERATORS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_ENUMERATORS_HPP

#include <compute_divide/enumerators.hpp>

namespace test_support {

/// Calls use(a, b, ...) for every combination of the enumerators of these enums.
template <compute_divide::named_enum Enum, compute_divide::named_enum... Others>
void for_each_choice(const auto& use) {
    for (const auto& entry : enumerators(Enum{})) {
        if constexpr (sizeof...(Others) == 0)
            use(entry.value);
        else
            for_each_choice<Others...>([&](Others... others) { use(entry.value, others...); });
    }
}

}  // namespace test_support

#endif
