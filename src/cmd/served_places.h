/* What `warccap serve` was given, as archives with an index. */
#ifndef CMD_SERVED_PLACES_H
#define CMD_SERVED_PLACES_H

#include <limits.h>
#include <stdbool.h>

#include "collection/wacz_parts.h"
#include "serve/archive_set.h"

struct served_places {
    struct archive_place *places;
    struct wacz_parts *parts; /* of packages that are read in place; as many as places */
    size_t count;
    char temporary[PATH_MAX]; /* where what lacks an index gets one; empty: nowhere */
};

/* Whether the path is served as it is: a collection with an index. */
bool served_place_is_ready(const char *path);

/* Fills places->places.  A WACZ file, a WARC file and a collection without an index get one in the
 * temporary directory; a WACZ file with compressed WARC files is unpacked there.  Damage is told on
 * stderr, and what can be read is served.  EXIT_DONE, or the exit code after a message. */
int served_places_prepare(struct served_places *places, char **paths, int count, bool quiet);
/* Removes what was made, and the temporary directory. */
void served_places_release(struct served_places *places);

#endif
