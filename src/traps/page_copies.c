/* Pages requested under another URL already: two detectors without a state. */
#include <config.h>

#include "traps/page_copies.h"

static bool is_in_head(struct text where)
{
    return text_ends(where, TEXT("link@href")) || text_ends(where, TEXT("meta@content")) ||
           text_equal(where, TEXT("script"));
}

static struct trap_verdict judge_itself(void *state, const struct trap_page *page,
                                        const struct link *link)
{
    (void)state;
    bool itself = link->class == LINK_PAGE && page->html.length && is_in_head(link->where) &&
                  url_same_page(link->parsed, page->url);
    return (struct trap_verdict){.rule = itself ? URL_RULE_PAGE_ITSELF : URL_RULE_NONE};
}

static struct trap_verdict judge_stand_in(void *state, const struct trap_page *page,
                                          const struct link *link)
{
    (void)state;
    bool refused = page->stand_in && link->class != LINK_REQUISITE;
    return (struct trap_verdict){.rule = refused ? URL_RULE_PAGE_STAND_IN : URL_RULE_NONE};
}

const struct detector detector_page_itself = {.name = "page-itself", .judge_link = judge_itself};

const struct detector detector_page_stand_in = {.name = "page-stand-in",
                                                .judge_link = judge_stand_in};
