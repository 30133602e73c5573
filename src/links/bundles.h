/*
 * Bundles: the files that the script of a site generator will ask for when a visitor goes on, named
 * by tables in the script (webpack's chunks, Vite's dependencies), in the page (VitePress, Next,
 * Nuxt, Gatsby, SvelteKit, React Router) or in its data.  A reader of a replayed page clicks, and
 * they must be there.
 *
 * Each reader has a file of its own, and a row in the table of bundles.c.  It gets the bytes of a
 * script that contains its mark, reads them in linear time, and gives the names that it finds, as
 * possible requisites.  Private to this room.
 */
#ifndef LINKS_BUNDLES_H
#define LINKS_BUNDLES_H

#include "links/extract.h"

enum { BUNDLE_NAMES_MOST = 5000 /* from one script */ };

struct bundle {
    struct extract *extract;
    struct text script;
    struct text public_path; /* where the script says that its files are; empty: it does not */
    int given;
};

void bundle_read_amd(struct bundle *bundle);
void bundle_read_chunks(struct bundle *bundle);
void bundle_read_vite(struct bundle *bundle);
void bundle_read_vitepress(struct bundle *bundle);
void bundle_read_next(struct bundle *bundle);
void bundle_read_next_page(struct bundle *bundle);
void bundle_read_next_tree(struct bundle *bundle);
void bundle_read_nuxt(struct bundle *bundle);
void bundle_read_qwik(struct bundle *bundle);
void bundle_read_react_router(struct bundle *bundle);
void bundle_read_routes(struct bundle *bundle);
void bundle_read_rspress(struct bundle *bundle);
void bundle_read_gatsby(struct bundle *bundle);
void bundle_read_gatsby_data(struct bundle *bundle);
void bundle_read_sveltekit(struct bundle *bundle);
void bundle_read_precache(struct bundle *bundle);

/* Lets each reader read the script whose mark it has. */
void extract_bundles(struct extract *extract, struct text script);

/* Gives a file.  `name`: a URL, or a name such as "assets/a.js".  Such a name is relative to a
 * directory that contains "assets", if the script or files that the page names are below one.
 * Otherwise it is relative to the public path, or to the script. `where` as in struct found:
 * "webpack". */
void bundle_give(struct bundle *bundle, struct text name, const char *where);

/* Whether the script is in a page that the site really has. An error page is not about the URL that
 * was requested. */
bool bundle_in_page(const struct bundle *bundle);

/* Gives a file whose name is relative to the script, or the page.  Any name is taken for one. */
void bundle_give_beside(struct bundle *bundle, struct text name, const char *where);

/* Resolves "assets/a.js" into extract->url, if the script or page is, or names files, below a
 * directory with "assets".  False: it does not. */
bool bundle_resolve(struct extract *extract, struct text name);

/* The directory of a URL that the page names, found by what its path has: "/docs/assets/" by
 * ".lean.js".  Empty: none.  Points into the source. */
struct text bundle_directory(const struct extract *extract, struct text has);

/* The string literal whose quote is at *at, without escapes; *at is moved past it.  False: it is
 * none, or is longer than `most`. */
bool bundle_string(struct text script, size_t *at, size_t most, struct text *value);

#endif
