/* Looks up the links of pages and lists: what is missing is told, what the lists name is counted.
 */
#include <config.h>

#include <stdio.h>

#include "base/clock.h"
#include "base/wording.h"
#include "series/archive_counts.h"
#include "series/date_archive.h"
#include "series/series_key.h"
#include "verify/closure_internal.h"

const enum visit_kind closure_list_kinds[LIST_SOURCES] = {VISIT_PAGER, VISIT_ARCHIVE, VISIT_FEED,
                                                          VISIT_SITEMAP};

bool closure_has_asked(struct closure *c, int question, uint64_t hash)
{
    bool asked = asked_urls_note_hash(&c->asked, question, hash);
    c->v->out_of_memory = c->v->out_of_memory || c->asked.no_memory;
    return asked;
}

static bool was_asked(struct closure *c, int question, struct text url)
{
    return closure_has_asked(c, question, hash_text(&c->asked.key, url));
}

bool closure_has_seen(struct closure *c, int question, struct text url)
{
    return closure_has_asked(c, question, asked_urls_seen_hash(&c->asked.key, url));
}

/* Reports one URL that is neither kept nor gone: as a note if the archive itself says why. */
static void tell_gap(struct closure *c, const struct link *link, const struct fate *fate)
{
    static const int rules[LINK_CLASSES] = {
        [LINK_PAGER] = CHECK_MISSING_PAGER, [LINK_ARCHIVE] = CHECK_MISSING_ARCHIVE,
        [LINK_FEED] = CHECK_MISSING_FEED,   [LINK_SITEMAP] = CHECK_MISSING_SITEMAP,
        [LINK_PAGE] = CHECK_MISSING_PAGE,   [LINK_REQUISITE] = CHECK_MISSING_REQUISITE,
        [LINK_MEDIA] = CHECK_MISSING_PAGE,  [LINK_TRAP] = CHECK_MISSING_PAGE};
    char address[1024], why[URL_RULE_NAME_MOST + 32] = "";
    if (fate->rule)
        snprintf(why, sizeof why, " by %s %s",
                 fate->by == LEFT_OUT_BY_OPTION ? "an option:" : "the rule",
                 url_rule_name(fate->rule));
    else if (fate->unexplained)
        snprintf(why, sizeof why, ": it is not in the archive, and nothing there says why");
    snprintf(address, sizeof address, "%.*s",
             (int)(link->url.length < 1000 ? link->url.length : 1000), link->url.at);
    const struct finding_place at = {
        .file = c->archive, .offset = -1, .url = address, .page = c->page_url.data};
    int64_t dead_ms =
        fate->state == STATE_BROKEN ? crawl_claims_dead_since(c->v->claims, link->url) : 0;
    if (dead_ms) {
        char since[DATE_WARC_SIZE];
        date_write_warc(dead_ms, since);
        verification_note(c->v, rules[link->class], &at, "broken: known dead since %.10s (%.*s)",
                          since, TEXT_ARGS(link->where));
        return;
    }
    if (fate->unexplained)
        verification_find(c->v, rules[link->class], &at, "%s%s (%.*s)", url_state_name(fate->state),
                          why, TEXT_ARGS(link->where));
    else
        verification_note(c->v, rules[link->class], &at, "%s%s (%.*s)", url_state_name(fate->state),
                          why, TEXT_ARGS(link->where));
}

static struct fate fate_of(struct closure *c, const struct link *link)
{
    const struct link_place place = {.source = c->document.source, .page = &c->url};
    return fate_of_link(c->fates, link, &place);
}

/* Looks up a link of any class for the totals. */
static void look_up(struct closure *c, const struct link *link)
{
    bool part = link->class == LINK_REQUISITE && !was_asked(c, ASKED_PART, link->url);
    bool new = tally_is_new(c->tally, link);
    if (!part && !new)
        return;
    struct fate fate = fate_of(c, link);
    bool there =
        fate.state == STATE_KEPT || fate.state == STATE_GONE || fate.state == STATE_REFUSED;
    if (new)
        tally_link(c->tally, link, &fate);
    if (part && !there)
        tell_gap(c, link, &fate);
}

/* What the user's options leave out counts as if it were kept. */
static void count_left_out(struct closure *c, const struct link *link)
{
    struct buf name;
    buf_init(&name, 2 * URL_LONGEST);
    archive_counts_page(&c->completeness->archive_counts, link->parsed);
    series_key_write(link->parsed, 0, &name);
    uint64_t key = hash_text(&c->v->hash_key, buf_text(&name));
    buf_release(&name);
    if (verification_grow(c->v, &c->cut_rows, &c->cut_count, &c->cut_room, sizeof key))
        c->cut_rows[c->cut_count - 1] = key;
}

/* Counts a URL that the current list names. */
static void count_named(struct closure *c, const struct link *link, const struct fate *fate)
{
    if (closure_has_seen(c, ASKED_NAMED + c->document.source, link->url))
        return;
    tally_listed(c->tally, link->url,
                 c->document.source == LISTED_BY_FEED || c->document.source == LISTED_BY_SITEMAP);
    const struct list_page *list = crawl_claims_list(c->v->claims, link->url);
    uint64_t page = fate->state == STATE_KEPT && !(list && list->seed) ? fate->page : 0;
    fate_count(fate, &c->completeness->lines[c->document.source].pages);
    counted_pages_note(&c->counted,
                       &(struct counted_url){&c->completeness->lines[c->document.source].pages,
                                             page, false, false});
    if (closure_has_seen(c, ASKED_NAMED_ANYWHERE, link->url))
        return;
    fate_count(fate, &c->completeness->all);
    counted_pages_note(&c->counted,
                       &(struct counted_url){&c->completeness->all, page, !list, false});
    if (fate->state == STATE_LEFT_OUT && fate->by == LEFT_OUT_BY_OPTION)
        count_left_out(c, link);
    if (fate->state == STATE_LEFT_OUT && fate->by == LEFT_OUT_BY_RULE)
        completeness_note_suspect(c->completeness, fate->rule);
}

void closure_add_list(struct closure *c, int source, const struct fate *fate)
{
    struct state_counts *lists = &c->completeness->lines[source].lists;
    if (fate->is_counted)
        fate_count(fate, lists);
    if (fate->state == STATE_KEPT)
        counted_pages_note(&c->counted,
                           &(struct counted_url){lists, fate->page, false, !fate->is_counted});
}

/* Looks up a page of a list.  What is out of scope, or left out by a rule, does not count. */
static void look_up_list(struct closure *c, const struct link *link, enum list_source source)
{
    bool again = closure_has_seen(c, ASKED_LIST + (int)source, link->url);
    if (again &&
        (c->document.source < 0 || was_asked(c, ASKED_LINK + c->document.source, link->url)))
        return;
    const struct list_page *list = crawl_claims_list(c->v->claims, link->url);
    if (list && list->seed)
        return;
    struct fate fate = fate_of(c, link);
    if (fate.outside)
        return;
    bool left_out = fate.state == STATE_LEFT_OUT && fate.by != LEFT_OUT_BY_ROBOTS;
    if (left_out && c->document.source >= 0)
        count_named(c, link, &fate);
    if (again)
        return;
    const struct asked_claim *asked = crawl_claims_asked(c->v->claims, link->url);
    if (!left_out && (!asked || asked->kind == closure_list_kinds[source]))
        closure_add_list(c, (int)source, &fate);
    if (fate.state != STATE_KEPT && fate.state != STATE_GONE)
        tell_gap(c, link, &fate);
}

/* Looks up a page that the current list names. */
static void look_up_named(struct closure *c, const struct link *link)
{
    if (was_asked(c, ASKED_LINK + c->document.source, link->url))
        return;
    struct fate fate = fate_of(c, link);
    if (fate.outside)
        return;
    count_named(c, link, &fate);
    if (fate.state != STATE_KEPT && fate.state != STATE_GONE)
        tell_gap(c, link, &fate);
}

void closure_take_link(struct closure *c, const struct link *link)
{
    if (link->class == LINK_TRAP || link->certainty != LINK_CERTAIN)
        return;
    if (link->posts && !c->document.older && url_same_site(link->parsed, &c->url))
        archive_counts_list(&c->completeness->archive_counts,
                            date_archive_period(link->parsed, DATE_ARCHIVE_ANY_YEAR), link->posts);
    switch (link->class) {
    case LINK_REQUISITE:
    case LINK_MEDIA:
        /* No page needs what only a feed or sitemap names on another site. */
        if (c->document.listing && !crawl_claims_hold(c->v->claims, link->parsed))
            break;
        look_up(c, link);
        break;
    case LINK_PAGER:
        look_up(c, link);
        look_up_list(c, link, LISTED_BY_PAGER);
        break;
    case LINK_ARCHIVE:
        look_up(c, link);
        look_up_list(c, link, LISTED_BY_ARCHIVE);
        break;
    case LINK_FEED:
        look_up(c, link);
        look_up_list(c, link, LISTED_BY_FEED);
        break;
    case LINK_SITEMAP:
        look_up(c, link);
        look_up_list(c, link, LISTED_BY_SITEMAP);
        break;
    case LINK_PAGE:
        look_up(c, link);
        if (c->document.source >= 0)
            look_up_named(c, link);
        break;
    default:
        break;
    }
}
