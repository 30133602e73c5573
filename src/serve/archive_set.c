/* Each archive is asked for its best capture, and the best of these is taken. */
#include <config.h>

#include "serve/archive_set.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/disk.h"
#include "collection/capture_reader.h"
#include "collection/collection.h"
#include "serve/alike_urls.h"
#include "web/surt.h"
#include "web/url.h"

enum { KEY_MOST = 1 << 20, LINE_MOST = 1 << 22, ALIKE_LINES_MOST = 2000 };

struct served_archive {
    struct archive_place place;
    struct cdxj_lookup *lookup;
    struct capture_reader *reader; /* resolves revisits */
    struct stat facts;             /* of the index */
};

/* How good a capture is; the higher number wins, the first ones first. */
struct fitness {
    int alike;  /* enum alike, and more for the same key, the same URL, its scheme */
    int status; /* success, the very date, both */
    int64_t nearness;
};

struct archive_set {
    struct served_archive *archives;
    size_t count;
    struct buf key, prefix, best, path;
};

/* ---- opening ---- */

static enum result open_index(struct served_archive *archive, struct trouble *trouble)
{
    if (stat(archive->place.index, &archive->facts) != 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", archive->place.index);
    archive->lookup = cdxj_lookup_open(archive->place.index, trouble);
    if (!archive->lookup)
        return RESULT_BROKEN;
    enum result result = capture_reader_open(&archive->reader, archive->place.index,
                                             archive->place.directory, trouble);
    if (result == RESULT_OK && archive->place.parts)
        capture_reader_use_package(archive->reader, archive->place.package, archive->place.parts);
    return result;
}

static void close_index(struct served_archive *archive)
{
    cdxj_lookup_close(archive->lookup);
    capture_reader_close(archive->reader);
    archive->lookup = NULL;
    archive->reader = NULL;
}

/* Opens it again if another file has its place now.  If that fails, the old one is kept. */
static void refresh(struct served_archive *archive)
{
    struct stat facts;
    struct trouble trouble;
    if (stat(archive->place.index, &facts) != 0 ||
        (facts.st_ino == archive->facts.st_ino && facts.st_size == archive->facts.st_size &&
         facts.st_mtime == archive->facts.st_mtime))
        return;
    struct served_archive newer = {.place = archive->place};
    if (open_index(&newer, &trouble) == RESULT_OK) {
        close_index(archive);
        *archive = newer;
    } else
        close_index(&newer);
}

enum result archive_set_open(struct archive_set **out, const struct archive_place *places,
                             size_t count, struct trouble *trouble)
{
    struct archive_set *set = calloc(1, sizeof *set);
    enum result result = RESULT_OK;
    *out = NULL;
    if (set) {
        buf_init(&set->key, KEY_MOST);
        buf_init(&set->prefix, KEY_MOST);
        buf_init(&set->best, LINE_MOST);
        buf_init(&set->path, PATH_MAX);
        set->archives = calloc(count, sizeof *set->archives);
    }
    if (!set || !set->archives)
        result = trouble_say(trouble, RESULT_BROKEN, "there is no memory for the archives");
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        set->archives[i].place = places[i];
        set->count++;
        result = open_index(&set->archives[i], trouble);
    }
    if (result == RESULT_OK)
        *out = set;
    else
        archive_set_close(set);
    return result;
}

void archive_set_close(struct archive_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        close_index(&set->archives[i]);
    free(set->archives);
    buf_release(&set->key);
    buf_release(&set->prefix);
    buf_release(&set->best);
    buf_release(&set->path);
    free(set);
}

size_t archive_set_count(const struct archive_set *set)
{
    return set->count;
}

const char *archive_set_name(const struct archive_set *set, size_t number)
{
    return set->archives[number].place.name;
}

const struct archive_place *archive_set_place(const struct archive_set *set, size_t number)
{
    return &set->archives[number].place;
}

const char *archive_set_runs(const struct archive_set *set, size_t number)
{
    return set->archives[number].place.runs;
}

struct cdxj_lookup *archive_set_index(struct archive_set *set, size_t number)
{
    refresh(&set->archives[number]);
    return set->archives[number].lookup;
}

/* ---- the choice ---- */

static struct text without_scheme(struct text url)
{
    ptrdiff_t colon = text_find_char(url, ':');
    return colon < 0 ? url : text_skip(url, (size_t)colon);
}

static bool is_revisit(const struct cdxj_entry *entry)
{
    return text_equal(entry->mime, TEXT("warc/revisit"));
}

/* Dates of 14 digits as a number that grows by at least one from second to second. */
static int64_t moment_of(struct text date)
{
    int64_t ms = 0;
    const struct cdxj_entry entry = {.timestamp = date};
    return cdxj_entry_time(&entry, &ms) ? ms : 0;
}

static bool is_better(const struct fitness *a, const struct fitness *b)
{
    if (a->alike != b->alike)
        return a->alike > b->alike;
    if (a->status != b->status)
        return a->status > b->status;
    return a->nearness >= b->nearness;
}

/* Whether the name of a file in an index is plain, so that it leads nowhere else. */
static bool is_plain_name(struct text name)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%.*s", TEXT_ARGS(name));
    return name.length > 0 && name.length < sizeof copy && name.at[0] != '.' &&
           text_find_char(name, '/') < 0 && text_find_char(name, '\0') < 0 &&
           collection_is_archive_file(copy);
}

static struct fitness judge(const struct archive_set *set, const struct archive_wish *wish,
                            const struct cdxj_entry *entry)
{
    char first = entry->status.length ? entry->status.at[0] : '2';
    int64_t moment = moment_of(entry->timestamp), wanted = moment_of(wish->date);
    struct fitness fitness = {.status = (first == '2' || first == '3') +
                                        text_equal(entry->timestamp, wish->date)};
    if (!text_equal(entry->key, buf_text(&set->key)))
        fitness.alike = alike_urls_compare(buf_text(&set->key), entry->key);
    else
        fitness.alike =
            ALIKE_TOKEN + 1 + text_equal(without_scheme(entry->url), without_scheme(wish->url));
    if (wish->nearest) {
        fitness.alike += fitness.alike > ALIKE_TOKEN && text_equal(entry->url, wish->url);
        fitness.status = 0;
    }
    fitness.nearness = !wish->date.length ? moment
                       : moment > wanted  ? wanted - moment
                                          : moment - wanted;
    if ((wish->no_redirects && first == '3') || !is_plain_name(entry->filename))
        fitness.alike = ALIKE_NOT;
    return fitness;
}

/* Where the best capture so far is. */
struct capture_choice {
    size_t archive;
    struct fitness fitness; /* alike ALIKE_NOT: there is none */
    int64_t line;           /* its place in the index */
};

/* Goes through the lines that begin with the prefix, but at most so many. */
static void choose(struct archive_set *set, const struct archive_wish *wish, size_t number,
                   size_t lines_most, struct capture_choice *choice)
{
    struct cdxj_lookup *lookup = set->archives[number].lookup;
    struct text prefix = buf_text(&set->prefix), line;
    struct cdxj_entry entry;
    int64_t place;
    cdxj_lookup_seek(lookup, prefix);
    for (size_t i = 0; i < lines_most; i++) {
        enum result got = cdxj_lookup_next(lookup, &entry, &line, &place);
        if (got == RESULT_END || !text_starts(line, prefix))
            return;
        if (got != RESULT_OK)
            continue;
        struct fitness fitness = judge(set, wish, &entry);
        if (fitness.alike != ALIKE_NOT &&
            (choice->fitness.alike == ALIKE_NOT || is_better(&fitness, &choice->fitness)))
            *choice = (struct capture_choice){number, fitness, place};
    }
}

static void choose_by(struct archive_set *set, const struct archive_wish *wish, struct text start,
                      const char *end, size_t lines_most, struct capture_choice *choice)
{
    buf_clear(&set->prefix);
    buf_add_text(&set->prefix, start);
    buf_add(&set->prefix, end);
    for (size_t i = 0; buf_ok(&set->prefix) && i < set->count; i++)
        choose(set, wish, i, lines_most, choice);
}

bool archive_set_write_path(const struct archive_set *set, size_t number, struct text filename,
                            struct buf *path, const struct wacz_part **part)
{
    const struct archive_place *place = &set->archives[number].place;
    buf_clear(path);
    *part = NULL;
    if (!is_plain_name(filename))
        return false;
    if (place->parts) {
        buf_add(path, place->package);
        *part = wacz_parts_find(place->parts, filename);
        return *part && buf_ok(path);
    }
    buf_printf(path, "%s/", set->archives[number].place.directory);
    buf_add_text(path, filename);
    size_t length = path->length;
    if (buf_ok(path) && !disk_exists(path->data)) { /* it may still be written */
        buf_add(path, ".open");
        if (buf_ok(path) && !disk_exists(path->data))
            path->data[path->length = length] = '\0';
    }
    return buf_ok(path);
}

static enum result take(struct archive_set *set, const struct capture_choice *choice,
                        struct archive_find *find, struct trouble *trouble)
{
    struct served_archive *archive = &set->archives[choice->archive];
    struct text line;
    buf_clear(&set->best);
    line = cdxj_lookup_line(archive->lookup, choice->line);
    if (!cdxj_line_read(line, &find->entry, &set->best))
        return trouble_say(trouble, RESULT_LOST, "a line of the index cannot be read");
    find->alike = choice->fitness.alike <= ALIKE_TOKEN;
    struct cdxj_entry original = find->entry;
    if (is_revisit(&original) && !capture_reader_find_original(archive->reader, &original))
        return trouble_say(trouble, RESULT_LOST,
                           "what it is a revisit of is not in the archive. See warccap verify");
    find->place.offset = original.offset;
    if (!archive_set_write_path(set, choice->archive, original.filename, &set->path,
                                &find->place.part))
        return trouble_say(trouble, RESULT_LOST, "the index names a file outside the archive");
    find->place.path = set->path.data;
    return RESULT_OK;
}

enum result archive_set_find(struct archive_set *set, const struct archive_wish *wish,
                             struct archive_find *find, struct trouble *trouble)
{
    struct capture_choice choice = {.fitness = {.alike = ALIKE_NOT}};
    for (size_t i = 0; i < set->count; i++)
        refresh(&set->archives[i]);
    buf_clear(&set->key);
    surt_write(wish->url, &set->key);
    if (!buf_ok(&set->key))
        return RESULT_END;
    struct text key = buf_text(&set->key);
    choose_by(set, wish, key, " ", SIZE_MAX, &choice);
    if (choice.fitness.alike == ALIKE_NOT && !wish->nearest) {
        choose_by(set, wish, alike_urls_path(key), " ", ALIKE_LINES_MOST, &choice);
        choose_by(set, wish, alike_urls_path(key), "?", ALIKE_LINES_MOST, &choice);
    }
    return choice.fitness.alike == ALIKE_NOT ? RESULT_END : take(set, &choice, find, trouble);
}
