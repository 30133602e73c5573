/* `warccap why`: prints what a collection knows of one URL. */
#include <config.h>

#include <stdio.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/plain_text.h"
#include "base/wording.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "collection/cdxj_lookup.h"
#include "collection/collection.h"
#include "crawl/recrawl.h"
#include "report/exit_code.h"
#include "store/sqlite_store.h"
#include "web/url.h"
#include "web/url_rules.h"

enum { TEXT_MOST_BYTES = 1 << 20 };

struct why_words {
    struct option_memory memory;
    int recheck;
    int64_t recheck_within_ms;
    bool sandbox;
};

static const char *const recheck_choices[] = {"auto", "all", "new", NULL};

static const struct option_row rows[] = {
    {"recheck", NULL, OPTION_CHOICE, "WHAT", offsetof(struct why_words, recheck),
     "the --recheck of the crawl", recheck_choices},
    {"recheck-within", NULL, OPTION_SECONDS, "TIME", offsetof(struct why_words, recheck_within_ms),
     "the --recheck-within of the crawl (default 7d)", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct why_words, sandbox), NO_SANDBOX_HELP,
     NULL},
};

static void print_line(const char *name, struct text text)
{
    struct buf plain;
    buf_init(&plain, TEXT_MOST_BYTES);
    plain_text_add(&plain, text);
    if (plain.length)
        printf("  %-10s %.*s\n", name, TEXT_ARGS(buf_text(&plain)));
    buf_release(&plain);
}

static void print_date(const char *name, int64_t wall_ms, const char *after)
{
    char date[DATE_WARC_SIZE];
    date_write_warc(wall_ms, date);
    printf("  %-10s %.19sZ%s\n", name, date, after);
}

/* Which record a player shows, after `words` about the URL (NULL: none).  False: there is no
 * record. */
static bool tell_record(const struct collection *collection, struct text url, const char *words)
{
    struct trouble trouble;
    struct cdxj_entry entry;
    struct cdxj_lookup *lookup = cdxj_lookup_open(collection->index, &trouble);
    bool found = lookup && cdxj_lookup_newest(lookup, url, &entry) == RESULT_OK;
    if (found && words)
        printf("%.*s: %s\n", TEXT_ARGS(url), words);
    if (found)
        printf("  record     %.*s, offset %lld, captured %.*s\n", TEXT_ARGS(entry.filename),
               (long long)entry.offset, TEXT_ARGS(entry.timestamp));
    cdxj_lookup_close(lookup);
    return found;
}

/* What the explanation is made from. */
struct telling {
    struct store *store;
    const struct collection *collection;
    const struct why_words *words;
    struct buf texts[3]; /* texts that the store gives: see enum */
    struct trouble trouble;
};

enum { TEXT_HISTORY, TEXT_PROVENANCE, TEXT_ORIGINAL, TEXT_COUNT };

static void print_rule(enum url_rule rule)
{
    print_line("rule", text_of(url_rule_name(rule)));
    print_line("because", text_of(url_rule_row(rule)->words));
}

static enum result tell_next(struct telling *telling, const struct url_history *history)
{
    struct recrawl_due due;
    enum result result =
        recrawl_schedule(telling->store, (enum crawl_recheck)telling->words->recheck,
                         telling->words->recheck_within_ms, &due, &telling->trouble);
    if (result != RESULT_OK)
        return result;
    const char *why = recrawl_due_why(&due, history);
    if (why)
        printf("  next run   requests it again: %s\n", why);
    else if (history->kind == VISIT_PAGER || history->kind == VISIT_ARCHIVE)
        printf("  next run   requests it again if a page links to it%s\n",
               due.walk ? ", because the whole site is walked" : " and has new posts");
    else
        print_date("next", recrawl_due_next_ms(&due, history),
                   ", or when a feed or sitemap says that it has changed");
    return RESULT_OK;
}

static enum result tell_captured(struct telling *telling, const struct url_history *history)
{
    struct held_capture held;
    print_date("captured", history->done_ms, "");
    enum result result = recrawl_state_held(telling->store->recrawl, history->key, &held,
                                            &telling->texts[TEXT_ORIGINAL], &telling->trouble);
    if (result == RESULT_OK) {
        printf("  status     %d; requested again %d %s, changed %d %s\n", held.status, held.checks,
               wording_plural((uint64_t)held.checks, "time", "times"), held.changes,
               wording_plural((uint64_t)held.changes, "time", "times"));
        if (held.changed_ms)
            print_date("changed", held.changed_ms, "");
    } else if (result != RESULT_END)
        return result;
    if (history->listed_ms)
        print_date("dated", history->listed_ms, " by a sitemap or feed");
    return tell_next(telling, history);
}

static enum result tell_failure(struct telling *telling, int64_t key)
{
    struct failure failure;
    enum result result =
        failure_state_find(telling->store->failures, key, &failure, &telling->trouble);
    if (result != RESULT_OK || !failure.rounds)
        return result == RESULT_END ? RESULT_OK : result;
    printf("  failed     in %d %s in a row\n", failure.rounds,
           wording_plural((uint64_t)failure.rounds, "round", "rounds"));
    print_date("since", failure.since_ms, failure.known_dead ? ": it is known dead" : "");
    if (failure.not_until_ms)
        print_date("due again", failure.not_until_ms, "");
    return RESULT_OK;
}

static void tell_state(struct text url, enum url_state state)
{
    printf("%.*s: %s\n  state      %s\n", TEXT_ARGS(url), url_state_name(state),
           url_state_row(state)->words);
}

static enum result tell_visit(struct telling *telling, const struct url_history *history,
                              struct text url)
{
    struct provenance provenance;
    enum result result =
        recrawl_state_provenance(telling->store->recrawl, history->key, &provenance,
                                 &telling->texts[TEXT_PROVENANCE], &telling->trouble);
    if (result != RESULT_OK)
        return result;
    tell_state(url, history->state);
    print_line("found in", provenance.via.length
                               ? provenance.via
                               : TEXT("no page: it is a seed, or a robots.txt file"));
    print_line("hops", provenance.hops);
    printf("  taken as   %s\n", visit_kind_name(history->kind));
    print_line("reason", provenance.reason);
    if (history->state == STATE_LEFT_OUT)
        print_rule(URL_RULE_ROBOTS);
    if (history->state != STATE_WAITING && provenance.attempts > 1)
        printf("  attempts   %d\n", provenance.attempts);
    if (history->state == STATE_WAITING && provenance.not_before_ms)
        print_date("not before", provenance.not_before_ms, "");
    if (history->state != STATE_WAITING && history->state != STATE_LEFT_OUT &&
        !url_state_failed(history->state, history->kind))
        result = tell_captured(telling, history);
    if (url_state_failed(history->state, history->kind))
        result = tell_failure(telling, history->key);
    if (result == RESULT_OK)
        tell_record(telling->collection, url, NULL);
    return result;
}

/* END for a URL that no page names. */
static enum result tell_refusal(struct telling *telling, int64_t key, struct text url)
{
    struct url_refusal refusal;
    enum result result = completeness_refusal(telling->store->completeness, key, &refusal,
                                              &telling->texts[TEXT_PROVENANCE], &telling->trouble);
    if (result == RESULT_END &&
        tell_record(telling->collection, url,
                    "in the archive, but no seed of the collection leads to it any more"))
        return RESULT_OK;
    if (result == RESULT_END)
        printf("%.*s: unknown; no captured page links to it\n", TEXT_ARGS(url));
    if (result != RESULT_OK)
        return result;
    tell_state(url, STATE_LEFT_OUT);
    print_rule(refusal.rule);
    print_line("found in", refusal.via);
    return RESULT_OK;
}

/* END for a URL that no page names. */
static enum result tell(struct telling *telling, const struct url *url)
{
    struct buf seen_key;
    struct url_history history;
    buf_init(&seen_key, 2 * URL_LONGEST);
    url_write_seen_key(url, &seen_key);
    int64_t key = store_key(telling->store, buf_text(&seen_key));
    buf_release(&seen_key);
    enum result result = recrawl_state_history(telling->store->recrawl, key, &history,
                                               &telling->texts[TEXT_HISTORY], &telling->trouble);
    if (result == RESULT_OK)
        return tell_visit(telling, &history, url_resource(url));
    return result == RESULT_END ? tell_refusal(telling, key, url_resource(url)) : result;
}

static int why(const char *path, const char *word, const struct why_words *words)
{
    struct telling telling = {.words = words, .trouble = trouble_none()};
    struct collection *collection = collection_is_at(path) ? collection_new(path) : NULL;
    struct url url;
    int code = EXIT_USAGE;
    url_init(&url);
    for (int i = 0; i < TEXT_COUNT; i++)
        buf_init(&telling.texts[i], TEXT_MOST_BYTES);
    telling.collection = collection;
    if (!collection)
        fprintf(stderr,
                "warccap why: %s is not a collection; give the directory that crawl wrote\n", path);
    else if (url_parse(&url, text_of(word), NULL, TEXT("")) != URL_OK)
        fprintf(stderr, "warccap why: \"%s\" is not an http or https URL\n", word);
    else {
        enum result result =
            sqlite_store_open_to_read(&telling.store, collection->store, &telling.trouble);
        if (result == RESULT_OK)
            result = tell(&telling, &url);
        if (result < RESULT_OK || result == RESULT_AGAIN)
            fprintf(stderr, "warccap why: %s\n", telling.trouble.words);
        code = result == RESULT_OK      ? EXIT_DONE
               : result == RESULT_END   ? EXIT_MISSING
               : result == RESULT_AGAIN ? EXIT_HELD
                                        : EXIT_FILES;
    }
    for (int i = 0; i < TEXT_COUNT; i++)
        buf_release(&telling.texts[i]);
    url_release(&url);
    store_close(telling.store);
    collection_free(collection);
    return code;
}

/* SQLite may have to make a file beside the store to read it. */
static int enter_box(const struct why_words *words, char *path)
{
    struct collection *collection = collection_new(path);
    struct box *box = collection ? reading_box_new(&path, 1) : NULL;
    if (box)
        box_allow(box, collection->state, BOX_CHANGE);
    collection_free(collection);
    return reading_box_enter(box, "why", words->sandbox, false);
}

static int run(int argc, char **argv)
{
    struct why_words words = {.recheck_within_ms = crawl_defaults().recrawl.within_ms,
                              .sandbox = true};
    int count;
    int result = options_read(&command_why, argc, argv, &words, &count);
    if (result == EXIT_DONE && count != 2) {
        fprintf(stderr, "warccap why: give a collection and a URL\n");
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE && !disk_exists(argv[1]) && disk_exists(argv[2])) {
        fprintf(stderr, "warccap why: the collection comes first: warccap why %s %s\n", argv[2],
                argv[1]);
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE)
        result = enter_box(&words, argv[1]);
    if (result == EXIT_DONE)
        result = why(argv[1], argv[2], &words);
    options_release(&command_why, &words);
    return options_exit_code(result);
}

const struct command command_why = {
    .name = "why",
    .arguments = "[options] PATH URL",
    .summary = "what became of a URL",
    .details = "Tells where a URL was found and what became of it (see STATES). Names the record "
               "that contains it, or the rule that left it out. Says when it will be requested "
               "again, and why. Ends with 4 when no captured page links to the URL.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
