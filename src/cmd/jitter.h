/* --start-within: runs that are all begun at the same minute spread themselves. */
#ifndef CMD_JITTER_H
#define CMD_JITTER_H

#include <stdint.h>

#include "base/text.h"

/* How long the run of `who` waits on the day (UTC) of wall_ms: less than within_ms, the same
 * however often it is asked on that day, another on another day or for another name. */
int64_t jitter_ms(struct text who, int64_t wall_ms, int64_t within_ms);

#endif
