/* Dates: written as WARC and CDXJ need them, for all years that fit. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

START_TEST(dates_are_those_of_the_calendar)
{
    static const struct {
        int64_t ms;
        const char *date;
    } known[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {1772600767123, "2026-03-04T05:06:07.123Z"},
        {951782399999, "2000-02-28T23:59:59.999Z"},
        {951782400000, "2000-02-29T00:00:00.000Z"},
        {4107542400000, "2100-03-01T00:00:00.000Z"}, /* 2100 has no leap day */
        {253402300799999, "9999-12-31T23:59:59.999Z"},
        {-62135596800000, "0001-01-01T00:00:00.000Z"},
    };
    char date[DATE_WARC_SIZE];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        date_write_warc(known[i].ms, date);
        ck_assert_str_eq(date, known[i].date);
    }
}
END_TEST

/* Compares with the C library, every hour or so for four hundred years. */
START_TEST(dates_are_those_of_gmtime)
{
    for (int64_t ms = -6000000000000; ms < 7000000000000; ms += 4321987) {
        char date[DATE_17_SIZE], wanted[64];
        int64_t part = ms % 1000 < 0 ? ms % 1000 + 1000 : ms % 1000;
        time_t seconds = (time_t)((ms - part) / 1000);
        struct tm t;
        gmtime_r(&seconds, &t);
        snprintf(wanted, sizeof wanted, "%04d%02d%02d%02d%02d%02d%03d", t.tm_year + 1900,
                 t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, (int)part);
        date_write_17(ms, date);
        ck_assert_str_eq(date, wanted);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");
    TCase *all = tcase_create("all");
    tcase_add_test(all, dates_are_those_of_the_calendar);
    tcase_add_test(all, dates_are_those_of_gmtime);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
