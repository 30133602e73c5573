/*
 * Gathers what verify finds, and writes it for people: a verdict, one line per file, and the
 * findings grouped by rule, each group with what to do.  Of each group the first 20 findings are
 * kept, or all if asked.  So memory is bounded by the rules and files, whatever is wrong.
 *
 * The same groups go into a JUnit file, for programs that show test results.
 */
#ifndef REPORT_FINDINGS_REPORT_H
#define REPORT_FINDINGS_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "verify/verify.h"

struct findings_report;

struct findings_wish {
    bool all;    /* every finding, not just the first 20 of a kind */
    bool notes;  /* notes too */
    bool quiet;  /* only what is wrong */
    bool strict; /* warnings are failures in the JUnit file */
};

/* NULL without memory. */
struct findings_report *findings_report_new(const struct findings_wish *wish);
void findings_report_free(struct findings_report *report);

/* Takes a finding; the texts are copied. */
void findings_report_take(struct findings_report *report, const struct finding *finding);
/* Takes the result for one file, when everything is checked. */
void findings_report_file(struct findings_report *report, const struct verified_file *file);

/* Prints verdict, files and groups.  Control characters of strangers are escaped.  `quiet`: nothing
 * if no error or warning was found, and else no files. */
void findings_report_print(const struct findings_report *report,
                           const struct verify_summary *summary, FILE *out);
/* Writes one <testsuite>: a test case for each file, and one for each rule. */
void findings_report_junit(const struct findings_report *report, const char *name, FILE *out);

/* One JSON object without a line end: level, rule, clause, file, offset, length, record, url, page,
 * detail; without those that are not known. */
void finding_write_json(const struct finding *finding, struct buf *out);

#endif
