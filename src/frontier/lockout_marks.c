/* Marks of bodies and of URLs: equal marks tell what a host shows for whatever is asked. */
#include <config.h>

#include "frontier/lockout.h"

#include <string.h>

enum {
    BODY_MOST = 64 * 1024,
    BODY_HASHED_MOST = 1024 * 1024,
    URL_WORDS = 24,
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* A hash of all bytes, sixteen at a time. */
static uint64_t mark_bytes(uint64_t hash, struct text bytes)
{
    uint64_t pair[2];
    size_t whole = bytes.length - bytes.length % sizeof pair;
    for (size_t at = 0; at < whole; at += sizeof pair) {
        memcpy(pair, bytes.at + at, sizeof pair);
        hash = mix(hash, pair[0] + (pair[1] ^ pair[1] >> 32) * UINT64_C(0xbf58476d1ce4e5b9));
    }
    for (size_t at = whole; at < bytes.length; at++)
        hash = mix(hash, (unsigned char)bytes.at[at]);
    return mix(hash, bytes.length);
}

/* Takes a run of letters and digits off the front; *plain: it has no digit.  Returns its hash; 0:
 * there is none. */
static uint64_t take_word(struct text *rest, bool *plain)
{
    uint64_t hash = 1;
    size_t at = 0;
    *plain = true;
    for (; at < rest->length; at++) {
        unsigned char byte = (unsigned char)rest->at[at];
        bool letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
        if (!letter && byte < 128 && (byte < '0' || byte > '9'))
            break;
        *plain = *plain && (letter || byte >= 128);
        hash = mix(hash, letter ? byte | 32 : byte);
    }
    *rest = text_skip(*rest, at);
    return at ? hash : 0;
}

struct url_words {
    uint64_t hashes[URL_WORDS];
    int count;
    uint64_t bits; /* a quick look: one bit for each */
};

static void read_url_words(struct text url, struct url_words *words)
{
    words->count = 0;
    words->bits = 0;
    while (url.length && words->count < URL_WORDS) {
        bool plain;
        uint64_t word = take_word(&url, &plain);
        if (word) {
            words->hashes[words->count++] = word;
            words->bits |= UINT64_C(1) << (word & 63);
        } else
            url = text_skip(url, 1);
    }
}

static bool is_of_url(const struct url_words *words, uint64_t word)
{
    if (!(words->bits >> (word & 63) & 1))
        return false;
    for (int i = 0; i < words->count; i++)
        if (words->hashes[i] == word)
            return true;
    return false;
}

int lockout_count_links(struct text body)
{
    int links = 0;
    for (ptrdiff_t at;
         links < LOCKOUT_LINKS_ENOUGH && (at = text_find_nocase(body, TEXT("<a "))) >= 0; links++)
        body = text_skip(body, (size_t)at + 1);
    return links;
}

void lockout_mark_body(struct lockout_response *response, struct text body, struct text url)
{
    struct url_words words;
    uint64_t mark = mix(2, (uint64_t)response->status);
    /* Of a long body the beginning and the length are enough, and cost no memory. */
    response->mark = response->exact =
        mark_bytes(mix(mark, body.length), text_first(body, BODY_HASHED_MOST));
    if (body.length > BODY_MOST || lockout_count_links(body) == LOCKOUT_LINKS_ENOUGH)
        return;
    read_url_words(url, &words);
    while (body.length) {
        bool plain;
        uint64_t word = take_word(&body, &plain);
        if (!word)
            body = text_skip(body, 1);
        else if (plain && !is_of_url(&words, word))
            mark = mix(mark, word);
    }
    response->mark = mark;
}

uint64_t lockout_mark_url(struct text url)
{
    size_t end = 0;
    while (end < url.length && url.at[end] != '?' && url.at[end] != '#')
        end++;
    return mark_bytes(5, text_first(url, end));
}
