/*
 * The limits of what one run takes from strangers, as a table with one row per limit: its name,
 * what it cuts in words, and what raises it.  Where a limit has cut something, these words are in
 * the archive, the crawl log and the summary; verify knows them again there.
 */
#ifndef WEB_LIMIT_H
#define WEB_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/url_rules.h"

#define LIMIT_FIXED "this limit is fixed"

/* clang-format off */
#define LIMITS_TABLE(ROW) \
    /* ---- of one response ---- */ \
    ROW(URL_SIZE, "url-size", "the response is longer than the size limit for one URL", "--url-size-limit raises this limit") \
    ROW(URL_TIME, "url-time", "the response takes longer than the time limit for one URL", "--url-time-limit raises this limit") \
    ROW(UNENDING, "unending", "the response has no length, and does not end", "--url-time-limit raises this limit") \
    ROW(UNENDING_SIZE, "unending-size", "the response has no length, and does not end: only 1 GB is taken, of text 256 MB, of streams 16 MB", LIMIT_FIXED) \
    ROW(SLOW, "slow", "the response comes too slowly to wait for its end", "--url-time-limit raises this limit") \
    ROW(MIN_RATE, "min-rate", "the response came too slowly to wait for its end", "a lower --min-rate waits longer") \
    ROW(RUN_RATE, "run-rate", "the response comes too slowly to end before the run does", "--time-limit raises this limit") \
    ROW(RUN_TIME, "run-time", "the run's time limit was reached before the response had ended", "--time-limit raises this limit") \
    ROW(RUN_SIZE, "run-size", "the response is longer than the run's size limit allows", "--size-limit raises this limit") \
    ROW(DISK, "disk", "the response is longer than the disk has room for", "more room on the disk or a lower --disk-reserve raises this limit") \
    ROW(HEAD, "head", "the head of the response is longer than a megabyte", LIMIT_FIXED) \
    ROW(INTERIM, "interim", "too many interim responses came", LIMIT_FIXED) \
    ROW(TRAILERS, "trailers", "too many trailer fields came", LIMIT_FIXED) \
    ROW(ROBOTS, "robots", "the robots.txt is longer than 512 KiB: only the rules in its beginning are obeyed", LIMIT_FIXED) \
    ROW(BODY, "body", "the page or list is longer than the part that is read for links", LIMIT_FIXED) \
    /* ---- of what pages and redirects name ---- */ \
    ROW(PARTS, "parts", "the page names more parts than are taken of one page", "--part-limit raises this limit") \
    ROW(HOSTS, "hosts", "more hosts are named than one run takes", "--host-limit raises this limit") \
    ROW(REDIRECTS, "redirects", "too many redirects in a row lead here", LIMIT_FIXED) \
    ROW(REDIRECTS_IN_ALL, "redirect-total", "the run has followed as many redirects as it takes", "--redirect-limit raises this limit") \
    ROW(REQUISITE_DEPTH, "requisite-chain", "frames, style sheets or scripts are too deep in each other", LIMIT_FIXED) \
    ROW(SITEMAP_DEPTH, "sitemap-chain", "sitemaps are too deep in each other", LIMIT_FIXED)
/* clang-format on */

enum limit {
    LIMIT_NONE,
#define ROW(id, name, words, raise) LIMIT_##id,
    LIMITS_TABLE(ROW)
#undef ROW
        LIMITS,
};

/* None of these takes LIMIT_NONE.  All texts are static. */
const char *limit_name(enum limit limit);
/* What it cuts, and in brackets what raises it: as errors in logs and metadata records say it. */
const char *limit_words(enum limit limit);

/* The limit whose limit_words() these are, perhaps of an earlier version without the brackets;
 * LIMIT_NONE: they are about something else. */
enum limit limit_of_words(struct text words);
/* The limit that a rule for URLs stands for; LIMIT_NONE: the rule is not a limit. */
enum limit limit_of_rule(enum url_rule rule);

/* What was cut in a run: how often, and the first URL by each limit.  Begins as {0}. */
struct limit_ledger {
    uint64_t counts[LIMITS];
    char *first[LIMITS]; /* owned; NULL: none, or no memory */
};

/* LIMIT_NONE is allowed, and nothing is noted. */
void limit_note(struct limit_ledger *ledger, enum limit limit, struct text url);
void limit_ledger_release(struct limit_ledger *ledger);
/* Appends the limits that cut something, as JSON objects separated by commas. */
void limit_ledger_json(const struct limit_ledger *ledger, struct buf *out);

#endif
