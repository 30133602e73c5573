/*
 * URLs of paginated lists: the parameters and the words in paths that count pages, and what is left
 * of a URL without its page number.
 */
#include <config.h>

#include "series/pager_url.h"

#include <string.h>

/* Parameters that count pages or items, or say where the next page begins. */
static const struct text page_parameters[] = {
    WORD("p"),          WORD("pg"),          WORD("pn"),
    WORD("pgno"),       WORD("pag"),         WORD("pagina"),
    WORD("seite"),      WORD("strona"),      WORD("stranka"),
    WORD("str"),        WORD("sayfa"),       WORD("sivu"),
    WORD("sida"),       WORD("side"),        WORD("trang"),
    WORD("halaman"),    WORD("oldal"),       WORD("start"),
    WORD("startat"),    WORD("startrow"),    WORD("start-index"),
    WORD("startindex"), WORD("start_index"), WORD("st"),
    WORD("offset"),     WORD("skip"),        WORD("from"),
    WORD("begin"),      WORD("first"),       WORD("firstresult"),
    WORD("firstitem"),  WORD("before"),      WORD("after"),
    WORD("cursor"),     WORD("max_id"),      WORD("max-date"),
    WORD("limitstart"), WORD("updated-max"), WORD("published-max"),
    WORD("pointer"),    WORD("o"),           WORD("bstart"),
    WORD("b_start"),    WORD("b_start:int"), WORD("row"),
    WORD("start_row"),  WORD("cpn"),         WORD("pnum"),
    WORD("pno"),        WORD("pgnum"),       WORD("hal"),
    WORD("startnum"),   WORD("istart"),      WORD("pos"),
    WORD("ofs"),
};
/* Parts of names that contain "page" but do not count pages. */
static const struct text no_page_parameters[] = {WORD("size"),    WORD("per"),      WORD("pageid"),
                                                 WORD("page_id"), WORD("pagetype"), WORD("home"),
                                                 WORD("landing"), WORD("title"),    WORD("name"),
                                                 WORD("ref"),     WORD("backpage"), WORD("webpage"),
                                                 WORD("language")};

/* "board=3.20" is list and offset in one.  The length up to the offset; 0 for others. */
static size_t joined_offset(struct text parameter)
{
    if (!text_starts_nocase(parameter, TEXT("board=")) &&
        !text_starts_nocase(parameter, TEXT("topic=")))
        return 0;
    ptrdiff_t point = text_find_char(parameter, '.');
    return point > 0 && (size_t)point + 1 < parameter.length &&
                   ascii_is_digit(parameter.at[point + 1])
               ? (size_t)point
               : 0;
}

/* Whether the parameter's name says that it counts pages. */
static bool is_page_name(struct text name)
{
    return text_find_nocase(name, TEXT("page")) >= 0 && !TEXT_HAS_ANY(name, no_page_parameters);
}

bool pager_url_parameter(struct text parameter)
{
    if (joined_offset(parameter))
        return true;
    ptrdiff_t equals = text_find_char(parameter, '=');
    if (equals <= 0)
        return false;
    struct text name = text_first(parameter, (size_t)equals),
                value = text_skip(parameter, (size_t)equals + 1);
    if (!text_has_digit(value))
        return false;
    return TEXT_IS_ANY(name, page_parameters) ||
           (ascii_is_digit(value.at[0]) && is_page_name(name));
}

bool pager_url_query(struct text query)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (pager_url_parameter(part))
            return true;
    return false;
}

/* Whole words that come before a number in a path.  The first ones may also follow other words:
 * "comment-page-2". */
static const struct text path_words[] = {WORD("page"),    WORD("pages"),  WORD("seite"),
                                         WORD("pagina"),  WORD("strona"), WORD("stranka"),
                                         WORD("strana"),  WORD("sayfa"),  WORD("sivu"),
                                         WORD("sida"),    WORD("side"),   WORD("trang"),
                                         WORD("halaman"), WORD("oldal"),  WORD("index")};
static const struct text path_words_alone[] = {WORD("p"),  WORD("pg"),     WORD("pag"),
                                               WORD("pn"), WORD("offset"), WORD("start")};

/* Without ".html" and the like. */
static struct text without_extension(struct text segment)
{
    static const struct text extensions[] = {WORD(".html"), WORD(".htm"),   WORD(".shtml"),
                                             WORD(".php"),  WORD(".asp"),   WORD(".aspx"),
                                             WORD(".jsp"),  WORD(".jhtml"), WORD(".do")};
    bool point = false;
    for (size_t i = 2; i <= 6 && i <= segment.length; i++)
        point = point || segment.at[segment.length - i] == '.';
    for (size_t i = 0; point && i < sizeof extensions / sizeof *extensions; i++)
        if (text_ends_nocase(segment, extensions[i]))
            return text_first(segment, segment.length - extensions[i].length);
    return segment;
}

size_t pager_url_digits(struct text text)
{
    size_t digits = 0, from;
    while (digits < text.length && ascii_is_digit(text.at[text.length - 1 - digits]))
        digits++;
    from = text.length - digits;
    if (digits && from && text.at[from - 1] == '%')
        return digits > 2 ? digits - 2 : 0;
    return digits && from > 1 && text.at[from - 2] == '%' ? digits - 1 : digits;
}

/* What the word before a number means: PAGE_NAMED for "page", "page-", "comment-page-"; PAGE_HINTED
 * for "p". */
static enum page_path page_word(struct text word)
{
    while (word.length && strchr("-_,.=:", word.at[word.length - 1]))
        word.length--;
    if (TEXT_IS_ANY(word, path_words_alone))
        return PAGE_HINTED;
    size_t from = word.length;
    while (from && ascii_is_alnum(word.at[from - 1]))
        from--;
    return TEXT_IS_ANY(text_skip(word, from), path_words) ? PAGE_NAMED : PAGE_NONE;
}

/* What a segment means: "page2" or "seite-3", or a number after the segment "page". */
static enum page_path page_segment(struct text before, struct text segment)
{
    struct text bare = without_extension(segment);
    size_t digits = pager_url_digits(bare);
    if (!digits || digits > 6)
        return PAGE_NONE;
    return page_word(digits < bare.length ? text_first(bare, bare.length - digits) : before);
}

enum page_path pager_url_path(const struct path_segments *segments)
{
    struct text before = TEXT("");
    enum page_path best = PAGE_NONE;
    for (size_t i = 0; i < segments->count; i++) {
        enum page_path found = page_segment(before, segments->list[i]);
        best = found > best ? found : best;
        before = segments->list[i];
    }
    return best;
}

bool pager_url_ends_in_number(const struct path_segments *segments, long number)
{
    uint64_t closing;
    struct text bare = without_extension(path_segments_last(segments));
    size_t digits = pager_url_digits(bare);
    if (!digits || digits > 4)
        return false;
    return digits == bare.length || strchr("-_,.", bare.at[bare.length - 1 - digits]) ||
           (text_to_number(text_skip(bare, bare.length - digits), &closing) &&
            (long)closing == number);
}

/* ---- URLs of the same list ---- */

static uint64_t add_hash(uint64_t hash, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return (hash ^ '/') * UINT64_C(0x100000001b3);
}

/* Whether it is a year, or a month or day after one.  It then names a date archive, not a page. */
static bool is_part_of_date(struct text bare, bool dated)
{
    uint64_t number;
    return text_to_number(bare, &number) &&
           (bare.length == 4 ? number >= 1900 && number <= 2100 : dated && bare.length <= 2);
}

/* The segment without a page number and the word before it. */
static struct text without_page(struct text before, struct text segment, bool last, bool *dated)
{
    struct text bare = without_extension(segment);
    size_t digits = pager_url_digits(bare);
    *dated = digits == bare.length && is_part_of_date(bare, *dated);
    if (page_segment(before, segment) || (last && digits == bare.length && digits <= 4 && !*dated))
        return TEXT("");
    bool number = digits && digits <= 4 && digits < bare.length,
         apart = number && strchr("-_,", bare.at[bare.length - 1 - digits]);
    bare = number && (apart || last) ? text_first(bare, bare.length - digits - apart)
                                     : bare; /* "news-2", "news2.html" */
    return text_equal_nocase(bare, TEXT("index")) ? TEXT("") : bare;
}

uint64_t pager_url_list_key(const struct url *url)
{
    struct text path = url_path(url), query = url_query(url), part, before = TEXT("");
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    bool dated = false;
    while (text_split(&path, '/', &part)) {
        struct text kept = without_page(before, part, !path.length, &dated);
        bool word = path.at && page_word(part) && path.length && ascii_is_digit(path.at[0]);
        before = part.length ? part : before;
        if (kept.length && !word)
            hash = add_hash(hash, kept);
    }
    while (query.length && url_query_part(&query, &part))
        if (joined_offset(part) || !pager_url_parameter(part))
            hash =
                add_hash(hash, joined_offset(part) ? text_first(part, joined_offset(part)) : part);
    return hash | 1;
}

long pager_url_page(const struct url *url)
{
    struct text path = url_path(url), query = url_query(url), part, before = TEXT("");
    uint64_t number;
    long found = -1;
    while (text_split(&path, '/', &part)) {
        struct text bare = without_extension(part);
        if (page_segment(before, part) == PAGE_NAMED &&
            text_to_number(text_skip(bare, bare.length - pager_url_digits(bare)), &number))
            found = (long)number;
        before = part.length ? part : before;
    }
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text value = text_skip(part, (size_t)equals + 1);
        if (equals > 0 && value.length <= 6 && is_page_name(text_first(part, (size_t)equals)) &&
            text_to_number(value, &number))
            found = (long)number;
    }
    return found;
}

bool pager_url_is_neighbour(const struct url *page, const struct url *link)
{
    long there = pager_url_page(link), here = there < 0 ? -1 : pager_url_page(page);
    bool close = here < 0 ? there == 2 : there == here - 1 || there == here + 1;
    return there >= 0 && close && pager_url_list_key(page) == pager_url_list_key(link);
}

uint64_t pager_url_shape(const struct url *url)
{
    struct text target = url_target(url);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < target.length; i++)
        if (!ascii_is_digit(target.at[i]))
            hash = (hash ^ (unsigned char)target.at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The path without a closing slash, extension or "index.html". */
static struct text bare_list(struct text path)
{
    path = without_extension(path);
    if (text_ends_nocase(path, TEXT("/index")))
        path.length -= 5;
    while (path.length && path.at[path.length - 1] == '/')
        path.length--;
    return path;
}

/* Takes the last segment from *path, which does not end in a slash. */
static struct text take_segment(struct text *path)
{
    size_t from = path->length;
    while (from && path->at[from - 1] != '/')
        from--;
    struct text segment = text_skip(*path, from);
    *path = text_first(*path, from ? from - 1 : 0);
    return segment;
}

/* Whether the segment has a digit outside of escapes such as "%E9". */
static bool has_number(struct text segment)
{
    for (size_t i = 0; i < segment.length; i++)
        if (segment.at[i] == '%')
            i += 2;
        else if (ascii_is_digit(segment.at[i]))
            return true;
    return false;
}

/* Whether `page` is .../list/page/3, .../list/3, .../list/blatt/3, .../list/page3, .../list-3 and
 * `list` is .../list. */
static bool is_numbered_page_of(struct text page, struct text list)
{
    page = bare_list(page);
    list = bare_list(list);
    if (page.length <= list.length || !text_starts(page, list))
        return false;
    struct text rest = page, segment = take_segment(&rest);
    size_t digits = pager_url_digits(segment);
    struct text upper = rest, word = take_segment(&upper);
    if (!digits || digits > 4)
        return false;
    if (digits == segment.length)
        return text_equal(rest, list) || (!has_number(word) && text_equal(upper, list));
    if (page_segment(word, segment))
        return text_equal(rest, list);
    return page.length - digits - 1 == list.length && strchr("-_", page.at[list.length]);
}

bool pager_url_leads_back(const struct url *page, const struct url *link)
{
    if (pager_url_query(url_query(page)))
        return !pager_url_query(url_query(link)) &&
               pager_url_list_key(page) == pager_url_list_key(link);
    return !url_query(link).length && text_has_digit(url_path(page)) &&
           is_numbered_page_of(url_path(page), url_path(link));
}

/* Takes the number at the end of *head and at the start of *tail. False: it is none, or too long.
 */
static bool take_split_number(struct text *head, struct text *tail, uint64_t *number)
{
    size_t before = 0, after = 0;
    while (before < head->length && ascii_is_digit(head->at[head->length - 1 - before]))
        before++;
    while (after < tail->length && ascii_is_digit(tail->at[after]))
        after++;
    struct text digits = {head->at + head->length - before, before + after};
    head->length -= before;
    *tail = text_skip(*tail, after);
    return digits.length <= 9 && text_to_number(digits, number);
}

bool pager_url_is_one_apart(const struct url *page, const struct url *link)
{
    struct text here = url_target(page), there = url_target(link);
    uint64_t one, other;
    size_t same = 0;
    while (same < here.length && same < there.length && here.at[same] == there.at[same])
        same++;
    struct text head = text_first(here, same), tail = text_skip(here, same);
    struct text other_head = text_first(there, same), other_tail = text_skip(there, same);
    return text_equal(url_authority(page), url_authority(link)) &&
           take_split_number(&head, &tail, &one) &&
           take_split_number(&other_head, &other_tail, &other) && text_equal(tail, other_tail) &&
           (one == other + 1 || other == one + 1);
}
