/*
 * Finds the strings in a JSON text (RFC 8259), each with the name of its member: for feeds, web app
 * manifests and JSON-LD.  Accepts text that is not valid JSON.  It builds no tree, and takes time
 * linear in the length of the text.
 */
#ifndef HTML_JSON_STRINGS_H
#define HTML_JSON_STRINGS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum { JSON_DEPTH = 32 }; /* names on deeper levels are not remembered */

struct json_strings {
    struct text rest;
    int depth;
    struct text names[JSON_DEPTH]; /* the current member's name on each level; empty in arrays */
    unsigned opened;               /* objects and arrays so far */
    unsigned numbers[JSON_DEPTH];  /* which of them the one on each level is, from 1 */
    struct text name;              /* name of the member or array that contains the string */
    struct text value;             /* the string, unescaped; valid until the next call */
    bool scalars;   /* the caller may set this after init: numbers, true, false, null come too */
    bool is_scalar; /* the value is one of these, as written */
    struct buf unescaped;
};

/* Begins a text, which must stay valid until the release. */
void json_strings_init(struct json_strings *strings, struct text json);
void json_strings_release(struct json_strings *strings);

/* Reads the next string that is a value into `name` and `value`.  False at the end. */
bool json_strings_next(struct json_strings *strings);

/* Whether the current string is inside a member with this name, on any level.  Ignores case. */
bool json_strings_within(const struct json_strings *strings, struct text name);

/* Decodes the escapes of JSON and JavaScript: \/, \u0026, \x26 ... The result is in `out`, or is
 * `text` itself when nothing was escaped. */
struct text json_unescape(struct text text, struct buf *out);

#endif
