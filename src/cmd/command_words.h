/*
 * The words of a command line that everybody on the machine can read, as long as the process runs.
 * A secret among them is read once and then overwritten.  In the short time before that it can be
 * seen: a file is better.  Also finds URLs in the place of files.
 */
#ifndef CMD_COMMAND_WORDS_H
#define CMD_COMMAND_WORDS_H

#include <stdbool.h>

/* Copies the words, and overwrites in argv the values of --header and --header-for, and names and
 * passwords in URLs.  The copy ends with NULL.  NULL without memory.  Free it with
 * command_words_free(). */
char **command_words_take(int argc, char **argv);
void command_words_free(char **words);

/* Of a command that reads files: whether one of the words is a URL; then a message names what would
 * capture it.  A file with such a name is none. */
bool command_words_have_url(const char *command, char **words, int count);

#endif
