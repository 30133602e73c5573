/*
 * Host names outside ASCII in their ASCII form: "bücher.example" is "xn--bcher-kva.example".
 */
#ifndef WEB_IDNA_H
#define WEB_IDNA_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum idna_rules {
    IDNA_OF_BROWSERS, /* UTS 46, non-transitional: the German sharp s stays itself, labels in
                         Punycode are checked */
    IDNA_OF_2003,     /* RFC 3490, as Python's codec "idna" has it: the sharp s becomes ss */
};

/* Appends the ASCII form of `name` (UTF-8); false when it has none, with a part of it appended
 * perhaps. */
MUST_CHECK bool idna_write(struct buf *out, struct text name, enum idna_rules rules);

#endif
