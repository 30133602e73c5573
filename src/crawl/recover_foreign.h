/*
 * What other programs have archived: wget, Heritrix, browsertrix, and whoever wrote ARC.  Their
 * files lack our metadata records.  What a URL is, and what a page links to, is read from the
 * response itself.
 */
#ifndef CRAWL_RECOVER_FOREIGN_H
#define CRAWL_RECOVER_FOREIGN_H

#include <stdbool.h>

#include "base/result.h"
#include "collection/collection.h"
#include "crawl/recover.h"
#include "warccap/warc.h"

/* Whether this warcinfo block is of a file that warccap wrote. */
bool foreign_is_ours(struct text warcinfo);

/* A field with a URI, without the angle brackets of WARC 1.0; empty when there is no such field. */
struct text foreign_uri(const struct warc_record *record, const char *name);

/* Whether a revisit may refer to this record: its URL and date, and its ID if it has one, have the
 * form that WARC 1.1 wants. */
bool foreign_may_be_referred_to(const struct warc_record *record);

struct foreign_reader;

/* `collection` is borrowed, and so is `bodies`, which reads them; NULL: they are read here.
 */
MUST_CHECK enum result foreign_reader_new(struct foreign_reader **reader,
                                          const struct collection *collection,
                                          struct page_reader *bodies, struct trouble *trouble);
/* NULL is allowed. */
void foreign_reader_free(struct foreign_reader *reader);

/* *recovered has the URL and the status of the response (or revisit) at `place`. Adds what it is
 * and what it links to.  Texts live until the next call.  END: it says nothing that would last: an
 * error that may be temporary, a part, or not a response.  BROKEN: no memory, or the file can't be
 * read. */
MUST_CHECK enum result foreign_read(struct foreign_reader *reader, const struct warc_place *place,
                                    bool revisit, struct recovered *recovered,
                                    struct trouble *trouble);

#endif
