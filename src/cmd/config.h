/*
 * Configuration files (--config): lines "name = value", with the names of the command line, and
 * sites.
 *
 *   wait = 2                  before the first stanza: for all sites of the file
 *   [a-blog]                  a site, and the name of its collection
 *   url = https://a-blog.example/
 *
 * "#" begins a comment, at the start of a line or after a blank.  Double quotes around a value
 * protect what is in them and are removed.
 *
 * A file without stanzas is one site, with the name of the file, if it has a `url` line or was
 * found in a directory or by a pattern.  Otherwise its options are for all sites.
 */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include <stdbool.h>

#include "cmd/options.h"

/* A site as the files describe it. */
struct config_site {
    char *name;
    char *file;
    char *stanza; /* NULL: the whole file is this site */
    char *output; /* the value of its own `output` line; NULL: it has none */
    /* It cannot be read, or its name is not valid.  A message was printed; other sites still run.
     */
    bool left_out;
};

struct config_sites {
    struct config_site *items;
    int count;
};

/* Finds the sites in `words`, the values of --config: files, directories (their *.conf), or
 * patterns.  EXIT_DONE, or the exit code after a message when nothing can be done. */
int config_find_sites(const struct command *command, char **words, int count,
                      struct config_sites *out);
void config_sites_release(struct config_sites *sites);

/* Reads the files that `word` names into `values`.  If memory.site is NULL, every line is read.
 * Otherwise only the lines that apply to this site are read; with memory.shared_only, without its
 * own.  EXIT_DONE, or the exit code after a message. */
int config_read(const struct command *command, const char *word, void *values);

/* A file that was read. */
struct config_file {
    const char *path; /* for messages, and for the name of a site */
    struct text bytes;
    bool member; /* it was found in a directory or by a pattern */
};

/* The same for one file: adds its sites, and reads its lines. A line with a NUL, or whose value has
 * 4096 bytes or more, is not a line of options. */
int config_find_in(const struct command *command, const struct config_file *file,
                   struct config_sites *sites);
int config_read_lines(const struct command *command, const struct config_file *file, void *values);

#endif
