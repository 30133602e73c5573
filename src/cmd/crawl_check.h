/* Checks the options of a crawl before anything is written or requested. */
#ifndef CMD_CRAWL_CHECK_H
#define CMD_CRAWL_CHECK_H

#include <stdbool.h>

#include "crawl/crawl.h"

/* Checks every value that has a syntax of its own: headers, addresses, files, patterns, numbers.
 * EXIT_DONE, or EXIT_USAGE or EXIT_FILES after a message that names the option and the value, and
 * says what is expected. */
int crawl_check_options(const struct crawl_options *options);

/* Whether a crawl may write to `directory`: it does not exist, is empty, or is a collection.  With
 * `insists`, any directory will do.  EXIT_DONE, or EXIT_USAGE after a message that says how to
 * insist. */
int crawl_check_directory(const char *directory, bool insists);

#endif
