/*
 * The metadata record. The writer goes through the members of the struct in the order of the
 * record. The reader looks each name up in a table, and one switch checks its value.
 */
#include <config.h>

#include "collection/provenance.h"

#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "warccap/warc.h"

enum {
    LINE_BESIDES = 96, /* an outlink line without URL, rule and place */
};

enum field {
    FIELD_OUTLINK, /* first, because most lines are outlinks */
    FIELD_NOT_FOLLOWED,
    FIELD_SUSPECT,
    FIELD_RULE_OFF,
    FIELD_INTERIM,
    FIELD_TRAILER,
    FIELD_NOT_MODIFIED_HEAD,
    FIELD_VIA,
    FIELD_SEED,
    FIELD_HOPS,
    FIELD_CLASS,
    FIELD_RULES_OF,
    FIELD_DEPTH,
    FIELD_PERIOD,
    FIELD_TOOK_MS,
    FIELD_TIMES_US,
    FIELD_HTTP_VERSION,
    FIELD_TRIES,
    FIELD_READ_AGAIN,
    FIELD_NO_HTTP,
    FIELD_CHANGE,
    FIELD_TRAILERS,
    FIELD_CHUNK_FRAMING,
    FIELD_BODY_ERROR,
    FIELD_BODY_FAULT, /* the name of FIELD_BODY_ERROR until 2026 */
    FIELD_ROBOTS_META,
    FIELD_ROBOTS_WISH, /* the name of FIELD_ROBOTS_META until 2026 */
    FIELD_COLLISION,
    FIELD_REDACTED,
    FIELD_RESOLVED,
    FIELD_CERTIFICATES,
    FIELD_END,
    FIELD_CERTIFICATE,
    FIELD_ERROR,
    FIELDS
};

static const struct text field_names[FIELDS] = {
    [FIELD_OUTLINK] = WORD("outlink"),
    [FIELD_NOT_FOLLOWED] = WORD("notFollowed"),
    [FIELD_SUSPECT] = WORD("suspectNotFollowed"),
    [FIELD_RULE_OFF] = WORD("ruleOff"),
    [FIELD_INTERIM] = WORD("interim"),
    [FIELD_TRAILER] = WORD("trailer"),
    [FIELD_NOT_MODIFIED_HEAD] = WORD("notModifiedHead"),
    [FIELD_VIA] = WORD("via"),
    [FIELD_SEED] = WORD("seed"),
    [FIELD_HOPS] = WORD("hopsFromSeed"),
    [FIELD_CLASS] = WORD("class"),
    [FIELD_RULES_OF] = WORD("rulesOf"),
    [FIELD_DEPTH] = WORD("depth"),
    [FIELD_PERIOD] = WORD("period"),
    [FIELD_TOOK_MS] = WORD("fetchTimeMs"),
    [FIELD_TIMES_US] = WORD("fetchTimesUs"),
    [FIELD_HTTP_VERSION] = WORD("httpVersion"),
    [FIELD_TRIES] = WORD("tries"),
    [FIELD_READ_AGAIN] = WORD("readAgain"),
    [FIELD_NO_HTTP] = WORD("noHttp"),
    [FIELD_CHANGE] = WORD("change"),
    [FIELD_TRAILERS] = WORD("trailers"),
    [FIELD_CHUNK_FRAMING] = WORD("chunkFraming"),
    [FIELD_BODY_ERROR] = WORD("bodyError"),
    [FIELD_BODY_FAULT] = WORD("bodyFault"),
    [FIELD_ROBOTS_META] = WORD("robotsMeta"),
    [FIELD_ROBOTS_WISH] = WORD("robotsWish"),
    [FIELD_COLLISION] = WORD("sha1CollisionWith"),
    [FIELD_REDACTED] = WORD("requestRedacted"),
    [FIELD_RESOLVED] = WORD("resolved"),
    [FIELD_CERTIFICATES] = WORD("certificates"),
    [FIELD_END] = WORD("end"),
    [FIELD_CERTIFICATE] = WORD("certificate"),
    [FIELD_ERROR] = WORD("error"),
};

static const char READ_AGAIN[] = "libcurl refused the answer: ",
                  HEADS_BY[] = "h2; both heads were written from its fields by ",
                  CHUNKS_ARE_BROKEN[] = "broken; the payload digest is of the chunks before",
                  CHUNKS_ARE_OFF[] = "taken off (--store-chunked=strip), and the field "
                                     "Transfer-Encoding: chunked";

/* ---- writing ---- */

/* Text from outside, as a field may contain it (WARC 1.1, 4). */
static void write_words(struct buf *out, struct text words)
{
    while (words.length) {
        uint32_t character;
        size_t length = utf8_read(words, &character);
        if (length && character >= ' ' && character != 0x7f)
            buf_add_text(out, text_first(words, length));
        else
            buf_printf(out, "%%%02X", (unsigned char)words.at[0]);
        words = text_skip(words, length ? length : 1);
    }
}

static void begin_field(struct buf *out, enum field field)
{
    buf_add_text(out, field_names[field]);
    buf_add(out, ": ");
}

/* "name: prefix words", unless there are no words. */
static void write_field(struct buf *out, enum field field, const char *prefix, struct text words)
{
    if (!words.length)
        return;
    begin_field(out, field);
    buf_add(out, prefix);
    write_words(out, words);
    buf_add(out, "\r\n");
}

static void write_number(struct buf *out, enum field field, int64_t number)
{
    buf_printf(out, "%s: %lld\r\n", field_names[field].at, (long long)(number > 0 ? number : 0));
}

static void write_pair(struct buf *out, enum field field, struct text first, struct text second)
{
    if (!first.length || !second.length)
        return;
    begin_field(out, field);
    write_words(out, first);
    buf_add(out, " ");
    write_words(out, second);
    buf_add(out, "\r\n");
}

static void write_times(struct buf *out, const struct provenance_times *times)
{
    if (times->first_octet_us <= 0)
        return;
    begin_field(out, FIELD_TIMES_US);
    if (times->reused)
        buf_add(out, "reused, ");
    else
        buf_printf(out, "lookup %lld, connect %lld, ", (long long)times->looked_up_us,
                   (long long)times->connected_us);
    if (times->secured_us)
        buf_printf(out, "tls %lld, ", (long long)times->secured_us);
    buf_printf(out, "firstOctet %lld\r\n", (long long)times->first_octet_us);
}

static void write_path(struct buf *out, const struct provenance_record *provenance)
{
    if (provenance->via.length)
        write_field(out, FIELD_VIA, "", provenance->via);
    else
        buf_add(out, "seed:\r\n");
    write_field(out, FIELD_HOPS, "", provenance->hops);
    write_field(out, FIELD_CLASS, "", text_of(visit_kind_name(provenance->kind)));
    write_field(out, FIELD_RULES_OF, "", provenance->rules_of);
    write_number(out, FIELD_DEPTH, provenance->depth);
}

static void write_response(struct buf *out, const struct provenance_record *provenance)
{
    write_field(out, FIELD_READ_AGAIN, READ_AGAIN, provenance->refused);
    if (provenance->not_http)
        write_field(out, FIELD_NO_HTTP, "",
                    TEXT("the response has no status line of HTTP/1.x; its bytes are in a "
                         "resource record"));
    if (provenance->change != CHANGE_NONE)
        write_field(out, FIELD_CHANGE, "", text_of(change_name(provenance->change)));
    if (provenance->trailers)
        write_field(out, FIELD_TRAILERS, "", TEXT("yes"));
    if (provenance->chunks != CHUNKS_AS_SENT)
        write_field(out, FIELD_CHUNK_FRAMING, "",
                    text_of(provenance->chunks == CHUNKS_BROKEN ? CHUNKS_ARE_BROKEN
                                                                : CHUNKS_ARE_OFF));
    if (provenance->body_error != BODY_SOUND)
        buf_printf(out, "%s: %s %lld\r\n", field_names[FIELD_BODY_ERROR].at,
                   body_error_name(provenance->body_error), (long long)provenance->body_read_bytes);
    write_field(out, FIELD_ROBOTS_META, "", provenance->robots_meta);
    write_pair(out, FIELD_COLLISION, provenance->collision.date, provenance->collision.url);
    write_field(out, FIELD_REDACTED, "", provenance->redacted);
    write_pair(out, FIELD_RESOLVED, provenance->resolved_host, provenance->resolved);
    write_field(out, FIELD_CERTIFICATES, "", provenance->certificates);
    if (provenance->just_ended)
        write_field(out, FIELD_END, "",
                    TEXT("the connection ended without close_notify of TLS; whether that was all "
                         "is not known"));
    if (provenance->certificate_unchecked)
        write_field(out, FIELD_CERTIFICATE, "", TEXT("not checked"));
    write_field(out, FIELD_ERROR, "", provenance->error);
}

void provenance_write(const struct provenance_record *provenance, struct buf *out)
{
    write_path(out, provenance);
    write_number(out, FIELD_TOOK_MS, provenance->took_ms);
    write_times(out, &provenance->times);
    write_field(out, FIELD_HTTP_VERSION, HEADS_BY, provenance->heads_by);
    if (provenance->period > 0)
        write_number(out, FIELD_PERIOD, provenance->period);
    write_number(out, FIELD_TRIES, provenance->attempts);
    write_response(out, provenance);
    if (provenance->redirect.length) {
        begin_field(out, FIELD_OUTLINK);
        write_words(out, provenance->redirect);
        buf_add(out, " R redirect Location\r\n");
    }
    buf_add_text(out, provenance->lines);
}

static char *put(char *to, struct text text)
{
    if (text.length)
        memcpy(to, text.at, text.length);
    return to + text.length;
}

/* Written by hand for speed, because a page has some hundreds of links. */
void provenance_write_outlink(struct buf *lines, const struct link *link, char hop)
{
    const char hop_between[] = {' ', hop, ' '};
    struct text rule =
        link->class == LINK_TRAP && link->rule ? text_of(url_rule_name(link->rule)) : TEXT("");
    size_t most = link->url.length + link->where.length + rule.length + LINE_BESIDES;
    char *line = buf_room(lines, most), *to = line;
    if (!line)
        return;
    to = put(to, TEXT("outlink: "));
    to = put(to, link->url);
    to = put(to, (struct text){hop_between, sizeof hop_between});
    to = put(to, text_of(link_class_name(link->class)));
    if (rule.length) {
        to = put(to, TEXT(":"));
        to = put(to, rule);
    }
    to = put(to, link->certainty == LINK_CERTAIN ? TEXT(" ") : TEXT("? "));
    to = put(to, link->where);
    to = put(to, TEXT("\r\n"));
    buf_grew(lines, (size_t)(to - line));
}

static void write_rule(struct buf *lines, enum field field, enum url_rule rule, struct text url)
{
    begin_field(lines, field);
    buf_add(lines, url_rule_name(rule));
    buf_add(lines, " ");
    buf_add_text(lines, url);
    buf_add(lines, "\r\n");
}

void provenance_write_not_followed(struct buf *lines, enum url_rule rule, struct text url)
{
    write_rule(lines, FIELD_NOT_FOLLOWED, rule, url);
}

void provenance_write_suspect(struct buf *lines, enum url_rule rule, struct text url)
{
    write_rule(lines, FIELD_SUSPECT, rule, url);
}

void provenance_write_rule_off(struct buf *lines, enum url_rule rule, struct text url)
{
    write_rule(lines, FIELD_RULE_OFF, rule, url);
}

void provenance_write_head(struct buf *lines, enum provenance_line_kind kind, struct text head)
{
    static const enum field fields[] = {[PROVENANCE_INTERIM] = FIELD_INTERIM,
                                        [PROVENANCE_TRAILER] = FIELD_TRAILER,
                                        [PROVENANCE_NOT_MODIFIED_HEAD] = FIELD_NOT_MODIFIED_HEAD};
    struct text line;
    while (text_split(&head, '\n', &line))
        write_field(lines, fields[kind], "", text_trim(line));
}

/* ---- reading ---- */

static enum field field_of_name(struct text name)
{
    for (int i = 0; i < FIELDS; i++)
        if (name.length == field_names[i].length && text_equal_nocase(name, field_names[i]))
            return i == FIELD_ROBOTS_WISH  ? FIELD_ROBOTS_META
                   : i == FIELD_BODY_FAULT ? FIELD_BODY_ERROR
                                           : (enum field)i;
    return FIELDS;
}

/* Takes the next field off *block. False: the end. FIELDS: its name is not one of ours. */
static bool next_field(struct text *block, enum field *field, struct text *value, struct text *line)
{
    struct text name;
    enum warc_result result = warc_fields_next(&block->at, &block->length, &name.at, &name.length,
                                               &value->at, &value->length);
    if (result == WARC_END)
        return false;
    *field = result == WARC_OK ? field_of_name(name) : FIELDS;
    *line = result == WARC_OK && value->at
                ? (struct text){name.at, (size_t)(value->at + value->length - name.at)}
                : *value;
    return true;
}

static bool read_int(struct text value, int *out)
{
    uint64_t number;
    if (!text_to_number(value, &number) || number > INT_MAX)
        return false;
    *out = (int)number;
    return true;
}

static bool read_int64(struct text value, int64_t *out)
{
    uint64_t number;
    if (!text_to_number(value, &number) || number > INT64_MAX)
        return false;
    *out = (int64_t)number;
    return true;
}

/* "20180600": a year, and a month and a day that may be 0. */
static bool read_period(struct text value, int *out)
{
    int period;
    if (value.length != 8 || !read_int(value, &period) || period < 10000000 ||
        period / 100 % 100 > 12 || period % 100 > 31)
        return false;
    *out = period;
    return true;
}

static bool read_times(struct text value, struct provenance_times *times)
{
    struct provenance_times read = {.reused = false};
    const struct {
        struct text name;
        int64_t *number;
    } steps[] = {{TEXT("lookup"), &read.looked_up_us},
                 {TEXT("connect"), &read.connected_us},
                 {TEXT("tls"), &read.secured_us},
                 {TEXT("firstOctet"), &read.first_octet_us}};
    struct text part, name = TEXT("");
    while (text_split(&value, ',', &part)) {
        size_t i = 0;
        part = text_trim(part);
        if (text_equal(part, TEXT("reused"))) {
            read.reused = true;
            continue;
        }
        text_split(&part, ' ', &name);
        while (i < sizeof steps / sizeof *steps && !text_equal(name, steps[i].name))
            i++;
        if (i == sizeof steps / sizeof *steps || !read_int64(part, steps[i].number))
            return false;
    }
    *times = read;
    return true;
}

static bool read_pair(struct text value, struct text *first, struct text *second)
{
    struct text head;
    if (!text_split(&value, ' ', &head) || !head.length || !(value = text_trim(value)).length)
        return false;
    *first = head;
    *second = value;
    return true;
}

/* The text after a fixed prefix. If the prefix is not there, all of it. */
static struct text after(struct text value, const char *prefix)
{
    struct text words = text_of(prefix);
    return text_starts(value, words) ? text_skip(value, words.length) : value;
}

static bool read_change(struct text value, enum change *out)
{
    enum change change = change_of_name(value);
    if (change == CHANGE_NONE)
        return false;
    *out = change;
    return true;
}

static bool read_chunks(struct text value, enum provenance_chunks *out)
{
    bool off = text_starts(value, TEXT("taken off"));
    if (!off && !text_starts(value, TEXT("broken")))
        return false;
    *out = off ? CHUNKS_TAKEN_OFF : CHUNKS_BROKEN;
    return true;
}

/* "too-long 67108864". */
static bool read_body_error(struct text value, struct provenance_record *out)
{
    struct text name;
    enum body_error error;
    int64_t bytes;
    if (!text_split(&value, ' ', &name) || !body_error_of_name(name, &error) ||
        error == BODY_SOUND || !read_int64(value, &bytes))
        return false;
    out->body_error = error;
    out->body_read_bytes = bytes;
    return true;
}

/* Not empty, without blanks and control characters. */
static bool is_word(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7f)
            return false;
    return text.length > 0;
}

/* "URL R redirect Location". */
static bool read_redirect(struct text value, struct text *url)
{
    struct text rest = value, first;
    if (!text_split(&rest, ' ', &first) || !is_word(first) ||
        !text_starts(rest, TEXT("R redirect")) || (rest.length > 10 && rest.at[10] != ' '))
        return false;
    *url = first;
    return true;
}

static bool read_rule(struct text name, enum url_rule *rule)
{
    if (!is_word(name))
        return false;
    *rule = url_rule_by_name(name);
    if (*rule == URL_RULE_NONE) /* a later version wrote it */
        *rule = URL_RULE_TRAP;
    return true;
}

static bool read_class(struct text word, struct provenance_line *line)
{
    ptrdiff_t colon = text_find_char(word, ':');
    bool possible = text_ends(word, TEXT("?"));
    line->certainty = possible ? LINK_POSSIBLE : LINK_CERTAIN;
    word.length -= possible;
    if (colon >= 0 && !read_rule(text_skip(word, (size_t)colon + 1), &line->rule))
        return false;
    if (colon >= 0)
        word = text_first(word, (size_t)colon);
    for (int class = 0; class < LINK_CLASSES; class ++)
        if (text_equal(word, text_of(link_class_name((enum link_class) class)))) {
            line->class = (enum link_class) class;
            return true;
        }
    return false;
}

/* Other crawlers' records have a URL, a hop and a place. If the hop is missing, only the URL is
 * used. */
static bool read_outlink(struct text value, struct provenance_line *line)
{
    struct text hop, word, rest = value;
    *line = (struct provenance_line){.kind = PROVENANCE_OUTLINK,
                                     .class = LINK_CLASSES,
                                     .certainty = LINK_CERTAIN};
    if (!text_split(&rest, ' ', &line->url) || !is_word(line->url))
        return false;
    if (!text_split(&rest, ' ', &hop) || hop.length != 1)
        return true;
    line->hop = hop.at[0];
    struct text place = rest;
    if (text_split(&rest, ' ', &word) && read_class(word, line))
        place = rest;
    else
        line->rule = URL_RULE_NONE;
    line->where = place.at ? text_trim(place) : TEXT("");
    return true;
}

static bool read_rule_and_url(enum field field, struct text value, struct provenance_line *line)
{
    struct text rule;
    *line = (struct provenance_line){.kind = field == FIELD_RULE_OFF ? PROVENANCE_RULE_OFF
                                                                     : PROVENANCE_NOT_FOLLOWED,
                                     .suspected = field == FIELD_SUSPECT,
                                     .class = LINK_CLASSES};
    return read_pair(value, &rule, &line->url) && is_word(line->url) &&
           read_rule(rule, &line->rule);
}

/* Whether the value of a field that may repeat fits its grammar. */
static bool check_line(enum field field, struct text value, struct provenance_record *out)
{
    struct provenance_line line;
    struct text redirect;
    if (field == FIELD_NOT_FOLLOWED || field == FIELD_SUSPECT || field == FIELD_RULE_OFF)
        return read_rule_and_url(field, value, &line);
    if (field != FIELD_OUTLINK)
        return true;
    if (!read_redirect(value, &redirect))
        return read_outlink(value, &line);
    if (!out->redirect.length)
        out->redirect = redirect;
    return true;
}

/* The member for a field whose value is any text. NULL for other fields. */
static struct text *text_member(enum field field, struct provenance_record *out)
{
    switch (field) {
    case FIELD_VIA:
        return &out->via;
    case FIELD_HOPS:
        return &out->hops;
    case FIELD_RULES_OF:
        return &out->rules_of;
    case FIELD_ROBOTS_META:
        return &out->robots_meta;
    case FIELD_REDACTED:
        return &out->redacted;
    case FIELD_CERTIFICATES:
        return &out->certificates;
    case FIELD_ERROR:
        return &out->error;
    case FIELD_HTTP_VERSION:
        return &out->heads_by;
    case FIELD_READ_AGAIN:
        return &out->refused;
    default:
        return NULL;
    }
}

/* Whether the value fits the field's grammar. If not, *out does not change. */
static bool read_value(enum field field, struct text value, struct provenance_record *out)
{
    switch (field) {
    case FIELD_CLASS:
        return visit_kind_of_name(value, &out->kind);
    case FIELD_DEPTH:
        return read_int(value, &out->depth);
    case FIELD_PERIOD:
        return read_period(value, &out->period);
    case FIELD_TOOK_MS:
        return read_int64(value, &out->took_ms);
    case FIELD_TIMES_US:
        return read_times(value, &out->times);
    case FIELD_TRIES:
        return read_int(value, &out->attempts);
    case FIELD_NO_HTTP:
        return out->not_http = true;
    case FIELD_CHANGE:
        return read_change(value, &out->change);
    case FIELD_TRAILERS:
        return out->trailers = text_equal(value, TEXT("yes"));
    case FIELD_CHUNK_FRAMING:
        return read_chunks(value, &out->chunks);
    case FIELD_BODY_ERROR:
        return read_body_error(value, out);
    case FIELD_COLLISION:
        return read_pair(value, &out->collision.date, &out->collision.url);
    case FIELD_RESOLVED:
        return read_pair(value, &out->resolved_host, &out->resolved);
    case FIELD_END:
        return out->just_ended = true;
    case FIELD_CERTIFICATE:
        return out->certificate_unchecked = text_equal(value, TEXT("not checked"));
    default:
        return true;
    }
}

static bool read_field(enum field field, struct text value, struct provenance_record *out)
{
    struct text *text = text_member(field, out);
    if (!text)
        return read_value(field, value, out);
    *text = field == FIELD_HTTP_VERSION ? after(value, HEADS_BY)
            : field == FIELD_READ_AGAIN ? after(value, READ_AGAIN)
                                        : value;
    return true;
}

void provenance_read(struct text block, struct provenance_record *out, struct text *malformed)
{
    enum field field;
    uint64_t seen = 0;
    struct text value, line, wrong = TEXT("");
    *out = (struct provenance_record){.kind = VISIT_PAGE, .change = CHANGE_NONE, .lines = block};
    while (next_field(&block, &field, &value, &line)) {
        bool understood = true;
        if (field < FIELD_VIA)
            understood = check_line(field, value, out);
        else if (field < FIELDS && !(seen >> field & 1)) {
            seen |= UINT64_C(1) << field;
            understood = read_field(field, value, out);
        }
        if (!understood && !wrong.length)
            wrong = line;
    }
    if (malformed)
        *malformed = wrong;
}

bool provenance_next(struct text *lines, struct provenance_line *line)
{
    static const enum provenance_line_kind heads[] = {[FIELD_INTERIM] = PROVENANCE_INTERIM,
                                                      [FIELD_TRAILER] = PROVENANCE_TRAILER,
                                                      [FIELD_NOT_MODIFIED_HEAD] =
                                                          PROVENANCE_NOT_MODIFIED_HEAD};
    enum field field;
    struct text value, whole, redirect;
    while (next_field(lines, &field, &value, &whole)) {
        switch (field) {
        case FIELD_OUTLINK:
            if (!read_redirect(value, &redirect) && read_outlink(value, line))
                return true;
            break;
        case FIELD_NOT_FOLLOWED:
        case FIELD_SUSPECT:
        case FIELD_RULE_OFF:
            if (read_rule_and_url(field, value, line))
                return true;
            break;
        case FIELD_INTERIM:
        case FIELD_TRAILER:
        case FIELD_NOT_MODIFIED_HEAD:
            if (!value.length)
                break;
            *line = (struct provenance_line){.kind = heads[field],
                                             .words = value,
                                             .class = LINK_CLASSES};
            return true;
        default:
            break;
        }
    }
    return false;
}
