/*
 * Configuration files: each is read, or there is a message.  What was read from one, written anew,
 * is read as the same values; sites have names that may be directories; and the options of a crawl
 * take any value without a crash.  The first byte tells what is tried: '!' the options of a crawl,
 * '#' a file that was found in a directory.
 */
#include <config.h>

#include <stddef.h>
#include <string.h>

#include "cmd/config.h"
#include "cmd/crawl_settings.h"
#include "report/exit_code.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/heard.h"

enum { EXACT_MOST = 1 << 30, ROOM = 1 << 24 };

struct values {
    struct option_memory memory;
    bool flag, unflag;
    const char *text;
    char **urls;
    int url_count;
    int number, choice;
    int64_t count, bytes, seconds;
};

static const char *const choices[] = {"page", "host", NULL};

#define ROW(name, kind, member, choices)                                                   \
    {                                                                                      \
        name, NULL, kind, "X", offsetof(struct values, member), "Says something.", choices \
    }

static const struct option_row rows[] = {
    ROW("flag", OPTION_FLAG, flag, NULL),         ROW("unflag", OPTION_UNFLAG, unflag, NULL),
    ROW("text", OPTION_TEXT, text, NULL),         ROW("url", OPTION_LIST, urls, NULL),
    ROW("number", OPTION_NUMBER, number, NULL),   ROW("count", OPTION_COUNT, count, NULL),
    ROW("bytes", OPTION_BYTES, bytes, NULL),      ROW("seconds", OPTION_SECONDS, seconds, NULL),
    ROW("scope", OPTION_CHOICE, choice, choices), ROW("config", OPTION_CONFIG, number, NULL),
};
static const struct command command = {.name = "test",
                                       .arguments = "",
                                       .summary = "",
                                       .details = "",
                                       .rows = rows,
                                       .row_count = sizeof rows / sizeof *rows};

/* Reads the lines; whether all were taken. */
static bool read_lines(const struct command *of, const struct config_file *file, void *values)
{
    heard_begin();
    int code = config_read_lines(of, file, values);
    bool heard = heard_end();
    FUZZ_CHECK(code == EXIT_DONE || code == EXIT_USAGE);
    FUZZ_CHECK(heard == (code != EXIT_DONE));
    return code == EXIT_DONE;
}

/* ---- there and back ---- */

/* Quotes in a value may mean something else where it is written. */
static bool write_word(struct buf *out, const char *name, const char *word)
{
    buf_printf(out, "%s = \"%s\"\n", name, word);
    return !strchr(word, '"') && !strchr(word, '\n');
}

static bool write_values(const struct values *values, struct buf *out)
{
    bool exact = values->bytes < EXACT_MOST && values->seconds < EXACT_MOST;
    buf_printf(out, "flag = %s\nunflag = %s\n", values->flag ? "yes" : "no",
               values->unflag ? "no" : "yes");
    if (values->text)
        exact = write_word(out, "text", values->text) && exact;
    for (int i = 0; i < values->url_count; i++)
        exact = write_word(out, "url", values->urls[i]) && exact;
    buf_printf(out, "number=%d\ncount=%lld\nbytes=%lld\nseconds=%lld.%03lld\nscope=%s\n",
               values->number, (long long)values->count, (long long)values->bytes,
               (long long)values->seconds / 1000, (long long)values->seconds % 1000,
               choices[values->choice]);
    return exact;
}

static bool is_same_word(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static void check_same(const struct values *a, const struct values *b)
{
    FUZZ_CHECK(a->flag == b->flag && a->unflag == b->unflag && is_same_word(a->text, b->text));
    FUZZ_CHECK(a->number == b->number && a->choice == b->choice && a->count == b->count);
    FUZZ_CHECK(a->bytes == b->bytes && a->seconds == b->seconds && a->url_count == b->url_count);
    for (int i = 0; i < a->url_count; i++)
        FUZZ_CHECK(strcmp(a->urls[i], b->urls[i]) == 0);
}

static void check_lines(const struct config_file *file)
{
    struct values values = {.unflag = true}, again = {.unflag = true};
    struct buf written;
    buf_init(&written, ROOM);
    bool taken = read_lines(&command, file, &values);
    FUZZ_CHECK(values.number >= 0 && values.count >= 0 && values.bytes >= 0 && values.seconds >= 0);
    FUZZ_CHECK(values.choice == 0 || values.choice == 1);
    if (taken && write_values(&values, &written)) {
        const struct config_file other = {"b.conf", buf_text(&written), false};
        FUZZ_CHECK(buf_ok(&written) && read_lines(&command, &other, &again));
        check_same(&values, &again);
    }
    options_release(&command, &values);
    options_release(&command, &again);
    buf_release(&written);
}

/* ---- sites ---- */

static void check_sites(const struct config_file *file)
{
    struct config_sites sites = {.items = NULL};
    heard_begin();
    int code = config_find_in(&command, file, &sites);
    bool heard = heard_end();
    FUZZ_CHECK(code == EXIT_DONE || (code == EXIT_USAGE && heard));
    FUZZ_CHECK((size_t)sites.count <= file->bytes.length + 1);
    for (int i = 0; i < sites.count; i++) {
        const struct config_site *site = &sites.items[i];
        FUZZ_CHECK(site->left_out ? heard : site->name[0] && site->name[0] != '.');
        FUZZ_CHECK(site->left_out || (!strchr(site->name, '/') && strlen(site->name) <= 200));
        struct values values = {.memory = {.site = site}};
        if (i < 3 && !site->left_out)
            read_lines(&command, file, &values);
        options_release(&command, &values);
    }
    config_sites_release(&sites);
}

static void check_crawl(const struct config_file *file)
{
    struct crawl_settings settings = crawl_settings_defaults();
    read_lines(&command_crawl, file, &settings);
    crawl_settings_release(&settings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    char which = size ? bytes.at[0] : ' ';
    const struct config_file file = {"/etc/a.conf", text_skip(bytes, which == '!'), which == '#'};
    if (which == '!')
        check_crawl(&file);
    else {
        check_lines(&file);
        check_sites(&file);
    }
    return 0;
}
