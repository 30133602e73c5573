/* Goes through the captures of each URL in order, and looks for the change that the summary tells.
 */
#include <config.h>

#include "verify/last_run.h"

#include <stdio.h>
#include <string.h>

#include "base/digest_value.h"
#include "collection/cdxj_lookup.h"
#include "collection/run_changes.h"

struct last_run {
    struct verification *v;
    const char *runs;
    struct cdxj_lookup *lookup;
    struct told_run told;
    struct verified_run found;
};

/* The captures of one URL, up to one of them. */
struct capture_history {
    struct text url;   /* others with the same key are not of it */
    int64_t ended_ms;  /* what is later is not of the run; 0: nothing is */
    enum change last;  /* the last change that they show */
    bool held;         /* there was a capture with status 200 */
    bool there;        /* the last one has a status of 2xx */
    struct buf digest; /* of the last payload */
};

/* Whether the text of a page changed, too, cannot be told from its digests. */
static enum change of_digests(enum change change)
{
    return change == CHANGE_REFRESHED ? CHANGE_CHANGED : change;
}

static enum change change_of_payload(const struct capture_history *history, struct text digest)
{
    if (!history->there)
        return CHANGE_NEW;
    return digest_value_same(digest, buf_text(&history->digest)) ? CHANGE_NONE : CHANGE_CHANGED;
}

static void take_capture(void *context, const struct cdxj_entry *entry, struct text line)
{
    struct capture_history *history = context;
    int64_t ms;
    struct text status = entry->status;
    bool not_modified =
        text_equal(entry->mime, TEXT("warc/revisit")) && text_equal(status, TEXT("304"));
    bool whole = text_equal(status, TEXT("200")) || not_modified;
    bool gone = text_equal(status, TEXT("404")) || text_equal(status, TEXT("410"));
    enum change change = CHANGE_NONE;
    (void)line;
    if (!text_equal(entry->url, history->url))
        return;
    if (history->ended_ms && cdxj_entry_time(entry, &ms) && ms > history->ended_ms)
        return;
    if (whole)
        change = change_of_payload(history, entry->digest);
    else if (history->there && gone)
        change = CHANGE_GONE;
    else if (history->there && text_starts(status, TEXT("3")))
        change = CHANGE_MOVED;
    if (change != CHANGE_NONE)
        history->last = change;
    history->held = history->held || whole;
    history->there = history->held && (whole || text_starts(status, TEXT("2")));
    if (whole) {
        buf_clear(&history->digest);
        buf_add_text(&history->digest, entry->digest);
    }
}

static bool is_part(const struct last_run *run, struct text url)
{
    const struct asked_claim *asked = crawl_claims_asked(run->v->claims, url);
    return asked && (asked->kind == VISIT_REQUISITE || asked->kind == VISIT_MEDIA ||
                     asked->kind == VISIT_SPECULATIVE);
}

static void tell_not_shown(struct last_run *run, enum change change, struct text url)
{
    char address[1024];
    snprintf(address, sizeof address, "%.*s", (int)(url.length < 1000 ? url.length : 1000), url.at);
    const struct finding_place at = {.file = run->runs, .offset = -1, .url = address};
    verification_find(run->v, CHECK_RUN_CHANGE, &at, "%s", change_name(change));
}

static enum result take_change(void *context, enum change change, struct text url,
                               struct trouble *trouble)
{
    struct last_run *run = context;
    struct capture_history history = {.url = url, .ended_ms = run->told.ended_ms};
    (void)trouble;
    buf_init(&history.digest, 1000);
    cdxj_lookup_each(run->lookup, url, take_capture, &history);
    buf_release(&history.digest);
    if (history.last != of_digests(change))
        tell_not_shown(run, change, url);
    else if (is_part(run, url))
        run->found.counts.parts[change]++;
    else
        run->found.counts.pages[change]++;
    return RESULT_OK;
}

void last_run_check(struct verification *v, const char *runs, const char *index_path)
{
    struct trouble trouble;
    struct last_run run = {.v = v, .runs = runs};
    struct verified_run *told = &v->summary->last_run;
    run.lookup = cdxj_lookup_open(index_path, &trouble);
    if (!run.lookup)
        return;
    enum result result = run_changes_read(runs, take_change, &run, &run.told, &trouble);
    if (result == RESULT_OK) {
        told->collections++;
        if (strcmp(run.told.name, told->run) > 0)
            memcpy(told->run, run.told.name, sizeof told->run);
        for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++) {
            told->counts.pages[i] += run.found.counts.pages[i];
            told->counts.parts[i] += run.found.counts.parts[i];
        }
    }
    cdxj_lookup_close(run.lookup);
}
