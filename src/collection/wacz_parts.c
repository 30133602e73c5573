/* Numbers in ZIP archives are little-endian. */
#include <config.h>

#include "collection/wacz_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/collection.h"

enum {
    END_BYTES = 22,
    END_MOST = END_BYTES + 65535, /* with the comment */
    LOCATOR_BYTES = 20,
    END_64_BYTES = 56,
    ENTRY_BYTES = 46,
    LOCAL_BYTES = 30,
    MEMBERS_MOST = 100000,
    LIST_MOST = 64 << 20,
};

/* What is read of a package. */
struct zip_file {
    int fd;
    int64_t size;
    struct buf bytes; /* of the last read_at() */
};

/* An entry of the list. */
struct zip_entry {
    struct text name, extra;
    uint64_t packed, unpacked, place; /* of the local header */
    unsigned method, flags;
};

static uint64_t number(const char *at, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

/* False: so many bytes are not there. */
static bool read_at(struct zip_file *zip, uint64_t offset, uint64_t length)
{
    size_t done = 0;
    buf_clear(&zip->bytes);
    if (offset > (uint64_t)zip->size || length > (uint64_t)zip->size - offset ||
        length > LIST_MOST || !buf_room(&zip->bytes, (size_t)length))
        return false;
    while (done < length) {
        ssize_t got =
            pread(zip->fd, zip->bytes.data + done, (size_t)length - done, (off_t)(offset + done));
        if (got <= 0 && !(got < 0 && errno == EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    buf_grew(&zip->bytes, done);
    return true;
}

/* ---- the list ---- */

/* Finds the record at the end of the archive: the last one whose comment fits. */
static bool find_end(struct zip_file *zip, uint64_t *end)
{
    uint64_t length = zip->size < END_MOST ? (uint64_t)zip->size : END_MOST;
    uint64_t from = (uint64_t)zip->size - length;
    if (length < END_BYTES || !read_at(zip, from, length))
        return false;
    for (size_t i = (size_t)length - END_BYTES + 1; i-- > 0;) {
        const char *at = zip->bytes.data + i;
        if (memcmp(at, "PK\005\006", 4) == 0 && number(at + 20, 2) == length - i - END_BYTES) {
            *end = from + i;
            return true;
        }
    }
    return false;
}

/* Where the list is, and how many entries it has. */
static bool find_list(struct zip_file *zip, uint64_t *place, uint64_t *length, uint64_t *count)
{
    uint64_t end;
    if (!find_end(zip, &end) || !read_at(zip, end, END_BYTES))
        return false;
    *count = number(zip->bytes.data + 10, 2);
    *length = number(zip->bytes.data + 12, 4);
    *place = number(zip->bytes.data + 16, 4);
    if (end < LOCATOR_BYTES || !read_at(zip, end - LOCATOR_BYTES, LOCATOR_BYTES) ||
        memcmp(zip->bytes.data, "PK\006\007", 4) != 0)
        return true;
    if (!read_at(zip, number(zip->bytes.data + 8, 8), END_64_BYTES) ||
        memcmp(zip->bytes.data, "PK\006\006", 4) != 0)
        return false;
    *count = number(zip->bytes.data + 32, 8);
    *length = number(zip->bytes.data + 40, 8);
    *place = number(zip->bytes.data + 48, 8);
    return true;
}

/* Takes the numbers that have no room in the entry from its extra field (4.5.3). */
static void read_long_numbers(struct zip_entry *entry)
{
    uint64_t *const numbers[] = {&entry->unpacked, &entry->packed, &entry->place};
    struct text rest = entry->extra;
    while (rest.length >= 4) {
        uint64_t kind = number(rest.at, 2), length = number(rest.at + 2, 2);
        struct text field = text_first(text_skip(rest, 4), (size_t)length);
        rest = text_skip(rest, 4 + (size_t)length);
        for (size_t i = 0; kind == 1 && i < sizeof numbers / sizeof *numbers; i++)
            if (*numbers[i] == UINT32_MAX && field.length >= 8) {
                *numbers[i] = number(field.at, 8);
                field = text_skip(field, 8);
            }
    }
}

/* Takes an entry off the list.  False: it is none. */
static bool take_entry(struct text *list, struct zip_entry *entry)
{
    const char *at = list->at;
    if (list->length < ENTRY_BYTES || memcmp(at, "PK\001\002", 4) != 0)
        return false;
    size_t name = (size_t)number(at + 28, 2), extra = (size_t)number(at + 30, 2),
           comment = (size_t)number(at + 32, 2);
    if (list->length - ENTRY_BYTES < name + extra + comment)
        return false;
    struct text rest = text_skip(*list, ENTRY_BYTES);
    *entry = (struct zip_entry){.name = text_first(rest, name),
                                .extra = text_first(text_skip(rest, name), extra),
                                .flags = (unsigned)number(at + 8, 2),
                                .method = (unsigned)number(at + 10, 2),
                                .packed = number(at + 20, 4),
                                .unpacked = number(at + 24, 4),
                                .place = number(at + 42, 4)};
    *list = text_skip(*list, ENTRY_BYTES + name + extra + comment);
    read_long_numbers(entry);
    return true;
}

/* ---- the parts ---- */

/* Whether it is "archive/NAME.warc.gz" or the like. */
static bool is_warc(struct text *name)
{
    struct text directory = TEXT("archive/");
    char copy[WACZ_PART_NAME];
    if (!text_starts(*name, directory))
        return false;
    *name = text_skip(*name, directory.length);
    if (!name->length || name->length >= sizeof copy || name->at[0] == '.' ||
        text_find_char(*name, '/') >= 0 || text_find_char(*name, '\\') >= 0 ||
        text_find_char(*name, '\0') >= 0)
        return false;
    memcpy(copy, name->at, name->length);
    copy[name->length] = '\0';
    return collection_is_archive_file(copy);
}

/* Notes where the bytes of a stored member are, after its local header. */
static bool add_part(struct wacz_parts *parts, struct zip_file *zip, const struct zip_entry *entry,
                     struct text name)
{
    if (parts->count == WACZ_PARTS_MOST || entry->method != 0 || (entry->flags & 1) ||
        entry->packed != entry->unpacked || !read_at(zip, entry->place, LOCAL_BYTES) ||
        memcmp(zip->bytes.data, "PK\003\004", 4) != 0)
        return false;
    uint64_t from = entry->place + LOCAL_BYTES + number(zip->bytes.data + 26, 2) +
                    number(zip->bytes.data + 28, 2);
    if (from > (uint64_t)zip->size || entry->packed > (uint64_t)zip->size - from)
        return false;
    struct wacz_part *part = &parts->parts[parts->count++];
    memcpy(part->name, name.at, name.length);
    part->name[name.length] = '\0';
    part->from = (int64_t)from;
    part->length = (int64_t)entry->packed;
    return true;
}

static int order_by_name(const void *left, const void *right)
{
    const struct wacz_part *a = left, *b = right;
    return strcmp(a->name, b->name);
}

/* Sorts them, so that one is found at once.  False: two have the same name. */
static bool sort_parts(struct wacz_parts *parts)
{
    qsort(parts->parts, parts->count, sizeof *parts->parts, order_by_name);
    for (size_t i = 1; i < parts->count; i++)
        if (order_by_name(&parts->parts[i - 1], &parts->parts[i]) == 0)
            return false;
    return true;
}

static enum result read_list(struct wacz_parts *parts, struct zip_file *zip, struct text list,
                             uint64_t count)
{
    struct zip_entry entry;
    parts->parts = calloc((size_t)count + 1, sizeof *parts->parts);
    if (!parts->parts)
        return RESULT_BROKEN;
    for (uint64_t i = 0; i < count; i++) {
        if (!take_entry(&list, &entry))
            return RESULT_LOST;
        struct text name = entry.name;
        if (is_warc(&name) && !add_part(parts, zip, &entry, name))
            return RESULT_LOST;
    }
    return sort_parts(parts) ? RESULT_OK : RESULT_LOST;
}

static enum result read_zip(struct wacz_parts *parts, struct zip_file *zip)
{
    uint64_t place, length, count;
    struct buf list;
    if (!find_list(zip, &place, &length, &count) || count > MEMBERS_MOST ||
        !read_at(zip, place, length))
        return RESULT_LOST;
    list = zip->bytes;
    buf_init(&zip->bytes, END_MOST);
    enum result result = read_list(parts, zip, buf_text(&list), count);
    buf_release(&list);
    return result;
}

enum result wacz_parts_read(struct wacz_parts *parts, const char *path, struct trouble *trouble)
{
    struct zip_file zip = {.fd = disk_open_to_read(path), .size = disk_file_size(path)};
    *parts = (struct wacz_parts){NULL, 0};
    if (zip.fd < 0 || zip.size < 0) {
        if (zip.fd >= 0)
            close(zip.fd);
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
    }
    buf_init(&zip.bytes, LIST_MOST);
    enum result result = read_zip(parts, &zip);
    if (result == RESULT_BROKEN)
        trouble_say(trouble, RESULT_BROKEN, "no memory for the list of members of %s", path);
    buf_release(&zip.bytes);
    close(zip.fd);
    return result;
}

void wacz_parts_release(struct wacz_parts *parts)
{
    free(parts->parts);
    *parts = (struct wacz_parts){NULL, 0};
}

static int order_to_name(const void *wanted, const void *part)
{
    const struct text *name = wanted;
    return text_compare(*name, text_of(((const struct wacz_part *)part)->name));
}

const struct wacz_part *wacz_parts_find(const struct wacz_parts *parts, struct text name)
{
    return parts->count
               ? bsearch(&name, parts->parts, parts->count, sizeof *parts->parts, order_to_name)
               : NULL;
}
