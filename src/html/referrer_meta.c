/* Searches for the word "referrer" first, because most pages do not have the element. */
#include <config.h>

#include "html/referrer_meta.h"

#include "html/tokenizer.h"

enum { LOOKED_AT_BYTES = 64 * 1024, TAGS_MOST = 100, TAG_BYTES = 1024 };

/* The tag around the byte at `at`, as far as it is short. */
static struct text tag_around(struct text html, size_t at)
{
    size_t from = at;
    while (from && at - from < TAG_BYTES && html.at[from] != '<' && html.at[from] != '>')
        from--;
    return text_first(text_skip(html, from), 2 * TAG_BYTES);
}

struct text referrer_meta(struct text html)
{
    struct text rest = text_first(html, LOOKED_AT_BYTES), content = TEXT("");
    ptrdiff_t at;
    for (int i = 0; i < TAGS_MOST && (at = text_find_nocase(rest, TEXT("referrer"))) >= 0; i++) {
        struct text tag = tag_around(html, (size_t)(rest.at - html.at) + (size_t)at);
        struct tokenizer tokenizer;
        rest = text_skip(rest, (size_t)at + 8);
        if (!text_starts_nocase(tag, TEXT("<meta")))
            continue;
        tokenizer_init(&tokenizer, tag);
        if (tokenizer_next(&tokenizer) == TOKEN_START &&
            text_equal_nocase(text_trim(tokenizer_attribute(&tokenizer, "name")), TEXT("referrer")))
            content = text_trim(tokenizer_attribute(&tokenizer, "content"));
    }
    return content;
}
