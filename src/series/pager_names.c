/*
 * The names of elements of pagers: word lists of class names and the like, and how they are looked
 * for in class, id, role and aria-label.
 */
#include <config.h>

#include "series/pager_names.h"

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

/* Whether `name`, or a part of it between hyphens or underscores, is one of the whole names. */
static bool is_whole_name(const struct pager_names *known, struct text name)
{
    if (word_set_equal(&known->whole_names, name) >= 0)
        return true;
    for (size_t from = 0; from < name.length;) {
        size_t length = 0;
        while (from + length < name.length && name.at[from + length] != '-' &&
               name.at[from + length] != '_')
            length++;
        if (word_set_equal(&known->whole_names, text_first(text_skip(name, from), length)) >= 0)
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

static void add_telling(struct pager_names *known, size_t *count, const struct text *list,
                        size_t length)
{
    for (size_t i = 0; i < length; i++)
        known->telling_list[(*count)++] = list[i];
}

void pager_names_init(struct pager_names *known)
{
    size_t count = 0;
    word_set_init(&known->anywhere, pager_names, COUNT(pager_names));
    word_set_init(&known->whole_names, pager_names_whole, COUNT(pager_names_whole));
    word_set_init(&known->layout, layout_names, COUNT(layout_names));
    word_set_init(&known->calendars, calendar_names, COUNT(calendar_names));
    word_set_init(&known->archives, archive_names, COUNT(archive_names));
    word_set_init(&known->pointing, pointing_names, COUNT(pointing_names));
    add_telling(known, &count, pager_names, COUNT(pager_names));
    add_telling(known, &count, pager_names_whole, COUNT(pager_names_whole));
    add_telling(known, &count, calendar_names, COUNT(calendar_names));
    add_telling(known, &count, archive_names, COUNT(archive_names));
    word_set_init(&known->telling, known->telling_list, count);
}

static bool names_pager(const struct pager_names *known, struct text names)
{
    enum { TAG_NAMES_MOST = 16 };
    struct text name;
    for (int i = 0; i < TAG_NAMES_MOST && next_name(&names, &name); i++)
        if ((word_set_find(&known->anywhere, name) >= 0 || is_whole_name(known, name)) &&
            word_set_find(&known->layout, name) < 0)
            return true;
    return false;
}

struct named pager_names_of(const struct pager_names *known, struct text names)
{
    if (word_set_find(&known->telling, names) < 0)
        return (struct named){.pager = false};
    return (struct named){.pager = names_pager(known, names),
                          .archive = word_set_find(&known->archives, names) >= 0,
                          .calendar = word_set_find(&known->calendars, names) >= 0};
}

bool pager_names_point(const struct pager_names *known, struct text name)
{
    for (size_t i = 0; word_set_find(&known->pointing, name) >= 0 && i < COUNT(pointing_names);
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

bool pager_names_draw_arrow(struct text name)
{
    static const struct text shapes[] = {WORD("arrow"),  WORD("chevron"), WORD("angle"),
                                         WORD("caret"),  WORD("pfeil"),   WORD("fleche"),
                                         WORD("flecha"), WORD("triangle")};
    static const struct text ways[] = {WORD("left"), WORD("right"), WORD("forward"), WORD("back"),
                                       WORD("-l"),   WORD("-r"),    WORD("_l"),      WORD("_r")};
    return TEXT_HAS_ANY(name, shapes) && TEXT_HAS_ANY(name, ways);
}
