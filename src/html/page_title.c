/* Both are read from the page in UTF-8. */
#include <config.h>

#include "html/page_title.h"

#include <stdio.h>

#include "html/encoding.h"
#include "html/entities.h"
#include "html/page_text.h"
#include "html/tokenizer.h"

enum { TITLE_MOST = 1000, ENCODING_MOST = 64, PAGE_MOST = 200 * 1024 * 1024 };

/* Appends a text with its references decoded, and each run of white space as one blank.  Stops
 * before a character that would go beyond `most` bytes. */
static void add_words(struct text text, size_t most, struct buf *out)
{
    struct buf decoded;
    buf_init(&decoded, PAGE_MOST);
    entities_decode(text, false, &decoded);
    struct text rest = buf_text(&decoded);
    while (rest.length && out->length < most) {
        size_t length = 1;
        if (ascii_is_space(rest.at[0])) {
            if (out->length && out->data[out->length - 1] != ' ')
                buf_add_char(out, ' ');
        } else {
            while (length < rest.length && ((unsigned char)rest.at[length] & 0xC0) == 0x80)
                length++;
            if (out->length + length <= most)
                buf_append(out, rest.at, length);
            else
                break;
        }
        rest = text_skip(rest, length);
    }
    if (buf_is_out_of_memory(&decoded))
        buf_fail(out);
    buf_release(&decoded);
}

static void cut_blank(struct buf *out)
{
    if (out->length && out->data[out->length - 1] == ' ')
        out->length--;
}

static void read_title(struct text html, struct buf *title)
{
    struct tokenizer tokenizer;
    enum token_kind kind;
    tokenizer_init(&tokenizer, html);
    while ((kind = tokenizer_next(&tokenizer)) != TOKEN_END) {
        if (kind != TOKEN_START || tokenizer.foreign ||
            !text_equal_nocase(tokenizer.text, TEXT("title")))
            continue;
        if (tokenizer_next(&tokenizer) == TOKEN_TEXT)
            add_words(tokenizer.text, TITLE_MOST, title);
        cut_blank(title);
        return;
    }
}

static void read_words(struct text html, struct buf *out)
{
    struct page_words words;
    page_words_begin(&words, html, NULL);
    while (page_words_next_piece(&words)) {
        struct text piece = text_trim(words.rest);
        if (!piece.length)
            continue;
        if (out->length && out->data[out->length - 1] != ' ')
            buf_add_char(out, ' ');
        add_words(piece, out->limit, out);
    }
    cut_blank(out);
}

void page_title_read(struct text html, struct text charset, struct buf *title, struct buf *words)
{
    char name[ENCODING_MOST];
    struct text encoding = encoding_of(MEDIA_HTML, charset, &html);
    struct buf converted;
    buf_init(&converted, PAGE_MOST);
    snprintf(name, sizeof name, "%.*s", TEXT_ARGS(encoding));
    if (encoding.length && encoding_convert(html, name, &converted))
        html = buf_text(&converted);
    read_title(html, title);
    if (words)
        read_words(html, words);
    if (buf_is_out_of_memory(&converted))
        buf_fail(title);
    buf_release(&converted);
}
