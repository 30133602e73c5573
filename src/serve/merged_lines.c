/* The archives are few, so the first of their next lines is looked for among all. */
#include <config.h>

#include "serve/merged_lines.h"

#include <stdlib.h>

struct merged_head {
    struct cdxj_lookup *lookup;
    struct merged_line line;
    bool there, used;
};

/* Goes to the next line of one archive. */
static void advance(const struct merged_lines *lines, struct merged_head *head)
{
    enum result got;
    do
        got =
            cdxj_lookup_next(head->lookup, &head->line.entry, &head->line.line, &head->line.place);
    while (got != RESULT_OK && got != RESULT_END);
    head->there = got == RESULT_OK && text_compare(head->line.line, lines->end) < 0;
    head->used = false;
}

enum result merged_lines_begin(struct merged_lines *lines, struct archive_set *set,
                               struct text start, struct text end)
{
    size_t count = archive_set_count(set);
    *lines = (struct merged_lines){set, end, calloc(count ? count : 1, sizeof *lines->heads)};
    if (!lines->heads)
        return RESULT_BROKEN;
    for (size_t i = 0; i < count; i++) {
        struct merged_head *head = &lines->heads[i];
        head->lookup = archive_set_index(set, i);
        head->line.archive = i;
        cdxj_lookup_seek(head->lookup, start);
        advance(lines, head);
    }
    return RESULT_OK;
}

bool merged_lines_next(struct merged_lines *lines, struct merged_line *line)
{
    struct merged_head *first = NULL;
    for (size_t i = 0; i < archive_set_count(lines->set); i++) {
        struct merged_head *head = &lines->heads[i];
        if (head->there && head->used)
            advance(lines, head);
        if (head->there && (!first || text_compare(head->line.line, first->line.line) < 0))
            first = head;
    }
    if (!first)
        return false;
    first->used = true;
    *line = first->line;
    return true;
}

void merged_lines_end(struct merged_lines *lines)
{
    free(lines->heads);
    lines->heads = NULL;
}
