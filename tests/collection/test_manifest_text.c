/* Lists of digests, as they are written and as a stranger may have changed them. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collection/manifest_text.h"
#include "collection/sums.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "{\"manifest\": 1, \"software\": \"x\", \"run\": \"20260104050607\",\n"
#define FIRST HEAD " \"previous\": null,\n \"files\": ["

static struct manifest_head head;
static struct manifest_entry entry;

/* Reads all of it; the number of entries, or -1. The last one is in `entry`. */
static int read_text(struct text rest)
{
    struct buf scratch;
    int count = 0, more = -1;
    buf_init(&scratch, 1 << 20);
    if (manifest_head_read(&rest, &head, &scratch))
        for (; (more = manifest_entry_read(&rest, &entry, &scratch)) > 0; count++)
            ;
    buf_release(&scratch);
    return more < 0 ? -1 : count;
}

static int read_string(const char *text)
{
    return read_text(text_of(text));
}

static void check_name_comes_back(const char *name)
{
    struct manifest_entry written = {.bytes = UINT64_MAX, .digest = DIGEST, .found = true};
    struct manifest_head before = {.previous = "20260103050607.manifest", .digest = OTHER};
    struct buf list, out;
    buf_init(&list, 1 << 20);
    buf_init(&out, 1 << 20);
    snprintf(written.file, sizeof written.file, "%s", name);
    manifest_entry_write(&written, &list);
    manifest_entry_write(&written, &list);
    manifest_text_write("20260104050607", &before, buf_text(&list), &out);
    ck_assert_int_eq(read_text(buf_text(&out)), 2);
    ck_assert_str_eq(entry.file, name);
    ck_assert_str_eq(entry.digest, DIGEST);
    ck_assert(entry.bytes == UINT64_MAX && entry.found);
    ck_assert_str_eq(head.previous, before.previous);
    ck_assert_str_eq(head.digest, OTHER);
    /* wherever it is cut, it is no manifest */
    for (size_t cut = 0; cut + 1 < out.length; cut++)
        ck_assert_int_eq(read_text(text_first(buf_text(&out), cut)), -1);
    buf_release(&list);
    buf_release(&out);
}

START_TEST(names_of_any_bytes_come_back)
{
    check_name_comes_back("a-00001.warc.gz");
    check_name_comes_back("}\"\\\n\x1b.warc.gz");
    check_name_comes_back("b\xc3\xbc.warc.gz");
    check_name_comes_back("b\xfc-\xff.warc.gz"); /* Latin-1 */
}
END_TEST

/* Both are escaped, so neither stands in the text as it is. */
START_TEST(members_do_not_overwrite_each_other)
{
    char long_name[200], text[1024];
    memset(long_name, 'x', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    snprintf(text, sizeof text,
             FIRST "\n  {\"sha256\": \"\\u0030%s\", \"file\": \"\\u0061%s\"}]}\n", &DIGEST[1],
             long_name);
    ck_assert_int_eq(read_string(text), 1);
    ck_assert_str_eq(entry.digest, DIGEST);
    ck_assert_uint_eq(strlen(entry.file), strlen(long_name) + 1);
}
END_TEST

static const char *const wrong[] = {
    "",
    "{}\n",
    "null",
    HEAD " \"previous\": 1,\n \"files\": []}\n",
    HEAD " \"previous\": {\"file\": \"a\"},\n \"files\": []}\n",
    FIRST "\n  {\"file\": \"a\", \"bytes\": 1, \"sha256\": \"0123\"}]}\n",
    FIRST "\n  {\"file\": \"\", \"bytes\": 1, \"sha256\": \"" DIGEST "\"}]}\n",
    FIRST "\n  {\"file\": \"a\", \"bytes\": x, \"sha256\": \"" DIGEST "\"}]}\n",
    FIRST "\n  {\"file\": \"a\\u0000b\", \"bytes\": 1, \"sha256\": \"" DIGEST "\"}]}\n",
    FIRST "\n  {\"file\": \"a\", \"file-hex\": \"6100\", \"sha256\": \"" DIGEST "\"}]}\n",
    FIRST "\n  {\"file\": \"a\", \"bytes\": 1, \"sha256\": \"" DIGEST "\"}\n",
    FIRST "\n  {\"file\": \"a\", \"bytes\": 1, \"sha256\": \"" DIGEST "\"}]}\nmore",
    FIRST "\n  hidden\n  {\"file\": \"a\", \"bytes\": 1, \"sha256\": \"" DIGEST "\"}]}\n",
};

START_TEST(what_is_no_manifest_is_told)
{
    ck_assert_int_eq(read_string(wrong[_i]), -1);
}
END_TEST

START_TEST(a_list_may_be_empty)
{
    ck_assert_int_eq(read_string(FIRST "]}\n"), 0);
}
END_TEST

START_TEST(the_first_line_of_a_name_counts)
{
    struct trouble trouble;
    struct sums sums;
    ck_assert_int_eq(sums_read(&sums,
                               TEXT(DIGEST "  b\n" DIGEST " *a\nno line\n" OTHER "  b\n"
                                           "X" DIGEST "  c\n" DIGEST "  \n" OTHER "  a b"),
                               &trouble),
                     RESULT_OK);
    ck_assert_uint_eq(sums.count, 4);
    ck_assert(text_equal(sums_digest_of(&sums, TEXT("b")), TEXT(DIGEST)));
    ck_assert(text_equal(sums_digest_of(&sums, TEXT("a")), TEXT(DIGEST)));
    ck_assert(text_equal(sums_digest_of(&sums, TEXT("a b")), TEXT(OTHER)));
    ck_assert_uint_eq(sums_digest_of(&sums, TEXT("c")).length, 0);
    ck_assert_uint_eq(sums_digest_of(&sums, TEXT("")).length, 0);
    sums_release(&sums);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest_text");
    TCase *all = tcase_create("all");
    tcase_add_test(all, names_of_any_bytes_come_back);
    tcase_add_test(all, members_do_not_overwrite_each_other);
    tcase_add_loop_test(all, what_is_no_manifest_is_told, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(all, a_list_may_be_empty);
    tcase_add_test(all, the_first_line_of_a_name_counts);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
