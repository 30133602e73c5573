/* The rules of verify, for people and programs. */
#include <config.h>

#include "cmd/verify_rules.h"

#include "base/buf.h"
#include "base/json.h"
#include "cmd/options.h"
#include "report/exit_code.h"
#include "verify/check_rules.h"

static void print_json(const struct check_rule_row *row, FILE *out)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    buf_printf(&line, "{\"rule\": \"%s\", \"level\": \"%s\", \"level_alone\": \"%s\", ", row->name,
               warc_level_name(row->level), warc_level_name(row->alone));
    buf_printf(&line, "\"clause\": \"%s%s\", \"words\": ", check_rule_document(row->clause),
               row->clause);
    json_write_string(&line, text_of(row->words));
    buf_add(&line, ", \"advice\": ");
    json_write_string(&line, text_of(row->advice));
    fprintf(out, "%s}\n", line.data);
    buf_release(&line);
}

void verify_rules_list(bool json, FILE *out)
{
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++) {
        struct check_rule_row row = check_rule_row(rule);
        if (json)
            print_json(&row, out);
        else
            fprintf(out, "%-8s %-22s %s (%s%s)\n", warc_level_name(row.level), row.name, row.words,
                    check_rule_document(row.clause), row.clause);
    }
}

int verify_rules_explain(const char *name, bool json, FILE *out)
{
    int rule = check_rule_by_name(text_of(name)), like = check_rule_like(text_of(name));
    if (rule < 0) {
        fprintf(stderr, "warccap verify: there is no rule \"%s\"", name);
        if (like >= 0)
            fprintf(stderr, "; did you mean %s?", check_rule_row(like).name);
        fprintf(stderr, "\nSee: warccap verify --rules\n");
        return EXIT_USAGE;
    }
    struct check_rule_row row = check_rule_row(rule);
    if (json) {
        print_json(&row, out);
        return EXIT_DONE;
    }
    fprintf(out, "%s\n  Level:      %s", row.name, warc_level_name(row.level));
    if (row.alone != row.level)
        fprintf(out, " in a collection, %s in a lone file", warc_level_name(row.alone));
    fprintf(out, "\n  Clause:     %s%s\n  Means:      %s.\n  What to do: %s.\n",
            check_rule_document(row.clause), row.clause, row.words, row.advice);
    return EXIT_DONE;
}

static void print_man_rule(int rule, FILE *out)
{
    struct check_rule_row row = check_rule_row(rule);
    fprintf(out, ".TP\n.B ");
    options_man_text(row.name, out);
    fprintf(out, "\n(%s", warc_level_name(row.level));
    if (row.alone != row.level)
        fprintf(out, "; in a lone file: %s", warc_level_name(row.alone));
    fprintf(out, "; %s", check_rule_document(row.clause));
    options_man_text(row.clause, out);
    fprintf(out, ")\n");
    options_man_text(row.words, out);
    fprintf(out, ".\nWhat to do: ");
    options_man_text(row.advice, out);
    fprintf(out, ".\n");
}

void verify_rules_man_page(FILE *out)
{
    fprintf(
        out,
        ".TH WARCCAP-VERIFY-RULES 7 \"\" \"warccap %s\" \"Miscellaneous\"\n.SH NAME\n"
        "warccap-verify-rules \\- what warccap verify looks at\n.SH DESCRIPTION\n"
        ".B warccap verify\nnames one of these rules in each finding. An\n.I error\n"
        "breaks a \"shall\" of the standard, or bytes are damaged or missing: the exit code is "
        "9.\nA\n.I warning\nbreaks a \"should\", or some program will fail: the exit code is 10 "
        "with\n.BR \\-\\-strict .\nA\n.I note\nis allowed;\n.B \\-\\-notes\nprints it.\n"
        ".PP\n.BI \\-\\-level \" RULE\" = LEVEL\ngives a rule another level.\n"
        ".B \\-\\-explain\nexplains one rule. Names never change their meaning.\n"
        ".PP\nA file may be an excerpt, whose records refer to others that are elsewhere. So some "
        "rules have a lower level in a lone file than in a collection.\n.SH RULES\n",
        PACKAGE_VERSION);
    fprintf(out, ".SS \"Of one record: the library checks these, too\"\n");
    for (int rule = 0; rule < RULE_COUNT; rule++)
        print_man_rule(rule, out);
    fprintf(out, ".SS \"Of references, files, index and replay\"\n");
    for (int rule = RULE_COUNT; rule < CHECK_RULE_COUNT; rule++)
        print_man_rule(rule, out);
    fprintf(out, ".SH SEE ALSO\n.BR warccap (1),\n.BR warccap-records (7)\n");
}
