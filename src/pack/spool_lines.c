/* A piece of the spool is read when the rest of the last one has no line end. */
#include <config.h>

#include "pack/spool_lines.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 128 * 1024, LINE_MOST = 256 * 1024 * 1024 };

void spool_lines_init(struct spool_lines *lines, const struct spool *spool)
{
    *lines = (struct spool_lines){.spool = spool};
    buf_init(&lines->bytes, LINE_MOST);
}

void spool_lines_release(struct spool_lines *lines)
{
    buf_release(&lines->bytes);
    free(lines->piece);
    lines->piece = NULL;
}

static enum result read_more(struct spool_lines *lines, struct trouble *trouble)
{
    size_t left = lines->bytes.length - lines->taken;
    if (!lines->piece && !(lines->piece = malloc(PIECE_BYTES)))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read a temporary file");
    if (left)
        memmove(lines->bytes.data, lines->bytes.data + lines->taken, left);
    lines->bytes.length = left;
    lines->taken = 0;
    struct text piece =
        text_first(spool_piece(lines->spool, lines->at, lines->piece, PIECE_BYTES), PIECE_BYTES);
    if (!piece.length)
        return trouble_say(trouble, RESULT_BROKEN, "cannot read a temporary file");
    buf_add_text(&lines->bytes, piece);
    lines->at += (int64_t)piece.length;
    return buf_ok(&lines->bytes)
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for a line of a temporary file");
}

enum result spool_lines_next(struct spool_lines *lines, struct text *line, struct trouble *trouble)
{
    size_t looked = 0;
    for (;;) {
        struct text rest = text_skip(buf_text(&lines->bytes), lines->taken);
        ptrdiff_t end = text_find_char(text_skip(rest, looked), '\n');
        if (end >= 0) {
            *line = text_first(rest, looked + (size_t)end);
            lines->taken += line->length + 1;
            return RESULT_OK;
        }
        looked = rest.length;
        if (lines->at == lines->spool->length && !rest.length)
            return RESULT_END;
        enum result result = read_more(lines, trouble);
        if (result != RESULT_OK)
            return result;
    }
}
