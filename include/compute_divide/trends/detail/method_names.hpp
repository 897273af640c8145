// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_METHOD_NAMES_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_METHOD_NAMES_HPP

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <compute_divide/enumerators.hpp>

/// Names of methods that are made of the names of enumerators: none can be forgotten where an enumerator is added.
namespace compute_divide::inline v0_2::detail {

/// Text that can be a template argument.
template <std::size_t N>
struct literal {
    char text[N];

    constexpr literal(const char (&from)[N]) {  // NOLINT(google-explicit-constructor): a string literal is one
        for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    }
    [[nodiscard]] static constexpr std::size_t size() { return N - 1; }
};

/// `Prefix` and the name of the enumerator `Value`, joined at compile time.
template <literal Prefix, auto Value>
inline constexpr auto prefixed_characters = [] {
    constexpr std::string_view name = name_of(Value);
    std::array<char, Prefix.size() + name.size()> joined{};
    for (std::size_t i = 0; i < joined.size(); ++i)
        joined[i] = i < Prefix.size() ? Prefix.text[i] : name[i - Prefix.size()];
    return joined;
}();

/// `Prefix` and the name of an enumerator, as text of static storage; "?" for a value that is none.
template <literal Prefix, named_enum Enum>
[[nodiscard]] constexpr std::string_view prefixed_name(Enum value) {
    constexpr auto all = enumerators(Enum{});
    std::string_view joined = "?";
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto use = [&](Enum candidate, std::string_view text) {
            if (candidate == value) joined = text;
        };
        (use(all[I].value,
             {prefixed_characters<Prefix, all[I].value>.data(), prefixed_characters<Prefix, all[I].value>.size()}),
         ...);
    }
    (std::make_index_sequence<all.size()>());
    return joined;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
