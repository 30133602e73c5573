/*
 * Parses the header of a record in place: it cuts the bytes into lines and the lines into fields,
 * and ends names and values with NULs.
 */
#include <config.h>

#include "warc/header.h"

#include <stdlib.h>
#include <string.h>

#include "warc/member.h"

void header_init(struct header *header)
{
    *header = (struct header){0};
    buf_init(&header->bytes, WARC_HEADER_MOST);
}

void header_release(struct header *header)
{
    buf_release(&header->bytes);
    free(header->fields);
    header_init(header);
}

size_t header_length(struct text text, size_t from)
{
    /* The end is a line end followed by another one.  A bare LF counts as a line end. */
    size_t at = from;
    for (;;) {
        ptrdiff_t next = text_find_char(text_skip(text, at), '\n');
        if (next < 0)
            return 0;
        at += (size_t)next + 1;
        if (at < text.length && text.at[at] == '\n')
            return at + 1;
        if (at + 1 < text.length && text.at[at] == '\r' && text.at[at + 1] == '\n')
            return at + 2;
    }
}

/* Oddities that parsing has found.  Each kind is reported once per header. */
struct oddities {
    size_t bare_ends;
    size_t zeros;
};

/* Cuts one line off *rest, which is not empty, and returns it without its end. */
static struct text take_line(struct text *rest, struct oddities *odd)
{
    ptrdiff_t end = text_find_char(*rest, '\n');
    struct text line = text_first(*rest, end < 0 ? rest->length : (size_t)end);
    *rest = text_skip(*rest, line.length + 1);
    if (line.length && line.at[line.length - 1] == '\r')
        line.length--;
    else
        odd->bare_ends++;
    return line;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void parse_version(struct header *header, struct text line,
                          const struct rule_listener *listener)
{
    uint64_t major = 0, minor = 0;
    struct text rest = text_trim(text_skip(line, 5)), part = TEXT("");
    bool zero = rest.length > 1 && rest.at[0] == '0' && rest.at[1] != '.';
    if (!text_starts(line, TEXT("WARC/")) || rest.length + 5 != line.length || zero)
        rule_tell(listener, RULE_VERSION_FORM, "%.*s", TEXT_ARGS(line));
    text_split(&rest, '.', &part);
    /* A part that is not a number stays 0, and no version has the number 0.0. */
    result_ignore(text_to_number(part, &major));
    result_ignore(text_to_number(rest, &minor));
    /* 1.1 and 1.0 become 11 and 10.  The drafts 0.16 to 0.18 have their second number. */
    header->version = (int)(major ? major * 10 + minor : minor);
    bool known = major == 1 ? minor <= 1 : major == 0 && minor >= 16 && minor <= 18;
    if (!known)
        rule_tell(listener, RULE_VERSION_UNKNOWN, "%.*s", TEXT_ARGS(line));
}

static bool add_field(struct header *header, char *name, char *value)
{
    if (header->count == header->room) {
        size_t room = header->room ? header->room * 2 : 32;
        struct warc_field *fields = realloc(header->fields, room * sizeof *fields);
        if (!fields)
            return false;
        header->fields = fields;
        header->room = room;
    }
    header->fields[header->count++] = (struct warc_field){name, value};
    return true;
}

/* Takes one field with its folded lines.  Ends name and value with NULs, in place. */
static bool take_field(struct header *header, struct text *rest, struct oddities *odd,
                       const struct rule_listener *listener)
{
    char *base = header->bytes.data;
    struct text line = take_line(rest, odd);
    size_t begin = (size_t)(line.at - base), end = begin + line.length;
    bool folded = false;
    while (rest->length && is_blank(rest->at[0])) {
        struct text more = take_line(rest, odd);
        size_t more_begin = (size_t)(more.at - base);
        memset(base + end, ' ', more_begin - end);
        end = more_begin + more.length;
        folded = true;
    }
    for (size_t i = begin; i < end; i++) {
        if (base[i] == '\0') {
            base[i] = '?';
            odd->zeros++;
        }
    }
    line = (struct text){base + begin, end - begin};
    if (!line.length)
        return true;
    ptrdiff_t colon = text_find_char(line, ':');
    if (colon < 0) {
        rule_tell(listener, RULE_HEADER_LINE, "%.*s", (int)(line.length > 100 ? 100 : line.length),
                  line.at);
        return true;
    }
    size_t name_end = begin + (size_t)colon, value = name_end + 1;
    while (name_end > begin && is_blank(base[name_end - 1]))
        name_end--;
    if (name_end + 1 != value)
        rule_tell(listener, RULE_HEADER_NAME, "%.*s has blanks before its colon",
                  (int)(name_end - begin), base + begin);
    while (value < end && is_blank(base[value]))
        value++;
    while (end > value && is_blank(base[end - 1]))
        end--;
    base[name_end] = '\0';
    base[end] = '\0';
    if (folded)
        rule_tell(listener, RULE_HEADER_FOLDED, "%s", base + begin);
    return add_field(header, base + begin, base + value);
}

bool header_parse(struct header *header, const struct rule_listener *listener)
{
    struct text rest = buf_text(&header->bytes);
    struct oddities odd = {0};
    header->count = 0;
    header->version = 0;
    if (rest.length > WARC_HEADER_EASY)
        rule_tell(listener, RULE_HEADER_LONG, "%zu bytes", rest.length);
    parse_version(header, take_line(&rest, &odd), listener);
    while (rest.length)
        if (!take_field(header, &rest, &odd, listener))
            return false;
    if (odd.bare_ends)
        rule_tell(listener, RULE_HEADER_LINE_ENDS, "%zu line%s", odd.bare_ends,
                  PLURAL(odd.bare_ends));
    if (odd.zeros)
        rule_tell(listener, RULE_HEADER_CONTROL, "%zu zero byte%s", odd.zeros, PLURAL(odd.zeros));
    return true;
}
