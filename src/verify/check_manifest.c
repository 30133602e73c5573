/*
 * Checks the finished files against their checksums (collection/manifest.h): SHA256SUMS, and the
 * manifests of the runs, each of which names the digest of the one before.  A file whose checksum
 * is wrong is damaged if its records have faults, and altered if they have none.  Files can also be
 * missing or unlisted.
 */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "base/json.h"
#include "collection/manifest.h"
#include "verify/check.h"

enum { SUMS_BYTES = 256 * 1024 * 1024, NAME_BYTES = 256 };

struct sums_check {
    struct verification *v;
    const char *archive, *runs;
    struct text sums;
    struct buf manifest, scratch;
    char last[64],
        last_digest[MANIFEST_DIGEST_SIZE]; /* of the manifest read before, as it is now */
};

static void find(struct sums_check *c, enum finding_level level, const char *rule,
                 const char *directory, struct text name, const char *words)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%.*s", directory, TEXT_ARGS(name));
    verification_find(c->v, level, rule, path, -1, NULL, NULL, "%s", words);
}

/* The digest that SHA256SUMS has for a file; empty when it has none. */
static struct text digest_of(const struct sums_check *c, struct text wanted)
{
    struct text rest = c->sums, line, digest, name;
    while (text_split(&rest, '\n', &line))
        if (manifest_line_read(line, &digest, &name) && text_equal(name, wanted))
            return digest;
    return TEXT("");
}

/* ---- files against SHA256SUMS ---- */

static bool has_faults(const struct verification *v, const char *path)
{
    for (size_t i = 0; i < v->file_count; i++)
        if (strcmp(v->files[i], path) == 0)
            return v->file_faults[i] > 0;
    return false;
}

static void check_line(struct sums_check *c, struct text digest, struct text name)
{
    char path[PATH_MAX], is[MANIFEST_DIGEST_SIZE];
    struct trouble trouble;
    int64_t bytes;
    snprintf(path, sizeof path, "%s/%.*s", c->archive, TEXT_ARGS(name));
    if (text_find_char(name, '/') >= 0 || name.length >= NAME_BYTES)
        find(c, FINDING_FAULT, "sums-line", c->archive, TEXT("SHA256SUMS"),
             "a line names something that is not a file of this directory");
    else if (!disk_exists(path))
        find(c, FINDING_FAULT, "file-missing", c->archive, name,
             "a finished file is missing; restore it from a copy");
    else if (manifest_digest_file(path, is, &bytes, &trouble) != RESULT_OK)
        verification_find(c->v, FINDING_FAULT, "file-unreadable", path, -1, NULL, NULL, "%s",
                          trouble.words);
    else if (text_equal(digest, text_of(is)))
        return;
    else if (has_faults(c->v, path))
        find(c, FINDING_FAULT, "file-damaged", c->archive, name,
             "the file has changed since it was written, and its records have faults; restore it "
             "from a copy");
    else
        find(c, FINDING_FAULT, "file-altered", c->archive, name,
             "the file has changed since it was written, but its records have no faults: somebody "
             "edited it; compare it with a copy");
}

static void check_sums(struct sums_check *c)
{
    struct text rest = c->sums, line, digest, name;
    while (text_split(&rest, '\n', &line))
        if (manifest_line_read(line, &digest, &name))
            check_line(c, digest, name);
        else if (line.length)
            find(c, FINDING_FAULT, "sums-line", c->archive, TEXT("SHA256SUMS"),
                 "a line is not a digest with a file name");
    size_t directory = strlen(c->archive) + 1;
    for (size_t i = 0; i < c->v->file_count; i++)
        if (text_starts(text_of(c->v->files[i]), text_of(c->archive)) &&
            c->v->files[i][directory - 1] == '/' &&
            !digest_of(c, text_of(c->v->files[i] + directory)).length)
            verification_find(
                c->v, FINDING_FAULT, "file-unlisted", c->v->files[i], -1, NULL, NULL,
                "SHA256SUMS does not list this file: a run was killed before it could "
                "(the next crawl adds it), or somebody put it there");
}

/* ---- the manifests ---- */

/* The string after `mark`, up to the next quote. */
static struct text string_after(struct text text, struct text mark)
{
    ptrdiff_t at = text_find(text, mark);
    struct text value = at < 0 ? TEXT("") : text_skip(text, (size_t)at + mark.length);
    ptrdiff_t end = text_find_char(value, '"');
    return end < 0 ? TEXT("") : text_first(value, (size_t)end);
}

static void check_previous(struct sums_check *c, const char *name, struct text manifest)
{
    ptrdiff_t files = text_find(manifest, TEXT("\"files\""));
    struct text head = files < 0 ? manifest : text_first(manifest, (size_t)files);
    struct text previous = string_after(head, TEXT("\"previous\": {\"file\": \"")),
                digest = string_after(head, TEXT("\"sha256\": \""));
    if (!text_equal(previous, text_of(c->last)))
        find(c, FINDING_FAULT, "manifest-chain", c->runs, text_of(name),
             "the manifest that it names as its predecessor is not the one before it: one was "
             "removed or inserted");
    else if (c->last[0] && !text_equal(digest, text_of(c->last_digest)))
        find(c, FINDING_FAULT, "manifest-chain", c->runs, text_of(c->last),
             "it was changed after the next manifest was written");
}

static void check_entry(struct sums_check *c, const char *manifest, struct text object)
{
    struct text name, value, digest = TEXT("");
    char file[NAME_BYTES] = "";
    while (json_next_member(&object, &name, &value, &c->scratch) == 1)
        if (text_equal(name, TEXT("file")))
            snprintf(file, sizeof file, "%.*s", TEXT_ARGS(value));
        else if (text_equal(name, TEXT("sha256")))
            digest = value;
    if (!text_equal(digest_of(c, text_of(file)), digest))
        find(c, FINDING_FAULT, "manifest-disagrees", c->runs, text_of(manifest),
             "it lists a file for which SHA256SUMS has no line or another digest: one of the two "
             "was "
             "changed");
}

static void check_manifest_file(void *context, const char *name)
{
    struct sums_check *c = context;
    char path[PATH_MAX];
    struct trouble trouble;
    struct text rest, line;
    int64_t bytes;
    if (!text_ends(text_of(name), TEXT(".manifest")) || strlen(name) >= sizeof c->last)
        return;
    snprintf(path, sizeof path, "%s/%s", c->runs, name);
    if (disk_read(path, &c->manifest, &trouble) != RESULT_OK) {
        verification_find(c->v, FINDING_FAULT, "manifest-unreadable", path, -1, NULL, NULL, "%s",
                          trouble.words);
        return;
    }
    rest = buf_text(&c->manifest);
    check_previous(c, name, rest);
    while (text_split(&rest, '\n', &line))
        if (text_starts(text_trim(line), TEXT("{\"file\"")))
            check_entry(c, name,
                        text_first(text_trim(line),
                                   (size_t)(text_find_char(text_trim(line), '}') + 1)));
    snprintf(c->last, sizeof c->last, "%s", name);
    if (manifest_digest_file(path, c->last_digest, &bytes, &trouble) != RESULT_OK)
        c->last_digest[0] = '\0';
    c->v->summary->manifests++;
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
    bool there = disk_exists(path);
    if (there && disk_read(path, &sums, &trouble) != RESULT_OK)
        verification_find(v, FINDING_FAULT, "sums-unreadable", path, -1, NULL, NULL, "%s",
                          trouble.words);
    check.sums = buf_text(&sums);
    if (there)
        check_sums(&check);
    if (disk_is_directory(runs_directory) &&
        disk_list(runs_directory, check_manifest_file, &check, &trouble) != RESULT_OK)
        verification_find(v, FINDING_FAULT, "manifest-unreadable", runs_directory, -1, NULL, NULL,
                          "%s", trouble.words);
    snprintf(v->summary->manifest, sizeof v->summary->manifest, "%s", check.last_digest);
    buf_release(&sums);
    buf_release(&check.manifest);
    buf_release(&check.scratch);
}
