/*
 * By which marks in a page the programs are recognised whose traps are told by common words.
 */
#ifndef TRAPS_PAGE_MARKS_H
#define TRAPS_PAGE_MARKS_H

#include "base/text.h"

/* The programs (bits of enum trap_proof) whose marks the page bears. Only its first 64 KB are
 * searched. */
unsigned page_marks_read(struct text html);

#endif
