/*
 * Scripts name parts that are relative to the page: "./js/menu.js". If the script is right about
 * the pages of one directory only, the name leads nowhere from every other page. After a few of
 * these it is no longer asked for. A name that was there as often as not goes on being asked for.
 */
#ifndef FRONTIER_PART_GUESSES_H
#define FRONTIER_PART_GUESSES_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

enum { PART_GUESSES_KEPT = 1024 };

/* Zeroed at first. */
struct part_guesses {
    struct part_guess {
        uint64_t name; /* a hash of host and name; 0: free */
        uint16_t missing, there;
    } slots[PART_GUESSES_KEPT];
};

/* Notes whether the part at `url`, which the page `via` named, was there. Only URLs below the
 * directory of the page count. */
void part_guesses_note(struct part_guesses *guesses, const struct url *via, const struct url *url,
                       bool there);
/* Whether parts with the same name, relative to their pages, were mostly missing. */
bool part_guesses_missing(const struct part_guesses *guesses, const struct url *via,
                          const struct url *url);

#endif
