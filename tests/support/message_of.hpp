// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_MESSAGE_OF_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_MESSAGE_OF_HPP

#include <stdexcept>
#include <string>

namespace test_support {

/// The text of the error that a call throws; "no error" where it throws none.
template <class Error = std::invalid_argument>
std::string message_of(auto&& call) {
    try {
        (void)call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace test_support

#endif
