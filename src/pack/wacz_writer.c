/* libarchive writes the ZIP file through our own function, so that a full disk is told in words. */
#include <config.h>

#include "pack/wacz_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"

enum { PIECE_BYTES = 256 * 1024 };

struct wacz_writer {
    char path[PATH_MAX], temporary[PATH_MAX];
    time_t time;
    int fd;
    struct archive *zip;
    struct digester *digester;
    wacz_copied *copied;
    void *context;
    struct trouble trouble; /* of the file, when writing failed */
    bool dropped;           /* what libarchive still has goes nowhere */
    char piece[PIECE_BYTES];
};

static la_ssize_t write_bytes(struct archive *zip, void *context, const void *bytes, size_t length)
{
    struct wacz_writer *writer = context;
    if (writer->dropped ||
        disk_write(writer->fd, bytes, length, writer->temporary, &writer->trouble) == RESULT_OK)
        return (la_ssize_t)length;
    archive_set_error(zip, writer->trouble.os_error, "%s", writer->trouble.words);
    return -1;
}

/* What libarchive refused, in our words if they are better. */
static enum result say_refused(struct wacz_writer *writer, struct trouble *trouble)
{
    if (writer->trouble.words[0]) {
        if (trouble)
            *trouble = writer->trouble;
        return RESULT_BROKEN;
    }
    const char *words = archive_error_string(writer->zip);
    return trouble_say(trouble, RESULT_BROKEN, "cannot write %s: %s", writer->temporary,
                       words ? words : "no memory");
}

static bool begin_zip(struct wacz_writer *writer)
{
    return writer->zip && writer->digester &&
           archive_write_set_format_zip(writer->zip) == ARCHIVE_OK &&
           archive_write_zip_set_compression_store(writer->zip) == ARCHIVE_OK &&
           archive_write_set_bytes_per_block(writer->zip, PIECE_BYTES) == ARCHIVE_OK &&
           archive_write_set_bytes_in_last_block(writer->zip, 1) == ARCHIVE_OK &&
           archive_write_open(writer->zip, writer, NULL, write_bytes, NULL) == ARCHIVE_OK;
}

/* Opens PATH.new for this process alone: two that write one file would mix their bytes. */
static enum result open_temporary(struct wacz_writer *writer, struct trouble *trouble)
{
    struct stat opened, named;
    writer->fd = open(writer->temporary, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (writer->fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", writer->temporary);
    bool is_ours = flock(writer->fd, LOCK_EX | LOCK_NB) == 0 && fstat(writer->fd, &opened) == 0 &&
                   stat(writer->temporary, &named) == 0 && opened.st_ino == named.st_ino &&
                   opened.st_dev == named.st_dev; /* else the other has just renamed it */
    if (is_ours && ftruncate(writer->fd, 0) == 0)
        return RESULT_OK;
    close(writer->fd);
    writer->fd = -1; /* it is not ours to remove */
    return trouble_say(trouble, RESULT_BROKEN,
                       "%s is being written by another process. Next: wait until it has ended",
                       writer->temporary);
}

enum result wacz_writer_open(struct wacz_writer **writer, const char *path, time_t time,
                             struct trouble *trouble)
{
    struct wacz_writer *made = *writer = calloc(1, sizeof *made);
    if (!made)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to write %s", path);
    snprintf(made->path, sizeof made->path, "%s", path);
    snprintf(made->temporary, sizeof made->temporary, "%s.new", path);
    made->time = time;
    made->trouble = trouble_none();
    made->fd = -1;
    enum result result = open_temporary(made, trouble);
    if (result == RESULT_OK) {
        made->zip = archive_write_new();
        made->digester = digester_new(DIGEST_SHA256);
        if (!begin_zip(made))
            result = say_refused(made, trouble);
    }
    if (result != RESULT_OK) {
        wacz_writer_drop(made);
        *writer = NULL;
    }
    return result;
}

void wacz_writer_tell(struct wacz_writer *writer, wacz_copied *copied, void *context)
{
    writer->copied = copied;
    writer->context = context;
}

/* ---- entries ---- */

static enum result begin_entry(struct wacz_writer *writer, const char *name, int64_t bytes,
                               struct trouble *trouble)
{
    struct archive_entry *entry = archive_entry_new();
    if (!entry)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to write %s", writer->path);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, bytes);
    archive_entry_set_mtime(entry, writer->time, 0); /* players need the time, and no other field */
    int got = archive_write_header(writer->zip, entry);
    archive_entry_free(entry);
    digester_begin(writer->digester);
    return got == ARCHIVE_OK ? RESULT_OK : say_refused(writer, trouble);
}

static enum result add_piece(struct wacz_writer *writer, struct text piece, struct trouble *trouble)
{
    digester_add(writer->digester, piece.at, piece.length);
    while (piece.length) {
        la_ssize_t taken = archive_write_data(writer->zip, piece.at, piece.length);
        if (taken <= 0)
            return say_refused(writer, trouble);
        piece = text_skip(piece, (size_t)taken);
    }
    return RESULT_OK;
}

static enum result end_entry(struct wacz_writer *writer, int64_t bytes, struct wacz_entry *entry,
                             struct trouble *trouble)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    digester_end(writer->digester, digest);
    digest_hex(digest, DIGEST_SHA256_BYTES, entry->sha256);
    entry->bytes = bytes;
    return archive_write_finish_entry(writer->zip) == ARCHIVE_OK ? RESULT_OK
                                                                 : say_refused(writer, trouble);
}

enum result wacz_writer_add(struct wacz_writer *writer, const char *name, struct text bytes,
                            struct wacz_entry *entry, struct trouble *trouble)
{
    enum result result = begin_entry(writer, name, (int64_t)bytes.length, trouble);
    if (result == RESULT_OK)
        result = add_piece(writer, bytes, trouble);
    if (result == RESULT_OK)
        result = end_entry(writer, (int64_t)bytes.length, entry, trouble);
    return result;
}

enum result wacz_writer_add_spool(struct wacz_writer *writer, const char *name,
                                  const struct spool *spool, struct wacz_entry *entry,
                                  struct trouble *trouble)
{
    int64_t at = 0;
    enum result result = begin_entry(writer, name, spool->length, trouble);
    while (result == RESULT_OK && at < spool->length) {
        struct text piece = spool_piece(spool, at, writer->piece, sizeof writer->piece);
        if (!piece.length)
            return trouble_say(trouble, RESULT_BROKEN, "cannot read a temporary file for %s",
                               writer->path);
        result = add_piece(writer, piece, trouble);
        at += (int64_t)piece.length;
    }
    return result == RESULT_OK ? end_entry(writer, spool->length, entry, trouble) : result;
}

/* Copies the bytes of an open file, which must be as many as it had at first. */
static enum result copy_file(struct wacz_writer *writer, int fd, const char *path, int64_t bytes,
                             struct trouble *trouble)
{
    int64_t copied = 0;
    for (;;) {
        ssize_t got = read(fd, writer->piece, sizeof writer->piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
        copied += got;
        if (copied > bytes || (!got && copied < bytes))
            return trouble_say(trouble, RESULT_BROKEN,
                               "%s changes while it is read. Pack it when it is finished", path);
        if (!got)
            return RESULT_OK;
        enum result result = add_piece(writer, (struct text){writer->piece, (size_t)got}, trouble);
        if (result != RESULT_OK)
            return result;
        if (writer->copied)
            writer->copied(writer->context, (uint64_t)got);
    }
}

enum result wacz_writer_add_file(struct wacz_writer *writer, const char *name, const char *path,
                                 struct wacz_entry *entry, struct trouble *trouble)
{
    struct stat state;
    int fd = disk_open_to_read(path);
    if (fd < 0 || fstat(fd, &state) != 0) {
        enum result result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
        if (fd >= 0)
            close(fd);
        return result;
    }
    enum result result = begin_entry(writer, name, state.st_size, trouble);
    if (result == RESULT_OK)
        result = copy_file(writer, fd, path, state.st_size, trouble);
    if (result == RESULT_OK)
        result = end_entry(writer, state.st_size, entry, trouble);
    close(fd);
    return result;
}

/* ---- the end ---- */

static void release(struct wacz_writer *writer)
{
    archive_write_free(writer->zip);
    digester_free(writer->digester);
    if (writer->fd >= 0)
        close(writer->fd);
    free(writer);
}

static enum result put_in_place(struct wacz_writer *writer, struct trouble *trouble)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(writer->path, '/');
    if (rename(writer->temporary, writer->path) != 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot rename %s to %s", writer->temporary,
                              writer->path);
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - writer->path) + 1 : 1,
             slash ? writer->path : ".");
    return disk_sync_directory(directory, trouble);
}

enum result wacz_writer_finish(struct wacz_writer *writer, struct trouble *trouble)
{
    enum result result =
        archive_write_close(writer->zip) == ARCHIVE_OK ? RESULT_OK : say_refused(writer, trouble);
    if (result == RESULT_OK)
        result = disk_sync(writer->fd, writer->temporary, trouble);
    if (result == RESULT_OK)
        result = put_in_place(writer, trouble);
    else
        unlink(writer->temporary);
    release(writer);
    return result;
}

void wacz_writer_drop(struct wacz_writer *writer)
{
    if (!writer)
        return;
    if (writer->fd >= 0)
        unlink(writer->temporary);
    writer->dropped = true;
    release(writer);
}
