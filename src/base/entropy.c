#include <config.h>

#include "base/entropy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { STOCK_BYTES = 1024 };

void entropy_fill(void *out, size_t length)
{
    char *next = out;
    while (length) {
        ssize_t got = getrandom(next, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            perror("warccap: the system gives no random bytes");
            abort();
        }
        next += got;
        length -= (size_t)got;
    }
}

/* Record ids are made by the thousand a second, a system call for each would be dear: every thread keeps a small stock.
 * After a fork the child's would be its parent's: it gets one of its own. */
static void take_from_stock(unsigned char *out, size_t length)
{
    static _Thread_local unsigned char stock[STOCK_BYTES];
    static _Thread_local size_t left;
    static _Thread_local pid_t owner;
    if (left < length || owner != getpid()) {
        owner = getpid();
        entropy_fill(stock, sizeof stock);
        left = sizeof stock;
    }
    left -= length;
    memcpy(out, stock + left, length);
}

void entropy_uuid(char out[UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char b[16];
    take_from_stock(b, sizeof b);
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
