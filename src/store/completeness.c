/* Judges whether a capture is complete, and writes that as JSON. */
#include <config.h>

#include "store/completeness.h"

static bool has_no_gap(const struct completeness *completeness)
{
    for (int i = 0; i < LIST_SOURCES; i++)
        if (state_counts_gaps(&completeness->lines[i].lists) ||
            state_counts_gaps(&completeness->lines[i].pages))
            return false;
    if (url_totals_gaps(&completeness->totals) || completeness->nothing_kept ||
        completeness->waiting || completeness->unread ||
        completeness->told != completeness->told_kept ||
        completeness->entries >
            completeness->posts + completeness->all.left_out[LEFT_OUT_BY_OPTION])
        return false;
    return !completeness->archive_counts.comparable ||
           completeness->counted == completeness->counted_kept;
}

bool completeness_lists_anything(const struct completeness *completeness)
{
    bool any = completeness->counted > 0;
    for (int i = 0; i < LIST_SOURCES; i++)
        any = any || state_counts_all(&completeness->lines[i].lists) ||
              state_counts_all(&completeness->lines[i].pages);
    return any;
}

uint64_t completeness_left_out(const struct completeness *completeness, enum left_out_by by)
{
    uint64_t urls = completeness->all.left_out[by];
    for (int i = 0; i < LIST_SOURCES; i++)
        urls += completeness->lines[i].lists.left_out[by];
    return urls;
}

void completeness_note_suspect(struct completeness *completeness, enum url_rule rule)
{
    if (url_rule_can_be_off(rule))
        completeness->suspects[rule]++;
}

uint64_t completeness_suspects(const struct completeness *completeness)
{
    uint64_t suspects = 0;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        suspects += completeness->suspects[rule];
    return suspects;
}

void completeness_judge(struct completeness *completeness)
{
    archive_counts_compare(&completeness->archive_counts, &completeness->counted,
                           &completeness->counted_kept, NULL, NULL);
    completeness->complete_but_closed = has_no_gap(completeness);
    completeness->complete = completeness->complete_but_closed &&
                             !completeness_left_out(completeness, LEFT_OUT_BY_ROBOTS) &&
                             !completeness_suspects(completeness);
}

/* What each kind of list names, as a member of that name. */
static void lists_json(const struct completeness *completeness, const char *name, struct buf *out)
{
    buf_printf(out, ", \"%s\": {", name);
    for (int i = 0; i < LIST_SOURCES; i++) {
        buf_printf(out, "\"%s\": {\"lists\": ", list_source_name((enum list_source)i));
        state_counts_json(&completeness->lines[i].lists, out);
        buf_add(out, ", \"pages\": ");
        state_counts_json(&completeness->lines[i].pages, out);
        buf_add(out, "}, ");
    }
    buf_printf(out, "\"rows\": {\"named\": %llu, \"kept\": %llu}, \"feed_total\": %llu, ",
               (unsigned long long)completeness->told, (unsigned long long)completeness->told_kept,
               (unsigned long long)completeness->entries);
    buf_printf(out, "\"counts\": {\"comparable\": %s, \"named\": %llu, \"kept\": %llu}}",
               completeness->archive_counts.comparable ? "true" : "false",
               (unsigned long long)completeness->counted,
               (unsigned long long)completeness->counted_kept);
}

void completeness_json(const struct completeness *completeness, struct buf *out)
{
    bool by_rule = completeness_suspects(completeness) > 0;
    buf_printf(out,
               "\"complete\": %s, \"complete_but_robots\": %s, \"complete_but_rules\": %s, "
               "\"listed\": ",
               completeness->complete ? "true" : "false",
               completeness->complete_but_closed && !by_rule ? "true" : "false",
               completeness->complete_but_closed ? "true" : "false");
    state_counts_json(&completeness->all, out);
    buf_add(out, ", ");
    url_totals_json(&completeness->totals, out);
    lists_json(completeness, "lists", out);
    lists_json(completeness, "promises", out); /* the name of old */
}
