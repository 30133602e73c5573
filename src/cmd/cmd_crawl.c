/* `warccap crawl`: its table of options, and the choice between one site and many. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "cmd/command_words.h"
#include "cmd/crawl_check.h"
#include "cmd/crawl_sites.h"
#include "report/exit_code.h"

static const char *const scope_choices[] = {"page", "prefix", "host", "domain",
                                            "any",  "site",   NULL};
static const char *const robots_choices[] = {"obey", "requisites", "off", NULL};
static const char *const recheck_choices[] = {"auto", "all", "new", NULL};
static const char *const chunked_choices[] = {"verbatim", "strip", NULL};
static const char *const compress_choices[] = {"auto", "small", "fast", NULL};

#define AT(member) offsetof(struct crawl_settings, crawl.member)
#define REPORT(member) offsetof(struct crawl_settings, report.member)

static const struct option_row rows[] = {
    {"output", "o", OPTION_TEXT, "DIR", AT(directory),
     "the collection. Default: ./HOST of the first URL, or ./HOST_PORT if the port is not the "
     "usual one. If another site of the host has that collection: ./HOST_PATH",
     NULL},
    {"into-any-directory", NULL, OPTION_FLAG, NULL,
     offsetof(struct crawl_settings, into_any_directory),
     "make the collection even if the directory contains other files", NULL},
    {"contact", NULL, OPTION_TEXT, "WHO", AT(contact),
     "your mail address or web page. It is sent in the User-Agent and stored in the archive", NULL},
    {"input-file", "i", OPTION_TEXT, "FILE", offsetof(struct crawl_settings, seed_file),
     "read seeds from FILE, one URL per line; - is standard input", NULL},
    {"skip-bad", NULL, OPTION_FLAG, NULL, offsetof(struct crawl_settings, skip_bad),
     "skip the lines of --input-file that are not URLs", NULL},
    {"config", NULL, OPTION_CONFIG, "FILE", 0,
     "read options from FILE. Each line is \"name = value\", with the names of this list without "
     "dashes. A file with a url line is a site; so is each part that begins with \"[NAME]\". If "
     "FILE is a directory, each *.conf in it is read. A site has its collection in the directory "
     "given with -o. The collection is called NAME, or like the file without .conf; may be "
     "repeated",
     NULL},
    {"url", NULL, OPTION_LIST, "URL", offsetof(struct crawl_settings, urls),
     "a seed, like a URL on the command line; for configuration files. All seeds of a site make "
     "one collection",
     NULL},
    {"forget-seed", NULL, OPTION_LIST, "URL", offsetof(struct crawl_settings, forget),
     "take back a seed: what was found only from it is not requested again. What is archived "
     "stays; may be repeated",
     NULL},
    {"each", NULL, OPTION_FLAG, NULL, offsetof(struct crawl_settings, each),
     "make each URL a site with its own collection, in the directory given with -o", NULL},
    {"jobs", NULL, OPTION_NUMBER, "N", offsetof(struct crawl_settings, jobs),
     "crawl N sites at a time (default 4), but never two on one host", NULL},
    {"start-within", NULL, OPTION_SECONDS, "TIME", offsetof(struct crawl_settings, start_within_ms),
     "wait before the start, at most this long: for many runs that cron starts at the same minute. "
     "The wait is the same every day for one collection on one machine",
     NULL},
    {"scope", NULL, OPTION_CHOICE, "WHAT", offsetof(struct crawl_settings, scope),
     "what belongs to the site. Default: site, which is the seed's host at or below the seed's "
     "directory",
     scope_choices},
    {"no-parent", "np", OPTION_FLAG, NULL, AT(scope.no_parent),
     "never go above a seed's directory; only needed with --scope host or domain", NULL},
    {"domains", "D", OPTION_LIST, "LIST", AT(scope.domains),
     "these domains, separated by commas, belong to the site, too, with all their hosts; may be "
     "repeated",
     NULL},
    {"include", NULL, OPTION_LIST, "REGEX", AT(scope.include),
     "follow only URLs that match; may be repeated", NULL},
    {"exclude", NULL, OPTION_LIST, "REGEX", AT(scope.exclude),
     "never request URLs that match; may be repeated", NULL},
    {"no-rule", NULL, OPTION_RULE, "NAME", AT(rules_off),
     "switch off this rule, so that it leaves nothing out. man warccap-rules lists the rules; may "
     "be repeated",
     NULL},
    {"level", "l", OPTION_NUMBER, "N", AT(scope.level),
     "follow at most N hops (default: no limit). Links to pagination, date archives, feeds and "
     "sitemaps do not count",
     NULL},
    {"robots", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, robots),
     "obey robots.txt, ignore it for page requisites only, or ignore it", robots_choices},
    {"wait", "w", OPTION_SECONDS, "SECONDS", AT(frontier.wait_ms),
     "wait this long between two requests to one host (default 1). A longer Crawl-delay is obeyed "
     "unless this is 0",
     NULL},
    {"wait-factor", NULL, OPTION_NUMBER, "N", AT(frontier.wait_factor),
     "wait N times as long as the host took to respond, if that is more than --wait (default 5; 0: "
     "--wait only)",
     NULL},
    {"wait-most", NULL, OPTION_SECONDS, "SECONDS", AT(frontier.wait_most_ms),
     "with --wait-factor, wait at most this long (default 30)", NULL},
    {"limit-rate", NULL, OPTION_BYTES, "BYTES", AT(fetch.limit_rate),
     "receive at most this much per second from all hosts together, such as 200k or 2M", NULL},
    {"connections", NULL, OPTION_NUMBER, "N", AT(frontier.connections),
     "requests at a time to one host, when --wait is 0 (default 8)", NULL},
    {"tries", "t", OPTION_NUMBER, "N", AT(tries),
     "try a URL N times before it counts as failed (default 3)", NULL},
    {"timeout", "T", OPTION_SECONDS, "SECONDS", AT(fetch.timeout_ms),
     "give up when a server sends nothing for this long (default 30)", NULL},
    {"connect-timeout", NULL, OPTION_SECONDS, "SECONDS", AT(fetch.connect_timeout_ms),
     "give up when there is no connection after this time (default 10; never longer than "
     "--timeout)",
     NULL},
    {"user-agent", "U", OPTION_TEXT, "TEXT", AT(user_agent),
     "send this User-Agent instead of warccap's own", NULL},
    {"header", NULL, OPTION_LIST, "LINE", AT(fetch.headers),
     "send \"Name: value\" to the sites of the seeds. Fields that cannot be secret "
     "(Accept-Language, DNT, Referer ...) go to every host; may be repeated",
     NULL},
    {"header-for", NULL, OPTION_LIST, "LINE", AT(fetch.headers_for),
     "\"HOST Name: value\": send \"Name: value\" to HOST or HOST:PORT only, whether it is a seed "
     "or not; may be repeated",
     NULL},
    {"header-file", NULL, OPTION_TEXT, "FILE", AT(fetch.header_file),
     "read lines for --header from FILE. Other users can see a command line; a file can be kept "
     "from them",
     NULL},
    {"load-cookies", NULL, OPTION_TEXT, "FILE", AT(fetch.cookie_file),
     "start with the cookies in FILE (Netscape format, as wget and browser extensions write it). "
     "Each goes to its own domain only",
     NULL},
    {"no-cookies", NULL, OPTION_FLAG, NULL, AT(fetch.no_cookies),
     "do not send back the cookies that sites set. Without this option, each goes back to its own "
     "domain until the run ends",
     NULL},
    {"redact-secrets", NULL, OPTION_FLAG, NULL, AT(fetch.redact_secrets),
     "leave secret values out of request records: Cookie, Authorization, Proxy-Authorization, and "
     "fields of --header that do not go to every host. The metadata records say so",
     NULL},
    {"resolve", NULL, OPTION_LIST, "HOST:PORT:ADDRESS", AT(fetch.resolve),
     "connect to ADDRESS for HOST and PORT, without asking a name server; may be repeated", NULL},
    {"ca-certificate", NULL, OPTION_TEXT, "FILE", AT(fetch.ca_certificate),
     "trust the authorities in this PEM file instead of the system's", NULL},
    {"no-check-certificate", NULL, OPTION_FLAG, NULL, AT(fetch.no_check_certificate),
     "accept any certificate; the records say so", NULL},
    {"allow-private", NULL, OPTION_FLAG, NULL, AT(fetch.allow_private),
     "also connect to loopback, private and other addresses that are not public. The host and port "
     "of a seed do not need this, nor do those of --resolve",
     NULL},
    {"http2", NULL, OPTION_FLAG, NULL, AT(fetch.http2),
     "offer HTTP/2 to https servers. The records then have the header fields as libcurl writes "
     "them, in the form of HTTP/1.1",
     NULL},
    {"page-limit", NULL, OPTION_COUNT, "N", AT(limits.pages),
     "stop after N pages. The run also stops when hardly any of a great many responses is a page",
     NULL},
    {"size-limit", NULL, OPTION_BYTES, "BYTES", AT(limits.bytes),
     "stop when this much is stored, such as 500M or 20G. A response that needs more than half of "
     "it, and more than is left, is cut, and the run goes on",
     NULL},
    {"time-limit", NULL, OPTION_SECONDS, "TIME", AT(limits.time_ms),
     "stop after this time, such as 90, 30m or 8h. What is under way gets a few more seconds",
     NULL},
    {"url-size-limit", NULL, OPTION_BYTES, "BYTES", AT(fetch.url_size_limit),
     "cut longer responses and mark them; the next run requests them again (default 10G; 0: no "
     "limit). A response is always cut before it takes more than a third of the disk's room",
     NULL},
    {"url-time-limit", NULL, OPTION_SECONDS, "TIME", AT(fetch.url_time_limit_ms),
     "cut responses that take longer, and mark them. Default: 15 minutes, or longer at 16 kB a "
     "second. Without a stated length: 5 minutes, or longer at 256 kB a second, up to 1 GB (text "
     "256 MB, audio and video streams 16 MB)",
     NULL},
    {"redirect-limit", NULL, OPTION_COUNT, "N", AT(limits.redirects),
     "follow at most N redirects in one run, besides those of seeds and robots.txt; a URL whose "
     "redirect is not followed is broken (default: 50,000, or three for each response with success "
     "if that is more; 0: no limit)",
     NULL},
    {"part-limit", NULL, OPTION_COUNT, "N", AT(limits.parts),
     "of one page, take at most N images, style sheets, scripts and other parts that are new "
     "(default 5000; 0: no limit)",
     NULL},
    {"host-limit", NULL, OPTION_COUNT, "N", AT(frontier.hosts_most),
     "take at most N hosts in one run, besides those of the seeds (default 20000; 0: no limit)",
     NULL},
    {"min-rate", NULL, OPTION_BYTES, "BYTES", AT(fetch.min_rate),
     "cut responses slower than this many bytes per second, and mark them (default 100; 0: never). "
     "The average over four --timeouts counts",
     NULL},
    {"disk-reserve", NULL, OPTION_BYTES, "BYTES", AT(limits.disk_reserve),
     "stop before less than this is free on the disk (default 100M)", NULL},
    {"warc-max-size", NULL, OPTION_BYTES, "BYTES", AT(capture.warc_max_size),
     "the size that no WARC file exceeds, unless a single response does (default 1G)", NULL},
    {"warc-header", NULL, OPTION_LIST, "LINE", AT(capture.warc_headers),
     "add \"Name: value\" to the warcinfo record of every file; may be repeated", NULL},
    {"recheck", NULL, OPTION_CHOICE, "WHAT", offsetof(struct crawl_settings, recheck),
     "what a later run requests again. auto: what has probably changed. all: everything. new: "
     "lists only, for the new pages that they name",
     recheck_choices},
    {"recheck-within", NULL, OPTION_SECONDS, "TIME", AT(recrawl.within_ms),
     "with --recheck auto, request every page again at least this often (default 7d)", NULL},
    {"no-if-modified-since", NULL, OPTION_FLAG, NULL, AT(recrawl.no_if_modified_since),
     "request known pages in full, even if they have not changed", NULL},
    {"no-dedup", NULL, OPTION_FLAG, NULL, AT(capture.no_dedup),
     "store every body in full, even if the archive has it already. Without this option it becomes "
     "a revisit record",
     NULL},
    {"store-chunked", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, store_chunked),
     "verbatim: store chunked responses as they came. strip: without the chunk framing, for "
     "players that count it in the payload digest. The metadata records say so",
     chunked_choices},
    {"compress", NULL, OPTION_CHOICE, "HOW", offsetof(struct crawl_settings, compress),
     "small, fast, or auto: small while that keeps up with the network, else fast",
     compress_choices},
    {"changed-exit", NULL, OPTION_NUMBER, "N", REPORT(changed_exit),
     "exit with N instead of 0 if all went well and something is new, changed, gone or moved",
     NULL},
    {"notify", NULL, OPTION_TEXT, "COMMAND", offsetof(struct crawl_settings, notify),
     "at the end, run this shell command with the run's JSON on its standard input; it has 60 "
     "seconds",
     NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, AT(sandbox),
     "run without the sandbox: for what cannot work in it, such as host names in .local. See "
     "SANDBOX in man warccap",
     NULL},
    {"quiet", "q", OPTION_FLAG, NULL, REPORT(quiet), "print nothing unless something is wrong",
     NULL},
    {"verbose", "v", OPTION_FLAG, NULL, REPORT(verbose),
     "print each attempt, as in the log, to standard error", NULL},
    {"json", NULL, OPTION_FLAG, NULL, REPORT(json), "print the summary as JSON", NULL},
    {"no-progress", NULL, OPTION_UNFLAG, NULL, REPORT(progress), "show no live line on a terminal",
     NULL},
};

static int run_urls(int argc, char **argv)
{
    struct crawl_settings settings = crawl_settings_defaults();
    char **words = NULL;
    int count;
    int result = crawl_settings_read(&settings, &(struct command_line){.argc = argc, .argv = argv},
                                     &words, &count);
    for (int i = 0; result == EXIT_DONE && i < count; i++)
        if (!crawl_settings_add_seed(&settings, text_of(words[1 + i]), ""))
            result = EXIT_USAGE;
    if (result == EXIT_DONE && !crawl_settings_read_seed_file(&settings))
        result = EXIT_USAGE;
    for (int i = 0; result == EXIT_DONE && settings.each && i < settings.url_count; i++)
        if (!crawl_settings_add_seed(&settings, text_of(settings.urls[i]), ""))
            result = EXIT_USAGE;
    if (result == EXIT_DONE && settings.each && settings.crawl.seed_count)
        result = crawl_sites_run_each(argc, argv, &settings);
    else if (result == EXIT_DONE) {
        settings.may_repeat = true;
        result = crawl_settings_settle(&settings);
        if (result == EXIT_DONE && !settings.crawl.directory)
            result = crawl_settings_find_directory(&settings, NULL, false);
        else if (result == EXIT_DONE)
            result = crawl_check_directory(settings.crawl.directory, settings.into_any_directory);
        if (result == EXIT_DONE)
            result = crawl_sites_run_alone(&settings);
    }
    free(words);
    crawl_settings_release(&settings);
    return result;
}

/* The shell expands "--config DIR/(asterisk).conf" to one --config and many words: this gives each
 * word its own --config. */
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

static int run_words(int argc, char **argv)
{
    struct crawl_settings names = crawl_settings_defaults();
    struct config_sites found = {.items = NULL};
    int count, result = EXIT_ERROR;
    char **words = spread_configs(&argc, argv);
    names.memory.names_only = true;
    if (words)
        result = crawl_settings_read(&names, &(struct command_line){.argc = argc, .argv = words},
                                     NULL, &count);
    if (result == EXIT_DONE && names.jobs < 1) {
        fprintf(stderr, "warccap crawl: --jobs takes 1 or more\n");
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE)
        result = config_find_sites(&command_crawl, names.memory.configs, names.memory.config_count,
                                   &found);
    if (result == EXIT_DONE)
        result =
            found.count ? crawl_sites_run_configured(argc, words, &found) : run_urls(argc, words);
    config_sites_release(&found);
    crawl_settings_release(&names);
    free(words);
    return options_exit_code(result);
}

static int run(int argc, char **argv)
{
    char **words = command_words_take(argc, argv);
    int code = words ? run_words(argc, words) : (int)EXIT_ERROR;
    command_words_free(words);
    return code;
}

const struct command command_crawl = {
    .name = "crawl",
    .arguments = "[options] [URL...]",
    .summary = "capture sites into a collection; run it again to continue",
    .details =
        "Captures the site of each URL into a collection: the pages on its host at or below its "
        "directory, their page requisites from any host, and redirects on the way. Pagination and "
        "date archives come first. The same command goes on with a run that was stopped or killed, "
        "and looks for changes after a finished one. Without a URL it takes the seeds of the "
        "collection given with -o. The options of a run hold for what earlier runs left, too. What "
        "waits is left out if they refuse it. What was left out is requested if they no longer do.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
