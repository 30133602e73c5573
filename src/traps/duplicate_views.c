/*
 * Duplicate views, recognised by the parameters and paths of known programs: MediaWiki, DokuWiki,
 * cgit, gitweb, and lists with a page size.
 */
#include <config.h>

#include "traps/duplicate_views.h"

#include <string.h>

#include "base/hash.h"
#include "series/pager_url.h"
#include "traps/trap_tables.h"

/* The value of the query's first parameter of that name. at == NULL: there is none. */
static struct text value_of(struct text query, struct text name)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (text_starts_nocase(part, name) && part.length > name.length &&
            part.at[name.length] == '=')
            return text_skip(part, name.length + 1);
    return (struct text){NULL, 0};
}

static int count_of(struct text query)
{
    struct text part;
    int count = 0;
    while (query.length && url_query_part(&query, &part))
        count++;
    return count;
}

/* The text after the last of the marks. */
static struct text last_piece(struct text text, const char *marks)
{
    size_t from = text.length;
    while (from && !strchr(marks, text.at[from - 1]))
        from--;
    return text_skip(text, from);
}

/* What a wiki offers on each of its pages, although it shows the same everywhere, or never ends. */
static enum url_rule wiki_rule(const struct url *page, struct text path, struct text query)
{
    struct text title = value_of(query, TEXT("title")), action = value_of(query, TEXT("action")),
                task = value_of(query, TEXT("do"));
    struct text feed = value_of(query, TEXT("feed"));
    /* MediaWiki's recent changes have many views, such as those since the time of the request. The
     * plain list and its feed are enough. */
    bool changes =
        text_equal_nocase(title.at ? title : last_piece(path, "/"), TEXT("special:recentchanges"));
    int more = count_of(query) - (title.at != NULL) - (feed.at != NULL);
    if (changes && more > 0)
        return URL_RULE_MEDIAWIKI_RECENT_CHANGES;
    bool history = text_equal_nocase(action, TEXT("history"));
    if (history && feed.at)
        return URL_RULE_MEDIAWIKI_HISTORY_FEED;
    /* Oldest first, or in pages of another size, it is the same history again. */
    if (history && (text_equal_nocase(value_of(query, TEXT("dir")), TEXT("prev")) ||
                    (value_of(query, TEXT("limit")).at && !value_of(query, TEXT("offset")).at)))
        return URL_RULE_MEDIAWIKI_HISTORY_AGAIN;
    /* DokuWiki's index and recent changes as seen from one page. One is enough: that of the start
     * page, whatever its name is. */
    struct text id = value_of(query, TEXT("id"));
    bool listed = text_equal_nocase(task, TEXT("index")) ||
                  (id.at && text_equal_nocase(task, TEXT("recent")));
    bool begins = !url_query(page).length && (text_ends(url_path(page), TEXT("/")) ||
                                              text_ends_nocase(url_path(page), TEXT(".php")));
    id = last_piece(id.at ? id : path, ":/");
    return listed && !begins && !text_equal_nocase(id, TEXT("start")) && id.length &&
                   !text_ends_nocase(id, TEXT(".php"))
               ? URL_RULE_DOKUWIKI_DUPLICATE_VIEW
               : URL_RULE_NONE;
}

/* How many parameters are the hash of a commit. */
static int states_named(struct text query)
{
    enum { NAME_DIGITS = 40 };
    struct text part;
    int named = 0;
    while (query.length && url_query_part(&query, &part)) {
        struct text value = last_piece(part, "=");
        size_t digits = 0;
        while (digits < value.length && hex_value(value.at[digits]) >= 0)
            digits++;
        named += digits == NAME_DIGITS && digits == value.length;
    }
    return named;
}

/* cgit and gitweb show each file at each commit in each of their views. The pages of the commits
 * themselves are not duplicates. */
static bool is_old_state(struct text path, struct text query)
{
    static const struct text views[] = {WORD("/tree"),  WORD("/plain"),   WORD("/blame"),
                                        WORD("/diff"),  WORD("/rawdiff"), WORD("/patch"),
                                        WORD("/log"),   WORD("/refs"),    WORD("/commit"),
                                        WORD("/stats"), WORD("/atom"),    WORD("/snapshot")};
    static const struct text acts[] = {WORD("blob"),
                                       WORD("blob_plain"),
                                       WORD("blame"),
                                       WORD("blame_incremental"),
                                       WORD("tree"),
                                       WORD("history"),
                                       WORD("commit"),
                                       WORD("commitdiff"),
                                       WORD("commitdiff_plain"),
                                       WORD("patch"),
                                       WORD("log"),
                                       WORD("shortlog"),
                                       WORD("snapshot"),
                                       WORD("search"),
                                       WORD("tag"),
                                       WORD("patches"),
                                       WORD("blobdiff"),
                                       WORD("blobdiff_plain")};
    struct text act = value_of(query, TEXT("a"));
    int named = states_named(query);
    bool view = false, gitweb = false;
    for (size_t i = 0; named && !act.at && i < sizeof views / sizeof *views; i++) {
        ptrdiff_t at = text_find(path, views[i]);
        size_t end = (size_t)at + views[i].length;
        view = view || (at >= 0 && (end == path.length || path.at[end] == '/'));
    }
    for (size_t i = 0; named && act.at && i < sizeof acts / sizeof *acts; i++)
        gitweb = gitweb || text_equal(act, acts[i]);
    bool commit = gitweb ? count_of(query) == 3 && text_equal(act, TEXT("commit"))
                         : count_of(query) == 1 && (text_ends(path, TEXT("/commit/")) ||
                                                    text_ends(path, TEXT("/commit")));
    return (view || gitweb) && !commit;
}

/* Whether the parameter is the number of items that a page of a list shows. */
static bool is_size(struct text parameter)
{
    static const struct text names[] = {WORD("limit"),         WORD("per_page"),
                                        WORD("perpage"),       WORD("per-page"),
                                        WORD("pagesize"),      WORD("page_size"),
                                        WORD("itemsperpage"),  WORD("items_per_page"),
                                        WORD("resultsperpage")};
    ptrdiff_t equals = text_find_char(parameter, '=');
    for (size_t i = 0; equals > 0 && i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(text_first(parameter, (size_t)equals), names[i]))
            return true;
    return false;
}

/* What a URL says about a list: the parameters that count its pages or set their size, and a sum of
 * the others. */
struct listing {
    struct text size, place;
    uint64_t others;
};

static struct listing listing_of(struct text query)
{
    struct listing listing = {.size = TEXT("")};
    struct text part;
    while (query.length && url_query_part(&query, &part)) {
        if (is_size(part))
            listing.size = part;
        else if (pager_url_parameter(part))
            listing.place = part;
        else
            listing.others += hash_text(&(struct hash_key){0, 0}, part);
    }
    return listing;
}

/* Whether `url` shows the same place of the list as `page`, or its beginning, in pages of another
 * size ("20 | 50 | 100"). Each size would page through the whole list again. A larger size without
 * a place is allowed, because it may be the only way to the rest of the list. */
static bool is_other_size(const struct url *page, const struct url *url)
{
    struct listing link = listing_of(url_query(url));
    if (!link.size.length || !link.place.length ||
        !text_equal(url_authority(page), url_authority(url)))
        return false;
    struct listing here = listing_of(url_query(page));
    struct text title = value_of(url_query(url), TEXT("title"));
    /* MediaWiki's lists have a short URL and a long one. */
    bool same = text_equal(url_path(page), url_path(url))
                    ? here.others == link.others
                    : title.length && !url_query(page).length && text_ends(url_path(page), title);
    bool first = text_equal(last_piece(link.place, "="), TEXT("0"));
    return same && (here.size.length ? !text_equal(here.size, link.size)
                                     : first || text_equal(here.place, link.place));
}

enum url_rule duplicate_views_rule(const struct url *page, const struct url *url, unsigned *proof)
{
    struct text path = url_path(url), query = url_query(url);
    enum url_rule rule = wiki_rule(page, path, query);
    *proof = rule == URL_RULE_DOKUWIKI_DUPLICATE_VIEW ? PROOF_DOKUWIKI : PROOF_MEDIAWIKI;
    /* Nobody else has a page of this name. */
    if (rule == URL_RULE_MEDIAWIKI_RECENT_CHANGES)
        *proof = PROOF_CERTAIN;
    if (rule)
        return rule;
    if (is_old_state(path, query)) { /* no word: a hash of forty digits, in a known place */
        *proof = PROOF_CERTAIN;
        return URL_RULE_VCS_OLD_STATE;
    }
    *proof = value_of(query, TEXT("title")).at ? PROOF_MEDIAWIKI : PROOF_ONLY_PAGES;
    return is_other_size(page, url) ? URL_RULE_URL_PAGE_SIZE : URL_RULE_NONE;
}
