/*
 * What the site itself counts: posts of a date archive, and pages of a series. A contract like
 * queue.h. All functions return OK or BROKEN.
 */
#ifndef STORE_SITE_COUNTS_H
#define STORE_SITE_COUNTS_H

#include "base/result.h"
#include "base/text.h"

struct site_counts;

struct site_counts_ops {
    enum result (*note_archive)(struct site_counts *counts, int period, int posts,
                                struct trouble *trouble);
    enum result (*each_archive)(struct site_counts *counts,
                                void (*each)(void *context, int period, int posts), void *context,
                                struct trouble *trouble);
    enum result (*note_pages)(struct site_counts *counts, struct text series, int pages,
                              struct trouble *trouble);
    enum result (*each_pages)(struct site_counts *counts,
                              void (*each)(void *context, struct text series, int pages),
                              void *context, struct trouble *trouble);
};

struct site_counts {
    const struct site_counts_ops *ops;
};

/* How many posts a date archive has by the site's own count ("June (27)"), by the archive's first
 * day (20180600). The last count is kept. Listed in the order of the days. */
MUST_CHECK static inline enum result
site_counts_note_archive(struct site_counts *counts, int period, int posts, struct trouble *trouble)
{
    return counts->ops->note_archive(counts, period, posts, trouble);
}
MUST_CHECK static inline enum result
site_counts_each_archive(struct site_counts *counts,
                         void (*each)(void *context, int period, int posts), void *context,
                         struct trouble *trouble)
{
    return counts->ops->each_archive(counts, each, context, trouble);
}

/* How many pages a series has by the site's own count ("Page 3 of 41"). `series` is its name. The
 * last count is kept. Listed in the order of the names. */
MUST_CHECK static inline enum result site_counts_note_pages(struct site_counts *counts,
                                                            struct text series, int pages,
                                                            struct trouble *trouble)
{
    return counts->ops->note_pages(counts, series, pages, trouble);
}
MUST_CHECK static inline enum result
site_counts_each_pages(struct site_counts *counts,
                       void (*each)(void *context, struct text series, int pages), void *context,
                       struct trouble *trouble)
{
    return counts->ops->each_pages(counts, each, context, trouble);
}

#endif
