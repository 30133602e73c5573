/* Elements and attributes that need more than a row in the table of URL attributes: link, meta,
 * object, url() in attributes. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "html/entities.h"
#include "links/page.h"
#include "series/pager_url.h"

enum { TYPE_BYTES = 128 }; /* the beginning of a media type is enough */

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

void link_element(struct page *page)
{
    /* Every page of Hugo spells "application/rss&#43;xml". Only one decoded value lives at a time,
     * so it is copied. */
    char type_bytes[TYPE_BYTES];
    struct text type = text_first(page_value(page, A_TYPE), sizeof type_bytes);
    if (type.length)
        memcpy(type_bytes, type.at, type.length);
    type.at = type_bytes;
    struct text href = text_trim(page_value(page, A_HREF));
    if (!href.length || href.at[0] == '#' || extract_is_template(href))
        return;
    struct relation relation = {.address = href,
                                .rel = page_raw(page, A_REL),
                                .type = type,
                                .as = page_raw(page, A_AS),
                                .unknown_is_page = true,
                                .element = "link",
                                .attribute = "href"};
    if (relation.rel.length)
        extract_relation(page->extract, &relation);
    else if (is_picture_property(page_raw(page, A_ITEMPROP)))
        page_give(page, href, "link", "href", LINK_REQUISITE, LINK_POSSIBLE, false);
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
    else
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

/* onclick="location.href='/x'", "window.open('/x')": links that a browser without scripts
 * misses. */
static void click(struct page *page)
{
    static const char *const marks[] = {"location", "window.open("};
    struct text script = page_value(page, A_ONCLICK);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t at = text_find(script, text_of(marks[i]));
        struct text rest =
            at < 0 ? TEXT("") : text_skip(script, (size_t)at + text_of(marks[i]).length);
        if (text_starts(rest, TEXT(".href")))
            rest = text_skip(rest, 5);
        rest = text_trim(rest);
        if (i == 0 && !text_starts(rest, TEXT("=")))
            continue;
        rest = text_trim(text_skip(rest, i == 0));
        char quote = rest.length ? rest.at[0] : ' ';
        ptrdiff_t end =
            quote == '"' || quote == '\'' ? text_find_char(text_skip(rest, 1), quote) : -1;
        /* 'a' + b is half a URL. */
        if (end > 0 && !text_starts(text_trim(text_skip(rest, (size_t)end + 2)), TEXT("+")))
            page_give(page, text_first(text_skip(rest, 1), (size_t)end), "@onclick", NULL,
                      LINK_PAGE, LINK_POSSIBLE, false);
    }
}

/* What a player or viewer shows that a script puts in place of the element. */
static bool is_picture(struct text path)
{
    static const char *const endings[] = {".png",  ".jpg", ".jpeg", ".gif",  ".webp",
                                          ".avif", ".svg", ".mp4",  ".webm", ".mp3"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_nocase(path, text_of(endings[i])))
            return true;
    return false;
}

/* <div class=lazy data-src=/a.jpg>. For img, source and iframe the table has it. */
static void lazy_element(struct page *page)
{
    struct extract *extract = page->extract;
    struct found found = {.class = LINK_REQUISITE,
                          .certainty = LINK_POSSIBLE,
                          .element = "@data-src"};
    if (page->element != E_IMG && page->element != E_SOURCE && page->element != E_IFRAME &&
        extract_resolve_filled(extract, text_trim(page_value(page, A_DATA_SRC))) &&
        is_picture(url_path(&extract->url)))
        extract_give_resolved(extract, &found);
}

void any_element(struct page *page)
{
    if (page_has(page, A_STYLE))
        extract_css(page->extract, page_value(page, A_STYLE), "@style");
    if (page->tokenizer.noted & DRAWN_WITH)
        drawn_with(page);
    if (page_has(page, A_ONCLICK))
        click(page);
    if (page_has(page, A_DATA_BG))
        background(page, A_DATA_BG);
    if (page_has(page, A_DATA_BACKGROUND))
        background(page, A_DATA_BACKGROUND);
    if (page_has(page, A_DATA_SRC))
        lazy_element(page);
}

void data_addresses(struct page *page)
{
    struct extract *extract = page->extract;
    for (size_t i = 0; i < page->tokenizer.data_count; i++) {
        struct text raw = page_decoded(page, text_trim(page->tokenizer.data[i]));
        if (!extract_resolve_filled(extract, raw))
            continue;
        bool paged = url_same_site(extract->source->url, &extract->url) &&
                     (pager_url_query(url_query(&extract->url)) ||
                      pager_url_path(&extract->segments) == PAGE_NAMED);
        struct found found = {.class = paged ? LINK_PAGER : LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = "@data"};
        if (paged || is_picture(url_path(&extract->url)))
            extract_give_resolved(extract, &found);
    }
}
