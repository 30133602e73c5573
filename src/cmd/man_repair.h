/* The section of the manual page on what repair changes. */
#ifndef CMD_MAN_REPAIR_H
#define CMD_MAN_REPAIR_H

#include <stdio.h>

/* Writes it from the table in repair/change.h, in man(7) macros. */
void man_repair(FILE *out);

#endif
