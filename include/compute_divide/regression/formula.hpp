// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_FORMULA_HPP
#define COMPUTE_DIVIDE_REGRESSION_FORMULA_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/level_columns.hpp>
#include <compute_divide/regression/detail/number_columns.hpp>
#include <compute_divide/regression/terms.hpp>

/// Regressions written as text, over columns by name, as R's fixest writes them:
///
///     code ~ log(industry_authors) * authors + i(venue, ref = "ICML") + year^2 | topic + venue^year
namespace compute_divide::inline v0_2 {

/// A column as a formula uses it: a number, f(x)^power, or its levels.
struct formula_factor {
    std::string column = {};
    std::string function = {};             ///< log, log2, log10, log1p, exp, sqrt or abs; empty: the number itself
    int power = 1;                         ///< from 1 to 9
    bool levels = false;                   ///< i(x): a column for each level but one
    std::optional<std::string> base = {};  ///< the level without a column; none: the first

    friend bool operator==(const formula_factor&, const formula_factor&) = default;
};

/// A formula, `*` and parentheses written out.
struct regression_formula {
    formula_factor response = {};
    bool intercept = true;
    std::vector<std::vector<formula_factor>> terms = {};  ///< each the product of its factors
    std::vector<std::vector<std::string>> effects = {};   ///< to absorb; of several columns, their combinations

    friend bool operator==(const regression_formula&, const regression_formula&) = default;
};

/// "log(flop)^2"; of levels the column alone.
[[nodiscard]] inline std::string to_string(const formula_factor& f) {
    std::string text = f.function.empty() ? f.column : f.function + "(" + f.column + ")";
    return f.power == 1 ? text : text + "^" + std::to_string(f.power);
}

namespace detail {

class formula_parser {
    using product = std::vector<formula_factor>;
    using sum = std::vector<product>;

public:
    explicit formula_parser(std::string_view text) : text_(text) {
        require(text.size() <= most_bytes, "parse_formula", "a formula of at most 10000 bytes", text.size());
    }

    [[nodiscard]] regression_formula parse() {
        regression_formula f;
        f.response = factor();
        if (f.response.levels) wrong("a number to explain");
        expect('~');
        for (bool first = true, minus = false;; first = false) {
            if (take('-'))
                minus = true;
            else if (!take('+') && !first)
                break;
            skip_white();
            if (rest().starts_with('0') || rest().starts_with('1')) {
                const bool one = rest().front() == '1';
                ++at_;
                f.intercept = one != minus;
            } else {
                if (minus) wrong("- 1, which takes the intercept away");
                for (product& each : interaction_or_crossing()) add(f.terms, std::move(each));
            }
            minus = false;
        }
        if (take('|')) {
            do {
                auto& effect = f.effects.emplace_back(std::vector<std::string>{name()});
                while (take('^')) effect.push_back(name());
            } while (take('+'));
            if (f.effects.size() == 1 && f.effects[0] == std::vector<std::string>{"0"}) f.effects.clear();
        }
        skip_white();
        if (!rest().empty()) wrong("the end, or one of + - * : |");
        if (f.terms.empty() && f.effects.empty() && !f.intercept) wrong("a term");
        return f;
    }

private:
    static constexpr std::size_t most_bytes = 10'000, most_terms = 1'000, most_factors = 8, most_depth = 50;

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[noreturn]] void wrong(const std::string& requirement) const {
        fail("parse_formula", requirement + " in the formula", rest().empty() ? std::string_view("its end") : rest());
    }
    void skip_white() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool take(char c) {
        skip_white();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void expect(char c) {
        if (!take(c)) wrong(std::string(1, c));
    }
    static bool starts_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
               static_cast<signed char>(c) < 0;
    }

    /// A name as R writes it, or any between backquotes.
    std::string name() {
        skip_white();
        if (rest().starts_with('`')) {
            const std::size_t end = text_.find('`', at_ + 1);
            if (end == std::string_view::npos || end == at_ + 1) wrong("a name between two backquotes");
            std::string found(text_.substr(at_ + 1, end - at_ - 1));
            at_ = end + 1;
            return found;
        }
        std::size_t end = at_;
        while (end < text_.size() && (starts_name(text_[end]) || (text_[end] >= '0' && text_[end] <= '9'))) ++end;
        if (end == at_) wrong("the name of a column (`like this`, where it has blanks or signs)");
        std::string found(text_.substr(at_, end - at_));
        if (!starts_name(found[0]) && found != "0") wrong("a name that does not begin with a digit (`2nd` otherwise)");
        at_ = end;
        return found;
    }
    /// A level: "ICML", 'ICML' or 2020.
    std::string level() {
        skip_white();
        const char quote = rest().empty() ? '\0' : rest().front();
        if (quote != '"' && quote != '\'') {
            std::size_t end = at_;
            while (end < text_.size() && (starts_name(text_[end]) || (text_[end] >= '0' && text_[end] <= '9'))) ++end;
            if (end == at_) wrong("a level");
            std::string found(text_.substr(at_, end - at_));
            at_ = end;
            return found;
        }
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos) wrong("a level between two quotes");
        std::string found(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return found;
    }
    int power() {
        if (!take('^')) return 1;
        skip_white();
        if (rest().empty() || rest()[0] < '1' || rest()[0] > '9' ||
            (rest().size() > 1 && rest()[1] >= '0' && rest()[1] <= '9'))
            wrong("a power from 1 to 9");
        return text_[at_++] - '0';
    }

    /// A column, log(column), I(column^2), i(column), i(column, ref = "level"); each with a power where it is a number.
    formula_factor factor() {
        formula_factor f;
        f.column = name();
        if (!take('(')) {
            f.power = power();
            return f;
        }
        constexpr std::array functions{"log", "log2", "log10", "log1p", "exp", "sqrt", "abs"};
        const std::string function = std::exchange(f.column, "");
        if (function == "i" || function == "factor") {
            f.levels = true;
            f.column = name();
            if (take(',')) {
                const std::size_t before = at_;
                skip_white();
                if (name() != "ref") {
                    at_ = before;
                    wrong("ref = \"LEVEL\"; write i(x):y for the product of levels and a number,");
                }
                expect('=');
                f.base = level();
            }
            expect(')');
            return f;
        }
        if (function == "I") {
            f.column = name();
            f.power = power();
            expect(')');
            return f;
        }
        if (std::find(functions.begin(), functions.end(), function) == functions.end())
            wrong("one of log(), log2(), log10(), log1p(), exp(), sqrt(), abs(), I() and i(), not " + function + "(),");
        f.function = function;
        f.column = name();
        expect(')');
        f.power = power();
        return f;
    }

    /// Adds a product, unless it is there, in whatever order.
    void add(sum& to, product more) const {
        const auto is_there = std::any_of(to.begin(), to.end(), [&](const product& known) {
            return known.size() == more.size() &&
                   std::all_of(more.begin(), more.end(), [&](const formula_factor& each) {
                       return std::find(known.begin(), known.end(), each) != known.end();
                   });
        });
        if (is_there) return;
        if (to.size() >= most_terms) wrong("no more than 1000 terms");
        to.push_back(std::move(more));
    }
    [[nodiscard]] sum products(const sum& first, const sum& second) const {
        sum all;
        for (const product& a : first)
            for (const product& b : second) {
                product both = a;
                for (const formula_factor& each : b)
                    if (std::find(both.begin(), both.end(), each) == both.end()) both.push_back(each);
                if (both.size() > most_factors) wrong("no more than 8 factors in a term");
                add(all, std::move(both));
            }
        return all;
    }
    sum in_parentheses_or_factor() {
        if (!take('(')) return {{factor()}};
        if (++depth_ > most_depth) wrong("no more than 50 parentheses in each other");
        sum all = interaction_or_crossing();
        while (take('+'))
            for (product& each : interaction_or_crossing()) add(all, std::move(each));
        expect(')');
        --depth_;
        return all;
    }
    sum interaction() {
        sum all = in_parentheses_or_factor();
        while (take(':')) all = products(all, in_parentheses_or_factor());
        return all;
    }
    /// a*b is a + b + a:b
    sum interaction_or_crossing() {
        sum all = interaction();
        while (take('*')) {
            const sum second = interaction(), both = products(all, second);
            for (const product& each : second) add(all, each);
            for (const product& each : both) add(all, each);
        }
        return all;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

/// f(x), and its derivative.
[[nodiscard]] inline double function_at(const std::string& function, double x) {
    if (function == "log") return std::log(x);
    if (function == "log2") return std::log2(x);
    if (function == "log10") return std::log10(x);
    if (function == "log1p") return std::log1p(x);
    if (function == "exp") return std::exp(x);
    if (function == "sqrt") return std::sqrt(x);
    return function == "abs" ? std::fabs(x) : x;
}
[[nodiscard]] inline double slope_at(const std::string& function, double x) {
    constexpr double ln2 = 0.69314718055994530942, ln10 = 2.30258509299404568402;
    if (function == "log") return 1 / x;
    if (function == "log2") return 1 / (x * ln2);
    if (function == "log10") return 1 / (x * ln10);
    if (function == "log1p") return 1 / (1 + x);
    if (function == "exp") return std::exp(x);
    if (function == "sqrt") return 0.5 / std::sqrt(x);
    return function == "abs" && x < 0 ? -1 : 1;
}

/// x^power by products.
[[nodiscard]] inline double whole_power(double x, int power) {
    double result = 1;
    for (int i = 0; i < power; ++i) result *= x;
    return result;
}

}  // namespace detail

/// A formula as text: `y ~ terms`, or `y ~ terms | effects`. Terms, with + between: a column; log(x), log2, log10,
/// log1p, exp, sqrt and abs of one; x^2 to x^9, also I(x^2); i(x), a column for each level but the first, or but that
/// of i(x, ref = "level"); a:b, products; a*b, which is a + b + a:b; parentheses, (a + b):c; `- 1` or `+ 0` for no
/// intercept. A term that is there twice counts once, as a:a is a (both as R has it). Effects, with + between, are
/// columns whose levels have an effect each, a^b that of each pair. Names of other than letters, digits, _ and . are
/// between backquotes.
///
/// Throws std::invalid_argument that shows what is left where something else is required; for more than 10,000 bytes,
/// 1,000 terms, 8 factors in a term, and 50 parentheses in each other. O(bytes + terms^2).
[[nodiscard]] inline regression_formula parse_formula(std::string_view text) {
    return detail::formula_parser(text).parse();
}

/// The value of a factor that is a number: f(x)^power. NaN where there is none, such as log(0).
[[nodiscard]] inline double value_of(const formula_factor& f, double x) {
    const double y = detail::whole_power(detail::function_at(f.function, x), f.power);
    return std::isfinite(y) ? y : std::numeric_limits<double>::quiet_NaN();
}

/// A term of a formula on records: the product of its factors, each with the field of its column, a number or a label.
/// Its columns are named as those of `interaction` are: "log(flop)*venue:ICML". Marginal effects know what it is a
/// function of: x^2 and log(x) change with x.
template <class Number, class Label>
class formula_term {
public:
    /// Fields of numbers and of labels, one of which each factor uses, by `levels`.
    struct factor {
        formula_factor what;
        Number number = {};
        Label label = {};
    };
    explicit formula_term(std::vector<factor> factors) : factors_(std::move(factors)) {
        detail::require(!factors_.empty(), "formula_term", "at least one factor", factors_.size());
    }

    template <class Records>
    requires number_field_of<Number, Records> && label_field_of<Label, Records>
    [[nodiscard]] auto bound_to() const { return columns_on<Records>(factors_); }

private:
    template <class Records>
    class columns_on {
        using level_columns = detail::level_columns<Records, Label, std::string>;
        struct part {
            factor from;
            level_columns levels;
            std::vector<double> values = {};
        };

    public:
        static constexpr bool learns = true, is_linear = false;

        explicit columns_on(const std::vector<factor>& factors) {
            for (const factor& each : factors)
                parts_.push_back({each, level_columns(each.what.column, each.label, each.what.base)});
        }

        template <class Record>
        void learn(const Record& record) {
            for (part& each : parts_)
                if (each.from.what.levels) each.levels.learn(record);
        }
        void learned() {
            for (part& each : parts_) {
                if (each.from.what.levels) each.levels.learned();
                each.values.resize(columns_of(each));
            }
        }
        [[nodiscard]] std::size_t columns() const {
            std::size_t product = 1;
            for (const part& each : parts_) product *= columns_of(each);
            return product;
        }
        [[nodiscard]] std::vector<std::string> names() const {
            std::vector<std::string> all{""};
            for (const part& each : parts_) {
                const auto of_part =
                    each.from.what.levels ? each.levels.names() : std::vector<std::string>{to_string(each.from.what)};
                std::vector<std::string> longer;
                for (const std::string& a : all)
                    for (const std::string& b : of_part)
                        longer.push_back(a.empty() ? b : std::string(a).append("*").append(b));
                all = std::move(longer);
            }
            return all;
        }
        template <class Record>
        [[nodiscard]] bool known(const Record& record) const {
            return std::all_of(parts_.begin(), parts_.end(), [&](const part& each) {
                return each.from.what.levels ? each.levels.known(record) : is_known(number_of(each, record));
            });
        }
        template <class Record>
        [[nodiscard]] bool fill(const Record& record, double* out) {
            return product_of(out, [&](part& each) { return value(each, record); });
        }

        template <class Visit>
        void variables(const Visit& visit) const {
            for (const part& each : parts_)
                if (each.from.what.levels)
                    each.levels.variables(visit);
                else
                    visit(each.from.what.column, std::vector<std::string>{});
        }
        template <class Record>
        void fill_slope(const Record& record, std::string_view name, double* out) {
            const std::size_t size = columns();
            std::fill_n(out, size, 0.0);
            std::vector<double> more(size);
            for (const part& changed : parts_) {  // the rule of products
                if (changed.from.what.levels || changed.from.what.column != name) continue;
                static_cast<void>(product_of(more.data(), [&](part& each) {
                    if (&each != &changed) return value(each, record);
                    const formula_factor& f = each.from.what;
                    const double x = detail::number_of_field(each.from.number, record);
                    each.values[0] = f.power * detail::whole_power(detail::function_at(f.function, x), f.power - 1) *
                                     detail::slope_at(f.function, x);
                    return true;
                }));
                for (std::size_t i = 0; i < size; ++i) out[i] += more[i];
            }
        }
        template <class Record>
        void fill_level(const Record& record, std::string_view name, std::size_t place, double* out) {
            static_cast<void>(product_of(out, [&](part& each) {
                if (!each.from.what.levels) return value(each, record);
                each.levels.fill_level(record, name, place, each.values.data());
                return true;
            }));
        }

    private:
        [[nodiscard]] static std::size_t columns_of(const part& each) {
            return each.from.what.levels ? each.levels.columns() : 1;
        }
        template <class Record>
        [[nodiscard]] static double number_of(const part& each, const Record& record) {
            return value_of(each.from.what, detail::number_of_field(each.from.number, record));
        }
        template <class Record>
        [[nodiscard]] static bool value(part& each, const Record& record) {
            if (each.from.what.levels) return each.levels.fill(record, each.values.data());
            return detail::is_regression_value(each.values[0] = number_of(each, record));
        }
        /// Fills the parts, and writes every product of a value of each.
        template <class Fill>
        bool product_of(double* out, const Fill& fill_part) {
            bool usable = true;
            for (part& each : parts_) usable = fill_part(each) && usable;
            if (columns() == 0) return usable;
            std::size_t size = 1;
            out[0] = 1;
            for (const part& each : parts_) {
                const std::size_t n = columns_of(each);
                for (std::size_t i = size; i-- > 0;)  // from the end, in place
                    for (std::size_t j = n; j-- > 0;) out[i * n + j] = out[i] * each.values[j];
                size *= n;
            }
            for (std::size_t i = 0; i < size; ++i) usable = detail::is_regression_value(out[i]) && usable;
            return usable;
        }

        std::vector<part> parts_;
    };

    std::vector<factor> factors_;
};

namespace detail {

template <class Number, class Label>
inline constexpr bool is_regression_term<formula_term<Number, Label>> = true;

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
