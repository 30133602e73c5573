/* Reads options, and writes --help and the man page, from the tables of the commands. */
#include <config.h>

#include "cmd/options.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/plain_text.h"
#include "base/spelling.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cmd/config.h"
#include "cmd/option_advice.h"
#include "report/exit_code.h"
#include "web/url_rules.h"

enum { HELP_COLUMN = 32, HELP_WIDTH = 100, HELP_BYTES = 4096 };

static int complain(const struct command *command, const char *what, const char *word)
{
    fprintf(stderr, "warccap %s: %s: %s\nSee: warccap %s --help\n", command->name, what, word,
            command->name);
    return EXIT_USAGE;
}

static int complain_unknown(const struct command *command, struct text name, const char *word)
{
    char advice[ADVICE_SIZE];
    option_advice(command, name, advice);
    fprintf(stderr, "warccap %s: there is no option %s.%s\nSee: warccap %s --help\n", command->name,
            word, advice, command->name);
    return EXIT_USAGE;
}

/* The value is not of the kind that the option takes. */
static int complain_value(const struct command *command, const struct option_row *row,
                          const char *word)
{
    static const char *const wanted[] = {
        [OPTION_NUMBER] = "a whole number, such as 3",
        [OPTION_COUNT] = "a whole number, such as 1000",
        [OPTION_BYTES] = "a number of bytes, such as 500k, 20M or 1G",
        [OPTION_SECONDS] = "a time, such as 0.5 (seconds), 5m, 2h or 1d",
    };
    fprintf(stderr, "warccap %s: --%s takes ", command->name, row->name);
    if (row->kind == OPTION_CHOICE) {
        size_t count = 0;
        for (; row->choices[count]; count++)
            fprintf(stderr, "%s%s", count ? row->choices[count + 1] ? ", " : " or " : "",
                    row->choices[count]);
        const char *close = spelling_closest(text_of(word), row->choices, count);
        fprintf(stderr, ", not \"%s\".%s%s%s", word, close ? " Did you mean " : "",
                close ? close : "", close ? "?" : "");
    } else
        fprintf(stderr, "%s, not \"%s\".", wanted[row->kind], word);
    fprintf(stderr, "\nSee: warccap %s --help\n", command->name);
    return EXIT_USAGE;
}

/* ---- values ---- */

/* A decimal number, perhaps followed by one of the letters in `units`, which stand for factors.
 * The result is in `fraction`s of the unit, rounded. */
static bool read_scaled(const char *word, const char *units, const double *factors, int fraction,
                        int64_t *out)
{
    char *end;
    double number = strtod(word, &end);
    if (end == word || !(number >= 0) || number > 9e15)
        return false;
    if (*end) {
        const char *unit = strchr(units, *end);
        if (!unit || end[1])
            return false;
        number *= factors[unit - units];
    }
    number = number * fraction + 0.5;
    if (!(number < 9e18))
        return false;
    *out = (int64_t)number;
    return true;
}

static bool read_choice(const struct option_row *row, const char *word, int *out)
{
    for (int i = 0; row->choices[i]; i++)
        if (strcmp(row->choices[i], word) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static bool append(char ***items, int *count, char *word)
{
    char **longer = word ? realloc(*items, ((size_t)*count + 1) * sizeof *longer) : NULL;
    if (!longer)
        return false;
    *items = longer;
    longer[(*count)++] = word;
    return true;
}

/* A copy that lives until options_release(); NULL without memory. */
static char *keep(void *values, const char *word)
{
    struct option_memory *memory = values;
    char *copy = text_copy(text_of(word));
    if (append(&memory->words, &memory->count, copy))
        return copy;
    free(copy);
    return NULL;
}

void options_release(const struct command *command, void *values)
{
    struct option_memory *memory = values;
    for (size_t i = 0; i < command->row_count; i++)
        if (command->rows[i].kind == OPTION_LIST)
            free(*(char ***)(void *)((char *)values + command->rows[i].offset));
    for (int i = 0; i < memory->count; i++)
        free(memory->words[i]);
    free(memory->words);
    free(memory->configs);
}

static int note_config(const struct command *command, const char *word, void *values)
{
    struct option_memory *memory = values;
    char *copy = keep(values, word);
    if (!append(&memory->configs, &memory->config_count, copy))
        return complain(command, "no memory for", word);
    return memory->names_only ? EXIT_DONE : config_read(command, word, values);
}

/* An empty value is mostly a variable of a script that was not set.  EXIT_DONE, or the exit code
 * after a message. */
static int check_given(const struct command *command, const struct option_row *row,
                       const char *word)
{
    static const struct {
        const char *argument, *wanted;
    } never_empty[] = {{"FILE", "the name of a file"},
                       {"COMMAND", "a command"},
                       {"RUN", "the name of a run, as in runs/"}};
    for (size_t i = 0; word && !word[0] && i < sizeof never_empty / sizeof *never_empty; i++)
        if (strcmp(row->argument, never_empty[i].argument) == 0) {
            fprintf(stderr, "warccap %s: --%s takes %s, not an empty text\n", command->name,
                    row->name, never_empty[i].wanted);
            return EXIT_USAGE;
        }
    return EXIT_DONE;
}

/* Whether a value is text: what goes into records, JSON and patterns.  Paths, commands and header
 * fields may hold any bytes. */
static bool is_text(const struct option_row *row)
{
    static const char *const of_bytes[] = {"DIR", "FILE", "KEYFILE", "COPY", "COMMAND", "LINE"};
    for (size_t i = 0; i < sizeof of_bytes / sizeof *of_bytes; i++)
        if (strcmp(row->argument, of_bytes[i]) == 0)
            return false;
    return true;
}

/* EXIT_DONE, or the exit code after a message. */
static int check_text(const struct command *command, const struct option_row *row, const char *word)
{
    char shown[200];
    if (!is_text(row) || utf8_is_valid(text_of(word)))
        return check_given(command, row, word);
    snprintf(shown, sizeof shown, "%.40s", word);
    plain_text_settle(shown, sizeof shown);
    fprintf(stderr,
            "warccap %s: --%s takes text in UTF-8, not \"%s\". Set the terminal to UTF-8, or save "
            "the file as UTF-8; in a URL, write other characters as %%XX\n",
            command->name, row->name, shown);
    return EXIT_USAGE;
}

/* Adds the rule of that name to the rules that are switched off.  EXIT_DONE, or the exit code after
 * a message. */
static int set_rule(const struct command *command, const struct option_row *row, const char *word,
                    struct url_rule_set *rules)
{
    enum url_rule rule = url_rule_by_name(text_of(word)),
                  like = rule ? rule : url_rule_like(text_of(word));
    if (rule && url_rule_can_be_off(rule)) {
        rules->has[rule] = true;
        return EXIT_DONE;
    }
    fprintf(stderr, "warccap %s: --%s: ", command->name, row->name);
    if (rule)
        fprintf(stderr, "the rule %s cannot be switched off. %s\n", word,
                url_rule_row(rule)->words);
    else if (like)
        fprintf(stderr, "there is no rule \"%s\"; did you mean %s?\n", word, url_rule_name(like));
    else
        fprintf(stderr, "there is no rule \"%s\"\n", word);
    fprintf(stderr, "See: man warccap-rules\n");
    return EXIT_USAGE;
}

/* EXIT_DONE, or the exit code after a message. */
static int set(const struct command *command, const struct option_row *row, const char *word,
               void *values)
{
    static const double byte_factors[] = {1e3, 1e3, 1e6, 1e9, 1e12};
    static const double second_factors[] = {1, 60, 3600, 86400};
    void *place = (char *)values + row->offset;
    uint64_t whole;
    switch (row->kind) {
    case OPTION_FLAG:
    case OPTION_UNFLAG:
        *(bool *)place = row->kind == OPTION_FLAG;
        return EXIT_DONE;
    case OPTION_TEXT:
        if (check_text(command, row, word) != EXIT_DONE)
            return EXIT_USAGE;
        *(const char **)place = keep(values, word);
        return *(const char **)place ? EXIT_DONE : complain(command, "no memory for", word);
    case OPTION_LIST:
        if (check_text(command, row, word) != EXIT_DONE)
            return EXIT_USAGE;
        return append(place, (int *)(void *)((char *)place + sizeof(char **)), keep(values, word))
                   ? 0
                   : complain(command, "no memory for", word);
    case OPTION_NUMBER:
        if (!text_to_number(text_of(word), &whole) || whole > INT32_MAX)
            return complain_value(command, row, word);
        *(int *)place = (int)whole;
        return EXIT_DONE;
    case OPTION_COUNT:
        if (!text_to_number(text_of(word), &whole) || whole > INT64_MAX)
            return complain_value(command, row, word);
        *(int64_t *)place = (int64_t)whole;
        return EXIT_DONE;
    case OPTION_BYTES:
        return read_scaled(word, "kKMGT", byte_factors, 1, place)
                   ? EXIT_DONE
                   : complain_value(command, row, word);
    case OPTION_SECONDS:
        return read_scaled(word, "smhd", second_factors, 1000, place)
                   ? EXIT_DONE
                   : complain_value(command, row, word);
    case OPTION_CHOICE:
        return read_choice(row, word, place) ? EXIT_DONE : complain_value(command, row, word);
    case OPTION_RULE:
        return set_rule(command, row, word, place);
    case OPTION_CONFIG:
        return note_config(command, word, values);
    }
    return EXIT_USAGE;
}

static bool takes_argument(const struct option_row *row)
{
    return row->kind != OPTION_FLAG && row->kind != OPTION_UNFLAG;
}

static const struct option_row *row_named(const struct command *command, struct text name)
{
    for (size_t i = 0; i < command->row_count; i++)
        if (text_equal(text_of(command->rows[i].name), name))
            return &command->rows[i];
    return NULL;
}

/* The row with the longest letters that `word` begins with. */
static const struct option_row *row_lettered(const struct command *command, const char *word)
{
    const struct option_row *best = NULL;
    for (size_t i = 0; i < command->row_count; i++) {
        const struct option_row *row = &command->rows[i];
        if (row->letters && text_starts(text_of(word), text_of(row->letters)) &&
            (!best || strlen(row->letters) > strlen(best->letters)))
            best = row;
    }
    return best;
}

bool options_are_named(const struct command *command, struct text name)
{
    return row_named(command, name) != NULL;
}

int options_set(const struct command *command, struct text name, const char *value, void *values)
{
    const struct option_row *row = row_named(command, name);
    if (!row || row->kind == OPTION_CONFIG)
        return OPTION_UNKNOWN;
    if (takes_argument(row))
        return set(command, row, value, values);
    if (strcmp(value, "no") == 0)
        return EXIT_DONE;
    return strcmp(value, "yes") == 0 ? set(command, row, NULL, values) : OPTION_UNKNOWN;
}

/* ---- the command line ---- */

/* The value of the option at argv[*at]; NULL after a message. */
static const char *next_word(const struct command *command, const struct option_row *row, int argc,
                             char **argv, int *at)
{
    const char *option = argv[*at];
    if (*at + 1 >= argc) {
        complain(command, "this option needs a value", option);
        return NULL;
    }
    const char *value = argv[*at + 1];
    if (text_starts(text_of(value), TEXT("--")) &&
        row_named(command, text_skip(text_of(value), 2))) {
        fprintf(stderr,
                "warccap %s: %s needs a value, but the option %s follows. If that is the value, "
                "write --%s=%s\nSee: warccap %s --help\n",
                command->name, option, value, row->name, value, command->name);
        return NULL;
    }
    ++*at;
    return value;
}

/* Reads the option at argv[*at]; moves *at to its last word. */
static int read_long(const struct command *command, int argc, char **argv, int *at, void *values)
{
    const char *word = argv[*at] + 2;
    struct text name = text_of(word);
    const char *value = strchr(word, '=');
    if (value)
        name = (struct text){word, (size_t)(value++ - word)};
    const struct option_row *row = row_named(command, name);
    if (!row)
        return complain_unknown(command, name, argv[*at]);
    if (!takes_argument(row))
        return value ? complain(command, "this option takes no value", argv[*at])
                     : set(command, row, NULL, values);
    if (!value) {
        value = next_word(command, row, argc, argv, at);
    }
    return value ? set(command, row, value, values) : EXIT_USAGE;
}

static int read_letters(const struct command *command, int argc, char **argv, int *at, void *values)
{
    const char *word = argv[*at];
    for (const char *letter = word + 1; *letter;) {
        const struct option_row *row = row_lettered(command, letter);
        int result;
        if (!row)
            return complain_unknown(command, text_of(letter), word);
        letter += strlen(row->letters);
        if (!takes_argument(row)) {
            if ((result = set(command, row, NULL, values)) != EXIT_DONE)
                return result;
            continue;
        }
        if (*letter)
            return set(command, row, letter, values);
        const char *value = next_word(command, row, argc, argv, at);
        return value ? set(command, row, value, values) : EXIT_USAGE;
    }
    return EXIT_DONE;
}

int options_read(const struct command *command, int argc, char **argv, void *values,
                 int *word_count)
{
    bool only_words = false;
    *word_count = 0;
    for (int i = 1; i < argc; i++) {
        int result = EXIT_DONE;
        if (only_words || argv[i][0] != '-' || !argv[i][1])
            argv[1 + (*word_count)++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            only_words = true;
        else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            options_help(command, stdout);
            return OPTIONS_HELPED;
        } else if (argv[i][1] == '-')
            result = read_long(command, argc, argv, &i, values);
        else
            result = read_letters(command, argc, argv, &i, values);
        if (result != EXIT_DONE)
            return result;
    }
    return EXIT_DONE;
}

int options_exit_code(int result)
{
    return result == OPTIONS_HELPED ? EXIT_DONE : result;
}

/* ---- help ---- */

static void print_wrapped(FILE *out, const char *words, int column, int indent)
{
    struct text rest = text_of(words), word;
    while (text_split(&rest, ' ', &word)) {
        if (column + 1 + (int)word.length > HELP_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        }
        column += fprintf(out, " %.*s", TEXT_ARGS(word));
    }
}

/* " (obey|requisites|off)", as a word that is not broken. */
static void write_choices(struct buf *words, const struct option_row *row)
{
    for (int i = 0; row->choices && row->choices[i]; i++)
        buf_printf(words, "%s%s", i ? "|" : " (", row->choices[i]);
    buf_add(words, row->choices ? ")" : "");
}

void options_help(const struct command *command, FILE *out)
{
    struct buf help;
    buf_init(&help, HELP_BYTES);
    fprintf(out, "warccap %s %s\n\n%s\n\nOptions:\n", command->name, command->arguments,
            command->summary);
    for (size_t i = 0; i < command->row_count; i++) {
        const struct option_row *row = &command->rows[i];
        int column = row->letters ? fprintf(out, "  -%s, ", row->letters) : fprintf(out, "      ");
        column += fprintf(out, "--%s%s%s", row->name, row->argument ? " " : "",
                          row->argument ? row->argument : "");
        if (column >= HELP_COLUMN)
            column = fprintf(out, "\n") - 1;
        fprintf(out, "%*s", HELP_COLUMN - column, "");
        buf_clear(&help);
        buf_add(&help, row->help);
        write_choices(&help, row);
        print_wrapped(out, buf_ok(&help) ? help.data : row->help, HELP_COLUMN, HELP_COLUMN);
        fputc('\n', out);
    }
    fprintf(out, "  -h, --help%*s this list\n", HELP_COLUMN - 12, "");
    buf_release(&help);
}

void options_man_text(const char *words, FILE *out)
{
    for (; *words; words++) {
        if (*words == '-')
            fputs("\\-", out);
        else if (*words == '\\')
            fputs("\\e", out);
        else
            fputc(*words, out);
    }
}

void options_man(const struct command *command, FILE *out)
{
    struct buf help;
    buf_init(&help, HELP_BYTES);
    fprintf(out, ".SS \"warccap %s ", command->name);
    options_man_text(command->arguments, out);
    fprintf(out, "\"\n");
    options_man_text(command->details, out);
    fputc('\n', out);
    for (size_t i = 0; i < command->row_count; i++) {
        const struct option_row *row = &command->rows[i];
        fprintf(out, ".TP\n.B ");
        if (row->letters)
            fprintf(out, "\\-%s\\fR, \\fB", row->letters);
        fprintf(out, "\\-\\-");
        options_man_text(row->name, out);
        if (row->argument)
            fprintf(out, " \\fI%s", row->argument);
        fputc('\n', out);
        buf_clear(&help);
        write_choices(&help, row);
        options_man_text(row->help, out);
        options_man_text(buf_ok(&help) && help.length ? help.data : "", out);
        fputc('\n', out);
    }
    buf_release(&help);
}
