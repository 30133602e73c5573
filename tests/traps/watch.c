/* Shows a trap detector one page after the other. */
#include <config.h>

#include "tests/traps/watch.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

void watch_init(struct watch *watch, const struct detector *detector)
{
    *watch = (struct watch){.detector = detector};
    watch->state = detector->new ? detector->new () : NULL;
    ck_assert(watch->state || !detector->new);
    url_init(&watch->url);
    url_init(&watch->via);
    url_init(&watch->link);
}

void watch_release(struct watch *watch)
{
    if (watch->detector->free)
        watch->detector->free(watch->state);
    url_release(&watch->url);
    url_release(&watch->via);
    url_release(&watch->link);
}

static void parse(struct url *url, const char *address)
{
    ck_assert_msg(url_parse(url, text_of(address), NULL, TEXT("")) == URL_OK, "%s", address);
}

void watch_page(struct watch *watch, const char *url, int64_t key, int64_t via_key,
                struct text html)
{
    struct trap_page *page = &watch->page;
    parse(&watch->url, url);
    page->url = &watch->url;
    page->key = key;
    page->via_key = via_key;
    page->body = page->body == BODY_UNREAD ? BODY_HTML : page->body;
    page->html = html;
    page->in_series = page->dated = false;
    page->series_pages_before = 0;
    if (watch->detector->begin_page)
        watch->detector->begin_page(watch->state, page);
}

static struct trap_verdict show(struct watch *watch, enum link_class class, int64_t key)
{
    struct link link = {.url = url_resource(&watch->link),
                        .parsed = &watch->link,
                        .class = class,
                        .certainty = LINK_CERTAIN,
                        .where = TEXT("a@href")};
    if (watch->detector->see_link)
        watch->detector->see_link(watch->state, &watch->page, &link, key);
    return watch->detector->judge_link
               ? watch->detector->judge_link(watch->state, &watch->page, &link)
               : (struct trap_verdict){.rule = URL_RULE_NONE};
}

struct trap_verdict watch_link(struct watch *watch, enum link_class class, const char *url)
{
    struct hash_key key = {1, 2};
    parse(&watch->link, url);
    return show(watch, class, (int64_t)hash_text(&key, text_of(url)));
}

void watch_key(struct watch *watch, enum link_class class, int64_t key)
{
    char address[64];
    snprintf(address, sizeof address, "http://elsewhere/%d", (int)key);
    parse(&watch->link, address);
    show(watch, class, key);
}

enum url_rule watch_end(struct watch *watch)
{
    if (watch->detector->wants_words && watch->detector->wants_words(watch->state, &watch->page)) {
        struct trap_words words;
        trap_words_begin(&words, 3, watch->page.url, watch->page.html, NULL);
        for (struct trap_word word; trap_words_next(&words, &word);)
            watch->detector->see_word(watch->state, &word);
    }
    return watch->detector->end_page ? watch->detector->end_page(watch->state, &watch->page)
                                     : URL_RULE_NONE;
}

void watch_expects(enum url_rule rule, const char *expected)
{
    const char *name = rule ? url_rule_name(rule) : "no rule";
    ck_assert_str_eq(name, expected ? expected : "no rule");
}
