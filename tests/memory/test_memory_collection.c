/* Index and metadata records when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/collection.h"
#include "collection/index_cdxj.h"
#include "collection/provenance.h"
#include "tests/memory/failing.h"

enum { LINES = 40, LINES_MOST = 1 << 20 };

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};

struct work {
    char directory[64], index[96], warc[96];
    struct buf old, more; /* lines of the index, and those that come to it */
    struct text whole;    /* what is to be there in the end */
    bool lost_some;       /* although it was said that all went well, or by a failure */
    struct trouble trouble;
};

static void add_line(struct buf *lines, int number)
{
    char url[64];
    snprintf(url, sizeof url, "http://h/page/%d", number);
    const struct cdxj_entry entry = {.url = text_of(url),
                                     .timestamp = TEXT("20250101000000"),
                                     .mime = TEXT("text/html"),
                                     .status = TEXT("200"),
                                     .filename = TEXT("a.warc.gz"),
                                     .length = 429,
                                     .offset = number};
    cdxj_line_write(&entry, lines);
}

static void begin(struct work *work)
{
    *work = (struct work){.whole = TEXT("")};
    strcpy(work->directory, "/tmp/warccap-memory-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(work->directory));
    snprintf(work->index, sizeof work->index, "%s/index.cdxj", work->directory);
    snprintf(work->warc, sizeof work->warc, "%s/a.warc", work->directory);
    buf_init(&work->old, LINES_MOST);
    buf_init(&work->more, LINES_MOST);
    for (int i = 0; i < LINES; i++)
        add_line(i % 3 ? &work->old : &work->more, i);
}

static void end(struct work *work)
{
    char path[112];
    snprintf(path, sizeof path, "%s.new", work->index);
    ck_assert(!disk_exists(path)); /* nothing is left lying about */
    unlink(work->index);
    unlink(work->warc);
    ck_assert_int_eq(rmdir(work->directory), 0);
    buf_release(&work->old);
    buf_release(&work->more);
}

/* ---- the index ---- */

static bool holds(struct work *work, struct text expected)
{
    struct buf bytes;
    buf_init(&bytes, LINES_MOST);
    bool same = disk_read(work->index, &bytes, &work->trouble) == RESULT_OK &&
                text_equal(buf_text(&bytes), expected);
    buf_release(&bytes);
    return same;
}

static bool merge(void *context)
{
    struct work *work = context;
    struct buf lines;
    struct trouble trouble = trouble_none();
    FILE *file = fopen(work->index, "wb");
    bool written = file && fwrite(work->old.data, work->old.length, 1, file) == 1;
    if (!file || fclose(file) != 0 || !written)
        return false;
    buf_init(&lines, LINES_MOST);
    buf_add_text(&lines, buf_text(&work->more));
    enum result result = buf_ok(&lines) ? cdxj_sort(&lines, &trouble) : RESULT_BROKEN;
    if (result == RESULT_OK)
        result = cdxj_merge(work->index, buf_text(&lines), &trouble);
    buf_release(&lines);
    failing_relent();
    work->lost_some =
        work->lost_some || !holds(work, result == RESULT_OK ? work->whole : buf_text(&work->old));
    return result == RESULT_OK;
}

START_TEST(an_index_is_merged_whole_or_stays_as_it_was)
{
    struct work work;
    struct buf whole;
    begin(&work);
    buf_init(&whole, LINES_MOST);
    ck_assert_int_eq(cdxj_sort(&work.old, &work.trouble), RESULT_OK);
    buf_add_text(&whole, buf_text(&work.old));
    buf_add_text(&whole, buf_text(&work.more));
    ck_assert_int_eq(cdxj_sort(&whole, &work.trouble), RESULT_OK);
    work.whole = buf_text(&whole);
    ck_assert_int_gt(failing_run(merge, &work, kinds[_i]), 3);
    ck_assert(!work.lost_some);
    buf_release(&whole);
    end(&work);
}
END_TEST

static const char HTTP[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello";

static void write_warc(const struct work *work)
{
    FILE *file = fopen(work->warc, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < 3; i++)
        fprintf(file,
                "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%d>\r\n"
                "WARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Target-URI: http://e/%d\r\n"
                "Content-Type: application/http;msgtype=response\r\nContent-Length: %zu\r\n\r\n"
                "%s\r\n\r\n",
                i, i, strlen(HTTP), HTTP);
    ck_assert_int_eq(fclose(file), 0);
}

/* All lines of a file, in order. */
static enum result index_into(const char *path, struct buf *lines, struct trouble *trouble)
{
    struct text line;
    struct line_sort *sort = line_sort_new("/tmp", 1 << 16);
    enum result result = sort ? cdxj_index_file(path, sort, trouble)
                              : trouble_say(trouble, RESULT_BROKEN, "no memory");
    while (result == RESULT_OK && (result = line_sort_next(sort, &line, trouble)) == RESULT_OK) {
        buf_add_text(lines, line);
        buf_add_char(lines, '\n');
    }
    line_sort_free(sort);
    if (result == RESULT_END && !buf_ok(lines))
        return trouble_say(trouble, RESULT_BROKEN, "no memory");
    return result == RESULT_END ? RESULT_OK : result;
}

static bool index_file(void *context)
{
    struct work *work = context;
    struct buf lines;
    struct trouble trouble = trouble_none();
    buf_init(&lines, LINES_MOST);
    enum result result = index_into(work->warc, &lines, &trouble);
    work->lost_some = work->lost_some ||
                      (result == RESULT_OK && !text_equal(buf_text(&lines), work->whole)) ||
                      (result != RESULT_OK && !trouble.words[0]);
    buf_release(&lines);
    return result == RESULT_OK;
}

START_TEST(a_file_is_indexed_whole_or_it_is_said_that_it_is_not)
{
    struct work work;
    struct buf whole;
    begin(&work);
    write_warc(&work);
    buf_init(&whole, LINES_MOST);
    ck_assert_int_eq(index_into(work.warc, &whole, &work.trouble), RESULT_OK);
    work.whole = buf_text(&whole);
    ck_assert_int_gt(failing_run(index_file, &work, kinds[_i]), 5);
    ck_assert(!work.lost_some);
    buf_release(&whole);
    end(&work);
}
END_TEST

static bool name_parts(void *context)
{
    struct collection *collection = collection_new("/tmp/a-collection");
    (void)context;
    collection_free(collection);
    return collection != NULL;
}

START_TEST(a_collection_has_all_its_names_or_is_not_there)
{
    ck_assert_int_eq(failing_run(name_parts, NULL, kinds[_i]), 12);
}
END_TEST

/* ---- metadata records ---- */

static bool write_record(void *context)
{
    struct work *work = context;
    const struct link link = {.url = TEXT("http://h/post"),
                              .class = LINK_PAGE,
                              .certainty = LINK_CERTAIN,
                              .where = TEXT("a@href")};
    struct buf lines, block;
    struct text rest;
    struct provenance_line line;
    struct provenance_record read;
    buf_init(&lines, LINES_MOST);
    buf_init(&block, LINES_MOST);
    for (int i = 0; i < 20; i++)
        provenance_write_outlink(&lines, &link, 'L');
    provenance_write_not_followed(&lines, URL_RULE_PRINT, TEXT("http://h/a%20b?print=1"));
    provenance_write_head(&lines, PROVENANCE_INTERIM, TEXT("HTTP/1.1 103 Early\r\nLink: <a>\r\n"));
    const struct provenance_record record = {.via = TEXT("http://h/"),
                                             .hops = TEXT("L"),
                                             .error = TEXT("no \x01 answer"),
                                             .redirect = TEXT("http://h/else"),
                                             .lines = buf_text(&lines)};
    bool fine = buf_ok(&lines);
    provenance_write(&record, &block);
    fine = fine && buf_ok(&block);
    if (fine) {
        int links = 0;
        provenance_read(buf_text(&block), &read, NULL);
        rest = read.lines;
        while (provenance_next(&rest, &line))
            links += line.kind == PROVENANCE_OUTLINK || line.kind == PROVENANCE_NOT_FOLLOWED;
        work->lost_some = work->lost_some || links != 21 || !text_equal(read.via, record.via) ||
                          !text_equal(read.redirect, record.redirect);
    }
    buf_release(&lines);
    buf_release(&block);
    return fine;
}

START_TEST(a_record_is_whole_or_it_is_said_that_it_is_not)
{
    struct work work = {.lost_some = false};
    ck_assert(write_record(&work));
    ck_assert(!work.lost_some);
    ck_assert_int_gt(failing_run(write_record, &work, kinds[_i]), 5);
    ck_assert(!work.lost_some);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of the collection");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 60);
    tcase_add_loop_test(test, an_index_is_merged_whole_or_stays_as_it_was, 0, 2);
    tcase_add_loop_test(test, a_file_is_indexed_whole_or_it_is_said_that_it_is_not, 0, 2);
    tcase_add_loop_test(test, a_collection_has_all_its_names_or_is_not_there, 0, 2);
    tcase_add_loop_test(test, a_record_is_whole_or_it_is_said_that_it_is_not, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
