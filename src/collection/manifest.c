/* Writes and reads SHA256SUMS and the manifests of the runs. */
#include <config.h>

#include "collection/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "collection/sums.h"

enum { PIECE_BYTES = 1 << 20, SUMS_BYTES = 256 * 1024 * 1024, MANIFEST_BYTES = 64 * 1024 * 1024 };

struct manifest {
    struct buf sums;  /* new lines of SHA256SUMS */
    struct buf files; /* new members of the manifest's list */
};

struct manifest *manifest_new(void)
{
    struct manifest *manifest = calloc(1, sizeof *manifest);
    if (!manifest)
        return NULL;
    buf_init(&manifest->sums, SUMS_BYTES);
    buf_init(&manifest->files, MANIFEST_BYTES);
    return manifest;
}

void manifest_free(struct manifest *manifest)
{
    if (!manifest)
        return;
    buf_release(&manifest->sums);
    buf_release(&manifest->files);
    free(manifest);
}

static void add(struct manifest *manifest, const struct manifest_entry *entry)
{
    buf_printf(&manifest->sums, "%s  %s\n", entry->digest, entry->file);
    manifest_entry_write(entry, &manifest->files);
}

void manifest_add(struct manifest *manifest, const char *file, int64_t bytes,
                  const unsigned char sha256[32])
{
    struct manifest_entry entry = {.bytes = (uint64_t)bytes};
    snprintf(entry.file, sizeof entry.file, "%s", file);
    digest_hex(sha256, 32, entry.digest);
    add(manifest, &entry);
}

enum result manifest_digest_file(const char *path, char digest[MANIFEST_DIGEST_SIZE],
                                 int64_t *bytes, struct trouble *trouble)
{
    unsigned char sha256[DIGEST_MOST_BYTES];
    struct digester *digester = digester_new(DIGEST_SHA256);
    char *piece = malloc(PIECE_BYTES);
    int fd = disk_open_to_read(path);
    enum result result = RESULT_OK;
    ssize_t got = 1;
    *bytes = 0;
    if (!digester || !piece)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to read %s", path);
    else if (fd < 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", path);
    else
        digester_begin(digester);
    while (result == RESULT_OK && got) {
        got = read(fd, piece, PIECE_BYTES);
        if (got > 0) {
            digester_add(digester, piece, (size_t)got);
            *bytes += got;
        } else if (got < 0 && errno != EINTR)
            result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
    }
    if (result == RESULT_OK) {
        digester_end(digester, sha256);
        digest_hex(sha256, 32, digest);
    }
    if (fd >= 0)
        close(fd);
    free(piece);
    digester_free(digester);
    return result;
}

/* ---- the previous manifest ---- */

static void keep_last(void *context, const char *name)
{
    char *last = context;
    if (text_ends(text_of(name), TEXT(".manifest")) && strlen(name) < MANIFEST_OWN_SIZE)
        snprintf(last, MANIFEST_OWN_SIZE, "%s", name); /* they come in the order of their dates */
}

enum result manifest_last(const struct collection *collection, char name[MANIFEST_OWN_SIZE],
                          char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble)
{
    char path[PATH_MAX];
    int64_t bytes;
    name[0] = digest[0] = '\0';
    enum result result = disk_list(collection->runs, keep_last, name, trouble);
    if (result != RESULT_OK || !name[0])
        return result;
    snprintf(path, sizeof path, "%s/%s", collection->runs, name);
    return manifest_digest_file(path, digest, &bytes, trouble);
}

/* ---- writing ---- */

struct catching_up {
    struct manifest *manifest;
    const struct collection *collection;
    struct sums listed, added; /* lines of the file as it is, and of this run */
    enum result result;
    struct trouble *trouble;
};

static void catch_up(void *context, const char *name)
{
    struct catching_up *up = context;
    char path[PATH_MAX];
    struct manifest_entry entry = {.found = true};
    int64_t bytes;
    if (up->result != RESULT_OK || !collection_is_archive_file(name) ||
        sums_digest_of(&up->listed, text_of(name)).length ||
        sums_digest_of(&up->added, text_of(name)).length)
        return;
    snprintf(path, sizeof path, "%s/%s", up->collection->archive, name);
    up->result = manifest_digest_file(path, entry.digest, &bytes, up->trouble);
    entry.bytes = (uint64_t)bytes;
    snprintf(entry.file, sizeof entry.file, "%s", name);
    if (up->result == RESULT_OK)
        add(up->manifest, &entry);
}

/* Adds the files of the archive that have no line in `sums` and none of this run. */
static enum result add_missed(struct manifest *manifest, const struct collection *collection,
                              struct text sums, struct trouble *trouble)
{
    struct catching_up up = {.manifest = manifest, .collection = collection, .trouble = trouble};
    struct buf added; /* those of this run move when more are added */
    buf_init(&added, SUMS_BYTES);
    buf_add_text(&added, buf_text(&manifest->sums));
    enum result result = buf_ok(&added)
                             ? sums_read(&up.listed, sums, trouble)
                             : trouble_say(trouble, RESULT_BROKEN, "no memory for SHA256SUMS");
    if (result == RESULT_OK)
        result = sums_read(&up.added, buf_text(&added), trouble);
    if (result == RESULT_OK)
        result = disk_list(collection->archive, catch_up, &up, trouble);
    sums_release(&up.listed);
    sums_release(&up.added);
    buf_release(&added);
    return result == RESULT_OK ? up.result : result;
}

void manifest_text(const struct manifest *manifest, const char *run,
                   const struct manifest_head *head, struct buf *out)
{
    if (!buf_ok(&manifest->files))
        buf_fail(out);
    manifest_text_write(run, head, buf_text(&manifest->files), out);
}

static enum result write_manifest(const struct manifest *manifest,
                                  const struct collection *collection, const char *run,
                                  char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble)
{
    char path[PATH_MAX];
    struct manifest_head head;
    struct buf out;
    int64_t bytes;
    enum result result = manifest_last(collection, head.previous, head.digest, trouble);
    if (result != RESULT_OK)
        return result;
    buf_init(&out, 2 * (size_t)MANIFEST_BYTES);
    manifest_text(manifest, run, &head, &out);
    snprintf(path, sizeof path, "%s/%s.manifest", collection->runs, run);
    if (!buf_ok(&out))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for %s", path);
    if (result == RESULT_OK)
        result = disk_replace(path, buf_text(&out), trouble);
    buf_release(&out);
    return result == RESULT_OK ? manifest_digest_file(path, digest, &bytes, trouble) : result;
}

enum result manifest_write(struct manifest *manifest, const struct collection *collection,
                           const char *run, char digest[MANIFEST_DIGEST_SIZE],
                           struct trouble *trouble)
{
    char path[PATH_MAX], last[MANIFEST_OWN_SIZE];
    struct buf sums;
    enum result result = RESULT_OK;
    snprintf(path, sizeof path, "%s/SHA256SUMS", collection->archive);
    buf_init(&sums, SUMS_BYTES);
    if (disk_exists(path))
        result = disk_read(path, &sums, trouble);
    if (result == RESULT_OK)
        result = add_missed(manifest, collection, buf_text(&sums), trouble);
    if (result == RESULT_OK && !manifest->sums.length)
        result = manifest_last(collection, last, digest, trouble);
    else if (result == RESULT_OK) {
        /* The manifest comes first. If the run is killed in between, two manifests name a file, and
         * none is missing. */
        result = write_manifest(manifest, collection, run, digest, trouble);
        buf_add_text(&sums, buf_text(&manifest->sums));
        if (result == RESULT_OK && !buf_ok(&sums))
            result = trouble_say(trouble, RESULT_BROKEN, "no memory for %s", path);
        if (result == RESULT_OK)
            result = disk_replace(path, buf_text(&sums), trouble);
    }
    buf_release(&sums);
    return result;
}
