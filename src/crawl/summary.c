/* Counts at the end of a run, and writes its JSON. */
#include <config.h>

#include "crawl/summary.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"
#include "crawl/crawl_observer.h"
#include "crawl/url_list.h"
#include "web/limit.h"

enum {
    FAILURES_MOST = 1000000,
    FAILURES_BYTES = 8 * 1024 * 1024, /* of their list in JSON, which is kept in memory */
    JSON_BYTES = 64 * 1024 * 1024,
};

void summary_begin(struct run_summary *summary)
{
    *summary = (struct run_summary){.began_ms = clock_wall_ms()};
    changes_init(&summary->changes);
    buf_init(&summary->mended, 1 << 20);
}

void summary_mended(struct run_summary *summary, const char *words)
{
    buf_add(&summary->mended, summary->mended.length ? ", " : "");
    json_write_string(&summary->mended, text_of(words));
}

/* How many URLs of a kind are broken, or refused in a way that counts (url_state.h). */
static uint64_t count_failed(const struct run_summary *summary, enum visit_kind kind)
{
    uint64_t failed = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        if (url_state_failed((enum url_state)state, kind))
            failed += summary->counts[kind][state];
    return failed;
}

static void add_known_dead(struct url_totals *totals, const struct failing *failing)
{
    enum url_group group;
    for (int kind = 0; kind < VISIT_KINDS; kind++)
        if (url_group_of((enum visit_kind)kind, &group))
            totals->known_dead[group] += failing->known_dead[kind];
}

enum result summary_count(struct run_summary *summary, struct store *store, struct trouble *trouble)
{
    struct failing *failing = &summary->changes.failing;
    enum result result = known_urls_count(store->known, summary->counts, trouble);
    if (result == RESULT_OK)
        result = failing_count(failing, store, trouble);
    summary->failed = summary->closed = 0;
    if (result == RESULT_OK)
        result = known_urls_count_waiting(store->known, &summary->waiting, trouble);
    for (int kind = 0; kind < VISIT_KINDS; kind++) {
        summary->counts[kind][STATE_BROKEN] -= failing->known_dead[kind];
        /* A guessed URL and a missing robots.txt are not a loss. */
        if (kind != VISIT_SPECULATIVE && kind != VISIT_ROBOTS)
            summary->failed += count_failed(summary, (enum visit_kind)kind);
        summary->closed += summary->counts[kind][STATE_LEFT_OUT];
    }
    if (result == RESULT_OK)
        result = completeness_read(&summary->completeness, store, summary->counts, summary->waiting,
                                   trouble);
    add_known_dead(&summary->completeness.totals, failing);
    return result;
}

/* ---- what changed ---- */

uint64_t summary_count_change(const struct run_summary *summary, enum change change)
{
    if (summary->first && change == CHANGE_NEW)
        return summary->pages;
    return summary->changes.counts.pages[change] + summary->changes.counts.parts[change];
}

bool summary_found_change(const struct run_summary *summary)
{
    return summary_count_change(summary, CHANGE_NEW) +
               summary_count_change(summary, CHANGE_CHANGED) +
               summary_count_change(summary, CHANGE_GONE) +
               summary_count_change(summary, CHANGE_MOVED) >
           0;
}

/* ---- JSON ---- */

static uint64_t known(const uint64_t counts[STATE_COUNT])
{
    uint64_t all = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        all += counts[state];
    return all;
}

/* A list in JSON, and how many failures it has no room for. */
struct json_failures {
    struct buf *out;
    size_t most; /* bytes of `out` */
    uint64_t untold;
};

static void json_failure(void *context, const struct listed_visit *visit)
{
    struct json_failures *failures = context;
    struct buf *out = failures->out;
    if (out->length + visit->url.length > failures->most) {
        failures->untold++;
        return;
    }
    buf_add(out, text_ends(buf_text(out), TEXT("[")) ? "" : ", ");
    failing_json_visit(visit, out);
}

/* The links that each rule left out: members of an object. */
static void json_refusals(const struct follow *follow, struct buf *out)
{
    bool first = true;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++) {
        uint64_t count = follow_refused(follow, rule);
        if (!count)
            continue;
        buf_printf(out, "%s\"%s\": %llu", first ? "" : ", ", url_rule_name(rule),
                   (unsigned long long)count);
        first = false;
    }
}

/* The members that every run has: what wrote it, how it ended. */
static void build_end(const char *reason, int exit_code, struct buf *out)
{
    if (exit_code >= 0)
        buf_printf(out, "\"exit\": %d, ", exit_code);
    buf_add(out, "\"reason\": ");
    json_write_string(out, text_of(reason));
}

static void build_kinds(const struct run_summary *summary, struct buf *out)
{
    buf_add(out, "\"kinds\": {");
    for (int kind = 0; kind < VISIT_KINDS; kind++) {
        const uint64_t *counts = summary->counts[kind];
        buf_printf(out, "%s\"%s\": {\"known\": %llu", kind ? ", " : "",
                   visit_kind_name((enum visit_kind)kind),
                   (unsigned long long)(known(counts) + summary->changes.failing.known_dead[kind]));
        for (int state = 0; state < STATE_COUNT; state++)
            buf_printf(out, ", \"%s\": %llu", url_state_row((enum url_state)state)->member,
                       (unsigned long long)counts[state]);
        buf_printf(out, ", \"known_dead\": %llu}",
                   (unsigned long long)summary->changes.failing.known_dead[kind]);
    }
    buf_add(out, "}");
}

static void json_urls(const char *name, char *const *urls, int count, struct buf *out)
{
    buf_printf(out, ", \"%s\": [", name);
    for (int i = 0; i < count; i++) {
        buf_add(out, i ? ", " : "");
        json_write_string(out, text_of(urls[i]));
    }
    buf_add(out, "]");
}

/* The seeds of the run; and if the collection has others, too, all of them. */
static enum result json_seeds(const struct crawl_ended *end, struct buf *out,
                              struct trouble *trouble)
{
    struct url_list all = {NULL, 0};
    enum result result = url_list_read(&all, end->store->known, LISTING_SEEDS, trouble);
    json_urls("seeds", end->options->seeds, end->options->seed_count, out);
    if (all.count > end->options->seed_count)
        json_urls("collection_seeds", all.urls, all.count, out);
    url_list_release(&all);
    return result;
}

/* Seeds that stand in no record: they wait, or robots.txt or an option leaves them out. */
static void json_seed_not_asked(void *context, const struct listed_visit *seed)
{
    struct buf *out = context;
    if (seed->state != STATE_WAITING && seed->state != STATE_LEFT_OUT)
        return;
    buf_add(out, text_ends(buf_text(out), TEXT("[")) ? "" : ", ");
    failing_json_visit(seed, out);
}

static enum result json_seeds_not_asked(const struct crawl_ended *end, struct buf *out,
                                        struct trouble *trouble)
{
    buf_add(out, ", \"seeds_not_asked\": [");
    enum result result = known_urls_each(end->store->known, LISTING_SEEDS, INT_MAX,
                                         json_seed_not_asked, out, trouble);
    buf_add(out, "]");
    return result;
}

static enum result json_all_failures(const struct crawl_ended *end, struct buf *out,
                                     struct trouble *trouble)
{
    buf_add(out, "], \"failures\": [");
    struct json_failures failures = {.out = out, .most = out->length + FAILURES_BYTES};
    enum result result = known_urls_each(end->store->known, LISTING_FAILED, FAILURES_MOST,
                                         json_failure, &failures, trouble);
    buf_printf(out, "], \"failures_untold\": %llu, ", (unsigned long long)failures.untold);
    return result;
}

static enum result build_json(const struct crawl_ended *end, int exit_code, struct buf *out,
                              struct trouble *trouble)
{
    const struct run_summary *summary = end->summary;
    char began[DATE_WARC_SIZE], ended[DATE_WARC_SIZE];
    date_write_warc(summary->began_ms, began);
    date_write_warc(clock_wall_ms(), ended);
    buf_printf(out, "{\"software\": \"warccap/%s\", \"began\": \"%s\", \"ended\": \"%s\", ",
               PACKAGE_VERSION, began, ended);
    build_end(summary->reason            ? summary->reason
              : end->result == RESULT_OK ? "finished"
                                         : "error",
              exit_code, out);
    buf_add(out, ", \"collection\": ");
    json_write_string(out, text_of(end->options->directory));
    enum result read = json_seeds(end, out, trouble);
    struct recorded_options recorded = crawl_recorded_options(end->options);
    buf_add(out, ", \"options\": ");
    recorded_options_json(&recorded, out);
    buf_printf(out, ", \"sandbox\": \"%s\"", end->sandbox);
    buf_printf(out,
               ", \"pages\": %llu, \"responses\": %llu, \"answers\": %llu, \"body_bytes\": %lld, "
               "\"stored_bytes\": %lld, \"unchanged\": %llu, \"wish_not_to_be_indexed\": %llu, "
               "\"read_in_part\": %llu, ",
               (unsigned long long)summary->pages, (unsigned long long)summary->responses,
               (unsigned long long)summary->responses, /* "answers" is its name of old */
               (long long)summary->body_bytes, (long long)summary->stored_bytes,
               (unsigned long long)summary->unchanged, (unsigned long long)summary->noindex,
               (unsigned long long)summary->read_in_part);
    build_kinds(summary, out);
    buf_printf(out, ", \"still_waiting\": %llu", (unsigned long long)summary->waiting);
    if (read == RESULT_OK)
        read = json_seeds_not_asked(end, out, trouble);
    buf_printf(out, ", \"manifest_sha256\": \"%s\", ", summary->manifest);
    changes_json(&summary->changes, out);
    buf_add(out, ", ");
    if (read == RESULT_OK)
        read = completeness_json_whole(&summary->completeness, end->store, out, trouble);
    buf_add(out, ", \"shut_out\": [");
    buf_add_text(out, end->shut_out);
    buf_add(out, "], \"not_followed\": {");
    json_refusals(end->follow, out);
    buf_add(out, "}, \"limits\": [");
    limit_ledger_json(follow_limits(end->follow), out);
    buf_add(out, "], \"mended\": [");
    buf_add_text(out, buf_text(&summary->mended));
    if (read == RESULT_OK)
        read = json_all_failures(end, out, trouble);
    if (read == RESULT_OK)
        read = failing_json(&summary->changes.failing, end->store, out, trouble);
    buf_add(out, "}\n");
    return read;
}

/* Finds when the last run began, from the names of its files. */
static void keep_latest(void *context, const char *name)
{
    int64_t *latest_ms = context, ms;
    char date[32];
    if (strspn(name, "0123456789") != sizeof((struct run_summary *)0)->run - 1)
        return;
    snprintf(date, sizeof date, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", name, name + 4, name + 6,
             name + 8, name + 10, name + 12);
    if (date_read_warc(text_of(date), &ms) && ms > *latest_ms)
        *latest_ms = ms;
}

/* Names give the order of the runs, which manifests rely on.  So a name is always later than the
 * existing ones, even when two runs begin within a second or the clock was set back. */
void summary_name(struct run_summary *summary, const struct collection *collection)
{
    struct trouble trouble;
    int64_t latest_ms = -1, ms = summary->began_ms;
    /* Without a list of runs, the clock alone gives the name. */
    result_ignore(disk_list(collection->runs, keep_latest, &latest_ms, &trouble));
    if (ms / 1000 <= latest_ms / 1000)
        ms = latest_ms + 1000;
    date_write_14(ms, summary->run);
}

enum result summary_write(const struct crawl_ended *ended, int exit_code, struct buf *json,
                          struct trouble *trouble)
{
    char path[PATH_MAX];
    json->limit = JSON_BYTES;
    enum result result = build_json(ended, exit_code, json, trouble);
    if (result != RESULT_OK)
        return result;
    snprintf(path, sizeof path, "%s/%s.json", ended->collection->runs, ended->summary->run);
    return disk_replace(path, buf_text(json), trouble);
}

void summary_build_short_json(const struct crawl_ended *ended, int exit_code, struct buf *json)
{
    buf_printf(json, "{\"software\": \"warccap/%s\", ", PACKAGE_VERSION);
    build_end(ended->trouble, exit_code, json);
    buf_add(json, ", \"collection\": ");
    json_write_string(json, text_of(ended->options->directory));
    buf_add(json, "}\n");
}
