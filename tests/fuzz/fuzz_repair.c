/*
 * A file with any bytes in it is repaired, as a file and, one input in eight, as the only file of a
 * collection.  The source stays as it is, the copy verifies without errors, and nothing else is
 * left.  A copy that is repaired again has nothing to mend.
 */
#include <config.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/repair.h"
#include "repair/repair_tree.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "verify/verify.h"

enum { ROOM = 1 << 24 };

static void heard_change(void *context, const struct repair_change *change)
{
    uint64_t *count = context;
    struct buf words;
    buf_init(&words, ROOM);
    change_write_json(change, &words);
    FUZZ_CHECK(change->kind < CHANGE_KINDS && change->file && words.length);
    buf_release(&words);
    ++*count;
}

static bool repair(const char *source, const char *copy, struct repair_summary *summary)
{
    uint64_t heard = 0;
    const struct repair_options options = {.brackets = true};
    const struct repair_observer observer = {.context = &heard, .changed = heard_change};
    struct trouble trouble = trouble_none();
    enum result result = repair_path(source, copy, &options, &observer, summary, &trouble);
    if (result == RESULT_END) {
        FUZZ_CHECK(trouble.words[0] && !disk_exists(copy));
        return false;
    }
    if (result != RESULT_OK)
        fprintf(stderr, "%s\n", trouble.words);
    FUZZ_CHECK(result == RESULT_OK);
    FUZZ_CHECK(heard == summary->mended + summary->lost);
    return true;
}

static void found(void *context, const struct finding *finding)
{
    (void)context;
    if (finding->level == WARC_ERROR)
        fprintf(stderr, "%s: %s\n", check_rule_row(finding->rule).name, finding->detail);
    FUZZ_CHECK(finding->level != WARC_ERROR);
}

static void verify(char *path)
{
    const struct verify_options options = {.no_replay = true};
    const struct verify_observer observer = {.found = found};
    struct verify_summary summary;
    struct trouble trouble;
    FUZZ_CHECK(verify_paths(&path, 1, &options, &observer, &summary, &trouble) == RESULT_OK);
}

static void check_file(struct text bytes)
{
    char source[SCRATCH_PATH], copy[SCRATCH_PATH], again[SCRATCH_PATH];
    struct repair_summary summary;
    struct buf is;
    buf_init(&is, ROOM);
    scratch_path(stored_directory(), "a.warc.gz", source);
    scratch_path(stored_directory(), "b.warc.gz", copy);
    scratch_path(stored_directory(), "c.warc.gz", again);
    scratch_write(stored_directory(), "a.warc.gz", bytes.at, bytes.length);
    if (repair(source, copy, &summary)) {
        verify(copy);
        FUZZ_CHECK(repair(copy, again, &summary));
        FUZZ_CHECK(!summary.mended && !summary.lost);
        unlink(copy);
        unlink(again);
    }
    scratch_read(stored_directory(), "a.warc.gz", &is);
    FUZZ_CHECK(text_equal(buf_text(&is), bytes));
    unlink(source);
    FUZZ_CHECK(scratch_count(stored_directory(), "", NULL) == 0);
    buf_release(&is);
}

static void check_collection(struct text bytes)
{
    char path[SCRATCH_PATH], copy[SCRATCH_PATH];
    struct repair_summary summary;
    scratch_path(stored_directory(), "s", path);
    scratch_path(stored_directory(), "t", copy);
    FUZZ_CHECK(mkdir(path, 0777) == 0);
    scratch_path(stored_directory(), "s/archive", path);
    FUZZ_CHECK(mkdir(path, 0777) == 0);
    scratch_write(stored_directory(), "s/archive/a.warc.gz", bytes.at, bytes.length);
    scratch_path(stored_directory(), "s", path);
    if (repair(path, copy, &summary))
        verify(copy);
    repair_remove(path);
    repair_remove(copy);
    FUZZ_CHECK(scratch_count(stored_directory(), "", NULL) == 0);
}

static void check_bytes(struct text bytes)
{
    check_file(bytes);
    if (bytes.length % 8 == 0)
        check_collection(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    check_bytes(bytes);
    if (!stored_is_plain(bytes))
        return 0;
    buf_init(&packed, ROOM);
    stored_pack(bytes, &packed);
    check_bytes(buf_text(&packed));
    buf_release(&packed);
    return 0;
}
