/*
 * Checks the finished files against their checksums (collection/manifest.h): SHA256SUMS, and the
 * manifests of the runs, each of which names the digest of the one before.  A file whose checksum
 * is wrong is damaged if its records have errors, and altered if they have none.  Files can also be
 * missing or unlisted.
 */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "collection/manifest.h"
#include "collection/sums.h"
#include "verify/check.h"
#include "verify/repairs.h"

enum { SUMS_BYTES = 256 * 1024 * 1024, NAME_BYTES = 256 };

struct sums_check {
    struct verification *v;
    const char *archive, *runs;
    struct sums sums;
    struct buf manifest, scratch;
    struct manifest_head last; /* the manifest read before, as it is now */
    bool has_sums;             /* SHA256SUMS is there */
    bool unread;               /* some manifest cannot be read, so what it lists is not known */
    bool *vouched;             /* for each line of `sums`: a manifest lists the file */
};

static void find(struct sums_check *c, int rule, const char *directory, struct text name,
                 const char *detail)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%.*s", directory, TEXT_ARGS(name));
    const char *file = path;
    for (size_t i = 0; i < c->v->file_count; i++)
        if (strcmp(c->v->files[i], path) == 0)
            file = c->v->files[i]; /* by its own name, so that it counts for the file */
    verification_find_file(c->v, rule, file, "%s", detail);
}

/* ---- files against SHA256SUMS ---- */

static bool has_errors(const struct verification *v, const char *path)
{
    for (size_t i = 0; i < v->file_count; i++)
        if (strcmp(v->files[i], path) == 0)
            return v->file_errors[i] > 0;
    return false;
}

static void check_line(struct sums_check *c, struct text digest, struct text name)
{
    char path[PATH_MAX], is[MANIFEST_DIGEST_SIZE];
    struct trouble trouble;
    int64_t bytes;
    snprintf(path, sizeof path, "%s/%.*s", c->archive, TEXT_ARGS(name));
    if (text_find_char(name, '/') >= 0 || name.length >= NAME_BYTES)
        find(c, CHECK_SUMS_LINE, c->archive, TEXT("SHA256SUMS"), "");
    else if (!disk_exists(path))
        find(c, CHECK_FILE_MISSING, c->archive, name, "");
    else if (manifest_digest_file(path, is, &bytes, &trouble) != RESULT_OK)
        verification_find_file(c->v, CHECK_FILE_UNREADABLE, path, "%s", trouble.words);
    else if (text_equal(digest, text_of(is)))
        return;
    else if (has_errors(c->v, path))
        find(c, CHECK_FILE_DAMAGED, c->archive, name, "");
    else
        find(c, CHECK_FILE_ALTERED, c->archive, name, "");
}

/* A file is read once, however often it is listed. */
static void check_lines(struct sums_check *c)
{
    const struct sums_line *line = c->sums.lines, *end = line + c->sums.count;
    for (const struct sums_line *before = NULL; line < end; before = line++)
        if (!before || !text_equal(before->name, line->name))
            check_line(c, line->digest, line->name);
        else if (!text_equal(before->digest, line->digest))
            find(c, CHECK_SUMS_LINE, c->archive, TEXT("SHA256SUMS"),
                 "a file has two lines with different digests");
}

/* A crawl writes the lists at its end. */
static void tell_unlisted(struct verification *v, const char *path)
{
    const struct finding_place at = {.file = path, .offset = -1};
    if (v->aside.collection.live)
        verification_note(v, CHECK_FILE_UNLISTED, &at, "%s", "a crawl is running");
    else
        verification_find_file(v, CHECK_FILE_UNLISTED, path, "%s", "");
}

static void check_sums(struct sums_check *c, struct text bytes)
{
    struct text rest = bytes, line, digest, name;
    while (text_split(&rest, '\n', &line))
        if (line.length && !sums_line_read(line, &digest, &name))
            find(c, CHECK_SUMS_LINE, c->archive, TEXT("SHA256SUMS"), "");
    check_lines(c);
    size_t directory = strlen(c->archive) + 1;
    for (size_t i = 0; i < c->v->file_count; i++)
        if (text_starts(text_of(c->v->files[i]), text_of(c->archive)) &&
            c->v->files[i][directory - 1] == '/' &&
            !sums_digest_of(&c->sums, text_of(c->v->files[i] + directory)).length)
            tell_unlisted(c->v, c->v->files[i]);
}

/* ---- the manifests ---- */

static void check_previous(struct sums_check *c, const char *name, const struct manifest_head *head)
{
    if (strcmp(head->previous, c->last.previous) != 0)
        find(c, CHECK_MANIFEST_CHAIN, c->runs, text_of(name),
             "it names another predecessor than the one before it");
    else if (c->last.previous[0] && strcmp(head->digest, c->last.digest) != 0)
        find(c, CHECK_MANIFEST_CHAIN, c->runs, text_of(c->last.previous),
             "it was changed after the next one was written");
}

/* Notes that a manifest lists the file. */
static void vouch(struct sums_check *c, struct text name)
{
    size_t low = 0, high = c->sums.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text_compare(c->sums.lines[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < c->sums.count && text_equal(c->sums.lines[low].name, name); low++)
        c->vouched[low] = true;
}

static void check_text(struct sums_check *c, const char *name, struct text rest)
{
    struct manifest_head head;
    struct manifest_entry entry;
    int more = manifest_head_read(&rest, &head, &c->scratch) ? 1 : -1;
    if (more > 0)
        check_previous(c, name, &head);
    while (more > 0 && (more = manifest_entry_read(&rest, &entry, &c->scratch)) > 0) {
        vouch(c, text_of(entry.file));
        if (!text_equal(sums_digest_of(&c->sums, text_of(entry.file)), text_of(entry.digest)))
            find(c, CHECK_MANIFEST_DISAGREES, c->runs, text_of(name), entry.file);
    }
    c->unread = c->unread || more < 0;
    if (more < 0)
        find(c, CHECK_MANIFEST_UNREADABLE, c->runs, text_of(name),
             "it was cut off or changed: it is not a manifest from its first line to the last");
}

static void check_manifest_file(void *context, const char *name)
{
    struct sums_check *c = context;
    char path[PATH_MAX];
    struct trouble trouble;
    int64_t bytes;
    if (!text_ends(text_of(name), TEXT(".manifest")) || strlen(name) >= sizeof c->last.previous)
        return;
    snprintf(path, sizeof path, "%s/%s", c->runs, name);
    if (disk_read(path, &c->manifest, &trouble) != RESULT_OK) {
        verification_find_file(c->v, CHECK_MANIFEST_UNREADABLE, path, "%s", trouble.words);
        c->unread = true;
        return;
    }
    check_text(c, name, buf_text(&c->manifest));
    snprintf(c->last.previous, sizeof c->last.previous, "%s", name);
    if (manifest_digest_file(path, c->last.digest, &bytes, &trouble) != RESULT_OK)
        c->last.digest[0] = '\0';
    const char *given = c->v->options->manifest;
    if (given && text_equal_nocase(text_of(given), text_of(c->last.digest)))
        c->v->aside.given_manifest = true;
    c->v->summary->manifests++;
}

/* ---- what other files say of manifests ---- */

void manifests_learn(struct verification *v, const char *file, struct text fields)
{
    struct buf *list = &v->aside.manifests;
    struct text line, name, digest, mark = TEXT("previousManifest:");
    while (text_split(&fields, '\n', &line)) {
        line = text_trim(line);
        if (text_starts(line, TEXT("software: warccap/")))
            buf_printf(list, "%s\t\t\n", file);
        if (!text_starts(line, mark))
            continue;
        digest = text_trim(text_skip(line, mark.length));
        if (text_equal(digest, TEXT("none")))
            buf_printf(list, "%s\tnone\t\n", file);
        else if (text_split(&digest, ' ', &name) && text_starts(digest, TEXT("sha256:")))
            buf_printf(list, "%s\t%.*s\t%.*s\n", file, TEXT_ARGS(name),
                       TEXT_ARGS(text_skip(digest, 7)));
    }
}

/* The file is of the first run, which wrote a manifest when it ended.  As long as a file is open,
 * it did not end. */
static void check_first(struct sums_check *c, const char *file)
{
    if (!c->v->aside.collection.live && !c->v->aside.collection.open_files &&
        !c->v->summary->manifests && !c->has_sums && !c->v->aside.replaced_manifests.length)
        verification_find_file(c->v, CHECK_MANIFEST_MISSING, c->runs,
                               "SHA256SUMS is missing too, and %s is of a run that writes both",
                               file);
}

static void check_named(struct sums_check *c, const char *file, struct text name,
                        struct text digest)
{
    char path[PATH_MAX], is[MANIFEST_DIGEST_SIZE];
    struct trouble trouble;
    int64_t bytes;
    if (text_find_char(name, '/') >= 0)
        return; /* the names that warccap writes have none */
    if (repairs_replaced(c->v, name, digest))
        return;
    if (text_equal(name, TEXT("none"))) {
        check_first(c, file);
        return;
    }
    snprintf(path, sizeof path, "%s/%.*s", c->runs, TEXT_ARGS(name));
    if (!disk_exists(path))
        verification_find_file(c->v, CHECK_MANIFEST_MISSING, path, "%s names it", file);
    else if (manifest_digest_file(path, is, &bytes, &trouble) == RESULT_OK &&
             !text_equal(digest, text_of(is)))
        verification_find_file(c->v, CHECK_MANIFEST_MISSING, path,
                               "%s names it with another digest", file);
}

/* Each manifest that is named is looked at once.  Returns whether warccap wrote a file of this
 * collection. */
static bool check_all_named(struct sums_check *c)
{
    struct text rest = buf_text(&c->v->aside.manifests), line, file, name, before = TEXT("");
    bool own = false;
    while (text_split(&rest, '\n', &line)) {
        char path[PATH_MAX];
        if (!text_split(&line, '\t', &file) || !text_split(&line, '\t', &name) ||
            !text_starts(file, text_of(c->archive)) ||
            text_find_char(text_first(text_skip(file, strlen(c->archive)), 1), '/') != 0)
            continue;
        own = true;
        if (!name.length || text_equal(name, before))
            continue;
        before = name;
        snprintf(path, sizeof path, "%.*s", TEXT_ARGS(file));
        check_named(c, path, name, line);
    }
    return own;
}

/* Who has only SHA256SUMS, and none of warccap's files, may have made it himself. */
static void check_vouched(struct sums_check *c, bool own)
{
    const struct sums_line *lines = c->sums.lines;
    if (c->unread || (!own && !c->v->summary->manifests))
        return;
    for (size_t i = 0; i < c->sums.count; i++)
        if (!c->vouched[i] && (i == 0 || !text_equal(lines[i].name, lines[i - 1].name)))
            find(c, CHECK_FILE_UNVOUCHED, c->archive, lines[i].name, "");
}

void check_manifests(struct verification *v, const char *archive_directory,
                     const char *runs_directory)
{
    struct sums_check check = {.v = v, .archive = archive_directory, .runs = runs_directory};
    char path[PATH_MAX];
    struct buf sums;
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/SHA256SUMS", archive_directory);
    buf_init(&sums, SUMS_BYTES);
    buf_init(&check.manifest, SUMS_BYTES);
    buf_init(&check.scratch, SUMS_BYTES);
    bool there = check.has_sums = disk_exists(path);
    if (there && disk_read(path, &sums, &trouble) != RESULT_OK)
        verification_find_file(v, CHECK_SUMS_UNREADABLE, path, "%s", trouble.words);
    bool read = sums_read(&check.sums, buf_text(&sums), &trouble) == RESULT_OK;
    check.vouched = calloc(check.sums.count + 1, sizeof *check.vouched);
    if (!read || !check.vouched) {
        v->out_of_memory = true;
        check.sums.count = 0;
    } else if (there)
        check_sums(&check, buf_text(&sums));
    if (disk_is_directory(runs_directory) &&
        disk_list(runs_directory, check_manifest_file, &check, &trouble) != RESULT_OK)
        verification_find_file(v, CHECK_MANIFEST_UNREADABLE, runs_directory, "%s", trouble.words);
    snprintf(v->summary->manifest, sizeof v->summary->manifest, "%s", check.last.digest);
    check_vouched(&check, check_all_named(&check));
    free(check.vouched);
    sums_release(&check.sums);
    buf_release(&sums);
    buf_release(&check.manifest);
    buf_release(&check.scratch);
}
