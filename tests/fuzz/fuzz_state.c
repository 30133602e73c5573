/*
 * The database of a crawl's state, damaged, or made by a stranger: it is opened or refused with
 * words, and whatever stands in its rows, what the store returns is in range.  The first byte says
 * how: 'B' bytes of the file are changed, 'S' statements of SQL are run over it, and else values
 * are put into the rows of a store that is open.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "store/completeness.h"
#include "store/sqlite_store.h"
#include "store/sqlite_store_internal.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"

enum {
    TABLES_MOST = 200, /* columns, over all tables */
    CHANGES_MOST = 8,  /* of values or bytes by one input */
    SQL_STEPS = 20000, /* of SQLite's machine */
    ROW_BYTES_MOST = 1 << 16,
    TEXTS_MOST = 1 << 20,
    KEYS = 4,
};

struct column {
    char table[32], name[32];
};

static struct column columns[TABLES_MOST];
static size_t column_count;
static struct store *open_store; /* whose rows are changed */
static struct buf sound;         /* the file as it was */
static volatile size_t sink;     /* every text that is given may be read */

static void read_text(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        sink += (unsigned char)text.at[i];
}

static int64_t fixed_key(int i)
{
    return (INT64_C(77) + i) << 8;
}

/* ---- a store to begin with ---- */

static const char *file_path(void)
{
    static char path[SCRATCH_PATH];
    scratch_path(stored_directory(), "warccap.db", path);
    return path;
}

static void fill(struct store *store)
{
    static const char *const urls[KEYS] = {"http://h/", "http://h/a", "http://h/b", "http://g/"};
    static const enum visit_kind kinds[KEYS] = {VISIT_SEED, VISIT_PAGER, VISIT_PAGE,
                                                VISIT_REQUISITE};
    struct trouble trouble;
    int64_t host, next;
    FUZZ_CHECK(hosts_number(store->hosts, TEXT("h"), &host, &trouble) == RESULT_OK);
    for (int i = 0; i < KEYS; i++) {
        const struct visit visit = {.key = fixed_key(i),
                                    .host = host,
                                    .kind = kinds[i],
                                    .hops = "L",
                                    .url = text_of(urls[i]),
                                    .via_key = fixed_key(0)};
        const struct outcome outcome = {.key = fixed_key(i),
                                        .state = i & 1 ? STATE_BROKEN : STATE_KEPT,
                                        .status = 200};
        const struct listed_url listed = {fixed_key(i), LISTED_BY_FEED};
        FUZZ_CHECK(queue_offer(store->queue, &visit, 1, NULL, &trouble) == RESULT_OK);
        if (i != 2)
            FUZZ_CHECK(queue_finish(store->queue, &outcome, 1, &trouble) == RESULT_OK);
        FUZZ_CHECK(completeness_note_listed(store->completeness, &listed, 1, &trouble) ==
                   RESULT_OK);
    }
    const struct host_robots robots = {200, 1, TEXT("User-agent: *")};
    const struct host_state state = {.refusals = 1, .is_dead = true};
    const struct held_capture held = {.etag = "\"x\"", .status = 200, .checks = 1};
    const struct held_entry entry = {fixed_key(1), &held};
    const struct left_out_url out = {fixed_key(9), URL_RULE_TRAP, TEXT("http://h/t"), fixed_key(0),
                                     true};
    const struct untold_change change = {1, VISIT_PAGE, TEXT("http://h/a"), TEXT("")};
    const struct noted_redirect redirect = {fixed_key(1), fixed_key(2), true};
    struct list_date date = {fixed_key(1), 1, 0};
    FUZZ_CHECK(hosts_keep_robots(store->hosts, host, &robots, &trouble) == RESULT_OK &&
               hosts_keep_state(store->hosts, host, &state, &trouble) == RESULT_OK &&
               recrawl_state_keep_held(store->recrawl, &entry, 1, &trouble) == RESULT_OK &&
               recrawl_state_note_dates(store->recrawl, &date, 1, &trouble) == RESULT_OK &&
               recrawl_state_keep_list_names(store->recrawl, fixed_key(1), TEXT("12345678"),
                                             &trouble) == RESULT_OK &&
               recrawl_state_begin_round(store->recrawl, 1, &next, &trouble) == RESULT_OK);
    FUZZ_CHECK(completeness_note_left_out(store->completeness, &out, 1, &trouble) == RESULT_OK &&
               completeness_note_redirect(store->completeness, &redirect, &trouble) == RESULT_OK &&
               progress_note_change(store->progress, &change, &trouble) == RESULT_OK &&
               progress_keep_file(store->progress, "a.warc.gz", (struct file_progress){1, 1},
                                  &trouble) == RESULT_OK &&
               site_counts_note_archive(store->site_counts, 20260100, 3, &trouble) == RESULT_OK &&
               site_counts_note_pages(store->site_counts, TEXT("h/?"), 3, &trouble) == RESULT_OK);
    FUZZ_CHECK(store_commit(store, &trouble) == RESULT_OK);
}

static sqlite3 *db_of(struct store *store)
{
    return SQLITE_STORE_OF(store, store)->db;
}

static void find_columns(sqlite3 *db)
{
    sqlite3_stmt *s;
    FUZZ_CHECK(sqlite3_prepare_v2(db,
                                  "SELECT m.name, c.name FROM sqlite_schema m, "
                                  "pragma_table_info(m.name) c WHERE m.type = 'table'",
                                  -1, &s, NULL) == SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW && column_count < TABLES_MOST) {
        struct column *column = &columns[column_count++];
        snprintf(column->table, sizeof column->table, "%s", sqlite3_column_text(s, 0));
        snprintf(column->name, sizeof column->name, "%s", sqlite3_column_text(s, 1));
    }
    sqlite3_finalize(s);
    FUZZ_CHECK(column_count > KEYS && column_count < TABLES_MOST);
}

static void remove_file(void)
{
    char path[SCRATCH_PATH + 8];
    unlink(file_path());
    snprintf(path, sizeof path, "%s-wal", file_path());
    unlink(path);
}

static void end_store(void)
{
    store_close(open_store);
    buf_release(&sound);
}

static void begin(void)
{
    struct trouble trouble;
    struct store *store;
    if (open_store)
        return;
    FUZZ_CHECK(sqlite_store_open(&store, file_path(), 5, &trouble) == RESULT_OK);
    fill(store);
    find_columns(db_of(store));
    store_close(store);
    buf_init(&sound, 1 << 24);
    FUZZ_CHECK(disk_read(file_path(), &sound, &trouble) == RESULT_OK);
    remove_file();
    /* of its own, so that the other ways have the file to themselves */
    FUZZ_CHECK(sqlite_store_open(&open_store, ":memory:", 5, &trouble) == RESULT_OK);
    fill(open_store);
    sqlite3_limit(db_of(open_store), SQLITE_LIMIT_LENGTH, ROW_BYTES_MOST);
    atexit(end_store);
}

/* ---- what a crawl asks of it ---- */

static void check_kind(enum visit_kind kind)
{
    FUZZ_CHECK((int)kind >= 0 && kind < VISIT_KINDS);
    read_text(text_of(visit_kind_name(kind)));
}

static void check_state(enum url_state state)
{
    FUZZ_CHECK((int)state >= 0 && state < STATE_COUNT);
}

static void check_visit(const struct visit *visit)
{
    check_kind(visit->kind);
    FUZZ_CHECK(memchr(visit->hops, '\0', sizeof visit->hops));
    FUZZ_CHECK(visit->depth >= 0 && visit->attempts >= 0 && visit->period >= 0);
    read_text(visit->url);
    read_text(visit->via);
}

static void see_listed(void *context, const struct listed_visit *visit)
{
    (void)context;
    check_kind(visit->kind);
    check_state(visit->state);
    read_text(visit->url);
    read_text(visit->reason);
}

static void see_host(void *context, const struct waiting_host *host)
{
    (void)context;
    FUZZ_CHECK(host->waiting >= 0);
    read_text(host->name);
    read_text(host->url);
}

static void see_history(void *context, const struct url_history *history)
{
    (void)context;
    check_kind(history->kind);
    check_state(history->state);
    FUZZ_CHECK((int)history->via_kind >= 0 && history->via_kind <= VISIT_KINDS);
}

static void see_gap(void *context, const struct listed_gap *gap)
{
    (void)context;
    check_state(gap->state);
    FUZZ_CHECK((int)gap->source >= 0 && gap->source < LIST_SOURCES);
    read_text(text_of(list_source_name(gap->source)));
    read_text(gap->url);
    read_text(gap->reason);
}

static void see_response(void *context, const struct known_response *response)
{
    (void)context;
    check_kind(response->kind);
    check_state(response->state);
    read_text(response->hops);
    read_text(response->url);
    read_text(response->digest);
}

static void see_change(void *context, const struct untold_change *change)
{
    (void)context;
    check_kind(change->kind);
    read_text(change->url);
    read_text(change->target);
}

static void see_failed(void *context, const struct failed_visit *visit)
{
    (void)context;
    check_kind(visit->kind);
    check_state(visit->state);
    read_text(visit->url);
}

static void see_name(void *context, struct text name)
{
    (void)context;
    read_text(name);
}

static void see_archive(void *context, int period, int posts)
{
    (void)context;
    FUZZ_CHECK(period >= 0 && posts >= 0);
}

static void see_pages(void *context, struct text series, int pages)
{
    (void)context;
    read_text(series);
    FUZZ_CHECK(pages >= 0);
}

static void use_queue(struct store *store, struct buf *texts)
{
    const struct take_request request = {.host = 1, .now_ms = INT64_C(1790000000000)};
    struct trouble trouble;
    struct visit visit = {.kind = VISIT_PAGE};
    int64_t ready_ms;
    int count;
    for (int i = 0; i < KEYS; i++)
        if (known_urls_find(store->known, fixed_key(i), &visit, texts, &trouble) == RESULT_OK)
            check_visit(&visit);
    if (known_urls_next_missing(store->known, 0, &visit, texts, &trouble) == RESULT_OK)
        check_visit(&visit);
    if (known_urls_served(store->known, 1, 0, &visit, texts, &trouble) == RESULT_OK)
        check_kind(visit.kind);
    if (queue_count_requisites(store->queue, 1, request.now_ms, 3, &count, &trouble) == RESULT_OK)
        FUZZ_CHECK(count >= 0 && count <= 3);
    for (int i = 0; i < KEYS && queue_take(store->queue, &request, &visit, texts, &ready_ms,
                                           &trouble) == RESULT_OK;
         i++) {
        check_visit(&visit);
        const struct outcome outcome = {
            .key = visit.key, .state = STATE_REFUSED, .status = 403, .reason = "it says so"};
        result_ignore(queue_finish(store->queue, &outcome, 1, &trouble));
        result_ignore(queue_put_last(store->queue, visit.key, &trouble));
    }
    result_ignore(queue_retry_failed(store->queue, request.now_ms, &trouble));
    result_ignore(queue_take_back(store->queue, QUEUE_OTHERS, &trouble));
}

static void use_lists(struct store *store)
{
    static uint64_t counts[VISIT_KINDS][STATE_COUNT];
    struct listed_counts listed;
    struct trouble trouble;
    for (int i = 0; i < LISTING_COUNT; i++)
        result_ignore(
            known_urls_each(store->known, (enum visit_listing)i, 10, see_listed, NULL, &trouble));
    result_ignore(known_urls_count(store->known, counts, &trouble));
    result_ignore(hosts_each_waiting(store->hosts, see_host, NULL, &trouble));
    result_ignore(completeness_count_listed(store->completeness, &listed, &trouble));
    result_ignore(completeness_each_gap(store->completeness, 10, see_gap, NULL, &trouble));
    result_ignore(completeness_each_response(store->completeness, see_response, NULL, &trouble));
    result_ignore(progress_each_change(store->progress, see_change, NULL, &trouble));
    result_ignore(progress_each_file(store->progress, see_name, NULL, &trouble));
    result_ignore(failure_state_each(store->failures, 0, 10, see_failed, NULL, &trouble));
    result_ignore(site_counts_each_archive(store->site_counts, see_archive, NULL, &trouble));
    result_ignore(site_counts_each_pages(store->site_counts, see_pages, NULL, &trouble));
}

static void use_hosts_and_recrawl(struct store *store, struct buf *texts)
{
    struct trouble trouble;
    struct host_robots robots = {.status = 0};
    struct host_state state;
    struct url_history history;
    struct provenance provenance;
    struct held_capture held;
    struct url_refusal refusal;
    struct failure failure;
    struct file_progress file;
    int64_t keys[KEYS], number;
    if (hosts_robots(store->hosts, 1, &robots, texts, &trouble) == RESULT_OK)
        read_text(robots.body);
    result_ignore(hosts_state(store->hosts, 1, &state, &trouble));
    for (int i = 0; i < KEYS; i++) {
        keys[i] = fixed_key(i);
        if (recrawl_state_history(store->recrawl, keys[i], &history, texts, &trouble) == RESULT_OK)
            see_history(NULL, &history);
        if (recrawl_state_provenance(store->recrawl, keys[i], &provenance, texts, &trouble) ==
            RESULT_OK)
            read_text(provenance.reason);
        if (recrawl_state_held(store->recrawl, keys[i], &held, texts, &trouble) == RESULT_OK) {
            FUZZ_CHECK(memchr(held.etag, '\0', sizeof held.etag) &&
                       memchr(held.modified, '\0', sizeof held.modified) &&
                       memchr(held.digest, '\0', sizeof held.digest) &&
                       memchr(held.original_id, '\0', sizeof held.original_id));
            read_text(held.original_url);
        }
        result_ignore(failure_state_find(store->failures, keys[i], &failure, &trouble));
        result_ignore(recrawl_state_date(store->recrawl, keys[i], &number, &trouble));
        if (recrawl_state_list_names(store->recrawl, keys[i], texts, &trouble) == RESULT_OK)
            FUZZ_CHECK(texts->length % sizeof(int64_t) == 0);
    }
    result_ignore(
        recrawl_state_each_history(store->recrawl, keys, KEYS, see_history, NULL, &trouble));
    if (completeness_refusal(store->completeness, fixed_key(9), &refusal, texts, &trouble) ==
        RESULT_OK)
        read_text(text_of(url_rule_name(refusal.rule)));
    if (progress_file(store->progress, "a.warc.gz", &file, &trouble) == RESULT_OK)
        FUZZ_CHECK(file.known_bytes >= 0 && file.indexed_bytes >= 0);
}

static void use(struct store *store)
{
    struct buf texts;
    struct trouble trouble;
    buf_init(&texts, TEXTS_MOST);
    use_hosts_and_recrawl(store, &texts);
    use_lists(store);
    use_queue(store, &texts);
    const struct visit visit = {.key = 1 << 20,
                                .host = 1,
                                .kind = VISIT_PAGE,
                                .url = TEXT("http://h/new"),
                                .via_key = fixed_key(0)};
    result_ignore(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    buf_release(&texts);
}

/* ---- its ways ---- */

static int64_t take_number(struct text *input, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes && i < input->length; i++)
        number |= (uint64_t)(unsigned char)input->at[i] << (8 * i);
    *input = text_skip(*input, bytes);
    return (int64_t)number;
}

static struct text take_piece(struct text *input)
{
    size_t length = (size_t)take_number(input, 1);
    struct text piece = text_first(*input, length);
    *input = text_skip(*input, length);
    return piece;
}

static void bind_value(sqlite3_stmt *s, struct text *input)
{
    struct text piece;
    switch (take_number(input, 1) % 6) {
    case 0:
        sqlite3_bind_null(s, 1);
        break;
    case 1:
        sqlite3_bind_int64(s, 1, (int8_t)take_number(input, 1));
        break;
    case 2:
        sqlite3_bind_int64(s, 1, take_number(input, 8));
        break;
    case 3:
        sqlite3_bind_double(s, 1, (double)take_number(input, 8) / 3);
        break;
    case 4:
        piece = take_piece(input);
        sqlite3_bind_text(s, 1, piece.at, (int)piece.length, SQLITE_STATIC);
        break;
    default:
        piece = take_piece(input);
        sqlite3_bind_blob(s, 1, piece.at, (int)piece.length, SQLITE_STATIC);
    }
}

/* Values go into columns of all rows, whatever the column is for. */
static void change_rows(struct text input)
{
    sqlite3 *db = db_of(open_store);
    store_roll_back(open_store);
    FUZZ_CHECK(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK);
    SQLITE_STORE_OF(open_store, store)->in_transaction = true;
    for (int i = 0; i < CHANGES_MOST && input.length; i++) {
        const struct column *column = &columns[(size_t)take_number(&input, 1) % column_count];
        char sql[160];
        sqlite3_stmt *s = NULL;
        snprintf(sql, sizeof sql, "UPDATE OR IGNORE \"%s\" SET \"%s\" = ?", column->table,
                 column->name);
        FUZZ_CHECK(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK);
        bind_value(s, &input);
        sqlite3_step(s);
        sqlite3_finalize(s);
    }
    use(open_store);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    SQLITE_STORE_OF(open_store, store)->in_transaction = false;
}

static void open_and_use(void)
{
    struct store *store;
    struct trouble trouble = trouble_none();
    enum result result = sqlite_store_open(&store, file_path(), 6, &trouble);
    FUZZ_CHECK(result == RESULT_OK || result == RESULT_LOST || result == RESULT_BROKEN);
    FUZZ_CHECK((result == RESULT_OK) == (store != NULL) && (store || trouble.words[0]));
    if (store) {
        sqlite3_limit(db_of(store), SQLITE_LIMIT_LENGTH, ROW_BYTES_MOST);
        use(store);
        store_roll_back(store);
        store_close(store);
    }
    if (sqlite_store_open_to_read(&store, file_path(), &trouble) == RESULT_OK) {
        use_lists(store);
        store_close(store);
    }
    remove_file();
}

static void change_bytes(struct text input)
{
    struct buf changed;
    buf_init(&changed, 1 << 24);
    buf_add_text(&changed, buf_text(&sound));
    for (int i = 0; i < CHANGES_MOST && input.length > 3; i++) {
        size_t at = (size_t)take_number(&input, 3) % changed.length;
        struct text piece = text_first(take_piece(&input), changed.length - at);
        if (piece.length)
            memcpy(changed.data + at, piece.at, piece.length);
        else
            changed.length = at; /* cut off */
        if (!changed.length)
            break;
    }
    scratch_write(stored_directory(), "warccap.db", changed.data, changed.length);
    buf_release(&changed);
    open_and_use();
}

static int stop_after_steps(void *context)
{
    (void)context;
    return 1;
}

static int allow(void *context, int action, const char *a, const char *b, const char *c,
                 const char *d)
{
    (void)context;
    (void)b;
    (void)c;
    (void)d;
    bool pragma = action == SQLITE_PRAGMA && strcmp(a, "writable_schema") != 0;
    return pragma || action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

static void change_by_sql(struct text input)
{
    sqlite3 *db;
    char *sql = text_copy(input);
    FUZZ_CHECK(sql);
    scratch_write(stored_directory(), "warccap.db", sound.data, sound.length);
    FUZZ_CHECK(sqlite3_open(file_path(), &db) == SQLITE_OK);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, ROW_BYTES_MOST);
    sqlite3_progress_handler(db, SQL_STEPS, stop_after_steps, NULL);
    sqlite3_set_authorizer(db, allow, NULL);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    free(sql);
    open_and_use();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    begin();
    if (text_starts(input, TEXT("B")))
        change_bytes(text_skip(input, 1));
    else if (text_starts(input, TEXT("S")))
        change_by_sql(text_skip(input, 1));
    else
        change_rows(input);
    return 0;
}
