#include <config.h>

#include "discover/visible.h"

#include "discover/tokenizer.h"

static bool is_word_byte(char c)
{
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80;
}

static void words_of(struct text text, visible_take *take, void *context)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        bool number = false;
        for (; at < text.length && is_word_byte(text.at[at]); at++)
            number = number || ascii_is_digit(text.at[at]);
        if (at > from && !number)
            take(context, (struct text){text.at + from, at - from});
        at += at == from;
    }
}

void visible_words(struct text html, visible_take *take, void *context)
{
    struct tokenizer tokenizer;
    bool silent = false;
    tokenizer_init(&tokenizer, html);
    for (enum token_kind kind; (kind = tokenizer_next(&tokenizer)) != TOKEN_END;) {
        if (kind == TOKEN_TEXT && !silent)
            words_of(tokenizer.text, take, context);
        /* The content of a raw element comes next, as text: a title's is seen, a script's is not. */
        silent = kind == TOKEN_START && tokenizer.raw.length && !text_equal(tokenizer.raw, TEXT("title")) &&
                 !text_equal(tokenizer.raw, TEXT("textarea"));
    }
}
