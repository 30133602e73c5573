/*
 * Compares the crawl's log with the archive, as warccap and Heritrix write it: logs/crawl.log, and
 * what was rotated away beside it.  A line with a digest is about a record.  A record is found by
 * URL and payload digest, since a revisit has the digest of its original.
 */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest_value.h"
#include "base/disk.h"
#include "collection/cdxj_lookup.h"
#include "verify/check.h"

enum { LINE_MOST = 1 << 17, COLUMNS = 12, TIME_LENGTH = 14, URL_MOST = 1 << 16 };

/* Columns of a line. */
enum { COLUMN_STATUS = 1, COLUMN_URL = 3, COLUMN_BEGAN = 8, COLUMN_DIGEST = 9 };

struct log_check {
    struct verification *v;
    const char *logs; /* the directory */
    struct cdxj_lookup *lookup;
    uint64_t *records; /* sorted */
    size_t count;
    char path[PATH_MAX]; /* of the log that is read */
    uint64_t *lines;     /* what the logs have, in the same way */
    size_t line_count, line_room;
    int64_t first_ms, last_ms; /* of their lines */
};

static int order(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static bool list_records(struct log_check *l)
{
    const struct verification *v = l->v;
    l->records = calloc(v->record_count + 1, sizeof *l->records);
    for (size_t i = 0; l->records && i < v->record_count; i++) {
        const struct seen_record *record = verification_record(v, i);
        uint64_t key = verification_capture(record->url, record->digest);
        if (key && record->type != WARC_REQUEST && record->type != WARC_METADATA)
            l->records[l->count++] = key;
    }
    if (l->count)
        qsort(l->records, l->count, sizeof *l->records, order);
    return l->records != NULL;
}

static void find(struct log_check *l, int rule, int64_t offset, const char *url, struct text status)
{
    const struct finding_place at = {.file = l->path, .offset = offset, .url = url};
    verification_find(l->v, rule, &at, "%s%.*s", status.length ? "status " : "", TEXT_ARGS(status));
}

/* Of several captures in one second only that with the digest is compared.  What was not modified
 * has no line with a status of its own. */
static void check_status(struct log_check *l, const struct text *columns, const char *url,
                         int64_t offset)
{
    struct cdxj_entry entry;
    struct text began = columns[COLUMN_BEGAN];
    if (l->lookup && began.length > TIME_LENGTH &&
        !text_equal(columns[COLUMN_STATUS], TEXT("304")) &&
        cdxj_lookup_original(l->lookup, text_of(url), text_first(began, TIME_LENGTH), TEXT(""),
                             &entry) == RESULT_OK &&
        digest_value_same(entry.digest, columns[COLUMN_DIGEST]) &&
        !text_equal(entry.status, columns[COLUMN_STATUS]))
        find(l, CHECK_LOG_STATUS, offset, url, columns[COLUMN_STATUS]);
}

static void note_line(struct log_check *l, uint64_t key, struct text date)
{
    int64_t date_ms;
    uint64_t *place =
        verification_grow(l->v, &l->lines, &l->line_count, &l->line_room, sizeof *place);
    if (place)
        *place = key;
    if (!date_read_warc(date, &date_ms))
        return;
    l->first_ms = !l->first_ms || date_ms < l->first_ms ? date_ms : l->first_ms;
    l->last_ms = date_ms > l->last_ms ? date_ms : l->last_ms;
}

/* Responses of the time that the logs tell of, without a line. */
static void check_records_without_line(struct log_check *l)
{
    if (l->line_count)
        qsort(l->lines, l->line_count, sizeof *l->lines, order);
    for (size_t i = 0; l->line_count && i < l->v->record_count; i++) {
        const struct seen_record *record = verification_record(l->v, i);
        uint64_t key = verification_capture(record->url, record->digest);
        if (key && record->http &&
            (record->type == WARC_RESPONSE || record->type == WARC_REVISIT) &&
            record->date_ms > l->first_ms && record->date_ms < l->last_ms &&
            !bsearch(&key, l->lines, l->line_count, sizeof key, order))
            verification_find_record(l->v, record, CHECK_LOG_LINE, "");
    }
}

/* What the crawl asked for but meant to store nothing of: the last column says so. */
static bool is_unstored(struct text line)
{
    line = text_trim(line);
    return text_ends(line, TEXT(" probe")) || text_ends(line, TEXT(" dropped"));
}

static void check_line(struct log_check *l, struct text line, int64_t offset)
{
    const struct text whole = line;
    struct text columns[COLUMNS] = {0}, column;
    char url[URL_MOST], digest[256];
    int count = 0;
    uint64_t status;
    while (count < COLUMNS && text_split(&line, ' ', &column))
        if (column.length)
            columns[count++] = column;
    if (count <= COLUMN_DIGEST || !text_to_number(columns[COLUMN_STATUS], &status) ||
        status < 100 || status > 599 || text_find_char(columns[COLUMN_DIGEST], ':') < 1 ||
        columns[COLUMN_URL].length >= sizeof url || columns[COLUMN_DIGEST].length >= sizeof digest)
        return;
    snprintf(url, sizeof url, "%.*s", (int)columns[COLUMN_URL].length, columns[COLUMN_URL].at);
    snprintf(digest, sizeof digest, "%.*s", (int)columns[COLUMN_DIGEST].length,
             columns[COLUMN_DIGEST].at);
    uint64_t key =
        verification_capture(verification_hash(l->v, url), verification_hash_digest(l->v, digest));
    note_line(l, key, columns[0]);
    bool there = bsearch(&key, l->records, l->count, sizeof key, order) != NULL;
    if (!there && is_unstored(whole))
        return;
    if (!there)
        find(l, CHECK_LOG_RECORD, offset, url, columns[COLUMN_STATUS]);
    else
        check_status(l, columns, url, offset);
}

static void check_log_file(void *context, const char *name)
{
    struct log_check *l = context;
    if (!text_starts(text_of(name), TEXT("crawl")) || !text_ends(text_of(name), TEXT(".log")))
        return;
    snprintf(l->path, sizeof l->path, "%s/%s", l->logs, name);
    FILE *log = fopen(l->path, "re");
    char *line = malloc(LINE_MOST);
    int64_t offset = 0;
    bool whole = true; /* the piece that comes next begins a line */
    while (log && line && fgets(line, LINE_MOST, log)) {
        size_t length = strlen(line);
        bool ends = length && line[length - 1] == '\n';
        if (whole && ends)
            check_line(l, (struct text){line, length - 1}, offset);
        whole = ends;
        offset += (int64_t)length;
    }
    l->v->out_of_memory = l->v->out_of_memory || !line;
    if (log)
        fclose(log);
    free(line);
}

void check_logs(struct verification *v, const char *logs_directory, const char *index_path)
{
    struct log_check check = {.v = v, .logs = logs_directory};
    struct trouble trouble;
    if (!disk_is_directory(logs_directory))
        return;
    check.lookup = disk_exists(index_path) ? cdxj_lookup_open(index_path, &trouble) : NULL;
    if (!list_records(&check))
        v->out_of_memory = true;
    else if (disk_list(logs_directory, check_log_file, &check, &trouble) != RESULT_OK)
        verification_find_file(v, CHECK_UNREADABLE, logs_directory, "%s", trouble.words);
    else
        check_records_without_line(&check);
    free(check.records);
    free(check.lines);
    cdxj_lookup_close(check.lookup);
}
