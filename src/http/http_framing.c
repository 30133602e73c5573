/*
 * The end of a response.  The framing must be found even in malformed messages, because everything
 * that the server sent goes into the record.
 */
#include <config.h>

#include "http/http_framing.h"

#include "http/http_message.h"

enum { STATUS_SWITCHING = 101 };
enum { LINE_EMPTY, LINE_CR, LINE_OTHER }; /* what the current line contains so far */

void http_framing_init(struct http_framing *framing)
{
    *framing = (struct http_framing){.state = FRAMING_HEAD};
    buf_init(&framing->head, HTTP_HEAD_MOST);
}

void http_framing_release(struct http_framing *framing)
{
    buf_release(&framing->head);
}

/* The length on which all Content-Length fields agree.  "5, 5" is 5 (RFC 9112, section 6.3). */
static bool read_length(const struct http_head *head, uint64_t *length)
{
    bool any = false;
    for (size_t i = 0; i < head->field_count; i++) {
        struct text rest = head->fields[i].value, part;
        uint64_t number;
        if (!text_equal_nocase(head->fields[i].name, TEXT("Content-Length")))
            continue;
        while (text_split(&rest, ',', &part)) {
            if (!text_to_number(text_trim(part), &number) || (any && number != *length))
                return false;
            *length = number;
            any = true;
        }
    }
    return any;
}

static enum framing_state end_of_head(struct http_framing *framing)
{
    struct http_head head;
    bool read = http_response_read(&head, buf_text(&framing->head));
    enum framing_state state = FRAMING_BODY;
    framing->status = read ? head.status : 0;
    if (!read)
        state = FRAMING_NO_HTTP;
    else if (head.status < 200 && head.status != STATUS_SWITCHING)
        state = FRAMING_INTERIM;
    else if (head.status == STATUS_SWITCHING)
        framing->until_close = true;
    else if (!http_status_has_body(head.status))
        state = FRAMING_WHOLE;
    else if (http_field(&head, "Transfer-Encoding").at) {
        framing->chunked = http_body_is_chunked(&head);
        framing->until_close = !framing->chunked;
        dechunker_init(&framing->dechunker);
    } else if (!read_length(&head, &framing->left))
        framing->until_close = true;
    else if (!framing->left)
        state = FRAMING_WHOLE;
    http_head_release(&head);
    buf_clear(&framing->head);
    return state;
}

/* A head ends at its first empty line.  Its first bytes show whether it is HTTP at all. */
static enum framing_state take_head(struct http_framing *framing, struct text *input,
                                    struct text *piece)
{
    size_t taken = 0;
    bool ended = false;
    while (taken < input->length && !ended) {
        char c = input->at[taken++];
        ended = c == '\n' && framing->line != LINE_OTHER;
        framing->line = c == '\n'                                  ? LINE_EMPTY
                        : c == '\r' && framing->line == LINE_EMPTY ? LINE_CR
                                                                   : LINE_OTHER;
    }
    *piece = text_first(*input, taken);
    buf_add_text(&framing->head, *piece);
    *input = text_skip(*input, taken);
    if (!buf_ok(&framing->head))
        return FRAMING_TOO_LONG;
    struct text name = TEXT("HTTP/"), head = buf_text(&framing->head);
    if (!text_starts_nocase(head, text_first(name, head.length)))
        return FRAMING_NO_HTTP;
    return ended ? end_of_head(framing) : FRAMING_HEAD;
}

static enum framing_state take_chunks(struct http_framing *framing, struct text *input,
                                      struct text *piece)
{
    struct text before = *input, payload;
    enum body_state state = BODY_MORE;
    while (input->length && state == BODY_MORE)
        state = dechunker_take(&framing->dechunker, input, &payload);
    if (state == BODY_BAD) {
        framing->broken = framing->until_close = true;
        *input = text_skip(*input, input->length);
    }
    *piece = text_first(before, before.length - input->length);
    return state == BODY_WHOLE ? FRAMING_WHOLE : FRAMING_BODY;
}

static enum framing_state take_body(struct http_framing *framing, struct text *input,
                                    struct text *piece)
{
    if (framing->chunked && !framing->broken)
        return take_chunks(framing, input, piece);
    *piece = framing->until_close || framing->left > input->length
                 ? *input
                 : text_first(*input, (size_t)framing->left);
    *input = text_skip(*input, piece->length);
    if (framing->until_close)
        return FRAMING_BODY;
    framing->left -= piece->length;
    return framing->left ? FRAMING_BODY : FRAMING_WHOLE;
}

enum framing_state http_framing_take(struct http_framing *framing, struct text *input,
                                     struct text *piece)
{
    *piece = text_first(*input, 0);
    switch (framing->state) {
    case FRAMING_HEAD:
    case FRAMING_INTERIM:
        framing->state = take_head(framing, input, piece);
        break;
    case FRAMING_BODY:
        framing->state = take_body(framing, input, piece);
        break;
    case FRAMING_NO_HTTP:
        *piece = *input;
        *input = text_skip(*input, input->length);
        break;
    case FRAMING_WHOLE:
    case FRAMING_TOO_LONG:
        break;
    }
    return framing->state;
}

bool http_framing_may_end(const struct http_framing *framing)
{
    return framing->state == FRAMING_WHOLE || framing->state == FRAMING_NO_HTTP ||
           (framing->state == FRAMING_BODY && framing->until_close);
}
