/* Looks at the first bytes of a file.  Those of standard input are kept, and given to the reader
 * first. */
#include <config.h>

#include "verify/file_start.h"

#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/text.h"

bool file_start_is_stream(const char *path)
{
    return strcmp(path, "-") == 0;
}

static const char *kind_of(struct text first)
{
    static const struct {
        const char *bytes, *words;
    } kinds[] = {{"PK\003\004",
                  "a zip archive, such as WACZ: verify it by itself, not in archive/"},
                 {"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it with zstd -d"},
                 {"\x04\x22\x4d\x18", "compressed with LZ4: unpack it with lz4 -d"},
                 {"BZh", "compressed with bzip2: unpack it with bzip2 -d"},
                 {"\3757zXZ", "compressed with xz: unpack it with xz -d"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_starts(first, text_of(kinds[i].bytes)))
            return kinds[i].words;
    return NULL;
}

static ptrdiff_t read_stream(void *context, void *out, size_t room)
{
    struct file_start *start = context;
    size_t left = start->length - start->given;
    if (!left)
        return read(STDIN_FILENO, out, room);
    size_t length = left < room ? left : room;
    memcpy(out, start->first + start->given, length);
    start->given += length;
    return (ptrdiff_t)length;
}

static struct warc_reader *open_stream(struct file_start *start, const char **kind)
{
    const struct warc_source source = {
        .struct_size = sizeof source, .read = read_stream, .context = start, .name = "-"};
    ptrdiff_t got = 1;
    while (got > 0 && start->length < sizeof start->first) {
        got = read(STDIN_FILENO, start->first + start->length, sizeof start->first - start->length);
        start->length += got > 0 ? (size_t)got : 0;
    }
    *kind = kind_of((struct text){start->first, start->length});
    return *kind ? NULL : warc_reader_open_source(&source);
}

struct warc_reader *file_start_open(struct file_start *start, const char *path, const char **kind)
{
    *kind = NULL;
    if (file_start_is_stream(path))
        return open_stream(start, kind);
    int fd = disk_open_to_read(path);
    ptrdiff_t got = fd < 0 ? -1 : pread(fd, start->first, sizeof start->first, 0);
    if (fd >= 0)
        close(fd);
    if (got > 0)
        *kind = kind_of((struct text){start->first, (size_t)got});
    return *kind ? NULL : warc_reader_open(path);
}
