/* Keys and filters as pywb has them, so that its clients find here what they find there. */
#include <config.h>

#include "serve/cdx_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/pattern.h"
#include "collection/cdxj_lookup.h"
#include "serve/query_field.h"
#include "web/surt.h"

enum { KEY_MOST = 1 << 20, WORD_MOST = 4096, LINE_MOST = 1 << 20 };

/* ---- the keys ---- */

enum match { MATCH_EXACT, MATCH_PREFIX, MATCH_HOST, MATCH_DOMAIN, MATCH_UNKNOWN };

static enum match match_of(struct text target, struct text *url)
{
    static const char *const names[] = {"exact", "prefix", "host", "domain"};
    struct buf name;
    enum match match = MATCH_EXACT;
    buf_init(&name, WORD_MOST);
    if (query_field_read(target, "matchType", &name) && name.length) {
        while (match < MATCH_UNKNOWN && !text_equal(buf_text(&name), text_of(names[match])))
            match++;
    } else if (text_starts(*url, TEXT("*."))) {
        *url = text_skip(*url, 2);
        match = MATCH_DOMAIN;
    } else if (text_ends(*url, TEXT("*"))) {
        url->length--;
        match = MATCH_PREFIX;
    }
    buf_release(&name);
    return match;
}

/* A key that ends as the URL does keeps that, though keys of whole URLs do not. */
static void keep_end(struct text url, const char *end, struct buf *key)
{
    if (text_ends(url, text_of(end)) && !text_ends(buf_text(key), text_of(end)))
        buf_add(key, end);
}

static void write_keys(struct cdx_query *query, struct text url, enum match match)
{
    struct buf *start = &query->start, *end = &query->end;
    surt_write(url, start);
    if (match == MATCH_PREFIX) {
        keep_end(url, "/", start);
        keep_end(url, "?", start);
    }
    ptrdiff_t close = text_find_char(buf_text(start), ')');
    if (match >= MATCH_HOST && close >= 0)
        start->length = (size_t)close;
    buf_add_text(end, buf_text(start));
    if (match == MATCH_EXACT) {
        buf_add_char(start, ' ');
        buf_add_char(end, '!');
    } else if (match == MATCH_HOST) {
        buf_add(start, ")/");
        buf_add_char(end, '*');
    } else if (match == MATCH_DOMAIN) {
        buf_add(start, text_find_char(buf_text(start), ',') < 0 ? "," : ")/");
        buf_add_char(end, '-');
    } else if (end->length)
        end->data[end->length - 1]++; /* keys are ASCII */
}

static const char *read_url(struct cdx_query *query, struct text target)
{
    struct buf url;
    buf_init(&url, KEY_MOST);
    const char *wrong = NULL;
    if (!query_field_read(target, "url", &url) || !url.length)
        wrong = "the parameter url is missing";
    else {
        struct text wanted = buf_text(&url);
        enum match match = match_of(target, &wanted);
        if (match == MATCH_UNKNOWN)
            wrong = "matchType is exact, prefix, host or domain";
        else
            write_keys(query, wanted, match);
        if (!buf_ok(&query->start) || !buf_ok(&query->end))
            wrong = "the URL is too long";
    }
    buf_release(&url);
    return wrong;
}

/* ---- the other parameters ---- */

static const char *read_date(struct text target, const char *name, struct buf *date)
{
    if (!query_field_read(target, name, date))
        return NULL;
    for (size_t i = 0; i < date->length; i++)
        if (!ascii_is_digit(date->data[i]))
            return "from, to and closest are dates of up to 14 digits";
    return date->length > 17 ? "from, to and closest are dates of up to 14 digits" : NULL;
}

/* A number up to what we send at once. */
static const char *read_number(struct text target, const char *name, uint64_t *number)
{
    struct buf value;
    const char *wrong = NULL;
    buf_init(&value, 64);
    if (query_field_read(target, name, &value) && value.length &&
        !text_to_number(buf_text(&value), number))
        wrong = "limit and offset are numbers";
    buf_release(&value);
    return wrong;
}

static bool is_set(struct text target, const char *name, const char *value)
{
    struct buf found;
    buf_init(&found, WORD_MOST);
    bool is = query_field_read(target, name, &found) &&
              (text_equal(buf_text(&found), text_of(value)) ||
               (text_equal(text_of(value), TEXT("1")) &&
                text_equal_nocase(buf_text(&found), TEXT("true"))));
    buf_release(&found);
    return is;
}

/* "2021" as the first moment of that year. */
static bool moment_of(struct text date, int64_t *ms)
{
    char words[] = "00000101000000"; /* the first of January */
    const struct cdxj_entry entry = {.timestamp = text_of(words)};
    memcpy(words, date.at, date.length < 14 ? date.length : 14);
    return date.length >= 4 && cdxj_entry_time(&entry, ms);
}

static const char *read_order(struct cdx_query *query, struct text target)
{
    struct buf closest;
    buf_init(&closest, WORD_MOST);
    const char *wrong = read_date(target, "closest", &closest);
    if (!wrong && closest.length) {
        query->order = CDX_CLOSEST;
        if (!moment_of(buf_text(&closest), &query->closest_ms))
            wrong = "closest is no date";
    } else if (is_set(target, "sort", "closest"))
        wrong = "sort=closest needs closest=DATE";
    else if (is_set(target, "sort", "reverse") || is_set(target, "reverse", "1"))
        query->order = CDX_REVERSE;
    buf_release(&closest);
    return wrong;
}

static const char *refuse_unknown(struct text target)
{
    static const char *const names[] = {"collapse",  "collapseTime",   "page",
                                        "pageSize",  "showNumPages",   "showPagedIndex",
                                        "resumeKey", "resolveRevisits"};
    struct buf value;
    const char *wrong = NULL;
    buf_init(&value, KEY_MOST);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (query_field_read(target, names[i], &value))
            wrong = "collapse, pages and resolveRevisits are not supported; use limit and offset";
    buf_release(&value);
    return wrong;
}

/* ---- filters ---- */

/* Short names of fields, as pywb has them. */
static struct text long_name(struct text name)
{
    static const struct {
        const char *given, *name;
    } names[] = {{"u", "url"},       {"original", "url"},  {"statuscode", "status"},
                 {"s", "length"},    {"mimetype", "mime"}, {"m", "mime"},
                 {"l", "length"},    {"o", "offset"},      {"d", "digest"},
                 {"t", "timestamp"}, {"k", "urlkey"},      {"f", "filename"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, text_of(names[i].given)))
            return text_of(names[i].name);
    return name;
}

/* Makes a POSIX pattern of one of Python's, as far as they differ only in spelling. */
static bool write_pattern(struct text given, struct buf *out)
{
    buf_add(out, "^(");
    for (size_t i = 0; i < given.length; i++) {
        struct text rest = text_skip(given, i);
        if (text_starts(rest, TEXT("\\d")) || text_starts(rest, TEXT("\\D"))) {
            buf_add(out, given.at[++i] == 'd' ? "[0-9]" : "[^0-9]");
        } else if (given.at[i] == '\\' && i + 1 < given.length) {
            buf_add_char(out, given.at[i++]);
            buf_add_char(out, given.at[i]);
        } else if (text_starts(rest, TEXT("(?:"))) {
            buf_add_char(out, '(');
            i += 2;
        } else if (text_starts(rest, TEXT("(?")) || text_starts(rest, TEXT("*?")) ||
                   text_starts(rest, TEXT("+?")) || !given.at[i])
            return false;
        else
            buf_add_char(out, given.at[i]);
    }
    buf_add_char(out, ')');
    return buf_ok(out) && pattern_is_cheap(out->data);
}

static const char *compile(struct cdx_filter *filter)
{
    struct buf pattern;
    buf_init(&pattern, WORD_MOST);
    bool good = write_pattern(filter->wanted, &pattern) &&
                regcomp(&filter->pattern, pattern.data, REG_EXTENDED | REG_NOSUB) == 0;
    buf_release(&pattern);
    return good ? NULL : "a filter has a pattern that is not understood, or is too costly";
}

static const char *read_filter(struct cdx_filter *filter)
{
    struct text rest = buf_text(&filter->value), field;
    filter->inverted = text_starts(rest, TEXT("!"));
    rest = text_skip(rest, filter->inverted);
    filter->kind = text_starts(rest, TEXT("="))   ? FILTER_IS
                   : text_starts(rest, TEXT("~")) ? FILTER_MATCHES
                                                  : FILTER_CONTAINS;
    rest = text_skip(rest, filter->kind != FILTER_CONTAINS);
    filter->field = TEXT("");
    ptrdiff_t colon = text_find_char(rest, ':');
    if (colon >= 0) {
        field = text_first(rest, (size_t)colon);
        filter->field = long_name(field);
        rest = text_skip(rest, (size_t)colon + 1);
    }
    filter->wanted = rest;
    return filter->kind == FILTER_MATCHES ? compile(filter) : NULL;
}

static const char *read_filters(struct cdx_query *query, struct text target)
{
    const char *wrong = NULL;
    for (size_t i = 0; !wrong; i++) {
        struct buf value;
        buf_init(&value, WORD_MOST);
        if (!query_field_read_at(target, "filter", i, &value)) {
            buf_release(&value);
            break;
        }
        if (i == CDX_FILTERS_MOST || !buf_ok(&value))
            wrong = "there are more filters, or longer ones, than are taken here";
        else {
            struct cdx_filter *filter = &query->filters[i];
            filter->value = value;
            wrong = read_filter(filter);
            query->filter_count += !wrong;
        }
        if (wrong)
            buf_release(&value);
    }
    return wrong;
}

/* ---- the query ---- */

enum result cdx_query_read(struct cdx_query *query, struct text target, struct trouble *trouble)
{
    *query = (struct cdx_query){.limit = UINT64_MAX};
    buf_init(&query->start, KEY_MOST);
    buf_init(&query->end, KEY_MOST);
    buf_init(&query->from, WORD_MOST);
    buf_init(&query->to, WORD_MOST);
    buf_init(&query->fields, WORD_MOST);
    const char *wrong = read_url(query, target);
    wrong = wrong ? wrong : read_date(target, "from", &query->from);
    wrong = wrong ? wrong : read_date(target, "to", &query->to);
    wrong = wrong ? wrong : read_number(target, "limit", &query->limit);
    wrong = wrong ? wrong : read_number(target, "offset", &query->offset);
    wrong = wrong ? wrong : read_order(query, target);
    wrong = wrong ? wrong : refuse_unknown(target);
    wrong = wrong ? wrong : read_filters(query, target);
    if (wrong)
        return trouble_say(trouble, RESULT_LOST, "%s", wrong);
    query->cut = query->limit > CDX_LINES_MOST;
    if (query->cut)
        query->limit = CDX_LINES_MOST;
    query->json = is_set(target, "output", "json");
    if (!query_field_read(target, "fields", &query->fields))
        query_field_read(target, "fl", &query->fields);
    return RESULT_OK;
}

void cdx_query_release(struct cdx_query *query)
{
    struct buf *const bufs[] = {&query->start, &query->end, &query->from, &query->to,
                                &query->fields};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
    for (size_t i = 0; i < query->filter_count; i++) {
        buf_release(&query->filters[i].value);
        if (query->filters[i].kind == FILTER_MATCHES)
            regfree(&query->filters[i].pattern);
    }
    query->filter_count = 0;
}

/* ---- lines ---- */

void cdx_line_init(struct cdx_line *line)
{
    line->count = 0;
    buf_init(&line->memory, LINE_MOST);
}

void cdx_line_release(struct cdx_line *line)
{
    buf_release(&line->memory);
}

/* Copies names and values, and points to them at the end, when the memory stays where it is. */
bool cdx_line_read(struct cdx_line *line, struct text text)
{
    struct text json = text, key, date, name, value;
    size_t lengths[CDX_FIELDS_MOST][2] = {{0}}, at = 0;
    struct buf scratch;
    int got = 1;
    line->line = text;
    line->count = 2;
    buf_clear(&line->memory);
    if (!text_split(&json, ' ', &key) || !text_split(&json, ' ', &date))
        return false;
    buf_init(&scratch, LINE_MOST);
    while (line->count < CDX_FIELDS_MOST &&
           (got = json_next_member(&json, &name, &value, &scratch)) == 1) {
        buf_add_text(&line->memory, name);
        buf_add_text(&line->memory, value);
        lengths[line->count][0] = name.length;
        lengths[line->count++][1] = value.length;
    }
    buf_release(&scratch);
    if (got < 0 || !buf_ok(&line->memory))
        return false;
    line->fields[0].name = TEXT("urlkey");
    line->fields[0].value = key;
    line->fields[1].name = TEXT("timestamp");
    line->fields[1].value = date;
    for (size_t i = 2; i < line->count; i++) {
        struct text rest = text_skip(buf_text(&line->memory), at);
        line->fields[i].name = text_first(rest, lengths[i][0]);
        line->fields[i].value = text_first(text_skip(rest, lengths[i][0]), lengths[i][1]);
        at += lengths[i][0] + lengths[i][1];
    }
    return true;
}

/* NULL: the line has no such field. */
static const struct text *find_field(const struct cdx_line *line, struct text name)
{
    for (size_t i = 0; i < line->count; i++)
        if (text_equal(line->fields[i].name, name))
            return &line->fields[i].value;
    return NULL;
}

static bool matches(const struct cdx_filter *filter, struct text value)
{
    struct buf copy;
    buf_init(&copy, LINE_MOST);
    buf_add_text(&copy, value);
    buf_add_char(&copy, '\0');
    bool does = buf_ok(&copy) && regexec(&filter->pattern, copy.data, 0, NULL, 0) == 0;
    buf_release(&copy);
    return does;
}

static bool passes(const struct cdx_filter *filter, const struct cdx_line *line)
{
    const struct text *found = filter->field.length ? find_field(line, filter->field) : &line->line;
    struct text value = found ? *found : TEXT("");
    bool good = filter->kind == FILTER_IS        ? text_equal(value, filter->wanted)
                : filter->kind == FILTER_MATCHES ? matches(filter, value)
                                                 : text_find(value, filter->wanted) >= 0;
    return good != filter->inverted;
}

/* Of a date, only as many digits count as are given. */
bool cdx_query_wants(const struct cdx_query *query, const struct cdx_line *line)
{
    struct text from = buf_text(&query->from), to = buf_text(&query->to);
    struct text date = line->fields[1].value;
    if (text_compare(text_first(date, from.length), from) < 0 ||
        (to.length && text_compare(text_first(date, to.length), to) > 0))
        return false;
    for (size_t i = 0; i < query->filter_count; i++)
        if (!passes(&query->filters[i], line))
            return false;
    return true;
}

static void add_member(struct text name, struct text value, bool *first, struct buf *out)
{
    buf_add(out, *first ? "{" : ", ");
    *first = false;
    json_write_string(out, name);
    buf_add(out, ": ");
    json_write_string(out, value);
}

/* In text, key and date stand before the object, whatever is asked for. */
static void write_fields(const struct cdx_query *query, const struct cdx_line *line,
                         struct buf *out)
{
    struct text rest = buf_text(&query->fields), name;
    bool first = true;
    while (text_split(&rest, ',', &name)) {
        name = text_trim(name);
        const struct text *value = find_field(line, name);
        bool before = !query->json &&
                      (text_equal(name, TEXT("urlkey")) || text_equal(name, TEXT("timestamp")));
        if (value && !before)
            add_member(name, *value, &first, out);
    }
    buf_add(out, first ? "{}" : "}");
}

void cdx_query_write(const struct cdx_query *query, const struct cdx_line *line, struct buf *out)
{
    bool first = true;
    if (!query->json && query->fields.length) {
        buf_add_text(out, line->fields[0].value);
        buf_add_char(out, ' ');
        buf_add_text(out, line->fields[1].value);
        buf_add_char(out, ' ');
        write_fields(query, line, out);
    } else if (!query->json)
        buf_add_text(out, line->line);
    else if (query->fields.length)
        write_fields(query, line, out);
    else {
        for (size_t i = 0; i < line->count; i++)
            add_member(line->fields[i].name, line->fields[i].value, &first, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '\n');
}
