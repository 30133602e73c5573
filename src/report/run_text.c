#include <config.h>

#include "report/run_text.h"

#include <stdio.h>

#include "base/clock.h"
#include "report/completeness_text.h"

enum { LISTED_MOST = 20 };

static void print_failure(void *context, const struct listed_visit *visit)
{
    FILE *out = context;
    if (visit->kind != VISIT_SPECULATIVE && visit->kind != VISIT_ROBOTS)
        fprintf(out, "  %.*s  %.*s\n", TEXT_ARGS(visit->url), TEXT_ARGS(visit->reason));
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

/* The rule that left most links out, of those that are not yet said; URL_RULE_NONE when all are. */
static enum url_rule most_refused(const struct follow *follow, const struct url_rule_set *said)
{
    enum url_rule most = URL_RULE_NONE;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (!said->has[rule] && follow_refused(follow, rule) &&
            (!most || follow_refused(follow, rule) > follow_refused(follow, most)))
            most = rule;
    return most;
}

/* The rules that left most links out, and those that were turned off in vain. */
static void print_rules(const struct follow *follow, const struct crawl_options *options)
{
    enum { RULES_NAMED = 6 };
    struct url_rule_set said = {.has = {false}};
    enum url_rule rule = most_refused(follow, &said);
    for (int named = 0; named < RULES_NAMED && rule; named++) {
        printf("%s%s %llu", named ? ", " : "Links not followed, by rule: ", url_rule_name(rule),
               (unsigned long long)follow_refused(follow, rule));
        said.has[rule] = true;
        rule = most_refused(follow, &said);
        if (!rule || named + 1 == RULES_NAMED)
            printf("%s. warccap why tells of each.\n", rule ? " ..." : "");
    }
    for (rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (options->rules_off.has[rule] && !follow_met_rule(follow, rule))
            printf("--no-rule %s let nothing in: no link met this rule.\n", url_rule_name(rule));
}

/* What changed, as one line of words; nothing when nothing did. */
static void print_changes(const struct changes *changes)
{
    bool any = false;
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++) {
        uint64_t pages = changes->pages[i], parts = changes->parts[i];
        if (!pages && !parts)
            continue;
        printf("%s%s %llu", any ? ", " : "Since the last run (pages + their parts): ",
               change_name((enum change)i), (unsigned long long)pages);
        if (parts)
            printf(" + %llu", (unsigned long long)parts);
        any = true;
    }
    printf(any ? ".\n" : "");
}

/* Whether all is there, and what to do next. */
static void print_verdict(const struct run_summary *summary, const struct collection *collection)
{
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

void run_text_print(const struct crawl_ended *ended)
{
    const struct run_summary *summary = ended->summary;
    char stored[BYTES_WORDS], body[BYTES_WORDS];
    double seconds = (double)(clock_wall_ms() - summary->began_ms) / 1000.0;
    printf("%llu pages, %llu answers with %s in %.1f s; %s stored in %s\n",
           (unsigned long long)summary->pages, (unsigned long long)summary->answers,
           bytes_words(summary->body_bytes, body), seconds,
           bytes_words(summary->stored_bytes, stored), ended->collection->archive);
    print_kinds(summary);
    completeness_print(&summary->completeness, stdout);
    if (summary->closed)
        printf(
            "robots.txt closes %llu addresses that the site links to (%llu pager, %llu archive); "
            "--robots off would take them.\n",
            (unsigned long long)summary->closed,
            (unsigned long long)summary->counts[VISIT_PAGER][STATE_EXCLUDED],
            (unsigned long long)summary->counts[VISIT_ARCHIVE][STATE_EXCLUDED]);
    print_rules(ended->follow, ended->options);
    print_changes(&summary->changes);
    if (summary->unchanged)
        printf(
            "%llu answers have not changed; they are kept as revisits of what the archive holds.\n",
            (unsigned long long)summary->unchanged);
    if (summary->wishes)
        printf("%llu answers wish not to be indexed (noindex and the like); they are kept, and "
               "their metadata records say so.\n",
               (unsigned long long)summary->wishes);
    if (summary->read_in_part)
        printf(
            "%llu %s not read whole: too long, cut short, or in a coding that cannot be decoded. "
            "Links may be missing; the metadata records say which (bodyFault).\n",
            (unsigned long long)summary->read_in_part,
            summary->read_in_part == 1 ? "body was" : "bodies were");
    if (summary->manifest[0])
        printf("Manifest sha256:%s: kept elsewhere, it proves that nothing was altered since.\n",
               summary->manifest);
    print_verdict(summary, ended->collection);
}

void run_text_print_failures(const struct crawl_ended *ended, bool quiet)
{
    const struct run_summary *summary = ended->summary;
    struct trouble trouble;
    if (!summary->failed)
        return;
    if (!quiet) /* else exit_status_print() has said it */
        fprintf(stderr,
                "warccap: %llu addresses could not be captured; the same command again tries them "
                "again:\n",
                (unsigned long long)summary->failed);
    if (queue_each(ended->store->queue, LISTING_FAILED, LISTED_MOST, print_failure, stderr,
                   &trouble) != RESULT_OK)
        fprintf(stderr, "warccap: %s\n", trouble.words);
    if (summary->failed > LISTED_MOST)
        fprintf(stderr, "  ... the others are in the run's summary under runs/\n");
}
