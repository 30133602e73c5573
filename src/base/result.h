/*
 * How functions answer, and how trouble is told.
 *
 * Every function that can fail in more than one way answers with a rung of this ladder
 * (libarchive's idea): the caller sees at once whether to go on, to retry, or to stop using the
 * handle.  What went wrong travels beside it in a struct trouble, always with words, so that no
 * failure is ever silent.
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

/* Before the declaration of a function whose result must not be ignored: the compiler warns.  Where
 * there is nothing to be done about a failure, result_ignore() says so. */
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
    int os_error;   /* errno, 0 when the system was not asked */
    int64_t offset; /* in the file or buffer concerned, -1 when none */
    char words[TROUBLE_WORDS];
};

/* An empty trouble: RESULT_OK, no words. */
struct trouble trouble_none(void);

/* Fills *trouble (NULL: the words are not wanted) and gives `answer` back, so that a failure is one
 * line.  Words are cut at TROUBLE_WORDS.  os_error is 0, offset -1. */
enum result trouble_say(struct trouble *trouble, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As trouble_say, with errno kept and ": strerror(errno)" appended. */
enum result trouble_say_os(struct trouble *trouble, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
