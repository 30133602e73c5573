/* Copies a command line, and overwrites its secrets. */
#include <config.h>

#include "cmd/command_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void overwrite(char *from, size_t length)
{
    memset(from, 'x', length);
}

/* "NAME:PASSWORD@" of a URL, with its scheme or without. */
static void overwrite_user(char *word)
{
    char *scheme = strstr(word, "://");
    char *from = scheme ? scheme + 3 : word;
    size_t length = strcspn(from, "/?# \t");
    char *at = NULL;
    for (size_t i = 0; i < length; i++)
        at = from[i] == '@' ? from + i : at;
    if (at && (scheme || memchr(from, ':', (size_t)(at - from))))
        overwrite(from, (size_t)(at - from));
}

/* Whether the word is one of these options; *value: what follows "=", NULL: the next word. */
static bool is_header_option(char *word, char **value)
{
    static const char *const names[] = {"--header-for", "--header"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(word, names[i], length) == 0 && (word[length] == '=' || !word[length])) {
            *value = word[length] ? word + length + 1 : NULL;
            return true;
        }
    }
    return false;
}

char **command_words_take(int argc, char **argv)
{
    char **words = calloc((size_t)argc + 1, sizeof *words), *value;
    for (int i = 0; words && i < argc; i++)
        if (!(words[i] = text_copy(text_of(argv[i])))) {
            command_words_free(words);
            return NULL;
        }
    for (int i = 0; words && i < argc; i++) {
        if (!is_header_option(argv[i], &value)) {
            overwrite_user(argv[i]);
            continue;
        }
        if (!value && i + 1 < argc)
            value = argv[++i];
        if (value)
            overwrite(value, strlen(value));
    }
    return words;
}

void command_words_free(char **words)
{
    for (char **word = words; word && *word; word++)
        free(*word);
    free(words);
}
