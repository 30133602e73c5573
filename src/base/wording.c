/* How messages to people are worded. */
#include <config.h>

#include "base/wording.h"

#include <string.h>

const char *wording_plural(uint64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

void wording_add_count(struct buf *out, uint64_t count, const char *one, const char *many)
{
    buf_printf(out, "%llu %s", (unsigned long long)count, wording_plural(count, one, many));
}

void wording_add_path(struct buf *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "/._-+,:@%=";
    if (path[0] && !path[strspn(path, plain)]) {
        buf_add(out, path);
        return;
    }
    buf_add_char(out, '\'');
    for (; *path; path++)
        if (*path == '\'')
            buf_add(out, "'\\''");
        else
            buf_add_char(out, *path);
    buf_add_char(out, '\'');
}
