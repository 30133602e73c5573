#include <config.h>

#include "archive/lookup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "web/surt.h"

struct lookup {
    struct text index;
    size_t at;           /* of lookup_next() */
    struct buf key;
    struct buf scratch, best_scratch;
};

struct lookup *lookup_open(const char *index_path, struct trouble *trouble)
{
    struct stat facts;
    struct lookup *lookup = calloc(1, sizeof *lookup);
    int fd = open(index_path, O_RDONLY | O_CLOEXEC);
    if (!lookup || fd < 0 || fstat(fd, &facts) != 0) {
        trouble_say_os(trouble, ANSWER_BROKEN, "cannot open %s", index_path);
        goto fail;
    }
    if (facts.st_size) {
        void *map = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED) {
            trouble_say_os(trouble, ANSWER_BROKEN, "cannot map %s", index_path);
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

void lookup_close(struct lookup *lookup)
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
static struct text line_at(const struct lookup *lookup, size_t at)
{
    struct text rest = text_skip(lookup->index, at);
    ptrdiff_t end = text_find_char(rest, '\n');
    return end < 0 ? rest : text_first(rest, (size_t)end);
}

static size_t line_start(const struct lookup *lookup, size_t at)
{
    while (at && lookup->index.at[at - 1] != '\n')
        at--;
    return at;
}

/* Where the first line lies that does not come before `prefix`. */
static size_t first_not_before(const struct lookup *lookup, struct text prefix)
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

/* How good an entry is for a reader who asks for `url`: the very address first, then success. */
static int rank(const struct cdxj_entry *entry, struct text url)
{
    char first = entry->status.length ? entry->status.at[0] : '2';
    return (text_equal(entry->url, url) ? 2 : 0) + (first == '2' || first == '3');
}

enum answer lookup_newest(struct lookup *lookup, struct text url, struct cdxj_entry *best)
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
        if (cdxj_line_read(line, &entry, &lookup->scratch) && rank(&entry, url) >= best_rank) {
            best_rank = rank(&entry, url);
            best_line = line;
        }
        at += line.length + 1;
    }
    if (best_rank < 0)
        return ANSWER_END;
    buf_clear(&lookup->best_scratch);
    cdxj_line_read(best_line, best, &lookup->best_scratch);
    return ANSWER_OK;
}

enum answer lookup_original(struct lookup *lookup, struct text url, struct text timestamp, struct cdxj_entry *entry)
{
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
            !text_equal(entry->mime, TEXT("warc/revisit")))
            return ANSWER_OK;
        at += line.length + 1;
    }
    return ANSWER_END;
}

enum answer lookup_first(struct lookup *lookup, struct cdxj_entry *entry, struct text *line, int64_t *line_offset)
{
    lookup->at = 0;
    return lookup_next(lookup, entry, line, line_offset);
}

enum answer lookup_next(struct lookup *lookup, struct cdxj_entry *entry, struct text *line, int64_t *line_offset)
{
    if (lookup->at >= lookup->index.length)
        return ANSWER_END;
    *line = line_at(lookup, lookup->at);
    *line_offset = (int64_t)lookup->at;
    lookup->at += line->length + 1;
    buf_clear(&lookup->scratch);
    return cdxj_line_read(*line, entry, &lookup->scratch) ? ANSWER_OK : ANSWER_LOST;
}
