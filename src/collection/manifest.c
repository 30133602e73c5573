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
#include "base/json.h"

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

static void add(struct manifest *manifest, const char *file, int64_t bytes, const char *digest,
                bool found)
{
    buf_printf(&manifest->sums, "%s  %s\n", digest, file);
    buf_add(&manifest->files, manifest->files.length ? ",\n  {\"file\": " : "\n  {\"file\": ");
    json_write_string(&manifest->files, text_of(file));
    buf_printf(&manifest->files, ", \"bytes\": %lld, \"sha256\": \"%s\"%s}", (long long)bytes,
               digest, found ? ", \"found\": true" : "");
}

void manifest_add(struct manifest *manifest, const char *file, int64_t bytes,
                  const unsigned char sha256[32])
{
    char digest[MANIFEST_DIGEST_SIZE];
    digest_hex(sha256, 32, digest);
    add(manifest, file, bytes, digest, false);
}

bool manifest_line_read(struct text line, struct text *digest, struct text *name)
{
    *digest = text_first(line, MANIFEST_DIGEST_SIZE - 1);
    *name = text_skip(line, MANIFEST_DIGEST_SIZE + 1);
    for (size_t i = 0; i < digest->length; i++)
        if (!ascii_is_digit(digest->at[i]) && (digest->at[i] < 'a' || digest->at[i] > 'f'))
            return false;
    return digest->length == MANIFEST_DIGEST_SIZE - 1 && name->length &&
           line.at[MANIFEST_DIGEST_SIZE - 1] == ' ' &&
           (line.at[MANIFEST_DIGEST_SIZE] == ' ' || line.at[MANIFEST_DIGEST_SIZE] == '*');
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
    if (text_ends(text_of(name), TEXT(".manifest")) && strlen(name) < 64)
        snprintf(last, 64, "%s", name); /* they come in the order of their dates */
}

enum result manifest_last(const struct collection *collection, char name[64],
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
    struct text sums; /* the file as it is */
    enum result result;
    struct trouble *trouble;
};

/* Whether a line of the list ends with this name. */
static bool is_listed(struct text sums, struct text name)
{
    for (ptrdiff_t at; (at = text_find(sums, name)) >= 0; sums = text_skip(sums, (size_t)at + 1)) {
        struct text behind = text_skip(sums, (size_t)at + name.length);
        bool ends = !behind.length || behind.at[0] == '\n';
        if (ends && at > 0 && (sums.at[at - 1] == ' ' || sums.at[at - 1] == '*'))
            return true;
    }
    return false;
}

static void catch_up(void *context, const char *name)
{
    struct catching_up *up = context;
    char path[PATH_MAX], digest[MANIFEST_DIGEST_SIZE];
    int64_t bytes;
    struct text text = text_of(name);
    if (up->result != RESULT_OK || !collection_is_archive_file(name) || is_listed(up->sums, text) ||
        is_listed(buf_text(&up->manifest->sums), text))
        return;
    snprintf(path, sizeof path, "%s/%s", up->collection->archive, name);
    up->result = manifest_digest_file(path, digest, &bytes, up->trouble);
    if (up->result == RESULT_OK)
        add(up->manifest, name, bytes, digest, true);
}

static enum result write_manifest(const struct manifest *manifest,
                                  const struct collection *collection, const char *run,
                                  char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble)
{
    char path[PATH_MAX], last[64];
    struct buf out;
    int64_t bytes;
    enum result result = manifest_last(collection, last, digest, trouble);
    if (result != RESULT_OK)
        return result;
    buf_init(&out, 2 * (size_t)MANIFEST_BYTES);
    buf_printf(&out,
               "{\"manifest\": 1, \"software\": \"warccap/%s\", \"run\": \"%s\",\n \"previous\": ",
               PACKAGE_VERSION, run);
    if (last[0])
        buf_printf(&out, "{\"file\": \"%s\", \"sha256\": \"%s\"},\n", last, digest);
    else
        buf_add(&out, "null,\n");
    buf_add(&out, " \"files\": [");
    buf_add_text(&out, buf_text(&manifest->files));
    buf_add(&out, "]}\n");
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
    char path[PATH_MAX], last[64];
    struct buf sums;
    enum result result = RESULT_OK;
    snprintf(path, sizeof path, "%s/SHA256SUMS", collection->archive);
    buf_init(&sums, SUMS_BYTES);
    if (disk_exists(path))
        result = disk_read(path, &sums, trouble);
    struct catching_up up = {manifest, collection, buf_text(&sums), result, trouble};
    if (result == RESULT_OK)
        result = disk_list(collection->archive, catch_up, &up, trouble);
    if (result == RESULT_OK)
        result = up.result;
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
