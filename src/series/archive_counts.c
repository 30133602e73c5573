/* Counts posts by the month in their URLs. */
#include <config.h>

#include "series/archive_counts.h"

#include "base/text.h"

static bool is_place(int year, int month)
{
    return year >= 0 && year < ARCHIVE_YEARS && month >= 0 && month <= 12;
}

void archive_counts_list(struct archive_counts *archive_counts, int first_day, int posts)
{
    int year = first_day / 10000 - ARCHIVE_FIRST_YEAR, month = first_day / 100 % 100;
    if (is_place(year, month) && first_day % 100 == 0)
        archive_counts->listed[year][month] = posts;
}

int archive_counts_listed(const struct archive_counts *archive_counts, int first_day)
{
    int year = first_day / 10000 - ARCHIVE_FIRST_YEAR, month = first_day / 100 % 100;
    return is_place(year, month) && first_day % 100 == 0 ? archive_counts->listed[year][month] : 0;
}

/* The month in a post's URL (/2021/06/name.html), as 20210600; 0 when there is none. */
static int month_of(const struct url *url)
{
    struct text path = url_path(url), part;
    uint64_t number;
    int year = 0, month = 0;
    while (text_split(&path, '/', &part)) {
        bool digits = text_to_number(part, &number);
        if (!year && digits && part.length == 4)
            year = (int)number;
        else if (year && !month && digits && part.length <= 2)
            month = (int)number;
        else if (year && part.length && !digits) /* the post's own name */
            return month && is_place(year - ARCHIVE_FIRST_YEAR, month) &&
                           !text_equal(part, TEXT("page"))
                       ? year * 10000 + month * 100
                       : 0;
    }
    return 0;
}

void archive_counts_page(struct archive_counts *archive_counts, const struct url *url)
{
    int first_day = month_of(url), year = first_day / 10000 - ARCHIVE_FIRST_YEAR;
    if (!first_day)
        return;
    archive_counts->present[year][first_day / 100 % 100]++;
    archive_counts->present[year][0]++;
    archive_counts->comparable = true;
}

bool archive_counts_hold(int period, const struct url *url)
{
    int first_day = month_of(url);
    return first_day &&
           (period / 100 % 100 ? first_day == period : first_day / 10000 == period / 10000);
}

static void compare(int year, int month, const struct archive_counts *archive_counts,
                    uint64_t *listed, uint64_t *present,
                    void (*each)(void *context, int first_day, int listed, int present),
                    void *context)
{
    int wanted = archive_counts->listed[year][month], there = archive_counts->present[year][month];
    *listed += (uint64_t)wanted;
    *present += (uint64_t)(there < wanted ? there : wanted);
    if (there < wanted && each)
        each(context, (year + ARCHIVE_FIRST_YEAR) * 10000 + month * 100, wanted, there);
}

void archive_counts_compare(const struct archive_counts *archive_counts, uint64_t *listed,
                            uint64_t *present,
                            void (*each)(void *context, int first_day, int listed, int present),
                            void *context)
{
    *listed = *present = 0;
    for (int year = 0; year < ARCHIVE_YEARS; year++) {
        bool months = false;
        for (int month = 1; month <= 12; month++)
            if (archive_counts->listed[year][month]) {
                months = true;
                compare(year, month, archive_counts, listed, present, each, context);
            }
        if (!months && archive_counts->listed[year][0])
            compare(year, 0, archive_counts, listed, present, each, context);
    }
}
