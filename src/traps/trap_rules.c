/* The rules of known traps: tables of words, and functions for rules that need more than a word. */
#include <config.h>

#include "traps/trap_rules.h"

#include <string.h>

#include "series/pager_url.h"
#include "traps/duplicate_views.h"

enum { PARAMETERS_MOST = 24 };

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

/* clang-format off */
#define ROW(rule, text) {URL_RULE_##rule, WORD(text), false}
#define ROW_UNLESS_PAGED(rule, text) {URL_RULE_##rule, WORD(text), true}
/* clang-format on */
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

struct row {
    enum url_rule rule;
    struct text text;
    bool unless_paged; /* not a trap if the query also pages through a list */
};

/* Whole names of query parameters. */
static const struct row parameter_names[] = {
    /* Blogger */
    ROW(BLOGGER_TOGGLE, "toggle"),
    ROW(BLOGGER_TOGGLE, "toggleopen"),
    ROW(BLOGGER_REVERSE_PAGINATE, "reverse-paginate"),
    ROW(BLOGGER_SHOW_COMMENT, "showcomment"),
    ROW(BLOGGER_INTERSTITIAL, "interstitial"),
    /* WordPress and its shops */
    ROW(WORDPRESS_REPLYTOCOM, "replytocom"),
    ROW(WORDPRESS_LIKE_COMMENT, "like_comment"),
    ROW(WORDPRESS_BLACKHOLE, "blackhole"),
    ROW(SHOP_ADD_TO_CART, "add-to-cart"),
    ROW(SHOP_WISHLIST, "add_to_wishlist"),
    ROW(SHOP_WISHLIST, "add-to-wishlist"),
    /* MediaWiki */
    ROW(MEDIAWIKI_OLD_REVISION, "oldid"),
    ROW(MEDIAWIKI_DIFF, "diff"),
    ROW(MEDIAWIKI_REDLINK, "redlink"),
    ROW(MEDIAWIKI_PRINTABLE, "printable"),
    ROW(MEDIAWIKI_MOBILE, "mobileaction"),
    ROW(MEDIAWIKI_UNDO, "undo"),
    ROW(MEDIAWIKI_DUPLICATE_VIEW, "curid"),
    ROW(MEDIAWIKI_ACTION, "veaction"),
    ROW(MEDIAWIKI_FILTER, "hideminor"),
    ROW(MEDIAWIKI_FILTER, "hidebots"),
    ROW(MEDIAWIKI_FILTER, "hideanons"),
    ROW(MEDIAWIKI_FILTER, "hideliu"),
    ROW(MEDIAWIKI_FILTER, "hidemyself"),
    ROW(MEDIAWIKI_FILTER, "hidepatrolled"),
    ROW(MEDIAWIKI_FILTER, "hidepageedits"),
    ROW(MEDIAWIKI_FILTER, "hidecategorization"),
    ROW(MEDIAWIKI_FILTER, "hidetrans"),
    ROW(MEDIAWIKI_FILTER, "hidelinks"),
    ROW(MEDIAWIKI_FILTER, "hideredirs"),
    /* DokuWiki */
    ROW(DOKUWIKI_TOKEN, "sectok"),
    ROW(DOKUWIKI_OLD_REVISION, "rev2[]"),
    ROW(DOKUWIKI_OLD_REVISION, "rev2%5b0%5d"),
    ROW(DOKUWIKI_MEDIA_MANAGER, "tab_files"),
    ROW(DOKUWIKI_MEDIA_MANAGER, "tab_details"),
    /* Forums */
    ROW_UNLESS_PAGED(FORUM_HIGHLIGHT, "hilit"),
    ROW_UNLESS_PAGED(FORUM_HIGHLIGHT, "highlight"),
    ROW_UNLESS_PAGED(FORUM_DAYS, "daysprune"),
    ROW_UNLESS_PAGED(FORUM_SEARCH, "search_id"),
    ROW_UNLESS_PAGED(FORUM_SEARCH, "searchid"),
    /* Squarespace, TypePad, Drupal */
    ROW(SQUARESPACE_REVERSE_PAGINATE, "reversepaginate"),
    ROW(TYPEPAD_PREFETCH, "no_prefetch"),
    ROW(DRUPAL_DESTINATION, "destination"),
    /* anything */
    ROW(COMMENT_REPLY, "replyto"),
    ROW(SHARE, "share"),
    ROW(CALENDAR_ICAL, "ical"),
    ROW(PRINT, "print"),
};

/* Whole parameters with their values. A value ending in "*" matches any that begins so. */
static const struct row parameters[] = {
    ROW(COMMENT_REPLY, "mode=reply"),
    ROW(COMMENT_REPLY, "mode=quote"),
    ROW(FORUM_POSTING, "mode=post"),
    ROW(FORUM_GOTO, "goto=newpost"),
    ROW(FORUM_GOTO, "goto=lastpost"),
    ROW(FORUM_GOTO, "goto=nextnewest"),
    ROW(FORUM_GOTO, "goto=nextoldest"),
    ROW(FORUM_GOTO, "goto=unread"),
    ROW(FORUM_GOTO, "view=next"),
    ROW(FORUM_GOTO, "view=previous"),
    ROW(FORUM_GOTO, "view=unread"),
    ROW(FORUM_GOTO, "view=getnewpost"),
    ROW(FORUM_GOTO, "view=getlastpost"),
    ROW(FORUM_GOTO, "view=findpost"),
    ROW(FORUM_GOTO, "action=lastpost"),
    ROW(FORUM_GOTO, "action=newpost"),
    ROW(PRINT, "view=print"),
    ROW(PRINT, "action=printpage"),
    ROW(FORUM_POSTING, "do=newreply"),
    ROW(FORUM_POSTING, "do=newthread"),
    ROW(FORUM_POSTING, "do=postreply"),
    ROW(FORUM_POSTING, "action=reply"),
    ROW(FORUM_POSTING, "action=post"),
    ROW(FORUM_TOOLS, "do=whoposted"),
    ROW(FORUM_TOOLS, "do=sendtofriend"),
    ROW(FORUM_TOOLS, "do=markread"),
    ROW(FORUM_TOOLS, "do=addsubscription"),
    ROW(FORUM_TOOLS, "action=markread"),
    ROW(FORUM_TOOLS, "action=whoposted"),
    ROW(FORUM_TOOLS, "do=addlist"),
    ROW(MEDIAWIKI_ACTION, "action=edit"),
    ROW(MEDIAWIKI_ACTION, "action=raw"),
    ROW(MEDIAWIKI_ACTION, "action=purge"),
    ROW(MEDIAWIKI_ACTION, "action=info"),
    ROW(MEDIAWIKI_ACTION, "action=delete"),
    ROW(MEDIAWIKI_ACTION, "action=protect"),
    ROW(MEDIAWIKI_ACTION, "action=watch"),
    ROW(MEDIAWIKI_ACTION, "action=unwatch"),
    ROW(MEDIAWIKI_ACTION, "action=rollback"),
    ROW(MEDIAWIKI_ACTION, "action=submit"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:userlogin*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:whatlinkshere*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:recentchangeslinked*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:mobilediff*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:createaccount*"),
    ROW(DOKUWIKI_ACTION, "do=edit"),
    ROW(DOKUWIKI_ACTION, "do=login"),
    ROW(DOKUWIKI_ACTION, "do=media"),
    ROW(DOKUWIKI_ACTION, "do=backlink"),
    ROW(DOKUWIKI_ACTION, "do=diff"),
    ROW(DOKUWIKI_ACTION, "do=subscribe"),
    ROW(DOKUWIKI_ACTION, "do=resendpwd"),
    ROW(DOKUWIKI_ACTION, "do=register"),
    ROW(DOKUWIKI_ACTION, "do=export_*"),
    ROW(MEDIAWIKI_ACTION, "action=markpatrolled"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:search*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:log*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:random*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:export*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:allmessages*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:citethispage*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:preferences*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:passwordreset*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:my*"),
    ROW(MEDIAWIKI_SPECIAL, "title=special:book*"),
    ROW(DOKUWIKI_DUPLICATE_VIEW, "do="),
    ROW(WORDPRESS_REST, "rest_route=/wp/v2/*"),
    ROW(WORDPRESS_REST, "rest_route=%2fwp%2fv2%2f*"),
    ROW(WORDPRESS_OEMBED, "rest_route=/oembed/*"),
    ROW(WORDPRESS_OEMBED, "rest_route=%2foembed%2f*"),
    ROW(MOIN_ACTION, "action=recall"),
    ROW(MOIN_ACTION, "action=diff"),
    ROW(MOIN_ACTION, "action=likepages"),
    ROW(MOIN_ACTION, "action=localsitemap"),
    ROW(MOIN_ACTION, "action=fullsearch"),
    ROW(LOGIN, "action=login*"),
    ROW(LOGIN, "action=logout"),
    ROW(LOGIN, "action=register"),
    ROW(LOGIN, "action=lostpassword"),
    ROW(LOGIN, "action=reminder"),
    ROW(FORUM_MEMBERS, "action=profile"),
    ROW(FORUM_MEMBERS, "action=mlist"),
    ROW(FORUM_TOOLS, "action=sendtopic"),
    ROW(FORUM_TOOLS, "action=emailuser"),
    ROW(FORUM_TOOLS, "action=notify"),
    ROW(FORUM_TOOLS, "action=reporttm"),
    ROW(FORUM_TOOLS, "action=markasread"),
    ROW(FORUM_TOOLS, "action=who"),
    ROW(PRINT, "action=print"),
    ROW(PRINT, "format=print"),
    ROW(PRINT, "mode=print"),
    ROW(PRINT, "do=print"),
    ROW(SQUARESPACE_DUPLICATE_VIEW, "format=json-pretty"),
    ROW(SQUARESPACE_DUPLICATE_VIEW, "format=main-content"),
    ROW(CALENDAR_ICAL, "format=ical"),
    ROW(CALENDAR_VIEW, "view=calendar"),
    ROW(JOOMLA_MAILTO, "option=com_mailto"),
    ROW(LIVEJOURNAL_STYLE, "style=mine"),
};

/* The beginning of a segment of the path, with the slash before it. */
static const struct row path_marks[] = {
    ROW(WORDPRESS_LOGIN, "/wp-login.php"),
    ROW(WORDPRESS_ADMIN, "/wp-admin/"),
    ROW(WORDPRESS_XMLRPC, "/xmlrpc.php"),
    ROW(WORDPRESS_OEMBED, "/wp-json/oembed/"),
    ROW(WORDPRESS_REST, "/wp-json/wp/v2/"),
    ROW(WORDPRESS_QUOTE_COMMENT, "/quote-comment-"),
    ROW(WORDPRESS_COMMENT, "/jetpack-comment/"),
    ROW(BLOGGER_STATISTICS, "/b/stats"),
    ROW(FORUM_POSTING, "/posting.php"),
    ROW(FORUM_POSTING, "/newreply.php"),
    ROW(FORUM_POSTING, "/newthread.php"),
    ROW(FORUM_USER_PANEL, "/ucp.php"),
    ROW(FORUM_MEMBERS, "/memberlist.php"),
    ROW(FORUM_TOOLS, "/sendmessage.php"),
    ROW(PRINT, "/printthread.php"),
    ROW(FORUM_GOTO, "/goto/post"),
    ROW(XENFORO_WHATS_NEW, "/whats-new/"),
    ROW(MOVABLETYPE_TRACKBACK, "/mt-tb.cgi"),
    ROW(MOVABLETYPE_COMMENT, "/mt-comments.cgi"),
    ROW(MOVABLETYPE_SEARCH, "/mt-search.cgi"),
    ROW(TYPEPAD_SERVICES, "/.services/"),
    ROW(TUMBLR_REBLOG, "/reblog/"),
    ROW(DOKUWIKI_MEDIA_MANAGER, "/lib/exe/detail.php"),
    ROW(DOKUWIKI_INDEXER, "/lib/exe/taskrunner.php"),
    ROW(DOKUWIKI_INDEXER, "/lib/exe/indexer.php"),
    ROW(MEDIAWIKI_SPECIAL, "/special:userlogin"),
    ROW(MEDIAWIKI_SPECIAL, "/special:whatlinkshere"),
    ROW(MEDIAWIKI_SPECIAL, "/special:recentchangeslinked"),
    ROW(MEDIAWIKI_SPECIAL, "/special:mobilediff"),
    ROW(MEDIAWIKI_SPECIAL, "/special:createaccount"),
    ROW(MEDIAWIKI_SPECIAL, "/special:search"),
    ROW(MEDIAWIKI_SPECIAL, "/special:log/"),
    ROW(MEDIAWIKI_SPECIAL, "/special:random"),
    ROW(MEDIAWIKI_SPECIAL, "/special:export"),
    ROW(MEDIAWIKI_SPECIAL, "/special:allmessages"),
    ROW(MEDIAWIKI_SPECIAL, "/special:citethispage"),
    ROW(MEDIAWIKI_SPECIAL, "/special:preferences"),
    ROW(MEDIAWIKI_SPECIAL, "/special:passwordreset"),
    ROW(MEDIAWIKI_SPECIAL, "/special:my"),
    ROW(MEDIAWIKI_SPECIAL, "/special:book"),
    ROW(MEDIAWIKI_SPECIAL, "/special:apihelp"),
    ROW(MEDIAWIKI_API, "/api.php"),
    ROW(COMMENT_REPLY, "/comment/reply/"),
    ROW(PRINT, "/printpdf/"),
    ROW(PRINT, "/printmail/"),
    ROW(JOOMLA_MAILTO, "/component/mailto"),
    ROW(SCRIPT_TEMPLATE, "/page/:page"),
    ROW(SCRIPT_TEMPLATE, "/tagged/:tag"),
    ROW(SCRIPT_TEMPLATE, "/page/%d"),
};

/* Anywhere in the path. */
static const struct row templates[] = {
    ROW(SCRIPT_TEMPLATE, "page-%page%"), ROW(SCRIPT_TEMPLATE, "{{"),
    ROW(SCRIPT_TEMPLATE, "%7b%7b"),      ROW(SCRIPT_TEMPLATE, "'+"),
    ROW(SCRIPT_TEMPLATE, "%22+"),
};

/* The end of the path. */
static const struct row path_ends[] = {
    ROW(TRACKBACK, "/trackback/"),  ROW(TRACKBACK, "/trackback"),      ROW(TUMBLR_EMBED, "/embed"),
    ROW(LOGIN, "/user/register"),   ROW(LOGIN, "/forgot-password"),    ROW(LOGIN, "/lost-password"),
    ROW(LOGIN, "/oauth/authorize"), ROW(LOGIN, "/user/password"),      ROW(LOGIN, "/login_form"),
    ROW(LOGIN, "/join_form"),       ROW(LOGIN, "/mail_password_form"), ROW(SHARE, "/sendto_form"),
    ROW(XENFORO_GOTO, "/unread"),
};

/* The same on the site itself, where the query says what is to be shared, printed or replied to. */
static const struct row asked_ends[] = {
    ROW(SHARE, "/share"), ROW(SHARE, "/share.php"), ROW(SHARE, "/forward"),
    ROW(PRINT, "/print"), ROW(PRINT, "/print.php"), ROW(COMMENT_REPLY, "/reply"),
};

/* A host and the beginning of the path. "*." before the host also covers everything below it. */
static const struct place_trap {
    enum url_rule rule;
    struct text host, path;
} place_traps[] = {
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/rearrange")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/post-edit.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/email-post.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/share-post.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/navbar.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/comment.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/blog-this.g")},
    {URL_RULE_BLOGGER_TOOLS, WORD("blogger."), WORD("/delete-comment.g")},
    {URL_RULE_SHARE, WORD("twitter.com"), WORD("/share")},
    {URL_RULE_SHARE, WORD("twitter.com"), WORD("/intent/")},
    {URL_RULE_SHARE, WORD("facebook.com"), WORD("/sharer")},
    {URL_RULE_SHARE, WORD("facebook.com"), WORD("/dialog/")},
    {URL_RULE_SHARE, WORD("linkedin.com"), WORD("/sharearticle")},
    {URL_RULE_SHARE, WORD("pinterest.com"), WORD("/pin/create/")},
    {URL_RULE_SHARE, WORD("reddit.com"), WORD("/submit")},
    {URL_RULE_SHARE, WORD("tumblr.com"), WORD("/share")},
    {URL_RULE_SHARE, WORD("vk.com"), WORD("/share.php")},
    {URL_RULE_SHARE, WORD("t.me"), WORD("/share/")},
    {URL_RULE_SHARE, WORD("getpocket.com"), WORD("/save")},
    {URL_RULE_SHARE, WORD("addtoany.com"), WORD("/")},
    {URL_RULE_SHARE, WORD("api.whatsapp.com"), WORD("/send")},
    {URL_RULE_TRACKER, WORD("ad.doubleclick.net"), WORD("/")},
    {URL_RULE_TRACKER, WORD("sb.scorecardresearch.com"), WORD("/")},
    {URL_RULE_TRACKER, WORD("pixel.quantserve.com"), WORD("/")},
    {URL_RULE_TRACKER, WORD("px.srvcs.tumblr.com"), WORD("/")},
    {URL_RULE_TRACKER, WORD("google-analytics.com"), WORD("/collect")},
    {URL_RULE_TRACKER, WORD("google-analytics.com"), WORD("/__utm.gif")},
    {URL_RULE_TRACKER, WORD("pixel.wp.com"), WORD("/")},
    {URL_RULE_TRACKER, WORD("stats.wordpress.com"), WORD("/")},
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

static enum url_rule place_trap(const struct traps *traps, const struct url *url)
{
    struct text host = url_host(url), path = url_path(url);
    if (text_starts(host, TEXT("www.")))
        host = text_skip(host, 4);
    if (word_set_at(&traps->hosts, host) < 0)
        return URL_RULE_NONE;
    for (size_t i = 0; i < sizeof place_traps / sizeof *place_traps; i++) {
        const struct place_trap *trap = &place_traps[i];
        /* "blogger." means that name under any top-level domain. */
        bool any_domain = trap->host.at[trap->host.length - 1] == '.';
        bool here = any_domain ? text_starts(host, trap->host) &&
                                     text_find_char(text_skip(host, trap->host.length), '.') < 0
                               : text_equal(host, trap->host);
        if (here && text_starts_nocase(path, trap->path))
            return trap->rule;
    }
    return URL_RULE_NONE;
}

/* The same list in another order, or a part of it. A reader of the archive can do without these. */
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

/* Whether a parameter appears twice in the query with different values. */
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

/* The rule for one parameter. The number of a revision is a time in seconds, with ten digits. */
static enum url_rule parameter_trap(const struct traps *traps, struct text name,
                                    struct text parameter, bool pages, bool *by_name)
{
    enum { REVISION_DIGITS = 9 };
    int known = word_set_equal(&traps->names, name);
    *by_name = known >= 0;
    if (known >= 0)
        return pages && parameter_names[known].unless_paged ? URL_RULE_NONE
                                                            : parameter_names[known].rule;
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
    return revision && number_in(text_skip(parameter, 4), 1, UINT64_MAX)
               ? URL_RULE_DOKUWIKI_OLD_REVISION
               : URL_RULE_NONE;
}

static enum url_rule path_mark_trap(const struct traps *traps, const struct url *url,
                                    const struct path_segments *segments)
{
    struct text path = segments->path;
    for (size_t i = 0; i < segments->count; i++) {
        int known =
            word_set_at(&traps->marks, text_skip(path, (size_t)(segments->list[i].at - path.at)));
        if (known >= 0)
            return path_marks[known].rule;
    }
    /* A normal URL has no braces or quotes. */
    int template =
        !url->plain || text_find_char(path, '%') >= 0 ? word_set_find(&traps->templates, path) : -1;
    return template <0 ? URL_RULE_NONE : templates[template].rule;
}

static enum url_rule end_trap(struct text path, const struct row *ends, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_ends_nocase(path, ends[i].text))
            return ends[i].rule;
    return URL_RULE_NONE;
}

/* .../threads/x.1/post-77, /threads/x.1/latest: each leads to a place on a page of the thread. */
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

/* The columns of a web server's directory listing: ?C=N;O=D. */
static bool is_directory_order(struct text query)
{
    ptrdiff_t at = text_find(query, TEXT(";O="));
    return at >= 3 && text_starts(text_skip(query, (size_t)at - 3), TEXT("C="));
}

/* "board=3.0", "topic=71.0": list and offset in one, and the offset is zero. */
static bool begins_list(struct text query)
{
    struct text part;
    while (url_query_part(&query, &part))
        if ((text_starts(part, TEXT("board=")) || text_starts(part, TEXT("topic="))) &&
            text_ends(part, TEXT(".0")))
            return true;
    return false;
}

static enum url_rule query_trap(const struct traps *traps, struct text query)
{
    struct text rest = query, part;
    size_t count = 0, facets = 0, orders = 0;
    /* a rule for the name is better than one for the value */
    enum url_rule by_value = URL_RULE_NONE;
    bool mobile = false, dated = false;
    if (!query.length)
        return URL_RULE_NONE;
    if (is_directory_order(query))
        return URL_RULE_DIRECTORY_SORT;
    /* A list in some order, or a part of it, may have pages: forums write both into the URL. */
    bool pages = pager_url_query(query) && !begins_list(query);
    while (url_query_part(&rest, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        bool by_name;
        enum url_rule rule = parameter_trap(traps, name, part, pages, &by_name);
        if (rule && by_name)
            return rule;
        by_value = by_value ? by_value : rule;
        if (++count > PARAMETERS_MOST)
            return URL_RULE_URL_TOO_MANY_PARAMETERS;
        mobile = mobile || text_equal(part, TEXT("m=1")) || text_equal(part, TEXT("m=0"));
        dated =
            dated || text_equal_nocase(name, TEXT("y")) || text_equal_nocase(name, TEXT("year"));
        facets += text_starts_nocase(name, TEXT("f[")) || text_starts_nocase(name, TEXT("f%5B"));
        orders += is_order_name(name);
    }
    if (by_value)
        return by_value;
    if (mobile && !dated) /* ?y=2021&m=1 is January */
        return URL_RULE_BLOGGER_MOBILE;
    if (facets > 1 && !pages)
        return URL_RULE_URL_FACETS;
    if (count > 1 && !pages && repeats_name(query))
        return URL_RULE_URL_REPEATED_PARAMETER;
    if (orders && !pages)
        return URL_RULE_URL_ORDER;
    /* The widget's toggles are a trap. Its lists of titles (action=getTitles) are not. */
    if (query_names(query, TEXT("widgettype")) && !contains(query, "action=gettitles"))
        return URL_RULE_BLOGGER_WIDGET_ARCHIVE;
    return contains(query, "amp;amp;") ? URL_RULE_URL_ESCAPED_AGAIN : URL_RULE_NONE;
}

/* One more filter on a page that already has two or more. Filters can be combined without end. A
 * link that pages through the filtered list is not meant. */
static bool joins_choices(const struct url *page, const struct url *url)
{
    struct text chosen = url_query(page), query = url_query(url);
    return text_find_char(chosen, '&') >= 0 && text_starts(query, chosen) &&
           query.length > chosen.length && query.at[chosen.length] == '&' &&
           text_equal(url_path(page), url_path(url)) &&
           text_equal(url_authority(page), url_authority(url)) &&
           !pager_url_query(text_skip(query, chosen.length + 1));
}

/* Pages that ask visitors to log in. */
static bool is_login(const struct path_segments *segments)
{
    static const struct text names[] = {WORD("login"),   WORD("log-in"), WORD("signin"),
                                        WORD("sign-in"), WORD("logout"), WORD("signup"),
                                        WORD("sign-up")};
    struct text last = path_segments_last(segments);
    if (!last.length || !strchr("lLsS", last.at[0]))
        return false;
    /* login.php is a login page; login.html may be an article about one. */
    ptrdiff_t point = text_find_char(last, '.');
    if (point > 0 && !text_starts(text_skip(last, (size_t)point), TEXT(".htm")))
        last = text_first(last, (size_t)point);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(last, names[i]))
            return true;
    return false;
}

/* Whether the value, percent-encoded or not, is the URL. */
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

/* Actions that return to the current page: log in, like, report. Each page has its own. */
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
    if (pager_url_query(query))
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

/* A segment that is not a number occurs four times, or a group of up to four segments repeats three
 * times in a row: /a/b/a/b/a/b. */
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
            continue; /* a segment that occurs once repeats in no group */
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

/* /feeds/4711/comments/default: each post has one, and the post already shows what it contains. */
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

enum url_rule traps_rule(const struct traps *traps, const struct url *page, const struct url *url,
                         const struct path_segments *segments, int year)
{
    struct text path = segments->path, query = url_query(url);
    if (url_resource(url).length > URL_USABLE)
        return URL_RULE_URL_TOO_LONG;
    enum url_rule rule = query.length ? query_trap(traps, query) : URL_RULE_NONE;
    if (!rule)
        rule = path_mark_trap(traps, url, segments);
    if (!rule && !text_equal(url_host(page), url_host(url)))
        rule = place_trap(traps, url);
    if (!rule && query.length)
        rule = duplicate_views_rule(page, url);
    if (!rule && query.length && joins_choices(page, url))
        rule = URL_RULE_URL_FACETS;
    if (!rule && is_login(segments))
        rule = URL_RULE_LOGIN;
    if (!rule && word_set_equal(&traps->ends, path_segments_last(segments)) >= 0)
        rule = end_trap(segments->path, path_ends, COUNT(path_ends));
    if (!rule && query.length && text_equal(url_host(page), url_host(url)))
        rule = end_trap(segments->path, asked_ends, COUNT(asked_ends));
    if (!rule && query.length && is_comment_of_entry(path, query))
        rule = URL_RULE_LIVEJOURNAL_COMMENT;
    if (!rule && is_comment_feed(segments))
        rule = URL_RULE_BLOGGER_COMMENT_FEED;
    if (!rule && is_place_in_thread(segments))
        rule = URL_RULE_XENFORO_GOTO;
    if (!rule && text_find_char(url_target(url), '%') >= 0 &&
        text_find(url_target(url), TEXT("%252525")) >= 0)
        rule = URL_RULE_URL_ESCAPED_AGAIN;
    if (!rule && query.length && comes_back(page, query))
        rule = URL_RULE_URL_COMES_BACK;
    if (!rule && is_future_calendar(segments, year))
        rule = URL_RULE_CALENDAR_FUTURE;
    return rule ? rule : loops(segments) ? URL_RULE_URL_PATH_LOOP : URL_RULE_NONE;
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
