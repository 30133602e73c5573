/*
 * What is said over the line to the jail.  Both ends are one program, so numbers are in its own
 * byte order.  Private to this room.
 *
 *   we:     TELL_URL, TELL_NAME, TELL_HEAD ..., ASK_BODY, TELL_PIECE ..., TELL_END
 *   worker: SAY_BODY
 *   we:     ASK_TEXT
 *   worker: SAY_TEXT ..., SAY_DONE
 *   we:     TELL_URL, TELL_PAGE, TELL_CHARSET, ASK_LINKS
 *   worker: SAY_FACTS, SAY_PIECES or SAY_PLACES ..., SAY_LINKS ..., SAY_DONE
 *   we:     ASK_FINGERPRINT
 *   worker: SAY_FINGERPRINT
 *
 * Of bodies that are expected, all this is sent at once, and the next body's after it.  The answers
 * come in the same order; each is sent as soon as it is whole.  TELL_CUT in the place of TELL_END
 * means that only the beginning was sent: SAY_MORE instead of SAY_BODY asks for the whole body;
 * everything else in that answer is ignored.
 *
 * ASK_WHETHER_MORE follows the first piece of a long body: SAY_BODY in answer, not SAY_MORE, means
 * that its beginning was enough.  A worker skips pieces that come after it has said SAY_BODY.
 */
#ifndef LINKS_PAGE_WIRE_H
#define LINKS_PAGE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/link.h"

enum page_message {
    TELL_URL = 1, /* the bytes are a text; each replaces the last of its kind */
    TELL_PAGE,
    TELL_NAME, /* of a file; holds for the next ASK_BODY */
    TELL_CHARSET,
    TELL_HEAD, /* is added to those since the last ASK_BODY */
    TELL_PIECE,
    TELL_END,
    TELL_CUT, /* the rest is not sent */
    ASK_BODY, /* struct body_question */
    ASK_WHETHER_MORE,
    ASK_TEXT,
    ASK_LINKS, /* struct links_question */
    ASK_FINGERPRINT,
    SAY_MORE = 100,
    SAY_BODY,        /* struct body_answer */
    SAY_TEXT,        /* a piece */
    SAY_FACTS,       /* struct facts_answer, and its texts */
    SAY_PIECES,      /* of visible text: a number of bytes, and these, one after the other */
    SAY_PLACES,      /* instead: struct piece_place of each, one after the other */
    SAY_FINGERPRINT, /* uint64_t */
    SAY_LINKS,       /* struct link_record, and its bytes, one after the other */
    SAY_DONE,        /* struct done_answer */
};

struct body_question {
    uint64_t response_bytes;
    int32_t use;
    int32_t dechunked;
    int32_t has_head;
};

struct body_answer {
    uint64_t length;
    int32_t error, kind, wanted;
};

struct links_question {
    int32_t kind, year;
    int32_t has_page; /* with WIRE_KIND_OF_BODY, for a script only */
    int32_t without_body, without_head, without_text;
    int32_t has_text; /* we have the decoded text, or will take it first: places in it are enough */
};

/* As struct page_facts. */
struct facts_answer {
    uint64_t visible_bytes; /* of all pieces, and one for each */
    uint32_t robots_length, referrer_length;
    int32_t pieces; /* enum wire_pieces */
};

enum wire_pieces { WIRE_NO_PIECES, WIRE_PIECES, WIRE_PLACES };

/* Of a piece in the decoded text. */
struct piece_place {
    uint32_t from, to;
};

enum {
    WIRE_KIND_OF_BODY = -1,
    WIRE_META_MOST = 4096,
    WIRE_PIECE_GOES_ON = 1 << 30, /* in the number of bytes: the next one belongs to it */
};

struct done_answer {
    int32_t error;     /* enum body_error; BODY_SOUND: nothing new */
    int32_t no_memory; /* and so it is not all */
};

/* `url` with a NUL, then `where`, follow. */
struct link_record {
    int64_t dated_ms;
    uint32_t url_length;
    int32_t posts;
    uint16_t where_length;
    uint16_t rule, suspect;
    uint8_t class, certainty, referrer, flags;
};

enum { WIRE_WHERE_MOST = 1024 };

/* Appends a link. */
void link_wire_write(const struct link *link, struct buf *out);

/* A link as it came: the numbers are those of the program's own lists, and the texts are in their
 * bounds.  `parsed` and `note` are NULL, and the URL is not looked at.  True: there was one, which
 * is taken off *rest.  False: the end, or, if *sound is false, nonsense. */
bool link_wire_read(struct text *rest, struct link *link, bool *sound);

#endif
