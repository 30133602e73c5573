/* Packages when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <unistd.h>

#include "base/disk.h"
#include "pack/pack.h"
#include "tests/memory/failing.h"
#include "tests/memory/one_file.h"

static void hear(void *context, const char *words)
{
    struct one_file *work = context;
    work->wrong = work->wrong || !words[0];
}

static bool pack(void *context)
{
    struct one_file *work = context;
    const struct pack_options options = {.output = work->copy};
    const struct pack_observer observer = {.context = work, .told = hear};
    char *paths[] = {work->source};
    struct pack_summary summary = {.captures = 0};
    struct trouble trouble = trouble_none();
    struct page_reader *reader = page_reader_new(NULL);
    enum result result = reader
                             ? pack_write(paths, 1, &options, reader, &observer, &summary, &trouble)
                             : trouble_say(&trouble, RESULT_BROKEN, "no memory");
    page_reader_free(reader);
    failing_relent();
    work->wrong = work->wrong || disk_exists(work->copy) != (result == RESULT_OK) ||
                  (result == RESULT_OK ? summary.captures != ONE_FILE_RECORDS : !trouble.words[0]);
    unlink(work->copy);
    return result == RESULT_OK;
}

START_TEST(a_package_is_whole_or_is_not_there)
{
    one_file_check(pack, "a.wacz", "", _i);
}
END_TEST

int main(void)
{
    return one_file_main("memory of packages", a_package_is_whole_or_is_not_there);
}
