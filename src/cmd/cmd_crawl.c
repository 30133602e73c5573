/* `warccap crawl`: the table of its options, and which of its forms was meant: one site or many. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "cmd/crawl_sites.h"

static const char *const scope_choices[] = {"page", "prefix", "host", "domain",
                                            "any",  "site",   NULL};
static const char *const robots_choices[] = {"obey", "requisites", "off", NULL};
static const char *const recheck_choices[] = {"auto", "all", "new", NULL};
static const char *const chunked_choices[] = {"verbatim", "strip", NULL};
static const char *const compress_choices[] = {"auto", "small", "fast", NULL};

#define AT(member) offsetof(struct crawl_settings, crawl.member)

static const struct option_row rows[] = {
    {"output", "o", OPTION_TEXT, "DIR", AT(directory),
     "the collection (default: ./HOST of the first address)", NULL},
    {"contact", NULL, OPTION_TEXT, "WHO", AT(contact),
     "mail address or web page of whoever runs this; goes into the User-Agent and the archive",
     NULL},
    {"input-file", "i", OPTION_TEXT, "FILE", offsetof(struct crawl_settings, seed_file),
     "read addresses from FILE, one a line; - is standard input", NULL},
    {"config", NULL, OPTION_CONFIG, "FILE", 0,
     "read options from FILE: lines \"name = value\", names as here without dashes. "
     "A file with a url line is a site, and so is each part that begins with a line \"[NAME]\", "
     "and each *.conf in FILE "
     "when it is a directory: its collection is NAME (of the file, without .conf) in the directory "
     "that -o names; may "
     "be repeated",
     NULL},
    {"url", NULL, OPTION_LIST, "URL", offsetof(struct crawl_settings, urls),
     "an address, as behind the options: for lines of "
     "configuration files; several in one site make one collection",
     NULL},
    {"each", NULL, OPTION_FLAG, NULL, offsetof(struct crawl_settings, each),
     "make each address a site of its own, with a "
     "collection of its own in the directory that -o names",
     NULL},
    {"jobs", NULL, OPTION_NUMBER, "N", offsetof(struct crawl_settings, jobs),
     "of many sites, crawl N at a time (default 4), "
     "never two of one host",
     NULL},
    {"start-within", NULL, OPTION_SECONDS, "TIME", offsetof(struct crawl_settings, start_within_ms),
     "begin at a moment within "
     "this time, the same all day for a collection on a machine: for many that cron begins at the "
     "same minute",
     NULL},
    {"scope", NULL, OPTION_CHOICE, "WHAT", offsetof(struct crawl_settings, scope),
     "what belongs to the site (default site: the seed's host at or below its directory)",
     scope_choices},
    {"no-parent", "np", OPTION_FLAG, NULL, AT(scope.no_parent),
     "never follow links to above a seed's directory: with --scope host or "
     "domain, for else it is so anyway",
     NULL},
    {"domains", "D", OPTION_LIST, "LIST", AT(scope.domains),
     "these domains, with commas between, belong to the site, too, with all "
     "hosts in them; may be repeated",
     NULL},
    {"include", NULL, OPTION_LIST, "REGEX", AT(scope.include),
     "follow only addresses that match; may be repeated", NULL},
    {"exclude", NULL, OPTION_LIST, "REGEX", AT(scope.exclude),
     "never ask for addresses that match; may be repeated", NULL},
    {"no-rule", NULL, OPTION_LIST, "NAME", AT(rules_off),
     "leave nothing out by this rule; the run's summary under runs/ names "
     "the rules; may be repeated",
     NULL},
    {"level", "l", OPTION_NUMBER, "N", AT(scope.level),
     "follow at most N hops; pager, archive, feed and sitemap links cost none (default: no limit)",
     NULL},
    {"robots", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, robots),
     "how robots.txt is kept; requisites: obey, but not for page requisites", robots_choices},
    {"wait", "w", OPTION_SECONDS, "SECONDS", AT(frontier.wait_ms),
     "rest between two requests to one host (default 1); a longer Crawl-delay is kept unless this "
     "is 0",
     NULL},
    {"wait-factor", NULL, OPTION_NUMBER, "N", AT(frontier.wait_factor),
     "rest N times as long as the host takes to answer, if that is "
     "longer than --wait (default 5; 0: --wait only)",
     NULL},
    {"wait-most", NULL, OPTION_SECONDS, "SECONDS", AT(frontier.wait_most_ms),
     "but rest no longer than this for slow answers (default 30)", NULL},
    {"limit-rate", NULL, OPTION_BYTES, "BYTES", AT(fetch.limit_rate),
     "receive no more than this a second, of all hosts together; 200k, 2M", NULL},
    {"connections", NULL, OPTION_NUMBER, "N", AT(frontier.connections),
     "requests at once to one host when --wait is 0 (default 8)", NULL},
    {"tries", "t", OPTION_NUMBER, "N", AT(tries),
     "attempts at an address before it counts as failed (default 3)", NULL},
    {"timeout", "T", OPTION_SECONDS, "SECONDS", AT(fetch.timeout_ms),
     "give up connecting, or a server that sends nothing, after this (default 30)", NULL},
    {"user-agent", "U", OPTION_TEXT, "TEXT", AT(user_agent), "User-Agent instead of warccap's own",
     NULL},
    {"header", NULL, OPTION_LIST, "LINE", AT(fetch.headers),
     "send \"Name: value\" with every request; may be repeated", NULL},
    {"load-cookies", NULL, OPTION_TEXT, "FILE", AT(fetch.cookie_file),
     "begin with the cookies in FILE (Netscape's format, as browsers' "
     "extensions and wget write it) and keep those that the site sets while the run lasts",
     NULL},
    {"redact-secrets", NULL, OPTION_FLAG, NULL, AT(fetch.redact_secrets),
     "leave the values of Cookie, Authorization and "
     "Proxy-Authorization out of request records; metadata records then say so",
     NULL},
    {"resolve", NULL, OPTION_LIST, "HOST:PORT:ADDRESS", AT(fetch.resolve),
     "use ADDRESS for HOST and PORT instead of asking a name server; may be repeated", NULL},
    {"ca-certificate", NULL, OPTION_TEXT, "FILE", AT(fetch.ca_certificate),
     "trust the authorities in this PEM file instead of the system's", NULL},
    {"no-check-certificate", NULL, OPTION_FLAG, NULL, AT(fetch.no_check_certificate),
     "accept any certificate; noted in the records", NULL},
    {"allow-private", NULL, OPTION_FLAG, NULL, AT(fetch.allow_private),
     "connect to loopback, private and link-local addresses too; done anyway when a seed is on one "
     "or --resolve names one",
     NULL},
    {"http2", NULL, OPTION_FLAG, NULL, AT(fetch.http2),
     "offer HTTP/2 to https servers; heads are then written anew by libcurl, for "
     "HTTP/2 has no octets of them to keep",
     NULL},
    {"page-limit", NULL, OPTION_COUNT, "N", AT(limits.pages), "stop cleanly after N pages", NULL},
    {"size-limit", NULL, OPTION_BYTES, "BYTES", AT(limits.bytes),
     "stop cleanly once this much is stored, and cut answers that alone "
     "are more than what is left; 500M, 20G",
     NULL},
    {"time-limit", NULL, OPTION_SECONDS, "TIME", AT(limits.time_ms),
     "stop cleanly after this time; what is under way has some "
     "seconds more and is cut then; 90, 30m, 8h",
     NULL},
    {"url-size-limit", NULL, OPTION_BYTES, "BYTES", AT(fetch.url_size_limit),
     "cut answers that are longer, and mark them; the next run "
     "asks for them again (default: no limit)",
     NULL},
    {"url-time-limit", NULL, OPTION_SECONDS, "TIME", AT(fetch.url_time_limit_ms),
     "cut answers that take longer, and mark them (default: "
     "no limit; an answer that says no length is cut after an hour, one of text also at 256 MB, a "
     "radio or a camera at 16 MB)",
     NULL},
    {"min-rate", NULL, OPTION_BYTES, "BYTES", AT(fetch.min_rate),
     "cut answers that come in with less than this a second on the "
     "average of four --timeouts, and mark them (default 100; 0: never)",
     NULL},
    {"disk-reserve", NULL, OPTION_BYTES, "BYTES", AT(limits.disk_reserve),
     "stop cleanly before less than this is free (default 100M)", NULL},
    {"warc-max-size", NULL, OPTION_BYTES, "BYTES", AT(capture.warc_max_size),
     "begin a new WARC file at this size (default 1G)", NULL},
    {"warc-header", NULL, OPTION_LIST, "LINE", AT(capture.warc_headers),
     "\"Name: value\" for the warcinfo record of every file; may be "
     "repeated",
     NULL},
    {"recheck", NULL, OPTION_CHOICE, "WHAT", offsetof(struct crawl_settings, recheck),
     "what a later run asks for again: auto, what is "
     "likely to have changed; all; new, lists only, for what they newly name",
     recheck_choices},
    {"recheck-within", NULL, OPTION_SECONDS, "TIME", AT(recrawl.within_ms),
     "with --recheck auto, look at every page again "
     "and walk the whole site at least this often (default 7d)",
     NULL},
    {"no-if-modified-since", NULL, OPTION_FLAG, NULL, AT(recrawl.no_if_modified_since),
     "ask for known pages whole, not only if they "
     "have changed since",
     NULL},
    {"no-dedup", NULL, OPTION_FLAG, NULL, AT(capture.no_dedup),
     "store every body whole, also one that the archive holds already "
     "(else it becomes a revisit record)",
     NULL},
    {"store-chunked", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, store_chunked),
     "verbatim: chunked answers as they "
     "came; strip: without their framing, for readers that take the payload digest over it; "
     "metadata records then say so",
     chunked_choices},
    {"compress", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, compress),
     "auto: small while that keeps up with the network, else fast", compress_choices},
    {"changed-exit", NULL, OPTION_NUMBER, "N", AT(changed_exit),
     "exit with N, not 0, when all went well and something is "
     "new, changed, gone or moved",
     NULL},
    {"notify", NULL, OPTION_TEXT, "COMMAND", AT(notify),
     "when the run has ended, give its JSON to this shell command; it has "
     "60 seconds",
     NULL},
    {"quiet", "q", OPTION_FLAG, NULL, AT(quiet), "print nothing unless something is wrong", NULL},
    {"verbose", "v", OPTION_FLAG, NULL, AT(verbose),
     "print each attempt, as it stands in the log, to standard error", NULL},
    {"json", NULL, OPTION_FLAG, NULL, AT(json), "print the summary as JSON", NULL},
    {"no-progress", NULL, OPTION_UNFLAG, NULL, AT(progress), "no live line on a terminal", NULL},
};

static int run_addresses(int argc, char **argv)
{
    struct crawl_settings words = word_set_blank();
    char **addresses = NULL;
    int count;
    int result = word_set_read(&words, argc, argv, NULL, false, &addresses, &count);
    for (int i = 0; result == 0 && i < count; i++)
        if (!word_set_add_seed(&words, text_of(addresses[1 + i])))
            result = 1;
    if (result == 0 && !word_set_read_seed_file(&words))
        result = 2;
    for (int i = 0; result == 0 && words.each && i < words.url_count; i++)
        if (!word_set_add_seed(&words, text_of(words.urls[i])))
            result = 1;
    if (result == 0 && words.each && words.crawl.seed_count)
        result = sites_run_each(argc, argv, &words);
    else if (result == 0) {
        result = word_set_settle(&words);
        if (result == 0 && !words.crawl.directory) {
            char *name = word_set_name_for(words.crawl.seeds[0], false);
            result = word_set_settle_directory(&words, NULL, name);
            free(name);
        }
        if (result == 0)
            result = site_crawl_alone(&words);
    }
    free(addresses);
    word_set_release(&words);
    return result;
}

/* The shell makes of "--config DIR/(asterisk).conf" one --config with many words: each of them gets
 * its own. */
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
    struct crawl_settings names = word_set_blank();
    struct config_sites found = {.items = NULL};
    int count, result = 1;
    char **words = spread_configs(&argc, argv);
    names.memory.names_only = true;
    if (words)
        result = word_set_read(&names, argc, words, NULL, false, NULL, &count);
    if (result == 0)
        result = config_find_sites(&command_crawl, names.memory.configs, names.memory.config_count,
                                   &found);
    if (result == 0)
        result =
            found.count ? sites_run_configured(argc, words, &found) : run_addresses(argc, words);
    config_sites_release(&found);
    word_set_release(&names);
    free(words);
    return result < 0 ? 0 : result;
}

const struct command command_crawl = {
    .name = "crawl",
    .arguments = "[options] URL...",
    .summary = "capture sites into a collection; the same command again goes on",
    .details = "Captures the site of each URL into a collection: pages on its host at or below its "
               "directory, whatever "
               "they need to be shown from any host, and the redirects on the way. Pagination and "
               "dated archives come "
               "first. A run that was stopped, or killed, goes on when the same command is given "
               "again; after a "
               "finished one it looks for what is new.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
