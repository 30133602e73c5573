/*
 * filter FILE PREFIX >SMALLER.warc.gz: keeps the records whose URLs begin with PREFIX, and the
 * warcinfo records.  The bytes are copied as they are stored: a gzip file with one member per
 * record can be cut between records and joined again.
 */
#include <stdio.h>
#include <string.h>
#include <warccap/warc.h>

/* Copies `length` bytes at `offset` to standard output.  0 when that fails. */
static int copy(FILE *from, long long offset, long long length)
{
    char piece[65536];
    if (fseeko(from, offset, SEEK_SET) != 0)
        return 0;
    while (length > 0) {
        size_t got =
            fread(piece, 1, length < (long long)sizeof piece ? (size_t)length : sizeof piece, from);
        if (!got || fwrite(piece, 1, got, stdout) != got)
            return 0;
        length -= (long long)got;
    }
    return 1;
}

int main(int count, char **words)
{
    struct warc_reader *reader = count == 3 ? warc_reader_open(words[1]) : NULL;
    FILE *file = reader ? fopen(words[1], "rb") : NULL;
    const struct warc_record *record;
    enum warc_result result;
    if (!file) {
        fprintf(stderr, "usage: filter FILE PREFIX\n");
        return 2;
    }
    int fine = 1;
    while (fine && (result = warc_reader_next(reader, &record)) != WARC_END) {
        struct warc_place place;
        fine = result == WARC_OK || result == WARC_FLAWED;
        const char *url = fine ? warc_record_field(record, "WARC-Target-URI") : NULL;
        int wanted = fine && (record->type == WARC_WARCINFO ||
                              (url && strncmp(url, words[2], strlen(words[2])) == 0));
        fine = fine && warc_reader_finish(reader, &place) != WARC_LOST &&
               (!wanted || copy(file, place.offset, place.length));
    }
    if (!fine)
        fprintf(stderr, "%s: %s\n", words[1], warc_reader_words(reader));
    fclose(file);
    warc_reader_close(reader);
    return fine && fflush(stdout) == 0 ? 0 : 1;
}
