/* Style sheets (CSS Syntax 3, 4.3): url(), @import, image-set; comments and @namespace name nothing. */
#include <config.h>

#include <stdio.h>

#include "discover/extract.h"

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/* Takes an escape off *css and appends what it means. */
static void take_escape(struct text *css, struct buf *out)
{
    unsigned long code = 0;
    size_t digits = 0;
    *css = text_skip(*css, 1);
    while (digits < 6 && digits < css->length && hex_value(css->at[digits]) >= 0)
        code = code << 4 | (unsigned long)hex_value(css->at[digits++]);
    if (!digits) {
        if (css->length && css->at[0] != '\n')
            buf_add_char(out, css->at[0]);
        *css = text_skip(*css, 1);
        return;
    }
    *css = text_skip(*css, digits);
    if (css->length && ascii_is_space(css->at[0]))
        *css = text_skip(*css, 1);
    if (code < 0x80)
        buf_add_char(out, (char)code);
    else {
        if (code >= 0x800)
            buf_add_char(out, (char)(0xe0 | (code >> 12 & 15)));
        buf_add_char(out, (char)(code < 0x800 ? 0xc0 | code >> 6 : 0x80 | (code >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/* A quoted string at the start of *css, its content appended to out. */
static void take_string(struct text *css, struct buf *out)
{
    char quote = css->at[0];
    *css = text_skip(*css, 1);
    while (css->length && css->at[0] != quote && css->at[0] != '\n') {
        if (css->at[0] == '\\')
            take_escape(css, out);
        else {
            buf_add_char(out, css->at[0]);
            *css = text_skip(*css, 1);
        }
    }
    if (css->length && css->at[0] == quote)
        *css = text_skip(*css, 1);
}

/* What stands in "url(...)", behind the bracket. */
static void take_url(struct text *css, struct buf *out)
{
    while (css->length && ascii_is_space(css->at[0]))
        *css = text_skip(*css, 1);
    if (css->length && (css->at[0] == '"' || css->at[0] == '\'')) {
        take_string(css, out);
        return;
    }
    while (css->length && css->at[0] != ')' && !ascii_is_space(css->at[0])) {
        if (css->at[0] == '\\')
            take_escape(css, out);
        else {
            buf_add_char(out, css->at[0]);
            *css = text_skip(*css, 1);
        }
    }
}

static void give(struct extract *extract, struct buf *value, const char *element)
{
    struct text raw = text_trim(buf_text(value));
    /* "#x" names something in the same document, "about:" and "#default" are no files. */
    if (raw.length && raw.at[0] != '#') {
        struct found found = {.raw = raw, .class = LINK_REQUISITE, .certainty = LINK_CERTAIN, .element = element};
        extract_give(extract, &found);
    }
    buf_clear(value);
}

void extract_css(struct extract *extract, struct text css, const char *element)
{
    struct buf value;
    char url_name[32], import_name[32];
    bool import = false, namespace = false;
    int image_set = 0; /* depth of brackets inside image-set( */
    buf_init(&value, URL_LONGEST);
    snprintf(url_name, sizeof url_name, "%s url()", element);
    snprintf(import_name, sizeof import_name, "%s @import", element);
    while (css.length) {
        char c = css.at[0];
        if (text_starts(css, TEXT("/*"))) {
            ptrdiff_t end = text_find(text_skip(css, 2), TEXT("*/"));
            css = text_skip(css, end < 0 ? css.length : (size_t)end + 4);
        } else if (c == '"' || c == '\'') {
            take_string(&css, &value);
            if (import || image_set)
                give(extract, &value, import ? import_name : url_name);
            buf_clear(&value);
            import = false;
        } else if (c == '@') {
            import = text_starts_nocase(css, TEXT("@import"));
            namespace = text_starts_nocase(css, TEXT("@namespace")) || text_starts_nocase(css, TEXT("@document"));
            css = text_skip(css, 1);
        } else if (is_name_char(c)) {
            size_t length = 0;
            while (length < css.length && is_name_char(css.at[length]))
                length++;
            struct text name = text_first(css, length);
            css = text_skip(css, length);
            bool bracket = css.length && css.at[0] == '(';
            if (bracket && (text_equal_nocase(name, TEXT("url")) || text_equal_nocase(name, TEXT("src")))) {
                css = text_skip(css, 1);
                take_url(&css, &value);
                if (!namespace)
                    give(extract, &value, import ? import_name : url_name);
                buf_clear(&value);
                import = false;
                if (css.length && css.at[0] == ')')
                    css = text_skip(css, 1);
            } else if (bracket && text_ends_nocase(name, TEXT("image-set"))) {
                css = text_skip(css, 1);
                image_set = 1;
            }
        } else {
            if (c == ';' || c == '{')
                import = namespace = false;
            if (image_set && (c == '(' || c == ')'))
                image_set += c == '(' ? 1 : -1;
            if (c == '}' || c == ';')
                image_set = 0;
            css = text_skip(css, 1);
        }
    }
    buf_release(&value);
}
