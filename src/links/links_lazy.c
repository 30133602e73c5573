/*
 * Attributes whose values a script uses, whatever their names. They name pictures that are shown
 * later, alone, in sets, or within JSON, style and markup; scripts, style sheets and frames that
 * wait for consent; and pages that a click would load.
 *
 * The value decides, and then the name: see part_name.h and attribute_name.h.
 */
#include <config.h>

#include "html/entities.h"
#include "html/json_strings.h"
#include "links/attribute_name.h"
#include "links/page.h"
#include "links/part_name.h"
#include "series/pager_url.h"
#include "web/data_url.h"

enum {
    VALUE_MOST = 4 * 1024 * 1024,
    JSON_IN_JSON = 2,
    SET_MOST = 512,
    TEXT_AHEAD = 80,
    BASE64_LEAST = 12
};

/* Attributes that are read for some elements by the table of URL attributes. */
static const enum attribute_name lazy_names[] = {
    A_DATA_SRC,         A_DATA_SRCSET,   A_DATA_LAZY,   A_DATA_LAZY_SRC,
    A_DATA_LAZY_SRCSET, A_DATA_ORIGINAL, A_DATA_HI_RES, A_DATA_FULL,
};

static const char *const lazy_where[] = {
    "@data-src",         "@data-srcset",   "@data-lazy",       "@data-lazy-src",
    "@data-lazy-srcset", "@data-original", "@data-hi-res-src", "@data-full",
};

struct value {
    struct page *page;
    struct text text; /* decoded */
    enum attribute_says says;
};

/* ---- giving links ---- */

static void give_part(struct page *page, struct text raw, bool document)
{
    struct found found = {.class = LINK_REQUISITE,
                          .certainty = LINK_POSSIBLE,
                          .element = page->where,
                          .document = document,
                          .any_host = true};
    if (extract_resolve_filled(page->extract, text_trim(raw)))
        extract_give_resolved(page->extract, &found);
}

/* What a script does rather than a page that it shows. */
static bool is_service(struct text path)
{
    static const struct text marks[] = {WORD("/api/"),     WORD("/ajax"),      WORD("admin-ajax"),
                                        WORD("/wp-json/"), WORD("/wp-admin/"), WORD("/graphql"),
                                        WORD("/rpc/"),     WORD("xmlrpc")};
    return TEXT_HAS_ANY(path, marks);
}

/* Whether a click on the element shows more: by its names, or by its text. */
static bool shows_more(const struct page *page)
{
    const struct tokenizer *t = &page->tokenizer;
    struct text ahead = text_first(text_skip(t->input, t->at), TEXT_AHEAD);
    ptrdiff_t end = text_find_char(ahead, '<');
    struct text text = text_trim(end < 0 ? ahead : text_first(ahead, (size_t)end));
    return page->names_pager || text_find_nocase(page_raw(page, A_CLASS), TEXT("more")) >= 0 ||
           text_find_nocase(page_raw(page, A_ID), TEXT("more")) >= 0 ||
           pager_words_of(&page->extract->anchors->tables->pagers.pager_words, text) >=
               DIRECTION_TOLD;
}

/* <span role=link data-link="/a/">: an element that says that a click leads on. */
static bool acts_as_link(const struct page *page)
{
    return text_equal_nocase(text_trim(page_raw(page, A_ROLE)), TEXT("link"));
}

/* A page of this site, or the next part of a list. False: it is neither. */
static bool give_page(struct page *page, struct text raw, enum attribute_says says)
{
    struct extract *extract = page->extract;
    if (!extract_resolve_filled(extract, raw) ||
        !url_same_site(extract->source->url, &extract->url))
        return false;
    struct series_judgement judgement = page_judge(page, TEXT(""));
    bool paged = judgement.class == LINK_PAGER || pager_url_query(url_query(&extract->url)) ||
                 pager_url_path(&extract->segments) == PAGE_NAMED;
    struct found found = {.class = paged ? LINK_PAGER : judgement.class,
                          .certainty =
                              judgement.class == LINK_PAGE ? LINK_POSSIBLE : judgement.certainty,
                          .element = page->where};
    bool leads = says == SAYS_LOADED || says == SAYS_MORE || says == SAYS_HREF ||
                 (says == SAYS_LINK && (shows_more(page) || acts_as_link(page)));
    leads = leads && (says == SAYS_LOADED || !is_service(url_path(&extract->url)));
    if (part_of_path(url_path(&extract->url)) || (!paged && !leads))
        return false;
    extract_give_resolved(extract, &found);
    return true;
}

/* ---- sets of pictures ---- */

/* "300w", "2x", "[(min-width: 9px)]", "(max-width: 2em)" */
static bool is_descriptor(struct text word)
{
    size_t digits = 0;
    while (digits < word.length && (ascii_is_digit(word.at[digits]) || word.at[digits] == '.'))
        digits++;
    return !word.length || word.at[0] == '[' || word.at[0] == '(' ||
           (digits && digits + 1 >= word.length);
}

/* Takes the descriptors up to the next candidate. False: these are other words. */
static bool take_descriptors(struct text *rest)
{
    int brackets = 0;
    bool good = true;
    while (rest->length) {
        char c = rest->at[0];
        if (!brackets && (c == ',' || c == '|' || c == ';')) {
            *rest = text_skip(*rest, 1);
            return good;
        }
        if (!brackets && !ascii_is_space(c)) {
            size_t length = 0;
            while (length < rest->length && !ascii_is_space(rest->at[length]) &&
                   rest->at[length] != ',' && rest->at[length] != '|')
                length++;
            good = good && is_descriptor(text_first(*rest, length));
        }
        bool word = !ascii_is_space(c);
        do {
            c = rest->at[0];
            brackets += c == '(' || c == '[' ? 1 : (c == ')' || c == ']') && brackets ? -1 : 0;
            *rest = text_skip(*rest, 1);
        } while (word && rest->length && !ascii_is_space(rest->at[0]) &&
                 (brackets || (rest->at[0] != ',' && rest->at[0] != '|' && rest->at[0] != ';')));
    }
    return good;
}

/* Takes the URL at the start of *rest. A comma ends it only after a picture's name, for URLs may
 * have commas. */
static struct text take_candidate(struct text *rest)
{
    size_t length = 0;
    while (length < rest->length && !ascii_is_space(rest->at[length]) && rest->at[length] != '|') {
        if ((rest->at[length] == ',' || rest->at[length] == ';') &&
            part_is_seen(part_of_address(text_first(*rest, length))))
            break;
        length++;
    }
    struct text address = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    if (address.length && address.at[address.length - 1] == ',') {
        address.length--;
        *rest = (struct text){address.at + address.length, rest->length + 1};
    }
    return address;
}

/* Gives the pictures of a set; or only tells whether it is one, with `give` unset. */
static bool read_set(const struct value *value, bool give)
{
    struct text rest = value->text;
    bool shown = value->says == SAYS_SHOWN;
    for (int count = 0; count < SET_MOST; count++) {
        while (rest.length && (ascii_is_space(rest.at[0]) || rest.at[0] == ',' ||
                               rest.at[0] == '|' || rest.at[0] == ';'))
            rest = text_skip(rest, 1);
        if (!rest.length)
            return count > 0;
        struct text address = take_candidate(&rest);
        bool seen = part_is_seen(part_of_address(address));
        if (!part_is_clean(address) || !(seen || (shown && part_is_shaped(address))) ||
            !take_descriptors(&rest))
            return false;
        if (give)
            give_part(value->page, address, false);
    }
    return true;
}

bool lazy_set(struct page *page, struct text set, const char *where)
{
    struct value value = {page, set, SAYS_SHOWN};
    page->where = where;
    return read_set(&value, false) && read_set(&value, true);
}

/* ---- JSON ---- */

static bool has_markup(struct text value)
{
    ptrdiff_t open = text_find_char(value, '<');
    return open >= 0 && (size_t)open + 1 < value.length && ascii_is_alpha(value.at[open + 1]) &&
           text_find_nocase(value, TEXT("src")) > 0;
}

static void json_member(struct page *page, const struct json_strings *s, int depth);

static void read_json(struct page *page, struct text json, int depth)
{
    struct json_strings s;
    json_strings_init(&s, json);
    while (json_strings_next(&s))
        json_member(page, &s, depth);
    page->extract->failed = page->extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
}

static bool begins_json(struct text text)
{
    return text.length > 4 && (text.at[0] == '{' || text.at[0] == '[') &&
           text_find_char(text_first(text, 256), '"') > 0;
}

static void json_member(struct page *page, const struct json_strings *s, int depth)
{
    struct value value = {page, text_trim(s->value), attribute_says(s->name)};
    if (!value.text.length || value.says == SAYS_NO_URL)
        return;
    if (begins_json(value.text)) {
        if (depth < JSON_IN_JSON)
            read_json(page, value.text, depth + 1);
        return;
    }
    if (has_markup(value.text))
        page_nested(page, value.text, TEXT("@data "));
    else if (text_find_nocase(value.text, TEXT("url(")) >= 0)
        extract_css(page->extract, value.text, "@data");
    else if (read_set(&value, false))
        read_set(&value, true);
    else if (part_is_shaped(value.text) && part_is_clean(value.text)) {
        if (part_of_address(value.text))
            give_part(page, value.text, false);
        else
            give_page(page, value.text, value.says == SAYS_MORE ? SAYS_MORE : SAYS_NOTHING);
    }
}

/* ---- style and markup ---- */

/* style="--photo: img/a.jpg": a variable that a style sheet or script turns into a URL. */
static void style_variables(struct page *page, struct text style)
{
    for (ptrdiff_t at; (at = text_find(style, TEXT("--"))) >= 0;) {
        style = text_skip(style, (size_t)at + 2);
        ptrdiff_t colon = text_find_char(style, ':'), end = text_find_char(style, ';');
        if (colon < 0)
            return;
        if (end >= 0 && end < colon)
            continue;
        struct text value = text_trim(
            text_skip(end < 0 ? style : text_first(style, (size_t)end), (size_t)colon + 1));
        if (value.length > 1 && (value.at[0] == '"' || value.at[0] == '\'') &&
            value.at[value.length - 1] == value.at[0])
            value = (struct text){value.at + 1, value.length - 2};
        if (part_is_clean(value) && part_is_seen(part_of_address(value)))
            give_part(page, value, false);
    }
}

void lazy_style(struct page *page, struct text style)
{
    page->where = "@style";
    if (text_find(style, TEXT("--")) >= 0)
        style_variables(page, style);
}

/* ---- elements that are put off ---- */

static void give_main_module(struct page *page, struct text raw)
{
    struct buf name;
    buf_init(&name, URL_LONGEST);
    buf_add_text(&name, raw);
    if (part_of_address(raw) != PART_SCRIPT)
        buf_add(&name, ".js");
    give_part(page, buf_text(&name), false);
    extract_release(page->extract, &name);
}

/* <script data-rocket-src=...>, <link data-href=...>, <iframe data-cmplz-src=...>: the attribute
 * stands in for the one that the element loads by. False: it does not. */
static bool stands_in(const struct value *value, struct text name)
{
    struct page *page = value->page;
    struct text raw = value->text;
    bool src = text_find_nocase(name, TEXT("src")) >= 0,
         href = text_find_nocase(name, TEXT("href")) >= 0;
    if (!part_is_clean(raw))
        return false;
    switch (page->element) {
    case E_IFRAME:
    case E_FRAME:
        if (src || (value->says == SAYS_LINK && part_is_shaped(raw)))
            give_part(page, raw, true);
        return src;
    case E_SCRIPT:
        if (text_equal_nocase(name, TEXT("data-main"))) { /* of RequireJS, without ".js" */
            give_main_module(page, raw);
            return true;
        }
        if (!src && !href && part_of_address(raw) != PART_SCRIPT)
            return false;
        give_part(page, raw, false);
        return true;
    case E_EMBED:
        if (src)
            give_part(page, raw, false);
        return src;
    case E_LINK:
        if (!href && part_of_address(raw) != PART_STYLE)
            return false;
        link_put_off(page, raw);
        return true;
    default:
        return false;
    }
}

/* ---- attributes ---- */

static bool is_picture_element(int element)
{
    return element == E_IMG || element == E_SOURCE || element == E_VIDEO || element == E_AUDIO ||
           element == E_AMP_IMG || element == E_IMAGE;
}

static void read_address(const struct value *value)
{
    struct page *page = value->page;
    struct text raw = value->text;
    enum part_kind part = part_of_address(raw);
    bool shaped = part_is_shaped(raw), clean = part_is_clean(raw);
    if (value->says == SAYS_FRAME && shaped && clean && !part)
        give_part(page, raw, true);
    else if (part_is_seen(part) && (shaped || value->says == SAYS_SHOWN) &&
             text_find_char(raw, '<') < 0)
        give_part(page, raw, false); /* a name with spaces in it */
    else if (part == PART_DATA && clean && value->says == SAYS_SHOWN)
        give_part(page, raw, false); /* environment-image="sky.hdr" */
    else if (!clean)
        return;
    else if (shaped || raw.at[0] == '?' || value->says == SAYS_LOADED) {
        enum attribute_says says = value->says;
        bool page_like =
            says == SAYS_HREF || says == SAYS_LINK || says == SAYS_MORE || says == SAYS_LOADED;
        if (part)
            give_part(page, raw, false);
        else if (!give_page(page, raw, says) && !page_like && raw.at[0] != '?' &&
                 (says == SAYS_SHOWN || is_picture_element(page->element)))
            give_part(page, raw, false);
    } else if (value->says == SAYS_SHOWN && is_picture_element(page->element) &&
               (text_find_char(raw, '/') > 0 || text_find_char(raw, '?') > 0))
        give_part(page, raw, false); /* "thumb?id=5" */
    else if ((value->says == SAYS_LINK || value->says == SAYS_HREF) && part_is_page(raw))
        give_page(page, raw, value->says);
}

static void read_value(const struct value *value, struct text name)
{
    struct page *page = value->page;
    struct text text = value->text;
    if (stands_in(value, name))
        return;
    if (begins_json(text))
        read_json(page, text, 0);
    else if (has_markup(text))
        page_nested(page, text, TEXT("@data "));
    else if (text_find_nocase(text, TEXT("url(")) >= 0)
        extract_css(page->extract, text, "@data");
    else if (read_set(value, false))
        read_set(value, true);
    else if (text_find_char(text, '\'') >= 0) /* x-data="{photo: '/a.jpg'}" */
        extract_script(page->extract, text, page->where);
    else
        read_address(value);
}

/* Undoes percent-encoding of JSON: data-items="%7B%22src%22...". False: it is something else. */
static bool decode_percent(struct text raw, struct buf *out)
{
    if (!text_starts_nocase(raw, TEXT("%7b%22")) && !text_starts_nocase(raw, TEXT("%5b%7b")) &&
        !text_starts_nocase(raw, TEXT("%5b%22")))
        return false;
    for (size_t i = 0; i < raw.length; i++) {
        int high = raw.at[i] == '%' && i + 2 < raw.length ? hex_value(raw.at[i + 1]) : -1,
            low = high < 0 ? -1 : hex_value(raw.at[i + 2]);
        buf_add_char(out, low < 0 ? raw.at[i] : (char)(high << 4 | low));
        i += low < 0 ? 0 : 2;
    }
    return true;
}

/* data-src="L2EvYi5wbmc=": the URL of a part in base64.  False: it is something else. */
static bool decode_base64(struct text raw, struct buf *out)
{
    static const bool odd[256] = {
        ['.'] = true, [':'] = true, [' '] = true, ['?'] = true, ['-'] = true, ['_'] = true};
    if (raw.length < BASE64_LEAST || raw.length > URL_LONGEST || raw.length % 4 ||
        text_stop(raw, 0, odd) < raw.length)
        return false;
    bool read = base64_read(raw, out) && buf_ok(out) && out->length;
    struct text address = read ? buf_text(out) : TEXT("");
    bool whole = text_starts_nocase(address, TEXT("http")) && part_is_shaped(address);
    return address.length && part_is_clean(address) && (whole || part_of_address(address)) &&
           (part_is_shaped(address) || ascii_is_alnum(address.at[0]));
}

bool lazy_hidden(struct page *page, enum attribute_name name)
{
    struct buf decoded;
    if (!text_starts(text_of(page_attribute_name(name)), TEXT("data-")))
        return false;
    buf_init(&decoded, URL_LONGEST);
    bool hidden = decode_base64(text_trim(page_raw(page, name)), &decoded);
    page->where = "@data";
    if (hidden)
        give_part(page, buf_text(&decoded), page->element == E_IFRAME);
    extract_release(page->extract, &decoded);
    return hidden;
}

static void lazy_attribute(struct page *page, struct text name, struct text raw)
{
    struct value value = {page, text_trim(raw), attribute_says(name)};
    struct buf decoded;
    page->where = "@data";
    for (size_t i = 0; i < sizeof lazy_names / sizeof *lazy_names; i++)
        if (name.at == page_attribute_name(lazy_names[i]))
            page->where = lazy_where[i];
    if (value.says == SAYS_NO_URL || !value.text.length)
        return;
    buf_init(&decoded, VALUE_MOST);
    if (text_find_char(raw, '&') >= 0) {
        entities_decode(raw, true, &decoded);
        value.text = text_trim(buf_text(&decoded));
    } else if (raw.at[0] == '%' && decode_percent(value.text, &decoded))
        value.text = buf_text(&decoded);
    else if (decode_base64(value.text, &decoded))
        value.text = buf_text(&decoded);
    struct text text = value.text;
    /* :src="'/a.jpg'": a constant of a template's language */
    if (text.length > 2 && text.at[0] == '\'' && text.at[text.length - 1] == '\'')
        value.text = (struct text){text.at + 1, text.length - 2};
    if (value.text.length)
        read_value(&value, name);
    extract_release(page->extract, &decoded);
}

/* Whether the table of URL attributes, or the element's own reader, has it. */
static bool is_read(int element, enum attribute_name name)
{
    switch (element) {
    case E_IMG:
        return name != A_DATA_LAZY && name != A_DATA_FULL;
    case E_SOURCE:
        return name == A_DATA_SRC || name == A_DATA_SRCSET;
    case E_IFRAME:
        return name == A_DATA_SRC;
    default:
        return false;
    }
}

/* "README.md": a name with an extension. */
static bool is_file(struct text raw)
{
    size_t point = raw.length;
    while (point && ascii_is_alpha(raw.at[point - 1]))
        point--;
    return point > 1 && raw.at[point - 1] == '.' && raw.length - point >= 2 &&
           raw.length - point <= 5;
}

/* <my-gallery src=...>, <turbo-frame src=...>: elements of the page's own. */
static void own_element(struct page *page)
{
    static const enum attribute_name names[] = {A_SRC, A_SRCSET, A_POSTER, A_BACKGROUND, A_DATA};
    static const struct text documents[] = {WORD("turbo-frame"), WORD("include-fragment"),
                                            WORD("amp-iframe"), WORD("h-include"),
                                            WORD("include-html")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text raw = text_trim(page_raw(page, names[i]));
        page->where = "@data";
        if (raw.length && names[i] == A_SRC && TEXT_IS_ANY(page->tokenizer.text, documents)) {
            if (!give_page(page, page_value(page, A_SRC), SAYS_LOADED))
                give_part(page, page_value(page, A_SRC), true);
        } else if (raw.length && !part_is_shaped(raw) && part_is_clean(raw) &&
                   (part_of_address(raw) || (names[i] == A_SRC && is_file(raw))))
            give_part(page, page_value(page, names[i]), false); /* "scene.glb" */
        else if (raw.length)
            lazy_attribute(page, text_of(page_attribute_name(names[i])), raw);
    }
    if (page_has(page, A_HREF))
        lazy_attribute(page, TEXT("href"), page_raw(page, A_HREF));
}

void lazy_attributes(struct page *page)
{
    const struct tokenizer *t = &page->tokenizer;
    for (size_t i = 0; i < t->other_count; i++) {
        struct attribute other = t->others[i];
        if (text_starts_nocase(other.name, TEXT("on")))
            event_script(page, other.value, "@on");
        else
            lazy_attribute(page, other.name, other.value);
    }
    for (size_t i = 0; (t->noted & LAZY) && i < sizeof lazy_names / sizeof *lazy_names; i++)
        if (page_has(page, lazy_names[i]) && !is_read(page->element, lazy_names[i]))
            lazy_attribute(page, text_of(page_attribute_name(lazy_names[i])),
                           page_raw(page, lazy_names[i]));
    if (page->element < 0 && text_find_char(t->text, '-') > 0)
        own_element(page);
}
