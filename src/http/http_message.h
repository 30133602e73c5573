/*
 * The head of an HTTP/1.x message (RFC 9112): start line and fields, read in place and never
 * altered.  Accepts what real servers send: bare LF, folded lines, a missing reason, blanks before
 * the colon.
 *
 * All texts of a head point into the bytes it was read from, and are valid as long as those.
 */
#ifndef HTTP_HTTP_MESSAGE_H
#define HTTP_HTTP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

/* More fields than this are only counted, in `dropped`.  The stored bytes have them all. */
enum { HTTP_FIELDS_MOST = 65536 };

struct http_field {
    struct text name;
    struct text value; /* trimmed; a folded value contains its line ends */
};

struct http_head {
    size_t length;       /* bytes of the head, the empty line included */
    struct text start;   /* the start line without its line end */
    struct text version; /* "HTTP/1.1" */
    int status;          /* responses: 100..999; requests: 0 */
    struct text reason;
    struct text method; /* requests */
    struct text target;
    struct http_field *fields; /* owned */
    size_t field_count;
    size_t dropped; /* lines that are not fields, and fields beyond HTTP_FIELDS_MOST */
    bool no_memory; /* it was not read to its end for want of memory */
};

/* Length of the head at the start of `text`, the empty line included; 0 when its end has not come
 * yet.  An earlier search found no end before `from`, so the search starts there. */
size_t http_head_length(struct text text, size_t from);

/* Reads the response head at the start of `bytes`.  A head without the empty line ends with
 * `bytes`.  False when there is no status line "HTTP/x.y NNN", or without memory.  Release the head
 * in any case. */
MUST_CHECK bool http_response_read(struct http_head *head, struct text bytes);
/* The same for a request head.  False when there is no request line "METHOD TARGET HTTP/x.y". */
MUST_CHECK bool http_request_read(struct http_head *head, struct text bytes);
/* Frees the list of fields.  May be called twice. */
void http_head_release(struct http_head *head);

/* The value of the first field with this name, ignoring case; a text with at == NULL when there is
 * none. */
struct text http_field(const struct http_head *head, const char *name);
/* Whether a value may be sent in a field: no control characters but TAB, so that it cannot end its
 * line (RFC 9110, section 5.5). */
bool http_value_is_clean(struct text value);

/* Whether a Location field of a response with this status is followed (RFC 9110, section 15.4). */
bool http_status_redirects(int status);
/* Whether a response to GET with this status can have a body: not with 1xx, 204 or 304 (RFC 9112,
 * section 6.3). */
bool http_status_has_body(int status);

#endif
