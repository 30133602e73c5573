/*
 * Pages: every attribute with a URL (the table below), srcset, style, base, and the bodies of
 * templates and noscript. Scripting is off, so noscript is markup. A srcdoc, and a script that is
 * not a script (text/template), are read as pages of their own, a few levels deep.
 *
 * There is no tree. A short stack of names has what a pagination link needs to know about the
 * elements around it.
 */
#include <config.h>

#include <string.h>

#include "html/entities.h"
#include "links/page.h"

enum { NESTED_MOST = 3, SRCDOC_MOST = 16 * 1024 * 1024 };

/* ---- names ---- */

static const struct text element_names[ELEMENTS] = {
    WORD("a"),
    WORD("amp-anim"),
    WORD("amp-img"),
    WORD("applet"),
    WORD("area"),
    WORD("audio"),
    WORD("base"),
    WORD("bgsound"),
    WORD("blockquote"),
    WORD("body"),
    WORD("br"),
    WORD("button"),
    WORD("col"),
    WORD("color-profile"),
    WORD("cursor"),
    WORD("del"),
    WORD("embed"),
    WORD("feimage"),
    WORD("filter"),
    WORD("font-face-uri"),
    WORD("form"),
    WORD("frame"),
    WORD("hr"),
    WORD("html"),
    WORD("iframe"),
    WORD("image"),
    WORD("img"),
    WORD("input"),
    WORD("ins"),
    WORD("lineargradient"),
    WORD("link"),
    WORD("meta"),
    WORD("mpath"),
    WORD("noframes"),
    WORD("noscript"),
    WORD("object"),
    WORD("option"),
    WORD("param"),
    WORD("pattern"),
    WORD("q"),
    WORD("radialgradient"),
    WORD("script"),
    WORD("select"),
    WORD("source"),
    WORD("style"),
    WORD("table"),
    WORD("td"),
    WORD("template"),
    WORD("textarea"),
    WORD("textpath"),
    WORD("th"),
    WORD("tr"),
    WORD("track"),
    WORD("tref"),
    WORD("use"),
    WORD("video"),
    WORD("wbr"),
};

static const struct text attribute_names[ATTRIBUTE_NAMES] = {
    WORD("action"),
    WORD("archive"),
    WORD("aria-label"),
    WORD("as"),
    WORD("background"),
    WORD("checked"),
    WORD("cite"),
    WORD("class"),
    WORD("classid"),
    WORD("clip-path"),
    WORD("code"),
    WORD("codebase"),
    WORD("content"),
    WORD("cursor"),
    WORD("data"),
    WORD("data-bg"),
    WORD("data-background-image"),
    WORD("data-full"),
    WORD("data-hi-res-src"),
    WORD("data-lazy"),
    WORD("data-lazy-src"),
    WORD("data-lazy-srcset"),
    WORD("data-original"),
    WORD("data-src"),
    WORD("data-srcset"),
    WORD("dynsrc"),
    WORD("fill"),
    WORD("filter"),
    WORD("href"),
    WORD("http-equiv"),
    WORD("id"),
    WORD("imagesrcset"),
    WORD("itemprop"),
    WORD("longdesc"),
    WORD("lowsrc"),
    WORD("manifest"),
    WORD("marker-end"),
    WORD("marker-mid"),
    WORD("marker-start"),
    WORD("mask"),
    WORD("method"),
    WORD("name"),
    WORD("onchange"),
    WORD("onclick"),
    WORD("poster"),
    WORD("property"),
    WORD("referrerpolicy"),
    WORD("rel"),
    WORD("role"),
    WORD("selected"),
    WORD("src"),
    WORD("srcdoc"),
    WORD("srcset"),
    WORD("stroke"),
    WORD("style"),
    WORD("title"),
    WORD("type"),
    WORD("value"),
    WORD("xlink:href"),
};

const char *page_element_name(enum element element)
{
    return element_names[element].at;
}

const char *page_attribute_name(enum attribute_name attribute)
{
    return attribute_names[attribute].at;
}

/* ---- attributes with one URL ---- */

static const struct address {
    enum element element;
    enum attribute_name attribute;
    enum link_class class;
    enum link_certainty certainty;
    bool document;
} addresses[] = {
    {E_IMG, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_LOWSRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DYNSRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_ORIGINAL, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_LAZY_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_HI_RES, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_LONGDESC, LINK_PAGE, LINK_CERTAIN, false},
    {E_AMP_IMG, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_AMP_ANIM, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_BGSOUND, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SOURCE, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SOURCE, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_VIDEO, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_VIDEO, A_POSTER, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_AUDIO, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TRACK, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_EMBED, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IFRAME, A_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_IFRAME, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_FRAME, A_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_BODY, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TABLE, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TD, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TH, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TR, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMAGE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMAGE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_USE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_USE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FEIMAGE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FEIMAGE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FONT_FACE_URI, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FONT_FACE_URI, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_PATTERN, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_PATTERN, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_LINEAR_GRADIENT, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_LINEAR_GRADIENT, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_RADIAL_GRADIENT, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_RADIAL_GRADIENT, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_MPATH, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_MPATH, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TEXT_PATH, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TEXT_PATH, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TREF, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TREF, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_CURSOR, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_CURSOR, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FILTER, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FILTER, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_COLOR_PROFILE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_COLOR_PROFILE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_BLOCKQUOTE, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_Q, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_INS, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_DEL, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_HTML, A_MANIFEST, LINK_REQUISITE, LINK_POSSIBLE, false},
};

static const struct {
    enum element element;
    enum attribute_name attribute;
} address_sets[] = {{E_IMG, A_SRCSET},    {E_IMG, A_DATA_SRCSET},    {E_IMG, A_DATA_LAZY_SRCSET},
                    {E_SOURCE, A_SRCSET}, {E_SOURCE, A_DATA_SRCSET}, {E_LINK, A_IMAGESRCSET},
                    {E_AMP_IMG, A_SRCSET}};

#define ADDRESS_SETS \
    (BIT(A_SRCSET) | BIT(A_DATA_SRCSET) | BIT(A_DATA_LAZY_SRCSET) | BIT(A_IMAGESRCSET))

/* Elements without content. `image` is img in HTML. */
static bool is_void(int element)
{
    switch (element) {
    case E_AREA:
    case E_BASE:
    case E_BGSOUND:
    case E_BR:
    case E_COL:
    case E_EMBED:
    case E_FRAME:
    case E_HR:
    case E_IMAGE:
    case E_IMG:
    case E_INPUT:
    case E_LINK:
    case E_META:
    case E_PARAM:
    case E_SOURCE:
    case E_TRACK:
    case E_WBR:
        return true;
    default:
        return false;
    }
}

/* ---- values ---- */

struct text page_decoded(struct page *page, struct text value)
{
    if (text_find_char(value, '&') < 0)
        return value;
    buf_clear(&page->extract->value);
    entities_decode(value, true, &page->extract->value);
    return buf_text(&page->extract->value);
}

void page_give(struct page *page, struct text raw, const char *element, const char *attribute,
               enum link_class class, enum link_certainty certainty, bool document)
{
    struct found found = {.raw = raw,
                          .class = class,
                          .certainty = certainty,
                          .element = element,
                          .attribute = attribute,
                          .document = document};
    if (extract_resolve_filled(page->extract, text_trim(raw)))
        extract_give_resolved(page->extract, &found);
}

bool srcset_next(struct text *rest, struct text *url)
{
    while (rest->length && (ascii_is_space(rest->at[0]) || rest->at[0] == ','))
        *rest = text_skip(*rest, 1);
    size_t length = 0;
    while (length < rest->length && !ascii_is_space(rest->at[length]))
        length++;
    if (!length)
        return false;
    *url = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    if (url->at[url->length - 1] == ',') {
        while (url->length && url->at[url->length - 1] == ',')
            url->length--;
        return true;
    }
    int brackets = 0;
    while (rest->length && (rest->at[0] != ',' || brackets)) {
        brackets += rest->at[0] == '(' ? 1 : rest->at[0] == ')' && brackets ? -1 : 0;
        *rest = text_skip(*rest, 1);
    }
    return true;
}

/* ---- elements ---- */

/* Whether the tag's class, id and the like name a pager or a list of date archives. */
static void note_names(struct page *page)
{
    static const enum attribute_name telling[] = {A_CLASS, A_ID, A_ROLE, A_ARIA_LABEL};
    page->names_pager = page->names_archive = page->names_calendar = false;
    if (!(page->tokenizer.noted & (BIT(A_CLASS) | BIT(A_ID) | BIT(A_ROLE) | BIT(A_ARIA_LABEL))))
        return;
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        struct text value = page_raw(page, telling[i]);
        if (!value.length)
            continue;
        struct named named = anchor_cache_named(page->extract->anchors, value);
        page->names_pager = page->names_pager || named.pager;
        page->names_archive = page->names_archive || named.archive;
        page->names_calendar = page->names_calendar || named.calendar;
    }
}

static void open_element(struct page *page, struct text name)
{
    if (page->open < STACK_MOST)
        page->stack[page->open] = (struct open_element){.name = page->tokenizer.name,
                                                        .length = name.length,
                                                        .pager = page->names_pager,
                                                        .archive = page->names_archive,
                                                        .calendar = page->names_calendar};
    page->open++;
}

static void close_element(struct page *page, struct text name)
{
    if (page->open > STACK_MOST) {
        page->open--; /* deeper elements were only counted */
        return;
    }
    uint64_t closed = page->tokenizer.name;
    for (int i = page->open; i-- > 0 && i >= page->open - 16;)
        if (page->stack[i].name == closed && page->stack[i].length == name.length) {
            page->open = i;
            return;
        }
}

static void base_element(struct page *page)
{
    struct text href = text_trim(page_value(page, A_HREF));
    /* The first base with a URL counts. */
    if (!href.length || page->extract->base_is_set || page->depth || page->template ||
        page->tokenizer.foreign ||
        url_parse(&page->extract->url, href, page->extract->source->url, TEXT("")) != URL_OK)
        return;
    page->extract->base_is_set = extract_copy(page->extract, &page->extract->base);
    extract_settle_place(page->extract);
}

static bool is_script_type(struct text type)
{
    /* text/plain and the like wait for a consent, or for somebody to look at the page. */
    static const struct text types[] = {WORD("module"), WORD("text/plain"), WORD("text/delayed"),
                                        WORD("text/x-delayed"), WORD("text/jsx")};
    return !type.length || text_find_nocase(type, TEXT("script")) >= 0 || TEXT_IS_ANY(type, types);
}

static bool is_markup_type(struct text type)
{
    static const char *const types[] = {"text/template",   "text/html",
                                        "text/x-template", "text/x-handlebars",
                                        "text/x-mustache", "text/ng-template",
                                        "text/x-tmpl",     "text/x-jquery-tmpl",
                                        "x-tmpl-mustache"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_starts_nocase(type, text_of(types[i])))
            return true;
    return false;
}

static void set_container(struct page *page)
{
    page->extract->container = page->template   ? TEXT("template ")
                               : page->noscript ? TEXT("noscript ")
                                                : page->container;
}

void page_nested(struct page *page, struct text markup, struct text container)
{
    if (page->depth >= NESTED_MOST)
        return;
    page->extract->container = container;
    extract_html(page->extract, markup, page->depth + 1);
    set_container(page);
}

/* The next piece of content between the tags of a script or style. A drawing may have it in CDATA
 * sections, which only there differ from text. False: the end. */
static bool next_content(struct page *page)
{
    struct tokenizer *t = &page->tokenizer;
    struct text ahead = text_skip(t->input, t->at);
    if (!t->raw.length &&
        (!ahead.length || (ahead.at[0] == '<' && !text_starts(ahead, TEXT("<![CDATA[")))))
        return false;
    return tokenizer_next(t) == TOKEN_TEXT;
}

/* Reads the content of <script>, <style> or <noframes>. */
static void raw_content(struct page *page, struct text type)
{
    struct text content = page->tokenizer.text;
    if (page->element == E_STYLE)
        extract_css(page->extract, content, "style");
    else if (page->element == E_NOFRAMES)
        page_nested(page, content, TEXT("noframes "));
    else if (is_markup_type(type))
        page_nested(page, content, TEXT("script[text/template] "));
    else if (is_script_type(type))
        extract_script(page->extract, content, "script");
    else if (text_equal_nocase(type, TEXT("importmap")))
        extract_import_map(page->extract, content);
    else if (text_find_nocase(type, TEXT("json")) >= 0)
        extract_json(page->extract, content, "script");
}

static void raw_element(struct page *page)
{
    struct text type = text_trim(page_raw(page, A_TYPE));
    bool in_drawing = !page->tokenizer.raw.length;
    while (next_content(page)) {
        if (in_drawing) /* not a style sheet or script to those who read its text */
            page_shows(page, page->tokenizer.text);
        raw_content(page, type);
        if (!in_drawing)
            break;
    }
}

static void plain_addresses(struct page *page)
{
    if (page->element < 0 || !page->tokenizer.noted)
        return;
    size_t first = page->names->first_address[page->element];
    for (size_t i = first ? first - 1 : sizeof addresses / sizeof *addresses;
         i < sizeof addresses / sizeof *addresses && (int)addresses[i].element == page->element;
         i++) {
        const struct address *row = &addresses[i];
        if (page_has(page, row->attribute) && !lazy_hidden(page, row->attribute))
            page_give(page, page_value(page, row->attribute), page_element_name(row->element),
                      page_attribute_name(row->attribute), row->class, row->certainty,
                      row->document);
    }
    for (size_t i = 0;
         (page->tokenizer.noted & ADDRESS_SETS) && i < sizeof address_sets / sizeof *address_sets;
         i++) {
        struct text rest = TEXT(""), url;
        if ((int)address_sets[i].element == page->element)
            rest = page_value(page, address_sets[i].attribute);
        while (rest.length && srcset_next(&rest, &url))
            page_give(page, url, page_element_name(address_sets[i].element),
                      page_attribute_name(address_sets[i].attribute), LINK_REQUISITE, LINK_CERTAIN,
                      false);
    }
}

static void document_in_attribute(struct page *page)
{
    struct buf markup;
    buf_init(&markup, SRCDOC_MOST);
    entities_decode(page_raw(page, A_SRCDOC), true, &markup);
    page_nested(page, buf_text(&markup), TEXT("iframe@srcdoc "));
    extract_release(page->extract, &markup);
}

/* What stands in the element that the tag opens. */
static void enter_element(struct page *page, struct text name)
{
    if (!is_void(page->element) && !page->tokenizer.self_closing)
        open_element(page, name);
    if (page->element == E_NOSCRIPT || page->element == E_TEMPLATE) {
        page->noscript += page->element == E_NOSCRIPT;
        page->template += page->element == E_TEMPLATE;
        set_container(page);
    }
    bool raw = page->element == E_SCRIPT || page->element == E_STYLE || page->element == E_NOFRAMES;
    if (raw && (page->tokenizer.raw.length || !page->tokenizer.self_closing))
        raw_element(page);
}

/* What the element says of the Referer of its requests: by its attribute, or by rel=noreferrer. */
static void note_referrer(struct page *page)
{
    enum referrer_policy policy = REFERRER_UNSAID;
    if (page_has(page, A_REFERRERPOLICY))
        policy = referrer_policy_of(page_value(page, A_REFERRERPOLICY));
    bool link = page->element == E_A || page->element == E_AREA || page->element == E_FORM;
    if (link && text_find_nocase(page_raw(page, A_REL), TEXT("noreferrer")) >= 0)
        policy = REFERRER_NO;
    page->extract->here.referrer = policy;
}

static void start_tag(struct page *page)
{
    struct text name = page->tokenizer.text;
    page->element = tag_names_place(&page->names->elements, page->tokenizer.name, name);
    page->resolved_before = page->extract->seen.resolved;
    if (page->tokenizer.noted & (BIT(A_REFERRERPOLICY) | BIT(A_REL)))
        note_referrer(page);
    else
        page->extract->here.referrer = REFERRER_UNSAID;
    note_names(page);
    if (page->tokenizer.noted & ON_ANY_ELEMENT)
        any_element(page);
    if (page->tokenizer.other_count || (page->tokenizer.noted & LAZY) ||
        (page->element < 0 && (page->tokenizer.noted & ON_OWN_ELEMENT)))
        lazy_attributes(page);
    plain_addresses(page);
    if (page->element == E_SCRIPT || page->element == E_LINK || page->element == E_IFRAME)
        data_element(page);
    switch (page->element) {
    case E_A:
    case E_AREA:
        anchor_element(page, page->element == E_A ? "a" : "area");
        break;
    case E_LINK:
        link_element(page);
        break;
    case E_META:
        meta_element(page);
        break;
    case E_BASE:
        base_element(page);
        break;
    case E_INPUT:
        input_element(page);
        form_element(page);
        break;
    case E_BUTTON:
    case E_FORM:
    case E_OPTION:
    case E_SELECT:
    case E_TEXTAREA:
        form_element(page);
        break;
    case E_OBJECT:
    case E_APPLET:
        object_element(page);
        break;
    case E_PARAM:
        param_element(page);
        break;
    case E_IFRAME:
        if (page_has(page, A_SRCDOC))
            document_in_attribute(page);
        break;
    default:
        break;
    }
    enter_element(page, name);
}

static void close_tag(struct page *page)
{
    struct text name = page->tokenizer.text;
    close_element(page, name);
    if (page->form.open && text_equal_nocase(name, TEXT("form")))
        form_end(page);
    else if (page->form.jumps && text_equal_nocase(name, TEXT("select")))
        form_close_select(page);
    if (page->noscript + page->template == 0)
        return;
    page->noscript -= page->noscript && text_equal_nocase(name, TEXT("noscript"));
    page->template -= page->template && text_equal_nocase(name, TEXT("template"));
    set_container(page);
}

/* <!--[if IE]> ... <![endif]-->: only old browsers read it. */
static void comment(struct page *page)
{
    struct text text = page->tokenizer.text;
    bool xml = page->extract->source->kind == MEDIA_SVG ||
               text_starts(page->tokenizer.input, TEXT("<?xml"));
    if (xml && !page->depth)
        extract_xml_sheet(page->extract, text);
    if (!text_starts_nocase(text_trim(text), TEXT("[if")) || page->depth >= NESTED_MOST)
        return;
    struct tokenizer inner;
    ptrdiff_t end = text_find_char(text, '>');
    tokenizer_init(&inner, text_skip(text, end < 0 ? text.length : (size_t)end + 1));
    for (enum token_kind kind; (kind = tokenizer_next(&inner)) != TOKEN_END;) {
        if (kind != TOKEN_START)
            continue;
        struct text src =
            tokenizer_attribute(&inner,
                                text_equal_nocase(inner.text, TEXT("link")) ? "href" : "src");
        if (src.length)
            page_give(page, src, "comment", NULL, LINK_REQUISITE, LINK_POSSIBLE, false);
    }
}

void page_names_init(struct page_names *names)
{
    _Static_assert(sizeof names->first_address >= ELEMENTS, "a place for each element");
    _Static_assert(ELEMENTS <= (int)TAG_NAMES_MOST && ATTRIBUTE_NAMES <= (int)ATTRIBUTES_WANTED,
                   "a place for each name");
    tag_names_init(&names->elements, element_names, ELEMENTS);
    tag_names_init(&names->attributes, attribute_names, ATTRIBUTE_NAMES);
    memset(names->first_address, 0, sizeof names->first_address);
    for (size_t i = sizeof addresses / sizeof *addresses; i-- > 0;)
        names->first_address[addresses[i].element] = (unsigned char)(i + 1);
    anchor_names_init(names);
}

void extract_html(struct extract *extract, struct text html, int depth)
{
    struct page page;
    page.extract = extract;
    page.depth = depth;
    page.container = extract->container;
    page_form_init(&page.form);
    page.open = page.noscript = page.template = 0;
    page.names = &extract->anchors->tables->names;
    size_t imports = extract->imports.count;
    tokenizer_init(&page.tokenizer, html);
    page.tokenizer.wanted = &page.names->attributes;
    while (!extract->failed) {
        if (extract->anchors->slots && anchor_recall(&page))
            continue;
        bool hidden = tokenizer_hides_raw(&page.tokenizer);
        enum token_kind kind = tokenizer_next(&page.tokenizer);
        if (kind == TOKEN_END)
            break;
        if (kind == TOKEN_TEXT && !hidden)
            page_shows(&page, page.tokenizer.text);
        else if (kind == TOKEN_START)
            start_tag(&page);
        else if (kind == TOKEN_CLOSE)
            close_tag(&page);
        else if (kind == TOKEN_COMMENT)
            comment(&page);
    }
    form_end(&page);
    extract->container = page.container;
    if (depth) /* the markup may not outlive this */
        extract->imports.count = imports;
}
