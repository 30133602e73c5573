/*
 * Judges links by their place (a seed's site, or a domain of --domains), by the patterns of
 * --include and --exclude, and by the number of hops that led to them.
 */
#include <config.h>

#include "frontier/scope.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "frontier/scope_seeds.h"

enum { REQUISITE_HOPS_MOST = 5, SITEMAP_HOPS_MOST = 5 };

struct scope {
    enum crawl_scope kind;
    int level;
    struct scope_seeds seeds;
    bool no_parent;
    struct url *domains; /* "http://DOMAIN/" */
    size_t domain_count;
    regex_t *include, *exclude;
    size_t include_count, exclude_count;
};

static enum result compile(regex_t **out, size_t *count, char **patterns, int pattern_count,
                           struct trouble *trouble)
{
    *out = calloc((size_t)pattern_count + 1, sizeof **out);
    if (!*out)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for patterns");
    for (int i = 0; i < pattern_count; i++) {
        int error = regcomp(&(*out)[i], patterns[i], REG_EXTENDED | REG_NOSUB);
        if (error) {
            char words[200];
            regerror(error, &(*out)[i], words, sizeof words);
            return trouble_say(trouble, RESULT_LOST,
                               "the pattern \"%s\" is not an extended regular expression: %s",
                               patterns[i], words);
        }
        (*count)++;
    }
    return RESULT_OK;
}

/* Parsed like the host of a URL: lower case, punycode. */
static enum result add_domain(struct scope *scope, struct text domain, struct trouble *trouble)
{
    struct url *longer = realloc(scope->domains, (scope->domain_count + 1) * sizeof *longer);
    char *href = NULL;
    if (!longer)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for domains");
    scope->domains = longer;
    struct url *url = &longer[scope->domain_count++];
    url_init(url);
    if (asprintf(&href, "http://%.*s/", TEXT_ARGS(domain)) < 0)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for domains");
    enum url_result parsed = url_parse(url, text_of(href), NULL, TEXT(""));
    free(href);
    if (parsed == URL_NO_MEMORY)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for domains");
    return parsed == URL_OK && text_equal(url_path(url), TEXT("/"))
               ? RESULT_OK
               : trouble_say(trouble, RESULT_LOST, "\"%.*s\" is not a domain", TEXT_ARGS(domain));
}

static enum result add_domains(struct scope *scope, const struct scope_options *options,
                               struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (int i = 0; i < options->domain_count; i++) {
        struct text rest = text_of(options->domains[i]), domain;
        while (result == RESULT_OK && text_split(&rest, ',', &domain))
            if ((domain = text_trim(domain)).length)
                result = add_domain(scope, domain, trouble);
    }
    return result;
}

enum result scope_new(struct scope **out, const struct scope_options *options,
                      struct trouble *trouble)
{
    struct scope *scope = calloc(1, sizeof *scope);
    *out = NULL;
    if (!scope)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the scope");
    scope->kind = options->kind;
    scope->level = options->level;
    scope->no_parent = options->no_parent;
    enum result result = compile(&scope->include, &scope->include_count, options->include,
                                 options->include_count, trouble);
    if (result == RESULT_OK)
        result = compile(&scope->exclude, &scope->exclude_count, options->exclude,
                         options->exclude_count, trouble);
    if (result == RESULT_OK)
        result = add_domains(scope, options, trouble);
    if (result != RESULT_OK)
        scope_free(scope);
    else
        *out = scope;
    return result;
}

void scope_free(struct scope *scope)
{
    if (!scope)
        return;
    for (size_t i = 0; i < scope->include_count; i++)
        regfree(&scope->include[i]);
    for (size_t i = 0; i < scope->exclude_count; i++)
        regfree(&scope->exclude[i]);
    for (size_t i = 0; i < scope->domain_count; i++)
        url_release(&scope->domains[i]);
    free(scope->domains);
    scope_seeds_release(&scope->seeds);
    free(scope->include);
    free(scope->exclude);
    free(scope);
}

bool scope_has_seed(const struct scope *scope, const struct url *url)
{
    return scope_seeds_find(&scope->seeds, url) != NULL;
}

enum result scope_add_seed(struct scope *scope, const struct url *url, bool given,
                           struct trouble *trouble)
{
    struct seed *seed = scope_seeds_find(&scope->seeds, url);
    if (seed)
        seed->given = seed->given || given;
    else if (scope->seeds.count == SEEDS_MOST)
        return trouble_say(trouble, RESULT_BROKEN, "more than %d seeds: give them in parts",
                           SEEDS_MOST);
    else if (!scope_seeds_add(&scope->seeds, url, given))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for another seed");
    return RESULT_OK;
}

bool scope_may_turn_scheme(const struct scope *scope, const struct url *url)
{
    bool given = false, may = false;
    for (const struct seed *seed = scope_seeds_on(&scope->seeds, url_host(url)); seed;
         seed = scope_seeds_next_on(&scope->seeds, seed)) {
        if (!url_same_site(&seed->url, url) || (given && !seed->given))
            continue;
        /* A redirect cannot take back what the user said. */
        may = (may && given == seed->given) || !(url->https && seed->url.https);
        given = seed->given;
    }
    return may;
}

bool scope_has_seed_on(const struct scope *scope, struct text host, bool https)
{
    struct url url;
    char href[512];
    bool has = false;
    url_init(&url);
    snprintf(href, sizeof href, "http%s://%.*s/", https ? "s" : "", TEXT_ARGS(host));
    if (url_parse(&url, text_of(href), NULL, TEXT("")) == URL_OK)
        for (const struct seed *seed = scope_seeds_place(&scope->seeds, url_host(&url));
             seed && !has; seed = scope_seeds_next_place(&scope->seeds, seed))
            has = url_same_site(&seed->url, &url);
    url_release(&url);
    return has;
}

static struct text without_www(struct text host)
{
    return text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host;
}

static bool in_domain(const struct url *url, struct text domain)
{
    struct text host = url_host(url);
    return text_equal(host, domain) || (host.length > domain.length && text_ends(host, domain) &&
                                        host.at[host.length - domain.length - 1] == '.');
}

static bool in_named_domain(const struct scope *scope, const struct url *url)
{
    for (size_t i = 0; i < scope->domain_count; i++)
        if (in_domain(url, url_host(&scope->domains[i])))
            return true;
    return false;
}

bool scope_is_given_site(const struct scope *scope, const struct url *url)
{
    bool given = in_named_domain(scope, url);
    for (const struct seed *seed = scope_seeds_on(&scope->seeds, url_host(url)); seed && !given;
         seed = scope_seeds_next_on(&scope->seeds, seed))
        given = seed->given && url_same_site(&seed->url, url);
    for (size_t i = 0; i < scope->seeds.count && !given && scope->kind == SCOPE_DOMAIN; i++)
        given = scope->seeds.list[i].given &&
                in_domain(url, without_www(url_host(&scope->seeds.list[i].url)));
    return given;
}

/* Whether the path is below the directory, or is the directory itself without its slash, as
 * links to a start page often are. */
static bool is_in_directory(struct text path, struct text directory)
{
    return text_starts(path, directory) ||
           (directory.length > 1 && path.length + 1 == directory.length &&
            text_starts(directory, path));
}

static enum url_rule refuses_seed(const struct scope *scope, const struct seed *seed,
                                  const struct url *url)
{
    bool same_site = url_same_site(url, &seed->url);
    if (!same_site &&
        (scope->kind != SCOPE_DOMAIN || !in_domain(url, without_www(url_host(&seed->url)))))
        return URL_RULE_OFF_SITE;
    if ((scope->kind == SCOPE_HOST || scope->kind == SCOPE_DOMAIN) &&
        !(scope->no_parent && same_site))
        return URL_RULE_NONE;
    if (scope->kind == SCOPE_PREFIX)
        return text_starts(url_path(url), url_path(&seed->url)) ||
                       (text_ends(url_path(&seed->url), TEXT("/")) &&
                        is_in_directory(url_path(url), url_path(&seed->url)))
                   ? URL_RULE_NONE
                   : URL_RULE_ABOVE_SEED;
    return is_in_directory(url_path(url), seed->directory) ? URL_RULE_NONE : URL_RULE_ABOVE_SEED;
}

static bool matches(const regex_t *patterns, size_t count, const char *url)
{
    for (size_t i = 0; i < count; i++)
        if (regexec(&patterns[i], url, 0, NULL, 0) == 0)
            return true;
    return false;
}

/* Judges a URL by the seeds on a host.  *rule: of one on its site, unless that is what is wrong. */
static bool holds_on(const struct scope *scope, const struct url *url, struct text host,
                     enum url_rule *rule)
{
    const struct scope_seeds *seeds = &scope->seeds;
    bool prefix = scope->kind == SCOPE_PREFIX; /* then every seed has its own */
    const struct seed *seed = prefix ? scope_seeds_on(seeds, host) : scope_seeds_place(seeds, host);
    while (seed) {
        enum url_rule refused = refuses_seed(scope, seed, url);
        if (!refused)
            return true;
        *rule = refused == URL_RULE_OFF_SITE ? *rule : refused;
        seed = prefix ? scope_seeds_next_on(seeds, seed) : scope_seeds_next_place(seeds, seed);
    }
    return false;
}

/* With --scope domain, a seed's host also stands for all hosts below it. */
static bool holds_below(const struct scope *scope, const struct url *url, enum url_rule *rule)
{
    struct text host = url_host(url);
    for (ptrdiff_t dot; (dot = text_find_char(host, '.')) >= 0;) {
        host = text_skip(host, (size_t)dot + 1);
        if (holds_on(scope, url, host, rule))
            return true;
    }
    return false;
}

static enum url_rule refuses_place(const struct scope *scope, const struct url *url)
{
    enum url_rule rule = URL_RULE_OFF_SITE;
    if (in_named_domain(scope, url))
        return URL_RULE_NONE;
    if (!scope->seeds.count)
        return URL_RULE_NO_SEED;
    if (scope->kind == SCOPE_ANY)
        return URL_RULE_NONE;
    if (scope->kind == SCOPE_PAGE)
        return scope_has_seed(scope, url) ? URL_RULE_NONE : URL_RULE_NOT_THE_SEED;
    return holds_on(scope, url, url_host(url), &rule) ||
                   (scope->kind == SCOPE_DOMAIN && holds_below(scope, url, &rule))
               ? URL_RULE_NONE
               : rule;
}

bool scope_holds(const struct scope *scope, const struct url *url)
{
    return refuses_place(scope, url) == URL_RULE_NONE;
}

/* How many requisite hops the path ends with: a style sheet imports another that names a font, a
 * script names a script. */
static int requisite_hops(const char *hops)
{
    int count = 0;
    for (size_t i = strlen(hops); i-- > 0 && hops[i] != 'L';)
        count += hops[i] == 'E' || hops[i] == 'X';
    return count;
}

/* A sitemap names a sitemap names a sitemap: the protocol has one such step, some sites have
 * two. */
static int sitemap_hops(const char *hops)
{
    int count = 0;
    for (size_t i = strlen(hops); i-- > 0 && hops[i] == 'M';)
        count++;
    return count;
}

/* A robots.txt may name a sitemap on any host, and that sitemap others beside it
 * (sitemaps.org, "Sitemaps & Cross Submits"). */
static bool is_named_by_robots(const struct link *link, const char *hops)
{
    size_t count = strlen(hops);
    while (count && (hops[count - 1] == 'M' || hops[count - 1] == 'R'))
        count--;
    return link->class == LINK_SITEMAP && count && hops[count - 1] == 'P';
}

static bool is_image_of_post(const struct link *link, const struct url *url)
{
    static const char *const ends[] = {".png",  ".jpg",  ".jpeg", ".gif",
                                       ".webp", ".avif", ".svg",  ".bmp"};
    struct text path = url_path(url);
    if (link->class != LINK_MEDIA)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_ends_nocase(path, text_of(ends[i])))
            return true;
    return false;
}

int scope_depth(const struct link *link, int depth)
{
    switch (link->class) {
    case LINK_PAGER:
    case LINK_ARCHIVE:
        return depth + (link->certainty != LINK_CERTAIN);
    case LINK_FEED:
    case LINK_SITEMAP:
    case LINK_REQUISITE:
        return depth;
    default:
        return depth + 1;
    }
}

bool scope_excludes(const struct scope *scope, const struct url *url)
{
    return matches(scope->exclude, scope->exclude_count, url->href.data);
}

enum url_rule scope_refuses(const struct scope *scope, const struct link *link,
                            const struct url *url, int depth, const char *hops)
{
    if (link->class == LINK_TRAP)
        return link->rule ? link->rule : URL_RULE_TRAP;
    if (scope_excludes(scope, url))
        return URL_RULE_EXCLUDED;
    if (link->class == LINK_REQUISITE && requisite_hops(hops) >= REQUISITE_HOPS_MOST)
        return URL_RULE_REQUISITE_DEPTH;
    /* A guessed URL, such as a string in a script, is tried only on the site itself and on hosts
     * that its parts are on. */
    if (link->class == LINK_REQUISITE)
        return link->certainty == LINK_POSSIBLE && !link->any_host ? refuses_place(scope, url)
                                                                   : URL_RULE_NONE;
    if (link->class == LINK_SITEMAP && sitemap_hops(hops) >= SITEMAP_HOPS_MOST)
        return URL_RULE_SITEMAP_DEPTH;
    /* The full-size image behind a thumbnail belongs to the post, on any host. */
    if (is_image_of_post(link, url))
        return URL_RULE_NONE;
    enum url_rule rule = refuses_place(scope, url);
    if (rule == URL_RULE_OFF_SITE && is_named_by_robots(link, hops))
        rule = URL_RULE_NONE;
    if (rule)
        return rule;
    if (scope->include_count && !matches(scope->include, scope->include_count, url->href.data))
        return URL_RULE_NOT_INCLUDED;
    if (scope->level >= 0 && depth > scope->level)
        return URL_RULE_TOO_DEEP;
    return URL_RULE_NONE;
}
