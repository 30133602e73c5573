/* Names of runs are dates, and come in their order. */
#include <config.h>

#include "collection/newest_run.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/disk.h"

enum { JSON_BYTES = 64 * 1024 * 1024 };

static void keep_last(void *context, const char *name)
{
    char *last = context;
    size_t digits = strspn(name, "0123456789");
    if (digits != DATE_14_SIZE - 1 || strcmp(name + digits, ".json") != 0)
        return;
    memcpy(last, name, digits);
    last[digits] = '\0';
}

enum result newest_run_read(const char *runs, char run[DATE_14_SIZE], struct buf *json)
{
    char path[PATH_MAX];
    struct trouble unread;
    run[0] = '\0';
    buf_init(json, JSON_BYTES);
    if (disk_list(runs, keep_last, run, &unread) != RESULT_OK || !run[0])
        return RESULT_END;
    snprintf(path, sizeof path, "%s/%s.json", runs, run);
    return disk_read(path, json, &unread) == RESULT_OK ? RESULT_OK : RESULT_END;
}
