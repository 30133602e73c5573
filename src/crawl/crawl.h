/*
 * One run over one collection, from seeds to a summary.  The way of the data can be read in crawl_run():
 *
 *   seed -> url -> frontier -> fetch -> exchange -> links -> frontier
 *                                               \-> capture -> writers (record, file) -> store "done" -> index
 */
#ifndef CRAWL_CRAWL_H
#define CRAWL_CRAWL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "archive/store.h"
#include "base/answer.h"
#include "crawl/verdict.h"

enum crawl_scope { SCOPE_PAGE, SCOPE_PREFIX, SCOPE_HOST, SCOPE_DOMAIN, SCOPE_ANY, SCOPE_SITE };
enum crawl_robots { ROBOTS_OBEY, ROBOTS_REQUISITES, ROBOTS_OFF };
enum crawl_recheck { RECHECK_AUTO, RECHECK_ALL, RECHECK_NEW };
enum crawl_compress { COMPRESS_AUTO, COMPRESS_SMALL, COMPRESS_FAST };

/* Each list is directly followed by its count: that is how the table of options fills it in. */
struct crawl_options {
    const char *directory;      /* of the collection */
    char **seeds;
    int seed_count;
    const char *contact;        /* mail address or URL, NULL: none was given */
    const char *user_agent;     /* NULL: warccap's own */
    char **resolve;             /* curl's HOST:PORT:ADDRESS */
    int resolve_count;
    char **headers;             /* "Name: value" sent with every request */
    int header_count;
    char **warc_headers;        /* "Name: value" in every warcinfo record */
    int warc_header_count;
    char **domains;             /* lists, with commas between, of domains that belong to the site, too */
    int domain_count;
    char **include;             /* POSIX extended regular expressions over the whole address */
    int include_count;
    char **exclude;
    int exclude_count;
    char **rules_off;           /* names of rules that leave nothing out */
    int rules_off_count;
    const char *cookie_file;    /* Netscape's format, NULL: none */
    const char *ca_certificate; /* PEM file, NULL: the system's */
    bool no_check_certificate;
    bool allow_private;
    bool redact_secrets;        /* leave the values of Cookie, Authorization ... out of request records */
    bool http2;                 /* offer it to https servers */
    bool no_if_modified_since;  /* never ask conditionally */
    bool no_dedup;              /* store every payload whole */
    bool no_parent;             /* nothing above a seed's directory, with wider scopes either */
    bool strip_chunks;          /* store chunked answers without their framing */
    enum crawl_scope scope;
    enum crawl_robots robots;
    enum crawl_compress compress;
    enum crawl_recheck recheck; /* which known addresses a later run asks for again */
    int64_t recheck_within_ms;  /* longest time between two looks at an address */
    int level;                  /* most hops that are no pager or archive links; -1: no limit */
    int tries;
    int64_t wait_ms;            /* between requests to one host, at least; 0: none */
    int wait_factor;            /* or so many times as long as it takes to answer ... */
    int64_t wait_most_ms;       /* ... up to this */
    int64_t limit_rate;         /* octets a second of all answers together, 0: no limit */
    int64_t timeout_ms;         /* without a byte, and for connecting */
    int connections;            /* at once to one host when wait_ms is 0, else one */
    int64_t page_limit;         /* 0: none */
    int64_t size_limit;         /* stored bytes, 0: none */
    int64_t time_limit_ms;      /* 0: none */
    int64_t url_size_limit;     /* octets of one answer, 0: none */
    int64_t url_time_limit_ms;  /* of one answer, 0: none */
    int64_t min_rate;           /* octets a second, on the average of some timeouts: slower ones are given up; 0: never */
    int64_t disk_reserve;       /* stop before less than this is free */
    int64_t warc_max_size;
    const char *notify;         /* shell command that gets the run's JSON; NULL: none */
    int changed_exit;           /* exit code of a run that went well and found something else than before; 0: no matter */
    bool quiet, json, verbose, progress;
};

/* The defaults of all options. */
struct crawl_options crawl_defaults(void);

/* What signals ask of a run; only handlers write it, but for the flags that are cleared when they were heeded. */
struct crawl_calls {
    volatile sig_atomic_t stop;   /* how often: once, what is under way is finished; twice, it is given up */
    volatile sig_atomic_t reopen; /* the log */
    volatile sig_atomic_t tell;   /* how far it is: to the log, and to standard error unless quiet */
};

/* Makes the run.  Gives the exit code of the command; everything a person should know was printed (summary to standard
 * output, trouble to standard error).  `outcome` may be NULL. */
int crawl_run(const struct crawl_options *options, struct crawl_calls *calls, struct crawl_outcome *outcome);

#endif
