/*
 * HTML cut into tags and text, as the WHATWG tokenizer cuts it with scripting off (HTML
 * Standard, 13.2.5), without building a tree.  Linear whatever the input; names, values and text
 * point into the input and are not decoded.
 */
#ifndef HTML_TOKENIZER_H
#define HTML_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "html/tag_names.h"

enum {
    ATTRIBUTES_MOST = 128,              /* of one tag; those beyond are passed over */
    ATTRIBUTES_WANTED = TAG_NAMES_MOST, /* names that can be asked for beforehand */
    DATA_MOST = 16,
};

struct attribute {
    struct text name;  /* any case */
    struct text value; /* with its character references */
};

enum token_kind {
    TOKEN_END,  /* of the input; an unfinished tag at the end is no tag */
    TOKEN_TEXT, /* `text`: character data with its references, or the raw content of a script, style
                   ... */
    TOKEN_START,   /* `text`: the tag's name; attributes */
    TOKEN_CLOSE,   /* `text`: the name */
    TOKEN_COMMENT, /* `text`: what stands between the marks */
};

struct tokenizer {
    struct text input;
    size_t at;
    struct text raw; /* name of the element whose raw content comes next; empty when none */
    int foreign;     /* depth of svg and math elements: CDATA sections exist only in there */
    struct text text;
    uint64_t name; /* of a tag: its name by tag_name_word() */
    struct attribute attributes[ATTRIBUTES_MOST];
    size_t attribute_count;
    /* Instead of the list: the attributes with one of these names, however many others the tag has.
     */
    const struct tag_names *wanted; /* NULL: all are listed */
    uint64_t noted;                 /* a bit for each that is there */
    struct text values[ATTRIBUTES_WANTED];
    struct text data[DATA_MOST]; /* values of other data-... attributes that look like addresses
                                    with a number or a point in them */
    size_t data_count;
    size_t tag_at; /* where the tag at hand begins, at its '<' */
    bool self_closing;
    bool tags_only; /* set it and text is passed over, but for the raw content of an element */
};

void tokenizer_init(struct tokenizer *tokenizer, struct text input);
enum token_kind tokenizer_next(struct tokenizer *tokenizer);

/* Passes over what is no markup for sure, up to the next '<' or the end. */
void tokenizer_skip_text(struct tokenizer *tokenizer);

/* The first attribute of that name (case folded); at == NULL when there is none. */
struct text tokenizer_attribute(const struct tokenizer *tokenizer, const char *name);

#endif
