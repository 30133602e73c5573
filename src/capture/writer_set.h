/*
 * The thread beside the fetch loop that turns captures into records: digests, compression, files,
 * syncing.  What it gives back as a receipt is on the disk.  Queues are bounded in number and
 * bytes.
 */
#ifndef CAPTURE_WRITER_SET_H
#define CAPTURE_WRITER_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "capture/capture_options.h"
#include "capture/payload_identity.h"
#include "store/dedup.h"
#include "store/store.h"
#include "warccap/warc.h"
#include "web/change.h"
#include "web/exchange.h"

/* What the lines of a metadata record may take. */
enum { CAPTURE_OUTLINKS_MOST = 64 * 1024 * 1024 };

/* What is known of a response's body. */
struct captured_body {
    char type[64];                    /* its media type, for the log */
    int64_t length;                   /* octets of it as they came */
    enum body_fault fault;            /* why it is not whole, or can't be decoded ... */
    int64_t read_bytes;               /* ... and how much of it was read, decoded */
    struct payload_identity identity; /* when somebody needed it before the writer */
};

/* Where a capture is once it was written. */
struct captured_place {
    struct warc_place place; /* of the response, or of the metadata of a failure */
    int64_t file_end;        /* of the whole event in that file */
    struct buf line;         /* its CDXJ line, may be empty */
    char digest[40];         /* of the payload, "sha1:..."; empty for a failure */
};

/* One exchange with what is to be written beside it.  Once written, the octets of the exchange and
 * the outlinks are gone: a capture that waits for its sync is small. */
struct capture {
    struct exchange *exchange;
    int64_t key, host;
    enum visit_kind kind;
    int depth, attempts;
    int64_t robots_for; /* VISIT_ROBOTS: as in struct visit */
    int period;         /* as in struct visit */
    char hops[VISIT_HOPS_MOST + 1];
    struct buf via;
    struct buf target;   /* where a redirect leads */
    struct buf outlinks; /* lines of its metadata record: collection/provenance.h */
    bool failed;         /* no response: a metadata record with the error is all that is written */
    bool strange; /* the answer is no response of HTTP/1.x: its octets are written as a resource */
    bool page;    /* the answer is a page, and is counted as such */
    char robots_meta[64];       /* what the page or its header wishes of indexing robots ("noindex,
                            nofollow"),       noted only */
    struct held_capture before; /* what the archive held of the address; status 0: nothing.
                                   original_url is not used: */
    struct held_capture
        now; /* what it will hold: etag, modified; where the answer is, filled in by the writer */
    struct buf original_url; /* of `before`; the writer puts that of `now` there */
    bool same;               /* the payload is that of `before` */
    bool conditional,
        not_modified; /* 304 to a conditional request: it is written as a revisit without a block */
    enum change change; /* against `before` */
    struct captured_body body;
    struct captured_place written; /* filled in by the writer */
    struct capture *next;
};

struct writer_set;

/* `originals` (NULL: nothing becomes a revisit) is the writer's until writer_set_stop(); `wake` is
 * called, from the writer's thread, when a receipt or trouble is there. */
MUST_CHECK enum result writer_set_start(struct writer_set **writer_set,
                                        const struct warc_writer_options *warc, bool strip_chunks,
                                        struct dedup *dedup, enum crawl_compress compress,
                                        void (*wake)(void *context), void *context,
                                        struct trouble *trouble);

/* An empty capture to fill in, a used one if there is one.  NULL without memory. */
struct capture *capture_pool_get(struct writer_set *writer_set, const char *spool_directory);
void capture_pool_put(struct writer_set *writer_set, struct capture *capture);

bool writer_set_have_room(struct writer_set *writer_set);
/* Hands a capture over.  The thread is woken for several at once: see writer_set_wake(). */
void writer_set_put(struct writer_set *writer_set, struct capture *capture);
/* To be called before waiting for anything: wakes the thread when captures have waited long enough,
 * or are enough.  Gives the milliseconds after which to call again at the latest, -1 when none
 * waits. */
int writer_set_wake(struct writer_set *writer_set);
/* Asks for everything handed over so far to be synced now. */
void writer_set_flush(struct writer_set *writer_set);
/* Whether the crawl is short of processor time: with --compress auto records are then compressed
 * fast. */
void writer_set_load(struct writer_set *writer_set, bool pressed);
/* Captures handed over whose receipt has not been taken. */
int writer_set_pending(struct writer_set *writer_set);

/* The next capture that is durable; NULL when there is none now.  BROKEN trouble, once it came, is
 * told every time. */
struct capture *writer_set_receipt(struct writer_set *writer_set, enum result *result,
                                   struct trouble *trouble);

/* Bytes of files written so far in this run. */
int64_t writer_set_bytes(struct writer_set *writer_set);
/* What is durable, receipt taken or not: pages, and answers with them. */
void writer_set_kept(struct writer_set *writer_set, uint64_t *pages, uint64_t *answers);

/* Writes what is left, finishes the file, ends the thread.  Receipts can still be taken until
 * writer_set_free(). */
MUST_CHECK enum result writer_set_stop(struct writer_set *writer_set, struct trouble *trouble);
void writer_set_free(struct writer_set *writer_set);

#endif
