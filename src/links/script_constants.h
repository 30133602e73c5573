/*
 * Constants of a script that are the beginnings of URLs: const base = "/assets/"; cfg = {path:
 * "https://cdn.example/"}.  A string that is joined to such a name is a whole URL: base + "a.png",
 * `${base}a.png`.  Private to this room.
 */
#ifndef LINKS_SCRIPT_CONSTANTS_H
#define LINKS_SCRIPT_CONSTANTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum { SCRIPT_CONSTANTS_MOST = 32, SCRIPT_LOOKUPS_MOST = 16 };

struct script_constants {
    struct text script;
    int lookups;       /* of names that are not in the list */
    int short_lookups; /* of those of one or two letters */
    struct script_constant {
        struct text name, value; /* in the script */
        bool vague;              /* the name has another value elsewhere */
    } list[SCRIPT_CONSTANTS_MOST];
    size_t count;
};

/* Finds the constants that end in a slash, in linear time.  Of a name only the last part counts:
 * "path" of cfg.path.  Names of one or two letters are a minifier's, and mean many things: they are
 * looked for when they are needed, and count if they are given one string and only joined. */
void script_constants_read(struct script_constants *constants, struct text script);

/* The value of the name that `what` ends with, and where its expression begins in `what`.  False:
 * it ends with something else, or more is joined to it in front. */
bool script_constant_before(struct script_constants *constants, struct text what,
                            struct text *value, size_t *from);

/* The same for a constant without a slash at its end, base = "/assets", in front of a string that
 * begins with one. Such are looked for when they are needed, and only SCRIPT_LOOKUPS_MOST times. */
bool script_path_before(struct script_constants *constants, struct text what, struct text *value,
                        size_t *from);

/* Whether the name says that it is the place of the site's files, although it has no value here:
 * cfg.base, BASE_URL, pathPrefix. *from as above. */
bool script_base_before(struct script_constants *constants, struct text what, size_t *from);

/* The name that is joined behind a string at *at, if it is a constant with the end of a part's
 * name: end = ".js" of "/a" + end.  Adds its value to `out`, which has the string, and moves *at
 * behind it.  False: it is none. */
bool script_end_after(struct script_constants *constants, size_t *at, struct buf *out);

#endif
