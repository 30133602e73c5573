#include <config.h>

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/text.h"
#include "cmd/config.h"
#include "cmd/jobs.h"
#include "cmd/options.h"
#include "crawl/crawl.h"
#include "crawl/jitter.h"
#include "web/url.h"

struct crawl_words {
    struct option_memory memory;
    struct crawl_options crawl;
    const char *seed_file;
    char **urls; /* of configuration files */
    int url_count;
    bool each;
    int jobs;
    int64_t start_within_ms;
    char *directory; /* the one in crawl, when it was made here */
    int scope, robots, compress, recheck; /* places in the lists of choices below, which follow the enums */
};

static const char *const scope_choices[] = {"page", "prefix", "host", "domain", "any", "site", NULL};
static const char *const robots_choices[] = {"obey", "requisites", "off", NULL};
static const char *const recheck_choices[] = {"auto", "all", "new", NULL};
static const char *const compress_choices[] = {"auto", "small", "fast", NULL};

#define AT(member) offsetof(struct crawl_words, crawl.member)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, "DIR", AT(directory), "the collection (default: ./HOST of the first address)", NULL},
    {"contact", 0, OPTION_TEXT, "WHO", AT(contact), "mail address or web page of whoever runs this; goes into the User-Agent and the archive", NULL},
    {"input-file", 'i', OPTION_TEXT, "FILE", offsetof(struct crawl_words, seed_file), "read addresses from FILE, one a line; - is standard input", NULL},
    {"config", 0, OPTION_CONFIG, "FILE", 0, "read options from FILE: lines \"name = value\", names as here without dashes. "
     "A file with a url line is a site, and so is each part that begins with a line \"[NAME]\", and each *.conf in FILE "
     "when it is a directory: its collection is NAME (of the file, without .conf) in the directory that -o names; may "
     "be repeated", NULL},
    {"url", 0, OPTION_LIST, "URL", offsetof(struct crawl_words, urls), "an address, as behind the options: for lines of "
     "configuration files; several in one site make one collection", NULL},
    {"each", 0, OPTION_FLAG, NULL, offsetof(struct crawl_words, each), "make each address a site of its own, with a "
     "collection of its own in the directory that -o names", NULL},
    {"jobs", 0, OPTION_NUMBER, "N", offsetof(struct crawl_words, jobs), "of many sites, crawl N at a time (default 4), "
     "never two of one host", NULL},
    {"start-within", 0, OPTION_SECONDS, "TIME", offsetof(struct crawl_words, start_within_ms), "begin at a moment within "
     "this time, the same all day for a collection on a machine: for many that cron begins at the same minute", NULL},
    {"scope", 0, OPTION_CHOICE, "WHAT", offsetof(struct crawl_words, scope), "what belongs to the site (default site: the seed's host at or below its directory)", scope_choices},
    {"include", 0, OPTION_LIST, "REGEX", AT(include), "follow only addresses that match; may be repeated", NULL},
    {"no-rule", 0, OPTION_LIST, "NAME", AT(rules_off), "leave nothing out by this rule; the run's summary under runs/ names "
     "the rules; may be repeated", NULL},
    {"exclude", 0, OPTION_LIST, "REGEX", AT(exclude), "never ask for addresses that match; may be repeated", NULL},
    {"level", 'l', OPTION_NUMBER, "N", AT(level), "follow at most N hops; pager, archive, feed and sitemap links cost none (default: no limit)", NULL},
    {"robots", 0, OPTION_CHOICE, "HOW", offsetof(struct crawl_words, robots), "how robots.txt is kept; requisites: obey, but not for page requisites", robots_choices},
    {"wait", 'w', OPTION_SECONDS, "SECONDS", AT(wait_ms), "rest between two requests to one host (default 1); a longer Crawl-delay is kept unless this is 0", NULL},
    {"wait-factor", 0, OPTION_NUMBER, "N", AT(wait_factor), "rest N times as long as the host takes to answer, if that is "
     "longer than --wait (default 5; 0: --wait only)", NULL},
    {"wait-most", 0, OPTION_SECONDS, "SECONDS", AT(wait_most_ms), "but rest no longer than this for slow answers (default 30)", NULL},
    {"limit-rate", 0, OPTION_BYTES, "BYTES", AT(limit_rate), "receive no more than this a second, of all hosts together; 200k, 2M", NULL},
    {"connections", 0, OPTION_NUMBER, "N", AT(connections), "requests at once to one host when --wait is 0 (default 8)", NULL},
    {"tries", 't', OPTION_NUMBER, "N", AT(tries), "attempts at an address before it counts as failed (default 3)", NULL},
    {"timeout", 'T', OPTION_SECONDS, "SECONDS", AT(timeout_ms), "give up connecting, or a server that sends nothing, after this (default 30)", NULL},
    {"user-agent", 'U', OPTION_TEXT, "TEXT", AT(user_agent), "User-Agent instead of warccap's own", NULL},
    {"header", 0, OPTION_LIST, "LINE", AT(headers), "send \"Name: value\" with every request; may be repeated", NULL},
    {"redact-secrets", 0, OPTION_FLAG, NULL, AT(redact_secrets), "leave the values of Cookie, Authorization and "
     "Proxy-Authorization out of request records; metadata records then say so", NULL},
    {"resolve", 0, OPTION_LIST, "HOST:PORT:ADDRESS", AT(resolve), "use ADDRESS for HOST and PORT instead of asking a name server; may be repeated", NULL},
    {"ca-certificate", 0, OPTION_TEXT, "FILE", AT(ca_certificate), "trust the authorities in this PEM file instead of the system's", NULL},
    {"no-check-certificate", 0, OPTION_FLAG, NULL, AT(no_check_certificate), "accept any certificate; noted in the records", NULL},
    {"allow-private", 0, OPTION_FLAG, NULL, AT(allow_private), "connect to loopback, private and link-local addresses too; done anyway when a seed is on one or --resolve names one", NULL},
    {"http2", 0, OPTION_FLAG, NULL, AT(http2), "offer HTTP/2 to https servers; heads are then written anew by libcurl, for "
     "HTTP/2 has no octets of them to keep", NULL},
    {"page-limit", 0, OPTION_COUNT, "N", AT(page_limit), "stop cleanly after N pages", NULL},
    {"size-limit", 0, OPTION_BYTES, "BYTES", AT(size_limit), "stop cleanly once this much is stored; 500M, 20G", NULL},
    {"time-limit", 0, OPTION_SECONDS, "TIME", AT(time_limit_ms), "stop cleanly after this time; 90, 30m, 8h", NULL},
    {"url-size-limit", 0, OPTION_BYTES, "BYTES", AT(url_size_limit), "cut answers that are longer, and mark them; the next run "
     "asks for them again (default: no limit)", NULL},
    {"url-time-limit", 0, OPTION_SECONDS, "TIME", AT(url_time_limit_ms), "cut answers that take longer, and mark them (default: "
     "no limit)", NULL},
    {"min-rate", 0, OPTION_BYTES, "BYTES", AT(min_rate), "cut answers that come in with less than this a second on the "
     "average of four --timeouts, and mark them (default 100; 0: never)", NULL},
    {"disk-reserve", 0, OPTION_BYTES, "BYTES", AT(disk_reserve), "stop cleanly before less than this is free (default 100M)", NULL},
    {"warc-max-size", 0, OPTION_BYTES, "BYTES", AT(warc_max_size), "begin a new WARC file at this size (default 1G)", NULL},
    {"recheck", 0, OPTION_CHOICE, "WHAT", offsetof(struct crawl_words, recheck), "what a later run asks for again: auto, what is "
     "likely to have changed; all; new, lists only, for what they newly name", recheck_choices},
    {"recheck-within", 0, OPTION_SECONDS, "TIME", AT(recheck_within_ms), "with --recheck auto, look at every page again "
     "and walk the whole site at least this often (default 7d)", NULL},
    {"no-if-modified-since", 0, OPTION_FLAG, NULL, AT(no_if_modified_since), "ask for known pages whole, not only if they "
     "have changed since", NULL},
    {"no-dedup", 0, OPTION_FLAG, NULL, AT(no_dedup), "store every body whole, also one that the archive holds already "
     "(else it becomes a revisit record)", NULL},
    {"compress", 0, OPTION_CHOICE, "HOW", offsetof(struct crawl_words, compress), "auto: small while that keeps up with the network, else fast", compress_choices},
    {"changed-exit", 0, OPTION_NUMBER, "N", AT(changed_exit), "exit with N, not 0, when all went well and something is "
     "new, changed, gone or moved", NULL},
    {"notify", 0, OPTION_TEXT, "COMMAND", AT(notify), "when the run has ended, give its JSON to this shell command; it has "
     "60 seconds", NULL},
    {"quiet", 'q', OPTION_FLAG, NULL, AT(quiet), "print nothing unless something is wrong", NULL},
    {"json", 0, OPTION_FLAG, NULL, AT(json), "print the summary as JSON", NULL},
    {"no-progress", 0, OPTION_UNFLAG, NULL, AT(progress), "no live line on a terminal", NULL},
};

/* Only signal handlers write them, and crawl_run() clears what it has heeded. */
static struct crawl_calls calls;

static void on_signal(int number)
{
    enum { AT_ONCE = 3, EXIT_STOPPED = 11 };
    /* A terminal that hangs up is somebody who has left. */
    bool left = number == SIGHUP && isatty(STDERR_FILENO);
    if (number == SIGUSR1)
        calls.tell = 1;
    else if (number == SIGHUP && !left)
        calls.reopen = 1;
    else if (++calls.stop >= AT_ONCE)
        _exit(EXIT_STOPPED); /* what is on the disk is mended by the next run */
}

static void watch_signals(void)
{
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t all;
    sigemptyset(&action.sa_mask);
    sigemptyset(&all);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        sigaction(watched[i], &action, NULL);
        sigaddset(&all, watched[i]);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file size limit shall be an error of write, like a full disk */
    sigprocmask(SIG_UNBLOCK, &all, NULL);
}

static bool add_seed(struct crawl_options *options, struct text address)
{
    char **longer = realloc(options->seeds, ((size_t)options->seed_count + 1) * sizeof *longer);
    if (!longer) {
        fprintf(stderr, "warccap crawl: no memory for another address\n");
        return false;
    }
    options->seeds = longer;
    /* As a person types it: without a scheme it means http. */
    char *seed;
    bool has_scheme = text_find(address, TEXT("://")) > 0;
    if (asprintf(&seed, "%s%.*s", has_scheme ? "" : "http://", (int)address.length, address.at) < 0)
        return false;
    longer[options->seed_count++] = seed;
    return true;
}

static bool read_seed_file(struct crawl_words *words)
{
    struct buf bytes;
    struct trouble trouble;
    bool ok = true;
    if (!words->seed_file)
        return true;
    buf_init(&bytes, 64 * 1024 * 1024);
    if (disk_read(words->seed_file, &bytes, &trouble) != ANSWER_OK) {
        fprintf(stderr, "warccap crawl: %s\n", trouble.words);
        ok = false;
    }
    struct text rest = buf_text(&bytes), line;
    while (ok && text_split(&rest, '\n', &line)) {
        line = text_trim(line);
        if (line.length && line.at[0] != '#')
            ok = add_seed(&words->crawl, line);
    }
    buf_release(&bytes);
    return ok;
}

/* "HOST", with the port if there is one, and, where several sites may be on one host, with the path: a collection's name. */
static char *name_for(const char *seed, bool with_path)
{
    struct url url;
    char *name = NULL;
    url_init(&url);
    if (url_parse(&url, text_of(seed), NULL, TEXT("")) == URL_OK) {
        struct text host = url_authority(&url), path = with_path ? url_path(&url) : TEXT("");
        while (path.length && path.at[path.length - 1] == '/')
            path.length--;
        if (asprintf(&name, "%.*s%.*s", TEXT_ARGS(host), TEXT_ARGS(path)) < 0)
            name = NULL;
        for (char *c = name; c && *c; c++)
            if (*c == ':' || *c == '/')
                *c = '_';
    }
    url_release(&url);
    return name;
}

/* "PARENT/NAME", or NAME when it begins at the root. */
static char *directory_in(const char *parent, const char *name)
{
    char *directory;
    if (asprintf(&directory, "%s%s%s", name[0] == '/' ? "" : parent ? parent : ".", name[0] == '/' ? "" : "/", name) < 0)
        return NULL;
    return directory;
}

/* An address that the user named by hand is meant, private or not. */
static bool resolves_privately(const struct crawl_options *options)
{
    for (int i = 0; i < options->resolve_count; i++) {
        struct text entry = text_of(options->resolve[i]);
        if (text_find(entry, TEXT(":127.")) > 0 || text_find(entry, TEXT(":10.")) > 0 ||
            text_find(entry, TEXT(":192.168.")) > 0 || text_find(entry, TEXT("::1")) > 0)
            return true;
    }
    return false;
}

/* ---- one site ---------------------------------------------------------------------------------------------- */

/* Brings the words together; 0, or the exit code after a message. */
static int settle(struct crawl_words *words)
{
    struct crawl_options *options = &words->crawl;
    for (int i = 0; i < words->url_count; i++)
        if (!add_seed(options, text_of(words->urls[i])))
            return 1;
    if (!options->seed_count) {
        fprintf(stderr, "warccap crawl: no address was given. For example: warccap crawl https://a-blog.example/\n");
        return 2;
    }
    if (options->tries < 1 || options->connections < 1 || words->jobs < 1) {
        fprintf(stderr, "warccap crawl: --tries, --connections and --jobs begin at 1\n");
        return 2;
    }
    options->scope = (enum crawl_scope)words->scope;
    options->robots = (enum crawl_robots)words->robots;
    options->compress = (enum crawl_compress)words->compress;
    options->recheck = (enum crawl_recheck)words->recheck;
    if (resolves_privately(options))
        options->allow_private = true;
    return 0;
}

/* Makes PARENT/NAME the collection; NAME may be NULL. */
static int settle_directory(struct crawl_words *words, const char *parent, const char *name)
{
    words->directory = name ? directory_in(parent, name) : NULL;
    words->crawl.directory = words->directory;
    if (words->directory)
        return 0;
    fprintf(stderr, "warccap crawl: \"%s\" is no http or https address\n", words->crawl.seeds[0]);
    return 2;
}

static void words_release(struct crawl_words *words)
{
    for (int i = 0; i < words->crawl.seed_count; i++)
        free(words->crawl.seeds[i]);
    free(words->crawl.seeds);
    free(words->directory);
    options_release(&command_crawl, words);
}

static int64_t delay_ms(const struct crawl_words *words)
{
    char host[128] = "", who[4096];
    gethostname(host, sizeof host - 1);
    snprintf(who, sizeof who, "%s:%s", host, words->crawl.directory);
    return jitter_ms(text_of(who), clock_wall_ms(), words->start_within_ms);
}

static void wait_until(int64_t due_ms)
{
    for (int64_t left; !calls.stop && (left = due_ms - clock_steady_ms()) > 0;)
        nanosleep(&(struct timespec){.tv_sec = left < 1000 ? 0 : 1, .tv_nsec = left % 1000 * 1000000}, NULL);
}

/* Crawls what was settled; also as a job. */
static int crawl_it(void *context, struct crawl_outcome *outcome)
{
    struct crawl_words *words = context;
    if (!words->crawl.contact && !words->crawl.quiet)
        fprintf(stderr, "warccap: WARNING: no --contact was given. Site owners who see this crawler in their logs "
                        "cannot ask whose it is;\n         give a mail address or a web page: --contact YOU@EXAMPLE.ORG\n");
    watch_signals();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int code = crawl_run(&words->crawl, &calls, outcome);
    curl_global_cleanup();
    return code;
}

static void say_delay(const struct crawl_words *words, const char *name, int64_t delay)
{
    if (delay && !words->crawl.quiet)
        fprintf(stderr, "warccap: %s begins in %lld s (--start-within)\n", name, (long long)(delay / 1000));
}

static int crawl_one(struct crawl_words *words)
{
    int64_t delay = delay_ms(words);
    watch_signals();
    say_delay(words, words->crawl.directory, delay);
    wait_until(clock_steady_ms() + delay);
    return crawl_it(words, NULL);
}

/* ---- many sites -------------------------------------------------------------------------------------------- */

struct site {
    struct crawl_words words;
    char *name;
    int answer; /* of settling it */
};

struct sites {
    struct site *items;
    int count;
};

static struct crawl_words blank_words(void)
{
    return (struct crawl_words){.crawl = crawl_defaults(), .scope = SCOPE_SITE, .jobs = 4};
}

/* Reads the command line, of which nothing is changed, as it is meant for one site. */
static int read_words(struct crawl_words *words, int argc, char **argv, const struct config_site *site, bool shared_only,
                      char ***addresses, int *address_count)
{
    char **copy = calloc((size_t)argc + 1, sizeof *copy);
    if (!copy)
        return 1;
    memcpy(copy, argv, (size_t)argc * sizeof *copy);
    words->memory.site = site;
    words->memory.shared_only = shared_only;
    int answer = options_read(&command_crawl, argc, copy, words, address_count);
    if (addresses)
        *addresses = copy;
    else
        free(copy);
    return answer;
}

/* A site of a configuration file.  What is wrong with it keeps no other from running. */
static void settle_configured(struct site *site, int argc, char **argv, const struct config_site *config)
{
    struct crawl_words shared = blank_words();
    int count;
    site->name = text_copy(text_of(config->name));
    site->words = blank_words();
    site->answer = read_words(&shared, argc, argv, config, true, NULL, &count);
    if (site->answer == 0)
        site->answer = read_words(&site->words, argc, argv, config, false, NULL, &count);
    if (site->answer == 0 && !read_seed_file(&site->words))
        site->answer = 2;
    if (site->answer == 0)
        site->answer = settle(&site->words);
    if (site->answer == 0)
        site->answer = settle_directory(&site->words, shared.crawl.directory, config->output ? config->output : config->name);
    words_release(&shared);
    if (site->answer)
        fprintf(stderr, "warccap crawl: the site %s is left out\n", config->name);
}

/* An address that is a site of its own. */
static void settle_address(struct site *site, int argc, char **argv, const char *address)
{
    int count;
    site->words = blank_words();
    site->name = name_for(address, true);
    site->answer = read_words(&site->words, argc, argv, NULL, false, NULL, &count);
    site->words.url_count = 0; /* they are sites of their own */
    if (site->answer == 0 && !add_seed(&site->words.crawl, text_of(address)))
        site->answer = 1;
    if (site->answer == 0)
        site->answer = settle(&site->words);
    if (site->answer == 0)
        site->answer = settle_directory(&site->words, site->words.crawl.directory, site->name);
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

static bool is_taken(const struct sites *sites, int at)
{
    const char *directory = sites->items[at].words.crawl.directory;
    for (int i = 0; i < at; i++)
        if (sites->items[i].answer == 0 && strcmp(sites->items[i].words.crawl.directory, directory) == 0)
            return true;
    return false;
}

static void make_job(struct job *job, const struct sites *sites, int at)
{
    struct site *site = &sites->items[at];
    *job = (struct job){.name = site->name, .directory = site->words.crawl.directory, .run = crawl_it,
                        .context = &site->words};
    note_hosts(job, &site->words.crawl);
    if (site->answer || is_taken(sites, at)) {
        snprintf(job->outcome.reason, sizeof job->outcome.reason, "%s",
                 site->answer ? "its configuration is wrong: see above"
                              : "its collection is another site's too: several url lines in one site make one collection");
        job->outcome.exit_code = 2;
        job->state = JOB_ENDED;
        if (!site->answer && site->words.crawl.quiet)
            verdict_print(stderr, &job->outcome, site->name, job->directory);
        return;
    }
    int64_t delay = delay_ms(&site->words);
    say_delay(&site->words, site->name, delay);
    job->due_ms = clock_steady_ms() + delay;
}

static int crawl_sites(struct sites *sites, const struct crawl_words *common)
{
    const struct jobs_options options = {.at_a_time = common->jobs, .quiet = common->crawl.quiet,
                                         .json = common->crawl.json, .changed_exit = common->crawl.changed_exit};
    struct job *jobs = calloc((size_t)sites->count, sizeof *jobs);
    if (!jobs)
        return 1;
    for (int i = 0; i < sites->count; i++)
        make_job(&jobs[i], sites, i);
    int answer = jobs_run(jobs, sites->count, &options);
    for (int i = 0; i < sites->count; i++)
        buf_release(&jobs[i].hosts);
    free(jobs);
    return answer;
}

static int crawl_all(struct sites *sites, const struct crawl_words *common)
{
    if (sites->count == 1) /* needs no table, nor another process */
        return sites->items[0].answer ? sites->items[0].answer : crawl_one(&sites->items[0].words);
    if (common->jobs < 1) {
        fprintf(stderr, "warccap crawl: --jobs begins at 1\n");
        return 2;
    }
    return crawl_sites(sites, common);
}

static void sites_release(struct sites *sites)
{
    for (int i = 0; i < sites->count; i++) {
        free(sites->items[i].name);
        words_release(&sites->items[i].words);
    }
    free(sites->items);
}

/* ---- which of them ----------------------------------------------------------------------------------------- */

static int run_configured(int argc, char **argv, const struct config_sites *found)
{
    static char no_file[] = "";
    const struct config_site nobody = {.file = no_file};
    struct crawl_words common = blank_words();
    struct sites sites = {calloc((size_t)found->count, sizeof *sites.items), found->count};
    int count, answer = sites.items ? read_words(&common, argc, argv, &nobody, true, NULL, &count) : 1;
    if (answer == 0 && (count || common.seed_file || common.each)) {
        fprintf(stderr, "warccap crawl: the files of --config name sites; addresses beside them would be nobody's. Put them "
                        "into the files, or make two commands\n");
        answer = 2;
    }
    if (answer == 0) {
        for (int i = 0; i < found->count; i++)
            settle_configured(&sites.items[i], argc, argv, &found->items[i]);
        answer = crawl_all(&sites, &common);
    }
    words_release(&common);
    if (sites.items)
        sites_release(&sites);
    return answer;
}

static int run_each(int argc, char **argv, const struct crawl_words *common)
{
    struct sites sites = {calloc((size_t)common->crawl.seed_count, sizeof *sites.items), common->crawl.seed_count};
    if (!sites.items)
        return 1;
    for (int i = 0; i < sites.count; i++)
        settle_address(&sites.items[i], argc, argv, common->crawl.seeds[i]);
    int answer = crawl_all(&sites, common);
    sites_release(&sites);
    return answer;
}

static int run_addresses(int argc, char **argv)
{
    struct crawl_words words = blank_words();
    char **addresses = NULL;
    int count;
    int answer = read_words(&words, argc, argv, NULL, false, &addresses, &count);
    for (int i = 0; answer == 0 && i < count; i++)
        if (!add_seed(&words.crawl, text_of(addresses[1 + i])))
            answer = 1;
    if (answer == 0 && !read_seed_file(&words))
        answer = 2;
    for (int i = 0; answer == 0 && words.each && i < words.url_count; i++)
        if (!add_seed(&words.crawl, text_of(words.urls[i])))
            answer = 1;
    if (answer == 0 && words.each && words.crawl.seed_count)
        answer = run_each(argc, argv, &words);
    else if (answer == 0) {
        answer = settle(&words);
        if (answer == 0 && !words.crawl.directory) {
            char *name = name_for(words.crawl.seeds[0], false);
            answer = settle_directory(&words, NULL, name);
            free(name);
        }
        if (answer == 0)
            answer = crawl_one(&words);
    }
    free(addresses);
    words_release(&words);
    return answer;
}

/* The shell makes of "--config DIR/(asterisk).conf" one --config with many words: each of them gets its own. */
static char **spread_configs(int *argc, char **argv)
{
    static char config[] = "--config";
    char **longer = calloc(2 * (size_t)*argc + 1, sizeof *longer);
    bool of_config = false;
    int count = 0;
    for (int i = 0; longer && i < *argc; i++) {
        bool option = strcmp(argv[i], config) == 0;
        of_config = of_config && text_ends(text_of(argv[i]), TEXT(".conf")) && disk_exists(argv[i]);
        if (of_config)
            longer[count++] = config;
        longer[count++] = argv[i];
        if (option && i + 1 < *argc) {
            longer[count++] = argv[++i];
            of_config = true;
        }
    }
    *argc = count;
    return longer;
}

static int run(int argc, char **argv)
{
    struct crawl_words names = blank_words();
    struct config_sites found = {.items = NULL};
    int count, answer = 1;
    char **words = spread_configs(&argc, argv);
    names.memory.names_only = true;
    if (words)
        answer = read_words(&names, argc, words, NULL, false, NULL, &count);
    if (answer == 0)
        answer = config_find_sites(&command_crawl, names.memory.configs, names.memory.config_count, &found);
    if (answer == 0)
        answer = found.count ? run_configured(argc, words, &found) : run_addresses(argc, words);
    config_sites_release(&found);
    words_release(&names);
    free(words);
    return answer < 0 ? 0 : answer;
}

const struct command command_crawl = {
    .name = "crawl",
    .arguments = "[options] URL...",
    .summary = "capture sites into a collection; the same command again goes on",
    .details = "Captures the site of each URL into a collection: pages on its host at or below its directory, whatever "
               "they need to be shown from any host, and the redirects on the way. Pagination and dated archives come "
               "first. A run that was stopped, or killed, goes on when the same command is given again; after a "
               "finished one it looks for what is new.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
