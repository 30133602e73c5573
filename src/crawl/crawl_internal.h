/*
 * What the crawl*.c files share.  crawl_begin.c runs once.  Then crawl.c runs the loop. Each turn
 * calls crawl_visits.c (requests and responses), crawl_expect.c (bodies read ahead),
 * crawl_receipts.c (captures on disk) and crawl_limits.c.
 */
#ifndef CRAWL_CRAWL_INTERNAL_H
#define CRAWL_CRAWL_INTERNAL_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/result.h"
#include "capture/writer_set.h"
#include "collection/collection.h"
#include "collection/manifest.h"
#include "crawl/crawl.h"
#include "crawl/crawl_observer.h"
#include "crawl/follow.h"
#include "crawl/recrawl.h"
#include "crawl/recrawl_compare.h"
#include "crawl/response_body.h"
#include "crawl/slow_compare.h"
#include "crawl/summary.h"
#include "crawl/url_list.h"
#include "fetch/fetch.h"
#include "frontier/frontier.h"
#include "frontier/scope.h"
#include "frontier/visit_judge.h"
#include "store/dedup.h"
#include "store/store.h"

struct recovered; /* crawl/recover.h */

/* Made while a run begins. */
struct crawl_beginning {
    struct crawl_options options; /* as given; the seeds are completed: collection_seeds.h */
    struct url_list seeds;        /* of the collection, when none was given */
    struct url_list forgotten;
    struct buf new_seeds; /* keys of seeds of this run that the collection did not know as such */
    struct recorded_options last; /* from the newest warcinfo that was recovered */
    bool has_forgotten;           /* this run forgets a seed, or a lost store had to again ... */
    bool had_forgotten;           /* ... and before it, some were forgotten already */
    struct buf key;               /* scratch: the key of a URL */
    struct buf users;             /* of the seeds: lines of "ORIGIN USER:PASSWORD" */
    bool round_was_open;          /* an earlier run did not finish its round */
    bool recovered;               /* the archive had captures that the store did not know */
    bool recovered_own;           /* of earlier runs of ours */
    bool late_seed;               /* a seed was recovered after links that may belong to its site */
    bool other_options;           /* the store was judged by other options, or without some seed */
    const char *sandbox;          /* how much of it holds: "whole", "partial", "off" */
    struct visit_judge *judge; /* knows what this run's options leave out; the frontier asks it */
};

/* What a run writes beside the WARC files. */
struct crawl_files {
    FILE *log;
    struct dedup *dedup; /* digests of payloads; NULL: not wanted */
    struct manifest *manifest;
    struct buf lines;   /* for the index, of captures that are on disk */
    size_t merge_bytes; /* the index is merged when these lines are longer */
    char file[256];     /* the WARC file of the last line ... */
    int64_t file_end;   /* ... and where that line's capture ends */
};

/* When things are due, by the steady clock. */
struct crawl_clock {
    int64_t began_ms;
    int64_t commit_due_ms;
    int64_t disk_due_ms;
    int64_t names_due_ms;
    int64_t rate_ready_ms;  /* --limit-rate is used up until then */
    int64_t finish_by_ms;   /* after a stop: running transfers are given up then */
    int64_t load_since_ms;  /* when the load was last checked ... */
    int64_t load_thread_ms; /* ... and the processor time then */
};

/* After a signal, what is large is given up: what is read or written in this thread. */
struct hurry {
    const struct crawl_calls *calls;
    int64_t since_ms; /* when this thread learned of the signal; 0: of none */
};

/* How a run ends early. */
struct crawl_ending {
    bool stopping;            /* nothing new is requested */
    enum crawl_end limit_end; /* of a limit that was reached ... */
    /* ... in words; NULL: none.  From now on, only requisites of captured pages are requested. */
    const char *limit;
    char reason[PATH_MAX + 64];
    struct hurry own, writers;   /* of the fetch loop, and of the writer's thread */
    int64_t maybe_pages;         /* requests under way whose responses may be pages */
    struct kept_back *kept_back; /* responses of hosts that may shut us out: crawl_lockout.c */
    struct cookie_walls *cookie_walls; /* URLs to ask for again: crawl_cookies.c */
};

/* How bodies are read. */
struct crawl_reading {
    struct response_body *body; /* of the present response */
    /* NULL: bodies are read here.  Bodies of the archive are read in another jail, because the
     * links of the current response may still be unread. */
    struct jail *jail, *archive_jail;
    struct page_reader *archive_reader; /* NULL: before the box */
};

struct crawl {
    const struct crawl_options *options;
    struct crawl_calls *calls;
    struct crawl_observer observer; /* none of its functions is NULL */
    struct collection *collection;
    struct store *store;
    struct scope *scope;
    struct frontier *frontier;
    struct fetch *fetch;
    struct crawl_reading reading;
    struct follow *follow;
    struct recrawl *recrawl;
    struct recrawl_compare *compare;
    struct writer_set *writer_set;
    struct run_summary summary;
    struct crawl_beginning begin;
    struct crawl_files files;
    struct crawl_clock clock;
    struct crawl_ending ending;
    enum result result;
    struct trouble trouble;
};

/* Opens everything, learns what the archive knows and the store does not, and offers the seeds.  No
 * request has been made yet. */
MUST_CHECK enum result crawl_begin(struct crawl *crawl);
/* The key of an archived URL. */
int64_t crawl_key_of_recovered(struct crawl *crawl, const struct recovered *recovered,
                               const struct url *url);
/* Copies the last hops of a long way. */
void crawl_copy_hops(char out[VISIT_HOPS_MOST + 1], struct text hops);
/* Adds the seeds that the store knows, and those of this run, to the scope. */
MUST_CHECK enum result crawl_add_known_seeds(struct crawl *crawl);
/* What the body of a response is read for. */
enum page_use crawl_body_use(const struct capture *capture);
/* The body will be read soon, after those of which this was said before.  The head is borrowed
 * until then.  Most are read; what was asked for in vain is skipped. */
void crawl_expect_body(struct crawl *crawl, struct capture *capture, const struct http_head *head);
/* Decodes the body of a response, and notes its error; as response_body_read(). */
MUST_CHECK enum result crawl_read_body(struct crawl *crawl, struct capture *capture,
                                       const struct http_head *head, struct text *body);

/* Enters the sandbox (base/box.h) and starts the jail in which bodies are read (base/jail.h), if
 * the options want one.  BROKEN only without memory: what the system lacks is told the observer, in
 * the first run of a collection. */
MUST_CHECK enum result crawl_enter_box(struct crawl *crawl);
/* Stops a run that can't look names up any more, because of its sandbox. */
void crawl_watch_box(struct crawl *crawl);
/* The run's name for people: its first seed. */
void crawl_title(const struct crawl *crawl, char *out, size_t size);

enum { USER_AGENT_SIZE = 512 };
void crawl_write_user_agent(const struct crawl_options *options, char out[USER_AGENT_SIZE]);
/* Starts the writer's thread.  Each file gets a warcinfo record with the options of this run. */
MUST_CHECK enum result crawl_start_writers(struct crawl *crawl);
/* For a run with other options that has captured nothing: writes a file with the options,
 * because verify and later runs read them there.  The writer's thread must have ended. */
MUST_CHECK enum result crawl_record_options(struct crawl *crawl);

/* Starts the visits that may start now.  *wait_ms: the time until another visit is ready. */
MUST_CHECK enum result crawl_start_visits(struct crawl *crawl, int *wait_ms);
/* Takes the responses that have ended: links to the frontier, bytes to the writer. */
MUST_CHECK enum result crawl_take_responses(struct crawl *crawl);
/* How many requests run, and how many responses are being compared: none of these has been taken
 * yet. */
int crawl_running(const struct crawl *crawl);
/* Writes the log line of an attempt, and tells the observer. */
void crawl_note_attempt(struct crawl *crawl, const struct capture *capture, const char *annotation);
/* Makes a capture for a visit, not yet requested.  The caller hands it on. */
MUST_CHECK enum result crawl_make_capture(struct crawl *crawl, const struct visit *visit,
                                          struct capture **capture);
/* Sends the request of a visit: the capture belongs to the fetcher until its response ends. */
MUST_CHECK enum result crawl_request(struct crawl *crawl, const struct visit *visit,
                                     struct capture *capture);
/* Takes a response that was kept back, and counts after all. */
MUST_CHECK enum result crawl_take_judged(struct crawl *crawl, struct capture *capture,
                                         enum fetch_end end);

/* Takes captures that are on disk.  Only now does the store learn of them, and from time to time
 * the index. */
MUST_CHECK enum result crawl_take_receipts(struct crawl *crawl);
MUST_CHECK enum result crawl_flush_index(struct crawl *crawl);

/* ---- crawl_lockout.c: hosts that may shut us out (frontier/lockout.h) ---- */

/* Notes a response.  *kept: the capture is kept back, and taken or given back later; `kept` NULL:
 * the caller has other plans for it.  `body` is decoded. */
MUST_CHECK enum result crawl_lockout_note(struct crawl *crawl, struct capture *capture,
                                          const struct http_head *head, struct text body,
                                          enum fetch_end end, bool *kept);
/* Whether the capture is of a probe; then crawl_lockout_take_probe() is its end. */
bool crawl_lockout_is_probe(struct crawl *crawl, const struct capture *capture);
MUST_CHECK enum result crawl_lockout_take_probe(struct crawl *crawl, struct capture *capture,
                                                const struct http_head *head, enum fetch_end end);
/* The host has shown what its redirects are for: what was kept back of it counts. */
void crawl_lockout_release(struct crawl *crawl, int64_t host);
/* Once per turn: takes what is judged, judges hosts that have nothing else to be asked for, and
 * starts a probe.  *wait_ms: lowered to the time until the next one.  *pauses: nothing else is to
 * be requested in this turn, because what is kept back may have reached the page limit. */
MUST_CHECK enum result crawl_lockout_turn(struct crawl *crawl, int *wait_ms, bool *pauses);
/* A limit was reached, and nothing else can be requested.  Judges what is kept back.  *waits: the
 * run must go on, because something counts now, or a probe is due. */
MUST_CHECK enum result crawl_lockout_before_limit(struct crawl *crawl, bool *waits);
/* The run ends, without an error.  What is still kept back counts if nothing speaks against it.  If
 * it is not known what it is, it is stored, but its URL waits for the next run. */
MUST_CHECK enum result crawl_lockout_settle(struct crawl *crawl);
void crawl_lockout_free(struct crawl *crawl);
/* Writes to the archive that the URL's last response was not what the URL has, and why.  It had
 * looked sound.  `walled`: the URL is refused; otherwise it waits. */
MUST_CHECK enum result crawl_take_back(struct crawl *crawl, int64_t key, const char *words,
                                       bool walled);
/* How many responses are kept back. */
int crawl_lockout_count_kept(const struct crawl *crawl);
/* Appends "HOST began to refuse after 12 responses: 403 for the last 6 URLs"; false: no host shuts
 * us out. */
bool crawl_lockout_words(const struct crawl *crawl, struct buf *out);

/* Appends them as JSON objects, separated by commas; also those that served us again. */
void crawl_lockout_json(const struct crawl *crawl, struct buf *out);

/* ---- crawl_cookies.c: URLs that redirect in a circle until a cookie is sent ---- */

/* Whether the response only sets a cookie and leads to its own URL: the visit is made again. */
bool crawl_cookie_opens(const struct capture *capture, const struct http_head *head);
/* Sees a redirect, after follow_redirect().  If it leads back to a URL that led here, and a cookie
 * was set, that URL will be requested again, once in a run. */
MUST_CHECK enum result crawl_cookies_see_redirect(struct crawl *crawl, struct capture *capture);
/* Once per turn: puts these URLs back in the queue. */
MUST_CHECK enum result crawl_cookies_turn(struct crawl *crawl);
void crawl_cookies_free(struct crawl *crawl);

/* Ends the run early, for a reason given as a format: running transfers get a few more seconds.
 * Does nothing if the run is stopping already. */
__attribute__((format(printf, 3, 4))) void crawl_stop_for(struct crawl *crawl, enum crawl_end end,
                                                          const char *format, ...);
/* Whether large work is to be given up; `context` is a struct hurry of the calling thread. */
bool crawl_is_hurried(void *context);
/* Called once per turn: signals, limits, hosts that want to be left alone, progress, load. */
void crawl_watch(struct crawl *crawl);
/* Whether the requests under way may be the last pages before the page limit: then nothing is begun
 * until one of them ends. */
bool crawl_pages_are_enough(const struct crawl *crawl);

/* ---- crawl_spelling.c ---- */

/* Whether a rule leaves out a visit whose turn has come, or it has to wait. */
MUST_CHECK enum result crawl_judge_turn(struct crawl *crawl, const struct visit *visit,
                                        struct trap_turn *turn);
/* A visit that asks for another spelling of a known URL: compares its response, which is on the
 * disk, with the capture of that URL. */
MUST_CHECK enum result crawl_spelling_note(struct crawl *crawl, const struct capture *capture);
/* Whether what came to such a visit is no use to anybody ... */
bool crawl_spelling_drops(struct crawl *crawl, const struct capture *capture,
                          const struct http_head *head, enum fetch_end end);
/* ... then nothing of it is stored. */
MUST_CHECK enum result crawl_spelling_drop(struct crawl *crawl, struct capture *capture);

#endif
