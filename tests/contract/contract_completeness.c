/* The contracts of completeness and progress. */
#include <config.h>

#include "contract.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* ---- completeness ---- */

static void name_in_list(struct store *store, const char *url, enum list_source source)
{
    struct trouble trouble = trouble_none();
    const struct listed_url listed = {contract_key(store, url), source};
    ck_ok(completeness_note_listed(store->completeness, &listed, 1, &trouble));
}

static void leave_out_as(struct store *store, const char *url, enum url_rule rule, bool suspected)
{
    struct trouble trouble = trouble_none();
    const struct left_out_url left_out = {contract_key(store, url), rule, text_of(url),
                                          contract_key(store, "http://h/"), suspected};
    ck_ok(completeness_note_left_out(store->completeness, &left_out, 1, &trouble));
}

static void leave_out(struct store *store, const char *url, enum url_rule rule)
{
    leave_out_as(store, url, rule, false);
}

static void write_gap(void *context, const struct listed_gap *gap)
{
    buf_printf(context, "%s %.*s %s %.*s\n", list_source_name(gap->source), TEXT_ARGS(gap->url),
               url_state_name(gap->state), TEXT_ARGS(gap->reason));
}

static const char *gaps(struct store *store, int most)
{
    static struct buf out;
    struct trouble trouble = trouble_none();
    buf_release(&out);
    buf_init(&out, 10000);
    ck_ok(completeness_each_gap(store->completeness, most, write_gap, &out, &trouble));
    return out.length ? out.data : "";
}

START_TEST(listed_urls_are_counted_by_state)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct listed_counts counts;
    int64_t host = contract_offer(store, "a", VISIT_PAGE);
    static const char *const urls[] = {"b", "c", "d", "e", "gone", "refused", "options"};
    for (int i = 0; i < 7; i++)
        contract_offer(store, urls[i], VISIT_PAGE);
    for (int i = 0; i < 7; i++)
        name_in_list(store, urls[i], LISTED_BY_FEED);
    name_in_list(store, "a", LISTED_BY_FEED);
    name_in_list(store, "a", LISTED_BY_FEED); /* counts once */
    name_in_list(store, "a", LISTED_BY_PAGER);
    name_in_list(store, "left", LISTED_BY_FEED);
    name_in_list(store, "a trap", LISTED_BY_FEED);
    name_in_list(store, "never met", LISTED_BY_FEED);
    leave_out(store, "left", URL_RULE_EXCLUDED);
    leave_out(store, "a trap", URL_RULE_TRAP);
    leave_out(store, "not listed", URL_RULE_EXCLUDED);
    contract_finish(store, "b", STATE_KEPT, 200);
    contract_finish(store, "c", STATE_BROKEN, 500);
    contract_finish(store, "d", STATE_LEFT_OUT, 0);
    contract_finish(store, "gone", STATE_GONE, 404);
    contract_finish(store, "refused", STATE_REFUSED, 403);
    const struct outcome options = {
        contract_key(store, "options"), STATE_LEFT_OUT, 0, 0, 0, "too-deep", 0};
    ck_ok(queue_finish(store->queue, &options, 1, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "a");
    ck_ok(completeness_count_listed(store->completeness, &counts, &trouble));
    const struct state_counts *feed = &counts.by[LISTED_BY_FEED];
    ck_assert_uint_eq(feed->of[STATE_WAITING], 2); /* a is leased */
    ck_assert_uint_eq(feed->of[STATE_KEPT], 1);
    ck_assert_uint_eq(feed->of[STATE_BROKEN], 1);
    ck_assert_uint_eq(feed->of[STATE_GONE], 1);
    ck_assert_uint_eq(feed->of[STATE_REFUSED], 1);
    ck_assert_uint_eq(feed->of[STATE_LEFT_OUT], 3);
    ck_assert_uint_eq(feed->left_out[LEFT_OUT_BY_ROBOTS], 1);
    ck_assert_uint_eq(feed->left_out[LEFT_OUT_BY_OPTION], 2);
    ck_assert_uint_eq(feed->left_out[LEFT_OUT_BY_RULE], 0);
    ck_assert_uint_eq(state_counts_all(&counts.by[LISTED_BY_PAGER]), 1);
    ck_assert_uint_eq(counts.by[LISTED_BY_PAGER].of[STATE_WAITING], 1);
    ck_assert_uint_eq(state_counts_all(&counts.by[LISTED_BY_SITEMAP]), 0);
    /* several lists name a, and it counts once */
    ck_assert_uint_eq(state_counts_all(&counts.all), state_counts_all(feed));
    ck_assert_uint_eq(counts.all.of[STATE_WAITING], 2);
    store_close(store);
}
END_TEST

START_TEST(gaps_are_listed_with_their_reason)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    ck_assert_str_eq(gaps(store, INT_MAX), "");
    contract_offer(store, "waits", VISIT_PAGE);
    contract_offer(store, "there", VISIT_PAGE);
    contract_offer(store, "broken", VISIT_PAGE);
    name_in_list(store, "waits", LISTED_BY_SITEMAP);
    name_in_list(store, "there", LISTED_BY_SITEMAP);
    name_in_list(store, "broken", LISTED_BY_SITEMAP);
    name_in_list(store, "broken", LISTED_BY_PAGER);
    contract_finish(store, "there", STATE_KEPT, 200);
    const struct outcome failed = {contract_key(store, "broken"), STATE_BROKEN, 0, 3, 0, "why", 0};
    ck_ok(queue_finish(store->queue, &failed, 1, &trouble));
    /* The lists of one URL come together; which URL comes first is the store's own affair. */
    const char *all = gaps(store, INT_MAX);
    const char *both = "pager broken broken why\nsitemap broken broken why\n",
               *waits = "sitemap waits waiting \n";
    ck_assert_uint_eq(strlen(all), strlen(both) + strlen(waits));
    ck_assert_ptr_nonnull(strstr(all, both));
    ck_assert_ptr_nonnull(strstr(all, waits));
    char again[256];
    snprintf(again, sizeof again, "%s", all);
    ck_assert_str_eq(gaps(store, INT_MAX), again);
    const char *two = gaps(store, 2); /* the first two of the same */
    ck_assert_int_eq(strncmp(again, two, strlen(two)), 0);
    ck_assert_uint_lt(strlen(two), strlen(again));
    store_close(store);
}
END_TEST

START_TEST(what_options_leave_out_is_a_gap)
{
    struct store *store = contract_open(_i);
    name_in_list(store, "left", LISTED_BY_ARCHIVE);
    name_in_list(store, "trap", LISTED_BY_ARCHIVE);
    leave_out(store, "left", URL_RULE_NOT_INCLUDED);
    leave_out(store, "trap", URL_RULE_TRAP);
    ck_assert_str_eq(gaps(store, INT_MAX), "archive left left out not-included\n");
    store_close(store);
}
END_TEST

START_TEST(a_suspect_on_a_list_is_a_gap)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct listed_counts counts;
    name_in_list(store, "suspect", LISTED_BY_PAGER);
    name_in_list(store, "suspect", LISTED_BY_FEED);
    name_in_list(store, "trap", LISTED_BY_PAGER);
    leave_out_as(store, "suspect", URL_RULE_PRINT, true);
    leave_out_as(store, "on no list", URL_RULE_PRINT, true);
    leave_out(store, "trap", URL_RULE_PRINT);
    leave_out_as(store, "trap", URL_RULE_SHARE, true); /* the first rule is kept */
    ck_assert_str_eq(gaps(store, INT_MAX),
                     ("pager suspect left out print\nfeed suspect left out print\n"));
    ck_ok(completeness_count_listed(store->completeness, &counts, &trouble));
    ck_assert_uint_eq(counts.by[LISTED_BY_PAGER].left_out[LEFT_OUT_BY_RULE], 1);
    ck_assert_uint_eq(counts.all.left_out[LEFT_OUT_BY_RULE], 1);
    ck_assert_uint_eq(counts.all.of[STATE_LEFT_OUT], 1);
    struct url_rule_set rules = {.has = {[URL_RULE_PRINT] = true}};
    ck_ok(completeness_forget_left_out(store->completeness, &rules, &trouble));
    leave_out(store, "suspect", URL_RULE_PRINT);
    ck_assert_str_eq(gaps(store, INT_MAX), "");
    store_close(store);
}
END_TEST

static void write_response(void *context, const struct known_response *response)
{
    buf_printf(context, "%.*s %s%s%s%s; ", TEXT_ARGS(response->url),
               url_state_name(response->state), response->listed ? " listed" : "",
               response->named_as_page ? " as a page" : "",
               response->redirect.to_login ? " to a login" : "");
}

START_TEST(redirects_and_listed_pages_are_told)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    buf_init(&out, 1000);
    contract_offer(store, "a", VISIT_PAGE);
    contract_finish(store, "a", STATE_KEPT, 302);
    const struct noted_redirect redirect = {contract_key(store, "a"), contract_key(store, "b"),
                                            true};
    ck_ok(completeness_note_redirect(store->completeness, &redirect, &trouble));
    ck_ok(completeness_each_response(store->completeness, write_response, &out, &trouble));
    ck_assert_str_eq(out.data, "a kept to a login; ");
    name_in_list(store, "a", LISTED_BY_PAGER);
    buf_clear(&out);
    ck_ok(completeness_each_response(store->completeness, write_response, &out, &trouble));
    ck_assert_str_eq(out.data, "a kept listed to a login; ");
    name_in_list(store, "a", LISTED_BY_SITEMAP);
    contract_finish(store, "a", STATE_KEPT, 200); /* no redirect any more */
    contract_offer(store, "waits", VISIT_PAGE);
    name_in_list(store, "waits", LISTED_BY_SITEMAP);
    contract_offer(store, "part", VISIT_REQUISITE);
    contract_finish(store, "part", STATE_KEPT, 302);
    const struct noted_redirect part = {contract_key(store, "part"), 5, false};
    ck_ok(completeness_note_redirect(store->completeness, &part, &trouble));
    buf_clear(&out);
    ck_ok(completeness_each_response(store->completeness, write_response, &out, &trouble));
    ck_assert_uint_eq(out.length, strlen("a kept listed as a page; part kept; "));
    ck_assert_ptr_nonnull(strstr(out.data, "a kept listed as a page; "));
    ck_assert_ptr_nonnull(strstr(out.data, "part kept; "));
    buf_release(&out);
    store_close(store);
}
END_TEST

START_TEST(a_state_is_corrected_and_all_else_stays)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t key, host = contract_offer(store, "http://h/a", VISIT_PAGE);
    key = contract_key(store, "http://h/a");
    ck_ok(queue_restate(store->queue, key, STATE_REFUSED, "too early", &trouble));
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_WAITING);
    contract_finish(store, "http://h/a", STATE_KEPT, 302);
    int64_t done_ms = contract_history(store, "http://h/a").done_ms;
    ck_ok(queue_restate(store->queue, key, STATE_REFUSED, "a login", &trouble));
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_REFUSED);
    ck_assert_int_eq(contract_history(store, "http://h/a").done_ms, done_ms);
    ck_ok(queue_retry_failed(store->queue, 0, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    store_close(store);
}
END_TEST

START_TEST(the_first_rule_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct url_refusal refusal;
    struct buf via, other;
    buf_init(&via, 1000);
    buf_init(&other, 1000);
    int64_t key = contract_key(store, "http://h/trap");
    ck_assert_int_eq(completeness_refusal(store->completeness, key, &refusal, &via, &trouble),
                     RESULT_END);
    contract_offer(store, "http://h/", VISIT_SEED);
    leave_out(store, "http://h/trap", URL_RULE_OFF_SITE);
    leave_out(store, "http://h/trap", URL_RULE_TRAP);
    const struct left_out_url seed = {44, URL_RULE_TRAP, TEXT("http://x/"), 0, false};
    ck_ok(completeness_note_left_out(store->completeness, &seed, 1, &trouble));
    leave_out(store, "http://h/third", URL_RULE_TRAP);
    leave_out(store, "http://h/trap", URL_RULE_TRAP);
    ck_ok(completeness_refusal(store->completeness, key, &refusal, &via, &trouble));
    ck_assert_int_eq(refusal.rule, URL_RULE_OFF_SITE);
    struct text kept = refusal.via;
    ck_ok(completeness_refusal(store->completeness, 44, &refusal, &other, &trouble));
    ck_assert_int_eq(refusal.rule, URL_RULE_TRAP);
    ck_assert_uint_eq(refusal.via.length, 0);
    ck_assert(text_equal(kept, TEXT("http://h/"))); /* it is in the caller's buffer */
    buf_release(&via);
    buf_release(&other);
    store_close(store);
}
END_TEST

static void write_archive_count(void *context, int period, int posts)
{
    buf_printf(context, "%d:%d ", period, posts);
}

START_TEST(counts_of_date_archives_are_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    buf_init(&out, 1000);
    ck_ok(site_counts_note_archive(store->site_counts, 20200100, 4, &trouble));
    ck_ok(site_counts_note_archive(store->site_counts, 20190000, 7, &trouble));
    ck_ok(site_counts_note_archive(store->site_counts, 20200100, 3, &trouble));
    ck_ok(site_counts_each_archive(store->site_counts, write_archive_count, &out, &trouble));
    ck_assert_str_eq(out.data, "20190000:7 20200100:3 ");
    buf_release(&out);
    store_close(store);
}
END_TEST

static void write_row_pages(void *context, struct text series, int pages)
{
    buf_printf(context, "%.*s:%d ", TEXT_ARGS(series), pages);
}

START_TEST(lengths_of_series_are_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    buf_init(&out, 1000);
    ck_ok(site_counts_note_pages(store->site_counts, TEXT("h/tag"), 4, &trouble));
    ck_ok(site_counts_note_pages(store->site_counts, TEXT("h/blog"), 9, &trouble));
    ck_ok(site_counts_note_pages(store->site_counts, TEXT("h/tag"), 5, &trouble));
    ck_ok(site_counts_each_pages(store->site_counts, write_row_pages, &out, &trouble));
    ck_assert_str_eq(out.data, "h/blog:9 h/tag:5 ");
    buf_release(&out);
    store_close(store);
}
END_TEST

TCase *contract_completeness(void)
{
    TCase *tests = tcase_create("completeness");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, listed_urls_are_counted_by_state, 0, STORES);
    tcase_add_loop_test(tests, redirects_and_listed_pages_are_told, 0, STORES);
    tcase_add_loop_test(tests, a_state_is_corrected_and_all_else_stays, 0, STORES);
    tcase_add_loop_test(tests, gaps_are_listed_with_their_reason, 0, STORES);
    tcase_add_loop_test(tests, what_options_leave_out_is_a_gap, 0, STORES);
    tcase_add_loop_test(tests, a_suspect_on_a_list_is_a_gap, 0, STORES);
    tcase_add_loop_test(tests, the_first_rule_is_kept, 0, STORES);
    tcase_add_loop_test(tests, counts_of_date_archives_are_kept, 0, STORES);
    tcase_add_loop_test(tests, lengths_of_series_are_kept, 0, STORES);
    return tests;
}

/* ---- progress ---- */

static void write_name(void *context, struct text name)
{
    buf_printf(context, "%.*s ", TEXT_ARGS(name));
}

START_TEST(how_much_of_a_file_is_known_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct file_progress file = {1, 1};
    struct buf names;
    buf_init(&names, 1000);
    ck_ok(progress_file(store->progress, "a.warc.gz", &file, &trouble));
    ck_assert(!file.known_bytes && !file.indexed_bytes);
    ck_ok(
        progress_keep_file(store->progress, "b.warc.gz", (struct file_progress){10, -1}, &trouble));
    ck_ok(
        progress_keep_file(store->progress, "a.warc.gz", (struct file_progress){20, 15}, &trouble));
    ck_ok(progress_keep_file(store->progress, "c.warc.gz",
                             (struct file_progress){FILE_AS_IT_WAS, 5}, &trouble));
    ck_ok(progress_keep_file(store->progress, "b.warc.gz",
                             (struct file_progress){FILE_AS_IT_WAS, 9}, &trouble));
    ck_ok(progress_file(store->progress, "b.warc.gz", &file, &trouble));
    ck_assert_int_eq(file.known_bytes, 10);
    ck_assert_int_eq(file.indexed_bytes, 9);
    ck_ok(progress_file(store->progress, "a.warc.gz", &file, &trouble));
    ck_assert_int_eq(file.known_bytes, 20);
    ck_assert_int_eq(file.indexed_bytes, 15);
    ck_ok(progress_file(store->progress, "c.warc.gz", &file, &trouble));
    ck_assert_int_eq(file.known_bytes, 0);
    ck_ok(progress_each_file(store->progress, write_name, &names, &trouble));
    ck_assert_str_eq(names.data, "a.warc.gz b.warc.gz "); /* of c, nothing is known */
    buf_release(&names);
    store_close(store);
}
END_TEST

static void write_change(void *context, const struct untold_change *change)
{
    buf_printf(context, "%d %s %.*s>%.*s\n", change->change, visit_kind_name(change->kind),
               TEXT_ARGS(change->url), TEXT_ARGS(change->target));
}

START_TEST(changes_are_kept_until_they_are_reported)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    buf_init(&out, 1000);
    const struct untold_change changes[] = {{5, VISIT_PAGE, TEXT("b"), TEXT("a")},
                                            {1, VISIT_FEED, TEXT("a"), TEXT("")},
                                            {5, VISIT_PAGE, TEXT("b"), TEXT("a")}};
    for (int i = 0; i < 3; i++)
        ck_ok(progress_note_change(store->progress, &changes[i], &trouble));
    ck_ok(progress_each_change(store->progress, write_change, &out, &trouble));
    ck_assert_str_eq(out.data, "5 page b>a\n1 feed a>\n5 page b>a\n");
    ck_ok(store_commit(store, &trouble));
    ck_ok(progress_forget_changes(store->progress, &trouble));
    buf_clear(&out);
    ck_ok(progress_each_change(store->progress, write_change, &out, &trouble));
    ck_assert_uint_eq(out.length, 0);
    store_roll_back(store);
    ck_ok(progress_each_change(store->progress, write_change, &out, &trouble));
    ck_assert_str_eq(out.data, "5 page b>a\n1 feed a>\n5 page b>a\n");
    buf_release(&out);
    store_close(store);
}
END_TEST

START_TEST(numbers_have_names)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t number = 1;
    ck_ok(progress_number(store->progress, "walks", &number, &trouble));
    ck_assert_int_eq(number, 0);
    ck_ok(progress_set_number(store->progress, "walks", INT64_MIN, &trouble));
    ck_ok(progress_number(store->progress, "walks", &number, &trouble));
    ck_assert(number == INT64_MIN);
    ck_ok(progress_set_number(store->progress, "walks", 7, &trouble));
    ck_ok(progress_add_number(store->progress, "walks", 3, &trouble));
    ck_ok(progress_add_number(store->progress, "others", 4, &trouble));
    ck_ok(progress_number(store->progress, "walks", &number, &trouble));
    ck_assert_int_eq(number, 10);
    ck_ok(progress_raise_number(store->progress, "walks", 9, &trouble));
    ck_ok(progress_number(store->progress, "walks", &number, &trouble));
    ck_assert_int_eq(number, 10);
    ck_ok(progress_raise_number(store->progress, "walks", 11, &trouble));
    ck_ok(progress_raise_number(store->progress, "none", -11, &trouble));
    ck_ok(progress_number(store->progress, "walks", &number, &trouble));
    ck_assert_int_eq(number, 11);
    ck_ok(progress_number(store->progress, "others", &number, &trouble));
    ck_assert_int_eq(number, 4);
    ck_ok(progress_number(store->progress, "none", &number, &trouble));
    ck_assert_int_eq(number, 0);
    store_close(store);
}
END_TEST

TCase *contract_progress(void)
{
    TCase *tests = tcase_create("progress");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, how_much_of_a_file_is_known_is_kept, 0, STORES);
    tcase_add_loop_test(tests, changes_are_kept_until_they_are_reported, 0, STORES);
    tcase_add_loop_test(tests, numbers_have_names, 0, STORES);
    return tests;
}
