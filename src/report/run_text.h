/* The summary of a run for a person: figures first, then what failed, and the verdict last. */
#ifndef REPORT_RUN_TEXT_H
#define REPORT_RUN_TEXT_H

#include <stdbool.h>

#include "crawl/crawl_observer.h"

/* Prints to standard output what a run did and what the collection contains now. */
void run_text_print(const struct crawl_ended *ended);

/* Prints to standard error the first URLs that could not be captured, with the reasons; nothing
 * when there are none.  `quiet`: without the line that introduces them. */
void run_text_print_failures(const struct crawl_ended *ended, bool quiet);

/* Prints to standard output whether the capture is complete, what is missing, and what to do next:
 * the last line of a run. */
void run_text_print_verdict(const struct crawl_ended *ended);

#endif
