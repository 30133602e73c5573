/* The directories of a repaired copy, and what a collection has besides its records. */
#include <config.h>

#include "repair/repair_tree.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "collection/collection.h"
#include "collection/index_cdxj.h"
#include "collection/manifest.h"
#include "collection/sums.h"
#include "repair/made_from.h"
#include "repair/part.h"

enum { SUMS_BYTES = 256 * 1024 * 1024, MEMBER_BYTES = 1 << 24, OPEN_FILES = 16, NAMES_MOST = 1000 };

/* ---- the files of the source ---- */

struct source_listing {
    struct repair_tree *tree;
    const struct repair_observer *observer;
    enum result result;
    struct trouble *trouble;
};

static bool is_taken(const struct repair_tree *tree, const char *name, const char *source)
{
    char path[REPAIR_PATH];
    snprintf(path, sizeof path, "%s/%s", tree->archive, name);
    if (strcmp(path, source) != 0 && disk_exists(path))
        return true;
    for (size_t i = 0; i < tree->count; i++)
        if (strcmp(tree->files[i].name, name) == 0)
            return true;
    return false;
}

/* The name of the finished file: without ".open", with ".gz", and no other file has it. */
static enum result choose_name(struct source_listing *listing, struct repaired_file *file,
                               struct text name)
{
    if (text_ends(name, TEXT(".open")))
        name = text_first(name, name.length - strlen(".open"));
    const char *ending = text_ends_nocase(name, TEXT(".gz")) ? "" : ".gz";
    for (int i = 1; i < NAMES_MOST; i++) {
        int length =
            i == 1
                ? snprintf(file->name, sizeof file->name, "%.*s%s", TEXT_ARGS(name), ending)
                : snprintf(file->name, sizeof file->name, "%d-%.*s%s", i, TEXT_ARGS(name), ending);
        if (length >= (int)sizeof file->name)
            break;
        if (!is_taken(listing->tree, file->name, file->source))
            return RESULT_OK;
    }
    return trouble_say(listing->trouble, RESULT_BROKEN, "no name is left for the copy of %s",
                       file->source);
}

static enum result add_source(struct source_listing *listing, const char *path, struct text name)
{
    struct repair_tree *tree = listing->tree;
    if (tree->count == tree->room) {
        size_t room = tree->room ? 2 * tree->room : 16;
        struct repaired_file *more = realloc(tree->files, room * sizeof *more);
        if (!more)
            return trouble_say(listing->trouble, RESULT_BROKEN, "no memory to repair %s",
                               tree->source);
        tree->files = more;
        tree->room = room;
    }
    struct repaired_file *file = &tree->files[tree->count];
    repaired_file_init(file, path);
    enum result result = choose_name(listing, file, name);
    if (result != RESULT_OK)
        return result;
    snprintf(file->part, sizeof file->part, "%s/%zu", tree->parts, tree->count);
    snprintf(file->finished, sizeof file->finished, "%s/%s", tree->made_archive, file->name);
    tree->count++;
    if (!text_equal(text_of(file->name), name))
        repaired_file_note(
            file,
            &(struct repair_change){.kind = CHANGE_FILE_NAME, .offset = -1, .detail = file->name},
            listing->observer);
    return RESULT_OK;
}

/* A crash between a link and an unlink leaves a finished file with both names. */
static bool is_one_file(const char *path, size_t shorter)
{
    char other[REPAIR_PATH];
    struct stat one, two;
    snprintf(other, sizeof other, "%.*s", (int)shorter, path);
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_ino == two.st_ino &&
           one.st_dev == two.st_dev;
}

static void take_source(void *context, const char *name)
{
    struct source_listing *listing = context;
    char path[REPAIR_PATH], final[256];
    struct text text = text_of(name);
    bool open = text_ends(text, TEXT(".open"));
    int length = snprintf(path, sizeof path, "%s/%s", listing->tree->archive, name);
    snprintf(final, sizeof final, "%.*s", (int)(text.length - (open ? strlen(".open") : 0)), name);
    if (listing->result != RESULT_OK || !collection_is_archive_file(final) ||
        disk_is_directory(path) || (open && is_one_file(path, (size_t)length - strlen(".open"))))
        return;
    if (open && disk_is_locked(path))
        listing->result = trouble_say(listing->trouble, RESULT_AGAIN,
                                      "a crawl is writing %s; repair when it has ended", path);
    else
        listing->result = add_source(listing, path, text);
}

enum result repair_tree_begin(struct repair_tree *tree, const char *source, const char *made,
                              const char *parts, const struct repair_observer *observer,
                              struct trouble *trouble)
{
    struct source_listing listing = {.tree = tree, .observer = observer, .trouble = trouble};
    *tree = (struct repair_tree){.source = source};
    repaired_file_init(&tree->whole, source);
    date_write_14(clock_wall_ms(), tree->run);
    snprintf(tree->made, sizeof tree->made, "%s", made);
    snprintf(tree->parts, sizeof tree->parts, "%s", parts);
    tree->is_collection = collection_is_at(source);
    const char *below = tree->is_collection ? "/archive" : "";
    if (snprintf(tree->archive, sizeof tree->archive, "%s%s", source, below) >= PATH_MAX ||
        snprintf(tree->made_archive, sizeof tree->made_archive, "%s%s", made, below) >= PATH_MAX)
        return trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", source);
    enum result result = disk_make_directory(made, trouble);
    if (result == RESULT_OK)
        result = disk_make_directory(parts, trouble);
    struct collection *collection = collection_new(made);
    if (result == RESULT_OK && !collection)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to repair %s", source);
    if (result == RESULT_OK && tree->is_collection)
        result = collection_make(collection, trouble);
    collection_free(collection);
    if (result == RESULT_OK)
        result = disk_list(tree->archive, take_source, &listing, trouble);
    return result == RESULT_OK ? listing.result : result;
}

void repair_tree_release(struct repair_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        repaired_file_release(&tree->files[i]);
    repaired_file_release(&tree->whole);
    free(tree->files);
    tree->files = NULL;
}

/* ---- checksums ---- */

static struct repaired_file *source_named(const struct repair_tree *tree, struct text name)
{
    for (size_t i = 0; i < tree->count; i++) {
        const char *slash = strrchr(tree->files[i].source, '/');
        if (text_equal(text_of(slash + 1), name))
            return &tree->files[i];
    }
    return NULL;
}

struct comparing {
    struct repair_tree *tree;
    const struct repair_observer *observer;
    enum result result;
    struct trouble *trouble;
    struct buf told; /* names that were told, each with LF */
};

static bool was_told(struct comparing *comparing, struct text name)
{
    struct text rest = buf_text(&comparing->told), line;
    while (text_split(&rest, '\n', &line))
        if (text_equal(line, name))
            return true;
    buf_add_text(&comparing->told, name);
    buf_add_char(&comparing->told, '\n');
    return false;
}

/* Damage and mending are listed; what is left is a file that is sound, and not the one listed. */
static void compare(struct comparing *comparing, struct text name, struct text digest)
{
    struct repair_tree *tree = comparing->tree;
    struct repaired_file *file = source_named(tree, name);
    char path[REPAIR_PATH];
    snprintf(path, sizeof path, "%s/%.*s", tree->archive, TEXT_ARGS(text_first(name, 255)));
    struct repair_change change = {.kind = CHANGE_FILE_MISSING, .file = path, .offset = -1};
    if (file && comparing->result == RESULT_OK)
        comparing->result = repaired_file_digest(file, comparing->trouble);
    if (comparing->result != RESULT_OK ||
        (file && (file->loses || text_equal(digest, text_of(file->sha256)))) ||
        was_told(comparing, name))
        return;
    if (file)
        change.kind = CHANGE_FILE_ALTERED;
    repaired_file_note(&tree->whole, &change, comparing->observer);
}

static enum result compare_sums(struct comparing *comparing, struct text bytes)
{
    struct sums sums;
    enum result result = sums_read(&sums, bytes, comparing->trouble);
    for (size_t i = 0; result == RESULT_OK && i < sums.count; i++)
        compare(comparing, sums.lines[i].name, sums.lines[i].digest);
    sums_release(&sums);
    return result == RESULT_OK ? comparing->result : result;
}

/* What is wrong with a manifest itself is found when the copy is verified. */
static void compare_manifest(void *context, const char *name)
{
    struct comparing *comparing = context;
    char path[REPAIR_PATH];
    struct buf bytes, scratch;
    struct manifest_head head;
    struct manifest_entry entry;
    struct trouble trouble;
    if (!text_ends(text_of(name), TEXT(".manifest")))
        return;
    snprintf(path, sizeof path, "%s/runs/%s", comparing->tree->source, name);
    buf_init(&bytes, SUMS_BYTES);
    buf_init(&scratch, SUMS_BYTES);
    if (disk_read(path, &bytes, &trouble) == RESULT_OK) {
        struct text rest = buf_text(&bytes);
        if (manifest_head_read(&rest, &head, &scratch))
            while (manifest_entry_read(&rest, &entry, &scratch) > 0)
                compare(comparing, text_of(entry.file), text_of(entry.digest));
    }
    buf_release(&bytes);
    buf_release(&scratch);
}

enum result repair_tree_compare(struct repair_tree *tree, const struct repair_observer *observer,
                                struct trouble *trouble)
{
    char path[REPAIR_PATH];
    struct buf bytes;
    struct comparing comparing = {.tree = tree, .observer = observer, .trouble = trouble};
    buf_init(&bytes, SUMS_BYTES);
    buf_init(&comparing.told, SUMS_BYTES);
    snprintf(path, sizeof path, "%s/SHA256SUMS", tree->archive);
    enum result result = disk_exists(path) && !disk_is_directory(path)
                             ? disk_read(path, &bytes, trouble)
                             : RESULT_OK;
    if (result == RESULT_OK)
        result = compare_sums(&comparing, buf_text(&bytes));
    snprintf(path, sizeof path, "%s/runs", tree->source);
    if (result == RESULT_OK && tree->is_collection && disk_is_directory(path))
        result = disk_list(path, compare_manifest, &comparing, trouble);
    buf_release(&comparing.told);
    buf_release(&bytes);
    bool changed = tree->whole.changed || tree->whole.loses;
    for (size_t i = 0; i < tree->count; i++)
        changed = changed || tree->files[i].changed;
    if (result == RESULT_OK && comparing.result == RESULT_OK && changed)
        repair_tree_renew_checksums(tree, observer);
    return result == RESULT_OK ? comparing.result : result;
}

struct manifest_listing {
    struct repair_tree *tree;
    const char *runs;
};

static void tell_manifest(void *context, const char *name)
{
    struct manifest_listing *listing = context;
    char path[REPAIR_PATH], digest[MANIFEST_DIGEST_SIZE];
    int64_t bytes;
    struct trouble trouble;
    if (!text_ends(text_of(name), TEXT(".manifest")))
        return;
    snprintf(path, sizeof path, "%s/%s", listing->runs, name);
    if (manifest_digest_file(path, digest, &bytes, &trouble) == RESULT_OK)
        buf_printf(&listing->tree->whole.told, "repairedManifest: %s sha256:%s\r\n", name, digest);
}

void repair_tree_renew_checksums(struct repair_tree *tree, const struct repair_observer *observer)
{
    char runs[REPAIR_PATH];
    struct manifest_listing listing = {tree, runs};
    struct trouble trouble;
    if (tree->fresh_checksums || !tree->is_collection)
        return;
    tree->fresh_checksums = true;
    repaired_file_note(&tree->whole,
                       &(struct repair_change){.kind = CHANGE_CHECKSUMS, .offset = -1}, observer);
    snprintf(runs, sizeof runs, "%s/runs", tree->source);
    if (disk_is_directory(runs))
        result_ignore(disk_list(runs, tell_manifest, &listing, &trouble));
}

/* ---- what is written beside the files ---- */

struct copying {
    const struct repair_tree *tree;
    const char *directory; /* below source and copy */
    struct give_up give_up;
    enum result result;
    struct trouble *trouble;
};

static enum result copy_file(const char *from, const char *to, struct give_up give_up,
                             struct trouble *trouble)
{
    struct record_part part;
    int fd = disk_open_to_read(from);
    if (fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", from);
    enum result result = part_create(&part, to, give_up, trouble);
    if (result == RESULT_OK)
        result = part_copy(&part, fd, 0, disk_file_size(from));
    if (result == RESULT_OK)
        result = part_sync(&part);
    part_close(&part);
    close(fd);
    return result;
}

static void copy_one(void *context, const char *name)
{
    struct copying *copying = context;
    const struct repair_tree *tree = copying->tree;
    char from[REPAIR_PATH], to[REPAIR_PATH];
    bool checksums = text_ends(text_of(name), TEXT(".manifest")) || !strcmp(name, "SHA256SUMS");
    snprintf(from, sizeof from, "%s%s/%s", tree->source, copying->directory, name);
    snprintf(to, sizeof to, "%s%s/%s", tree->made, copying->directory, name);
    if (copying->result != RESULT_OK)
        return;
    if (checksums && tree->fresh_checksums)
        unlink(to); /* an earlier round copied it */
    else if (!disk_exists(to) && !disk_is_directory(from) && disk_exists(from))
        copying->result = copy_file(from, to, copying->give_up, copying->trouble);
}

static enum result copy_others(struct repair_tree *tree, struct give_up give_up,
                               struct trouble *trouble)
{
    static const char *const directories[] = {"/logs", "/runs"};
    struct copying copying = {
        .tree = tree, .directory = "", .give_up = give_up, .trouble = trouble};
    char path[REPAIR_PATH];
    enum result result = RESULT_OK;
    copy_one(&copying, "metadata.yaml");
    for (size_t i = 0; i < 2 && result == RESULT_OK; i++) {
        copying.directory = directories[i];
        snprintf(path, sizeof path, "%s%s", tree->source, directories[i]);
        if (disk_is_directory(path))
            result = disk_list(path, copy_one, &copying, trouble);
    }
    copying.directory = "/archive";
    copy_one(&copying, "SHA256SUMS");
    return result == RESULT_OK ? copying.result : result;
}

/* A file of its own says what was done to the whole collection. */
static enum result write_whole(struct repair_tree *tree, struct trouble *trouble)
{
    char path[REPAIR_PATH], name[64];
    struct buf member;
    snprintf(name, sizeof name, "repair-%s-00001.warc.gz", tree->run);
    struct made_from made = {.file = name, .source = tree->source, .source_bytes = -1};
    struct buf lines;
    snprintf(path, sizeof path, "%s/%s", tree->made_archive, name);
    buf_init(&lines, MEMBER_BYTES);
    buf_init(&member, MEMBER_BYTES);
    buf_add_text(&lines, buf_text(&tree->whole.told));
    for (size_t i = 0; i < tree->count; i++)
        if (tree->files[i].loses) /* also of ARC files, which cannot say it themselves */
            buf_printf(&lines, "repairLost: something of %s\r\n", tree->files[i].name);
    made.lines = buf_text(&lines);
    enum result result = buf_ok(&lines) ? made_from_write(&made, &member, trouble)
                                        : trouble_say(trouble, RESULT_BROKEN,
                                                      "no memory to repair %s", tree->source);
    if (result == RESULT_OK)
        result = disk_replace(path, buf_text(&member), trouble);
    buf_release(&lines);
    buf_release(&member);
    return result;
}

static enum result write_checksums(struct repair_tree *tree, const struct collection *collection,
                                   struct trouble *trouble)
{
    char path[REPAIR_PATH], digest[MANIFEST_DIGEST_SIZE];
    struct manifest *manifest = manifest_new();
    snprintf(path, sizeof path, "%s/SHA256SUMS", collection->archive);
    unlink(path);
    snprintf(path, sizeof path, "%s/%s.manifest", collection->runs, tree->run);
    unlink(path);
    enum result result = manifest ? manifest_write(manifest, collection, tree->run, digest, trouble)
                                  : trouble_say(trouble, RESULT_BROKEN, "no memory for a manifest");
    manifest_free(manifest);
    return result;
}

enum result repair_tree_write(struct repair_tree *tree, struct give_up give_up,
                              struct trouble *trouble)
{
    if (!tree->is_collection)
        return RESULT_OK;
    struct collection *collection = collection_new(tree->made);
    if (!collection)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to repair %s", tree->source);
    enum result result = copy_others(tree, give_up, trouble);
    if (result == RESULT_OK && tree->fresh_checksums)
        result = write_whole(tree, trouble);
    if (result == RESULT_OK)
        result = cdxj_rebuild(collection->archive, collection->index, NULL, trouble);
    if (result == RESULT_LOST) /* what is wrong is found when the copy is verified */
        result = RESULT_OK;
    if (result == RESULT_OK && tree->fresh_checksums)
        result = write_checksums(tree, collection, trouble);
    collection_free(collection);
    return result;
}

/* ---- removing ---- */

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

void repair_remove(const char *path)
{
    nftw(path, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
}
