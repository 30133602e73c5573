/* Values of a request that are nobody else's business: Cookie, Authorization, Proxy-Authorization.
 */
#ifndef WEB_SECRETS_H
#define WEB_SECRETS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"

/* Leaves the values of these fields out of a request head, folded lines included; all else stays
 * octet for octet.  The names, as they were sent, are appended to *names, ", " between them.  False
 * without memory: then *request is empty. */
MUST_CHECK bool secrets_leave_out(struct buf *request, struct buf *names);

#endif
