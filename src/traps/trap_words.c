/* The words of a page with what detectors ask of them. */
#include <config.h>

#include "traps/trap_words.h"

static unsigned pair_at(const char *at)
{
    enum { FOLD = 0x20 }; /* folds the case of letters, and makes some other bytes alike */
    return ((unsigned char)(at[0] | FOLD) * 31u + (unsigned char)(at[1] | FOLD)) % TRAP_WORD_PAIRS;
}

void trap_words_begin(struct trap_words *words, uint64_t key, const struct url *url,
                      struct text html, const struct page_pieces *pieces)
{
    *words = (struct trap_words){.key = key, .target = url_target(url)};
    page_words_begin(&words->words, html, pieces);
    for (size_t i = 0; i + 1 < words->target.length; i++) {
        unsigned pair = pair_at(words->target.at + i);
        words->pairs[pair / 64] |= UINT64_C(1) << pair % 64;
    }
}

static bool has_pair(const struct trap_words *words, const char *at)
{
    unsigned pair = pair_at(at);
    return words->pairs[pair / 64] >> pair % 64 & 1;
}

static bool is_in_target(const struct trap_words *words, struct text word)
{
    bool may_be =
        word.length < 2 || (has_pair(words, word.at) && has_pair(words, word.at + word.length - 2));
    return may_be && text_find_nocase(words->target, word) >= 0;
}

bool trap_words_next(struct trap_words *words, struct trap_word *word)
{
    struct page_word next;
    if (!page_words_next(&words->words, &next))
        return false;
    *word = (struct trap_word){.text = next.text,
                               .hash = hash_quick(words->key, next.text),
                               .has_digit = next.has_digit,
                               .is_after_tag = next.is_after_tag,
                               .is_in_url = is_in_target(words, next.text)};
    return true;
}
