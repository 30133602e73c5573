/*
 * Where a response ends among the octets of a connection (RFC 9112, 6.3), for answers to GET that
 * come in pieces of any size: head after head while they are interim ones, then a body of known
 * length, in chunks, or up to the end of the connection.  Nothing is altered and nothing is
 * refused: what a strict reader gives up on is taken up to the end of the connection.
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
    FRAMING_HEAD,     /* a head is coming */
    FRAMING_INTERIM,  /* the head of an interim answer (1xx) has just ended; what follows is another
                         head */
    FRAMING_BODY,     /* the head has ended, the body is coming */
    FRAMING_WHOLE,    /* the message has ended; octets behind it are not its own */
    FRAMING_NO_HTTP,  /* no status line of HTTP/1.x: all octets belong together, from the first one
                         on */
    FRAMING_TOO_LONG, /* a head of more than HTTP_HEAD_MOST octets */
};

struct http_framing {
    enum framing_state state;
    int status;       /* of the head that ended last */
    bool until_close; /* the body ends with the connection */
    bool broken;      /* its chunk framing is, so that nothing else can tell its end */
    /* private: */
    struct buf head; /* the present one */
    int line;        /* what stands in its present line */
    bool chunked;
    uint64_t left; /* octets of the body still to come */
    struct dechunker dechunker;
};

void http_framing_init(struct http_framing *framing);
void http_framing_release(struct http_framing *framing);

/* Takes octets of one part (some of a head, some of the body) off the front of *input into *piece.
 * The state afterwards is that behind the piece: with INTERIM, and with BODY or WHOLE after HEAD,
 * the head has ended with it.  Call while there is input and the state is neither WHOLE nor
 * TOO_LONG. */
enum framing_state http_framing_take(struct http_framing *framing, struct text *input,
                                     struct text *piece);

/* Whether a message that came so far may end with the connection. */
bool http_framing_may_end(const struct http_framing *framing);

#endif
