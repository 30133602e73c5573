/* Lists in memory, or mapped from an unnamed file; and sorting them by runs that are merged. */
#include <config.h>

#include "base/spilled.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/system.h"

enum {
    MEMORY_MOST = 1 << 20,  /* bytes of a list that stays in memory */
    TOUCHED_MOST = 8 << 20, /* bytes in memory of one that does not */
    RUN_BYTES = 2 << 20,    /* sorted at once */
    GROWTH_MOST = 16 << 20, /* bytes by which a list in the file grows at once */
    PLACE_BITS = 38,        /* each list has 256 GiB of the file, which has holes */
    LISTS_MOST = 32,
};

/* ---- the file ---- */

struct spill_file spill_file_open(void)
{
    const char *given = getenv("TMPDIR");
    const char *const directories[] = {given && *given ? given : "/var/tmp", "/var/tmp", "/tmp"};
    struct spill_file file = {.fd = -1};
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        return file; /* a file with holes may be too long for it */
    for (size_t i = 0; i < 3 && file.fd < 0; i++)
        file.fd = system_open_nameless(directories[i]);
    return file;
}

void spill_file_close(struct spill_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

/* ---- a list ---- */

void spilled_init(struct spilled *list, struct spill_file *file)
{
    *list = (struct spilled){.file = file};
}

void spilled_release(struct spilled *list)
{
    if (list->mapped)
        munmap(list->at, list->room);
    else
        free(list->at);
    *list = (struct spilled){.file = list->file};
}

static bool grow_in_memory(struct spilled *list, size_t room)
{
    char *more = realloc(list->at, room);
    if (!more)
        return false;
    memset(more + list->room, 0, room - list->room);
    list->at = more;
    list->room = room;
    return true;
}

/* Moves a list to a place of its own in the file. */
static bool map_first(struct spilled *list, size_t room)
{
    struct spill_file *file = list->file;
    if (!file || file->fd < 0 || file->lists >= LISTS_MOST)
        return false;
    off_t place = (off_t)file->lists << PLACE_BITS;
    if (system_reserve(file->fd, place, (int64_t)room) != 0)
        return false;
    void *map = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, place);
    if (map == MAP_FAILED)
        return false;
    file->lists++;
    if (list->at)
        memcpy(map, list->at, list->room);
    free(list->at);
    list->at = map;
    list->room = room;
    list->mapped = true;
    list->place = place;
    return true;
}

static bool map_more(struct spilled *list, size_t room)
{
    if (system_reserve(list->file->fd, list->place + (int64_t)list->room,
                       (int64_t)(room - list->room)) != 0)
        return false;
    void *map = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, list->file->fd, list->place);
    if (map == MAP_FAILED)
        return false;
    munmap(list->at, list->room);
    list->at = map;
    list->room = room;
    return true;
}

bool spilled_grow(struct spilled *list, size_t bytes)
{
    if (bytes <= list->room)
        return true;
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = list->room ? list->room : page;
    while (room < bytes)
        room += room < GROWTH_MOST ? room : GROWTH_MOST;
    room = (room + page - 1) / page * page;
    if (list->mapped)
        return map_more(list, room);
    if (room > MEMORY_MOST && map_first(list, room))
        return true;
    return grow_in_memory(list, room);
}

void spilled_touch(struct spilled *list, size_t bytes)
{
    list->touched += bytes;
    if (list->touched < TOUCHED_MOST)
        return;
    list->touched = 0;
    if (list->mapped) /* the file keeps them */
        madvise(list->at, list->room, MADV_DONTNEED);
}

/* ---- sorting ---- */

/* The runs that are merged: a heap, with the least item at the top. */
struct merging {
    struct sorted_run {
        char *next, *end;
    } * runs;
    size_t count, size;
    int (*order)(const void *, const void *);
};

static void sift_down(struct merging *merging, size_t at)
{
    struct sorted_run *runs = merging->runs;
    for (;;) {
        size_t least = at, child = 2 * at + 1;
        for (size_t i = child; i < child + 2 && i < merging->count; i++)
            if (merging->order(runs[i].next, runs[least].next) < 0)
                least = i;
        if (least == at)
            return;
        struct sorted_run other = runs[at];
        runs[at] = runs[least];
        runs[least] = other;
        at = least;
    }
}

/* Merges the runs of *list into *out. */
static void merge(struct merging *merging, struct spilled *list, struct spilled *out, size_t items)
{
    char *to = out->at;
    for (size_t i = merging->count; i-- > 0;)
        sift_down(merging, i);
    for (size_t i = 0; i < items; i++) {
        struct sorted_run *least = &merging->runs[0];
        memcpy(to, least->next, merging->size);
        to += merging->size;
        least->next += merging->size;
        if (least->next == least->end)
            *least = merging->runs[--merging->count];
        sift_down(merging, 0);
        spilled_touch(list, merging->size);
        spilled_touch(out, merging->size);
    }
}

bool spilled_sort(struct spilled *list, size_t count, size_t size,
                  int (*order)(const void *, const void *))
{
    size_t each = RUN_BYTES / size;
    struct merging merging = {.count = (count + each - 1) / each, .size = size, .order = order};
    struct spilled out;
    for (size_t i = 0; i < count; i += each) {
        qsort(list->at + i * size, count - i < each ? count - i : each, size, order);
        spilled_touch(list, RUN_BYTES);
    }
    if (merging.count < 2)
        return true;
    spilled_init(&out, list->file);
    merging.runs = calloc(merging.count, sizeof *merging.runs);
    bool done = merging.runs && spilled_grow(&out, count * size);
    for (size_t i = 0; done && i < merging.count; i++)
        merging.runs[i] =
            (struct sorted_run){list->at + i * each * size,
                                list->at + (i + 1 < merging.count ? (i + 1) * each : count) * size};
    if (done) {
        merge(&merging, list, &out, count);
        spilled_release(list);
        *list = out;
    } else
        spilled_release(&out);
    free(merging.runs);
    return done;
}
