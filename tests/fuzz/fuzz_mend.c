/*
 * Files that a killed run left behind, with any bytes in them: nothing is lost, for what is kept
 * and what is put aside are the file; what is kept reads well, and mended again it comes to rest.
 */
#include <config.h>

#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "warccap/warc.h"

static void read_well(const char *path)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    enum warc_result result;
    FUZZ_CHECK(reader);
    while ((result = warc_reader_next(reader, &record)) != WARC_END) {
        FUZZ_CHECK(result == WARC_OK || result == WARC_FLAWED);
        result = warc_reader_finish(reader, NULL);
        FUZZ_CHECK(result == WARC_OK || result == WARC_FLAWED);
    }
    warc_reader_close(reader);
}

/* Mends the file and gives what stays of it; false when nothing does. */
static bool mend(const struct scratch *scratch, struct text bytes, int64_t *torn, struct buf *kept)
{
    char path[SCRATCH_PATH], name[256], final[256], words[1024];
    int64_t kept_bytes = -1;
    struct buf aside;
    buf_init(&aside, 1 << 24);
    *torn = -1;
    scratch_write(scratch, "a.warc.gz.open", bytes.at, bytes.length);
    scratch_path(scratch, "a.warc.gz.open", path);
    enum warc_result result = warc_mend(path, 0, &kept_bytes, torn, final, words, sizeof words);
    FUZZ_CHECK(result == WARC_OK || result == WARC_FLAWED);
    FUZZ_CHECK(words[0] && access(path, F_OK) != 0);
    FUZZ_CHECK((result == WARC_FLAWED) == (*torn > 0));
    FUZZ_CHECK(kept_bytes >= 0 && *torn >= 0 && (uint64_t)(kept_bytes + *torn) <= bytes.length);
    FUZZ_CHECK((final[0] != '\0') == (kept_bytes > 0));
    FUZZ_CHECK(!final[0] || (uint64_t)(kept_bytes + *torn) == bytes.length);
    buf_clear(kept);
    if (final[0]) {
        scratch_read(scratch, final, kept);
        FUZZ_CHECK(text_equal(buf_text(kept), text_first(bytes, (size_t)kept_bytes)));
        scratch_path(scratch, final, path);
        read_well(path);
        unlink(path);
    }
    FUZZ_CHECK(scratch_count(scratch, "", name) == (*torn > 0));
    if (*torn) {
        scratch_read(scratch, name, &aside);
        FUZZ_CHECK(text_equal(buf_text(&aside), text_skip(bytes, bytes.length - (size_t)*torn)));
        scratch_path(scratch, name, path);
        unlink(path);
    }
    buf_release(&aside);
    return final[0] != '\0';
}

static void check_file(struct text bytes)
{
    struct buf kept, again;
    int64_t torn;
    buf_init(&kept, 1 << 24);
    buf_init(&again, 1 << 24);
    /* Of events that were left open, one behind the other, each time the last one goes. */
    for (bool stays = mend(stored_directory(), bytes, &torn, &kept); stays;) {
        stays = mend(stored_directory(), buf_text(&kept), &torn, &again);
        FUZZ_CHECK(!stays || torn || text_equal(buf_text(&kept), buf_text(&again)));
        if (!torn)
            break;
        buf_take(&kept, &again);
    }
    buf_release(&kept);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    if (!stored_is_plain(bytes)) {
        check_file(bytes);
        return 0;
    }
    buf_init(&packed, 1 << 24);
    stored_pack(bytes, &packed);
    check_file(buf_text(&packed));
    buf_release(&packed);
    return 0;
}
