/*
 * What the readers of pages share: the current tag with its attributes, and the elements around it.
 * Private to the readers of pages.
 */
#ifndef LINKS_PAGE_H
#define LINKS_PAGE_H

#include "html/tokenizer.h"
#include "links/extract.h"
#include "links/page_form.h"

enum element {
    E_A,
    E_AMP_ANIM,
    E_AMP_IMG,
    E_APPLET,
    E_AREA,
    E_AUDIO,
    E_BASE,
    E_BGSOUND,
    E_BLOCKQUOTE,
    E_BODY,
    E_BR,
    E_BUTTON,
    E_COL,
    E_COLOR_PROFILE,
    E_CURSOR,
    E_DEL,
    E_EMBED,
    E_FEIMAGE,
    E_FILTER,
    E_FONT_FACE_URI,
    E_FORM,
    E_FRAME,
    E_HR,
    E_HTML,
    E_IFRAME,
    E_IMAGE,
    E_IMG,
    E_INPUT,
    E_INS,
    E_LINEAR_GRADIENT,
    E_LINK,
    E_META,
    E_MPATH,
    E_NOFRAMES,
    E_NOSCRIPT,
    E_OBJECT,
    E_OPTION,
    E_PARAM,
    E_PATTERN,
    E_Q,
    E_RADIAL_GRADIENT,
    E_SCRIPT,
    E_SELECT,
    E_SOURCE,
    E_STYLE,
    E_TABLE,
    E_TD,
    E_TEMPLATE,
    E_TEXTAREA,
    E_TEXT_PATH,
    E_TH,
    E_TR,
    E_TRACK,
    E_TREF,
    E_USE,
    E_VIDEO,
    E_WBR,
    ELEMENTS
};

enum attribute_name {
    A_ACTION,
    A_ARCHIVE,
    A_ARIA_LABEL,
    A_AS,
    A_BACKGROUND,
    A_CHECKED,
    A_CITE,
    A_CLASS,
    A_CLASSID,
    A_CLIP_PATH,
    A_CODE,
    A_CODEBASE,
    A_CONTENT,
    A_CURSOR,
    A_DATA,
    A_DATA_BG,
    A_DATA_BACKGROUND,
    A_DATA_FULL,
    A_DATA_HI_RES,
    A_DATA_LAZY,
    A_DATA_LAZY_SRC,
    A_DATA_LAZY_SRCSET,
    A_DATA_ORIGINAL,
    A_DATA_SRC,
    A_DATA_SRCSET,
    A_DYNSRC,
    A_FILL,
    A_FILTER,
    A_HREF,
    A_HTTP_EQUIV,
    A_ID,
    A_IMAGESRCSET,
    A_ITEMPROP,
    A_LONGDESC,
    A_LOWSRC,
    A_MANIFEST,
    A_MARKER_END,
    A_MARKER_MID,
    A_MARKER_START,
    A_MASK,
    A_METHOD,
    A_NAME,
    A_ONCHANGE,
    A_ONCLICK,
    A_POSTER,
    A_PROPERTY,
    A_REFERRERPOLICY,
    A_REL,
    A_ROLE,
    A_SELECTED,
    A_SRC,
    A_SRCDOC,
    A_SRCSET,
    A_STROKE,
    A_STYLE,
    A_TITLE,
    A_TYPE,
    A_VALUE,
    A_XLINK_HREF,
    ATTRIBUTE_NAMES
};

enum { STACK_MOST = 128 };

struct open_element {
    uint64_t name; /* by tag_name_word(), and its length */
    size_t length;
    bool pager, archive, calendar;
};

struct page {
    struct extract *extract;
    struct tokenizer tokenizer;
    struct open_element stack[STACK_MOST];
    int open;
    int noscript, template; /* depths */
    struct text container;  /* of the page this one is nested in */
    int depth;
    const struct page_names *names;
    /* Of the current tag: */
    int element;                                     /* enum element, -1 for any other */
    size_t resolved_before;                          /* extract->seen.resolved when it began */
    bool names_pager, names_archive, names_calendar; /* its class or id does */
    struct page_form form;
    const char *where; /* of its attribute that is being read */
};

#define BIT(attribute) ((uint64_t)1 << (attribute))
/* For drawing: fill="url(pattern.svg#dots)". */
#define DRAWN_WITH                                                                  \
    (BIT(A_FILL) | BIT(A_STROKE) | BIT(A_FILTER) | BIT(A_MASK) | BIT(A_CLIP_PATH) | \
     BIT(A_CURSOR) | BIT(A_MARKER_START) | BIT(A_MARKER_MID) | BIT(A_MARKER_END))
/* Attributes with a URL on any element. */
#define ON_ANY_ELEMENT \
    (DRAWN_WITH | BIT(A_STYLE) | BIT(A_DATA_BG) | BIT(A_DATA_BACKGROUND) | BIT(A_ONCLICK))
/* Attributes that some elements have a row for, and all others may have too. */
#define LAZY                                                                          \
    (BIT(A_DATA_SRC) | BIT(A_DATA_SRCSET) | BIT(A_DATA_LAZY) | BIT(A_DATA_LAZY_SRC) | \
     BIT(A_DATA_LAZY_SRCSET) | BIT(A_DATA_ORIGINAL) | BIT(A_DATA_HI_RES) | BIT(A_DATA_FULL))

/* Attributes with a URL on elements of the page's own: <my-gallery src=...>. */
#define ON_OWN_ELEMENT \
    (BIT(A_SRC) | BIT(A_SRCSET) | BIT(A_POSTER) | BIT(A_BACKGROUND) | BIT(A_DATA) | BIT(A_HREF))

static inline bool page_has(const struct page *page, enum attribute_name attribute)
{
    return page->tokenizer.noted >> attribute & 1;
}

/* The attribute as written, references not decoded. at == NULL: it is absent. */
static inline struct text page_raw(const struct page *page, enum attribute_name attribute)
{
    return page_has(page, attribute) ? page->tokenizer.values[attribute] : (struct text){NULL, 0};
}

/* A value with its character references decoded. If it had any, the text lives in extract->value,
 * so use one at a time. */
struct text page_decoded(struct page *page, struct text value);

/* The attribute with its references decoded, as page_decoded() does it. */
static inline struct text page_value(struct page *page, enum attribute_name attribute)
{
    return page_has(page, attribute) ? page_decoded(page, page->tokenizer.values[attribute])
                                     : (struct text){NULL, 0};
}

/* The name in lower case.  Static. */
const char *page_element_name(enum element element);
const char *page_attribute_name(enum attribute_name attribute);

/* Adds a link, unless a script has yet to fill it in or it names a place in this page. */
void page_give(struct page *page, struct text raw, const char *element, const char *attribute,
               enum link_class class, enum link_certainty certainty, bool document);

/* Notes text that a visitor sees. Only of the page itself, not of markup inside it. */
static inline void page_shows(struct page *page, struct text text)
{
    if (text.length && page->tokenizer.input.at == page->extract->page.pieces.html.at)
        page_pieces_add(&page->extract->page.pieces, text);
}

/* Reads markup inside the page as a page of its own. */
void page_nested(struct page *page, struct text markup, struct text container);

/* ---- links_data.c ---- */

/* A script, style sheet or frame whose URL has all of it. */
void data_element(struct page *page);

/* ---- links_anchor.c ---- */

void anchor_names_init(struct page_names *names);
/* Skips an anchor that an earlier page had too, and adds its link. False: there is none here. */
bool anchor_recall(struct page *page);
void anchor_element(struct page *page, const char *element);
/* Judges the resolved URL of an element that is not an anchor, by its text and the elements around
 * it. */
struct series_judgement page_judge(struct page *page, struct text text);
/* The count of posts after the current tag, as in struct link. */
int page_posts_behind(const struct page *page);

/* ---- links_elements.c: elements that need more than one URL attribute ---- */

void link_element(struct page *page);
void meta_element(struct page *page);
void object_element(struct page *page);
void param_element(struct page *page);
void input_element(struct page *page);
/* Attributes that any element may have: data-bg, fill="url(...)", onclick. */
void any_element(struct page *page);

/* Reads a script in an attribute, character references not decoded. */
void event_script(struct page *page, struct text raw, const char *where);
/* The relation of a link element whose URL waits in another attribute. */
void link_put_off(struct page *page, struct text address);

/* ---- links_form.c ---- */

/* form, select, option, input, button, textarea */
void form_element(struct page *page);
/* The form ends: adds where it leads. Does nothing if none is open. */
void form_end(struct page *page);
void form_close_select(struct page *page);

/* ---- links_lazy.c ---- */

/* Attributes that no table lists: data-large-file="/a.jpg", data-next-url="/list?page=2". */
void lazy_attributes(struct page *page);
/* Gives the part that an attribute of the table names in base64: data-src="L2EucG5n".  False: it
 * names its URL as it is. */
bool lazy_hidden(struct page *page, enum attribute_name name);
/* A set of pictures in an attribute: data-bg="/a.jpg,/b.jpg". False: it is none. */
bool lazy_set(struct page *page, struct text set, const char *where);
/* Variables in the style of an element: style="--photo: a.jpg". */
void lazy_style(struct page *page, struct text style);

#endif
