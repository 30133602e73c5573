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
#include "verify/check.h"

const char *finding_level_name(enum finding_level level)
{
    static const char *const names[] = {"note", "warning", "fault"};
    return names[level];
}

void verification_find(struct verification *v, enum finding_level level, const char *rule,
                       const char *file, int64_t offset, const char *record_id, const char *url,
                       const char *format, ...)
{
    char words[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    v->summary->faults += level == FINDING_FAULT;
    v->summary->warnings += level == FINDING_WARNING;
    v->summary->notes += level == FINDING_NOTE;
    struct finding finding = {.level = level,
                              .rule = rule,
                              .file = file,
                              .offset = offset,
                              .record_id = record_id,
                              .url = url,
                              .words = words};
    if (v->observer.found)
        v->observer.found(v->observer.context, &finding);
}

uint64_t verification_capture(uint64_t url, uint64_t date)
{
    return url && date ? (url ^ (date << 32 | date >> 32)) | 1 : 0;
}

uint64_t verification_hash(const struct verification *v, const char *text)
{
    return text ? hash_text(&v->hash_key, text_of(text)) | 1 : 0;
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
    const char *directory;
    size_t open, others;
    char example[256]; /* one of the others */
};

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
    if (!walk->v->options->live)
        verification_find(walk->v, FINDING_FAULT, "file-open", path, -1, NULL, NULL,
                          "a run that was killed left this file unfinished; the next crawl repairs "
                          "it. If a crawl is writing it now: verify --live");
}

/* "No faults" would be wrong when nothing was checked. */
static void tell_nothing(const struct directory_walk *walk)
{
    verification_find(
        walk->v, FINDING_FAULT, "nothing-to-verify", walk->directory, -1, NULL, NULL,
        "there is nothing to verify here: no *.warc, *.warc.gz, *.arc or *.arc.gz; "
        "found %zu other file%s%s%s. Give a collection, a directory of such files, or "
        "a directory of collections",
        walk->others, walk->others == 1 ? "" : "s", walk->others ? ", such as " : "",
        walk->example);
}

static enum result add_path(struct verification *v, const char *path, struct trouble *trouble)
{
    char archive[PATH_MAX];
    struct directory_walk walk = {.v = v, .directory = archive};
    size_t before = v->file_count;
    if (!disk_exists(path))
        return trouble_say(trouble, RESULT_BROKEN, "%s is not there", path);
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
    verification_find(v, FINDING_FAULT, "cdxj-unreadable", index, -1, NULL, NULL,
                      "the collection has no index; make it: warccap index %s", quoted.data);
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

/* Checks a collection's manifests and index, and its pages through the index. */
static void check_collection(struct verification *v, const char *path)
{
    char index[PATH_MAX], archive[PATH_MAX], runs[PATH_MAX];
    snprintf(runs, sizeof runs, "%s/runs", path);
    snprintf(index, sizeof index, "%s/indexes/index.cdxj", path);
    snprintf(archive, sizeof archive, "%s/archive", path);
    if (v->out_of_memory || !disk_is_directory(path))
        return;
    if (!disk_is_directory(archive)) {
        check_without_index(v, path);
        return;
    }
    check_manifests(v, archive, runs);
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
    check_closure(v, index, archive);
}

enum result verify_paths(char **paths, int count, const struct verify_options *options,
                         const struct verify_observer *observer, struct verify_summary *summary,
                         struct trouble *trouble)
{
    struct verification v = {.options = options, .summary = summary};
    enum result result = RESULT_OK;
    *summary = (struct verify_summary){.files = 0};
    if (observer)
        v.observer = *observer;
    entropy_fill(&v.hash_key, sizeof v.hash_key);
    buf_init(&v.scratch, 64 * 1024 * 1024);
    for (int i = 0; result == RESULT_OK && i < count; i++)
        result = add_path(&v, paths[i], trouble);
    v.file_faults = calloc(v.file_count + 1, sizeof *v.file_faults);
    v.claims = crawl_claims_new(&v.hash_key);
    v.out_of_memory = v.out_of_memory || !v.file_faults || !v.claims;
    for (size_t i = 0; result == RESULT_OK && i < v.file_count && !v.out_of_memory; i++) {
        uint64_t before = summary->faults;
        check_file(&v, (uint32_t)i);
        v.file_faults[i] = summary->faults - before;
        v.out_of_memory = v.out_of_memory || !crawl_claims_ok(v.claims);
    }
    if (result == RESULT_OK && !v.out_of_memory)
        check_references(&v);
    for (int i = 0; result == RESULT_OK && i < count; i++)
        check_collection(&v, paths[i]);
    if (v.out_of_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "out of memory, or OpenSSL offers no SHA-1");
    for (size_t i = 0; i < v.file_count; i++)
        free(v.files[i]);
    free(v.files);
    free(v.file_faults);
    free(v.records);
    crawl_claims_free(v.claims);
    buf_release(&v.scratch);
    return result;
}
