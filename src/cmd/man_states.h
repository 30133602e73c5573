/* The part of warccap(1) on the states of URLs, made from their table (web/url_state.h). */
#ifndef CMD_MAN_STATES_H
#define CMD_MAN_STATES_H

#include <stdio.h>

/* Writes the section: each state with its sentence, and what makes a capture complete. */
void man_states(FILE *out);

#endif
