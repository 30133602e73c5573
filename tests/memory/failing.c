/* Makes allocations fail, and counts the pieces that are not freed. */
#include <config.h>

#include "tests/memory/failing.h"

#include <check.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MOST = 200000 };

/* Not thread-safe: scenarios start no threads. */
static struct {
    bool counting;
    long until_failure; /* allocations that still succeed */
    enum failing_kind kind;
    bool failed;    /* some allocation did */
    long allocated; /* pieces not freed yet */
} state;

static bool is_time_to_fail(void)
{
    if (!state.counting)
        return false;
    bool now = state.kind == FAILING_ONCE ? state.until_failure == 0 : state.until_failure <= 0;
    state.until_failure--;
    state.failed = state.failed || now;
    return now;
}

static void *count(void *piece)
{
    if (state.counting && piece)
        state.allocated++;
    return piece;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *piece);
char *__real_strdup(const char *string);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *piece);
char *__wrap_strdup(const char *string);

void *__wrap_malloc(size_t size)
{
    return is_time_to_fail() ? NULL : count(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
    return is_time_to_fail() ? NULL : count(__real_calloc(number, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (is_time_to_fail())
        return NULL;
    void *piece = __real_realloc(old, size);
    return old ? piece : count(piece);
}

void __wrap_free(void *piece)
{
    if (state.counting && piece)
        state.allocated--;
    __real_free(piece);
}

char *__wrap_strdup(const char *string)
{
    return is_time_to_fail() ? NULL : count(__real_strdup(string));
}

long failing_run(scenario *run_once, void *context, enum failing_kind kind)
{
    for (long run = 0; run < RUNS_MOST; run++) {
        state.until_failure = run;
        state.kind = kind;
        state.failed = false;
        state.allocated = 0;
        state.counting = true;
        bool done = run_once(context);
        state.counting = false;
        ck_assert_msg(state.allocated == 0, "%ld pieces leak when allocation %ld fails",
                      state.allocated, run);
        ck_assert_msg(done || state.failed, "run %ld fails though no allocation did", run);
        if (!state.failed)
            return run;
    }
    ck_abort_msg("the scenario never succeeds");
    return 0;
}
