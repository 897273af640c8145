// SPDX-License-Identifier: BSL-1.0
#include "analysis.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>
#include <compute_divide/visible_text.hpp>

namespace cd = compute_divide;

bool (*cd_interrupt_pending)(void) = nullptr;

namespace {

using clustered_share = cd::clustered_successes<std::string>;
using clustered_trend = cd::clustered_log_trend_sums<std::string>;
using owners = cd::owner_amounts<int, std::string>;  // all under the key 0

struct interrupted {};

void tell(cd_failure* failure, cd_reason reason, std::string_view text) noexcept {
    failure->reason = reason;
    const int size = static_cast<int>(std::min(text.size(), sizeof failure->text - 1));
    std::snprintf(failure->text, sizeof failure->text, "%.*s", size, text.data());
}
void tell_safely(cd_failure* failure, cd_reason reason, const std::exception& error) noexcept try {
    std::string_view text = error.what();
    if (constexpr std::string_view prefix = "compute_divide::"; text.starts_with(prefix))
        text.remove_prefix(prefix.size());
    // What the user wrote may be in it, cut anywhere.
    tell(failure, reason, cd::visible_text(text.substr(0, 300)));
} catch (...) {
    tell(failure, CD_NO_MEMORY, "out of memory");
}

/// Nothing that is thrown gets out.
template <class Work>
bool guarded(cd_failure* failure, const Work& work) noexcept {
    try {
        work();
        return true;
    } catch (const interrupted&) {
        tell(failure, CD_INTERRUPTED, "interrupted");
    } catch (const std::bad_alloc&) {
        tell(failure, CD_NO_MEMORY, "out of memory");
    } catch (const cd::state_error& error) {
        tell_safely(failure, CD_WRONG_STATE, error);
    } catch (const std::invalid_argument& error) {
        tell_safely(failure, CD_WRONG_INPUT, error);
    } catch (const std::exception& error) {
        tell_safely(failure, CD_OTHER, error);
    } catch (...) {
        tell(failure, CD_OTHER, "an unknown error");
    }
    return false;
}

template <class A>
struct type_is {
    using type = A;
};
template <class Use>
auto with_type(cd_kind kind, const Use& use) {
    switch (kind) {
        case CD_SHARE:
            return use(type_is<cd::share_counts>{});
        case CD_CLUSTERED_SHARE:
            return use(type_is<clustered_share>{});
        case CD_TREND:
            return use(type_is<cd::log_trend_sums>{});
        case CD_CLUSTERED_TREND:
            return use(type_is<clustered_trend>{});
        case CD_OWNERS:
        case CD_UNKNOWN:
            break;
    }
    return use(type_is<owners>{});
}
template <class A>
A& as(void* accumulator) {
    return *static_cast<A*>(accumulator);
}
template <class A>
const A& as(const void* accumulator) {
    return *static_cast<const A*>(accumulator);
}
/// Whether it can be left to a memory context, which only forgets.
template <class A>
constexpr bool is_plain = std::is_trivially_destructible_v<A>;

cd_text text_of(std::string_view text) {
    return {text.data(), text.size()};
}
std::string_view view_of(cd_text text) {
    return {text.at, text.size};
}
std::optional<std::string_view> known(cd_text text) {
    if (text.at == nullptr) return std::nullopt;
    return view_of(text);
}
cd_number number_of(const std::optional<double>& x) {
    return {x.value_or(0), x.has_value()};
}
cd_estimate estimate_of(const cd::estimate& e) {
    using number = std::optional<double>;
    return {.value = number_of(e.value),
            .lower = number_of(e.bounds ? number(e.bounds->lower) : number()),
            .upper = number_of(e.bounds ? number(e.bounds->upper) : number()),
            .n_effective = number_of(e.n_effective),
            .degrees_of_freedom = number_of(e.degrees_of_freedom),
            .level = e.level,
            .method = text_of(e.method),
            .status = text_of(cd::name_of(e.status)),
            .n = e.n,
            .n_missing = e.n_missing};
}

std::string saved_bytes;
constexpr std::size_t much = std::size_t{1} << 20U;

/// A date is known or it is an error: a year that the library's calendar has not would else be missing.
template <class Date>
const Date& in_calendar(const Date& date) {
    if (!cd::is_known(cd::days_since_1970(date)))
        throw std::invalid_argument("a date in the years -32767 to 32766 is required");
    return date;
}
template <class Add>
void with_time(cd_time time, const Add& add) {
    using namespace std::chrono;
    switch (time.kind) {
        case CD_DAYS:
            return add(in_calendar(sys_days{days{time.count}}));
        case CD_MICROSECONDS:
            return add(in_calendar(sys_time<microseconds>{microseconds{time.count}}));
        case CD_DECIMAL_YEAR:
            return add(std::isnan(time.year) ? time.year : in_calendar(time.year));
        case CD_NO_DATE:
            break;
    }
    add(std::numeric_limits<double>::quiet_NaN());
}
double or_unknown(const double* value) {
    return value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN();
}

/// Built when the backend first needs it, in milliseconds.
const cd::affiliation& classified(std::string_view text) {
    constexpr std::size_t longest = std::size_t{1} << 20U;  // nobody can cancel what runs here
    if (text.size() > longest)
        throw std::invalid_argument("an affiliation of at most 1048576 bytes is required, got " +
                                    std::to_string(text.size()));
    static const cd::classifier classifier;
    static cd::cached_classifier who(classifier, {.capacity = 4096});
    static std::string key;
    key = text;
    return who(key);
}
const cd::affiliation* last_affiliation = nullptr;
std::vector<std::vector<cd::sector>> authors;

std::vector<cd::hardware_mention> mentions;
std::string_view text_with_hardware;

}  // namespace

size_t cd_plain_size(cd_kind kind) {
    return with_type(kind, [](auto type) -> std::size_t {
        using A = typename decltype(type)::type;
        return is_plain<A> ? sizeof(A) : 0;
    });
}
void cd_make_plain(cd_kind kind, void* memory) {
    with_type(kind, [&](auto type) {
        using A = typename decltype(type)::type;
        if constexpr (is_plain<A>) {
            static_assert(alignof(A) <= 8);
            new (memory) A;
        }
    });
}
bool cd_make(cd_kind kind, void** accumulator, cd_failure* failure) {
    return guarded(failure,
                   [&] { with_type(kind, [&](auto type) { *accumulator = new typename decltype(type)::type; }); });
}
void cd_destroy(cd_kind kind, void* accumulator) {
    with_type(kind, [&](auto type) { delete static_cast<typename decltype(type)::type*>(accumulator); });
}

bool cd_merge(cd_kind kind, void* accumulator, const void* other, cd_failure* failure) {
    return guarded(failure, [&] {
        with_type(kind, [&](auto type) {
            using A = typename decltype(type)::type;
            as<A>(accumulator).merge(as<A>(other));
        });
    });
}
bool cd_save(cd_kind kind, const void* accumulator, cd_text* bytes, cd_failure* failure) {
    return guarded(failure, [&] {
        with_type(kind, [&](auto type) { saved_bytes = cd::saved(as<typename decltype(type)::type>(accumulator)); });
        *bytes = text_of(saved_bytes);
    });
}
cd_kind cd_kind_of(cd_text bytes) {
    const std::string_view state = view_of(bytes);
    const auto is_of = [state](std::string_view name) {
        constexpr std::size_t size_at = 12;  // behind the magic and the format
        return state.size() > size_at && static_cast<unsigned char>(state[size_at]) == name.size() &&
               state.substr(size_at + 1, name.size()) == name;
    };
    if (is_of("share_counts")) return CD_SHARE;
    if (is_of("clustered_successes")) return CD_CLUSTERED_SHARE;
    if (is_of("log_trend_sums")) return CD_TREND;
    if (is_of("clustered_log_trend_sums")) return CD_CLUSTERED_TREND;
    if (is_of("owner_amounts")) return CD_OWNERS;
    return CD_UNKNOWN;
}
bool cd_load(cd_kind kind, void* accumulator, cd_text bytes, cd_failure* failure) {
    return guarded(failure, [&] {
        with_type(kind, [&](auto type) { cd::load(view_of(bytes), as<typename decltype(type)::type>(accumulator)); });
    });
}
void cd_forget() {
    if (saved_bytes.capacity() > much) std::string().swap(saved_bytes);
    if (mentions.capacity() * sizeof(cd::hardware_mention) > much) std::vector<cd::hardware_mention>().swap(mentions);
}

bool cd_add_share(void* accumulator, cd_answer yes, cd_failure* failure) {
    return guarded(failure, [&] {
        auto& counts = as<cd::share_counts>(accumulator);
        if (yes == CD_NULL)
            counts.add(std::optional<bool>());
        else
            counts.add(yes == CD_YES);
    });
}
bool cd_add_clustered_share(void* accumulator, cd_answer yes, cd_text cluster, cd_failure* failure) {
    return guarded(failure, [&] {
        as<clustered_share>(accumulator)
            .add(yes == CD_NULL ? std::nullopt : std::optional(yes == CD_YES), known(cluster));
    });
}
bool cd_add_trend(void* accumulator, cd_time time, const double* value, cd_failure* failure) {
    return guarded(failure, [&] {
        with_time(time, [&](auto date) { as<cd::log_trend_sums>(accumulator).add(date, or_unknown(value)); });
    });
}
bool cd_add_clustered_trend(void* accumulator, cd_time time, const double* value, cd_text cluster,
                            cd_failure* failure) {
    return guarded(failure, [&] {
        with_time(time,
                  [&](auto date) { as<clustered_trend>(accumulator).add(date, or_unknown(value), known(cluster)); });
    });
}
bool cd_add_owner(void* accumulator, cd_text owner, const double* amount, cd_failure* failure) {
    return guarded(failure, [&] { as<owners>(accumulator).add(0, known(owner), or_unknown(amount)); });
}

bool cd_share_result(cd_kind kind, const void* accumulator, double level, cd_text interval, cd_estimate* result,
                     cd_failure* failure) {
    return guarded(failure, [&] {
        const auto method = interval.at != nullptr ? cd::parse_name<cd::proportion_interval>(view_of(interval))
                                                   : cd::proportion_interval::wilson;
        *result = estimate_of(
            kind == CD_SHARE
                ? as<cd::share_counts>(accumulator).result(cd::share_options{.interval = method, .level = level})
                : as<clustered_share>(accumulator).result({.interval = method, .level = level}).share);
    });
}
bool cd_trend_result(cd_kind kind, const void* accumulator, double level, cd_trend* result, cd_failure* failure) {
    return guarded(failure, [&] {
        cd::growth found;
        std::optional<double> r_squared;
        if (kind == CD_TREND) {
            const auto& sums = as<cd::log_trend_sums>(accumulator);
            found = sums.result({.level = level});
            r_squared = sums.r_squared();
        } else {
            found =
                as<clustered_trend>(accumulator).result({.interval = cd::trend_interval::clustered, .level = level});
        }
        *result = {.slope = estimate_of(found.slope),
                   .factor = estimate_of(found.factor),
                   .doubling = estimate_of(found.doubling.months),
                   .doubling_kind = text_of(cd::name_of(found.doubling.kind)),
                   .r_squared = number_of(r_squared)};
    });
}
bool cd_owners_result(const void* accumulator, cd_text measure, double level, cd_estimate* result,
                      cd_failure* failure) {
    return guarded(failure, [&] {
        const auto which = measure.at != nullptr ? cd::parse_name<cd::concentration_measure>(view_of(measure))
                                                 : cd::concentration_measure::hhi;
        const cd::concentration_options options{.top = {}, .level = level};
        const auto rows = cd::concentration_of_keys(as<owners>(accumulator).result(), options);
        *result = estimate_of(rows.empty() ? cd::estimate{.level = level} : rows.front().concentration.of(which));
    });
}

bool cd_classify(cd_text affiliation, size_t* institutions, size_t* sectors, bool* is_independent,
                 cd_failure* failure) {
    return guarded(failure, [&] {
        last_affiliation = nullptr;
        last_affiliation = &classified(view_of(affiliation));
        *institutions = last_affiliation->institutions.size();
        *sectors = last_affiliation->sectors.size();
        *is_independent = last_affiliation->is_independent;
    });
}
cd_institution cd_institution_at(size_t i) {
    const cd::institution& found = last_affiliation->institutions[i];
    return {.name = text_of(found.name),
            .type = text_of(cd::name_of(found.type)),
            .sector = text_of(cd::name_of(cd::sector_of(found.type))),
            .country = text_of(found.country),
            .city = text_of(found.city),
            .rule = text_of(cd::name_of(found.rule)),
            .evidence = text_of(found.evidence),
            .confidence = found.confidence};
}
cd_text cd_sector_at(size_t i) {
    return text_of(cd::name_of(last_affiliation->sectors[i]));
}

void cd_begin_team() {
    authors.clear();
}
bool cd_add_author(cd_text affiliation, cd_failure* failure) {
    return guarded(failure, [&] {
        if (affiliation.at == nullptr)
            authors.push_back({cd::sector::unknown});
        else
            authors.push_back(classified(view_of(affiliation)).sectors);
    });
}
bool cd_team(cd_text* kind, cd_failure* failure) {
    return guarded(failure, [&] { *kind = text_of(cd::name_of(cd::team_of(cd::count_sectors(authors)))); });
}

bool cd_read_hardware(cd_text text, size_t* found, cd_failure* failure) {
    return guarded(failure, [&] {
        static const cd::hardware_reader read;
        mentions.clear();
        text_with_hardware = view_of(text);
        read.for_each(text_with_hardware, [](const cd::hardware_mention& mention) {
            if (cd_interrupt_pending()) throw interrupted();
            mentions.push_back(mention);
        });
        *found = mentions.size();
    });
}
cd_hardware cd_hardware_at(size_t i) {
    const cd::hardware_mention& mention = mentions[i];
    return {.chip = text_of(mention.chip),
            .use = text_of(cd::name_of(mention.use)),
            .format = mention.format ? text_of(cd::name_of(*mention.format)) : cd_text{},
            .evidence = text_of(text_with_hardware.substr(mention.span.begin, mention.span.end - mention.span.begin)),
            .count = number_of(mention.count),
            .hours = number_of(mention.hours),
            .chip_hours = number_of(mention.chip_hours),
            .utilisation = number_of(mention.utilisation)};
}
