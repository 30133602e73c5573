/* Configuration files: reads lines, finds sites, and hands the values to the options. */
#include <config.h>

#include "cmd/config.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/text.h"
#include "cmd/option_advice.h"
#include "cmd/text_file.h"
#include "report/exit_code.h"

enum { CONFIG_BYTES = 16 << 20, VALUE_SIZE = 4096, NAME_MOST = 200 };

/* ---- lines ---- */

struct line {
    struct text stanza; /* "[name]": the name; then `name` is empty */
    struct text name, value;
    struct text words; /* all of it, without a comment */
};

struct reader {
    struct text rest;
    int number;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct text without_comment(struct text words)
{
    bool quoted = false;
    for (size_t i = 0; i < words.length; i++)
        if (words.at[i] == '"')
            quoted = !quoted;
        else if (words.at[i] == '#' && !quoted && (!i || is_blank(words.at[i - 1])))
            return text_trim(text_first(words, i));
    return words;
}

static struct text without_quotes(struct text value)
{
    bool quoted = value.length >= 2 && value.at[0] == '"' && value.at[value.length - 1] == '"';
    return quoted ? text_first(text_skip(value, 1), value.length - 2) : value;
}

/* "a b without its end. */
static bool is_unclosed(struct text value)
{
    return text_starts(value, TEXT("\"")) && text_find_char(text_skip(value, 1), '"') < 0;
}

/* The next line that is not blank or a comment. */
static bool next_line(struct reader *reader, struct line *line)
{
    struct text words;
    while (text_split(&reader->rest, '\n', &words)) {
        if (!reader->number++ && text_starts(words, TEXT("\xef\xbb\xbf"))) /* a byte order mark */
            words = text_skip(words, 3);
        words = without_comment(text_trim(words));
        if (!words.length || words.at[0] == ';')
            continue;
        *line = (struct line){.name = words, .value = TEXT("yes"), .words = words};
        ptrdiff_t equals = text_find_char(words, '=');
        if (words.at[0] == '[' && words.at[words.length - 1] == ']') {
            line->stanza = text_trim(text_first(text_skip(words, 1), words.length - 2));
            line->name = TEXT("");
        } else if (equals >= 0) {
            line->name = text_trim(text_first(words, (size_t)equals));
            line->value = without_quotes(text_trim(text_skip(words, (size_t)equals + 1)));
        }
        return true;
    }
    return false;
}

static bool names_addresses(const struct line *line)
{
    return text_equal(line->name, TEXT("url")) || text_equal(line->name, TEXT("input-file"));
}

static int cannot_read(const struct command *command, const char *words)
{
    fprintf(stderr, "warccap %s: --config: %s\n", command->name, words);
    return EXIT_USAGE;
}

/* ---- files ---- */

/* Calls `visit` for every file that a word names.  Files found in a directory or by a pattern are
 * members: each describes at least one site. */
static int each_file(const struct command *command, const char *word,
                     int (*visit)(void *context, const char *path, bool member), void *context)
{
    char pattern[4096], words[4200];
    bool directory = disk_is_directory(word);
    glob_t found;
    if (strcmp(word, "-") == 0 || (!directory && (disk_exists(word) || !strpbrk(word, "*?["))))
        return visit(context, word, false);
    snprintf(pattern, sizeof pattern, "%s%s", word, directory ? "/*.conf" : "");
    if (glob(pattern, 0, NULL, &found) != 0) {
        snprintf(words, sizeof words, "there is no file %s", pattern);
        return cannot_read(command, words);
    }
    int result = EXIT_DONE;
    for (size_t i = 0; result == EXIT_DONE && i < found.gl_pathc; i++)
        result = visit(context, found.gl_pathv[i], true);
    globfree(&found);
    return result;
}

static int read_file(const struct command *command, const char *path, struct buf *bytes)
{
    struct trouble trouble;
    buf_init(bytes, CONFIG_BYTES);
    if (!path[0])
        return cannot_read(command, "give the name of a file, not an empty one");
    if (disk_read(path, bytes, &trouble) != RESULT_OK)
        return cannot_read(command, trouble.words);
    struct text text = buf_text(bytes);
    const char *error = text_file_error(&text);
    if (error)
        fprintf(stderr, "warccap %s: --config: %s %s\n", command->name, path, error);
    return error ? EXIT_USAGE : EXIT_DONE;
}

/* ---- finding sites ---- */

struct search {
    const struct command *command;
    struct config_sites *sites;
};

static bool add_site(struct config_sites *sites, struct text name, const char *file, bool stanza,
                     bool left_out)
{
    struct config_site *longer = realloc(sites->items, ((size_t)sites->count + 1) * sizeof *longer);
    if (!longer)
        return false;
    sites->items = longer;
    struct config_site *site = &longer[sites->count++];
    *site = (struct config_site){text_copy(name), text_copy(text_of(file)),
                                 stanza ? text_copy(name) : NULL, NULL, left_out};
    return site->name && site->file && (!stanza || site->stanza);
}

/* Of the site that was added last. */
static bool set_output(struct config_sites *sites, struct text output)
{
    struct config_site *site = &sites->items[sites->count - 1];
    free(site->output);
    site->output = text_copy(output);
    return site->output;
}

/* "/etc/warccap/a-blog.conf": "a-blog". */
static struct text name_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct text name = text_of(slash ? slash + 1 : path);
    return text_ends(name, TEXT(".conf")) ? text_first(name, name.length - 5) : name;
}

/* A site's name is also the name of a directory. */
static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7f || name.at[i] == '/')
            return false;
    return name.length && name.length <= NAME_MOST && name.at[0] != '.';
}

static int complain_output(const struct command *command, const char *path, int number)
{
    fprintf(stderr, "warccap %s: %s:%d: output takes the name of a directory, not an empty one\n",
            command->name, path, number);
    return EXIT_USAGE;
}

/* Whether a stanza's name can be a site of its own; prints a message if not. */
static bool can_be_site(const struct command *command, const struct config_sites *sites,
                        const char *path, int number, struct text name)
{
    if (!name.length) {
        fprintf(stderr,
                "warccap %s: %s:%d: nothing is between the brackets. Write the name of the site "
                "there, such as [a-blog]\n",
                command->name, path, number);
        return false;
    }
    if (!is_name(name)) {
        fprintf(stderr,
                "warccap %s: %s:%d: a site's name is also its directory, so it must not contain "
                "\"/\" or a control character, begin with \".\", or be longer than 200 bytes: "
                "%.*s\n",
                command->name, path, number, TEXT_ARGS(name));
        return false;
    }
    for (int i = 0; i < sites->count; i++)
        if (sites->items[i].stanza && strcmp(sites->items[i].file, path) == 0 &&
            text_equal(name, text_of(sites->items[i].stanza))) {
            fprintf(stderr,
                    "warccap %s: %s:%d: the site %.*s already exists. Put all its lines below "
                    "one [%.*s]\n",
                    command->name, path, number, TEXT_ARGS(name), TEXT_ARGS(name));
            return false;
        }
    return true;
}

int config_find_in(const struct command *command, const struct config_file *file,
                   struct config_sites *sites)
{
    const char *path = file->path;
    struct line line;
    struct text output = TEXT("");
    bool addressed = false, seeded = false, stanzas = false;
    int known = sites->count, result = EXIT_DONE;
    struct reader reader = {file->bytes, 0};
    while (result == EXIT_DONE && next_line(&reader, &line)) {
        if (line.stanza.at) {
            bool named = can_be_site(command, sites, path, reader.number, line.stanza);
            if (!add_site(sites, line.stanza, path, true, !named))
                result = EXIT_ERROR;
            stanzas = true;
        } else if (text_equal(line.name, TEXT("output"))) {
            output = line.value;
            if (!output.length)
                result = complain_output(command, path, reader.number);
            if (stanzas && !set_output(sites, output))
                result = EXIT_ERROR;
        }
        addressed = addressed || text_equal(line.name, TEXT("url"));
        seeded = seeded || (!stanzas && names_addresses(&line));
    }
    if (result == EXIT_DONE && stanzas && seeded) {
        fprintf(stderr,
                "warccap %s: %s: a URL line comes before the first [name]; move it below one\n",
                command->name, path);
        for (int i = known; i < sites->count; i++)
            sites->items[i].left_out = true;
    }
    if (result == EXIT_DONE && !stanzas && (file->member || addressed)) {
        if (!add_site(sites, name_of_file(path), path, false, false))
            result = EXIT_ERROR;
        else if (output.length && !set_output(sites, output))
            result = EXIT_ERROR;
    }
    return result;
}

static int find_in_file(void *context, const char *path, bool member)
{
    struct search *search = context;
    struct buf bytes;
    int result = read_file(search->command, path, &bytes);
    const struct config_file file = {path, buf_text(&bytes), member};
    if (result == EXIT_DONE)
        result = config_find_in(search->command, &file, search->sites);
    else if (member)
        result =
            add_site(search->sites, name_of_file(path), path, false, true) ? EXIT_DONE : EXIT_ERROR;
    buf_release(&bytes);
    return result;
}

int config_find_sites(const struct command *command, char **words, int count,
                      struct config_sites *out)
{
    struct search search = {command, out};
    int result = EXIT_DONE;
    *out = (struct config_sites){.items = NULL};
    for (int i = 0; result == EXIT_DONE && i < count; i++)
        result = each_file(command, words[i], find_in_file, &search);
    if (result == EXIT_ERROR)
        fprintf(stderr, "warccap %s: --config: no memory\n", command->name);
    return result;
}

void config_sites_release(struct config_sites *sites)
{
    for (int i = 0; i < sites->count; i++) {
        free(sites->items[i].name);
        free(sites->items[i].file);
        free(sites->items[i].stanza);
        free(sites->items[i].output);
    }
    free(sites->items);
}

/* ---- reading ---- */

struct config_target {
    const struct command *command;
    void *values;
};

/* Whether a file describes sites: then its lines are for them only. */
static bool is_about_sites(struct text bytes)
{
    struct reader reader = {bytes, 0};
    struct line line;
    while (next_line(&reader, &line))
        if (line.stanza.at || text_equal(line.name, TEXT("url")))
            return true;
    return false;
}

/* Whether to read lines outside stanzas, or in this stanza. */
static bool is_wanted(const struct option_memory *memory, const char *path, bool of_sites,
                      struct text stanza)
{
    const struct config_site *site = memory->site;
    if (!site || !of_sites)
        return true;
    if (strcmp(site->file, path) != 0)
        return false;
    bool own = !site->stanza || stanza.at;
    return own ? !memory->shared_only &&
                     (!site->stanza || text_equal(stanza, text_of(site->stanza)))
               : true;
}

/* What to write instead of a line that options_set() does not know. */
static void advise_line(const struct command *command, const struct line *line,
                        char out[ADVICE_SIZE])
{
    struct text name = line->name, word = name;
    size_t end = 0;
    while (end < name.length && !is_blank(name.at[end]) && name.at[end] != ':')
        end++;
    word = text_first(name, end);
    name = text_trim(text_skip(name, end + (end < name.length)));
    if (text_starts(line->name, TEXT("-")))
        snprintf(out, ADVICE_SIZE, " Leave the dashes out.");
    else if (text_starts(line->name, TEXT("[")))
        snprintf(out, ADVICE_SIZE, " A \"]\" is missing.");
    else if (text_equal(line->name, TEXT("config")))
        snprintf(out, ADVICE_SIZE, " A configuration file names no others; give --config again.");
    else if (options_are_named(command, line->name))
        snprintf(out, ADVICE_SIZE, " This option takes yes or no.");
    else if (word.length < line->name.length && options_are_named(command, word))
        snprintf(out, ADVICE_SIZE, " Write: %.*s = %.*s", TEXT_ARGS(word), TEXT_ARGS(name));
    else {
        option_advice(command, line->name, out);
        /* in a file, options have no dashes */
        char *dashes = strstr(out, "Did you mean --");
        if (dashes)
            memmove(dashes + 13, dashes + 15, strlen(dashes + 15) + 1);
    }
}

/* `set` is the result of options_set(): OPTION_UNKNOWN, or an exit code after its own message. */
static int complain_line(const struct command *command, const char *path, int number,
                         const struct line *line, int set)
{
    char advice[ADVICE_SIZE];
    advise_line(command, line, advice);
    if (line->value.length >= VALUE_SIZE)
        fprintf(stderr, "warccap %s: %s:%d: the value is longer than %d bytes. Shorten it\n",
                command->name, path, number, VALUE_SIZE - 1);
    else if (is_unclosed(line->value))
        fprintf(
            stderr,
            "warccap %s: %s:%d: a quotation mark is not closed: %.*s. Close it, or leave it out\n",
            command->name, path, number, TEXT_ARGS(line->value));
    else if (set > 0)
        fprintf(stderr, "This is line %d of %s.\n", number, path);
    else
        fprintf(stderr, "warccap %s: %s:%d: this line is not \"OPTION = VALUE\": \"%.*s\".%s\n",
                command->name, path, number, TEXT_ARGS(line->words), advice);
    return EXIT_USAGE;
}

int config_read_lines(const struct command *command, const struct config_file *file, void *values)
{
    const struct option_memory *memory = values;
    struct line line;
    struct text stanza = {NULL, 0};
    int result = EXIT_DONE;
    bool of_sites = memory->site && (file->member || is_about_sites(file->bytes));
    struct reader reader = {file->bytes, 0};
    while (result == EXIT_DONE && next_line(&reader, &line)) {
        char value[VALUE_SIZE];
        if (line.stanza.at && memory->site) {
            stanza = line.stanza;
            continue;
        }
        if (!is_wanted(memory, file->path, of_sites, stanza))
            continue;
        snprintf(value, sizeof value, "%.*s", TEXT_ARGS(line.value));
        /* a value that is not this text as a whole, with a NUL or without its end, is none */
        int set = line.stanza.at || is_unclosed(line.value) || strlen(value) != line.value.length
                      ? -1
                      : options_set(command, line.name, value, values);
        if (set)
            result = complain_line(command, file->path, reader.number, &line, set);
    }
    return result;
}

static int read_lines(void *context, const char *path, bool member)
{
    struct config_target *reading = context;
    const struct option_memory *memory = reading->values;
    if (member && memory->site && strcmp(memory->site->file, path) != 0)
        return EXIT_DONE; /* another site's */
    struct buf bytes;
    int result = read_file(reading->command, path, &bytes);
    const struct config_file file = {path, buf_text(&bytes), member};
    if (result == EXIT_DONE)
        result = config_read_lines(reading->command, &file, reading->values);
    buf_release(&bytes);
    return result;
}

int config_read(const struct command *command, const char *word, void *values)
{
    struct config_target reading = {command, values};
    return each_file(command, word, read_lines, &reading);
}
