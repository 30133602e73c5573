/* Links to captures, and dates, in the server's own pages. */
#ifndef SERVE_CAPTURE_LINK_H
#define SERVE_CAPTURE_LINK_H

#include "base/buf.h"
#include "base/text.h"

/* Appends a link to what is shown for the URL at a date; one that is no date of 14 digits stands
 * for the newest capture.  `local` is the server's own host and port.  What is no URL of an
 * archived host gets the words without a link. */
void capture_link_add(struct buf *out, const char *local, struct text url, struct text date,
                      struct text words);

/* Appends "2026-01-05 12:00:00"; nothing if it is no date of 14 digits. */
void capture_link_add_date(struct buf *out, struct text date);

#endif
