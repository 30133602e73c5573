/*
 * A whole small crawl when memory runs out: the n-th allocation fails, in the crawl's own thread or
 * in any.  The run ends in an orderly way and claims nothing that is not so; what it captured is in
 * the archive; and the next run, which has memory, has everything.
 */
#include <config.h>

#include <check.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/text.h"
#include "crawl/crawl.h"
#include "store/sqlite_store.h"
#include "tests/crawl/small_site.h"
#include "tests/memory/failing.h"
#include "warccap/warc.h"

/* Each page has two links, so that the next run need not wait to confirm its last one. */
static const struct small_page pages[] = {
    {"/", 200, "text/html",
     "<title>a</title><link rel=stylesheet href=/s.css><a href=/lentils>1</a> <a "
     "href=/beans>2</a>"},
    {"/s.css", 200, "text/css", "body { background: url(/b.gif) }"},
    {"/b.gif", 200, "image/gif", "GIF89a"},
    {"/lentils", 200, "text/html", "<img src=/b.gif><a href=/chard>3</a><a href=/>4</a>"},
    {"/beans", 200, "text/html", "<a href=/lentils>1</a><a href=/>4</a>"},
    {"/chard", 200, "text/html", "the end<a href=/>4</a><a href=/beans>2</a>"},
    {NULL, 0, NULL, NULL},
};
enum { PATHS = 6 };

struct work {
    char directory[64];
    struct small_site site;
    bool misled;    /* a run said that all was well, and it was not */
    bool lost_some; /* the store knows of a capture that the archive does not have */
    bool not_whole; /* the next run did not make it whole */
};

static enum crawl_end run(const struct work *work)
{
    char seed[64];
    char *seeds[] = {seed};
    struct crawl_options options = crawl_defaults();
    struct crawl_calls calls = {.stop = 0};
    snprintf(seed, sizeof seed, "http://127.0.0.1:%d/", work->site.port);
    options.directory = work->directory;
    options.seeds = seeds;
    options.seed_count = 1;
    options.frontier.wait_ms = 0;
    options.limits.disk_reserve = 0;
    return crawl_run(&options, &calls, NULL);
}

/* ---- what there is afterwards ---- */

struct found {
    const struct work *work;
    bool has[PATHS];
};

static void note_url(struct found *found, struct text url)
{
    char whole[96];
    for (int i = 0; i < PATHS; i++) {
        snprintf(whole, sizeof whole, "http://127.0.0.1:%d%s", found->work->site.port,
                 pages[i].path);
        found->has[i] = found->has[i] || text_equal(url, text_of(whole));
    }
}

static void note_records(void *context, const char *name)
{
    struct found *found = context;
    char path[512];
    const struct warc_record *record;
    snprintf(path, sizeof path, "%s/archive/%s", found->work->directory, name);
    struct warc_reader *reader = warc_reader_open(path);
    if (!reader)
        return;
    while (warc_reader_next(reader, &record) == WARC_OK) {
        const char *url = warc_record_field(record, "WARC-Target-URI");
        if (warc_reader_finish(reader, NULL) == WARC_OK && record->type == WARC_RESPONSE && url)
            note_url(found, text_of(url));
    }
    warc_reader_close(reader);
}

static void note_visit(void *context, const struct listed_visit *visit)
{
    note_url(context, visit->url);
}

/* Whether the archive has each URL; and those that the store has as captured pages. */
static bool look(struct work *work)
{
    char path[128];
    struct store *store;
    struct trouble trouble;
    struct found archived = {.work = work}, known = {.work = work};
    snprintf(path, sizeof path, "%s/archive", work->directory);
    if (disk_exists(path))
        result_ignore(disk_list(path, note_records, &archived, &trouble));
    snprintf(path, sizeof path, "%s/state/warccap.db", work->directory);
    if (sqlite_store_open_to_read(&store, path, &trouble) == RESULT_OK) {
        result_ignore(
            known_urls_each(store->known, LISTING_PAGES, PATHS, note_visit, &known, &trouble));
        store_close(store);
    }
    bool whole = true;
    for (int i = 0; i < PATHS; i++) {
        whole = whole && archived.has[i];
        work->lost_some = work->lost_some || (known.has[i] && !archived.has[i]);
    }
    return whole;
}

static bool is_well(enum crawl_end end)
{
    return end == CRAWL_FINISHED || end == CRAWL_FINISHED_CHANGED;
}

static bool crawl_twice(void *context)
{
    struct work *work = context;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s/*", work->directory);
    if (system(command) != 0)
        return false;
    enum crawl_end end = run(work);
    failing_relent();
    bool whole = look(work);
    work->misled = work->misled || (is_well(end) && !whole);
    if (!is_well(end) && (!is_well(run(work)) || !look(work)))
        work->not_whole = true;
    return is_well(end);
}

START_TEST(a_crawl_without_memory_loses_nothing)
{
    char command[128];
    struct work work = {.misled = false};
    const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(work.directory, sizeof work.directory, "%s/warccap-memory-XXXXXX", parent);
    ck_assert_int_eq(curl_global_init(CURL_GLOBAL_DEFAULT), 0);
    ck_assert_ptr_nonnull(mkdtemp(work.directory));
    small_site_begin(&work.site, pages);
    if (_i / 2)
        failing_in_all_threads();
    failing_never(crawl_twice, &work);
    /* the order of threads is not always the same, so that each n tells less */
    ck_assert_int_gt(failing_run_some(crawl_twice, &work,
                                      _i % 2 ? FAILING_ONCE : FAILING_FROM_THEN_ON, _i / 2 ? 3 : 1),
                     100);
    ck_assert(!work.misled);
    ck_assert(!work.lost_some);
    ck_assert(!work.not_whole);
    small_site_end(&work.site);
    snprintf(command, sizeof command, "rm -rf %s", work.directory);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of a crawl");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 600);
    tcase_add_loop_test(test, a_crawl_without_memory_loses_nothing, 0, 4);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
