/*
 * Links to a page that was already requested under another URL: the page itself as its own head
 * spells it, and a page that stands in for another. Two detectors without a state.
 */
#include <config.h>

#include "traps/detectors.h"

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

/* Pages name their own URL in their heads (canonical, og:url), often in a spelling that no link
 * uses: with index.html, with www. If these were followed, every page of the site would be
 * requested twice. Rule: "page.itself". */
const struct detector detector_page_itself = {.name = "page-itself", .judge_link = judge_itself};

/* The crawler requests robots.txt and some lists that no link names. A site may respond with a page
 * instead of a 404, usually its front page. That page would open its series of pages again, so the
 * page is kept but its links are not followed. Rule: "page.stand-in". */
const struct detector detector_page_stand_in = {.name = "page-stand-in",
                                                .judge_link = judge_stand_in};
