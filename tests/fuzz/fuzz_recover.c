/*
 * A WARC file that a killed run left, with any bytes in it, met by the first step of the next run:
 * no byte of it is lost; what stays is indexed, each line leading to a record; and when state/ is
 * moved away (of one input in four, to be fast), the same is learned again.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/index_cdxj.h"
#include "crawl/recover.h"
#include "store/memory_store.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"

enum { ROOM = 1 << 24 };

static struct collection *collection;

/* What one recovery tells. */
struct told {
    struct buf learned; /* a line for each URL, and what is known of it */
    int mended;
};

static void end(void)
{
    char path[SCRATCH_PATH];
    unlink(collection->index);
    const char *const directories[] = {collection->archive, collection->indexes, collection->state,
                                       collection->logs, collection->runs};
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
        rmdir(directories[i]);
    snprintf(path, sizeof path, "%s", collection->directory);
    collection_free(collection);
    rmdir(path);
}

static void begin(void)
{
    char path[SCRATCH_PATH];
    struct trouble trouble;
    if (collection)
        return;
    scratch_path(stored_directory(), "c", path);
    collection = collection_new(path);
    FUZZ_CHECK(collection && collection_make(collection, &trouble) == RESULT_OK);
    atexit(end);
}

/* ---- recovering ---- */

static enum result take(void *context, const struct recovered *recovered, struct trouble *trouble)
{
    struct told *told = context;
    (void)trouble;
    FUZZ_CHECK((recovered->warcinfo.length != 0) != (recovered->url.length != 0));
    if (recovered->warcinfo.length)
        return RESULT_OK;
    const struct held_capture *held = recovered->held;
    FUZZ_CHECK((int)recovered->provenance.kind >= 0 && recovered->provenance.kind < VISIT_KINDS);
    buf_add_text(&told->learned, recovered->url);
    buf_printf(&told->learned, " %d %d %zu", (int)recovered->provenance.kind, recovered->status,
               recovered->robots.length);
    if (held)
        buf_printf(&told->learned, " %s %s %s %s", held->etag, held->digest, held->original_id,
                   held->original_date);
    buf_add_char(&told->learned, '\n');
    return RESULT_OK;
}

static void say(void *context, bool is_damage, const char *words)
{
    struct told *told = context;
    (void)is_damage;
    FUZZ_CHECK(words[0]);
    told->mended++;
}

static void recover(struct store *store, struct told *told)
{
    static const volatile sig_atomic_t stop;
    struct trouble trouble = trouble_none();
    buf_clear(&told->learned);
    told->mended = 0;
    enum result result =
        recover_collection(collection, store, NULL, take, say, told, &stop, NULL, &trouble);
    if (result != RESULT_OK)
        fprintf(stderr, "%s\n", trouble.words);
    FUZZ_CHECK(result == RESULT_OK && buf_ok(&told->learned));
}

static struct store *new_store(void)
{
    struct store *store;
    struct trouble trouble;
    FUZZ_CHECK(memory_store_open(&store, 1, &trouble) == RESULT_OK);
    return store;
}

/* ---- what is there afterwards ---- */

struct archive_sizes {
    int64_t finished, torn;
    bool remove;
};

static void see_file(void *context, const char *name)
{
    struct archive_sizes *sizes = context;
    char path[2 * SCRATCH_PATH];
    snprintf(path, sizeof path, "%s/%s", collection->archive, name);
    bool finished = text_ends(text_of(name), TEXT(".warc.gz"));
    FUZZ_CHECK(finished || text_find(text_of(name), TEXT(".torn-")) > 0);
    *(finished ? &sizes->finished : &sizes->torn) += disk_file_size(path);
    if (sizes->remove)
        unlink(path);
}

static struct archive_sizes measure(bool remove)
{
    struct archive_sizes sizes = {.remove = remove};
    struct trouble trouble;
    FUZZ_CHECK(disk_list(collection->archive, see_file, &sizes, &trouble) == RESULT_OK);
    return sizes;
}

static void read_index(struct buf *lines)
{
    struct trouble trouble;
    buf_clear(lines);
    if (disk_exists(collection->index))
        FUZZ_CHECK(disk_read(collection->index, lines, &trouble) == RESULT_OK);
}

static void check_index(struct text lines, int64_t file_size)
{
    struct text line, before = TEXT("");
    struct cdxj_entry entry;
    struct buf scratch;
    buf_init(&scratch, ROOM);
    while (text_split(&lines, '\n', &line) && lines.at) {
        FUZZ_CHECK(text_compare(before, line) < 0);
        FUZZ_CHECK(cdxj_line_read(line, &entry, &scratch));
        FUZZ_CHECK(entry.offset >= 0 && entry.length > 0 && entry.length <= file_size &&
                   entry.offset <= file_size - entry.length);
        before = line;
    }
    buf_release(&scratch);
}

/* Without state/ and the index, the same is learned. */
static void check_rebuilt(const struct told *first, const struct buf *index)
{
    struct told again = {.mended = 0};
    struct buf index_again;
    struct store *store = new_store();
    buf_init(&again.learned, ROOM);
    buf_init(&index_again, ROOM);
    unlink(collection->index);
    recover(store, &again);
    store_close(store);
    read_index(&index_again);
    FUZZ_CHECK(text_equal(buf_text(&first->learned), buf_text(&again.learned)));
    FUZZ_CHECK(text_equal(buf_text(index), buf_text(&index_again)));
    buf_release(&again.learned);
    buf_release(&index_again);
}

static void check_file(struct text bytes)
{
    char path[2 * SCRATCH_PATH];
    struct told first = {.mended = 0}, again = {.mended = 0};
    struct buf index;
    struct buf *const buffers[] = {&first.learned, &again.learned, &index};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buf_init(buffers[i], ROOM);
    snprintf(path, sizeof path, "c/archive/a.warc.gz.open");
    scratch_write(stored_directory(), path, bytes.at, bytes.length);
    struct store *store = new_store();
    recover(store, &first);
    struct archive_sizes sizes = measure(false);
    /* a file with nothing but its warcinfo is removed, for there is nothing to lose */
    FUZZ_CHECK((size_t)(sizes.finished + sizes.torn) == bytes.length || !sizes.finished);
    read_index(&index);
    check_index(buf_text(&index), sizes.finished);
    recover(store, &again);
    FUZZ_CHECK(!again.learned.length && !again.mended);
    store_close(store);
    if (bytes.length % 4 == 0)
        check_rebuilt(&first, &index);
    measure(true);
    unlink(collection->index);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buf_release(buffers[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    begin();
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
