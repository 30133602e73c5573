#include <config.h>

#include "crawl/summary.h"

#include <limits.h>
#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"
#include "crawl/progress.h"

enum {
    LISTED_MOST = 20,
    JSON_BYTES = 64 * 1024 * 1024,
    NOT_ANSWERED = -2 /* Heritrix: connection failed */
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

enum result summary_count(struct run_summary *summary, struct store *store, struct trouble *trouble)
{
    enum result result = store_count(store, summary->counts, trouble);
    summary->waiting = summary->failed = summary->closed = 0;
    for (int kind = 0; kind < VISIT_KINDS; kind++) {
        summary->waiting += summary->counts[kind][STATE_WAITING];
        /* An address that only may be one, and a robots.txt that is not there, are no loss. */
        if (kind != VISIT_SPECULATIVE && kind != VISIT_ROBOTS)
            summary->failed += summary->counts[kind][STATE_FAILED];
        summary->closed += summary->counts[kind][STATE_EXCLUDED];
    }
    return result == RESULT_OK
               ? completeness_read(&summary->completeness, store, summary->counts, trouble)
               : result;
}

/* ---- the log ---- */

void crawl_log_attempt(FILE *log, const struct capture *capture, const char *annotation)
{
    char date[DATE_WARC_SIZE], began[DATE_17_SIZE];
    const struct exchange *exchange = capture->exchange;
    date_write_warc(exchange->began_ms + exchange->took_ms, date);
    date_write_17(exchange->began_ms, began);
    fprintf(log, "%s %5d %10lld %s %s %s %s - %s+%lld %s - %s%s%s\n", date,
            exchange->status ? exchange->status : NOT_ANSWERED, (long long)capture->body_length,
            exchange->url.length ? exchange->url.data : "-", capture->hops[0] ? capture->hops : "-",
            capture->via.length ? capture->via.data : "-", capture->type[0] ? capture->type : "-",
            began, (long long)exchange->took_ms, capture->digest[0] ? capture->digest : "-",
            *annotation ? annotation : "-", exchange->error[0] ? ": " : "", exchange->error);
}

/* ---- the printed summary ---- */

static void print_failure(void *context, struct text url, enum visit_kind kind, int status,
                          struct text reason)
{
    FILE *out = context;
    (void)status;
    if (kind != VISIT_SPECULATIVE && kind != VISIT_ROBOTS)
        fprintf(out, "  %.*s  %.*s\n", TEXT_ARGS(url), TEXT_ARGS(reason));
}

static uint64_t known(const uint64_t counts[STATE_COUNT])
{
    return counts[STATE_WAITING] + counts[STATE_CAPTURED] + counts[STATE_FAILED] +
           counts[STATE_EXCLUDED];
}

/* What was met and what became of it, kind by kind: one line of words. */
static void print_kinds(const struct run_summary *summary)
{
    bool first = true;
    for (int kind = 0; kind < VISIT_KINDS; kind++) {
        const uint64_t *counts = summary->counts[kind];
        if (!known(counts))
            continue;
        printf("%s%s %llu", first ? "In the collection: " : ", ",
               visit_kind_name((enum visit_kind)kind), (unsigned long long)counts[STATE_CAPTURED]);
        if (known(counts) > counts[STATE_CAPTURED])
            printf(" of %llu", (unsigned long long)known(counts));
        first = false;
    }
    printf(first ? "" : ".\n");
}

/* The rules that left most links out, and those that were turned off in vain: a name may be
 * mistyped. */
static void print_rules(const struct follow *follow, const struct crawl_options *options)
{
    enum { RULES_NAMED = 6 };
    size_t count, last = SIZE_MAX;
    const struct refusal *refusals = follow_refusals(follow, &count);
    for (size_t named = 0; named < RULES_NAMED && named < count; named++) {
        size_t most = SIZE_MAX;
        for (size_t i = 0; i < count; i++) {
            bool said =
                last != SIZE_MAX && (refusals[i].count > refusals[last].count ||
                                     (refusals[i].count == refusals[last].count && i <= last));
            if (!said && (most == SIZE_MAX || refusals[i].count > refusals[most].count))
                most = i;
        }
        printf("%s%s %llu", named ? ", " : "Links not followed, by rule: ", refusals[most].rule,
               (unsigned long long)refusals[most].count);
        last = most;
    }
    if (count)
        printf("%s. warccap why tells of each.\n", count > RULES_NAMED ? " ..." : "");
    for (int i = 0; i < options->rules_off_count; i++)
        if (!follow_met_rule(follow, i))
            printf("--no-rule %s let nothing in: no link met a rule of that name.\n",
                   options->rules_off[i]);
}

static void print_text(const struct run_summary *summary, const struct crawl_options *options,
                       const struct collection *collection, const struct follow *follow)
{
    char stored[24], body[24];
    double seconds = (double)(clock_wall_ms() - summary->began_ms) / 1000.0;
    printf("%llu pages, %llu answers with %s in %.1f s; %s stored in %s\n",
           (unsigned long long)summary->pages, (unsigned long long)summary->answers,
           progress_bytes(summary->body_bytes, body, sizeof body), seconds,
           progress_bytes(summary->stored_bytes, stored, sizeof stored), collection->archive);
    print_kinds(summary);
    completeness_print(&summary->completeness, stdout);
    if (summary->closed)
        printf(
            "robots.txt closes %llu addresses that the site links to (%llu pager, %llu archive); "
            "--robots off would take them.\n",
            (unsigned long long)summary->closed,
            (unsigned long long)summary->counts[VISIT_PAGER][STATE_EXCLUDED],
            (unsigned long long)summary->counts[VISIT_ARCHIVE][STATE_EXCLUDED]);
    print_rules(follow, options);
    changes_print(&summary->changes);
    if (summary->unchanged)
        printf(
            "%llu answers have not changed; they are kept as revisits of what the archive holds.\n",
            (unsigned long long)summary->unchanged);
    if (summary->wishes)
        printf("%llu answers wish not to be indexed (noindex and the like); they are kept, and "
               "their metadata records say so.\n",
               (unsigned long long)summary->wishes);
    if (summary->manifest[0])
        printf("Manifest sha256:%s: kept elsewhere, it proves that nothing was altered since.\n",
               summary->manifest);
    if (summary->waiting || summary->reason)
        printf("Not finished%s%s: %llu addresses wait. The same command again goes on.\n",
               summary->reason ? ": " : "", summary->reason ? summary->reason : "",
               (unsigned long long)summary->waiting);
    else if (!summary->failed && summary->completeness.unseen)
        printf("Nothing of the site was seen: no address was answered with a page. The answers are "
               "kept; "
               "look at them in a browser.\n");
    else if (!summary->failed && summary->completeness.complete_but_closed)
        printf("Complete%s: all that the site lists, and every address in scope, is in the "
               "archive. Prove it: warccap "
               "verify %s\n",
               summary->closed ? " but for what robots.txt closes" : "", collection->directory);
    else if (!summary->failed)
        printf("Every address in scope was captured, but the site lists more: the gaps are named "
               "in %s. Look at it: warccap "
               "verify %s\n",
               collection->runs, collection->directory);
}

static void print_failures(const struct run_summary *summary, struct store *store, bool quiet)
{
    struct trouble trouble;
    if (!summary->failed)
        return;
    if (!quiet) /* else the verdict has said it */
        fprintf(stderr,
                "warccap: %llu addresses could not be captured; the same command again tries them "
                "again:\n",
                (unsigned long long)summary->failed);
    store_list(store, STATE_FAILED, LISTED_MOST, print_failure, stderr, &trouble);
    if (summary->failed > LISTED_MOST)
        fprintf(stderr, "  ... the others are in the run's summary under runs/\n");
}

/* ---- the outcome ---- */

static uint64_t both(const struct changes *changes, enum change change)
{
    return changes->pages[change] + changes->parts[change];
}

void summary_outcome(const struct run_summary *summary, enum result result,
                     const struct trouble *trouble, struct crawl_outcome *outcome)
{
    *outcome = (struct crawl_outcome){.exit_code = summary->exit_code,
                                      .pages = summary->pages,
                                      .answers = summary->answers,
                                      .stored_bytes = (uint64_t)summary->stored_bytes,
                                      .fresh = summary->first ? summary->pages
                                                              : both(&summary->changes, CHANGE_NEW),
                                      .changed = both(&summary->changes, CHANGE_CHANGED),
                                      .gone = both(&summary->changes, CHANGE_GONE),
                                      .moved = both(&summary->changes, CHANGE_MOVED),
                                      .waiting = summary->waiting,
                                      .failed = summary->failed};
    if (result != RESULT_OK)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", trouble->words);
    else if (summary->reason)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", summary->reason);
    else if (summary->exit_code == 18)
        snprintf(outcome->reason, sizeof outcome->reason, "the site asked us to come back later");
    else if (summary->failed)
        snprintf(outcome->reason, sizeof outcome->reason, "%llu addresses could not be captured",
                 (unsigned long long)summary->failed);
}

/* ---- JSON ---- */

static void json_failure(void *context, struct text url, enum visit_kind kind, int status,
                         struct text reason)
{
    struct buf *out = context;
    buf_add(out, out->data[out->length - 1] == '[' ? "" : ", ");
    buf_add(out, "{\"url\": ");
    json_write_string(out, url);
    buf_printf(out, ", \"kind\": \"%s\", \"status\": %d, \"reason\": ", visit_kind_name(kind),
               status);
    json_write_string(out, reason);
    buf_add(out, "}");
}

static void build_json(const struct run_summary *summary, const struct crawl_options *options,
                       struct store *store, const struct follow *follow, enum result result,
                       struct buf *out)
{
    char began[DATE_WARC_SIZE], ended[DATE_WARC_SIZE];
    struct trouble trouble;
    size_t refusal_count;
    const struct refusal *refusals = follow_refusals(follow, &refusal_count);
    date_write_warc(summary->began_ms, began);
    date_write_warc(clock_wall_ms(), ended);
    buf_printf(out,
               "{\"software\": \"warccap/%s\", \"began\": \"%s\", \"ended\": \"%s\", \"exit\": %d, "
               "\"reason\": ",
               PACKAGE_VERSION, began, ended, summary->exit_code);
    json_write_string(out, text_of(summary->reason       ? summary->reason
                                   : result == RESULT_OK ? "finished"
                                                         : "error"));
    buf_add(out, ", \"collection\": ");
    json_write_string(out, text_of(options->directory));
    buf_add(out, ", \"seeds\": [");
    for (int i = 0; i < options->seed_count; i++) {
        buf_add(out, i ? ", " : "");
        json_write_string(out, text_of(options->seeds[i]));
    }
    buf_printf(out,
               "], \"pages\": %llu, \"answers\": %llu, \"body_bytes\": %lld, \"stored_bytes\": "
               "%lld, \"unchanged\": %llu, \"wish_not_to_be_indexed\": %llu, "
               "\"kinds\": {",
               (unsigned long long)summary->pages, (unsigned long long)summary->answers,
               (long long)summary->body_bytes, (long long)summary->stored_bytes,
               (unsigned long long)summary->unchanged, (unsigned long long)summary->wishes);
    for (int kind = 0; kind < VISIT_KINDS; kind++) {
        const uint64_t *counts = summary->counts[kind];
        buf_printf(
            out,
            "%s\"%s\": {\"known\": %llu, \"captured\": %llu, \"failed\": %llu, \"robots\": %llu, "
            "\"waiting\": %llu}",
            kind ? ", " : "", visit_kind_name((enum visit_kind)kind),
            (unsigned long long)known(counts), (unsigned long long)counts[STATE_CAPTURED],
            (unsigned long long)counts[STATE_FAILED], (unsigned long long)counts[STATE_EXCLUDED],
            (unsigned long long)counts[STATE_WAITING]);
    }
    buf_printf(out, "}, \"manifest_sha256\": \"%s\", ", summary->manifest);
    changes_json(&summary->changes, out);
    buf_add(out, ", ");
    completeness_json_whole(&summary->completeness, store, out);
    buf_add(out, ", \"not_followed\": {");
    for (size_t i = 0; i < refusal_count; i++)
        buf_printf(out, "%s\"%s\": %llu", i ? ", " : "", refusals[i].rule,
                   (unsigned long long)refusals[i].count);
    buf_add(out, "}, \"mended\": [");
    buf_add_text(out, buf_text(&summary->mended));
    buf_add(out, "], \"failures\": [");
    store_list(store, STATE_FAILED, 1000000, json_failure, out, &trouble);
    buf_add(out, "]}\n");
}

/* When the run before says that it began, from the names of its files. */
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

/* Names tell the order of the runs, which manifests rely on, also when two begin within a second or
 * the clock was set back: a name is later than those that are there. */
void summary_name(struct run_summary *summary, const struct collection *collection)
{
    struct trouble trouble;
    int64_t latest_ms = -1, ms = summary->began_ms;
    disk_list(collection->runs, keep_latest, &latest_ms, &trouble);
    if (ms / 1000 <= latest_ms / 1000)
        ms = latest_ms + 1000;
    date_write_14(ms, summary->run);
}

enum result summary_write(const struct run_summary *summary, const struct crawl_options *options,
                          const struct collection *collection, struct store *store,
                          const struct follow *follow, enum result ended, struct buf *json,
                          struct trouble *trouble)
{
    char path[PATH_MAX];
    json->limit = JSON_BYTES;
    build_json(summary, options, store, follow, ended, json);
    snprintf(path, sizeof path, "%s/%s.json", collection->runs, summary->run);
    return disk_replace(path, buf_text(json), trouble);
}

void summary_print(const struct run_summary *summary, const struct crawl_options *options,
                   const struct collection *collection, struct store *store,
                   const struct follow *follow, const struct buf *json)
{
    if (options->json && !options->quiet)
        fputs(json->data, stdout);
    else if (!options->quiet)
        print_text(summary, options, collection, follow);
    print_failures(summary, store, options->quiet);
}
