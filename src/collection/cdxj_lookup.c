/* Binary search for captures in a sorted CDXJ file that is mapped into memory. */
#include <config.h>

#include "collection/cdxj_lookup.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest_value.h"
#include "base/disk.h"
#include "web/surt.h"

struct cdxj_lookup {
    struct text index;
    size_t at;     /* for cdxj_lookup_next() */
    size_t passed; /* its pages before here were given back */
    struct buf key;
    struct buf scratch, best_scratch;
};

struct cdxj_lookup *cdxj_lookup_open(const char *index_path, struct trouble *trouble)
{
    struct stat facts;
    struct cdxj_lookup *lookup = calloc(1, sizeof *lookup);
    int fd = disk_open_to_read(index_path);
    if (!lookup || fd < 0 || fstat(fd, &facts) != 0) {
        trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", index_path);
        goto fail;
    }
    if (facts.st_size) {
        void *map = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED) {
            trouble_say_os(trouble, RESULT_BROKEN, "cannot map %s", index_path);
            goto fail;
        }
        lookup->index = (struct text){map, (size_t)facts.st_size};
    }
    close(fd);
    buf_init(&lookup->key, 1 << 20);
    buf_init(&lookup->scratch, 1 << 22);
    buf_init(&lookup->best_scratch, 1 << 22);
    return lookup;
fail:
    if (fd >= 0)
        close(fd);
    free(lookup);
    return NULL;
}

void cdxj_lookup_close(struct cdxj_lookup *lookup)
{
    if (!lookup)
        return;
    if (lookup->index.length)
        munmap((void *)(uintptr_t)lookup->index.at, lookup->index.length);
    buf_release(&lookup->key);
    buf_release(&lookup->scratch);
    buf_release(&lookup->best_scratch);
    free(lookup);
}

/* The line that begins at `at`, without its LF. */
static struct text line_at(const struct cdxj_lookup *lookup, size_t at)
{
    struct text rest = text_skip(lookup->index, at);
    ptrdiff_t end = text_find_char(rest, '\n');
    return end < 0 ? rest : text_first(rest, (size_t)end);
}

static size_t line_start(const struct cdxj_lookup *lookup, size_t at)
{
    while (at && lookup->index.at[at - 1] != '\n')
        at--;
    return at;
}

/* The offset of the first line that does not sort before `prefix`. */
static size_t first_not_before(const struct cdxj_lookup *lookup, struct text prefix)
{
    size_t low = 0, high = lookup->index.length;
    while (low < high) {
        size_t start = line_start(lookup, low + (high - low) / 2);
        struct text line = line_at(lookup, start);
        if (text_compare(line, prefix) < 0)
            low = start + line.length + 1;
        else
            high = start;
    }
    return low;
}

/* How well an entry fits a request for `url`: exactly this URL first, then success. */
static int rank_to_show(const struct cdxj_entry *entry, struct text url)
{
    char first = entry->status.length ? entry->status.at[0] : '2';
    return (text_equal(entry->url, url) ? 2 : 0) + (first == '2' || first == '3');
}

static int rank_last(const struct cdxj_entry *entry, struct text url)
{
    return text_equal(entry->url, url);
}

/* Of a line that comes after `line`, with the same key.  Within a second the place in the archive
 * tells: names of files rise, and so do offsets. */
static bool is_later(const struct cdxj_entry *entry, struct text line, struct buf *scratch)
{
    struct cdxj_entry other;
    buf_clear(scratch);
    if (!cdxj_line_read(line, &other, scratch) || !text_equal(entry->timestamp, other.timestamp))
        return true;
    int order = text_compare(entry->filename, other.filename);
    return order ? order > 0 : entry->offset >= other.offset;
}

static enum result look_up(struct cdxj_lookup *lookup, struct text url,
                           int (*rank_of)(const struct cdxj_entry *entry, struct text url),
                           struct cdxj_entry *best)
{
    int best_rank = -1;
    buf_clear(&lookup->key);
    surt_write(url, &lookup->key);
    buf_add_char(&lookup->key, ' ');
    struct text key = buf_text(&lookup->key), best_line = TEXT("");
    for (size_t at = first_not_before(lookup, key); at < lookup->index.length;) {
        struct text line = line_at(lookup, at);
        struct cdxj_entry entry;
        if (!text_starts(line, key))
            break;
        buf_clear(&lookup->scratch);
        int rank = cdxj_line_read(line, &entry, &lookup->scratch) ? rank_of(&entry, url) : -1;
        if (rank > best_rank || (rank == best_rank && rank >= 0 &&
                                 is_later(&entry, best_line, &lookup->best_scratch))) {
            best_rank = rank;
            best_line = line;
        }
        at += line.length + 1;
    }
    if (best_rank < 0)
        return RESULT_END;
    buf_clear(&lookup->best_scratch);
    cdxj_line_read(best_line, best, &lookup->best_scratch);
    return RESULT_OK;
}

enum result cdxj_lookup_newest(struct cdxj_lookup *lookup, struct text url,
                               struct cdxj_entry *entry)
{
    return look_up(lookup, url, rank_to_show, entry);
}

enum result cdxj_lookup_last(struct cdxj_lookup *lookup, struct text url, struct cdxj_entry *entry)
{
    return look_up(lookup, url, rank_last, entry);
}

enum result cdxj_lookup_original(struct cdxj_lookup *lookup, struct text url, struct text timestamp,
                                 struct text digest, struct cdxj_entry *entry)
{
    struct text other = TEXT("");
    buf_clear(&lookup->key);
    surt_write(url, &lookup->key);
    buf_add_char(&lookup->key, ' ');
    buf_add_text(&lookup->key, timestamp);
    struct text key = buf_text(&lookup->key);
    for (size_t at = first_not_before(lookup, key); at < lookup->index.length;) {
        struct text line = line_at(lookup, at);
        if (!text_starts(line, key))
            break;
        buf_clear(&lookup->best_scratch);
        if (cdxj_line_read(line, entry, &lookup->best_scratch) && text_equal(entry->url, url) &&
            !text_equal(entry->mime, TEXT("warc/revisit"))) {
            if (!digest.length || digest_value_same(entry->digest, digest))
                return RESULT_OK;
            other = other.length ? other : line;
        }
        at += line.length + 1;
    }
    buf_clear(&lookup->best_scratch);
    return other.length && cdxj_line_read(other, entry, &lookup->best_scratch) ? RESULT_OK
                                                                               : RESULT_END;
}

enum result cdxj_lookup_payload(struct cdxj_lookup *lookup, struct text url, struct text digest,
                                struct cdxj_entry *entry)
{
    buf_clear(&lookup->key);
    surt_write(url, &lookup->key);
    buf_add_char(&lookup->key, ' ');
    struct text key = buf_text(&lookup->key);
    for (size_t at = first_not_before(lookup, key); at < lookup->index.length;) {
        struct text line = line_at(lookup, at);
        if (!text_starts(line, key))
            break;
        buf_clear(&lookup->best_scratch);
        if (cdxj_line_read(line, entry, &lookup->best_scratch) &&
            digest_value_same(entry->digest, digest) &&
            !text_equal(entry->mime, TEXT("warc/revisit")))
            return RESULT_OK;
        at += line.length + 1;
    }
    return RESULT_END;
}

/* A capture of the second that cdxj_lookup_each() has come to. */
struct capture_place {
    struct text line;
    struct text filename;
    int64_t offset;
};

static int order_by_place(const void *left, const void *right)
{
    const struct capture_place *a = left, *b = right;
    int order = text_compare(a->filename, b->filename);
    return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

/* Appends the places of all lines from `at` on that begin with `key`.  Returns where the first
 * other line begins. */
static size_t gather_places(struct cdxj_lookup *lookup, size_t at, struct text key,
                            struct buf *places, struct buf *names)
{
    while (at < lookup->index.length) {
        struct capture_place place = {.line = line_at(lookup, at)};
        struct cdxj_entry entry;
        if (!text_starts(place.line, key))
            break;
        buf_clear(&lookup->best_scratch);
        if (cdxj_line_read(place.line, &entry, &lookup->best_scratch)) {
            place.filename.length = entry.filename.length;
            place.offset = entry.offset;
            buf_append(places, &place, sizeof place);
            buf_add_text(names, entry.filename);
        }
        at += place.line.length + 1;
    }
    return at;
}

/* Puts the places in the order of the archive.  The texts of their names are in *names. */
static void sort_places(struct buf *places, const struct buf *names)
{
    struct capture_place *place = (struct capture_place *)(void *)places->data;
    size_t count = places->length / sizeof *place;
    struct text rest = buf_text(names);
    for (size_t i = 0; i < count; i++) {
        place[i].filename = text_first(rest, place[i].filename.length);
        rest = text_skip(rest, place[i].filename.length);
    }
    qsort(place, count, sizeof *place, order_by_place);
}

static void take_line(struct cdxj_lookup *lookup, struct text line, cdxj_take *take, void *context)
{
    struct cdxj_entry entry;
    buf_clear(&lookup->best_scratch);
    if (cdxj_line_read(line, &entry, &lookup->best_scratch))
        take(context, &entry, line);
}

/* Calls `take` for the captures of one second, which the index sorts by their content.  Returns
 * where the next second begins.  Without memory, they are taken as the index has them. */
static size_t take_second(struct cdxj_lookup *lookup, size_t at, struct text key, cdxj_take *take,
                          void *context)
{
    struct buf places, names;
    buf_init(&places, lookup->index.length * sizeof(struct capture_place));
    buf_init(&names, lookup->index.length);
    size_t end = gather_places(lookup, at, key, &places, &names);
    if (buf_ok(&places) && buf_ok(&names))
        sort_places(&places, &names);
    for (size_t i = 0; i < places.length / sizeof(struct capture_place); i++) {
        struct capture_place place;
        memcpy(&place, places.data + i * sizeof place, sizeof place);
        take_line(lookup, place.line, take, context);
    }
    buf_release(&places);
    buf_release(&names);
    return end;
}

void cdxj_lookup_each(struct cdxj_lookup *lookup, struct text url, cdxj_take *take, void *context)
{
    enum { STAMP = 15 }; /* a timestamp and the blank after it */
    buf_clear(&lookup->key);
    surt_write(url, &lookup->key);
    buf_add_char(&lookup->key, ' ');
    struct text key = buf_text(&lookup->key);
    for (size_t at = first_not_before(lookup, key); at < lookup->index.length;) {
        struct text line = line_at(lookup, at), second = text_first(line, key.length + STAMP);
        size_t next = at + line.length + 1;
        if (!text_starts(line, key))
            break;
        if (next < lookup->index.length && text_starts(line_at(lookup, next), second)) {
            at = take_second(lookup, at, second, take, context);
        } else {
            take_line(lookup, line, take, context);
            at = next;
        }
    }
}

enum result cdxj_lookup_first(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                              struct text *line, int64_t *line_offset)
{
    lookup->at = 0;
    return cdxj_lookup_next(lookup, entry, line, line_offset);
}

void cdxj_lookup_seek(struct cdxj_lookup *lookup, struct text prefix)
{
    lookup->at = first_not_before(lookup, prefix);
}

struct text cdxj_lookup_line(const struct cdxj_lookup *lookup, int64_t line_offset)
{
    return line_at(lookup, (size_t)line_offset);
}

/* Pages that were passed are still the system's to keep, but no longer counted as ours.  They are
 * read again if they are needed. */
static void give_back_passed(struct cdxj_lookup *lookup)
{
    enum { PIECE = 4 << 20 }; /* whole pages */
    char *index = (char *)(uintptr_t)lookup->index.at;
    lookup->passed = lookup->passed > lookup->at ? 0 : lookup->passed;
    while (lookup->at - lookup->passed > PIECE) {
        madvise(index + lookup->passed, PIECE, MADV_DONTNEED);
        lookup->passed += PIECE;
    }
}

enum result cdxj_lookup_next(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                             struct text *line, int64_t *line_offset)
{
    if (lookup->at >= lookup->index.length)
        return RESULT_END;
    *line = line_at(lookup, lookup->at);
    *line_offset = (int64_t)lookup->at;
    give_back_passed(lookup);
    lookup->at += line->length + 1;
    buf_clear(&lookup->scratch);
    return cdxj_line_read(*line, entry, &lookup->scratch) ? RESULT_OK : RESULT_LOST;
}

bool cdxj_entry_time(const struct cdxj_entry *entry, int64_t *ms)
{
    char date[32];
    struct text digits = entry->timestamp;
    if (digits.length != 14)
        return false;
    snprintf(date, sizeof date, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", digits.at, digits.at + 4,
             digits.at + 6, digits.at + 8, digits.at + 10, digits.at + 12);
    return date_read_warc(text_of(date), ms);
}
