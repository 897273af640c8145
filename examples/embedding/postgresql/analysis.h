/* SPDX-License-Identifier: BSL-1.0 */
#ifndef COMPUTE_DIVIDE_POSTGRESQL_ANALYSIS_H
#define COMPUTE_DIVIDE_POSTGRESQL_ANALYSIS_H

/* What compute_divide.c, which sees PostgreSQL and nothing of C++, asks of analysis.cpp, which sees the library and
 * nothing of PostgreSQL. PostgreSQL ends a statement by longjmp, which no C++ frame may be crossed by; C++ throws,
 * which no C frame may be crossed by. So no function here calls back into PostgreSQL, and none throws: each that can
 * fail returns false and says why. A backend is one thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char* at; /* no zero behind it; lives until the next call of this library */
    size_t size;
} cd_text;

typedef enum { CD_WRONG_INPUT, CD_WRONG_STATE, CD_NO_MEMORY, CD_INTERRUPTED, CD_OTHER } cd_reason;
typedef struct {
    cd_reason reason;
    char text[512];
} cd_failure;

/* Looked at in long work. */
extern bool (*cd_interrupt_pending)(void);

/* Accumulators. */

typedef enum { CD_SHARE, CD_CLUSTERED_SHARE, CD_TREND, CD_CLUSTERED_TREND, CD_OWNERS, CD_UNKNOWN } cd_kind;

/* Bytes of an accumulator that needs no destructor, and lives in memory of the caller's; 0 for the others. */
size_t cd_plain_size(cd_kind kind);
void cd_make_plain(cd_kind kind, void* memory);
bool cd_make(cd_kind kind, void** accumulator, cd_failure* failure);
void cd_destroy(cd_kind kind, void* accumulator);

bool cd_merge(cd_kind kind, void* accumulator, const void* other, cd_failure* failure);
bool cd_save(cd_kind kind, const void* accumulator, cd_text* bytes, cd_failure* failure);
/* Of what kind bytes are that the library's `saved` gave, by the name in their head. */
cd_kind cd_kind_of(cd_text bytes);
bool cd_load(cd_kind kind, void* accumulator, cd_text bytes, cd_failure* failure);
/* Gives back memory of earlier answers, where it is much. */
void cd_forget(void);

typedef enum { CD_NO = 0, CD_YES = 1, CD_NULL = 2 } cd_answer;
typedef enum { CD_NO_DATE, CD_DAYS, CD_MICROSECONDS, CD_DECIMAL_YEAR } cd_time_kind;
typedef struct {
    cd_time_kind kind;
    int64_t count; /* days or microseconds since 1970-01-01 */
    double year;
} cd_time;

/* A text whose `at` is null is not known, as is a value that is null. */
bool cd_add_share(void* accumulator, cd_answer yes, cd_failure* failure);
bool cd_add_clustered_share(void* accumulator, cd_answer yes, cd_text cluster, cd_failure* failure);
bool cd_add_trend(void* accumulator, cd_time time, const double* value, cd_failure* failure);
bool cd_add_clustered_trend(void* accumulator, cd_time time, const double* value, cd_text cluster, cd_failure* failure);
bool cd_add_owner(void* accumulator, cd_text owner, const double* amount, cd_failure* failure);

/* Results. */

typedef struct {
    double value;
    bool known;
} cd_number;
typedef struct {
    cd_number value, lower, upper, n_effective, degrees_of_freedom;
    double level;
    cd_text method, status;
    uint64_t n, n_missing;
} cd_estimate;
typedef struct {
    cd_estimate slope, factor, doubling;
    cd_text doubling_kind;
    cd_number r_squared;
} cd_trend;

/* Of a text with `at` null the library's default. */
bool cd_share_result(cd_kind kind, const void* accumulator, double level, cd_text interval, cd_estimate* result,
                     cd_failure* failure);
bool cd_trend_result(cd_kind kind, const void* accumulator, double level, cd_trend* result, cd_failure* failure);
bool cd_owners_result(const void* accumulator, cd_text measure, double level, cd_estimate* result, cd_failure* failure);

/* Texts. */

typedef struct {
    cd_text name, type, sector, country, city, rule, evidence;
    double confidence;
} cd_institution;
bool cd_classify(cd_text affiliation, size_t* institutions, size_t* sectors, bool* is_independent, cd_failure* failure);
cd_institution cd_institution_at(size_t i);
cd_text cd_sector_at(size_t i);

void cd_begin_team(void);
bool cd_add_author(cd_text affiliation, cd_failure* failure);
bool cd_team(cd_text* kind, cd_failure* failure);

typedef struct {
    cd_text chip, use, format, evidence;
    cd_number count, hours, chip_hours, utilisation;
} cd_hardware;
bool cd_read_hardware(cd_text text, size_t* mentions, cd_failure* failure);
cd_hardware cd_hardware_at(size_t i);

#ifdef __cplusplus
}
#endif

#endif
