/*
 * Splits HTML into tags and text, like the WHATWG tokenizer with scripting off (HTML Standard,
 * section 13.2.5), without building a tree.
 *
 * It takes linear time for any input, allocates nothing and never fails.  Names, values and text
 * point into the input, and character references in them are not decoded.
 */
#ifndef HTML_TOKENIZER_H
#define HTML_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "html/tag_names.h"

enum {
    ATTRIBUTES_MOST = 128,              /* per tag; further ones are ignored */
    ATTRIBUTES_WANTED = TAG_NAMES_MOST, /* names that `wanted` can list */
    OTHERS_MOST = 24,
};

struct attribute {
    struct text name;  /* in any case */
    struct text value; /* with its character references */
};

/* What `text` contains depends on the kind. */
enum token_kind {
    TOKEN_END,     /* the end of the input; an unfinished tag there is ignored */
    TOKEN_TEXT,    /* text: with its references, or the raw content of a script, style ... */
    TOKEN_START,   /* a start tag: its name */
    TOKEN_CLOSE,   /* an end tag: its name */
    TOKEN_COMMENT, /* a comment or declaration: what is between its marks */
};

struct tokenizer {
    struct text input;
    size_t at;
    struct text raw; /* the element whose raw content comes next; empty when there is none */
    int foreign;     /* depth of svg and math elements, the only ones with CDATA sections */
    struct text text;
    uint64_t name; /* a tag's name as tag_name_word() */
    struct attribute attributes[ATTRIBUTES_MOST];
    size_t attribute_count;
    /* The caller may set this after init. Then only attributes with these names are kept, in
     * `values` instead of `attributes`, however many others the tag has. */
    const struct tag_names *wanted;
    uint64_t noted; /* a bit for each name that the tag has */
    struct text values[ATTRIBUTES_WANTED];
    /* With `wanted`: other attributes whose values may contain a URL, because they have a dot, a
     * slash or a question mark. */
    struct attribute others[OTHERS_MOST];
    size_t other_count;
    size_t tag_at; /* offset of the current tag's '<' */
    bool self_closing;
};

/* Begins an input, which must stay valid.  There is nothing to release. */
void tokenizer_init(struct tokenizer *tokenizer, struct text input);

/* Reads the next token. */
enum token_kind tokenizer_next(struct tokenizer *tokenizer);

/* Whether the next token is the content of an element that browsers do not show as text: a script,
 * a style sheet; not a title. */
bool tokenizer_hides_raw(const struct tokenizer *tokenizer);

/* Skips text up to the next '<' or the end. */
void tokenizer_skip_text(struct tokenizer *tokenizer);

/* The value of the current tag's first attribute with this name, ignoring case; at == NULL when
 * there is none.  Only for tokenizers without `wanted`. */
struct text tokenizer_attribute(const struct tokenizer *tokenizer, const char *name);

#endif
