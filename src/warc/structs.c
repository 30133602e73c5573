/* Copies structures of programs that were compiled with another version of the public header. */
#include <config.h>

#include "warc/structs.h"

#include <errno.h>
#include <string.h>

bool struct_take(void *own, size_t size, const void *given, size_t least)
{
    size_t said;
    memcpy(&said, given, sizeof said);
    bool known = said >= least;
    for (size_t i = size; known && i < said; i++)
        known = ((const char *)given)[i] == 0;
    if (!known) {
        errno = EINVAL;
        return false;
    }
    memset(own, 0, size);
    memcpy(own, given, said < size ? said : size);
    memcpy(own, &size, sizeof size);
    return true;
}
