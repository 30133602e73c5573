/* Verifies paths: which files there are, which checks run on them, and what is found is counted. */
#include <config.h>

#include "verify/verify.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/entropy.h"
#include "base/wording.h"
#include "collection/collection.h"
#include "collection/index_cdxj.h"
#include "collection/run_failures.h"
#include "collection/wacz.h"
#include "http/body_reader.h"
#include "verify/check.h"
#include "verify/check_units.h"
#include "verify/check_wacz.h"
#include "verify/file_start.h"
#include "verify/last_run.h"
#include "verify/unit_events.h"

enum { DETAIL_MOST = 1024 }; /* bytes; longer ones are cut */

/* The result for the file with that path; NULL when it is none of those that are verified.  Most
 * findings are about the same file as the one before, or the next. */
static struct verified_file *result_of(struct verification *v, const char *path)
{
    for (size_t i = 0; v->results && i < v->file_count; i++) {
        size_t place = (v->result_place + i) % v->file_count;
        if (v->files[place] == path) {
            v->result_place = place;
            return &v->results[place];
        }
    }
    return NULL;
}

/* What was unpacked below a temporary directory is named by its place in it. */
static const char *shown_path(const struct verification *v, const char *path)
{
    const char *temporary = v->options->temporary;
    size_t length = temporary ? strlen(temporary) : 0;
    return path && length && strncmp(path, temporary, length) == 0 && path[length] == '/'
               ? path + length + 1
               : path;
}

static void report(struct verification *v, int rule, enum warc_level most,
                   const struct finding_place *at, const char *detail)
{
    struct finding finding = {.rule = rule, .at = *at, .detail = detail};
    if (v->aside.events) {
        unit_events_add(v->aside.events, &(struct unit_event){.kind = EVENT_FINDING,
                                                              .rule = rule,
                                                              .most = most,
                                                              .at = *at,
                                                              .words = text_of(detail)});
        return;
    }
    finding.at.file = shown_path(v, at->file);
    if (!check_levels_tell(v->options->levels, rule, v->alone || v->aside.lacks_records,
                           &finding.level))
        return;
    if (finding.level > most)
        finding.level = most;
    v->summary->errors += finding.level == WARC_ERROR;
    v->summary->warnings += finding.level == WARC_WARNING;
    v->summary->notes += finding.level == WARC_NOTE;
    struct verified_file *file = at->file ? result_of(v, at->file) : NULL;
    if (file) {
        file->errors += finding.level == WARC_ERROR;
        file->warnings += finding.level == WARC_WARNING;
        file->notes += finding.level == WARC_NOTE;
    }
    if (v->observer.found)
        v->observer.found(v->observer.context, &finding);
}

void verification_tell(struct verification *v, const struct unit_event *event)
{
    report(v, event->rule, event->most, &event->at, event->words.at);
}

void verification_find(struct verification *v, int rule, const struct finding_place *at,
                       const char *format, ...)
{
    char detail[DETAIL_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    report(v, rule, WARC_ERROR, at, detail);
}

void verification_note(struct verification *v, int rule, const struct finding_place *at,
                       const char *format, ...)
{
    char detail[DETAIL_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    report(v, rule, WARC_NOTE, at, detail);
}

void verification_find_file(struct verification *v, int rule, const char *file, const char *format,
                            ...)
{
    char detail[DETAIL_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    report(v, rule, WARC_ERROR, &(struct finding_place){.file = file, .offset = -1}, detail);
}

uint64_t verification_capture(uint64_t url, uint64_t date)
{
    return url && date ? (url ^ (date << 32 | date >> 32)) | 1 : 0;
}

uint64_t verification_hash(const struct verification *v, const char *text)
{
    return text ? hash_text(&v->hash_key, text_of(text)) | 1 : 0;
}

struct seen_record *verification_record(const struct verification *v, size_t place)
{
    if (v->aside.record_list)
        spilled_touch(v->aside.record_list, sizeof *v->records);
    return &v->records[place];
}

void verification_add_records(struct verification *v, const struct seen_record *records,
                              size_t count)
{
    struct spilled *list = v->aside.record_list;
    if (!spilled_grow(list, (v->record_count + count + 1) * sizeof *records)) {
        v->out_of_memory = true;
        return;
    }
    v->records = (struct seen_record *)(void *)list->at;
    if (count)
        memcpy(v->records + v->record_count, records, count * sizeof *records);
    v->record_count += count;
    spilled_touch(list, count * sizeof *records);
}

void *verification_grow(struct verification *v, void *list, size_t *count, size_t *room,
                        size_t item)
{
    void *items;
    memcpy(&items, list, sizeof items);
    if (*count == *room) {
        size_t more = *room ? *room * 2 : 256;
        void *longer = realloc(items, more * item);
        if (!longer) {
            v->out_of_memory = true;
            return NULL;
        }
        items = longer;
        memcpy(list, &items, sizeof items);
        *room = more;
    }
    return (char *)items + (*count)++ * item;
}

/* ---- which files ---- */

/* What a directory contains, for the message that there is nothing to verify in it. */
struct directory_walk {
    struct verification *v;
    bool live; /* a crawl writes here */
    const char *directory;
    size_t open, others;
    char example[256]; /* one of the others */
};

/* What a crawl has not finished yet is no finding. */
static bool is_live(const struct verification *v, const char *path)
{
    return v->options->live || collection_is_locked(path);
}

static void add_file(struct verification *v, const char *path)
{
    char **place = verification_grow(v, &v->files, &v->file_count, &v->file_room, sizeof *place);
    int64_t size = disk_file_size(path);
    if (place && !(*place = text_copy(text_of(path))))
        v->out_of_memory = true;
    v->all_bytes += size > 0 ? (uint64_t)size : 0;
}

static void note_file(void *context, const char *name)
{
    struct directory_walk *walk = context;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", walk->directory, name);
    if (collection_is_archive_file(name)) {
        add_file(walk->v, path);
        return;
    }
    if (!text_ends(text_of(name), TEXT(".open"))) {
        if (!walk->others++)
            snprintf(walk->example, sizeof walk->example, "%s", name);
        return;
    }
    walk->open++;
    walk->v->aside.collection.open_files++;
    if (!walk->live)
        verification_find_file(walk->v, CHECK_FILE_OPEN, path, "%s", "");
}

/* "No errors" would be wrong when nothing was checked. */
static void tell_nothing(const struct directory_walk *walk)
{
    verification_find_file(walk->v, CHECK_NOTHING_TO_VERIFY, walk->directory,
                           "found %zu other file%s%s%s", walk->others, walk->others == 1 ? "" : "s",
                           walk->others ? ", such as " : "", walk->example);
}

/* Its records and its index are checked where they are unpacked. */
static enum result add_wacz(struct verification *v, const char *path, struct trouble *trouble)
{
    char directory[PATH_MAX / 2], archive[PATH_MAX];
    struct directory_walk walk = {.v = v, .directory = archive};
    if (!check_wacz_unpack(v, path, directory, sizeof directory))
        return RESULT_OK;
    buf_printf(&v->aside.unpacked, "%s\t%s\n", path, directory);
    snprintf(archive, sizeof archive, "%s/archive", directory);
    return disk_list(archive, note_file, &walk, trouble);
}

static enum result add_path(struct verification *v, const char *path, struct trouble *trouble)
{
    char archive[PATH_MAX];
    struct directory_walk walk = {.v = v, .live = is_live(v, path), .directory = archive};
    size_t before = v->file_count;
    if (file_start_is_stream(path)) {
        add_file(v, path);
        return RESULT_OK;
    }
    if (!disk_exists(path))
        return trouble_say(trouble, RESULT_BROKEN, "%s is not there", path);
    if (wacz_is_at(path))
        return add_wacz(v, path, trouble);
    if (!disk_is_directory(path)) {
        add_file(v, path);
        return RESULT_OK;
    }
    snprintf(archive, sizeof archive, "%s/archive", path);
    if (!disk_is_directory(archive))
        snprintf(archive, sizeof archive, "%s", path);
    enum result result = disk_list(archive, note_file, &walk, trouble);
    if (result == RESULT_OK && v->file_count == before && !walk.open)
        tell_nothing(&walk);
    return result;
}

/* Without an index a temporary one is made, if the files come from a crawl that recorded its lists.
 * So completeness is checked from the WARC files alone. */
static void check_without_index(struct verification *v, const char *archive)
{
    char index[PATH_MAX];
    struct trouble trouble;
    const char *directory = v->options->temporary;
    if (!crawl_claims_have_lists(v->claims) || v->options->no_replay || !directory)
        return;
    snprintf(index, sizeof index, "%s/index.cdxj", directory);
    if (cdxj_rebuild(archive, index, NULL, &trouble) != RESULT_BROKEN)
        check_closure(v, index, archive);
    unlink(index);
}

static void tell_no_index(struct verification *v, const char *path, const char *index)
{
    struct buf quoted;
    buf_init(&quoted, 1 << 16);
    wording_add_path(&quoted, path);
    verification_find_file(v, CHECK_CDXJ_UNREADABLE, index,
                           "there is none; make it: warccap index %s", quoted.data);
    buf_release(&quoted);
}

static enum result take_failure(void *context, const struct run_failure *failure,
                                struct trouble *trouble)
{
    struct verification *v = context;
    (void)trouble;
    enum visit_kind kind = VISIT_PAGE;
    if (!visit_kind_of_name(failure->kind, &kind))
        kind = VISIT_PAGE; /* a later version knows more kinds */
    crawl_claims_add_summed_up(v->claims, failure->url, kind,
                               failure->known_dead ? failure->since_ms : 0);
    return RESULT_OK;
}

/* A host that is gone is not asked for each of its URLs, so most have no record.  Without a
 * summary, what they are is not known. */
static void read_failures(struct verification *v, const char *runs)
{
    char run[DATE_14_SIZE];
    struct trouble trouble;
    result_ignore(run_failures_read(runs, take_failure, v, run, &trouble));
}

static enum result take_seed(void *context, const struct run_failure *seed, struct trouble *trouble)
{
    struct verification *v = context;
    (void)trouble;
    crawl_claims_add_not_asked(v->claims, seed->url, url_rule_by_name(seed->reason));
    return RESULT_OK;
}

/* What waited when the newest run ended: only a summary knows of guesses, and of seeds that were
 * not asked. */
static void read_waiting(struct verification *v, const char *runs)
{
    struct trouble trouble;
    uint64_t waiting;
    if (run_waiting_read(runs, &waiting, take_seed, v, &trouble) != RESULT_BROKEN)
        v->summary->completeness.waiting += waiting;
}

/* Checks a collection's manifests and index, and its pages through the index. */
static void check_collection(struct verification *v, const char *path)
{
    char index[PATH_MAX], archive[PATH_MAX], runs[PATH_MAX], logs[PATH_MAX];
    snprintf(runs, sizeof runs, "%s/runs", path);
    snprintf(index, sizeof index, "%s/indexes/index.cdxj", path);
    snprintf(archive, sizeof archive, "%s/archive", path);
    snprintf(logs, sizeof logs, "%s/logs", path);
    if (v->out_of_memory || !disk_is_directory(path))
        return;
    v->aside.collection.live = is_live(v, path);
    if (!disk_is_directory(archive)) {
        check_without_index(v, path);
        return;
    }
    check_manifests(v, archive, runs);
    check_logs(v, logs, index);
    if (!disk_exists(index)) {
        if (v->record_count)
            tell_no_index(v, path, index);
        check_without_index(v, archive);
        return;
    }
    check_index(v, index, archive);
    if (v->options->no_replay)
        return;
    read_failures(v, runs);
    read_waiting(v, runs);
    check_closure(v, index, archive);
    last_run_check(v, runs, index);
}

/* The index and the pages of a WACZ file. */
static void check_unpacked(struct verification *v, const char *directory)
{
    char index[PATH_MAX], archive[PATH_MAX];
    snprintf(index, sizeof index, "%s/indexes/warccap-verify", directory);
    snprintf(archive, sizeof archive, "%s/archive", directory);
    check_wacz_index(v, directory, index);
    if (v->out_of_memory)
        return;
    check_index(v, index, archive);
    check_wacz_pages(v, directory, index);
    if (!v->options->no_replay)
        check_closure(v, index, archive);
}

/* ... of each, and of each collection. */
static void check_collections(struct verification *v, char **paths, int count)
{
    struct text rest = buf_text(&v->aside.unpacked), line, path;
    for (int i = 0; i < count; i++)
        check_collection(v, paths[i]);
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, '\t', &path) && line.length) {
            char *directory = text_copy(line);
            if (directory && !v->out_of_memory)
                check_unpacked(v, directory);
            v->out_of_memory = v->out_of_memory || !directory;
            free(directory);
        }
}

static void remove_unpacked(struct verification *v)
{
    struct text rest = buf_text(&v->aside.unpacked), line, path;
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, '\t', &path) && line.length) {
            char *directory = text_copy(line);
            if (directory)
                wacz_remove(directory);
            free(directory);
        }
}

static bool any_collection(char **paths, int count)
{
    bool any = false;
    for (int i = 0; i < count; i++)
        any = any || collection_is_at(paths[i]) || wacz_is_at(paths[i]);
    return any;
}

static void release(struct verification *v)
{
    remove_unpacked(v);
    for (size_t i = 0; i < v->file_count; i++)
        free(v->files[i]);
    free(v->files);
    free(v->results);
    free(v->file_errors);
    spilled_release(v->aside.record_list);
    crawl_claims_free(v->claims);
    warc_reader_close(v->aside.reader);
    free(v->aside.more);
    free(v->aside.segments);
    buf_release(&v->aside.manifests);
    buf_release(&v->aside.replaced_manifests);
    buf_release(&v->aside.obedient);
    buf_release(&v->scratch);
    buf_release(&v->aside.unpacked);
}

enum result verify_paths(char **paths, int count, const struct verify_options *options,
                         const struct verify_observer *observer, struct verify_summary *summary,
                         struct trouble *trouble)
{
    struct spilled records;
    struct verification v = {.options = options, .summary = summary, .aside.record_list = &records};
    enum result result = RESULT_OK;
    spilled_init(&records, options->spill);
    *summary = (struct verify_summary){.files = 0};
    if (observer)
        v.observer = *observer;
    entropy_fill(&v.hash_key, sizeof v.hash_key);
    buf_init(&v.scratch, 64 * 1024 * 1024);
    buf_init(&v.aside.manifests, 64 * 1024 * 1024);
    buf_init(&v.aside.replaced_manifests, 64 * 1024 * 1024);
    buf_init(&v.aside.obedient, 64 * 1024 * 1024);
    buf_init(&v.aside.unpacked, 64 * 1024 * 1024);
    v.alone = !any_collection(paths, count);
    for (int i = 0; result == RESULT_OK && i < count; i++)
        result = add_path(&v, paths[i], trouble);
    v.results = calloc(v.file_count + 1, sizeof *v.results);
    v.file_errors = calloc(v.file_count + 1, sizeof *v.file_errors);
    v.claims = crawl_claims_new(&v.hash_key);
    v.out_of_memory = v.out_of_memory || !v.results || !v.file_errors || !v.claims;
    if (result == RESULT_OK && !v.out_of_memory)
        check_units(&v);
    if (result == RESULT_OK && !v.out_of_memory)
        check_references(&v);
    if (result == RESULT_OK)
        check_collections(&v, paths, count);
    if (result == RESULT_OK && options->manifest && !v.aside.given_manifest)
        verification_find_file(&v, CHECK_MANIFEST_GIVEN, paths[0], "%s", options->manifest);
    if (v.out_of_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "out of memory, or OpenSSL offers no SHA-1");
    for (size_t i = 0; i < v.file_count && result == RESULT_OK && v.observer.checked; i++) {
        v.results[i].path = shown_path(&v, v.files[i]);
        v.observer.checked(v.observer.context, &v.results[i]);
    }
    release(&v);
    return result;
}
