/* Copies a response into a new spool without its chunk framing. */
#include <config.h>

#include "capture/dechunk.h"

#include "http/http_body.h"

bool dechunk_may(const struct http_head *head, enum payload_besides besides)
{
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, TEXT("Transfer-Encoding")) &&
            !text_equal_nocase(head->fields[i].value, TEXT("chunked")))
            return false;
    /* A length beside the chunks says something else, and would count without them. */
    return besides == PAYLOAD_ALONE && http_body_is_chunked(head) &&
           !http_field(head, "Content-Length").at;
}

/* Writes the head's lines unchanged, without those of Transfer-Encoding.  These are not folded:
 * their values are one word. */
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

static enum result write_payload(struct spool *out, const struct payload_reader *reader,
                                 const struct spool *response, struct trouble *trouble)
{
    struct text piece;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && body_reader_next(reader->body, &piece) == RESULT_OK)
        result = give_up_asked(&reader->give_up)
                     ? trouble_say(trouble, RESULT_BROKEN, "a response was given up")
                     : spool_append(out, piece.at, piece.length, trouble);
    if (result == RESULT_OK && body_reader_error(reader->body) == BODY_UNREADABLE)
        result = trouble_say_os(trouble, RESULT_BROKEN,
                                "cannot read the temporary file of a response in %s",
                                response->directory);
    return result;
}

enum result dechunk(struct payload_reader *reader, struct exchange *exchange,
                    const struct http_head *head, struct trouble *trouble)
{
    struct spool out;
    spool_init(&out, EXCHANGE_MEMORY_BYTES, exchange->response.directory);
    enum result result =
        write_head(&out, text_first(spool_bytes(&exchange->response), head->length), trouble);
    size_t head_length = (size_t)out.length;
    if (result == RESULT_OK) {
        body_reader_begin_spool(reader->body, head, BODY_AS_CODED, &exchange->response,
                                head->length);
        result = write_payload(&out, reader, &exchange->response, trouble);
    }
    if (result != RESULT_OK) {
        spool_release(&out);
        return result;
    }
    spool_release(&exchange->response);
    exchange->response = out;
    exchange->head_length = head_length;
    return RESULT_OK;
}
