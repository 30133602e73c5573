/* `warccap repair`: makes a sound copy of what is damaged, and lists each change. */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/disk.h"
#include "base/json.h"
#include "base/wording.h"
#include "cmd/command_words.h"
#include "cmd/ending_signals.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "repair/repair.h"
#include "report/exit_code.h"

enum { SHOWN_MOST = 20, LINE_MOST = 1 << 16 };

struct repair_words {
    struct option_memory memory;
    const char *output;
    struct repair_options repair;
    bool json, quiet, verbose, sandbox;
    uint64_t shown[CHANGE_KINDS];
};

static const struct option_row rows[] = {
    {"output", "o", OPTION_TEXT, "COPY", offsetof(struct repair_words, output),
     "where the sound copy goes: a file for a file, a directory for a directory; it must not exist",
     NULL},
    {"brackets", NULL, OPTION_FLAG, NULL, offsetof(struct repair_words, repair.brackets),
     "remove the < and > that wget puts around WARC-Target-URI", NULL},
    {"json", NULL, OPTION_FLAG, NULL, offsetof(struct repair_words, json),
     "print one JSON object per line: each change, and a summary last", NULL},
    {"verbose", "v", OPTION_FLAG, NULL, offsetof(struct repair_words, verbose),
     "name all changes, not just the first 20 of a kind", NULL},
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct repair_words, quiet),
     "print only what is lost", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct repair_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

/* ---- what is told ---- */

static void take_change(void *context, const struct repair_change *change)
{
    struct repair_words *words = context;
    const struct change_row *row = change_row(change->kind);
    struct buf line;
    if (words->quiet && !row->loses)
        return;
    bool first = !words->shown[change->kind]++;
    if (!words->json && !words->verbose && words->shown[change->kind] > SHOWN_MOST)
        return;
    buf_init(&line, LINE_MOST);
    if (words->json) {
        change_write_json(change, &line);
        printf("%s\n", line.data ? line.data : "");
    } else {
        change_write_text(change, &line);
        if (first)
            printf("%s: %s\n", row->name, row->words);
        printf("  %s: %s\n", row->name, line.data ? line.data : "");
    }
    buf_release(&line);
}

static void print_json(const struct repair_summary *summary, const char *copy)
{
    struct buf line;
    buf_init(&line, LINE_MOST);
    buf_add(&line, "{\"copy\": ");
    json_write_string(&line, text_of(copy));
    buf_printf(&line,
               ", \"verified\": true, \"files\": %llu, \"records\": %llu, \"mended\": %llu, "
               "\"lost\": %llu, \"lost_bytes\": %lld",
               (unsigned long long)summary->files, (unsigned long long)summary->records,
               (unsigned long long)summary->mended, (unsigned long long)summary->lost,
               (long long)summary->bytes_lost);
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
        if (summary->changes[kind])
            buf_printf(&line, ", \"%s\": %llu", change_row(kind)->name,
                       (unsigned long long)summary->changes[kind]);
    printf("%s}\n", line.data);
    buf_release(&line);
}

static void print_summary(const struct repair_words *words, const struct repair_summary *summary,
                          const char *source)
{
    struct buf copy;
    if (words->json) {
        print_json(summary, words->output);
        return;
    }
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
        if (!words->verbose && words->shown[kind] > SHOWN_MOST)
            printf("%s: and %llu more, which -v names\n", change_row(kind)->name,
                   (unsigned long long)(words->shown[kind] - SHOWN_MOST));
    if (words->quiet && !summary->lost)
        return;
    buf_init(&copy, LINE_MOST);
    wording_add_path(&copy, words->output);
    printf("%s: %llu %s in %llu %s, verified without errors.\n", copy.data,
           (unsigned long long)summary->records,
           wording_plural(summary->records, "record", "records"),
           (unsigned long long)summary->files, wording_plural(summary->files, "file", "files"));
    buf_release(&copy);
    if (!summary->lost && !summary->mended)
        printf("Nothing to mend: the copy has the same bytes.\n");
    else if (!summary->lost)
        printf("Mended: %llu %s. Nothing is lost.\n", (unsigned long long)summary->mended,
               wording_plural(summary->mended, "change", "changes"));
    else
        printf("Not all could be saved: %llu %s lost (%lld stored bytes), %llu mended. Keep %s: it "
               "was not changed. Restore what is lost from another copy, or crawl again.\n",
               (unsigned long long)summary->lost,
               wording_plural(summary->lost, "place is", "places are"),
               (long long)summary->bytes_lost, (unsigned long long)summary->mended, source);
}

/* ---- source and copy ---- */

static int refuse(const char *words, const char *path)
{
    fprintf(stderr, "warccap repair: %s%s\n", path, words);
    return EXIT_USAGE;
}

/* The directory in which the copy is made, as the system names it.  False: it is not there. */
static bool find_parent(const char *copy, char out[PATH_MAX])
{
    char directory[PATH_MAX];
    const char *slash = strrchr(copy, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - copy) + (slash == copy) : 1,
             slash ? copy : ".");
    return realpath(directory, out) != NULL;
}

static bool is_within(const char *path, const char *directory)
{
    struct text text = text_of(path), outer = text_of(directory);
    return text_starts(text, outer) &&
           (text.length == outer.length || path[outer.length] == '/' || outer.length == 1);
}

static bool is_same(const char *one, const char *other)
{
    struct stat a, b;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/* EXIT_DONE, or the exit code after a message.  `parent` gets the directory of the copy. */
static int check_paths(const char *source, const char *copy, char parent[PATH_MAX])
{
    char whole[PATH_MAX];
    struct text name = text_of(copy);
    if (!disk_exists(source))
        return refuse(" is not there", source);
    if (is_same(source, copy))
        return refuse(" is the source itself, which repair never changes: give another -o", copy);
    if (disk_exists(copy))
        return refuse(" already exists, and repair replaces nothing: give another -o", copy);
    if (!find_parent(copy, parent))
        return refuse(": the directory that it is to be in is not there", copy);
    if (!realpath(source, whole))
        return refuse(" cannot be reached", source);
    if (disk_is_directory(source) && is_within(parent, whole))
        return refuse(" is inside the source, which repair never changes: give another -o", copy);
    if (!disk_is_directory(source) && !text_ends_nocase(name, TEXT(".warc.gz")) &&
        !text_ends_nocase(name, TEXT(".arc.gz")))
        return refuse(": the copy of a file is compressed, so its name must end in .warc.gz (or "
                      ".arc.gz for an ARC file)",
                      copy);
    return EXIT_DONE;
}

/* ---- the work ---- */

static bool is_told_to_end(void *context)
{
    (void)context;
    return ending_signals_came();
}

static int repair(struct repair_words *words, const char *source)
{
    const struct repair_observer observer = {.context = words, .changed = take_change};
    struct repair_summary summary = {.begun = false};
    struct trouble trouble = trouble_none();
    words->repair.give_up.asked = is_told_to_end;
    enum result result =
        repair_path(source, words->output, &words->repair, &observer, &summary, &trouble);
    if (result == RESULT_OK) {
        print_summary(words, &summary, source);
        return summary.lost ? EXIT_ERRORS : EXIT_DONE;
    }
    if (ending_signals_came()) {
        fprintf(stderr, "warccap repair: stopped by a signal; nothing is left of the copy\n");
        return EXIT_SIGNAL;
    }
    fprintf(stderr, "warccap repair: %s%s\n", trouble.words,
            result == RESULT_BROKEN && summary.begun ? ". Nothing is left of the copy" : "");
    return result == RESULT_END ? EXIT_ERRORS : result == RESULT_AGAIN ? EXIT_HELD : EXIT_FILES;
}

static int repair_in_box(struct repair_words *words, char **paths, const char *parent)
{
    struct reading_jail pages = {.jail = NULL};
    int code = reading_jail_begin(&pages, "repair", words->sandbox);
    words->repair.pages = pages.reader;
    if (code == EXIT_DONE) {
        struct box *box = reading_box_new(paths, 1);
        if (box)
            box_allow(box, parent, BOX_CHANGE);
        code = reading_box_enter(box, "repair", words->sandbox, words->quiet);
    }
    if (code == EXIT_DONE && ending_signals_block())
        code = repair(words, paths[0]);
    reading_jail_end(&pages);
    return code;
}

static int run(int argc, char **argv)
{
    struct repair_words words = {.sandbox = true};
    char parent[PATH_MAX], *copy = NULL;
    int count;
    int result = options_read(&command_repair, argc, argv, &words, &count);
    if (result == EXIT_DONE && (count != 1 || !words.output)) {
        fprintf(stderr, "warccap repair: give one file or directory, and with -o where its sound "
                        "copy goes\n");
        result = EXIT_USAGE;
    }
    if (result == EXIT_DONE && command_words_have_url("repair", argv + 1, count))
        result = EXIT_USAGE;
    if (result == EXIT_DONE) {
        copy = strdup(words.output);
        for (size_t end = copy ? strlen(copy) : 0; end > 1 && copy[end - 1] == '/'; end--)
            copy[end - 1] = '\0';
        words.output = copy;
        result = copy ? check_paths(argv[1], copy, parent) : EXIT_ERROR;
    }
    if (result == EXIT_DONE)
        result = repair_in_box(&words, argv + 1, parent);
    words.output = NULL;
    free(copy);
    options_release(&command_repair, &words);
    return result == EXIT_DONE ? result : options_exit_code(result);
}

const struct command command_repair = {
    .name = "repair",
    .arguments = "[options] SOURCE -o COPY",
    .summary = "make a sound copy of what is damaged, and list each change",
    .details = "Copies every sound record of a WARC or ARC file, of a directory of them, or of a "
               "collection; the source is never changed. The bytes of a sound gzip member stay "
               "the same. What can be mended in exactly one way is mended; all else is left "
               "out (see REPAIR). The copy is verified, and kept only if it has no errors. A "
               "warcinfo record at the beginning of each changed WARC file has the name, the size "
               "and the SHA-256 of its source, and the changes. A collection gets a new index, "
               "and new checksums if a file was changed. If nothing needs mending, the copy has "
               "the same bytes.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
