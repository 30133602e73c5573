/* The box of a run: its collection may be changed, and what requests need may be read. */
#include <config.h>

#include <string.h>

#include "base/box.h"
#include "base/clock.h"
#include "crawl/crawl_internal.h"
#include "fetch/fetch_files.h"

enum { LOOK_EVERY_MS = 1000 };

enum result crawl_enter_box(struct crawl *crawl)
{
    struct trouble trouble = trouble_none();
    char words[TROUBLE_WORDS + 200];
    if (!crawl->options->sandbox)
        return RESULT_OK;
    struct box *box = box_new(BOX_CLIENT);
    if (!box)
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for the sandbox");
    box_allow_tree(box, crawl->collection->directory, BOX_CHANGE);
    fetch_allow_files(&crawl->options->fetch, box);
    enum result result = box_enter(box, &trouble);
    box_free(box);
    crawl->clock.names_due_ms = fetch_lost_file() ? INT64_MAX : 0; /* then it never was readable */
    crawl->begin.sandbox = result == RESULT_OK       ? "whole"
                           : result == RESULT_FLAWED ? "partial"
                                                     : "off";
    if (result == RESULT_FLAWED && crawl->store->is_new) {
        snprintf(words, sizeof words,
                 "this system cannot restrict the run to its own files as it should: %s. The run "
                 "goes on without that. Later runs of this collection do not say so again",
                 trouble.words);
        crawl->observer.noted(crawl->observer.context, words);
    }
    return RESULT_OK;
}

/* Programs that configure networks replace the list of name servers.  The new one is forbidden, and
 * without it every host would look as if it were gone. */
void crawl_watch_box(struct crawl *crawl)
{
    int64_t now = clock_steady_ms();
    if (strcmp(crawl->begin.sandbox, "off") == 0 || crawl->ending.stopping ||
        now < crawl->clock.names_due_ms)
        return;
    crawl->clock.names_due_ms = now + LOOK_EVERY_MS;
    const char *lost = fetch_lost_file();
    if (lost)
        crawl_stop_for(crawl, CRAWL_STOPPED,
                       "%s was replaced, and the sandbox does not let a run read what is new. The "
                       "same command goes on; with --no-sandbox this does not happen",
                       lost);
}
