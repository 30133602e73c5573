/*
 * What the tests of the frontier share: a frontier on a store of its own for each test, and what a
 * test says to it and asks of it. The test has its own time: the program is linked with --wrap for
 * the clocks of base/, which stand still until the test moves them on. Whatever fails, fails the
 * test.
 */
#ifndef TESTS_FRONTIER_OWN_FRONTIER_H
#define TESTS_FRONTIER_OWN_FRONTIER_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include "frontier/frontier.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

extern const int64_t epoch_ms; /* when a test begins */
extern int64_t wall_ms, steady_ms;
extern struct store *store;
extern struct frontier *frontier;
extern struct frontier_options options; /* what the next run begins with */
extern struct trouble trouble;
extern struct visit visit; /* the one taken last */
extern int wait_ms;

int64_t __wrap_clock_wall_ms(void);
int64_t __wrap_clock_steady_ms(void);
/* Moves both clocks on. */
void pass(int64_t ms);

/* Begins the next run, with the options as they are now. */
void run_again(void);

/* True when the URL was not known before. */
bool offer_as(const char *address, enum visit_kind kind, int64_t redirect_from);
bool offer(const char *address);
int64_t key_of(const char *address);
enum url_state state_of(const char *address);

/* Takes the next visit, which has to be this one. */
void expect_next(const char *address);
enum result next(void);
/* Nothing can be taken for this long; READY_NEVER: until a running visit has ended. */
void expect_wait(int64_t ms);

/* What became of the visit taken last. */
void finish(enum url_state state, int64_t not_before_ms);
void rest(const struct host_feedback *feedback);
/* It gets a response after this time. */
void answer(int64_t took_ms);
/* No connection could be made for it. It is tried again at once. */
void find_nobody(enum exchange_unreached why);
/* It is refused (429, 503): Retry-After, or 0 when there is none. */
void refuse(int64_t pause_ms);
/* It was a robots.txt. */
void give_robots(int status, const char *body);
/* Makes the host reachable: from now on it may get parallel requests. */
void reach(const char *address);

/* Adds a case of tests, each with a store of its own. */
void add_case(Suite *suite, const char *title, const TTest *const *tests, size_t count);
#define CASE(suite, title, ...)                                      \
    do {                                                             \
        const TTest *const tests[] = {__VA_ARGS__};                  \
        add_case(suite, title, tests, sizeof tests / sizeof *tests); \
    } while (0)
/* Runs the suite, and returns the exit status of the program. */
int run_cases(Suite *suite);

#endif
