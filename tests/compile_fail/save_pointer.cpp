// SPDX-License-Identifier: BSL-1.0
// does not satisfy: saveable
#include <memory>
#include <sstream>
#include <tuple>

#include <compute_divide/state.hpp>

struct word_count {
#ifdef FAIL
    std::shared_ptr<int> words;  // what it points at does not travel
#else
    int words = 0;
#endif
    static auto state(auto& self) {
        return std::tie(self.words);
    }
};

int main() {
    std::ostringstream out;
    compute_divide::save(out, word_count{});
    return out.str().empty() ? 1 : 0;
}
