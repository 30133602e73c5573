/* Copies a command line, overwrites its secrets, and finds URLs in the place of files. */
#include <config.h>

#include "cmd/command_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
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

bool command_words_have_url(const char *command, char **words, int count)
{
    for (int i = 0; i < count; i++) {
        struct text word = text_of(words[i]);
        bool url =
            text_starts_nocase(word, TEXT("http://")) || text_starts_nocase(word, TEXT("https://"));
        if (!url || disk_exists(words[i]))
            continue;
        fprintf(stderr,
                "warccap %s: %s is a URL, and this command reads files. To capture it: warccap "
                "crawl %s\n",
                command, words[i], words[i]);
        return true;
    }
    return false;
}

void command_words_free(char **words)
{
    for (char **word = words; word && *word; word++)
        free(*word);
    free(words);
}
