/* The summary of a run for a person: sentences and figures on standard output. */
#ifndef REPORT_RUN_TEXT_H
#define REPORT_RUN_TEXT_H

#include <stdbool.h>

#include "crawl/crawl_observer.h"

/* Prints what a run that ended by itself did, and whether the site is complete. */
void run_text_print(const struct crawl_ended *ended);

/* Prints to standard error the first URLs that could not be captured, with the reasons; nothing
 * when there are none.  `quiet`: without the line that introduces them. */
void run_text_print_failures(const struct crawl_ended *ended, bool quiet);

#endif
