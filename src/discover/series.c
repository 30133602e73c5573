#include <config.h>

#include "discover/series.h"

#include <string.h>

enum {
    YEAR_FIRST = 1990,
    ARCHIVE_TEXT_BYTES = 30,
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
    while (url_query_part(&query, &part))
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

/* Without what names a page of the post: /2021/06/name/2/, /2021/06/name/comment-page-2/ -> /2021/06/name */
static struct text without_page(struct text path)
{
    enum { DIGITS_MOST = 2 };
    path.length -= path.length > 1 && path.at[path.length - 1] == '/';
    struct text last = last_segment(path);
    bool page = (last.length && last.length <= DIGITS_MOST && number_in(last, 1, 99)) || pagers_path(last) == PAGE_NAMED;
    return page ? text_first(path, path.length - last.length - 1) : path;
}

static bool is_of_same_post(struct text page, struct text link)
{
    return text_equal(without_page(page), without_page(link));
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
    while (url_query_part(&query, &part))
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
    while (query.length && url_query_part(&query, &part))
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
    /* The neighbour of a post is a post, though the pager's names are on the link.  A long one has pages of its own. */
    if (is_dated_post(path, year) && pagers_path(path) < PAGE_NAMED && !pagers_query(query) && !is_of_same_post(url_path(page), path))
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
    traps_init(&series->traps);
}
