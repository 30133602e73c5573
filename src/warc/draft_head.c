/*
 * The head of a record that is being written: digests of its block and payload, then its fields in
 * their order, checked by the rules of the standard.
 */
#include <config.h>

#include "warc/draft_head.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "warc/rules.h"

enum { FRAME_FIELDS = 10 }; /* the most fields that the writer adds itself */

/* The values of the fields that the writer makes. */
struct frame {
    char date[DATE_WARC_SIZE];
    char block_digest[DIGEST_SHA1_TEXT];
    char payload_digest[DIGEST_SHA1_TEXT];
    char length[24];
};

bool draft_head_init(struct draft_head *head)
{
    *head = (struct draft_head){.digester = digester_new(DIGEST_SHA1)};
    http_split_init(&head->split);
    return head->digester != NULL;
}

void draft_head_release(struct draft_head *head)
{
    http_split_release(&head->split);
    digester_free(head->payload_digester);
    digester_free(head->digester);
    free(head->fields);
}

/* ---- digests ---- */

/* Whether the standard has a payload digest for such a record, and the draft leaves it to the
 * writer.  That of a segment covers all segments, so the writer cannot compute it. */
static bool wants_payload_digest(const struct warc_draft *draft)
{
    const struct warc_record record = {.fields = draft->fields, .field_count = draft->field_count};
    return !draft->payload_digest && !warc_record_field(&record, "WARC-Segment-Number") &&
           (draft->type == WARC_RESPONSE || draft->type == WARC_RESOURCE ||
            draft->type == WARC_REQUEST || draft->type == WARC_CONVERSION);
}

static bool is_http(const struct warc_draft *draft)
{
    return draft->content_type &&
           text_starts_nocase(text_of(draft->content_type), TEXT("application/http"));
}

bool draft_head_begin(struct draft_head *head, const struct warc_draft *draft)
{
    digester_begin(head->digester);
    head->digests_payload = wants_payload_digest(draft) && is_http(draft);
    head->payload_length = 0;
    if (!head->digests_payload)
        return true;
    if (!head->payload_digester && !(head->payload_digester = digester_new(DIGEST_SHA1)))
        return false;
    digester_begin(head->payload_digester);
    http_split_begin(&head->split, draft->type == WARC_REQUEST);
    return true;
}

void draft_head_add(struct draft_head *head, struct text piece)
{
    digester_add(head->digester, piece.at, piece.length);
    while (head->digests_payload && piece.length) {
        struct text body, payload;
        http_split_take(&head->split, &piece, &body, &payload);
        digester_add(head->payload_digester, payload.at, payload.length);
        head->payload_length += (int64_t)payload.length;
    }
}

void draft_head_end(struct draft_head *head)
{
    if (head->digests_payload)
        http_split_end(&head->split);
}

/* The payload digest of the record; NULL: it has none.  A request without a body has no payload.
 * Neither has a message that cannot be parsed. */
static const char *payload_digest_of(struct draft_head *head, const struct warc_draft *draft,
                                     struct frame *frame)
{
    unsigned char sha1[DIGEST_MOST_BYTES];
    if (draft->payload_digest)
        return *draft->payload_digest ? draft->payload_digest : NULL;
    if (!wants_payload_digest(draft))
        return NULL;
    if (!head->digests_payload)
        return frame->block_digest;
    if (!head->split.readable || (draft->type == WARC_REQUEST && !head->payload_length))
        return NULL;
    digester_end(head->payload_digester, sha1);
    digest_sha1_text(sha1, frame->payload_digest);
    return frame->payload_digest;
}

/* ---- fields ---- */

static void add_field(struct warc_record *record, struct warc_field *fields, const char *name,
                      const char *value)
{
    if (value)
        fields[record->field_count++] = (struct warc_field){name, value};
}

static void add_slot(struct warc_record *record, struct warc_field *fields,
                     const struct warc_draft *draft, enum field_slot slot)
{
    for (size_t i = 0; i < draft->field_count; i++)
        if (rules_slot(draft->fields[i].name) == slot)
            add_field(record, fields, draft->fields[i].name, draft->fields[i].value);
}

/* Puts all fields in their order.  False when there is no memory. */
static bool arrange_fields(struct draft_head *head, const struct warc_draft *draft,
                           const char *warcinfo_id, struct frame *frame, struct warc_record *record)
{
    size_t most = draft->field_count + FRAME_FIELDS;
    if (most > head->field_room) {
        struct warc_field *more = realloc(head->fields, most * sizeof *more);
        if (!more)
            return false;
        head->fields = more;
        head->field_room = most;
    }
    struct warc_field *fields = head->fields;
    record->fields = fields;
    add_field(record, fields, "WARC-Type", warc_type_name(draft->type));
    add_field(record, fields, "WARC-Record-ID", draft->id);
    add_field(record, fields, "WARC-Date", frame->date);
    add_field(record, fields, "WARC-Target-URI", draft->target_uri);
    add_slot(record, fields, draft, SLOT_FRONT);
    if (draft->type != WARC_WARCINFO)
        add_field(record, fields, "WARC-Warcinfo-ID", warcinfo_id);
    add_slot(record, fields, draft, SLOT_MIDDLE);
    add_field(record, fields, "WARC-Block-Digest", frame->block_digest);
    const char *digest = payload_digest_of(head, draft, frame);
    snprintf(head->payload_digest, sizeof head->payload_digest, "%s", digest ? digest : "");
    add_field(record, fields, "WARC-Payload-Digest", digest);
    add_slot(record, fields, draft, SLOT_BACK);
    add_field(record, fields, "Content-Type", draft->content_type);
    add_field(record, fields, "Content-Length", frame->length);
    return true;
}

/* Whether the rule is about something that the standard allows but that has a form which every tool
 * understands.  A careful writer uses that form. */
static bool has_better_form(enum rule rule)
{
    return rule == RULE_DIGEST_CASE || rule == RULE_DIGEST_PADDED || rule == RULE_DIGEST_LABEL ||
           rule == RULE_DIGEST_BASE64 || rule == RULE_ADDRESS_CANONICAL ||
           rule == RULE_HEADER_ENCODED_WORD;
}

/* Keeps the words of the first rule that the record breaks. */
static void refuse(void *context, enum rule rule, const char *words)
{
    struct trouble *trouble = context;
    if ((warc_rule(rule)->level == WARC_NOTE && !has_better_form(rule)) ||
        trouble->result == RESULT_LOST)
        return;
    trouble_say(trouble, RESULT_LOST, "the record breaks the rule %s (WARC 1.1, %s): %s",
                warc_rule(rule)->name, warc_rule(rule)->clause, words);
}

enum warc_result draft_head_write(struct draft_head *head, const struct warc_draft *draft,
                                  int64_t length, const char *warcinfo_id, struct buf *out,
                                  struct trouble *trouble)
{
    struct frame frame;
    unsigned char sha1[DIGEST_MOST_BYTES];
    struct warc_record record = {.type = draft->type, .version = 11, .content_length = length};
    digester_end(head->digester, sha1);
    digest_sha1_text(sha1, frame.block_digest);
    date_write_warc(draft->date_ms ? draft->date_ms : clock_wall_ms(), frame.date);
    snprintf(frame.length, sizeof frame.length, "%lld", (long long)length);
    if (!arrange_fields(head, draft, warcinfo_id, &frame, &record)) {
        trouble_say(trouble, RESULT_BROKEN, "no memory for the fields of the record");
        return WARC_BROKEN;
    }

    struct rule_listener listener = {refuse, trouble};
    *trouble = trouble_none();
    rules_check(&record, &listener);
    if (trouble->result == RESULT_LOST)
        return WARC_LOST;

    buf_clear(out);
    buf_add(out, "WARC/1.1\r\n");
    for (size_t i = 0; i < record.field_count; i++) {
        buf_add(out, record.fields[i].name);
        buf_add(out, ": ");
        buf_add(out, record.fields[i].value);
        buf_add(out, "\r\n");
    }
    buf_add(out, "\r\n");
    if (!buf_ok(out) || out->length > WARC_HEADER_MOST) {
        rule_tell(&listener, RULE_HEADER_TOO_LONG, "%zu bytes", out->length);
        return WARC_LOST;
    }
    return WARC_OK;
}
