/* The summary of a run for a person. */
#include <config.h>

#include "report/run_text.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/plain_text.h"
#include "base/wording.h"
#include "report/completeness_text.h"
#include "web/limit.h"

enum {
    LISTED_MOST = 20,
    PATH_WORDS = 1 << 16, /* of a path, quoted */
};

static void print_failure(void *context, const struct listed_visit *visit)
{
    FILE *out = context;
    if (visit->kind != VISIT_SPECULATIVE && visit->kind != VISIT_ROBOTS)
        fprintf(out, "  %.*s  %s: %.*s%s\n", TEXT_ARGS(visit->url), url_state_name(visit->state),
                TEXT_ARGS(visit->reason), visit->failure.rounds > 1 ? " (as before)" : "");
}

static void print_dead(void *context, const struct listed_visit *visit)
{
    const struct failure *failure = &visit->failure;
    char since[DATE_WARC_SIZE], next[DATE_WARC_SIZE];
    FILE *out = context;
    if (visit->kind == VISIT_SPECULATIVE || visit->kind == VISIT_ROBOTS)
        return;
    date_write_warc(failure->since_ms, since);
    date_write_warc(failure->not_until_ms, next);
    fprintf(out, "  %.*s  %.*s (since %.10s, asked again %s%.10s)\n", TEXT_ARGS(visit->url),
            TEXT_ARGS(visit->reason), since, failure->not_until_ms ? "on " : "",
            failure->not_until_ms ? next : "next time");
}

/* What has failed for so long that it is no news, and what is there again. */
static void print_known_dead(const struct crawl_ended *ended)
{
    const struct failing *failing = &ended->summary->changes.failing;
    uint64_t dead = failing_known_dead(failing);
    struct trouble trouble;
    if (failing->came_back)
        printf("Came back: %llu %s that had failed %s captured.\n",
               (unsigned long long)failing->came_back,
               wording_plural(failing->came_back, "URL", "URLs"),
               wording_plural(failing->came_back, "is", "are"));
    if (!dead)
        return;
    printf("Known dead: %llu %s failed in three rounds or more (%llu new). %s asked for again now "
           "and then:\n",
           (unsigned long long)dead, wording_plural(dead, "URL has", "URLs have"),
           (unsigned long long)failing->newly_dead, dead == 1 ? "It is" : "They are");
    if (known_urls_each(ended->store->known, LISTING_KNOWN_DEAD, LISTED_MOST, print_dead, stdout,
                        &trouble) != RESULT_OK)
        printf("  (%s)\n", trouble.words);
    if (dead > LISTED_MOST)
        printf("  ... and more, all of them in %s/%s.json\n", ended->collection->runs,
               ended->summary->run);
}

/* The rule that left out most links, of those not yet named; URL_RULE_NONE when all are. */
static enum url_rule most_refused(const struct follow *follow, const struct url_rule_set *said)
{
    enum url_rule most = URL_RULE_NONE;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (!said->has[rule] && follow_refused(follow, rule) &&
            (!most || follow_refused(follow, rule) > follow_refused(follow, most)))
            most = rule;
    return most;
}

/* The rules that left out most links, and those that were switched off in vain. */
static void print_rules(const struct crawl_ended *ended, const char *directory)
{
    enum { RULES_NAMED = 6 };
    const struct follow *follow = ended->follow;
    struct url_rule_set said = {.has = {false}};
    enum url_rule rule = most_refused(follow, &said);
    for (int named = 0; named < RULES_NAMED && rule; named++) {
        printf("%s%s %llu", named ? ", " : "Links not followed, by rule: ", url_rule_name(rule),
               (unsigned long long)follow_refused(follow, rule));
        said.has[rule] = true;
        rule = most_refused(follow, &said);
        if (!rule || named + 1 == RULES_NAMED)
            printf("%s. To ask about one: warccap why %s URL\n", rule ? " ..." : "", directory);
    }
    for (rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (ended->options->rules_off.has[rule] && !follow_met_rule(follow, rule))
            printf("--no-rule %s made no difference: no link met this rule.\n",
                   url_rule_name(rule));
}

/* What limits cut, which URL first, and what would raise them. */
static void print_limits(const struct limit_ledger *ledger)
{
    struct buf url;
    buf_init(&url, PATH_WORDS);
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMITS; limit++) {
        if (!ledger->counts[limit])
            continue;
        buf_clear(&url);
        plain_text_add(&url, text_of(ledger->first[limit] ? ledger->first[limit] : "-"));
        printf("Limit reached (%s), %llu %s, first at %s: %s.\n", limit_name(limit),
               (unsigned long long)ledger->counts[limit],
               wording_plural(ledger->counts[limit], "time", "times"), url.data,
               limit_words(limit));
    }
    buf_release(&url);
}

/* Nothing when nothing changed. */
static void print_changes(const struct changes *changes)
{
    struct buf words;
    buf_init(&words, 2000);
    change_counts_words(&changes->counts, &words);
    if (words.length)
        printf("Since the last run: %s.\n", words.data);
    buf_release(&words);
}

/* A seed leads to another site: the user may want to name that one. */
static void print_new_homes(const struct new_homes *homes, const char *directory)
{
    struct buf seed, to;
    if (!homes->count)
        return;
    buf_init(&seed, PATH_WORDS);
    buf_init(&to, PATH_WORDS);
    wording_add_path(&seed, homes->first.data);
    wording_add_path(&to, homes->to.data);
    printf("Moved: %s leads to another site now, to %s", seed.data, to.data);
    if (homes->count > 1)
        printf(" (%zu seeds more do the like)", homes->count - 1);
    printf(". If that is its new address, add it as a seed: warccap crawl -o %s %s\n", directory,
           to.data);
    buf_release(&seed);
    buf_release(&to);
}

static void print_closed(const struct run_summary *summary)
{
    unsigned long long closed = summary->closed,
                       pagers = summary->counts[VISIT_PAGER][STATE_LEFT_OUT],
                       archives = summary->counts[VISIT_ARCHIVE][STATE_LEFT_OUT];
    if (!closed)
        return;
    printf("robots.txt closes %llu %s that the site links to", closed,
           wording_plural(closed, "URL", "URLs"));
    if (pagers || archives)
        printf(" (%llu of pagination, %llu of date archives)", pagers, archives);
    printf(". To capture them too: --robots off\n");
}

/* What was stored in another way than a person may expect. */
static void print_remarks(const struct run_summary *summary)
{
    bool one = summary->unchanged == 1;
    if (summary->unchanged)
        printf("%llu %s not changed and %s stored as %s.\n", (unsigned long long)summary->unchanged,
               one ? "response has" : "responses have", one ? "is" : "are",
               one ? "a revisit record" : "revisit records");
    one = summary->noindex == 1;
    if (summary->noindex)
        printf("%llu %s not to be indexed (noindex). The archive keeps %s, and the metadata %s.\n",
               (unsigned long long)summary->noindex, one ? "response asks" : "responses ask",
               one ? "it" : "them", one ? "record says so" : "records say so");
    one = summary->read_in_part == 1;
    if (summary->read_in_part)
        printf("%llu %s not read whole: too long, cut short, or impossible to decode. Links may be "
               "missing; the metadata %s (bodyError).\n",
               (unsigned long long)summary->read_in_part, one ? "body was" : "bodies were",
               one ? "record says why" : "records say why");
    if (summary->manifest[0])
        printf("To detect later changes to the archive, keep this checksum elsewhere: manifest "
               "sha256:%s\n",
               summary->manifest);
}

void run_text_print(const struct crawl_ended *ended)
{
    const struct run_summary *summary = ended->summary;
    char stored[BYTES_WORDS], body[BYTES_WORDS];
    struct buf archive, directory;
    double seconds = (double)(clock_wall_ms() - summary->began_ms) / 1000.0;
    buf_init(&archive, PATH_WORDS);
    buf_init(&directory, PATH_WORDS);
    wording_add_path(&archive, ended->collection->archive);
    wording_add_path(&directory, ended->collection->directory);
    printf("%llu %s, %llu %s (%s) in %.1f s; %s stored in %s\n", (unsigned long long)summary->pages,
           wording_plural(summary->pages, "page", "pages"), (unsigned long long)summary->responses,
           wording_plural(summary->responses, "response", "responses"),
           bytes_words(summary->body_bytes, body), seconds,
           bytes_words(summary->stored_bytes, stored), archive.data);
    completeness_print(&summary->completeness, stdout);
    print_closed(summary);
    print_rules(ended, directory.data);
    print_limits(follow_limits(ended->follow));
    print_changes(&summary->changes);
    print_new_homes(&summary->changes.homes, directory.data);
    print_known_dead(ended);
    print_remarks(summary);
    fflush(stdout); /* what failed goes to standard error, after this */
    buf_release(&archive);
    buf_release(&directory);
}

void run_text_print_failures(const struct crawl_ended *ended, bool quiet)
{
    const struct run_summary *summary = ended->summary;
    struct trouble trouble;
    if (!summary->failed)
        return;
    if (!quiet) /* else exit_status_print() has said it */
        fprintf(stderr, "warccap: %llu %s could not be captured; the next run tries again:\n",
                (unsigned long long)summary->failed,
                wording_plural(summary->failed, "URL", "URLs"));
    if (known_urls_each(ended->store->known, LISTING_FAILED, LISTED_MOST, print_failure, stderr,
                        &trouble) != RESULT_OK)
        fprintf(stderr, "warccap: %s\n", trouble.words);
    if (summary->failed > LISTED_MOST)
        fprintf(stderr, "  ... and more, all of them in %s/%s.json\n", ended->collection->runs,
                summary->run);
}

/* ---- the verdict ---- */

/* A run that ended before all was done. */
static void print_unfinished(const struct run_summary *summary)
{
    struct buf missing;
    buf_init(&missing, 2000);
    completeness_add_gaps(&summary->completeness, &missing);
    printf("Not complete: %s%s%s. Next: run the same command again%s; it goes on.\n",
           summary->reason ? summary->reason : "", summary->reason && missing.length ? "; " : "",
           missing.length ? missing.data : "",
           summary->end == CRAWL_LEFT_ALONE ? " later, and with a longer --wait if this repeats"
                                            : "");
    buf_release(&missing);
}

/* A run that did all it could, yet something is missing. */
static void print_incomplete(const struct crawl_ended *ended, const char *directory)
{
    const struct run_summary *summary = ended->summary;
    struct buf missing;
    buf_init(&missing, 2000);
    completeness_add_gaps(&summary->completeness, &missing);
    if (summary->completeness.nothing_kept) {
        buf_add(&missing, missing.length ? ", " : "");
        buf_printf(&missing, "nothing is kept%s%s",
                   summary->completeness.why_nothing[0] ? ": " : "",
                   summary->completeness.why_nothing);
    }
    printf("Not complete: %s. Next: ", missing.length ? missing.data : "the site lists more");
    if (summary->failed)
        printf("see the reasons above, then run the same command again.\n");
    else if (summary->completeness.no_seeds)
        printf("give a URL.\n");
    else if (summary->completeness.nothing_kept)
        printf("open the URL in a browser; the archive has what the site sent.\n");
    else
        printf("warccap verify --notes %s names what is missing.\n", directory);
    buf_release(&missing);
}

static void print_complete(const struct run_summary *summary, const char *directory)
{
    struct buf words;
    buf_init(&words, 2000);
    completeness_add_complete(&summary->completeness, &words);
    printf("%s To check it: warccap verify %s\n", words.data, directory);
    buf_release(&words);
}

void run_text_print_verdict(const struct crawl_ended *ended)
{
    const struct run_summary *summary = ended->summary;
    const struct completeness *completeness = &summary->completeness;
    struct buf directory;
    buf_init(&directory, PATH_WORDS);
    wording_add_path(&directory, ended->collection->directory);
    if (summary->waiting || (summary->reason && !completeness->complete_but_closed))
        print_unfinished(summary);
    else if (!completeness->complete_but_closed)
        print_incomplete(ended, directory.data);
    else
        print_complete(summary, directory.data);
    buf_release(&directory);
}
