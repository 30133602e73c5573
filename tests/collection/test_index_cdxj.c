/* The CDXJ index: lines, sorting, merging, looking up and damaged files. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/cdxj_lookup.h"
#include "collection/index_cdxj.h"

static void add_line(struct buf *lines, const char *url, const char *timestamp, const char *status,
                     int64_t offset)
{
    struct cdxj_entry entry = {.url = text_of(url),
                               .timestamp = text_of(timestamp),
                               .mime = TEXT("text/html"),
                               .status = text_of(status),
                               .digest = TEXT("sha1:E5YN5N2NBI2LAKF3WI2WMHH66B2HZYTC"),
                               .filename = TEXT("a.warc.gz"),
                               .length = 429,
                               .offset = offset};
    cdxj_line_write(&entry, lines);
}

START_TEST(line_is_written_as_pywb_writes_it)
{
    struct buf lines;
    buf_init(&lines, 10000);
    add_line(&lines, "http://Site.test/pl\xc3\xa9in\"", "20250101000000", "200", 201);
    ck_assert_str_eq(lines.data,
                     "test,site)/pl%c3%a9in\" 20250101000000 {\"url\": "
                     "\"http://Site.test/pl\\u00e9in\\\"\", \"mime\": "
                     "\"text/html\", \"status\": \"200\", \"digest\": "
                     "\"sha1:E5YN5N2NBI2LAKF3WI2WMHH66B2HZYTC\", "
                     "\"length\": \"429\", \"offset\": \"201\", \"filename\": \"a.warc.gz\"}\n");
    buf_release(&lines);
}
END_TEST

START_TEST(line_is_read_back)
{
    struct buf lines, scratch;
    struct cdxj_entry entry;
    buf_init(&lines, 10000);
    buf_init(&scratch, 10000);
    add_line(&lines, "http://site.test/\xc3\xa9", "20250101000000", "", 7);
    ck_assert(cdxj_line_read(text_first(buf_text(&lines), lines.length - 1), &entry, &scratch));
    ck_assert(text_equal(entry.key, TEXT("test,site)/%c3%a9")));
    ck_assert_msg(text_equal(entry.url, TEXT("http://site.test/\xc3\xa9")), "%.*s",
                  TEXT_ARGS(entry.url));
    ck_assert_uint_eq(entry.status.length, 0);
    ck_assert_int_eq(entry.offset, 7);
    ck_assert_int_eq(entry.length, 429);
    ck_assert(!cdxj_line_read(TEXT("no line"), &entry, &scratch));
    ck_assert(!cdxj_line_read(TEXT("a 20250101000000 {\"url\": "), &entry, &scratch));
    buf_release(&lines);
    buf_release(&scratch);
}
END_TEST

START_TEST(merged_lines_are_sorted_by_bytes_and_found)
{
    char directory[] = "/tmp/warccap-index-XXXXXX", path[64];
    struct buf lines, whole;
    struct trouble trouble;
    struct cdxj_entry entry;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/index.cdxj", directory);
    buf_init(&lines, 1 << 20);
    buf_init(&whole, 1 << 20);
    /* '-' sorts before '/', '/' before '?', so lines with and without a slash are not
     * neighbours. */
    add_line(&lines, "http://h/a?x", "20250101000000", "200", 1);
    add_line(&lines, "http://h/a/b", "20250101000000", "200", 2);
    add_line(&lines, "http://h/a", "20250102000000", "200", 3);
    ck_assert_int_eq(cdxj_sort(&lines, &trouble), RESULT_OK);
    ck_assert_int_eq(cdxj_merge(path, buf_text(&lines), &trouble), RESULT_OK);
    buf_clear(&lines);
    add_line(&lines, "http://h/a-b", "20250101000000", "200", 4);
    add_line(&lines, "http://h/a", "20250103000000", "503", 5);
    add_line(&lines, "http://h/a/b", "20250101000000", "200", 2); /* again */
    add_line(&lines, "https://h/A", "20250104000000", "200", 6);  /* the same key */
    ck_assert_int_eq(cdxj_sort(&lines, &trouble), RESULT_OK);
    ck_assert_int_eq(cdxj_merge(path, buf_text(&lines), &trouble), RESULT_OK);
    ck_assert_int_eq(disk_read(path, &whole, &trouble), RESULT_OK);
    int64_t offsets[8], place;
    struct text line, before = TEXT("");
    int count = 0;
    struct cdxj_lookup *lookup = cdxj_lookup_open(path, &trouble);
    ck_assert_ptr_nonnull(lookup);
    for (enum result got = cdxj_lookup_first(lookup, &entry, &line, &place); got == RESULT_OK;
         got = cdxj_lookup_next(lookup, &entry, &line, &place)) {
        ck_assert_int_gt(text_compare(line, before), 0);
        before = line;
        offsets[count++] = entry.offset;
    }
    ck_assert_int_eq(count, 6);
    ck_assert_int_eq(offsets[3], 4); /* h)/a three times, then a-b */
    /* Exactly this URL first, and of those one with a successful response. */
    ck_assert_int_eq(cdxj_lookup_newest(lookup, TEXT("http://h/a"), &entry), RESULT_OK);
    ck_assert_int_eq(entry.offset, 3);
    ck_assert_int_eq(cdxj_lookup_newest(lookup, TEXT("https://h/a/"), &entry), RESULT_OK);
    ck_assert_int_eq(entry.offset, 6);
    ck_assert_int_eq(cdxj_lookup_newest(lookup, TEXT("http://h/a/b"), &entry), RESULT_OK);
    ck_assert_int_eq(cdxj_lookup_newest(lookup, TEXT("http://h/none"), &entry), RESULT_END);
    cdxj_lookup_close(lookup);
    unlink(path);
    rmdir(directory);
    buf_release(&lines);
    buf_release(&whole);
}
END_TEST

/* What a revisit refers to is named by its second, and by its digest. */
START_TEST(of_two_captures_in_a_second_the_digest_tells_the_original)
{
    static const char *const digests[] = {"sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                          "sha1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"};
    char directory[] = "/tmp/warccap-index-XXXXXX", path[64];
    struct buf lines;
    struct trouble trouble;
    struct cdxj_entry entry;
    struct text url = TEXT("http://h/a"), second = TEXT("20250102000000");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/index.cdxj", directory);
    buf_init(&lines, 1 << 20);
    for (int i = 0; i < 2; i++)
        buf_printf(&lines,
                   "h)/a 20250102000000 {\"url\": \"http://h/a\", \"mime\": \"text/html\", "
                   "\"status\": \"200\", \"digest\": \"%s\", \"length\": \"1\", \"offset\": "
                   "\"%d\", \"filename\": \"w\"}\n",
                   digests[i], i);
    ck_assert_int_eq(cdxj_merge(path, buf_text(&lines), &trouble), RESULT_OK);
    struct cdxj_lookup *lookup = cdxj_lookup_open(path, &trouble);
    ck_assert_ptr_nonnull(lookup);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(cdxj_lookup_original(lookup, url, second, text_of(digests[i]), &entry),
                         RESULT_OK);
        ck_assert_int_eq(entry.offset, i);
    }
    ck_assert_int_eq(cdxj_lookup_original(lookup, url, second, TEXT("sha1:C"), &entry), RESULT_OK);
    ck_assert_int_eq(entry.offset, 0);
    ck_assert_int_eq(cdxj_lookup_original(lookup, url, TEXT("20250103000000"), TEXT(""), &entry),
                     RESULT_END);
    cdxj_lookup_close(lookup);
    unlink(path);
    rmdir(directory);
    buf_release(&lines);
}
END_TEST

static void note_damage(void *context, const char *words)
{
    struct buf *told = context;
    buf_printf(told, "%s\n", words);
}

static void write_file(const char *directory, const char *name, const char *bytes)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(bytes, file);
    fclose(file);
}

static void take_offset(void *context, const struct cdxj_entry *entry, struct text line)
{
    ck_assert_int_ge(text_find(line, TEXT("http")), 0);
    buf_printf(context, "%lld ", (long long)entry->offset);
}

/* The index sorts them by status: 200, 404, 500. */
START_TEST(captures_of_one_second_come_in_the_order_of_the_archive)
{
    char directory[] = "/tmp/warccap-index-XXXXXX", path[64];
    struct buf lines, offsets;
    struct trouble trouble;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/index.cdxj", directory);
    buf_init(&lines, 1 << 20);
    buf_init(&offsets, 1 << 10);
    add_line(&lines, "http://h/a", "20250101000000", "200", 9);
    add_line(&lines, "http://h/a", "20250102000000", "200", 30);
    add_line(&lines, "http://h/a", "20250102000000", "404", 20);
    add_line(&lines, "http://h/a", "20250102000000", "500", 10);
    add_line(&lines, "http://h/a", "20250103000000", "404", 5);
    add_line(&lines, "http://h/b", "20250102000000", "200", 7);
    ck_assert_int_eq(cdxj_sort(&lines, &trouble), RESULT_OK);
    ck_assert_int_eq(cdxj_merge(path, buf_text(&lines), &trouble), RESULT_OK);
    struct cdxj_lookup *lookup = cdxj_lookup_open(path, &trouble);
    ck_assert_ptr_nonnull(lookup);
    cdxj_lookup_each(lookup, TEXT("http://h/a"), take_offset, &offsets);
    ck_assert_msg(text_equal(buf_text(&offsets), TEXT("9 10 20 30 5 ")), "%.*s",
                  (int)offsets.length, offsets.data);
    cdxj_lookup_close(lookup);
    unlink(path);
    rmdir(directory);
    buf_release(&lines);
    buf_release(&offsets);
}
END_TEST

START_TEST(every_damaged_file_is_reported)
{
    static const char *const names[] = {"a.warc", "b.warc", "index.cdxj"};
    char directory[] = "/tmp/warccap-index-XXXXXX", path[64];
    struct buf told;
    struct trouble trouble;
    const struct index_observer observer = {.context = &told, .damaged = note_damage};
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/index.cdxj", directory);
    buf_init(&told, 1 << 16);
    write_file(directory, "a.warc", "This is not a WARC file.");
    write_file(directory, "b.warc", "Nor is this.");
    ck_assert_int_eq(cdxj_rebuild(directory, path, &observer, &trouble), RESULT_LOST);
    ck_assert_int_ge(text_find(buf_text(&told), TEXT("/a.warc: ")), 0);
    ck_assert_int_ge(text_find(buf_text(&told), TEXT("/b.warc: ")), 0);
    ck_assert_int_eq(cdxj_rebuild(directory, path, NULL, &trouble), RESULT_LOST);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        ck_assert_int_eq(unlink(path), 0);
    }
    rmdir(directory);
    buf_release(&told);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index");
    TCase *tests = tcase_create("cdxj");
    tcase_add_test(tests, line_is_written_as_pywb_writes_it);
    tcase_add_test(tests, line_is_read_back);
    tcase_add_test(tests, merged_lines_are_sorted_by_bytes_and_found);
    tcase_add_test(tests, captures_of_one_second_come_in_the_order_of_the_archive);
    tcase_add_test(tests, of_two_captures_in_a_second_the_digest_tells_the_original);
    tcase_add_test(tests, every_damaged_file_is_reported);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
