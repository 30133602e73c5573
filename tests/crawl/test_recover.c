/* What a start does first: files that a killed run left open are mended, records that the store
 * does not know are learned, and files that are missing are told of. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/disk.h"
#include "crawl/recover.h"
#include "links/page_reader.h"
#include "store/memory_store.h"

enum { BYTES_MOST = 1 << 20 };
#define HEAD "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Type: text/html\r\n\r\n"

static char directory[64];
static struct collection *collection;
static struct store *store;
static struct trouble trouble;
static struct buf told; /* a line for each URL that is learned, and each file that is mended */
static volatile sig_atomic_t stop;
static struct dedup *dedup; /* NULL: nothing is deduplicated */

static void begin(void)
{
    strcpy(directory, "/tmp/warccap-recover-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    collection = collection_new(directory);
    ck_assert_ptr_nonnull(collection);
    ck_assert_int_eq(collection_make(collection, &trouble), RESULT_OK);
    ck_assert_int_eq(memory_store_open(&store, 1, &trouble), RESULT_OK);
    buf_init(&told, BYTES_MOST);
    buf_add(&told, "");
    stop = 0;
    dedup = NULL;
}

static void end(void)
{
    char remove[128];
    dedup_close(dedup);
    snprintf(remove, sizeof remove, "rm -rf %s", directory);
    ck_assert_int_eq(system(remove), 0);
    store_close(store);
    collection_free(collection);
    buf_release(&told);
}

static enum result take(void *context, const struct recovered *recovered, struct trouble *unused)
{
    if (recovered->warcinfo.length)
        return RESULT_OK;
    (void)context;
    (void)unused;
    buf_add_text(&told, recovered->url);
    buf_printf(&told, " %s %d", visit_kind_name(recovered->provenance.kind), recovered->status);
    if (recovered->held)
        ck_assert_int_eq(recovered->held->status, 200);
    if (recovered->held)
        buf_printf(&told, " %s", recovered->held->etag);
    if (recovered->robots.length)
        buf_printf(&told, " [%.*s]", TEXT_ARGS(recovered->robots));
    buf_add(&told, "\n");
    return RESULT_OK;
}

static void say(void *context, bool is_damage, const char *words)
{
    (void)context;
    ck_assert_uint_gt(strlen(words), 0);
    buf_add(&told, is_damage ? "damage\n" : "mended\n");
}

static struct page_reader *bodies;

static enum result recover(void)
{
    buf_clear(&told);
    buf_add(&told, "");
    return recover_collection(collection, store, dedup, take, say, NULL, &stop, bodies, &trouble);
}

static void add_record(struct buf *file, const char *type, const char *url,
                       const char *content_type, struct text block)
{
    static int number;
    buf_printf(file,
               "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: "
               "<urn:uuid:00000000-0000-4000-8000-%012d>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
               "WARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
               type, ++number, url, content_type, block.length);
    buf_add_text(file, block);
    buf_add(file, "\r\n\r\n");
}

/* The records of one capture. */
static void add_response(struct buf *file, const char *url, const char *kind, struct text response)
{
    char block[512];
    add_record(file, "request", url, "application/http;msgtype=request",
               TEXT("GET / HTTP/1.1\r\n\r\n"));
    add_record(file, "response", url, "application/http;msgtype=response", response);
    snprintf(block, sizeof block, "via: http://h/\r\nhopsFromSeed: L\r\nclass: %s\r\n", kind);
    add_record(file, "metadata", url, "application/warc-fields", text_of(block));
}

static void add_event(struct buf *file, const char *url, const char *kind, const char *body)
{
    char block[512];
    snprintf(block, sizeof block, "%s%s", HEAD, body);
    add_response(file, url, kind, text_of(block));
}

/* A robots.txt, compressed as a zlib stream; of `cut` bytes at its end nothing came. */
static void add_coded_robots(struct buf *file, const char *url, const char *rules, size_t cut)
{
    char block[1024] = "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n";
    size_t head = strlen(block);
    uLongf length = sizeof block - head;
    ck_assert_int_eq(
        compress((Bytef *)block + head, &length, (const Bytef *)rules, (uLong)strlen(rules)), Z_OK);
    add_response(file, url, "robots", (struct text){block, head + length - cut});
}

static void write_file(const char *name, const struct buf *bytes, size_t length)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", collection->archive, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes->data, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static int count_index_lines(void)
{
    struct buf bytes;
    int lines = 0;
    buf_init(&bytes, BYTES_MOST);
    if (disk_exists(collection->index))
        ck_assert_int_eq(disk_read(collection->index, &bytes, &trouble), RESULT_OK);
    for (size_t i = 0; i < bytes.length; i++)
        lines += bytes.data[i] == '\n';
    buf_release(&bytes);
    return lines;
}

START_TEST(an_archive_of_nothing_is_fine)
{
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "");
}
END_TEST

START_TEST(records_that_the_store_does_not_know_are_learned_once)
{
    struct file_progress file;
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    add_event(&bytes, "http://h/robots.txt", "robots", "User-agent: *");
    write_file("a.warc", &bytes, bytes.length);
    size_t before = bytes.length;
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "http://h/a page 200 \"x\"\n"
                                "http://h/robots.txt robots 200 [User-agent: *]\n");
    ck_assert_int_eq(progress_file(store->progress, "a.warc", &file, &trouble), RESULT_OK);
    ck_assert_int_eq(file.known_bytes, (int64_t)before);
    ck_assert_int_eq(file.indexed_bytes, (int64_t)before);
    ck_assert_int_eq(count_index_lines(), 2);

    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "");

    add_event(&bytes, "http://h/b", "page", "more"); /* and then only what is new */
    write_file("a.warc", &bytes, bytes.length);
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "http://h/b page 200 \"x\"\n");
    ck_assert_int_eq(count_index_lines(), 3);
    buf_release(&bytes);
}
END_TEST

static struct jail *jail; /* NULL: bodies are read here */

START_TEST(a_coded_robots_txt_is_decoded)
{
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_coded_robots(&bytes, "http://h/robots.txt", "User-agent: *\nDisallow: /a", 0);
    add_coded_robots(&bytes, "http://cut/robots.txt", "User-agent: *\nDisallow: /b", 4);
    write_file("a.warc", &bytes, bytes.length);
    bodies = _i ? page_reader_new(_i > 1 ? jail : NULL) : NULL;
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "http://h/robots.txt robots 200 [User-agent: *\nDisallow: /a]\n"
                                "http://cut/robots.txt robots 200 [User-agent: *\nDisallow: /b]\n");
    page_reader_free(bodies);
    bodies = NULL;
    buf_release(&bytes);
}
END_TEST

START_TEST(a_lost_index_is_made_anew)
{
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    write_file("a.warc", &bytes, bytes.length);
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_int_eq(unlink(collection->index), 0);
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "");
    ck_assert_int_eq(count_index_lines(), 1);
    buf_release(&bytes);
}
END_TEST

START_TEST(a_file_that_a_killed_run_left_is_finished)
{
    char path[160];
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    size_t whole = bytes.length;
    add_event(&bytes, "http://h/b", "page", "more");
    write_file("a.warc.gz.open", &bytes, bytes.length - 20); /* plain records are read, too */
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "mended\nhttp://h/a page 200 \"x\"\n");
    snprintf(path, sizeof path, "%s/a.warc.gz", collection->archive);
    ck_assert_int_eq(disk_file_size(path), (int64_t)whole);
    snprintf(path, sizeof path, "%s/a.warc.gz.open", collection->archive);
    ck_assert(!disk_exists(path));
    buf_release(&bytes);
}
END_TEST

START_TEST(a_missing_file_is_told_of)
{
    struct buf bytes;
    char path[160];
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    write_file("a.warc", &bytes, bytes.length);
    write_file("b.warc", &bytes, bytes.length);
    ck_assert_int_eq(recover(), RESULT_OK);
    snprintf(path, sizeof path, "%s/b.warc", collection->archive);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(recover(), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "b.warc"));
    write_file("b.warc", &bytes, bytes.length - 1); /* or it is shorter than it was */
    ck_assert_int_eq(recover(), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "b.warc"));
    buf_release(&bytes);
}
END_TEST

/* A payload whose record is in no file. */
static const struct payload stray = {.sha1 = "stray", .length = 5, .framing = {"", 0}};

static enum dedup_result find_stray(void)
{
    struct dedup_original original;
    return dedup_find(dedup, &stray, &original);
}

static void begin_dedup(void)
{
    const struct dedup_original original = {.id = "<urn:uuid:1>", .url = "http://h/lost"};
    ck_assert_int_eq(dedup_open(&dedup, collection->payloads, &trouble), RESULT_OK);
    dedup_add(dedup, &stray, &original);
    ck_assert_int_eq(dedup_commit(dedup, &trouble), RESULT_OK);
    ck_assert_int_eq(find_stray(), DEDUP_FOUND);
}

/* The store was lost, and with it the knowledge of which files there were. */
START_TEST(payloads_that_no_store_vouches_for_are_learned_anew)
{
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    write_file("a.warc", &bytes, bytes.length);
    begin_dedup();
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_int_eq(find_stray(), DEDUP_NONE);
    ck_assert(!dedup_is_empty(dedup));
    buf_release(&bytes);
}
END_TEST

/* The second file lost some of what had been synced, or only what had not. */
START_TEST(payloads_are_learned_anew_after_damage_only)
{
    bool damage = _i == 1;
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    write_file("a.warc", &bytes, bytes.length);
    ck_assert_int_eq(recover(), RESULT_OK);
    begin_dedup();
    buf_clear(&bytes);
    add_event(&bytes, "http://h/b", "page", "more");
    struct file_progress file = {.known_bytes = (int64_t)bytes.length,
                                 .indexed_bytes = (int64_t)bytes.length};
    ck_assert_int_eq(progress_keep_file(store->progress, "b.warc.gz", file, &trouble), RESULT_OK);
    add_event(&bytes, "http://h/c", "page", "torn");
    if (damage)
        memset(bytes.data, '?', 8);
    write_file("b.warc.gz.open", &bytes, bytes.length - 20);
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, damage ? "damage\n" : "mended\n");
    ck_assert_int_eq(find_stray(), damage ? DEDUP_NONE : DEDUP_FOUND);
    ck_assert(!dedup_is_empty(dedup));
    buf_release(&bytes);
}
END_TEST

START_TEST(a_signal_ends_it)
{
    struct buf bytes;
    buf_init(&bytes, BYTES_MOST);
    add_event(&bytes, "http://h/a", "page", "hello");
    write_file("a.warc", &bytes, bytes.length);
    stop = 1;
    ck_assert_int_eq(recover(), RESULT_END);
    ck_assert_str_eq(told.data, "");
    stop = 0;
    ck_assert_int_eq(recover(), RESULT_OK);
    ck_assert_str_eq(told.data, "http://h/a page 200 \"x\"\n");
    buf_release(&bytes);
}
END_TEST

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&page_reader_task);
    if (jail_new(&jail, &page_reader_task, &trouble) != RESULT_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("recover");
    TCase *tests = tcase_create("recover");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, an_archive_of_nothing_is_fine);
    tcase_add_test(tests, records_that_the_store_does_not_know_are_learned_once);
    tcase_add_loop_test(tests, a_coded_robots_txt_is_decoded, 0, 3);
    tcase_add_test(tests, a_lost_index_is_made_anew);
    tcase_add_test(tests, a_file_that_a_killed_run_left_is_finished);
    tcase_add_test(tests, a_missing_file_is_told_of);
    tcase_add_test(tests, payloads_that_no_store_vouches_for_are_learned_anew);
    tcase_add_loop_test(tests, payloads_are_learned_anew_after_damage_only, 0, 2);
    tcase_add_test(tests, a_signal_ends_it);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    jail_free(jail);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
