// SPDX-License-Identifier: BSL-1.0
// The package's .Call functions. cpp11 turns exceptions into R's errors, and R's errors into exceptions, so that
// neither jumps over the other's frames; vectors are read where R has them.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <cpp11.hpp>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/for_each_in_order.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

namespace cd = compute_divide;
using namespace cpp11::literals;

namespace {

using clustered_share = cd::clustered_successes<std::string>;
using clustered_trend = cd::clustered_log_trend_sums<std::string>;

// What is not known is NA, and NaN in numbers.

std::optional<bool> answer_of(int yes) {
    if (yes == NA_LOGICAL) return std::nullopt;
    return yes != 0;
}
bool is_ascii(std::string_view bytes) {
    std::uint64_t all = 0;
    for (; bytes.size() >= sizeof all; bytes.remove_prefix(sizeof all)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        all |= word;
    }
    for (const char each : bytes) all |= static_cast<unsigned char>(each);
    return (all & 0x8080808080808080U) == 0;
}
/// UTF-8, as long as R does not collect: until the .Call ends.
std::optional<std::string_view> text_of(SEXP text) {
    if (text == NA_STRING) return std::nullopt;
    const std::string_view bytes(R_CHAR(text), static_cast<std::size_t>(LENGTH(text)));
    return Rf_getCharCE(text) == CE_UTF8 || is_ascii(bytes) ? bytes
                                                            : std::string_view(cpp11::safe[Rf_translateCharUTF8](text));
}
class labels {
public:
    explicit labels(SEXP vector) : vector_(vector) {
        if (TYPEOF(vector) != STRSXP) throw std::invalid_argument("a vector of texts is required");
        size_ = static_cast<std::size_t>(Rf_xlength(vector));
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::optional<std::string_view> operator[](std::size_t i) const {
        return text_of(STRING_ELT(vector_, static_cast<R_xlen_t>(i)));
    }

private:
    SEXP vector_;
    std::size_t size_ = 0;
};
class numbers {
public:
    explicit numbers(SEXP vector) : vector_(vector) {
        if (TYPEOF(vector) != REALSXP) throw std::invalid_argument("a vector of numbers is required");
        first_ = REAL(vector);
    }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(Rf_xlength(vector_)); }
    [[nodiscard]] double operator[](std::size_t i) const { return first_[i]; }

private:
    SEXP vector_;
    const double* first_ = nullptr;
};
void require_same(std::size_t a, std::size_t b, std::string_view what) {
    if (a != b)
        throw std::invalid_argument(std::string(what) + ": vectors of one length are required, got " +
                                    std::to_string(a) + " and " + std::to_string(b));
}

SEXP text(std::string_view given) {
    return cpp11::safe[Rf_mkCharLenCE](given.data(), static_cast<int>(given.size()), CE_UTF8);
}
SEXP one_text(std::string_view given) {
    return cpp11::safe[Rf_ScalarString](given.empty() ? NA_STRING : text(given));
}
double number(const std::optional<double>& x) {
    return x.value_or(NA_REAL);
}
std::optional<double> lower_of(const cd::estimate& e) {
    return e.bounds ? std::optional(e.bounds->lower) : std::nullopt;
}
std::optional<double> upper_of(const cd::estimate& e) {
    return e.bounds ? std::optional(e.bounds->upper) : std::nullopt;
}
cpp11::writable::list list_of(const cd::estimate& e) {
    return cpp11::writable::list(
        {"value"_nm = number(e.value), "lower"_nm = number(lower_of(e)), "upper"_nm = number(upper_of(e)),
         "level"_nm = e.level, "method"_nm = one_text(e.method), "n"_nm = static_cast<double>(e.n),
         "n_effective"_nm = number(e.n_effective), "n_missing"_nm = static_cast<double>(e.n_missing),
         "degrees_of_freedom"_nm = number(e.degrees_of_freedom), "status"_nm = one_text(cd::name_of(e.status))});
}

template <class A>
cpp11::raws bytes_of(const A& a) {
    const std::string state = cd::saved(a);
    cpp11::writable::raws bytes(static_cast<R_xlen_t>(state.size()));
    std::copy(state.begin(), state.end(), reinterpret_cast<char*>(RAW(bytes.data())));
    return bytes;
}
std::string_view view_of(const cpp11::raws& bytes) {
    return {reinterpret_cast<const char*>(RAW(bytes.data())), static_cast<std::size_t>(bytes.size())};
}
/// Whether a state is of the accumulator with clusters, by the name in its head.
bool is_clustered(const cpp11::raws& bytes) {
    constexpr std::size_t name_at = 13;
    const std::string_view state = view_of(bytes);
    return state.size() > name_at && state.substr(name_at).starts_with("clustered_");
}
template <class A>
A loaded(const cpp11::raws& bytes) {
    A a;
    cd::load(view_of(bytes), a);
    return a;
}
template <class A>
cpp11::raws merged(const cpp11::list& states) {
    A all;
    for (const SEXP each : states) all.merge(loaded<A>(cpp11::raws(each)));
    return bytes_of(all);
}

const cd::classifier& classifier() {
    static const cd::classifier made;
    return made;
}
cd::classifier::workspace& memory() {
    static cd::classifier::workspace made;  // R has one thread
    return made;
}
void allow_interrupt(std::size_t i) {
    if (i % 1024 == 0) cpp11::check_user_interrupt();
}
/// use(i, its affiliation) in order, std::nullopt where there is no text; other threads classify ahead, which touch
/// nothing of R's.
template <class Use>
void for_each_affiliation(SEXP affiliations, int threads, const Use& use) {
    if (threads < 0) throw std::invalid_argument("classify: threads of 0 or more are required");
    const labels given(affiliations);
    std::vector<std::optional<std::string_view>> texts;
    texts.reserve(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) texts.push_back(given[i]);
    const cd::classifier& classify = classifier();
    cd::for_each_in_order(
        texts.size(),
        [&] {
            return [&, own = cd::classifier::workspace()](std::size_t i) mutable {
                return texts[i] ? std::optional(classify(*texts[i], own)) : std::nullopt;
            };
        },
        [&](std::size_t i, const std::optional<cd::affiliation>& found) {
            allow_interrupt(i);
            use(i, found);
        },
        {.threads = static_cast<unsigned>(threads)});
}

/// Columns of a data frame, filled row by row. A text that comes again is made R's once.
class text_column {
public:
    void add(std::string_view given) { rows_.push_back(number_of(given)); }
    /// Of an enumerator, which tells it without its text.
    template <class Enum>
    requires std::is_enum_v<Enum>
    void add(Enum value) {
        const auto at = static_cast<std::size_t>(value);
        if (at >= of_enumerators_.size()) of_enumerators_.resize(at + 1, none);
        if (of_enumerators_[at] == none) of_enumerators_[at] = number_of(cd::name_of(value));
        rows_.push_back(of_enumerators_[at]);
    }
    [[nodiscard]] SEXP made() const {
        cpp11::writable::strings known(static_cast<R_xlen_t>(texts_.size()));  // keeps them from R's collector
        std::vector<SEXP> of_number(texts_.size());
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            of_number[i] = texts_[i]->empty() ? NA_STRING : text(*texts_[i]);
            SET_STRING_ELT(known, static_cast<R_xlen_t>(i), of_number[i]);
        }
        cpp11::writable::strings vector(static_cast<R_xlen_t>(rows_.size()));
        for (std::size_t i = 0; i < rows_.size(); ++i)
            SET_STRING_ELT(vector, static_cast<R_xlen_t>(i), of_number[rows_[i]]);
        return vector;
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// Of those that came lately, by their size and ends, before all are looked through.
    [[nodiscard]] std::uint32_t number_of(std::string_view given) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(given[i]); };
        const std::size_t place =
            given.empty() ? 0 : (given.size() * 67 + byte(0) * 13U + byte(given.size() - 1)) % lately_.size();
        std::uint32_t& last = lately_[place];
        if (last < texts_.size() && *texts_[last] == given) return last;
        auto found = numbers_.find(given);
        if (found == numbers_.end()) {
            found = numbers_.emplace(std::string(given), static_cast<std::uint32_t>(texts_.size())).first;
            texts_.push_back(&found->first);
        }
        return last = found->second;
    }

    struct hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::uint32_t, hash, std::equal_to<>> numbers_;
    std::vector<const std::string*> texts_;
    std::array<std::uint32_t, 256> lately_ = {};
    std::vector<std::uint32_t> of_enumerators_;
    std::vector<std::uint32_t> rows_;
};
class number_column {
public:
    void add(const std::optional<double>& x) { numbers_.push_back(number(x)); }
    [[nodiscard]] SEXP made() const { return cpp11::writable::doubles(numbers_.begin(), numbers_.end()); }

private:
    std::vector<double> numbers_;
};

}  // namespace

[[cpp11::register]] cpp11::raws cd_share_state(SEXP yes, SEXP clusters) {
    const cpp11::logicals answers(yes);
    const auto n = static_cast<std::size_t>(answers.size());
    const int* const first = LOGICAL_RO(answers.data());
    if (Rf_isNull(clusters)) {
        cd::share_counts sums;
        for (std::size_t i = 0; i < n; ++i) sums.add(answer_of(first[i]));
        return bytes_of(sums);
    }
    const labels of(clusters);
    require_same(n, of.size(), "share");
    clustered_share sums;
    for (std::size_t i = 0; i < n; ++i) sums.add(answer_of(first[i]), of[i]);
    return bytes_of(sums);
}
[[cpp11::register]] cpp11::raws cd_share_merge(cpp11::list states) {
    const bool clustered = states.size() > 0 && is_clustered(cpp11::raws(states[0]));
    return clustered ? merged<clustered_share>(states) : merged<cd::share_counts>(states);
}
[[cpp11::register]] cpp11::list cd_share_result(cpp11::raws state, double level, std::string interval) {
    const auto method = cd::parse_name<cd::proportion_interval>(interval);
    if (is_clustered(state))
        return list_of(loaded<clustered_share>(state).result({.interval = method, .level = level}).share);
    return list_of(loaded<cd::share_counts>(state).result(cd::share_options{.interval = method, .level = level}));
}

[[cpp11::register]] cpp11::raws cd_log_trend_state(SEXP dates, std::string unit, SEXP values, SEXP clusters) {
    using namespace std::chrono;
    const numbers times(dates), amounts(values);
    require_same(times.size(), amounts.size(), "log_trend");
    const auto fill = [&](const auto& add) {
        for (std::size_t i = 0; i < times.size(); ++i) {
            const double time = times[i];
            if (unit == "years" || std::isnan(time)) {
                add(i, time);
                continue;
            }
            if (!(std::abs(time) < 1e15)) throw std::invalid_argument("log_trend: a finite date is required");
            if (unit == "days" && std::floor(time) == time && std::abs(time) < 1e9)
                add(i, sys_days{days{static_cast<int>(time)}});
            else if (unit == "days")
                add(i, sys_time<duration<double, days::period>>{duration<double, days::period>{time}});
            else
                add(i, sys_time<duration<double>>{duration<double>{time}});
        }
    };
    if (Rf_isNull(clusters)) {
        cd::log_trend_sums sums;
        fill([&](std::size_t i, auto date) { sums.add(date, amounts[i]); });
        return bytes_of(sums);
    }
    const labels of(clusters);
    require_same(of.size(), amounts.size(), "log_trend");
    clustered_trend sums;
    fill([&](std::size_t i, auto date) { sums.add(date, amounts[i], of[i]); });
    return bytes_of(sums);
}
[[cpp11::register]] cpp11::raws cd_log_trend_merge(cpp11::list states) {
    const bool clustered = states.size() > 0 && is_clustered(cpp11::raws(states[0]));
    return clustered ? merged<clustered_trend>(states) : merged<cd::log_trend_sums>(states);
}
[[cpp11::register]] cpp11::list cd_log_trend_result(cpp11::raws state, double level) {
    cd::growth found;
    std::optional<double> r_squared;
    if (is_clustered(state)) {
        found = loaded<clustered_trend>(state).result({.interval = cd::trend_interval::clustered, .level = level});
    } else {
        const auto sums = loaded<cd::log_trend_sums>(state);
        found = sums.result({.level = level});
        r_squared = sums.r_squared();
    }
    return cpp11::writable::list({"slope"_nm = list_of(found.slope), "factor"_nm = list_of(found.factor),
                                  "doubling_months"_nm = list_of(found.doubling.months),
                                  "doubling"_nm = one_text(cd::name_of(found.doubling.kind)),
                                  "r_squared"_nm = number(r_squared)});
}

[[cpp11::register]] cpp11::list cd_concentration(SEXP owners, SEXP amounts, double level) {
    const labels of(owners);
    const numbers all(amounts);
    require_same(of.size(), all.size(), "concentration");
    cd::owner_amounts<int, std::string> sums;
    for (std::size_t i = 0; i < all.size(); ++i) sums.add(0, of[i], all[i]);
    const auto rows = cd::concentration_of_keys(sums.result(), {.top = {}, .level = level});
    const cd::owner_concentration found = rows.empty() ? cd::owner_concentration{} : rows.front().concentration;
    cpp11::writable::list result;
    for (const auto& entry : enumerators(cd::concentration_measure{}))
        result.push_back(cpp11::named_arg(std::string(entry.name).c_str()) = list_of(found.of(entry.value)));
    return result;
}

[[cpp11::register]] cpp11::list cd_classify(SEXP affiliations, int threads) {
    text_column names, types, sectors, countries;
    number_column confidences;
    std::string all;
    for_each_affiliation(affiliations, threads, [&](std::size_t, const std::optional<cd::affiliation>& found) {
        const cd::institution* const first =
            found && !found->institutions.empty() ? &found->institutions.front() : nullptr;
        names.add(first != nullptr ? first->name : "");
        if (first != nullptr)
            types.add(first->type);
        else
            types.add("");
        countries.add(first != nullptr ? first->country : "");
        confidences.add(first != nullptr ? std::optional(first->confidence) : std::nullopt);
        if (found && found->sectors.size() == 1) {
            sectors.add(found->sectors.front());
            return;
        }
        all.clear();
        if (found)
            for (const cd::sector each : found->sectors) all.append(all.empty() ? "" : "; ").append(cd::name_of(each));
        sectors.add(all);
    });
    return cpp11::writable::list({"name"_nm = names.made(), "type"_nm = types.made(), "sectors"_nm = sectors.made(),
                                  "country"_nm = countries.made(), "confidence"_nm = confidences.made()});
}
[[cpp11::register]] cpp11::list cd_institutions(SEXP affiliations, int threads) {
    number_column places, confidences;
    text_column names, types, sectors, countries, cities, rules, evidence;
    for_each_affiliation(affiliations, threads, [&](std::size_t i, const std::optional<cd::affiliation>& found) {
        if (!found) return;
        for (const cd::institution& each : found->institutions) {
            places.add(static_cast<double>(i + 1));
            names.add(each.name);
            types.add(each.type);
            sectors.add(cd::sector_of(each.type));
            countries.add(each.country);
            cities.add(each.city);
            confidences.add(each.confidence);
            rules.add(each.rule);
            evidence.add(each.evidence);
        }
    });
    return cpp11::writable::list({"affiliation"_nm = places.made(), "name"_nm = names.made(), "type"_nm = types.made(),
                                  "sector"_nm = sectors.made(), "country"_nm = countries.made(),
                                  "city"_nm = cities.made(), "confidence"_nm = confidences.made(),
                                  "rule"_nm = rules.made(), "evidence"_nm = evidence.made()});
}
[[cpp11::register]] SEXP cd_team_of(SEXP affiliations) {
    const labels texts(affiliations);
    std::vector<std::vector<cd::sector>> authors;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto given = texts[i];
        authors.push_back(given ? classifier()(*given, memory()).sectors : std::vector{cd::sector::unknown});
    }
    return one_text(cd::name_of(cd::team_of(cd::count_sectors(authors))));
}
[[cpp11::register]] cpp11::list cd_read_hardware(SEXP given) {
    static const cd::hardware_reader read;
    const labels texts(given);
    number_column places, counts, hours, chip_hours, utilisations;
    text_column chips, formats, uses, evidence;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        allow_interrupt(i);
        const auto text = texts[i];
        if (!text) continue;
        for (const cd::hardware_mention& each : read(*text)) {
            places.add(static_cast<double>(i + 1));
            chips.add(each.chip);
            counts.add(each.count);
            hours.add(each.hours);
            chip_hours.add(each.chip_hours);
            utilisations.add(each.utilisation);
            formats.add(each.format ? cd::name_of(*each.format) : "");
            uses.add(cd::name_of(each.use));
            evidence.add(text->substr(each.span.begin, each.span.end - each.span.begin));
        }
    }
    return cpp11::writable::list({"text"_nm = places.made(), "chip"_nm = chips.made(), "count"_nm = counts.made(),
                                  "hours"_nm = hours.made(), "chip_hours"_nm = chip_hours.made(),
                                  "utilisation"_nm = utilisations.made(), "format"_nm = formats.made(),
                                  "use"_nm = uses.made(), "evidence"_nm = evidence.made()});
}

[[cpp11::register]] cpp11::list cd_regress(SEXP y, cpp11::list terms, cpp11::list clusters, cpp11::list absorbed,
                                           std::string family, double level) {
    const numbers response(y);
    std::vector<std::size_t> rows(response.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    const auto known = [](double x) { return std::isnan(x) ? std::nullopt : std::optional(x); };
    using number_of_row = std::function<std::optional<double>(std::size_t)>;
    using label_of_row = std::function<std::optional<std::string>(std::size_t)>;
    std::vector<decltype(cd::variable(std::string(), number_of_row()))> variables;
    const cpp11::strings names(terms.names());
    for (R_xlen_t k = 0; k < terms.size(); ++k) {
        const numbers values(terms[k]);
        require_same(rows.size(), values.size(), "regress");
        variables.push_back(cd::variable(std::string(names[k]),
                                         number_of_row([values, known](std::size_t i) { return known(values[i]); })));
    }
    const auto label_fields = [&](const cpp11::list& given) {
        std::vector<label_of_row> fields;
        for (const SEXP each : given) {
            const labels of(each);
            require_same(rows.size(), of.size(), "regress");
            fields.emplace_back([of](std::size_t i) {
                const auto label = of[i];
                return label ? std::optional(std::string(*label)) : std::nullopt;
            });
        }
        return fields;
    };
    const cd::regression_options options{.level = level};
    const number_of_row outcome = [&](std::size_t i) { return known(response[i]); };
    const auto model = cd::model_of(outcome).on(variables);
    const auto clustered = label_fields(clusters), effects = label_fields(absorbed);
    const auto which = cd::parse_name<cd::regression_family>(family);
    const bool linear = which == cd::regression_family::linear;
    if (!linear && which != cd::regression_family::logit)
        throw std::invalid_argument("regress: one of linear, logit, got " + family);
    if (!linear && !effects.empty())
        throw std::invalid_argument("regress: absorbed effects need the family linear, got " + family);
    const cd::regression_fit fit =
        !effects.empty() ? cd::fit_fixed_effects(rows, model.absorbing(effects).clustered_by(clustered), options)
        : linear         ? cd::fit_linear(rows, model.clustered_by(clustered), options)
                         : cd::fit_logit(rows, model.clustered_by(clustered), options);
    text_column term_names, statuses;
    number_column values, errors, lowers, uppers, p_values;
    for (const cd::coefficient_line& line : cd::coefficient_lines(fit)) {
        term_names.add(line.name);
        values.add(line.estimate.value);
        errors.add(line.standard_error);
        lowers.add(lower_of(line.estimate));
        uppers.add(upper_of(line.estimate));
        p_values.add(line.test.p_value);
        statuses.add(cd::name_of(line.estimate.status));
    }
    return cpp11::writable::list(
        {"terms"_nm = cpp11::writable::list({"name"_nm = term_names.made(), "estimate"_nm = values.made(),
                                             "standard_error"_nm = errors.made(), "lower"_nm = lowers.made(),
                                             "upper"_nm = uppers.made(), "p_value"_nm = p_values.made(),
                                             "status"_nm = statuses.made()}),
         "n"_nm = static_cast<double>(fit.n), "n_missing"_nm = static_cast<double>(fit.n_missing),
         "r_squared"_nm = number(fit.r_squared), "status"_nm = one_text(cd::name_of(fit.status))});
}
