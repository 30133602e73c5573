/*
 * check FILE...: prints everything that is wrong with each record by itself: its frame, fields and
 * digests, which the reader looks at, and its content.  Exit code 0 when nothing is but notes.
 */
#include <stdio.h>
#include <warccap/warc.h>

static int tell(const char *path, const struct warc_flaw *flaw)
{
    printf("%s:%lld: %s: %s: %s\n", path, (long long)flaw->offset, warc_level_name(flaw->level),
           flaw->rule, flaw->words);
    return flaw->level > WARC_NOTE;
}

static int check_file(const char *path, struct warc_check *check)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    const struct warc_flaw *flaw;
    enum warc_result result;
    int wrong = 0;
    if (!reader || !warc_reader_check_digests(reader)) {
        fprintf(stderr, "%s: no memory\n", path);
        return 1;
    }
    while ((result = warc_reader_next(reader, &record)) != WARC_END && result != WARC_BROKEN) {
        enum warc_result content = record ? warc_check_read(check, reader, record) : WARC_LOST;
        if (content == WARC_BROKEN || (record && warc_reader_finish(reader, NULL) == WARC_BROKEN)) {
            result = WARC_BROKEN;
            break;
        }
        for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++)
            wrong |= tell(path, flaw);
        for (size_t i = 0; record && (flaw = warc_check_flaw(check, i)); i++)
            wrong |= tell(path, flaw);
    }
    for (size_t i = 0; result == WARC_END && (flaw = warc_reader_flaw(reader, i)); i++)
        wrong |= tell(path, flaw);
    if (result == WARC_BROKEN)
        fprintf(stderr, "%s: %s\n", path, warc_reader_words(reader));
    warc_reader_close(reader);
    return wrong || result == WARC_BROKEN;
}

int main(int count, char **words)
{
    struct warc_check *check = warc_check_new();
    int wrong = count < 2 || !check;
    for (int i = 1; check && i < count; i++)
        wrong |= check_file(words[i], check);
    warc_check_free(check);
    return wrong;
}
