/* The summaries under runs/, one JSON file for each run, for those who show them.  They are read as
 * runs write them, and what is written otherwise counts as not there. */
#ifndef COLLECTION_RUN_SUMMARY_H
#define COLLECTION_RUN_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"

/* The names of the newest runs, the newest first. */
struct run_names {
    char names[500][DATE_14_SIZE]; /* "20260304050607" */
    size_t count;
    size_t untold; /* how many more there are */
};

/* A directory that cannot be read has no runs. */
void run_names_read(const char *runs, struct run_names *names);

/* Reads the summary of one run into *json, which is initialised here.  Release it whatever the
 * result is.  END: there is no summary of that name that can be read. */
MUST_CHECK enum result run_summary_read(const char *runs, const char *run, struct buf *json);

/* The first member of that name which is a number; 0: there is none.  `after` is a text of the
 * summary behind which it stands, such as "\"urls\": {"; NULL: it may stand anywhere. */
uint64_t run_summary_number(struct text json, const char *after, const char *name);
/* The first member of that name which is a string goes to *out.  False: there is none. */
bool run_summary_string(struct text json, const char *name, struct buf *out);

/* Called with each flat object of a list: "{...}".  False: no more are wanted. */
typedef bool run_summary_take(void *context, struct text object);
void run_summary_each(struct text json, const char *list, run_summary_take *take, void *context);

/* The length of the flat object that the text begins with; 0: it does not end. */
size_t run_summary_object_length(struct text text);

#endif
