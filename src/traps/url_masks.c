/* Splits URLs into parts, and hashes them with one part left out. */
#include <config.h>

#include "traps/url_masks.h"

enum {
    SEGMENTS_MOST = 4, /* deeper ones are taken for names */
    SEGMENT_LEAST = 4, /* shorter ones are numbers and names: albums, chapters, languages */
    VALUES_MOST = 3,
    QUERY_TOKEN_LEAST = 8, /* characters that look random */
    PATH_TOKEN_LEAST = 16,
};

/* "5f0b04c8b3036b51": letters and digits mixed. In a path only hexadecimal ones, because paths also
 * contain words. */
static bool is_random(struct text text, bool in_path)
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

/* The hash of a URL up to some part of it. */
static uint64_t hash_before(const struct hash_key *key, const struct url *url, struct text part)
{
    struct text target = url_target(url);
    return hash_mix(hash_text(key, url_authority(url)),
                    hash_text(key, text_first(target, (size_t)(part.at - target.at))));
}

static struct text after(const struct url *url, struct text part)
{
    struct text target = url_target(url);
    return text_skip(target, (size_t)(part.at - target.at) + part.length);
}

static uint64_t place_of(const struct hash_key *key, const struct url *url, struct text where,
                         bool in_path)
{
    return hash_mix(hash_mix(hash_text(key, url_authority(url)), in_path), hash_text(key, where));
}

static struct url_mask mask_of(const struct hash_key *key, const struct url *url, struct text part,
                               struct text where, bool in_path)
{
    uint64_t head = hash_before(key, url, part);
    return (struct url_mask){.place = place_of(key, url, where, in_path),
                             .masked = hash_mix(head, hash_text(key, after(url, part))),
                             .authority = url_authority(url),
                             .head = head,
                             .value = hash_text(key, part),
                             .part = part,
                             .before = in_path ? where : (struct text){NULL, 0},
                             .name = in_path ? TEXT("") : where,
                             .random = is_random(part, in_path),
                             .in_path = in_path};
}

/* Masks everything that looks random. */
static bool mask_random(const struct hash_key *key, const struct url *url, struct url_mask *mask)
{
    struct text path = url_path(url), query = url_query(url), part;
    size_t random = 0;
    *mask = (struct url_mask){.place = hash_text(key, url_authority(url)), .random = true};
    mask->masked = mask->place;
    while (text_split(&path, '/', &part)) {
        bool is = is_random(part, true);
        random += is;
        mask->value = is ? hash_mix(mask->value, hash_text(key, part)) : mask->value;
        mask->masked = hash_mix(mask->masked, is ? 0 : hash_text(key, part));
    }
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        size_t name = equals < 0 ? part.length : (size_t)equals + 1;
        bool is = is_random(text_skip(part, name), false);
        random += is;
        mask->value = is ? hash_mix(mask->value, hash_text(key, part)) : mask->value;
        mask->masked = hash_mix(mask->masked, hash_text(key, is ? text_first(part, name) : part));
    }
    mask->place = hash_mix(mask->masked, 1);
    return random > 1;
}

/* The value of a part of the query, and its name with the "=". */
static bool split_parameter(struct text parameter, struct text *name, struct text *value)
{
    ptrdiff_t equals = text_find_char(parameter, '=');
    *name = text_first(parameter, equals < 0 ? 0 : (size_t)equals + 1);
    *value = text_skip(parameter, name->length);
    return equals > 0 && value->length;
}

size_t url_masks_of(const struct hash_key *key, const struct url *url,
                    struct url_mask masks[URL_MASKS_MOST])
{
    struct text path = url_path(url), rest = path, query = url_query(url), part, name, value;
    size_t count = mask_random(key, url, &masks[0]), values = 0, segments = 0;
    while (query.length && values < VALUES_MOST && text_split(&query, '&', &part))
        if (split_parameter(part, &name, &value)) {
            masks[count++] = mask_of(key, url, value, name, false);
            values++;
        }
    while (segments < SEGMENTS_MOST && text_split(&rest, '/', &part))
        if (part.length >= SEGMENT_LEAST) {
            struct text before = text_first(path, (size_t)(part.at - path.at));
            masks[count++] = mask_of(key, url, part, before, true);
            segments++;
        }
    return count;
}

/* The value of the parameter with this name ("name="). */
static bool find_value(struct text query, struct text name, struct text *value)
{
    struct text part;
    while (query.length && text_split(&query, '&', &part))
        if (text_starts(part, name) && part.length > name.length) {
            *value = text_skip(part, name.length);
            return true;
        }
    return false;
}

static bool find_segment(struct text path, struct text before, struct text *segment)
{
    if (!text_starts(path, before))
        return false;
    struct text rest = text_skip(path, before.length);
    ptrdiff_t slash = text_find_char(rest, '/');
    *segment = slash < 0 ? rest : text_first(rest, (size_t)slash);
    return segment->length > 0;
}

bool url_mask_apply(const struct hash_key *key, const struct url_mask *mask, const struct url *url,
                    uint64_t *masked, uint64_t *value)
{
    struct text part;
    if (!mask->part.length) {
        struct url_mask other;
        bool several = mask_random(key, url, &other);
        *masked = other.masked;
        *value = other.value;
        return several;
    }
    bool found = mask->in_path ? find_segment(url_path(url), mask->before, &part)
                               : find_value(url_query(url), mask->name, &part);
    if (!found)
        return false;
    /* Most links have all that is before the part in common. */
    bool same = mask->in_path && text_equal(url_authority(url), mask->authority);
    *masked = hash_mix(same ? mask->head : hash_before(key, url, part),
                       hash_quick(key->low, after(url, part)));
    *value = hash_quick(key->low, part);
    return true;
}
