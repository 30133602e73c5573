/* The table of groups, and their numbers in words and in JSON. */
#include <config.h>

#include "web/url_totals.h"

struct group_row {
    const char *name, *member;
    const char *one, *many; /* of its URLs, before a state: "feed or sitemap broken" */
};

static const struct group_row rows[URL_GROUPS] = {
    [GROUP_PAGES] = {"pages", "pages", "page", "pages"},
    [GROUP_LISTS] = {"feeds and sitemaps", "lists", "feed or sitemap", "feeds and sitemaps"},
    [GROUP_PARTS] = {"requisites and media files", "parts", "requisite or media file",
                     "requisites and media files"},
};

/* The order in which people read what is missing. */
static const enum url_state gap_order[] = {STATE_REFUSED, STATE_BROKEN, STATE_WAITING};
enum { GAP_STATES = sizeof gap_order / sizeof *gap_order };

bool url_group_of(enum visit_kind kind, enum url_group *group)
{
    switch (kind) {
    case VISIT_SEED:
    case VISIT_PAGER:
    case VISIT_ARCHIVE:
    case VISIT_PAGE:
        *group = GROUP_PAGES;
        return true;
    case VISIT_FEED:
    case VISIT_SITEMAP:
        *group = GROUP_LISTS;
        return true;
    case VISIT_REQUISITE:
    case VISIT_MEDIA:
        *group = GROUP_PARTS;
        return true;
    default:
        return false;
    }
}

bool url_is_counted(enum url_state state, int status, struct text hops)
{
    bool led_on = status > 300 && status < 400 && status != 304 &&
                  (state == STATE_KEPT || state == STATE_GONE || state == STATE_LEFT_OUT);
    bool no_list = state == STATE_GONE || state == STATE_WAITING || state == STATE_LEFT_OUT;
    return !led_on && !(no_list && visit_hops_guessed(hops));
}

void url_totals_add(struct url_totals *totals, enum visit_kind kind, enum url_state state,
                    uint64_t urls)
{
    enum url_group group;
    if (!url_group_of(kind, &group))
        return;
    if (state == STATE_LEFT_OUT) /* nothing else leaves out a URL that was taken up */
        state_counts_leave_out(&totals->of[group], LEFT_OUT_BY_ROBOTS, urls);
    else
        state_counts_add(&totals->of[group], state, urls);
}

static bool is_gap(enum url_group group, enum url_state state)
{
    return url_state_row(state)->is_gap && !(group == GROUP_PARTS && state == STATE_REFUSED);
}

uint64_t url_totals_gaps(const struct url_totals *totals)
{
    uint64_t gaps = 0;
    for (int group = 0; group < URL_GROUPS; group++)
        for (int i = 0; i < GAP_STATES; i++)
            if (is_gap((enum url_group)group, gap_order[i]))
                gaps += totals->of[group].of[gap_order[i]];
    return gaps;
}

const char *url_group_name(enum url_group group)
{
    return rows[group].name;
}

void url_totals_json(const struct url_totals *totals, struct buf *out)
{
    buf_add(out, "\"urls\": {");
    for (int group = 0; group < URL_GROUPS; group++) {
        const struct state_counts *counts = &totals->of[group];
        unsigned long long dead = totals->known_dead[group];
        buf_printf(out, "%s\"%s\": {\"known\": %llu", group ? ", " : "", rows[group].member,
                   (unsigned long long)state_counts_all(counts) + dead);
        state_counts_json_members(counts, out);
        buf_printf(out, ", \"known_dead\": %llu}", dead);
    }
    buf_add(out, "}");
}

void url_totals_words(const struct url_totals *totals, enum url_group group, struct buf *out)
{
    const struct state_counts *counts = &totals->of[group];
    uint64_t dead = totals->known_dead[group], all = state_counts_all(counts) + dead;
    if (!all)
        return;
    buf_printf(out, "%llu of %llu kept", (unsigned long long)counts->of[STATE_KEPT],
               (unsigned long long)all);
    state_counts_add_others(counts, out);
    if (dead)
        buf_printf(out, ", %llu known dead", (unsigned long long)dead);
}

void url_totals_add_gaps(const struct url_totals *totals, struct buf *out)
{
    for (int group = 0; group < URL_GROUPS; group++)
        for (int i = 0; i < GAP_STATES; i++) {
            uint64_t urls = totals->of[group].of[gap_order[i]];
            if (!urls || !is_gap((enum url_group)group, gap_order[i]))
                continue;
            buf_printf(out, "%s%llu %s %s", out->length ? ", " : "", (unsigned long long)urls,
                       urls == 1 ? rows[group].one : rows[group].many,
                       url_state_name(gap_order[i]));
        }
}
