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

/* Gives the visible pieces of text. */
static void each_text(struct text html, void (*take)(void *context, struct text text), void *context)
{
    struct tokenizer tokenizer;
    bool silent = false;
    tokenizer_init(&tokenizer, html);
    for (enum token_kind kind; (kind = tokenizer_next(&tokenizer)) != TOKEN_END;) {
        if (kind == TOKEN_TEXT && !silent)
            take(context, tokenizer.text);
        /* The content of a raw element comes next, as text: a title's is seen, a script's is not. */
        silent = kind == TOKEN_START && tokenizer.raw.length && !text_equal(tokenizer.raw, TEXT("title")) &&
                 !text_equal(tokenizer.raw, TEXT("textarea"));
    }
}

struct word_taker {
    visible_take *take;
    void *context;
};

static void take_words(void *context, struct text text)
{
    struct word_taker *taker = context;
    words_of(text, taker->take, taker->context);
}

void visible_words(struct text html, visible_take *take, void *context)
{
    struct word_taker taker = {take, context};
    each_text(html, take_words, &taker);
}

/* ---- "Page 3 of 41" ----------------------------------------------------------------------------------------- */

/* How far in the phrase we are; `number` is the page at hand. */
struct phrase {
    enum { NOTHING, PAGE, NUMBER, OF } seen;
    uint64_t number;
    int count;
};

static bool is_any(struct text word, const char *const *words)
{
    for (; *words; words++)
        if (text_equal_nocase(word, text_of(*words)))
            return true;
    return false;
}

static void take_phrase_word(struct phrase *phrase, struct text word)
{
    static const char *const page[] = {"page", "seite", "página", "pagina", "strona", "страница", "sida", "side", NULL};
    static const char *const of[] = {"of", "von", "de", "di", "sur", "van", "z", "из", "av", "af", NULL};
    uint64_t number;
    if (is_any(word, page))
        phrase->seen = PAGE;
    else if (phrase->seen == PAGE && text_to_number(word, &phrase->number))
        phrase->seen = NUMBER;
    else if (phrase->seen == NUMBER && is_any(word, of))
        phrase->seen = OF;
    else {
        if (phrase->seen == OF && text_to_number(word, &number) && number >= phrase->number && number <= 100000 && !phrase->count)
            phrase->count = (int)number;
        phrase->seen = NOTHING;
    }
}

static void take_phrase(void *context, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        while (at < text.length && is_word_byte(text.at[at]))
            at++;
        if (at > from)
            take_phrase_word(context, (struct text){text.at + from, at - from});
        at += at == from;
    }
}

int visible_page_count(struct text html)
{
    struct phrase phrase = {.seen = NOTHING};
    each_text(html, take_phrase, &phrase);
    return phrase.count;
}
