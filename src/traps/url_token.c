/*
 * Tokens in URLs. A server that writes a new one into the URLs of every response
 * (?session=5f0b04c8, ?r=4711, /5f0b04c8b3036b51/page) has no end of them. When pages show the same
 * although their URLs differ in one parameter or segment, that is taken for a token. Then each page
 * is requested with one value of it only ("url.session").
 *
 * What looks random needs least proof. A word or a number is a token only if the pages also link to
 * other values of it each time: two tags with the same posts are two pages.
 *
 * Memory is fixed; what it forgets counts as new again.
 *
 * Tokens in URLs: compares pages whose URLs differ in one part only. When such pages show the same
 * again and again, and link to other values of that part each time, the part is a token.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>

#include "base/entropy.h"
#include "traps/url_masks.h"

enum {
    MASK_SLOTS = 1 << 14,
    PLACE_SLOTS = 1 << 12,
    SAME_WANTED = 2,          /* pages that differ from an earlier one only in a token */
    SAME_WANTED_OF_NAMES = 4, /* the same for what may be a name or a number */
    DIFFERENT_OUTWEIGHS = 8,  /* a page that shows something else counts as much as so many */
    OWN_WORDS_MOST = 32,      /* words of the page that occur in its URL */
};

/* What a page showed whose URL without one part hashes to `masked`. */
struct masked {
    uint64_t masked, value;
    uint64_t words, numbers; /* what it showed; words 0: nothing yet */
    bool random;             /* the value looked like chance */
    uint64_t others;         /* a digest of the set of values which its links have in that part */
};

/* A part of URLs that may be a token. */
struct token_place {
    uint64_t name;
    uint32_t same, different; /* pages with another value */
};

struct own_word {
    struct text word;
    uint64_t hash;
};

struct url_token_page {
    bool active;
    size_t count;
    struct url_mask masks[URL_MASKS_MOST];
    /* by mask: a sum of the URLs of its links, with the part masked; and the lowest and highest
     * hash of the values of that part, which tell one set of values from another */
    uint64_t links[URL_MASKS_MOST], lowest[URL_MASKS_MOST], highest[URL_MASKS_MOST];
    uint64_t words, numbers; /* sums, so that words of the token can be taken out */
    struct own_word own[OWN_WORDS_MOST];
    size_t own_count;
};

struct url_token {
    struct hash_key key;
    struct masked masks[MASK_SLOTS];
    struct token_place places[PLACE_SLOTS];
    struct url_token_page page;
};

static void *url_token_new(void)
{
    struct url_token *url_token = calloc(1, sizeof *url_token);
    if (url_token)
        entropy_fill(&url_token->key, sizeof url_token->key);
    return url_token;
}

static struct masked *masked_at(struct url_token *url_token, uint64_t masked)
{
    return &url_token->masks[masked % MASK_SLOTS];
}

static struct token_place *place_at(struct url_token *url_token, uint64_t name)
{
    struct token_place *place = &url_token->places[name % PLACE_SLOTS];
    if (place->name != name)
        *place = (struct token_place){.name = name};
    return place;
}

/* ---- a page ---- */

static bool begin_page(void *state, struct trap_page *page)
{
    struct url_token *url_token = state;
    struct url_token_page *here = &url_token->page;
    here->active = page->html.length > 0;
    if (!here->active)
        return false;
    *here = (struct url_token_page){.active = true};
    here->count = url_masks_of(&url_token->key, page->url, here->masks);
    return true;
}

static struct text last_name(struct text path)
{
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    return text_skip(path, from);
}

static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct url_token *url_token = state;
    struct url_token_page *here = &url_token->page;
    (void)page;
    for (size_t i = 0; i < here->count; i++) {
        const struct url_mask *mask = &here->masks[i];
        uint64_t masked, value;
        /* The name of a picture tells one photo from another, even if all else is tokens. */
        if (link->class == LINK_REQUISITE)
            masked = hash_text(&url_token->key, last_name(url_path(link->parsed)));
        else if (!url_mask_apply(&url_token->key, mask, link->parsed, &masked, &value))
            masked = (uint64_t)key;
        else {
            here->lowest[i] = value < here->lowest[i] - 1 ? value + 1 : here->lowest[i];
            here->highest[i] = value > here->highest[i] ? value : here->highest[i];
        }
        here->links[i] += masked * (masked >> 33 | 1);
    }
}

static bool wants_words(void *state, const struct trap_page *page)
{
    (void)page;
    return ((const struct url_token *)state)->page.active;
}

static void see_word(void *state, const struct trap_word *word)
{
    struct url_token *url_token = state;
    struct url_token_page *here = &url_token->page;
    *(word->has_digit ? &here->numbers : &here->words) += word->hash;
    if (word->is_in_url && here->own_count < OWN_WORDS_MOST)
        here->own[here->own_count++] = (struct own_word){word->text, word->hash};
}

/* Whether the word is the part of the URL, or most of it. */
static bool repeats(struct text part, struct text word)
{
    return part.length && word.length * 2 >= part.length && text_find_nocase(part, word) >= 0;
}

/* Adds what the page shows. A token may be on its page, too; a name tells one page from another. */
static void note_shown(const struct url_token_page *page, size_t i, struct masked *out)
{
    const struct url_mask *mask = &page->masks[i];
    out->words = page->words;
    out->numbers = page->numbers;
    for (size_t k = 0; mask->random && k < page->own_count; k++)
        if (repeats(mask->part, page->own[k].word))
            *(text_has_digit(page->own[k].word) ? &out->numbers : &out->words) -= page->own[k].hash;
    out->words = (out->words * 3 + page->links[i]) | 1;
}

/* Compares the page with the last one that differs in this part only. */
static void compare(struct url_token *url_token, size_t i)
{
    const struct url_token_page *here = &url_token->page;
    const struct url_mask *mask = &here->masks[i];
    struct masked *before = masked_at(url_token, mask->masked);
    struct masked now = {.masked = mask->masked,
                         .value = mask->value,
                         .others = here->lowest[i] + 3 * here->highest[i],
                         .random = mask->random};
    note_shown(here, i, &now);
    if (before->masked == now.masked && before->value != now.value && before->words) {
        struct token_place *place = place_at(url_token, mask->place);
        bool random = before->random && now.random;
        /* Beside a random token, a number is a time or a counter. */
        bool same = before->words == now.words && (random || before->numbers == now.numbers);
        /* A tag page names the same tags as the others; a token is another each time. */
        place->same += same && (random || before->others != now.others);
        place->different += !same;
    }
    *before = now;
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct url_token *url_token = state;
    (void)page;
    if (!url_token->page.active)
        return URL_RULE_NONE;
    for (size_t i = 0; i < url_token->page.count; i++)
        compare(url_token, i);
    return URL_RULE_NONE;
}

/* ---- other URLs ---- */

static bool is_token(struct url_token *url_token, const struct url_mask *mask)
{
    const struct token_place *place = &url_token->places[mask->place % PLACE_SLOTS];
    uint32_t wanted = mask->random ? SAME_WANTED : SAME_WANTED_OF_NAMES;
    return place->name == mask->place && place->same >= wanted &&
           place->same > DIFFERENT_OUTWEIGHS * place->different;
}

/* Whether the same page was requested already with another token. */
static bool is_same_again(struct url_token *url_token, const struct url *url)
{
    struct url_mask masks[URL_MASKS_MOST];
    size_t count = url_masks_of(&url_token->key, url, masks);
    for (size_t i = 0; i < count; i++) {
        const struct masked *known = masked_at(url_token, masks[i].masked);
        if (known->masked == masks[i].masked && known->value != masks[i].value &&
            is_token(url_token, &masks[i]))
            return true;
    }
    return false;
}

static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    (void)page;
    bool same = link->class != LINK_REQUISITE && is_same_again(state, link->parsed);
    return (struct trap_verdict){.rule = same ? URL_RULE_URL_SESSION : URL_RULE_NONE};
}

/* Hundreds of links may have been found before it was clear that they have a token. */
static struct trap_turn judge_turn(void *state, const struct trap_visit *visit)
{
    bool same = is_same_again(state, visit->url);
    return (struct trap_turn){.rule = same ? URL_RULE_URL_SESSION : URL_RULE_NONE};
}

const struct detector detector_url_token = {
    .name = "url-token",
    .new = url_token_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .wants_words = wants_words,
    .see_word = see_word,
    .end_page = end_page,
    .judge_turn = judge_turn,
};
