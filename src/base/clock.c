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

static struct tm split(int64_t wall_ms, unsigned *milliseconds)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    *milliseconds = (unsigned)(wall_ms % 1000);
    gmtime_r(&seconds, &parts);
    return parts;
}

/* The year is cut to four digits, so that the fixed sizes always hold. */
static int four_digits(const struct tm *parts)
{
    int year = parts->tm_year + 1900;
    return year < 0 ? 0 : year > 9999 ? 9999 : year;
}

void date_write_warc(int64_t wall_ms, char out[DATE_WARC_SIZE])
{
    unsigned ms;
    struct tm t = split(wall_ms, &ms);
    snprintf(out, DATE_WARC_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", (unsigned)four_digits(&t) % 10000u,
             (unsigned)(t.tm_mon + 1) % 100u, (unsigned)t.tm_mday % 100u, (unsigned)t.tm_hour % 100u,
             (unsigned)t.tm_min % 100u, (unsigned)t.tm_sec % 100u, ms % 1000u);
}

void date_write_17(int64_t wall_ms, char out[DATE_17_SIZE])
{
    unsigned ms;
    struct tm t = split(wall_ms, &ms);
    snprintf(out, DATE_17_SIZE, "%04u%02u%02u%02u%02u%02u%03u", (unsigned)four_digits(&t) % 10000u,
             (unsigned)(t.tm_mon + 1) % 100u, (unsigned)t.tm_mday % 100u, (unsigned)t.tm_hour % 100u,
             (unsigned)t.tm_min % 100u, (unsigned)t.tm_sec % 100u, ms % 1000u);
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
    if (from + count > text.length || !text_to_number((struct text){text.at + from, count}, &number))
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

bool date_read_warc(struct text text, int64_t *wall_ms)
{
    int year, month, day, hour, minute, second, milliseconds = 0;
    if (text.length < 20 || text.at[4] != '-' || text.at[7] != '-' || text.at[10] != 'T' || text.at[13] != ':' ||
        text.at[16] != ':' || text.at[text.length - 1] != 'Z')
        return false;
    if (!digits(text, 0, 4, &year) || !digits(text, 5, 2, &month) || !digits(text, 8, 2, &day) ||
        !digits(text, 11, 2, &hour) || !digits(text, 14, 2, &minute) || !digits(text, 17, 2, &second))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month) || hour > 23 || minute > 59 ||
        second > 60)
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
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
                       .tm_hour = hour, .tm_min = minute, .tm_sec = second};
    *wall_ms = (int64_t)timegm(&parts) * 1000 + milliseconds;
    return true;
}
