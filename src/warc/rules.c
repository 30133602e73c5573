/*
 * The fields of the standard as a table, and the checks of their values.
 *
 * A check never changes what it looks at and never stops.  It reports each thing that is wrong, and
 * the caller decides.  The reader passes values as they are in the file.  The writer passes its
 * values before it writes a byte.
 */
#include <config.h>

#include "warc/rules.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest_value.h"
#include "base/text.h"

/* ---- the rows ---- */

const struct warc_rule *warc_rule(size_t number)
{
    static const struct warc_rule rows[RULE_COUNT] = {
#define ROW(id, name, level, clause, words, advice) \
    [RULE_##id] = {name, WARC_##level, clause, words, advice},
        WARC_RULES(ROW)
#undef ROW
    };
    return number < RULE_COUNT ? &rows[number] : NULL;
}

const struct warc_rule *rule_by_name(const char *name)
{
    for (enum rule rule = 0; rule < RULE_COUNT; rule++)
        if (strcmp(warc_rule(rule)->name, name) == 0)
            return warc_rule(rule);
    return NULL;
}

bool rule_is_about_frame(const char *name)
{
    const struct warc_rule *row = rule_by_name(name);
    return row && row < warc_rule(RULE_ARC_RECORD);
}

const char *warc_level_name(enum warc_level level)
{
    return level == WARC_NOTE ? "note" : level == WARC_WARNING ? "warning" : "error";
}

void rule_tell(const struct rule_listener *listener, enum rule rule, const char *format, ...)
{
    char words[RULE_WORDS];
    int length = snprintf(words, sizeof words, "%s: ", warc_rule(rule)->words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, sizeof words - (size_t)length, format, arguments);
    va_end(arguments);
    if (length < RULE_WORDS && !words[length])
        words[length - 2] = '\0'; /* the sentence says all */
    for (char *c = words; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    listener->tell(listener->context, rule, words);
}

enum value_kind {
    VALUE_ANY,
    VALUE_TYPE,
    VALUE_ID,
    VALUE_DATE,
    VALUE_LENGTH,
    VALUE_MEDIA_TYPE,
    VALUE_DIGEST,
    VALUE_ADDRESS,
    VALUE_URI,
    VALUE_REASON,
    VALUE_PROFILE,
    VALUE_SEGMENT,
    VALUE_NUMBER,
};

#define BIT(type) (1u << WARC_##type)
enum {
    EVERY = (1u << (WARC_UNKNOWN + 1)) - 1,
    CAPTURES = BIT(RESPONSE) | BIT(RESOURCE) | BIT(REQUEST) | BIT(METADATA) | BIT(REVISIT),
    PAYLOADS = EVERY & ~(BIT(WARCINFO) | BIT(METADATA)),
    ABOUT_A_URI = EVERY & ~(BIT(WARCINFO) | BIT(METADATA) | BIT(UNKNOWN)),
};

struct field_row {
    const char *name;
    size_t name_length;
    const char *clause;
    unsigned allowed;  /* types of record that may have it, as bits */
    unsigned required; /* types of record that must have it, as bits */
    enum value_kind kind;
    bool repeats;
    int since; /* the first version of WARC that has it, 10 or 11 */
    enum field_slot slot;
};

/* WARC-Protocol and WARC-Cipher-Suite are proposals of the community.  They may be repeated, one
 * line per protocol. */
#define NAME(name) name, sizeof name - 1
static const struct field_row field_rows[] = {
    {NAME("WARC-Type"), "5.5", EVERY, EVERY, VALUE_TYPE, false, 10, SLOT_FRONT},
    {NAME("WARC-Record-ID"), "5.2", EVERY, EVERY, VALUE_ID, false, 10, SLOT_FRONT},
    {NAME("WARC-Date"), "5.4", EVERY, EVERY, VALUE_DATE, false, 10, SLOT_FRONT},
    {NAME("Content-Length"), "5.3", EVERY, EVERY, VALUE_LENGTH, false, 10, SLOT_BACK},
    {NAME("Content-Type"), "5.6", EVERY, 0, VALUE_MEDIA_TYPE, false, 10, SLOT_BACK},
    {NAME("WARC-Target-URI"), "5.14", EVERY & ~BIT(WARCINFO), ABOUT_A_URI, VALUE_URI, false, 10,
     SLOT_FRONT},
    {NAME("WARC-IP-Address"), "5.10", CAPTURES | BIT(UNKNOWN), 0, VALUE_ADDRESS, false, 10,
     SLOT_FRONT},
    {NAME("WARC-Protocol"), "4", EVERY, 0, VALUE_ANY, true, 10, SLOT_FRONT},
    {NAME("WARC-Cipher-Suite"), "4", EVERY, 0, VALUE_ANY, true, 10, SLOT_FRONT},
    {NAME("WARC-Concurrent-To"), "5.7", CAPTURES | BIT(UNKNOWN), 0, VALUE_ID, true, 10, SLOT_FRONT},
    {NAME("WARC-Warcinfo-ID"), "5.16", EVERY & ~BIT(WARCINFO), 0, VALUE_ID, false, 10, SLOT_MIDDLE},
    {NAME("WARC-Filename"), "5.17", BIT(WARCINFO) | BIT(UNKNOWN), 0, VALUE_ANY, false, 10,
     SLOT_MIDDLE},
    {NAME("WARC-Refers-To"), "5.11", BIT(METADATA) | BIT(REVISIT) | BIT(CONVERSION) | BIT(UNKNOWN),
     0, VALUE_ID, false, 10, SLOT_MIDDLE},
    {NAME("WARC-Refers-To-Target-URI"), "5.12", BIT(REVISIT) | BIT(UNKNOWN), 0, VALUE_URI, false,
     11, SLOT_MIDDLE},
    {NAME("WARC-Refers-To-Date"), "5.13", BIT(REVISIT) | BIT(UNKNOWN), 0, VALUE_DATE, false, 11,
     SLOT_MIDDLE},
    {NAME("WARC-Profile"), "5.18", BIT(REVISIT) | BIT(UNKNOWN), BIT(REVISIT), VALUE_PROFILE, false,
     10, SLOT_MIDDLE},
    {NAME("WARC-Truncated"), "5.15", EVERY, 0, VALUE_REASON, false, 10, SLOT_MIDDLE},
    {NAME("WARC-Block-Digest"), "5.8", EVERY, 0, VALUE_DIGEST, false, 10, SLOT_BACK},
    {NAME("WARC-Payload-Digest"), "5.9", PAYLOADS, 0, VALUE_DIGEST, false, 10, SLOT_BACK},
    {NAME("WARC-Identified-Payload-Type"), "5.19", PAYLOADS, 0, VALUE_MEDIA_TYPE, false, 10,
     SLOT_BACK},
    {NAME("WARC-Segment-Number"), "5.20", EVERY, BIT(CONTINUATION), VALUE_SEGMENT, false, 10,
     SLOT_BACK},
    {NAME("WARC-Segment-Origin-ID"), "5.21", BIT(CONTINUATION) | BIT(UNKNOWN), BIT(CONTINUATION),
     VALUE_ID, false, 10, SLOT_BACK},
    {NAME("WARC-Segment-Total-Length"), "5.22", BIT(CONTINUATION) | BIT(UNKNOWN), 0, VALUE_NUMBER,
     false, 10, SLOT_BACK},
};
#undef NAME
enum { FIELD_ROWS = sizeof field_rows / sizeof field_rows[0] };

static const struct field_row *find_row(const char *name)
{
    struct text text = text_of(name);
    /* Most names begin alike, so the last letter is compared first. */
    for (size_t i = 0; i < FIELD_ROWS; i++)
        if (field_rows[i].name_length == text.length &&
            ascii_lower(field_rows[i].name[text.length - 1]) ==
                ascii_lower(text.at[text.length - 1]) &&
            text_equal_nocase(text, (struct text){field_rows[i].name, field_rows[i].name_length}))
            return &field_rows[i];
    return NULL;
}

enum field_slot rules_slot(const char *field_name)
{
    const struct field_row *row = find_row(field_name);
    return row ? row->slot : SLOT_MIDDLE;
}

enum warc_type rules_type(const char *name)
{
    enum warc_type type = WARC_WARCINFO;
    while (type < WARC_UNKNOWN && !text_equal_nocase(text_of(name), text_of(warc_type_name(type))))
        type++;
    return type;
}

bool record_holds_http(const struct warc_record *record)
{
    const char *type = warc_record_field(record, "Content-Type");
    return type ? text_starts_nocase(text_of(type), TEXT("application/http"))
                : record->type == WARC_RESPONSE || record->type == WARC_REQUEST;
}

/* ---- one value ---- */

/* What a check needs to report: the listener, the record and the field. */
struct check {
    const struct rule_listener *listener;
    const struct warc_record *record;
    const struct warc_field *field;
};

static void tell(const struct check *check, enum rule rule)
{
    rule_tell(check->listener, rule, "%s: %.100s", check->field->name, check->field->value);
}

/* The classes of a byte, one bit each.  Every byte of every header is looked up. */
enum {
    IN_TOKEN = 1,
    IN_URI = 2,
    IS_CONTROL = 4,
    IN_BASE32 = 8,
    IN_HEX = 16,
    NOT_LOWER = 32,
    NOT_UPPER = 64
};

static unsigned char_class(char c)
{
    enum { IN_WORDS = IN_TOKEN | IN_URI };
    static const unsigned char classes[256] = {
        [0 ... 8] = IS_CONTROL,
        [10 ... 31] = IS_CONTROL,
        [127] = IS_CONTROL,
        ['0' ... '1'] = IN_WORDS | IN_HEX | NOT_LOWER | NOT_UPPER,
        ['2' ... '7'] = IN_WORDS | IN_HEX | IN_BASE32 | NOT_LOWER | NOT_UPPER,
        ['8' ... '9'] = IN_WORDS | IN_HEX | NOT_LOWER | NOT_UPPER,
        ['A' ... 'F'] = IN_WORDS | IN_HEX | IN_BASE32 | NOT_LOWER,
        ['G' ... 'Z'] = IN_WORDS | IN_BASE32 | NOT_LOWER,
        ['a' ... 'f'] = IN_WORDS | IN_HEX | IN_BASE32 | NOT_UPPER,
        ['g' ... 'z'] = IN_WORDS | IN_BASE32 | NOT_UPPER,
        ['-'] = IN_WORDS,
        ['.'] = IN_WORDS,
        ['_'] = IN_WORDS,
        ['~'] = IN_WORDS,
        ['!'] = IN_WORDS,
        ['$'] = IN_WORDS,
        ['&'] = IN_WORDS,
        ['\''] = IN_WORDS,
        ['*'] = IN_WORDS,
        ['+'] = IN_WORDS,
        ['#'] = IN_TOKEN,
        ['%'] = IN_TOKEN,
        ['^'] = IN_TOKEN,
        ['`'] = IN_TOKEN,
        ['|'] = IN_TOKEN,
        ['/'] = IN_URI,
        [':'] = IN_URI,
        ['?'] = IN_URI,
        ['['] = IN_URI,
        [']'] = IN_URI,
        ['@'] = IN_URI,
        ['('] = IN_URI,
        [')'] = IN_URI,
        [','] = IN_URI,
        [';'] = IN_URI,
        ['='] = IN_URI,
    };
    return classes[(unsigned char)c];
}

static size_t token_length(struct text text)
{
    size_t length = 0;
    while (length < text.length && char_class(text.at[length]) & IN_TOKEN)
        length++;
    return length;
}

/* Length in bytes of a URI scheme with its colon (RFC 3986, 3.1); 0 when there is none. */
static size_t scheme_length(struct text text)
{
    size_t i = 0;
    while (i < text.length && (ascii_is_alnum(text.at[i]) || (i && strchr("+-.", text.at[i]))))
        i++;
    return i && i < text.length && ascii_is_alpha(text.at[0]) && text.at[i] == ':' ? i + 1 : 0;
}

static bool in_brackets(struct text text)
{
    return text.length >= 2 && text.at[0] == '<' && text.at[text.length - 1] == '>';
}

static void check_id(const struct check *check, struct text value)
{
    bool good = in_brackets(value);
    struct text inner = good ? (struct text){value.at + 1, value.length - 2} : value;
    size_t scheme = scheme_length(inner);
    good = good && scheme && scheme < inner.length;
    for (size_t i = 0; i < inner.length; i++)
        if (ascii_is_space(inner.at[i]) || inner.at[i] == '<' || inner.at[i] == '>')
            good = false;
    if (!good)
        tell(check, RULE_ID_FORM);
}

/* Whether an http or https URL has a host, and a port that is a number of 16 bits. */
static bool has_host(struct text url)
{
    static const bool ends[256] = {['/'] = true, ['?'] = true, ['#'] = true};
    uint64_t port = 0;
    if (!text_starts_nocase(url, TEXT("http:")) && !text_starts_nocase(url, TEXT("https:")))
        return true;
    url = text_skip(url, scheme_length(url));
    if (!text_starts(url, TEXT("//")))
        return false;
    url = text_skip(url, 2);
    struct text host = text_first(url, text_stop(url, 0, ends));
    for (ptrdiff_t user; (user = text_find_char(host, '@')) >= 0;)
        host = text_skip(host, (size_t)user + 1);
    ptrdiff_t bracket = text_find_char(host, ']'), colon = -1;
    struct text after = bracket < 0 ? host : text_skip(host, (size_t)bracket + 1);
    colon = text_find_char(after, ':');
    struct text digits = colon < 0 ? TEXT("") : text_skip(after, (size_t)colon + 1);
    bool named = bracket < 0 ? host.length && colon != 0 : bracket > 1;
    return named && (!digits.length || (text_to_number(digits, &port) && port <= UINT16_MAX));
}

static void check_uri(const struct check *check, struct text value)
{
    if (in_brackets(value)) {
        tell(check, check->record->version == 11 ? RULE_URI_BRACKETS : RULE_URI_BRACKETS_OLD);
        value = (struct text){value.at + 1, value.length - 2};
    }
    if (!scheme_length(value))
        tell(check, RULE_URI_RELATIVE);
    else if (!has_host(value))
        tell(check, RULE_URI_HOST);
    bool beyond_ascii = false, bad = false, unwise = false, fragment = false;
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        if (char_class(c) & IN_URI)
            continue;
        if (c & 0x80)
            beyond_ascii = true;
        else if (c <= ' ' || strchr("<>\"\x7f", c))
            bad = true;
        else if (c == '#')
            fragment = true;
        else if (strchr("\\^`{|}", c))
            unwise = true;
        else if (c == '%' && (i + 2 >= value.length || hex_value(value.at[i + 1]) < 0 ||
                              hex_value(value.at[i + 2]) < 0))
            unwise = true;
    }
    if (beyond_ascii)
        tell(check, RULE_URI_ASCII);
    if (bad)
        tell(check, RULE_URI_CHARACTER);
    if (unwise)
        tell(check, RULE_URI_UNWISE);
    if (fragment)
        tell(check, RULE_URI_FRAGMENT);
}

/* Whether `value` is one of the coarser forms of W3C-DTF: YYYY, YYYY-MM, YYYY-MM-DD or
 * YYYY-MM-DDThh:mmZ.  Filled up, it must be a valid date. */
static bool is_coarse_date(struct text value)
{
    static const char filler[] = "0000-01-01T00:00:00Z";
    char whole[sizeof filler];
    size_t length = value.length;
    if (length == 17 && value.at[16] == 'Z')
        length = 16;
    else if (length != 4 && length != 7 && length != 10)
        return false;
    memcpy(whole, filler, sizeof filler);
    memcpy(whole, value.at, length);
    int64_t ms;
    return date_read_warc(text_of(whole), &ms);
}

static void check_date(const struct check *check, struct text value)
{
    int64_t ms;
    if (!date_read_warc(value, &ms))
        tell(check, check->record->version == 11 && is_coarse_date(value) ? RULE_DATE_PRECISION
                                                                          : RULE_DATE_FORM);
    else if (check->record->version == 10 && text_find_char(value, '.') >= 0)
        tell(check, RULE_DATE_FRACTION);
}

static void check_media_type(const struct check *check, struct text value)
{
    size_t type = token_length(value);
    struct text rest = text_skip(value, type + 1);
    bool good = type && type < value.length && value.at[type] == '/' && token_length(rest);
    rest = text_trim(text_skip(rest, token_length(rest)));
    while (good && rest.length) {
        good = rest.at[0] == ';';
        rest = text_trim(text_skip(rest, 1));
        size_t name = token_length(rest);
        if (!name) /* "a/b;" and "a/b; ;c=d" are frequent, and every program understands them */
            continue;
        rest = text_skip(rest, name);
        if (!rest.length || rest.at[0] != '=') {
            good = false;
            break;
        }
        rest = text_skip(rest, 1);
        size_t length = token_length(rest);
        if (!length && rest.length && rest.at[0] == '"') {
            ptrdiff_t end = text_find_char(text_skip(rest, 1), '"');
            length = end < 0 ? rest.length : (size_t)end + 2;
        }
        rest = text_trim(text_skip(rest, length));
    }
    if (!good)
        tell(check, RULE_CONTENT_TYPE_FORM);
}

static void check_digest(const struct check *check, struct text value)
{
    struct digest_value digest;
    size_t label = token_length(value);
    enum digest_reading read = label && label < value.length && value.at[label] == ':'
                                   ? digest_value_read(value, &digest)
                                   : DIGEST_HAS_NO_LABEL;
    if (read == DIGEST_HAS_NO_LABEL)
        tell(check, RULE_DIGEST_FORM);
    else if (read == DIGEST_IS_OF_UNKNOWN_ALGORITHM)
        tell(check, RULE_DIGEST_ALGORITHM);
    if (read != DIGEST_IS_READ && read != DIGEST_HAS_BAD_VALUE)
        return;
    if (digest.dashed)
        tell(check, RULE_DIGEST_LABEL);
    if (read == DIGEST_HAS_BAD_VALUE || ascii_is_space(value.at[label + 1]))
        tell(check, RULE_DIGEST_FORM);
    else if (digest.unusual_case)
        tell(check, RULE_DIGEST_CASE);
    else if (digest.form == DIGEST_BASE64)
        tell(check, RULE_DIGEST_BASE64);
    if (digest.padded)
        tell(check, RULE_DIGEST_PADDED);
}

static void check_address(const struct check *check, const char *value)
{
    unsigned char address[16];
    char canonical[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET, value, address) == 1)
        return;
    if (inet_pton(AF_INET6, value, address) != 1)
        tell(check, RULE_ADDRESS_FORM);
    else if (inet_ntop(AF_INET6, address, canonical, sizeof canonical) &&
             strcmp(canonical, value) != 0)
        tell(check, RULE_ADDRESS_CANONICAL);
}

static void check_profile(const struct check *check, struct text value)
{
    static const char *const names[] = {"revisit/identical-payload-digest",
                                        "revisit/server-not-modified",
                                        "revisit/uri-agnostic-identical-payload-digest"};
    static const struct {
        const char *start;
        int version;
    } bases[] = {{"http://netpreserve.org/warc/1.1/", 11},
                 {"http://netpreserve.org/warc/1.0/", 10}};
    for (size_t i = 0; i < 2; i++) {
        if (!text_starts(value, text_of(bases[i].start)))
            continue;
        struct text name = text_skip(value, strlen(bases[i].start));
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (!text_equal(name, text_of(names[j])))
                continue;
            if (check->record->version != bases[i].version)
                tell(check, RULE_PROFILE_VERSION);
            return;
        }
    }
    tell(check, RULE_PROFILE_UNKNOWN);
}

static void check_reason(const struct check *check, struct text value)
{
    if (!text_equal(value, TEXT("length")) && !text_equal(value, TEXT("time")) &&
        !text_equal(value, TEXT("disconnect")) && !text_equal(value, TEXT("unspecified")))
        tell(check, RULE_TRUNCATED_REASON);
}

static void check_segment(const struct check *check, struct text value)
{
    uint64_t number;
    bool further = check->record->type == WARC_CONTINUATION;
    if (!text_to_number(value, &number) || (further ? number < 2 : number != 1))
        tell(check, RULE_SEGMENT_NUMBER);
}

static void check_type(const struct check *check, const char *value)
{
    enum warc_type type = rules_type(value);
    if (type == WARC_UNKNOWN)
        tell(check, RULE_TYPE_UNKNOWN);
    else if (strcmp(value, warc_type_name(type)) != 0)
        tell(check, RULE_TYPE_CASE);
}

static void check_value(const struct check *check, enum value_kind kind)
{
    struct text value = text_of(check->field->value);
    uint64_t number;
    switch (kind) {
    case VALUE_ANY:
        break;
    case VALUE_TYPE:
        check_type(check, value.at);
        break;
    case VALUE_ID:
        check_id(check, value);
        break;
    case VALUE_DATE:
        check_date(check, value);
        break;
    case VALUE_LENGTH:
        if (!text_to_number(value, &number) || number > INT64_MAX)
            tell(check, RULE_LENGTH_FORM);
        break;
    case VALUE_MEDIA_TYPE:
        check_media_type(check, value);
        break;
    case VALUE_DIGEST:
        check_digest(check, value);
        break;
    case VALUE_ADDRESS:
        check_address(check, value.at);
        break;
    case VALUE_URI:
        check_uri(check, value);
        break;
    case VALUE_REASON:
        check_reason(check, value);
        break;
    case VALUE_PROFILE:
        check_profile(check, value);
        break;
    case VALUE_SEGMENT:
        check_segment(check, value);
        break;
    case VALUE_NUMBER:
        if (!text_to_number(value, &number))
            tell(check, RULE_NUMBER_FORM);
        break;
    }
}

/* ---- rules for every field ---- */

/* Length in bytes of the UTF-8 sequence (RFC 3629) at a place in NUL-terminated text; 0 when it is
 * not valid. */
static size_t utf8_length(const unsigned char *at)
{
    size_t more = at[0] < 0x80                    ? 0
                  : at[0] >= 0xc2 && at[0] < 0xe0 ? 1
                  : (at[0] & 0xf0) == 0xe0        ? 2
                  : at[0] >= 0xf0 && at[0] < 0xf5 ? 3
                                                  : 4;
    if (more == 4)
        return 0;
    for (size_t i = 1; i <= more; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    bool too_long = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
    bool impossible = (at[0] == 0xed && at[1] >= 0xa0) || (at[0] == 0xf4 && at[1] >= 0x90);
    return too_long || impossible ? 0 : more + 1;
}

static void check_characters(const struct check *check)
{
    struct text name = text_of(check->field->name), value = text_of(check->field->value);
    if (!name.length || token_length(name) != name.length)
        tell(check, RULE_HEADER_NAME);
    bool control = false, beyond_ascii = false;
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.at[i];
        control = control || char_class((char)c) & IS_CONTROL;
        beyond_ascii = beyond_ascii || c >= 0x80;
    }
    if (control)
        tell(check, RULE_HEADER_CONTROL);
    size_t at = 0, step = 1;
    while (beyond_ascii && step && at < value.length) {
        step = utf8_length((const unsigned char *)value.at + at);
        at += step;
    }
    if (!step)
        tell(check, RULE_HEADER_UTF8);
    if (value.length > 4 && text_starts(value, TEXT("=?")) && text_ends(value, TEXT("?=")))
        tell(check, RULE_HEADER_ENCODED_WORD);
}

static void check_field(const struct check *check, unsigned *seen)
{
    check_characters(check);
    const struct field_row *row = find_row(check->field->name);
    if (!row)
        return;
    const char *type = warc_type_name(check->record->type);
    unsigned bit = 1u << (row - field_rows);
    if (*seen & bit && !row->repeats)
        tell(check, RULE_FIELD_REPEATED);
    *seen |= bit;
    if (!(row->allowed & 1u << check->record->type))
        rule_tell(check->listener, RULE_FIELD_NOT_ALLOWED, "%s on %s (WARC 1.1, %s)", row->name,
                  type, row->clause);
    else if (check->record->version == 10 && row->since > 10)
        tell(check, RULE_FIELD_LATER);
    check_value(check, row->kind);
}

static void check_concurrent(const struct warc_record *record, const struct rule_listener *listener)
{
    const char *id = warc_record_field(record, "WARC-Record-ID");
    for (size_t i = 0; id && i < record->field_count; i++)
        if (text_equal_nocase(text_of(record->fields[i].name), TEXT("WARC-Concurrent-To")) &&
            strcmp(record->fields[i].value, id) == 0)
            rule_tell(listener, RULE_CONCURRENT_ITSELF, "%s", id);
}

void rules_check(const struct warc_record *record, const struct rule_listener *listener)
{
    struct check check = {.listener = listener, .record = record};
    unsigned seen = 0;
    for (size_t i = 0; i < record->field_count; i++) {
        check.field = &record->fields[i];
        check_field(&check, &seen);
    }
    for (size_t i = 0; i < FIELD_ROWS; i++)
        if (field_rows[i].required & 1u << record->type && !(seen & 1u << i))
            rule_tell(listener, RULE_FIELD_MISSING, "%s (WARC 1.1, %s)", field_rows[i].name,
                      field_rows[i].clause);
    if (record->content_length > 0 && record->type != WARC_CONTINUATION &&
        !warc_record_field(record, "Content-Type"))
        rule_tell(listener, RULE_CONTENT_TYPE_MISSING, "%lld byte%s",
                  (long long)record->content_length, PLURAL(record->content_length));
    if (warc_record_field(record, "WARC-Concurrent-To"))
        check_concurrent(record, listener);
    const char *profile =
        record->type == WARC_REVISIT ? warc_record_field(record, "WARC-Profile") : NULL;
    if (profile && text_ends(text_of(profile), TEXT("identical-payload-digest")) &&
        !warc_record_field(record, "WARC-Payload-Digest"))
        rule_tell(listener, RULE_REVISIT_DIGEST, "%s", profile);
}
