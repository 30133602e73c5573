/* Reads message heads in place.  Only the list of fields is allocated. */
#include <config.h>

#include "http/http_message.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS_FIRST = 32 };

/* Moves one line from *rest to *line, without its line end (CRLF or bare LF).  False at the end. */
static bool take_line(struct text *rest, struct text *line)
{
    if (!rest->length)
        return false;
    ptrdiff_t end = text_find_char(*rest, '\n');
    size_t length = end < 0 ? rest->length : (size_t)end;
    *line = text_first(*rest, length);
    *rest = text_skip(*rest, length + (end >= 0));
    if (line->length && line->at[line->length - 1] == '\r')
        line->length--;
    return true;
}

static bool add_field(struct http_head *head, size_t *room, struct text line)
{
    ptrdiff_t colon = text_find_char(line, ':');
    if (head->field_count == HTTP_FIELDS_MOST || colon < 0) {
        head->dropped++;
        return true;
    }
    if (head->field_count == *room) {
        size_t more = *room ? *room * 2 : FIELDS_FIRST;
        struct http_field *fields = realloc(head->fields, more * sizeof *fields);
        if (!fields) {
            head->no_memory = true;
            return false;
        }
        head->fields = fields;
        *room = more;
    }
    head->fields[head->field_count++] =
        (struct http_field){.name = text_trim(text_first(line, (size_t)colon)),
                            .value = text_trim(text_skip(line, (size_t)colon + 1))};
    return true;
}

/* A line that begins with a blank continues the field before (obs-fold, RFC 9112, section 5.2). */
static void extend_field(struct http_head *head, struct text line)
{
    if (!head->field_count) {
        head->dropped++;
        return;
    }
    struct text *value = &head->fields[head->field_count - 1].value;
    const char *end = line.at + line.length;
    if (!value->length)
        *value = text_trim(line);
    else
        value->length = (size_t)(end - value->at);
    *value = text_trim(*value);
}

static bool read_fields(struct http_head *head, struct text bytes, struct text rest)
{
    struct text line;
    size_t room = 0;
    while (take_line(&rest, &line)) {
        if (!line.length)
            break;
        if (line.at[0] == ' ' || line.at[0] == '\t')
            extend_field(head, line);
        else if (!add_field(head, &room, line))
            return false;
    }
    head->length = bytes.length - rest.length;
    return true;
}

/* "HTTP/1.1 200 OK".  Accepts any version, any case and extra blanks. */
static bool read_status_line(struct http_head *head)
{
    struct text line = head->start, word;
    struct text rest = line;
    if (!text_starts_nocase(line, TEXT("HTTP/")) || !text_split(&rest, ' ', &word))
        return false;
    head->version = word;
    rest = rest.at ? text_trim(rest) : TEXT("");
    size_t digits = 0;
    while (digits < rest.length && ascii_is_digit(rest.at[digits]))
        digits++;
    if (digits != 3 || (rest.length > 3 && rest.at[3] != ' '))
        return false;
    head->status = (rest.at[0] - '0') * 100 + (rest.at[1] - '0') * 10 + (rest.at[2] - '0');
    head->reason = text_trim(text_skip(rest, 3));
    return head->status >= 100;
}

static bool read_request_line(struct http_head *head)
{
    struct text rest = head->start;
    return text_split(&rest, ' ', &head->method) && text_split(&rest, ' ', &head->target) &&
           text_split(&rest, ' ', &head->version) &&
           text_starts_nocase(head->version, TEXT("HTTP/"));
}

static bool read_head(struct http_head *head, struct text bytes,
                      bool (*read_start)(struct http_head *head))
{
    struct text rest = bytes;
    memset(head, 0, sizeof *head);
    return take_line(&rest, &head->start) && read_start(head) && read_fields(head, bytes, rest);
}

size_t http_head_length(struct text text, size_t from)
{
    struct text here = text_skip(text, from > 3 ? from - 3 : 0);
    for (ptrdiff_t at; (at = text_find_char(here, '\n')) >= 0; here = text_skip(here, 1)) {
        here = text_skip(here, (size_t)at);
        if (text_starts(here, TEXT("\n\r\n")))
            return (size_t)(here.at - text.at) + 3;
        if (text_starts(here, TEXT("\n\n")))
            return (size_t)(here.at - text.at) + 2;
    }
    return 0;
}

bool http_response_read(struct http_head *head, struct text bytes)
{
    return read_head(head, bytes, read_status_line);
}

bool http_request_read(struct http_head *head, struct text bytes)
{
    return read_head(head, bytes, read_request_line);
}

void http_head_release(struct http_head *head)
{
    free(head->fields);
    head->fields = NULL;
    head->field_count = 0;
}

struct text http_field(const struct http_head *head, const char *name)
{
    struct text wanted = text_of(name);
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, wanted))
            return head->fields[i].value;
    return (struct text){NULL, 0};
}

bool http_status_redirects(int status)
{
    return status >= 301 && status <= 308 && status != 304;
}

bool http_status_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

bool http_value_is_clean(struct text value)
{
    for (size_t i = 0; i < value.length; i++)
        if (((unsigned char)value.at[i] < ' ' && value.at[i] != '\t') || value.at[i] == 0x7f)
            return false;
    return true;
}
