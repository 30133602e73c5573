/* The box of a run: its collection may be changed, and what requests need may be read.  Bodies are
 * read in a jail. */
#include <config.h>

#include <string.h>

#include "base/box.h"
#include "base/clock.h"
#include "crawl/crawl_internal.h"
#include "fetch/fetch_files.h"
#include "links/page_reader.h"

enum { LOOK_EVERY_MS = 1000 };

/* How much of both holds, and, once for each collection, what does not. */
static void tell_holds(struct crawl *crawl, enum result result, const struct trouble *trouble)
{
    char words[TROUBLE_WORDS + 200];
    crawl->begin.sandbox = result == RESULT_OK       ? "whole"
                           : result == RESULT_FLAWED ? "partial"
                                                     : "off";
    if (result != RESULT_FLAWED || !crawl->store->is_new)
        return;
    snprintf(words, sizeof words,
             "this system cannot restrict the run to its own files as it should: %s. The run "
             "goes on without that. Later runs of this collection do not say so again",
             trouble->words);
    crawl->observer.noted(crawl->observer.context, words);
}

static enum result enter(struct crawl *crawl, struct trouble *trouble)
{
    struct box *box = box_new(BOX_CLIENT);
    if (!box)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the sandbox");
    box_allow_tree(box, crawl->collection->directory, BOX_CHANGE);
    fetch_allow_files(&crawl->options->fetch, box);
    enum result result = box_enter(box, trouble);
    box_free(box);
    return result;
}

static enum result make_jails(struct crawl *crawl)
{
    const struct give_up give_up = {crawl_is_hurried, &crawl->ending.own};
    struct trouble *trouble = &crawl->trouble;
    crawl->ending.own.calls = crawl->calls;
    if (jail_new(&crawl->reading.jail, &page_reader_task, trouble) != RESULT_OK ||
        jail_new(&crawl->reading.archive_jail, &page_reader_task, trouble) != RESULT_OK)
        return RESULT_BROKEN;
    jail_give_up_when(crawl->reading.jail, give_up);
    jail_give_up_when(crawl->reading.archive_jail, give_up);
    return RESULT_OK;
}

enum result crawl_enter_box(struct crawl *crawl)
{
    struct trouble box = trouble_none(), jail = trouble_none();
    if (crawl->options->sandbox && make_jails(crawl) != RESULT_OK)
        return RESULT_BROKEN;
    if (!(crawl->reading.archive_reader = page_reader_new(crawl->reading.archive_jail)))
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory to read the archive");
    if (!crawl->options->sandbox)
        return RESULT_OK;
    enum result result = enter(crawl, &box);
    if (result == RESULT_BROKEN) {
        crawl->trouble = box;
        return result;
    }
    crawl->clock.names_due_ms = fetch_lost_file() ? INT64_MAX : 0; /* then it never was readable */
    if (!jail_worker(crawl->reading.jail, &crawl->trouble))
        return RESULT_BROKEN;
    if (result == RESULT_OK && jail_holds(crawl->reading.jail, &jail) != RESULT_OK) {
        result = RESULT_FLAWED;
        box = jail;
    }
    tell_holds(crawl, result, &box);
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
