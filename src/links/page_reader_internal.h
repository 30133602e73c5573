/*
 * What the files of the page reader share: page_reader.c (bodies), page_reader_ask.c (questions and
 * answers over the line to the jail) and page_reader_links.c.  Private to them.
 */
#ifndef LINKS_PAGE_READER_INTERNAL_H
#define LINKS_PAGE_READER_INTERNAL_H

#include "base/hash.h"
#include "links/links.h"
#include "links/page_body.h"
#include "links/page_reader.h"
#include "links/page_wire.h"
#include "links/url_parts.h"

enum {
    PIECE_BYTES = 64 * 1024,
    ROOM_KEPT = 1024 * 1024, /* a buffer that an unusual page made larger is freed */
    KNOWN_SLOTS = 1 << 13,
    BODIES_A_WORKER = 10000, /* then it is replaced: what has gone wrong in it does not last */
    WEIGH_EVERY = 256,       /* bodies */
    WORKER_MOST = 256 * 1024 * 1024,
    PAGE_VISIBLE_MOST = 3 * BODY_READ_MOST, /* in UTF-8, with a byte between the pieces */
};

/* A URL that was parsed before: most links of a page stand on other pages too. */
struct known_url {
    uint64_t hash; /* of the text, with a key that no worker knows; 0: free */
    uint64_t note; /* for the caller (web/link.h) */
    struct url_parts parts;
};

/* Where the links of the body stand. */
enum links_turn { LINKS_NONE, LINKS_COME, LINKS_ENDED };

struct page_links {
    enum links_turn turn;
    const struct links_source *source;
    struct text batch; /* the records that came last, still to be read */
    bool given;        /* one was returned */
    bool again;        /* a second worker was asked */
    bool no_memory;
    struct url view; /* parts of the current link, over the bytes in the message */
    /* What the page says and shows: */
    struct buf metas, visible;
    struct page_pieces pieces; /* of `visible` */
    struct facts_answer facts;
};

/* Bodies that are expected. */
struct page_queue {
    const struct page_source *list[PAGES_AHEAD_MOST];
    int count;
    int asked; /* so many, the first ones, were asked for */
};

struct page_reader {
    struct jail *jail; /* NULL: in this process */
    struct page_body own;
    struct url url;                   /* for parsing */
    const struct page_source *source; /* NULL: there is no body */
    struct body_facts facts;
    bool is_ahead; /* the links of the body were asked for, and nobody has taken them yet */
    bool is_alone; /* no other is asked for until it is left */
    bool worker_has_it;
    struct buf text; /* that was asked for */
    bool has_text, has_fingerprint;
    uint64_t fingerprint;
    struct page_queue expected;
    int asked_of_worker; /* bodies, since it was started ... */
    int weighed_at;      /* ... and when its memory was last looked at */
    int64_t worker_most; /* bytes of memory: one that holds more is replaced */
    char words[JAIL_WORDS];
    struct page_links links;
    struct hash_key key;
    struct known_url *known;
};

static inline struct text bytes_of(const void *at, size_t length)
{
    return (struct text){at, length};
}

/* What the worker has to know before it reads. */
struct page_body_head page_reader_head(struct page_reader *reader,
                                       const struct page_source *source);

/* ---- page_reader_ask.c ---- */

/* The worker is gone, or not to be believed. */
void page_reader_dismiss(struct page_reader *reader);
/* Reads the body in the jail, and asks for what is wanted ahead if `ahead`.  No other is asked for
 * until it is left.  LOST: the worker is gone; BROKEN: there is none. */
MUST_CHECK enum result page_reader_read_alone(struct page_reader *reader,
                                              const struct page_source *source, bool ahead,
                                              struct trouble *trouble);
/* Reads the first of those that are expected.  LOST as above; AGAIN: it was not asked for, or more
 * of it is needed than was sent. */
MUST_CHECK enum result page_reader_read_first(struct page_reader *reader);
/* Asks for as many of those that are expected as can be asked for without waiting. */
void page_reader_ask_more(struct page_reader *reader);
/* Those before `source` are expected no more.  Whether it is expected; if not, nothing changes. */
MUST_CHECK bool page_reader_drop_before(struct page_reader *reader,
                                        const struct page_source *source);
/* A worker that has read very many bodies, or holds much memory, is replaced: at once, or as
 * soon as its last answer has come. */
void page_reader_replace_old(struct page_reader *reader);
/* Nobody wants the links that were asked for with the body. */
void page_reader_skip_ahead(struct page_reader *reader);
/* The line to the worker, which has the body that was read, and from which nothing else is to come.
 * NULL: it is gone. */
MUST_CHECK struct messages *page_reader_be_alone(struct page_reader *reader);
/* The text comes in pieces. */
MUST_CHECK bool page_reader_take_text(struct page_reader *reader, struct messages *line);

#endif
