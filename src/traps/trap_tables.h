/*
 * The words by which crawler traps are known, one table for each place in a URL, and what must be
 * known besides. A name that only one program uses is proof enough. A common word ("diff", "print",
 * "embed") is no proof. It counts where the pages of that program are recognised (page_marks.h), or
 * where it has led to nothing new (suspects.c).
 */
#ifndef TRAPS_TRAP_TABLES_H
#define TRAPS_TRAP_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "web/url_rules.h"

/* Programs whose pages make a common word a trap, as a set of bits. */
enum trap_proof {
    PROOF_CERTAIN = 0, /* nothing more is needed */
    PROOF_BLOGGER = 1 << 0,
    PROOF_WORDPRESS = 1 << 1,
    PROOF_MEDIAWIKI = 1 << 2,
    PROOF_DOKUWIKI = 1 << 3,
    PROOF_MOIN = 1 << 4,
    PROOF_DRUPAL = 1 << 5,
    PROOF_FORUM = 1 << 6,
    PROOF_SQUARESPACE = 1 << 7,
    PROOF_TYPEPAD = 1 << 8,
    PROOF_TUMBLR = 1 << 9,
    PROOF_LIVEJOURNAL = 1 << 10,
    PROOF_ONLY_PAGES = 1 << 11, /* no program: only what pages show counts */
};

struct trap_row {
    enum url_rule rule;
    struct text text;
    unsigned proof;    /* any of these programs; PROOF_CERTAIN: none is needed */
    bool unless_paged; /* not a trap if the query also pages through a list */
};

/* A host and the beginning of the path. "blogger." is that name under any top-level domain. */
struct trap_place {
    enum url_rule rule;
    struct text host, path;
};

struct trap_table {
    const struct trap_row *rows;
    size_t count;
};

/* All in lower case, static. */
extern const struct trap_table trap_parameter_names; /* whole names of query parameters */
/* Whole parameters with their values. A value ending in "*" matches any that begins so. */
extern const struct trap_table trap_parameters;
extern const struct trap_table trap_path_marks; /* begin a segment, with the slash before it */
extern const struct trap_table trap_templates;  /* anywhere in the path */
extern const struct trap_table trap_path_ends;  /* end the path */
/* The same on the site itself, where the query says what is to be shared, printed or replied to. */
extern const struct trap_table trap_asked_ends;

extern const struct trap_place trap_places[];
extern const size_t trap_place_count;

#endif
