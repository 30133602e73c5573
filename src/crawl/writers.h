/*
 * The thread beside the fetch loop that turns captures into records: digests, compression, files, syncing.  What it
 * gives back as a receipt is on the disk.  Queues are bounded in number and bytes.
 */
#ifndef CRAWL_WRITERS_H
#define CRAWL_WRITERS_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/originals.h"
#include "archive/store.h"
#include "base/answer.h"
#include "base/buf.h"
#include "crawl/changes.h"
#include "crawl/crawl.h"
#include "warccap/warc.h"
#include "web/exchange.h"

/* One exchange with what is to be written beside it.  Once written, the octets of the exchange and the outlinks are
 * gone: a capture that waits for its sync is small. */
struct capture {
    struct exchange *exchange;
    int64_t key, host;
    enum visit_kind kind;
    int depth, attempts;
    int64_t robots_for;   /* VISIT_ROBOTS: as in struct visit */
    int period;           /* as in struct visit */
    char hops[VISIT_HOPS_MOST + 1];
    struct buf via;
    struct buf target;    /* where a redirect leads */
    struct buf outlinks;  /* lines "outlink: URL HOP CLASS/CERTAINTY WHERE" CRLF */
    bool failed;          /* no response: a metadata record with the error is all that is written */
    bool strange;         /* the answer is no response of HTTP/1.x: its octets are written as a resource */
    bool page;            /* the answer is a page, and is counted as such */
    char wish[64];        /* what the page or its header wishes of indexing robots ("noindex, nofollow"), noted only */
    struct holding before; /* what the archive held of the address; status 0: nothing.  original_url is not used: */
    struct holding now;    /* what it will hold: etag, modified; where the answer is, filled in by the writer */
    struct buf original_url; /* of `before`; the writer puts that of `now` there */
    bool same;             /* the payload is that of `before` */
    bool conditional, not_modified; /* 304 to a conditional request: it is written as a revisit without a block */
    enum change change;    /* against `before` */
    char type[64];        /* media type of the answer, for the log */
    int64_t body_length;  /* octets of its body as they came */
    /* Filled in by the writer: */
    struct warc_place place;  /* of the response, or of the metadata of a failure */
    int64_t file_end;         /* of the whole event in that file */
    struct buf line;          /* its CDXJ line, may be empty */
    char digest[40];          /* of the payload, "sha1:..."; empty for a failure */
    struct capture *next;
};

struct writers;

/* `originals` (NULL: nothing becomes a revisit) is the writer's until writers_stop(); `wake` is called, from the writer's thread, when a receipt or trouble is there. */
enum answer writers_start(struct writers **writers, const struct warc_writer_options *warc, bool strip_chunks,
                          struct originals *originals, enum crawl_compress compress, void (*wake)(void *context), void *context,
                          struct trouble *trouble);

/* An empty capture to fill in, a used one if there is one.  NULL without memory. */
struct capture *writers_blank(struct writers *writers, const char *spool_directory);
void writers_discard(struct writers *writers, struct capture *capture);

bool writers_have_room(struct writers *writers);
/* Hands a capture over.  The thread is woken for several at once: see writers_nudge(). */
void writers_put(struct writers *writers, struct capture *capture);
/* To be called before waiting for anything: wakes the thread when captures have waited long enough, or are enough.  Gives
 * the milliseconds after which to call again at the latest, -1 when none waits. */
int writers_nudge(struct writers *writers);
/* Asks for everything handed over so far to be synced now. */
void writers_hurry(struct writers *writers);
/* Whether the crawl is short of processor time: with --compress auto records are then compressed fast. */
void writers_press(struct writers *writers, bool pressed);
/* Captures handed over whose receipt has not been taken. */
int writers_pending(struct writers *writers);

/* The next capture that is durable; NULL when there is none now.  BROKEN trouble, once it came, is told every time. */
struct capture *writers_receipt(struct writers *writers, enum answer *answer, struct trouble *trouble);

/* Bytes of files written so far in this run. */
int64_t writers_bytes(struct writers *writers);
/* What is durable, receipt taken or not: pages, and answers with them. */
void writers_kept(struct writers *writers, uint64_t *pages, uint64_t *answers);

/* Writes what is left, finishes the file, ends the thread.  Receipts can still be taken until writers_free(). */
enum answer writers_stop(struct writers *writers, struct trouble *trouble);
void writers_free(struct writers *writers);

#endif
