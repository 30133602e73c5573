/* Recognizes date archives by their paths, queries and link texts, then pagers among the rest. */
#include <config.h>

#include "series/date_archive.h"
#include "series/pager_url.h"

#include <string.h>

enum {
    YEAR_FIRST = 1990,
    ARCHIVE_TEXT_BYTES = 30,
};

static bool number_in(struct text text, uint64_t from, uint64_t to)
{
    uint64_t number;
    return text_to_number(text, &number) && number >= from && number <= to;
}

/* ---- date archives ---- */

static bool is_year(struct text text, int year)
{
    return text.length == 4 && ascii_is_digit(text.at[0]) &&
           number_in(text, YEAR_FIRST, (uint64_t)year + 1);
}

/* "2021_06_01_archive.html", "2021_06_archive.html" of old Blogger blogs. */
static bool is_old_blogger_archive(struct text name, int year)
{
    return name.length >= 20 && name.at[4] == '_' && is_year(text_first(name, 4), year) &&
           number_in((struct text){name.at + 5, 2}, 1, 12) &&
           text_ends(name, TEXT("_archive.html"));
}

/* "2021-06", "2021_06", "202106" with or without an extension: a month in one segment. */
static bool is_joined_month(struct text name, int year)
{
    if (!is_year(text_first(name, 4), year))
        return false;
    ptrdiff_t point = text_find_char(name, '.');
    name = point < 0 ? name : text_first(name, (size_t)point);
    struct text month = text_skip(name, name.length == 7 ? 5 : 4);
    bool joined =
        name.length == 6 || (name.length == 7 && (name.at[4] == '-' || name.at[4] == '_'));
    return joined && number_in(month, 1, 12);
}

/* "06", "6", "Jun", "june". */
static bool is_month(struct text text)
{
    static const struct text names[] = {WORD("january"), WORD("february"), WORD("march"),
                                        WORD("april"),   WORD("may"),      WORD("june"),
                                        WORD("july"),    WORD("august"),   WORD("september"),
                                        WORD("october"), WORD("november"), WORD("december")};
    if (text.length <= 2)
        return number_in(text, 1, 12);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(text, names[i]) || text_equal_nocase(text, text_first(names[i], 3)))
            return true;
    return false;
}

/* The number of segments, without a closing "index.html". */
static size_t without_index(const struct path_segments *segments)
{
    static const struct text indexes[] = {WORD("index.html"), WORD("index.htm"), WORD("index.php")};
    struct text last = path_segments_last(segments);
    for (size_t i = 0; segments->open && i < sizeof indexes / sizeof *indexes; i++)
        if (text_equal_nocase(last, indexes[i]))
            return segments->count - 1;
    return segments->count;
}

/* Whether the segment comes before the name of a label, tag, category or author. */
static bool is_topic_segment(struct text segment)
{
    static const struct text segments[] = {WORD("label"),   WORD("labels"),   WORD("tag"),
                                           WORD("tags"),    WORD("category"), WORD("categories"),
                                           WORD("topic"),   WORD("topics"),   WORD("author"),
                                           WORD("authors"), WORD("tagged")};
    for (size_t i = 0; i < sizeof segments / sizeof *segments; i++)
        if (text_equal_nocase(segment, segments[i]))
            return true;
    return false;
}

bool date_archive_is_archive_path(const struct path_segments *segments, int year)
{
    static const struct text names[] = {WORD("archives"),      WORD("archive"),
                                        WORD("archives.html"), WORD("archive.html"),
                                        WORD("archives.php"),  WORD("archives.htm"),
                                        WORD("archive.htm")};
    size_t count = without_index(segments);
    if (!count)
        return false;
    struct text last = segments->list[count - 1];
    int step = 0; /* 0: before the year, 1: year, 2: month, 3: day */
    bool other = false;
    for (size_t i = 0; ascii_lower(last.at[0]) == 'a' && i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(last, names[i]))
            return count < 2 ||
                   !is_topic_segment(segments->list[count - 2]); /* the tag "archive" */
    if (is_old_blogger_archive(last, year) || is_joined_month(last, year))
        return true;
    for (size_t i = 0; i < count; i++) {
        struct text part = segments->list[i], week = text_skip(part, 4);
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

static bool is_archive(const struct url *url, int year)
{
    struct path_segments segments;
    path_segments_split(&segments, url_path(url));
    return date_archive_is_archive_path(&segments, year);
}

/* ?m=202106, ?year=2021, ?archive=2021-06. */
static bool is_archive_query(struct text query, int year)
{
    static const struct text names[] = {WORD("m"),      WORD("archive"),   WORD("year"),
                                        WORD("month"),  WORD("yr"),        WORD("y"),
                                        WORD("record"), WORD("yearmonth"), WORD("date")};
    struct text part;
    while (url_query_part(&query, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = text_first(part, equals < 0 ? 0 : (size_t)equals),
                    value = text_skip(part, name.length + 1);
        if (value.length < 4 || value.length > 8 || !is_year(text_first(value, 4), year))
            continue;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (text_equal_nocase(name, names[i]) &&
                (names[i].at[0] != 'd' || is_joined_month(value, year)))
                return true;
    }
    return false;
}

/* Whether it is the path of a post: /2021/06/name, /2021/Jun/04/name. */
static bool is_dated_post(const struct path_segments *segments, int year)
{
    int step = 0;
    for (size_t i = 0; i < segments->count; i++) {
        struct text part = segments->list[i];
        if (step == 0 && is_year(part, year))
            step = 1;
        else if (step == 1 && part.length != 1 && is_month(part))
            step = 2;
        else if (step == 2 && !(part.length <= 2 && number_in(part, 1, 31)))
            return !text_equal(part, TEXT("page"));
    }
    return false;
}

/* A post's path without the number of its page: /2021/06/name for /2021/06/name/2/ and for
 * /2021/06/name/comment-page-2/. */
static struct text without_page(struct text path)
{
    enum { DIGITS_MOST = 2 };
    struct path_segments segments, alone;
    path_segments_split(&segments, path);
    struct text last = path_segments_last(&segments);
    if (!last.length)
        return path;
    path = text_first(path, (size_t)(last.at - path.at) + last.length);
    path_segments_split(&alone, last);
    bool page = (last.length <= DIGITS_MOST && number_in(last, 1, 99)) ||
                pager_url_path(&alone) == PAGE_NAMED;
    return page ? text_first(path, path.length - last.length - 1) : path;
}

static bool is_of_same_post(struct text page, struct text link)
{
    enum { GLANCE = 16 }; /* most posts differ within their first 16 bytes */
    size_t both = page.length < link.length ? page.length : link.length,
           glance = both < GLANCE ? both : GLANCE;
    return text_equal(text_first(page, glance), text_first(link, glance)) &&
           text_equal(without_page(page), without_page(link));
}

/* The number that a segment consists of; 0 when it is not a number. */
static int digits_of(struct text text)
{
    uint64_t number;
    return text.length <= 4 && text_to_number(text, &number) ? (int)number : 0;
}

bool date_archive_is_bare_date(struct text path)
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
    return date && (last.length <= 2 ? from > 1 && ascii_is_digit(path.at[from - 2])
                                     : last.length >= 7 && last.at[4] == '-');
}

bool date_archive_is_topic(const struct url *url)
{
    static const char *const parameters[] = {"cat=", "tag=", "author=", "category="};
    struct text path = url_path(url), query = url_query(url), part;
    while (text_split(&path, '/', &part))
        if (path.length && is_topic_segment(part))
            return true; /* something follows it */
    while (url_query_part(&query, &part))
        for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
            if (text_starts_nocase(part, text_of(parameters[i])))
                return true;
    return false;
}

int date_archive_period(const struct url *url, int year)
{
    struct path_segments segments;
    int numbers[3] = {0}, count = 0;
    path_segments_split(&segments, url_path(url));
    if (url_query(url).length || !date_archive_is_archive_path(&segments, year))
        return 0;
    for (size_t i = 0; count < 3 && i < segments.count; i++) {
        struct text part = segments.list[i];
        if (is_old_blogger_archive(part, year)) {
            bool day = part.at[7] == '_' && part.at[8] != 'a';
            return digits_of(text_first(part, 4)) * 10000 +
                   digits_of((struct text){part.at + 5, 2}) * 100 +
                   (day ? digits_of((struct text){part.at + 8, 2}) : 0);
        }
        if (count ? digits_of(part) > 0 : is_year(part, year))
            numbers[count++] = digits_of(part);
    }
    return numbers[0] * 10000 + numbers[1] * 100 + numbers[2];
}

int date_archive_cursor(const struct url *url)
{
    static const char *const names[] = {"updated-max=", "published-max=", "before=", "max-date="};
    struct text query = url_query(url), part;
    while (query.length && url_query_part(&query, &part))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct text value = text_skip(part, strlen(names[i]));
            if (text_starts_nocase(part, text_of(names[i])) && value.length >= 10 &&
                value.at[4] == '-' && value.at[7] == '-')
                return digits_of(text_first(value, 4)) * 10000 +
                       digits_of((struct text){value.at + 5, 2}) * 100 +
                       digits_of((struct text){value.at + 8, 2});
        }
    return 0;
}

/* ---- the judgement ---- */

static bool has_rel(struct text rel, const char *wanted)
{
    struct text word;
    while (text_split(&rel, ' ', &word))
        if (text_equal_nocase(word, text_of(wanted)))
            return true;
    return false;
}

static bool is_next_or_previous(struct text rel)
{
    return rel.length && (has_rel(rel, "next") || has_rel(rel, "prev") || has_rel(rel, "previous"));
}

/* Whether the text names a time, "June 2021", or ends in a count, "June (27)". */
static bool names_period(struct text text, int year)
{
    if (text.length && text.at[text.length - 1] == ')')
        return true;
    for (size_t at = 0, digits; at < text.length; at += digits ? digits : 1) {
        for (digits = 0; at + digits < text.length && ascii_is_digit(text.at[at + digits]);)
            digits++;
        if (is_year((struct text){text.at + at, digits}, year))
            return true;
    }
    return false;
}

/* Whether the link is a period in an archive widget.  The widget may also contain its own pager,
 * and posts. */
static bool is_listed_archive(const struct anchor *anchor, const struct path_segments *segments,
                              struct text query, int year)
{
    return anchor->in_archive && anchor->text.length <= ARCHIVE_TEXT_BYTES &&
           names_period(anchor->text, year) && text_has_digit(segments->path) &&
           !pager_url_path(segments) && !pager_url_query(query);
}

struct series_judgement series_judge(const struct pagers *pagers, const struct url *page,
                                     const struct url *link, const struct path_segments *segments,
                                     const struct anchor *anchor, int year)
{
    struct text query = url_query(link);
    struct series_judgement judgement = {.class = LINK_PAGE, .certainty = LINK_CERTAIN};
    if (!url_same_site(page, link))
        return judgement;
    if ((!query.length && date_archive_is_archive_path(segments, year)) ||
        (is_archive_query(query, year) && !pager_url_query(query))) {
        judgement.class = LINK_ARCHIVE;
        /* "Newer" on the second page of a month leads back to the month's first page, which is a
         * date archive too. */
        if (!pager_url_leads_back(page, link) || is_archive(page, year))
            return judgement;
        judgement.marks = pagers_judge(pagers, page, link, segments, anchor);
        if (judgement.marks.points >= POINTS_POSSIBLE || is_next_or_previous(anchor->rel))
            judgement.class = LINK_PAGER;
        return judgement;
    }
    /* The next or previous post is a page, even if its link is named like a pager.  But a long post
     * may have several pages of its own. */
    if (is_dated_post(segments, year) && pager_url_path(segments) < PAGE_NAMED &&
        !pager_url_query(query) && !is_of_same_post(url_path(page), segments->path))
        return judgement;
    if (has_rel(anchor->rel, "archives") || is_listed_archive(anchor, segments, query, year)) {
        judgement.class = LINK_ARCHIVE;
        return judgement;
    }
    judgement.marks = pagers_judge(pagers, page, link, segments, anchor);
    if (is_next_or_previous(anchor->rel)) {
        judgement.class = LINK_PAGER;
        judgement.marks.direction = DIRECTION_ALONE;
    } else if (judgement.marks.points >= POINTS_POSSIBLE) {
        judgement.class = LINK_PAGER;
        judgement.certainty =
            judgement.marks.points >= POINTS_CERTAIN ? LINK_CERTAIN : LINK_POSSIBLE;
    }
    return judgement;
}
