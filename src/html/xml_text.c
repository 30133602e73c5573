/* Text, attributes and dates of XML elements. */
#include <config.h>

#include "html/xml_text.h"

#include "base/clock.h"
#include "html/entities.h"

enum { DATE_AHEAD_BYTES = 8192 }; /* dates are near the beginning of an entry */

struct text xml_local(struct text name)
{
    ptrdiff_t colon = text_find_char(name, ':');
    return colon < 0 ? name : text_skip(name, (size_t)colon + 1);
}

struct text xml_attribute(const struct tokenizer *t, const char *name, struct buf *out)
{
    struct text value = tokenizer_attribute(t, name);
    if (!value.at || text_find_char(value, '&') < 0)
        return value;
    buf_clear(out);
    entities_decode(value, true, out);
    return buf_text(out);
}

/* Reads a CDATA section, or the text before the next '<'.  False when there is neither. */
static bool take_piece(struct tokenizer *t, struct text *piece, bool *literal)
{
    struct text ahead = text_skip(t->input, t->at);
    *literal = text_starts(ahead, TEXT("<![CDATA["));
    if (*literal) {
        ptrdiff_t end = text_find(ahead, TEXT("]]>"));
        *piece = text_skip(end < 0 ? ahead : text_first(ahead, (size_t)end), 9);
        t->at += end < 0 ? ahead.length : (size_t)end + 3;
        return true;
    }
    ptrdiff_t end = text_find_char(ahead, '<');
    *piece = end < 0 ? ahead : text_first(ahead, (size_t)end);
    t->at += piece->length;
    return piece->length > 0;
}

struct text xml_element_text(struct tokenizer *t, struct buf *out)
{
    struct text piece, whole = TEXT("");
    bool literal;
    buf_clear(out);
    while (take_piece(t, &piece, &literal)) {
        bool plain = literal || text_find_char(piece, '&') < 0;
        /* While there is one piece with only white space around it, nothing needs copying. */
        if (plain && !out->length && !text_trim(whole).length) {
            whole = piece;
            continue;
        }
        if (plain && !out->length && !text_trim(piece).length)
            continue;
        if (!out->length)
            buf_add_text(out, whole);
        if (plain)
            buf_add_text(out, piece);
        else
            entities_decode(piece, false, out);
    }
    return text_trim(out->length || out->failed ? buf_text(out) : whole);
}

/* Takes the name of the next tag from *rest; "/name" for an end tag.  False at the end. */
static bool next_name(struct text *rest, struct text *name)
{
    ptrdiff_t open = text_find_char(*rest, '<');
    if (open < 0)
        return false;
    *rest = text_skip(*rest, (size_t)open + 1);
    size_t length = 0;
    while (length < rest->length && rest->at[length] != '>' && rest->at[length] != '<' &&
           !ascii_is_space(rest->at[length]))
        length++;
    *name = text_first(*rest, length);
    return true;
}

int64_t xml_date_ahead(const struct tokenizer *t, struct text name, struct text entry)
{
    struct text rest = text_first(text_skip(t->input, t->at), DATE_AHEAD_BYTES), tag;
    while (next_name(&rest, &tag)) {
        bool ends = text_starts(tag, TEXT("/"));
        /* Stop where this entry ends or the next begins, so that no byte is read twice. */
        if (text_equal_nocase(xml_local(ends ? text_skip(tag, 1) : tag), entry))
            break;
        if (ends || !text_equal_nocase(xml_local(tag), name))
            continue;
        ptrdiff_t open = text_find_char(rest, '>'), close = text_find_char(rest, '<');
        int64_t dated_ms;
        if (open >= 0 && close > open &&
            date_read_w3c(text_trim(text_skip(text_first(rest, (size_t)close), (size_t)open + 1)),
                          &dated_ms))
            return dated_ms;
    }
    return 0;
}
