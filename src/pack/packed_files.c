/* Directories are read in byte order, so that the same files come in the same order everywhere. */
#include <config.h>

#include "pack/packed_files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/json.h"
#include "collection/collection.h"
#include "collection/manifest_text.h"

enum { TEXT_MOST = 64 * 1024 * 1024, TITLE_MOST = 4096 };

void packed_files_init(struct packed_files *files)
{
    *files = (struct packed_files){0};
    buf_init(&files->title, TITLE_MOST);
}

void packed_files_release(struct packed_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->list[i].path);
    free(files->list);
    buf_release(&files->title);
    packed_files_init(files);
}

static enum result add_file(struct packed_files *files, const char *path, struct trouble *trouble)
{
    int64_t bytes = disk_file_size(path);
    if (bytes < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
    if (files->count == files->room) {
        size_t room = files->room ? files->room * 2 : 64;
        struct packed_file *more = realloc(files->list, room * sizeof *more);
        if (!more)
            return trouble_say(trouble, RESULT_BROKEN, "no memory to list %s", path);
        files->list = more;
        files->room = room;
    }
    char *copy = strdup(path);
    if (!copy)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to list %s", path);
    const char *slash = strrchr(copy, '/');
    files->list[files->count++] = (struct packed_file){
        .path = copy, .name = slash ? slash + 1 : copy, .bytes = bytes, .is_of_run = true};
    files->bytes += (uint64_t)bytes;
    return RESULT_OK;
}

struct file_listing {
    struct packed_files *files;
    const char *directory;
    enum result result;
    struct trouble *trouble;
};

static void add_name(void *context, const char *name)
{
    struct file_listing *listing = context;
    char path[PATH_MAX];
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".open") == 0)
        listing->files->left_open++;
    if (listing->result != RESULT_OK || !collection_is_archive_file(name))
        return;
    snprintf(path, sizeof path, "%s/%s", listing->directory, name);
    listing->result = add_file(listing->files, path, listing->trouble);
}

static enum result add_directory(struct packed_files *files, const char *directory,
                                 struct trouble *trouble)
{
    struct file_listing listing = {files, directory, RESULT_OK, trouble};
    enum result result = disk_list(directory, add_name, &listing, trouble);
    return result == RESULT_OK ? listing.result : result;
}

/* ---- collections ---- */

/* The title in metadata.yaml: a line "title: TEXT", with or without quotes. */
static void read_title(struct packed_files *files, const char *path)
{
    struct buf yaml;
    struct text rest, line;
    struct trouble trouble;
    buf_init(&yaml, TEXT_MOST);
    if (disk_read(path, &yaml, &trouble) == RESULT_OK) {
        rest = buf_text(&yaml);
        while (!files->title.length && text_split(&rest, '\n', &line))
            if (text_starts(line, TEXT("title:"))) {
                line = text_trim(text_skip(line, 6));
                if (line.length > 1 && (line.at[0] == '"' || line.at[0] == '\'') &&
                    line.at[line.length - 1] == line.at[0])
                    line = (struct text){line.at + 1, line.length - 2};
                buf_add_text(&files->title, line);
            }
    }
    buf_release(&yaml);
}

/* Marks those of the files from `first` on that the manifest of the run lists. */
static enum result mark_run(struct packed_files *files, size_t first, const char *manifest,
                            struct trouble *trouble)
{
    struct buf bytes, scratch;
    struct manifest_head head;
    struct manifest_entry entry;
    int more = 0;
    buf_init(&bytes, TEXT_MOST);
    buf_init(&scratch, TEXT_MOST);
    enum result result = disk_read(manifest, &bytes, trouble);
    struct text rest = buf_text(&bytes);
    if (result == RESULT_OK && !manifest_head_read(&rest, &head, &scratch))
        result = trouble_say(trouble, RESULT_BROKEN, "%s is not a manifest. See warccap verify",
                             manifest);
    while (result == RESULT_OK && (more = manifest_entry_read(&rest, &entry, &scratch)) > 0)
        for (size_t i = first; i < files->count; i++)
            if (strcmp(files->list[i].name, entry.file) == 0)
                files->list[i].is_of_run = true;
    if (more < 0)
        result = trouble_say(trouble, RESULT_BROKEN, "%s is damaged. See warccap verify", manifest);
    buf_release(&bytes);
    buf_release(&scratch);
    return result;
}

static enum result add_collection(struct packed_files *files, const char *path, const char *run,
                                  bool *has_run, struct trouble *trouble)
{
    struct collection *collection = collection_new(path);
    char manifest[PATH_MAX];
    size_t first = files->count;
    if (!collection)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read %s", path);
    enum result result = add_directory(files, collection->archive, trouble);
    if (!files->title.length)
        read_title(files, collection->metadata);
    for (size_t i = first; run && i < files->count; i++)
        files->list[i].is_of_run = false;
    snprintf(manifest, sizeof manifest, "%s/%s.manifest", collection->runs, run ? run : "");
    if (result == RESULT_OK && run && disk_exists(manifest)) {
        *has_run = true;
        result = mark_run(files, first, manifest, trouble);
    }
    collection_free(collection);
    return result;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct packed_file *)a)->name, ((const struct packed_file *)b)->name);
}

enum result packed_files_find(struct packed_files *files, char **paths, int count, const char *run,
                              struct trouble *trouble)
{
    enum result result = RESULT_OK;
    bool has_run = false;
    for (int i = 0; result == RESULT_OK && i < count; i++)
        result = collection_is_at(paths[i])
                     ? add_collection(files, paths[i], run, &has_run, trouble)
                 : disk_is_directory(paths[i]) ? add_directory(files, paths[i], trouble)
                                               : add_file(files, paths[i], trouble);
    if (result != RESULT_OK)
        return result;
    if (run && !has_run)
        return trouble_say(trouble, RESULT_BROKEN,
                           "there is no manifest of a run %s: see the names in runs/", run);
    if (files->count)
        qsort(files->list, files->count, sizeof *files->list, by_name);
    for (size_t i = 1; i < files->count; i++)
        if (strcmp(files->list[i].name, files->list[i - 1].name) == 0)
            return trouble_say(trouble, RESULT_BROKEN,
                               "%s and %s have the same name: pack them separately",
                               files->list[i - 1].path, files->list[i].path);
    return RESULT_OK;
}

struct packed_file *packed_files_named(const struct packed_files *files, struct text name)
{
    size_t low = 0, high = files->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(text_of(files->list[middle].name), name);
        if (!order)
            return &files->list[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
