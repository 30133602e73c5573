/* The encoding of a document, in the order of precedence that browsers use. */
#include <config.h>

#include "html/encoding.h"

#include "html/characters.h"
#include "html/tokenizer.h"
#include "web/charset.h"

/* The standard searches 1024 bytes, but some pages declare their encoding later. */
enum { LOOKED_AT_BYTES = 4096 };

/* The label at the start of `text`, after an optional quote. */
static struct text take_label(struct text text)
{
    size_t length = 0;
    while (text.length && (ascii_is_space(text.at[0]) || text.at[0] == '"' || text.at[0] == '\''))
        text = text_skip(text, 1);
    while (length < text.length &&
           (ascii_is_alnum(text.at[length]) || text_find_char(TEXT("-_:."), text.at[length]) >= 0))
        length++;
    return text_first(text, length);
}

/* The label after `name` and '='; empty when there is none. */
static struct text label_after(struct text text, struct text name)
{
    ptrdiff_t at = text_find_nocase(text, name);
    struct text rest = at < 0 ? TEXT("") : text_trim(text_skip(text, (size_t)at + name.length));
    return text_starts(rest, TEXT("=")) ? take_label(text_skip(rest, 1)) : TEXT("");
}

/* <?xml version="1.0" encoding="x"?> */
static struct text xml_encoding(struct text body)
{
    body = text_trim(text_first(body, LOOKED_AT_BYTES));
    ptrdiff_t end = text_starts(body, TEXT("<?xml")) ? text_find(body, TEXT("?>")) : -1;
    return end < 0 ? TEXT("") : label_after(text_first(body, (size_t)end), TEXT("encoding"));
}

/* <meta charset=x> or content="...;charset=x" (HTML Standard, section 13.2.3.2). */
static struct text meta_charset(struct text html)
{
    struct tokenizer t;
    tokenizer_init(&t, text_first(html, LOOKED_AT_BYTES));
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        if (kind != TOKEN_START || !text_equal_nocase(t.text, TEXT("meta")))
            continue;
        struct text label = take_label(text_trim(tokenizer_attribute(&t, "charset")));
        if (!label.length && text_equal_nocase(text_trim(tokenizer_attribute(&t, "http-equiv")),
                                               TEXT("content-type")))
            label = label_after(tokenizer_attribute(&t, "content"), TEXT("charset"));
        if (label.length)
            return label;
    }
    return TEXT("");
}

/* The label that the document declares. */
static struct text own_label(enum media_kind kind, struct text body)
{
    struct text label = TEXT("");
    switch (kind) {
    case MEDIA_HTML:
        label = meta_charset(body);
        if (!label.length)
            label = xml_encoding(body);
        break;
    case MEDIA_FEED:
    case MEDIA_SITEMAP:
    case MEDIA_SVG:
        label = xml_encoding(body);
        break;
    case MEDIA_CSS: /* exactly these bytes (CSS Syntax Level 3, section 3.2) */
        if (text_starts(body, TEXT("@charset \"")))
            label = take_label(text_skip(text_first(body, 1024), 9));
        break;
    default:
        break;
    }
    /* The label was read as ASCII, so the document is not UTF-16. */
    return text_starts_nocase(label, TEXT("utf-16")) ? TEXT("utf-8") : label;
}

struct text encoding_of(enum media_kind kind, struct text charset, struct text *body)
{
    if (text_starts(*body, TEXT("\xef\xbb\xbf"))) {
        *body = text_skip(*body, 3);
        return TEXT("");
    }
    if (text_starts(*body, TEXT("\xff\xfe")) || text_starts(*body, TEXT("<\0?\0")))
        return TEXT("UTF-16LE");
    if (text_starts(*body, TEXT("\xfe\xff")) || text_starts(*body, TEXT("\0<\0?")))
        return TEXT("UTF-16BE");
    bool said = charset.length && charset_is_known(charset);
    struct text named = said ? charset : own_label(kind, *body);
    if (text_starts_nocase(named, TEXT("utf-8")) || text_starts_nocase(named, TEXT("utf8")))
        return TEXT("");
    if (!named.length)
        return utf8_is(*body) ? TEXT("") : TEXT("windows-1252");
    /* Browsers read latin-1 as windows-1252 (WHATWG Encoding Standard, section 4.2). */
    bool latin = text_equal_nocase(named, TEXT("iso-8859-1")) ||
                 text_equal_nocase(named, TEXT("latin1")) ||
                 text_equal_nocase(named, TEXT("us-ascii"));
    return latin ? TEXT("windows-1252") : named;
}

bool encoding_convert(struct text from, const char *encoding, struct buf *out)
{
    iconv_t converter = charset_decoder(text_of(encoding));
    bool controls = charset_has_controls(text_of(encoding));
    if (converter == NO_CONVERTER)
        return false;
    char *input = (char *)(uintptr_t)from.at;
    size_t left = from.length;
    while (left) {
        char piece[4096], *to = piece;
        size_t room = sizeof piece, before = left;
        iconv(converter, &input, &left, &to, &room);
        buf_append(out, piece, sizeof piece - room);
        if (before == left) { /* a byte that cannot be decoded */
            unsigned char octet = (unsigned char)*input;
            if (controls && octet < 0xa0) {
                buf_add_char(out, '\xc2');
                buf_add_char(out, *input);
            } else
                buf_add(out, "\xef\xbf\xbd");
            input++;
            left--;
        }
    }
    iconv_close(converter);
    return true;
}
