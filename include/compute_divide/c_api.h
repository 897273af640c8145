/* SPDX-License-Identifier: BSL-1.0 */
#ifndef COMPUTE_DIVIDE_C_API_H
#define COMPUTE_DIVIDE_C_API_H

/* The library for C and for whatever speaks C: affiliations and hardware read from text, shares, trends and
 * concentration as accumulators that travel as bytes.
 *
 *     compute_divide_error error;
 *     compute_divide_accumulator* share;
 *     if (compute_divide_create(compute_divide_share, &share, &error)) return fail(error.message);
 *     for (...) compute_divide_add_answer(share, is_academic, NULL, 0, &error);
 *     compute_divide_estimate e;
 *     compute_divide_result(share, 0.95, &e, &error);   // e.value, e.lower, e.upper, e.method
 *     compute_divide_destroy(share);
 *
 * The functions are compiled by one C++20 source that defines COMPUTE_DIVIDE_C_API_IMPLEMENTATION before it includes
 * this header; nothing else is linked. Each function but those that free returns a status, 0 where all is well, and
 * says why not in `error`, which may be NULL. No exception leaves them. What fails changes nothing, but for a merge
 * that runs out of memory: what a function was to make is NULL or empty then. Texts are bytes with their length, UTF-8,
 * without a 0 at the end unless it says so. Different objects may be used by different threads; one object by several
 * at once only where it is const. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a function returns: 0 where all is well. */
typedef enum compute_divide_status {
    compute_divide_ok = 0,
    compute_divide_invalid_argument = 1, /* a value that the function does not take; the message names it */
    compute_divide_bad_state = 2,        /* bytes that are no state of this accumulator */
    compute_divide_out_of_memory = 3,
    compute_divide_failed = 4 /* anything else */
} compute_divide_status;

/* What went wrong; the message ends with 0 and is cut where it is longer. */
typedef struct compute_divide_error {
    compute_divide_status status;
    char message[252];
} compute_divide_error;

/* Bytes that the library made. They end with a 0 that `size` does not count. */
typedef struct compute_divide_text {
    char* bytes;
    size_t size;
} compute_divide_text;
/* Frees them and makes the text empty. */
void compute_divide_free_text(compute_divide_text* text);

/* The version of the implementation, "0.1.0". */
const char* compute_divide_version(void);

/* Affiliations. A classifier takes milliseconds to make and may then be used by any number of threads. */
typedef struct compute_divide_classifier compute_divide_classifier;
/* Makes a classifier, to be destroyed by the next. */
compute_divide_status compute_divide_create_classifier(compute_divide_classifier** made, compute_divide_error* error);
/* Frees it; NULL is nothing to free. */
void compute_divide_destroy_classifier(compute_divide_classifier* who);
/* {"institutions":[{"name":...,"type":...,...}],"sectors":[...],"is_independent":...} (institutions/affiliation.hpp).
 */
compute_divide_status compute_divide_classify_affiliation(const compute_divide_classifier* who, const char* affiliation,
                                                          size_t size, compute_divide_text* json,
                                                          compute_divide_error* error);

/* Hardware that a text says it used. A reader takes some 10 ms to make and may then be used by any number of threads.
 */
typedef struct compute_divide_hardware_reader compute_divide_hardware_reader;
/* Makes a reader, to be destroyed by the next. */
compute_divide_status compute_divide_create_hardware_reader(compute_divide_hardware_reader** made,
                                                            compute_divide_error* error);
/* Frees it; NULL is nothing to free. */
void compute_divide_destroy_hardware_reader(compute_divide_hardware_reader* reader);
/* [{"chip":...,"count":...,"hours":...,...}], a mention each (compute/hardware_mention.hpp). */
compute_divide_status compute_divide_read_hardware(const compute_divide_hardware_reader* reader, const char* text,
                                                   size_t size, compute_divide_text* json, compute_divide_error* error);

/* What is accumulated. Merged in any order and of any parts, counts and the sums of trends give the same bits. */
typedef enum compute_divide_kind {
    compute_divide_share = 0, /* of independent records: add_answer (statistics/share_counts.hpp) */
    compute_divide_clustered_share =
        1,                        /* of records that share a cluster: add_answer (statistics/clustered_share.hpp) */
    compute_divide_log_trend = 2, /* exponential growth: add_dated (trends/log_trend_sums.hpp) */
    compute_divide_clustered_log_trend = 3,
    compute_divide_hhi = 4 /* Herfindahl-Hirschman index of owners: add_owned (shares/owner_amounts.hpp) */
} compute_divide_kind;

/* What records are added to, of one kind. */
typedef struct compute_divide_accumulator compute_divide_accumulator;
/* `kind` is a compute_divide_kind; any other number is an error. */
compute_divide_status compute_divide_create(int kind, compute_divide_accumulator** made, compute_divide_error* error);
/* Frees it; NULL is nothing to free. */
void compute_divide_destroy(compute_divide_accumulator* accumulator);

/* A record of a share: 1 yes, 0 no, negative where that is not known. `cluster` is NULL of compute_divide_share, and
 * where the record's is not known: then it depends on no other. */
compute_divide_status compute_divide_add_answer(compute_divide_accumulator* share, int answer, const char* cluster,
                                                size_t cluster_size, compute_divide_error* error);
/* A record of a trend: its time in days since 1970-01-01 and its value > 0; NaN where one is not known. `cluster` is
 * NULL of compute_divide_log_trend; of the clustered one a record without is counted as missing. */
compute_divide_status compute_divide_add_dated(compute_divide_accumulator* trend, double day, double value,
                                               const char* cluster, size_t cluster_size, compute_divide_error* error);
/* A record of an owner, NULL where it is not known, and an amount >= 0, NaN where it is not known. Amounts of an owner
 * are summed. */
compute_divide_status compute_divide_add_owned(compute_divide_accumulator* hhi, const char* owner, size_t owner_size,
                                               double amount, compute_divide_error* error);

/* Both of the same kind; `from` stays as it is. Out of memory, some of the clusters or owners may be merged. */
compute_divide_status compute_divide_merge(compute_divide_accumulator* into, const compute_divide_accumulator* from,
                                           compute_divide_error* error);
/* To bytes (state.hpp). */
compute_divide_status compute_divide_save(const compute_divide_accumulator* accumulator, compute_divide_text* state,
                                          compute_divide_error* error);
/* From bytes into an accumulator of the same kind, whose records they replace (state.hpp). */
compute_divide_status compute_divide_load(compute_divide_accumulator* accumulator, const char* state, size_t size,
                                          compute_divide_error* error);

/* A number with its interval; NaN is what is not there. Texts end with 0. */
typedef struct compute_divide_estimate {
    double value, lower, upper;
    double level;              /* nominal coverage of the interval */
    uint64_t n, n_missing;     /* records (of hhi: owners) used, and records left out */
    double n_effective;        /* what they are worth, where that is another number */
    double degrees_of_freedom; /* of t, where the interval is by it */
    char method[48];           /* "wilson" */
    char status[16];           /* "ok", "few_clusters", "no_data", "too_few", "degenerate" (estimate.hpp) */
} compute_divide_estimate;
/* The share; of a trend the factor of growth a year; the index. `level` is in (0, 1). */
compute_divide_status compute_divide_result(const compute_divide_accumulator* accumulator, double level,
                                            compute_divide_estimate* result, compute_divide_error* error);
/* All of the result: an estimate; share, variance, design_effect and clusters; slope, factor and doubling; all measures
 * of concentration. */
compute_divide_status compute_divide_result_json(const compute_divide_accumulator* accumulator, double level,
                                                 compute_divide_text* json, compute_divide_error* error);

#ifdef __cplusplus
}
#endif

#endif

#if defined(COMPUTE_DIVIDE_C_API_IMPLEMENTATION) && !defined(COMPUTE_DIVIDE_C_API_IMPLEMENTED)
#define COMPUTE_DIVIDE_C_API_IMPLEMENTED

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>
#include <compute_divide/version.hpp>

struct compute_divide_classifier {
    compute_divide::classifier classify;
};
struct compute_divide_hardware_reader {
    compute_divide::hardware_reader read;
};
struct compute_divide_accumulator {
    using owners = compute_divide::owner_amounts<int, std::string>;
    using clustered_share = compute_divide::clustered_successes<std::string>;
    using clustered_trend = compute_divide::clustered_log_trend_sums<std::string>;

    std::variant<compute_divide::share_counts, clustered_share, compute_divide::log_trend_sums, clustered_trend, owners>
        sums;  // by compute_divide_kind
};

namespace compute_divide::inline v0_2::c_api {

/// Tells `error` of a status; the message is cut between two characters.
inline compute_divide_status tell(compute_divide_error* error, compute_divide_status status,
                                  std::string_view message) noexcept {
    if (error == nullptr) return status;
    std::size_t size = std::min(message.size(), sizeof error->message - 1);
    const auto continues = [message](std::size_t at) {
        return (static_cast<unsigned char>(message[at]) & 0xC0U) == 0x80;
    };
    if (size < message.size())
        while (size > 0 && continues(size)) --size;
    std::memcpy(error->message, message.data(), size);
    error->message[size] = '\0';
    error->status = status;
    return status;
}

/// Runs `body` and tells what it throws as a status.
template <class Body>
compute_divide_status guarded(compute_divide_error* error, Body&& body) noexcept {
    try {
        body();
        return tell(error, compute_divide_ok, "");
    } catch (const state_error& e) {
        return tell(error, compute_divide_bad_state, e.what());
    } catch (const std::logic_error& e) {
        return tell(error, compute_divide_invalid_argument, e.what());
    } catch (const std::bad_alloc&) {
        return tell(error, compute_divide_out_of_memory, "compute_divide: out of memory");
    } catch (const std::exception& e) {
        return tell(error, compute_divide_failed, e.what());
    } catch (...) {
        return tell(error, compute_divide_failed, "compute_divide: an exception of unknown type");
    }
}

inline void require_given(bool given, const char* what) {
    if (!given)
        throw std::invalid_argument(std::string("compute_divide: ").append(what).append(" is required, got NULL"));
}
/// Nothing of NULL.
inline std::optional<std::string_view> text_of(const char* bytes, std::size_t size) {
    if (bytes == nullptr) return std::nullopt;
    return std::string_view(bytes, size);
}
inline void give(std::string_view bytes, compute_divide_text* text) {
    char* const copy = new char[bytes.size() + 1];
    if (!bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
    copy[bytes.size()] = '\0';
    *text = {copy, bytes.size()};
}

template <class Sums>
Sums& sums_of(compute_divide_accumulator& accumulator, const char* function, const char* kind) {
    Sums* const found = std::get_if<Sums>(&accumulator.sums);
    if (found == nullptr)
        throw std::invalid_argument(
            std::string(function).append(": an accumulator of ").append(kind).append(" is required, got kind ") +
            std::to_string(accumulator.sums.index()));
    return *found;
}
inline void require_no_cluster(const char* cluster, const char* function) {
    if (cluster != nullptr)
        throw std::invalid_argument(std::string(function).append(
            ": no cluster is taken by an accumulator of independent records; make a clustered one"));
}

template <class Accumulator>
auto result_of(const Accumulator& sums, double level) {
    using type = std::remove_cvref_t<Accumulator>;
    if constexpr (std::is_same_v<type, share_counts>) {
        return sums.result(share_options{.level = level});
    } else if constexpr (std::is_same_v<type, compute_divide_accumulator::clustered_share>) {
        return sums.result(clustered_share_options{.level = level});
    } else if constexpr (std::is_same_v<type, log_trend_sums>) {
        return sums.result(trend_options{.level = level});
    } else if constexpr (std::is_same_v<type, compute_divide_accumulator::clustered_trend>) {
        return sums.result(trend_options{.interval = trend_interval::clustered, .level = level});
    } else {
        const auto table = sums.result();
        const concentration_options options{.level = level};
        if (!table.rows.empty()) return concentration_of_keys(table, options).front().concentration;
        return concentration_of(std::vector<owner_amount<std::string>>{}, &owner_amount<std::string>::amount, options);
    }
}
inline const estimate& main_estimate(const estimate& e) {
    return e;
}
inline const estimate& main_estimate(const clustered_share& s) {
    return s.share;
}
inline const estimate& main_estimate(const growth& g) {
    return g.factor;
}
inline const estimate& main_estimate(const owner_concentration& c) {
    return c.hhi;
}

template <std::size_t N>
void copy_name(std::string_view name, char (&place)[N]) {
    const std::size_t size = std::min(name.size(), N - 1);
    std::copy_n(name.data(), size, static_cast<char*>(place));
    place[size] = '\0';
}
inline compute_divide_estimate estimate_of(const estimate& e) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    compute_divide_estimate given{.value = e.value.value_or(none),
                                  .lower = e.bounds ? e.bounds->lower : none,
                                  .upper = e.bounds ? e.bounds->upper : none,
                                  .level = e.level,
                                  .n = e.n,
                                  .n_missing = e.n_missing,
                                  .n_effective = e.n_effective.value_or(none),
                                  .degrees_of_freedom = e.degrees_of_freedom.value_or(none),
                                  .method = {},
                                  .status = {}};
    copy_name(e.method, given.method);
    copy_name(name_of(e.status), given.status);
    return given;
}

}  // namespace compute_divide::inline v0_2::c_api

extern "C" {

void compute_divide_free_text(compute_divide_text* text) {
    if (text == nullptr) return;
    delete[] text->bytes;
    *text = {nullptr, 0};
}

#define COMPUTE_DIVIDE_AS_TEXT(x) #x
#define COMPUTE_DIVIDE_VERSION_TEXT(a, b, c) \
    COMPUTE_DIVIDE_AS_TEXT(a) "." COMPUTE_DIVIDE_AS_TEXT(b) "." COMPUTE_DIVIDE_AS_TEXT(c)
const char* compute_divide_version(void) {
    return COMPUTE_DIVIDE_VERSION_TEXT(COMPUTE_DIVIDE_VERSION_MAJOR, COMPUTE_DIVIDE_VERSION_MINOR,
                                       COMPUTE_DIVIDE_VERSION_PATCH);
}
#undef COMPUTE_DIVIDE_VERSION_TEXT
#undef COMPUTE_DIVIDE_AS_TEXT

compute_divide_status compute_divide_create_classifier(compute_divide_classifier** made, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(made != nullptr, "a place for the classifier");
        *made = nullptr;
        *made = new compute_divide_classifier();
    });
}
void compute_divide_destroy_classifier(compute_divide_classifier* who) {
    delete who;
}
compute_divide_status compute_divide_classify_affiliation(const compute_divide_classifier* who, const char* affiliation,
                                                          size_t size, compute_divide_text* json,
                                                          compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(json != nullptr, "a place for the text");
        *json = {nullptr, 0};
        compute_divide::c_api::require_given(who != nullptr, "a classifier");
        compute_divide::c_api::require_given(affiliation != nullptr || size == 0, "an affiliation");
        compute_divide::c_api::give(to_json(who->classify(std::string_view(affiliation, size))), json);
    });
}

compute_divide_status compute_divide_create_hardware_reader(compute_divide_hardware_reader** made,
                                                            compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(made != nullptr, "a place for the reader");
        *made = nullptr;
        *made = new compute_divide_hardware_reader();
    });
}
void compute_divide_destroy_hardware_reader(compute_divide_hardware_reader* reader) {
    delete reader;
}
compute_divide_status compute_divide_read_hardware(const compute_divide_hardware_reader* reader, const char* text,
                                                   size_t size, compute_divide_text* json,
                                                   compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(json != nullptr, "a place for the text");
        *json = {nullptr, 0};
        compute_divide::c_api::require_given(reader != nullptr, "a reader");
        compute_divide::c_api::require_given(text != nullptr || size == 0, "a text");
        compute_divide::c_api::give(compute_divide::to_json(reader->read(std::string_view(text, size))), json);
    });
}

compute_divide_status compute_divide_create(int kind, compute_divide_accumulator** made, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(made != nullptr, "a place for the accumulator");
        *made = nullptr;
        auto accumulator = std::make_unique<compute_divide_accumulator>();
        switch (kind) {
            case compute_divide_share:
                break;
            case compute_divide_clustered_share:
                accumulator->sums.emplace<1>();
                break;
            case compute_divide_log_trend:
                accumulator->sums.emplace<2>();
                break;
            case compute_divide_clustered_log_trend:
                accumulator->sums.emplace<3>();
                break;
            case compute_divide_hhi:
                accumulator->sums.emplace<4>();
                break;
            default:
                throw std::invalid_argument("compute_divide_create: a compute_divide_kind is required, got " +
                                            std::to_string(kind));
        }
        *made = accumulator.release();
    });
}
void compute_divide_destroy(compute_divide_accumulator* accumulator) {
    delete accumulator;
}

compute_divide_status compute_divide_add_answer(compute_divide_accumulator* share, int answer, const char* cluster,
                                                size_t cluster_size, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        using namespace compute_divide::c_api;
        require_given(share != nullptr, "an accumulator");
        if (answer > 1)
            throw std::invalid_argument("compute_divide_add_answer: 1, 0 or a negative number is required, got " +
                                        std::to_string(answer));
        const std::optional<bool> yes = answer < 0 ? std::nullopt : std::optional(answer == 1);
        if (auto* const sums = std::get_if<compute_divide_accumulator::clustered_share>(&share->sums))
            return sums->add(yes, text_of(cluster, cluster_size));
        auto& sums = sums_of<compute_divide::share_counts>(*share, "compute_divide_add_answer", "a share");
        require_no_cluster(cluster, "compute_divide_add_answer");
        sums.add(yes);
    });
}
compute_divide_status compute_divide_add_dated(compute_divide_accumulator* trend, double day, double value,
                                               const char* cluster, size_t cluster_size, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        using namespace compute_divide::c_api;
        using days = std::chrono::duration<double, std::chrono::days::period>;
        require_given(trend != nullptr, "an accumulator");
        const std::chrono::sys_time<days> when{days(day)};
        if (auto* const sums = std::get_if<compute_divide_accumulator::clustered_trend>(&trend->sums))
            return sums->add(when, value, text_of(cluster, cluster_size));
        auto& sums = sums_of<compute_divide::log_trend_sums>(*trend, "compute_divide_add_dated", "a trend");
        require_no_cluster(cluster, "compute_divide_add_dated");
        sums.add(when, value);
    });
}
compute_divide_status compute_divide_add_owned(compute_divide_accumulator* hhi, const char* owner, size_t owner_size,
                                               double amount, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        using namespace compute_divide::c_api;
        require_given(hhi != nullptr, "an accumulator");
        sums_of<compute_divide_accumulator::owners>(*hhi, "compute_divide_add_owned", "owners")
            .add(0, text_of(owner, owner_size), amount);
    });
}

compute_divide_status compute_divide_merge(compute_divide_accumulator* into, const compute_divide_accumulator* from,
                                           compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(into != nullptr && from != nullptr, "an accumulator");
        if (into->sums.index() != from->sums.index())
            throw std::invalid_argument("compute_divide_merge: two accumulators of one kind are required, got kinds " +
                                        std::to_string(into->sums.index()) + " and " +
                                        std::to_string(from->sums.index()));
        std::visit(
            [&](const auto& more) {
                using type = std::remove_cvref_t<decltype(more)>;
                auto& sums = std::get<type>(into->sums);
                if (into == from)
                    sums.merge(type(more));
                else
                    sums.merge(more);
            },
            from->sums);
    });
}
compute_divide_status compute_divide_save(const compute_divide_accumulator* accumulator, compute_divide_text* state,
                                          compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(state != nullptr, "a place for the state");
        *state = {nullptr, 0};
        compute_divide::c_api::require_given(accumulator != nullptr, "an accumulator");
        std::visit([&](const auto& sums) { compute_divide::c_api::give(compute_divide::saved(sums), state); },
                   accumulator->sums);
    });
}
compute_divide_status compute_divide_load(compute_divide_accumulator* accumulator, const char* state, size_t size,
                                          compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(accumulator != nullptr, "an accumulator");
        compute_divide::c_api::require_given(state != nullptr || size == 0, "a state");
        const std::string_view bytes(state, size);
        if (auto* const owners = std::get_if<compute_divide_accumulator::owners>(&accumulator->sums)) {
            compute_divide_accumulator::owners loaded;
            compute_divide::load(bytes, loaded);
            const auto table = loaded.result();
            if (table.rows.size() > 1 || (!table.rows.empty() && table.rows.front().key != 0))
                throw compute_divide::state_error("compute_divide_load: owners of one key are required, got others");
            *owners = std::move(loaded);
            return;
        }
        std::visit([&](auto& sums) { compute_divide::load(bytes, sums); }, accumulator->sums);
    });
}

compute_divide_status compute_divide_result(const compute_divide_accumulator* accumulator, double level,
                                            compute_divide_estimate* result, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        using namespace compute_divide::c_api;
        require_given(result != nullptr, "a place for the result");
        *result = estimate_of(compute_divide::estimate{});
        require_given(accumulator != nullptr, "an accumulator");
        std::visit([&](const auto& sums) { *result = estimate_of(main_estimate(result_of(sums, level))); },
                   accumulator->sums);
    });
}
compute_divide_status compute_divide_result_json(const compute_divide_accumulator* accumulator, double level,
                                                 compute_divide_text* json, compute_divide_error* error) {
    return compute_divide::c_api::guarded(error, [&] {
        compute_divide::c_api::require_given(json != nullptr, "a place for the text");
        *json = {nullptr, 0};
        compute_divide::c_api::require_given(accumulator != nullptr, "an accumulator");
        std::visit(
            [&](const auto& sums) {
                compute_divide::c_api::give(to_json(compute_divide::c_api::result_of(sums, level)), json);
            },
            accumulator->sums);
    });
}

}  // extern "C"

#endif
