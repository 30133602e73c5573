/*
 * Pages that are others again.  Two kinds of trap are seen by nothing but what their pages show:
 *
 * - A server that answers every path with the same page, whose relative links lead deeper: /a/
 * links to a/ and b/, so do /a/a/ and /a/b/.  A page whose links stand relative to it as those of
 * the page that led to it stand to that one is an echo; the second in a row leads no deeper.
 * - A server that writes a new token into the addresses of every answer (?session=5f0b04c8,
 * /5f0b04c8b3036b51/page).  Of three pages whose addresses differ in what looks made by chance, and
 * that show the same, no fourth is asked for.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_PATH_ECHO_H
#define TRAPS_PATH_ECHO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/url.h"

struct path_echo;

struct path_echo *path_echo_new(void); /* NULL without memory */
void path_echo_free(struct path_echo *path_echo);

/* Begins with a page, which was found on the one of via_key. */
void path_echo_begin(struct path_echo *path_echo, const struct url *page, int64_t key,
                     int64_t via_key);

/* A link of the page at hand; `part`: it is needed to show the page. */
void path_echo_link(struct path_echo *path_echo, const struct url *link, int64_t key, bool part);

/* Whether the link leads below a page that may turn out to be an echo, so that it should wait for
 * path_echo_end(). */
bool path_echo_leads_deeper(const struct path_echo *path_echo, const struct url *link);

/* Ends the page: true when it is an echo, and what leads deeper is not to be followed. */
bool path_echo_end(struct path_echo *path_echo, struct text html);

/* Whether the address is one that was answered often enough already, with other tokens. */
bool path_echo_knows(struct path_echo *path_echo, const struct url *url);

#endif
