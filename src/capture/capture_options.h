/* The user's choices for how captures are stored.  All texts are borrowed. */
#ifndef CAPTURE_CAPTURE_OPTIONS_H
#define CAPTURE_CAPTURE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum crawl_compress { COMPRESS_AUTO, COMPRESS_SMALL, COMPRESS_FAST };

/* Each list is directly followed by its count, because the option table fills them in that way. */
struct capture_options {
    char **warc_headers; /* "Name: value" in every warcinfo record */
    int warc_header_count;
    enum crawl_compress compress;
    bool no_dedup;     /* store every payload in full */
    bool strip_chunks; /* store chunked responses without their framing */
    int64_t warc_max_size;
};

#endif
