/*
 * Files given with --config: lines "name = value", names as on the command line; and sites, where a
 * file names them.
 *
 *   wait = 2                  what stands before the first stanza holds for all sites of the file
 *   [a-blog]                  a site, and the name of its collection
 *   url = https://a-blog.example/
 *
 * "#" at a line's begin or behind a blank begins a comment; double quotes around a value keep what
 * is in them, and go.
 *
 * A file without stanzas is a site, named like the file, when it names an address with `url` or
 * lies in a directory that was given; else it holds options for all.
 */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include <stdbool.h>

#include "cmd/options.h"

/* A site as it stands in the files. */
struct config_site {
    char *name;
    char *file;
    char *stanza;  /* NULL: the whole file is about it */
    char *output;  /* what its own lines say of its collection, NULL: nothing */
    bool left_out; /* it can't be read, or its name is none: that was told, and keeps no other from
                      running */
};

struct config_sites {
    struct config_site *items;
    int count;
};

/* Finds the sites in `words`, which were given with --config: files, directories (their *.conf), or
 * patterns.  EXIT_DONE, or the exit code after a message when nothing can be done. */
int config_find_sites(const struct command *command, char **words, int count,
                      struct config_sites *out);
void config_sites_release(struct config_sites *sites);

/* Reads what `word` names into `values`.  memory.site chooses: NULL, every line is read; else the
 * lines that hold for this site, and memory.shared_only leaves out those that are its own.
 * EXIT_DONE, or the exit code after a message. */
int config_read(const struct command *command, const char *word, void *values);

#endif
