/*
 * The thread that turns captures into records beside the fetch loop: digests, compression, files,
 * syncing.  A capture that it gives back as a receipt is on disk.  Its queues are bounded in number
 * and bytes.
 */
#ifndef CAPTURE_WRITER_SET_H
#define CAPTURE_WRITER_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/give_up.h"
#include "base/result.h"
#include "capture/capture_options.h"
#include "capture/payload_identity.h"
#include "store/dedup.h"
#include "store/store.h"
#include "warccap/warc.h"
#include "web/change.h"
#include "web/exchange.h"
#include "web/limit.h"

enum {
    CAPTURE_OUTLINKS_MOST = 64 * 1024 * 1024, /* limit for the lines of a metadata record */
    CAPTURE_OUTLINKS_IN_MEMORY = 1024 * 1024, /* more are moved to the disk */
};

/* What is known about a response's body. */
struct captured_body {
    char type[64];         /* its media type, for the log */
    int64_t length;        /* octets of it as they came */
    enum body_error error; /* why it is not whole, or can't be decoded ... */
    int64_t read_bytes;    /* ... and how much of it was read, decoded */
    enum url_state state;  /* for its URL (keeping.h); WAITING until it is judged */
    bool to_login;         /* of a redirect: a login stands in the page's place */
    bool to_itself;        /* ... or it leads back to where it came from */
    /* whose challenge stands in the place of the page (traps/challenge.h); static; NULL: none */
    const char *challenge;
    enum limit limit;                 /* that cut the page or its redirect; LIMIT_NONE */
    bool walled;                      /* the same stands in the place of every page of the host */
    bool taken_back;                  /* ... or stood there in an earlier response of this URL */
    struct payload_identity identity; /* when somebody needed it before the writer */
};

/* Where a capture was written. */
struct captured_place {
    struct warc_place place; /* of the response, or of the metadata of a failure */
    int64_t file_end;        /* end of the whole event in that file */
    struct buf line;         /* its CDXJ line, may be empty */
    char digest[40];         /* of the payload, "sha1:..."; empty for a failure */
    bool given_up;           /* it was not written: see writer_set_give_up_when() */
};

/* Of a robots.txt: whose rules it has. */
struct captured_rules {
    int64_t host;         /* robots_for in struct visit; 0: none */
    struct buf host_name; /* only if it was redirected */
};

/* Lines of a metadata record: collection/provenance.h.  Many are moved to the disk, so that a page
 * with any number of links takes little memory. */
struct captured_lines {
    struct buf last;
    struct spool spilled; /* those before them; mostly empty */
};

/* One exchange with what is written beside it.  Once they are written, the bytes of the exchange
 * and the outlinks are freed, so a capture that waits for its sync is small. */
struct capture {
    struct exchange *exchange;
    int64_t key, host;
    enum visit_kind kind;
    int depth, attempts;
    struct captured_rules rules;
    int period; /* as in struct visit */
    char hops[VISIT_HOPS_MOST + 1];
    struct buf via;
    struct buf target; /* where a redirect leads */
    struct captured_lines outlinks;
    bool failed;   /* no response: only a metadata record with the error is written */
    bool not_http; /* not an HTTP/1.x response: its bytes are written as a resource */
    bool page;     /* the response is a page, and is counted as one */
    /* What the page or its header asks of indexing robots ("noindex, nofollow"); only noted. */
    char robots_meta[64];
    /* What the archive had of the URL; status 0: nothing.  Its original_url is not used; see
     * below. */
    struct held_capture before;
    /* What it will have: etag, modified, and the place of the response, filled in by the writer. */
    struct held_capture now;
    struct buf original_url; /* of `before`; the writer puts that of `now` there */
    bool same;               /* the payload is that of `before` */
    bool conditional;
    bool not_modified;  /* 304 to a conditional request: written as a revisit without a block */
    enum change change; /* compared with `before` */
    struct captured_body body;
    struct captured_place written; /* filled in by the writer */
    struct capture *next;
};

/* Call this between two lines.  BROKEN when the disk does not take what is too much for memory. */
MUST_CHECK enum result captured_lines_spill(struct captured_lines *lines, struct trouble *trouble);
/* Of all lines. */
size_t captured_lines_length(const struct captured_lines *lines);

struct writer_set;

/* `dedup` (NULL: nothing becomes a revisit) belongs to the writer until writer_set_stop().  The
 * writer's thread calls `wake` when there is a receipt or an error. */
MUST_CHECK enum result writer_set_start(struct writer_set **writer_set,
                                        const struct warc_writer_options *warc, bool strip_chunks,
                                        struct dedup *dedup, enum crawl_compress compress,
                                        void (*wake)(void *context), void *context,
                                        struct trouble *trouble);

/* Call this before the first capture is handed over.  The thread asks while it writes a large
 * capture.  A capture that is given up leaves nothing in the file, and comes back as a receipt at
 * once. */
void writer_set_give_up_when(struct writer_set *writer_set, struct give_up give_up);

/* An empty capture to fill in, reused if possible.  NULL without memory. */
struct capture *capture_pool_get(struct writer_set *writer_set, const char *spool_directory);
void capture_pool_put(struct writer_set *writer_set, struct capture *capture);

bool writer_set_have_room(struct writer_set *writer_set);
/* Hands a capture over.  The thread is woken for several at once: see writer_set_wake(). */
void writer_set_put(struct writer_set *writer_set, struct capture *capture);
/* Call this before waiting for anything.  Wakes the thread when enough captures have waited, or
 * have waited long enough.  Returns after how many milliseconds to call again, at most; -1: none
 * waits. */
int writer_set_wake(struct writer_set *writer_set);
/* Syncs everything that was handed over so far, as soon as possible. */
void writer_set_flush(struct writer_set *writer_set);
/* Tells whether the crawl is short of processor time: with --compress auto, records are then
 * compressed fast. */
void writer_set_load(struct writer_set *writer_set, bool pressed);
/* Captures that were handed over and not yet taken as receipts. */
int writer_set_pending(struct writer_set *writer_set);

/* The next capture that is durable; NULL when there is none now.  An error (BROKEN) is returned by
 * every call after it happened. */
struct capture *writer_set_receipt(struct writer_set *writer_set, enum result *result,
                                   struct trouble *trouble);

/* Bytes of files written so far in this run. */
int64_t writer_set_bytes(struct writer_set *writer_set);
/* What is durable, receipt taken or not: pages, and responses including pages. */
void writer_set_kept(struct writer_set *writer_set, uint64_t *pages, uint64_t *responses);

/* Writes what is left, finishes the file, ends the thread.  Receipts can still be taken until
 * writer_set_free(). */
MUST_CHECK enum result writer_set_stop(struct writer_set *writer_set, struct trouble *trouble);
void writer_set_free(struct writer_set *writer_set);

#endif
