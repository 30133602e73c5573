/* Reads zip archives member by member, and writes the parts of a collection into a directory. */
#include <config.h>

#include "collection/wacz.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"

enum { BLOCK_BYTES = 1 << 16, NAME_MOST = 200 };

static const char *const parts[] = {"archive", "indexes", "pages"};
enum { PARTS = sizeof parts / sizeof *parts };

bool wacz_is_at(const char *path)
{
    char first[4] = "";
    int fd = disk_open_to_read(path);
    bool is = fd >= 0 && pread(fd, first, sizeof first, 0) == sizeof first &&
              memcmp(first, "PK\003\004", sizeof first) == 0;
    if (fd >= 0)
        close(fd);
    return is;
}

/* ---- one member ---- */

struct unpacking {
    struct archive *zip;
    const char *directory;
    int64_t left; /* bytes that may still be written */
    struct digester *digester;
    const struct wacz_observer *observer;
    struct trouble *trouble;
    bool damaged;
};

/* Whether it is "archive/NAME" or the like, or a list beside these; no name leads elsewhere. */
static bool is_wanted(const char *name)
{
    const char *slash = strchr(name, '/'), *base = slash ? slash + 1 : name;
    if (!*base || *base == '.' || strchr(base, '/') || strchr(base, '\\') ||
        strlen(name) > NAME_MOST)
        return false;
    for (size_t i = 0; slash && i < PARTS; i++)
        if (strlen(parts[i]) == (size_t)(slash - name) &&
            strncmp(name, parts[i], (size_t)(slash - name)) == 0)
            return true;
    return !slash && text_ends(text_of(name), TEXT(".json"));
}

static enum result write_all(struct unpacking *u, int fd, const char *bytes, size_t length,
                             const char *name)
{
    if (u->observer && give_up_asked(&u->observer->give_up))
        return trouble_say(u->trouble, RESULT_BROKEN, "stopped while it was unpacked");
    u->left -= (int64_t)length;
    if (u->left < 0)
        return trouble_say(u->trouble, RESULT_BROKEN,
                           "it has far more bytes unpacked than packed, so it is not unpacked");
    return fd < 0 ? RESULT_OK : disk_write(fd, bytes, length, name, u->trouble);
}

static void note_damage(struct unpacking *u, const char *name)
{
    const char *why = archive_error_string(u->zip);
    if (!u->damaged)
        result_ignore(trouble_say(u->trouble, RESULT_LOST, "%.200s: %.200s", name,
                                  why ? why : "it cannot be read"));
    u->damaged = true;
}

static enum result copy_bytes(struct unpacking *u, int fd, struct wacz_member *member)
{
    char block[BLOCK_BYTES];
    unsigned char sha256[DIGEST_MOST_BYTES];
    enum result result = RESULT_OK;
    la_ssize_t got = 0;
    digester_begin(u->digester);
    while (result == RESULT_OK && (got = archive_read_data(u->zip, block, sizeof block)) > 0) {
        digester_add(u->digester, block, (size_t)got);
        member->bytes += got;
        result = write_all(u, fd, block, (size_t)got, member->name);
    }
    if (result == RESULT_OK && got < 0)
        note_damage(u, member->name);
    digester_end(u->digester, sha256);
    digest_hex(sha256, DIGEST_SHA256_BYTES, member->sha256);
    return result;
}

static enum result unpack_member(struct unpacking *u, struct archive_entry *entry)
{
    char path[PATH_MAX];
    const char *name = archive_entry_pathname(entry), *format = archive_format_name(u->zip);
    struct wacz_member member = {.name = name,
                                 .stored = !format || strstr(format, "uncompressed") != NULL};
    if (!name || archive_entry_filetype(entry) != AE_IFREG)
        return RESULT_OK;
    snprintf(path, sizeof path, "%s/%s", u->directory, name);
    int fd = is_wanted(name) ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (is_wanted(name) && fd < 0 && errno != EEXIST)
        return trouble_say_os(u->trouble, RESULT_BROKEN, "cannot unpack %s", name);
    enum result result = copy_bytes(u, fd, &member);
    if (fd >= 0)
        close(fd);
    if (result == RESULT_OK && u->observer && u->observer->member)
        u->observer->member(u->observer->context, &member);
    return result;
}

/* ---- all of them ---- */

static enum result unpack_all(struct unpacking *u, const char *path)
{
    struct archive_entry *entry;
    enum result result = RESULT_OK;
    int got = archive_read_open_filename(u->zip, path, BLOCK_BYTES);
    while (result == RESULT_OK && got >= ARCHIVE_WARN &&
           (got = archive_read_next_header(u->zip, &entry)) >= ARCHIVE_WARN && got != ARCHIVE_EOF)
        result = unpack_member(u, entry);
    if (result == RESULT_OK && got < ARCHIVE_WARN)
        note_damage(u, "the list of its members");
    return result == RESULT_OK && u->damaged ? RESULT_LOST : result;
}

enum result wacz_unpack(const char *path, const char *directory, int64_t most_bytes,
                        const struct wacz_observer *observer, struct trouble *trouble)
{
    struct unpacking u = {.zip = archive_read_new(),
                          .directory = directory,
                          .left = most_bytes,
                          .digester = digester_new(DIGEST_SHA256),
                          .observer = observer,
                          .trouble = trouble};
    enum result result = RESULT_OK;
    for (size_t i = 0; i < PARTS && result == RESULT_OK; i++) {
        char part[PATH_MAX];
        snprintf(part, sizeof part, "%s/%s", directory, parts[i]);
        result = disk_make_directory(part, trouble);
    }
    if (result == RESULT_OK && (!u.zip || !u.digester))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to unpack %s", path);
    if (result == RESULT_OK) {
        archive_read_support_format_zip(u.zip);
        result = unpack_all(&u, path);
    }
    if (u.zip)
        archive_read_free(u.zip);
    digester_free(u.digester);
    return result;
}

static void remove_file(void *context, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
    unlink(path);
}

void wacz_remove(const char *directory)
{
    char part[PATH_MAX];
    struct trouble trouble;
    for (size_t i = 0; i <= PARTS; i++) {
        snprintf(part, sizeof part, "%s%s%s", directory, i < PARTS ? "/" : "",
                 i < PARTS ? parts[i] : "");
        if (disk_is_directory(part))
            result_ignore(disk_list(part, remove_file, part, &trouble));
        rmdir(part);
    }
}

/* ---- JSON ---- */

bool wacz_next_object(struct text *rest, struct text *object)
{
    bool quoted = false;
    size_t begin = SIZE_MAX;
    for (size_t i = 0; i < rest->length; i++) {
        char c = rest->at[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '{')
            begin = i;
        else if (!quoted && c == '}' && begin != SIZE_MAX) {
            *object = text_first(text_skip(*rest, begin), i + 1 - begin);
            *rest = text_skip(*rest, i + 1);
            return true;
        }
    }
    return false;
}
