/*
 * Checks records that are stored in segments (WARC 1.1, 7): each segment is there once, they are of
 * one URL, their lengths add up to the total, and together they are the payload whose digest the
 * first one has.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/digest_value.h"
#include "http/http_split.h"
#include "verify/check.h"

static int order(const void *left, const void *right)
{
    const struct seen_segment *a = left, *b = right;
    if (a->origin != b->origin)
        return a->origin < b->origin ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->record < b->record ? -1 : a->record > b->record;
}

void segments_learn(struct verification *v, const struct warc_record *record, size_t place)
{
    const char *number = warc_record_field(record, "WARC-Segment-Number"),
               *total = warc_record_field(record, "WARC-Segment-Total-Length"),
               *origin = warc_record_field(record, "WARC-Segment-Origin-ID");
    uint64_t count, length;
    if (!number || !text_to_number(text_of(number), &count) || !count)
        return; /* the rules for fields report it */
    if (record->type != WARC_CONTINUATION)
        origin = warc_record_field(record, "WARC-Record-ID");
    struct seen_segment *segment =
        origin ? verification_grow(v, &v->aside.segments, &v->aside.segment_count,
                                   &v->aside.segment_room, sizeof *segment)
               : NULL;
    if (segment)
        *segment =
            (struct seen_segment){.record = place,
                                  .origin = verification_hash(v, origin),
                                  .number = count,
                                  .length = (uint64_t)record->content_length,
                                  .has_total = total && text_to_number(text_of(total), &length)};
    if (segment && segment->has_total)
        segment->total = length;
}

/* ---- the payload of all segments ---- */

struct joining {
    struct http_split split;
    bool http;
    struct digester *digester;
};

static void add_piece(struct joining *joining, struct text piece)
{
    if (!joining->http)
        digester_add(joining->digester, piece.at, piece.length);
    while (joining->http && piece.length) {
        struct text body, payload;
        http_split_take(&joining->split, &piece, &body, &payload);
        digester_add(joining->digester, payload.at, payload.length);
    }
}

static void add_segment(struct verification *v, const struct seen_segment *segment,
                        struct joining *joining)
{
    const struct warc_record *header;
    struct text piece;
    struct warc_reader *reader = verification_read_again(v, &v->records[segment->record], &header);
    while (reader && warc_reader_block(reader, &piece.at, &piece.length) == WARC_OK)
        add_piece(joining, piece);
}

static void check_payload(struct verification *v, const struct seen_segment *segments, size_t count)
{
    const struct seen_record *first = &v->records[segments[0].record];
    const struct warc_record *header;
    struct digest_value said;
    struct joining joining = {.http = first->http};
    unsigned char is[DIGEST_MOST_BYTES];
    if (!verification_read_again(v, first, &header))
        return;
    const char *field = warc_record_field(header, "WARC-Payload-Digest");
    if (!field || first->type == WARC_REVISIT ||
        digest_value_read(text_of(field), &said) != DIGEST_IS_READ)
        return;
    joining.digester = digester_new(said.kind);
    if (!joining.digester)
        return; /* an algorithm that this system lacks is not checked */
    http_split_init(&joining.split);
    http_split_begin(&joining.split, first->type == WARC_REQUEST);
    for (size_t i = 0; i < count; i++)
        add_segment(v, &segments[i], &joining);
    http_split_end(&joining.split);
    digester_end(joining.digester, is);
    if (memcmp(is, said.bytes, said.length) != 0)
        verification_find_record(v, first, RULE_PAYLOAD_DIGEST, "of all segments together");
    http_split_release(&joining.split);
    digester_free(joining.digester);
}

/* ---- the segments of one record ---- */

static void check_one(struct verification *v, const struct seen_segment *segments, size_t count)
{
    const struct seen_record *first = &v->records[segments[0].record],
                             *last = &v->records[segments[count - 1].record];
    bool whole = true;
    uint64_t length = 0;
    if (segments[0].number != 1 || first->type == WARC_CONTINUATION) {
        verification_find_record(v, first, CHECK_SEGMENT_ORIGIN, "");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct seen_record *record = &v->records[segments[i].record];
        length += segments[i].length;
        if (segments[i].number != i + 1 && whole) {
            verification_find_record(v, record, CHECK_SEGMENT_GAP, "");
            whole = false;
        }
        if (record->url != first->url)
            verification_find_record(v, record, CHECK_SEGMENT_URL, "");
    }
    if (!segments[count - 1].has_total)
        verification_find_record(v, last, CHECK_SEGMENT_LAST, "");
    else if (whole && segments[count - 1].total != length)
        verification_find_record(v, last, CHECK_SEGMENT_TOTAL, "");
    else if (whole)
        check_payload(v, segments, count);
}

/* In the order of the files: the hashes of origins are others each time. */
static void order_by_place(struct seen_segment *segments, size_t count)
{
    size_t from = 0;
    qsort(segments, count, sizeof *segments, order);
    for (size_t i = 1; i <= count; i++)
        if (i == count || segments[i].origin != segments[from].origin) {
            size_t first = SIZE_MAX;
            for (size_t j = from; j < i; j++)
                first = segments[j].record < first ? segments[j].record : first;
            for (size_t j = from; j < i; j++)
                segments[j].first = first;
            from = i;
        }
    for (size_t i = 0; i < count; i++)
        segments[i].origin = segments[i].first;
    qsort(segments, count, sizeof *segments, order);
}

void check_segments(struct verification *v)
{
    const struct seen_segment *segments = v->aside.segments;
    size_t from = 0, count = v->aside.segment_count;
    if (count)
        order_by_place(v->aside.segments, count);
    for (size_t i = 1; i <= count; i++)
        if (i == count || segments[i].origin != segments[from].origin) {
            check_one(v, &segments[from], i - from);
            from = i;
        }
}
