// SPDX-License-Identifier: BSL-1.0
// Any bytes, as names and as a text (a NUL between): matches are in order, in the text, each organisation once.
#include <compute_divide/institutions/registry.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"

using namespace compute_divide;

namespace {

void search(const registry& in, std::string_view text) {
    std::vector<char> seen(in.size());
    std::size_t before = 0;
    static registry::workspace memory;
    require(in(text, memory) == in(text));
    for (const registry_match& each : in(text)) {
        require(each.index < in.size() && in.id(each.index) == each.id);
        require(each.score > 0 && each.score <= 1);
        require(before <= each.begin && each.begin <= each.end && each.end <= text.size());
        require(seen[each.index]++ == 0);
        before = each.begin;
    }
}

const std::vector<organisation>& known() {
    using enum institution_type;
    static const std::vector<organisation> made{
        {"1", {{"University of Oxford"}, {"OX", name_kind::acronym}}, {education}, "GB", {"Oxford"}, {"ox.ac.uk"}},
        {"2", {{"University of California, Berkeley"}}, {education}, "US", {"Berkeley"}, {}},
        {"3", {{"清华大学"}, {"Tsinghua University"}}, {education}, "CN", {"Beijing"}, {}}};
    return made;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const registry fixed(known());
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    search(fixed, all);
    const std::string_view name = all.substr(0, all.find('\0'));
    std::vector<organisation> more = known();
    more.push_back({"4", {{std::string(name)}}, {}, "", {std::string(name)}, {std::string(name)}});
    more.push_back({"5", {{std::string(name) + " Foo", name_kind::alias}}, {}, "FR", {}, {}});
    const registry own(more);
    search(own, all);
    static_cast<void>(own.find_name(name));
    return 0;
}
