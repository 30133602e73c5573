/*
 * Repairs: takes the records of each file, finishes the files, and verifies the copy until it has
 * no errors.  Everything is made beside the copy's place, and gets its name at the end.
 */
#include <config.h>

#include "repair/repair.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/judge.h"
#include "repair/repair_records.h"
#include "repair/repair_tree.h"

enum { ROUNDS_MOST = 20 }; /* each leaves out what the one before has made an error */

struct repairing {
    const char *source, *copy;
    const struct repair_options *options;
    const struct repair_observer *observer;
    struct repair_tree tree; /* of a single file: only its files are used */
    bool is_tree;
    char made[PATH_MAX], parts[PATH_MAX];
    int64_t bytes_lost;
    struct trouble *trouble;
};

static void count_change(void *context, const struct repair_change *change)
{
    struct repairing *r = context;
    if (change_row(change->kind)->loses)
        r->bytes_lost += change->length;
    if (r->observer && r->observer->changed)
        r->observer->changed(r->observer->context, change);
}

/* ---- the rounds ---- */

static enum result finish_files(struct repairing *r)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < r->tree.count && result == RESULT_OK; i++)
        if (r->tree.files[i].stale || !disk_exists(r->tree.files[i].finished))
            result = repaired_file_finish(&r->tree.files[i], r->options->give_up, r->trouble);
    if (result == RESULT_OK && r->is_tree)
        result = repair_tree_write(&r->tree, r->options->give_up, r->trouble);
    return result;
}

/* Something is left to write. */
static enum result check_left(const struct repairing *r)
{
    uint64_t records = 0;
    for (size_t i = 0; i < r->tree.count; i++)
        records += r->tree.files[i].records;
    return records ? RESULT_OK
                   : trouble_say(r->trouble, RESULT_END,
                                 "no record of %s can be read as it should be, so nothing is "
                                 "written",
                                 r->source);
}

static enum result finish_until_sound(struct repairing *r, const struct repair_observer *counter)
{
    struct judgement judgement = {.why = ""};
    for (int round = 0; round < ROUNDS_MOST; round++) {
        enum result result = check_left(r);
        if (result == RESULT_OK)
            result = finish_files(r);
        if (result == RESULT_OK)
            result = judge(r->made, &r->tree, r->options, counter, &judgement, r->trouble);
        if (result != RESULT_OK || judgement.sound)
            return result;
        bool renews = r->is_tree && r->tree.is_collection && !r->tree.fresh_checksums &&
                      (judgement.checksums || judgement.dropped);
        if (renews && judgement.checksums)
            repaired_file_note(&r->tree.whole,
                               &(struct repair_change){.kind = CHANGE_CHECKSUMS_BROKEN,
                                                       .offset = -1,
                                                       .detail = judgement.why},
                               counter);
        if (renews)
            repair_tree_renew_checksums(&r->tree, counter);
        if (!judgement.dropped && !renews)
            break;
    }
    return trouble_say(r->trouble, RESULT_BROKEN,
                       "the copy of %s still has errors, so it is not kept. The first: %s",
                       r->source, judgement.why);
}

/* ---- what is repaired ---- */

static enum result begin_file(struct repairing *r)
{
    struct repaired_file *file = malloc(sizeof *file);
    if (!file)
        return trouble_say(r->trouble, RESULT_BROKEN, "no memory to repair %s", r->source);
    repaired_file_init(file, r->source);
    r->tree.files = file;
    r->tree.count = 1;
    const char *slash = strrchr(r->copy, '/');
    snprintf(file->name, sizeof file->name, "%.255s", slash ? slash + 1 : r->copy);
    snprintf(file->part, sizeof file->part, "%s", r->parts);
    snprintf(file->finished, sizeof file->finished, "%s", r->made);
    if (disk_is_locked(r->source))
        return trouble_say(r->trouble, RESULT_AGAIN,
                           "a crawl is writing %s; repair it when the crawl has ended", r->source);
    return RESULT_OK;
}

static enum result take_all(struct repairing *r, const struct repair_observer *counter)
{
    enum result result =
        r->is_tree ? repair_tree_begin(&r->tree, r->source, r->made, r->parts, counter, r->trouble)
                   : begin_file(r);
    for (size_t i = 0; i < r->tree.count && result == RESULT_OK; i++)
        result = repair_records(&r->tree.files[i], r->options, counter, r->trouble);
    if (result == RESULT_OK)
        result = check_left(r);
    if (result == RESULT_OK && r->is_tree)
        result = repair_tree_compare(&r->tree, counter, r->trouble);
    return result == RESULT_OK ? finish_until_sound(r, counter) : result;
}

static void sum_up(const struct repairing *r, struct repair_summary *summary)
{
    *summary =
        (struct repair_summary){.files = r->tree.count, .bytes_lost = r->bytes_lost, .begun = true};
    for (size_t i = 0; i <= r->tree.count; i++) {
        const struct repaired_file *file = i < r->tree.count ? &r->tree.files[i] : &r->tree.whole;
        summary->records += file->records;
        for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
            summary->changes[kind] += file->changes[kind];
    }
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
        *(change_row(kind)->loses ? &summary->lost : &summary->mended) += summary->changes[kind];
}

/* ---- names ---- */

static enum result choose_paths(struct repairing *r)
{
    if (snprintf(r->made, sizeof r->made, "%s.open", r->copy) >= PATH_MAX ||
        snprintf(r->parts, sizeof r->parts, "%s.parts", r->copy) >= PATH_MAX)
        return trouble_say(r->trouble, RESULT_BROKEN, "the path is too long: %s", r->copy);
    const char *const paths[] = {r->copy, r->made, r->parts};
    for (size_t i = 0; i < 3; i++)
        if (disk_exists(paths[i]))
            return trouble_say(r->trouble, RESULT_BROKEN,
                               i ? "%s already exists, from a repair that is running or was "
                                   "killed. If none is running, remove it and repair again"
                                 : "%s already exists, and repair replaces nothing: choose another "
                                   "name for the copy",
                               paths[i]);
    return RESULT_OK;
}

/* Gives the copy its name. */
static enum result publish(struct repairing *r)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(r->copy, '/');
    snprintf(directory, sizeof directory, "%.*s",
             slash ? (int)(slash - r->copy) + (slash == r->copy) : 1, slash ? r->copy : ".");
    repair_remove(r->parts);
    enum result result = disk_rename(r->made, r->copy, r->trouble);
    return result == RESULT_OK ? disk_sync_directory(directory, r->trouble) : result;
}

enum result repair_path(const char *source, const char *copy, const struct repair_options *options,
                        const struct repair_observer *observer, struct repair_summary *summary,
                        struct trouble *trouble)
{
    struct repairing *r = calloc(1, sizeof *r);
    if (!r)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to repair %s", source);
    *r = (struct repairing){.source = source,
                            .copy = copy,
                            .options = options,
                            .observer = observer,
                            .is_tree = disk_is_directory(source),
                            .trouble = trouble};
    const struct repair_observer counter = {.context = r, .changed = count_change};
    enum result result = choose_paths(r);
    bool mine = result == RESULT_OK;
    summary->begun = mine;
    if (mine)
        result = take_all(r, &counter);
    if (result == RESULT_OK)
        result = publish(r);
    if (result == RESULT_OK)
        sum_up(r, summary);
    else if (mine) {
        repair_remove(r->parts);
        repair_remove(r->made);
    }
    repair_tree_release(&r->tree);
    free(r);
    return result;
}
