/*
 * The options in warcinfo records.  One table says what kind of value each option has and where it
 * is kept.  The writer, the JSON and the reader all use it.
 */
#include <config.h>

#include "frontier/recorded_options.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "warccap/warc.h"

enum {
    VALUES_MOST = 10000, /* in one list */
    VALUE_BYTES = 1024 * 1024,
};

enum kind {
    KIND_SCOPE,
    KIND_ROBOTS,
    KIND_FLAG,
    KIND_LIST,
    KIND_PATTERNS,
    KIND_RULES,
    KIND_LEVEL,
    KIND_NUMBER,
    KIND_BYTES,
    KIND_MS
};

static const struct recorded_row {
    const char *name;
    enum kind kind;
    size_t offset; /* the count of a list follows it */
} rows[] = {
#define AT(member) offsetof(struct recorded_options, member)
    {"scope", KIND_SCOPE, AT(scope.kind)},
    {"robots", KIND_ROBOTS, AT(robots)},
    {"level", KIND_LEVEL, AT(scope.level)},
    {"no-parent", KIND_FLAG, AT(scope.no_parent)},
    {"domains", KIND_LIST, AT(scope.domains)},
    {"include", KIND_PATTERNS, AT(scope.include)},
    {"exclude", KIND_PATTERNS, AT(scope.exclude)},
    {"no-rule", KIND_RULES, AT(rules_off)},
    {"forget-seed", KIND_LIST, AT(forgotten)},
    {"tries", KIND_NUMBER, AT(tries)},
    {"page-limit", KIND_BYTES, AT(page_limit)},
    {"size-limit", KIND_BYTES, AT(size_limit)},
    {"time-limit", KIND_MS, AT(time_limit_ms)},
    {"url-size-limit", KIND_BYTES, AT(url_size_limit)},
    {"url-time-limit", KIND_MS, AT(url_time_limit_ms)},
#undef AT
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char PREFIX[] = "warccap-option-";

/* In the order of the enums. */
static const char *const scope_names[] = {"page", "prefix", "host", "domain", "any", "site", NULL};
static const char *const robots_names[] = {"obey", "requisites", "off", NULL};

struct option_values {
    char **values;
    int count;
};

static struct option_values list_at(const struct recorded_options *options,
                                    const struct recorded_row *row)
{
    struct option_values list;
    const char *place = (const char *)options + row->offset;
    memcpy(&list.values, place, sizeof list.values);
    memcpy(&list.count, place + sizeof list.values, sizeof list.count);
    return list;
}

/* ---- values as text ---- */

/* A blank at either end is encoded, because readers of fields would cut it off. */
static void write_encoded(struct buf *out, struct text value)
{
    for (bool first = true; value.length; first = false) {
        uint32_t character;
        size_t length = utf8_read(value, &character);
        bool at_end = first || value.length == 1;
        if (length && character >= (at_end ? '!' : ' ') && character != 0x7f && character != '%')
            buf_add_text(out, text_first(value, length));
        else
            buf_printf(out, "%%%02X", (unsigned char)value.at[0]);
        value = text_skip(value, length ? length : 1);
    }
}

/* Writes nothing for a default that need not be written. */
static void write_single(struct buf *out, const struct recorded_options *options,
                         const struct recorded_row *row)
{
    const char *place = (const char *)options + row->offset;
    int number;
    int64_t large;
    bool flag;
    switch (row->kind) {
    case KIND_SCOPE:
        buf_add(out, scope_names[options->scope.kind]);
        break;
    case KIND_ROBOTS:
        buf_add(out, robots_names[options->robots]);
        break;
    case KIND_FLAG:
        memcpy(&flag, place, sizeof flag);
        buf_add(out, flag ? "yes" : "");
        break;
    case KIND_LEVEL:
    case KIND_NUMBER:
        memcpy(&number, place, sizeof number);
        if (number > 0 || (number == 0 && row->kind == KIND_LEVEL))
            buf_printf(out, "%d", number);
        break;
    case KIND_BYTES:
    case KIND_MS:
        memcpy(&large, place, sizeof large);
        if (large > 0 && row->kind == KIND_BYTES)
            buf_printf(out, "%lld", (long long)large);
        else if (large > 0)
            buf_printf(out, "%lld.%03d", (long long)(large / 1000), (int)(large % 1000));
        break;
    default:
        break;
    }
}

/* ---- writing ---- */

static void write_field(struct buf *out, const struct recorded_row *row, struct text value)
{
    buf_printf(out, "%s%s: ", PREFIX, row->name);
    write_encoded(out, value);
    buf_add(out, "\r\n");
}

void recorded_options_write(const struct recorded_options *options, struct buf *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        const struct recorded_row *row = &rows[i];
        if (row->kind == KIND_LIST || row->kind == KIND_PATTERNS) {
            struct option_values list = list_at(options, row);
            for (int j = 0; j < list.count; j++)
                write_field(out, row, text_of(list.values[j]));
        } else if (row->kind == KIND_RULES) {
            for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
                if (options->rules_off.has[rule])
                    write_field(out, row, text_of(url_rule_name(rule)));
        } else {
            struct buf value;
            buf_init(&value, VALUE_BYTES);
            write_single(&value, options, row);
            if (value.length)
                write_field(out, row, buf_text(&value));
            buf_release(&value);
        }
    }
}

static void json_list(struct buf *out, const struct recorded_options *options,
                      const struct recorded_row *row)
{
    int written = 0;
    buf_add(out, "[");
    if (row->kind == KIND_RULES) {
        for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
            if (options->rules_off.has[rule])
                buf_printf(out, "%s\"%s\"", written++ ? ", " : "", url_rule_name(rule));
    } else {
        struct option_values list = list_at(options, row);
        for (; written < list.count; written++) {
            buf_add(out, written ? ", " : "");
            json_write_string(out, text_of(list.values[written]));
        }
    }
    buf_add(out, "]");
}

void recorded_options_json(const struct recorded_options *options, struct buf *out)
{
    struct buf value;
    bool any = false;
    buf_init(&value, VALUE_BYTES);
    buf_add(out, "{");
    for (size_t i = 0; i < ROWS; i++) {
        const struct recorded_row *row = &rows[i];
        buf_clear(&value);
        write_single(&value, options, row);
        if (row->kind == KIND_LIST || row->kind == KIND_PATTERNS || row->kind == KIND_RULES)
            json_list(&value, options, row);
        if (!value.length || text_equal(buf_text(&value), TEXT("[]")))
            continue;
        bool word = row->kind == KIND_SCOPE || row->kind == KIND_ROBOTS;
        buf_printf(out, "%s\"%s\": %s%s%s", any ? ", " : "", row->name, word ? "\"" : "",
                   row->kind == KIND_FLAG ? "true" : value.data, word ? "\"" : "");
        any = true;
    }
    buf_add(out, "}");
    buf_release(&value);
}

/* ---- reading ---- */

static bool read_number(struct text value, int64_t most, int64_t *out)
{
    uint64_t number;
    if (!text_to_number(value, &number) || number > (uint64_t)most)
        return false;
    *out = (int64_t)number;
    return true;
}

/* Reads seconds like "90.000". */
static bool read_ms(struct text value, int64_t *out)
{
    struct text seconds;
    int64_t whole, part = 0;
    if (!text_split(&value, '.', &seconds) || !read_number(seconds, INT64_MAX / 2000, &whole) ||
        (value.at && (value.length != 3 || !read_number(value, 999, &part))))
        return false;
    *out = whole * 1000 + part;
    return true;
}

static bool read_name(struct text value, const char *const *names, int *out)
{
    for (int i = 0; names[i]; i++)
        if (text_equal(value, text_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

/* Undoes write_encoded().  NULL without memory. */
static char *decode(struct text value)
{
    char *copy = malloc(value.length + 1), *to = copy;
    for (size_t i = 0; copy && i < value.length; i++) {
        int high = i + 2 < value.length ? hex_value(value.at[i + 1]) : -1,
            low = i + 2 < value.length ? hex_value(value.at[i + 2]) : -1;
        bool encoded = value.at[i] == '%' && high >= 0 && low >= 0 && high + low > 0;
        *to++ = encoded ? (char)(high << 4 | low) : value.at[i];
        i += encoded ? 2 : 0;
    }
    if (copy)
        *to = '\0';
    return copy;
}

/* LOST: the list does not accept this value. */
static enum result add_value(struct recorded_options *out, const struct recorded_row *row,
                             struct text value)
{
    struct option_values list = list_at(out, row);
    char *place = (char *)out + row->offset;
    if (!value.length || list.count == VALUES_MOST || text_find_char(value, '\0') >= 0)
        return RESULT_LOST;
    char *copy = decode(value);
    if (copy && row->kind == KIND_PATTERNS && !pattern_is_cheap(copy)) {
        free(copy);
        return RESULT_LOST;
    }
    char **longer = copy ? realloc(list.values, ((size_t)list.count + 1) * sizeof *longer) : NULL;
    if (!longer) {
        free(copy);
        return RESULT_BROKEN;
    }
    longer[list.count++] = copy;
    memcpy(place, &longer, sizeof longer);
    memcpy(place + sizeof longer, &list.count, sizeof list.count);
    return RESULT_OK;
}

static bool read_single(struct recorded_options *out, const struct recorded_row *row,
                        struct text value)
{
    char *place = (char *)out + row->offset;
    int number = 0;
    int64_t large = 0;
    bool ok = false, flag = true;
    switch (row->kind) {
    case KIND_SCOPE:
        if ((ok = read_name(value, scope_names, &number)))
            out->scope.kind = (enum crawl_scope)number;
        break;
    case KIND_ROBOTS:
        if ((ok = read_name(value, robots_names, &number)))
            out->robots = (enum crawl_robots)number;
        break;
    case KIND_FLAG:
        if ((ok = text_equal(value, TEXT("yes"))))
            memcpy(place, &flag, sizeof flag);
        break;
    case KIND_LEVEL:
    case KIND_NUMBER:
        ok = read_number(value, INT_MAX, &large);
        number = (int)large;
        if (ok)
            memcpy(place, &number, sizeof number);
        break;
    default:
        ok = row->kind == KIND_MS ? read_ms(value, &large) : read_number(value, INT64_MAX, &large);
        if (ok)
            memcpy(place, &large, sizeof large);
        break;
    }
    return ok;
}

static enum result read_value(struct recorded_options *out, const struct recorded_row *row,
                              struct text value)
{
    if (row->kind == KIND_LIST || row->kind == KIND_PATTERNS)
        return add_value(out, row, value);
    if (row->kind != KIND_RULES)
        return read_single(out, row, value) ? RESULT_OK : RESULT_LOST;
    enum url_rule rule = url_rule_by_name(value);
    out->rules_off.has[rule] = true;
    return rule == URL_RULE_NONE ? RESULT_LOST : RESULT_OK;
}

static const struct recorded_row *row_of_name(struct text name)
{
    struct text prefix = TEXT("warccap-option-");
    if (!text_starts_nocase(name, prefix))
        return NULL;
    name = text_skip(name, prefix.length);
    for (size_t i = 0; i < ROWS; i++)
        if (text_equal_nocase(name, text_of(rows[i].name)))
            return &rows[i];
    return NULL;
}

enum result recorded_options_read(struct text block, struct recorded_options *out,
                                  struct text *malformed)
{
    struct text name, value;
    enum result result = RESULT_END;
    *out = (struct recorded_options){.scope = {.kind = SCOPE_SITE, .level = -1}};
    *malformed = TEXT("");
    while (result != RESULT_BROKEN &&
           warc_fields_next(&block.at, &block.length, &name.at, &name.length, &value.at,
                            &value.length) != WARC_END) {
        const struct recorded_row *row = row_of_name(name);
        if (!row)
            continue;
        enum result read = read_value(out, row, value);
        if (read == RESULT_LOST && !malformed->length)
            *malformed = (struct text){name.at, (size_t)(value.at + value.length - name.at)};
        result = read == RESULT_BROKEN ? RESULT_BROKEN : RESULT_OK;
    }
    out->rules_off.has[URL_RULE_NONE] = false;
    return result;
}

void recorded_options_release(struct recorded_options *options)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].kind != KIND_LIST && rows[i].kind != KIND_PATTERNS)
            continue;
        struct option_values list = list_at(options, &rows[i]);
        for (int j = 0; j < list.count; j++)
            free(list.values[j]);
        free(list.values);
    }
    *options = (struct recorded_options){.tries = 0};
}
