/*
 * The commit log beside a WARC file that is being written: one number per line, synced line by
 * line.
 */
#include <config.h>

#include "warc/commits.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/text.h"

enum { LINE_MOST = 24, LOG_MOST = 1 << 26 };

static bool path_of(const char *final_path, char out[PATH_MAX])
{
    return snprintf(out, PATH_MAX, "%s.commits", final_path) < PATH_MAX;
}

int commits_create(const char *final_path, struct trouble *trouble)
{
    char path[PATH_MAX];
    if (path_of(final_path, path))
        return disk_create(path, trouble);
    trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", final_path);
    return -1;
}

enum result commits_add(int fd, const char *final_path, int64_t bytes, struct trouble *trouble)
{
    char line[LINE_MOST];
    int length = snprintf(line, sizeof line, "%lld\n", (long long)bytes);
    enum result result = disk_write(fd, line, (size_t)length, final_path, trouble);
    return result == RESULT_OK ? disk_sync(fd, final_path, trouble) : result;
}

void commits_remove(const char *final_path)
{
    char path[PATH_MAX];
    if (path_of(final_path, path))
        unlink(path);
}

int64_t commits_read(const char *final_path)
{
    char path[PATH_MAX];
    struct buf log;
    int64_t bytes = 0;
    if (!path_of(final_path, path) || !disk_exists(path))
        return 0;
    buf_init(&log, LOG_MOST);
    if (disk_read(path, &log, NULL) != RESULT_OK)
        bytes = -1;
    else {
        struct text rest = buf_text(&log), line;
        uint64_t number;
        while (text_find_char(rest, '\n') >= 0 && text_split(&rest, '\n', &line))
            if (text_to_number(line, &number) && number <= INT64_MAX)
                bytes = (int64_t)number;
    }
    buf_release(&log);
    return bytes;
}
