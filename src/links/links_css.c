/* Style sheets (CSS Syntax 3, 4.3): url(), src(), @import, image-set. Comments and @namespace
 * contain no links. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "html/characters.h"
#include "links/extract.h"

struct sheet {
    struct extract *extract;
    struct text css; /* still to be read */
    struct buf value;
    const char *element;
    bool import;   /* in an @import, before its URL */
    bool names;    /* in an @namespace or @document, whose URLs are only names */
    int image_set; /* depth of brackets inside image-set( */
};

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

static void skip_space(struct text *css)
{
    while (css->length && ascii_is_space(css->at[0]))
        *css = text_skip(*css, 1);
}

/* ---- strings and URLs ---- */

/* Takes an escape off *css and appends the character it stands for. */
static void take_escape(struct text *css, struct buf *out)
{
    unsigned long code = 0;
    size_t digits = 0;
    *css = text_skip(*css, 1);
    while (digits < 6 && digits < css->length && hex_value(css->at[digits]) >= 0)
        code = code << 4 | (unsigned long)hex_value(css->at[digits++]);
    bool two = text_starts(text_skip(*css, digits), TEXT("\r\n"));
    if (!digits) {
        if (css->length && css->at[0] != '\n' && css->at[0] != '\r' && css->at[0] != '\f')
            buf_add_char(out, css->at[0]);
        *css = text_skip(*css, two ? 2 : 1);
        return;
    }
    *css = text_skip(*css, digits);
    if (css->length && ascii_is_space(css->at[0]))
        *css = text_skip(*css, two ? 2 : 1);
    utf8_add(out, code);
}

/* Takes everything before one of the bytes of `ends` and appends it, escapes decoded. */
static void take_until(struct text *css, const bool ends[256], struct buf *out)
{
    while (css->length && !ends[(unsigned char)css->at[0]]) {
        size_t plain = 0;
        while (plain < css->length && css->at[plain] != '\\' &&
               !ends[(unsigned char)css->at[plain]])
            plain++;
        buf_add_text(out, text_first(*css, plain));
        *css = text_skip(*css, plain);
        if (css->length && css->at[0] == '\\')
            take_escape(css, out);
    }
}

/* Takes a quoted string at the start of *css and appends its content to out. */
static void take_string(struct text *css, struct buf *out)
{
    static const bool ends[2][256] = {{['"'] = true, ['\n'] = true},
                                      {['\''] = true, ['\n'] = true}};
    char quote = css->at[0];
    *css = text_skip(*css, 1);
    take_until(css, ends[quote == '\''], out);
    if (css->length && css->at[0] == quote)
        *css = text_skip(*css, 1);
}

/* The content of "url(...)", after the bracket. */
static void take_url(struct text *css, struct buf *out)
{
    static const bool ends[256] = {
        [')'] = true, [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, ['\f'] = true};
    skip_space(css);
    if (css->length && (css->at[0] == '"' || css->at[0] == '\''))
        take_string(css, out);
    else
        take_until(css, ends, out);
}

static void give(struct sheet *sheet)
{
    struct text raw = text_trim(buf_text(&sheet->value));
    /* "#x" names something in the same document; "about:" and "#default" are not files. */
    if (raw.length && raw.at[0] != '#' && !extract_is_template(raw)) {
        char name[48];
        snprintf(name, sizeof name, "%s %s", sheet->element, sheet->import ? "@import" : "url()");
        struct found found = {
            .raw = raw, .class = LINK_REQUISITE, .certainty = LINK_CERTAIN, .element = name};
        extract_give(sheet->extract, &found);
    }
    buf_clear(&sheet->value);
}

/* Takes the content of progid:DXImageTransform.Microsoft.AlphaImageLoader(src='x', ...) off *css,
 * after the bracket. */
static void image_loader(struct sheet *sheet, struct text *css)
{
    ptrdiff_t close = text_find_char(*css, ')');
    struct text inside = text_first(*css, close < 0 ? css->length : (size_t)close);
    *css = text_skip(*css, inside.length);
    ptrdiff_t at = text_find_nocase(inside, TEXT("src"));
    struct text rest = at < 0 ? TEXT("") : text_trim(text_skip(inside, (size_t)at + 3));
    rest = text_starts(rest, TEXT("=")) ? text_trim(text_skip(rest, 1)) : TEXT("");
    if (rest.length && (rest.at[0] == '"' || rest.at[0] == '\''))
        take_string(&rest, &sheet->value);
    else if (rest.length)
        take_url(&rest, &sheet->value);
    give(sheet);
}

/* ---- the style sheet ---- */

static void string(struct sheet *sheet)
{
    take_string(&sheet->css, &sheet->value);
    ptrdiff_t loader = -1;
    if (sheet->import || sheet->image_set == 1)
        give(sheet);
    else if (text_starts_nocase(buf_text(&sheet->value), TEXT("progid:")))
        loader = text_find_nocase(buf_text(&sheet->value), TEXT("AlphaImageLoader("));
    if (loader >= 0) { /* in -ms-filter it is in a string */
        struct buf whole;
        buf_init(&whole, URL_LONGEST);
        buf_add_text(&whole, text_skip(buf_text(&sheet->value), (size_t)loader + 17));
        buf_clear(&sheet->value);
        struct text inside = buf_text(&whole);
        image_loader(sheet, &inside);
        extract_release(sheet->extract, &whole);
    }
    buf_clear(&sheet->value);
    sheet->import = false;
}

/* The beginning of the name that ends at `end`; not before `from`. */
static struct text name_before(const char *from, const char *end)
{
    const char *begin = end;
    while (begin > from && is_name_char(begin[-1]))
        begin--;
    return (struct text){begin, (size_t)(end - begin)};
}

static void bracket(struct sheet *sheet, struct text name)
{
    sheet->css = text_skip(sheet->css, 1);
    bool address = text_equal_nocase(name, TEXT("url"));
    if (!address &&
        text_equal_nocase(name, TEXT("src"))) { /* src() takes a string, or a variable */
        struct text inside = sheet->css;
        skip_space(&inside);
        address = inside.length && (inside.at[0] == '"' || inside.at[0] == '\'');
    }
    if (address) {
        take_url(&sheet->css, &sheet->value);
        if (!sheet->names)
            give(sheet);
        buf_clear(&sheet->value);
        sheet->import = false;
        if (sheet->css.length && sheet->css.at[0] == ')')
            sheet->css = text_skip(sheet->css, 1);
    } else if (text_ends_nocase(name, TEXT("image-set")))
        sheet->image_set = 1;
    else {
        sheet->image_set += sheet->image_set > 0;
        if (text_equal_nocase(name, TEXT("AlphaImageLoader")))
            image_loader(sheet, &sheet->css);
    }
}

static void at_rule(struct sheet *sheet)
{
    static const char *const naming[] = {"@namespace", "@document", "@-moz-document"};
    sheet->import = text_starts_nocase(sheet->css, TEXT("@import"));
    sheet->names = false;
    for (size_t i = 0; i < sizeof naming / sizeof *naming; i++)
        sheet->names = sheet->names || text_starts_nocase(sheet->css, text_of(naming[i]));
    sheet->css = text_skip(sheet->css, 1);
}

static void mark(struct sheet *sheet, char c)
{
    if (c == ';' || c == '{')
        sheet->import = sheet->names = false;
    if (c == ')' && sheet->image_set)
        sheet->image_set--;
    if (c == '}' || c == ';')
        sheet->image_set = 0;
    sheet->css = text_skip(sheet->css, c == '\\' ? 2 : 1);
}

void extract_css(struct extract *extract, struct text css, const char *element)
{
    /* Everything else is skipped. A name is looked at once its bracket is found. What ends a rule
     * or a list only counts inside one. */
    static const bool telling[2][256] = {
        {['/'] = true, ['"'] = true, ['\''] = true, ['@'] = true, ['('] = true, ['\\'] = true},
        {['/'] = true,
         ['"'] = true,
         ['\''] = true,
         ['@'] = true,
         ['('] = true,
         ['\\'] = true,
         [')'] = true,
         [';'] = true,
         ['{'] = true,
         ['}'] = true},
    };
    struct sheet sheet = {.extract = extract, .css = css, .element = element};
    buf_init(&sheet.value, URL_LONGEST);
    for (;;) {
        const char *from = sheet.css.at;
        sheet.css = text_skip(sheet.css,
                              text_stop(sheet.css, 0,
                                        telling[sheet.import || sheet.names || sheet.image_set]));
        if (!sheet.css.length)
            break;
        char c = sheet.css.at[0];
        if (text_starts(sheet.css, TEXT("/*"))) {
            ptrdiff_t end = text_find(text_skip(sheet.css, 2), TEXT("*/"));
            sheet.css = text_skip(sheet.css, end < 0 ? sheet.css.length : (size_t)end + 4);
        } else if (c == '"' || c == '\'')
            string(&sheet);
        else if (c == '(')
            bracket(&sheet, name_before(from, sheet.css.at));
        else if (c == '@')
            at_rule(&sheet);
        else
            mark(&sheet, c);
    }
    extract_release(extract, &sheet.value);
}
