/* Pagers: word lists first, then what URLs and texts say, what speaks against one, and the points.
 */
#include <config.h>

#include "series/pagers.h"

#include <string.h>

#include "html/word_set.h"

static bool has_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_find_nocase(text, words[i]) >= 0)
            return true;
    return false;
}

static bool is_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(text, words[i]))
            return true;
    return false;
}

#define HAS_ANY(text, words) has_any(text, words, sizeof(words) / sizeof *(words))
#define IS_ANY(text, words) is_any(text, words, sizeof(words) / sizeof *(words))

/* ---- names of elements ---- */

/* These may be anywhere in a class name, an id, a role or an aria-label. */
static const struct text pager_names[] = {
    WORD("pager"),
    WORD("paging"),
    WORD("pagin"),
    WORD("pagenav"),
    WORD("page-nav"),
    WORD("page_nav"),
    WORD("pagelink"),
    WORD("page-link"),
    WORD("page_link"),
    WORD("pagelist"),
    WORD("page-list"),
    WORD("page_list"),
    WORD("pagebar"),
    WORD("page-bar"),
    WORD("page_bar"),
    WORD("pagebox"),
    WORD("page-box"),
    WORD("page_box"),
    WORD("pagenum"),
    WORD("page-num"),
    WORD("page_num"),
    WORD("pageno"),
    WORD("page-no"),
    WORD("page_no"),
    WORD("page-item"),
    WORD("pageitem"),
    WORD("page_item"),
    WORD("pagecontrol"),
    WORD("page-control"),
    WORD("pageselect"),
    WORD("page-select"),
    WORD("page_select"),
    WORD("pagejump"),
    WORD("page-jump"),
    WORD("nextpage"),
    WORD("next-page"),
    WORD("next_page"),
    WORD("prevpage"),
    WORD("prev-page"),
    WORD("prev_page"),
    WORD("multipage"),
    WORD("multi-page"),
    WORD("turnpage"),
    WORD("page-turn"),
    WORD("page_turn"),
    WORD("pagecount"),
    WORD("page-numbers"),
    WORD("pageset"),
    WORD("page-btn"),
    WORD("page_btn"),
    WORD("pagebtn"),
    WORD("page-button"),
    WORD("pagedisplay"),
    WORD("pageswitch"),
    WORD("page-switch"),
    WORD("pnav"),
    WORD("pagnav"),
    WORD("nav-links"),
    WORD("navlinks"),
    WORD("nav-previous"),
    WORD("nav-next"),
    WORD("next-prev"),
    WORD("nextprev"),
    WORD("next_prev"),
    WORD("prev-next"),
    WORD("prevnext"),
    WORD("prev_next"),
    WORD("postnav"),
    WORD("post-nav"),
    WORD("posts-nav"),
    WORD("previous-entries"),
    WORD("nextpostslink"),
    WORD("previouspostslink"),
    WORD("-older"),
    WORD("_older"),
    WORD("-newer"),
    WORD("_newer"),
    WORD("load-more"),
    WORD("loadmore"),
    WORD("load_more"),
    WORD("show-more"),
    WORD("showmore"),
    WORD("view-more-posts"),
    WORD("result-nav"),
    WORD("resultnav"),
    WORD("list-nav"),
    WORD("listnav"),
    WORD("results-nav"),
    WORD("seiten"),
    WORD("stronicow"),
    WORD("strankov"),
    WORD("sayfalama"),
    WORD("phantrang"),
    WORD("phan-trang"),
    WORD("fanye"),
    WORD("numeracja"),
    WORD("comment-navigation"),
    WORD("posts-navigation"),
    WORD("comments-nav"),
};
/* These must be the whole name, or be between its hyphens. */
static const struct text pager_names_whole[] = {
    WORD("pages"),      WORD("pag"),     WORD("paginas"), WORD("pagine"),
    WORD("multipages"), WORD("pnext"),   WORD("pprev"),   WORD("page-navigation"),
    WORD("strony"),     WORD("stranky"), WORD("sivut"),   WORD("older"),
    WORD("newer")};
static const struct text layout_names[] = {
    WORD("page-wrap"),  WORD("pagewrap"),     WORD("page-content"), WORD("page-header"),
    WORD("page-title"), WORD("breadcrumb"),   WORD("menu"),         WORD("page-item-"),
    WORD("homepage"),   WORD("pagenotfound"), WORD("rating"),       WORD("calendar")};

static const struct text calendar_names[] = {WORD("calendar"), WORD("kalender"), WORD("calendario"),
                                             WORD("calendrier"), WORD("datepicker")};
static const struct text archive_names[] = {WORD("archive"), WORD("monthly")};

/* Link texts that do not lead through the page's own list; in lower case. */
static const struct text other_ways[] = {
    WORD("last post"),
    WORD("first post"),
    WORD("new post"),
    WORD("newest post"),
    WORD("latest post"),
    WORD("first unread"),
    WORD("first new"),
    WORD("last message"),
    WORD("last reply"),
    WORD("letzter beitrag"),
    WORD("letzten beitrag"),
    WORD("neuester beitrag"),
    WORD("next thread"),
    WORD("previous thread"),
    WORD("next topic"),
    WORD("previous topic"),
    WORD("next oldest"),
    WORD("next newest"),
    WORD("show all"),
    WORD("view all"),
    WORD("see all"),
    WORD("read more"),
    WORD("more info"),
    WORD("learn more"),
    WORD("find out more"),
    WORD("continue reading"),
    WORD("last visit"),
    WORD("último mensaje"),
    WORD("dernier message"),
    WORD("ultimo messaggio"),
    WORD("последнее сообщение"),
    WORD("последнему сообщению"),
    WORD("ostatni post"),
    WORD("last active"),
    WORD("more from"),
    WORD("more about"),
    WORD("more on "),
    WORD("leer más"),
    WORD("weiterlesen"),
    WORD("mehr lesen"),
    WORD("lire la suite"),
    WORD("en savoir plus"),
    WORD("leggi tutto"),
    WORD("lees verder"),
    WORD("czytaj więcej"),
    WORD("czytaj dalej"),
    WORD("читать далее"),
    WORD("читать дальше"),
    WORD("подробнее"),
    WORD("devamını oku"),
    WORD("続きを読む"),
    WORD("続きを見る"),
    WORD("について"),
    WORD("阅读全文"),
    WORD("閱讀更多"),
    WORD("back to top"),
    WORD("view last"),
};

/* Whether `name`, or a part of it between hyphens or underscores, is one of the whole names. */
static bool is_whole_name(const struct pagers *pagers, struct text name)
{
    if (word_set_equal(&pagers->whole_names, name) >= 0)
        return true;
    for (size_t from = 0; from < name.length;) {
        size_t length = 0;
        while (from + length < name.length && name.at[from + length] != '-' &&
               name.at[from + length] != '_')
            length++;
        if (word_set_equal(&pagers->whole_names, text_first(text_skip(name, from), length)) >= 0)
            return true;
        from += length + 1;
    }
    return false;
}

/* Takes the next name from *rest, which are separated by white space.  False at the end. */
static bool next_name(struct text *rest, struct text *name)
{
    *rest = text_trim(*rest);
    size_t length = 0;
    while (length < rest->length && !ascii_is_space(rest->at[length]))
        length++;
    *name = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    return length > 0;
}

/* "btn-next", "nextLink", "icon_prev". */
static const struct text pointing_names[] = {WORD("next"), WORD("prev"), WORD("older"),
                                             WORD("newer")};

#define COUNT(list) (sizeof(list) / sizeof *(list))
_Static_assert(COUNT(pager_names) + COUNT(pager_names_whole) + COUNT(calendar_names) +
                       COUNT(archive_names) <=
                   WORDS_MOST,
               "room for all telling names");

static void add_telling(struct pagers *pagers, size_t *count, const struct text *list,
                        size_t length)
{
    for (size_t i = 0; i < length; i++)
        pagers->telling_list[(*count)++] = list[i];
}

void pagers_init(struct pagers *pagers)
{
    size_t count = 0;
    pager_words_init(&pagers->pager_words);
    word_set_init(&pagers->names, pager_names, COUNT(pager_names));
    word_set_init(&pagers->whole_names, pager_names_whole, COUNT(pager_names_whole));
    word_set_init(&pagers->layout, layout_names, COUNT(layout_names));
    word_set_init(&pagers->calendars, calendar_names, COUNT(calendar_names));
    word_set_init(&pagers->archives, archive_names, COUNT(archive_names));
    word_set_init(&pagers->other_ways, other_ways, COUNT(other_ways));
    word_set_init(&pagers->pointing, pointing_names, COUNT(pointing_names));
    add_telling(pagers, &count, pager_names, COUNT(pager_names));
    add_telling(pagers, &count, pager_names_whole, COUNT(pager_names_whole));
    add_telling(pagers, &count, calendar_names, COUNT(calendar_names));
    add_telling(pagers, &count, archive_names, COUNT(archive_names));
    word_set_init(&pagers->telling, pagers->telling_list, count);
}

static bool names_pager(const struct pagers *pagers, struct text names)
{
    enum { TAG_NAMES_MOST = 16 };
    struct text name;
    for (int i = 0; i < TAG_NAMES_MOST && next_name(&names, &name); i++)
        if ((word_set_find(&pagers->names, name) >= 0 || is_whole_name(pagers, name)) &&
            word_set_find(&pagers->layout, name) < 0)
            return true;
    return false;
}

struct named pagers_named(const struct pagers *pagers, struct text names)
{
    if (word_set_find(&pagers->telling, names) < 0)
        return (struct named){.pager = false};
    return (struct named){.pager = names_pager(pagers, names),
                          .archive = word_set_find(&pagers->archives, names) >= 0,
                          .calendar = word_set_find(&pagers->calendars, names) >= 0};
}

/* ---- URLs ---- */

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
    return text_find_nocase(name, TEXT("page")) >= 0 && !HAS_ANY(name, no_page_parameters);
}

bool pagers_parameter(struct text parameter)
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
    return IS_ANY(name, page_parameters) || (ascii_is_digit(value.at[0]) && is_page_name(name));
}

bool pagers_query(struct text query)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (pagers_parameter(part))
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

/* The number of digits at the end of the text.  Those of a percent escape, "%A1", do not count. */
static size_t closing_digits(struct text text)
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
    if (IS_ANY(word, path_words_alone))
        return PAGE_HINTED;
    size_t from = word.length;
    while (from && ascii_is_alnum(word.at[from - 1]))
        from--;
    return IS_ANY(text_skip(word, from), path_words) ? PAGE_NAMED : PAGE_NONE;
}

/* What a segment means: "page2" or "seite-3", or a number after the segment "page". */
static enum page_path page_segment(struct text before, struct text segment)
{
    struct text bare = without_extension(segment);
    size_t digits = closing_digits(bare);
    if (!digits || digits > 6)
        return PAGE_NONE;
    return page_word(digits < bare.length ? text_first(bare, bare.length - digits) : before);
}

enum page_path pagers_path(const struct path_segments *segments)
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

/* Whether the path ends in a small number, which may count pages: .../news-2.html, .../list/3/; and
 * .../news2.html when `number`, the link's text, is the same. */
static bool ends_in_number(const struct path_segments *segments, long number)
{
    uint64_t closing;
    struct text bare = without_extension(path_segments_last(segments));
    size_t digits = closing_digits(bare);
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
    size_t digits = closing_digits(bare);
    *dated = digits == bare.length && is_part_of_date(bare, *dated);
    if (page_segment(before, segment) || (last && digits == bare.length && digits <= 4 && !*dated))
        return TEXT("");
    bool number = digits && digits <= 4 && digits < bare.length,
         apart = number && strchr("-_,", bare.at[bare.length - 1 - digits]);
    bare = number && (apart || last) ? text_first(bare, bare.length - digits - apart)
                                     : bare; /* "news-2", "news2.html" */
    return text_equal_nocase(bare, TEXT("index")) ? TEXT("") : bare;
}

uint64_t pagers_family(const struct url *url)
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
        if (joined_offset(part) || !pagers_parameter(part))
            hash =
                add_hash(hash, joined_offset(part) ? text_first(part, joined_offset(part)) : part);
    return hash | 1;
}

long pagers_page(const struct url *url)
{
    struct text path = url_path(url), query = url_query(url), part, before = TEXT("");
    uint64_t number;
    long found = -1;
    while (text_split(&path, '/', &part)) {
        struct text bare = without_extension(part);
        if (page_segment(before, part) == PAGE_NAMED &&
            text_to_number(text_skip(bare, bare.length - closing_digits(bare)), &number))
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

/* Whether the URL is that of the next or previous page of the list; texts may be in any language.
 */
static bool is_neighbour(const struct url *page, const struct url *link)
{
    long there = pagers_page(link), here = there < 0 ? -1 : pagers_page(page);
    bool close = here < 0 ? there == 2 : there == here - 1 || there == here + 1;
    return there >= 0 && close && pagers_family(page) == pagers_family(link);
}

uint64_t pagers_shape(const struct url *url)
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
    size_t digits = closing_digits(segment);
    struct text upper = rest, word = take_segment(&upper);
    if (!digits || digits > 4)
        return false;
    if (digits == segment.length)
        return text_equal(rest, list) || (!has_number(word) && text_equal(upper, list));
    if (page_segment(word, segment))
        return text_equal(rest, list);
    return page.length - digits - 1 == list.length && strchr("-_", page.at[list.length]);
}

bool pagers_leads_back(const struct url *page, const struct url *link)
{
    if (pagers_query(url_query(page)))
        return !pagers_query(url_query(link)) && pagers_family(page) == pagers_family(link);
    return !url_query(link).length && text_has_digit(url_path(page)) &&
           is_numbered_page_of(url_path(page), url_path(link));
}

/* ---- texts ---- */

/* Words that may be beside a page number. */
static const struct text number_words[] = {
    WORD("of"),       WORD("von"),      WORD("de"),      WORD("sur"),      WORD("di"),
    WORD("van"),      WORD("av"),       WORD("af"),      WORD("z"),        WORD("od"),
    WORD("из"),       WORD("共"),       WORD("page"),    WORD("pages"),    WORD("p"),
    WORD("pg"),       WORD("pag"),      WORD("to"),      WORD("go"),       WORD("seite"),
    WORD("bis"),      WORD("página"),   WORD("pagina"),  WORD("strona"),   WORD("strana"),
    WORD("stránka"),  WORD("stran"),    WORD("sida"),    WORD("side"),     WORD("sivu"),
    WORD("sayfa"),    WORD("trang"),    WORD("halaman"), WORD("oldal"),    WORD("pàgina"),
    WORD("a"),        WORD("à"),        WORD("до"),      WORD("стр"),      WORD("страница"),
    WORD("страницу"), WORD("Страница"), WORD("Стр"),     WORD("сторінка"), WORD("σελίδα"),
    WORD("第"),       WORD("页"),       WORD("頁"),      WORD("ページ"),   WORD("目"),
    WORD("쪽"),       WORD("페이지"),   WORD("صفحة"),    WORD("صفحه"),     WORD("الصفحة"),
    WORD("עמוד"),     WORD("דף"),
};

/* Whether the text begins with a sign that may be beside a page number. */
static bool is_number_sign(struct text text, size_t *length)
{
    static const struct text signs[] = {TEXT("–"),  TEXT("—"),  TEXT("…"),  TEXT("\xc2\xa0"),
                                        TEXT("·"),  TEXT("•"),  TEXT("【"), TEXT("】"),
                                        TEXT("～"), TEXT("［"), TEXT("］"), TEXT("»"),
                                        TEXT("«"),  TEXT("›"),  TEXT("‹")};
    *length = 1;
    if ((unsigned char)text.at[0] < 0x80)
        return memchr(" []().,-|~#\t", text.at[0], 12) != NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(text, signs[i])) {
            *length = signs[i].length;
            return true;
        }
    return false;
}

/* Removes a number word from the start of the text.  False when there is none. */
static bool take_number_word(struct text *text)
{
    size_t best = 0;
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
        struct text word = number_words[i];
        struct text rest = text_skip(*text, word.length);
        bool ends = !rest.length || !ascii_is_alpha(rest.at[0]);
        if (ends && word.length > best && text_starts_nocase(*text, word))
            best = word.length;
    }
    *text = text_skip(*text, best);
    return best > 0;
}

long pagers_number(struct text text)
{
    long first = -1, thousands = 0;
    int numbers = 0;
    bool parted = true, words = false; /* parted: something is between two numbers */
    if (!text_has_digit(text) || text.length > 4 * TEXT_CHARACTERS)
        return -1;
    while (text.length) {
        size_t digits = 0, sign;
        while (digits < text.length && ascii_is_digit(text.at[digits]))
            digits++;
        if (digits) {
            uint64_t number;
            if (digits > 5 || (numbers && !parted) ||
                !text_to_number(text_first(text, digits), &number))
                return -1;
            first = numbers ? first : thousands * 1000 + (long)number;
            text = text_skip(text, digits);
            /* A comma between digits separates thousands; a dot makes a fraction. */
            bool mark = text.length > 1 && (text.at[0] == ',' || text.at[0] == '.') &&
                        ascii_is_digit(text.at[1]);
            if (mark && text.at[0] == '.')
                return -1;
            thousands = mark ? first : 0;
            numbers += !mark;
            text = text_skip(text, mark);
            parted = mark;
        } else if (is_number_sign(text, &sign)) {
            parted = true;
            text = text_skip(text, sign);
        } else if (take_number_word(&text))
            parted = words = true;
        else
            return -1;
    }
    /* A year alone is not a page number. */
    return numbers < 1 || numbers > 2 || (numbers == 1 && !words && first >= 1900 && first <= 2100)
               ? -1
               : first;
}

/* Whether a name contains "next", "prev", "older" or "newer": "btn-next", "nextLink", "icon_prev";
 * not "preview". */
static bool name_points(const struct pagers *pagers, struct text name)
{
    for (size_t i = 0; word_set_find(&pagers->pointing, name) >= 0 && i < COUNT(pointing_names);
         i++) {
        ptrdiff_t at = text_find_nocase(name, pointing_names[i]);
        if (at < 0)
            continue;
        struct text rest = text_skip(name, (size_t)at + pointing_names[i].length);
        bool inner = at > 0 && ascii_is_alpha(name.at[at - 1]) &&
                     !(name.at[at] >= 'A' && name.at[at] <= 'Z');
        if (!inner && !text_starts_nocase(rest, TEXT("iew")) &&
            !text_starts_nocase(rest, TEXT("ent")))
            return true;
    }
    return false;
}

/* Whether an icon or image is named like an arrow: "fa-angle-right", "arrow-r.gif". */
static bool name_draws_arrow(struct text name)
{
    static const struct text shapes[] = {WORD("arrow"),  WORD("chevron"), WORD("angle"),
                                         WORD("caret"),  WORD("pfeil"),   WORD("fleche"),
                                         WORD("flecha"), WORD("triangle")};
    static const struct text ways[] = {WORD("left"), WORD("right"), WORD("forward"), WORD("back"),
                                       WORD("-l"),   WORD("-r"),    WORD("_l"),      WORD("_r")};
    return HAS_ANY(name, shapes) && HAS_ANY(name, ways);
}

/* ---- signs against a pager ---- */

/* Whether the fragment leads to a comment or reply on a page. */
static bool leads_to_reply(struct text fragment, bool counted)
{
    static const struct text places[] = {WORD("post"),     WORD("comment"), WORD("msg"),
                                         WORD("message"),  WORD("reply"),   WORD("c"),
                                         WORD("p"),        WORD("pid"),     WORD("entry"),
                                         WORD("lastpost"), WORD("new"),     WORD("unread")};
    static const struct text whole[] = {WORD("comments"),      WORD("respond"),
                                        WORD("disqus_thread"), WORD("comment"),
                                        WORD("reply"),         WORD("comment-form"),
                                        WORD("commentform"),   WORD("kommentare")};
    struct text name = text_skip(fragment, 1);
    size_t digits = closing_digits(name);
    struct text word = text_first(name, name.length - digits);
    while (word.length && (word.at[word.length - 1] == '-' || word.at[word.length - 1] == '_'))
        word.length--;
    if (digits ? IS_ANY(word, places) || (!word.length && digits > 4)
               : text_equal_nocase(name, TEXT("lastpost")))
        return true;
    return !counted && IS_ANY(name, whole);
}

/* Parameters for size, order or view, which show the same list again. */
static bool is_view_name(struct text name)
{
    static const struct text names[] = {
        WORD("sort"),         WORD("order"),     WORD("orderby"),
        WORD("order_by"),     WORD("sortby"),    WORD("sort_by"),
        WORD("sortdir"),      WORD("dir"),       WORD("view"),
        WORD("limit"),        WORD("per_page"),  WORD("perpage"),
        WORD("pagesize"),     WORD("page_size"), WORD("ps"),
        WORD("ppp"),          WORD("rpp"),       WORD("show"),
        WORD("display"),      WORD("num"),       WORD("count"),
        WORD("size"),         WORD("items"),     WORD("lang"),
        WORD("language"),     WORD("results"),   WORD("resultsperpage"),
        WORD("itemsperpage"), WORD("max"),       WORD("mode"),
        WORD("layout"),       WORD("sd"),        WORD("sk"),
        WORD("daysprune"),    WORD("pp"),
    };
    return IS_ANY(name, names);
}

static bool query_holds(struct text query, struct text parameter)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (text_equal(part, parameter))
            return true;
    return false;
}

/* Whether the link differs from the page only in size, order or view. */
static bool only_changes_view(const struct url *page, const struct url *link)
{
    struct text query = url_query(link), part;
    bool any = false;
    if (!text_equal(url_path(page), url_path(link)))
        return false;
    while (query.length && url_query_part(&query, &part)) {
        if (query_holds(url_query(page), part))
            continue;
        ptrdiff_t equals = text_find_char(part, '=');
        if (!is_view_name(text_first(part, equals < 0 ? part.length : (size_t)equals)))
            return false;
        any = true;
    }
    return any;
}

/* Whether the link is a day of a calendar: "4" to .../2021/06/04, ?date=2021-06-04 or ?day=4. */
static bool is_day(const struct url *link, long number, bool in_calendar)
{
    struct text address = text_trim(url_target(link));
    if (number < 1 || number > 31)
        return false;
    if (in_calendar || text_find_nocase(address, TEXT("day=")) >= 0)
        return true;
    if (address.length && address.at[address.length - 1] == '/')
        address.length--;
    size_t digits = closing_digits(address);
    struct text rest = text_first(address, address.length - digits);
    if (digits == 8) /* 20210604 */
        return text_starts(text_skip(address, rest.length), TEXT("20")) ||
               text_starts(text_skip(address, rest.length), TEXT("19"));
    if (digits < 1 || digits > 2 || rest.length < 6 || !strchr("-/", rest.at[rest.length - 1]))
        return false;
    rest.length--;
    digits = closing_digits(rest);
    rest = text_first(rest, rest.length - digits);
    return digits && digits <= 2 && rest.length && strchr("-/", rest.at[rest.length - 1]) &&
           closing_digits(text_first(rest, rest.length - 1)) == 4;
}

/* ---- points ---- */

static enum direction direction_of(const struct pagers *pagers, const struct anchor *anchor)
{
    const struct pager_words *pager_words = &pagers->pager_words;
    enum direction told = pager_words_of(pager_words, anchor->text);
    if (told < DIRECTION_ALONE && anchor->title.length) {
        enum direction by_title = pager_words_of(pager_words, anchor->title);
        told = by_title > told ? by_title : told;
    }
    if (told < DIRECTION_TOLD &&
        (name_points(pagers, anchor->class) || name_points(pagers, anchor->id)))
        told = DIRECTION_TOLD;
    if (told < DIRECTION_ALONE && anchor->inside.length) {
        enum direction drawn = pager_words_of(pager_words, text_trim(anchor->inside));
        told = drawn > told ? drawn : told;
    }
    if (told < DIRECTION_TOLD &&
        (name_points(pagers, anchor->inside) || name_draws_arrow(anchor->inside)))
        told = DIRECTION_TOLD;
    return told;
}

/* The number in the text, or in the title where each page is drawn as a dot: "Page 2". */
static long number_of(const struct anchor *anchor)
{
    long number = pagers_number(anchor->text);
    return number < 0 && anchor->title.length && !ascii_is_digit(anchor->title.at[0])
               ? pagers_number(anchor->title)
               : number;
}

/* The points against a pager. */
static int objections(const struct pagers *pagers, const struct url *page, const struct url *link,
                      const struct anchor *anchor, const struct pager_marks *marks, bool paged)
{
    struct text fragment = text_skip(url_href(link), link->fragment);
    int points = 0;
    if (marks->number < 0 && !marks->own && pager_words_characters(anchor->text) > TEXT_CHARACTERS)
        points += 2;
    if (text_equal(url_resource(page), url_resource(link)))
        points += 1;
    if (only_changes_view(page, link))
        points += 3;
    if (fragment.length > 1 && leads_to_reply(fragment, paged))
        points += 3;
    if (word_set_find(&pagers->other_ways, anchor->title) >= 0 ||
        (word_set_find(&pagers->other_ways, anchor->text) >= 0 &&
         pager_words_of(&pagers->pager_words, anchor->text) < DIRECTION_ALONE))
        points += 3; /* "newest post", not "Newest posts" */
    if (text_find_nocase(anchor->text, TEXT("comment")) >= 0 && !marks->direction)
        points += 3;
    if (is_day(link, marks->number, anchor->in_calendar))
        points += 3;
    return points;
}

/* Whether the page's own URL shows that it is a page of a list. */
static bool is_listed(const struct url *page)
{
    struct path_segments segments;
    path_segments_split(&segments, url_path(page));
    return pagers_query(url_query(page)) || pagers_path(&segments) != PAGE_NONE ||
           ends_in_number(&segments, -1);
}

/* Whether the link only points, such as "← On beans" from one post to another.  It has an arrow,
 * but no words for the direction and no number, and neither page is part of a list. */
static bool only_points(const struct pagers *pagers, const struct url *page, const struct url *link,
                        const struct anchor *anchor, const struct pager_marks *marks)
{
    return !marks->counted && marks->number < 0 && anchor->text.length &&
           pager_words_of(&pagers->pager_words, anchor->text) <= DIRECTION_HINTED &&
           !is_listed(page) && pagers_family(page) != pagers_family(link);
}

struct pager_marks pagers_judge(const struct pagers *pagers, const struct url *page,
                                const struct url *link, const struct path_segments *segments,
                                const struct anchor *anchor)
{
    enum page_path said = pagers_path(segments);
    long number = number_of(anchor);
    bool title = pager_words_is_title(&pagers->pager_words, anchor->text);
    bool by_query = pagers_query(url_query(link)), by_path = said != PAGE_NONE;
    bool by_end = !by_path && !title && ends_in_number(segments, number);
    bool paged = by_query || by_path; /* the URL has a page number */
    struct pager_marks marks = {.number = number,
                                .counted = by_query || by_path || by_end,
                                .named = said == PAGE_NAMED};
    if (marks.number < 0)
        marks.direction = direction_of(pagers, anchor);
    /* "The next big thing" at /posts/17: the URL of any post may end in a number. */
    if (marks.direction == DIRECTION_TOLD && said != PAGE_NAMED && !anchor->in_pager && title)
        by_path = false;
    marks.points = (anchor->in_pager ? 2 : 0) + (by_query ? 2 : 0) + (by_path || by_end ? 1 : 0) +
                   (marks.number >= 0 ? 2 : 0) + (int)marks.direction;
    bool neighbour =
        marks.points < POINTS_CERTAIN && (by_query || marks.named) && is_neighbour(page, link);
    marks.own = neighbour || (marks.named && marks.points < POINTS_CERTAIN &&
                              pagers_family(page) == pagers_family(link));
    /* A link from .../list to .../list/page/2 counts, whatever it looks like.  So does a link back
     * with some other sign of a pager. */
    if (neighbour)
        marks.points = POINTS_CERTAIN;
    else if (marks.own ? marks.points < POINTS_POSSIBLE
                       : marks.points == POINTS_POSSIBLE && pagers_leads_back(page, link))
        marks.points++;
    if (marks.points >= POINTS_POSSIBLE)
        marks.points -= objections(pagers, page, link, anchor, &marks, paged);
    if (marks.points >= POINTS_CERTAIN && only_points(pagers, page, link, anchor, &marks))
        marks.points = POINTS_POSSIBLE;
    return marks;
}
