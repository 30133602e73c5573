/* The box of a run: its collection may be changed, and what requests need may be read. */
#include <config.h>

#include "base/box.h"
#include "crawl/crawl_internal.h"
#include "fetch/fetch_files.h"

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
