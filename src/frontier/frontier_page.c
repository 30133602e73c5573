/* Gathers what a page names, and writes it to the store in one batch. */
#include <config.h>

#include "frontier/frontier_internal.h"

#include <stdio.h>
#include <string.h>

static void copy_hops(char out[VISIT_HOPS_MOST + 1], const char *via_hops, char hop)
{
    size_t length = via_hops ? strlen(via_hops) : 0;
    size_t most = VISIT_HOPS_MOST - (hop != 0);
    size_t from = length > most ? length - most : 0;
    snprintf(out, VISIT_HOPS_MOST + 1, "%s%c", via_hops ? via_hops + from : "", hop);
}

int64_t frontier_key(struct frontier *frontier, const struct url *url)
{
    buf_clear(&frontier->seen_key);
    url_write_seen_key(url, &frontier->seen_key);
    return store_key(frontier->store, buf_text(&frontier->seen_key));
}

int64_t frontier_rules_key(struct frontier *frontier, const struct url *url, struct text rules_of,
                           const char *hops)
{
    frontier_key(frontier, url);
    buf_printf(&frontier->seen_key, " robots.txt of %.*s, hop %zu", TEXT_ARGS(rules_of),
               strlen(hops));
    return store_key(frontier->store, buf_text(&frontier->seen_key));
}

/* ---- gathering ---- */

/* A visit was new: its host has one more waiting. */
static void note_offered(struct frontier *frontier, const struct visit *visit)
{
    struct host *host = frontier_find_host(frontier, visit->host);
    if (!host)
        return;
    if (!host->waiting && host->rules.state == RULES_UNKNOWN)
        host->https = text_starts(visit->url, TEXT("https:"));
    host->visits_ready_ms = 0;
    frontier_count_up(frontier, host);
}

enum result frontier_flush(struct frontier *frontier, struct trouble *trouble)
{
    struct page_batch *batch = &frontier->batch;
    if (buf_is_out_of_memory(&frontier->seen_key)) /* a key that was given is not the URL's */
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL");
    if (page_batch_is_empty(batch))
        return RESULT_OK;
    enum result result = page_batch_write(batch, frontier->store, trouble);
    for (size_t i = 0; result == RESULT_OK && i < batch->visit_count; i++)
        if (batch->are_new[i])
            note_offered(frontier, &batch->visits[i]);
    page_batch_clear(batch);
    return result;
}

static enum result make_room(struct frontier *frontier, size_t url_length, struct trouble *trouble)
{
    return page_batch_has_room(&frontier->batch, url_length) ? RESULT_OK
                                                             : frontier_flush(frontier, trouble);
}

enum result frontier_note_listed(struct frontier *frontier, enum list_source source, int64_t key,
                                 struct trouble *trouble)
{
    enum result result = make_room(frontier, 0, trouble);
    if (result == RESULT_OK)
        page_batch_list(&frontier->batch, (struct listed_url){key, source});
    return result;
}

enum result frontier_note_row_pages(struct frontier *frontier, struct text series, int pages,
                                    struct trouble *trouble)
{
    return site_counts_note_pages(frontier->store->site_counts, series, pages, trouble);
}

enum result frontier_note_archive_count(struct frontier *frontier, int period, int posts,
                                        struct trouble *trouble)
{
    return site_counts_note_archive(frontier->store->site_counts, period, posts, trouble);
}

enum result frontier_note_feed_total(struct frontier *frontier, int64_t entries,
                                     struct trouble *trouble)
{
    return progress_raise_number(frontier->store->progress, "feed_entries", entries, trouble);
}

/* As frontier_offer() makes it. */
static int64_t key_of_target(struct frontier *frontier, int64_t from, const struct url *target)
{
    int64_t key = frontier_key(frontier, target);
    if (from != key)
        return key;
    buf_add(&frontier->seen_key, target->https ? " https" : " http");
    return store_key(frontier->store, buf_text(&frontier->seen_key));
}

enum result frontier_note_redirect(struct frontier *frontier, int64_t from,
                                   const struct url *target, bool to_itself, bool to_login,
                                   struct trouble *trouble)
{
    const struct noted_redirect redirect = {
        from, to_itself ? from : key_of_target(frontier, from, target), to_login};
    if (!buf_ok(&frontier->seen_key))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL");
    return completeness_note_redirect(frontier->store->completeness, &redirect, trouble);
}

enum result frontier_refuse(struct frontier *frontier, const struct left_out_url *left_out,
                            struct trouble *trouble)
{
    enum result result = make_room(frontier, left_out->url.length, trouble);
    if (result == RESULT_OK)
        page_batch_leave_out(&frontier->batch, left_out);
    return result;
}

enum result frontier_refusal(struct frontier *frontier, int64_t key, enum url_rule *rule,
                             struct trouble *trouble)
{
    struct url_refusal refusal = {.rule = URL_RULE_NONE};
    enum result result = completeness_refusal(frontier->store->completeness, key, &refusal,
                                              &frontier->text, trouble);
    *rule = refusal.rule;
    return result == RESULT_END ? RESULT_OK : result;
}

void frontier_fetch_known(const struct frontier *frontier, int64_t key)
{
    queue_fetch_known(frontier->store->queue, key);
}

bool frontier_surely_knows(const struct frontier *frontier, int64_t key, enum visit_kind kind)
{
    /* With --level the store is asked each time: a shorter path to a waiting page matters. */
    return !frontier->options.depth_counts && queue_surely_knows(frontier->store->queue, key, kind);
}

/* robots.txt was redirected.  What it leads to is requested again in each round. */
static enum result offer_elsewhere(struct frontier *frontier, const struct offer *offer,
                                   struct visit *visit, bool *is_new, struct trouble *trouble)
{
    visit->key = frontier_rules_key(frontier, &frontier->plain, offer->rules_of, visit->hops);
    if (!buf_ok(&frontier->seen_key))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL");
    enum result result =
        hosts_number(frontier->store->hosts, offer->rules_of, &visit->robots_for, trouble);
    if (result == RESULT_OK)
        result = frontier_flush(frontier, trouble);
    struct host *where = frontier_find_host(frontier, visit->host);
    if (result == RESULT_OK)
        result = frontier_offer_robots(frontier, where, visit, trouble);
    struct host *governed = frontier_find_host(frontier, visit->robots_for);
    if (result == RESULT_OK && governed)
        frontier_note_elsewhere(frontier, governed, where);
    if (is_new)
        *is_new = result == RESULT_OK;
    return result;
}

enum result frontier_offer(struct frontier *frontier, const struct offer *offer, bool *is_new,
                           struct trouble *trouble)
{
    struct visit visit = {.kind = offer->kind,
                          .depth = offer->depth,
                          .via_key = offer->via_key,
                          .period = offer->period};
    if (is_new)
        *is_new = false;
    if (!url_copy(&frontier->plain, offer->url))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a URL");
    url_take_user(&frontier->plain, NULL);
    visit.url = url_resource(&frontier->plain);
    visit.key = frontier_key(frontier, offer->url);
    if (offer->redirect_from == visit.key) {
        /* A redirect between http and https of the same URL.  We know both under one key, but a
         * player looks up each of them, so the target gets a key of its own. */
        buf_add(&frontier->seen_key, offer->url->https ? " https" : " http");
        visit.key = store_key(frontier->store, buf_text(&frontier->seen_key));
    }
    if (offer->spelling_key)
        visit.key = offer->spelling_key;
    frontier->hosts.spellings.plain_met = frontier->hosts.spellings.plain_met || !offer->url->https;
    if (!buf_ok(&frontier->seen_key))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL");
    if (!offer->rules_of.length && frontier_surely_knows(frontier, visit.key, visit.kind))
        return RESULT_OK;
    enum result result =
        hosts_number(frontier->store->hosts, url_authority(offer->url), &visit.host, trouble);
    if (result != RESULT_OK)
        return result;
    struct host *host = frontier_find_host(frontier, visit.host);
    int64_t most = frontier->options.hosts_most;
    if (!host && offer->hop && frontier->hosts.unseeded++ >= most && most)
        return RESULT_END;
    host = host ? host : frontier_host_of(frontier, visit.host, url_authority(offer->url));
    if (!host)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a host");
    if (offer->kind == VISIT_SEED)
        host_turns_set_of_seed(&frontier->turns, host);
    copy_hops(visit.hops, offer->via_hops, offer->hop);
    if (offer->rules_of.length)
        return offer_elsewhere(frontier, offer, &visit, is_new, trouble);
    result = make_room(frontier, visit.url.length, trouble);
    if (result != RESULT_OK)
        return result;
    host->scheme.spellings.urls++;
    page_batch_offer(&frontier->batch, &visit);
    if (!is_new) {
        /* Another link to it on this page need not be gathered. */
        seen_keys_add(frontier->store->queue->seen, visit.key, visit.kind);
        return RESULT_OK;
    }
    size_t place = frontier->batch.visit_count - 1;
    result = frontier_flush(frontier, trouble);
    *is_new = result == RESULT_OK && frontier->batch.are_new[place];
    return result;
}

static void note_asked(void *context, int64_t number, struct text name)
{
    struct frontier *frontier = context;
    struct host *host = frontier_host_of(frontier, number, name);
    if (host) {
        host->visits_ready_ms = 0;
        frontier_count_up(frontier, host);
    } else
        frontier->no_memory = true;
}

enum result frontier_ask_again(struct frontier *frontier, const int64_t *keys, size_t count,
                               int64_t before_ms, struct trouble *trouble)
{
    const struct asked_visitor visitor = {note_asked, frontier};
    enum result result =
        queue_ask_again(frontier->store->queue, keys, count, before_ms, &visitor, trouble);
    return result == RESULT_OK && frontier->no_memory
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for a host")
               : result;
}
