/*
 * Scope, frontier and the ladder of links when memory runs out: the n-th allocation fails, for
 * every n.  A page is followed whole, or it is said that it is not.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/follow.h"
#include "store/memory_store.h"
#include "tests/memory/failing.h"

enum { LINES_MOST = 1 << 24 };

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};

/* ---- the scope ---- */

struct scope_work {
    struct url seeds[2], inside, outside;
    struct scope_options options;
    bool lost_some, misled; /* a failure for want of memory is no wrong option */
};

static bool use_scope(void *context)
{
    struct scope_work *work = context;
    struct scope *scope;
    struct trouble trouble = trouble_none();
    const struct link inside = {.url = url_resource(&work->inside),
                                .parsed = &work->inside,
                                .class = LINK_PAGE,
                                .certainty = LINK_CERTAIN},
                      outside = {.url = url_resource(&work->outside),
                                 .parsed = &work->outside,
                                 .class = LINK_PAGE,
                                 .certainty = LINK_CERTAIN};
    enum result result = scope_new(&scope, &work->options, &trouble);
    for (int i = 0; result == RESULT_OK && i < 2; i++)
        result = scope_add_seed(scope, &work->seeds[i], true, &trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some ||
                          scope_refuses(scope, &inside, &work->inside, 1, "L") != URL_RULE_NONE ||
                          scope_refuses(scope, &outside, &work->outside, 1, "L") == URL_RULE_NONE;
    else
        work->misled = work->misled || result != RESULT_BROKEN || !trouble.words[0];
    scope_free(scope);
    return result == RESULT_OK;
}

static void parse(struct url *url, const char *address)
{
    url_init(url);
    ck_assert_int_eq(url_parse(url, text_of(address), NULL, TEXT("")), URL_OK);
}

START_TEST(a_scope_is_whole_or_it_is_said_that_it_is_not)
{
    char domains[] = "b.example, c.example", include[] = "^http://[bd]", exclude[] = "secret";
    char *domain_list[] = {domains}, *include_list[] = {include}, *exclude_list[] = {exclude};
    struct scope_work work = {.options = {.kind = SCOPE_HOST,
                                          .domains = domain_list,
                                          .domain_count = 1,
                                          .include = include_list,
                                          .include_count = 1,
                                          .exclude = exclude_list,
                                          .exclude_count = 1,
                                          .level = -1}};
    parse(&work.seeds[0], "http://h/blog/");
    parse(&work.seeds[1], "http://g/a/much/longer/path/than/that/of/the/first/seed/index.html");
    parse(&work.inside, "http://b.example/page");
    parse(&work.outside, "http://d.example/page");
    ck_assert(use_scope(&work));
    ck_assert_int_gt(failing_run(use_scope, &work, kinds[_i]), 8);
    ck_assert(!work.lost_some);
    ck_assert(!work.misled);
    url_release(&work.seeds[0]);
    url_release(&work.seeds[1]);
    url_release(&work.inside);
    url_release(&work.outside);
}
END_TEST

/* ---- the frontier, and the links of a page ---- */

struct site {
    struct crawl_options options;
    struct url seed;
    struct store *store;
    struct scope *scope;
    struct frontier *frontier;
    struct recrawl *recrawl;
    struct follow *follow;
    struct buf lines;
    struct trouble trouble;
};

struct crawl_work {
    struct crawl_options options;
    int taken;      /* visits of the site, when all went well */
    bool lost_some; /* although it was said that all went well */
};

static const char PAGE[] =
    "<link rel='stylesheet' href='/style.css'>"
    "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    "<a href='/2021/06/'>June 2021 (3)</a> <a href='/post'>A post</a> <a href='post?print=1'>x</a>"
    "<a rel='next' href='/page/2'>Older posts</a><img src='/cat.png'>"
    "<a href='http://elsewhere/'>Elsewhere</a>";
static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
static const char MOVED[] = "HTTP/1.1 301 Moved\r\nLocation: /moved/to\r\n\r\n";

static enum result begin(struct site *site, const struct crawl_options *options)
{
    struct trouble *trouble = &site->trouble;
    site->options = *options;
    buf_init(&site->lines, LINES_MOST);
    url_init(&site->seed);
    enum url_result parsed = url_parse(&site->seed, TEXT("http://h/"), NULL, TEXT(""));
    enum result result = parsed == URL_OK ? RESULT_OK : RESULT_BROKEN;
    if (result == RESULT_OK)
        result = memory_store_open(&site->store, 1, trouble);
    if (result == RESULT_OK)
        result = scope_new(&site->scope, &site->options.scope, trouble);
    if (result == RESULT_OK)
        result = scope_add_seed(site->scope, &site->seed, true, trouble);
    if (result == RESULT_OK)
        result = frontier_new(&site->frontier, site->store, &site->options.frontier, trouble);
    if (result == RESULT_OK)
        result = recrawl_begin(&site->recrawl, site->store, &site->options, true, trouble);
    if (result == RESULT_OK) {
        recrawl_use(site->recrawl, site->frontier);
        result = follow_new(&site->follow, site->frontier, site->scope, site->recrawl,
                            &site->options, trouble);
    }
    return result;
}

static void end(struct site *site)
{
    follow_free(site->follow);
    recrawl_free(site->recrawl);
    frontier_free(site->frontier);
    scope_free(site->scope);
    store_close(site->store);
    url_release(&site->seed);
    buf_release(&site->lines);
}

/* A response to a visit is followed; `page` or a redirect. */
static enum result take(struct site *site, const struct visit *visit, bool redirect)
{
    struct http_head head;
    struct capture capture = {.exchange = exchange_new("/tmp"),
                              .key = visit->key,
                              .host = visit->host,
                              .kind = visit->kind,
                              .depth = visit->depth};
    if (!capture.exchange)
        return RESULT_BROKEN;
    buf_init(&capture.via, LINES_MOST);
    buf_init(&capture.target, LINES_MOST);
    buf_init(&capture.outlinks.last, LINES_MOST);
    memcpy(capture.hops, visit->hops, sizeof capture.hops);
    buf_add_text(&capture.exchange->url, visit->url);
    buf_add_text(&capture.via, visit->via);
    bool read = http_response_read(&head, text_of(redirect ? MOVED : HEAD));
    enum result result =
        read && buf_ok(&capture.exchange->url) && buf_ok(&capture.via) ? RESULT_OK : RESULT_BROKEN;
    if (result == RESULT_OK && redirect)
        result = follow_redirect(site->follow, &capture, &head, TEXT(""), &site->trouble);
    else if (result == RESULT_OK)
        result = follow_page(site->follow, &capture, &head, text_of(PAGE), &site->trouble);
    if (result == RESULT_OK)
        result = recrawl_flush(site->recrawl, &site->trouble);
    if (result == RESULT_OK)
        result = frontier_flush(site->frontier, &site->trouble);
    http_head_release(&head);
    exchange_free(capture.exchange);
    buf_release(&capture.via);
    buf_release(&capture.target);
    buf_release(&capture.outlinks.last);
    return result;
}

/* Takes what waits, one after the other; the first is a page, the second was moved. */
static enum result walk(struct site *site, int *taken)
{
    struct visit visit;
    int wait_ms;
    enum result result;
    while ((result = frontier_next(site->frontier, &visit, &wait_ms, &site->trouble)) ==
           RESULT_OK) {
        const struct host_feedback feedback = {.answered = true,
                                               .took_ms = 100,
                                               .refused = *taken == 3};
        const struct finished_visit done = {visit.host,
                                            {.key = visit.key, .state = STATE_KEPT, .status = 200}};
        if (visit.kind == VISIT_ROBOTS)
            result = frontier_set_robots(
                site->frontier, visit.host,
                &(struct robots_response){.status = 200,
                                          .body = TEXT("User-agent: *\nDisallow: /2021/\n")},
                &site->trouble);
        else if (visit.kind == VISIT_SEED || visit.kind == VISIT_PAGER)
            result = take(site, &visit, visit.kind == VISIT_PAGER);
        if (result == RESULT_OK)
            result = frontier_finish(site->frontier, &done, 1, &site->trouble);
        if (result == RESULT_OK)
            result = frontier_rest(site->frontier, visit.host, &feedback, &site->trouble);
        if (result != RESULT_OK)
            return result;
        ++*taken;
    }
    return result == RESULT_END || result == RESULT_AGAIN ? RESULT_OK : result;
}

static bool crawl(void *context)
{
    struct crawl_work *work = context;
    struct site site = {.trouble = trouble_none()};
    int taken = 0;
    enum result result = begin(&site, &work->options);
    if (result == RESULT_OK) {
        const struct offer offer = {.url = &site.seed, .kind = VISIT_SEED, .via_hops = ""};
        result = frontier_offer(site.frontier, &offer, NULL, &site.trouble);
    }
    if (result == RESULT_OK)
        result = walk(&site, &taken);
    if (result == RESULT_OK && !work->taken)
        work->taken = taken;
    work->lost_some = work->lost_some || (result == RESULT_OK && taken != work->taken);
    end(&site);
    return result == RESULT_OK;
}

START_TEST(links_are_followed_or_it_is_said_that_they_are_not)
{
    struct crawl_work work = {.options = crawl_defaults()};
    work.options.frontier.robots = _i / 2 ? ROBOTS_OFF : ROBOTS_OBEY;
    work.options.frontier.wait_ms = 0;
    work.options.frontier.connections = 100;
    ck_assert(crawl(&work));
    ck_assert_int_gt(work.taken, 3);
    ck_assert_int_gt(failing_run(crawl, &work, kinds[_i % 2]), 50);
    ck_assert(!work.lost_some);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of the frontier");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 120);
    tcase_add_loop_test(test, a_scope_is_whole_or_it_is_said_that_it_is_not, 0, 2);
    tcase_add_loop_test(test, links_are_followed_or_it_is_said_that_they_are_not, 0, 4);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
