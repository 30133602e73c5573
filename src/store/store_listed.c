/* The store: what the site promised, what was refused by which rule, and the rows and periods of
 * its pagers. */
#include <config.h>

#include "store/store_sqlite.h"

#include <string.h>

/* Whether this was said of the key just now; it is from then on. */
static bool was_said(struct store *store, int64_t key, int what)
{
    uint64_t both = (uint64_t)key ^ (uint64_t)(what + 1) * 0x9e3779b97f4a7c15u,
             *slot = &store->said[both % SAID_SLOTS];
    bool said = *slot == both;
    *slot = both;
    return said;
}

enum result store_note_listed(struct store *store, enum list_source source, int64_t key,
                              struct trouble *trouble)
{
    if (was_said(store, key, (int)source + 1))
        return RESULT_OK;
    sqlite3_stmt *s = db_begin(store, PROMISE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int(s, 2, source);
    return db_run(store, s, "keep a promise", trouble);
}

enum result store_count_listed(struct store *store, uint64_t counts[LIST_SOURCES][STATE_COUNT],
                               uint64_t left_out[LIST_SOURCES], struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PROMISES);
    int step;
    memset(counts, 0, sizeof(uint64_t) * LIST_SOURCES * STATE_COUNT);
    memset(left_out, 0, sizeof(uint64_t) * LIST_SOURCES);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int source = sqlite3_column_int(s, 0), state = sqlite3_column_int(s, 1);
        uint64_t count = (uint64_t)sqlite3_column_int64(s, 2);
        if (source < 0 || source >= LIST_SOURCES)
            continue;
        if (sqlite3_column_type(s, 1) == SQLITE_NULL)
            left_out[source] += count;
        else
            counts[source][state == STATE_LEASED ? STATE_WAITING : state] += count;
    }
    sqlite3_reset(s);
    return db_all(store, step, "count the promises", trouble);
}

enum result store_list_gaps(struct store *store, int most,
                            void (*each)(void *context, enum list_source source, struct text url,
                                         struct text reason),
                            void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, GAPS);
    int step;
    sqlite3_bind_int(s, 1, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, (enum list_source)sqlite3_column_int(s, 0), db_text(s, 1), db_text(s, 2));
    sqlite3_reset(s);
    return db_all(store, step, "list the gaps", trouble);
}

enum result store_refuse(struct store *store, int64_t key, struct text url, enum url_rule rule,
                         int64_t via_key, struct trouble *trouble)
{
    if (was_said(store, key, 0))
        return RESULT_OK;
    sqlite3_stmt *s = db_begin(store, REFUSE);
    sqlite3_bind_int64(s, 1, key);
    db_bind_text(s, 2, url);
    db_bind_text(s, 3, text_of(url_rule_name(rule)));
    sqlite3_bind_int64(s, 4, via_key);
    return db_run(store, s, "keep a refusal", trouble);
}

enum result store_period(struct store *store, int period, int posts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PERIOD);
    sqlite3_bind_int(s, 1, period);
    sqlite3_bind_int(s, 2, posts);
    return db_run(store, s, "keep a period", trouble);
}

enum result store_each_period(struct store *store,
                              void (*each)(void *context, int period, int posts), void *context,
                              struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PERIODS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, sqlite3_column_int(s, 0), sqlite3_column_int(s, 1));
    sqlite3_reset(s);
    return db_all(store, step, "list the periods", trouble);
}

enum result store_row(struct store *store, struct text family, int pages, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, ROW);
    db_bind_text(s, 1, family);
    sqlite3_bind_int(s, 2, pages);
    return db_run(store, s, "keep a row", trouble);
}

enum result store_each_row(struct store *store,
                           void (*each)(void *context, struct text family, int pages),
                           void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, ROWS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0), sqlite3_column_int(s, 1));
    sqlite3_reset(s);
    return db_all(store, step, "list the rows", trouble);
}

const char *list_source_name(enum list_source source)
{
    static const char *const names[LIST_SOURCES] = {"pager", "archive", "feed", "sitemap"};
    return names[source];
}
