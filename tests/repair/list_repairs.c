/*
 * Repairs files, and says of each what was done: for test_fixtures.sh.
 *
 *   list_repairs [--brackets] DIRECTORY FILE...
 *
 * One line a file: its name, how the repair ended, the changes in the order of the table, the
 * errors that verify finds in the copy, and "same" if the copy has the bytes of the source.  The
 * copies go to DIRECTORY.
 */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/repair.h"
#include "verify/verify.h"

static void copy_path(const char *directory, const char *file, char out[PATH_MAX])
{
    int length = snprintf(out, PATH_MAX, "%s/%s", directory, file);
    for (char *c = out + length - strlen(file); *c; c++)
        if (*c == '/')
            *c = '_';
    const char *ending = strlen(out) > 3 && !strcmp(out + strlen(out) - 3, ".gz") ? "" : ".gz";
    snprintf(out + length, (size_t)(PATH_MAX - length), "%s", ending);
}

static bool is_same(const char *one, const char *other)
{
    struct buf a, b;
    struct trouble trouble;
    buf_init(&a, 1 << 26);
    buf_init(&b, 1 << 26);
    bool same = disk_read(one, &a, &trouble) == RESULT_OK &&
                disk_read(other, &b, &trouble) == RESULT_OK &&
                text_equal(buf_text(&a), buf_text(&b));
    buf_release(&a);
    buf_release(&b);
    return same;
}

static uint64_t errors_in(char *path)
{
    const struct verify_options options = {.no_replay = true};
    struct verify_summary summary;
    struct trouble trouble;
    if (verify_paths(&path, 1, &options, NULL, &summary, &trouble) != RESULT_OK)
        return UINT64_MAX;
    return summary.errors;
}

static void print_changes(const struct repair_summary *summary)
{
    const char *comma = "";
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
        if (summary->changes[kind]) {
            printf("%s%s:%llu", comma, change_row(kind)->name,
                   (unsigned long long)summary->changes[kind]);
            comma = ",";
        }
    printf("%s", *comma ? "" : "-");
}

static void repair_one(const char *directory, const char *file,
                       const struct repair_options *options)
{
    char copy[PATH_MAX];
    struct repair_summary summary;
    struct trouble trouble;
    copy_path(directory, file, copy);
    enum result result = repair_path(file, copy, options, NULL, &summary, &trouble);
    printf("%s\t", file);
    if (result != RESULT_OK) {
        printf("%s\t-\t-\t-\n", result == RESULT_END ? "nothing" : trouble.words);
        return;
    }
    printf("%s\t", summary.lost ? "lost" : summary.mended ? "mended" : "sound");
    print_changes(&summary);
    printf("\t%llu\t%s\n", (unsigned long long)errors_in(copy), is_same(file, copy) ? "same" : "-");
    unlink(copy);
}

int main(int argc, char **argv)
{
    struct repair_options options = {.brackets = false};
    int first = 1;
    if (argc > 1 && strcmp(argv[1], "--brackets") == 0) {
        options.brackets = true;
        first++;
    }
    if (argc < first + 2)
        return 2;
    for (int i = first + 1; i < argc; i++)
        repair_one(argv[first], argv[i], &options);
    return 0;
}
