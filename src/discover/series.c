#include <config.h>

#include "discover/series.h"

#include <string.h>

enum {
    YEAR_FIRST = 1990,
    ARCHIVE_TEXT_BYTES = 30,
    ADDRESS_MOST = 8192,
    PARAMETERS_MOST = 24,
};

static bool contains(struct text text, const char *word)
{
    return text_find_nocase(text, text_of(word)) >= 0;
}

static bool number_in(struct text text, uint64_t from, uint64_t to)
{
    uint64_t number;
    return text_to_number(text, &number) && number >= from && number <= to;
}

/* ---- traps ------------------------------------------------------------------------------------------------- */

/* Whole names of query parameters. */
static const struct text query_trap_names[] = {
    WORD("toggle"), WORD("toggleopen"), WORD("reverse-paginate"), WORD("showcomment"), WORD("replytocom"),
    WORD("like_comment"), WORD("add-to-cart"), WORD("oldid"), WORD("diff"), WORD("redlink"), WORD("printable"),
    WORD("replyto"), WORD("share"), WORD("no_prefetch"), WORD("ical"), WORD("blackhole"), WORD("mobileaction"),
    WORD("undo"), WORD("curid"), WORD("sectok"), WORD("hilit"), WORD("highlight"),
    WORD("daysprune"), WORD("interstitial"), WORD("print"),
};
static const char *const query_trap_rules[] = {
    "blogger.toggle", "blogger.toggle", "blogger.reverse-paginate", "blogger.show-comment", "wordpress.replytocom",
    "wordpress.like-comment", "shop.add-to-cart", "mediawiki.old-revision", "mediawiki.diff", "mediawiki.redlink",
    "mediawiki.printable", "comment.reply", "share", "typepad.prefetch", "calendar.ical", "wordpress.blackhole",
    "mediawiki.mobile", "mediawiki.undo", "mediawiki.twin", "dokuwiki.token", "forum.highlight",
    "forum.highlight", "forum.days", "blogger.interstitial", "print",
};

/* Anywhere in the path. */
static const struct text path_trap_marks[] = {
    WORD("/wp-login.php"), WORD("/wp-admin/"), WORD("/xmlrpc.php"), WORD("/wp-json/oembed/"), WORD("/quote-comment-"),
    WORD("/posting.php"), WORD("/ucp.php"), WORD("/jetpack-comment/"), WORD("/mt-tb.cgi"), WORD("/mt-comments.cgi"),
    WORD("/.services/"), WORD("/page/:page"), WORD("page-%page%"), WORD("/tagged/:tag"), WORD("/reblog/"), WORD("{{"), WORD("%7b%7b"), WORD("/page/%d"), WORD("'+"), WORD("%22+"),
};
static const char *const path_trap_rules[] = {
    "wordpress.login", "wordpress.admin", "wordpress.xmlrpc", "wordpress.oembed", "wordpress.quote-comment",
    "forum.posting", "forum.user-panel", "wordpress.comment", "movabletype.trackback", "movabletype.comment",
    "typepad.services", "script.template", "script.template", "script.template", "tumblr.reblog", "script.template", "script.template", "script.template", "script.template",
    "script.template",
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

static const char *query_trap(const struct series *series, struct text query)
{
    struct text rest = query, part;
    size_t parameters = 0, facets = 0, orders = 0;
    bool mobile = false, dated = false;
    if (!query.length)
        return NULL;
    /* A list in some order, or a part of it, may be paged through: forums write both into the address. */
    bool pages = pagers_query(query);
    while (text_split(&rest, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        int known = words_equal(&series->query_traps, name);
        if (known >= 0 && !(pages && text_starts(text_of(query_trap_rules[known]), TEXT("forum."))))
            return query_trap_rules[known];
        if (++parameters > PARAMETERS_MOST)
            return "url.too-many-parameters";
        if (text_equal(part, TEXT("mode=reply")))
            return "comment.reply";
        if (part.length == 7 && text_starts(part, TEXT("C=")) && text_starts(text_skip(part, 3), TEXT(";O=")))
            return "directory.sort";
        mobile = mobile || text_equal(part, TEXT("m=1")) || text_equal(part, TEXT("m=0"));
        dated = dated || text_equal_nocase(name, TEXT("y")) || text_equal_nocase(name, TEXT("year"));
        facets += text_starts_nocase(name, TEXT("f[")) || text_starts_nocase(name, TEXT("f%5B"));
        orders += is_order_name(name);
    }
    if (mobile && !dated) /* ?y=2021&m=1 is January */
        return "blogger.mobile";
    if (facets > 1 && !pages)
        return "url.facets";
    if (parameters > 1 && !pages && repeats_name(query))
        return "url.repeated-parameter";
    if (orders && !pages)
        return "url.order";
    /* The widget's toggles are a trap, its lists of titles (action=getTitles) are not. */
    if (query_names(query, TEXT("widgettype")) && !contains(query, "action=gettitles"))
        return "blogger.widget-archive";
    if (contains(query, "action=edit") || contains(query, "action=raw") || contains(query, "action=purge"))
        return "mediawiki.action";
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

const char *series_trap(const struct series *series, const struct url *page, const struct url *url, int year)
{
    struct text path = url_path(url);
    if (url_resource(url).length > ADDRESS_MOST)
        return "url.too-long";
    const char *rule = query_trap(series, url_query(url));
    int known = words_find(&series->path_traps, path);
    if (!rule && known >= 0)
        rule = path_trap_rules[known];
    if (!rule && !text_equal(url_host(page), url_host(url)))
        rule = place_trap(url);
    if (!rule && joins_choices(page, url))
        rule = "url.facets";
    if (!rule && path.length > 5 && is_login(path))
        rule = "login";
    if (!rule && url_query(url).length && text_ends_nocase(path, TEXT("/reply")))
        rule = "comment.reply";
    if (!rule && text_find_char(path, '%') >= 0 && text_find(path, TEXT("%252525")) >= 0)
        rule = "url.escaped-again";
    if (!rule && path.length > 5 && text_has_digit(path) && is_future_calendar(path, year))
        rule = "calendar.future";
    return rule ? rule : path.length > 8 && loops(path) ? "url.path-loop" : NULL;
}

/* ---- archives ---------------------------------------------------------------------------------------------- */

static bool is_year(struct text text, int year)
{
    return text.length == 4 && number_in(text, YEAR_FIRST, (uint64_t)year + 1);
}

/* "2021_06_01_archive.html", "2021_06_archive.html" of old Blogger blogs. */
static bool is_old_blogger_archive(struct text name, int year)
{
    return text_ends(name, TEXT("_archive.html")) && name.length >= 20 && is_year(text_first(name, 4), year) &&
           name.at[4] == '_' && number_in((struct text){name.at + 5, 2}, 1, 12);
}

/* "2021-06", "2021_06", "202106" with or without an extension: a month in one segment. */
static bool is_joined_month(struct text name, int year)
{
    ptrdiff_t point = text_find_char(name, '.');
    name = point < 0 ? name : text_first(name, (size_t)point);
    struct text month = text_skip(name, name.length == 7 ? 5 : 4);
    bool joined = name.length == 6 || (name.length == 7 && (name.at[4] == '-' || name.at[4] == '_'));
    return joined && is_year(text_first(name, 4), year) && number_in(month, 1, 12);
}

/* "06", "6", "Jun", "june". */
static bool is_month(struct text text)
{
    static const struct text names[] = {WORD("january"), WORD("february"), WORD("march"), WORD("april"), WORD("may"), WORD("june"),
                                        WORD("july"), WORD("august"), WORD("september"), WORD("october"), WORD("november"),
                                        WORD("december")};
    if (text.length <= 2)
        return number_in(text, 1, 12);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(text, names[i]) || text_equal_nocase(text, text_first(names[i], 3)))
            return true;
    return false;
}

/* The path's last segment, or the one before "index.html". */
static struct text last_segment(struct text path)
{
    static const struct text indexes[] = {WORD("/index.html"), WORD("/index.htm"), WORD("/index.php")};
    bool file = path.length > 4 && path.at[path.length - 1] != '/' &&
                (path.at[path.length - 4] == '.' || path.at[path.length - 5] == '.');
    for (size_t i = 0; file && i < sizeof indexes / sizeof *indexes; i++)
        if (text_ends_nocase(path, indexes[i]))
            path.length -= indexes[i].length;
    while (path.length && path.at[path.length - 1] == '/')
        path.length--;
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    return text_skip(path, from);
}

bool series_is_archive_path(struct text path, int year)
{
    static const struct text names[] = {WORD("archives"), WORD("archive"), WORD("archives.html"), WORD("archive.html"),
                                        WORD("archives.php"), WORD("archives.htm"), WORD("archive.htm")};
    struct text part, last = last_segment(path), week;
    int step = 0; /* 0: before the year, 1: year, 2: month, 3: day */
    bool other = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(last, names[i]))
            return true;
    if (!text_has_digit(path))
        return false;
    if (is_old_blogger_archive(last, year) || is_joined_month(last, year))
        return true;
    path = text_first(path, (size_t)(last.at - path.at) + last.length);
    while (text_split(&path, '/', &part)) {
        if (!part.length)
            continue;
        week = text_skip(part, 4);
        if (step == 0 && is_year(part, year))
            step = 1;
        else if (step == 1 && is_month(part))
            step = 2;
        else if (step == 1 && text_starts(part, TEXT("week")) && number_in(week, 1, 53))
            step = 3;
        else if (step == 2 && part.length <= 2 && number_in(part, 1, 31))
            step = 3;
        else if (step > 0)
            other = true;
    }
    return step > 0 && !other;
}

/* ?m=202106, ?year=2021, ?archive=2021-06. */
static bool is_archive_query(struct text query, int year)
{
    static const char *const names[] = {"m=", "archive=", "year=", "month=", "yr=", "y=", "record=", "yearmonth=", "date="};
    struct text part;
    while (text_split(&query, '&', &part))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct text value = text_skip(part, strlen(names[i]));
            if (text_starts_nocase(part, text_of(names[i])) && value.length >= 4 && value.length <= 8 &&
                is_year(text_first(value, 4), year) && (names[i][0] != 'd' || is_joined_month(value, year)))
                return true;
        }
    return false;
}

/* /2021/06/name or /2021/06/04/name: a post, whatever links to it. */
static bool is_dated_post(struct text path, int year)
{
    struct text part;
    int step = 0;
    if (!text_has_digit(path))
        return false;
    while (text_split(&path, '/', &part)) {
        if (!part.length)
            continue;
        if (step == 0 && is_year(part, year))
            step = 1;
        else if (step == 1 && part.length == 2 && number_in(part, 1, 12))
            step = 2;
        else if (step == 2 && !(part.length <= 2 && number_in(part, 1, 31)))
            return !text_equal(part, TEXT("page"));
    }
    return false;
}

/* The number that a segment of digits only is; 0 for any other. */
static int digits_of(struct text text)
{
    uint64_t number;
    return text.length <= 4 && text_to_number(text, &number) ? (int)number : 0;
}

bool series_is_bare_date(struct text path)
{
    if (path.length > 1 && path.at[path.length - 1] == '/')
        path.length--;
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    struct text last = text_skip(path, from);
    bool date = last.length > 0;
    for (size_t i = 0; date && i < last.length; i++)
        date = ascii_is_digit(last.at[i]) || last.at[i] == '-';
    return date && (last.length <= 2 ? from > 1 && ascii_is_digit(path.at[from - 2]) : last.length >= 7 && last.at[4] == '-');
}

bool series_is_topic(const struct url *url)
{
    static const char *const segments[] = {"label", "labels", "tag", "tags", "category", "categories", "topic", "topics",
                                           "author", "authors", "tagged"};
    static const char *const parameters[] = {"cat=", "tag=", "author=", "category="};
    struct text path = url_path(url), query = url_query(url), part;
    while (text_split(&path, '/', &part))
        for (size_t i = 0; path.length && i < sizeof segments / sizeof *segments; i++)
            if (text_equal_nocase(part, text_of(segments[i])))
                return true; /* and something stands behind it */
    while (text_split(&query, '&', &part))
        for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
            if (text_starts_nocase(part, text_of(parameters[i])))
                return true;
    return false;
}

int series_period(const struct url *url, int year)
{
    struct text path = url_path(url), part;
    int numbers[3] = {0}, count = 0;
    if (url_query(url).length || !series_is_archive_path(path, year))
        return 0;
    while (count < 3 && text_split(&path, '/', &part)) {
        if (is_old_blogger_archive(part, year)) {
            bool day = part.at[7] == '_' && part.at[8] != 'a';
            return digits_of(text_first(part, 4)) * 10000 + digits_of((struct text){part.at + 5, 2}) * 100 +
                   (day ? digits_of((struct text){part.at + 8, 2}) : 0);
        }
        if (count ? digits_of(part) > 0 : is_year(part, year))
            numbers[count++] = digits_of(part);
    }
    return numbers[0] * 10000 + numbers[1] * 100 + numbers[2];
}

int series_cursor(const struct url *url)
{
    static const char *const names[] = {"updated-max=", "published-max=", "before=", "max-date="};
    struct text query = url_query(url), part;
    while (query.length && text_split(&query, '&', &part))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct text value = text_skip(part, strlen(names[i]));
            if (text_starts_nocase(part, text_of(names[i])) && value.length >= 10 && value.at[4] == '-' && value.at[7] == '-')
                return digits_of(text_first(value, 4)) * 10000 + digits_of((struct text){value.at + 5, 2}) * 100 +
                       digits_of((struct text){value.at + 8, 2});
        }
    return 0;
}

bool series_names_archive(struct text name)
{
    return contains(name, "archive") || contains(name, "monthly");
}

/* ---- the judgement ------------------------------------------------------------------------------------------ */

static bool has_rel(struct text rel, const char *wanted)
{
    struct text word;
    while (text_split(&rel, ' ', &word))
        if (text_equal_nocase(word, text_of(wanted)))
            return true;
    return false;
}

/* A list of dated archives may be paged through itself: its pager stands inside it. */
static bool is_listed_archive(const struct anchor *anchor, struct text path, struct text query)
{
    return anchor->in_archive && anchor->text.length <= ARCHIVE_TEXT_BYTES && text_has_digit(anchor->text) && text_has_digit(path) &&
           !pagers_path(path) && !pagers_query(query);
}

struct series_judgement series_judge(struct series *series, const struct url *page, const struct url *link,
                                     const struct anchor *anchor, int year)
{
    struct text path = url_path(link), query = url_query(link);
    struct series_judgement judgement = {.class = LINK_PAGE, .certainty = LINK_CERTAIN};
    if (!url_same_site(page, link))
        return judgement;
    if ((!query.length && series_is_archive_path(path, year)) || (is_archive_query(query, year) && !pagers_query(query))) {
        judgement.class = LINK_ARCHIVE;
        return judgement;
    }
    /* The neighbour of a post is a post, though the pager's names are on the link. */
    if (is_dated_post(path, year) && pagers_path(path) < PAGE_NAMED && !pagers_query(query))
        return judgement;
    if (has_rel(anchor->rel, "archives") || is_listed_archive(anchor, path, query)) {
        judgement.class = LINK_ARCHIVE;
        return judgement;
    }
    judgement.marks = pagers_judge(&series->pagers, page, link, anchor);
    if (has_rel(anchor->rel, "next") || has_rel(anchor->rel, "prev") || has_rel(anchor->rel, "previous")) {
        judgement.class = LINK_PAGER;
        judgement.marks.direction = DIRECTION_ALONE;
    } else if (judgement.marks.points >= POINTS_POSSIBLE) {
        judgement.class = LINK_PAGER;
        judgement.certainty = judgement.marks.points >= POINTS_CERTAIN ? LINK_CERTAIN : LINK_POSSIBLE;
    }
    return judgement;
}

void series_init(struct series *series)
{
    pagers_init(&series->pagers);
    words_init(&series->path_traps, path_trap_marks, sizeof path_trap_marks / sizeof *path_trap_marks);
    words_init(&series->query_traps, query_trap_names, sizeof query_trap_names / sizeof *query_trap_names);
}
