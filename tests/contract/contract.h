/* Shared by the contract tests. Each test runs over every store, in a directory of its own. */
#ifndef TESTS_CONTRACT_H
#define TESTS_CONTRACT_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* Loop tests run from 0 to STORES; `_i` is the store. */
enum { STORE_SQLITE, STORE_MEMORY, STORES };

/* Opens an empty store of that kind, or fails the test. */
struct store *contract_open(int which);

/* Checked fixture. */
void contract_begin(void);
void contract_end(void);

/* The key in the store opened last. A name that was never offered has a key too. */
int64_t contract_key(struct store *store, const char *url);
/* Offers "http://h/..." on the host "h", with depth 1 and not found on any page. Returns the host's
 * number. */
int64_t contract_offer(struct store *store, const char *url, enum visit_kind kind);
/* Takes the visit that is ready at `now_ms`. The URL lives until the next take. NULL: none is
 * ready. */
const char *contract_take(struct store *store, int64_t host, int64_t now_ms,
                          enum take_choice choice);
/* Finishes a URL that was offered. */
void contract_finish(struct store *store, const char *url, enum url_state state, int status);
struct url_history contract_history(struct store *store, const char *url);

#define ck_ok(call) ck_assert_msg((call) == RESULT_OK, "%s: %s", #call, trouble.words)

TCase *contract_queue(void);
TCase *contract_leases(void);
TCase *contract_known_urls(void);
TCase *contract_options(void);
TCase *contract_hosts(void);
TCase *contract_recrawl(void);
TCase *contract_completeness(void);
TCase *contract_failures(void);
TCase *contract_progress(void);
TCase *contract_commits(void);

#endif
