/* A compressed index has every line, sorted, and each URL under the keys of both players; each
 * block is where the list of blocks says. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/body_reader.h"
#include "pack/package_index.h"
#include "pack/spool_lines.h"

enum { POSTS = 3000, MOST = 1 << 24 };

struct index {
    struct spool lines, blocks, keys;
    struct buf text; /* what the blocks contain */
};

static void add(struct spool *spool, const char *line)
{
    struct trouble trouble;
    ck_assert_int_eq(spool_append(spool, line, strlen(line), &trouble), RESULT_OK);
}

/* "/p0007/" has the key "/p0007" for pywb, and "/p0007/" for wabac.js. */
static void make_index(struct index *index, int posts, size_t memory)
{
    struct trouble trouble;
    spool_init(&index->lines, memory, ".");
    spool_init(&index->blocks, memory, ".");
    spool_init(&index->keys, memory, ".");
    buf_init(&index->text, MOST);
    for (int i = 0; i < posts; i++) {
        char line[300];
        snprintf(line, sizeof line,
                 "com,example)/p%05d 20260105000000 {\"url\": \"http://example.com/p%05d/\"}\n"
                 "com,example)/p%05d-x 20260105000000 {\"url\": \"http://example.com/p%05d-x\"}\n",
                 i, i, i, i);
        add(&index->lines, line);
    }
    ck_assert_int_eq(package_index_compress(&index->lines, ".", &index->blocks, &index->keys,
                                            &trouble),
                     RESULT_OK);
}

static void release_index(struct index *index)
{
    spool_release(&index->lines);
    spool_release(&index->blocks);
    spool_release(&index->keys);
    buf_release(&index->text);
}

/* Unpacks the block that a line of the list names, and appends it to index->text. */
static void add_block(struct index *index, struct text line)
{
    unsigned long long offset, length;
    struct body_reader *reader = body_reader_new();
    struct text piece, first;
    ptrdiff_t json = text_find(line, TEXT(" {\"offset\": "));
    ck_assert(json > 0);
    ck_assert_int_eq(
        sscanf(line.at + json, " {\"offset\": %llu, \"length\": %llu, ", &offset, &length), 2);
    struct text all = spool_bytes(&index->blocks);
    size_t from = index->text.length;
    body_reader_begin_gzip(reader, text_first(text_skip(all, (size_t)offset), (size_t)length));
    while (body_reader_next(reader, &piece) == RESULT_OK)
        buf_add_text(&index->text, piece);
    ck_assert_int_eq(body_reader_error(reader), BODY_SOUND);
    body_reader_free(reader);
    first = text_skip(buf_text(&index->text), from);
    ck_assert(text_starts(first, text_first(line, (size_t)json)));
}

static void read_blocks(struct index *index)
{
    struct spool_lines keys;
    struct trouble trouble;
    struct text line;
    spool_lines_init(&keys, &index->keys);
    ck_assert_int_eq(spool_lines_next(&keys, &line, &trouble), RESULT_OK);
    ck_assert(text_equal(line, TEXT("!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": "
                                    "\"index.cdx.gz\"}")));
    while (spool_lines_next(&keys, &line, &trouble) == RESULT_OK)
        add_block(index, line);
    spool_lines_release(&keys);
}

static int count_lines(const struct index *index)
{
    struct text rest = buf_text(&index->text), line, last = TEXT("");
    int count = 0;
    while (text_split(&rest, '\n', &line) && line.length) {
        ck_assert(text_compare(last, line) < 0);
        last = line;
        count++;
    }
    return count;
}

static bool has(const struct index *index, const char *line)
{
    return text_find(buf_text(&index->text), text_of(line)) >= 0;
}

START_TEST(each_url_is_there_under_both_keys)
{
    struct index index;
    make_index(&index, POSTS, _i ? 1 << 24 : 1000); /* in memory, and in files */
    read_blocks(&index);
    ck_assert_int_eq(count_lines(&index), 3 * POSTS);
    ck_assert(has(&index, "\ncom,example)/p02999 20260105000000 {"));
    ck_assert(has(&index, "\ncom,example)/p02999/ 20260105000000 {\"url\": "
                          "\"http://example.com/p02999/\"}\n"));
    ck_assert(has(&index, "\ncom,example)/p02999-x 20260105000000 {"));
    release_index(&index);
}
END_TEST

START_TEST(no_lines_make_no_block)
{
    struct index index;
    make_index(&index, 0, 1000);
    read_blocks(&index);
    ck_assert_int_eq(index.blocks.length, 0);
    release_index(&index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("package_index");
    TCase *tests = tcase_create("package_index");
    tcase_add_loop_test(tests, each_url_is_there_under_both_keys, 0, 2);
    tcase_add_test(tests, no_lines_make_no_block);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
