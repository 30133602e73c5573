/*
 * Runs a scenario while memory runs out. The test program is linked with --wrap for malloc and the
 * like. In run n the n-th allocation fails; in a second round, all from the n-th on. The scenario
 * must report the failure and leave nothing allocated. Threads that it starts may allocate and
 * free, too, but their allocations do not fail.
 */
#ifndef TESTS_MEMORY_FAILING_H
#define TESTS_MEMORY_FAILING_H

#include <stdbool.h>

/* Does some work from scratch and frees all of it. True: it succeeded. False: it returned an error
 * properly. It must not use ck_assert(), which allocates too. */
typedef bool scenario(void *context);

enum failing_kind { FAILING_ONCE, FAILING_FROM_THEN_ON };

/* From now on, in this run of a scenario, no allocation fails: it looks at what is left. */
void failing_relent(void);

/* Runs the scenario without any failure, which must succeed.  Ends the test if it leaks. */
void failing_never(scenario *run_once, void *context);

/* Runs the scenario with ever later failures until it succeeds without meeting one. It may succeed
 * although an allocation failed, if it could do without. Ends the test if the scenario leaks, or
 * fails without a failed allocation. Returns the number of runs. */
long failing_run(scenario *run_once, void *context, enum failing_kind kind);
/* The same with every step-th allocation only, for scenarios that take long. */
long failing_run_some(scenario *run_once, void *context, enum failing_kind kind, int step);

/* From now on allocations of other threads fail, too, in runs whose order is then not always the
 * same. */
void failing_in_all_threads(void);

#endif
