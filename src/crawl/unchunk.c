#include <config.h>

#include "crawl/unchunk.h"

enum { PIECE_BYTES = 64 * 1024 };

bool unchunk_may(const struct http_head *head, enum payload_besides besides)
{
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, TEXT("Transfer-Encoding")) &&
            !text_equal_nocase(head->fields[i].value, TEXT("chunked")))
            return false;
    return besides == PAYLOAD_ALONE && http_body_is_chunked(head);
}

/* The head's lines as they came, but for those of Transfer-Encoding (which are not folded: their values are one word). */
static enum answer write_head(struct spool *out, struct text bytes, struct trouble *trouble)
{
    static const char name[] = "Transfer-Encoding";
    enum answer answer = ANSWER_OK;
    while (answer == ANSWER_OK && bytes.length) {
        ptrdiff_t end = text_find_char(bytes, '\n');
        struct text line = text_first(bytes, end < 0 ? bytes.length : (size_t)end + 1);
        ptrdiff_t colon = text_find_char(line, ':');
        bytes = text_skip(bytes, line.length);
        if (colon < 0 || !text_equal_nocase(text_trim(text_first(line, (size_t)colon)), text_of(name)))
            answer = spool_append(out, line.at, line.length, trouble);
    }
    return answer;
}

static enum answer write_payload(struct spool *out, const struct spool *response, int64_t at, char *room, struct trouble *trouble)
{
    struct dechunker dechunker;
    enum answer answer = ANSWER_OK;
    dechunker_init(&dechunker);
    while (answer == ANSWER_OK && at < response->length && dechunker.state == BODY_MORE) {
        struct text input = spool_piece(response, at, room, PIECE_BYTES), piece;
        if (!input.length)
            return trouble_say_os(trouble, ANSWER_BROKEN, "cannot read the temporary file of an answer in %s", response->directory);
        at += (int64_t)input.length;
        while (answer == ANSWER_OK && input.length && dechunker.state == BODY_MORE) {
            dechunker_take(&dechunker, &input, &piece);
            answer = spool_append(out, piece.at, piece.length, trouble);
        }
    }
    return answer;
}

enum answer unchunk(struct exchange *exchange, const struct http_head *head, struct trouble *trouble)
{
    struct spool out;
    char room[PIECE_BYTES];
    spool_init(&out, EXCHANGE_MEMORY_BYTES, exchange->response.directory);
    enum answer answer = write_head(&out, text_first(spool_bytes(&exchange->response), head->length), trouble);
    size_t head_length = (size_t)out.length;
    if (answer == ANSWER_OK)
        answer = write_payload(&out, &exchange->response, (int64_t)head->length, room, trouble);
    if (answer != ANSWER_OK) {
        spool_release(&out);
        return answer;
    }
    spool_release(&exchange->response);
    exchange->response = out;
    exchange->head_length = head_length;
    return ANSWER_OK;
}
