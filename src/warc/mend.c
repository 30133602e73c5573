/*
 * Finishes a file that a killed run left behind.
 *
 * The writer appends whole members in order.  So a crash can only leave a tail that is cut, or
 * whose bytes never reached the disk.  The file is read from its beginning to the first thing that
 * is not whole.  What follows is copied to another file before it is cut off, however long it is:
 * nothing is thrown away.
 *
 *     NAME.warc.gz.open          | warcinfo | ... | request | response | metad~
 *
 *     NAME.warc.gz               | warcinfo | ... |
 *     NAME.torn-20260304050607   | request | response | metad~
 *
 * An event without its metadata record is cut off with the tail.  A capture is there whole or not
 * at all, so the crawler can capture it again without having it twice.  Only events that begin with
 * a request record count.  In a file that ended cleanly they count only if other events of the file
 * ended with a metadata record, because other writers may write none.
 *
 * Only the caller can know how far the file was synced.  The crawler's store knows: after each sync
 * it notes the offset up to which batches of events are safe.  Other programs let the writer keep a
 * commit log beside the file.  Without either, or after that offset, the scan finds the same
 * boundaries.  Anything wrong before that offset was not torn by a crash.  It is damage, and no
 * reason to cut off the good records that follow it.
 */
#include <config.h>

#include "warc/mend.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/text.h"
#include "warc/commits.h"
#include "warc/rules.h"

enum { PIECE_BYTES = 1 << 16, NAME_TRIES = 100 };

/* What a scan has found. */
struct scan_result {
    int64_t whole;   /* bytes of whole records from the beginning of the file */
    int64_t records; /* whole records, without warcinfo records */
    int64_t event;   /* offset of the event that is still open; -1: there is none */
    int64_t event_records;
    bool closes;    /* events in this file end with a metadata record */
    int64_t damage; /* offset of damage in synced bytes; -1: there is none */
    int64_t synced; /* bytes that were synced */
    int64_t torn;   /* bytes after the whole records */
    struct give_up give_up;
    char why[256]; /* what is wrong after the whole records */
};

static bool frame_is_good(const struct warc_reader *reader, struct scan_result *found)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++) {
        if (!rule_is_about_frame(flaw->rule) || flaw->level == WARC_NOTE)
            continue;
        snprintf(found->why, sizeof found->why, "%s", flaw->words);
        return false;
    }
    return true;
}

/* Goes back to the beginning of an event that was not finished. */
static void leave_open_event_out(struct scan_result *found, int64_t synced)
{
    if (found->event < synced || (!*found->why && !found->closes))
        return;
    if (!*found->why)
        snprintf(found->why, sizeof found->why, "the records of a capture are not complete");
    found->whole = found->event;
    found->records -= found->event_records;
}

static void count_record(struct scan_result *found, enum warc_type type,
                         const struct warc_place *place)
{
    found->whole = place->offset + place->length;
    found->records += type != WARC_WARCINFO;
    if (type == WARC_REQUEST) {
        found->event = place->offset;
        found->event_records = 0;
    }
    found->event_records++;
    found->closes = found->closes || (type == WARC_METADATA && found->event >= 0);
    if (type == WARC_METADATA || type == WARC_WARCINFO)
        found->event = -1;
}

/* Scans from offset `from`, where a record begins. */
static enum warc_result scan_from(const char *path, int64_t from, struct scan_result *found,
                                  char *words, size_t size)
{
    struct warc_reader *reader = warc_reader_open_until(path, found->give_up);
    const struct warc_record *record;
    struct warc_place place;
    enum warc_result result = reader ? WARC_OK : WARC_BROKEN;
    if (!reader)
        snprintf(words, size, "no memory to recover %s", path);
    else if (from)
        result = warc_reader_seek(reader, from);
    while (result == WARC_OK) {
        result = warc_reader_next(reader, &record);
        if (result == WARC_OK || result == WARC_FLAWED)
            result = warc_reader_finish(reader, &place);
        if (result == WARC_LOST || (result == WARC_FLAWED && !frame_is_good(reader, found))) {
            if (!*found->why)
                snprintf(found->why, sizeof found->why, "%s", warc_reader_words(reader));
            break;
        }
        if (result == WARC_OK || result == WARC_FLAWED) {
            count_record(found, record->type, &place);
            result = WARC_OK;
        }
    }
    if (result == WARC_BROKEN && reader)
        snprintf(words, size, "%s: %s", path, warc_reader_words(reader));
    warc_reader_close(reader);
    return result == WARC_BROKEN ? WARC_BROKEN : WARC_OK;
}

static enum warc_result scan(const char *path, int64_t synced, struct scan_result *found,
                             char *words, size_t size)
{
    enum warc_result result = scan_from(path, 0, found, words, size);
    if (result == WARC_OK && found->whole < synced) {
        found->damage = found->whole;
        found->whole = synced;
        found->records++; /* the damaged part has records too, which cannot be counted */
        found->event = -1;
        found->why[0] = '\0';
        result = scan_from(path, synced, found, words, size);
    }
    leave_open_event_out(found, synced);
    return result;
}

/* Creates the file for the torn tail beside `path`, whose name is cut to `stem` bytes. */
static int create_aside(const char *path, size_t stem, char out[PATH_MAX], struct trouble *trouble)
{
    int64_t now = clock_wall_ms();
    for (int i = 0; i < NAME_TRIES; i++) {
        char date[DATE_14_SIZE];
        date_write_14(now + i * 1000, date);
        if (snprintf(out, PATH_MAX, "%.*s.torn-%s", (int)stem, path, date) >= PATH_MAX) {
            trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", path);
            return -1;
        }
        int fd = disk_create(out, trouble);
        if (fd >= 0 || trouble->os_error != EEXIST)
            return fd;
    }
    return -1;
}

/* Copies everything after the whole records into a file of its own, and syncs that. */
static enum result copy_aside(int fd, const char *path, size_t stem,
                              const struct scan_result *found, struct trouble *trouble)
{
    char aside[PATH_MAX], piece[PIECE_BYTES];
    int64_t from = found->whole;
    enum result result = RESULT_OK;
    int out = create_aside(path, stem, aside, trouble);
    if (out < 0)
        return RESULT_BROKEN;
    for (;;) {
        ssize_t got = pread(fd, piece, sizeof piece, from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
        else if (got > 0 && give_up_asked(&found->give_up))
            result = trouble_say(trouble, RESULT_BROKEN, "%s is not repaired yet", path);
        else if (got > 0)
            result = disk_write(out, piece, (size_t)got, aside, trouble);
        if (got <= 0 || result != RESULT_OK)
            break;
        from += got;
    }
    if (result == RESULT_OK)
        result = disk_sync(out, aside, trouble);
    close(out);
    if (result != RESULT_OK)
        unlink(aside);
    return result;
}

static void directory_of(const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    snprintf(out, PATH_MAX, "%.*s", slash ? (int)(slash - path) + (slash == path) : 1,
             slash ? path : ".");
}

/* Cuts off the tail, renames or removes the file, and syncs.  The order makes sure that a crash at
 * any moment loses nothing. */
static enum result put_right(int fd, const char *path, const char *final_path, size_t stem,
                             const struct scan_result *found, struct trouble *trouble)
{
    char directory[PATH_MAX];
    enum result result = RESULT_OK;
    directory_of(path, directory);
    if (found->torn)
        result = copy_aside(fd, path, stem, found, trouble);
    if (result == RESULT_OK && found->torn)
        result = disk_sync_directory(directory, trouble);
    if (result == RESULT_OK && found->torn && found->records && ftruncate(fd, found->whole) != 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot cut %s", path);
    if (result == RESULT_OK)
        result = disk_sync(fd, path, trouble);
    if (result == RESULT_OK && found->records)
        result = disk_rename(path, final_path, trouble);
    else if (result == RESULT_OK && unlink(path) != 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot remove %s", path);
    if (result == RESULT_OK)
        result = disk_sync_directory(directory, trouble);
    return result;
}

/* Where a rename is a link and an unlink, a crash between them leaves a finished file with both
 * names. */
static bool has_both_names(const struct stat *facts, const char *final_path)
{
    struct stat other;
    return stat(final_path, &other) == 0 && other.st_ino == facts->st_ino &&
           other.st_dev == facts->st_dev;
}

static enum result drop_open_name(const char *path, struct trouble *trouble)
{
    char directory[PATH_MAX];
    directory_of(path, directory);
    if (unlink(path) != 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot remove %s", path);
    return disk_sync_directory(directory, trouble);
}

static void say_done(const char *path, const struct scan_result *found, char *words, size_t size)
{
    int said;
    if (found->damage >= 0)
        said = snprintf(
            words, size,
            "%s is damaged at %lld, although %lld byte%s had been synced: all of it is kept; "
            "run verify to see what is lost, and restore the file from a copy if you have one",
            path, (long long)found->damage, (long long)found->synced, PLURAL(found->synced));
    else if (found->records)
        said = snprintf(words, size, "%s: %lld whole record%s (%lld byte%s)", path,
                        (long long)found->records, PLURAL(found->records), (long long)found->whole,
                        PLURAL(found->whole));
    else
        said = snprintf(words, size, "%s held no whole record and was removed", path);
    if (found->torn && said > 0 && (size_t)said < size)
        snprintf(words + said, size - (size_t)said, "; %lld torn byte%s put aside: %s",
                 (long long)found->torn, found->torn == 1 ? " was" : "s were", found->why);
}

/* How far the file was synced, where the caller does not know.  False with words. */
static bool find_synced(const char *final_path, int64_t *synced, char *words, size_t size)
{
    if (!*synced)
        *synced = commits_read(final_path);
    if (*synced < 0)
        snprintf(words, size, "cannot read %s.commits", final_path);
    return *synced >= 0;
}

/* The final name of the file: `open_path` without ".open".  *stem is its length without ".warc.gz"
 * or ".warc".  False with words. */
static bool find_final_path(const char *open_path, char final_path[PATH_MAX], size_t *stem,
                            char *words, size_t size)
{
    struct text path = text_of(open_path);
    if (!text_ends(path, TEXT(".open")) || path.length >= PATH_MAX) {
        snprintf(words, size, "%s does not end in .open", open_path);
        return false;
    }
    path = text_first(path, path.length - strlen(".open"));
    snprintf(final_path, PATH_MAX, "%.*s", (int)path.length, path.at);
    *stem = path.length;
    if (text_ends(path, TEXT(".warc.gz")))
        *stem -= strlen(".warc.gz");
    else if (text_ends(path, TEXT(".warc")))
        *stem -= strlen(".warc");
    return true;
}

/* Opens the file and locks it.  -1 with words. */
static int open_locked(const char *path, struct stat *facts, char *words, size_t size)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fstat(fd, facts) != 0)
        snprintf(words, size, "cannot open %s: %s", path, strerror(errno));
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        snprintf(words, size, "%s is still being written", path);
    else
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static enum warc_result mend(const char *open_path, int64_t synced_bytes, struct scan_result *found,
                             char final[256], char *words, size_t size)
{
    char final_path[PATH_MAX];
    struct trouble trouble = trouble_none();
    struct stat facts;
    size_t stem;
    enum result done = RESULT_OK;
    final[0] = '\0';
    if (!find_final_path(open_path, final_path, &stem, words, size))
        return WARC_BROKEN;
    int fd = open_locked(open_path, &facts, words, size);
    if (fd < 0)
        return WARC_BROKEN;
    bool both = has_both_names(&facts, final_path);
    enum warc_result result = WARC_OK;
    if (!find_synced(final_path, &synced_bytes, words, size))
        result = WARC_BROKEN;
    else if (!both && disk_exists(final_path)) {
        snprintf(words, size, "%s already exists; %s cannot get its name", final_path, open_path);
        result = WARC_BROKEN;
    } else
        result = scan(open_path, synced_bytes < facts.st_size ? synced_bytes : facts.st_size, found,
                      words, size);
    found->synced = synced_bytes;
    if (synced_bytes > facts.st_size && found->damage < 0)
        found->damage = facts.st_size; /* the end of the file is missing */
    if (result == WARC_OK && both)
        done = drop_open_name(open_path, &trouble);
    else if (result == WARC_OK) {
        found->torn = facts.st_size - found->whole;
        done = put_right(fd, open_path, final_path, stem, found, &trouble);
    }
    close(fd);
    if (done != RESULT_OK)
        snprintf(words, size, "%s", trouble.words);
    if (result != WARC_OK || done != RESULT_OK)
        return WARC_BROKEN;
    commits_remove(final_path);
    const char *slash = strrchr(final_path, '/');
    if (found->records)
        snprintf(final, 256, "%.255s", slash ? slash + 1 : final_path);
    say_done(open_path, found, words, size);
    return found->damage >= 0 ? WARC_LOST : found->torn ? WARC_FLAWED : WARC_OK;
}

enum warc_result warc_mend(const char *open_path, int64_t synced_bytes, int64_t *kept_bytes,
                           int64_t *torn_bytes, char final[256], char *words, size_t size)
{
    struct scan_result found = {.event = -1, .damage = -1};
    enum warc_result result = mend(open_path, synced_bytes, &found, final, words, size);
    if (result != WARC_BROKEN && kept_bytes)
        *kept_bytes = found.records ? found.whole : 0;
    if (result != WARC_BROKEN && torn_bytes)
        *torn_bytes = found.torn;
    return result;
}

enum warc_result warc_mend_until(const char *open_path, int64_t synced_bytes,
                                 struct give_up give_up, char final[256], char *words, size_t size)
{
    struct scan_result found = {.event = -1, .damage = -1, .give_up = give_up};
    return mend(open_path, synced_bytes, &found, final, words, size);
}
