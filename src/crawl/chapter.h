/*
 * Tells a chapter from a page of pagination.  Both stand in a numbered row, with links to the next
 * and to the previous one.  A page of pagination lists other pages: it names some that its
 * neighbours do not name.  A chapter or a comic is itself what the row consists of: besides the row
 * it names only what its neighbours name, too, as menus do, and what lies below it, as its comments
 * do.  A URL that counts pages of a list (?page=2, /page/2) is pagination, whatever it names.
 */
#ifndef CRAWL_CHAPTER_H
#define CRAWL_CHAPTER_H

#include <stdbool.h>

#include "base/result.h"
#include "store/store.h"

/* Whether the page of a row (VISIT_PAGER) is a chapter, by what it and its neighbours named when
 * they were last read.  False where that is not known: a store that was rebuilt from the archive
 * does not know it before the pages are read again. */
MUST_CHECK enum result chapter_judge(struct store *store, int64_t key, struct text url,
                                     bool *is_chapter, struct trouble *trouble);

#endif
