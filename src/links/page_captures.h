/* Captured bodies (collection/capture_reader.h) that are decoded by a page reader. */
#ifndef LINKS_PAGE_CAPTURES_H
#define LINKS_PAGE_CAPTURES_H

#include "collection/capture_reader.h"
#include "links/page_reader.h"

struct page_captures {
    struct page_reader *reader;
    struct coded_body body; /* the current one */
    struct page_source source;
    bool begun;
    bool text_only;          /* may be set: nobody asks for links, so plain bodies are not sent */
    struct page_ahead ahead; /* for the next one; may be set before each */
};

/* Has the bodies of `captures` decoded by `reader`, from which their links may be had until the
 * next one.  *own is the context; it and the reader must live as long as the captures are read.  A
 * NULL reader changes nothing. */
void page_captures_use(struct page_captures *own, struct page_reader *reader,
                       struct capture_reader *captures);

#endif
