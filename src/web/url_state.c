/* The table of states, and counts of URLs by state. */
#include <config.h>

#include "web/url_state.h"

static const struct url_state_row rows[STATE_COUNT] = {
#define ROW(id, name, member, gap, words) [STATE_##id] = {name, member, gap, words},
    URL_STATES_TABLE(ROW)
#undef ROW
};

/* The order in which people read them. */
static const enum url_state reading_order[STATE_COUNT] = {STATE_KEPT,    STATE_GONE,
                                                          STATE_REFUSED, STATE_BROKEN,
                                                          STATE_WAITING, STATE_LEFT_OUT};

const struct url_state_row *url_state_row(enum url_state state)
{
    return &rows[state];
}

enum url_state url_state_in_order(int place)
{
    return reading_order[place];
}

const char *url_state_name(enum url_state state)
{
    return rows[state].name;
}

bool url_state_is_part(enum visit_kind kind)
{
    return kind == VISIT_REQUISITE || kind == VISIT_MEDIA;
}

bool url_state_matters(enum visit_kind kind)
{
    return kind == VISIT_SEED || kind == VISIT_SITEMAP || kind == VISIT_FEED ||
           kind == VISIT_PAGER || kind == VISIT_ARCHIVE || kind == VISIT_PAGE;
}

enum left_out_by left_out_by(enum url_rule rule)
{
    switch (url_rule_row(rule)->kind) {
    case URL_RULE_BY_OPTION:
        return LEFT_OUT_BY_OPTION;
    case URL_RULE_BY_ROBOTS:
        return LEFT_OUT_BY_ROBOTS;
    default:
        return LEFT_OUT_BY_RULE;
    }
}

void state_counts_add(struct state_counts *counts, enum url_state state, uint64_t urls)
{
    counts->of[state] += urls;
}

void state_counts_leave_out(struct state_counts *counts, enum left_out_by by, uint64_t urls)
{
    counts->of[STATE_LEFT_OUT] += urls;
    counts->left_out[by] += urls;
}

uint64_t state_counts_all(const struct state_counts *counts)
{
    uint64_t all = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        all += counts->of[state];
    return all;
}

uint64_t state_counts_gaps(const struct state_counts *counts)
{
    uint64_t gaps = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        gaps += rows[state].is_gap ? counts->of[state] : 0;
    return gaps;
}

void state_counts_json(const struct state_counts *counts, struct buf *out)
{
    buf_printf(out, "{\"listed\": %llu", (unsigned long long)state_counts_all(counts));
    state_counts_json_members(counts, out);
    buf_add(out, "}");
}

void state_counts_json_members(const struct state_counts *counts, struct buf *out)
{
    static const char *const ways[LEFT_OUT_WAYS] = {[LEFT_OUT_BY_OPTION] = "option",
                                                    [LEFT_OUT_BY_ROBOTS] = "robots",
                                                    [LEFT_OUT_BY_RULE] = "rule"};
    for (int i = 0; i < STATE_COUNT; i++)
        buf_printf(out, ", \"%s\": %llu", rows[reading_order[i]].member,
                   (unsigned long long)counts->of[reading_order[i]]);
    buf_add(out, ", \"left_out_by\": {");
    for (int i = 0; i < LEFT_OUT_WAYS; i++)
        buf_printf(out, "%s\"%s\": %llu", i ? ", " : "", ways[i],
                   (unsigned long long)counts->left_out[i]);
    buf_add(out, "}");
}

void state_counts_words(const struct state_counts *counts, struct buf *out)
{
    uint64_t all = state_counts_all(counts);
    if (!all) {
        buf_add(out, "none");
        return;
    }
    buf_printf(out, "%llu of %llu kept", (unsigned long long)counts->of[STATE_KEPT],
               (unsigned long long)all);
    state_counts_add_others(counts, out);
}

void state_counts_add_others(const struct state_counts *counts, struct buf *out)
{
    static const char *const ways[LEFT_OUT_WAYS] = {[LEFT_OUT_BY_OPTION] = "by options",
                                                    [LEFT_OUT_BY_ROBOTS] = "by robots.txt",
                                                    [LEFT_OUT_BY_RULE] = "by rules"};
    for (int i = 0; i < STATE_COUNT; i++) {
        enum url_state state = reading_order[i];
        if (state != STATE_KEPT && state != STATE_LEFT_OUT && counts->of[state])
            buf_printf(out, ", %llu %s", (unsigned long long)counts->of[state], rows[state].name);
    }
    for (int i = 0; i < LEFT_OUT_WAYS; i++)
        if (counts->left_out[i])
            buf_printf(out, ", %llu %s %s", (unsigned long long)counts->left_out[i],
                       rows[STATE_LEFT_OUT].name, ways[i]);
}
