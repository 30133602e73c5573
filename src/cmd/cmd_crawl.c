#include <config.h>

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/text.h"
#include "cmd/options.h"
#include "crawl/crawl.h"
#include "web/url.h"

struct crawl_words {
    struct option_memory memory;
    struct crawl_options crawl;
    const char *seed_file;
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
    {"config", 0, OPTION_CONFIG, "FILE", 0, "read options from FILE: lines \"name = value\", names as here without dashes", NULL},
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
    {"connections", 0, OPTION_NUMBER, "N", AT(connections), "requests at once to one host when --wait is 0 (default 8)", NULL},
    {"tries", 't', OPTION_NUMBER, "N", AT(tries), "attempts at an address before it counts as failed (default 3)", NULL},
    {"timeout", 'T', OPTION_SECONDS, "SECONDS", AT(timeout_ms), "give up connecting, or a server that sends nothing, after this (default 30)", NULL},
    {"user-agent", 'U', OPTION_TEXT, "TEXT", AT(user_agent), "User-Agent instead of warccap's own", NULL},
    {"header", 0, OPTION_LIST, "LINE", AT(headers), "send \"Name: value\" with every request; may be repeated", NULL},
    {"resolve", 0, OPTION_LIST, "HOST:PORT:ADDRESS", AT(resolve), "use ADDRESS for HOST and PORT instead of asking a name server; may be repeated", NULL},
    {"ca-certificate", 0, OPTION_TEXT, "FILE", AT(ca_certificate), "trust the authorities in this PEM file instead of the system's", NULL},
    {"no-check-certificate", 0, OPTION_FLAG, NULL, AT(no_check_certificate), "accept any certificate; noted in the records", NULL},
    {"allow-private", 0, OPTION_FLAG, NULL, AT(allow_private), "connect to loopback, private and link-local addresses too; done anyway when a seed is on one or --resolve names one", NULL},
    {"page-limit", 0, OPTION_COUNT, "N", AT(page_limit), "stop cleanly after N pages", NULL},
    {"size-limit", 0, OPTION_BYTES, "BYTES", AT(size_limit), "stop cleanly once this much is stored; 500M, 20G", NULL},
    {"time-limit", 0, OPTION_SECONDS, "TIME", AT(time_limit_ms), "stop cleanly after this time; 90, 30m, 8h", NULL},
    {"url-size-limit", 0, OPTION_BYTES, "BYTES", AT(url_size_limit), "cut answers that are longer, and mark them (default: no limit)", NULL},
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
    {"quiet", 'q', OPTION_FLAG, NULL, AT(quiet), "print nothing unless something is wrong", NULL},
    {"json", 0, OPTION_FLAG, NULL, AT(json), "print the summary as JSON", NULL},
    {"no-progress", 0, OPTION_UNFLAG, NULL, AT(progress), "no live line on a terminal", NULL},
};

/* Only signal handlers write it; see crawl_run(). */
static volatile int stop_count;

static void on_signal(int number)
{
    (void)number;
    stop_count = stop_count + 1;
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file size limit shall be an error of write, like a full disk */
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

/* "./HOST", with the port if there is one. */
static char *directory_for(const char *seed)
{
    struct url url;
    char *directory = NULL;
    url_init(&url);
    if (url_parse(&url, text_of(seed), NULL, TEXT("")) == URL_OK) {
        struct text name = url_authority(&url);
        if (asprintf(&directory, "./%.*s", TEXT_ARGS(name)) < 0)
            directory = NULL;
        for (char *c = directory; c && *c; c++)
            if (*c == ':')
                *c = '_';
    }
    url_release(&url);
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

static int check_and_crawl(struct crawl_words *words, int count, char **addresses)
{
    struct crawl_options *options = &words->crawl;
    char *directory = NULL;
    for (int i = 0; i < count; i++)
        if (!add_seed(options, text_of(addresses[i])))
            return 1;
    if (!read_seed_file(words))
        return 2;
    if (!options->seed_count) {
        fprintf(stderr, "warccap crawl: no address was given. For example: warccap crawl https://a-blog.example/\n");
        return 2;
    }
    if (options->tries < 1 || options->connections < 1) {
        fprintf(stderr, "warccap crawl: --tries and --connections begin at 1\n");
        return 2;
    }
    options->scope = (enum crawl_scope)words->scope;
    options->robots = (enum crawl_robots)words->robots;
    options->compress = (enum crawl_compress)words->compress;
    options->recheck = (enum crawl_recheck)words->recheck;
    if (resolves_privately(options))
        options->allow_private = true;
    if (!options->directory)
        options->directory = directory = directory_for(options->seeds[0]);
    if (!options->directory) {
        fprintf(stderr, "warccap crawl: \"%s\" is no http or https address\n", options->seeds[0]);
        return 2;
    }
    if (!options->contact && !options->quiet)
        fprintf(stderr, "warccap: WARNING: no --contact was given. Site owners who see this crawler in their logs "
                        "cannot ask whose it is;\n         give a mail address or a web page: --contact YOU@EXAMPLE.ORG\n");
    watch_signals();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int answer = crawl_run(options, &stop_count);
    curl_global_cleanup();
    free(directory);
    return answer;
}

static int run(int argc, char **argv)
{
    struct crawl_words words = {.crawl = crawl_defaults(), .scope = SCOPE_SITE};
    int count;
    int answer = options_read(&command_crawl, argc, argv, &words, &count);
    if (answer == 0)
        answer = check_and_crawl(&words, count, argv + 1);
    for (int i = 0; i < words.crawl.seed_count; i++)
        free(words.crawl.seeds[i]);
    free(words.crawl.seeds);
    options_release(&command_crawl, &words);
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
