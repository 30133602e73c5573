/* `warccap pack`: writes a WACZ file of collections and WARC files. */
#include <config.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/wording.h"
#include "cmd/command_words.h"
#include "cmd/ending_signals.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "collection/collection.h"
#include "pack/pack.h"
#include "report/exit_code.h"
#include "report/live_line.h"
#include "web/url.h"

struct pack_words {
    struct option_memory memory;
    struct pack_options pack;
    const char *from, *to, *key;
    bool quiet, progress, sandbox;
    char output[PATH_MAX]; /* when none is given */
    struct live_line line;
};

static const struct option_row rows[] = {
    {"output", "o", OPTION_TEXT, "FILE", offsetof(struct pack_words, pack.output),
     "write this file (default: NAME.wacz in the current directory, after the first PATH)", NULL},
    {"overwrite", NULL, OPTION_FLAG, NULL, offsetof(struct pack_words, pack.overwrite),
     "replace the file if it exists and is a package", NULL},
    {"title", NULL, OPTION_TEXT, "TEXT", offsetof(struct pack_words, pack.title),
     "the title that players show (default: that of the collection)", NULL},
    {"description", NULL, OPTION_TEXT, "TEXT", offsetof(struct pack_words, pack.description),
     "a description of the package", NULL},
    {"main-page", NULL, OPTION_TEXT, "URL", offsetof(struct pack_words, pack.main_page),
     "the page that players show first (default: the first seed)", NULL},
    {"from", NULL, OPTION_TEXT, "DATE", offsetof(struct pack_words, from),
     "only captures since then: 2026, 2026-01, 2026-01-05 or 20260105120000", NULL},
    {"to", NULL, OPTION_TEXT, "DATE", offsetof(struct pack_words, to),
     "only captures until then, the whole year, month or day included", NULL},
    {"run", NULL, OPTION_TEXT, "RUN", offsetof(struct pack_words, pack.run),
     "only what this run captured: the name of a manifest in runs/, such as 20260105031500", NULL},
    {"split", NULL, OPTION_BYTES, "BYTES", offsetof(struct pack_words, pack.part_bytes),
     "write several files, each with about so many bytes of WARC files, and a list of them", NULL},
    {"text", NULL, OPTION_FLAG, NULL, offsetof(struct pack_words, pack.words),
     "add the words of each page, so that players can search them", NULL},
    {"sign", NULL, OPTION_TEXT, "KEYFILE", offsetof(struct pack_words, key),
     "sign the package with this private key, a PEM file; if there is none, a key is made", NULL},
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct pack_words, quiet),
     "print nothing unless something is wrong", NULL},
    {"no-progress", NULL, OPTION_UNFLAG, NULL, offsetof(struct pack_words, progress),
     "show no live line", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct pack_words, sandbox), NO_SANDBOX_HELP,
     NULL},
};

/* ---- the words of the user ---- */

/* The first or last moment of a year, month, day ... as 14 digits.  False: it is no date. */
static bool read_date(const char *word, const char *rest, char out[PACK_DATE])
{
    size_t digits = 0;
    for (const char *c = word; *c; c++)
        if (ascii_is_digit(*c)) {
            if (digits == PACK_DATE - 1)
                return false;
            out[digits++] = *c;
        } else if (!strchr("-:TZ", *c) || !digits)
            return false;
    if (digits < 4 || digits % 2)
        return false;
    memcpy(out + digits, rest + digits, PACK_DATE - digits);
    const char *month = out + 4, *day = out + 6;
    return memcmp(month, "01", 2) >= 0 && memcmp(month, "12", 2) <= 0 &&
           memcmp(day, "01", 2) >= 0 && memcmp(day, "31", 2) <= 0 &&
           memcmp(out + 8, "23", 2) <= 0 && memcmp(out + 10, "59", 2) <= 0 &&
           memcmp(out + 12, "59", 2) <= 0;
}

static int read_dates(struct pack_words *words)
{
    const char *wrong = NULL, *option = NULL;
    if (words->from && !read_date(words->from, "00000101000000", words->pack.from))
        option = "from", wrong = words->from;
    if (!wrong && words->to && !read_date(words->to, "00001231235959", words->pack.to))
        option = "to", wrong = words->to;
    if (wrong) {
        fprintf(stderr,
                "warccap pack: --%s: \"%s\" is not a date. Write 2026, 2026-01, 2026-01-05 or "
                "20260105120000\n",
                option, wrong);
        return EXIT_USAGE;
    }
    if (words->from && words->to && strcmp(words->pack.from, words->pack.to) > 0) {
        fprintf(stderr, "warccap pack: --from %s is after --to %s\n", words->from, words->to);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int check_main_page(const struct pack_words *words)
{
    struct url url;
    if (!words->pack.main_page)
        return EXIT_DONE;
    url_init(&url);
    bool good = url_parse(&url, text_of(words->pack.main_page), NULL, TEXT("")) == URL_OK;
    url_release(&url);
    if (!good)
        fprintf(stderr, "warccap pack: --main-page: \"%s\" is not an http or https URL\n",
                words->pack.main_page);
    return good ? EXIT_DONE : EXIT_USAGE;
}

/* NAME.wacz in the current directory, after the collection or file. */
static int name_output(struct pack_words *words, const char *path)
{
    static const char *const ends[] = {".gz", ".warc", ".arc"};
    char real[PATH_MAX];
    if (!realpath(path, real)) {
        fprintf(stderr, "warccap pack: cannot read %s: %s\n", path, strerror(errno));
        return EXIT_FILES;
    }
    const char *slash = strrchr(real, '/');
    struct text name = text_of(slash && slash[1] ? slash + 1 : "archive");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (name.length > strlen(ends[i]) && text_ends_nocase(name, text_of(ends[i])))
            name.length -= strlen(ends[i]);
    snprintf(words->output, sizeof words->output, "./%.*s.wacz", TEXT_ARGS(name));
    words->pack.output = words->output;
    return EXIT_DONE;
}

/* Before the sandbox closes: the key may lie anywhere. */
static int open_key(struct pack_words *words, struct wacz_key **key)
{
    struct trouble trouble;
    bool made;
    if (!words->key)
        return EXIT_DONE;
    if (wacz_key_open(words->key, key, &made, &trouble) != RESULT_OK) {
        fprintf(stderr, "warccap pack: --sign: %s\n", trouble.words);
        return EXIT_USAGE;
    }
    if (made && !words->quiet)
        printf("%s is a new key. Keep it secret, and sign with it again.\n", words->key);
    words->pack.key = *key;
    return EXIT_DONE;
}

static int check_words(struct pack_words *words, char **paths, int count)
{
    if (!count) {
        fprintf(stderr, "warccap pack: give a collection, or WARC files\n");
        return EXIT_USAGE;
    }
    if (words->pack.output && !*words->pack.output) {
        fprintf(stderr, "warccap pack: -o needs the name of a file\n");
        return EXIT_USAGE;
    }
    if (words->pack.output && disk_is_directory(words->pack.output)) {
        fprintf(stderr, "warccap pack: -o: %s is a directory. Name a file in it\n",
                words->pack.output);
        return EXIT_USAGE;
    }
    int code = read_dates(words);
    if (code == EXIT_DONE)
        code = check_main_page(words);
    return code == EXIT_DONE && !words->pack.output ? name_output(words, paths[0]) : code;
}

/* ---- while it works ---- */

static void show_progress(void *context, uint64_t done, uint64_t all)
{
    struct pack_words *words = context;
    struct live_part part = {.weight = 1};
    if (!live_line_is_due(&words->line))
        return;
    unsigned percent = all ? (unsigned)(100 * (double)done / (double)all) : 0;
    snprintf(part.full, sizeof part.full, "%u %% packed, of %llu MB of WARC files", percent,
             (unsigned long long)(all / 2 / 1000000));
    snprintf(part.brief, sizeof part.brief, "%u %%", percent);
    live_line_draw(&words->line, &part, 1);
}

static void print_told(void *context, const char *told)
{
    struct pack_words *words = context;
    live_line_clear(&words->line);
    fprintf(stderr, "warccap pack: %s\n", told);
}

static void print_summary(const struct pack_words *words, const struct pack_summary *summary)
{
    struct buf line;
    buf_init(&line, 2 * PATH_MAX);
    wording_add_path(&line, words->pack.output);
    if (summary->parts > 1)
        buf_printf(&line, " is split into %llu parts:", (unsigned long long)summary->parts);
    else
        buf_add(&line, " is written:");
    buf_add_char(&line, ' ');
    wording_add_count(&line, summary->pages, "page", "pages");
    buf_add(&line, ", ");
    wording_add_count(&line, summary->captures, "capture", "captures");
    buf_add(&line, ", ");
    wording_add_count(&line, summary->files, "WARC file", "WARC files");
    printf(
        "%s.\nNext: open it at https://replayweb.page, which reads it in your browser and sends it "
        "nowhere.\n",
        line.data);
    buf_release(&line);
}

static int pack(struct pack_words *words, char **paths, int count, struct page_reader *reader)
{
    const struct pack_observer observer = {words, show_progress, print_told};
    struct pack_summary summary;
    struct trouble trouble;
    live_line_init(&words->line, words->progress && !words->quiet);
    enum result result =
        pack_write(paths, count, &words->pack, reader, &observer, &summary, &trouble);
    live_line_clear(&words->line);
    if (result != RESULT_OK) {
        fprintf(stderr, "warccap pack: %s\n", trouble.words);
        return result != RESULT_END ? EXIT_FILES : summary.damaged ? EXIT_ERRORS : EXIT_USAGE;
    }
    if (!words->quiet)
        print_summary(words, &summary);
    return summary.damaged ? EXIT_ERRORS : EXIT_DONE;
}

/* The directory of the output, which the box lets change. */
static void directory_of(const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    snprintf(out, PATH_MAX, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
}

static int pack_in_box(struct pack_words *words, char **paths, int count)
{
    struct reading_jail reading;
    char directory[PATH_MAX];
    struct box *box = reading_box_new(paths, count);
    directory_of(words->pack.output, directory);
    if (box)
        box_allow(box, directory, BOX_CHANGE);
    int code = reading_jail_begin(&reading, "pack", words->sandbox);
    ending_signals_end();
    if (code == EXIT_DONE)
        code = reading_box_enter(box, "pack", words->sandbox, words->quiet);
    else
        box_free(box);
    if (code == EXIT_DONE)
        code = pack(words, paths, count, reading.reader);
    reading_jail_end(&reading);
    return code;
}

static int run(int argc, char **argv)
{
    struct pack_words words = {.progress = true, .sandbox = true};
    struct wacz_key *key = NULL;
    int count;
    int result = options_read(&command_pack, argc, argv, &words, &count);
    if (result == EXIT_DONE && command_words_have_url("pack", argv + 1, count))
        result = EXIT_USAGE;
    if (result == EXIT_DONE)
        result = check_words(&words, argv + 1, count);
    /* ZIP has local time: the same files make the same package everywhere. */
    if (result == EXIT_DONE && setenv("TZ", "UTC", 1) == 0)
        tzset();
    if (result == EXIT_DONE)
        result = open_key(&words, &key);
    if (result == EXIT_DONE)
        result = pack_in_box(&words, argv + 1, count);
    wacz_key_free(key);
    options_release(&command_pack, &words);
    return result == OPTIONS_HELPED ? options_exit_code(result) : result;
}

const struct command command_pack = {
    .name = "pack",
    .arguments = "[options] PATH...",
    .summary = "write one WACZ file, which players open as it is",
    .details =
        "Packs collections, or WARC files, into one file that ReplayWeb.page and pywb open. The "
        "WARC "
        "files in it are unchanged: archive/SHA256SUMS holds for them there, too. The index and "
        "the "
        "list of pages are made from the records.\n\n"
        "--from, --to and --run choose captures. The captures that revisits refer to are packed as "
        "well. WARC "
        "files are packed whole or not at all; the index names only what was chosen.\n\n"
        "The same files and options make the same bytes, but for a signature. --sign shows readers "
        "that packages come from the same key and are unchanged since; verify checks it, and so "
        "do ReplayWeb.page and others.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
