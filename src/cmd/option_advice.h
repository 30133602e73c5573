/*
 * What a person probably meant by an option that does not exist. For an option of wget, HTTrack,
 * browsertrix-crawler or curl, it is our equivalent. Otherwise it is the option with the most
 * similar spelling.
 */
#ifndef CMD_OPTION_ADVICE_H
#define CMD_OPTION_ADVICE_H

#include "base/text.h"
#include "cmd/options.h"

enum { ADVICE_SIZE = 256 };

/* Writes one sentence to `out`: what to use instead of an unknown option; empty if there is nothing
 * similar.  `name` is the option's name without dashes and value. */
void option_advice(const struct command *command, struct text name, char out[ADVICE_SIZE]);

#endif
