/* Standard output and standard error, caught while something is done. */
#ifndef TESTS_CAUGHT_OUTPUT_H
#define TESTS_CAUGHT_OUTPUT_H

#include <stdio.h>

enum { CAUGHT_BYTES = 8192 };

struct caught_output {
    FILE *files[3]; /* by descriptor, as below */
    int saved[3];
    char words[3][CAUGHT_BYTES]; /* what was printed, as far as it fits; after the release */
};

/* From now on both go to files; ends the test when that cannot be had. */
void caught_output_begin(struct caught_output *caught);
/* Now they go again where they went before. */
void caught_output_end(struct caught_output *caught);

#endif
