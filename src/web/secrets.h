/* Secrets in a request: the values of Cookie, Authorization and Proxy-Authorization.  They are sent
 * but never archived. */
#ifndef WEB_SECRETS_H
#define WEB_SECRETS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"

/* Removes the values of these fields, and of those that `own` names, one a line, folded lines
 * included, from a request head; all other bytes stay as they are.  Appends the names of the
 * fields, as they were sent, to *names, separated by
 * ", ".  False without memory; *request is then empty, so that no secret remains. */
MUST_CHECK bool secrets_leave_out(struct buf *request, struct text own, struct buf *names);

#endif
