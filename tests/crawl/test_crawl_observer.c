/* The engine inside another program: it prints nothing, and tells its observer everything. */
#include <config.h>

#include <check.h>
#include <curl/curl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../caught_output.h"
#include "base/buf.h"
#include "base/disk.h"
#include "crawl/crawl_observer.h"
#include "small_site.h"

static const struct small_page pages[] = {
    {"/", 200, "text/html", "<title>A site</title><a href=/a.html>a</a><img src=/p.png>"},
    {"/a.html", 200, "text/html", "<title>A page</title><p>Words.<a href=/>home</a>"},
    {"/p.png", 200, "image/png", "\x89PNG\r\n\x1a\n"},
    {.path = NULL},
};
static const struct small_page broken_pages[] = {
    {"/", 200, "text/html", "<title>A site</title><a href=/a.html>a</a>"},
    {"/a.html", 500, "text/html", "<p>Something went wrong."},
    {.path = NULL},
};

/* A run in a directory of its own.  Everything that it tells is counted. */
struct fixture {
    struct small_site site;
    char directory[64], collection[128];
    char *seed;
    struct crawl_options options;
    struct crawl_calls calls;
    struct crawl_observer observer;
    /* calls of each kind */
    int attempts, mended, damaged, warned, progressed, wanted, ended, exit_codes;
    atomic_int files;
    enum crawl_end end;
    enum result result;
    bool has_begun;
    struct buf json;
    char title[256], trouble[TROUBLE_WORDS];
    uint64_t failed, captured;
};

static void attempt_made(void *context, const struct capture *capture, const char *annotation)
{
    struct fixture *f = context;
    ck_assert_ptr_nonnull(capture->exchange->url.data);
    ck_assert_ptr_nonnull(annotation);
    f->attempts++;
}

static void mended(void *context, enum crawl_mending mending, const char *words)
{
    struct fixture *f = context;
    ck_assert_uint_gt(strlen(words), 0);
    f->mended++;
    f->damaged += mending == MENDING_DAMAGE;
}

static void warned(void *context, const char *words)
{
    struct fixture *f = context;
    ck_assert_uint_gt(strlen(words), 0);
    f->warned++;
}

static void progressed(void *context, const struct run_figures *figures)
{
    struct fixture *f = context;
    ck_assert_ptr_nonnull(figures->waits_for);
    f->progressed++;
}

static void progress_wanted(void *context, const struct run_figures *figures)
{
    struct fixture *f = context;
    char words[RUN_FIGURES_WORDS];
    run_figures_words(figures, words);
    ck_assert_ptr_nonnull(strstr(words, "page"));
    f->wanted++;
}

static void file_finished(void *context, const char *file, int64_t bytes)
{
    struct fixture *f = context;
    ck_assert_ptr_nonnull(strstr(file, ".warc.gz"));
    ck_assert_int_gt(bytes, 0);
    f->files++;
}

static int exit_code(void *context, enum crawl_end end)
{
    struct fixture *f = context;
    f->exit_codes++;
    return 100 + (int)end;
}

static void ended(void *context, const struct crawl_ended *ended)
{
    struct fixture *f = context;
    f->ended++;
    f->end = ended->end;
    f->result = ended->result;
    f->has_begun = ended->has_begun;
    f->failed = ended->summary->failed;
    f->captured = ended->summary->counts[VISIT_PAGE][STATE_KEPT] +
                  ended->summary->counts[VISIT_SEED][STATE_KEPT] +
                  ended->summary->counts[VISIT_REQUISITE][STATE_KEPT];
    buf_clear(&f->json);
    buf_add_text(&f->json, ended->json);
    snprintf(f->title, sizeof f->title, "%s", ended->title);
    snprintf(f->trouble, sizeof f->trouble, "%s", ended->trouble);
}

static void forget(struct fixture *f)
{
    f->attempts = f->mended = f->damaged = f->warned = f->progressed = 0;
    f->wanted = f->ended = f->exit_codes = 0;
    f->files = 0;
}

static void begin(struct fixture *f, const struct small_page *served)
{
    *f = (struct fixture){.directory = "/tmp/warccap-observer-XXXXXX"};
    ck_assert_int_eq(curl_global_init(CURL_GLOBAL_DEFAULT), 0);
    ck_assert_ptr_nonnull(mkdtemp(f->directory));
    small_site_begin(&f->site, served);
    ck_assert_int_gt(asprintf(&f->seed, "http://127.0.0.1:%d/", f->site.port), 0);
    snprintf(f->collection, sizeof f->collection, "%s/collection", f->directory);
    buf_init(&f->json, 1 << 20);
    f->options = crawl_defaults();
    f->options.directory = f->collection;
    f->options.seeds = &f->seed;
    f->options.seed_count = 1;
    f->options.frontier.wait_ms = 0;
    f->options.tries = 1;
    f->observer = (struct crawl_observer){.context = f,
                                          .attempt_made = attempt_made,
                                          .mended = mended,
                                          .warned = warned,
                                          .progressed = progressed,
                                          .progress_wanted = progress_wanted,
                                          .file_finished = file_finished,
                                          .exit_code = exit_code,
                                          .ended = ended};
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static void end(struct fixture *f)
{
    small_site_end(&f->site);
    nftw(f->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    buf_release(&f->json);
    free(f->seed);
    curl_global_cleanup();
}

/* Runs with standard output and standard error caught; both must stay empty. */
static enum crawl_end run_silently(struct fixture *f, const struct crawl_observer *observer)
{
    struct caught_output caught;
    caught_output_begin(&caught);
    enum crawl_end how = crawl_run(&f->options, &f->calls, observer);
    caught_output_end(&caught);
    ck_assert_str_eq(caught.words[STDOUT_FILENO], "");
    ck_assert_str_eq(caught.words[STDERR_FILENO], "");
    return how;
}

static bool json_has(const struct fixture *f, const char *words)
{
    return text_find(buf_text(&f->json), text_of(words)) >= 0;
}

START_TEST(a_run_prints_nothing_and_tells_its_observer)
{
    struct fixture f;
    begin(&f, pages);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_FINISHED_CHANGED);
    ck_assert_int_eq(f.end, CRAWL_FINISHED_CHANGED);
    ck_assert_int_eq(f.attempts, 5); /* robots.txt, two pages, one image, the usual sitemap */
    ck_assert_int_eq(f.captured, 3);
    ck_assert_int_gt(f.progressed, 0);
    ck_assert_int_eq(f.files, 1);
    ck_assert_int_eq(f.ended, 1);
    ck_assert_int_eq(f.mended, 0);
    ck_assert_int_eq(f.warned, 0);
    ck_assert(f.has_begun);
    ck_assert_str_eq(f.title, f.seed);
    ck_assert_str_eq(f.trouble, "");
    ck_assert(json_has(&f, "\"exit\": 101, \"reason\": \"finished\""));
    end(&f);
}
END_TEST

static void note_json(void *context, const char *name)
{
    char *kept = context;
    if (strstr(name, ".json"))
        snprintf(kept, NAME_MAX + 1, "%s", name);
}

START_TEST(the_summary_is_written_without_an_observer)
{
    struct fixture f;
    struct buf kept;
    struct trouble trouble;
    char name[NAME_MAX + 1] = "", runs[160], path[PATH_MAX];
    begin(&f, pages);
    ck_assert_int_eq(run_silently(&f, NULL), CRAWL_FINISHED_CHANGED);
    snprintf(runs, sizeof runs, "%s/runs", f.collection);
    ck_assert_int_eq(disk_list(runs, note_json, name, &trouble), RESULT_OK);
    ck_assert_str_ne(name, "");
    snprintf(path, sizeof path, "%s/%s", runs, name);
    buf_init(&kept, 1 << 20);
    ck_assert_int_eq(disk_read(path, &kept, &trouble), RESULT_OK);
    ck_assert_int_ge(text_find(buf_text(&kept), TEXT("\"reason\": \"finished\"")), 0);
    ck_assert_int_lt(text_find(buf_text(&kept), TEXT("\"exit\"")), 0); /* there is no exit code */
    buf_release(&kept);
    end(&f);
}
END_TEST

START_TEST(failures_make_a_run_incomplete)
{
    struct fixture f;
    begin(&f, broken_pages);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_INCOMPLETE);
    ck_assert_int_eq(f.failed, 1);
    ck_assert(json_has(&f, "the site answered 500"));
    end(&f);
}
END_TEST

START_TEST(a_second_run_finds_nothing_new)
{
    struct fixture f;
    begin(&f, pages);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_FINISHED_CHANGED);
    forget(&f);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_FINISHED);
    ck_assert_int_eq(f.ended, 1);
    end(&f);
}
END_TEST

START_TEST(a_bad_seed_ends_the_run_before_anything_is_created)
{
    struct fixture f;
    begin(&f, pages);
    free(f.seed);
    f.seed = strdup("gopher://127.0.0.1/");
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_WRONG_OPTIONS);
    ck_assert(!f.has_begun);
    ck_assert_ptr_nonnull(strstr(f.trouble, "gopher"));
    ck_assert(json_has(&f, "\"exit\": 110"));
    ck_assert(!disk_exists(f.collection));
    end(&f);
}
END_TEST

START_TEST(a_collection_that_another_run_holds_is_left_alone)
{
    struct fixture f;
    struct trouble trouble;
    begin(&f, pages);
    struct collection *collection = collection_new(f.collection);
    ck_assert_ptr_nonnull(collection);
    ck_assert_int_eq(collection_make(collection, &trouble), RESULT_OK);
    ck_assert_int_eq(collection_lock(collection, &trouble), RESULT_OK);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_HELD);
    ck_assert_int_eq(f.attempts, 0);
    ck_assert_uint_gt(strlen(f.trouble), 0);
    collection_free(collection);
    end(&f);
}
END_TEST

START_TEST(a_damaged_store_is_repaired_and_reported)
{
    struct fixture f;
    char path[192];
    static const char rubbish[] = "This is not a database, and it is longer than its header.";
    begin(&f, pages);
    run_silently(&f, &f.observer);
    forget(&f);
    snprintf(path, sizeof path, "%s/state/warccap.db", f.collection);
    FILE *store = fopen(path, "wb");
    ck_assert_ptr_nonnull(store);
    for (int i = 0; i < 100; i++)
        fputs(rubbish, store);
    fclose(store);
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_FINISHED);
    ck_assert_int_eq(f.damaged, 1);
    ck_assert(json_has(&f, "\"mended\": [\""));
    end(&f);
}
END_TEST

START_TEST(a_stop_before_the_first_request_stops_the_run)
{
    struct fixture f;
    begin(&f, pages);
    f.calls.stop = 1;
    f.calls.tell = 1;
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_STOPPED);
    ck_assert_int_eq(f.attempts, 0);
    ck_assert_int_eq(f.wanted, 1);
    ck_assert(json_has(&f, "\"reason\": \"stopped by a signal\""));
    end(&f);
}
END_TEST

START_TEST(the_page_limit_gives_a_reason)
{
    struct fixture f;
    begin(&f, pages);
    f.options.limits.pages = 1;
    ck_assert_int_eq(run_silently(&f, &f.observer), CRAWL_PAGE_LIMIT);
    ck_assert(json_has(&f, "\"reason\": \"the page limit was reached (--page-limit)\""));
    end(&f);
}
END_TEST

START_TEST(an_observer_may_have_no_functions)
{
    struct fixture f;
    begin(&f, pages);
    const struct crawl_observer nobody = {.context = &f};
    f.calls.tell = 1;
    ck_assert_int_eq(run_silently(&f, &nobody), CRAWL_FINISHED_CHANGED);
    end(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crawl_observer");
    TCase *cases = tcase_create("crawl_observer");
    tcase_add_test(cases, a_run_prints_nothing_and_tells_its_observer);
    tcase_add_test(cases, the_summary_is_written_without_an_observer);
    tcase_add_test(cases, failures_make_a_run_incomplete);
    tcase_add_test(cases, a_second_run_finds_nothing_new);
    tcase_add_test(cases, a_bad_seed_ends_the_run_before_anything_is_created);
    tcase_add_test(cases, a_collection_that_another_run_holds_is_left_alone);
    tcase_add_test(cases, a_damaged_store_is_repaired_and_reported);
    tcase_add_test(cases, a_stop_before_the_first_request_stops_the_run);
    tcase_add_test(cases, the_page_limit_gives_a_reason);
    tcase_add_test(cases, an_observer_may_have_no_functions);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
