/* Random bytes from the operating system, and random UUIDs. */
#ifndef BASE_ENTROPY_H
#define BASE_ENTROPY_H

#include <stddef.h>

/* Fills `out` with random bytes.  Aborts the process when the system has none to give: a record id
 * that repeats would be worse. */
void entropy_fill(void *out, size_t length);

enum { UUID_SIZE = 37 /* with NUL */, UUID_BYTES = 16 };

/* Writes a random UUID (RFC 9562, version 4, section 5.4) in lower case, and a NUL. */
void entropy_uuid(char out[UUID_SIZE]);

/* The same, made from these random bytes.  Use the bytes for one UUID only. */
void entropy_uuid_of(const unsigned char random[UUID_BYTES], char out[UUID_SIZE]);

#endif
