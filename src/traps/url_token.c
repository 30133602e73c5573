/*
 * Tokens in URLs: replaces each token by a mark, and compares pages whose URLs are then equal by a
 * hash of their links and words.
 */
#include <config.h>

#include "traps/url_token.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/entropy.h"
#include "base/hash.h"
#include "html/page_text.h"

enum {
    MASK_SLOTS = 1 << 13,
    SAME_ALLOWED = 2,      /* pages that differ from an earlier one only in their token */
    QUERY_TOKEN_LEAST = 8, /* characters that look random */
    PATH_TOKEN_LEAST = 16,
};

/* What the pages of one mask showed; all hashes. */
struct masked {
    uint64_t mask; /* of the URL without its tokens */
    uint64_t token, shown;
    uint32_t same; /* pages that showed the same with other tokens */
};

struct url_token_page {
    bool active; /* its URL has a token */
    uint64_t mask, token, shown;
};

struct url_token {
    struct hash_key key;
    struct masked masks[MASK_SLOTS];
    struct buf mask, token; /* of the URL that was split last */
    struct url_token_page page;
};

static void *url_token_new(void)
{
    struct url_token *url_token = calloc(1, sizeof *url_token);
    if (!url_token)
        return NULL;
    entropy_fill(&url_token->key, sizeof url_token->key);
    buf_init(&url_token->mask, 2 * URL_LONGEST);
    buf_init(&url_token->token, 2 * URL_LONGEST);
    return url_token;
}

static void url_token_free(void *state)
{
    struct url_token *url_token = state;
    if (!url_token)
        return;
    buf_release(&url_token->mask);
    buf_release(&url_token->token);
    free(url_token);
}

static uint64_t mix(const struct url_token *url_token, uint64_t one, uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&url_token->key, (struct text){(const char *)both, sizeof both});
}

/* ---- splitting ---- */

/* "5f0b04c8b3036b51": letters and digits mixed. In a path only hexadecimal ones, because paths also
 * contain words. */
static bool is_token(struct text text, bool in_path)
{
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool digit = ascii_is_digit(text.at[i]);
        if (!ascii_is_alnum(text.at[i]) || (in_path && hex_value(text.at[i]) < 0))
            return false;
        digits += digit;
        letters += !digit;
    }
    return text.length >= (in_path ? PATH_TOKEN_LEAST : QUERY_TOKEN_LEAST) && digits >= 2 &&
           letters >= 2;
}

static void take_piece(struct url_token *url_token, struct text piece, bool in_path)
{
    bool token = is_token(piece, in_path);
    buf_add_text(token ? &url_token->token : &url_token->mask, piece);
    if (token)
        buf_add_char(&url_token->mask, '*');
}

/* Splits a URL into its tokens and the rest. False: it has no tokens. */
static bool split(struct url_token *url_token, const struct url *url, uint64_t *mask,
                  uint64_t *token)
{
    struct text path = url_path(url), query = url_query(url), part;
    buf_clear(&url_token->mask);
    buf_clear(&url_token->token);
    buf_add_text(&url_token->mask, url_authority(url));
    while (text_split(&path, '/', &part)) {
        buf_add_char(&url_token->mask, '/');
        take_piece(url_token, part, true);
    }
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        size_t name = equals < 0 ? part.length : (size_t)equals + 1;
        buf_add_char(&url_token->mask, '&');
        buf_add_text(&url_token->mask, text_first(part, name));
        take_piece(url_token, text_skip(part, name), false);
    }
    *mask = hash_text(&url_token->key, buf_text(&url_token->mask));
    *token = hash_text(&url_token->key, buf_text(&url_token->token));
    return url_token->token.length > 0;
}

static struct masked *slot_of(struct url_token *url_token, uint64_t mask)
{
    return &url_token->masks[mask % MASK_SLOTS];
}

/* ---- the detector ---- */

static bool begin_page(void *state, struct trap_page *page)
{
    struct url_token *url_token = state;
    struct url_token_page *here = &url_token->page;
    *here = (struct url_token_page){.active = false};
    if (page->html.length)
        here->active = split(url_token, page->url, &here->mask, &here->token);
    return here->active;
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
    uint64_t mask, token;
    (void)page;
    (void)key;
    /* The name of a picture tells one photo from another, even if all else is tokens. */
    if (link->class == LINK_REQUISITE)
        mask = hash_text(&url_token->key, last_name(url_path(link->parsed)));
    else
        split(url_token, link->parsed, &mask, &token);
    url_token->page.shown = mix(url_token, url_token->page.shown, mask);
}

/* Whether the same page was already fetched often enough with other tokens. */
static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    struct url_token *url_token = state;
    struct trap_verdict verdict = {.rule = URL_RULE_NONE};
    uint64_t mask, token;
    (void)page;
    if (link->class == LINK_REQUISITE || !split(url_token, link->parsed, &mask, &token))
        return verdict;
    const struct masked *masked = slot_of(url_token, mask);
    if (masked->mask == mask && masked->same >= SAME_ALLOWED && masked->token != token)
        verdict.rule = URL_RULE_URL_SESSION;
    return verdict;
}

static void take_word(void *context, struct text word)
{
    struct url_token *url_token = context;
    url_token->page.shown = mix(url_token, url_token->page.shown, hash_text(&url_token->key, word));
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct url_token *url_token = state;
    const struct url_token_page *here = &url_token->page;
    if (!here->active)
        return URL_RULE_NONE;
    struct masked *masked = slot_of(url_token, here->mask);
    page_text_words(page->html, take_word, url_token);
    if (masked->mask != here->mask || masked->shown != here->shown)
        *masked = (struct masked){.mask = here->mask, .shown = here->shown};
    else
        masked->same += masked->token != here->token;
    masked->token = here->token;
    return URL_RULE_NONE;
}

const struct detector detector_url_token = {
    .name = "url-token",
    .new = url_token_new,
    .free = url_token_free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .end_page = end_page,
};
