/* Reads cookie files in Netscape's format. */
#include <config.h>

#include "fetch/cookie_file.h"

#include <string.h>

enum { COLUMNS = 7, DIGITS_MOST = 18 /* of seconds that fit into 64 bits */ };

static bool has_control(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f)
            return true;
    return false;
}

static bool is_flag(struct text word)
{
    return text_equal_nocase(word, TEXT("TRUE")) || text_equal_nocase(word, TEXT("FALSE"));
}

static const char *flag_word(struct text word)
{
    return text_equal_nocase(word, TEXT("TRUE")) ? "TRUE" : "FALSE";
}

/* A host name, with a dot before it or not. Names in other scripts stand in their ASCII form, for
 * libcurl compares bytes. */
static bool is_domain(struct text domain)
{
    if (text_starts(domain, TEXT(".")))
        domain = text_skip(domain, 1);
    for (size_t i = 0; i < domain.length; i++)
        if (!ascii_is_alnum(domain.at[i]) && !memchr("-_.", domain.at[i], 3))
            return false;
    return domain.length && domain.at[0] != '.';
}

/* The whole seconds of "1767225600" or "1767225600.5"; NULL when it is neither. */
static struct text whole_seconds(struct text expires)
{
    struct text seconds = {NULL, 0};
    bool fraction = text_split(&expires, '.', &seconds) && expires.at;
    for (size_t i = 0; i < seconds.length; i++)
        if (!ascii_is_digit(seconds.at[i]))
            return (struct text){NULL, 0};
    for (size_t i = 0; fraction && i < expires.length; i++)
        if (!ascii_is_digit(expires.at[i]))
            return (struct text){NULL, 0};
    while (seconds.length > 1 && seconds.at[0] == '0')
        seconds = text_skip(seconds, 1);
    if (!seconds.length)
        return (struct text){NULL, 0};
    return seconds.length > DIGITS_MOST ? TEXT("999999999999999999") : seconds;
}

/* Splits the line. A missing path, or a missing last value, counts as empty: some write it so. */
static bool split_columns(struct text line, struct text columns[COLUMNS])
{
    int count = 0;
    while (count < COLUMNS && text_split(&line, '\t', &columns[count]))
        count++;
    if (line.at)
        return false;
    if (count == COLUMNS - 1 && is_flag(columns[2])) {
        for (int i = COLUMNS - 1; i > 2; i--)
            columns[i] = columns[i - 1];
        columns[2] = TEXT("/");
    } else if (count == COLUMNS - 1)
        columns[COLUMNS - 1] = TEXT("");
    return count >= COLUMNS - 1;
}

static bool write_cookie(struct text line, struct buf *lines)
{
    struct text columns[COLUMNS], prefix = TEXT("#HttpOnly_"), domain;
    if (line.length > COOKIE_LINE_MOST || !split_columns(line, columns))
        return false;
    for (int i = 0; i < COLUMNS; i++)
        if (has_control(columns[i]))
            return false;
    struct text seconds = whole_seconds(columns[4]);
    bool http_only = text_starts(columns[0], prefix);
    domain = http_only ? text_skip(columns[0], prefix.length) : columns[0];
    if (!columns[2].length)
        columns[2] = TEXT("/");
    if (!is_domain(domain) || !is_flag(columns[1]) || columns[2].at[0] != '/' ||
        !is_flag(columns[3]) || !seconds.at || !text_trim(columns[5]).length)
        return false;
    if (http_only)
        buf_add_text(lines, prefix);
    for (size_t i = 0; i < domain.length; i++)
        buf_add_char(lines, ascii_lower(domain.at[i]));
    buf_printf(lines, "\t%s\t", flag_word(columns[1]));
    buf_add_text(lines, columns[2]);
    buf_printf(lines, "\t%s\t%.*s\t", flag_word(columns[3]), TEXT_ARGS(seconds));
    buf_add_text(lines, columns[5]);
    buf_add_char(lines, '\t');
    buf_add_text(lines, columns[6]);
    buf_add_char(lines, '\n');
    return true;
}

static bool is_comment(struct text line)
{
    return text_starts(line, TEXT("#")) && !text_starts(line, TEXT("#HttpOnly_"));
}

enum result cookie_file_read(struct text bytes, const char *name, struct buf *lines,
                             struct trouble *trouble)
{
    int number = 0, cookies = 0;
    if (text_starts(bytes, TEXT("\xef\xbb\xbf"))) /* a byte order mark */
        bytes = text_skip(bytes, 3);
    for (struct text line; text_split(&bytes, '\n', &line);) {
        number++;
        if (text_ends(line, TEXT("\r")))
            line.length--;
        if (!text_trim(line).length || is_comment(line))
            continue;
        if (cookies++ == COOKIE_FILE_COOKIES)
            return trouble_say(trouble, RESULT_LOST,
                               "%s has more than %d cookies; keep those of the hosts to crawl",
                               name, COOKIE_FILE_COOKIES);
        if (!write_cookie(line, lines))
            return trouble_say(trouble, RESULT_LOST,
                               "%s:%d: this line is not in the Netscape format: seven columns, "
                               "separated by tabs (domain, TRUE or FALSE, path, TRUE or FALSE, "
                               "seconds, name, value)",
                               name, number);
    }
    if (!buf_ok(lines))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the cookies of %s", name);
    return cookies ? RESULT_OK
                   : trouble_say(trouble, RESULT_LOST,
                                 "%s has no cookies in the Netscape format (seven columns, "
                                 "separated by tabs)",
                                 name);
}
