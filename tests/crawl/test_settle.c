/* What only shows when all responses are known: each verdict, and beside it what looks alike and is
 * sound. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/settle.h"
#include "store/memory_store.h"

static struct store *store;
static struct trouble trouble;

static void ok(enum result result)
{
    ck_assert_msg(result == RESULT_OK, "%s", trouble.words);
}

static void begin(void)
{
    trouble = trouble_none();
    ok(memory_store_open(&store, 1, &trouble));
}

static void end(void)
{
    store_close(store);
}

static int64_t key_of(const char *url)
{
    return store_key(store, text_of(url));
}

/* A response that has come. */
struct row {
    const char *url;
    enum visit_kind kind;
    const char *hops;
    enum url_state state;
    int status;
    const char *to; /* where it redirects; NULL: it does not */
    bool to_login;
};

static void put(const struct row *row)
{
    struct visit visit = {.key = key_of(row->url), .kind = row->kind, .url = text_of(row->url)};
    const struct outcome outcome = {.key = visit.key, .state = row->state, .status = row->status};
    snprintf(visit.hops, sizeof visit.hops, "%s", row->hops);
    ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    ok(queue_finish(store->queue, &outcome, 1, &trouble));
    if (row->to) {
        const struct noted_redirect redirect = {visit.key, key_of(row->to), row->to_login};
        ok(completeness_note_redirect(store->completeness, &redirect, &trouble));
    }
}

static void put_page(const char *url, int status)
{
    put(&(struct row){url, VISIT_PAGE, "L",
                      status == 200   ? STATE_KEPT
                      : status == 404 ? STATE_GONE
                      : status == 403 ? STATE_REFUSED
                                      : STATE_BROKEN,
                      status, NULL, false});
}

static void put_redirect(const char *url, const char *to)
{
    put(&(struct row){url, VISIT_PAGE, "L", STATE_KEPT, 302, to, false});
}

static void list(const char *url, enum list_source source)
{
    const struct listed_url listed = {key_of(url), source};
    ok(completeness_note_listed(store->completeness, &listed, 1, &trouble));
}

/* What the archive has of a URL. */
static void hold(const char *url, const char *body)
{
    struct held_capture held = {.status = 200, .original_url = text_of(url)};
    const struct held_entry entry = {key_of(url), &held};
    snprintf(held.digest, sizeof held.digest, "sha1:%s", body);
    ok(recrawl_state_keep_held(store->recrawl, &entry, 1, &trouble));
}

static void settle(void)
{
    ok(settle_states(store, &trouble));
}

static void is(const char *url, enum url_state state, const char *reason)
{
    struct url_history history;
    struct provenance provenance;
    struct buf texts;
    buf_init(&texts, 10000);
    ok(recrawl_state_history(store->recrawl, key_of(url), &history, NULL, &trouble));
    ck_assert_msg(history.state == state, "%s is %s", url, url_state_name(history.state));
    ok(recrawl_state_provenance(store->recrawl, key_of(url), &provenance, &texts, &trouble));
    ck_assert_msg(text_equal(provenance.reason, text_of(reason)), "%s: %.*s", url,
                  TEXT_ARGS(provenance.reason));
    buf_release(&texts);
}

/* ---- where a redirect leads ---- */

START_TEST(a_redirect_is_worth_what_its_end_is)
{
    put_page("kept", 200);
    put_page("gone", 404);
    put_page("refused", 403);
    put_page("broken", 500);
    put_redirect("to-kept", "kept");
    put_redirect("to-gone", "gone");
    put_redirect("to-refused", "refused");
    put_redirect("to-broken", "broken");
    put_redirect("far", "to-kept");
    put_redirect("far-and-gone", "to-gone");
    put_redirect("away", "unknown"); /* nobody asks for it, by a rule */
    put_redirect("towards-the-cut", "cut");
    put(&(struct row){"cut", VISIT_PAGE, "LR", STATE_BROKEN, 302, "never", false});
    settle();
    is("towards-the-cut", STATE_BROKEN, "it redirects to a URL that is broken");
    is("to-kept", STATE_KEPT, "");
    is("to-gone", STATE_GONE, "");
    is("to-refused", STATE_REFUSED, "it redirects to a URL that is refused");
    is("to-broken", STATE_BROKEN, "it redirects to a URL that is broken");
    is("far", STATE_KEPT, "");
    is("far-and-gone", STATE_GONE, "");
    is("away", STATE_KEPT, "");
}
END_TEST

START_TEST(what_waits_is_counted_itself)
{
    struct visit visit = {.key = key_of("later"), .kind = VISIT_PAGE, .url = TEXT("later")};
    ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    put_redirect("to-later", "later");
    settle();
    is("to-later", STATE_KEPT, "");
    is("later", STATE_WAITING, "");
}
END_TEST

START_TEST(what_robots_txt_closes_closes_what_leads_there)
{
    put(&(struct row){"closed", VISIT_PAGE, "LR", STATE_LEFT_OUT, 0, NULL, false});
    put_redirect("to-closed", "closed");
    settle();
    is("to-closed", STATE_LEFT_OUT, "robots.txt");
}
END_TEST

START_TEST(a_circle_of_any_length_is_broken)
{
    char from[20], to[20];
    put_redirect("self", "self");
    put_redirect("one", "two");
    put_redirect("two", "one");
    put_redirect("into", "one"); /* it never comes back to itself */
    for (int i = 0; i < 40; i++) {
        snprintf(from, sizeof from, "turn-%d", i);
        snprintf(to, sizeof to, "turn-%d", (i + 1) % 40);
        put_redirect(from, to);
    }
    for (int i = 0; i < 40; i++) { /* and one that is long, but ends */
        snprintf(from, sizeof from, "step-%d", i);
        snprintf(to, sizeof to, "step-%d", i + 1);
        put_redirect(from, to);
    }
    put_page("step-40", 200);
    settle();
    is("self", STATE_BROKEN, "it redirects in a circle");
    is("one", STATE_BROKEN, "it redirects in a circle");
    is("two", STATE_BROKEN, "it redirects in a circle");
    is("into", STATE_BROKEN, "it redirects in a circle");
    is("turn-0", STATE_BROKEN, "it redirects in a circle");
    is("turn-39", STATE_BROKEN, "it redirects in a circle");
    is("step-0", STATE_KEPT, "");
    is("step-39", STATE_KEPT, "");
}
END_TEST

/* ---- logins ---- */

static void put_login(const char *url, enum visit_kind kind)
{
    put(&(struct row){url, kind, "L", STATE_KEPT, 302, "login", true});
}

START_TEST(a_login_in_the_place_of_what_is_listed_is_a_refusal)
{
    put_login("http://h/listed", VISIT_PAGE);
    put_login("http://h/loose", VISIT_PAGE);
    put_login("http://h/feed", VISIT_FEED);
    put_login("http://h/page/2", VISIT_PAGER);
    put_login("http://h/", VISIT_SEED);
    put_redirect("http://h/by-another", "http://h/listed");
    list("http://h/listed", LISTED_BY_PAGER);
    list("http://h/by-another", LISTED_BY_PAGER);
    settle();
    is("http://h/listed", STATE_REFUSED, "it leads to a login");
    is("http://h/by-another", STATE_REFUSED, "it leads to a login");
    is("http://h/feed", STATE_REFUSED, "it leads to a login");
    is("http://h/page/2", STATE_REFUSED, "it leads to a login");
    is("http://h/", STATE_REFUSED, "it leads to a login");
    is("http://h/loose", STATE_KEPT, ""); /* what only members do */
}
END_TEST

START_TEST(what_members_do_is_no_gap_unless_a_feed_names_it)
{
    put_login("http://h/posting?mode=reply&t=1", VISIT_PAGE);
    put_login("http://h/posting?mode=reply&t=2", VISIT_PAGE);
    list("http://h/posting?mode=reply&t=1", LISTED_BY_PAGER);
    list("http://h/posting?mode=reply&t=2", LISTED_BY_SITEMAP);
    settle();
    is("http://h/posting?mode=reply&t=1", STATE_KEPT, "");
    is("http://h/posting?mode=reply&t=2", STATE_REFUSED, "it leads to a login");
}
END_TEST

/* ---- walls ---- */

/* So many listed pages; the first `equal` show the same. */
static void put_site(int pages, int equal)
{
    char url[20], body[20];
    for (int i = 0; i < pages; i++) {
        snprintf(url, sizeof url, "post-%d", i);
        snprintf(body, sizeof body, "body-%d", i < equal ? 0 : i);
        put_page(url, 200);
        hold(url, body);
        list(url, LISTED_BY_PAGER);
    }
}

START_TEST(one_page_for_every_url_is_a_wall)
{
    put_site(12, 11);
    put_page("loose", 200);
    hold("loose", "body-0");
    put(&(struct row){"seed", VISIT_SEED, "", STATE_KEPT, 200, NULL, false});
    hold("seed", "body-0");
    settle();
    is("post-0", STATE_REFUSED, "the site shows one and the same page for every URL");
    is("post-10", STATE_REFUSED, "the site shows one and the same page for every URL");
    is("post-11", STATE_KEPT, "");
    is("loose", STATE_KEPT, ""); /* no list names it: it may be that page's own URL */
    is("seed", STATE_KEPT, "");
}
END_TEST

START_TEST(one_target_for_every_url_is_a_wall)
{
    char url[20];
    put_page("notice", 200);
    hold("notice", "notice");
    for (int i = 0; i < 9; i++) {
        snprintf(url, sizeof url, "post-%d", i);
        put_redirect(url, "notice");
        list(url, LISTED_BY_SITEMAP);
    }
    settle();
    is("post-0", STATE_REFUSED, "the site shows one and the same page for every URL");
    is("post-8", STATE_REFUSED, "the site shows one and the same page for every URL");
    is("notice", STATE_KEPT, "");
}
END_TEST

static const struct {
    int pages, equal;
} sound[] = {{12, 3}, {12, 10}, {2, 2}, {30, 26}, {12, 0}};

START_TEST(some_equal_pages_are_no_wall)
{
    put_site(sound[_i].pages, sound[_i].equal);
    settle();
    is("post-0", STATE_KEPT, "");
    is("post-1", STATE_KEPT, "");
}
END_TEST

START_TEST(pages_that_no_list_names_are_no_wall)
{
    char url[20];
    for (int i = 0; i < 12; i++) {
        snprintf(url, sizeof url, "tool-%d", i);
        put_page(url, 200);
        hold(url, "the same");
    }
    settle();
    is("tool-0", STATE_KEPT, "");
}
END_TEST

/* ---- again, and what is left alone ---- */

START_TEST(a_verdict_changes_with_the_end_of_a_redirect)
{
    put_page("end", 404);
    put_redirect("from", "end");
    settle();
    is("from", STATE_GONE, "");
    ok(queue_restate(store->queue, key_of("end"), STATE_KEPT, NULL, &trouble));
    settle();
    is("from", STATE_KEPT, "");
    settle();
    is("from", STATE_KEPT, "");
}
END_TEST

START_TEST(parts_and_guesses_are_as_visitors_see_them)
{
    put_page("broken", 500);
    put(&(struct row){"part", VISIT_REQUISITE, "E", STATE_KEPT, 302, "broken", false});
    put(&(struct row){"picture", VISIT_REQUISITE, "E", STATE_KEPT, 302, "its-back", false});
    put(&(struct row){"its-back", VISIT_REQUISITE, "ER", STATE_KEPT, 302, "picture", false});
    put(&(struct row){"members", VISIT_REQUISITE, "E", STATE_KEPT, 302, "login", true});
    put(&(struct row){"guess", VISIT_FEED, "I", STATE_KEPT, 302, "broken", false});
    put(&(struct row){"guess-moved", VISIT_FEED, "IR", STATE_KEPT, 302, "broken", false});
    put(&(struct row){"by-guess", VISIT_PAGE, "IL", STATE_KEPT, 302, "broken", false});
    settle();
    is("part", STATE_KEPT, ""); /* its end is counted itself */
    is("picture", STATE_BROKEN, "it redirects in a circle");
    is("its-back", STATE_BROKEN, "it redirects in a circle");
    is("members", STATE_KEPT, "");
    is("guess", STATE_KEPT, "");
    is("guess-moved", STATE_KEPT, "");
    is("by-guess", STATE_BROKEN, "it redirects to a URL that is broken");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settle");
    TCase *test = tcase_create("verdicts");
    tcase_add_checked_fixture(test, begin, end);
    tcase_add_test(test, a_redirect_is_worth_what_its_end_is);
    tcase_add_test(test, what_waits_is_counted_itself);
    tcase_add_test(test, what_robots_txt_closes_closes_what_leads_there);
    tcase_add_test(test, a_circle_of_any_length_is_broken);
    tcase_add_test(test, a_login_in_the_place_of_what_is_listed_is_a_refusal);
    tcase_add_test(test, what_members_do_is_no_gap_unless_a_feed_names_it);
    tcase_add_test(test, one_page_for_every_url_is_a_wall);
    tcase_add_test(test, one_target_for_every_url_is_a_wall);
    tcase_add_loop_test(test, some_equal_pages_are_no_wall, 0, sizeof sound / sizeof *sound);
    tcase_add_test(test, pages_that_no_list_names_are_no_wall);
    tcase_add_test(test, a_verdict_changes_with_the_end_of_a_redirect);
    tcase_add_test(test, parts_and_guesses_are_as_visitors_see_them);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
