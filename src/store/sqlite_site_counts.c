/* What the site itself counts, on SQLite. */
#include <config.h>

#include "store/sqlite_store_internal.h"

static struct sqlite_store *store_of(struct site_counts *counts)
{
    return SQLITE_STORE_OF(counts, site_counts);
}

static enum result note_archive(struct site_counts *counts, int period, int posts,
                                struct trouble *trouble)
{
    struct sqlite_store *store = store_of(counts);
    sqlite3_stmt *s = db_begin(store, NOTE_ARCHIVE_COUNT);
    sqlite3_bind_int(s, 1, period);
    sqlite3_bind_int(s, 2, posts);
    return db_run(store, s, "store the count of a date archive", trouble);
}

static enum result each_archive(struct site_counts *counts,
                                void (*each)(void *context, int period, int posts), void *context,
                                struct trouble *trouble)
{
    struct sqlite_store *store = store_of(counts);
    sqlite3_stmt *s = db_begin(store, ARCHIVE_COUNTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_int(s, 0), db_int(s, 1));
    sqlite3_reset(s);
    return db_all(store, step, "list the counts of date archives", trouble);
}

static enum result note_pages(struct site_counts *counts, struct text series, int pages,
                              struct trouble *trouble)
{
    struct sqlite_store *store = store_of(counts);
    sqlite3_stmt *s = db_begin(store, NOTE_ROW_PAGES);
    db_bind_text(s, 1, series);
    sqlite3_bind_int(s, 2, pages);
    return db_run(store, s, "store how many pages a series has", trouble);
}

static enum result each_pages(struct site_counts *counts,
                              void (*each)(void *context, struct text series, int pages),
                              void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(counts);
    sqlite3_stmt *s = db_begin(store, ROWS_PAGES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0), db_int(s, 1));
    sqlite3_reset(s);
    return db_all(store, step, "list how many pages series have", trouble);
}

const struct site_counts_ops sqlite_site_counts_ops = {
    .note_archive = note_archive,
    .each_archive = each_archive,
    .note_pages = note_pages,
    .each_pages = each_pages,
};
