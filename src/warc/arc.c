/* Parses the line that begins a record of an ARC file, and makes a WARC header from it. */
#include <config.h>

#include "warc/arc.h"

enum { FIELDS_1 = 5, FIELDS_2 = 10, DATE_DIGITS = 14 };

static bool all_digits(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.length > 0;
}

static bool is_address(struct text text)
{
    bool marks = false;
    for (size_t i = 0; i < text.length; i++) {
        marks = marks || text.at[i] == '.' || text.at[i] == ':';
        if (hex_value(text.at[i]) < 0 && text.at[i] != '.' && text.at[i] != ':')
            return false;
    }
    return marks;
}

/* "http:", "dns:", "filedesc:" ... */
static bool has_scheme(struct text text)
{
    size_t i = 0;
    while (i < text.length &&
           (ascii_is_alnum(text.at[i]) ||
            (i && (text.at[i] == '+' || text.at[i] == '-' || text.at[i] == '.'))))
        i++;
    return i && i < text.length && text.at[i] == ':' && ascii_is_alpha(text.at[0]);
}

/* Cuts `count` fields off the line, the last one first, because URLs may contain blanks. */
static bool cut_fields(struct text line, size_t count, struct text *fields)
{
    for (size_t i = count; i-- > 1;) {
        size_t begin = line.length;
        while (begin && line.at[begin - 1] != ' ')
            begin--;
        fields[i] = text_skip(line, begin);
        if (!begin || !fields[i].length)
            return false;
        line = text_first(line, begin - 1);
    }
    fields[0] = line;
    return line.length > 0;
}

static bool read_version(struct text text, size_t count, struct arc_line *line)
{
    struct text fields[FIELDS_2];
    if (!cut_fields(text, count, fields))
        return false;
    line->version = count == FIELDS_1 ? 1 : 2;
    line->url = fields[0];
    line->address = fields[1];
    line->date = fields[2];
    line->type = fields[3];
    line->block_length = fields[count - 1];
    return has_scheme(line->url) && is_address(line->address) && line->date.length == DATE_DIGITS &&
           all_digits(line->date) && all_digits(line->block_length);
}

bool arc_line_read(struct text text, struct arc_line *line)
{
    text = text_first(text, ARC_LINE_MOST);
    ptrdiff_t end = text.length && ascii_is_alpha(text.at[0]) ? text_find_char(text, '\n') : -1;
    if (end < 0)
        return false;
    line->length = (size_t)end + 1;
    text = text_first(text, (size_t)end);
    if (text.length && text.at[text.length - 1] == '\r')
        text.length--;
    return read_version(text, FIELDS_2, line) || read_version(text, FIELDS_1, line);
}

static void add_field(struct buf *out, const char *name, struct text value)
{
    buf_add(out, name);
    buf_add(out, ": ");
    buf_add_text(out, value);
    buf_add(out, "\r\n");
}

void arc_header_write(const struct arc_line *line, struct text block, struct buf *out)
{
    struct text filedesc = TEXT("filedesc://"), d = line->date;
    bool about = text_starts(line->url, filedesc),
         http = !about && text_starts(block, TEXT("HTTP/"));
    buf_add(out, "WARC/1.1\r\n");
    add_field(out, "WARC-Type",
              about  ? TEXT("warcinfo")
              : http ? TEXT("response")
                     : TEXT("resource"));
    buf_printf(out, "WARC-Date: %.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ\r\n", d.at, d.at + 4, d.at + 6,
               d.at + 8, d.at + 10, d.at + 12);
    add_field(out, about ? "WARC-Filename" : "WARC-Target-URI",
              about ? text_skip(line->url, filedesc.length) : line->url);
    if (!about && !text_equal(line->address, TEXT("0.0.0.0")))
        add_field(out, "WARC-IP-Address", line->address);
    add_field(out, "Content-Type", http ? TEXT("application/http;msgtype=response") : line->type);
    add_field(out, "Content-Length", line->block_length);
    buf_add(out, "\r\n");
}
