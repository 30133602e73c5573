/*
 * The answer of a name server (RFC 1035, section 4) as lines of a zone file, for the record of the
 * lookup (RFC 4501's dns: URL; RFC 2540, section 3.2, has the form).
 */
#ifndef FETCH_DNS_RESPONSE_H
#define FETCH_DNS_RESPONSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Appends one line for each address of the answer, "example.org.\t300\tIN\tA\t192.0.2.1\r\n", and
 * with `aliases` one for each CNAME. The first line of an empty `out` comes after a line with
 * `date` ("20260104050607"). A message that cannot be read adds nothing, or the lines before the
 * error. Names are written as in zone files, so nothing of a line is a control character. A line
 * that does not fit into `out` is left off with all that follow; buf_ok() then says so. */
void dns_response_write(struct text message, struct text date, bool aliases, struct buf *out);

#endif
