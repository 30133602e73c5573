/*
 * Tells a long piece of work whether to give up. A run must be able to end within seconds, even
 * while gigabytes are read or written.
 */
#ifndef BASE_GIVE_UP_H
#define BASE_GIVE_UP_H

#include <stdbool.h>

/* All zero: the work is never given up.  Once asked() has returned true, it always does. */
struct give_up {
    bool (*asked)(void *context);
    void *context;
};

static inline bool give_up_asked(const struct give_up *give_up)
{
    return give_up->asked && give_up->asked(give_up->context);
}

#endif
