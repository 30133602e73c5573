/* Relations of documents, rel=..., in link elements and Link fields. */
#include <config.h>

#include "links/extract.h"
#include "links/part_name.h"
#include "series/date_archive.h"

enum {
    NEVER = 1,
    SHOWN = 2,    /* a requisite */
    PROPOSED = 4, /* ... that the page can be shown without */
    AHEAD = 8,    /* ... fetched before it is needed */
    ALTERNATE = 16,
    SITEMAP = 32,
    NEIGHBOUR = 64,
    ARCHIVES = 128,
    KNOWN = 256,  /* any other page */
    ITSELF = 512, /* the page itself, under another URL */
    HINT = 1024,  /* says how to treat the link, not what it leads to */
    EARLY = 2048, /* what a later page may need */
};

static const struct {
    struct text name;
    int meaning;
} relations[] = {
    /* For programs only, or leading to what can't be archived. */
    {WORD("pingback"), NEVER},
    {WORD("webmention"), NEVER},
    {WORD("edituri"), NEVER},
    {WORD("wlwmanifest"), NEVER},
    {WORD("service.post"), NEVER},
    {WORD("edit"), NEVER},
    {WORD("profile"), NEVER},
    {WORD("me"), NEVER},
    {WORD("hub"), NEVER},
    {WORD("openid.server"), NEVER},
    {WORD("openid.delegate"), NEVER},
    {WORD("openid2.provider"), NEVER},
    {WORD("openid2.local_id"), NEVER},
    {WORD("https://api.w.org/"), NEVER},
    {WORD("replies"), NEVER},
    /* Beside another relation these take nothing away. */
    {WORD("dns-prefetch"), HINT},
    {WORD("preconnect"), HINT},
    {WORD("nofollow"), HINT},
    {WORD("noopener"), HINT},
    {WORD("noreferrer"), HINT},
    {WORD("external"), HINT},
    {WORD("prerender"), HINT},
    {WORD("prefetch"), HINT | EARLY},
    /* Part of the page. */
    {WORD("stylesheet"), SHOWN},
    {WORD("icon"), SHOWN},
    {WORD("apple-touch-icon"), SHOWN},
    {WORD("apple-touch-icon-precomposed"), SHOWN},
    {WORD("mask-icon"), SHOWN},
    {WORD("apple-touch-startup-image"), SHOWN},
    {WORD("fluid-icon"), SHOWN},
    {WORD("manifest"), SHOWN},
    {WORD("preload"), SHOWN | AHEAD},
    {WORD("modulepreload"), SHOWN},
    {WORD("image_src"), SHOWN},
    /* The OpenSearch description. The searches that it describes are never requested. */
    {WORD("search"), SHOWN | PROPOSED},
    /* Where a person could go. */
    {WORD("alternate"), ALTERNATE | KNOWN},
    {WORD("sitemap"), SITEMAP},
    {WORD("next"), NEIGHBOUR},
    {WORD("prev"), NEIGHBOUR},
    {WORD("previous"), NEIGHBOUR},
    {WORD("archives"), ARCHIVES},
    {WORD("canonical"), KNOWN},
    {WORD("shortlink"), ITSELF},
    {WORD("amphtml"), KNOWN},
    {WORD("first"), KNOWN},
    {WORD("last"), KNOWN},
    {WORD("start"), KNOWN},
    {WORD("up"), KNOWN},
    {WORD("contents"), KNOWN},
    {WORD("index"), KNOWN},
    {WORD("bookmark"), KNOWN},
    {WORD("help"), KNOWN},
    {WORD("author"), KNOWN},
    {WORD("license"), KNOWN},
    {WORD("self"), KNOWN},
};

/* Takes a word off *rest. False: the end. */
static bool next_word(struct text *rest, struct text *word)
{
    size_t length = 0;
    *rest = text_trim(*rest);
    while (length < rest->length && !ascii_is_space(rest->at[length]))
        length++;
    *word = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    return length > 0;
}

static int meaning_of(struct text rel)
{
    struct text word;
    int meaning = 0;
    while (next_word(&rel, &word))
        for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
            if (text_equal_nocase(word, relations[i].name))
                meaning |= relations[i].meaning;
    return meaning;
}

static bool is_feed_type(struct text type)
{
    static const char *const types[] = {"application/rss+xml",   "application/atom+xml",
                                        "application/rdf+xml",   "application/feed+json",
                                        "application/json+feed", "text/rss"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_starts_nocase(type, text_of(types[i])))
            return true;
    return false;
}

/* Adds extract->url. */
static void give_neighbour(struct extract *extract, struct found *found, struct text rel)
{
    struct anchor anchor = {.rel = rel};
    struct series_judgement judgement =
        series_judge(&extract->anchors->tables->pagers, extract->source->url, &extract->url,
                     &extract->segments, &anchor, extract->source->year);
    found->class = judgement.class;
    found->certainty = judgement.certainty;
    extract_give_resolved(extract, found);
}

void extract_give_next(struct extract *extract)
{
    struct found found = {.element = "json", .attribute = "next"};
    give_neighbour(extract, &found, TEXT("next"));
}

void extract_relation(struct extract *extract, const struct relation *relation)
{
    struct text type = text_trim(relation->type);
    int meaning = meaning_of(relation->rel);
    struct found found = {.raw = relation->address,
                          .class = LINK_PAGE,
                          .certainty = LINK_CERTAIN,
                          .element = relation->element,
                          .attribute = relation->attribute};
    /* oEmbed has a response for each page, which would double the crawl. */
    bool oembed = text_find_nocase(type, TEXT("+oembed")) >= 0;
    bool never = (meaning & NEVER) && !(meaning & SHOWN);
    if (never || oembed || !(meaning || relation->unknown_is_page))
        return;
    if (!(meaning & ~(HINT | EARLY | NEVER)) && meaning) {
        /* A part that is fetched ahead of a later page. A page that is has a link of its own. */
        if (!(meaning & EARLY) || !part_of_address(relation->address))
            return;
        found.class = LINK_REQUISITE;
        found.certainty = LINK_POSSIBLE;
        extract_give(extract, &found);
        return;
    }
    if (meaning & SHOWN) {
        found.class = LINK_REQUISITE;
        /* A script that is fetched ahead is not certain to be part of the page. */
        bool fetched =
            (meaning & AHEAD) && text_equal_nocase(text_trim(relation->as), TEXT("fetch"));
        found.certainty = (meaning & PROPOSED) || fetched ? LINK_POSSIBLE : LINK_CERTAIN;
    } else if ((meaning & ITSELF) && !(meaning & KNOWN)) {
        found.class = LINK_TRAP;
        found.rule = URL_RULE_PAGE_SHORTLINK;
    } else if ((meaning & ALTERNATE) && is_feed_type(type))
        found.class = LINK_FEED;
    else if (meaning & SITEMAP)
        found.class = LINK_SITEMAP;
    else if (meaning & (NEIGHBOUR | ARCHIVES)) {
        /* The next and previous posts also have rel=next and rel=prev, so the URL decides. */
        if (extract_resolve(extract, text_trim(relation->address)))
            give_neighbour(extract, &found, relation->rel);
        return;
    }
    extract_give(extract, &found);
}
