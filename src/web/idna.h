/*
 * Converts host names with characters outside ASCII to their ASCII form: "bücher.example" becomes
 * "xn--bcher-kva.example".
 */
#ifndef WEB_IDNA_H
#define WEB_IDNA_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum idna_rules {
    IDNA_OF_BROWSERS, /* UTS 46, non-transitional: keeps the German sharp s, checks Punycode */
    IDNA_OF_2003,     /* RFC 3490, as in Python's codec "idna": the sharp s becomes ss */
};

/* Appends the ASCII form of `name`, which is UTF-8.  False when it has none; part of it may then
 * have been appended. */
MUST_CHECK bool idna_write(struct buf *out, struct text name, enum idna_rules rules);

#endif
