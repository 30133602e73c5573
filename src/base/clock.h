/*
 * Time: the wall clock for what is written down, the monotonic clock for waiting and measuring. All
 * of the program asks here.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_wall_ms(void);
/* Milliseconds since some fixed moment; never goes back. */
int64_t clock_steady_ms(void);
/* Milliseconds of a processor's time that the calling thread has used. */
int64_t clock_thread_ms(void);

enum { DATE_WARC_SIZE = 25, DATE_14_SIZE = 15, DATE_17_SIZE = 18 };

/* "2026-03-04T05:06:07.123Z": WARC-Date with exactly three digits of a second (WARC 1.1, 5.4). */
void date_write_warc(int64_t wall_ms, char out[DATE_WARC_SIZE]);
/* "20260304050607", as in CDXJ and in names of runs. */
void date_write_14(int64_t wall_ms, char out[DATE_14_SIZE]);
/* "20260304050607123", as in names of WARC files. */
void date_write_17(int64_t wall_ms, char out[DATE_17_SIZE]);
/* Reads the form of WARC 1.1, section 5.4, with 0 to 9 digits of a second and a mandatory Z; digits
 * after the third are cut.  False for anything else, also for a day that no calendar has. */
MUST_CHECK bool date_read_warc(struct text text, int64_t *wall_ms);
/* Reads the W3C's profile of ISO 8601 (NOTE-datetime), as sitemaps and Atom have it: "2026",
 * "2026-03", "2026-03-04", "2026-03-04T05:06Z", "2026-03-04T05:06:07.89+01:00".  False for anything
 * else. */
MUST_CHECK bool date_read_w3c(struct text text, int64_t *wall_ms);
/* The calendar year (UTC). */
int date_year(int64_t wall_ms);

#endif
