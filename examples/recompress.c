/*
 * recompress FILE >BETTER.warc.gz: writes each record of FILE as one gzip member, with its header
 * as it was read.  FILE may be plain, one gzip member for all records, or badly compressed.  Needs
 * zlib too.
 */
#include <stdio.h>
#include <string.h>
#include <warccap/warc.h>
#include <zlib.h>

static void put(z_stream *z, const char *bytes, size_t length, int flush)
{
    unsigned char out[65536];
    z->next_in = (unsigned char *)(size_t)bytes;
    z->avail_in = (unsigned)length;
    do {
        z->next_out = out;
        z->avail_out = sizeof out;
        deflate(z, flush);
        fwrite(out, 1, sizeof out - z->avail_out, stdout);
    } while (z->avail_out == 0);
}

static void put_text(z_stream *z, const char *text)
{
    put(z, text, strlen(text), Z_NO_FLUSH);
}

int main(int count, char **words)
{
    struct warc_reader *reader = count == 2 ? warc_reader_open(words[1]) : NULL;
    const struct warc_record *record;
    z_stream z = {0};
    enum warc_result result = WARC_BROKEN;
    if (!reader || deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        fprintf(stderr, "usage: recompress FILE\n");
        return 2;
    }
    while ((result = warc_reader_next(reader, &record)) == WARC_OK || result == WARC_FLAWED) {
        const char *bytes;
        size_t length;
        put_text(&z, record->version == 10   ? "WARC/1.0\r\n"
                     : record->version == 17 ? "WARC/0.17\r\n"
                                             : "WARC/1.1\r\n");
        for (size_t i = 0; i < record->field_count; i++) {
            put_text(&z, record->fields[i].name);
            put_text(&z, ": ");
            put_text(&z, record->fields[i].value);
            put_text(&z, "\r\n");
        }
        put_text(&z, "\r\n");
        while ((result = warc_reader_block(reader, &bytes, &length)) == WARC_OK)
            put(&z, bytes, length, Z_NO_FLUSH);
        if (result != WARC_END)
            break;
        put(&z, "\r\n\r\n", 4, Z_FINISH);
        deflateReset(&z);
    }
    if (result != WARC_END)
        fprintf(stderr, "%s: %s\n", words[1], warc_reader_words(reader));
    deflateEnd(&z);
    warc_reader_close(reader);
    return result == WARC_END && fflush(stdout) == 0 ? 0 : 1;
}
