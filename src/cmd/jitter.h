/* --start-within: spreads runs that are all started at the same minute. */
#ifndef CMD_JITTER_H
#define CMD_JITTER_H

#include <stdint.h>

#include "base/text.h"

/* How long the run of `who` waits on the day (UTC) of wall_ms, less than within_ms.  The same
 * whenever it is called on that day; different on another day or for another name. */
int64_t jitter_ms(struct text who, int64_t wall_ms, int64_t within_ms);

#endif
