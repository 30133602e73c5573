/*
 * Options as rows of tables, one table per command.  Parsing, --help, the man page and
 * configuration files all use them.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

struct config_site;

enum option_kind {
    OPTION_FLAG,    /* bool: set */
    OPTION_UNFLAG,  /* bool: cleared */
    OPTION_TEXT,    /* const char * */
    OPTION_LIST,    /* char **, directly followed by an int, their number; every use adds one */
    OPTION_NUMBER,  /* int, 0 and up */
    OPTION_COUNT,   /* int64_t, 0 and up */
    OPTION_BYTES,   /* int64_t; 500k, 20M, 1G (powers of 1000) */
    OPTION_SECONDS, /* int64_t milliseconds; 0.5, 90, 5m, 2h, 1d */
    OPTION_CHOICE,  /* int: place in `choices` */
    OPTION_RULE,    /* struct url_rule_set; every use adds the rule of that name */
    OPTION_CONFIG,  /* a file with lines "name = value"; see cmd/config.h */
};

struct option_row {
    const char *name;    /* long name, without dashes */
    const char *letters; /* "o", or wget's "np"; NULL: none */
    enum option_kind kind;
    const char *argument; /* its name in --help; NULL for flags */
    size_t offset;        /* of the value in the command's struct */
    const char *help;     /* one sentence */
    const char *const *choices;
};

struct command {
    const char *name;
    const char *arguments; /* "[options] URL..." */
    const char *summary;   /* one line */
    const char *details;   /* paragraphs for the man page */
    const struct option_row *rows;
    size_t row_count;
    int (*run)(int argc, char **argv);
};

/* Copies of option values, and how to read configuration files.  The first member of every
 * command's struct of values. */
struct option_memory {
    char **words;
    int count;
    char **configs; /* the values of --config, in order; borrowed from words */
    int config_count;
    bool names_only; /* note the values of --config, but do not read the files */
    /* In files that describe sites, read only the lines for this one; NULL: read all lines. */
    const struct config_site *site;
    bool shared_only; /* and not its own lines, only those for all sites */
};

enum {
    OPTIONS_HELPED = -1, /* --help was printed: end with EXIT_DONE */
    OPTION_UNKNOWN = -2,
};

/* Reads the options in argv[1...] into `values`.  Moves the other words to the front of argv[1...];
 * *word_count gets their number.  EXIT_DONE, the exit code after a message, or OPTIONS_HELPED. */
int options_read(const struct command *command, int argc, char **argv, void *values,
                 int *word_count);
/* Sets one option by its long name, "yes" or "no" for a flag.  EXIT_DONE, the exit code after a
 * message, or OPTION_UNKNOWN when there is no such option in a file. */
int options_set(const struct command *command, struct text name, const char *value, void *values);
/* Whether there is an option with this long name. */
bool options_are_named(const struct command *command, struct text name);
/* The exit code for a result of options_read(). */
int options_exit_code(int result);
/* Frees the words and lists in `values`. */
void options_release(const struct command *command, void *values);

void options_help(const struct command *command, FILE *out);
/* The part of the man page about one command, in man(7) macros. */
void options_man(const struct command *command, FILE *out);
/* Writes text, with the characters escaped that have a meaning in man(7). */
void options_man_text(const char *words, FILE *out);

extern const struct command command_crawl, command_verify, command_index, command_links,
    command_pack, command_repair, command_serve, command_why;

#endif
