/*
 * A run that begins when memory runs out: the n-th allocation fails, for every n.  The run
 * stops before its first request, for want of disk.  It ends in an orderly way, and the next one
 * knows all that the archive has.
 */
#include <config.h>

#include <check.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "crawl/crawl.h"
#include "store/sqlite_store.h"
#include "tests/memory/failing.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
enum { PAGES = 2 };

struct work {
    char directory[64];
    bool has_archive;
    bool misled;    /* a failure for want of memory was called something else */
    bool lost_some; /* the next run did not know of all pages */
};

static bool run(const struct work *work, enum crawl_end *end)
{
    char seed[] = "http://user:secret@h.example/";
    char *seeds[] = {seed};
    struct crawl_options options = crawl_defaults();
    struct crawl_calls calls = {.stop = 0};
    options.directory = work->directory;
    options.seeds = seeds;
    options.seed_count = 1;
    options.limits.disk_reserve = INT64_MAX; /* so that it stops before its first request */
    *end = crawl_run(&options, &calls, NULL);
    return *end == CRAWL_DISK_LIMIT;
}

/* Of the archive only what was there before the first run. */
static bool prepare(const struct work *work)
{
    char command[512];
    snprintf(command, sizeof command,
             "cd %s && rm -rf state logs runs indexes metadata.yaml archive/warccap-*",
             work->directory);
    return system(command) == 0;
}

static uint64_t count_captured(const struct work *work)
{
    char path[128];
    struct store *store;
    struct trouble trouble;
    uint64_t counts[VISIT_KINDS][STATE_COUNT] = {{0}};
    snprintf(path, sizeof path, "%s/state/warccap.db", work->directory);
    if (sqlite_store_open_to_read(&store, path, &trouble) != RESULT_OK)
        return 0;
    enum result result = known_urls_count(store->known, counts, &trouble);
    store_close(store);
    return result == RESULT_OK ? counts[VISIT_PAGE][STATE_KEPT] : 0;
}

static bool begin_run(void *context)
{
    struct work *work = context;
    enum crawl_end end, next;
    if (!prepare(work))
        return false;
    bool fine = run(work, &end);
    work->misled = work->misled || (!fine && end != CRAWL_BROKEN);
    failing_relent();
    if (work->has_archive)
        work->lost_some = work->lost_some || !run(work, &next) || count_captured(work) != PAGES;
    return fine;
}

static void add_record(FILE *file, int number, const char *type, const char *content_type,
                       const char *block)
{
    fprintf(file,
            "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: "
            "<urn:uuid:00000000-0000-4000-8000-%s%011d>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
            "WARC-Target-URI: http://h.example/%d\r\nContent-Type: %s\r\n"
            "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
            type, *type == 'm' ? "1" : "2", number, number, content_type, strlen(block), block);
}

static void write_archive(const struct work *work)
{
    char path[128];
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/archive", work->directory);
    ck_assert_int_eq(disk_make_directory(path, &trouble), RESULT_OK);
    if (!work->has_archive)
        return;
    strcat(path, "/a.warc");
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < PAGES; i++) {
        add_record(file, i, "response", "application/http;msgtype=response", HEAD "hello");
        add_record(file, i, "metadata", "application/warc-fields",
                   "via: http://h.example/\r\nhopsFromSeed: L\r\nclass: page\r\n"
                   "outlink: http://h.example/0 L page a@href\r\n"
                   "outlink: http://h.example/waits L page a@href\r\n");
    }
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(a_run_begins_or_says_that_it_can_not)
{
    char command[128];
    struct work work = {.has_archive = _i / 2};
    /* a run syncs often, which takes no time in memory */
    const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(work.directory, sizeof work.directory, "%s/warccap-memory-XXXXXX", parent);
    ck_assert_int_eq(curl_global_init(CURL_GLOBAL_DEFAULT), 0);
    ck_assert_ptr_nonnull(mkdtemp(work.directory));
    write_archive(&work);
    failing_never(begin_run, &work);
    ck_assert(!work.lost_some);
    ck_assert_int_gt(failing_run(begin_run, &work, _i % 2 ? FAILING_ONCE : FAILING_FROM_THEN_ON),
                     50);
    ck_assert(!work.misled);
    ck_assert(!work.lost_some);
    snprintf(command, sizeof command, "rm -rf %s", work.directory);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of a run that begins");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 300);
    tcase_add_loop_test(test, a_run_begins_or_says_that_it_can_not, 0, 4);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
