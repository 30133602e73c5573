/* What a command would print to standard error, heard instead. */
#ifndef TESTS_FUZZ_HEARD_H
#define TESTS_FUZZ_HEARD_H

#include <stdbool.h>

/* Begins to listen. */
void heard_begin(void);
/* Ends it: whether anything was printed. */
bool heard_end(void);

#endif
