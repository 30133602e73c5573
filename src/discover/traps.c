#include <config.h>

#include "discover/traps.h"

#include <string.h>

#include "discover/pagers.h"

enum { ADDRESS_MOST = 8192, PARAMETERS_MOST = 24 };

static bool contains(struct text text, const char *word)
{
    return text_find_nocase(text, text_of(word)) >= 0;
}

static bool number_in(struct text text, uint64_t from, uint64_t to)
{
    uint64_t number;
    return text_to_number(text, &number) && number >= from && number <= to;
}

/* ---- tables ------------------------------------------------------------------------------------------------ */

#define ROW(rule, text) {rule, WORD(text)}

struct row {
    const char *rule;
    struct text text;
};

/* Whole names of query parameters.  Those of "forum." are none where the query also pages through a list. */
static const struct row parameter_names[] = {
    /* Blogger */
    ROW("blogger.toggle", "toggle"), ROW("blogger.toggle", "toggleopen"), ROW("blogger.reverse-paginate", "reverse-paginate"),
    ROW("blogger.show-comment", "showcomment"), ROW("blogger.interstitial", "interstitial"),
    /* WordPress and its shops */
    ROW("wordpress.replytocom", "replytocom"), ROW("wordpress.like-comment", "like_comment"), ROW("wordpress.blackhole", "blackhole"),
    ROW("shop.add-to-cart", "add-to-cart"), ROW("shop.wishlist", "add_to_wishlist"), ROW("shop.wishlist", "add-to-wishlist"),
    /* MediaWiki */
    ROW("mediawiki.old-revision", "oldid"), ROW("mediawiki.diff", "diff"), ROW("mediawiki.redlink", "redlink"),
    ROW("mediawiki.printable", "printable"), ROW("mediawiki.mobile", "mobileaction"), ROW("mediawiki.undo", "undo"),
    ROW("mediawiki.twin", "curid"), ROW("mediawiki.action", "veaction"), ROW("mediawiki.filter", "hideminor"),
    ROW("mediawiki.filter", "hidebots"), ROW("mediawiki.filter", "hideanons"), ROW("mediawiki.filter", "hideliu"),
    ROW("mediawiki.filter", "hidemyself"), ROW("mediawiki.filter", "hidepatrolled"), ROW("mediawiki.filter", "hidepageedits"),
    ROW("mediawiki.filter", "hidecategorization"), ROW("mediawiki.filter", "hidetrans"), ROW("mediawiki.filter", "hidelinks"),
    ROW("mediawiki.filter", "hideredirs"),
    /* DokuWiki */
    ROW("dokuwiki.token", "sectok"), ROW("dokuwiki.old-revision", "rev2[]"), ROW("dokuwiki.old-revision", "rev2%5b0%5d"),
    ROW("dokuwiki.media-manager", "tab_files"), ROW("dokuwiki.media-manager", "tab_details"),
    /* Forums */
    ROW("forum.highlight", "hilit"), ROW("forum.highlight", "highlight"), ROW("forum.days", "daysprune"),
    ROW("forum.search", "search_id"), ROW("forum.search", "searchid"),
    /* Squarespace, TypePad, Drupal */
    ROW("squarespace.reverse-paginate", "reversepaginate"), ROW("typepad.prefetch", "no_prefetch"), ROW("drupal.destination", "destination"),
    /* anything */
    ROW("comment.reply", "replyto"), ROW("share", "share"), ROW("calendar.ical", "ical"), ROW("print", "print"),
};

/* Whole parameters with their values; where the value ends in "*", with any that begins so. */
static const struct row parameters[] = {
    ROW("comment.reply", "mode=reply"), ROW("comment.reply", "mode=quote"), ROW("forum.posting", "mode=post"),
    ROW("forum.goto", "goto=newpost"), ROW("forum.goto", "goto=lastpost"), ROW("forum.goto", "goto=nextnewest"),
    ROW("forum.goto", "goto=nextoldest"), ROW("forum.goto", "goto=unread"), ROW("forum.goto", "view=next"),
    ROW("forum.goto", "view=previous"), ROW("forum.goto", "view=unread"), ROW("forum.goto", "view=getnewpost"),
    ROW("forum.goto", "view=getlastpost"), ROW("forum.goto", "view=findpost"), ROW("forum.goto", "action=lastpost"),
    ROW("forum.goto", "action=newpost"), ROW("print", "view=print"), ROW("print", "action=printpage"),
    ROW("forum.posting", "do=newreply"), ROW("forum.posting", "do=newthread"), ROW("forum.posting", "do=postreply"),
    ROW("forum.posting", "action=reply"), ROW("forum.posting", "action=post"), ROW("forum.tools", "do=whoposted"),
    ROW("forum.tools", "do=sendtofriend"), ROW("forum.tools", "do=markread"), ROW("forum.tools", "do=addsubscription"),
    ROW("forum.tools", "action=markread"), ROW("forum.tools", "action=whoposted"), ROW("forum.tools", "do=addlist"),
    ROW("mediawiki.action", "action=edit"), ROW("mediawiki.action", "action=raw"), ROW("mediawiki.action", "action=purge"),
    ROW("mediawiki.action", "action=info"), ROW("mediawiki.action", "action=delete"), ROW("mediawiki.action", "action=protect"),
    ROW("mediawiki.action", "action=watch"), ROW("mediawiki.action", "action=unwatch"), ROW("mediawiki.action", "action=rollback"),
    ROW("mediawiki.action", "action=submit"), ROW("mediawiki.special", "title=special:userlogin*"),
    ROW("mediawiki.special", "title=special:whatlinkshere*"), ROW("mediawiki.special", "title=special:recentchangeslinked*"),
    ROW("mediawiki.special", "title=special:mobilediff*"), ROW("mediawiki.special", "title=special:createaccount*"),
    ROW("dokuwiki.action", "do=edit"), ROW("dokuwiki.action", "do=login"), ROW("dokuwiki.action", "do=media"),
    ROW("dokuwiki.action", "do=backlink"), ROW("dokuwiki.action", "do=diff"), ROW("dokuwiki.action", "do=subscribe"),
    ROW("dokuwiki.action", "do=resendpwd"), ROW("dokuwiki.action", "do=register"), ROW("dokuwiki.action", "do=export_*"),
    ROW("squarespace.twin", "format=json-pretty"), ROW("squarespace.twin", "format=main-content"), ROW("calendar.ical", "format=ical"),
    ROW("calendar.view", "view=calendar"), ROW("joomla.mailto", "option=com_mailto"), ROW("livejournal.style", "style=mine"),
};

/* Anywhere in the path. */
static const struct row path_marks[] = {
    ROW("wordpress.login", "/wp-login.php"), ROW("wordpress.admin", "/wp-admin/"), ROW("wordpress.xmlrpc", "/xmlrpc.php"),
    ROW("wordpress.oembed", "/wp-json/oembed/"), ROW("wordpress.quote-comment", "/quote-comment-"),
    ROW("wordpress.comment", "/jetpack-comment/"), ROW("blogger.statistics", "/b/stats"),
    ROW("forum.posting", "/posting.php"), ROW("forum.posting", "/newreply.php"), ROW("forum.posting", "/newthread.php"),
    ROW("forum.user-panel", "/ucp.php"), ROW("forum.members", "/memberlist.php"), ROW("forum.tools", "/sendmessage.php"),
    ROW("print", "/printthread.php"), ROW("forum.goto", "/goto/post"), ROW("xenforo.whats-new", "/whats-new/"),
    ROW("movabletype.trackback", "/mt-tb.cgi"), ROW("movabletype.comment", "/mt-comments.cgi"), ROW("movabletype.search", "/mt-search.cgi"),
    ROW("typepad.services", "/.services/"), ROW("tumblr.reblog", "/reblog/"), ROW("dokuwiki.media-manager", "/lib/exe/detail.php"),
    ROW("mediawiki.special", "/special:userlogin"), ROW("mediawiki.special", "/special:whatlinkshere"),
    ROW("mediawiki.special", "/special:recentchangeslinked"), ROW("mediawiki.special", "/special:mobilediff"),
    ROW("mediawiki.special", "/special:createaccount"), ROW("joomla.mailto", "/component/mailto"),
    ROW("script.template", "/page/:page"), ROW("script.template", "page-%page%"), ROW("script.template", "/tagged/:tag"),
    ROW("script.template", "{{"), ROW("script.template", "%7b%7b"), ROW("script.template", "/page/%d"), ROW("script.template", "'+"),
    ROW("script.template", "%22+"),
};

/* What the path ends in. */
static const struct row path_ends[] = {
    ROW("trackback", "/trackback/"), ROW("trackback", "/trackback"), ROW("tumblr.embed", "/embed"), ROW("login", "/user/register"),
    ROW("login", "/forgot-password"), ROW("login", "/lost-password"), ROW("login", "/oauth/authorize"), ROW("xenforo.goto", "/unread"),
};

/* A host, "*." before it for all below it too, and the beginning of the path. */
static const struct place_trap {
    const char *rule;
    struct text host, path;
} place_traps[] = {
    {"blogger.tools", WORD("blogger."), WORD("/rearrange")},
    {"blogger.tools", WORD("blogger."), WORD("/post-edit.g")},
    {"blogger.tools", WORD("blogger."), WORD("/email-post.g")},
    {"blogger.tools", WORD("blogger."), WORD("/share-post.g")},
    {"blogger.tools", WORD("blogger."), WORD("/navbar.g")},
    {"blogger.tools", WORD("blogger."), WORD("/comment.g")},
    {"blogger.tools", WORD("blogger."), WORD("/blog-this.g")},
    {"blogger.tools", WORD("blogger."), WORD("/delete-comment.g")},
    {"share", WORD("twitter.com"), WORD("/share")},
    {"share", WORD("twitter.com"), WORD("/intent/")},
    {"share", WORD("facebook.com"), WORD("/sharer")},
    {"share", WORD("facebook.com"), WORD("/dialog/")},
    {"share", WORD("linkedin.com"), WORD("/sharearticle")},
    {"share", WORD("pinterest.com"), WORD("/pin/create/")},
    {"share", WORD("reddit.com"), WORD("/submit")},
    {"share", WORD("tumblr.com"), WORD("/share")},
    {"share", WORD("vk.com"), WORD("/share.php")},
    {"share", WORD("t.me"), WORD("/share/")},
    {"share", WORD("getpocket.com"), WORD("/save")},
    {"share", WORD("addtoany.com"), WORD("/")},
    {"share", WORD("api.whatsapp.com"), WORD("/send")},
    {"tracker", WORD("ad.doubleclick.net"), WORD("/")},
    {"tracker", WORD("sb.scorecardresearch.com"), WORD("/")},
    {"tracker", WORD("pixel.quantserve.com"), WORD("/")},
    {"tracker", WORD("px.srvcs.tumblr.com"), WORD("/")},
    {"tracker", WORD("google-analytics.com"), WORD("/collect")},
    {"tracker", WORD("google-analytics.com"), WORD("/__utm.gif")},
    {"tracker", WORD("pixel.wp.com"), WORD("/")},
    {"tracker", WORD("stats.wordpress.com"), WORD("/")},
};

static bool query_names(struct text query, struct text name)
{
    struct text part;
    while (query.length && text_split(&query, '&', &part))
        if (text_starts_nocase(part, name) && (part.length == name.length || part.at[name.length] == '='))
            return true;
    return false;
}

static const char *place_trap(const struct url *url)
{
    struct text host = url_host(url), path = url_path(url);
    if (text_starts(host, TEXT("www.")))
        host = text_skip(host, 4);
    for (size_t i = 0; i < sizeof place_traps / sizeof *place_traps; i++) {
        const struct place_trap *trap = &place_traps[i];
        /* "blogger." stands for the name under any top-level domain. */
        bool any_domain = trap->host.at[trap->host.length - 1] == '.';
        bool here = any_domain ? text_starts(host, trap->host) &&
                                     text_find_char(text_skip(host, trap->host.length), '.') < 0
                               : text_equal(host, trap->host);
        if (here && text_starts_nocase(path, trap->path))
            return trap->rule;
    }
    return NULL;
}

/* The same list in another order, or a part of it: what a reader of the archive can do without. */
static const struct text order_names[] = {
    WORD("sort"), WORD("order"), WORD("orderby"), WORD("order_by"), WORD("sortby"), WORD("sort_by"), WORD("sortdir"),
    WORD("filter"), WORD("facet"),
};

static bool is_order_name(struct text name)
{
    for (size_t i = 0; i < sizeof order_names / sizeof *order_names; i++)
        if (text_equal_nocase(name, order_names[i]))
            return true;
    return text_starts_nocase(name, TEXT("filter_")) || text_starts_nocase(name, TEXT("filter["));
}

/* Whether a parameter stands twice in the query with other values. */
static bool repeats_name(struct text query)
{
    enum { NAMES = 16 };
    struct text part, names[NAMES];
    size_t count = 0;
    while (text_split(&query, '&', &part) && count < NAMES) {
        ptrdiff_t equals = text_find_char(part, '=');
        names[count] = equals < 0 ? part : text_first(part, (size_t)equals);
        for (size_t i = 0; names[count].length && i < count; i++)
            if (text_equal(names[i], names[count]))
                return true;
        count++;
    }
    return false;
}

/* The rule of one parameter; a revision's number is a time, in seconds, of ten digits. */
static const char *parameter_trap(const struct traps *traps, struct text name, struct text parameter, bool *by_name)
{
    enum { REVISION_DIGITS = 9 };
    int known = words_equal(&traps->names, name);
    *by_name = known >= 0;
    if (known >= 0)
        return parameter_names[known].rule;
    if (!words_begin(&traps->parameters, parameter))
        return text_starts(parameter, TEXT("rev=")) && parameter.length > 4 + REVISION_DIGITS && number_in(text_skip(parameter, 4), 1, UINT64_MAX)
                   ? "dokuwiki.old-revision" : NULL;
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        struct text wanted = parameters[i].text;
        bool begins = wanted.at[wanted.length - 1] == '*';
        wanted.length -= begins;
        if (begins ? text_starts_nocase(parameter, wanted) : text_equal_nocase(parameter, wanted))
            return parameters[i].rule;
    }
    return NULL;
}

static const char *path_end_trap(struct text path)
{
    for (size_t i = 0; i < sizeof path_ends / sizeof *path_ends; i++)
        if (text_ends_nocase(path, path_ends[i].text))
            return path_ends[i].rule;
    return NULL;
}

/* .../threads/x.1/post-77, /threads/x.1/latest: each leads to a place in a page of the thread. */
static bool is_place_in_thread(struct text path)
{
    ptrdiff_t at = text_find(path, TEXT("/threads/"));
    struct text rest = at < 0 ? TEXT("") : text_skip(path, (size_t)at + 9);
    return text_find(rest, TEXT("/post-")) >= 0 || text_ends(rest, TEXT("/latest"));
}

/* LiveJournal's single comments: /123.html?thread=9. */
static bool is_comment_of_entry(struct text path, struct text query)
{
    return text_ends(path, TEXT(".html")) && (text_starts(query, TEXT("thread=")) || text_starts(query, TEXT("nc=")));
}

static const char *query_trap(const struct traps *traps, struct text query)
{
    struct text rest = query, part;
    size_t count = 0, facets = 0, orders = 0;
    const char *by_value = NULL; /* what a name says is the better rule */
    bool mobile = false, dated = false;
    if (!query.length)
        return NULL;
    /* A list in some order, or a part of it, may be paged through: forums write both into the address. */
    bool pages = pagers_query(query);
    while (text_split(&rest, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        bool by_name;
        const char *rule = parameter_trap(traps, name, part, &by_name);
        rule = pages && rule && text_starts(text_of(rule), TEXT("forum.")) ? NULL : rule;
        if (rule && by_name)
            return rule;
        by_value = by_value ? by_value : rule;
        if (++count > PARAMETERS_MOST)
            return "url.too-many-parameters";
        if (part.length == 7 && text_starts(part, TEXT("C=")) && text_starts(text_skip(part, 3), TEXT(";O=")))
            return "directory.sort";
        mobile = mobile || text_equal(part, TEXT("m=1")) || text_equal(part, TEXT("m=0"));
        dated = dated || text_equal_nocase(name, TEXT("y")) || text_equal_nocase(name, TEXT("year"));
        facets += text_starts_nocase(name, TEXT("f[")) || text_starts_nocase(name, TEXT("f%5B"));
        orders += is_order_name(name);
    }
    if (by_value)
        return by_value;
    if (mobile && !dated) /* ?y=2021&m=1 is January */
        return "blogger.mobile";
    if (facets > 1 && !pages)
        return "url.facets";
    if (count > 1 && !pages && repeats_name(query))
        return "url.repeated-parameter";
    if (orders && !pages)
        return "url.order";
    /* The widget's toggles are a trap, its lists of titles (action=getTitles) are not. */
    if (query_names(query, TEXT("widgettype")) && !contains(query, "action=gettitles"))
        return "blogger.widget-archive";
    return contains(query, "amp;amp;") ? "url.escaped-again" : NULL;
}

/* One choice more on top of two or more that the page was made with: choices can be joined without end.  What pages
 * through the chosen is none. */
static bool joins_choices(const struct url *page, const struct url *url)
{
    struct text chosen = url_query(page), query = url_query(url);
    return text_find_char(chosen, '&') >= 0 && text_starts(query, chosen) && query.length > chosen.length &&
           query.at[chosen.length] == '&' && text_equal(url_path(page), url_path(url)) &&
           text_equal(url_authority(page), url_authority(url)) &&
           !pagers_query(text_skip(query, chosen.length + 1));
}

/* Pages that ask who you are. */
static bool is_login(struct text path)
{
    static const struct text names[] = {WORD("login"), WORD("log-in"), WORD("signin"), WORD("sign-in"), WORD("logout"),
                                        WORD("signup"), WORD("sign-up")};
    enum { LONGEST = 8 };
    size_t from = path.length;
    while (from && path.at[from - 1] != '/' && path.length - from < LONGEST)
        from--;
    struct text last = text_skip(path, from);
    for (size_t i = 0; last.length && strchr("lLsS", last.at[0]) && i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(last, names[i]))
            return true;
    return false;
}

/* A segment, not a number, four times, or a group of up to four segments three times in a row: /a/b/a/b/a/b. */
static bool loops(struct text path)
{
    enum { SEGMENTS = 64, SEGMENTS_ALLOWED = 32, SEGMENTS_LEAST = 4 };
    struct text segments[SEGMENTS], part;
    size_t count = 0;
    for (size_t i = 0; i < path.length && count < SEGMENTS_LEAST; i++)
        count += path.at[i] == '/';
    if (count < SEGMENTS_LEAST)
        return false;
    count = 0;
    while (text_split(&path, '/', &part))
        if (part.length && count < SEGMENTS)
            segments[count++] = part;
    if (count > SEGMENTS_ALLOWED)
        return true;
    for (size_t i = 0; i < count; i++) {
        uint64_t number;
        int same = 0;
        for (size_t j = i; j < count; j++)
            same += text_equal(segments[i], segments[j]);
        if (same >= 4 && !text_to_number(segments[i], &number))
            return true;
        for (size_t size = 2; size <= 4 && i + 3 * size <= count; size++) {
            bool repeats = true;
            for (size_t j = 0; repeats && j < 2 * size; j++)
                repeats = text_equal(segments[i + j], segments[i + j + size]);
            if (repeats && !text_to_number(segments[i], &number))
                return true;
        }
    }
    return false;
}

/* /feeds/4711/comments/default: each post has one, and shows what is in it. */
static bool is_comment_feed(struct text path)
{
    struct text rest = text_skip(path, 7);
    ptrdiff_t slash = text_find_char(rest, '/');
    uint64_t number;
    return text_starts(path, TEXT("/feeds/")) && slash > 0 && text_to_number(text_first(rest, (size_t)slash), &number) &&
           text_starts(text_skip(rest, (size_t)slash), TEXT("/comments/"));
}

/* /2031/05/, /events/2031-05/: a calendar goes on for ever. */
static bool is_future_calendar(struct text path, int year)
{
    struct text part, month;
    while (text_split(&path, '/', &part)) {
        month = text_skip(part, 4);
        bool dashed = month.length == 3 && month.at[0] == '-';
        if (!number_in(text_first(part, 4), (uint64_t)year + 2, 2199) || (month.length && !dashed))
            continue;
        if (dashed || !text_split(&path, '/', &month))
            return dashed;
        return !month.length || (month.length == 2 && number_in(month, 1, 12));
    }
    return false;
}

const char *traps_rule(const struct traps *traps, const struct url *page, const struct url *url, int year)
{
    struct text path = url_path(url), query = url_query(url);
    if (url_resource(url).length > ADDRESS_MOST)
        return "url.too-long";
    const char *rule = query.length ? query_trap(traps, query) : NULL;
    int known = words_find(&traps->marks, path);
    if (!rule && known >= 0)
        rule = path_marks[known].rule;
    if (!rule && !text_equal(url_host(page), url_host(url)))
        rule = place_trap(url);
    if (!rule && query.length && joins_choices(page, url))
        rule = "url.facets";
    if (!rule && path.length > 5)
        rule = is_login(path) ? "login" : path_end_trap(path);
    if (!rule && query.length && text_ends_nocase(path, TEXT("/reply")))
        rule = "comment.reply";
    if (!rule && query.length && is_comment_of_entry(path, query))
        rule = "livejournal.comment";
    if (!rule && is_comment_feed(path))
        rule = "blogger.comment-feed";
    if (!rule && is_place_in_thread(path))
        rule = "xenforo.goto";
    if (!rule && text_find_char(path, '%') >= 0 && text_find(path, TEXT("%252525")) >= 0)
        rule = "url.escaped-again";
    if (!rule && path.length > 5 && text_has_digit(path) && is_future_calendar(path, year))
        rule = "calendar.future";
    return rule ? rule : path.length > 8 && loops(path) ? "url.path-loop" : NULL;
}

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
_Static_assert(COUNT(parameter_names) <= TRAP_ROWS_MOST && COUNT(parameters) <= TRAP_ROWS_MOST && COUNT(path_marks) <= TRAP_ROWS_MOST,
               "room for the words of a table");

static void init_words(struct words *words, struct text list[TRAP_ROWS_MOST], const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list[i] = rows[i].text;
    words_init(words, list, count);
}

void traps_init(struct traps *traps)
{
    init_words(&traps->names, traps->name_list, parameter_names, COUNT(parameter_names));
    init_words(&traps->parameters, traps->parameter_list, parameters, COUNT(parameters));
    init_words(&traps->marks, traps->mark_list, path_marks, COUNT(path_marks));
}
