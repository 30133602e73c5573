/*
 * An archive made by a stranger is verified as a collection, with its index and the closure of its
 * pages: it comes to an end with findings that have words, as many as are counted.  Of one input in
 * four, to be fast, the same is found a second time; and no more without replay, for less is
 * checked.
 */
#include <config.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collection/index_cdxj.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "verify/check_rules.h"
#include "verify/verify.h"

enum { ROOM = 1 << 24 };

struct heard {
    uint64_t levels[3];
};

static char directory[SCRATCH_PATH], archive[SCRATCH_PATH], indexes[SCRATCH_PATH],
    index_path[SCRATCH_PATH];

static void end(void)
{
    rmdir(archive);
    rmdir(indexes);
    rmdir(directory);
}

static void begin(void)
{
    if (directory[0])
        return;
    scratch_path(stored_directory(), "c", directory);
    scratch_path(stored_directory(), "c/archive", archive);
    scratch_path(stored_directory(), "c/indexes", indexes);
    scratch_path(stored_directory(), "c/indexes/index.cdxj", index_path);
    FUZZ_CHECK(mkdir(directory, 0777) == 0 && mkdir(archive, 0777) == 0 &&
               mkdir(indexes, 0777) == 0);
    atexit(end);
}

static void found(void *context, const struct finding *finding)
{
    struct heard *heard = context;
    FUZZ_CHECK(finding->rule >= 0 && finding->rule < CHECK_RULE_COUNT && finding->detail);
    FUZZ_CHECK(check_rule_row(finding->rule).name[0]);
    FUZZ_CHECK((int)finding->level >= WARC_NOTE && finding->level <= WARC_ERROR);
    heard->levels[finding->level]++;
}

static struct verify_summary verify(bool replay)
{
    const struct verify_options options = {.no_replay = !replay};
    struct heard heard = {{0}};
    const struct verify_observer observer = {.context = &heard, .found = found};
    struct verify_summary summary;
    struct trouble trouble;
    char *paths[] = {directory};
    FUZZ_CHECK(verify_paths(paths, 1, &options, &observer, &summary, &trouble) == RESULT_OK);
    FUZZ_CHECK(summary.errors == heard.levels[WARC_ERROR] &&
               summary.warnings == heard.levels[WARC_WARNING] &&
               summary.notes == heard.levels[WARC_NOTE]);
    FUZZ_CHECK(summary.files == 1);
    return summary;
}

static void check_again(const struct verify_summary *whole)
{
    struct verify_summary again = verify(true), less = verify(false);
    FUZZ_CHECK(whole->errors == again.errors && whole->warnings == again.warnings &&
               whole->notes == again.notes && whole->records == again.records);
    FUZZ_CHECK(less.errors <= whole->errors && less.records == whole->records);
    FUZZ_CHECK(whole->has_completeness == again.has_completeness &&
               whole->completeness.complete == again.completeness.complete &&
               whole->completeness.posts == again.completeness.posts);
}

static void check_archive(struct text bytes)
{
    struct trouble trouble = trouble_none();
    scratch_write(stored_directory(), "c/archive/a.warc.gz", bytes.at, bytes.length);
    bool indexed = cdxj_rebuild(archive, index_path, NULL, &trouble) != RESULT_BROKEN;
    FUZZ_CHECK(indexed || trouble.words[0]);
    struct verify_summary whole = verify(true);
    if (bytes.length % 4 == 0)
        check_again(&whole);
    /* each finding is about a record, or about a link, and neither is shorter than that */
    FUZZ_CHECK(whole.errors + whole.warnings + whole.notes <= 64 + 4 * bytes.length);
    unlink(index_path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    begin();
    if (!stored_is_plain(bytes)) {
        check_archive(bytes);
        return 0;
    }
    buf_init(&packed, ROOM);
    stored_pack(bytes, &packed);
    check_archive(buf_text(&packed));
    buf_release(&packed);
    return 0;
}
