/* Opens, flushes and rotates logs/crawl.log. */
#include <config.h>

#include "collection/crawl_log.h"

#include <limits.h>
#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/text.h"

enum { DAY_LENGTH = 8, DATED_LENGTH = 10, SAME_DAY_MOST = 10000 };

/* "20260304": the date at the beginning of the first line, or that of `wall_ms` if it has none. */
static void day_of(const char *path, int64_t wall_ms, char day[DAY_LENGTH + 1])
{
    char line[DATED_LENGTH + 1] = "";
    int64_t date;
    char digits[DATE_14_SIZE];
    FILE *file = fopen(path, "re");
    if (file && fgets(line, sizeof line, file) && date_read_w3c(text_of(line), &date))
        wall_ms = date;
    if (file)
        fclose(file);
    date_write_14(wall_ms, digits);
    memcpy(day, digits, DAY_LENGTH);
    day[DAY_LENGTH] = '\0';
}

/* Gives the file the first free name of the day. */
static enum result put_aside(const char *path, const char *day, struct trouble *trouble)
{
    char aside[PATH_MAX];
    size_t stem = strlen(path) - strlen(".log");
    for (int number = 1; number < SAME_DAY_MOST; number++) {
        char suffix[16] = "";
        if (number > 1)
            snprintf(suffix, sizeof suffix, "-%d", number);
        snprintf(aside, sizeof aside, "%.*s-%s%s.log", (int)stem, path, day, suffix);
        if (!disk_exists(aside))
            return disk_rename(path, aside, trouble);
    }
    return trouble_say(trouble, RESULT_BROKEN, "cannot rotate %s: %s and all later names exist",
                       path, aside);
}

static enum result append_to(FILE **log, const char *path, struct trouble *trouble)
{
    FILE *opened = fopen(path, "ae");
    if (!opened)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", path);
    if (*log)
        fclose(*log);
    *log = opened;
    return RESULT_OK;
}

enum result crawl_log_open(FILE **log, const char *path, int64_t wall_ms, int64_t most_bytes,
                           struct trouble *trouble)
{
    char today[DATE_14_SIZE], day[DAY_LENGTH + 1];
    int64_t size = disk_file_size(path);
    enum result result = RESULT_OK;
    if (size > 0) {
        date_write_14(wall_ms, today);
        day_of(path, wall_ms, day);
        if (size >= most_bytes || strncmp(day, today, DAY_LENGTH) != 0)
            result = put_aside(path, day, trouble);
    }
    return result == RESULT_OK ? append_to(log, path, trouble) : result;
}

enum result crawl_log_flush(FILE **log, const char *path, int64_t most_bytes,
                            struct trouble *trouble)
{
    char day[DAY_LENGTH + 1];
    if (fflush(*log) != 0 || ferror(*log))
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot write %s", path);
    if (ftello(*log) < most_bytes)
        return RESULT_OK;
    day_of(path, clock_wall_ms(), day);
    enum result result = put_aside(path, day, trouble);
    return result == RESULT_OK ? append_to(log, path, trouble) : result;
}

enum result crawl_log_reopen(FILE **log, const char *path, struct trouble *trouble)
{
    return append_to(log, path, trouble);
}
