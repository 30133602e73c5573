/* Knows the limits by name and by words, and keeps what they cut. */
#include <config.h>

#include "web/limit.h"

#include <stdlib.h>

#include "base/json.h"

struct limit_row {
    const char *name, *words, *raise, *whole;
};

static const struct limit_row rows[LIMITS] = {
#define ROW(id, name, words, raise) [LIMIT_##id] = {name, words, raise, words " (" raise ")"},
    LIMITS_TABLE(ROW)
#undef ROW
};

const char *limit_name(enum limit limit)
{
    return rows[limit].name;
}

const char *limit_words(enum limit limit)
{
    return rows[limit].whole;
}

enum limit limit_of_words(struct text words)
{
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMITS; limit++)
        if (text_equal(words, text_of(rows[limit].whole)) ||
            text_equal(words, text_of(rows[limit].words)))
            return limit;
    return LIMIT_NONE;
}

enum limit limit_of_rule(enum url_rule rule)
{
    switch (rule) {
    case URL_RULE_TOO_MANY_PARTS:
        return LIMIT_PARTS;
    case URL_RULE_TOO_MANY_HOSTS:
        return LIMIT_HOSTS;
    case URL_RULE_TOO_MANY_REDIRECTS:
        return LIMIT_REDIRECTS;
    case URL_RULE_REDIRECTS_IN_ALL:
        return LIMIT_REDIRECTS_IN_ALL;
    case URL_RULE_REQUISITE_DEPTH:
        return LIMIT_REQUISITE_DEPTH;
    case URL_RULE_SITEMAP_DEPTH:
        return LIMIT_SITEMAP_DEPTH;
    default:
        return LIMIT_NONE;
    }
}

void limit_note(struct limit_ledger *ledger, enum limit limit, struct text url)
{
    if (limit == LIMIT_NONE)
        return;
    if (!ledger->counts[limit]++)
        ledger->first[limit] = text_copy(url);
}

void limit_ledger_release(struct limit_ledger *ledger)
{
    for (enum limit limit = LIMIT_NONE; limit < LIMITS; limit++)
        free(ledger->first[limit]);
    *ledger = (struct limit_ledger){.counts = {0}};
}

void limit_ledger_json(const struct limit_ledger *ledger, struct buf *out)
{
    bool any = false;
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMITS; limit++) {
        if (!ledger->counts[limit])
            continue;
        buf_printf(out, "%s{\"limit\": \"%s\", \"count\": %llu, \"words\": ", any ? ", " : "",
                   rows[limit].name, (unsigned long long)ledger->counts[limit]);
        json_write_string(out, text_of(rows[limit].words));
        buf_add(out, ", \"raise\": ");
        json_write_string(out, text_of(rows[limit].raise));
        buf_add(out, ", \"first\": ");
        json_write_string(out, text_of(ledger->first[limit] ? ledger->first[limit] : ""));
        buf_add(out, "}");
        any = true;
    }
}
