/*
 * Shapes of URLs that say trap in any site: paths that repeat themselves, calendars of years to
 * come, pages that ask visitors to log in, and links that come back to the page they are on.
 */
#include <config.h>

#include "traps/trap_shapes.h"

#include <string.h>

#include "series/pager_url.h"

static bool number_in(struct text text, uint64_t from, uint64_t to)
{
    uint64_t number;
    return text_to_number(text, &number) && number >= from && number <= to;
}

/* .../threads/x.1/post-77, /threads/x.1/latest: each leads to a place on a page of the thread. */
bool trap_shape_place_in_thread(const struct path_segments *segments)
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
bool trap_shape_comment_of_entry(struct text path, struct text query)
{
    return text_ends(path, TEXT(".html")) &&
           (text_starts(query, TEXT("thread=")) || text_starts(query, TEXT("nc=")));
}

/* The columns of a web server's directory listing: ?C=N;O=D. */
bool trap_shape_directory_order(struct text query)
{
    ptrdiff_t at = text_find(query, TEXT(";O="));
    return at >= 3 && text_starts(text_skip(query, (size_t)at - 3), TEXT("C="));
}

/* Pages that ask visitors to log in. */
bool trap_shape_login(const struct path_segments *segments)
{
    static const struct text names[] = {WORD("login"),   WORD("log-in"),   WORD("signin"),
                                        WORD("sign-in"), WORD("logout"),   WORD("signup"),
                                        WORD("sign-up"), WORD("sign_out"), WORD("sign-out"),
                                        WORD("signout"), WORD("logoff"),   WORD("log-out")};
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

bool trap_shape_of_accounts(const struct path_segments *segments)
{
    static const struct text places[] = {WORD("user"),     WORD("users"), WORD("account"),
                                         WORD("accounts"), WORD("auth"),  WORD("members")};
    for (size_t i = 0; segments->count == 2 && i < sizeof places / sizeof *places; i++)
        if (text_equal_nocase(segments->list[0], places[i]))
            return true;
    return false;
}

/* Whether the value, percent-encoded or not, begins with the URL; *rest gets what follows. */
static bool begins_with_address(struct text value, struct text address, struct text *rest)
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
    *rest = value;
    return at == address.length;
}

static bool is_address(struct text value, struct text address)
{
    struct text rest;
    return begins_with_address(value, address, &rest) && !rest.length;
}

bool trap_shape_names_site(const struct url *page, struct text query)
{
    struct text site = text_first(url_href(page), (size_t)(url_path(page).at - url_href(page).at));
    struct text part, rest;
    while (query.length && url_query_part(&query, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text value = text_skip(part, equals < 0 ? part.length : (size_t)equals + 1);
        if (begins_with_address(value, site, &rest) &&
            (!rest.length || rest.at[0] == '/' || rest.at[0] == '%'))
            return true;
    }
    return false;
}

/* Actions that return to the current page: log in, like, report. Each page has its own. */
bool trap_shape_comes_back(const struct url *page, struct text query)
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
        for (size_t i = 0; name.length && i < sizeof names / sizeof *names; i++)
            if (text_equal_nocase(name, names[i]) &&
                (is_address(value, url_path(page)) || is_address(value, url_target(page)) ||
                 is_address(value, url_resource(page))))
                return true;
    }
    return false;
}

/* A segment that is not a number occurs four times, or a group of up to four segments repeats three
 * times in a row: /a/b/a/b/a/b. */
bool trap_shape_loops(const struct path_segments *segments)
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
bool trap_shape_comment_feed(const struct path_segments *segments)
{
    uint64_t number;
    return segments->count > 3 && text_equal(segments->list[0], TEXT("feeds")) &&
           text_equal(segments->list[2], TEXT("comments")) &&
           text_to_number(segments->list[1], &number);
}

/* The place in the list of the segment that names a year to come; -1: none does. */
static ptrdiff_t future_year(const struct path_segments *segments, int year)
{
    for (size_t i = 0; i < segments->count; i++) {
        struct text part = segments->list[i], month = text_skip(part, 4);
        bool dashed = month.length == 3 && month.at[0] == '-';
        if (!ascii_is_digit(part.at[0]) || (month.length && !dashed) ||
            !number_in(text_first(part, 4), (uint64_t)year + 2, 2199))
            continue;
        if (i + 1 == segments->count)
            return dashed || !segments->open ? (ptrdiff_t)i : -1;
        month = segments->list[i + 1];
        return dashed || (month.length == 2 && number_in(month, 1, 12)) ? (ptrdiff_t)i : -1;
    }
    return -1;
}

bool trap_shape_future_calendar(const struct path_segments *segments, int year, struct text *place)
{
    ptrdiff_t at = future_year(segments, year);
    if (at >= 0)
        *place = text_first(segments->path, (size_t)(segments->list[at].at - segments->path.at));
    return at >= 0;
}

/* One more filter on a page that already has two or more. Filters can be combined without end. A
 * link that pages through the filtered list is not meant. */
static bool has_parameter(struct text query, struct text parameter)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (text_equal(part, parameter))
            return true;
    return false;
}

bool trap_shape_joins_choices(const struct url *page, const struct url *url)
{
    struct text chosen = url_query(page), query = url_query(url), part;
    int here = 0, there = 0;
    if (!chosen.length || !text_equal(url_path(page), url_path(url)) ||
        !text_equal(url_authority(page), url_authority(url)))
        return false;
    for (struct text rest = chosen; rest.length && url_query_part(&rest, &part); here++)
        if (!has_parameter(query, part))
            return false;
    for (struct text rest = query; rest.length && url_query_part(&rest, &part); there++)
        if (pager_url_query(part) && !has_parameter(chosen, part))
            return false;
    return there > here;
}

/* Whether a parameter appears twice in the query with different values. */
bool trap_shape_repeats_name(struct text query)
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

/* Services that a page is shared on, as the value of a parameter. */
static bool is_service(struct text value)
{
    static const struct text names[] = {
        WORD("facebook"), WORD("twitter"),   WORD("x"),        WORD("mail"),
        WORD("email"),    WORD("linkedin"),  WORD("reddit"),   WORD("tumblr"),
        WORD("pocket"),   WORD("pinterest"), WORD("telegram"), WORD("whatsapp"),
        WORD("mastodon"), WORD("bluesky"),   WORD("print"),    WORD("skype"),
        WORD("threads"),  WORD("vk"),        WORD("nextdoor"), WORD("jetpack-whatsapp"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(value, names[i]))
            return true;
    return false;
}

bool trap_shape_own_view(const struct url *page, const struct url *url)
{
    static const struct text on[] = {WORD("1"), WORD("true"), WORD("yes"), WORD("on"), WORD("y")};
    struct text here = url_query(page), query = url_query(url);
    if (!text_equal(url_path(page), url_path(url)) ||
        !text_equal(url_authority(page), url_authority(url)))
        return false;
    if (here.length) {
        if (!text_starts(query, here) || query.length <= here.length ||
            query.at[here.length] != '&')
            return false;
        query = text_skip(query, here.length + 1);
    }
    ptrdiff_t equals = text_find_char(query, '=');
    struct text value = equals < 0 ? TEXT("") : text_skip(query, (size_t)equals + 1);
    bool switched = !value.length;
    for (size_t i = 0; !switched && i < sizeof on / sizeof *on; i++)
        switched = text_equal_nocase(value, on[i]);
    return text_find_char(query, '&') < 0 && (switched || is_service(value));
}
