/*
 * Memory that runs out.  A test program that is linked with --wrap for malloc and its kin runs a
 * scenario again and again; in run n the n-th allocation fails, and in a second round all from the
 * n-th on.  The scenario must end with a result that says so, and leave nothing allocated.
 */
#ifndef TESTS_MEMORY_FAILING_H
#define TESTS_MEMORY_FAILING_H

#include <stdbool.h>

/* Does some work from scratch and frees all of it.  True: it succeeded.  False: it was told of a
 * failure in an orderly way.  It must not use ck_assert(), which allocates, too. */
typedef bool scenario(void *context);

enum failing_kind { FAILING_ONCE, FAILING_FROM_THEN_ON };

/* Runs the scenario with ever later failures until it succeeds without meeting one.  A scenario
 * that succeeds although an allocation failed is fine: it could do without.  Ends the test when the
 * scenario leaks, or when it fails without a failed allocation.  Gives the number of runs. */
long failing_run(scenario *run_once, void *context, enum failing_kind kind);

#endif
