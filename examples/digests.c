/*
 * digests FILE...: reads all records and compares them with their digests.  Prints those that do
 * not match.  Exit code 0 when all match.
 */
#include <stdio.h>
#include <string.h>
#include <warccap/warc.h>

static int check(const char *path)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    enum warc_result result;
    int wrong = 0;
    long records = 0;
    if (!reader || !warc_reader_check_digests(reader)) {
        fprintf(stderr, "%s: no memory\n", path);
        return 1;
    }
    while ((result = warc_reader_next(reader, &record)) != WARC_END && result != WARC_BROKEN) {
        const struct warc_flaw *flaw;
        if (result != WARC_LOST)
            result = warc_reader_finish(reader, NULL);
        records++;
        for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++)
            if (result == WARC_LOST || strcmp(flaw->rule, "block-digest") == 0 ||
                strcmp(flaw->rule, "payload-digest") == 0) {
                printf("%s:%lld: %s: %s\n", path, (long long)flaw->offset, flaw->rule, flaw->words);
                wrong = 1;
            }
    }
    if (result == WARC_BROKEN)
        fprintf(stderr, "%s: %s\n", path, warc_reader_words(reader));
    else
        printf("%s: %ld records\n", path, records);
    warc_reader_close(reader);
    return wrong || result == WARC_BROKEN;
}

int main(int count, char **words)
{
    int wrong = count < 2;
    for (int i = 1; i < count; i++)
        wrong |= check(words[i]);
    return wrong;
}
