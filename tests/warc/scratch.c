#include <config.h>

#include "tests/warc/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"

struct scratch scratch_new(void)
{
    struct scratch scratch;
    const char *base = getenv("TMPDIR");
    snprintf(scratch.directory, sizeof scratch.directory, "%s/warccap-test.XXXXXX",
             base ? base : "/tmp");
    if (!mkdtemp(scratch.directory)) {
        perror(scratch.directory);
        abort();
    }
    return scratch;
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts;
    (void)kind;
    (void)where;
    return remove(path);
}

void scratch_remove(const struct scratch *scratch)
{
    nftw(scratch->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void scratch_path(const struct scratch *scratch, const char *name, char out[SCRATCH_PATH])
{
    snprintf(out, SCRATCH_PATH, "%s/%s", scratch->directory, name);
}

void scratch_write(const struct scratch *scratch, const char *name, const void *bytes,
                   size_t length)
{
    char path[SCRATCH_PATH];
    scratch_path(scratch, name, path);
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(bytes, 1, length, out) != length || fclose(out) != 0) {
        perror(path);
        abort();
    }
}

void scratch_read(const struct scratch *scratch, const char *name, struct buf *out)
{
    char path[SCRATCH_PATH];
    struct trouble trouble;
    scratch_path(scratch, name, path);
    if (disk_read(path, out, &trouble) != RESULT_OK) {
        fprintf(stderr, "%s\n", trouble.words);
        abort();
    }
}

struct counting {
    const char *ending;
    char *last;
    int count;
};

static void count_one(void *context, const char *name)
{
    struct counting *counting = context;
    if (!text_ends(text_of(name), text_of(counting->ending)))
        return;
    counting->count++;
    if (counting->last)
        snprintf(counting->last, 256, "%s", name);
}

int scratch_count(const struct scratch *scratch, const char *ending, char last[256])
{
    struct counting counting = {ending, last, 0};
    if (last)
        last[0] = '\0';
    if (disk_list(scratch->directory, count_one, &counting, NULL) != RESULT_OK)
        return -1;
    return counting.count;
}
