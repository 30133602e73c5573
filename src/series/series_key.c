/* Replaces the numbers that count pages by '#'. */
#include <config.h>

#include "series/series_key.h"

#include <string.h>

#include "series/date_archive.h"
#include "series/pager_url.h"

/* 3 at a percent escape, whose digits are part of a letter; else 1. */
static size_t step_at(struct text text, size_t at)
{
    return text.at[at] == '%' && at + 2 < text.length && ascii_is_alnum(text.at[at + 1]) &&
                   ascii_is_alnum(text.at[at + 2])
               ? 3
               : 1;
}

static void add_without_numbers(struct text text, struct buf *out)
{
    for (size_t i = 0, from; i < text.length;) {
        for (from = i; i < text.length && !ascii_is_digit(text.at[i]);)
            i += step_at(text, i);
        buf_append(out, text.at + from, i - from);
        if (i < text.length)
            buf_add_char(out, '#');
        while (i < text.length && ascii_is_digit(text.at[i]))
            i++;
    }
}

/* The offset of the date at the end of a path: 4 for "/cal/2026/11/04/". */
static size_t date_begins(struct text path)
{
    size_t from = path.length;
    while (from && (ascii_is_digit(path.at[from - 1]) || strchr("-/", path.at[from - 1])))
        from--;
    while (from < path.length && path.at[from] != '/')
        from++;
    return from;
}

static void add_path(struct text path, struct buf *out)
{
    /* All numbers of a date, because a calendar goes on into the next year. */
    if (date_archive_is_bare_date(path)) {
        size_t date = date_begins(path);
        buf_add_text(out, text_first(path, date));
        add_without_numbers(text_skip(path, date), out);
        return;
    }
    size_t to = 0; /* after the last digit */
    for (size_t i = 0; i < path.length; i += step_at(path, i))
        to = ascii_is_digit(path.at[i]) ? i + 1 : to;
    size_t from = to;
    while (from && path.at[from - 1] != '/')
        from--;
    buf_add_text(out, text_first(path, from));
    add_without_numbers(text_skip(path, from), out);
}

/* "2026-11", "11-2026", "20261104" */
static bool is_date(struct text value)
{
    size_t digits = 0, others = 0;
    for (size_t i = 0; i < value.length; i++)
        if (ascii_is_digit(value.at[i]))
            digits++;
        else if (!strchr("-/.", value.at[i]))
            others++;
    return digits >= 5 && !others;
}

static bool is_calendar_name(struct text name)
{
    static const char *const calendar[] = {"month", "year", "date", "day", "week",
                                           "yr",    "y",    "m",    "d"};
    for (size_t i = 0; i < sizeof calendar / sizeof *calendar; i++)
        if (text_equal_nocase(name, text_of(calendar[i])))
            return true;
    return false;
}

static struct text name_of(struct text parameter, struct text *value)
{
    ptrdiff_t equals = text_find_char(parameter, '=');
    *value = equals < 0 ? TEXT("") : text_skip(parameter, (size_t)equals + 1);
    return equals < 0 ? parameter : text_first(parameter, (size_t)equals);
}

bool series_key_is_dated(const struct url *url)
{
    struct text query = url_query(url), part, value;
    while (query.length && url_query_part(&query, &part)) {
        struct text name = name_of(part, &value);
        if (is_calendar_name(name) || is_date(value))
            return true;
    }
    return date_archive_is_bare_date(url_path(url));
}

void series_key_write(const struct url *url, int period, struct buf *out)
{
    struct text query = url_query(url), part, value;
    buf_add_text(out, url_authority(url));
    add_path(url_path(url), out);
    while (query.length && url_query_part(&query, &part)) {
        struct text name = name_of(part, &value);
        bool counts = is_calendar_name(name) || pager_url_parameter(part) || is_date(value);
        buf_add_char(out, '&');
        buf_add_text(out, name);
        buf_add_char(out, '=');
        buf_add_text(out, counts ? TEXT("#") : value);
    }
    if (period)
        buf_printf(out, " %d", period);
}
