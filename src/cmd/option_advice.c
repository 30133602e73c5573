/* Advice about options that do not exist here. */
#include <config.h>

#include "cmd/option_advice.h"

#include <stdio.h>

#include "base/spelling.h"

enum { NAMES_MOST = 128 };

/* Options of other programs, without dashes, and their equivalent here. */
static const struct {
    const char *name, *advice;
} foreign[] = {
    {"A", "Use --include REGEX"},
    {"R", "Use --exclude REGEX"},
    {"P", "Use -o DIR"},
    {"r", "Crawling a site is what crawl does; leave it out"},
    {"p", "Page requisites are always captured; leave it out"},
    {"k", "The archive keeps what the server sent; leave it out"},
    {"N", "Later runs request only what has probably changed; leave it out"},
    {"m", "Crawling a site is what crawl does; leave it out"},
    {"e", "robots.txt is obeyed; to ignore it, use --robots off"},
    {"Q", "Use --size-limit BYTES"},
    {"E", "The archive keeps what the server sent; leave it out"},
    {"K", "The archive keeps what the server sent; leave it out"},
    {"H", "Use --scope, --domains or --include; requisites come from any host anyway"},
    {"O", "Use -o DIR: a crawl writes a collection"},
    {"c", "A crawl goes on by itself; leave it out"},
    {"nc", "Nothing is ever overwritten; leave it out"},
    {"nd", "Responses are kept by their URLs, not as files; leave it out"},
    {"nH", "Responses are kept by their URLs, not as files; leave it out"},
    {"nv", "Use --quiet"},
    {"accept", "Use --include REGEX"},
    {"accept-regex", "Use --include REGEX"},
    {"reject", "Use --exclude REGEX"},
    {"reject-regex", "Use --exclude REGEX"},
    {"adjust-extension", "The archive keeps what the server sent; leave it out"},
    {"bandwidth", "Use --limit-rate BYTES"},
    {"background", "Use nohup, or let cron start it"},
    {"backup-converted", "The archive keeps what the server sent; leave it out"},
    {"behaviors", "Pages are not run in a browser; leave it out"},
    {"bind-address", "warccap cannot do this"},
    {"cacert", "Use --ca-certificate FILE"},
    {"collection", "Use -o DIR"},
    {"combineWARC", "Use --warc-max-size BYTES"},
    {"continue", "A crawl goes on by itself; leave it out"},
    {"convert-links", "The archive keeps what the server sent; leave it out"},
    {"cookie", "Put the cookies into a file and use --load-cookies FILE"},
    {"depth", "Use --level N"},
    {"dry-run", "To see what is found in one page: warccap links FILE"},
    {"directory-prefix", "Use -o DIR"},
    {"exclude-directories", "Use --exclude REGEX"},
    {"exclude-domains", "Use --exclude REGEX"},
    {"excludeRegex", "Use --exclude REGEX"},
    {"execute", "robots.txt is obeyed; to ignore it, use --robots off"},
    {"ext-depth", "Use --scope, --domains or --include"},
    {"extraHops", "Use --level N or --scope"},
    {"generateCDX", "The index is always written; leave it out"},
    {"generateWACZ", "warccap cannot do this; pywb serves the collection as it is"},
    {"host", "Use --resolve HOST:PORT:ADDRESS"},
    {"http-password", "Write it into the seed: http://USER:PASSWORD@HOST/"},
    {"http-user", "Write it into the seed: http://USER:PASSWORD@HOST/"},
    {"include-directories", "Use --include REGEX"},
    {"ignore-robots", "Use --robots off"},
    {"insecure", "Use --no-check-certificate"},
    {"keep-session-cookies", "Cookies that sites set are kept during a run; leave it out"},
    {"max-rate", "Use --limit-rate BYTES"},
    {"max-redirect", "Up to 20 redirects in a row are followed; leave it out"},
    {"maxPages", "Use --page-limit N"},
    {"mirror", "Crawling a site is what crawl does; leave it out"},
    {"method", "Only GET requests are sent; leave it out"},
    {"no-clobber", "Nothing is ever overwritten; leave it out"},
    {"no-directories", "Responses are kept by their URLs, not as files; leave it out"},
    {"no-host-directories", "Responses are kept by their URLs, not as files; leave it out"},
    {"no-robots", "Use --robots off"},
    {"no-verbose", "Use --quiet"},
    {"no-warc-compression", "Records are always compressed; leave it out"},
    {"outdir", "Use -o DIR"},
    {"output-document", "Use -o DIR: a crawl writes a collection"},
    {"page-requisites", "Page requisites are always captured; leave it out"},
    {"password", "Write it into the seed: http://USER:PASSWORD@HOST/"},
    {"path", "Use -o DIR"},
    {"post-data", "Only GET requests are sent; leave it out"},
    {"post-file", "Only GET requests are sent; leave it out"},
    {"proxy", "Set http_proxy and https_proxy in the environment"},
    {"quota", "Use --size-limit BYTES"},
    {"random-wait", "The wait follows the host's response time; see --wait-factor"},
    {"read-timeout", "Use --timeout SECONDS"},
    {"recursive", "Crawling a site is what crawl does; leave it out"},
    {"referer", "Use --header \"Referer: URL\""},
    {"retries", "Use --tries N"},
    {"robots-txt", "Use --robots obey, requisites or off"},
    {"scopeType", "Use --scope"},
    {"seedFile", "Use --input-file FILE"},
    {"sizeLimit", "Use --size-limit BYTES"},
    {"sockets", "Use --connections N with --wait 0"},
    {"spider", "To see what is found in one page: warccap links FILE"},
    {"span-hosts", "Use --scope, --domains or --include; requisites come from any host anyway"},
    {"timeLimit", "Use --time-limit TIME"},
    {"timestamping", "Later runs request only what has probably changed; leave it out"},
    {"user", "Write it into the seed: http://USER:PASSWORD@HOST/"},
    {"urlFile", "Use --input-file FILE"},
    {"userAgent", "Use --user-agent TEXT"},
    {"version", "Use: warccap --version"},
    {"waitretry", "Retries wait longer each time by themselves; leave it out"},
    {"warc-cdx", "The index is always written; leave it out"},
    {"warc-dedup", "Duplicates are always found; leave it out"},
    {"warc-file", "Use -o DIR; files are named by time and host"},
    {"workers", "Use --connections N with --wait 0, or --jobs for many sites"},
};

enum { FOREIGN = sizeof foreign / sizeof *foreign };

/* The advice about an option of another program with this name, or, unless `exactly`, a similar
 * one. */
static const char *foreign_advice(struct text name, bool exactly)
{
    const char *names[FOREIGN];
    for (size_t i = 0; i < FOREIGN; i++)
        names[i] = foreign[i].name;
    const char *close = exactly ? NULL : spelling_closest(name, names, FOREIGN);
    for (size_t i = 0; i < FOREIGN; i++)
        if (text_equal(close ? text_of(close) : name, text_of(names[i])))
            return foreign[i].advice;
    return NULL;
}

void option_advice(const struct command *command, struct text name, char out[ADVICE_SIZE])
{
    const char *names[NAMES_MOST];
    size_t count = 0;
    const char *advice = foreign_advice(name, true);
    for (size_t i = 0; i < command->row_count && count < NAMES_MOST - 1; i++)
        names[count++] = command->rows[i].name;
    names[count++] = "help";
    const char *close = advice ? NULL : spelling_closest(name, names, count);
    if (!advice && !close && name.length > 1)
        advice = foreign_advice(name, false);
    out[0] = '\0';
    if (advice)
        snprintf(out, ADVICE_SIZE, " %s.", advice);
    else if (close)
        snprintf(out, ADVICE_SIZE, " Did you mean --%s?", close);
}
