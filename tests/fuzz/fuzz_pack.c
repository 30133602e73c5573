/*
 * A WARC file made by a stranger is packed: every line of the index can be read again, every page
 * has a line and a title that fits, and what was packed is a ZIP file, the same a second time.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "pack/pack.h"
#include "pack/packed_records.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "web/player_key.h"

enum { ROOM = 1 << 24, TITLE_MOST = 1000 };

struct heard {
    uint64_t captures, pages;
    struct url url;
};

static enum result hear_capture(void *context, const struct cdxj_entry *entry,
                                const struct packed_page *original, struct trouble *trouble)
{
    struct heard *heard = context;
    struct cdxj_entry again;
    struct buf line, scratch, key;
    (void)trouble;
    heard->captures++;
    buf_init(&line, ROOM);
    buf_init(&scratch, ROOM);
    buf_init(&key, ROOM);
    cdxj_line_write(entry, &line);
    FUZZ_CHECK(buf_ok(&line) && line.data[line.length - 1] == '\n');
    FUZZ_CHECK(cdxj_line_read(text_first(buf_text(&line), line.length - 1), &again, &scratch));
    FUZZ_CHECK(again.offset == entry->offset && again.length == entry->length);
    FUZZ_CHECK(text_equal(again.timestamp, entry->timestamp));
    FUZZ_CHECK(!original->url.length || original->timestamp.length == PACK_DATE - 1);
    player_key_write(entry->url, &heard->url, &key);
    FUZZ_CHECK(buf_ok(&key));
    buf_release(&line);
    buf_release(&scratch);
    buf_release(&key);
    return RESULT_OK;
}

static enum result hear_page(void *context, const struct packed_page *page, struct trouble *trouble)
{
    struct heard *heard = context;
    (void)trouble;
    heard->pages++;
    FUZZ_CHECK(page->url.length && page->timestamp.length == PACK_DATE - 1);
    FUZZ_CHECK(page->title.length <= TITLE_MOST);
    return RESULT_OK;
}

static void hear_told(void *context, const char *words)
{
    (void)context;
    FUZZ_CHECK(words[0]);
}

/* `heard`: somebody hears what is left out, which must not matter. */
static void pack(char *warc, const char *output, struct page_reader *reader, bool heard,
                 struct buf *package)
{
    char *paths[] = {warc};
    const struct pack_options options = {.output = output, .words = true, .overwrite = true};
    const struct pack_observer observer = {.told = heard ? hear_told : NULL};
    struct pack_summary summary;
    struct trouble trouble = trouble_none();
    enum result result = pack_write(paths, 1, &options, reader, &observer, &summary, &trouble);
    FUZZ_CHECK(result == RESULT_OK || (result == RESULT_END && trouble.words[0]));
    buf_init(package, ROOM);
    if (result == RESULT_OK) {
        FUZZ_CHECK(disk_read(output, package, &trouble) == RESULT_OK);
        FUZZ_CHECK(text_starts(buf_text(package), TEXT("PK\3\4")));
    }
}

static void check_file(struct text bytes)
{
    char warc[SCRATCH_PATH], output[SCRATCH_PATH];
    struct heard heard = {0};
    struct page_reader *reader = page_reader_new(NULL);
    const struct packed_records_wish wish = {reader, true};
    const struct packed_records_sink sink = {&heard, hear_capture, hear_page};
    struct trouble trouble;
    struct buf one, other;
    FUZZ_CHECK(reader);
    url_init(&heard.url);
    scratch_write(stored_directory(), "a.warc.gz", bytes.at, bytes.length);
    scratch_path(stored_directory(), "a.warc.gz", warc);
    scratch_path(stored_directory(), "a.wacz", output);
    enum result result = packed_records_read(warc, &wish, &sink, &trouble);
    FUZZ_CHECK(result == RESULT_OK || (result == RESULT_LOST && trouble.words[0]));
    FUZZ_CHECK(heard.pages <= heard.captures);
    pack(warc, output, reader, true, &one);
    pack(warc, output, reader, false, &other);
    FUZZ_CHECK(text_equal(buf_text(&one), buf_text(&other)));
    FUZZ_CHECK((one.length > 0) == (heard.captures > 0));
    buf_release(&one);
    buf_release(&other);
    unlink(output);
    unlink(warc);
    url_release(&heard.url);
    page_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    setenv("TZ", "UTC", 1);
    if (!stored_is_plain(bytes)) {
        check_file(bytes);
        return 0;
    }
    buf_init(&packed, ROOM);
    stored_pack(bytes, &packed);
    check_file(buf_text(&packed));
    buf_release(&packed);
    return 0;
}
