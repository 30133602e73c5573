#include <config.h>

#include "traps/trap_rules.h"

#include <string.h>

#include "series/pagers.h"
#include "traps/duplicate_views.h"

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

/* ---- tables ---- */

#define ROW(rule, text)  \
    {                    \
        rule, WORD(text) \
    }
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

struct row {
    const char *rule;
    struct text text;
};

/* Whole names of query parameters.  Those of "forum." are none where the query also pages through a
 * list. */
static const struct row parameter_names[] = {
    /* Blogger */
    ROW("blogger.toggle", "toggle"),
    ROW("blogger.toggle", "toggleopen"),
    ROW("blogger.reverse-paginate", "reverse-paginate"),
    ROW("blogger.show-comment", "showcomment"),
    ROW("blogger.interstitial", "interstitial"),
    /* WordPress and its shops */
    ROW("wordpress.replytocom", "replytocom"),
    ROW("wordpress.like-comment", "like_comment"),
    ROW("wordpress.blackhole", "blackhole"),
    ROW("shop.add-to-cart", "add-to-cart"),
    ROW("shop.wishlist", "add_to_wishlist"),
    ROW("shop.wishlist", "add-to-wishlist"),
    /* MediaWiki */
    ROW("mediawiki.old-revision", "oldid"),
    ROW("mediawiki.diff", "diff"),
    ROW("mediawiki.redlink", "redlink"),
    ROW("mediawiki.printable", "printable"),
    ROW("mediawiki.mobile", "mobileaction"),
    ROW("mediawiki.undo", "undo"),
    ROW("mediawiki.twin", "curid"),
    ROW("mediawiki.action", "veaction"),
    ROW("mediawiki.filter", "hideminor"),
    ROW("mediawiki.filter", "hidebots"),
    ROW("mediawiki.filter", "hideanons"),
    ROW("mediawiki.filter", "hideliu"),
    ROW("mediawiki.filter", "hidemyself"),
    ROW("mediawiki.filter", "hidepatrolled"),
    ROW("mediawiki.filter", "hidepageedits"),
    ROW("mediawiki.filter", "hidecategorization"),
    ROW("mediawiki.filter", "hidetrans"),
    ROW("mediawiki.filter", "hidelinks"),
    ROW("mediawiki.filter", "hideredirs"),
    /* DokuWiki */
    ROW("dokuwiki.token", "sectok"),
    ROW("dokuwiki.old-revision", "rev2[]"),
    ROW("dokuwiki.old-revision", "rev2%5b0%5d"),
    ROW("dokuwiki.media-manager", "tab_files"),
    ROW("dokuwiki.media-manager", "tab_details"),
    /* Forums */
    ROW("forum.highlight", "hilit"),
    ROW("forum.highlight", "highlight"),
    ROW("forum.days", "daysprune"),
    ROW("forum.search", "search_id"),
    ROW("forum.search", "searchid"),
    /* Squarespace, TypePad, Drupal */
    ROW("squarespace.reverse-paginate", "reversepaginate"),
    ROW("typepad.prefetch", "no_prefetch"),
    ROW("drupal.destination", "destination"),
    /* anything */
    ROW("comment.reply", "replyto"),
    ROW("share", "share"),
    ROW("calendar.ical", "ical"),
    ROW("print", "print"),
};

/* Whole parameters with their values; where the value ends in "*", with any that begins so. */
static const struct row parameters[] = {
    ROW("comment.reply", "mode=reply"),
    ROW("comment.reply", "mode=quote"),
    ROW("forum.posting", "mode=post"),
    ROW("forum.goto", "goto=newpost"),
    ROW("forum.goto", "goto=lastpost"),
    ROW("forum.goto", "goto=nextnewest"),
    ROW("forum.goto", "goto=nextoldest"),
    ROW("forum.goto", "goto=unread"),
    ROW("forum.goto", "view=next"),
    ROW("forum.goto", "view=previous"),
    ROW("forum.goto", "view=unread"),
    ROW("forum.goto", "view=getnewpost"),
    ROW("forum.goto", "view=getlastpost"),
    ROW("forum.goto", "view=findpost"),
    ROW("forum.goto", "action=lastpost"),
    ROW("forum.goto", "action=newpost"),
    ROW("print", "view=print"),
    ROW("print", "action=printpage"),
    ROW("forum.posting", "do=newreply"),
    ROW("forum.posting", "do=newthread"),
    ROW("forum.posting", "do=postreply"),
    ROW("forum.posting", "action=reply"),
    ROW("forum.posting", "action=post"),
    ROW("forum.tools", "do=whoposted"),
    ROW("forum.tools", "do=sendtofriend"),
    ROW("forum.tools", "do=markread"),
    ROW("forum.tools", "do=addsubscription"),
    ROW("forum.tools", "action=markread"),
    ROW("forum.tools", "action=whoposted"),
    ROW("forum.tools", "do=addlist"),
    ROW("mediawiki.action", "action=edit"),
    ROW("mediawiki.action", "action=raw"),
    ROW("mediawiki.action", "action=purge"),
    ROW("mediawiki.action", "action=info"),
    ROW("mediawiki.action", "action=delete"),
    ROW("mediawiki.action", "action=protect"),
    ROW("mediawiki.action", "action=watch"),
    ROW("mediawiki.action", "action=unwatch"),
    ROW("mediawiki.action", "action=rollback"),
    ROW("mediawiki.action", "action=submit"),
    ROW("mediawiki.special", "title=special:userlogin*"),
    ROW("mediawiki.special", "title=special:whatlinkshere*"),
    ROW("mediawiki.special", "title=special:recentchangeslinked*"),
    ROW("mediawiki.special", "title=special:mobilediff*"),
    ROW("mediawiki.special", "title=special:createaccount*"),
    ROW("dokuwiki.action", "do=edit"),
    ROW("dokuwiki.action", "do=login"),
    ROW("dokuwiki.action", "do=media"),
    ROW("dokuwiki.action", "do=backlink"),
    ROW("dokuwiki.action", "do=diff"),
    ROW("dokuwiki.action", "do=subscribe"),
    ROW("dokuwiki.action", "do=resendpwd"),
    ROW("dokuwiki.action", "do=register"),
    ROW("dokuwiki.action", "do=export_*"),
    ROW("mediawiki.action", "action=markpatrolled"),
    ROW("mediawiki.special", "title=special:search*"),
    ROW("mediawiki.special", "title=special:log*"),
    ROW("mediawiki.special", "title=special:random*"),
    ROW("mediawiki.special", "title=special:export*"),
    ROW("mediawiki.special", "title=special:allmessages*"),
    ROW("mediawiki.special", "title=special:citethispage*"),
    ROW("mediawiki.special", "title=special:preferences*"),
    ROW("mediawiki.special", "title=special:passwordreset*"),
    ROW("mediawiki.special", "title=special:my*"),
    ROW("mediawiki.special", "title=special:book*"),
    ROW("dokuwiki.twin", "do="),
    ROW("wordpress.rest", "rest_route=/wp/v2/*"),
    ROW("wordpress.rest", "rest_route=%2fwp%2fv2%2f*"),
    ROW("wordpress.oembed", "rest_route=/oembed/*"),
    ROW("wordpress.oembed", "rest_route=%2foembed%2f*"),
    ROW("moin.action", "action=recall"),
    ROW("moin.action", "action=diff"),
    ROW("moin.action", "action=likepages"),
    ROW("moin.action", "action=localsitemap"),
    ROW("moin.action", "action=fullsearch"),
    ROW("login", "action=login*"),
    ROW("login", "action=logout"),
    ROW("login", "action=register"),
    ROW("login", "action=lostpassword"),
    ROW("login", "action=reminder"),
    ROW("forum.members", "action=profile"),
    ROW("forum.members", "action=mlist"),
    ROW("forum.tools", "action=sendtopic"),
    ROW("forum.tools", "action=emailuser"),
    ROW("forum.tools", "action=notify"),
    ROW("forum.tools", "action=reporttm"),
    ROW("forum.tools", "action=markasread"),
    ROW("forum.tools", "action=who"),
    ROW("print", "action=print"),
    ROW("print", "format=print"),
    ROW("print", "mode=print"),
    ROW("print", "do=print"),
    ROW("squarespace.twin", "format=json-pretty"),
    ROW("squarespace.twin", "format=main-content"),
    ROW("calendar.ical", "format=ical"),
    ROW("calendar.view", "view=calendar"),
    ROW("joomla.mailto", "option=com_mailto"),
    ROW("livejournal.style", "style=mine"),
};

/* Where a segment of the path begins, with the slash before it. */
static const struct row path_marks[] = {
    ROW("wordpress.login", "/wp-login.php"),
    ROW("wordpress.admin", "/wp-admin/"),
    ROW("wordpress.xmlrpc", "/xmlrpc.php"),
    ROW("wordpress.oembed", "/wp-json/oembed/"),
    ROW("wordpress.rest", "/wp-json/wp/v2/"),
    ROW("wordpress.quote-comment", "/quote-comment-"),
    ROW("wordpress.comment", "/jetpack-comment/"),
    ROW("blogger.statistics", "/b/stats"),
    ROW("forum.posting", "/posting.php"),
    ROW("forum.posting", "/newreply.php"),
    ROW("forum.posting", "/newthread.php"),
    ROW("forum.user-panel", "/ucp.php"),
    ROW("forum.members", "/memberlist.php"),
    ROW("forum.tools", "/sendmessage.php"),
    ROW("print", "/printthread.php"),
    ROW("forum.goto", "/goto/post"),
    ROW("xenforo.whats-new", "/whats-new/"),
    ROW("movabletype.trackback", "/mt-tb.cgi"),
    ROW("movabletype.comment", "/mt-comments.cgi"),
    ROW("movabletype.search", "/mt-search.cgi"),
    ROW("typepad.services", "/.services/"),
    ROW("tumblr.reblog", "/reblog/"),
    ROW("dokuwiki.media-manager", "/lib/exe/detail.php"),
    ROW("dokuwiki.indexer", "/lib/exe/taskrunner.php"),
    ROW("dokuwiki.indexer", "/lib/exe/indexer.php"),
    ROW("mediawiki.special", "/special:userlogin"),
    ROW("mediawiki.special", "/special:whatlinkshere"),
    ROW("mediawiki.special", "/special:recentchangeslinked"),
    ROW("mediawiki.special", "/special:mobilediff"),
    ROW("mediawiki.special", "/special:createaccount"),
    ROW("mediawiki.special", "/special:search"),
    ROW("mediawiki.special", "/special:log/"),
    ROW("mediawiki.special", "/special:random"),
    ROW("mediawiki.special", "/special:export"),
    ROW("mediawiki.special", "/special:allmessages"),
    ROW("mediawiki.special", "/special:citethispage"),
    ROW("mediawiki.special", "/special:preferences"),
    ROW("mediawiki.special", "/special:passwordreset"),
    ROW("mediawiki.special", "/special:my"),
    ROW("mediawiki.special", "/special:book"),
    ROW("mediawiki.special", "/special:apihelp"),
    ROW("mediawiki.api", "/api.php"),
    ROW("comment.reply", "/comment/reply/"),
    ROW("print", "/printpdf/"),
    ROW("print", "/printmail/"),
    ROW("joomla.mailto", "/component/mailto"),
    ROW("script.template", "/page/:page"),
    ROW("script.template", "/tagged/:tag"),
    ROW("script.template", "/page/%d"),
};

/* Anywhere in the path. */
static const struct row templates[] = {
    ROW("script.template", "page-%page%"), ROW("script.template", "{{"),
    ROW("script.template", "%7b%7b"),      ROW("script.template", "'+"),
    ROW("script.template", "%22+"),
};

/* What the path ends in. */
static const struct row path_ends[] = {
    ROW("trackback", "/trackback/"),     ROW("trackback", "/trackback"),
    ROW("tumblr.embed", "/embed"),       ROW("login", "/user/register"),
    ROW("login", "/forgot-password"),    ROW("login", "/lost-password"),
    ROW("login", "/oauth/authorize"),    ROW("login", "/user/password"),
    ROW("login", "/login_form"),         ROW("login", "/join_form"),
    ROW("login", "/mail_password_form"), ROW("share", "/sendto_form"),
    ROW("xenforo.goto", "/unread"),
};

/* The same on the site itself, where a query behind it says what is to be shared, printed or
 * answered. */
static const struct row asked_ends[] = {
    ROW("share", "/share"), ROW("share", "/share.php"), ROW("share", "/forward"),
    ROW("print", "/print"), ROW("print", "/print.php"), ROW("comment.reply", "/reply"),
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
    while (query.length && url_query_part(&query, &part))
        if (text_starts_nocase(part, name) &&
            (part.length == name.length || part.at[name.length] == '='))
            return true;
    return false;
}

static const char *place_trap(const struct traps *traps, const struct url *url)
{
    struct text host = url_host(url), path = url_path(url);
    if (text_starts(host, TEXT("www.")))
        host = text_skip(host, 4);
    if (word_set_at(&traps->hosts, host) < 0)
        return NULL;
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
    WORD("sort"),    WORD("order"),   WORD("orderby"), WORD("order_by"), WORD("sortby"),
    WORD("sort_by"), WORD("sortdir"), WORD("filter"),  WORD("facet"),
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
    while (url_query_part(&query, &part) && count < NAMES) {
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
static const char *parameter_trap(const struct traps *traps, struct text name,
                                  struct text parameter, bool *by_name)
{
    enum { REVISION_DIGITS = 9 };
    int known = word_set_equal(&traps->names, name);
    *by_name = known >= 0;
    if (known >= 0)
        return parameter_names[known].rule;
    for (size_t i = 0; word_set_begin(&traps->parameters, parameter) &&
                       i < sizeof parameters / sizeof *parameters;
         i++) {
        struct text wanted = parameters[i].text;
        bool begins = wanted.at[wanted.length - 1] == '*';
        wanted.length -= begins;
        if (begins ? text_starts_nocase(parameter, wanted) : text_equal_nocase(parameter, wanted))
            return parameters[i].rule;
    }
    bool revision = text_starts(parameter, TEXT("rev=")) && parameter.length > 4 + REVISION_DIGITS;
    return revision && number_in(text_skip(parameter, 4), 1, UINT64_MAX) ? "dokuwiki.old-revision"
                                                                         : NULL;
}

static const char *path_mark_trap(const struct traps *traps, const struct url *url,
                                  const struct path_segments *segments)
{
    struct text path = segments->path;
    for (size_t i = 0; i < segments->count; i++) {
        int known =
            word_set_at(&traps->marks, text_skip(path, (size_t)(segments->list[i].at - path.at)));
        if (known >= 0)
            return path_marks[known].rule;
    }
    /* A plain address has neither braces nor quotes. */
    int template =
        !url->plain || text_find_char(path, '%') >= 0 ? word_set_find(&traps->templates, path) : -1;
    return template <0 ? NULL : templates[template].rule;
}

static const char *end_trap(struct text path, const struct row *ends, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_ends_nocase(path, ends[i].text))
            return ends[i].rule;
    return NULL;
}

/* .../threads/x.1/post-77, /threads/x.1/latest: each leads to a place in a page of the thread. */
static bool is_place_in_thread(const struct path_segments *segments)
{
    size_t i = 0;
    while (i < segments->count && !text_equal(segments->list[i], TEXT("threads")))
        i++;
    for (i += 2; i < segments->count; i++)
        if (text_starts(segments->list[i], TEXT("post-")) ||
            (i + 1 == segments->count && text_equal(segments->list[i], TEXT("latest"))))
            return true;
    return false;
}

/* LiveJournal's single comments: /123.html?thread=9. */
static bool is_comment_of_entry(struct text path, struct text query)
{
    return text_ends(path, TEXT(".html")) &&
           (text_starts(query, TEXT("thread=")) || text_starts(query, TEXT("nc=")));
}

/* The columns of a server's own listing: ?C=N;O=D. */
static bool is_directory_order(struct text query)
{
    ptrdiff_t at = text_find(query, TEXT(";O="));
    return at >= 3 && text_starts(text_skip(query, (size_t)at - 3), TEXT("C="));
}

/* "board=3.0", "topic=71.0": list and offset in one, but the offset is none. */
static bool begins_list(struct text query)
{
    struct text part;
    while (url_query_part(&query, &part))
        if ((text_starts(part, TEXT("board=")) || text_starts(part, TEXT("topic="))) &&
            text_ends(part, TEXT(".0")))
            return true;
    return false;
}

static const char *query_trap(const struct traps *traps, struct text query)
{
    struct text rest = query, part;
    size_t count = 0, facets = 0, orders = 0;
    const char *by_value = NULL; /* what a name says is the better rule */
    bool mobile = false, dated = false;
    if (!query.length)
        return NULL;
    if (is_directory_order(query))
        return "directory.sort";
    /* A list in some order, or a part of it, may be paged through: forums write both into the
     * address. */
    bool pages = pagers_query(query) && !begins_list(query);
    while (url_query_part(&rest, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        bool by_name;
        const char *rule = parameter_trap(traps, name, part, &by_name);
        rule = pages && by_name && text_starts(text_of(rule), TEXT("forum.")) ? NULL : rule;
        if (rule && by_name)
            return rule;
        by_value = by_value ? by_value : rule;
        if (++count > PARAMETERS_MOST)
            return "url.too-many-parameters";
        mobile = mobile || text_equal(part, TEXT("m=1")) || text_equal(part, TEXT("m=0"));
        dated =
            dated || text_equal_nocase(name, TEXT("y")) || text_equal_nocase(name, TEXT("year"));
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

/* One choice more on top of two or more that the page was made with: choices can be joined without
 * end.  What pages through the chosen is none. */
static bool joins_choices(const struct url *page, const struct url *url)
{
    struct text chosen = url_query(page), query = url_query(url);
    return text_find_char(chosen, '&') >= 0 && text_starts(query, chosen) &&
           query.length > chosen.length && query.at[chosen.length] == '&' &&
           text_equal(url_path(page), url_path(url)) &&
           text_equal(url_authority(page), url_authority(url)) &&
           !pagers_query(text_skip(query, chosen.length + 1));
}

/* Pages that ask who you are. */
static bool is_login(const struct path_segments *segments)
{
    static const struct text names[] = {WORD("login"),   WORD("log-in"), WORD("signin"),
                                        WORD("sign-in"), WORD("logout"), WORD("signup"),
                                        WORD("sign-up")};
    struct text last = path_segments_last(segments);
    if (!last.length || !strchr("lLsS", last.at[0]))
        return false;
    ptrdiff_t point =
        text_find_char(last,
                       '.'); /* login.php is one, login.html may be what somebody writes about it */
    if (point > 0 && !text_starts(text_skip(last, (size_t)point), TEXT(".htm")))
        last = text_first(last, (size_t)point);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(last, names[i]))
            return true;
    return false;
}

/* Whether the value, escaped or not, is the address. */
static bool is_address(struct text value, struct text address)
{
    size_t at = 0;
    for (; value.length && at < address.length; at++) {
        bool escaped = value.length > 2 && value.at[0] == '%' && value.at[0] != address.at[at];
        int high = escaped ? hex_value(value.at[1]) : -1,
            low = escaped ? hex_value(value.at[2]) : -1;
        char c = high >= 0 && low >= 0 ? (char)(high << 4 | low) : value.at[0];
        if (c != address.at[at])
            return false;
        value = text_skip(value, c == value.at[0] ? 1 : 3);
    }
    return !value.length && at == address.length;
}

/* What is done at the address ends on the page at hand again: log in, like, report.  Each page has
 * its own. */
static bool comes_back(const struct url *page, struct text query)
{
    static const struct text names[] = {
        WORD("next"),        WORD("next_url"),     WORD("return"),      WORD("returnto"),
        WORD("return_to"),   WORD("returnurl"),    WORD("return_url"),  WORD("redirect"),
        WORD("redirect_to"), WORD("redirect_url"), WORD("redirecturl"), WORD("redirect_uri"),
        WORD("continue"),    WORD("came_from"),    WORD("back"),        WORD("backurl"),
        WORD("back_url"),    WORD("referer"),      WORD("referrer"),
    };
    struct text part;
    if (pagers_query(query))
        return false;
    while (url_query_part(&query, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = text_first(part, equals < 0 ? 0 : (size_t)equals),
                    value = text_skip(part, name.length + 1);
        for (size_t i = 0; name.length && i < COUNT(names); i++)
            if (text_equal_nocase(name, names[i]) &&
                (is_address(value, url_path(page)) || is_address(value, url_target(page)) ||
                 is_address(value, url_resource(page))))
                return true;
    }
    return false;
}

/* A segment, not a number, four times, or a group of up to four segments three times in a row:
 * /a/b/a/b/a/b. */
static bool loops(const struct path_segments *segments)
{
    enum { SEGMENTS_ALLOWED = 32, SEGMENTS_LEAST = 4 };
    const struct text *list = segments->list;
    size_t count = segments->count;
    if (count < SEGMENTS_LEAST)
        return false;
    if (count > SEGMENTS_ALLOWED)
        return true;
    for (size_t i = 0; i < count; i++) {
        uint64_t number;
        int same = 0;
        for (size_t j = i; j < count; j++)
            same += text_equal(list[i], list[j]);
        if (same < 2)
            continue; /* what is there once repeats in no group */
        if (same >= 4 && !text_to_number(list[i], &number))
            return true;
        for (size_t size = 2; size <= 4 && i + 3 * size <= count; size++) {
            bool repeats = true;
            for (size_t j = 0; repeats && j < 2 * size; j++)
                repeats = text_equal(list[i + j], list[i + j + size]);
            if (repeats && !text_to_number(list[i], &number))
                return true;
        }
    }
    return false;
}

/* /feeds/4711/comments/default: each post has one, and shows what is in it. */
static bool is_comment_feed(const struct path_segments *segments)
{
    uint64_t number;
    return segments->count > 3 && text_equal(segments->list[0], TEXT("feeds")) &&
           text_equal(segments->list[2], TEXT("comments")) &&
           text_to_number(segments->list[1], &number);
}

/* /2031/05/, /events/2031-05/: a calendar goes on for ever. */
static bool is_future_calendar(const struct path_segments *segments, int year)
{
    for (size_t i = 0; i < segments->count; i++) {
        struct text part = segments->list[i], month = text_skip(part, 4);
        bool dashed = month.length == 3 && month.at[0] == '-';
        if (!ascii_is_digit(part.at[0]) || (month.length && !dashed) ||
            !number_in(text_first(part, 4), (uint64_t)year + 2, 2199))
            continue;
        if (dashed || i + 1 == segments->count)
            return dashed || !segments->open;
        month = segments->list[i + 1];
        return month.length == 2 && number_in(month, 1, 12);
    }
    return false;
}

const char *traps_rule(const struct traps *traps, const struct url *page, const struct url *url,
                       const struct path_segments *segments, int year)
{
    struct text path = segments->path, query = url_query(url);
    if (url_resource(url).length > ADDRESS_MOST)
        return "url.too-long";
    const char *rule = query.length ? query_trap(traps, query) : NULL;
    if (!rule)
        rule = path_mark_trap(traps, url, segments);
    if (!rule && !text_equal(url_host(page), url_host(url)))
        rule = place_trap(traps, url);
    if (!rule && query.length)
        rule = duplicate_views_rule(page, url);
    if (!rule && query.length && joins_choices(page, url))
        rule = "url.facets";
    if (!rule && is_login(segments))
        rule = "login";
    if (!rule && word_set_equal(&traps->ends, path_segments_last(segments)) >= 0)
        rule = end_trap(segments->path, path_ends, COUNT(path_ends));
    if (!rule && query.length && text_equal(url_host(page), url_host(url)))
        rule = end_trap(segments->path, asked_ends, COUNT(asked_ends));
    if (!rule && query.length && is_comment_of_entry(path, query))
        rule = "livejournal.comment";
    if (!rule && is_comment_feed(segments))
        rule = "blogger.comment-feed";
    if (!rule && is_place_in_thread(segments))
        rule = "xenforo.goto";
    if (!rule && text_find_char(url_target(url), '%') >= 0 &&
        text_find(url_target(url), TEXT("%252525")) >= 0)
        rule = "url.escaped-again";
    if (!rule && query.length && comes_back(page, query))
        rule = "url.comes-back";
    if (!rule && is_future_calendar(segments, year))
        rule = "calendar.future";
    return rule ? rule : loops(segments) ? "url.path-loop" : NULL;
}

_Static_assert(COUNT(parameter_names) <= TRAP_ROWS_MOST && COUNT(parameters) <= TRAP_ROWS_MOST &&
                   COUNT(path_marks) <= TRAP_ROWS_MOST && COUNT(templates) <= TRAP_ROWS_MOST &&
                   COUNT(path_ends) <= TRAP_ROWS_MOST && COUNT(place_traps) <= TRAP_ROWS_MOST,
               "room for the words of a table");

bool traps_differ(struct text query)
{
    for (size_t i = 0; i < query.length; i++)
        if (query.at[i] == '&' || query.at[i] == '/' || query.at[i] == '%')
            return true;
    return text_starts_nocase(query, TEXT("do="));
}

static void init_words(struct word_set *words, struct text list[TRAP_ROWS_MOST],
                       const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list[i] = rows[i].text;
    word_set_init(words, list, count);
}

void traps_init(struct traps *traps)
{
    init_words(&traps->names, traps->name_list, parameter_names, COUNT(parameter_names));
    init_words(&traps->parameters, traps->parameter_list, parameters, COUNT(parameters));
    for (size_t i = 0; i < COUNT(path_marks); i++)
        traps->mark_list[i] = text_skip(path_marks[i].text, 1);
    word_set_init(&traps->marks, traps->mark_list, COUNT(path_marks));
    init_words(&traps->templates, traps->template_list, templates, COUNT(templates));
    for (size_t i = 0; i < COUNT(path_ends); i++) {
        struct path_segments segments;
        path_segments_split(&segments, path_ends[i].text);
        traps->end_list[i] = path_segments_last(&segments);
    }
    word_set_init(&traps->ends, traps->end_list, COUNT(path_ends));
    for (size_t i = 0; i < COUNT(place_traps); i++)
        traps->host_list[i] = place_traps[i].host;
    word_set_init(&traps->hosts, traps->host_list, COUNT(place_traps));
}
