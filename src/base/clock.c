/*
 * Clocks, and dates as WARC, CDXJ and sitemaps write them.  Dates are computed here rather than by
 * the C library: that takes a lock, depends on the time zone, and cannot read these forms.
 */
#include <config.h>

#include "base/clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_steady_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_thread_ms(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* The parts of a date.  gmtime_r() takes a lock, and thousands of dates are written per second.
 * Days are counted from 1 March of the year 0, so that a leap day is the last day of its year, and
 * in eras of 400 years, which all have the same number of days. */
static struct tm split(int64_t wall_ms, unsigned *milliseconds)
{
    enum { DAY_S = 86400, ERA_DAYS = 146097, TO_1970 = 719468 };
    int64_t ms = wall_ms % 1000 + (wall_ms % 1000 < 0 ? 1000 : 0), all = (wall_ms - ms) / 1000;
    int64_t seconds = all % DAY_S + (all % DAY_S < 0 ? DAY_S : 0),
            days = (all - seconds) / DAY_S + TO_1970;
    int64_t era = (days - (days < 0 ? ERA_DAYS - 1 : 0)) / ERA_DAYS, day = days - era * ERA_DAYS;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int of_year = (int)(day - (365 * year + year / 4 - year / 100)),
        month = (5 * of_year + 2) / 153;
    *milliseconds = (unsigned)ms;
    return (struct tm){.tm_sec = (int)(seconds % 60),
                       .tm_min = (int)(seconds / 60 % 60),
                       .tm_hour = (int)(seconds / 3600),
                       .tm_mday = of_year - (153 * month + 2) / 5 + 1,
                       .tm_mon = month < 10 ? month + 2 : month - 10,
                       .tm_year = (int)(year + era * 400 + (month >= 10) - 1900)};
}

/* The year is limited to four digits, so that the fixed sizes always suffice. */
static int four_digits(const struct tm *parts)
{
    int year = parts->tm_year + 1900;
    return year < 0 ? 0 : year > 9999 ? 9999 : year;
}

/* Writes "YYYY?MM?DD?hh?mm?ss?": each part and its mark; a mark that is a space is left out. */
static char *put_parts(char *out, const struct tm *t, const char marks[6])
{
    const int parts[6] = {four_digits(t), t->tm_mon + 1, t->tm_mday,
                          t->tm_hour,     t->tm_min,     t->tm_sec};
    *out++ = (char)('0' + parts[0] / 1000 % 10);
    *out++ = (char)('0' + parts[0] / 100 % 10);
    for (int i = 0; i < 6; i++) {
        *out++ = (char)('0' + parts[i] / 10 % 10);
        *out++ = (char)('0' + parts[i] % 10);
        if (marks[i] != ' ')
            *out++ = marks[i];
    }
    return out;
}

static char *put_three(char *out, unsigned number)
{
    *out++ = (char)('0' + number / 100 % 10);
    *out++ = (char)('0' + number / 10 % 10);
    *out++ = (char)('0' + number % 10);
    return out;
}

void date_write_warc(int64_t wall_ms, char out[DATE_WARC_SIZE])
{
    unsigned ms;
    struct tm t = split(wall_ms, &ms);
    char *end = put_three(put_parts(out, &t, "--T::."), ms);
    *end++ = 'Z';
    *end = '\0';
}

void date_write_17(int64_t wall_ms, char out[DATE_17_SIZE])
{
    unsigned ms;
    struct tm t = split(wall_ms, &ms);
    *put_three(put_parts(out, &t, "      "), ms) = '\0';
}

void date_write_14(int64_t wall_ms, char out[DATE_14_SIZE])
{
    char longer[DATE_17_SIZE];
    date_write_17(wall_ms, longer);
    snprintf(out, DATE_14_SIZE, "%.14s", longer);
}

int date_year(int64_t wall_ms)
{
    unsigned ms;
    struct tm t = split(wall_ms, &ms);
    return t.tm_year + 1900;
}

static bool digits(struct text text, size_t from, size_t count, int *value)
{
    uint64_t number;
    if (from + count > text.length ||
        !text_to_number((struct text){text.at + from, count}, &number))
        return false;
    *value = (int)number;
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Gregorian calendar.  Years run from March to February here, so that the leap day is the last. */
static int64_t days_since_1970(int year, int month, int day)
{
    /* 400 years more (146,097 days), so that it is never negative. */
    int64_t years = (int64_t)year + 400 - (month <= 2);
    int64_t leap_days = years / 4 - years / 100 + years / 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return years * 365 + leap_days + day_of_year - 719468 - 146097;
}

/* Reads "Z" or "+01:00" as minutes ahead of UTC. */
static bool zone(struct text text, int *minutes)
{
    int hour, minute;
    *minutes = 0;
    if (text_equal_nocase(text, TEXT("Z")))
        return true;
    if (text.length != 6 || (text.at[0] != '+' && text.at[0] != '-') || text.at[3] != ':' ||
        !digits(text, 1, 2, &hour) || !digits(text, 4, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *minutes = (text.at[0] == '-' ? -1 : 1) * (hour * 60 + minute);
    return true;
}

bool date_read_w3c(struct text text, int64_t *wall_ms)
{
    int year, month = 1, day = 1, hour = 0, minute = 0, second = 0, ahead = 0;
    size_t at = 16;
    if (!digits(text, 0, 4, &year) ||
        (text.length > 4 && (text.at[4] != '-' || !digits(text, 5, 2, &month))) ||
        (text.length > 7 && (text.at[7] != '-' || !digits(text, 8, 2, &day))))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    if (text.length > 10) {
        if ((text.at[10] | 32) != 't' || !digits(text, 11, 2, &hour) ||
            !digits(text, 14, 2, &minute) || text.at[13] != ':' || hour > 23 || minute > 59)
            return false;
        if (text.length > at && text.at[at] == ':') {
            if (!digits(text, at + 1, 2, &second) || second > 60)
                return false;
            at += 3;
            if (at < text.length && text.at[at] == '.')
                for (at++; at < text.length && ascii_is_digit(text.at[at]);)
                    at++;
        }
        if (!zone(text_skip(text, at), &ahead))
            return false;
    }
    *wall_ms =
        (((days_since_1970(year, month, day) * 24 + hour) * 60 + minute - ahead) * 60 + second) *
        1000;
    return true;
}

bool date_read_warc(struct text text, int64_t *wall_ms)
{
    int year, month, day, hour, minute, second, milliseconds = 0;
    if (text.length < 20 || text.at[4] != '-' || text.at[7] != '-' || text.at[10] != 'T' ||
        text.at[13] != ':' || text.at[16] != ':' || text.at[text.length - 1] != 'Z')
        return false;
    if (!digits(text, 0, 4, &year) || !digits(text, 5, 2, &month) || !digits(text, 8, 2, &day) ||
        !digits(text, 11, 2, &hour) || !digits(text, 14, 2, &minute) ||
        !digits(text, 17, 2, &second))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month) || hour > 23 ||
        minute > 59 || second > 60)
        return false;
    if (text.length > 20) {
        size_t fraction = text.length - 21;
        if (text.at[19] != '.' || fraction < 1 || fraction > 9)
            return false;
        for (size_t i = 0; i < fraction; i++) {
            if (!ascii_is_digit(text.at[20 + i]))
                return false;
            if (i < 3)
                milliseconds = milliseconds * 10 + (text.at[20 + i] - '0');
        }
        for (size_t i = fraction; i < 3; i++)
            milliseconds *= 10;
    }
    *wall_ms =
        (((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 +
        milliseconds;
    return true;
}
