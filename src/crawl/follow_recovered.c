#include <config.h>

#include "crawl/follow_internal.h"

static bool class_of(struct text word, struct link *link)
{
    ptrdiff_t colon = text_find_char(word, ':');
    if (colon >= 0) {
        link->rule = url_rule_by_name(text_skip(word, (size_t)colon + 1));
        if (!link->rule) /* a later version wrote it */
            link->rule = URL_RULE_TRAP;
        word = text_first(word, (size_t)colon);
    }
    link->certainty = text_ends(word, TEXT("?")) ? LINK_POSSIBLE : LINK_CERTAIN;
    if (link->certainty == LINK_POSSIBLE)
        word.length--;
    for (int class = 0; class < LINK_CLASSES; class ++)
        if (text_equal(word, text_of(link_class_name((enum link_class) class)))) {
            link->class = (enum link_class) class;
            return true;
        }
    return false;
}

/* Whether a line says that the link was left out on purpose. */
static bool is_told_off(struct text lines, struct text url)
{
    struct text mark = TEXT("notFollowed: "), line, rule;
    for (ptrdiff_t at; (at = text_find(lines, mark)) >= 0;) {
        lines = text_skip(lines, (size_t)at + mark.length);
        struct text rest = lines;
        if (text_split(&rest, '\n', &line) && text_split(&line, ' ', &rule) && line.at &&
            text_equal(text_trim(line), url))
            return true;
    }
    return false;
}

static enum result learn_inferred(struct follow *follow, const struct link *link)
{
    enum visit_kind kind = link->class == LINK_SITEMAP ? VISIT_SITEMAP
                           : link->class == LINK_FEED  ? VISIT_FEED
                                                       : VISIT_PAGE;
    if (scope_refuses(follow->scope, link, link->parsed, follow->depth, follow->hops))
        return RESULT_OK;
    return follow_offer(follow, link->parsed, kind, follow->depth, 'I');
}

enum result follow_recovered(struct follow *follow, struct text lines, int64_t via_key, int depth,
                             const char *hops, enum visit_kind kind, int period,
                             struct trouble *trouble)
{
    struct text line, all = lines;
    bool any_told_off = text_find(lines, TEXT("notFollowed: ")) >= 0;
    follow_begin_page(follow, via_key, depth, hops, kind, period, NULL, trouble);
    while (follow->result == RESULT_OK && text_split(&lines, '\n', &line)) {
        struct text url, hop, class;
        struct link link = {.rule = URL_RULE_NONE};
        if (!text_starts(line, TEXT("outlink: ")))
            continue;
        line = text_trim(text_skip(line, 9));
        if (!text_split(&line, ' ', &url) || !text_split(&line, ' ', &hop) ||
            !text_split(&line, ' ', &class))
            continue;
        link.url = url;
        link.where = line.at ? line : TEXT("");
        link.parsed = &follow->link;
        if (url_parse(&follow->link, url, NULL, TEXT("")) != URL_OK)
            continue;
        if (any_told_off && is_told_off(all, url))
            continue;
        if (class_of(class, &link)) {
            if (text_equal(hop, TEXT("I")))
                follow->result = learn_inferred(follow, &link);
            else
                follow_link(follow, &link);
        }
        if (!text_equal(class, TEXT("redirect")))
            continue;
        if (kind == VISIT_SEED)
            follow->result = scope_add_seed(follow->scope, &follow->link, trouble);
        struct offer offer = {.url = &follow->link,
                              .kind = kind,
                              .depth = depth,
                              .via_hops = hops,
                              .hop = 'R',
                              .via_key = via_key,
                              .redirect_from = via_key};
        if (follow->result == RESULT_OK)
            follow->result = frontier_offer(follow->frontier, &offer, NULL, trouble);
    }
    return follow->result;
}
