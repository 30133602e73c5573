/* Prints the rules of verify (verify/check_rules.h): the list, one of them, and the manual page. */
#ifndef CMD_VERIFY_RULES_H
#define CMD_VERIFY_RULES_H

#include <stdbool.h>
#include <stdio.h>

/* One line per rule, or one JSON object. */
void verify_rules_list(bool json, FILE *out);
/* All about the rule of that name.  EXIT_DONE, or EXIT_USAGE after a message. */
int verify_rules_explain(const char *name, bool json, FILE *out);
/* Writes warccap-verify-rules(7). */
void verify_rules_man_page(FILE *out);

#endif
