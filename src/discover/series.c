#include <config.h>

#include "discover/series.h"

#include <string.h>

enum { YEAR_FIRST = 1990, TEXT_SHORT = 30, POINTS_CERTAIN = 3, POINTS_POSSIBLE = 2 };

static bool contains(struct text text, const char *word)
{
    return text_find_nocase(text, text_of(word)) >= 0;
}

/* ---- traps ------------------------------------------------------------------------------------------------- */

enum trap_where { HOST_AND_PATH, PATH_HAS, PATH_ENDS, QUERY_NAME, QUERY_HAS };

static const struct trap {
    const char *rule;
    enum trap_where where;
    const char *mark;
} traps[] = {
    {"blogger.toggle", QUERY_NAME, "toggle"},
    {"blogger.toggle", QUERY_NAME, "toggleopen"},
    {"blogger.reverse-paginate", QUERY_NAME, "reverse-paginate"},
    {"blogger.show-comment", QUERY_NAME, "showcomment"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/rearrange"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/post-edit.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/email-post.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/share-post.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/navbar.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/comment.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/blog-this.g"},
    {"blogger.tools", HOST_AND_PATH, "blogger.*/delete-comment.g"},
    {"wordpress.replytocom", QUERY_NAME, "replytocom"},
    {"wordpress.like-comment", QUERY_NAME, "like_comment"},
    {"wordpress.login", PATH_HAS, "/wp-login.php"},
    {"wordpress.admin", PATH_HAS, "/wp-admin/"},
    {"wordpress.xmlrpc", PATH_ENDS, "/xmlrpc.php"},
    {"wordpress.oembed", PATH_HAS, "/wp-json/oembed/"},
    {"wordpress.quote-comment", PATH_HAS, "/quote-comment-"},
    {"shop.add-to-cart", QUERY_NAME, "add-to-cart"},
    {"mediawiki.action", QUERY_HAS, "action=edit"},
    {"mediawiki.action", QUERY_HAS, "action=raw"},
    {"mediawiki.action", QUERY_HAS, "action=purge"},
    {"mediawiki.old-revision", QUERY_NAME, "oldid"},
    {"mediawiki.diff", QUERY_NAME, "diff"},
    {"mediawiki.redlink", QUERY_NAME, "redlink"},
    {"mediawiki.printable", QUERY_NAME, "printable"},
    {"forum.posting", PATH_ENDS, "/posting.php"},
    {"forum.user-panel", PATH_ENDS, "/ucp.php"},
    {"share", HOST_AND_PATH, "twitter.com/share"},
    {"share", HOST_AND_PATH, "twitter.com/intent/"},
    {"share", HOST_AND_PATH, "www.facebook.com/sharer"},
    {"share", HOST_AND_PATH, "www.facebook.com/dialog/"},
    {"share", HOST_AND_PATH, "www.linkedin.com/shareArticle"},
    {"share", HOST_AND_PATH, "pinterest.com/pin/create/"},
    {"tracker", HOST_AND_PATH, "ad.doubleclick.net/"},
    {"tracker", HOST_AND_PATH, "www.google-analytics.com/collect"},
    {"tracker", HOST_AND_PATH, "www.google-analytics.com/__utm.gif"},
    {"tracker", HOST_AND_PATH, "pixel.wp.com/"},
    {"tracker", HOST_AND_PATH, "stats.wordpress.com/"},
    {"script.template", PATH_HAS, "{{"},
    {"script.template", PATH_HAS, "%7B%7B"},
    {"script.template", PATH_HAS, "/page/%d"},
    {"script.template", PATH_HAS, "'+"},
    {"script.template", PATH_HAS, "%22+"},
};

static bool query_names(struct text query, struct text name)
{
    struct text part;
    while (text_split(&query, '&', &part))
        if (text_starts_nocase(part, name) && (part.length == name.length || part.at[name.length] == '='))
            return true;
    return false;
}

/* "host/path", or "name.*" + "/path" for any host with that label before its top-level domain. */
static bool is_at(const struct url *url, const char *mark)
{
    const char *slash = strchr(mark, '/');
    struct text host = url_host(url), wanted = {mark, (size_t)(slash - mark)};
    if (text_ends(wanted, TEXT(".*"))) {
        wanted.length--; /* "blogger." */
        struct text bare = text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host;
        if (!text_starts(bare, wanted) || text_find_char(text_skip(bare, wanted.length), '.') >= 0)
            return false;
    } else if (!text_equal(host, wanted))
        return false;
    return text_starts_nocase(url_path(url), text_of(slash));
}

static bool is_caught(const struct url *url, const struct trap *trap)
{
    switch (trap->where) {
    case HOST_AND_PATH:
        return is_at(url, trap->mark);
    case PATH_HAS:
        return contains(url_path(url), trap->mark);
    case PATH_ENDS:
        return text_ends_nocase(url_path(url), text_of(trap->mark));
    case QUERY_NAME:
        return query_names(url_query(url), text_of(trap->mark));
    case QUERY_HAS:
        return contains(url_query(url), trap->mark);
    }
    return false;
}

/* A segment, not a number, four times, or a group of up to four segments three times in a row: /a/b/a/b/a/b. */
static bool loops(struct text path)
{
    enum { SEGMENTS = 64, SEGMENTS_ALLOWED = 32 };
    struct text segments[SEGMENTS], part;
    size_t count = 0;
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

const char *series_trap(const struct url *url)
{
    enum { ADDRESS_MOST = 8192, PARAMETERS_MOST = 24 };
    struct text query = url_query(url), path = url_path(url);
    size_t parameters = 0;
    if (url_resource(url).length > ADDRESS_MOST)
        return "url.too-long";
    for (size_t i = 0; i < query.length; i++)
        parameters += query.at[i] == '&';
    if (parameters > PARAMETERS_MOST)
        return "url.too-many-parameters";
    if (contains(query, "amp;amp;") || contains(url_target(url), "%252525"))
        return "url.escaped-again";
    /* The widget's toggles are a trap, its lists of titles (action=getTitles) are not. */
    if (query_names(query, TEXT("widgettype")) && !contains(query, "action=gettitles"))
        return "blogger.widget-archive";
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++)
        if (is_caught(url, &traps[i]))
            return traps[i].rule;
    return path.length > 8 && loops(path) ? "url.path-loop" : NULL;
}

/* ---- archives ---------------------------------------------------------------------------------------------- */

static bool number_in(struct text text, uint64_t from, uint64_t to)
{
    uint64_t number;
    return text_to_number(text, &number) && number >= from && number <= to;
}

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

bool series_is_archive_path(struct text path, int year)
{
    struct text part, last = TEXT(""), week;
    int step = 0; /* 0: before the year, 1: year, 2: month, 3: day */
    bool other = false;
    while (text_split(&path, '/', &part)) {
        if (!part.length)
            continue;
        last = part;
        week = text_skip(part, 4);
        if (step == 0 && is_year(part, year))
            step = 1;
        else if (step == 1 && part.length <= 2 && number_in(part, 1, 12))
            step = 2;
        else if (step == 1 && text_starts(part, TEXT("week")) && number_in(week, 1, 53))
            step = 3;
        else if (step == 2 && part.length <= 2 && number_in(part, 1, 31))
            step = 3;
        else if (step > 0)
            other = true;
    }
    if (is_old_blogger_archive(last, year))
        return true;
    return (step > 0 && !other) || text_equal_nocase(last, TEXT("archives")) || text_equal_nocase(last, TEXT("archive")) ||
           text_equal_nocase(last, TEXT("archives.html")) || text_equal_nocase(last, TEXT("archive.html"));
}

/* ?m=202106, ?year=2021, ?archive=2021-06. */
static bool is_archive_query(struct text query, int year)
{
    static const char *const names[] = {"m=", "archive=", "year=", "month=", "yr=", "y="};
    struct text part;
    while (text_split(&query, '&', &part))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct text value = text_skip(part, strlen(names[i]));
            if (text_starts_nocase(part, text_of(names[i])) && value.length >= 4 && value.length <= 8 &&
                is_year(text_first(value, 4), year))
                return true;
        }
    return false;
}

/* /2021/06/name or /2021/06/04/name: a post, whatever links to it. */
static bool is_dated_post(struct text path, int year)
{
    struct text part;
    int step = 0;
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

bool series_names_archive(struct text name)
{
    return contains(name, "archive") || contains(name, "monthly");
}

/* ---- pagers ------------------------------------------------------------------------------------------------ */

bool series_names_pager(struct text name)
{
    static const char *const words[] = {"pager",   "paging", "paginat", "pagenav",   "page-nav",  "pnav",   "nav-links",
                                        "next-prev", "blog-pager", "page-numbers", "seiten", "stronicowanie",
                                        "nav-previous", "nav-next", "previous-entries", "page_nav", "older", "newer",
                                        "nextpostslink", "pagelist", "page-link", "postnav", "navigation"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains(name, words[i]))
            return true;
    return text_equal_nocase(name, TEXT("pages")) || text_equal_nocase(name, TEXT("pag"));
}

static bool has_digit(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_digit(text.at[i]))
            return true;
    return false;
}

static bool has_page_parameter(struct text query)
{
    static const char *const names[] = {"p",      "pg",     "page",   "paged",  "pagenum",    "pageno",     "pn",
                                        "start",  "offset", "skip",   "from",   "before",     "after",      "cursor",
                                        "max_id", "limitstart", "updated-max", "start-index", "page_number", "seite"};
    struct text part;
    while (text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        if (equals < 0 || !has_digit(text_skip(part, (size_t)equals)))
            continue;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (text_equal_nocase(text_first(part, (size_t)equals), text_of(names[i])))
                return true;
    }
    return false;
}

/* .../page/2, .../page2, .../seite/3, .../index2.html, a closing small number. */
static bool has_page_path(struct text path)
{
    static const char *const words[] = {"page", "pages", "p", "seite", "pagina", "strona", "index", "page-", "index-"};
    struct text part, before = TEXT(""), last = TEXT("");
    while (text_split(&path, '/', &part))
        if (part.length) {
            before = last;
            last = part;
        }
    if (text_ends_nocase(last, TEXT(".html")))
        last.length -= 5;
    size_t digits = 0;
    while (digits < last.length && ascii_is_digit(last.at[last.length - 1 - digits]))
        digits++;
    struct text word = text_first(last, last.length - digits);
    if (!digits || digits > 5)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal_nocase(word.length ? word : before, text_of(words[i])))
            return true;
    return false;
}

/* "2", "[2]", "Page 2", "2." */
static bool is_number_text(struct text text)
{
    if (text_starts_nocase(text, TEXT("page ")))
        text = text_skip(text, 5);
    while (text.length && strchr("[( ", text.at[0]))
        text = text_skip(text, 1);
    while (text.length && strchr("]). ", text.at[text.length - 1]))
        text.length--;
    return text.length <= 5 && number_in(text, 0, 99999);
}

/* Words for the ways through a series; compared whole word by whole word, case folded. */
static const char *const direction_words[] = {
    "next", "previous", "prev", "older", "newer", "older posts", "newer posts", "older entries", "newer entries",
    "next page", "previous page", "first", "last", "more", "load more", "older articles", "newer articles",
    "weiter", "vorherige", "zurück", "nächste", "ältere", "neuere", "ältere beiträge", "neuere beiträge", "ältere posts",
    "siguiente", "anterior", "entradas anteriores", "entradas antiguas", "entradas más recientes", "suivant",
    "précédent", "articles plus anciens", "articles plus récents", "suivante", "précédente", "następna", "poprzednia",
    "starsze", "nowsze", "starsze posty", "nowsze posty", "successivo", "precedente", "próximo", "seguinte",
    "postagens mais antigas", "volgende", "vorige", "nästa", "föregående", "neste", "forrige", "næste", "seuraava",
    "следующая", "предыдущая", "вперёд", "назад", "далее", "следующие", "предыдущие", "次へ", "前へ", "次のページ",
    "前のページ", "次", "前", "下一页", "上一页", "下一頁", "上一頁", "다음", "이전", "sonraki", "önceki", "další",
    "předchozí", "következő", "előző", "επόμενη", "προηγούμενη", "التالي", "السابق", "הבא", "הקודם",
};

static bool is_arrow_only(struct text text)
{
    static const char *const arrows[] = {"«", "»", "‹", "›", "<", ">", "←", "→", "▶", "◀", "≪", "≫", "…", "."};
    bool any = false;
    while (text.length) {
        bool found = false;
        if (ascii_is_space(text.at[0])) {
            text = text_skip(text, 1);
            continue;
        }
        for (size_t i = 0; !found && i < sizeof arrows / sizeof *arrows; i++)
            if (text_starts(text, text_of(arrows[i]))) {
                text = text_skip(text, strlen(arrows[i]));
                found = true;
                any = any || i < 12;
            }
        if (!found)
            return false;
    }
    return any;
}

static bool is_word_end(struct text text, size_t at)
{
    return at >= text.length || !(ascii_is_alnum(text.at[at]) || (unsigned char)text.at[at] >= 0x80);
}

/* 0: says nothing, 2: holds such a word, 3: is one. */
static int direction_points(struct text text)
{
    if (!text.length || text.length > 3 * TEXT_SHORT)
        return 0;
    if (is_arrow_only(text))
        return 3;
    int best = 0;
    /* Arrows around the word do not count. */
    struct text bare = text;
    while (bare.length && !ascii_is_alnum(bare.at[0]) && ((unsigned char)bare.at[0] < 0x80 || text_starts(bare, TEXT("\xc2\xab")) || text_starts(bare, TEXT("\xe2"))))
        bare = text_skip(bare, (unsigned char)bare.at[0] >= 0xe0 ? 3 : (unsigned char)bare.at[0] >= 0xc0 ? 2 : 1);
    while (bare.length && (ascii_is_space(bare.at[bare.length - 1]) || strchr(">.:", bare.at[bare.length - 1])))
        bare.length--;
    if (text_ends(bare, TEXT("\xc2\xbb")))
        bare = text_trim(text_first(bare, bare.length - 2));
    else if (bare.length > 3 && text_starts(text_skip(bare, bare.length - 3), TEXT("\xe2")))
        bare = text_trim(text_first(bare, bare.length - 3));
    for (size_t i = 0; i < sizeof direction_words / sizeof *direction_words; i++) {
        struct text word = text_of(direction_words[i]);
        if (text_equal_nocase(bare, word))
            return 3;
        ptrdiff_t at = text.length <= TEXT_SHORT * 2 ? text_find_nocase(text, word) : -1;
        if (at >= 0 && (at == 0 || is_word_end(text, (size_t)at - 1)) && is_word_end(text, (size_t)at + word.length))
            best = 2;
    }
    return best;
}

static bool has_rel(struct text rel, const char *wanted)
{
    struct text word;
    while (text_split(&rel, ' ', &word))
        if (text_equal_nocase(word, text_of(wanted)))
            return true;
    return false;
}

/* Sorting, sizes and views show the same set again. */
static bool only_changes_view(struct text query)
{
    static const char *const names[] = {"sort", "order", "orderby", "dir", "view", "limit", "per_page", "pagesize", "lang"};
    struct text part;
    bool any = false;
    while (query.length && text_split(&query, '&', &part)) {
        bool is_view = false;
        ptrdiff_t equals = text_find_char(part, '=');
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            is_view = is_view || text_equal_nocase(text_first(part, equals < 0 ? part.length : (size_t)equals), text_of(names[i]));
        if (!is_view)
            return false;
        any = true;
    }
    return any;
}

static int pager_points(const struct url *page, const struct url *link, const struct anchor *anchor)
{
    bool number = is_number_text(anchor->text);
    int words = direction_points(anchor->text), points = 0;
    if (words < 3 && direction_points(anchor->title) > words)
        words = direction_points(anchor->title);
    if (!words && (contains(anchor->class, "older") || contains(anchor->class, "newer") || contains(anchor->class, "next") ||
                   contains(anchor->class, "prev")))
        words = 2;
    if (anchor->in_pager || series_names_pager(anchor->class) || series_names_pager(anchor->id))
        points += 2;
    if (has_page_parameter(url_query(link)))
        points += 2;
    if (has_page_path(url_path(link)))
        points += 1;
    if (number)
        points += 2;
    points += words;
    if (anchor->text.length > TEXT_SHORT && !number)
        points -= 2;
    if (text_equal(url_resource(page), url_resource(link)))
        points -= 1;
    if (only_changes_view(url_query(link)))
        points -= 3;
    if (contains(anchor->text, "comment") || contains(anchor->text, "last post") || contains(anchor->text, "read more"))
        points -= 3;
    return points;
}

enum link_class series_judge(const struct url *page, const struct url *link, const struct anchor *anchor, int year,
                             enum link_certainty *certainty)
{
    struct text path = url_path(link), query = url_query(link);
    *certainty = LINK_CERTAIN;
    if (!url_same_site(page, link))
        return LINK_PAGE;
    if (!query.length && series_is_archive_path(path, year))
        return LINK_ARCHIVE;
    if (is_archive_query(query, year) && !has_page_parameter(query))
        return LINK_ARCHIVE;
    /* The neighbour of a post is a post, though the pager's names are on the link. */
    if (is_dated_post(path, year) && !has_page_path(path) && !has_page_parameter(query))
        return LINK_PAGE;
    if (has_rel(anchor->rel, "archives") || (anchor->in_archive && anchor->text.length <= TEXT_SHORT && has_digit(anchor->text) &&
                                             has_digit(path)))
        return LINK_ARCHIVE;
    if (has_rel(anchor->rel, "next") || has_rel(anchor->rel, "prev") || has_rel(anchor->rel, "previous"))
        return LINK_PAGER;
    int points = pager_points(page, link, anchor);
    if (points >= POINTS_POSSIBLE) {
        *certainty = points >= POINTS_CERTAIN ? LINK_CERTAIN : LINK_POSSIBLE;
        return LINK_PAGER;
    }
    return LINK_PAGE;
}
