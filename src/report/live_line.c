/* One line on a terminal that is drawn anew.  Its width is asked for each time, so that it follows
 * a window whose size changes. */
#include <config.h>

#include "report/live_line.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "report/terminal.h"

enum {
    REDRAW_MS = 200,
    PRINT_FIRST_MS = 5000, /* lines that stay: after 5 s, 15 s, 35 s ... */
    PRINT_MOST_MS = 60000, /* ... and then every minute */
    SPARE_COLUMNS = 3,     /* for the "^C" that a terminal echoes, and the cursor */
    COLUMNS_LEAST = 4,
    COLUMNS_MOST = 400,
    PARTS_MOST = 12,
};

static const char erase[] = "\r\033[K";

void live_line_init(struct live_line *line, bool wanted)
{
    *line = (struct live_line){.kind = LIVE_LINE_NONE, .pause_ms = PRINT_FIRST_MS};
    if (!wanted || !isatty(STDERR_FILENO))
        return;
    line->kind = terminal_can_erase() ? LIVE_LINE_DRAWN : LIVE_LINE_PRINTED;
    if (line->kind == LIVE_LINE_PRINTED)
        line->due_ms = clock_steady_ms() + line->pause_ms;
}

int64_t live_line_due_in_ms(const struct live_line *line)
{
    int64_t in_ms = line->due_ms - clock_steady_ms();
    return line->kind == LIVE_LINE_NONE ? -1 : in_ms > 0 ? in_ms : 0;
}

bool live_line_is_due(const struct live_line *line)
{
    return live_line_due_in_ms(line) == 0;
}

void live_line_draw(struct live_line *line, const struct live_part *parts, int count)
{
    char words[sizeof erase + COLUMNS_MOST];
    int columns = terminal_columns() - SPARE_COLUMNS;
    if (line->kind == LIVE_LINE_NONE)
        return;
    if (line->kind == LIVE_LINE_PRINTED) {
        live_parts_join(parts, count, COLUMNS_MOST, words);
        fprintf(stderr, "warccap: %s\n", words);
        line->pause_ms = line->pause_ms * 2 < PRINT_MOST_MS ? line->pause_ms * 2 : PRINT_MOST_MS;
        line->due_ms = clock_steady_ms() + line->pause_ms;
        return;
    }
    line->due_ms = clock_steady_ms() + REDRAW_MS;
    if (!terminal_is_ours()) {
        line->stands = false; /* what stands there now is somebody else's */
        return;
    }
    columns = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns;
    memcpy(words, erase, sizeof erase);
    live_parts_join(parts, count, columns < COLUMNS_MOST ? columns : COLUMNS_MOST,
                    words + sizeof erase - 1);
    terminal_write(words, strlen(words));
    line->stands = true;
}

void live_line_clear(struct live_line *line)
{
    if (line->stands && terminal_is_ours())
        terminal_write(erase, sizeof erase - 1);
    line->stands = false;
}

/* ---- making it fit ---- */

enum form { FORM_OMITTED, FORM_BRIEF, FORM_FULL };

static const char *said(const struct live_part *part, enum form form)
{
    return form == FORM_FULL ? part->full : form == FORM_BRIEF ? part->brief : "";
}

static int length_of(const struct live_part *parts, const enum form *forms, int count)
{
    int length = 0;
    for (int i = 0; i < count; i++) {
        int more = (int)strlen(said(&parts[i], forms[i]));
        length += more && length ? more + 2 : more;
    }
    return length;
}

/* The part that has `rank` heavier ones. */
static int part_of_rank(const struct live_part *parts, int count, int rank)
{
    for (int i = 0; i < count; i++) {
        int heavier = 0;
        for (int j = 0; j < count; j++)
            heavier +=
                parts[j].weight > parts[i].weight || (parts[j].weight == parts[i].weight && j < i);
        if (heavier == rank)
            return i;
    }
    return 0;
}

/* As many parts as have room are said briefly, then as many of them in full, the heaviest first.
 * The heaviest is said in any case. */
static void choose_forms(const struct live_part *parts, enum form *forms, int count, int columns)
{
    for (enum form form = FORM_BRIEF; form <= FORM_FULL; form++)
        for (int rank = 0; rank < count; rank++) {
            int at = part_of_rank(parts, count, rank);
            enum form before = forms[at];
            forms[at] = form;
            if (length_of(parts, forms, count) > columns && (rank || form == FORM_FULL))
                forms[at] = before;
        }
}

void live_parts_join(const struct live_part *parts, int count, int columns, char *out)
{
    enum form forms[PARTS_MOST] = {FORM_OMITTED};
    int length = 0;
    count = count < PARTS_MOST ? count : PARTS_MOST;
    choose_forms(parts, forms, count, columns);
    for (int i = 0; i < count; i++) {
        const char *words = said(&parts[i], forms[i]);
        for (const char *comma = length && *words ? ", " : ""; *comma && length < columns; comma++)
            out[length++] = *comma;
        for (; *words && length < columns; words++)
            if (((unsigned char)*words & 0xc0) != 0x80)
                out[length++] = (char)(*words >= ' ' && *words < 127 ? *words : '?');
    }
    out[length] = '\0';
}
