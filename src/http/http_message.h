/*
 * The head of an HTTP/1.x message (RFC 9112): start line and fields, read where they lie and never
 * altered.  Lenient as the web needs it: bare LF, folded lines, missing reason, blanks before the
 * colon.
 */
#ifndef HTTP_HTTP_MESSAGE_H
#define HTTP_HTTP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

enum {
    HTTP_FIELDS_MOST = 65536
}; /* fields beyond are counted in `dropped`, the bytes stay in the block anyway */

struct http_field {
    struct text name;
    struct text value; /* trimmed; a folded value spans its line ends */
};

struct http_head {
    size_t length;       /* bytes of the head with its closing empty line */
    struct text start;   /* the start line without its line end */
    struct text version; /* "HTTP/1.1" */
    int status;          /* responses: 100..999; requests: 0 */
    struct text reason;
    struct text method; /* requests */
    struct text target;
    struct http_field *fields; /* owned */
    size_t field_count;
    size_t dropped;
};

/* Length of the head that begins `text`, with its empty line; 0 when its end is not there.  `from`
 * is a place before which no end was found earlier. */
size_t http_head_length(struct text text, size_t from);

/* Reads a response head at the start of `bytes`.  False when there is no status line "HTTP/x.y NNN"
 * or (a head without the empty line is taken to end with `bytes`) no memory.  Release it in any
 * case. */
MUST_CHECK bool http_response_read(struct http_head *head, struct text bytes);
MUST_CHECK bool http_request_read(struct http_head *head, struct text bytes);
void http_head_release(struct http_head *head);

/* The first field of that name (ASCII case folded); empty text with at == NULL when there is none.
 */
struct text http_field(const struct http_head *head, const char *name);
/* Whether a comma-separated list field (all fields of the name) holds `token`, case folded. */
bool http_field_has_token(const struct http_head *head, const char *name, const char *token);

/* Whether such a response can have a body at all: not for 1xx, 204, 304 and not for an answer to
 * HEAD. */
bool http_status_has_body(int status);

#endif
