/*
 * The manual page of the rules, which the program writes of its table: `make` runs it with
 * --man-page-rules.  That of the program itself is made of the tables of options, in main.c.
 */
#ifndef CMD_MAN_RULES_H
#define CMD_MAN_RULES_H

#include <stdio.h>

/* warccap-rules(7): each row of the table of rules. */
void man_rules(FILE *out);

#endif
