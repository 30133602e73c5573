/* A quote within a string is escaped, so a member's name is found only where it is one. */
#include <config.h>

#include "collection/run_summary.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/json.h"

enum { JSON_BYTES = 64 * 1024 * 1024, STRING_BYTES = 1 << 20 };

/* ---- the runs ---- */

static bool is_run(const char *name, size_t length)
{
    return length == DATE_14_SIZE - 1 && strspn(name, "0123456789") >= length;
}

/* Keeps the newest, in order. */
static void keep_newest(void *context, const char *name)
{
    struct run_names *names = context;
    const size_t most = sizeof names->names / sizeof *names->names;
    size_t length = strcspn(name, "."), at = 0;
    if (!is_run(name, length) || strcmp(name + length, ".json") != 0)
        return;
    while (at < names->count && strncmp(names->names[at], name, length) > 0)
        at++;
    names->untold += names->count == most;
    if (at == most)
        return;
    size_t behind = names->count - at - (names->count == most);
    memmove(names->names[at + 1], names->names[at], behind * sizeof *names->names);
    memcpy(names->names[at], name, length);
    names->names[at][length] = '\0';
    names->count += names->count < most;
}

void run_names_read(const char *runs, struct run_names *names)
{
    struct trouble unread;
    names->count = names->untold = 0;
    result_ignore(disk_list(runs, keep_newest, names, &unread));
}

enum result run_summary_read(const char *runs, const char *run, struct buf *json)
{
    char path[PATH_MAX];
    struct trouble unread;
    buf_init(json, JSON_BYTES);
    if (!is_run(run, strlen(run)))
        return RESULT_END;
    int length = snprintf(path, sizeof path, "%s/%s.json", runs, run);
    if (length < 0 || (size_t)length >= sizeof path)
        return RESULT_END;
    return disk_read(path, json, &unread) == RESULT_OK ? RESULT_OK : RESULT_END;
}

/* ---- members ---- */

/* What follows the name of the first member of that name; empty: there is none. */
static struct text find_member(struct text json, const char *name)
{
    struct buf member;
    buf_init(&member, 256);
    buf_printf(&member, "\"%s\": ", name);
    ptrdiff_t at = buf_ok(&member) ? text_find(json, buf_text(&member)) : -1;
    struct text found = text_skip(json, at < 0 ? json.length : (size_t)at + member.length);
    buf_release(&member);
    return found;
}

uint64_t run_summary_number(struct text json, const char *after, const char *name)
{
    ptrdiff_t at = after ? text_find(json, text_of(after)) : 0;
    struct text value = at < 0 ? TEXT("") : find_member(text_skip(json, (size_t)at), name);
    size_t digits = 0;
    uint64_t number = 0;
    while (digits < value.length && ascii_is_digit(value.at[digits]))
        digits++;
    return text_to_number(text_first(value, digits), &number) ? number : 0;
}

bool run_summary_string(struct text json, const char *name, struct buf *out)
{
    struct text value = find_member(json, name), found, member;
    struct buf object, scratch;
    size_t end = 1;
    while (end < value.length && value.at[end] != '"')
        end += value.at[end] == '\\' ? 2 : 1;
    buf_init(&object, STRING_BYTES);
    buf_init(&scratch, STRING_BYTES);
    buf_add(&object, "{\"x\": ");
    buf_add_text(&object, text_first(value, end + 1 < value.length ? end + 1 : value.length));
    buf_add(&object, "}");
    struct text rest = buf_text(&object);
    bool good = text_starts(value, TEXT("\"")) && buf_ok(&object) &&
                json_next_member(&rest, &member, &found, &scratch) == 1;
    if (good)
        buf_add_text(out, found);
    buf_release(&object);
    buf_release(&scratch);
    return good;
}

size_t run_summary_object_length(struct text text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.length; i++) {
        if (quoted && text.at[i] == '\\')
            i++;
        else if (text.at[i] == '"')
            quoted = !quoted;
        else if (!quoted && text.at[i] == '}')
            return i + 1;
    }
    return 0;
}

void run_summary_each(struct text json, const char *list, run_summary_take *take, void *context)
{
    struct text rest = find_member(json, list);
    size_t length;
    if (!text_starts(rest, TEXT("[")))
        return;
    rest = text_skip(rest, 1);
    while (text_starts(rest, TEXT("{")) && (length = run_summary_object_length(rest))) {
        if (!take(context, text_first(rest, length)))
            return;
        rest = text_skip(rest, length);
        if (text_starts(rest, TEXT(", ")))
            rest = text_skip(rest, 2);
    }
}
