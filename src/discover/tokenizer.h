/*
 * HTML cut into tags and text, as the WHATWG tokenizer cuts it with scripting off (HTML Standard, 13.2.5), without
 * building a tree.  Linear whatever the input; names, values and text point into the input and are not decoded.
 */
#ifndef DISCOVER_TOKENIZER_H
#define DISCOVER_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { ATTRIBUTES_MOST = 128 }; /* of one tag; those beyond are passed over */

struct attribute {
    struct text name;  /* any case */
    struct text value; /* with its character references */
};

enum token_kind {
    TOKEN_END,     /* of the input; an unfinished tag at the end is no tag */
    TOKEN_TEXT,    /* `text`: character data with its references, or the raw content of a script, style ... */
    TOKEN_START,   /* `text`: the tag's name; attributes */
    TOKEN_CLOSE,   /* `text`: the name */
    TOKEN_COMMENT, /* `text`: what stands between the marks */
};

struct tokenizer {
    struct text input;
    size_t at;
    struct text raw;      /* name of the element whose raw content comes next; empty when none */
    int foreign;          /* depth of svg and math elements: CDATA sections exist only in there */
    struct text text;
    struct attribute attributes[ATTRIBUTES_MOST];
    size_t attribute_count;
    size_t tag_at;        /* where the tag at hand begins, at its '<' */
    bool self_closing;
};

void tokenizer_init(struct tokenizer *tokenizer, struct text input);
enum token_kind tokenizer_next(struct tokenizer *tokenizer);

/* The first attribute of that name (case folded); at == NULL when there is none. */
struct text tokenizer_attribute(const struct tokenizer *tokenizer, const char *name);

#endif
