/*
 * The options of a run that decide what it captures, as they stand in its warcinfo records, so that
 * whoever reads the archive knows what the crawl left out and why.  Written and read here only, and
 * the two are inverse.
 *
 * Each option is a field of application/warc-fields, "warccap-option-NAME: VALUE", with the name
 * that it has on the command line:
 *
 *   scope, robots           always there: the word that the option takes
 *   no-parent               "yes"
 *   domains, include, exclude, no-rule
 *                           one field for each value
 *   level, page-limit, tries
 *                           a number
 *   size-limit, url-size-limit
 *                           bytes
 *   time-limit, url-time-limit
 *                           seconds
 *
 * A field that is absent means the option's default.  In values "%", bytes that are not UTF-8 and
 * control characters are percent-encoded.  Headers, cookies and passwords are never written.
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
    int tries;                          /* 0: not recorded */
    int64_t page_limit;                 /* 0: none, as in the next four */
    int64_t size_limit, url_size_limit; /* bytes */
    int64_t time_limit_ms, url_time_limit_ms;
};

/* Appends the fields. */
void recorded_options_write(const struct recorded_options *options, struct buf *out);

/* Appends the same as a JSON object: names of options, with lists for those that may be repeated.
 */
void recorded_options_json(const struct recorded_options *options, struct buf *out);

/* Reads the fields out of the block of a warcinfo record, whoever wrote it; release *out whatever
 * the result is.  END: the record has none, and *out are the defaults.  BROKEN: no memory.  What
 * has no value that the option takes is passed over, as is a pattern that would cost too much to
 * match; the first such line goes to *malformed, which is else empty. */
MUST_CHECK enum result recorded_options_read(struct text block, struct recorded_options *out,
                                             struct text *malformed)
    __attribute__((warn_unused_result));
void recorded_options_release(struct recorded_options *options);

#endif
