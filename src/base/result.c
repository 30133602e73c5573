/* Fills in what went wrong.  Words that are too long are cut, never refused. */
#include <config.h>

#include "base/result.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct trouble trouble_none(void)
{
    struct trouble none = {.result = RESULT_OK, .offset = -1};
    return none;
}

static void say(struct trouble *trouble, enum result result, int os_error, const char *format,
                va_list arguments)
{
    trouble->result = result;
    trouble->os_error = os_error;
    trouble->offset = -1;
    vsnprintf(trouble->words, sizeof trouble->words, format, arguments);
}

enum result trouble_say(struct trouble *trouble, enum result result, const char *format, ...)
{
    if (trouble) {
        va_list arguments;
        va_start(arguments, format);
        say(trouble, result, 0, format, arguments);
        va_end(arguments);
    }
    return result;
}

enum result trouble_say_os(struct trouble *trouble, enum result result, const char *format, ...)
{
    int os_error = errno;
    if (trouble) {
        va_list arguments;
        va_start(arguments, format);
        say(trouble, result, os_error, format, arguments);
        va_end(arguments);
        size_t said = strlen(trouble->words);
        snprintf(trouble->words + said, sizeof trouble->words - said, ": %s", strerror(os_error));
    }
    return result;
}
