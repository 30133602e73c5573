/*
 * The user's terminal.  The guard is a stream that replaces stdout or stderr, so all output of
 * every part of the program passes through it.
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

#include "base/plain_text.h"
#include "base/system.h"
#include "base/utf8.h"

enum {
    COLUMNS_UNKNOWN = 80,
    HELD_MOST = 3,      /* bytes of a character that is not yet complete */
    PIECE_BYTES = 1024, /* processed at a time */
    ESCAPED_BYTES = 4,  /* most output per byte: "\x1b" for one byte, "\u202e" for three */
};

bool terminal_can_erase(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

bool terminal_is_ours(void)
{
    pid_t group = tcgetpgrp(STDERR_FILENO);
    return group < 0 || group == getpgrp(); /* -1: it is not our controlling terminal */
}

int terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return COLUMNS_UNKNOWN;
    return size.ws_col;
}

/* Writes as much as the descriptor accepts and returns how much that was. */
static size_t write_all(int fd, const char *bytes, size_t length)
{
    size_t written = 0;
    while (written < length) {
        ssize_t count = write(fd, bytes + written, length - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        written += (size_t)count;
    }
    return written;
}

void terminal_write(const char *bytes, size_t length)
{
    write_all(STDERR_FILENO, bytes, length);
}

/* ---- plain text ---- */

static bool is_plain(uint32_t c)
{
    return c == '\t' || c == '\n' || plain_text_may_show(c);
}

/* Whether `text` may be the beginning of a character whose rest is still to come. */
static bool is_cut(struct text text)
{
    unsigned char first = (unsigned char)text.at[0];
    size_t whole = 1 + (size_t)(first >= 0xc2) + (first >= 0xe0) + (first >= 0xf0);
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
        if (text.at[0] >= ' ' && text.at[0] < 0x7f) { /* most of it */
            out[length++] = text.at[0];
            text = text_skip(text, 1);
            continue;
        }
        size_t bytes = utf8_read(text, &c);
        if (!bytes && is_cut(text))
            break;
        if (bytes && is_plain(c)) {
            memcpy(out + length, text.at, bytes);
            length += bytes;
        } else if (bytes > 1) {
            length += (size_t)snprintf(out + length, ESCAPED_BYTES * 2 + 1, "\\u%04x", (unsigned)c);
        } else {
            bytes = 1;
            length += (size_t)snprintf(out + length, ESCAPED_BYTES + 1, "\\x%02x",
                                       (unsigned)(unsigned char)text.at[0]);
        }
        text = text_skip(text, bytes);
    }
    *taken = all - text.length;
    return length;
}

/* ---- the guard ---- */

#ifdef HAVE_STREAMS_TO_ASSIGN

struct guard {
    int fd;
    size_t held; /* bytes of a character that is not yet complete */
    char piece[HELD_MOST + PIECE_BYTES];
};

static ssize_t guard_write(void *cookie, const char *bytes, size_t length)
{
    struct guard *guard = cookie;
    char plain[ESCAPED_BYTES * sizeof guard->piece + 1];
    for (size_t done = 0; done < length;) {
        size_t more = length - done < PIECE_BYTES ? length - done : PIECE_BYTES, taken;
        memcpy(guard->piece + guard->held, bytes + done, more);
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

static void guard_stream(FILE **stream, struct guard *guard, int fd, int buffering)
{
    FILE *guarded = system_open_writer(guard, guard_write);
    if (!guarded)
        return;
    guard->fd = fd;
    setvbuf(guarded, NULL, buffering, BUFSIZ);
    *stream = guarded;
}

void terminal_guard(void)
{
    static struct guard out, err; /* as long as the streams: to the end of the program */
    guard_stream(&stdout, &out, STDOUT_FILENO, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF);
    guard_stream(&stderr, &err, STDERR_FILENO, _IONBF);
}

#else

void terminal_guard(void)
{
}

#endif
