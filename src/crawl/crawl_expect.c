/*
 * Responses that have ended together are all given to the reader of bodies before the first is
 * taken. So the jail works on the next one while this process judges the links of the one before.
 * They are taken one by one, in the order in which they ended, and nothing is requested in between.
 * So what a run does never depends on how fast its bodies are read.
 */
#include <config.h>

#include "crawl/crawl_internal.h"

void crawl_expect_body(struct crawl *crawl, struct capture *capture, const struct http_head *head)
{
    if (!crawl->reading.jail || (head->status == 304 && capture->conditional))
        return;
    struct response_ahead ahead = {.exchange = capture->exchange,
                                   .head = head,
                                   .use = crawl_body_use(capture),
                                   .ahead = follow_page_ahead(crawl->follow, capture, head)};
    ahead.ahead.fingerprint = recrawl_compare_needs_text(crawl->compare, capture, head);
    response_body_expect(crawl->reading.body, &ahead);
}

enum page_use crawl_body_use(const struct capture *capture)
{
    return capture->kind == VISIT_ROBOTS ? PAGE_FOR_RULES : PAGE_FOR_LINKS;
}
