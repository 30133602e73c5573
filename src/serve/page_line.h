/*
 * The one line that a replayed page gets: a script that sends clicks on absolute URLs to their
 * archived hosts (replay_scripts.h).
 *
 * Besides, some letters are changed where a tag has an absolute URL for which browsers connect to
 * the live host without asking the service worker, and before a policy stops them.  Of <link>, the
 * words "preconnect", "dns-prefetch" and "icon" in rel get three x; of frames and objects, the
 * attributes "src" and "data" become "xrc" and "xata".  The script gives icons and frames back,
 * from the archive.  Likewise "srcdoc" of frames with a sandbox, which gets our policy before it,
 * and the value of http-equiv in a <meta> with a policy of the site, which then has no effect.
 */
#ifndef SERVE_PAGE_LINE_H
#define SERVE_PAGE_LINE_H

#include "base/buf.h"
#include "base/text.h"

/* How much of a page is looked at; its head is mostly shorter. */
enum { PAGE_LINE_LOOKED_AT = 256 * 1024 };

/* Appends `page`, the beginning of an HTML document in any encoding, with the line.  The line is
 * put where it changes the mode and the encoding of the document least.  A document in UTF-16 gets
 * none. */
void page_line_add(struct text page, struct buf *out);

#endif
