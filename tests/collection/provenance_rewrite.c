/* Reads a metadata record and writes it again. */
#include <config.h>

#include "tests/collection/provenance_rewrite.h"

#include "collection/provenance.h"

static void rewrite_link(const struct provenance_line *line, struct buf *out)
{
    struct link link = {.url = line->url,
                        .class = line->class,
                        .certainty = line->certainty,
                        .rule = line->rule,
                        .where = line->where};
    if (line->class != LINK_CLASSES)
        provenance_write_outlink(out, &link, line->hop);
}

void provenance_rewrite(struct text block, struct buf *out)
{
    struct provenance_record record;
    struct provenance_line line;
    provenance_read(block, &record, NULL);
    struct text lines = record.lines;
    record.lines = TEXT("");
    provenance_write(&record, out);
    while (provenance_next(&lines, &line)) {
        if (line.kind == PROVENANCE_OUTLINK)
            rewrite_link(&line, out);
        else if (line.kind == PROVENANCE_NOT_FOLLOWED)
            provenance_write_not_followed(out, line.rule, line.url);
        else if (line.kind == PROVENANCE_RULE_OFF)
            provenance_write_rule_off(out, line.rule, line.url);
        else
            provenance_write_head(out, line.kind, line.words);
    }
}
