#include <config.h>

#include "traps/path_echo.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/entropy.h"
#include "base/hash.h"
#include "html/page_text.h"

enum {
    PAGE_SLOTS = 1 << 14,
    MASK_SLOTS = 1 << 13,
    ECHOES_ALLOWED = 1,    /* in a row: the second leads no deeper */
    SAME_ALLOWED = 2,      /* pages that differ from an earlier one in their token only */
    QUERY_TOKEN_LEAST = 8, /* characters of what looks made by chance */
    PATH_TOKEN_LEAST = 16,
};

struct seen_page {
    int64_t key;
    uint64_t links;     /* hash of where they lead, seen from the page */
    uint32_t path_echo; /* how many pages in a row, up to this one, are echoes */
    uint32_t depth;     /* of its directory */
};

struct masked {
    uint64_t mask, token,
        shown; /* hashes of the address without its tokens, of these, and of what the page showed */
    uint32_t same; /* pages that showed it with other tokens */
};

struct path_echo {
    struct hash_key key;
    struct seen_page pages[PAGE_SLOTS];
    struct masked masks[MASK_SLOTS];
    struct buf masked, token;
    /* The page at hand: */
    const struct url *page;
    struct text directory;
    struct seen_page present, via;
    bool deeper; /* than the page that led to it */
    bool has_token;
    uint64_t mask, token_hash, shown;
};

struct path_echo *path_echo_new(void)
{
    struct path_echo *path_echo = calloc(1, sizeof *path_echo);
    if (!path_echo)
        return NULL;
    entropy_fill(&path_echo->key, sizeof path_echo->key);
    buf_init(&path_echo->masked, 2 * URL_LONGEST);
    buf_init(&path_echo->token, 2 * URL_LONGEST);
    return path_echo;
}

void path_echo_free(struct path_echo *path_echo)
{
    if (!path_echo)
        return;
    buf_release(&path_echo->masked);
    buf_release(&path_echo->token);
    free(path_echo);
}

static uint64_t mix(const struct path_echo *path_echo, uint64_t one, uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&path_echo->key, (struct text){(const char *)both, sizeof both});
}

/* ---- tokens ---- */

/* "5f0b04c8b3036b51": letters and digits mixed; in a path only hexadecimal ones, for words stand
 * there too. */
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

static void take_piece(struct path_echo *path_echo, struct text piece, bool in_path)
{
    bool token = is_token(piece, in_path);
    buf_add_text(token ? &path_echo->token : &path_echo->masked, piece);
    if (token)
        buf_add_char(&path_echo->masked, '*');
}

/* Splits an address into its tokens and the rest; false when it has none. */
static bool mask_of(struct path_echo *path_echo, const struct url *url, uint64_t *mask,
                    uint64_t *token)
{
    struct text path = url_path(url), query = url_query(url), part;
    buf_clear(&path_echo->masked);
    buf_clear(&path_echo->token);
    buf_add_text(&path_echo->masked, url_authority(url));
    while (text_split(&path, '/', &part)) {
        buf_add_char(&path_echo->masked, '/');
        take_piece(path_echo, part, true);
    }
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        size_t name = equals < 0 ? part.length : (size_t)equals + 1;
        buf_add_char(&path_echo->masked, '&');
        buf_add_text(&path_echo->masked, text_first(part, name));
        take_piece(path_echo, text_skip(part, name), false);
    }
    *mask = hash_text(&path_echo->key, buf_text(&path_echo->masked));
    *token = hash_text(&path_echo->key, buf_text(&path_echo->token));
    return path_echo->token.length > 0;
}

static struct masked *slot_of(struct path_echo *path_echo, uint64_t mask)
{
    return &path_echo->masks[mask % MASK_SLOTS];
}

bool path_echo_knows(struct path_echo *path_echo, const struct url *url)
{
    uint64_t mask, token;
    if (!mask_of(path_echo, url, &mask, &token))
        return false;
    const struct masked *masked = slot_of(path_echo, mask);
    return masked->mask == mask && masked->same >= SAME_ALLOWED && masked->token != token;
}

static void take_word(void *context, struct text word)
{
    struct path_echo *path_echo = context;
    path_echo->shown = mix(path_echo, path_echo->shown, hash_text(&path_echo->key, word));
}

static void note_token(struct path_echo *path_echo, struct text html)
{
    struct masked *masked = slot_of(path_echo, path_echo->mask);
    page_text_words(html, take_word, path_echo);
    if (masked->mask != path_echo->mask || masked->shown != path_echo->shown)
        *masked = (struct masked){.mask = path_echo->mask, .shown = path_echo->shown};
    else
        masked->same += masked->token != path_echo->token_hash;
    masked->token = path_echo->token_hash;
}

/* ---- echoes ---- */

static struct text directory_of(struct text path)
{
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return path;
}

static uint32_t depth_of(struct text directory)
{
    uint32_t depth = 0;
    for (size_t i = 0; i < directory.length; i++)
        depth += directory.at[i] == '/';
    return depth;
}

static bool is_below(const struct path_echo *path_echo, const struct url *link)
{
    return text_starts(url_path(link), path_echo->directory) &&
           text_equal(url_authority(link), url_authority(path_echo->page));
}

void path_echo_begin(struct path_echo *path_echo, const struct url *page, int64_t key,
                     int64_t via_key)
{
    path_echo->page = page;
    path_echo->directory = directory_of(url_path(page));
    path_echo->present = (struct seen_page){.key = key, .depth = depth_of(path_echo->directory)};
    path_echo->via = path_echo->pages[(uint64_t)via_key % PAGE_SLOTS];
    path_echo->deeper =
        path_echo->via.key == via_key && path_echo->via.depth < path_echo->present.depth;
    path_echo->has_token = mask_of(path_echo, page, &path_echo->mask, &path_echo->token_hash);
    path_echo->shown = 0;
}

void path_echo_link(struct path_echo *path_echo, const struct url *link, int64_t key, bool part)
{
    bool below = is_below(path_echo, link);
    uint64_t from_here =
        below ? hash_text(&path_echo->key, text_skip(url_path(link), path_echo->directory.length))
              : (uint64_t)key;
    path_echo->present.links = mix(path_echo, path_echo->present.links, from_here);
    if (!path_echo->has_token)
        return;
    /* A picture's name tells photo from photo, though all else is made of tokens. */
    uint64_t mask, token;
    mask_of(path_echo, link, &mask, &token);
    if (part) {
        struct text path = url_path(link);
        mask = hash_text(&path_echo->key, text_skip(path, directory_of(path).length));
    }
    path_echo->shown = mix(path_echo, path_echo->shown, mask);
}

bool path_echo_leads_deeper(const struct path_echo *path_echo, const struct url *link)
{
    return path_echo->deeper && path_echo->via.path_echo >= ECHOES_ALLOWED &&
           is_below(path_echo, link);
}

bool path_echo_end(struct path_echo *path_echo, struct text html)
{
    bool echo = path_echo->deeper && path_echo->present.links == path_echo->via.links;
    path_echo->present.path_echo = echo ? path_echo->via.path_echo + 1 : 0;
    path_echo->pages[(uint64_t)path_echo->present.key % PAGE_SLOTS] = path_echo->present;
    if (path_echo->has_token)
        note_token(path_echo, html);
    return path_echo->present.path_echo > ECHOES_ALLOWED;
}
