#include <config.h>

#include "tests/fuzz/heard.h"

#include <stdio.h>

#include "tests/fuzz/fuzz.h"

enum { HEARD_MOST = 1 << 16 };

static FILE *spoken, *usual;
static char words[HEARD_MOST];

void heard_begin(void)
{
    spoken = spoken ? spoken : fmemopen(words, sizeof words, "w");
    FUZZ_CHECK(spoken && !usual);
    rewind(spoken);
    usual = stderr;
    stderr = spoken;
}

bool heard_end(void)
{
    FUZZ_CHECK(usual);
    stderr = usual;
    usual = NULL;
    bool heard = ftell(spoken) > 0;
    fflush(spoken);
    clearerr(spoken); /* more than it holds is no fault of the target's */
    return heard;
}
