/*
 * extract FILE OFFSET: writes the block of the record at OFFSET to standard output.  `list` and
 * CDXJ indexes have the offsets.  FILE may be - for standard input, also a pipe.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <warccap/warc.h>

int main(int count, char **words)
{
    struct warc_reader *reader = count != 3 ? NULL
                                 : strcmp(words[1], "-") == 0
                                     ? warc_reader_open_fd(0, "standard input")
                                     : warc_reader_open(words[1]);
    const struct warc_record *record;
    const char *bytes;
    size_t length;
    if (!reader) {
        fprintf(stderr, "usage: extract FILE OFFSET\n");
        return 2;
    }
    enum warc_result result = warc_reader_seek(reader, strtoll(words[2], NULL, 10));
    if (result == WARC_OK)
        result = warc_reader_next(reader, &record);
    if (result == WARC_OK || result == WARC_FLAWED)
        while ((result = warc_reader_block(reader, &bytes, &length)) == WARC_OK)
            fwrite(bytes, 1, length, stdout);
    if (result != WARC_END)
        fprintf(stderr, "%s: %s\n", words[1], warc_reader_words(reader));
    warc_reader_close(reader);
    return result == WARC_END && fflush(stdout) == 0 ? 0 : 1;
}
