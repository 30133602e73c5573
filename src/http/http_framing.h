/*
 * Finds where a response to GET ends in the bytes of a connection (RFC 9112, section 6.3), which
 * arrive in pieces of any size.
 *
 * Heads of interim responses come first, then the final head, then a body: of known length, in
 * chunks, or up to the end of the connection.  Nothing is altered or refused.  A response that a
 * strict client would reject is taken to last until the connection ends.
 */
#ifndef HTTP_HTTP_FRAMING_H
#define HTTP_HTTP_FRAMING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/http_body.h"

enum { HTTP_HEAD_MOST = 1024 * 1024 };

enum framing_state {
    FRAMING_HEAD,     /* in a head */
    FRAMING_INTERIM,  /* the head of an interim response (1xx) has just ended; another head follows
                       */
    FRAMING_BODY,     /* the head has ended; in the body */
    FRAMING_WHOLE,    /* the message has ended; bytes after it do not belong to it */
    FRAMING_NO_HTTP,  /* no HTTP/1.x status line; all bytes from the first belong together */
    FRAMING_TOO_LONG, /* the head is longer than HTTP_HEAD_MOST bytes */
};

struct http_framing {
    enum framing_state state;
    int status;       /* of the last complete head */
    bool until_close; /* the body ends with the connection */
    bool broken;      /* the chunk framing is broken, so only the connection's end ends the body */
    /* private: */
    struct buf head; /* the current head so far */
    int line;        /* what its current line contains */
    bool chunked;
    uint64_t left; /* bytes of the body still to come */
    struct dechunker dechunker;
};

/* Makes it ready for one response.  Release it afterwards. */
void http_framing_init(struct http_framing *framing);
void http_framing_release(struct http_framing *framing);

/* Moves bytes of one part (of a head or of the body) from the front of *input to *piece, and
 * returns the state after them.  INTERIM means that a head ended with this piece, and so does BODY
 * or WHOLE after HEAD.  Call it while there is input and the state is neither WHOLE nor TOO_LONG.
 */
enum framing_state http_framing_take(struct http_framing *framing, struct text *input,
                                     struct text *piece);

/* Whether the message is complete if the connection ends now. */
bool http_framing_may_end(const struct http_framing *framing);

#endif
