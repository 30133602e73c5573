/*
 * list FILE: prints one line per record: offset, stored length, type, date, URL.  Damage is
 * reported on standard error and skipped.
 */
#include <stdio.h>
#include <warccap/warc.h>

static const char *or_dash(const char *value)
{
    return value ? value : "-";
}

int main(int count, char **words)
{
    struct warc_reader *reader = count == 2 ? warc_reader_open(words[1]) : NULL;
    const struct warc_record *record;
    enum warc_result result;
    int damaged = 0;
    if (!reader) {
        fprintf(stderr, "usage: list FILE\n");
        return 2;
    }
    while ((result = warc_reader_next(reader, &record)) != WARC_END && result != WARC_BROKEN) {
        struct warc_place place;
        /* The record lives until the next one is begun, so finish() may come first. */
        if (result != WARC_LOST && warc_reader_finish(reader, &place) != WARC_LOST)
            printf("%lld\t%lld\t%s\t%s\t%s\n", (long long)place.offset, (long long)place.length,
                   warc_type_name(record->type), or_dash(warc_record_field(record, "WARC-Date")),
                   or_dash(warc_record_field(record, "WARC-Target-URI")));
        const struct warc_flaw *flaw;
        for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++) {
            fprintf(stderr, "%s:%lld: %s: %s\n", words[1], (long long)flaw->offset, flaw->rule,
                    flaw->words);
            damaged = 1;
        }
    }
    if (result == WARC_BROKEN)
        fprintf(stderr, "%s: %s\n", words[1], warc_reader_words(reader));
    warc_reader_close(reader);
    return result == WARC_BROKEN ? 2 : damaged;
}
