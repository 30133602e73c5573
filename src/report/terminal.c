/*
 * The terminal that a person sits at.  The guard is a stream (fopencookie) in the place of stdout
 * or stderr: whatever part of the program prints, and whatever it prints, goes through it.
 */
#include <config.h>

#include "report/terminal.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"

enum {
    COLUMNS_UNKNOWN = 80,
    HELD_MOST = 3,      /* octets of a character that is not yet whole */
    PIECE_BYTES = 1024, /* guarded at a time */
    ESCAPED_BYTES = 4,  /* "\x1b" for one octet, "\u202e" for three: at most so many for each */
};

bool terminal_can_erase(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

bool terminal_is_ours(void)
{
    pid_t group = tcgetpgrp(STDERR_FILENO);
    return group < 0 || group == getpgrp(); /* -1: it is not the one that controls us */
}

int terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return COLUMNS_UNKNOWN;
    return size.ws_col;
}

/* As much as the descriptor takes; how much that was. */
static size_t write_all(int fd, const char *octets, size_t length)
{
    size_t written = 0;
    while (written < length) {
        ssize_t count = write(fd, octets + written, length - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        written += (size_t)count;
    }
    return written;
}

void terminal_write(const char *octets, size_t length)
{
    write_all(STDERR_FILENO, octets, length);
}

/* ---- what is plain ---- */

static bool is_plain(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return c == '\t' || c == '\n';
    /* Directions (UAX #9), and line and paragraph separators. */
    return c != 0x061c && c != 0x200e && c != 0x200f && !(c >= 0x2028 && c <= 0x202e) &&
           !(c >= 0x2066 && c <= 0x2069);
}

/* Whether it may be the beginning of a character whose rest comes later. */
static bool is_cut(struct text text)
{
    unsigned char first = (unsigned char)text.at[0];
    size_t whole = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    if (first >= 0xf5 || text.length >= whole)
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (((unsigned char)text.at[i] & 0xc0) != 0x80)
            return false;
    return true;
}

size_t terminal_plain(struct text text, char *out, size_t *taken)
{
    size_t length = 0, all = text.length;
    while (text.length) {
        uint32_t c;
        size_t octets = utf8_read(text, &c);
        if (!octets && is_cut(text))
            break;
        if (octets && is_plain(c)) {
            memcpy(out + length, text.at, octets);
            length += octets;
        } else if (octets > 1) {
            length += (size_t)snprintf(out + length, ESCAPED_BYTES * 2 + 1, "\\u%04x", (unsigned)c);
        } else {
            octets = 1;
            length += (size_t)snprintf(out + length, ESCAPED_BYTES + 1, "\\x%02x",
                                       (unsigned)(unsigned char)text.at[0]);
        }
        text = text_skip(text, octets);
    }
    *taken = all - text.length;
    return length;
}

/* ---- the guard ---- */

#ifdef HAVE_GUARDED_STREAMS

struct guard {
    int fd;
    size_t held; /* octets of a character that is not yet whole */
    char piece[HELD_MOST + PIECE_BYTES];
};

static ssize_t guard_write(void *cookie, const char *octets, size_t length)
{
    struct guard *guard = cookie;
    char plain[ESCAPED_BYTES * sizeof guard->piece + 1];
    for (size_t done = 0; done < length;) {
        size_t more = length - done < PIECE_BYTES ? length - done : PIECE_BYTES, taken;
        memcpy(guard->piece + guard->held, octets + done, more);
        struct text text = {guard->piece, guard->held + more};
        size_t count = terminal_plain(text, plain, &taken);
        if (write_all(guard->fd, plain, count) < count)
            return 0;
        guard->held = text.length - taken;
        memmove(guard->piece, guard->piece + taken, guard->held);
        done += more;
    }
    return (ssize_t)length;
}

static void guard_stream(FILE **stream, int fd, int buffering)
{
    struct guard *guard = isatty(fd) ? calloc(1, sizeof *guard) : NULL;
    FILE *guarded =
        guard ? fopencookie(guard, "w", (cookie_io_functions_t){.write = guard_write}) : NULL;
    if (!guarded) {
        free(guard);
        return;
    }
    guard->fd = fd;
    setvbuf(guarded, NULL, buffering, BUFSIZ);
    *stream = guarded;
}

void terminal_guard(void)
{
    guard_stream(&stdout, STDOUT_FILENO, _IOLBF);
    guard_stream(&stderr, STDERR_FILENO, _IONBF);
}

#else

void terminal_guard(void)
{
}

#endif
