/* Prints what the reader notices in a file: one line a record with its answer, one a flaw.  For the tests of
 * fixtures/warcs: list_flaws FILE... */
#include <config.h>

#include <stdio.h>

#include "warc/rules.h"
#include "warccap/warc.h"

static const char *answer_name(enum warc_answer answer)
{
    return answer == WARC_OK       ? "ok"
           : answer == WARC_FLAWED ? "flawed"
           : answer == WARC_LOST   ? "lost"
           : answer == WARC_END    ? "end"
                                   : "broken";
}

static void print_flaws(const struct warc_reader *reader)
{
    size_t count;
    const struct warc_flaw *flaws = warc_reader_flaws(reader, &count);
    for (size_t i = 0; i < count; i++)
        printf("flaw\t%s\t%s\t%lld\t%s\n", flaws[i].rule, rule_level_name(rule_by_name(flaws[i].rule)->level),
               (long long)flaws[i].offset, flaws[i].words);
}

static int list_file(const char *path)
{
    struct warc_reader *reader = warc_reader_open(path);
    struct warc_record record;
    enum warc_answer answer;
    if (!reader)
        return 1;
    printf("file\t%s\n", path);
    while ((answer = warc_reader_next(reader, &record)) != WARC_END && answer != WARC_BROKEN) {
        struct warc_place place = {.offset = warc_reader_offset(reader)};
        const char *id = NULL, *type = "-";
        if (answer != WARC_LOST) {
            enum warc_answer finished = warc_reader_finish(reader, &place);
            answer = finished < answer ? finished : answer;
            type = warc_type_name(record.type);
            id = warc_record_field(&record, "WARC-Record-ID");
        }
        printf("record\t%s\t%s\t%s\t%lld\t%lld\n", answer_name(answer), type, id ? id : "-", (long long)place.offset,
               (long long)place.length);
        print_flaws(reader);
    }
    print_flaws(reader);
    if (answer == WARC_BROKEN)
        printf("broken\t%s\n", warc_reader_words(reader));
    warc_reader_close(reader);
    return answer == WARC_BROKEN;
}

int main(int count, char **words)
{
    int bad = 0;
    for (int i = 1; i < count; i++)
        bad |= list_file(words[i]);
    return bad;
}
