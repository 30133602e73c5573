/*
 * How functions report success and failure.
 *
 * Every function that can fail in more than one way returns one step of this ladder (libarchive's
 * idea).  The caller sees at once whether to go on, to retry, or to stop using the handle.  A
 * struct trouble says what went wrong, always in words, so no failure is silent.
 *
 * Where a header names no result, a function returns OK, or BROKEN with words.
 */
#ifndef BASE_RESULT_H
#define BASE_RESULT_H

#include <stdint.h>

enum result {
    RESULT_OK = 0,      /* done */
    RESULT_END = 1,     /* nothing more to come */
    RESULT_AGAIN = 2,   /* not now; the same call may succeed later */
    RESULT_FLAWED = -1, /* usable, but see the trouble */
    RESULT_LOST = -2,   /* this one is lost, the next may be fine */
    RESULT_BROKEN = -3, /* stop using the handle */
};

/* Put before the declaration of a function whose result must not be ignored; the compiler then
 * warns.  Where a failure needs no action, the caller says so with result_ignore(). */
#if defined __GNUC__
#define MUST_CHECK __attribute__((warn_unused_result))
#else
#define MUST_CHECK
#endif

static inline void result_ignore(int result)
{
    (void)result;
}

enum { TROUBLE_WORDS = 512 };

struct trouble {
    enum result result;
    int os_error;              /* errno, 0 when no system call failed */
    int64_t offset;            /* in the file or buffer concerned, -1 when none */
    char words[TROUBLE_WORDS]; /* one sentence without a full stop, for people */
};

/* An empty trouble: RESULT_OK, no words. */
struct trouble trouble_none(void);

/* Fills *trouble (NULL when the caller does not want the words) and returns `result`, so that
 * reporting a failure is one statement.  Words are cut at TROUBLE_WORDS; os_error becomes 0, offset
 * -1. */
enum result trouble_say(struct trouble *trouble, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like trouble_say(), but stores errno and appends ": " and strerror(errno). */
enum result trouble_say_os(struct trouble *trouble, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
