/*
 * Keeps the flaws of a record.
 */
#include <config.h>

#include "warc/flaws.h"

#include <stdarg.h>
#include <stdio.h>

static void note_flaw(void *context, enum rule rule, const char *words)
{
    struct flaws *flaws = context;
    if (flaws->muted)
        return;
    const struct warc_rule *row = warc_rule(rule);
    if (row->level > WARC_NOTE) {
        flaws->flawed = true;
        trouble_say(flaws->trouble, RESULT_FLAWED, "%s: %s", row->name, words);
    }
    if (flaws->count == FLAWS_MOST)
        return;
    struct warc_flaw *flaw = &flaws->list[flaws->count++];
    *flaw = (struct warc_flaw){
        .rule = row->name, .level = row->level, .clause = row->clause, .offset = flaws->offset};
    snprintf(flaw->words, sizeof flaw->words, "%s", words);
}

void flaws_clear(struct flaws *flaws)
{
    flaws->count = 0;
    flaws->flawed = false;
}

struct rule_listener flaws_listener(struct flaws *flaws)
{
    return (struct rule_listener){note_flaw, flaws};
}

void flaws_add(struct flaws *flaws, int64_t offset, enum rule rule, const char *format, ...)
{
    char detail[RULE_WORDS];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    struct rule_listener listener = flaws_listener(flaws);
    flaws->offset = offset;
    rule_tell(&listener, rule, "%s", detail);
}
