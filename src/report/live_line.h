/*
 * One line on a terminal that is drawn anew while something goes on.  It always has room in one
 * row: what does not fit is said briefly or left out, the least important first.
 *
 * Whoever prints anything else calls live_line_clear() before.  On a terminal that can't erase a
 * line, one is printed now and then instead; where standard error is not a terminal, none.
 *
 * One thread.
 */
#ifndef REPORT_LIVE_LINE_H
#define REPORT_LIVE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum live_line_kind { LIVE_LINE_NONE, LIVE_LINE_PRINTED, LIVE_LINE_DRAWN };

struct live_line {
    enum live_line_kind kind;
    bool stands;      /* it is on the screen now */
    int64_t due_ms;   /* steady clock */
    int64_t pause_ms; /* of printed lines: the time to the next one, which grows */
};

/* A part of the line. */
enum { LIVE_PART_SIZE = 128 };
struct live_part {
    char full[LIVE_PART_SIZE], brief[LIVE_PART_SIZE]; /* empty: left out in this form */
    int weight;                                       /* the heaviest stays */
};

/* `wanted`: nobody asked for silence. */
void live_line_init(struct live_line *line, bool wanted);
/* Whether it is time to draw it; and how long until it is (-1: never), for whoever sleeps. */
bool live_line_is_due(const struct live_line *line);
int64_t live_line_due_in_ms(const struct live_line *line);
/* Draws it, whether it is due or not. */
void live_line_draw(struct live_line *line, const struct live_part *parts, int count);
/* Wipes it, so that other output begins on a clean line. */
void live_line_clear(struct live_line *line);

/* Joins parts with commas to a line of at most `columns` columns, for which `out` has room (and a
 * NUL).  Characters beyond ASCII, and controls, become "?": a column is an octet. */
void live_parts_join(const struct live_part *parts, int count, int columns, char *out);

#endif
