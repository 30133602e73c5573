/*
 * Prints what the reader finds in a file: one line per record with the result, and one line per
 * flaw.  test_fixtures.sh runs it over fixtures/warcs: list_flaws WAY FILE.  WAY is how the file is
 * read: path, unchecked (the same, but blocks are skipped and digests are not checked), fd, memory,
 * pipe (standard input, whatever it is), or octets (a stream that returns one byte at a time).
 */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "warccap/warc.h"

static const char *result_name(enum warc_result result)
{
    return result == WARC_OK       ? "ok"
           : result == WARC_FLAWED ? "flawed"
           : result == WARC_LOST   ? "lost"
           : result == WARC_END    ? "end"
                                   : "broken";
}

static void print_flaws(const struct warc_reader *reader)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++)
        printf("flaw\t%s\t%s\t%lld\t%s\n", flaw->rule, warc_level_name(flaw->level),
               (long long)flaw->offset, flaw->words);
}

static ptrdiff_t read_byte(void *context, void *out, size_t room)
{
    return room ? (ptrdiff_t)fread(out, 1, 1, context) : 0;
}

static void close_bytes(void *context)
{
    fclose(context);
}

static struct warc_reader *open_in_this_way(const char *way, const char *path, struct buf *bytes)
{
    struct trouble trouble;
    if (strcmp(way, "fd") == 0)
        return warc_reader_open_fd(open(path, O_RDONLY | O_CLOEXEC), path);
    if (strcmp(way, "pipe") == 0)
        return warc_reader_open_fd(STDIN_FILENO, path);
    if (strcmp(way, "memory") == 0 && disk_read(path, bytes, &trouble) == RESULT_OK)
        return warc_reader_open_memory(bytes->data, bytes->length, path);
    if (strcmp(way, "octets") == 0)
        return warc_reader_open_source(
            &(struct warc_source){.struct_size = sizeof(struct warc_source),
                                  .read = read_byte,
                                  .close = close_bytes,
                                  .context = fopen(path, "rb"),
                                  .name = path});
    return strcmp(way, "path") == 0 || strcmp(way, "unchecked") == 0 ? warc_reader_open(path)
                                                                     : NULL;
}

static int list_file(const char *way, const char *path)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 28);
    struct warc_reader *reader = open_in_this_way(way, path, &bytes);
    const struct warc_record *record;
    enum warc_result result;
    if (!reader || (strcmp(way, "unchecked") != 0 && !warc_reader_check_digests(reader)))
        return 1;
    printf("file\t%s\n", path);
    while ((result = warc_reader_next(reader, &record)) != WARC_END && result != WARC_BROKEN) {
        struct warc_place place = {.offset = warc_reader_offset(reader)};
        const char *id = NULL, *type = "-";
        if (result != WARC_LOST) {
            enum warc_result finished = warc_reader_finish(reader, &place);
            result = finished < result ? finished : result;
            type = warc_type_name(record->type);
            id = warc_record_field(record, "WARC-Record-ID");
        }
        printf("record\t%s\t%s\t%s\t%lld\t%lld\n", result_name(result), type, id ? id : "-",
               (long long)place.offset, (long long)place.length);
        print_flaws(reader);
    }
    print_flaws(reader);
    if (result == WARC_BROKEN)
        printf("broken\t%s\n", warc_reader_words(reader));
    warc_reader_close(reader);
    buf_release(&bytes);
    return result == WARC_BROKEN;
}

int main(int count, char **words)
{
    return count == 3 ? list_file(words[1], words[2]) : 2;
}
