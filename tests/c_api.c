/* SPDX-License-Identifier: BSL-1.0 */
#include <compute_divide/c_api.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;
#define CHECK(condition)                                           \
    do {                                                           \
        if (!(condition)) {                                        \
            printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            ++failures;                                            \
        }                                                          \
    } while (0)

static int same(double a, double b) {
    return fabs(a - b) <= 1e-12 * (fabs(a) + fabs(b));
}
static int contains(const compute_divide_text* text, const char* part) {
    return text->bytes != NULL && strlen(text->bytes) == text->size && strstr(text->bytes, part) != NULL;
}

static void classifies(void) {
    compute_divide_classifier* who;
    compute_divide_error error;
    compute_divide_text json;
    const char* text = "Inria Paris\0 and what follows";
    CHECK(compute_divide_create_classifier(&who, &error) == compute_divide_ok);
    CHECK(error.status == compute_divide_ok && error.message[0] == '\0');
    CHECK(compute_divide_classify_affiliation(who, text, 11, &json, &error) == compute_divide_ok);
    CHECK(contains(&json, "\"name\":\"Inria\"") && contains(&json, "\"type\":\"facility\""));
    compute_divide_free_text(&json);
    CHECK(json.bytes == NULL && json.size == 0);
    compute_divide_free_text(&json);
    compute_divide_free_text(NULL);

    CHECK(compute_divide_classify_affiliation(who, NULL, 0, &json, NULL) == compute_divide_ok);
    CHECK(contains(&json, "\"sectors\":[\"unknown\"]"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_classify_affiliation(who, "\xff\xfe\0\x80", 4, &json, &error) == compute_divide_ok);
    compute_divide_free_text(&json);

    CHECK(compute_divide_classify_affiliation(who, NULL, 3, &json, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "an affiliation is required") != NULL && json.bytes == NULL);
    CHECK(compute_divide_classify_affiliation(NULL, text, 11, &json, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_classify_affiliation(who, text, 11, NULL, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_create_classifier(NULL, &error) == compute_divide_invalid_argument);
    compute_divide_destroy_classifier(who);
    compute_divide_destroy_classifier(NULL);
}

static void reads_hardware(void) {
    compute_divide_hardware_reader* reader;
    compute_divide_text json;
    const char* text = "We trained on 64 nodes with 8 A100s each for 12 days";
    CHECK(compute_divide_create_hardware_reader(&reader, NULL) == compute_divide_ok);
    CHECK(compute_divide_read_hardware(reader, text, strlen(text), &json, NULL) == compute_divide_ok);
    CHECK(contains(&json, "\"count\":512") && contains(&json, "\"hours\":288"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_read_hardware(reader, "", 0, &json, NULL) == compute_divide_ok);
    CHECK(contains(&json, "[]"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_read_hardware(reader, NULL, 1, &json, NULL) == compute_divide_invalid_argument);
    compute_divide_destroy_hardware_reader(reader);
    compute_divide_destroy_hardware_reader(NULL);
}

/* Wilson's interval of 13 of 20 at 95 %: (0.4329, 0.8188) (Wilson 1927; R's prop.test without correction). */
static void adds_shares(void) {
    compute_divide_accumulator *all, *part, *copy;
    compute_divide_estimate e;
    compute_divide_error error;
    compute_divide_text state, json;
    int i;
    CHECK(compute_divide_create(compute_divide_share, &all, &error) == compute_divide_ok);
    CHECK(compute_divide_create(compute_divide_share, &part, &error) == compute_divide_ok);
    CHECK(compute_divide_create(compute_divide_share, &copy, &error) == compute_divide_ok);
    CHECK(compute_divide_result(all, 0.95, &e, &error) == compute_divide_ok);
    CHECK(strcmp(e.status, "no_data") == 0 && isnan(e.value) && isnan(e.lower) && e.n == 0);
    for (i = 0; i < 20; ++i) CHECK(compute_divide_add_answer(i < 9 ? all : part, i < 13, NULL, 0, &error) == 0);
    CHECK(compute_divide_add_answer(part, -1, NULL, 0, &error) == compute_divide_ok);
    CHECK(compute_divide_merge(all, part, &error) == compute_divide_ok);
    CHECK(compute_divide_result(all, 0.95, &e, &error) == compute_divide_ok);
    CHECK(same(e.value, 0.65) && fabs(e.lower - 0.4328542) < 1e-6 && fabs(e.upper - 0.8188087) < 1e-6);
    CHECK(e.n == 20 && e.n_missing == 1 && e.level == 0.95 && isnan(e.degrees_of_freedom));
    CHECK(strcmp(e.method, "wilson") == 0 && strcmp(e.status, "ok") == 0);

    CHECK(compute_divide_save(all, &state, &error) == compute_divide_ok);
    CHECK(compute_divide_load(copy, state.bytes, state.size, &error) == compute_divide_ok);
    CHECK(compute_divide_result_json(copy, 0.95, &json, &error) == compute_divide_ok);
    CHECK(contains(&json, "\"value\":0.65,") && contains(&json, "\"n_missing\":1"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_merge(copy, copy, &error) == compute_divide_ok);
    CHECK(compute_divide_result(copy, 0.95, &e, &error) == compute_divide_ok && e.n == 40 && e.n_missing == 2);

    /* Each error leaves the accumulator as it was. */
    CHECK(compute_divide_load(all, state.bytes, state.size - 1, &error) == compute_divide_bad_state);
    CHECK(error.status == compute_divide_bad_state && error.message[0] != '\0');
    state.bytes[state.size / 2] ^= 1;
    CHECK(compute_divide_load(all, state.bytes, state.size, &error) == compute_divide_bad_state);
    CHECK(compute_divide_load(all, NULL, 0, &error) == compute_divide_bad_state);
    CHECK(compute_divide_load(all, NULL, 7, &error) == compute_divide_invalid_argument);
    compute_divide_free_text(&state);
    CHECK(compute_divide_add_answer(all, 2, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "got 2") != NULL);
    CHECK(compute_divide_add_answer(all, 1, "MIT", 3, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_add_answer(NULL, 1, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_add_dated(all, 1, 1, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "an accumulator of a trend is required, got kind 0") != NULL);
    CHECK(compute_divide_add_owned(all, "a", 1, 1, NULL) == compute_divide_invalid_argument);
    CHECK(compute_divide_result(all, 1.5, &e, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "1.5") != NULL && isnan(e.value));
    CHECK(compute_divide_result(NULL, 0.95, &e, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_result(all, 0.95, NULL, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_result(all, 0.95, &e, &error) == compute_divide_ok && e.n == 20 && e.n_missing == 1);
    compute_divide_destroy(all);
    compute_divide_destroy(part);
    compute_divide_destroy(copy);
    compute_divide_destroy(NULL);
    CHECK(compute_divide_create(17, &all, &error) == compute_divide_invalid_argument);
    CHECK(all == NULL && strstr(error.message, "got 17") != NULL);
    CHECK(compute_divide_create(compute_divide_share, NULL, &error) == compute_divide_invalid_argument);
}

static void adds_clustered_shares(void) {
    static const char* const labs[] = {"a", "b", "c", "d", "e"};
    compute_divide_accumulator *all, *other;
    compute_divide_estimate e;
    compute_divide_error error;
    compute_divide_text json;
    int i;
    CHECK(compute_divide_create(compute_divide_clustered_share, &all, &error) == compute_divide_ok);
    CHECK(compute_divide_create(compute_divide_log_trend, &other, &error) == compute_divide_ok);
    for (i = 0; i < 50; ++i) compute_divide_add_answer(all, i % 3 == 0, i < 45 ? labs[i % 5] : NULL, 1, NULL);
    CHECK(compute_divide_result(all, 0.9, &e, &error) == compute_divide_ok);
    CHECK(same(e.value, 0.34) && e.n == 50 && same(e.degrees_of_freedom, 9) && !isnan(e.n_effective));
    CHECK(strcmp(e.method, "clustered_wilson") == 0 && strcmp(e.status, "few_clusters") == 0);
    CHECK(compute_divide_result_json(all, 0.9, &json, &error) == compute_divide_ok);
    CHECK(contains(&json, "\"clusters\":10"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_merge(all, other, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "got kinds 1 and 2") != NULL);
    compute_divide_destroy(all);
    compute_divide_destroy(other);
}

/* Twice every year, exactly: the factor is 2 and the interval has no width. */
static void adds_trends(void) {
    compute_divide_accumulator *plain, *clustered;
    compute_divide_estimate e;
    compute_divide_error error;
    compute_divide_text json, state;
    int i;
    CHECK(compute_divide_create(compute_divide_log_trend, &plain, &error) == compute_divide_ok);
    CHECK(compute_divide_create(compute_divide_clustered_log_trend, &clustered, &error) == compute_divide_ok);
    for (i = 0; i < 10; ++i) {
        const char lab = (char)('a' + i % 4);
        CHECK(compute_divide_add_dated(plain, 365.25 * i, ldexp(1, i), NULL, 0, &error) == compute_divide_ok);
        CHECK(compute_divide_add_dated(clustered, 365.25 * i, ldexp(1, i), &lab, 1, &error) == compute_divide_ok);
    }
    CHECK(compute_divide_add_dated(plain, NAN, 1, NULL, 0, &error) == compute_divide_ok);
    CHECK(compute_divide_add_dated(clustered, 1, 1, NULL, 0, &error) == compute_divide_ok);
    CHECK(compute_divide_result(plain, 0.95, &e, &error) == compute_divide_ok);
    CHECK(fabs(e.value - 2) < 1e-9 && fabs(e.upper - 2) < 1e-6 && e.n == 10 && e.n_missing == 1);
    CHECK(same(e.degrees_of_freedom, 8) && strcmp(e.method, "classical") == 0);
    CHECK(compute_divide_result_json(plain, 0.95, &json, &error) == compute_divide_ok);
    CHECK(contains(&json, "\"doubling\":{\"months\":") && contains(&json, "\"kind\":\"finite\""));
    compute_divide_free_text(&json);
    CHECK(compute_divide_result(clustered, 0.95, &e, &error) == compute_divide_ok);
    CHECK(fabs(e.value - 2) < 1e-9 && e.n == 10 && e.n_missing == 1 && strcmp(e.status, "few_clusters") == 0);
    CHECK(strncmp(e.method, "clustered", 9) == 0);

    CHECK(compute_divide_add_dated(plain, 1, -2, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(strstr(error.message, "got -2") != NULL);
    CHECK(compute_divide_add_dated(plain, 1, 0, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_add_dated(plain, 1, INFINITY, NULL, 0, &error) == compute_divide_invalid_argument);
    CHECK(compute_divide_save(clustered, &state, &error) == compute_divide_ok);
    CHECK(compute_divide_load(plain, state.bytes, state.size, &error) == compute_divide_bad_state);
    CHECK(strstr(error.message, "a state of log_trend_sums") != NULL);
    compute_divide_free_text(&state);
    compute_divide_destroy(plain);
    compute_divide_destroy(clustered);
}

/* Shares of .5, .3, .2: 0.25 + 0.09 + 0.04 = 0.38. */
static void adds_owners(void) {
    compute_divide_accumulator *all, *copy;
    compute_divide_estimate e;
    compute_divide_error error;
    compute_divide_text state, json;
    CHECK(compute_divide_create(compute_divide_hhi, &all, &error) == compute_divide_ok);
    CHECK(compute_divide_create(compute_divide_hhi, &copy, &error) == compute_divide_ok);
    CHECK(compute_divide_result(all, 0.95, &e, &error) == compute_divide_ok && strcmp(e.status, "no_data") == 0);
    CHECK(compute_divide_add_owned(all, "a", 1, 2, &error) == compute_divide_ok);
    CHECK(compute_divide_add_owned(all, "b", 1, 3, &error) == compute_divide_ok);
    CHECK(compute_divide_add_owned(all, "a", 1, 3, &error) == compute_divide_ok);
    CHECK(compute_divide_add_owned(all, "c", 1, 2, &error) == compute_divide_ok);
    CHECK(compute_divide_add_owned(all, NULL, 0, 2, &error) == compute_divide_ok);
    CHECK(compute_divide_add_owned(all, "c", 1, NAN, &error) == compute_divide_ok);
    CHECK(compute_divide_save(all, &state, &error) == compute_divide_ok);
    CHECK(compute_divide_load(copy, state.bytes, state.size, &error) == compute_divide_ok);
    compute_divide_free_text(&state);
    CHECK(compute_divide_result(copy, 0.95, &e, &error) == compute_divide_ok);
    CHECK(same(e.value, 0.38) && e.n == 3 && e.n_missing == 2 && strcmp(e.status, "few_clusters") == 0);
    CHECK(compute_divide_result_json(copy, 0.95, &json, &error) == compute_divide_ok);
    CHECK(contains(&json, "\"effective_owners\":{") && contains(&json, "\"total\":10"));
    compute_divide_free_text(&json);
    CHECK(compute_divide_add_owned(all, "a", 1, -1, &error) == compute_divide_invalid_argument);
    compute_divide_destroy(all);
    compute_divide_destroy(copy);
}

/* A message longer than its place is cut between two characters. */
static void cuts_messages(void) {
    compute_divide_accumulator* plain;
    compute_divide_error error;
    char bytes[400];
    memset(bytes, 'x', sizeof bytes);
    CHECK(compute_divide_create(compute_divide_log_trend, &plain, &error) == compute_divide_ok);
    CHECK(compute_divide_load(plain, bytes, sizeof bytes, &error) == compute_divide_bad_state);
    CHECK(strlen(error.message) < sizeof error.message);
    compute_divide_destroy(plain);
}

int main(void) {
    CHECK(strlen(compute_divide_version()) >= 5);
    classifies();
    reads_hardware();
    adds_shares();
    adds_clustered_shares();
    adds_trends();
    adds_owners();
    cuts_messages();
    if (failures == 0) printf("the C interface answers as it says\n");
    return failures > 0;
}
