/*
 * Time: the wall clock for dates that are written down, the monotonic clock for waiting and
 * measuring.  The whole program reads the time here.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_wall_ms(void);
/* Milliseconds since some fixed moment.  Never goes back. */
int64_t clock_steady_ms(void);
/* Milliseconds of processor time that the calling thread has used. */
int64_t clock_thread_ms(void);

/* Sizes of the written forms, including the NUL. */
enum { DATE_WARC_SIZE = 25, DATE_14_SIZE = 15, DATE_17_SIZE = 18 };

/* All three write UTC.  Years before 0 or after 9999 are written as 0000 and 9999. */

/* "2026-03-04T05:06:07.123Z": WARC-Date with exactly three decimals (WARC 1.1, section 5.4). */
void date_write_warc(int64_t wall_ms, char out[DATE_WARC_SIZE]);
/* "20260304050607", as in CDXJ and in the names of run summaries. */
void date_write_14(int64_t wall_ms, char out[DATE_14_SIZE]);
/* "20260304050607123", as in the names of WARC files. */
void date_write_17(int64_t wall_ms, char out[DATE_17_SIZE]);

/* Reads a WARC-Date (WARC 1.1, section 5.4) with 0 to 9 decimals and a mandatory Z.  Decimals after
 * the third are dropped.  False for any other form and for a day that does not exist; *wall_ms is
 * then unchanged. */
MUST_CHECK bool date_read_warc(struct text text, int64_t *wall_ms);

/* Reads the W3C profile of ISO 8601 (NOTE-datetime), which sitemaps and Atom use: "2026",
 * "2026-03", "2026-03-04", "2026-03-04T05:06Z", "2026-03-04T05:06:07.89+01:00".  Decimals are
 * dropped.  False for any other form; *wall_ms is then unchanged. */
MUST_CHECK bool date_read_w3c(struct text text, int64_t *wall_ms);

/* The calendar year in UTC. */
int date_year(int64_t wall_ms);

#endif
