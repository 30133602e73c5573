/* Elements and attributes that need more than a row in the table of URL attributes: link, meta,
 * object, url() in attributes. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "html/entities.h"
#include "links/page.h"
#include "links/part_name.h"
#include "series/pager_url.h"

enum {
    TYPE_BYTES = 128, /* the beginning of a media type is enough */
    SCRIPT_MOST = 256 * 1024,
};

/* ---- link and meta ---- */

/* Pictures by their names in schema.org. */
static bool is_picture_property(struct text property)
{
    static const struct text names[] = {WORD("image"), WORD("thumbnailurl"), WORD("thumbnail"),
                                        WORD("logo"), WORD("primaryimageofpage")};
    struct text name;
    while (property.at && text_split(&property, ' ', &name))
        if (TEXT_IS_ANY(name, names))
            return true;
    return false;
}

/* Every page of Hugo spells "application/rss&#43;xml". Only one decoded value lives at a time, so
 * it is copied. */
static struct text copy_type(struct page *page, char bytes[TYPE_BYTES])
{
    struct text type = text_first(page_value(page, A_TYPE), TYPE_BYTES);
    if (type.length)
        memcpy(bytes, type.at, type.length);
    return (struct text){bytes, type.length};
}

static void give_relation(struct page *page, struct text href, struct text type)
{
    struct relation relation = {.address = href,
                                .rel = page_raw(page, A_REL),
                                .type = type,
                                .as = page_raw(page, A_AS),
                                .unknown_is_page = true,
                                .element = "link",
                                .attribute = "href"};
    if (!href.length || href.at[0] == '#' || extract_is_template(href))
        return;
    if (relation.rel.length)
        extract_relation(page->extract, &relation);
    else if (is_picture_property(page_raw(page, A_ITEMPROP)))
        page_give(page, href, "link", "href", LINK_REQUISITE, LINK_POSSIBLE, false);
}

void link_element(struct page *page)
{
    char bytes[TYPE_BYTES];
    struct text type = copy_type(page, bytes);
    give_relation(page, text_trim(page_value(page, A_HREF)), type);
}

void link_put_off(struct page *page, struct text address)
{
    char bytes[TYPE_BYTES];
    struct text type = copy_type(page, bytes);
    give_relation(page, address, type);
}

/* What the page says of itself, for its own markup only (HTML Standard, 4.2.5.1; a template is no
 * part of the page). */
static void note_meta(struct page *page)
{
    struct said_by_page *said = &page->extract->page;
    struct text name = page_raw(page, A_NAME), content = text_trim(page_raw(page, A_CONTENT));
    if (page->depth || page->template || !name.length)
        return;
    if (text_equal_nocase(name, TEXT("robots")) && !said->has_robots) {
        said->robots = content;
        said->has_robots = true;
    }
    if (text_equal_nocase(text_trim(name), TEXT("referrer")))
        said->referrer = content;
}

void meta_element(struct page *page)
{
    static const struct text pictures[] = {WORD("og:image"),
                                           WORD("og:image:url"),
                                           WORD("og:image:secure_url"),
                                           WORD("og:video"),
                                           WORD("og:video:url"),
                                           WORD("og:video:secure_url"),
                                           WORD("og:audio"),
                                           WORD("og:audio:url"),
                                           WORD("og:audio:secure_url"),
                                           WORD("twitter:image"),
                                           WORD("twitter:image:src"),
                                           WORD("msapplication-tileimage"),
                                           WORD("msapplication-square70x70logo"),
                                           WORD("msapplication-square150x150logo"),
                                           WORD("msapplication-wide310x150logo"),
                                           WORD("msapplication-square310x310logo"),
                                           WORD("msapplication-config"),
                                           WORD("thumbnail")};
    static const struct text pages[] = {WORD("og:url"), WORD("twitter:url"), WORD("twitter:player"),
                                        WORD("al:web:url")};
    static const enum attribute_name telling[] = {A_PROPERTY, A_NAME, A_ITEMPROP};
    note_meta(page);
    struct text content = page_value(page, A_CONTENT);
    if (!content.length)
        return;
    if (text_equal_nocase(page_raw(page, A_HTTP_EQUIV), TEXT("refresh"))) {
        page_give(page, extract_refresh_target(content), "meta", "refresh", LINK_PAGE, LINK_CERTAIN,
                  false);
        return;
    }
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        struct text name = text_trim(page_raw(page, telling[i]));
        if (!name.length)
            continue;
        if (TEXT_IS_ANY(name, pictures) || (telling[i] == A_ITEMPROP && is_picture_property(name)))
            page_give(page, content, "meta", "content", LINK_REQUISITE, LINK_POSSIBLE, false);
        else if (TEXT_IS_ANY(name, pages))
            page_give(page, content, "meta", "content", LINK_PAGE, LINK_POSSIBLE, false);
    }
}

/* ---- object, applet, param, input ---- */

/* Makes `codebase` the base of what follows. Returns the base before. */
static struct url enter_codebase(struct page *page, struct url *codebase)
{
    struct extract *extract = page->extract;
    struct url outer = extract->base;
    url_init(codebase);
    struct text raw = text_trim(page_value(page, A_CODEBASE));
    if (raw.length && extract_resolve(extract, raw) && extract_copy(extract, codebase))
        extract->base = *codebase;
    return outer;
}

/* A list of URLs, with spaces or commas between them. */
static void give_list(struct page *page, struct text list, const char *element,
                      const char *attribute)
{
    while (list.length) {
        size_t length = 0;
        while (length < list.length && !ascii_is_space(list.at[length]) && list.at[length] != ',')
            length++;
        page_give(page, text_first(list, length), element, attribute, LINK_REQUISITE, LINK_CERTAIN,
                  false);
        list = text_skip(list, length + 1);
    }
}

void object_element(struct page *page)
{
    const char *element = page_element_name((enum element)page->element);
    struct url codebase, outer = enter_codebase(page, &codebase);
    struct text type = text_trim(page_raw(page, A_TYPE)),
                classid = text_trim(page_raw(page, A_CLASSID));
    bool document = text_starts_nocase(type, TEXT("text/html")) ||
                    text_starts_nocase(type, TEXT("application/xhtml+xml"));
    if (page->element == E_OBJECT)
        page_give(page, page_value(page, A_DATA), element, "data", LINK_REQUISITE, LINK_CERTAIN,
                  document);
    /* A class that is in an archive has no URL of its own. */
    else if (!page_has(page, A_ARCHIVE))
        page_give(page, page_value(page, A_CODE), element, "code", LINK_REQUISITE, LINK_CERTAIN,
                  false);
    give_list(page, page_value(page, A_ARCHIVE), element, "archive");
    if (text_starts_nocase(classid, TEXT("http:")) || text_starts_nocase(classid, TEXT("https:")))
        page_give(page, page_value(page, A_CLASSID), element, "classid", LINK_REQUISITE,
                  LINK_CERTAIN, false);
    page->extract->base = outer;
    url_release(&codebase);
}

void param_element(struct page *page)
{
    static const struct text names[] = {WORD("movie"), WORD("src"), WORD("url")};
    struct text name = text_trim(page_raw(page, A_NAME));
    if (TEXT_IS_ANY(name, names))
        page_give(page, page_value(page, A_VALUE), "param", "value", LINK_REQUISITE,
                  text_equal_nocase(name, TEXT("movie")) ? LINK_CERTAIN : LINK_POSSIBLE, false);
}

void input_element(struct page *page)
{
    if (text_equal_nocase(page_raw(page, A_TYPE), TEXT("image")))
        page_give(page, page_value(page, A_SRC), "input", "src", LINK_REQUISITE, LINK_CERTAIN,
                  false);
}

/* ---- any element ---- */

static void background(struct page *page, enum attribute_name attribute)
{
    struct text value = text_trim(page_value(page, attribute));
    if (text_find_nocase(text_first(value, 64), TEXT("url(")) >= 0 ||
        text_starts_nocase(value, TEXT("image-set(")))
        extract_css(page->extract, value, "@data-bg");
    else if (text_find_char(value, ',') > 0 && lazy_set(page, value, "@data-bg"))
        return;
    else if (part_is_clean(value) && (part_is_shaped(value) || text_find_char(value, '.') > 0 ||
                                      text_find_char(value, '/') > 0))
        page_give(page, value, "@data-bg", NULL, LINK_REQUISITE, LINK_CERTAIN, false);
}

static void drawn_with(struct page *page)
{
    for (int attribute = 0; attribute < ATTRIBUTE_NAMES; attribute++) {
        if (!(page->tokenizer.noted & DRAWN_WITH & BIT(attribute)))
            continue;
        struct text value = page_value(page, (enum attribute_name)attribute);
        char name[32];
        if (text_find_nocase(value, TEXT("url(")) < 0)
            continue;
        snprintf(name, sizeof name, "@%s", page_attribute_name((enum attribute_name)attribute));
        extract_css(page->extract, value, name);
    }
}

void event_script(struct page *page, struct text raw, const char *where)
{
    struct buf script;
    buf_init(&script, SCRIPT_MOST);
    entities_decode(raw, true, &script);
    if (script.length)
        extract_event(page->extract, buf_text(&script), where);
    extract_release(page->extract, &script);
}

void any_element(struct page *page)
{
    if (page_has(page, A_STYLE)) {
        extract_css(page->extract, page_value(page, A_STYLE), "@style");
        lazy_style(page, page_value(page, A_STYLE));
    }
    if (page->tokenizer.noted & DRAWN_WITH)
        drawn_with(page);
    if (page_has(page, A_ONCLICK))
        event_script(page, page_raw(page, A_ONCLICK), "@onclick");
    if (page_has(page, A_DATA_BG))
        background(page, A_DATA_BG);
    if (page_has(page, A_DATA_BACKGROUND))
        background(page, A_DATA_BACKGROUND);
}
