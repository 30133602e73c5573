/*
 * What `warccap crawl` does for one site: the values of its options, and what follows from them.
 * The table of options is in cmd_crawl.c.
 *
 * crawl_settings_defaults() -> _read() -> _add_seed() ... -> _settle() -> _settle_directory()
 */
#ifndef CMD_CRAWL_SETTINGS_H
#define CMD_CRAWL_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/config.h"
#include "cmd/options.h"
#include "crawl/crawl.h"
#include "report/run_reporter.h"

/* The values of an option that may be repeated. */
struct word_list {
    char **words;
    int count; /* directly after them, because the option table fills it in that way */
};

struct crawl_settings {
    struct option_memory memory;
    struct crawl_options crawl;
    struct report_options report;
    const char *notify; /* shell command that gets the run's JSON; NULL: none */
    const char *seed_file;
    char **urls; /* from configuration files */
    int url_count;
    struct word_list forget; /* seeds as typed; crawl.forget_seeds has them as URLs */
    bool each;
    bool into_any_directory; /* although it contains other files */
    bool may_repeat;         /* without a URL, the seeds of the collection are meant */
    bool skip_bad;           /* leave out lines of the seed file that are not URLs */
    int jobs;
    int64_t start_within_ms;
    char *directory; /* owns crawl.directory, if it was made here; else NULL */
    /* Places in the lists of choices, which have the order of the enums. */
    int scope, robots, compress, recheck, store_chunked;
};

struct crawl_settings crawl_settings_defaults(void);
void crawl_settings_release(struct crawl_settings *settings);

/* A command line, which is not changed, and the site it is read for. */
struct command_line {
    int argc;
    char **argv;
    const struct config_site *site; /* NULL: for no site of a configuration file */
    bool shared_only;               /* from files, read only what applies to all their sites */
};

/* Reads a command line.  EXIT_DONE, the exit code after a message, or OPTIONS_HELPED.  *url_count
 * gets the number of words that are not options; *urls, unless `urls` is NULL, gets these words
 * from [1] on: free() it. */
int crawl_settings_read(struct crawl_settings *settings, const struct command_line *line,
                        char ***urls, int *url_count);
/* Adds a URL, as a person types it.  False after a message, which begins with `place`
 * ("seeds.txt:3: ", or empty). */
bool crawl_settings_add_seed(struct crawl_settings *settings, struct text word, const char *place);
/* Adds the URLs of a list, a line each; "#" begins a comment. Lines that are not URLs are left out
 * with skip_bad. False after a message, which names the list and the line. */
bool crawl_settings_add_seeds(struct crawl_settings *settings, struct text bytes, const char *name);
/* Adds the URLs of --input-file, if it was given.  False after a message. */
bool crawl_settings_read_seed_file(struct crawl_settings *settings);

/* Fills in and checks settings->crawl.  EXIT_DONE, or the exit code after a message. */
int crawl_settings_settle(struct crawl_settings *settings);
/* Whether the run carries what not everybody may read: a password in a seed, header lines, cookies.
 * Then its files are the user's alone. */
bool crawl_settings_have_secrets(const struct crawl_settings *settings);
/* Makes PARENT/NAME the collection; `parent` NULL is the current directory.  EXIT_DONE, or the exit
 * code after a message; `name` NULL is such an error. */
int crawl_settings_settle_directory(struct crawl_settings *settings, const char *parent,
                                    const char *name);
/* Chooses the collection for the first seed, in PARENT: see site_directory.h.  A new one is told,
 * unless `each`: then a table tells all.  EXIT_DONE, or the exit code after a message. */
int crawl_settings_find_directory(struct crawl_settings *settings, const char *parent, bool each);

#endif
