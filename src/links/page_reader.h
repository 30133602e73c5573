/*
 * Reads the bodies of strangers: takes codings off, tells what they are, and finds their links,
 * in this process or, with a jail (base/jail.h), in a process that can do nothing else.
 *
 *   page_reader_read() -> page_reader_text(), links_open() ... -> page_reader_leave()
 *
 * Several bodies may be expected: page_reader_expect() for each, then page_reader_read() for each
 * in the same order.  All that is wanted of them is asked for at once. So the process reads the
 * next body while we take the links of the last.  The answers come in the order of the questions.
 * If the process ends, the first body whose answer is not whole is to blame. That one is read once
 * more, alone; the others are asked for again. A body is read alone if it was not expected, or if
 * something else is wanted of it than was asked for. Expected ones are then asked for again.  What
 * is read never depends on what is expected.
 *
 * A page that ends the process in the jail, or makes it say what makes no sense, is undecodable
 * (BODY_UNDECODABLE); the next page gets another process.  Nothing that comes out of the jail is
 * believed: lengths and numbers are bounded, and URLs are parsed again.
 */
#ifndef LINKS_PAGE_READER_H
#define LINKS_PAGE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/jail.h"
#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "web/media_type.h"

struct page_reader;

/* What a body is needed for. */
enum page_use {
    PAGE_FOR_LINKS, /* it is read only if it may contain links */
    PAGE_FOR_RULES, /* it is read in any case: a robots.txt, whatever its type says */
    PAGE_USES
};

/* What will be wanted of a body besides its text, so that all is asked for at once: links of its
 * kind, with the character encoding that the head names.  Another wish is met too, but later. */
struct page_ahead {
    int year; /* as in struct links_source; 0: no links are asked for */
    bool without_text, without_body;
    bool fingerprint; /* page_reader_fingerprint() */
    struct text page; /* the URL of the page that the body belongs to, if it is a script */
    /* The whole body, as open() gives it, if it is in memory: then it may be expected. */
    struct text bytes;
};

/* A body and what is known of it.  It is borrowed until page_reader_leave(), and, if it is
 * expected, until it was read or is expected no more. */
struct page_source {
    struct text url;              /* absolute */
    const struct http_head *head; /* NULL: none is known */
    struct text head_bytes;       /* what the head was read from */
    struct text
        name; /* of a file that has neither head nor URL of its own; helps to tell its kind */
    enum page_use use;
    uint64_t response_bytes; /* as many came: the limits of what is read depend on it */
    bool dechunked;          /* the framing was taken off before */
    /* The whole body, if it is in memory and neither framed nor coded; otherwise empty. */
    struct text plain;
    /* The body from its beginning, without its head.  May be called twice if `reopens`. */
    struct body_source (*open)(void *context);
    void *context;
    bool reopens;
    struct page_ahead ahead;
};

struct body_facts {
    enum body_error error;
    enum media_kind kind;
    bool wanted;     /* it may contain links, or rules: as much as is read of its kind was read */
    uint64_t length; /* of the decoded text */
};

/* What runs in the jail. */
extern const struct jail_task page_reader_task;

/* `jail` is borrowed; NULL: bodies are read in this process.  NULL: out of memory. */
struct page_reader *page_reader_new(struct jail *jail);
void page_reader_free(struct page_reader *reader);

/* The body will be read after those that are expected already.  It must be possible to open it
 * again. At most PAGES_AHEAD_MOST are expected; more, and those in other memory than ahead.bytes,
 * are simply read when they are read.  Does nothing without a jail. */
enum { PAGES_AHEAD_MOST = 16 };
void page_reader_expect(struct page_reader *reader, const struct page_source *source);
/* None is expected any more. */
void page_reader_expect_none(struct page_reader *reader);

/* Reads a body; those that were expected before it are expected no more.  OK, also if it has an
 * error; BROKEN: there is no process to read it. */
MUST_CHECK enum result page_reader_read(struct page_reader *reader,
                                        const struct page_source *source, struct body_facts *facts,
                                        struct trouble *trouble);
/* The decoded text of the body that was read.  *error is changed only if it cannot be had. */
struct text page_reader_text(struct page_reader *reader, enum body_error *error);
/* A hash of the text that a reader of the page sees (html/page_text.h).  *error as above; 0 then.
 */
uint64_t page_reader_fingerprint(struct page_reader *reader, enum body_error *error);
/* The body is no longer needed. */
void page_reader_leave(struct page_reader *reader);

/* How the process ended that an undecodable body was read in: "crashed"; "" when there was none.
 * Valid until the next page_reader_read(). */
const char *page_reader_words(const struct page_reader *reader);

/* ---- for links.c ---- */

struct links_source;
struct link;
struct page_facts;

bool page_reader_is_jailed(const struct page_reader *reader);
/* Asks for the links of the body that was read.  False: they cannot be had, and the source's error
 * says so. */
bool page_reader_open_links(struct page_reader *reader, const struct links_source *source);
/* As links_page_facts(), but there are always pieces, so that nobody looks for them here.  Of too
 * many there are none. */
struct page_facts page_reader_page_facts(const struct page_reader *reader);
/* As links_next(). */
bool page_reader_next_link(struct page_reader *reader, struct link *link);
/* As links_ok(): false if memory ran out here or there. */
bool page_reader_has_links(const struct page_reader *reader);
/* Returns the same. */
bool page_reader_close_links(struct page_reader *reader);

#endif
