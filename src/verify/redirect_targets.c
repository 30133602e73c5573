/*
 * A player follows the Location of each redirect.  If the archive has nothing there, a visitor gets
 * an error. If it leads back, the browser gives up.  http and https, and a path with and without
 * its slash, have one key in an index: a redirect from one to the other leads back to itself unless
 * both were captured.
 */
#include <config.h>

#include "verify/redirect_targets.h"

#include "web/location.h"

enum { HOPS_MOST = 20, URL_BYTES = 1 << 20 };

bool redirect_targets_is_one(const struct cdxj_entry *entry)
{
    static const char *const statuses[] = {"301", "302", "303", "307", "308"};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (text_equal(entry->status, text_of(statuses[i])))
            return true;
    return false;
}

enum redirect_step {
    STEP_ON,      /* *to is where it leads */
    STEP_NOWHERE, /* it has no Location, or none that is a URL */
    STEP_UNREAD,  /* the record cannot be read: that is reported elsewhere */
};

/* `from` is the URL of the entry, and must not point into a lookup. */
static enum redirect_step step(const struct redirect_targets *t, struct cdxj_entry entry,
                               struct text from, struct url *to)
{
    struct stored_response response;
    struct url base;
    enum redirect_step made = STEP_UNREAD;
    url_init(&base);
    if (capture_reader_find_original(t->reader, &entry) &&
        capture_reader_read_entry(t->reader, &entry, &response) &&
        url_parse(&base, from, NULL, TEXT("")) == URL_OK) {
        struct text location = http_field(response.head, "Location");
        made =
            location.at && location_parse(to, location, &base) == URL_OK ? STEP_ON : STEP_NOWHERE;
    }
    url_release(&base);
    return made;
}

static bool same_line(const struct cdxj_entry *one, const struct cdxj_entry *other)
{
    return one->offset == other->offset && text_equal(one->filename, other->filename);
}

static void find(const struct redirect_targets *t, int rule, const struct buf *url,
                 struct text detail)
{
    const struct finding_place at = {.file = t->archive, .offset = -1, .url = url->data};
    verification_find(t->v, rule, &at, "%.*s", detail.length < 1000 ? (int)detail.length : 1000,
                      detail.at);
}

/* What the archive itself explains, or a scope leaves out, is only a note. */
static void tell_nowhere(const struct redirect_targets *t, const struct buf *url,
                         const struct url *base, const struct url *target)
{
    const struct link link = {.url = url_resource(target),
                              .parsed = target,
                              .class = LINK_PAGE,
                              .certainty = LINK_CERTAIN,
                              .where = TEXT("Location")};
    const struct finding_place at = {.file = t->archive, .offset = -1, .url = url->data};
    crawl_claims_begin_page(t->v->claims, base);
    struct fate fate =
        fate_of_absent(t->fates, &link, &(struct link_place){.source = -1, .page = base});
    if (fate.unexplained)
        find(t, CHECK_REDIRECT_NOWHERE, url, link.url);
    else
        verification_note(t->v, CHECK_REDIRECT_NOWHERE, &at, "%.*s is %s",
                          link.url.length < 1000 ? (int)link.url.length : 1000, link.url.at,
                          url_state_name(fate.state));
}

/* The entry that a player shows for the target; false when there is none, or only a redirect of
 * another URL under the same key, which leads here again. */
static bool look_up(const struct redirect_targets *t, const struct url *target, struct text from,
                    struct cdxj_entry *entry)
{
    return cdxj_lookup_newest(t->lookup, url_resource(target), entry) == RESULT_OK &&
           (text_equal(entry->url, url_resource(target)) || !text_equal(entry->url, from) ||
            !redirect_targets_is_one(entry));
}

/* Follows the redirects from `target` on.  True: they never end. */
static bool never_ends(const struct redirect_targets *t, const struct cdxj_entry *begun,
                       struct url *target)
{
    struct cdxj_entry entry;
    struct buf from;
    int hops = 0;
    buf_init(&from, URL_BYTES);
    while (hops < HOPS_MOST &&
           cdxj_lookup_newest(t->lookup, url_resource(target), &entry) == RESULT_OK &&
           redirect_targets_is_one(&entry) && !same_line(&entry, begun)) {
        buf_clear(&from);
        buf_add_text(&from, entry.url);
        if (step(t, entry, buf_text(&from), target) != STEP_ON)
            break;
        hops++;
    }
    bool back = cdxj_lookup_newest(t->lookup, url_resource(target), &entry) == RESULT_OK &&
                same_line(&entry, begun);
    buf_release(&from);
    return back || hops == HOPS_MOST;
}

void redirect_targets_check(const struct redirect_targets *t, const struct cdxj_entry *line)
{
    struct cdxj_entry found;
    struct url base, target;
    struct buf url;
    buf_init(&url, URL_BYTES);
    url_init(&base);
    url_init(&target);
    buf_add_text(&url, line->url);
    enum redirect_step made = url_parse(&base, buf_text(&url), NULL, TEXT("")) == URL_OK
                                  ? step(t, *line, buf_text(&url), &target)
                                  : STEP_UNREAD;
    if (made == STEP_NOWHERE)
        find(t, CHECK_REDIRECT_NOWHERE, &url, TEXT("its Location is missing or no URL"));
    else if (made == STEP_ON && !look_up(t, &target, buf_text(&url), &found))
        tell_nowhere(t, &url, &base, &target);
    else if (made == STEP_ON && never_ends(t, line, &target))
        find(t, CHECK_REDIRECT_CIRCLE, &url, TEXT(""));
    url_release(&base);
    url_release(&target);
    buf_release(&url);
}
