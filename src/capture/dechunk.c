#include <config.h>

#include "capture/dechunk.h"

enum { PIECE_BYTES = 64 * 1024 };

bool dechunk_may(const struct http_head *head, enum payload_besides besides)
{
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, TEXT("Transfer-Encoding")) &&
            !text_equal_nocase(head->fields[i].value, TEXT("chunked")))
            return false;
    return besides == PAYLOAD_ALONE && http_body_is_chunked(head);
}

/* The head's lines as they came, but for those of Transfer-Encoding (which are not folded: their
 * values are one word). */
static enum result write_head(struct spool *out, struct text bytes, struct trouble *trouble)
{
    static const char name[] = "Transfer-Encoding";
    enum result result = RESULT_OK;
    while (result == RESULT_OK && bytes.length) {
        ptrdiff_t end = text_find_char(bytes, '\n');
        struct text line = text_first(bytes, end < 0 ? bytes.length : (size_t)end + 1);
        ptrdiff_t colon = text_find_char(line, ':');
        bytes = text_skip(bytes, line.length);
        if (colon < 0 ||
            !text_equal_nocase(text_trim(text_first(line, (size_t)colon)), text_of(name)))
            result = spool_append(out, line.at, line.length, trouble);
    }
    return result;
}

static enum result write_payload(struct spool *out, const struct spool *response, int64_t at,
                                 char *room, struct trouble *trouble)
{
    struct dechunker dechunker;
    enum result result = RESULT_OK;
    dechunker_init(&dechunker);
    while (result == RESULT_OK && at < response->length && dechunker.state == BODY_MORE) {
        struct text input = spool_piece(response, at, room, PIECE_BYTES), piece;
        if (!input.length)
            return trouble_say_os(trouble, RESULT_BROKEN,
                                  "cannot read the temporary file of an answer in %s",
                                  response->directory);
        at += (int64_t)input.length;
        while (result == RESULT_OK && input.length && dechunker.state == BODY_MORE) {
            dechunker_take(&dechunker, &input, &piece);
            result = spool_append(out, piece.at, piece.length, trouble);
        }
    }
    return result;
}

enum result unchunk(struct exchange *exchange, const struct http_head *head,
                    struct trouble *trouble)
{
    struct spool out;
    char room[PIECE_BYTES];
    spool_init(&out, EXCHANGE_MEMORY_BYTES, exchange->response.directory);
    enum result result =
        write_head(&out, text_first(spool_bytes(&exchange->response), head->length), trouble);
    size_t head_length = (size_t)out.length;
    if (result == RESULT_OK)
        result = write_payload(&out, &exchange->response, (int64_t)head->length, room, trouble);
    if (result != RESULT_OK) {
        spool_release(&out);
        return result;
    }
    spool_release(&exchange->response);
    exchange->response = out;
    exchange->head_length = head_length;
    return RESULT_OK;
}
