/*
 * The first step of a run.  Repairs files that a killed run left open, and learns from the WARC
 * files what the store does not know.  With an empty store this rebuilds it from the archive.
 */
#ifndef CRAWL_RECOVER_H
#define CRAWL_RECOVER_H

#include <signal.h>

#include "base/result.h"
#include "collection/collection.h"
#include "collection/provenance.h"
#include "links/page_reader.h"
#include "store/dedup.h"
#include "store/store.h"

/* A URL that the archive contains, but that the store did not know as finished. */
struct recovered {
    struct text url;
    struct provenance_record provenance; /* the metadata that the run which captured it wrote */
    int status;
    struct text robots;              /* VISIT_ROBOTS: the body of the response */
    const struct held_capture *held; /* what the archive has of the URL; NULL: nothing new */
    /* Not empty: instead of a URL, the block of a warcinfo record.  The rest is empty. */
    struct text warcinfo;
    /* Another program captured it: the provenance is made from the response (recover_foreign.h). */
    bool is_foreign;
};

typedef enum result recover_take(void *context, const struct recovered *recovered,
                                 struct trouble *trouble);

/* `say` gets one sentence per repaired file.  It is damage when more was lost than a crash can
 * explain.  Payloads that `dedup` (NULL: not wanted) does not know are added to it.  END, with
 * words, when `*stop` turned true: what was read of whole files stays known.  It is an error when a
 * finished file that the store knows is missing from archive/.  `reader` reads the bodies that
 * other programs captured (links/page_reader.h); NULL: they are read here. */
MUST_CHECK enum result recover_collection(const struct collection *collection, struct store *store,
                                          struct dedup *dedup, recover_take *take,
                                          void (*say)(void *context, bool is_damage,
                                                      const char *words),
                                          void *context, const volatile sig_atomic_t *stop,
                                          struct page_reader *reader, struct trouble *trouble);

#endif
