/* `warccap index`: writes the CDXJ index of a collection, or prints that of WARC files. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "cmd/command_words.h"
#include "cmd/ending_signals.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "cmd/temporary.h"
#include "collection/collection.h"
#include "collection/index_cdxj.h"
#include "collection/wacz.h"
#include "report/exit_code.h"

struct index_words {
    struct option_memory memory;
    bool quiet, sandbox;
    char temporary[PATH_MAX]; /* directory to unpack and to sort in; empty: none is needed */
};

static const struct option_row rows[] = {
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct index_words, quiet),
     "print nothing unless something is wrong", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct index_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

static enum exit_code exit_code_of(enum result result)
{
    return result == RESULT_OK ? EXIT_DONE : result == RESULT_LOST ? EXIT_ERRORS : EXIT_FILES;
}

static void print_damage(void *context, const char *words)
{
    (void)context;
    fprintf(stderr, "warccap index: %s\n", words);
}

static int index_collection(const char *path, bool quiet)
{
    const struct index_observer observer = {.damaged = print_damage};
    struct trouble trouble = trouble_none();
    struct collection *collection = collection_new(path);
    if (!collection)
        return EXIT_ERROR;
    enum result result = cdxj_rebuild(collection->archive, collection->index, &observer, &trouble);
    if (result != RESULT_OK && result != RESULT_LOST) /* damage was reported file by file */
        fprintf(stderr, "warccap index: %s\n", trouble.words);
    if (result != RESULT_BROKEN && !quiet)
        printf("The index is written: %s\n", collection->index);
    collection_free(collection);
    return exit_code_of(result);
}

/* The WARC files of a WACZ file. */
struct unpacked {
    const char *archive;
    struct line_sort *lines;
    enum result result; /* the worst */
    struct trouble *trouble;
};

static void index_unpacked(void *context, const char *name)
{
    struct unpacked *unpacked = context;
    struct trouble trouble;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", unpacked->archive, name);
    enum result result = cdxj_index_file(path, unpacked->lines, &trouble);
    if (result != RESULT_OK && unpacked->result != RESULT_BROKEN) {
        unpacked->result = result;
        *unpacked->trouble = trouble;
    }
}

static enum result index_wacz(const char *path, const char *temporary, struct line_sort *lines,
                              struct trouble *trouble)
{
    char directory[PATH_MAX + 8], archive[PATH_MAX + 16];
    snprintf(directory, sizeof directory, "%s/wacz", temporary);
    snprintf(archive, sizeof archive, "%s/archive", directory);
    enum result result = disk_make_directory(directory, trouble);
    if (result == RESULT_OK)
        result = wacz_unpack(path, directory, WACZ_BYTES_MOST(disk_file_size(path)), NULL, trouble);
    struct unpacked unpacked = {archive, lines, result, trouble};
    if (result != RESULT_BROKEN &&
        disk_list(archive, index_unpacked, &unpacked, trouble) != RESULT_OK)
        unpacked.result = RESULT_BROKEN;
    wacz_remove(directory);
    return unpacked.result;
}

/* Records are read a second time, which is impossible with standard input; so a copy is indexed. */
static enum result index_input(const char *temporary, struct line_sort *lines,
                               struct trouble *trouble)
{
    char path[PATH_MAX], bytes[1 << 16];
    ssize_t got = 0;
    snprintf(path, sizeof path, "%s/-", temporary);
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    enum result result =
        fd < 0 ? trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", path) : RESULT_OK;
    while (result == RESULT_OK && (got = read(STDIN_FILENO, bytes, sizeof bytes)) != 0)
        if (got > 0)
            result = disk_write(fd, bytes, (size_t)got, path, trouble);
        else if (errno != EINTR)
            result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read standard input");
    if (fd >= 0)
        close(fd);
    if (result == RESULT_OK)
        result = cdxj_index_file(path, lines, trouble);
    unlink(path);
    return result;
}

static enum result print_sorted(struct line_sort *lines, struct trouble *trouble)
{
    struct text line;
    enum result result;
    while ((result = line_sort_next(lines, &line, trouble)) == RESULT_OK) {
        fwrite(line.at, 1, line.length, stdout);
        putchar('\n');
    }
    return result == RESULT_END ? RESULT_OK : result;
}

static int index_file(const char *path, const char *temporary)
{
    struct trouble trouble = trouble_none();
    if (!*temporary) {
        fprintf(stderr, "warccap index: there is no place to sort the lines of %s: set TMPDIR\n",
                path);
        return EXIT_FILES;
    }
    struct line_sort *lines = line_sort_new(temporary, CDXJ_SORT_BYTES);
    enum result result = !lines ? trouble_say(&trouble, RESULT_BROKEN, "no memory to sort lines")
                         : strcmp(path, "-") == 0 ? index_input(temporary, lines, &trouble)
                         : wacz_is_at(path)       ? index_wacz(path, temporary, lines, &trouble)
                                                  : cdxj_index_file(path, lines, &trouble);
    struct trouble sorting = trouble_none();
    if (result != RESULT_BROKEN && print_sorted(lines, &sorting) != RESULT_OK) {
        result = RESULT_BROKEN;
        trouble = sorting;
    }
    if (result != RESULT_OK && disk_is_directory(path))
        fprintf(stderr,
                "warccap index: %s is not a collection. Give one, or the WARC files themselves: "
                "%s/*.warc.gz\n",
                path, path);
    else if (result != RESULT_OK)
        fprintf(stderr, "warccap index: %s. To see all that is wrong: warccap verify %s\n",
                trouble.words, path);
    line_sort_free(lines);
    return exit_code_of(result);
}

/* Makes the directories of the indexes, which the box then lets change. */
static int make_directories(struct box *box, char **paths, int count)
{
    struct trouble trouble;
    int code = EXIT_DONE;
    for (int i = 0; box && code == EXIT_DONE && i < count; i++) {
        struct collection *collection =
            collection_is_at(paths[i]) ? collection_new(paths[i]) : NULL;
        if (collection && disk_make_directory(collection->indexes, &trouble) != RESULT_OK) {
            fprintf(stderr, "warccap index: %s\n", trouble.words);
            code = EXIT_FILES;
        }
        if (collection)
            box_allow(box, collection->indexes, BOX_CHANGE);
        collection_free(collection);
    }
    return code;
}

static int enter_box(struct index_words *words, char **paths, int count)
{
    struct box *box = reading_box_new(paths, count);
    int code = make_directories(box, paths, count);
    bool prints = false;
    for (int i = 0; i < count; i++)
        prints = prints || !collection_is_at(paths[i]);
    if (prints && !temporary_make(box, "index", words->temporary, sizeof words->temporary))
        words->temporary[0] = '\0'; /* told when a file is indexed */
    if (code == EXIT_DONE)
        return reading_box_enter(box, "index", words->sandbox, words->quiet);
    box_free(box);
    return code;
}

static int run(int argc, char **argv)
{
    struct index_words words = {.sandbox = true};
    int count, worst = EXIT_DONE;
    int result = options_read(&command_index, argc, argv, &words, &count);
    if (result == EXIT_DONE && !count) {
        fprintf(stderr, "warccap index: give a collection, or WARC files\n");
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE && command_words_have_url("index", argv + 1, count))
        result = EXIT_USAGE;
    ending_signals_end();
    if (result == EXIT_DONE)
        result = enter_box(&words, argv + 1, count);
    for (int i = 0; result == EXIT_DONE && i < count; i++) {
        const char *path = argv[1 + i];
        int code = collection_is_at(path) ? index_collection(path, words.quiet)
                                          : index_file(path, words.temporary);
        worst = code > worst ? code : worst;
    }
    if (words.temporary[0])
        rmdir(words.temporary);
    options_release(&command_index, &words);
    return result ? options_exit_code(result) : worst;
}

const struct command command_index = {
    .name = "index",
    .arguments = "[options] PATH...",
    .summary = "write or rebuild the CDXJ index",
    .details = "Rewrites indexes/index.cdxj of a collection from its WARC files. For a WARC or "
               "WACZ file, or - for standard input, prints the sorted lines.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
