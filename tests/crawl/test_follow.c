/*
 * Pages are given to follow as a crawl gives them.  Then the visits that wait in the frontier are
 * compared, line by line.  The store is in memory.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/follow.h"
#include "store/memory_store.h"
#include "web/exchange.h"

enum { LINES_MOST = 1 << 20 };

/* ---- a crawl without a network ---- */

struct site {
    struct crawl_options options;
    struct store *store;
    struct scope *scope;
    struct frontier *frontier;
    struct recrawl *recrawl;
    struct follow *follow;
    struct buf lines; /* lines of the last page's metadata record */
    struct buf waiting;
    struct trouble trouble;
};

static void ok(struct site *site, enum result result)
{
    ck_assert_msg(result == RESULT_OK, "%s", site->trouble.words);
}

static void parse(struct url *url, const char *address)
{
    url_init(url);
    ck_assert_msg(url_parse(url, text_of(address), NULL, TEXT("")) == URL_OK, "%s", address);
}

/* Call this first, then set options, then call begin(). */
static void prepare(struct site *site)
{
    *site = (struct site){.options = crawl_defaults()};
    site->options.frontier.robots = ROBOTS_OFF;
    site->options.frontier.wait_ms = 0;
    site->options.frontier.connections = 100;
    buf_init(&site->lines, LINES_MOST);
    buf_init(&site->waiting, LINES_MOST);
}

static void begin(struct site *site, const char *seed)
{
    struct url url;
    parse(&url, seed);
    ok(site, memory_store_open(&site->store, 1, &site->trouble));
    ok(site, scope_new(&site->scope, &site->options.scope, &site->trouble));
    ok(site, scope_add_seed(site->scope, &url, true, &site->trouble));
    ok(site, frontier_new(&site->frontier, site->store, &site->options.frontier, &site->trouble));
    ok(site, recrawl_begin(&site->recrawl, site->store, &site->options, true, &site->trouble));
    recrawl_use(site->recrawl, site->frontier);
    ok(site, follow_new(&site->follow, site->frontier, site->scope, site->recrawl, &site->options,
                        &site->trouble));
    url_release(&url);
}

static void end(struct site *site)
{
    follow_free(site->follow);
    recrawl_free(site->recrawl);
    frontier_free(site->frontier);
    scope_free(site->scope);
    store_close(site->store);
    buf_release(&site->lines);
    buf_release(&site->waiting);
}

/* A page to follow. */
struct shown {
    const char *url, *via; /* via NULL: a seed */
    enum visit_kind kind;
    const char *hops, *head, *body; /* head NULL: of HTML */
    int depth, period;
};

static void fill(struct site *site, struct capture *capture, const struct shown *shown)
{
    struct url url, via;
    parse(&url, shown->url);
    *capture = (struct capture){.exchange = exchange_new("/tmp"),
                                .key = frontier_key(site->frontier, &url),
                                .kind = shown->kind,
                                .depth = shown->depth,
                                .period = shown->period};
    ck_assert_ptr_nonnull(capture->exchange);
    capture->exchange->began_ms = INT64_C(1790000000000);
    buf_add(&capture->exchange->url, shown->url);
    snprintf(capture->hops, sizeof capture->hops, "%s", shown->hops);
    buf_init(&capture->via, LINES_MOST);
    buf_init(&capture->target, LINES_MOST);
    buf_init(&capture->outlinks.last, CAPTURE_OUTLINKS_MOST);
    if (shown->via) {
        parse(&via, shown->via);
        buf_add(&capture->via, shown->via);
        url_release(&via);
    }
    url_release(&url);
}

static void empty(struct site *site, struct capture *capture)
{
    buf_clear(&site->lines);
    buf_add(&site->lines, "");
    buf_add_text(&site->lines, buf_text(&capture->outlinks.last));
    exchange_free(capture->exchange);
    buf_release(&capture->via);
    buf_release(&capture->target);
    buf_release(&capture->outlinks.last);
}

static void show(struct site *site, const struct shown *shown)
{
    struct capture capture;
    struct http_head head;
    fill(site, &capture, shown);
    ck_assert(http_response_read(&head, text_of(shown->head ? shown->head
                                                            : "HTTP/1.1 200 OK\r\nContent-Type: "
                                                              "text/html\r\n\r\n")));
    ok(site, follow_page(site->follow, &capture, &head, text_of(shown->body), &site->trouble));
    http_head_release(&head);
    empty(site, &capture);
}

/* RESULT_OK: the redirect is followed. */
static enum result redirect(struct site *site, const struct shown *shown)
{
    struct capture capture;
    struct http_head head;
    fill(site, &capture, shown);
    ck_assert(http_response_read(&head, text_of(shown->head)));
    enum result result = follow_redirect(site->follow, &capture, &head, TEXT(""), &site->trouble);
    http_head_release(&head);
    empty(site, &capture);
    return result;
}

/* Follows a page from the lines of its record only. */
static void recover(struct site *site, const struct shown *shown, const char *lines)
{
    struct provenance_record provenance = {.lines = text_of(lines)};
    struct url url;
    parse(&url, shown->url);
    struct follow_origin origin = {.url = &url,
                                   .key = frontier_key(site->frontier, &url),
                                   .depth = shown->depth,
                                   .hops = shown->hops,
                                   .kind = shown->kind,
                                   .period = shown->period};
    ok(site, follow_recovered(site->follow, &origin, &provenance, &site->trouble));
    url_release(&url);
}

/* The visits that wait, in the order in which they are taken: "KIND HOPS URL", and the period of a
 * date archive's page. */
static const char *waiting(struct site *site)
{
    struct visit visit;
    int wait_ms;
    buf_clear(&site->waiting);
    buf_add(&site->waiting, "");
    while (frontier_next(site->frontier, &visit, &wait_ms, &site->trouble) == RESULT_OK) {
        struct outcome outcome = {.key = visit.key, .state = STATE_KEPT, .status = 200};
        struct host_feedback feedback = {.answered = true};
        buf_printf(&site->waiting, "%s %s ", visit_kind_name(visit.kind), visit.hops);
        buf_add_text(&site->waiting, visit.url);
        if (visit.period)
            buf_printf(&site->waiting, " of %d", visit.period);
        buf_add_char(&site->waiting, '\n');
        const struct finished_visit done = {visit.host, outcome};
        ok(site, frontier_finish(site->frontier, &done, 1, &site->trouble));
        ok(site, frontier_rest(site->frontier, visit.host, &feedback, &site->trouble));
    }
    return site->waiting.data;
}

static void expect_line(struct site *site, const char *line)
{
    ck_assert_msg(strstr(site->lines.data, line) != NULL, "%s is not in:\n%s", line,
                  site->lines.data);
}

/* ---- the ladder ---- */

static const struct shown front = {
    .url = "http://h/",
    .kind = VISIT_SEED,
    .hops = "",
    .body = "<link rel='stylesheet' href='/style.css'>"
            "<link rel='alternate' type='application/rss+xml' href='/feed'>"
            "<a href='/2021/06/'>June 2021</a> <a href='/post'>A post</a>"
            "<a rel='next' href='/page/2'>Older posts</a>"
            "<img src='/cat.png'> <a href='http://elsewhere/'>Elsewhere</a>"
            "<a href='/?print=1'>Print</a>"};

START_TEST(links_are_offered_as_what_they_are)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    show(&site, &front);
    ck_assert_str_eq(waiting(&site), "feed L http://h/feed\n"
                                     "requisite E http://h/style.css\n"
                                     "requisite E http://h/cat.png\n"
                                     "pager L http://h/page/2\n"
                                     "archive L http://h/2021/06/\n"
                                     "page L http://h/post\n");
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_OFF_SITE), 1);
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_PRINT), 1);
    expect_line(&site, "outlink: http://h/page/2 L pager a@href\r\n");
    expect_line(&site, "outlink: http://h/?print=1 L trap:print a@href\r\n");
    end(&site);
}
END_TEST

START_TEST(what_is_known_is_not_offered_again)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    show(&site, &front);
    waiting(&site);
    show(&site, &front);
    ck_assert_str_eq(waiting(&site), "");
    expect_line(&site, "outlink: http://h/post L page a@href\r\n");
    end(&site);
}
END_TEST

START_TEST(a_rule_that_is_off_leaves_nothing_out)
{
    struct site site;
    prepare(&site);
    site.options.rules_off.has[URL_RULE_PRINT] = true;
    site.options.rules_off.has[URL_RULE_LOGIN] = true;
    begin(&site, "http://h/");
    show(&site, &front);
    ck_assert_ptr_nonnull(strstr(waiting(&site), "page L http://h/?print=1\n"));
    ck_assert(follow_met_rule(site.follow, URL_RULE_PRINT));
    ck_assert(!follow_met_rule(site.follow, URL_RULE_LOGIN));
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_PRINT), 0);
    end(&site);
}
END_TEST

START_TEST(the_record_says_what_a_list_misses)
{
    char pattern[] = "/post";
    char *patterns[] = {pattern};
    struct site site;
    prepare(&site);
    site.options.scope.exclude = patterns;
    site.options.scope.exclude_count = 1;
    begin(&site, "http://h/");
    show(&site, &front);
    expect_line(&site, "notFollowed: excluded http://h/post\r\n");
    ck_assert_ptr_null(strstr(waiting(&site), "/post"));
    end(&site);
}
END_TEST

START_TEST(a_series_that_repeats_itself_ends)
{
    static const char body[] = "<p>The same words on each page.</p><a href='/post'>A post</a>"
                               "<a rel='next' href='/page/%d'>Older posts</a>";
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    for (int page = 2; page <= 5; page++) {
        char url[32], html[256];
        snprintf(url, sizeof url, "http://h/page/%d", page);
        snprintf(html, sizeof html, body, page + 1);
        show(&site, &(struct shown){.url = url, .kind = VISIT_PAGER, .hops = "L", .body = html});
    }
    expect_line(&site, "notFollowed: series.nothing-new http://h/page/6\r\n");
    ck_assert_str_eq(waiting(&site), "pager LL http://h/page/3\n"
                                     "pager LL http://h/page/4\n"
                                     "pager LL http://h/page/5\n"
                                     "page LL http://h/post\n");
    end(&site);
}
END_TEST

START_TEST(a_page_that_stands_in_for_a_list_leads_nowhere)
{
    struct site site;
    struct shown shown = front;
    prepare(&site);
    begin(&site, "http://h/");
    shown.url = "http://h/sitemap.xml";
    shown.kind = VISIT_SITEMAP;
    shown.hops = "I";
    show(&site, &shown);
    ck_assert_str_eq(waiting(&site), "media IE http://h/style.css\nmedia IE http://h/cat.png\n");
    ck_assert_uint_ge(follow_refused(site.follow, URL_RULE_PAGE_STAND_IN), 4);
    end(&site);
}
END_TEST

START_TEST(a_seed_that_names_no_page_has_its_sitemaps_looked_for)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    show(&site, &(struct shown){.url = "http://h/", .kind = VISIT_SEED, .hops = "", .body = "Hi"});
    ck_assert_str_eq(waiting(&site),
                     ("robots P http://h/robots.txt\nsitemap I http://h/sitemap.xml\n"
                      "sitemap I http://h/sitemap_index.xml\n"));
    end(&site);
}
END_TEST

/* ---- platforms ---- */

START_TEST(a_platform_is_asked_for_its_lists)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    show(&site, &(struct shown){.url = "http://h/",
                                .kind = VISIT_SEED,
                                .hops = "",
                                .body = "<script>{service: 'substack-web'}</script>"});
    expect_line(&site, "outlink: http://h/archive?sort=new I archive inferred: Substack\r\n");
    ck_assert_str_eq(waiting(&site), "sitemap I http://h/sitemap.xml\n"
                                     "feed I http://h/api/v1/archive?sort=new&offset=0&limit=12\n"
                                     "feed I http://h/feed\n"
                                     "archive I http://h/archive?sort=new\n");
    end(&site);
}
END_TEST

START_TEST(an_inferred_date_archive_page_is_not_a_stand_in)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    show(&site, &(struct shown){.url = "http://h/archive?sort=new",
                                .kind = VISIT_ARCHIVE,
                                .hops = "I",
                                .body = "<a href='/p/one'>One</a>"});
    ck_assert_str_eq(waiting(&site), "page IL http://h/p/one\n");
    end(&site);
}
END_TEST

START_TEST(a_list_that_pages_on_for_ever_ends_when_it_repeats_itself)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
    struct site site;
    int pages = 0;
    prepare(&site);
    begin(&site, "http://h/");
    for (bool on = true; on && pages < 10; pages++) {
        char url[96];
        snprintf(url, sizeof url, "http://h/api/v1/archive?sort=new&offset=%d&limit=12",
                 pages * 12);
        show(&site, &(struct shown){.url = url,
                                    .kind = VISIT_FEED,
                                    .hops = "I",
                                    .head = head,
                                    .body = "[{\"canonical_url\": \"http://h/p/one\"}]"});
        on = strstr(site.lines.data, "notFollowed: series.nothing-new") == NULL;
    }
    ck_assert_int_eq(pages, 3);
    end(&site);
}
END_TEST

/* ---- redirects ---- */

START_TEST(a_redirect_of_a_seed_adds_its_site)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    ck_assert_int_eq(redirect(&site, &(struct shown){.url = "http://h/",
                                                     .kind = VISIT_SEED,
                                                     .hops = "",
                                                     .head = "HTTP/1.1 301 Moved\r\nLocation: "
                                                             "http://other/\r\n\r\n"}),
                     RESULT_OK);
    ck_assert_str_eq(waiting(&site), "seed R http://other/\n");
    show(&site, &(struct shown){.url = "http://other/",
                                .kind = VISIT_SEED,
                                .hops = "R",
                                .body = "<a href='/page'>A page</a>"});
    ck_assert_str_eq(waiting(&site), "page RL http://other/page\n");
    end(&site);
}
END_TEST

START_TEST(a_redirect_to_a_login_is_not_followed)
{
    static const char head[] = "HTTP/1.1 302 Found\r\nLocation: /login?return=/vote\r\n\r\n";
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    ck_assert_int_eq(redirect(&site, &(struct shown){.url = "http://h/vote",
                                                     .via = "http://h/",
                                                     .kind = VISIT_PAGE,
                                                     .hops = "L",
                                                     .head = head}),
                     RESULT_END);
    expect_line(&site, "notFollowed: login http://h/login?return=/vote\r\n");
    ck_assert_str_eq(waiting(&site), "");
    end(&site);
}
END_TEST

START_TEST(twenty_redirects_are_enough)
{
    static const char head[] = "HTTP/1.1 302 Found\r\nLocation: /21\r\n\r\n";
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    ck_assert_int_eq(redirect(&site, &(struct shown){.url = "http://h/20",
                                                     .kind = VISIT_PAGE,
                                                     .hops = "LRRRRRRRRRRRRRRRRRRRR",
                                                     .head = head}),
                     RESULT_END);
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_TOO_MANY_REDIRECTS), 1);
    end(&site);
}
END_TEST

/* Redirects a page of a run that follows at most `most`; what follow_redirect() returns. */
static enum result redirect_from(struct site *site, const char *url, enum visit_kind kind)
{
    static const char head[] = "HTTP/1.1 302 Found\r\nLocation: there\r\n\r\n";
    return redirect(site, &(struct shown){.url = url, .kind = kind, .hops = "L", .head = head});
}

START_TEST(redirects_are_counted_in_all)
{
    struct site site;
    prepare(&site);
    site.options.limits.redirects = 2;
    begin(&site, "http://h/");
    ck_assert_int_eq(redirect_from(&site, "http://h/1/", VISIT_PAGE), RESULT_OK);
    ck_assert_int_eq(redirect_from(&site, "http://h/1/?again", VISIT_PAGE), RESULT_END); /* known */
    ck_assert_int_eq(redirect_from(&site, "http://h/2/", VISIT_REQUISITE), RESULT_OK);
    ck_assert_int_eq(redirect_from(&site, "http://h/3/", VISIT_PAGE), RESULT_END);
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_REDIRECTS_IN_ALL), 1);
    ck_assert_str_eq(follow_limits(site.follow)->first[LIMIT_REDIRECTS_IN_ALL], "http://h/3/");
    ck_assert_int_eq(redirect_from(&site, "http://h/4/", VISIT_SEED), RESULT_OK);
    ck_assert_int_eq(redirect_from(&site, "http://h/5/", VISIT_ROBOTS), RESULT_OK);
    end(&site);
}
END_TEST

START_TEST(no_limit_means_none)
{
    char url[32];
    struct site site;
    prepare(&site);
    site.options.limits.redirects = 0;
    begin(&site, "http://h/");
    for (int i = 0; i < 100; i++) {
        snprintf(url, sizeof url, "http://h/%d/", i);
        ck_assert_int_eq(redirect_from(&site, url, VISIT_PAGE), RESULT_OK);
    }
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_REDIRECTS_IN_ALL), 0);
    end(&site);
}
END_TEST

START_TEST(what_scripts_may_load_leaves_out_nothing_that_the_page_shows)
{
    struct site site;
    prepare(&site);
    site.options.limits.parts = 3;
    begin(&site, "http://h/");
    const struct shown page = {.url = "http://h/",
                               .kind = VISIT_PAGE,
                               .hops = "L",
                               .body = "<script>a='http://h/1.js';a='http://h/2.js';"
                                       "a='http://h/3.js';a='http://h/4.js';</script>"
                                       "<img src=/1.gif><img src=/2.gif>"};
    show(&site, &page);
    ck_assert_str_eq(waiting(&site), "requisite LE http://h/1.gif\nrequisite LE http://h/2.gif\n"
                                     "speculative LX http://h/1.js\nspeculative LX http://h/2.js\n"
                                     "speculative LX http://h/3.js\n");
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_TOO_MANY_PARTS), 1);
    end(&site);
}
END_TEST

/* ---- recovered pages ---- */

/* Reads the front page in a crawl with --exclude, and recovers it in another with the same or
 * without. */
static void recover_excluded(bool same, const char **before, const char **after, struct site *live,
                             struct site *recovered)
{
    static char pattern[] = "/2021/";
    static char *patterns[] = {pattern};
    prepare(live);
    prepare(recovered);
    live->options.scope.exclude = recovered->options.scope.exclude = patterns;
    live->options.scope.exclude_count = 1;
    recovered->options.scope.exclude_count = same;
    begin(live, "http://h/");
    begin(recovered, "http://h/");
    show(live, &front);
    recover(recovered, &front, live->lines.data);
    *before = waiting(live);
    *after = waiting(recovered);
}

START_TEST(a_recovered_page_leads_where_it_led_before)
{
    struct site live, recovered;
    const char *before, *after;
    recover_excluded(true, &before, &after, &live, &recovered);
    ck_assert_ptr_nonnull(strstr(before, "pager L http://h/page/2\n"));
    ck_assert_ptr_null(strstr(before, "/2021/"));
    ck_assert_str_eq(after, before);
    end(&live);
    end(&recovered);
}
END_TEST

START_TEST(what_an_option_left_out_is_judged_by_the_option_of_this_run)
{
    struct site live, recovered;
    const char *before, *after;
    recover_excluded(false, &before, &after, &live, &recovered);
    ck_assert_ptr_null(strstr(before, "/2021/"));
    ck_assert_ptr_nonnull(strstr(after, "archive L http://h/2021/06/\n"));
    end(&live);
    end(&recovered);
}
END_TEST

START_TEST(what_pages_showed_to_be_a_trap_stays_left_out)
{
    static const char lines[] = "outlink: http://h/page/9 L pager a@href\r\n"
                                "outlink: http://h/post L page a@href\r\n"
                                "notFollowed: series.nothing-new http://h/page/9\r\n";
    struct site site, off;
    prepare(&site);
    prepare(&off);
    off.options.rules_off.has[URL_RULE_SERIES_NOTHING_NEW] = true;
    begin(&site, "http://h/");
    begin(&off, "http://h/");
    recover(&site, &front, lines);
    recover(&off, &front, lines);
    ck_assert_str_eq(waiting(&site), "page L http://h/post\n");
    ck_assert_ptr_nonnull(strstr(waiting(&off), "/page/9")); /* unless the rule is off now */
    end(&site);
    end(&off);
}
END_TEST

START_TEST(what_a_rule_would_have_left_out_is_left_out_when_it_is_on_again)
{
    static const char lines[] = "outlink: http://h/page/9 L pager a@href\r\n"
                                "outlink: http://h/post L page a@href\r\n"
                                "ruleOff: series.nothing-new http://h/page/9\r\n";
    struct site site, off;
    prepare(&site);
    prepare(&off);
    off.options.rules_off.has[URL_RULE_SERIES_NOTHING_NEW] = true;
    begin(&site, "http://h/");
    begin(&off, "http://h/");
    recover(&site, &front, lines);
    recover(&off, &front, lines);
    ck_assert_str_eq(waiting(&site), "page L http://h/post\n");
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_SERIES_NOTHING_NEW), 1);
    ck_assert_ptr_nonnull(strstr(waiting(&off), "/page/9"));
    end(&site);
    end(&off);
}
END_TEST

START_TEST(what_a_rule_would_have_left_out_is_recorded_while_it_is_off)
{
    static const char body[] = "<p>The same words on each page.</p><a href='/post'>A post</a>"
                               "<a rel='next' href='/page/%d'>Older posts</a>"
                               "<a href='/topic?action=markasread'>Mark</a>";
    struct site site;
    prepare(&site);
    site.options.rules_off.has[URL_RULE_SERIES_NOTHING_NEW] = true;
    site.options.rules_off.has[URL_RULE_FORUM_TOOLS] = true;
    begin(&site, "http://h/");
    for (int i = 0; i < 2; i++) /* the second time the frontier knows the link */
        for (int page = 2; page <= 5; page++) {
            char url[32], html[256];
            snprintf(url, sizeof url, "http://h/page/%d", page);
            snprintf(html, sizeof html, body, page + 1);
            show(&site,
                 &(struct shown){.url = url, .kind = VISIT_PAGER, .hops = "L", .body = html});
        }
    expect_line(&site, "ruleOff: series.nothing-new http://h/page/6\r\n");
    expect_line(&site, "ruleOff: forum.tools http://h/topic?action=markasread\r\n");
    const char *all = waiting(&site);
    ck_assert_ptr_nonnull(strstr(all, "http://h/page/6\n"));
    ck_assert_ptr_nonnull(strstr(all, "action=markasread\n"));
    end(&site);
}
END_TEST

START_TEST(a_redirect_to_what_is_excluded_is_not_followed)
{
    static const char head[] = "HTTP/1.1 302 Found\r\nLocation: /away\r\n\r\n";
    char pattern[] = "/away";
    char *patterns[] = {pattern};
    struct site site;
    prepare(&site);
    site.options.scope.exclude = patterns;
    site.options.scope.exclude_count = 1;
    begin(&site, "http://h/");
    struct shown page = {.url = "http://h/1", .kind = VISIT_PAGE, .hops = "L", .head = head};
    ck_assert_int_eq(redirect(&site, &page), RESULT_END);
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_EXCLUDED), 1);
    expect_line(&site, "notFollowed: excluded http://h/away\r\n");
    page.kind = VISIT_SEED; /* a seed is followed wherever it leads */
    page.hops = "";
    ck_assert_int_eq(redirect(&site, &page), RESULT_OK);
    end(&site);
}
END_TEST

START_TEST(inferred_requests_are_recovered)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    recover(&site, &front,
            "outlink: http://h/archive?sort=new I archive inferred: Substack\r\n"
            "outlink: http://h/feed I feed inferred: Substack\r\n"
            "outlink: http://elsewhere/feed I feed inferred: Substack\r\n");
    ck_assert_str_eq(waiting(&site), "feed I http://h/feed\narchive I http://h/archive?sort=new\n");
    end(&site);
}
END_TEST

/* They wait for the end of the page; a recovered page used to have none. */
START_TEST(further_pages_of_a_recovered_date_archive_are_offered)
{
    struct site site;
    prepare(&site);
    begin(&site, "http://h/");
    recover(&site, &(struct shown){.url = "http://h/2021/06/", .kind = VISIT_ARCHIVE, .hops = "L"},
            "outlink: http://h/search?updated-max=2021-06-15T10:00:00Z L pager a@href\r\n"
            "outlink: http://h/search?updated-max=2021-05-15T10:00:00Z L pager a@href\r\n");
    ck_assert_str_eq(waiting(&site),
                     "pager LL http://h/search?updated-max=2021-06-15T10:00:00Z of 20210600\n");
    ck_assert_uint_eq(follow_refused(site.follow, URL_RULE_BLOGGER_OUTSIDE_PERIOD), 1);
    end(&site);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("follow");
    TCase *tests = tcase_create("follow");
    tcase_add_test(tests, links_are_offered_as_what_they_are);
    tcase_add_test(tests, what_is_known_is_not_offered_again);
    tcase_add_test(tests, a_rule_that_is_off_leaves_nothing_out);
    tcase_add_test(tests, the_record_says_what_a_list_misses);
    tcase_add_test(tests, a_series_that_repeats_itself_ends);
    tcase_add_test(tests, a_page_that_stands_in_for_a_list_leads_nowhere);
    tcase_add_test(tests, a_seed_that_names_no_page_has_its_sitemaps_looked_for);
    tcase_add_test(tests, a_platform_is_asked_for_its_lists);
    tcase_add_test(tests, an_inferred_date_archive_page_is_not_a_stand_in);
    tcase_add_test(tests, a_list_that_pages_on_for_ever_ends_when_it_repeats_itself);
    tcase_add_test(tests, a_redirect_of_a_seed_adds_its_site);
    tcase_add_test(tests, a_redirect_to_a_login_is_not_followed);
    tcase_add_test(tests, twenty_redirects_are_enough);
    tcase_add_test(tests, redirects_are_counted_in_all);
    tcase_add_test(tests, no_limit_means_none);
    tcase_add_test(tests, what_scripts_may_load_leaves_out_nothing_that_the_page_shows);
    tcase_add_test(tests, a_redirect_to_what_is_excluded_is_not_followed);
    tcase_add_test(tests, a_recovered_page_leads_where_it_led_before);
    tcase_add_test(tests, what_an_option_left_out_is_judged_by_the_option_of_this_run);
    tcase_add_test(tests, what_pages_showed_to_be_a_trap_stays_left_out);
    tcase_add_test(tests, what_a_rule_would_have_left_out_is_left_out_when_it_is_on_again);
    tcase_add_test(tests, what_a_rule_would_have_left_out_is_recorded_while_it_is_off);
    tcase_add_test(tests, inferred_requests_are_recovered);
    tcase_add_test(tests, further_pages_of_a_recovered_date_archive_are_offered);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
