/* The parts of a collection on disk, its lock and its metadata.yaml. */
#include <config.h>

#include "collection/collection.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"

enum { SAY_TRIES = 20, SAY_PAUSE_NS = 10000000 };

static char *join(const char *directory, const char *name)
{
    char *path;
    return asprintf(&path, "%s/%s", directory, name) < 0 ? NULL : path;
}

struct collection *collection_new(const char *directory)
{
    struct collection *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->lock_fd = -1;
    c->directory = strdup(directory);
    c->archive = join(directory, "archive");
    c->indexes = join(directory, "indexes");
    c->index = join(directory, "indexes/index.cdxj");
    c->state = join(directory, "state");
    c->store = join(directory, "state/warccap.db");
    c->payloads = join(directory, "state/payloads.db");
    c->logs = join(directory, "logs");
    c->log = join(directory, "logs/crawl.log");
    c->runs = join(directory, "runs");
    c->metadata = join(directory, "metadata.yaml");
    if (!c->directory || !c->archive || !c->indexes || !c->index || !c->state || !c->store ||
        !c->payloads || !c->logs || !c->log || !c->runs || !c->metadata) {
        collection_free(c);
        return NULL;
    }
    return c;
}

void collection_free(struct collection *c)
{
    if (!c)
        return;
    if (c->lock_fd >= 0)
        close(c->lock_fd);
    char *const paths[] = {c->directory, c->archive, c->indexes, c->index, c->state,   c->store,
                           c->payloads,  c->logs,    c->log,     c->runs,  c->metadata};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        free(paths[i]);
    free(c);
}

bool collection_is_at(const char *directory)
{
    char *archive = join(directory, "archive");
    bool is = archive && disk_is_directory(archive);
    free(archive);
    return is;
}

bool collection_is_archive_file(const char *name)
{
    static const struct text endings[] = {WORD(".warc.gz"), WORD(".warc"), WORD(".arc.gz"),
                                          WORD(".arc")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_nocase(text_of(name), endings[i]))
            return true;
    return false;
}

enum result collection_make(struct collection *c, struct trouble *trouble)
{
    const char *const directories[] = {c->archive, c->indexes, c->state, c->logs, c->runs};
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        enum result result = disk_make_directory(directories[i], trouble);
        if (result != RESULT_OK)
            return result;
    }
    return RESULT_OK;
}

int64_t collection_free_bytes(const struct collection *c, const char **where)
{
    const char *const directories[] = {c->archive, c->indexes, c->state, c->logs, c->runs};
    int64_t least = -1;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        int64_t left = disk_free_bytes(directories[i]);
        if (left < 0 || (least >= 0 && left >= least))
            continue;
        least = left;
        *where = directories[i];
    }
    return least;
}

enum result collection_describe(struct collection *c, const char *title, struct trouble *trouble)
{
    if (disk_exists(c->metadata))
        return RESULT_OK;
    /* A JSON string is a YAML string. */
    struct buf yaml;
    buf_init(&yaml, 4096);
    buf_add(&yaml, "title: ");
    json_write_string(&yaml, text_of(title));
    buf_add(&yaml, "\n");
    enum result result = disk_replace(c->metadata, buf_text(&yaml), trouble);
    buf_release(&yaml);
    return result;
}

enum result collection_put_aside(const char *database, char *words, size_t size,
                                 struct trouble *trouble)
{
    static const char *const parts[] = {
        "-wal", "-shm", ""}; /* the log first: it must never be read into another database */
    char from[PATH_MAX], to[PATH_MAX], date[DATE_14_SIZE];
    enum result result = RESULT_OK;
    date_write_14(clock_wall_ms(), date);
    for (size_t i = 0; result == RESULT_OK && i < sizeof parts / sizeof *parts; i++) {
        snprintf(from, sizeof from, "%s%s", database, parts[i]);
        if (snprintf(to, sizeof to, "%s.damaged-%s%s", database, date, parts[i]) >= (int)sizeof to)
            return trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", database);
        if (disk_exists(from))
            result = disk_rename(from, to, trouble);
    }
    snprintf(words, size, "%s was damaged and put aside as %s; it is rebuilt from archive/",
             database, to);
    return result;
}

static enum result say_who_holds(int fd, const char *directory, struct trouble *trouble)
{
    char holder[200] = "";
    /* A process that has just taken the lock may not have written its name yet. */
    for (int i = 0; i < SAY_TRIES && !holder[0]; i++) {
        if (i)
            nanosleep(&(struct timespec){.tv_nsec = SAY_PAUSE_NS}, NULL);
        ssize_t got = pread(fd, holder, sizeof holder - 1, 0);
        holder[got > 0 ? got : 0] = '\0';
    }
    holder[strcspn(holder, "\n")] = '\0';
    return trouble_say(trouble, RESULT_AGAIN,
                       "another run has locked %s: %s. Wait until it ends, or stop it", directory,
                       holder[0] ? holder : "its process is not known");
}

enum result collection_lock(struct collection *c, struct trouble *trouble)
{
    char *path = join(c->state, "lock");
    if (!path)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to lock %s", c->directory);
    enum result result = RESULT_OK;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", path);
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        result = errno == EWOULDBLOCK
                     ? say_who_holds(fd, c->directory, trouble)
                     : trouble_say_os(trouble, RESULT_BROKEN, "cannot lock %s", path);
    free(path);
    if (result != RESULT_OK) {
        if (fd >= 0)
            close(fd);
        return result;
    }
    char host[128] = "?", since[DATE_WARC_SIZE], line[300];
    gethostname(host, sizeof host - 1);
    date_write_warc(clock_wall_ms(), since);
    int length =
        snprintf(line, sizeof line, "pid %ld on %s since %s\n", (long)getpid(), host, since);
    /* The name only serves other processes. The lock itself is flock's. */
    if (ftruncate(fd, 0) != 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot write the lock in %s", c->state);
    else
        result = disk_write(fd, line, (size_t)length, c->state, trouble);
    if (result != RESULT_OK) {
        close(fd);
        return result;
    }
    c->lock_fd = fd;
    return RESULT_OK;
}

bool collection_is_locked(const char *directory)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/state/lock", directory);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool locked =
        fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK; /* close unlocks */
    if (fd >= 0)
        close(fd);
    return locked;
}
