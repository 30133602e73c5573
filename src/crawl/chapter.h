/*
 * Tells a chapter from a page of pagination.  Both stand in a numbered row, with links to the next
 * and to the previous one.  A page of pagination lists other pages: it names some that its
 * neighbours do not name.  A chapter or a comic is a member of the row. Besides the row, it names
 * only two kinds of URL: those that its neighbours name, too, such as menus, and those below its
 * own path, such as comments.  So is a page that was read and names nothing.  A URL that counts
 * pages of a list (?page=2, /page/2) is pagination, whatever it names.
 */
#ifndef CRAWL_CHAPTER_H
#define CRAWL_CHAPTER_H

#include <stdbool.h>

#include "base/result.h"
#include "store/store.h"

/* Whether the page of a row (VISIT_PAGER) is a chapter, by what it and its neighbours named when
 * they were last read.  False if that is not known: after a store was rebuilt from the archive, it
 * is not known until the pages are read again. */
MUST_CHECK enum result chapter_judge(struct store *store, int64_t key, struct text url,
                                     bool *is_chapter, struct trouble *trouble);

#endif
