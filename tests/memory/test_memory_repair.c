/* Repair when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/repair.h"
#include "tests/memory/failing.h"
#include "tests/memory/one_file.h"

static bool exists(const struct one_file *work, const char *ending)
{
    char path[128];
    snprintf(path, sizeof path, "%s%s", work->copy, ending);
    return disk_exists(path);
}

static bool repair(void *context)
{
    struct one_file *work = context;
    const struct repair_options options = {.brackets = false};
    const struct repair_observer observer = {.changed = NULL};
    struct repair_summary summary;
    struct trouble trouble = trouble_none();
    enum result result =
        repair_path(work->source, work->copy, &options, &observer, &summary, &trouble);
    bool whole = result == RESULT_OK && summary.records == ONE_FILE_RECORDS && summary.lost == 1;
    failing_relent();
    work->wrong = work->wrong || exists(work, ".open") || exists(work, ".parts") ||
                  exists(work, "") != (result == RESULT_OK) ||
                  (result == RESULT_OK ? !whole : !trouble.words[0]);
    unlink(work->copy);
    return result == RESULT_OK;
}

START_TEST(a_copy_is_whole_and_verified_or_is_not_there)
{
    /* The last record has only its beginning. */
    one_file_check(repair, "copy.warc.gz", "WARC/1.1\r\nWARC-Type: respo", _i);
}
END_TEST

int main(void)
{
    return one_file_main("memory of repair", a_copy_is_whole_and_verified_or_is_not_there);
}
