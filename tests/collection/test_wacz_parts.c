#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/wacz_parts.h"
#include "warc/reader_part.h"

static char path[64];
static struct buf zip, list;
static int entries;

static void put(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_char(out, i < 8 ? (char)(value >> 8 * i) : 0);
}

/* What differs from a plain stored member. */
struct oddity {
    unsigned method, flags;
    uint64_t place, packed; /* added to the real ones */
    bool long_form;         /* the numbers are in an extra field */
    const char *local_extra;
};

static void add_member(const char *name, const char *bytes, struct oddity odd)
{
    uint64_t place = zip.length + odd.place, length = strlen(bytes) + odd.packed;
    size_t extra = odd.local_extra ? strlen(odd.local_extra) : 0;
    uint64_t shown = odd.long_form ? UINT32_MAX : length;
    buf_append(&zip, "PK\003\004", 4);
    put(&zip, 0, 22);
    put(&zip, strlen(name), 2);
    put(&zip, extra, 2);
    buf_add(&zip, name);
    buf_add(&zip, odd.local_extra ? odd.local_extra : "");
    buf_add(&zip, bytes);
    buf_append(&list, "PK\001\002", 4);
    put(&list, 45 | 45 << 16, 4);
    put(&list, odd.flags, 2);
    put(&list, odd.method, 2);
    put(&list, 0, 8);
    put(&list, shown, 4);
    put(&list, shown, 4);
    put(&list, strlen(name), 2);
    put(&list, odd.long_form ? 28 + 5 : 0, 2);
    put(&list, 0, 10);
    put(&list, odd.long_form ? UINT32_MAX : place, 4);
    buf_add(&list, name);
    if (odd.long_form) {
        put(&list, 0x5455, 2); /* another field, before */
        put(&list, 1, 2);
        put(&list, 7, 1);
        put(&list, 1, 2);
        put(&list, 24, 2);
        put(&list, length, 8);
        put(&list, length, 8);
        put(&list, place, 8);
    }
    entries++;
}

static void add_end(bool long_form, const char *comment)
{
    uint64_t place = zip.length, end = zip.length + list.length;
    buf_add_text(&zip, buf_text(&list));
    if (long_form) {
        buf_append(&zip, "PK\006\006", 4);
        put(&zip, 44, 8);
        put(&zip, 0, 12);
        put(&zip, (uint64_t)entries, 8);
        put(&zip, (uint64_t)entries, 8);
        put(&zip, list.length, 8);
        put(&zip, place, 8);
        buf_append(&zip, "PK\006\007", 4);
        put(&zip, 0, 4);
        put(&zip, end, 8);
        put(&zip, 1, 4);
    }
    buf_append(&zip, "PK\005\006", 4);
    put(&zip, 0, 4);
    put(&zip, long_form ? UINT16_MAX : (uint64_t)entries, 2);
    put(&zip, long_form ? UINT16_MAX : (uint64_t)entries, 2);
    put(&zip, long_form ? UINT32_MAX : list.length, 4);
    put(&zip, long_form ? UINT32_MAX : place, 4);
    put(&zip, strlen(comment), 2);
    buf_add(&zip, comment);
}

static enum result read_zip(struct wacz_parts *parts)
{
    struct trouble trouble;
    ck_assert_int_eq(disk_replace(path, buf_text(&zip), &trouble), RESULT_OK);
    return wacz_parts_read(parts, path, &trouble);
}

static void begin(void)
{
    strcpy(path, "/tmp/warccap-parts-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    buf_init(&zip, 1 << 20);
    buf_init(&list, 1 << 20);
    entries = 0;
}

static void end(void)
{
    unlink(path);
    buf_release(&zip);
    buf_release(&list);
}

static const char record[] =
    ("WARC/1.1\r\nWARC-Type: warcinfo\r\n"
     "WARC-Record-ID: <urn:uuid:3f9d2c1e-5b7a-4e60-9c1d-0a2b4c6d8e0f>\r\n"
     "WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/warc-fields\r\n"
     "Content-Length: 6\r\n\r\na: b\r\n\r\n\r\n");

START_TEST(stored_parts_are_found)
{
    struct wacz_parts parts;
    bool long_form = _i & 1;
    const struct oddity odd = {.long_form = long_form, .local_extra = "extra"};
    add_member("datapackage.json", "{}", (struct oddity){.method = 8});
    add_member("archive/a.warc", record, odd);
    add_member("archive/b.warc.gz", "", (struct oddity){.method = 0});
    add_member("archive/", "", (struct oddity){.method = 0});
    add_member("archive/notes.txt", "x", (struct oddity){.method = 8});
    add_member("archive/../x.warc", "x", (struct oddity){.method = 0});
    add_member("archive/.x.warc", "x", (struct oddity){.method = 0});
    add_end(long_form, _i & 2 ? "a PK\005\006 comment that is long enough for an end" : "");
    ck_assert_int_eq(read_zip(&parts), RESULT_OK);
    ck_assert_uint_eq(parts.count, 2);
    const struct wacz_part *part = wacz_parts_find(&parts, TEXT("a.warc"));
    ck_assert_ptr_nonnull(part);
    ck_assert_int_eq(part->length, sizeof record - 1);
    ck_assert_ptr_nonnull(wacz_parts_find(&parts, TEXT("b.warc.gz")));
    ck_assert_ptr_null(wacz_parts_find(&parts, TEXT("x.warc")));

    /* The part ends where it ends, whatever follows it. */
    const struct warc_record *read;
    struct warc_reader *reader = warc_reader_open_part(path, part->from, part->length, part->name);
    ck_assert_int_eq(warc_reader_next(reader, &read), WARC_OK);
    ck_assert_int_eq(warc_reader_offset(reader), 0);
    ck_assert_int_eq(warc_reader_next(reader, &read), WARC_END);
    warc_reader_close(reader);
    wacz_parts_release(&parts);
}
END_TEST

START_TEST(what_cannot_be_read_in_place_is_to_be_unpacked)
{
    static const struct oddity odds[] = {{.method = 8},
                                         {.flags = 1},
                                         {.place = 1},
                                         {.place = 1000000},
                                         {.packed = 1000000},
                                         {.packed = UINT64_MAX / 2, .long_form = true},
                                         {.place = UINT64_MAX - 5, .long_form = true}};
    struct wacz_parts parts;
    add_member("archive/a.warc", record, odds[_i]);
    add_end(false, "");
    ck_assert_int_eq(read_zip(&parts), RESULT_LOST);
    wacz_parts_release(&parts);
}
END_TEST

START_TEST(damage_is_noticed)
{
    struct wacz_parts parts;
    struct trouble trouble;
    add_member("archive/a.warc", record, (struct oddity){.method = 0});
    add_member("archive/b.warc", record, (struct oddity){.method = 0});
    add_end(true, "");
    const size_t whole = zip.length;
    struct buf saved;
    buf_init(&saved, 1 << 20);
    buf_add_text(&saved, buf_text(&zip));
    for (size_t cut = 0; cut < whole; cut++) {
        buf_clear(&zip);
        buf_add_text(&zip, text_first(buf_text(&saved), cut));
        ck_assert_int_eq(read_zip(&parts), RESULT_LOST);
        wacz_parts_release(&parts);
    }
    for (size_t at = 0; at < whole; at++) { /* never outside, whatever it comes to */
        buf_clear(&zip);
        buf_add_text(&zip, buf_text(&saved));
        zip.data[at] = (char)(zip.data[at] ^ 0xFF);
        ck_assert_int_ne(read_zip(&parts), RESULT_BROKEN);
        for (size_t i = 0; i < parts.count; i++)
            ck_assert(parts.parts[i].from >= 0 && parts.parts[i].length >= 0 &&
                      (size_t)(parts.parts[i].from + parts.parts[i].length) <= whole);
        wacz_parts_release(&parts);
    }
    buf_release(&saved);
    ck_assert_int_eq(wacz_parts_read(&parts, "/nowhere.wacz", &trouble), RESULT_BROKEN);
    wacz_parts_release(&parts);
}
END_TEST

START_TEST(a_name_that_comes_twice_is_ambiguous)
{
    struct wacz_parts parts;
    add_member("archive/a.warc", record, (struct oddity){.method = 0});
    add_member("archive/a.warc", "y", (struct oddity){.method = 0});
    add_end(false, "");
    ck_assert_int_eq(read_zip(&parts), RESULT_LOST);
    wacz_parts_release(&parts);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wacz parts");
    TCase *tests = tcase_create("wacz parts");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, stored_parts_are_found, 0, 4);
    tcase_add_loop_test(tests, what_cannot_be_read_in_place_is_to_be_unpacked, 0, 7);
    tcase_add_test(tests, damage_is_noticed);
    tcase_add_test(tests, a_name_that_comes_twice_is_ambiguous);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
