/* SPDX-License-Identifier: BSL-1.0 */

/* The functions of compute_divide.sql: what PostgreSQL gives is handed to analysis.cpp, and what that answers is copied
 * into PostgreSQL's memory. This file is C, so that an error of PostgreSQL's never jumps over a C++ frame. */

#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "analysis.h"

#if PG_VERSION_NUM < 150000
#error "PostgreSQL 15 or later is required"
#endif

PG_MODULE_MAGIC;

static bool interrupt_pending(void) {
    return InterruptPending != 0;
}

PGDLLEXPORT void _PG_init(void);
void _PG_init(void) {
    cd_interrupt_pending = interrupt_pending;
}

/* Errors. */

static void check(bool done, const cd_failure* failure) {
    int code = ERRCODE_INTERNAL_ERROR;
    if (likely(done)) return;
    switch (failure->reason) {
        case CD_WRONG_INPUT:
            code = ERRCODE_INVALID_PARAMETER_VALUE;
            break;
        case CD_WRONG_STATE:
            code = ERRCODE_INVALID_BINARY_REPRESENTATION;
            break;
        case CD_NO_MEMORY:
            code = ERRCODE_OUT_OF_MEMORY;
            break;
        case CD_INTERRUPTED:
        case CD_OTHER:
            break;
    }
    ereport(ERROR, (errcode(code), errmsg("%s", failure->text)));
}

/* Texts: the library speaks UTF-8. */

static cd_text utf8_of(text* given) {
    cd_text result;
    int size = (int)VARSIZE_ANY_EXHDR(given);
    char* at = VARDATA_ANY(given);
    char* converted = pg_server_to_any(at, size, PG_UTF8);
    result.at = converted;
    result.size = converted == at ? (size_t)size : strlen(converted);
    return result;
}
static cd_text utf8_argument(FunctionCallInfo fcinfo, int i) {
    cd_text none = {NULL, 0};
    return PG_ARGISNULL(i) ? none : utf8_of(PG_GETARG_TEXT_PP(i));
}
static Datum text_datum(cd_text given) {
    char* converted = pg_any_to_server(given.at, (int)given.size, PG_UTF8);
    if (converted == given.at) return PointerGetDatum(cstring_to_text_with_len(given.at, (int)given.size));
    return PointerGetDatum(cstring_to_text(converted));
}
static void put_text(Datum* value, bool* is_null, cd_text given) {
    *is_null = given.at == NULL || given.size == 0;
    *value = *is_null ? (Datum)0 : text_datum(given);
}
static void put_number(Datum* value, bool* is_null, cd_number given) {
    *is_null = !given.known;
    *value = given.known ? Float8GetDatum(given.value) : (Datum)0;
}

/* The description of a composite result, found once for a call of a query. */
static TupleDesc result_row(FunctionCallInfo fcinfo) {
    TupleDesc row = fcinfo->flinfo->fn_extra;
    if (row == NULL) {
        MemoryContext before;
        if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
            ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("a row is required as the result")));
        before = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
        row = BlessTupleDesc(CreateTupleDescCopy(row));
        MemoryContextSwitchTo(before);
        fcinfo->flinfo->fn_extra = row;
    }
    return row;
}
static Datum row_datum(FunctionCallInfo fcinfo, int columns, Datum* values, bool* nulls) {
    TupleDesc row = result_row(fcinfo);
    if (row->natts != columns)
        ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
                        errmsg("a row of %d columns is required as the result, got %d", columns, row->natts)));
    return HeapTupleGetDatum(heap_form_tuple(row, values, nulls));
}

/* Accumulators: in a memory context, which destroys them where it is reset. */

typedef struct {
    MemoryContextCallback at_reset;
    cd_kind kind;
    void* accumulator;
} state;

static void destroy(void* given) {
    state* self = given;
    if (self->accumulator != NULL) cd_destroy(self->kind, self->accumulator);
    self->accumulator = NULL;
}
static state* new_state(MemoryContext context, cd_kind kind) {
    cd_failure failure;
    state* self;
    const Size plain = cd_plain_size(kind);
    if (plain > 0) {
        self = MemoryContextAlloc(context, MAXALIGN(sizeof(state)) + plain);
        self->kind = kind;
        self->accumulator = (char*)self + MAXALIGN(sizeof(state));
        cd_make_plain(kind, self->accumulator);
        return self;
    }
    self = MemoryContextAlloc(context, sizeof(state));
    self->kind = kind;
    self->accumulator = NULL;
    self->at_reset.func = destroy;
    self->at_reset.arg = self;
    MemoryContextRegisterResetCallback(context, &self->at_reset);
    check(cd_make(kind, &self->accumulator, &failure), &failure);
    return self;
}
static MemoryContext aggregate_context(FunctionCallInfo fcinfo) {
    MemoryContext context;
    if (!AggCheckCallContext(fcinfo, &context))
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("this is for aggregates")));
    return context;
}
static inline state* state_argument(FunctionCallInfo fcinfo, cd_kind kind) {
    state* self;
    if (PG_ARGISNULL(0)) return new_state(aggregate_context(fcinfo), kind);
    self = (state*)PG_GETARG_POINTER(0);
    if (self->kind != kind)
        ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("states of two kinds cannot be one")));
    return self;
}

/* Adding. */

static inline cd_answer answer_argument(FunctionCallInfo fcinfo, int i) {
    if (PG_ARGISNULL(i)) return CD_NULL;
    return PG_GETARG_BOOL(i) ? CD_YES : CD_NO;
}
static inline const double* number_argument(FunctionCallInfo fcinfo, int i, double* memory) {
    if (PG_ARGISNULL(i)) return NULL;
    *memory = PG_GETARG_FLOAT8(i);
    return memory;
}

PG_FUNCTION_INFO_V1(cd_pg_share_add);
Datum cd_pg_share_add(PG_FUNCTION_ARGS) {
    cd_failure failure;
    state* self = state_argument(fcinfo, CD_SHARE);
    check(cd_add_share(self->accumulator, answer_argument(fcinfo, 1), &failure), &failure);
    PG_RETURN_POINTER(self);
}

PG_FUNCTION_INFO_V1(cd_pg_clustered_share_add);
Datum cd_pg_clustered_share_add(PG_FUNCTION_ARGS) {
    cd_failure failure;
    state* self = state_argument(fcinfo, CD_CLUSTERED_SHARE);
    check(cd_add_clustered_share(self->accumulator, answer_argument(fcinfo, 1), utf8_argument(fcinfo, 2), &failure),
          &failure);
    PG_RETURN_POINTER(self);
}

static cd_time date_argument(FunctionCallInfo fcinfo, int i) {
    cd_time time = {CD_NO_DATE, 0, 0};
    if (!PG_ARGISNULL(i)) {
        const DateADT date = PG_GETARG_DATEADT(i);
        if (DATE_NOT_FINITE(date))
            ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                            errmsg("log_trend: a finite date is required, got %s",
                                   DATE_IS_NOBEGIN(date) ? "-infinity" : "infinity")));
        time.kind = CD_DAYS;
        time.count = (int64)date + (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE);
    }
    return time;
}
static cd_time timestamp_argument(FunctionCallInfo fcinfo, int i) {
    cd_time time = {CD_NO_DATE, 0, 0};
    if (!PG_ARGISNULL(i)) {
        const Timestamp stamp = PG_GETARG_TIMESTAMP(i);
        if (TIMESTAMP_NOT_FINITE(stamp))
            ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                            errmsg("log_trend: a finite timestamp is required, got %s",
                                   TIMESTAMP_IS_NOBEGIN(stamp) ? "-infinity" : "infinity")));
        time.kind = CD_MICROSECONDS;
        if (pg_add_s64_overflow(stamp, (int64)(POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY, &time.count))
            ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("log_trend: timestamp out of range")));
    }
    return time;
}
static cd_time year_argument(FunctionCallInfo fcinfo, int i) {
    cd_time time = {CD_NO_DATE, 0, 0};
    if (!PG_ARGISNULL(i)) {
        time.kind = CD_DECIMAL_YEAR;
        time.year = PG_GETARG_FLOAT8(i);
    }
    return time;
}
static Datum trend_add(FunctionCallInfo fcinfo, cd_time time) {
    cd_failure failure;
    double memory;
    state* self = state_argument(fcinfo, CD_TREND);
    check(cd_add_trend(self->accumulator, time, number_argument(fcinfo, 2, &memory), &failure), &failure);
    PG_RETURN_POINTER(self);
}
static Datum clustered_trend_add(FunctionCallInfo fcinfo, cd_time time) {
    cd_failure failure;
    double memory;
    state* self = state_argument(fcinfo, CD_CLUSTERED_TREND);
    check(cd_add_clustered_trend(self->accumulator, time, number_argument(fcinfo, 2, &memory), utf8_argument(fcinfo, 3),
                                 &failure),
          &failure);
    PG_RETURN_POINTER(self);
}
#define TREND_FUNCTIONS(type)                                           \
    PG_FUNCTION_INFO_V1(cd_pg_trend_add_##type);                        \
    Datum cd_pg_trend_add_##type(PG_FUNCTION_ARGS) {                    \
        return trend_add(fcinfo, type##_argument(fcinfo, 1));           \
    }                                                                   \
    PG_FUNCTION_INFO_V1(cd_pg_clustered_trend_add_##type);              \
    Datum cd_pg_clustered_trend_add_##type(PG_FUNCTION_ARGS) {          \
        return clustered_trend_add(fcinfo, type##_argument(fcinfo, 1)); \
    }                                                                   \
    extern int swallows_a_semicolon
TREND_FUNCTIONS(date);
TREND_FUNCTIONS(timestamp);
TREND_FUNCTIONS(year);

PG_FUNCTION_INFO_V1(cd_pg_owners_add);
Datum cd_pg_owners_add(PG_FUNCTION_ARGS) {
    cd_failure failure;
    double memory;
    state* self = state_argument(fcinfo, CD_OWNERS);
    check(cd_add_owner(self->accumulator, utf8_argument(fcinfo, 1), number_argument(fcinfo, 2, &memory), &failure),
          &failure);
    PG_RETURN_POINTER(self);
}

/* Merging, of workers in one query and of states as bytes. */

static bytea* bytes_of(const state* self) {
    cd_failure failure;
    cd_text bytes;
    bytea* result;
    check(cd_save(self->kind, self->accumulator, &bytes, &failure), &failure);
    if (bytes.size > MaxAllocSize - VARHDRSZ)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("a state of at most 1 GB is required, got %zu bytes", bytes.size)));
    result = palloc(bytes.size + VARHDRSZ);
    SET_VARSIZE(result, bytes.size + VARHDRSZ);
    memcpy(VARDATA(result), bytes.at, bytes.size);
    cd_forget();
    return result;
}
static state* state_from(MemoryContext context, cd_text bytes, cd_kind kind) {
    cd_failure failure;
    state* self = new_state(context, kind);
    check(cd_load(kind, self->accumulator, bytes, &failure), &failure);
    return self;
}
static cd_text bytes_argument(FunctionCallInfo fcinfo, int i) {
    bytea* given = PG_GETARG_BYTEA_PP(i);
    cd_text bytes;
    bytes.at = VARDATA_ANY(given);
    bytes.size = VARSIZE_ANY_EXHDR(given);
    return bytes;
}
/* The kind of bytes, which must be one of two. */
static cd_kind kind_of(cd_text bytes, cd_kind one, cd_kind other, const char* required) {
    const cd_kind kind = cd_kind_of(bytes);
    if (kind != one && kind != other)
        ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("a state of %s is required", required)));
    return kind;
}

PG_FUNCTION_INFO_V1(cd_pg_combine);
Datum cd_pg_combine(PG_FUNCTION_ARGS) {
    cd_failure failure;
    const state* other;
    state* self;
    if (PG_ARGISNULL(1)) {
        if (PG_ARGISNULL(0)) PG_RETURN_NULL();
        PG_RETURN_DATUM(PG_GETARG_DATUM(0));
    }
    other = (const state*)PG_GETARG_POINTER(1);
    self = state_argument(fcinfo, other->kind);
    check(cd_merge(self->kind, self->accumulator, other->accumulator, &failure), &failure);
    PG_RETURN_POINTER(self);
}
PG_FUNCTION_INFO_V1(cd_pg_serial);
Datum cd_pg_serial(PG_FUNCTION_ARGS) {
    (void)aggregate_context(fcinfo);
    PG_RETURN_BYTEA_P(bytes_of((const state*)PG_GETARG_POINTER(0)));
}
PG_FUNCTION_INFO_V1(cd_pg_deserial);
Datum cd_pg_deserial(PG_FUNCTION_ARGS) {
    const cd_text bytes = bytes_argument(fcinfo, 0);
    (void)aggregate_context(fcinfo);
    PG_RETURN_POINTER(state_from(CurrentMemoryContext, bytes, cd_kind_of(bytes)));
}
PG_FUNCTION_INFO_V1(cd_pg_bytes);
Datum cd_pg_bytes(PG_FUNCTION_ARGS) {
    if (PG_ARGISNULL(0)) PG_RETURN_NULL();
    PG_RETURN_BYTEA_P(bytes_of((const state*)PG_GETARG_POINTER(0)));
}

static Datum merge_bytes(FunctionCallInfo fcinfo, cd_kind one, cd_kind other, const char* required) {
    MemoryContext context = aggregate_context(fcinfo);
    cd_text bytes;
    cd_kind kind;
    if (PG_ARGISNULL(1)) {
        if (PG_ARGISNULL(0)) PG_RETURN_NULL();
        PG_RETURN_DATUM(PG_GETARG_DATUM(0));
    }
    bytes = bytes_argument(fcinfo, 1);
    kind = kind_of(bytes, one, other, required);
    if (PG_ARGISNULL(0)) PG_RETURN_POINTER(state_from(context, bytes, kind));
    {
        cd_failure failure;
        state* self = state_argument(fcinfo, kind);
        const state* more = state_from(CurrentMemoryContext, bytes, kind);
        check(cd_merge(kind, self->accumulator, more->accumulator, &failure), &failure);
        PG_RETURN_POINTER(self);
    }
}
PG_FUNCTION_INFO_V1(cd_pg_share_merge);
Datum cd_pg_share_merge(PG_FUNCTION_ARGS) {
    return merge_bytes(fcinfo, CD_SHARE, CD_CLUSTERED_SHARE, "a share");
}
PG_FUNCTION_INFO_V1(cd_pg_trend_merge);
Datum cd_pg_trend_merge(PG_FUNCTION_ARGS) {
    return merge_bytes(fcinfo, CD_TREND, CD_CLUSTERED_TREND, "a log-trend");
}
PG_FUNCTION_INFO_V1(cd_pg_owners_merge);
Datum cd_pg_owners_merge(PG_FUNCTION_ARGS) {
    return merge_bytes(fcinfo, CD_OWNERS, CD_OWNERS, "owners");
}

/* Results. */

static Datum estimate_datum(FunctionCallInfo fcinfo, const cd_estimate* e) {
    Datum values[10];
    bool nulls[10] = {false};
    put_number(&values[0], &nulls[0], e->value);
    put_number(&values[1], &nulls[1], e->lower);
    put_number(&values[2], &nulls[2], e->upper);
    values[3] = Float8GetDatum(e->level);
    put_text(&values[4], &nulls[4], e->method);
    values[5] = Int64GetDatum((int64)e->n);
    put_number(&values[6], &nulls[6], e->n_effective);
    values[7] = Int64GetDatum((int64)e->n_missing);
    put_number(&values[8], &nulls[8], e->degrees_of_freedom);
    put_text(&values[9], &nulls[9], e->status);
    return row_datum(fcinfo, 10, values, nulls);
}
static Datum share_datum(FunctionCallInfo fcinfo, const state* self, double level, cd_text interval) {
    cd_failure failure;
    cd_estimate result;
    check(cd_share_result(self->kind, self->accumulator, level, interval, &result, &failure), &failure);
    return estimate_datum(fcinfo, &result);
}
static Datum trend_datum(FunctionCallInfo fcinfo, const state* self, double level) {
    cd_failure failure;
    cd_trend result;
    Datum values[17];
    bool nulls[17] = {false};
    check(cd_trend_result(self->kind, self->accumulator, level, &result, &failure), &failure);
    put_number(&values[0], &nulls[0], result.slope.value);
    put_number(&values[1], &nulls[1], result.slope.lower);
    put_number(&values[2], &nulls[2], result.slope.upper);
    put_number(&values[3], &nulls[3], result.factor.value);
    put_number(&values[4], &nulls[4], result.factor.lower);
    put_number(&values[5], &nulls[5], result.factor.upper);
    put_number(&values[6], &nulls[6], result.doubling.value);
    put_number(&values[7], &nulls[7], result.doubling.lower);
    put_number(&values[8], &nulls[8], result.doubling.upper);
    put_text(&values[9], &nulls[9], result.doubling_kind);
    put_number(&values[10], &nulls[10], result.r_squared);
    values[11] = Float8GetDatum(result.slope.level);
    put_text(&values[12], &nulls[12], result.slope.method);
    values[13] = Int64GetDatum((int64)result.slope.n);
    values[14] = Int64GetDatum((int64)result.slope.n_missing);
    put_number(&values[15], &nulls[15], result.slope.degrees_of_freedom);
    put_text(&values[16], &nulls[16], result.slope.status);
    return row_datum(fcinfo, 17, values, nulls);
}
static Datum owners_datum(FunctionCallInfo fcinfo, const state* self, double level, cd_text measure) {
    cd_failure failure;
    cd_estimate result;
    check(cd_owners_result(self->accumulator, measure, level, &result, &failure), &failure);
    return estimate_datum(fcinfo, &result);
}

static const state* final_state(FunctionCallInfo fcinfo, cd_kind of_none) {
    return PG_ARGISNULL(0) ? new_state(CurrentMemoryContext, of_none) : (const state*)PG_GETARG_POINTER(0);
}
static const cd_text by_default = {NULL, 0};

PG_FUNCTION_INFO_V1(cd_pg_share_final);
Datum cd_pg_share_final(PG_FUNCTION_ARGS) {
    return share_datum(fcinfo, final_state(fcinfo, CD_SHARE), 0.95, by_default);
}
PG_FUNCTION_INFO_V1(cd_pg_trend_final);
Datum cd_pg_trend_final(PG_FUNCTION_ARGS) {
    return trend_datum(fcinfo, final_state(fcinfo, CD_TREND), 0.95);
}
PG_FUNCTION_INFO_V1(cd_pg_clustered_trend_final);
Datum cd_pg_clustered_trend_final(PG_FUNCTION_ARGS) {
    return trend_datum(fcinfo, final_state(fcinfo, CD_CLUSTERED_TREND), 0.95);
}
PG_FUNCTION_INFO_V1(cd_pg_hhi_final);
Datum cd_pg_hhi_final(PG_FUNCTION_ARGS) {
    return owners_datum(fcinfo, final_state(fcinfo, CD_OWNERS), 0.95, by_default);
}

PG_FUNCTION_INFO_V1(cd_pg_share_result);
Datum cd_pg_share_result(PG_FUNCTION_ARGS) {
    const cd_text bytes = bytes_argument(fcinfo, 0);
    const cd_kind kind = kind_of(bytes, CD_SHARE, CD_CLUSTERED_SHARE, "a share");
    return share_datum(fcinfo, state_from(CurrentMemoryContext, bytes, kind), PG_GETARG_FLOAT8(1),
                       utf8_argument(fcinfo, 2));
}
PG_FUNCTION_INFO_V1(cd_pg_trend_result);
Datum cd_pg_trend_result(PG_FUNCTION_ARGS) {
    const cd_text bytes = bytes_argument(fcinfo, 0);
    const cd_kind kind = kind_of(bytes, CD_TREND, CD_CLUSTERED_TREND, "a log-trend");
    return trend_datum(fcinfo, state_from(CurrentMemoryContext, bytes, kind), PG_GETARG_FLOAT8(1));
}
PG_FUNCTION_INFO_V1(cd_pg_owners_result);
Datum cd_pg_owners_result(PG_FUNCTION_ARGS) {
    const cd_text bytes = bytes_argument(fcinfo, 0);
    const cd_kind kind = kind_of(bytes, CD_OWNERS, CD_OWNERS, "owners");
    return owners_datum(fcinfo, state_from(CurrentMemoryContext, bytes, kind), PG_GETARG_FLOAT8(2),
                        utf8_argument(fcinfo, 1));
}

/* Texts. */

PG_FUNCTION_INFO_V1(cd_pg_classify_affiliation);
Datum cd_pg_classify_affiliation(PG_FUNCTION_ARGS) {
    cd_failure failure;
    size_t institutions, sectors;
    bool is_independent;
    Datum values[6];
    bool nulls[6] = {true, true, false, true, true, false};
    Datum names[16];
    size_t i;
    check(cd_classify(utf8_argument(fcinfo, 0), &institutions, &sectors, &is_independent, &failure), &failure);
    if (institutions > 0) {
        const cd_institution first = cd_institution_at(0);
        put_text(&values[0], &nulls[0], first.name);
        put_text(&values[1], &nulls[1], first.type);
        put_text(&values[3], &nulls[3], first.country);
        nulls[4] = false;
        values[4] = Float8GetDatum(first.confidence);
    }
    sectors = Min(sectors, lengthof(names));
    for (i = 0; i < sectors; ++i) names[i] = text_datum(cd_sector_at(i));
    values[2] = PointerGetDatum(construct_array(names, (int)sectors, TEXTOID, -1, false, TYPALIGN_INT));
    values[5] = BoolGetDatum(is_independent);
    return row_datum(fcinfo, 6, values, nulls);
}

PG_FUNCTION_INFO_V1(cd_pg_institutions_of);
Datum cd_pg_institutions_of(PG_FUNCTION_ARGS) {
    cd_failure failure;
    size_t institutions, sectors, i;
    bool is_independent;
    ReturnSetInfo* result = (ReturnSetInfo*)fcinfo->resultinfo;
    InitMaterializedSRF(fcinfo, 0);
    check(cd_classify(utf8_argument(fcinfo, 0), &institutions, &sectors, &is_independent, &failure), &failure);
    for (i = 0; i < institutions; ++i) {
        const cd_institution found = cd_institution_at(i);
        Datum values[8];
        bool nulls[8] = {false};
        put_text(&values[0], &nulls[0], found.name);
        put_text(&values[1], &nulls[1], found.type);
        put_text(&values[2], &nulls[2], found.sector);
        put_text(&values[3], &nulls[3], found.country);
        put_text(&values[4], &nulls[4], found.city);
        values[5] = Float8GetDatum(found.confidence);
        put_text(&values[6], &nulls[6], found.rule);
        put_text(&values[7], &nulls[7], found.evidence);
        tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
    }
    return (Datum)0;
}

PG_FUNCTION_INFO_V1(cd_pg_team_of);
Datum cd_pg_team_of(PG_FUNCTION_ARGS) {
    ArrayType* given = PG_GETARG_ARRAYTYPE_P(0);
    const cd_text unknown = {NULL, 0};
    cd_failure failure;
    cd_text kind;
    Datum* authors;
    bool* nulls;
    int n, i;
    deconstruct_array(given, TEXTOID, -1, false, TYPALIGN_INT, &authors, &nulls, &n);
    cd_begin_team();
    for (i = 0; i < n; ++i) {
        CHECK_FOR_INTERRUPTS();
        check(cd_add_author(nulls[i] ? unknown : utf8_of(DatumGetTextPP(authors[i])), &failure), &failure);
    }
    check(cd_team(&kind, &failure), &failure);
    PG_RETURN_DATUM(text_datum(kind));
}

PG_FUNCTION_INFO_V1(cd_pg_read_hardware);
Datum cd_pg_read_hardware(PG_FUNCTION_ARGS) {
    cd_failure failure;
    size_t mentions, i;
    ReturnSetInfo* result = (ReturnSetInfo*)fcinfo->resultinfo;
    cd_text given;
    InitMaterializedSRF(fcinfo, 0);
    given = utf8_argument(fcinfo, 0);
    while (!cd_read_hardware(given, &mentions, &failure)) {
        if (failure.reason != CD_INTERRUPTED) check(false, &failure);
        CHECK_FOR_INTERRUPTS(); /* one that does not end the statement lets it begin again */
    }
    for (i = 0; i < mentions; ++i) {
        const cd_hardware found = cd_hardware_at(i);
        Datum values[8];
        bool nulls[8] = {false};
        CHECK_FOR_INTERRUPTS();
        put_text(&values[0], &nulls[0], found.chip);
        put_number(&values[1], &nulls[1], found.count);
        put_number(&values[2], &nulls[2], found.hours);
        put_number(&values[3], &nulls[3], found.chip_hours);
        put_number(&values[4], &nulls[4], found.utilisation);
        put_text(&values[5], &nulls[5], found.format);
        put_text(&values[6], &nulls[6], found.use);
        put_text(&values[7], &nulls[7], found.evidence);
        tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
    }
    cd_forget();
    return (Datum)0;
}
