/* Crawls one site or many: signals, delay, settings of each, and --notify. */
#include <config.h>

#include "cmd/crawl_sites.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "cmd/jitter.h"
#include "cmd/jobs.h"
#include "cmd/notify.h"
#include "cmd/site_directory.h"
#include "report/exit_code.h"
#include "report/exit_status.h"
#include "web/url.h"

/* Signal handlers set them; crawl_run() clears what it has dealt with. */
static struct crawl_calls calls;
static volatile sig_atomic_t on_terminal; /* asked at the start: later the window may be closed */

static void on_signal(int number)
{
    enum { AT_ONCE = 3 };
    /* The terminal hung up: its user has left. */
    bool left = number == SIGHUP && on_terminal;
    if (number == SIGUSR1)
        calls.tell = 1;
    else if (number == SIGHUP && !left)
        calls.reopen = 1;
    else if (++calls.stop >= AT_ONCE)
        _exit(EXIT_SIGNAL); /* the next run repairs what is on the disk */
}

static void watch_signals(void)
{
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t all;
    on_terminal = isatty(STDERR_FILENO);
    sigemptyset(&action.sa_mask);
    sigemptyset(&all);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        sigaction(watched[i], &action, NULL);
        sigaddset(&all, watched[i]);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file size limit becomes an error of write(), like a full disk */
    sigprocmask(SIG_UNBLOCK, &all, NULL);
}

/* ---- one site ---- */

static int64_t delay_ms(const struct crawl_settings *settings)
{
    char host[128] = "", who[4096];
    gethostname(host, sizeof host - 1);
    snprintf(who, sizeof who, "%s:%s", host, settings->crawl.directory);
    return jitter_ms(text_of(who), clock_wall_ms(), settings->start_within_ms);
}

static void wait_until(int64_t due_ms)
{
    for (int64_t left; !calls.stop && (left = due_ms - clock_steady_ms()) > 0;)
        nanosleep(&(struct timespec){.tv_sec = left < 1000 ? 0 : 1,
                                     .tv_nsec = left % 1000 * 1000000},
                  NULL);
}

/* Crawls one site, as a job or alone. */
static int crawl_it(void *context, struct crawl_outcome *outcome)
{
    struct crawl_settings *settings = context;
    struct run_reporter reporter;
    struct notify *notify = NULL;
    struct trouble trouble;
    if (!settings->crawl.contact && !settings->report.quiet)
        fprintf(
            stderr,
            "warccap: WARNING: no --contact was given, so site owners cannot ask about this "
            "crawler.\n         Give a mail address or a web page: --contact YOU@EXAMPLE.ORG\n");
    watch_signals();
    /* What a login shows, and the words that open it, are nobody else's. */
    if (crawl_settings_have_secrets(settings))
        umask(077);
    if (!settings->crawl.sandbox && !settings->report.quiet)
        fprintf(stderr, "warccap: WARNING: --no-sandbox: a mistake in warccap could let a server "
                        "reach all that you can reach on this machine\n");
    if (settings->notify && notify_new(&notify, settings->notify, &trouble) != RESULT_OK)
        fprintf(stderr, "warccap: %s\n", trouble.words);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    run_reporter_init(&reporter, &settings->report);
    reporter.seen = outcome;
    const struct crawl_observer observer = run_reporter_observer(&reporter);
    crawl_run(&settings->crawl, &calls, &observer);
    curl_global_cleanup();
    /* The collection is no longer locked: the command may use it. */
    if (notify && notify_run(notify, buf_text(&reporter.json), NOTIFY_MOST_SECONDS, &calls.stop,
                             &trouble) != RESULT_OK)
        fprintf(stderr, "warccap: %s\n", trouble.words);
    notify_free(notify);
    if (outcome)
        *outcome = reporter.outcome;
    int code = reporter.outcome.exit_code;
    run_reporter_release(&reporter);
    return code;
}

static void say_delay(const struct crawl_settings *settings, const char *name, int64_t delay)
{
    if (delay && !settings->report.quiet)
        fprintf(stderr, "warccap: %s starts in %lld s (--start-within)\n", name,
                (long long)(delay / 1000));
}

int crawl_sites_run_alone(struct crawl_settings *settings)
{
    int64_t delay = delay_ms(settings);
    watch_signals();
    say_delay(settings, settings->crawl.directory, delay);
    wait_until(clock_steady_ms() + delay);
    return crawl_it(settings, NULL);
}

/* ---- many sites ---- */

struct site {
    struct crawl_settings settings;
    char *name;
    int result; /* exit code of settling it */
    bool taken; /* its collection is that of an earlier site */
};

struct sites {
    struct site *items;
    int count;
};

/* A site of a configuration file.  If something is wrong with it, the others still run. */
static void settle_configured(struct site *site, int argc, char **argv,
                              const struct config_site *config)
{
    struct crawl_settings shared = crawl_settings_defaults();
    int count;
    site->name = text_copy(text_of(config->name));
    site->settings = crawl_settings_defaults();
    site->result = config->left_out
                       ? EXIT_USAGE
                       : crawl_settings_read(&shared,
                                             &(struct command_line){.argc = argc,
                                                                    .argv = argv,
                                                                    .site = config,
                                                                    .shared_only = true},
                                             NULL, &count);
    if (site->result == EXIT_DONE)
        site->result =
            crawl_settings_read(&site->settings,
                                &(struct command_line){.argc = argc, .argv = argv, .site = config},
                                NULL, &count);
    if (site->result == EXIT_DONE && !crawl_settings_read_seed_file(&site->settings))
        site->result = EXIT_USAGE;
    if (site->result == EXIT_DONE)
        site->result = crawl_settings_settle(&site->settings);
    if (site->result == EXIT_DONE)
        site->result =
            crawl_settings_settle_directory(&site->settings, shared.crawl.directory,
                                            config->output ? config->output : config->name);
    crawl_settings_release(&shared);
    if (site->result)
        fprintf(stderr, "warccap crawl: the site %s is left out. Correct %s\n",
                config->name[0] ? config->name : "without a name", config->file);
}

/* A URL that is a site of its own. */
static void settle_url(struct site *site, int argc, char **argv, const char *address)
{
    int count;
    site->settings = crawl_settings_defaults();
    site->name = site_directory_name(address);
    site->result =
        crawl_settings_read(&site->settings, &(struct command_line){.argc = argc, .argv = argv},
                            NULL, &count);
    site->settings.url_count = 0; /* they are sites of their own */
    if (site->result == EXIT_DONE &&
        !crawl_settings_add_seed(&site->settings, text_of(address), ""))
        site->result = EXIT_USAGE;
    if (site->result == EXIT_DONE)
        site->result = crawl_settings_settle(&site->settings);
    if (site->result == EXIT_DONE)
        site->result =
            crawl_settings_find_directory(&site->settings, site->settings.crawl.directory, true);
    if (!site->name)
        site->name = text_copy(text_of(address));
}

static void note_hosts(struct job *job, const struct crawl_options *options)
{
    struct url url;
    url_init(&url);
    buf_init(&job->hosts, 1 << 24);
    buf_add_char(&job->hosts, ' ');
    for (int i = 0; i < options->seed_count; i++)
        if (url_parse(&url, text_of(options->seeds[i]), NULL, TEXT("")) == URL_OK) {
            struct text host = url_host(&url);
            buf_add_text(&job->hosts, text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host);
            buf_add_char(&job->hosts, ' ');
        }
    url_release(&url);
}

static int by_directory(const void *a, const void *b)
{
    const struct site *const *one = a, *const *other = b;
    int order = strcmp((*one)->settings.crawl.directory, (*other)->settings.crawl.directory);
    return order ? order : (*one > *other) - (*one < *other);
}

/* Finds the sites whose collection an earlier one has.  False without memory. */
static bool mark_taken(struct sites *sites)
{
    struct site **sorted = calloc((size_t)sites->count + 1, sizeof *sorted);
    size_t count = 0;
    for (int i = 0; sorted && i < sites->count; i++)
        if (sites->items[i].result == EXIT_DONE)
            sorted[count++] = &sites->items[i];
    if (sorted)
        qsort(sorted, count, sizeof *sorted, by_directory);
    for (size_t i = 1; sorted && i < count; i++)
        sorted[i]->taken = strcmp(sorted[i - 1]->settings.crawl.directory,
                                  sorted[i]->settings.crawl.directory) == 0;
    free(sorted);
    return sorted != NULL;
}

static void make_job(struct job *job, struct site *site)
{
    *job = (struct job){.name = site->name,
                        .directory = site->settings.crawl.directory,
                        .run = crawl_it,
                        .context = &site->settings};
    note_hosts(job, &site->settings.crawl);
    if (site->result || site->taken) {
        snprintf(job->outcome.reason, sizeof job->outcome.reason, "%s",
                 site->result ? "its configuration is wrong: see above"
                              : "another site has the same collection; for one collection with "
                                "several URLs, put several url lines into one site");
        job->outcome.exit_code = EXIT_USAGE;
        job->state = JOB_ENDED;
        if (!site->result && site->settings.report.quiet)
            exit_status_print(stderr, &job->outcome, site->name, job->directory);
        return;
    }
    int64_t delay = delay_ms(&site->settings);
    say_delay(&site->settings, site->name, delay);
    job->due_ms = clock_steady_ms() + delay;
}

static int crawl_sites(struct sites *sites, const struct crawl_settings *common)
{
    const struct jobs_options options = {.at_a_time = common->jobs,
                                         .quiet = common->report.quiet,
                                         .json = common->report.json,
                                         .changed_exit = common->report.changed_exit};
    struct job *jobs = calloc((size_t)sites->count, sizeof *jobs);
    if (!jobs || !mark_taken(sites)) {
        free(jobs);
        return EXIT_ERROR;
    }
    for (int i = 0; i < sites->count; i++)
        make_job(&jobs[i], &sites->items[i]);
    int result = jobs_run(jobs, sites->count, &options);
    for (int i = 0; i < sites->count; i++)
        buf_release(&jobs[i].hosts);
    free(jobs);
    return result;
}

static int crawl_all(struct sites *sites, const struct crawl_settings *common)
{
    if (sites->count == 1) /* no table, no other process */
        return sites->items[0].result ? sites->items[0].result
                                      : crawl_sites_run_alone(&sites->items[0].settings);
    return crawl_sites(sites, common);
}

static void sites_release(struct sites *sites)
{
    for (int i = 0; i < sites->count; i++) {
        free(sites->items[i].name);
        crawl_settings_release(&sites->items[i].settings);
    }
    free(sites->items);
}

int crawl_sites_run_configured(int argc, char **argv, const struct config_sites *found)
{
    static char no_file[] = "";
    const struct config_site nobody = {.file = no_file};
    struct crawl_settings common = crawl_settings_defaults();
    struct sites sites = {calloc((size_t)found->count, sizeof *sites.items), found->count};
    int count, result = sites.items
                            ? crawl_settings_read(&common,
                                                  &(struct command_line){.argc = argc,
                                                                         .argv = argv,
                                                                         .site = &nobody,
                                                                         .shared_only = true},
                                                  NULL, &count)
                            : EXIT_ERROR;
    if (result == EXIT_DONE && (count || common.seed_file || common.each)) {
        fprintf(stderr,
                "warccap crawl: the files of --config name sites; a URL or list on the command "
                "line belongs to none of them. Put it into the files, or run two commands\n");
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE) {
        for (int i = 0; i < found->count; i++)
            settle_configured(&sites.items[i], argc, argv, &found->items[i]);
        result = crawl_all(&sites, &common);
    }
    crawl_settings_release(&common);
    if (sites.items)
        sites_release(&sites);
    return result;
}

int crawl_sites_run_each(int argc, char **argv, const struct crawl_settings *common)
{
    struct sites sites = {calloc((size_t)common->crawl.seed_count, sizeof *sites.items),
                          common->crawl.seed_count};
    if (!sites.items)
        return EXIT_ERROR;
    for (int i = 0; i < sites.count; i++)
        settle_url(&sites.items[i], argc, argv, common->crawl.seeds[i]);
    int result = crawl_all(&sites, common);
    sites_release(&sites);
    return result;
}
