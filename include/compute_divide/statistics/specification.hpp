// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_HPP
#define COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_HPP

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// A specification: one way to put a question to data, and its answer.
namespace compute_divide::inline v0_2 {

/// One of the choices that make a specification: which definition, which vintage, which estimator.
struct choice {
    std::string name;    ///< what is chosen: "definition"
    std::string option;  ///< and which: "notable"

    friend bool operator==(const choice&, const choice&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<choice>) {
    return member_list(member{"name", &choice::name}, member{"option", &choice::option});
}

/// How good an option is beside the others of its choice (after Del Giudice and Gangestad 2021): specifications that
/// are no answer to the question would make a curve's spread look like doubt.
enum class option_standing {
    equivalent,       ///< as good as the others
    debatable,        ///< perhaps not as good
    wrong_but_common  ///< worse, but often used: shown, and left out of every summary
};
[[nodiscard]] constexpr auto enumerators(option_standing) {
    using enum option_standing;
    return std::array{named<option_standing>{equivalent, "equivalent"}, named<option_standing>{debatable, "debatable"},
                      named<option_standing>{wrong_but_common, "wrong_but_common", "wrong but common"}};
}

/// One way to answer, and its answer. One that could not be estimated has a result with a status, and stays.
struct specification {
    std::vector<choice> choices = {};
    estimate result = {};
    bool headline = false;                                   ///< the one to quote
    std::string why = {};                                    ///< why it is the headline
    option_standing standing = option_standing::equivalent;  ///< the worst of its options'
    std::optional<double> p_value = {};           ///< of no effect, by the result's own test or from its interval
    std::optional<double> adjusted_p_value = {};  ///< the same for all specifications together (step_down.hpp)
    std::string failure = {};                     ///< the error that it ended with, if it did

    friend bool operator==(const specification&, const specification&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<specification>) {
    using s = specification;
    return member_list(member{"choices", &s::choices}, member{"result", &s::result}, member{"headline", &s::headline},
                       member{"why", &s::why}, member{"standing", &s::standing}, member{"p_value", &s::p_value},
                       member{"adjusted_p_value", &s::adjusted_p_value}, member{"failure", &s::failure});
}

/// The options of a specification in their order, "notable, 2023-12"; "as is" where there was no choice.
[[nodiscard]] inline std::string name_of(const specification& s) {
    std::string name;
    for (const auto& each : s.choices) name.append(name.empty() ? "" : ", ").append(each.option);
    return name.empty() ? "as is" : name;
}

}  // namespace compute_divide::inline v0_2

#endif
