/* Reads the metadata records of the archive again. */
#include <config.h>

#include "crawl/reread.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "capture/writer_set.h"
#include "warc/mend.h"
#include "warccap/warc.h"

enum {
    METADATA_MOST = CAPTURE_OUTLINKS_MOST + 16 * 1024 * 1024,
    NAMES_MOST = 64 * 1024 * 1024,
};

struct rereading {
    recover_take *take;
    void *context;
    const volatile sig_atomic_t *stop;
    struct trouble *trouble;
    struct buf names; /* of WARC files, each with a NUL */
    struct buf block; /* of the present record */
};

static bool is_stopped(void *context)
{
    const struct rereading *rereading = context;
    return *rereading->stop;
}

static void note_file(void *context, const char *name)
{
    struct rereading *rereading = context;
    if (collection_is_archive_file(name))
        buf_append(&rereading->names, name, strlen(name) + 1);
}

static enum result read_record(struct rereading *rereading, struct warc_reader *reader,
                               const struct warc_record *record)
{
    const char *bytes, *url = warc_record_field(record, "WARC-Target-URI");
    size_t length;
    if (record->type != WARC_METADATA || !url)
        return RESULT_OK;
    struct buf *block = &rereading->block;
    buf_clear(block);
    while (block->length < METADATA_MOST && warc_reader_block(reader, &bytes, &length) == WARC_OK) {
        size_t room = METADATA_MOST - block->length;
        buf_append(block, bytes, length < room ? length : room);
    }
    if (!buf_ok(block))
        return trouble_say(rereading->trouble, RESULT_BROKEN, "no memory to read the archive");
    struct recovered recovered = {.url = text_of(url)};
    provenance_read(buf_text(block), &recovered.provenance, NULL);
    return rereading->take(rereading->context, &recovered, rereading->trouble);
}

static enum result read_file(struct rereading *rereading, const char *path)
{
    const struct warc_record *record;
    enum result result = RESULT_OK;
    enum warc_result got = WARC_OK;
    struct warc_reader *reader =
        warc_reader_open_until(path, (struct give_up){is_stopped, rereading});
    if (!reader)
        return trouble_say(rereading->trouble, RESULT_BROKEN, "no memory to read %s", path);
    while (result == RESULT_OK && got != WARC_BROKEN &&
           (got = warc_reader_next(reader, &record)) != WARC_END && got != WARC_BROKEN) {
        if (*rereading->stop)
            break;
        if (got != WARC_LOST)
            result = read_record(rereading, reader, record);
    }
    if (result == RESULT_OK && *rereading->stop)
        result = trouble_say(rereading->trouble, RESULT_END,
                             "stopped by a signal while the archive was read");
    else if (result == RESULT_OK && got == WARC_BROKEN)
        result = trouble_say(rereading->trouble, RESULT_BROKEN, "cannot read %s: %s", path,
                             warc_reader_words(reader));
    warc_reader_close(reader);
    return result;
}

enum result reread_metadata(const struct collection *collection, recover_take *take, void *context,
                            const volatile sig_atomic_t *stop, struct trouble *trouble)
{
    struct rereading rereading = {
        .take = take, .context = context, .stop = stop, .trouble = trouble};
    char path[PATH_MAX];
    buf_init(&rereading.names, NAMES_MOST);
    buf_init(&rereading.block, METADATA_MOST);
    enum result result = disk_list(collection->archive, note_file, &rereading, trouble);
    if (result == RESULT_OK && !buf_ok(&rereading.names))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for the names of files");
    for (size_t at = 0; result == RESULT_OK && at < rereading.names.length;
         at += strlen(rereading.names.data + at) + 1) {
        snprintf(path, sizeof path, "%s/%s", collection->archive, rereading.names.data + at);
        result = read_file(&rereading, path);
    }
    buf_release(&rereading.names);
    buf_release(&rereading.block);
    return result;
}
