#include <config.h>

#include <stdio.h>

#include "base/clock.h"
#include "cmd/options.h"
#include "collection/cdxj_lookup.h"
#include "collection/collection.h"
#include "crawl/recrawl.h"
#include "store/store.h"
#include "web/url.h"

struct why_words {
    struct option_memory memory;
    int recheck;
    int64_t recheck_within_ms;
};

static const char *const recheck_choices[] = {"auto", "all", "new", NULL};

static const struct option_row rows[] = {
    {"recheck", NULL, OPTION_CHOICE, "WHAT", offsetof(struct why_words, recheck),
     "as the crawl is run with: auto, all or new", recheck_choices},
    {"recheck-within", NULL, OPTION_SECONDS, "TIME", offsetof(struct why_words, recheck_within_ms),
     "as the crawl is run with (default 7d)", NULL},
};

static void print_line(const char *name, struct text text)
{
    if (text.length)
        printf("  %-10s %.*s\n", name, TEXT_ARGS(text));
}

static void print_date(const char *name, int64_t wall_ms, const char *behind)
{
    char date[DATE_WARC_SIZE];
    date_write_warc(wall_ms, date);
    printf("  %-10s %.19sZ%s\n", name, date, behind);
}

/* Which record a reader is shown. */
static void tell_record(const struct collection *collection, struct text url)
{
    struct trouble trouble;
    struct cdxj_entry entry;
    struct cdxj_lookup *lookup = cdxj_lookup_open(collection->index, &trouble);
    if (lookup && cdxj_lookup_newest(lookup, url, &entry) == RESULT_OK)
        printf("  record     %.*s, offset %lld, captured %.*s\n", TEXT_ARGS(entry.filename),
               (long long)entry.offset, TEXT_ARGS(entry.timestamp));
    cdxj_lookup_close(lookup);
}

static void tell_captured(struct store *store, const struct why_words *words,
                          const struct url_history *history)
{
    struct trouble trouble;
    struct held_capture held;
    struct recrawl_due due;
    print_date("answered", history->done_ms, "");
    if (store_held_capture(store, history->key, &held, &trouble) == RESULT_OK) {
        printf("  status     %d; asked again %d times, changed %d times\n", held.status,
               held.checks, held.changes);
        if (held.changed_ms)
            print_date("changed", held.changed_ms, "");
    }
    if (history->said_ms)
        print_date("dated", history->said_ms, " by a sitemap or feed");
    if (recrawl_schedule(store, (enum crawl_recheck)words->recheck, words->recheck_within_ms, &due,
                         &trouble) != RESULT_OK)
        return;
    const char *why = recrawl_due_why(&due, history);
    if (why)
        printf("  next run   asks again: %s\n", why);
    else if (history->kind == VISIT_PAGER || history->kind == VISIT_ARCHIVE)
        printf("  next run   asks again if a page leads here%s\n",
               due.walk ? ", for the whole site is walked" : " that names new posts");
    else
        print_date("next", recrawl_due_next_ms(&due, history),
                   ", or when a list says that it has changed");
}

static void tell_visit(struct store *store, const struct collection *collection,
                       const struct why_words *words, const struct url_history *history,
                       struct text url)
{
    static const char *const states[STATE_COUNT] = {"it waits to be asked for",
                                                    "it is in the archive",
                                                    "it could not be captured",
                                                    "robots.txt closes it"};
    struct trouble trouble;
    struct provenance provenance;
    printf("%.*s: %s\n", TEXT_ARGS(url), states[history->state]);
    if (store_provenance(store, history->key, &provenance, &trouble) == RESULT_OK) {
        print_line("found in", provenance.via.length
                                   ? provenance.via
                                   : TEXT("no page: it is a seed, or robots.txt of one"));
        print_line("hops", provenance.hops);
        printf("  taken as   %s\n", visit_kind_name(history->kind));
        print_line("reason", provenance.reason);
        if (history->state != STATE_WAITING && provenance.attempts > 1)
            printf("  attempts   %d\n", provenance.attempts);
        if (history->state == STATE_WAITING && provenance.not_before_ms)
            print_date("not before", provenance.not_before_ms, "");
    }
    if (history->state == STATE_CAPTURED)
        tell_captured(store, words, history);
    tell_record(collection, url);
}

/* 0, or 4 for an address that nobody named. */
static int tell(struct store *store, const struct collection *collection,
                const struct why_words *words, const struct url *url)
{
    struct trouble trouble;
    struct buf seen_key;
    struct url_history history;
    struct text rule, via;
    buf_init(&seen_key, 2 * URL_LONGEST);
    url_write_seen_key(url, &seen_key);
    int64_t key = store_key(store, buf_text(&seen_key));
    buf_release(&seen_key);
    bool known = store_url_history(store, key, &history, &trouble) == RESULT_OK;
    if (known)
        tell_visit(store, collection, words, &history, url_resource(url));
    else if (store_refusal(store, key, &rule, &via, &trouble) == RESULT_OK) {
        printf("%.*s: not followed\n", TEXT_ARGS(url_resource(url)));
        print_line("rule", rule);
        print_line("found in", via);
        known = true;
    } else
        printf("%.*s: no page that was captured names it\n", TEXT_ARGS(url_resource(url)));
    return known ? 0 : 4;
}

static int why(const char *path, const char *address, const struct why_words *words)
{
    struct trouble trouble = trouble_none();
    struct collection *collection = collection_is_at(path) ? collection_new(path) : NULL;
    struct store *store = NULL;
    struct url url;
    int code = 2;
    url_init(&url);
    if (!collection)
        fprintf(stderr, "warccap why: %s is no collection; give the directory that crawl wrote\n",
                path);
    else if (url_parse(&url, text_of(address), NULL, TEXT("")) != URL_OK)
        fprintf(stderr, "warccap why: \"%s\" is no http or https address\n", address);
    else if (store_open_to_read(&store, collection->store, &trouble) != RESULT_OK) {
        fprintf(stderr, "warccap why: %s\n", trouble.words);
        code = trouble.result == RESULT_AGAIN ? 75 : 3;
    } else
        code = tell(store, collection, words, &url);
    url_release(&url);
    store_close(store);
    collection_free(collection);
    return code;
}

static int run(int argc, char **argv)
{
    struct why_words words = {.recheck_within_ms = crawl_defaults().recrawl.within_ms};
    int count;
    int result = options_read(&command_why, argc, argv, &words, &count);
    if (result == 0 && count != 2) {
        fprintf(stderr, "warccap why: give a collection and an address\n");
        result = 2;
    }
    if (result == 0)
        result = why(argv[1], argv[2], &words);
    options_release(&command_why, &words);
    return result < 0 ? 0 : result;
}

const struct command command_why = {
    .name = "why",
    .arguments = "[options] PATH URL",
    .summary = "what became of an address",
    .details = "Tells where an address of a collection was found, what became of it and in which "
               "record it is, or by which "
               "rule it was not followed; when it will be asked for again, and why. Ends with 4 "
               "when no page names it.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
