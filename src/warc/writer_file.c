/*
 * Creates, writes, syncs, cuts back and finishes the file of a writer.
 */
#include <config.h>

#include "warc/writer_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/system.h"
#include "base/text.h"
#include "warc/commits.h"

enum { NAME_TRIES = 100, PENDING_MOST = 64 << 20 };

/* Letters, digits, '-', '_' and the characters in `also` stay; others become '_'. */
static void clean_name(const char *from, char *to, size_t most, const char *also)
{
    size_t i = 0;
    for (; from && from[i] && i < most; i++)
        to[i] = ascii_is_alnum(from[i]) || strchr("-_", from[i]) || strchr(also, from[i]) ? from[i]
                                                                                          : '_';
    to[i] = '\0';
}

bool writer_file_init(struct writer_file *file, const struct warc_writer_options *options,
                      bool digests)
{
    *file = (struct writer_file){.fd = -1, .commits_fd = -1, .logs_commits = options->commit_log};
    clean_name(options->prefix && *options->prefix ? options->prefix : "warc", file->prefix,
               PREFIX_MOST, "");
    clean_name(options->hostname, file->hostname, HOSTNAME_MOST, ".");
    buf_init(&file->pending, PENDING_MOST);
    file->directory = text_copy(text_of(options->directory));
    file->digester = digests ? digester_new(DIGEST_SHA256) : NULL;
    file->at_whole = digests ? digester_new(DIGEST_SHA256) : NULL;
    return file->directory && (!digests || (file->digester && file->at_whole));
}

static void close_commits(struct writer_file *file)
{
    if (file->commits_fd >= 0)
        close(file->commits_fd);
    file->commits_fd = -1;
}

void writer_file_release(struct writer_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    close_commits(file);
    buf_release(&file->pending);
    digester_free(file->digester);
    digester_free(file->at_whole);
    free(file->directory);
}

int64_t writer_file_size(const struct writer_file *file)
{
    return file->written + (int64_t)file->pending.length;
}

/* ---- writing ---- */

/* Cuts off what is after `end`, and adds that to the words of the trouble. */
static void cut_back(struct writer_file *file, int64_t end, struct trouble *trouble)
{
    size_t said = strlen(trouble->words);
    char *more = trouble->words + said;
    if (ftruncate(file->fd, end) == 0)
        snprintf(more, sizeof trouble->words - said,
                 "; it was cut back to its last whole event (%lld bytes)", (long long)end);
    else
        snprintf(more, sizeof trouble->words - said, "; cutting it to %lld bytes failed too: %s",
                 (long long)end, strerror(errno));
    file->written = end;
    trouble->offset = end;
}

enum warc_result writer_file_break(struct writer_file *file, struct trouble *trouble)
{
    struct stat facts;
    file->broken = true;
    buf_clear(&file->pending);
    if (file->fd < 0)
        return WARC_BROKEN;
    int64_t end = file->kept;
    if (fstat(file->fd, &facts) == 0 && facts.st_size >= file->whole && end < file->whole)
        end = file->whole;
    cut_back(file, end, trouble);
    if (system_sync(file->fd) != 0 && end > file->synced)
        cut_back(file, file->synced, trouble);
    return WARC_BROKEN;
}

/* A digest cannot take bytes back, so it is kept as it was where the current event began. */
static void digest_pending(struct writer_file *file)
{
    struct text pending = buf_text(&file->pending);
    int64_t before = file->whole - file->written;
    if (before >= 0 && before < (int64_t)pending.length) {
        digester_add(file->digester, pending.at, (size_t)before);
        digester_copy(file->at_whole, file->digester);
        pending = text_skip(pending, (size_t)before);
    }
    digester_add(file->digester, pending.at, pending.length);
}

enum warc_result writer_file_flush(struct writer_file *file, struct trouble *trouble)
{
    if (!buf_ok(&file->pending)) {
        trouble_say(trouble, RESULT_BROKEN, "no memory for the compressed record");
        return writer_file_break(file, trouble);
    }
    if (disk_write(file->fd, file->pending.data, file->pending.length, file->open_path, trouble) !=
        RESULT_OK)
        return writer_file_break(file, trouble);
    if (file->digester)
        digest_pending(file);
    file->written += (int64_t)file->pending.length;
    buf_clear(&file->pending);
    if (file->written >= file->whole && file->kept < file->whole)
        file->kept = file->whole;
    return WARC_OK;
}

enum warc_result writer_file_drop_event(struct writer_file *file, struct trouble *trouble)
{
    if (file->broken)
        return WARC_BROKEN;
    if (file->fd < 0)
        return WARC_OK;
    if (file->written <= file->whole) {
        file->pending.length = (size_t)(file->whole - file->written);
        return WARC_OK;
    }
    buf_clear(&file->pending);
    if (ftruncate(file->fd, file->whole) != 0) {
        trouble_say_os(trouble, RESULT_BROKEN, "cannot cut %s", file->open_path);
        return writer_file_break(file, trouble);
    }
    file->written = file->whole;
    if (file->digester)
        digester_copy(file->digester, file->at_whole);
    return WARC_OK;
}

enum warc_result writer_file_sync(struct writer_file *file, struct trouble *trouble)
{
    if (file->broken)
        return WARC_BROKEN;
    if (file->fd < 0)
        return WARC_OK;
    enum warc_result result = writer_file_flush(file, trouble);
    if (result == WARC_OK && disk_sync(file->fd, file->open_path, trouble) != RESULT_OK) {
        file->broken = true;
        cut_back(file, file->synced, trouble);
        return WARC_BROKEN;
    }
    /* `whole` is still where the last event began, although that event is synced too. */
    if (result == WARC_OK)
        file->synced = file->kept = file->written;
    if (result == WARC_OK && file->commits_fd >= 0 && file->committed != file->synced) {
        if (commits_add(file->commits_fd, file->final_path, file->synced, trouble) != RESULT_OK)
            return writer_file_break(file, trouble);
        file->committed = file->synced;
    }
    return result;
}

/* ---- from one file to the next ---- */

/* "" is the working directory. */
static const char *directory_of(const struct writer_file *file)
{
    return *file->directory ? file->directory : ".";
}

static bool join_path(const struct writer_file *file, const char *ending, char out[PATH_MAX])
{
    return snprintf(out, PATH_MAX, "%s/%s%s", directory_of(file), file->name, ending) < PATH_MAX;
}

enum warc_result writer_file_create(struct writer_file *file, struct trouble *trouble)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        char date[DATE_17_SIZE];
        date_write_17(clock_wall_ms(), date);
        snprintf(file->name, sizeof file->name, "%s-%s-%05u%s%s.warc.gz", file->prefix, date,
                 file->serial++ % 100000u, *file->hostname ? "-" : "", file->hostname);
        if (!join_path(file, ".open", file->open_path) || !join_path(file, "", file->final_path)) {
            trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", file->directory);
            break;
        }
        if (disk_exists(file->final_path))
            continue;
        file->fd = disk_create(file->open_path, trouble);
        if (file->fd >= 0 || trouble->os_error != EEXIST)
            break;
    }
    if (file->fd < 0) {
        file->name[0] = '\0';
        file->broken = true;
        return WARC_BROKEN;
    }
    /* The lock tells warc_mend() that a running writer has the file.  File systems without locks do
     * without. */
    flock(file->fd, LOCK_EX | LOCK_NB);
    file->written = file->whole = file->kept = file->synced = file->committed = 0;
    if (file->logs_commits && (file->commits_fd = commits_create(file->final_path, trouble)) < 0)
        return writer_file_break(file, trouble);
    if (file->digester)
        digester_begin(file->digester);
    if (disk_sync_directory(directory_of(file), trouble) != RESULT_OK)
        return writer_file_break(file, trouble);
    return WARC_OK;
}

enum warc_result writer_file_finish(struct writer_file *file, bool drops, struct trouble *trouble)
{
    enum result done = RESULT_OK;
    int closed = close(file->fd);
    file->fd = -1;
    if (closed != 0)
        done = trouble_say_os(trouble, RESULT_BROKEN, "cannot close %s", file->open_path);
    else if (!drops)
        done = disk_rename(file->open_path, file->final_path, trouble);
    else if (unlink(file->open_path) != 0)
        done = trouble_say_os(trouble, RESULT_BROKEN, "cannot remove %s", file->open_path);
    if (done == RESULT_OK)
        done = disk_sync_directory(directory_of(file), trouble);
    file->broken = done != RESULT_OK;
    if (done == RESULT_OK && file->commits_fd >= 0)
        commits_remove(file->final_path);
    close_commits(file);
    return done == RESULT_OK ? WARC_OK : WARC_BROKEN;
}

void writer_file_forget(struct writer_file *file)
{
    file->name[0] = '\0';
    file->written = file->whole = file->kept = file->synced = file->committed = 0;
}
