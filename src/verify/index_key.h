/* Whether the key of an index line belongs to its URL.  Private to this room. */
#ifndef VERIFY_INDEX_KEY_H
#define VERIFY_INDEX_KEY_H

#include <stdbool.h>

#include "base/text.h"

enum index_key {
    KEY_OF_URL,    /* as web/surt.h makes it */
    KEY_OF_METHOD, /* with the method and the body of a request that is no GET, as pywb makes it */
    KEY_OF_OTHERS, /* as another program makes it: in the order of the query, with www or a port */
    KEY_WRONG,     /* it is that of another URL */
    KEY_UNKNOWN,   /* no memory */
};

/* Whose key `key`, of an index line, is: that of `url`, or another. */
enum index_key index_key_judge(struct text key, struct text url);

#endif
