/*
 * Pagers: what speaks against one, and the points.  The signs themselves are read by pager_names.c,
 * pager_number.c, pager_url.c and pager_words.c.
 */
#include <config.h>

#include "series/pagers.h"

#include <string.h>

#include "series/pager_number.h"
#include "series/pager_url.h"

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

void pagers_init(struct pagers *pagers)
{
    pager_words_init(&pagers->pager_words);
    pager_names_init(&pagers->names);
    word_set_init(&pagers->other_ways, other_ways, sizeof other_ways / sizeof *other_ways);
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
    size_t digits = pager_url_digits(name);
    struct text word = text_first(name, name.length - digits);
    while (word.length && (word.at[word.length - 1] == '-' || word.at[word.length - 1] == '_'))
        word.length--;
    if (digits ? TEXT_IS_ANY(word, places) || (!word.length && digits > 4)
               : text_equal_nocase(name, TEXT("lastpost")))
        return true;
    return !counted && TEXT_IS_ANY(name, whole);
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
    return TEXT_IS_ANY(name, names);
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
    size_t digits = pager_url_digits(address);
    struct text rest = text_first(address, address.length - digits);
    if (digits == 8) /* 20210604 */
        return text_starts(text_skip(address, rest.length), TEXT("20")) ||
               text_starts(text_skip(address, rest.length), TEXT("19"));
    if (digits < 1 || digits > 2 || rest.length < 6 || !strchr("-/", rest.at[rest.length - 1]))
        return false;
    rest.length--;
    digits = pager_url_digits(rest);
    rest = text_first(rest, rest.length - digits);
    return digits && digits <= 2 && rest.length && strchr("-/", rest.at[rest.length - 1]) &&
           pager_url_digits(text_first(rest, rest.length - 1)) == 4;
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
    if (told < DIRECTION_TOLD && (pager_names_point(&pagers->names, anchor->class) ||
                                  pager_names_point(&pagers->names, anchor->id)))
        told = DIRECTION_TOLD;
    if (told < DIRECTION_ALONE && anchor->inside.length) {
        enum direction drawn = pager_words_of(pager_words, text_trim(anchor->inside));
        told = drawn > told ? drawn : told;
    }
    if (told < DIRECTION_TOLD && (pager_names_point(&pagers->names, anchor->inside) ||
                                  pager_names_draw_arrow(anchor->inside)))
        told = DIRECTION_TOLD;
    return told;
}

/* The number in the text, or in the title where each page is drawn as a dot: "Page 2". */
static long number_of(const struct anchor *anchor)
{
    long number = pager_number_of(anchor->text);
    return number < 0 && anchor->title.length && !ascii_is_digit(anchor->title.at[0])
               ? pager_number_of(anchor->title)
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
    return pager_url_query(url_query(page)) || pager_url_path(&segments) != PAGE_NONE ||
           pager_url_ends_in_number(&segments, -1);
}

/* Whether the link only points, such as "← On beans" from one post to another.  It has an arrow,
 * but no words for the direction and no number, and neither page is part of a list. */
static bool only_points(const struct pagers *pagers, const struct url *page, const struct url *link,
                        const struct anchor *anchor, const struct pager_marks *marks)
{
    return !marks->counted && marks->number < 0 && anchor->text.length &&
           pager_words_of(&pagers->pager_words, anchor->text) <= DIRECTION_HINTED &&
           !is_listed(page) && pager_url_list_key(page) != pager_url_list_key(link);
}

/* Which way a picture points: by its alt text, its name, or the title of the link. */
static enum pager_way way_of(const struct anchor *anchor)
{
    static const struct text back[] = {WORD("prev"), WORD("back"), WORD("left"), WORD("newer")};
    static const struct text on[] = {WORD("next"), WORD("forward"), WORD("right"), WORD("older")};
    const struct text said[] = {anchor->text, anchor->title, anchor->inside, anchor->class};
    for (size_t i = 0; anchor->drawn && i < sizeof said / sizeof *said; i++) {
        bool is_back = TEXT_HAS_ANY(said[i], back), is_on = TEXT_HAS_ANY(said[i], on);
        if (is_back != is_on)
            return is_back ? WAY_BACK : WAY_ON;
    }
    return WAY_NONE;
}

struct pager_marks pagers_judge(const struct pagers *pagers, const struct url *page,
                                const struct url *link, const struct path_segments *segments,
                                const struct anchor *anchor)
{
    enum page_path said = pager_url_path(segments);
    long number = number_of(anchor);
    bool title = pager_words_is_title(&pagers->pager_words, anchor->text);
    bool by_query = pager_url_query(url_query(link)), by_path = said != PAGE_NONE;
    bool by_end = !by_path && !title && pager_url_ends_in_number(segments, number);
    bool paged = by_query || by_path; /* the URL has a page number */
    struct pager_marks marks = {.number = number,
                                .counted = by_query || by_path || by_end,
                                .named = said == PAGE_NAMED};
    if (marks.number < 0)
        marks.direction = direction_of(pagers, anchor);
    marks.way = marks.direction >= DIRECTION_TOLD ? way_of(anchor) : WAY_NONE;
    /* "The next big thing" at /posts/17: the URL of any post may end in a number. */
    if (marks.direction == DIRECTION_TOLD && said != PAGE_NAMED && !anchor->in_pager && title)
        by_path = false;
    marks.points = (anchor->in_pager ? 2 : 0) + (by_query ? 2 : 0) + (by_path || by_end ? 1 : 0) +
                   (marks.number >= 0 ? 2 : 0) + (int)marks.direction;
    bool neighbour = marks.points < POINTS_CERTAIN && (by_query || marks.named) &&
                     pager_url_is_neighbour(page, link);
    marks.own = neighbour || (marks.named && marks.points < POINTS_CERTAIN &&
                              pager_url_list_key(page) == pager_url_list_key(link));
    /* A link from .../list to .../list/page/2 counts, whatever it looks like.  So does a link back
     * with some other sign of a pager. */
    if (neighbour)
        marks.points = POINTS_CERTAIN;
    else if (marks.own ? marks.points < POINTS_POSSIBLE
                       : marks.points == POINTS_POSSIBLE && pager_url_leads_back(page, link))
        marks.points++;
    /* "Next photo" from photo.php?id=5 to photo.php?id=6 */
    if (marks.points == POINTS_POSSIBLE && marks.direction >= DIRECTION_TOLD && !title &&
        pager_url_is_one_apart(page, link))
        marks.points++;
    if (marks.points >= POINTS_POSSIBLE)
        marks.points -= objections(pagers, page, link, anchor, &marks, paged);
    if (marks.points >= POINTS_CERTAIN && only_points(pagers, page, link, anchor, &marks))
        marks.points = POINTS_POSSIBLE;
    return marks;
}
