/* filter FILE PREFIX >SMALLER.warc.gz: the records whose addresses begin with PREFIX, and the
 * warcinfo records, octet for octet as they are stored: a gzip file of one member a record can be
 * cut between them and put together again. */
#include <stdio.h>
#include <string.h>
#include <warccap/warc.h>

/* Copies `length` octets at `offset`. */
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
        const char *address = fine ? warc_record_field(record, "WARC-Target-URI") : NULL;
        int wanted = fine && (record->type == WARC_WARCINFO ||
                              (address && strncmp(address, words[2], strlen(words[2])) == 0));
        fine = fine && warc_reader_finish(reader, &place) != WARC_LOST &&
               (!wanted || copy(file, place.offset, place.length));
    }
    if (!fine)
        fprintf(stderr, "%s: %s\n", words[1], warc_reader_words(reader));
    fclose(file);
    warc_reader_close(reader);
    return fine && fflush(stdout) == 0 ? 0 : 1;
}
