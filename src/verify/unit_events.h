/*
 * What the check of a part of a file (check_units.h) has found and learned, in its order.  It is
 * written down, because other parts are checked at the same time. Later it is reported in the order
 * of the files, so that the result does not depend on the number of threads.  Private to this room.
 */
#ifndef VERIFY_UNIT_EVENTS_H
#define VERIFY_UNIT_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "verify/check.h"

/* Begins zeroed but for the buffer. */
struct unit_events {
    struct buf bytes;
};

enum unit_event_kind {
    EVENT_FINDING,
    EVENT_CLAIMS, /* the fields of a warcinfo or metadata record */
    EVENT_FAILED, /* a response that cannot be shown */
};

/* One event.  The texts are borrowed. */
struct unit_event {
    enum unit_event_kind kind;
    int rule;             /* of a finding */
    enum warc_level most; /* the highest level that the finding may get */
    enum warc_type type;  /* of the record */
    int64_t date_ms;      /* of the record */
    struct finding_place at;
    struct text words; /* the finding's detail; the fields, the block of the record */
};

/* Writes an event down.  Without memory, buf_ok(&events->bytes) is false. */
void unit_events_add(struct unit_events *events, const struct unit_event *event);
/* Takes the next event off *rest, which is all of them at first.  False at the end. */
MUST_CHECK bool unit_events_next(struct text *rest, struct unit_event *event);

#endif
