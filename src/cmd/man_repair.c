/* Writes the section of the manual page on repair. */
#include <config.h>

#include "cmd/man_repair.h"

#include "cmd/options.h"
#include "repair/repair_change.h"

static void write_rows(FILE *out, bool loses)
{
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++) {
        const struct change_row *row = change_row(kind);
        if (row->loses != loses)
            continue;
        fprintf(out, ".TP\n.B %s\n", row->name);
        options_man_text(row->words, out);
        fputc('\n', out);
    }
}

void man_repair(FILE *out)
{
    fprintf(out, ".SH REPAIR\n.B warccap repair\nmends what can be mended in exactly one way:\n");
    write_rows(out, false);
    fprintf(out,
            ".PP\nAll else is left out of the copy or only reported, and the exit status is 9:\n");
    write_rows(out, true);
}
