/* What has to hold for links, whatever they were extracted from. */
#ifndef TESTS_FUZZ_LINKS_H
#define TESTS_FUZZ_LINKS_H

#include "links/links.h"

/* Extracts the links of `bytes` without a memory of anchors, and again with one that all inputs
 * share, before and after it has met the bytes on another page of the site.  Every link is an
 * address that parses to itself, is given once a class, and does not depend on the memory.  `head`
 * may be NULL. */
void fuzz_links(enum media_kind kind, const struct http_head *head, struct text bytes);

#endif
