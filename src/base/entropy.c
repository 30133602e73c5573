/* Random bytes and UUIDs. */
#include <config.h>

#include "base/entropy.h"

#include <stdlib.h>
#include <string.h>

#include "base/system.h"

void entropy_fill(void *out, size_t length)
{
    if (!system_random(out, length))
        abort();
}

void entropy_uuid(char out[UUID_SIZE])
{
    unsigned char random[UUID_BYTES];
    entropy_fill(random, sizeof random);
    entropy_uuid_of(random, out);
}

void entropy_uuid_of(const unsigned char random[UUID_BYTES], char out[UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char b[UUID_BYTES];
    memcpy(b, random, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    for (size_t i = 0; i < sizeof b; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = digits[b[i] >> 4];
        *out++ = digits[b[i] & 15];
    }
    *out = '\0';
}
