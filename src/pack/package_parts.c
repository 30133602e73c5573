/* A part is known by its WARC files: a file goes whole into one part, with its captures and pages.
 */
#include <config.h>

#include "pack/package_parts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "collection/manifest.h"
#include "pack/package_index.h"
#include "pack/package_json.h"

enum {
    MEMORY_BYTES = 256 * 1024, /* of a spool, before it becomes a file */
    LINE_MOST = 4 * 1024 * 1024,
    JSON_MOST = 256 * 1024 * 1024,
};

struct package_part {
    struct spool lines, pages;
    uint64_t line_count, page_count;
};

static enum result say_no_memory(struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN, "no memory to write a package");
}

/* ---- what belongs to which part ---- */

static size_t give_parts(struct packed_files *files, int64_t part_bytes)
{
    int64_t bytes = 0;
    size_t part = 0;
    for (size_t i = 0; i < files->count; i++) {
        if (part_bytes && bytes && bytes + files->list[i].bytes > part_bytes) {
            part++;
            bytes = 0;
        }
        files->list[i].part = part;
        bytes += files->list[i].bytes;
    }
    return part + 1;
}

static enum result add_line(struct spool *spool, struct text line, struct trouble *trouble)
{
    enum result result = spool_append(spool, line.at, line.length, trouble);
    return result == RESULT_OK ? spool_append(spool, "\n", 1, trouble) : result;
}

static void note_newest(struct package_parts *parts, struct text date)
{
    if (text_compare(date, text_of(parts->newest)) > 0)
        snprintf(parts->newest, sizeof parts->newest, "%.14s", date.at);
}

static enum result take_line(struct package_parts *parts, struct text line, struct buf *scratch,
                             struct trouble *trouble)
{
    struct cdxj_entry entry;
    buf_clear(scratch);
    if (!cdxj_line_read(line, &entry, scratch))
        return say_no_memory(trouble);
    struct packed_file *file = packed_files_named(parts->files, entry.filename);
    if (!file)
        return trouble_say(trouble, RESULT_BROKEN, "a temporary file has changed");
    if (!picked_captures_has(parts->picked, file->is_of_run, entry.url, entry.timestamp))
        return RESULT_OK;
    struct package_part *part = &parts->list[file->part];
    note_newest(parts, text_first(entry.timestamp, PACK_DATE - 1));
    file->picked = true;
    part->line_count++;
    parts->summary->captures++;
    return add_line(&part->lines, line, trouble);
}

static enum result take_lines(struct package_parts *parts, struct line_sort *lines,
                              struct trouble *trouble)
{
    struct text line;
    struct buf scratch;
    enum result result;
    buf_init(&scratch, LINE_MOST);
    while ((result = line_sort_next(lines, &line, trouble)) == RESULT_OK)
        if ((result = take_line(parts, line, &scratch, trouble)) != RESULT_OK)
            break;
    buf_release(&scratch);
    return result == RESULT_END ? RESULT_OK : result;
}

/* The page that a player shows first: the one that was asked for, or else the first seed, or else
 * the first page; of several captures, the newest. */
static enum result note_main_page(struct package_parts *parts, const struct listed_page *page,
                                  int *rank, struct trouble *trouble)
{
    const char *wanted = parts->options->main_page;
    const int its = wanted ? (text_equal(page->url, text_of(wanted)) ? 3 : 0) : page->seed ? 2 : 1;
    const bool same = parts->main_page && text_equal(page->url, text_of(parts->main_page));
    if (!its || (its <= *rank && !same))
        return RESULT_OK;
    *rank = its > *rank ? its : *rank;
    free(parts->main_page);
    parts->main_page = text_copy(page->url);
    parts->main_page_part = parts->files->list[page->file].part;
    snprintf(parts->main_page_date, sizeof parts->main_page_date, "%.*s", TEXT_ARGS(page->date));
    return parts->main_page ? RESULT_OK : say_no_memory(trouble);
}

static enum result take_page(struct package_parts *parts, const struct listed_page *page, int *rank,
                             struct trouble *trouble)
{
    const struct packed_file *file = &parts->files->list[page->file];
    if (!picked_captures_has(parts->picked, file->is_of_run, page->url, page->date))
        return RESULT_OK;
    struct package_part *part = &parts->list[file->part];
    enum result result = RESULT_OK;
    if (!part->page_count++)
        result = add_line(&part->pages,
                          parts->options->words
                              ? TEXT("{\"format\": \"json-pages-1.0\", \"id\": \"pages\", "
                                     "\"title\": \"All Pages\", \"hasText\": true}")
                              : TEXT("{\"format\": \"json-pages-1.0\", \"id\": \"pages\", "
                                     "\"title\": \"All Pages\"}"),
                          trouble);
    if (result == RESULT_OK)
        result = add_line(&part->pages, page->json, trouble);
    parts->summary->pages++;
    return result == RESULT_OK ? note_main_page(parts, page, rank, trouble) : result;
}

static enum result take_pages(struct package_parts *parts, struct trouble *trouble)
{
    struct spool_lines lines;
    struct listed_page page;
    enum result result;
    int rank = 0;
    spool_lines_init(&lines, &parts->pages->lines);
    while ((result = packed_pages_next(&lines, &page, trouble)) == RESULT_OK)
        if ((result = take_page(parts, &page, &rank, trouble)) != RESULT_OK)
            break;
    spool_lines_release(&lines);
    if (result == RESULT_END && parts->options->main_page && !rank)
        return trouble_say(trouble, RESULT_BROKEN, "--main-page: the package has no page %s",
                           parts->options->main_page);
    return result == RESULT_END ? RESULT_OK : result;
}

enum result package_parts_begin(struct package_parts *parts, struct line_sort *lines,
                                struct trouble *trouble)
{
    size_t count = give_parts(parts->files, parts->options->part_bytes);
    parts->list = calloc(count, sizeof *parts->list);
    if (!parts->list)
        return say_no_memory(trouble);
    parts->count = count;
    for (size_t i = 0; i < count; i++) {
        spool_init(&parts->list[i].lines, MEMORY_BYTES, parts->directory);
        spool_init(&parts->list[i].pages, MEMORY_BYTES, parts->directory);
    }
    enum result result = take_lines(parts, lines, trouble);
    if (result == RESULT_OK && !parts->summary->captures)
        return trouble_say(trouble, RESULT_END,
                           picked_captures_is_all(parts->picked)
                               ? "no capture can be read there, so there is nothing to pack. To "
                                 "see why: warccap verify"
                               : "no capture is of the dates or the run that were asked for, so "
                                 "there is nothing to pack");
    return result == RESULT_OK ? take_pages(parts, trouble) : result;
}

void package_parts_release(struct package_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        spool_release(&parts->list[i].lines);
        spool_release(&parts->list[i].pages);
    }
    free(parts->list);
    free(parts->main_page);
    parts->list = NULL;
    parts->main_page = NULL;
    parts->count = 0;
}

/* ---- one part ---- */

/* What the entries of one WACZ file need while it is written. */
struct part_writing {
    const struct package_parts *parts;
    struct package_part *part;
    size_t number; /* of the part */
    struct wacz_writer *zip;
    struct buf resources;
    struct trouble *trouble;
};

static enum result list_entry(struct part_writing *own, enum result result, const char *name,
                              const struct wacz_entry *entry)
{
    if (result == RESULT_OK)
        package_json_add_resource(&own->resources, name, entry);
    return result != RESULT_OK || buf_ok(&own->resources) ? result : say_no_memory(own->trouble);
}

static enum result put_spool(struct part_writing *own, const char *name, const struct spool *spool)
{
    struct wacz_entry entry;
    return list_entry(own, wacz_writer_add_spool(own->zip, name, spool, &entry, own->trouble), name,
                      &entry);
}

static enum result put_warcs(struct part_writing *own)
{
    for (size_t i = 0; i < own->parts->files->count; i++) {
        const struct packed_file *file = &own->parts->files->list[i];
        char name[PATH_MAX];
        struct wacz_entry entry;
        if (!file->picked || file->part != own->number)
            continue;
        snprintf(name, sizeof name, "archive/%s", file->name);
        enum result result = wacz_writer_add_file(own->zip, name, file->path, &entry, own->trouble);
        result = list_entry(own, result, name, &entry);
        if (result != RESULT_OK)
            return result;
        own->parts->summary->files++;
    }
    return RESULT_OK;
}

static enum result put_index(struct part_writing *own)
{
    struct spool blocks, keys;
    if (own->part->line_count <= PACKAGE_INDEX_PLAIN)
        return put_spool(own, "indexes/index.cdx", &own->part->lines);
    spool_init(&blocks, MEMORY_BYTES, own->parts->directory);
    spool_init(&keys, MEMORY_BYTES, own->parts->directory);
    enum result result = package_index_compress(&own->part->lines, own->parts->directory, &blocks,
                                                &keys, own->trouble);
    if (result == RESULT_OK)
        result = put_spool(own, "indexes/index.cdx.gz", &blocks);
    if (result == RESULT_OK)
        result = put_spool(own, "indexes/index.idx", &keys);
    spool_release(&blocks);
    spool_release(&keys);
    return result;
}

static enum result put_pages(struct part_writing *own)
{
    if (!own->part->page_count) {
        enum result result =
            add_line(&own->part->pages,
                     TEXT("{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": "
                          "\"All Pages\"}"),
                     own->trouble);
        if (result != RESULT_OK)
            return result;
    }
    return put_spool(own, "pages/pages.jsonl", &own->part->pages);
}

/* The host of the main page, where nobody gave a title. */
static struct text title_of(const struct package_parts *parts)
{
    struct text rest = text_of(parts->main_page), part;
    if (parts->options->title)
        return text_of(parts->options->title);
    if (parts->files->title.length)
        return buf_text(&parts->files->title);
    for (int i = 0; i < 3; i++) /* "http:", "", the host */
        if (!text_split(&rest, '/', &part))
            return TEXT("");
    return part;
}

static struct package_about about_of(const struct package_parts *parts, bool with_main_page)
{
    return (struct package_about){.title = title_of(parts),
                                  .description = text_of(parts->options->description),
                                  .main_page =
                                      with_main_page ? text_of(parts->main_page) : TEXT(""),
                                  .main_page_date = with_main_page && parts->main_page
                                                        ? text_of(parts->main_page_date)
                                                        : TEXT(""),
                                  .newest = text_of(parts->newest)};
}

/* The digest of datapackage.json, signed if there is a key. */
static enum result write_digest(struct part_writing *own, struct buf *json,
                                const struct package_about *about, const char *sha256)
{
    const struct wacz_key *key = own->parts->options->key;
    char hash[sizeof "sha256:" + 64], signature[WACZ_SIGNATURE];
    if (key) {
        snprintf(hash, sizeof hash, "sha256:%s", sha256);
        enum result result = wacz_key_sign(key, text_of(hash), signature, own->trouble);
        if (result != RESULT_OK)
            return result;
    }
    const struct package_signature by_key = {signature, key ? wacz_key_public(key) : ""};
    package_json_write_digest(json, about, sha256, key ? &by_key : NULL);
    return buf_ok(json) ? RESULT_OK : say_no_memory(own->trouble);
}

static enum result put_description(struct part_writing *own)
{
    struct buf json;
    struct wacz_entry entry;
    const struct package_about about =
        about_of(own->parts, own->parts->main_page_part == own->number);
    buf_init(&json, JSON_MOST);
    package_json_write(&json, &about, buf_text(&own->resources));
    enum result result = buf_ok(&json) ? wacz_writer_add(own->zip, "datapackage.json",
                                                         buf_text(&json), &entry, own->trouble)
                                       : say_no_memory(own->trouble);
    buf_clear(&json);
    if (result == RESULT_OK)
        result = write_digest(own, &json, &about, entry.sha256);
    if (result == RESULT_OK)
        result = wacz_writer_add(own->zip, "datapackage-digest.json", buf_text(&json), &entry,
                                 own->trouble);
    buf_release(&json);
    return result;
}

/* When the newest capture was made, as seconds since 1970. */
static time_t newest_time(const struct package_parts *parts)
{
    struct buf date;
    int64_t ms = 0;
    buf_init(&date, 64);
    package_json_add_date(&date, text_of(parts->newest));
    bool read = date_read_w3c(buf_text(&date), &ms);
    buf_release(&date);
    return read ? (time_t)(ms / 1000) : 0;
}

static enum result write_part(const struct package_parts *parts, size_t number, const char *path,
                              struct trouble *trouble)
{
    struct part_writing own = {
        .parts = parts, .part = &parts->list[number], .number = number, .trouble = trouble};
    enum result result = wacz_writer_open(&own.zip, path, newest_time(parts), trouble);
    if (result != RESULT_OK)
        return result;
    wacz_writer_tell(own.zip, parts->copied, parts->context);
    buf_init(&own.resources, JSON_MOST);
    result = put_warcs(&own);
    if (result == RESULT_OK)
        result = put_index(&own);
    if (result == RESULT_OK)
        result = put_pages(&own);
    if (result == RESULT_OK)
        result = put_description(&own);
    buf_release(&own.resources);
    if (result == RESULT_OK)
        return wacz_writer_finish(own.zip, trouble);
    wacz_writer_drop(own.zip);
    return result;
}

/* ---- all parts ---- */

/* The name of a part: "site-002.wacz" for the second part of "site.wacz". */
static void name_part(const struct package_parts *parts, size_t number, const char *end,
                      char path[PATH_MAX])
{
    const char *output = parts->options->output;
    size_t length = strlen(output);
    if (length > 5 && strcmp(output + length - 5, ".wacz") == 0)
        length -= 5;
    if (number)
        snprintf(path, PATH_MAX, "%.*s-%03zu%s", (int)length, output, number, end);
    else
        snprintf(path, PATH_MAX, "%.*s%s", (int)length, output, end);
}

/* Whether the file begins as a ZIP file or a list of parts does. */
static bool is_package(const char *path)
{
    char begin[4] = "";
    int fd = disk_open_to_read(path);
    ssize_t got = fd >= 0 ? read(fd, begin, sizeof begin) : -1;
    if (fd >= 0)
        close(fd);
    return got == sizeof begin && (memcmp(begin, "PK", 2) == 0 || memcmp(begin, "{\n  ", 4) == 0);
}

enum result package_may_write(const struct pack_options *options, const char *path,
                              struct trouble *trouble)
{
    if (options->overwrite && disk_exists(path) && !is_package(path))
        return trouble_say(
            trouble, RESULT_BROKEN,
            "%s is not a package, so --overwrite does not replace it. Choose another "
            "name with -o",
            path);
    return options->overwrite || !disk_exists(path)
               ? RESULT_OK
               : trouble_say(
                     trouble, RESULT_BROKEN,
                     "%s exists. To replace it: --overwrite; or choose another name with -o", path);
}

static enum result list_part(struct buf *list, const char *path, struct trouble *trouble)
{
    struct wacz_entry entry;
    const char *slash = strrchr(path, '/');
    enum result result = manifest_digest_file(path, entry.sha256, &entry.bytes, trouble);
    if (result == RESULT_OK)
        package_json_add_resource(list, slash ? slash + 1 : path, &entry);
    return result;
}

static enum result write_list(const struct package_parts *parts, struct text resources,
                              struct trouble *trouble)
{
    const struct package_about about = about_of(parts, true);
    char path[PATH_MAX];
    struct buf json;
    buf_init(&json, JSON_MOST);
    package_json_write_parts(&json, &about, resources);
    name_part(parts, 0, ".json", path);
    enum result result =
        buf_ok(&json) ? package_may_write(parts->options, path, trouble) : say_no_memory(trouble);
    if (result == RESULT_OK)
        result = disk_replace(path, buf_text(&json), trouble);
    buf_release(&json);
    return result;
}

static enum result write_several(struct package_parts *parts, struct trouble *trouble)
{
    struct buf list;
    enum result result = RESULT_OK;
    size_t number = 0;
    buf_init(&list, JSON_MOST);
    for (size_t i = 0; result == RESULT_OK && i < parts->count; i++) {
        char path[PATH_MAX];
        if (!parts->list[i].line_count)
            continue;
        name_part(parts, ++number, ".wacz", path);
        result = package_may_write(parts->options, path, trouble);
        if (result == RESULT_OK)
            result = write_part(parts, i, path, trouble);
        if (result == RESULT_OK)
            result = list_part(&list, path, trouble);
    }
    if (result == RESULT_OK)
        result =
            buf_ok(&list) ? write_list(parts, buf_text(&list), trouble) : say_no_memory(trouble);
    buf_release(&list);
    return result;
}

enum result package_parts_write(struct package_parts *parts, struct trouble *trouble)
{
    size_t last = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->list[i].line_count) {
            parts->summary->parts++;
            last = i;
        }
    return parts->summary->parts == 1 ? write_part(parts, last, parts->options->output, trouble)
                                      : write_several(parts, trouble);
}
