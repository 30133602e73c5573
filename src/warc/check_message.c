/*
 * Reads the block of a record and checks the HTTP message in it: its head, its framing, and whether
 * its body can be decoded.
 */
#include <config.h>

#include <string.h>

#include "http/http_short.h"
#include "warc/checker.h"

/* ---- reading ---- */

static void take_start(struct warc_check *check, struct text piece)
{
    struct payload_start *start = &check->start;
    size_t room = sizeof start->bytes - start->length;
    size_t length = piece.length < room ? piece.length : room;
    if (length)
        memcpy(start->bytes + start->length, piece.at, length);
    start->length += length;
}

/* The next bytes of the body as it is stored. */
static enum result next_of_body(void *context, struct text *bytes)
{
    struct warc_check *check = context;
    struct text *rest = &check->source.rest, payload;
    *bytes = check->pending;
    check->pending = TEXT("");
    while (!bytes->length) {
        if (!rest->length && !checker_block(check, rest))
            return RESULT_END;
        if (!check->http) {
            take_start(check, *rest);
            *rest = TEXT("");
            continue;
        }
        http_split_take(&check->split, rest, bytes, &payload);
        check->body_length += bytes->length;
        if (!check->decoding)
            take_start(check, payload);
    }
    return RESULT_OK;
}

static bool is_coded(const struct warc_check *check)
{
    int status = check->split.parsed.status;
    return check->record->type == WARC_RESPONSE && check->split.readable && status != 206 &&
           http_status_has_body(status) &&
           text_trim(http_field(&check->split.parsed, "Content-Encoding")).length;
}

static void try_decoding(struct warc_check *check)
{
    struct text piece;
    body_reader_begin(check->body, &check->split.parsed, BODY_DECODED,
                      (struct body_source){next_of_body, check});
    check->start.length = 0;
    check->decoding = true;
    while (body_reader_next(check->body, &piece) == RESULT_OK)
        take_start(check, piece);
    check->coding_error = body_reader_error(check->body);
    check->pending = TEXT("");
}

void message_read(struct warc_check *check)
{
    const char *type = warc_record_field(check->record, "Content-Type");
    struct text piece;
    check->http = type && text_starts_nocase(text_of(type), TEXT("application/http"));
    check->pending = TEXT("");
    check->decoding = false;
    check->coding_error = BODY_SOUND;
    check->body_length = 0;
    check->start.length = 0;
    http_split_begin(&check->split, check->record->type == WARC_REQUEST);
    if (next_of_body(check, &piece) == RESULT_OK && is_coded(check)) {
        check->pending = piece;
        try_decoding(check);
    }
    while (next_of_body(check, &piece) == RESULT_OK)
        continue;
    http_split_end(&check->split);
    check->start.decoded = check->decoding;
    check->start.coded = !check->decoding && check->split.readable &&
                         text_trim(http_field(&check->split.parsed, "Content-Encoding")).length;
}

/* ---- checking ---- */

static void check_body(struct warc_check *check, bool truncated)
{
    uint64_t said;
    const struct dechunker *dechunker = &check->split.dechunker;
    enum http_short how = truncated ? SHORT_NOT : http_short_of(&check->split, check->body_length);
    bool segment = warc_record_field(check->record, "WARC-Segment-Number") != NULL;
    if (segment)
        how = SHORT_NOT; /* the rest is in other records */
    if (check->split.chunked && dechunker->state == BODY_BAD)
        checker_find(check, RULE_HTTP_CHUNKS, "%s", "");
    else if (how == SHORT_OF_ALL)
        checker_find(check, RULE_HTTP_BODY_MISSING, "all that its header announces is missing");
    else if (how == SHORT_OF_CHUNKS)
        checker_find(check, RULE_HTTP_SHORT, "the last chunk is missing");
    else if (how == SHORT_OF_LENGTH)
        checker_find(check, RULE_HTTP_SHORT, "it is shorter than its Content-Length");
    else if (http_short_announces(&check->split, &said) && check->body_length > said)
        checker_find(check, RULE_HTTP_LONG, "%llu bytes instead of %llu",
                     (unsigned long long)check->body_length, (unsigned long long)said);
    if (check->split.chunked && dechunker->state == BODY_WHOLE &&
        check->body_length > dechunker->consumed)
        checker_find(check, RULE_HTTP_AFTER_CHUNKS, "%llu bytes",
                     (unsigned long long)(check->body_length - dechunker->consumed));
    if (check->split.chunked && dechunker->has_trailers)
        checker_find(check, RULE_HTTP_TRAILERS, "%s", "");
    if (check->coding_error == BODY_CODING_BROKEN)
        checker_find(check, RULE_BODY_CODING_BROKEN, "%s", "");
    else if (check->coding_error == BODY_ENDS_EARLY && how == SHORT_NOT && !truncated && !segment)
        checker_find(check, RULE_BODY_ENDS_EARLY, "%s", "");
}

/* Takes the next member of the Content-Length fields; one field may have several. */
static bool next_length(const struct http_head *head, size_t *field, struct text *rest,
                        uint64_t *length)
{
    struct text part;
    for (;;) {
        while (text_split(rest, ',', &part))
            if (text_to_number(text_trim(part), length))
                return true;
        while (*field < head->field_count &&
               !text_equal_nocase(head->fields[*field].name, TEXT("Content-Length")))
            ++*field;
        if (*field == head->field_count)
            return false;
        *rest = head->fields[(*field)++].value;
    }
}

/* With Transfer-Encoding no Content-Length counts. */
static void check_lengths(struct warc_check *check)
{
    const struct http_head *head = &check->split.parsed;
    struct text rest = {NULL, 0};
    uint64_t first, other;
    size_t field = 0;
    if (http_field(head, "Transfer-Encoding").at || !next_length(head, &field, &rest, &first))
        return;
    while (next_length(head, &field, &rest, &other))
        if (other != first) {
            checker_find(check, RULE_HTTP_LENGTHS, "%llu and %llu bytes", (unsigned long long)first,
                         (unsigned long long)other);
            return;
        }
}

static bool has_bare_line_end(struct text head)
{
    for (size_t i = 0; i < head.length; i++)
        if (head.at[i] == '\n' && (i == 0 || head.at[i - 1] != '\r'))
            return true;
    return false;
}

static void check_response(struct warc_check *check)
{
    bool truncated = warc_record_field(check->record, "WARC-Truncated") != NULL;
    int status = check->split.parsed.status;
    if (!text_starts(check->split.parsed.version, TEXT("HTTP/1.")))
        checker_find(check, RULE_HTTP_VERSION, "%.*s", TEXT_ARGS(check->split.parsed.version));
    if (status < 200)
        checker_find(check, RULE_HTTP_INTERIM, "status %d", status);
    if (has_bare_line_end(buf_text(&check->split.head)))
        checker_find(check, RULE_HTTP_LINE_ENDS, "%s", "");
    if (check->record->type != WARC_RESPONSE)
        return;
    check_lengths(check);
    if (!truncated && !check->body_length &&
        !warc_record_field(check->record, "WARC-Segment-Number") &&
        !http_head_length(buf_text(&check->split.head), 0))
        checker_find(check, RULE_HTTP_HEAD_END, "%s", "");
    if (http_status_has_body(status))
        check_body(check, truncated);
    else if (status >= 200 && check->body_length)
        checker_find(check, RULE_HTTP_UNWANTED_BODY, "status %d, %llu bytes", status,
                     (unsigned long long)check->body_length);
}

/* Whether the parameter msgtype names another kind of message (WARC 1.1, 6.3.2, 6.5). */
static bool is_mistyped(const struct warc_record *record)
{
    struct text rest = text_of(warc_record_field(record, "Content-Type")), part, name;
    struct text own = record->type == WARC_REQUEST ? TEXT("request") : TEXT("response");
    while (text_split(&rest, ';', &part)) {
        part = text_trim(part);
        if (!text_split(&part, '=', &name) || !part.at ||
            !text_equal_nocase(text_trim(name), TEXT("msgtype")))
            continue;
        part = text_trim(part);
        if (part.length > 1 && part.at[0] == '"' && part.at[part.length - 1] == '"')
            part = text_first(text_skip(part, 1), part.length - 2);
        return !text_equal_nocase(part, own);
    }
    return false;
}

void message_check(struct warc_check *check)
{
    enum warc_type type = check->record->type;
    if (!check->http)
        return;
    if ((type == WARC_RESPONSE || type == WARC_REQUEST || type == WARC_REVISIT) &&
        is_mistyped(check->record))
        checker_find(check, RULE_HTTP_MSGTYPE, "%s",
                     warc_record_field(check->record, "Content-Type"));
    if (!check->record->content_length) {
        if (type == WARC_RESPONSE || type == WARC_REQUEST)
            checker_find(check, RULE_HTTP_EMPTY, "%s", "");
    } else if (!check->split.readable)
        checker_find(check, RULE_HTTP_HEAD, "%s", "");
    else if (type == WARC_REQUEST)
        request_check(check);
    else
        check_response(check);
}
