/*
 * The seeds of a collection: those that this run and earlier ones were given, without those that
 * were taken back.
 */
#ifndef CRAWL_COLLECTION_SEEDS_H
#define CRAWL_COLLECTION_SEEDS_H

#include "base/result.h"

struct crawl;

/* To be called when the store knows what the archive holds.  Forgets the seeds of --forget-seed. If
 * the store was lost, forgets those again that earlier runs forgot. Makes the scope from the
 * others. If this run was given no seed, takes the collection's.  Then crawl->options has the seeds
 * of this run, and all that are forgotten.  LOST, with words that list the seeds: --forget-seed
 * names none of them, or there are none at all. */
MUST_CHECK enum result collection_seeds_settle(struct crawl *crawl);

#endif
