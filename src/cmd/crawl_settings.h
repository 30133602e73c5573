/*
 * What `warccap crawl` is to do for one site: the values of its options, and what comes of them.
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

struct crawl_settings {
    struct option_memory memory;
    struct crawl_options crawl;
    struct report_options report;
    const char *notify; /* shell command that gets the run's JSON; NULL: none */
    const char *seed_file;
    char **urls; /* of configuration files */
    int url_count;
    bool each;
    bool into_any_directory; /* though it holds other files */
    bool skip_bad;           /* lines of the seed file that are not URLs */
    int jobs;
    int64_t start_within_ms;
    char *directory; /* the one in crawl, when it was made here */
    int scope, robots, compress, recheck,
        store_chunked; /* places in the lists of choices, which follow the enums */
};

struct crawl_settings crawl_settings_defaults(void);
void crawl_settings_release(struct crawl_settings *settings);

/* A command line, of which nothing is changed, and for whom it is read. */
struct command_line {
    int argc;
    char **argv;
    const struct config_site *site; /* of a file; NULL: of none */
    bool shared_only;               /* of files, only what they say of all their sites */
};

/* Reads a command line.  EXIT_DONE, the exit code after a message, or OPTIONS_HELPED.  The words
 * that are not options are counted in *url_count; *urls, if asked for, gets them, from [1] on:
 * free() it.
 */
int crawl_settings_read(struct crawl_settings *settings, const struct command_line *line,
                        char ***urls, int *url_count);
/* Adds a URL, as a person types it.  False after a message, in which `place` stands first
 * ("seeds.txt:3: ", or nothing). */
bool crawl_settings_add_seed(struct crawl_settings *settings, struct text address,
                             const char *place);
/* Adds those in the file that --input-file names, if any.  False after a message. */
bool crawl_settings_read_seed_file(struct crawl_settings *settings);

/* Brings all together, ready to be crawled; EXIT_DONE, or the exit code after a message. */
int crawl_settings_settle(struct crawl_settings *settings);
/* Makes PARENT/NAME the collection (parent NULL: here); NAME may be NULL, which is an error that is
 * told. */
int crawl_settings_settle_directory(struct crawl_settings *settings, const char *parent,
                                    const char *name);
/* A collection's name for an address: "HOST", with the port if there is one, and, where several
 * sites may be on one host, with the path.  NULL: it is none; free() it. */
char *crawl_settings_name_for(const char *seed, bool with_path);

#endif
