/* Searches for the word "robots" first, because most pages do not have the element. */
#include <config.h>

#include "html/robots_meta.h"

#include "html/tokenizer.h"

struct text robots_meta(struct text html)
{
    enum { LOOKED_AT_BYTES = 16 * 1024 };
    struct text rest = text_first(html, LOOKED_AT_BYTES);
    for (ptrdiff_t at; (at = text_find(rest, TEXT("robots"))) >= 0;
         rest = text_skip(rest, (size_t)at + 6)) {
        size_t from = (size_t)(rest.at - html.at) + (size_t)at;
        while (from && html.at[from] != '<' && html.at[from] != '>')
            from--;
        struct text tag = text_skip(html, from);
        struct tokenizer tokenizer;
        if (!text_starts_nocase(tag, TEXT("<meta")))
            continue;
        tokenizer_init(&tokenizer, tag);
        if (tokenizer_next(&tokenizer) == TOKEN_START &&
            text_equal_nocase(tokenizer_attribute(&tokenizer, "name"), TEXT("robots")))
            return text_trim(tokenizer_attribute(&tokenizer, "content"));
    }
    return TEXT("");
}
