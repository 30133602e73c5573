/* A request to the server, and the response to it, without the library that reads and sends them.
 */
#ifndef SERVE_REQUEST_H
#define SERVE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "serve/served_body.h"

/* All texts are a stranger's, and live until the response is given. */
struct served_request {
    struct text method;
    struct text target; /* as in the request line */
    /* The value of a field; empty when there is none. */
    struct text (*field)(const void *context, const char *name);
    const void *context; /* passed to it */
};

struct served_response {
    int status;
    struct buf fields;        /* "Name: value" LF, each value clean */
    struct buf body;          /* what is sent first */
    struct served_body *rest; /* then this; NULL: nothing; owned */
    int64_t length;           /* of both, or of the file; -1: unknown */
    int file;                 /* is sent instead, from file_first on; -1: none; owned */
    int64_t file_first;
};

enum { SERVED_FIELDS_MOST = 1 << 16, SERVED_BODY_MOST = 16 << 20 };

void served_response_init(struct served_response *response);
void served_response_release(struct served_response *response);

/* The value of a header field, ignoring the case of its name; at == NULL: there is none.  It lives
 * as long as the request. */
struct text served_request_field(const struct served_request *request, const char *name);

/* Appends a field.  One whose value is not clean is left out. */
void served_response_add(struct served_response *response, const char *name, struct text value);

/* Appends text to HTML, so that it is shown as it is, also in the value of an attribute. */
void served_add_escaped(struct buf *out, struct text text);

/* Begins a page of the server's own: fields, head and heading.  `title` is text. */
void served_page_begin(struct served_response *response, int status, struct text title);
/* Ends it, and sets the length. */
void served_page_end(struct served_response *response);
/* A page that says one thing. */
void served_page_say(struct served_response *response, int status, struct text title,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
