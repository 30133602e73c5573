/* Finds the newest response to a host's robots.txt, and keeps what it says. */
#include <config.h>

#include "verify/archived_rules.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "web/robots.h"

enum { HOSTS_MOST = 4096, SLOTS = 2 * HOSTS_MOST /* a power of two */ };

struct archived_robots {
    char *name;
    struct robots *robots;     /* NULL: there is none in the archive */
    enum rules_verdict failed; /* RULES_ALLOW: it did not */
    int64_t read_ms;           /* when it was captured; 0: nobody knows */
};

struct archived_rules {
    const struct crawl_claims *claims;
    struct cdxj_lookup *lookup;
    struct capture_reader *reader;
    struct archived_robots *hosts;
    size_t count;
    struct hash_key key;
    uint16_t slots[SLOTS]; /* by the hash of the name: a place in `hosts`, plus 1; 0: none */
    bool no_memory;
};

struct archived_rules *archived_rules_new(const struct crawl_claims *claims,
                                          struct cdxj_lookup *lookup, struct capture_reader *reader)
{
    struct archived_rules *rules = calloc(1, sizeof *rules);
    if (!rules)
        return NULL;
    rules->claims = claims;
    rules->lookup = lookup;
    rules->reader = reader;
    entropy_fill(&rules->key, sizeof rules->key);
    return rules;
}

void archived_rules_free(struct archived_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++) {
        free(rules->hosts[i].name);
        robots_free(rules->hosts[i].robots);
    }
    free(rules->hosts);
    free(rules);
}

bool archived_rules_ok(const struct archived_rules *rules)
{
    return !rules->no_memory;
}

/* Rules may be missing in a body that could not be read whole.  A coding that it does not have is
 * no such error: servers that are set up so send plain text. */
static bool is_whole(const struct stored_response *response)
{
    bool miscoded = !response->body.length && (response->error == BODY_CODING_UNKNOWN ||
                                               response->error == BODY_CODING_BROKEN);
    return response->error == BODY_SOUND || response->error == BODY_TOO_LONG || miscoded;
}

static void read_response(struct archived_rules *rules, struct cdxj_entry *entry, bool put_off,
                          struct archived_robots *host)
{
    struct stored_response response;
    uint64_t status;
    if (!text_to_number(entry->status, &status) || status > 999)
        return;
    if (!cdxj_entry_time(entry, &host->read_ms))
        host->read_ms = 0;
    host->failed = status < 500 ? RULES_ALLOW : put_off ? RULES_PUT_OFF : RULES_AWAY;
    if (status < 200 || status > 299) {
        host->robots = robots_of_response((int)status, TEXT(""));
        rules->no_memory = rules->no_memory || !host->robots;
    } else if (capture_reader_find_original(rules->reader, entry) &&
               capture_reader_read_entry(rules->reader, entry, &response)) {
        host->robots = robots_of_response((int)status, response.body);
        rules->no_memory = rules->no_memory || !host->robots;
        if (!is_whole(&response))
            host->failed = put_off ? RULES_PUT_OFF : RULES_AWAY;
    }
}

static void read_rules(struct archived_rules *rules, const struct url *url,
                       struct archived_robots *host)
{
    char usual[512];
    struct cdxj_entry entry;
    struct text name = url_authority(url);
    bool put_off = crawl_claims_have_seed_on(rules->claims, name, url->https);
    struct rules_claim claim = crawl_claims_rules(rules->claims, name);
    if (!claim.url.length) {
        snprintf(usual, sizeof usual, "http%s://%.*s/robots.txt", url->https ? "s" : "",
                 TEXT_ARGS(name));
        claim.url = text_of(usual);
        claim.failed = crawl_claims_failed(rules->claims, claim.url, 0, NULL);
    }
    bool came = cdxj_lookup_last(rules->lookup, claim.url, &entry) == RESULT_OK;
    if (came)
        read_response(rules, &entry, put_off, host);
    if (claim.failed && host->failed == RULES_ALLOW)
        host->failed = came && put_off ? RULES_PUT_OFF : RULES_AWAY;
}

/* The slot of the host, or an empty one. */
static uint16_t *slot_of(struct archived_rules *rules, struct text name)
{
    size_t slot = (size_t)hash_text(&rules->key, name) & (SLOTS - 1);
    while (rules->slots[slot] &&
           !text_equal(text_of(rules->hosts[rules->slots[slot] - 1].name), name))
        slot = (slot + 1) & (SLOTS - 1);
    return &rules->slots[slot];
}

/* NULL: of too many hosts this is one more, or there is no memory. */
static const struct archived_robots *rules_of(struct archived_rules *rules, const struct url *url)
{
    struct text name = url_authority(url);
    uint16_t *slot = slot_of(rules, name);
    if (*slot)
        return &rules->hosts[*slot - 1];
    if (rules->count == HOSTS_MOST)
        return NULL;
    struct archived_robots *longer = realloc(rules->hosts, (rules->count + 1) * sizeof *longer);
    struct archived_robots host = {.name = text_copy(name)};
    if (longer)
        rules->hosts = longer;
    if (!longer || !host.name) {
        rules->no_memory = true;
        free(host.name);
        return NULL;
    }
    read_rules(rules, url, &host);
    rules->hosts[rules->count++] = host;
    *slot = (uint16_t)rules->count;
    return &rules->hosts[rules->count - 1];
}

enum rules_verdict archived_rules_judge(struct archived_rules *rules, const struct url *url,
                                        bool part)
{
    enum crawl_robots robots = crawl_claims_robots(rules->claims);
    const struct archived_robots *host =
        robots == ROBOTS_OBEY || (robots == ROBOTS_REQUISITES && !part) ? rules_of(rules, url)
                                                                        : NULL;
    if (!host)
        return RULES_ALLOW;
    if (host->failed != RULES_ALLOW)
        return host->failed;
    return host->robots && !robots_allows(host->robots, url_target(url), NULL) ? RULES_CLOSE
                                                                               : RULES_ALLOW;
}

bool archived_rules_closed(struct archived_rules *rules, const struct url *url, int64_t when_ms)
{
    const struct archived_robots *host = rules_of(rules, url);
    return host && host->failed == RULES_ALLOW && host->robots && host->read_ms &&
           host->read_ms <= when_ms && !robots_allows(host->robots, url_target(url), NULL);
}
