/*
 * The collection of a URL when the user names none.  It is ./HOST, or ./HOST_PORT, for the first
 * site of a host.  Another site of that host, such as http://host/~bob/ beside http://host/~anna/,
 * gets ./HOST_PATH.  The same URL finds the same collection again.  No site ever gets the
 * collection of another.
 */
#ifndef CMD_SITE_DIRECTORY_H
#define CMD_SITE_DIRECTORY_H

#include <stdbool.h>

/* A file name for a URL: its host, its port unless it is the default, its path and its query;
 * "_" replaces characters that are awkward in file names.  A long one ends in a hash.  NULL: it is
 * not a URL, or there is no memory; free() it. */
char *site_directory_name(const char *seed);

/* Finds the directory for `seed` in `parent` (NULL: the current directory).  `each`: all sites are
 * named by host and path, also the first of a host.  EXIT_DONE and *directory, which the caller
 * frees; or the exit code, after a message. */
int site_directory_find(const char *parent, const char *seed, bool each, char **directory);

#endif
