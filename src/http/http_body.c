/*
 * A state machine that reads chunk framing byte by byte and passes chunk data on in runs.  It
 * accepts bare LF line ends and blanks after the chunk size, because servers send them.
 */
#include <config.h>

#include "http/http_body.h"

/* ---- chunks (RFC 9112, section 7.1) ---- */

enum step {
    SIZE_FIRST,
    SIZE_MORE,
    EXTENSION,
    DATA,
    DATA_END,
    TRAILER_START,
    TRAILER,
    TRAILER_LAST,
    DONE
};

void dechunker_init(struct dechunker *dechunker)
{
    *dechunker = (struct dechunker){.state = BODY_MORE, .step = SIZE_FIRST};
}

static enum body_state bad(struct dechunker *dechunker)
{
    return dechunker->state = BODY_BAD;
}

static void end_of_size(struct dechunker *dechunker)
{
    dechunker->step = dechunker->left ? DATA : TRAILER_START;
}

/* Reads one byte of framing.  With BODY_BAD it is not taken. */
static enum body_state take_byte(struct dechunker *dechunker, char c)
{
    int digit = hex_value(c);
    switch ((enum step)dechunker->step) {
    case SIZE_FIRST:
        if (digit < 0)
            return bad(dechunker);
        dechunker->left = (uint64_t)digit;
        dechunker->step = SIZE_MORE;
        break;
    case SIZE_MORE:
        if (digit >= 0) {
            if (dechunker->left >> 59)
                return bad(dechunker);
            dechunker->left = dechunker->left << 4 | (uint64_t)digit;
        } else if (c == '\n')
            end_of_size(dechunker);
        else if (c == ';' || c == ' ' || c == '\t' || c == '\r')
            dechunker->step = EXTENSION;
        else
            return bad(dechunker);
        break;
    case EXTENSION:
        if (c == '\n')
            end_of_size(dechunker);
        break;
    case DATA_END:
        if (c == '\n')
            dechunker->step = SIZE_FIRST;
        else if (c != '\r')
            return bad(dechunker);
        break;
    case TRAILER_START:
        if (c == '\n')
            dechunker->step = DONE;
        else if (c == '\r')
            dechunker->step = TRAILER_LAST;
        else {
            dechunker->has_trailers = true;
            dechunker->step = TRAILER;
        }
        break;
    case TRAILER_LAST:
        dechunker->step = c == '\n' ? DONE : TRAILER;
        break;
    case TRAILER:
        if (c == '\n')
            dechunker->step = TRAILER_START;
        break;
    case DATA:
    case DONE:
        break;
    }
    return BODY_MORE;
}

enum body_state dechunker_take(struct dechunker *dechunker, struct text *input, struct text *piece)
{
    *piece = text_first(*input, 0);
    while (dechunker->state == BODY_MORE && input->length && dechunker->step != DATA) {
        if (take_byte(dechunker, input->at[0]) == BODY_BAD)
            break;
        *input = text_skip(*input, 1);
        dechunker->consumed++;
        if (dechunker->step == DONE)
            dechunker->state = BODY_WHOLE;
    }
    if (dechunker->state == BODY_MORE && dechunker->step == DATA && input->length) {
        *piece = text_first(*input, dechunker->left < input->length ? (size_t)dechunker->left
                                                                    : input->length);
        *input = text_skip(*input, piece->length);
        dechunker->left -= piece->length;
        dechunker->consumed += piece->length;
        if (!dechunker->left)
            dechunker->step = DATA_END;
    }
    return dechunker->state;
}

bool http_body_is_chunked(const struct http_head *head)
{
    /* The last coding of the last field counts (RFC 9112, section 6.1). */
    struct text last = TEXT("");
    if (head->status && !http_status_has_body(head->status))
        return false;
    for (size_t i = 0; i < head->field_count; i++) {
        struct text rest = head->fields[i].value, part;
        if (text_equal_nocase(head->fields[i].name, TEXT("Transfer-Encoding")))
            while (text_split(&rest, ',', &part))
                last = text_trim(part);
    }
    return text_equal_nocase(last, TEXT("chunked"));
}
