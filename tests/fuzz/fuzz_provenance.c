/*
 * The metadata record: what is read from a block lies in it; what was written once is read and
 * written again as the same bytes.
 */
#include <config.h>

#include "base/buf.h"
#include "collection/provenance.h"
#include "tests/collection/provenance_rewrite.h"
#include "tests/fuzz/fuzz.h"

static void check_record(struct text block, const struct provenance_record *record)
{
    const struct text *const texts[] = {
        &record->via,           &record->hops,           &record->heads_by,      &record->refused,
        &record->robots_meta,   &record->collision.date, &record->collision.url, &record->redacted,
        &record->resolved_host, &record->resolved,       &record->certificates,  &record->error,
        &record->redirect,      &record->lines};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        FUZZ_CHECK(fuzz_is_inside(block, *texts[i]));
    FUZZ_CHECK(record->kind >= 0 && record->kind < VISIT_KINDS);
    FUZZ_CHECK(record->change >= CHANGE_NONE && record->change < CHANGE_COUNT);
    FUZZ_CHECK(record->depth >= 0 && record->period >= 0 && record->attempts >= 0);
    FUZZ_CHECK(record->body_error >= BODY_SOUND && record->body_error < BODY_ERRORS);
    FUZZ_CHECK(record->took_ms >= 0 && record->body_read_bytes >= 0 &&
               record->times.first_octet_us >= 0);
}

static void check_line(struct text block, const struct provenance_line *line)
{
    FUZZ_CHECK(fuzz_is_inside(block, line->url) && fuzz_is_inside(block, line->where) &&
               fuzz_is_inside(block, line->words));
    if (line->kind < PROVENANCE_OUTLINK)
        FUZZ_CHECK(line->words.length && !line->url.length);
    else
        FUZZ_CHECK(line->url.length && text_find_char(line->url, ' ') < 0);
    if (line->kind == PROVENANCE_NOT_FOLLOWED || line->kind == PROVENANCE_RULE_OFF)
        FUZZ_CHECK(line->rule != URL_RULE_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text block = fuzz_text(data, size), malformed;
    struct provenance_record record;
    struct provenance_line line;
    struct buf once, twice;
    provenance_read(block, &record, &malformed);
    check_record(block, &record);
    FUZZ_CHECK(fuzz_is_inside(block, malformed));
    for (struct text rest = block, before = rest; provenance_next(&rest, &line); before = rest) {
        FUZZ_CHECK(rest.length < before.length && rest.at + rest.length == block.at + block.length);
        check_line(before, &line);
    }
    buf_init(&once, 1 << 24);
    buf_init(&twice, 1 << 24);
    /* The first time bytes are encoded, and of what stands twice one goes. */
    provenance_rewrite(block, &once);
    provenance_read(buf_text(&once), &record, &malformed);
    FUZZ_CHECK(!malformed.length);
    provenance_rewrite(buf_text(&once), &twice);
    FUZZ_CHECK(buf_ok(&once) && text_equal(buf_text(&once), buf_text(&twice)));
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
