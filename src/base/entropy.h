/* Chance from the operating system. */
#ifndef BASE_ENTROPY_H
#define BASE_ENTROPY_H

#include <stddef.h>

/* Fills `out`; aborts the process when the system has no randomness to give (a record id that
 * repeats would be worse). */
void entropy_fill(void *out, size_t length);

enum { UUID_SIZE = 37, UUID_BYTES = 16 };
/* A random UUID (RFC 9562, version 4) in lower case. */
void entropy_uuid(char out[UUID_SIZE]);
/* One of these random bytes, which are to be used for no other. */
void entropy_uuid_of(const unsigned char random[UUID_BYTES], char out[UUID_SIZE]);

#endif
