/*
 * Files that a person writes: whether one holds text that can be read line by line.
 */
#ifndef CMD_TEXT_FILE_H
#define CMD_TEXT_FILE_H

#include <stdbool.h>

#include "base/text.h"

/* Takes a byte order mark of UTF-8 off *bytes.  NULL; or what is wrong with the file and what to
 * do, to be printed after its name.  Static. */
const char *text_file_error(struct text *bytes);

#endif
