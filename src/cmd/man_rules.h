/*
 * The manual page of the rules, made from their table: `make` runs the program with
 * --man-page-rules.  main.c makes the page of the program from the tables of options.
 */
#ifndef CMD_MAN_RULES_H
#define CMD_MAN_RULES_H

#include <stdio.h>

/* Writes warccap-rules(7). */
void man_rules(FILE *out);

#endif
