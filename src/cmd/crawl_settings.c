/* What `warccap crawl` does for one site: seeds, directory, and the options of each room. */
#include <config.h>

#include "cmd/crawl_settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/wording.h"
#include "cmd/config.h"
#include "cmd/crawl_check.h"
#include "cmd/seed_word.h"
#include "cmd/site_directory.h"
#include "cmd/text_file.h"
#include "collection/collection.h"
#include "fetch/request_headers.h"
#include "report/exit_code.h"
#include "web/url.h"

struct crawl_settings crawl_settings_defaults(void)
{
    struct crawl_settings settings = {
        .crawl = crawl_defaults(), .report = {.progress = true}, .scope = SCOPE_SITE, .jobs = 4};
    settings.crawl.sandbox = true;
    return settings;
}

int crawl_settings_read(struct crawl_settings *settings, const struct command_line *line,
                        char ***urls, int *url_count)
{
    char **copy = calloc((size_t)line->argc + 1, sizeof *copy);
    if (!copy)
        return EXIT_ERROR;
    memcpy(copy, line->argv, (size_t)line->argc * sizeof *copy);
    settings->memory.site = line->site;
    settings->memory.shared_only = line->shared_only;
    int result = options_read(&command_crawl, line->argc, copy, settings, url_count);
    if (urls)
        *urls = copy;
    else
        free(copy);
    return result;
}

void crawl_settings_release(struct crawl_settings *settings)
{
    for (int i = 0; i < settings->crawl.seed_count; i++)
        free(settings->crawl.seeds[i]);
    free(settings->crawl.seeds);
    for (int i = 0; i < settings->crawl.forget_count; i++)
        free(settings->crawl.forget_seeds[i]);
    free(settings->crawl.forget_seeds);
    free(settings->directory);
    options_release(&command_crawl, settings);
}

/* ---- URLs and directories ---- */

bool crawl_settings_add_seed(struct crawl_settings *settings, struct text word, const char *place)
{
    struct crawl_options *options = &settings->crawl;
    char **longer = realloc(options->seeds, ((size_t)options->seed_count + 1) * sizeof *longer);
    if (longer)
        options->seeds = longer;
    else
        fprintf(stderr, "warccap crawl: no memory for another URL\n");
    char *seed = longer ? seed_word_read(word, place) : NULL;
    if (seed)
        longer[options->seed_count++] = seed;
    return seed;
}

/* What people give in place of a list of URLs.  NULL: it may be one. */
static const char *error_of_list(struct text bytes)
{
    struct text begin = text_trim(bytes);
    if (text_starts(begin, TEXT("<")) && !text_starts_nocase(begin, TEXT("<http")))
        return "holds HTML or XML, not one URL a line. warccap links lists the URLs of such a file";
    if (text_starts(begin, TEXT("{")) || text_starts(begin, TEXT("[{")) ||
        text_starts(begin, TEXT("[\"")))
        return "holds JSON, not one URL a line. warccap links lists the URLs of such a file";
    return NULL;
}

bool crawl_settings_add_seeds(struct crawl_settings *settings, struct text bytes, const char *name)
{
    struct text line;
    const char *error = text_file_error(&bytes);
    error = error ? error : error_of_list(bytes);
    if (error && !settings->skip_bad) {
        fprintf(stderr, "warccap crawl: %s %s\n", name, error);
        return false;
    }
    for (int number = 1; text_split(&bytes, '\n', &line); number++) {
        char place[4096];
        snprintf(place, sizeof place, "%s:%d: ", name, number);
        line = text_trim(line);
        if (!line.length || line.at[0] == '#' || crawl_settings_add_seed(settings, line, place) ||
            settings->skip_bad)
            continue;
        fprintf(stderr, "Correct the line, or add --skip-bad to go on without such lines.\n");
        return false;
    }
    return true;
}

bool crawl_settings_read_seed_file(struct crawl_settings *settings)
{
    struct buf bytes;
    struct trouble trouble;
    if (!settings->seed_file)
        return true;
    buf_init(&bytes, 64 * 1024 * 1024);
    bool ok = disk_read(settings->seed_file, &bytes, &trouble) == RESULT_OK;
    if (ok)
        ok = crawl_settings_add_seeds(settings, buf_text(&bytes), settings->seed_file);
    else
        fprintf(stderr, "warccap crawl: --input-file: %s\n", trouble.words);
    buf_release(&bytes);
    return ok;
}

/* "PARENT/NAME", or NAME if it is absolute. */
static char *directory_in(const char *parent, const char *name)
{
    char *directory;
    if (asprintf(&directory, "%s%s%s",
                 name[0] == '/' ? ""
                 : parent       ? parent
                                : ".",
                 name[0] == '/' ? "" : "/", name) < 0)
        return NULL;
    return directory;
}

/* Reads the seeds to forget, as people write them. */
static int settle_forgotten(struct crawl_settings *settings)
{
    struct crawl_options *options = &settings->crawl;
    options->forget_seeds = calloc((size_t)settings->forget.count + 1, sizeof(char *));
    if (!options->forget_seeds)
        return EXIT_ERROR;
    for (int i = 0; i < settings->forget.count; i++) {
        char *seed = seed_word_read(text_of(settings->forget.words[i]), "--forget-seed: ");
        if (!seed)
            return EXIT_USAGE;
        options->forget_seeds[options->forget_count++] = seed;
        for (int j = 0; j < options->seed_count; j++)
            if (seed_word_is_same(options->seeds[j], seed)) {
                fprintf(stderr,
                        "warccap crawl: %s is given as a seed and to --forget-seed; choose one\n",
                        seed);
                return EXIT_USAGE;
            }
    }
    return EXIT_DONE;
}

/* Without a URL, the collection has the seeds. */
static int settle_seeds(struct crawl_settings *settings)
{
    const struct crawl_options *options = &settings->crawl;
    const char *directory = options->directory;
    bool repeats = settings->may_repeat && directory && !settings->seed_file;
    if (!options->seed_count && settings->memory.site) {
        fprintf(stderr,
                "warccap crawl: the site %s has no URL. Add a line: url = "
                "https://a-blog.example/\n",
                settings->memory.site->name);
        return EXIT_USAGE;
    }
    if (!options->seed_count && !repeats) {
        fprintf(
            stderr,
            "warccap crawl: no URL was given. For example: warccap crawl https://a-blog.example/. "
            "To take the seeds of a collection: warccap crawl -o DIR\n");
        return EXIT_USAGE;
    }
    if ((!options->seed_count || settings->forget.count) && settings->may_repeat && directory &&
        directory[0] && !collection_is_at(directory)) {
        fprintf(stderr,
                "warccap crawl: %s is not a collection, so it has no seeds. Give a URL: warccap "
                "crawl -o %s https://a-blog.example/\n",
                directory, directory);
        return EXIT_USAGE;
    }
    return settle_forgotten(settings);
}

int crawl_settings_settle(struct crawl_settings *settings)
{
    struct crawl_options *options = &settings->crawl;
    for (int i = 0; i < settings->url_count; i++)
        if (!crawl_settings_add_seed(settings, text_of(settings->urls[i]), ""))
            return EXIT_USAGE;
    int code = settle_seeds(settings);
    if (code)
        return code;
    if (settings->report.changed_exit < 0 || settings->report.changed_exit > 255) {
        fprintf(stderr, "warccap crawl: --changed-exit takes an exit code: 1 to 255\n");
        return EXIT_USAGE;
    }
    options->scope.kind = (enum crawl_scope)settings->scope;
    options->frontier.robots = (enum crawl_robots)settings->robots;
    options->capture.strip_chunks = settings->store_chunked == 1;
    options->capture.compress = (enum crawl_compress)settings->compress;
    options->recrawl.recheck = (enum crawl_recheck)settings->recheck;
    return crawl_check_options(options);
}

bool crawl_settings_have_secrets(const struct crawl_settings *settings)
{
    struct url url;
    bool found = request_headers_are_secret(&settings->crawl.fetch);
    url_init(&url);
    for (int i = 0; i < settings->crawl.seed_count; i++)
        found = found ||
                (url_parse(&url, text_of(settings->crawl.seeds[i]), NULL, TEXT("")) == URL_OK &&
                 url_take_user(&url, NULL));
    url_release(&url);
    return found;
}

int crawl_settings_settle_directory(struct crawl_settings *settings, const char *parent,
                                    const char *name)
{
    if (parent && !parent[0])
        return crawl_check_directory(parent, false);
    settings->directory = name ? directory_in(parent, name) : NULL;
    settings->crawl.directory = settings->directory;
    if (settings->directory)
        return crawl_check_directory(settings->directory, settings->into_any_directory);
    fprintf(stderr, "warccap crawl: \"%s\" is not an http or https URL\n",
            settings->crawl.seeds[0]);
    return EXIT_USAGE;
}

int crawl_settings_find_directory(struct crawl_settings *settings, const char *parent, bool each)
{
    struct buf path;
    if (parent && !parent[0])
        return crawl_check_directory(parent, false);
    int code = site_directory_find(parent, settings->crawl.seeds[0], each, &settings->directory);
    settings->crawl.directory = settings->directory;
    if (!code)
        code = crawl_check_directory(settings->directory, settings->into_any_directory);
    if (code || each || settings->report.quiet || collection_is_at(settings->directory))
        return code;
    buf_init(&path, 8 * 4096);
    wording_add_path(&path, settings->directory);
    fprintf(stderr, "warccap: the new collection is %s (to name it yourself: -o DIR)\n",
            path.data ? path.data : settings->directory);
    buf_release(&path);
    return code;
}
