/* Verifies what repair made.  Each error that is about a record leads to that record. */
#include <config.h>

#include "repair/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "verify/verify.h"

struct judging_copy {
    struct repair_tree *tree;
    size_t last; /* the file that the last error was about */
    const struct repair_observer *observer;
    struct judgement *judgement;
    enum result result;
    struct trouble *trouble;
};

static struct repaired_file *file_of(struct judging_copy *judging, const char *path)
{
    for (size_t i = 0; path && i < judging->tree->count; i++) {
        size_t place = (judging->last + i) % judging->tree->count;
        if (strcmp(judging->tree->files[place].finished, path) == 0) {
            judging->last = place;
            return &judging->tree->files[place];
        }
    }
    return NULL;
}

/* The whole record that begins at that place; the length is 0 when there is none. */
static int64_t length_of_record(const char *path, int64_t offset)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    struct warc_place place = {.length = 0};
    if (reader && warc_reader_seek(reader, offset) == WARC_OK) {
        enum warc_result got = warc_reader_next(reader, &record);
        if (got == WARC_OK || got == WARC_FLAWED)
            got = warc_reader_finish(reader, &place);
        if (got != WARC_OK && got != WARC_FLAWED)
            place.length = 0;
    }
    warc_reader_close(reader);
    return place.offset == offset ? place.length : 0;
}

static bool is_about_checksums(int rule)
{
    return rule >= CHECK_FILE_MISSING && rule <= CHECK_FILE_UNVOUCHED;
}

/* A record that refers to one that is missing is sound itself.  Verify knows that something is
 * missing once the file says so. */
static void keep_and_tell(struct judging_copy *judging, struct repaired_file *file,
                          struct repair_change *change)
{
    change->kind = CHANGE_REFERENCE_LOST;
    judging->judgement->dropped = true;
    repaired_file_note(file, change, judging->observer);
}

static void leave_out(struct judging_copy *judging, struct repaired_file *file,
                      struct repair_change *change)
{
    change->length = length_of_record(file->finished, change->offset);
    enum result dropped =
        repaired_file_drop(file, change->offset, change->length, judging->trouble);
    if (dropped == RESULT_BROKEN)
        judging->result = dropped;
    if (dropped != RESULT_OK)
        return;
    judging->judgement->dropped = true;
    repaired_file_note(file, change, judging->observer);
}

static void take_record_error(struct judging_copy *judging, struct repaired_file *file,
                              const struct finding *finding)
{
    char detail[1200];
    const struct check_rule_row row = check_rule_row(finding->rule);
    struct repair_change change = {.kind = CHANGE_RECORD_LEFT_OUT,
                                   .offset = finding->at.offset,
                                   .record_id = finding->at.record_id,
                                   .url = finding->at.url,
                                   .detail = detail};
    snprintf(detail, sizeof detail, "%s: %s%s%s%s", row.name, row.words,
             *finding->detail ? ": " : "", finding->detail,
             file->changed ? " (the offset is that in the copy)" : "");
    if (row.alone < WARC_ERROR && !file->is_arc)
        keep_and_tell(judging, file, &change);
    else
        leave_out(judging, file, &change);
}

/* A manifest that a record names was removed from the source. */
static void miss_manifest(struct judging_copy *judging, const struct finding *finding)
{
    struct repaired_file *whole = &judging->tree->whole;
    const char *slash = strrchr(finding->at.file, '/');
    repaired_file_note(whole,
                       &(struct repair_change){.kind = CHANGE_FILE_MISSING,
                                               .offset = -1,
                                               .detail = slash ? slash + 1 : finding->at.file},
                       judging->observer);
    buf_printf(&whole->told, "repairedManifest: %s sha256:lost\r\n",
               slash ? slash + 1 : finding->at.file);
    judging->judgement->dropped = true;
}

static void take_error(void *context, const struct finding *finding)
{
    struct judging_copy *judging = context;
    struct judgement *judgement = judging->judgement;
    if (finding->level != WARC_ERROR || judging->result != RESULT_OK)
        return;
    judgement->sound = false;
    struct repaired_file *file = file_of(judging, finding->at.file);
    if (file && finding->at.offset >= file->before && !is_about_checksums(finding->rule))
        take_record_error(judging, file, finding);
    else if (finding->rule == CHECK_MANIFEST_MISSING && finding->at.file)
        miss_manifest(judging, finding);
    else if (is_about_checksums(finding->rule))
        judgement->checksums = true;
    if (!judgement->why[0])
        snprintf(judgement->why, sizeof judgement->why, "%.200s: %.60s: %.200s",
                 finding->at.file ? finding->at.file : "", check_rule_row(finding->rule).name,
                 check_rule_row(finding->rule).words);
}

enum result judge(const char *path, struct repair_tree *tree, const struct repair_options *options,
                  const struct repair_observer *observer, struct judgement *judgement,
                  struct trouble *trouble)
{
    char place[PATH_MAX];
    char *paths[] = {place};
    struct judging_copy judging = {
        .tree = tree, .observer = observer, .judgement = judgement, .trouble = trouble};
    const struct verify_options verify = {.no_replay = true,
                                          .pages = options->pages,
                                          .rules = options->pages,
                                          .give_up = options->give_up};
    const struct verify_observer watch = {.context = &judging, .found = take_error};
    struct verify_summary summary;
    *judgement = (struct judgement){.sound = true};
    snprintf(place, sizeof place, "%s", path);
    enum result result = verify_paths(paths, 1, &verify, &watch, &summary, trouble);
    if (result == RESULT_OK && give_up_asked(&options->give_up))
        result = trouble_say(trouble, RESULT_BROKEN, "stopped while the copy was verified");
    return result == RESULT_OK ? judging.result : result;
}
