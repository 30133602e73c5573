/*
 * Strings that a script joins by a method: ["/a/", "b", ".png"].join("") and "/a/".concat("b.js").
 * Only constants count.  Private to this room.
 */
#ifndef LINKS_SCRIPT_JOINS_H
#define LINKS_SCRIPT_JOINS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Adds the strings of a list that is joined, if its first string begins with the quote at `quote`.
 * *open is then its bracket, *close the one behind the separator.  False: it is no such list, and
 * nothing was added. */
bool script_join_list(struct text script, size_t quote, struct buf *out, size_t *open,
                      size_t *close);

/* Adds the arguments of ".concat(", if that stands at *at; *at is moved behind the call.  False: it
 * does not, or something there is no constant; nothing was added. */
bool script_join_concat(struct text script, size_t *at, struct buf *out);

#endif
