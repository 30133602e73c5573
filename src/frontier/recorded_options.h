/*
 * The options of a run that decide what it captures, as recorded in its warcinfo records.  They
 * tell readers of the archive what the crawl left out and why.  Only this file writes and reads
 * them; reading is the inverse of writing.
 *
 * Each option is a field of application/warc-fields, "warccap-option-NAME: VALUE", with the name
 * that it has on the command line:
 *
 *   scope, robots           always written: the word that the option takes
 *   no-parent               "yes"
 *   domains, include, exclude, no-rule, forget-seed
 *                           one field for each value
 *   level, page-limit, tries
 *                           a number
 *   size-limit, url-size-limit
 *                           bytes
 *   time-limit, url-time-limit
 *                           seconds
 *
 * "forget-seed" names all seeds that the collection has forgotten and that were not given again,
 * also those of earlier runs.
 *
 * A missing field means the option's default.  In values, "%", control characters and bytes that
 * are not UTF-8 are percent-encoded.  Headers, cookies and passwords are never written.
 */
#ifndef FRONTIER_RECORDED_OPTIONS_H
#define FRONTIER_RECORDED_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "frontier/frontier_options.h"
#include "frontier/scope_options.h"
#include "web/url_rules.h"

struct recorded_options {
    struct scope_options scope; /* lists are owned only after recorded_options_read() */
    enum crawl_robots robots;
    struct url_rule_set rules_off;
    char **forgotten; /* seeds; owned as the lists of the scope */
    int forgotten_count;
    int tries;                          /* 0: not recorded */
    int64_t page_limit;                 /* 0: none, as in the next four */
    int64_t size_limit, url_size_limit; /* bytes */
    int64_t time_limit_ms, url_time_limit_ms;
};

/* Appends the fields. */
void recorded_options_write(const struct recorded_options *options, struct buf *out);

/* Appends the same as a JSON object: names of options, with lists for those that may be
 * repeated. */
void recorded_options_json(const struct recorded_options *options, struct buf *out);

/* Reads the fields from the block of a warcinfo record, whoever wrote it.  Release *out whatever
 * the result is.  END: the record has no options, and *out has the defaults.  BROKEN: no memory.  A
 * value that the option does not take is skipped, and so is a pattern that would cost too much to
 * match.  The first such line goes to *malformed; otherwise *malformed is empty. */
MUST_CHECK enum result recorded_options_read(struct text block, struct recorded_options *out,
                                             struct text *malformed);
void recorded_options_release(struct recorded_options *options);

#endif
