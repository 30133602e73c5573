/* Writes the manual page of the rules. */
#include <config.h>

#include "cmd/man_rules.h"

#include "cmd/options.h"
#include "web/url_rules.h"

static void print_rule(FILE *out, enum url_rule rule)
{
    const struct url_rule_row *row = url_rule_row(rule);
    const char *old_name = url_rule_old_name(rule);
    fprintf(out, ".TP\n.B ");
    options_man_text(row->name, out);
    fputc('\n', out);
    options_man_text(row->words, out);
    fprintf(out, "%s\n", row->is_gap ? " (gap)" : "");
    if (old_name) {
        fprintf(out, "Earlier versions called it ");
        options_man_text(old_name, out);
        fprintf(out, ".\n");
    }
}

void man_rules(FILE *out)
{
    fprintf(out,
            ".TH WARCCAP-RULES 7 \"\" \"warccap %s\" \"Miscellaneous\"\n.SH NAME\n"
            "warccap-rules \\- why a URL is not followed\n.SH DESCRIPTION\n"
            "A link that warccap does not follow is left out by one of these rules.\n"
            ".B warccap why\nnames the rule of a URL. The summary of a run,\n"
            ".IR runs/*.json ,\ncounts the links that each rule left out, under not_followed.\n"
            "Metadata records name the rule of a trap, and of each page of a list that was left "
            "out.\n.PP\n.BI \\-\\-no\\-rule \" NAME\"\nof\n.BR warccap (1)\n"
            "switches off a rule that detects traps: those in the last two parts of this page.\n"
            "The other rules follow from options and limits.\n.PP\n"
            "\"(gap)\" marks rules that keep a capture from being called complete when they leave "
            "out what the site lists.\n.SH RULES\n",
            PACKAGE_VERSION);
    for (int kind = 0; kind < URL_RULE_KINDS; kind++) {
        fprintf(out, ".SS \"%s\"\n", url_rule_kind_words((enum url_rule_kind)kind));
        for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
            if (url_rule_row(rule)->kind == (enum url_rule_kind)kind)
                print_rule(out, rule);
    }
    fprintf(out, ".SH SEE ALSO\n.BR warccap (1),\n.BR warccap-records (7)\n");
}
