/*
 * What the crawler needs of readers and of warc_mend() beside the interface of the library: both
 * can be given up, however large the file is.
 */
#ifndef WARC_MEND_H
#define WARC_MEND_H

#include "base/give_up.h"
#include "base/result.h"
#include "warccap/warc.h"

/* As warc_reader_open().  Once `give_up` is asked, the file cannot be read any more, and every call
 * returns WARC_BROKEN. */
struct warc_reader *warc_reader_open_until(const char *path, struct give_up give_up);

/* As warc_mend().  Once `give_up` is asked, the file stays as it is, and the result is
 * WARC_BROKEN. */
MUST_CHECK enum warc_result warc_mend_until(const char *open_path, int64_t synced_bytes,
                                            struct give_up give_up, char final[256], char *words,
                                            size_t size);

#endif
