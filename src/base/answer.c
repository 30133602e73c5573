#include <config.h>

#include "base/answer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct trouble trouble_none(void)
{
    struct trouble none = {.answer = ANSWER_OK, .offset = -1};
    return none;
}

static void say(struct trouble *trouble, enum answer answer, int os_error, const char *format, va_list arguments)
{
    trouble->answer = answer;
    trouble->os_error = os_error;
    trouble->offset = -1;
    vsnprintf(trouble->words, sizeof trouble->words, format, arguments);
}

enum answer trouble_say(struct trouble *trouble, enum answer answer, const char *format, ...)
{
    if (trouble) {
        va_list arguments;
        va_start(arguments, format);
        say(trouble, answer, 0, format, arguments);
        va_end(arguments);
    }
    return answer;
}

enum answer trouble_say_os(struct trouble *trouble, enum answer answer, const char *format, ...)
{
    int os_error = errno;
    if (trouble) {
        va_list arguments;
        va_start(arguments, format);
        say(trouble, answer, os_error, format, arguments);
        va_end(arguments);
        size_t said = strlen(trouble->words);
        snprintf(trouble->words + said, sizeof trouble->words - said, ": %s", strerror(os_error));
    }
    return answer;
}
