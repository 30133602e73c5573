/* Writes the section of the manual page on states. */
#include <config.h>

#include "cmd/man_states.h"

#include "cmd/options.h"
#include "web/url_state.h"
#include "web/url_totals.h"

void man_states(FILE *out)
{
    fprintf(out, ".SH STATES\nEvery URL that was found is in one of these states. The summary of a "
                 "run,\n.IR runs/*.json ,\n.B warccap why\nand\n.B warccap verify\nuse these "
                 "words.\n");
    for (int place = 0; place < STATE_COUNT; place++) {
        const struct url_state_row *row = url_state_row(url_state_in_order(place));
        fprintf(out, ".TP\n.B %s\n", row->name);
        options_man_text(row->words, out);
        fputc('\n', out);
    }
    fprintf(out, ".PP\nThey are counted apart for %s, %s, and %s. ", url_group_name(GROUP_PAGES),
            url_group_name(GROUP_LISTS), url_group_name(GROUP_PARTS));
    options_man_text(URL_STATES_COUNTED, out);
    fprintf(out, "\n.PP\n");
    options_man_text(URL_STATES_COMPLETE, out);
    fputc('\n', out);
}
