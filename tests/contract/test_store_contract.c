/* The same tests for every store: what the headers of the eight contracts say, line by line. */
#include <config.h>

#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/memory_store.h"
#include "store/sqlite_store.h"

static char directory[64];

void contract_begin(void)
{
    strcpy(directory, "/tmp/warccap-contract-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

void contract_end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

struct store *contract_open(int which)
{
    char path[80];
    struct store *store = NULL;
    struct trouble trouble = trouble_none();
    snprintf(path, sizeof path, "%s/store.db", directory);
    if (which == STORE_SQLITE)
        ck_ok(sqlite_store_open(&store, path, store_new_owner(), &trouble));
    else
        ck_ok(memory_store_open(&store, store_new_owner(), &trouble));
    ck_assert(store->is_new);
    return store;
}

int64_t contract_key(struct store *store, const char *url)
{
    return store_key(store, text_of(url));
}

int64_t contract_offer(struct store *store, const char *url, enum visit_kind kind)
{
    struct trouble trouble = trouble_none();
    struct visit visit = {
        .kind = kind, .depth = 1, .url = text_of(url), .key = contract_key(store, url)};
    ck_ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    return visit.host;
}

const char *contract_take(struct store *store, int64_t host, int64_t now_ms,
                          enum take_choice choice)
{
    static char url[256];
    struct trouble trouble = trouble_none();
    struct visit visit;
    struct buf texts;
    int64_t ready_ms;
    buf_init(&texts, 10000);
    const struct take_request request = {host, now_ms, choice};
    enum result result = queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble);
    ck_assert_msg(result == RESULT_OK || result == RESULT_END, "%s", trouble.words);
    if (result == RESULT_OK)
        snprintf(url, sizeof url, "%.*s", TEXT_ARGS(visit.url));
    buf_release(&texts);
    return result == RESULT_OK ? url : NULL;
}

void contract_finish(struct store *store, const char *url, enum url_state state, int status)
{
    struct trouble trouble = trouble_none();
    const struct outcome outcome = {
        .key = contract_key(store, url), .state = state, .status = status, .attempts = 1};
    ck_ok(queue_finish(store->queue, &outcome, 1, &trouble));
}

struct url_history contract_history(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct url_history history;
    ck_ok(
        recrawl_state_history(store->recrawl, contract_key(store, url), &history, NULL, &trouble));
    return history;
}

int main(void)
{
    Suite *suite = suite_create("store contract");
    suite_add_tcase(suite, contract_queue());
    suite_add_tcase(suite, contract_leases());
    suite_add_tcase(suite, contract_known_urls());
    suite_add_tcase(suite, contract_options());
    suite_add_tcase(suite, contract_hosts());
    suite_add_tcase(suite, contract_recrawl());
    suite_add_tcase(suite, contract_completeness());
    suite_add_tcase(suite, contract_failures());
    suite_add_tcase(suite, contract_progress());
    suite_add_tcase(suite, contract_commits());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
