/*
 * The strings of a JSON text, each with the name that it stands under: feeds, manifests, JSON-LD.
 * Forgives whatever is no JSON, builds nothing, linear in the text's length.
 */
#ifndef HTML_JSON_STRINGS_H
#define HTML_JSON_STRINGS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum { JSON_DEPTH = 32 }; /* levels whose names are known; deeper ones are counted only */

struct json_strings {
    struct text rest;
    int depth;
    struct text names[JSON_DEPTH]; /* of the member at hand, a level each; empty in arrays */
    struct text name;              /* of the string at hand: its member's, or its array's */
    struct text value;             /* unescaped; lives until the next one is asked for */
    struct buf unescaped;
};

void json_strings_init(struct json_strings *strings, struct text json);
void json_strings_release(struct json_strings *strings);

/* The next string that is no name; false at the end. */
bool json_strings_next(struct json_strings *strings);

/* Whether the string at hand stands in a member of this name, whichever level that is on. */
bool json_strings_within(const struct json_strings *strings, struct text name);

/* `text` as JSON and JavaScript mean it: \/, \u0026, \x26 ...; `out` holds it when anything was
 * escaped. */
struct text json_unescape(struct text text, struct buf *out);

#endif
