// SPDX-License-Identifier: BSL-1.0
// What JavaScript calls: bytes in, a status and bytes out. One call at a time.
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "analysis.hpp"

namespace {
web::outcome last;
}

extern "C" {

[[clang::export_name("allocate")]] void* allocate(std::size_t size) {
    return std::malloc(size > 0 ? size : 1);
}
[[clang::export_name("release")]] void release(void* bytes) {
    std::free(bytes);
}
[[clang::export_name("answer")]] int answer(const char* asked, std::size_t asked_size, const char* input,
                                            std::size_t input_size) {
    last = {};
    last = web::outcome_of({asked, asked_size}, {input, input_size});
    return last.status;
}
[[clang::export_name("text")]] const char* text() {
    return last.text.data();
}
[[clang::export_name("text_size")]] std::size_t text_size() {
    return last.text.size();
}

}  // extern "C"
