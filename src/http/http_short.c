/* Compares the length of a body with what its head and its chunks say. */
#include <config.h>

#include "http/http_short.h"

enum { PIECE_BYTES = 16 * 1024 };

bool http_short_announces(const struct http_split *split, uint64_t *length)
{
    struct text said = http_field(&split->parsed, "Content-Length");
    /* With Transfer-Encoding it is ignored. */
    return said.at && text_to_number(said, length) &&
           !http_field(&split->parsed, "Transfer-Encoding").at;
}

enum http_short http_short_of(const struct http_split *split, uint64_t body_length)
{
    uint64_t said = 0;
    if (!split->readable || !http_status_has_body(split->parsed.status))
        return SHORT_NOT;
    bool announced = http_short_announces(split, &said);
    if (!body_length && (split->chunked || (announced && said)))
        return SHORT_OF_ALL;
    if (split->chunked)
        return split->dechunker.state == BODY_MORE ? SHORT_OF_CHUNKS : SHORT_NOT;
    return announced && body_length < said ? SHORT_OF_LENGTH : SHORT_NOT;
}

enum http_short http_short_of_bytes(struct text response)
{
    struct http_split split;
    struct text body, payload;
    uint64_t length = 0;
    http_split_init(&split);
    http_split_begin(&split, false);
    while (response.length) {
        http_split_take(&split, &response, &body, &payload);
        length += body.length;
    }
    http_split_end(&split);
    enum http_short how = http_short_of(&split, length);
    http_split_release(&split);
    return how;
}

enum http_short http_short_of_spool(const struct spool *response)
{
    struct http_split split;
    struct text piece, body, payload;
    char room[PIECE_BYTES];
    uint64_t length = 0;
    http_split_init(&split);
    http_split_begin(&split, false);
    for (int64_t at = 0; at < response->length; at += (int64_t)piece.length) {
        struct text rest = piece = spool_piece(response, at, room, sizeof room);
        if (!piece.length)
            break;
        if (split.in_body && !split.chunked) {
            length += (uint64_t)(response->length - at);
            break;
        }
        while (rest.length) {
            http_split_take(&split, &rest, &body, &payload);
            length += body.length;
        }
    }
    http_split_end(&split);
    enum http_short how = http_short_of(&split, length);
    http_split_release(&split);
    return how;
}
