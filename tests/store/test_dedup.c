/* Payloads are found by everything that identifies them, and collisions are reported. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/dedup.h"

static char directory[64], path[128];
static struct dedup *dedup;

static void open_file(void)
{
    struct trouble trouble;
    ck_assert_int_eq(dedup_open(&dedup, path, &trouble), RESULT_OK);
}

static void set_up(void)
{
    snprintf(directory, sizeof directory, "/tmp/originals-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/payloads.db", directory);
    open_file();
}

static void tear_down(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char file[160];
    dedup_close(dedup);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        unlink(file);
    }
    rmdir(directory);
}

static struct payload payload_of(char sha1, char sha256, int64_t length, const char *framing)
{
    struct payload payload = {.length = length, .framing = text_of(framing)};
    memset(payload.sha1, sha1, sizeof payload.sha1);
    memset(payload.sha256, sha256, sizeof payload.sha256);
    return payload;
}

static void add(char sha1, char sha256, int64_t length, const char *framing, const char *url)
{
    struct payload payload = payload_of(sha1, sha256, length, framing);
    struct dedup_original original = {.id = "<urn:uuid:1>", .date = "2026-11-23T00:00:00.000Z"};
    snprintf(original.url, sizeof original.url, "%s", url);
    dedup_add(dedup, &payload, &original);
}

static void expect(enum dedup_result result, char sha1, char sha256, int64_t length,
                   const char *framing, const char *url)
{
    struct payload payload = payload_of(sha1, sha256, length, framing);
    struct dedup_original original = {.url = ""};
    ck_assert_int_eq(dedup_find(dedup, &payload, &original), result);
    ck_assert_str_eq(original.url, url);
}

START_TEST(a_payload_is_found_by_digests_length_and_codings)
{
    add('a', 'A', 7, "", "http://h/a");
    expect(DEDUP_FOUND, 'a', 'A', 7, "", "http://h/a");
    expect(DEDUP_NONE, 'b', 'A', 7, "", "");
    /* With other codings the record has other bytes, although the payload is the same. */
    expect(DEDUP_NONE, 'a', 'A', 7, "chunked gzip", "");
    add('a', 'A', 7, "chunked gzip", "http://h/b");
    expect(DEDUP_FOUND, 'a', 'A', 7, "chunked gzip", "http://h/b");
}
END_TEST

START_TEST(a_collision_is_reported)
{
    add('a', 'A', 7, "", "http://h/a");
    expect(DEDUP_COLLISION, 'a', 'B', 7, "", "http://h/a");
    expect(DEDUP_COLLISION, 'a', 'A', 8, "", "http://h/a");
}
END_TEST

START_TEST(the_first_original_stays)
{
    add('a', 'A', 7, "", "http://h/a");
    add('a', 'A', 7, "", "http://h/b");
    expect(DEDUP_FOUND, 'a', 'A', 7, "", "http://h/a");
}
END_TEST

START_TEST(what_was_not_committed_is_forgotten)
{
    struct trouble trouble;
    add('a', 'A', 7, "", "http://h/a");
    ck_assert_int_eq(dedup_commit(dedup, &trouble), RESULT_OK);
    add('b', 'B', 7, "", "http://h/b");
    dedup_close(dedup);
    open_file();
    expect(DEDUP_FOUND, 'a', 'A', 7, "", "http://h/a");
    expect(DEDUP_NONE, 'b', 'B', 7, "", "");
}
END_TEST

START_TEST(what_is_forgotten_stays_so)
{
    struct trouble trouble;
    add('a', 'A', 7, "", "http://h/a");
    ck_assert_int_eq(dedup_commit(dedup, &trouble), RESULT_OK);
    expect(DEDUP_FOUND, 'a', 'A', 7, "", "http://h/a");
    ck_assert_int_eq(dedup_forget(dedup, &trouble), RESULT_OK);
    ck_assert(dedup_is_empty(dedup));
    dedup_close(dedup);
    open_file();
    ck_assert(dedup_is_empty(dedup));
    add('a', 'A', 7, "", "http://h/b");
    expect(DEDUP_FOUND, 'a', 'A', 7, "", "http://h/b");
}
END_TEST

START_TEST(a_file_that_cannot_be_opened_is_reported)
{
    struct dedup *other;
    struct trouble trouble;
    char wrong[160];
    snprintf(wrong, sizeof wrong, "%s/no/such/folder.db", directory);
    ck_assert_int_eq(dedup_open(&other, wrong, &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, wrong));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("originals");
    TCase *tests = tcase_create("originals");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_payload_is_found_by_digests_length_and_codings);
    tcase_add_test(tests, a_collision_is_reported);
    tcase_add_test(tests, the_first_original_stays);
    tcase_add_test(tests, what_was_not_committed_is_forgotten);
    tcase_add_test(tests, what_is_forgotten_stays_so);
    tcase_add_test(tests, a_file_that_cannot_be_opened_is_reported);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
