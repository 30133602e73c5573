/*
 * Lines of the index: what was read from one and is written again is one line that says the same.
 */
#include <config.h>

#include "collection/index_cdxj.h"
#include "tests/fuzz/fuzz.h"

static bool is_said(struct text line, const struct buf *scratch, struct text value)
{
    return fuzz_is_inside(line, value) || fuzz_is_inside(buf_text(scratch), value);
}

static void check_texts(struct text line, const struct buf *scratch, const struct cdxj_entry *entry)
{
    FUZZ_CHECK(entry->key.length > 0 && fuzz_is_inside(line, entry->key));
    FUZZ_CHECK(entry->timestamp.length >= 14 && fuzz_is_inside(line, entry->timestamp));
    FUZZ_CHECK(is_said(line, scratch, entry->url) && is_said(line, scratch, entry->mime) &&
               is_said(line, scratch, entry->status) && is_said(line, scratch, entry->digest) &&
               is_said(line, scratch, entry->filename));
    FUZZ_CHECK(entry->length >= -1 && entry->offset >= -1);
}

/* `once` has gone through the writer already, so that bytes which are no UTF-8 are gone. */
static void check_same(const struct cdxj_entry *once, const struct cdxj_entry *twice)
{
    FUZZ_CHECK(text_equal(once->timestamp, twice->timestamp) && text_equal(once->url, twice->url) &&
               text_equal(once->mime, twice->mime) && text_equal(once->status, twice->status) &&
               text_equal(once->digest, twice->digest) &&
               text_equal(once->filename, twice->filename) && once->length == twice->length &&
               once->offset == twice->offset);
}

static struct text write_line(const struct cdxj_entry *entry, struct buf *out)
{
    cdxj_line_write(entry, out);
    FUZZ_CHECK(buf_ok(out) && text_find_char(buf_text(out), '\n') == (ptrdiff_t)out->length - 1);
    return text_first(buf_text(out), out->length - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text line = fuzz_text(data, size);
    struct cdxj_entry entry, once, twice;
    struct buf scratches[3], lines[2];
    for (int i = 0; i < 3; i++)
        buf_init(&scratches[i], 1 << 24);
    for (int i = 0; i < 2; i++)
        buf_init(&lines[i], 1 << 24);
    /* The callers cut lines at their LF. */
    ptrdiff_t end = text_find_char(line, '\n');
    line = end < 0 ? line : text_first(line, (size_t)end);
    if (cdxj_line_read(line, &entry, &scratches[0])) {
        check_texts(line, &scratches[0], &entry);
        FUZZ_CHECK(cdxj_line_read(write_line(&entry, &lines[0]), &once, &scratches[1]));
        FUZZ_CHECK(once.length == entry.length && once.offset == entry.offset);
        FUZZ_CHECK(cdxj_line_read(write_line(&once, &lines[1]), &twice, &scratches[2]));
        check_same(&once, &twice);
    }
    for (int i = 0; i < 3; i++)
        buf_release(&scratches[i]);
    for (int i = 0; i < 2; i++)
        buf_release(&lines[i]);
    return 0;
}
