#include <config.h>

#include "discover/encoding.h"

#include <iconv.h>
#include <string.h>

#include "discover/tokenizer.h"

enum { PRESCAN_BYTES = 1024, PRESCAN_LATE_BYTES = 32 * 1024, PIECE = 16 * 1024 };

/* Labels that mean something else on the web than iconv takes them for, or that it does not know. */
static const struct {
    const char *label, *iconv;
} labels[] = {
    {"ascii", "CP1252"},       {"us-ascii", "CP1252"},    {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"},
    {"iso_8859-1", "CP1252"},  {"iso88591", "CP1252"},    {"latin1", "CP1252"},     {"latin-1", "CP1252"},
    {"l1", "CP1252"},          {"x-cp1252", "CP1252"},    {"iso-8859-9", "CP1254"}, {"iso8859-9", "CP1254"},
    {"latin5", "CP1254"},      {"iso-8859-11", "CP874"},  {"tis-620", "CP874"},     {"windows-874", "CP874"},
    {"x-cp1250", "CP1250"},    {"x-cp1251", "CP1251"},    {"shift_jis", "CP932"},   {"shift-jis", "CP932"},
    {"sjis", "CP932"},         {"x-sjis", "CP932"},       {"ms_kanji", "CP932"},    {"windows-31j", "CP932"},
    {"euc-jp", "EUC-JP-MS"},   {"x-euc-jp", "EUC-JP-MS"}, {"gb2312", "GB18030"},    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},      {"chinese", "GB18030"},    {"gb_2312-80", "GB18030"}, {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"}, {"ksc5601", "CP949"},    {"korean", "CP949"},      {"windows-949", "CP949"},
    {"big5", "BIG5-HKSCS"},    {"x-x-big5", "BIG5-HKSCS"}, {"cn-big5", "BIG5-HKSCS"}, {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},        {"iso-8859-8-i", "ISO-8859-8"}, {"macintosh", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"}, {"x-mac-cyrillic", "MAC-CYRILLIC"}, {"utf-16", "UTF-16LE"},
};

static void copy_lower(char out[ENCODING_NAME], struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        out[i] = ascii_lower(name.at[i]);
    out[name.length] = '\0';
}

static bool is_label(struct text label)
{
    for (size_t i = 0; i < label.length; i++)
        /* a "/" would let the document choose iconv's own options */
        if (!ascii_is_alnum(label.at[i]) && !strchr("-_:", label.at[i]))
            return false;
    return label.length && label.length < ENCODING_NAME && label.at[0] != '\0';
}

/* False when `label` names nothing that can be read. */
static bool take_label(struct encoding *encoding, struct text label)
{
    label = text_trim(label);
    if (!is_label(label))
        return false;
    copy_lower(encoding->label, label);
    copy_lower(encoding->iconv, label);
    if (strcmp(encoding->label, "utf-8") == 0 || strcmp(encoding->label, "utf8") == 0 ||
        strcmp(encoding->label, "unicode-1-1-utf-8") == 0) {
        encoding->label[0] = encoding->iconv[0] = '\0';
        return true;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(encoding->label, labels[i].label) == 0)
            copy_lower(encoding->iconv, text_of(labels[i].iconv));
    iconv_t converter = iconv_open("UTF-8", encoding->iconv);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

/* ---- what the bytes show ------------------------------------------------------------------------------------ */

/* How many ASCII bytes `text` begins with; an escape character, which shifts in ISO-2022, is none. */
static size_t ascii_run(struct text text, bool stop_at_escape)
{
    size_t i = 0;
    for (uint64_t eight; i + 8 <= text.length; i += 8) {
        memcpy(&eight, text.at + i, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < text.length && !((unsigned char)text.at[i] & 0x80))
        i++;
    if (stop_at_escape) {
        ptrdiff_t escape = text_find_char(text_first(text, i), '\x1b');
        i = escape < 0 ? i : (size_t)escape;
    }
    return i;
}

/* Whether all of it is UTF-8; a character that the end cuts off does not count against it. */
static bool is_utf8(struct text text)
{
    for (;;) {
        text = text_skip(text, ascii_run(text, false));
        if (!text.length)
            return true;
        unsigned char first = (unsigned char)text.at[0];
        size_t length = first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
        if (!length)
            return false;
        for (size_t i = 1; i < length && i < text.length; i++)
            if (((unsigned char)text.at[i] & 0xc0) != 0x80)
                return false;
        text = text_skip(text, length);
    }
}

/* The charset parameter of a meta element's content: "text/html; charset=x". */
static struct text content_charset(struct text content)
{
    ptrdiff_t at = text_find_nocase(content, TEXT("charset"));
    if (at < 0)
        return TEXT("");
    content = text_trim(text_skip(content, (size_t)at + 7));
    if (!text_starts(content, TEXT("=")))
        return TEXT("");
    content = text_trim(text_skip(content, 1));
    char quote = content.length && (content.at[0] == '"' || content.at[0] == '\'') ? content.at[0] : '\0';
    content = text_skip(content, quote != '\0');
    size_t length = 0;
    while (length < content.length && (quote ? content.at[length] != quote
                                             : content.at[length] != ';' && !ascii_is_space(content.at[length])))
        length++;
    return text_first(content, length);
}

static struct text meta_charset(struct text html)
{
    struct tokenizer t;
    tokenizer_init(&t, html);
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        if (kind != TOKEN_START || t.name != NAME_META)
            continue;
        struct text charset = tokenizer_value(&t, NAME_CHARSET);
        if (!charset.length && text_equal_nocase(tokenizer_value(&t, NAME_HTTP_EQUIV), TEXT("content-type")))
            charset = content_charset(tokenizer_value(&t, NAME_CONTENT));
        if (charset.length)
            return charset;
    }
    return TEXT("");
}

/* <?xml version="1.0" encoding="x"?> */
static struct text xml_encoding(struct text xml)
{
    ptrdiff_t end = text_find(text_first(xml, PRESCAN_BYTES), TEXT("?>"));
    ptrdiff_t at = end < 0 || !text_starts(xml, TEXT("<?xml")) ? -1 : text_find(text_first(xml, (size_t)end), TEXT("encoding"));
    if (at < 0)
        return TEXT("");
    xml = text_trim(text_skip(text_first(xml, (size_t)end), (size_t)at + 8));
    xml = text_trim(text_skip(xml, text_starts(xml, TEXT("="))));
    ptrdiff_t quote = xml.length ? text_find_char(text_skip(xml, 1), xml.at[0]) : -1;
    return quote < 0 ? TEXT("") : text_first(text_skip(xml, 1), (size_t)quote);
}

static struct text own_charset(struct text body, enum media_kind kind, size_t prescan)
{
    struct text charset = TEXT("");
    if (kind == MEDIA_CSS) {
        if (text_starts(body, TEXT("@charset \""))) {
            ptrdiff_t quote = text_find_char(text_first(text_skip(body, 10), ENCODING_NAME), '"');
            charset = quote < 0 ? charset : text_first(text_skip(body, 10), (size_t)quote);
        }
        return charset;
    }
    charset = xml_encoding(body);
    if (!charset.length && kind == MEDIA_HTML)
        charset = meta_charset(text_first(body, prescan));
    /* Whoever could read that is not UTF-16 (HTML Standard, 13.2.3.2). */
    return text_starts_nocase(charset, TEXT("utf-16")) ? TEXT("utf-8") : charset;
}

/* Only a page is guessed at; scripts, JSON and robots.txt are UTF-8. */
static bool is_marked_up(enum media_kind kind)
{
    return kind == MEDIA_HTML || kind == MEDIA_CSS || kind == MEDIA_FEED || kind == MEDIA_SITEMAP || kind == MEDIA_SVG;
}

static bool take_mark(struct encoding *encoding, struct text *body)
{
    if (text_starts(*body, TEXT("\xef\xbb\xbf"))) {
        *body = text_skip(*body, 3);
        return true;
    }
    bool little = text_starts(*body, TEXT("\xff\xfe"));
    if (!little && !text_starts(*body, TEXT("\xfe\xff")))
        return false;
    *body = text_skip(*body, 2);
    return take_label(encoding, little ? TEXT("utf-16le") : TEXT("utf-16be"));
}

struct encoding encoding_find(struct text *body, enum media_kind kind, struct text charset)
{
    struct encoding none = {.label = ""}, encoding = none;
    if (take_mark(&encoding, body))
        return encoding;
    bool named = take_label(&encoding, charset) || take_label(&encoding, own_charset(*body, kind, PRESCAN_BYTES));
    if (!named) {
        if (!is_marked_up(kind) || is_utf8(*body))
            return none;
        if (!take_label(&encoding, own_charset(*body, kind, PRESCAN_LATE_BYTES)))
            take_label(&encoding, TEXT("windows-1252"));
    }
    /* What is all ASCII means the same in every encoding but the two-byte ones; its queries may still need the label. */
    if (!text_starts(text_of(encoding.label), TEXT("utf-16")) && ascii_run(*body, true) == body->length)
        encoding.iconv[0] = '\0';
    return encoding;
}

bool encoding_convert(const struct encoding *encoding, struct text body, struct buf *out)
{
    iconv_t converter = iconv_open("UTF-8", encoding->iconv);
    if (converter == (iconv_t)-1)
        return false;
    char *from = (char *)(uintptr_t)body.at;
    size_t left = body.length;
    while (left) {
        size_t before = left, room = PIECE;
        char *to = buf_room(out, PIECE);
        if (!to)
            break;
        iconv(converter, &from, &left, &to, &room);
        buf_grew(out, PIECE - room);
        if (left == before) { /* nothing could be read here */
            buf_add(out, "\xef\xbf\xbd");
            from++;
            left--;
        }
    }
    iconv_close(converter);
    return true;
}
