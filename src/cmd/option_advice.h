/*
 * What a person probably meant who gave an option or command that there is not: the name that is
 * spelled most like it, or, for an option of wget, HTTrack, browsertrix-crawler or curl, ours.
 */
#ifndef CMD_OPTION_ADVICE_H
#define CMD_OPTION_ADVICE_H

#include "base/text.h"
#include "cmd/options.h"

enum { ADVICE_SIZE = 256 };

/* Writes one sentence about an unknown option to `out`: what to use instead.  `name` is the
 * option's name without dashes and value.  An empty string when nothing comes to mind. */
void option_advice(const struct command *command, struct text name, char out[ADVICE_SIZE]);

#endif
