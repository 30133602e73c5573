/*
 * Looks at the beginning of a payload: whether it is what it is declared to be, and whether it is a
 * page that only says that there is none.  Compares the server's clock with that of the crawler.
 */
#include <config.h>

#include "http/http_date.h"
#include "warc/checker.h"
#include "warc/payload_kind.h"

enum { DAY_MS = 86400000 };

static struct text start_of(const struct warc_check *check)
{
    return (struct text){check->start.bytes, check->start.length};
}

/* The two files of the SHAttered attack, and all that were made from them, have this (2017). */
static bool has_collision_block(struct text start)
{
    return text_find(start, TEXT("SHA-1 is dead!!!!!\x85\x2f\xec\x09\x23\x39\x75\x9c")) >= 0;
}

static void check_kind(struct warc_check *check)
{
    const char *is, *identified = warc_record_field(check->record, "WARC-Identified-Payload-Type");
    struct text declared =
        check->http ? text_trim(http_field(&check->split.parsed, "Content-Type")) : TEXT("");
    if (identified && !payload_kind_fits(text_of(identified), start_of(check), &is))
        checker_find(check, RULE_PAYLOAD_KIND, "WARC-Identified-Payload-Type is %.60s, it is %s",
                     identified, is);
    else if (!payload_kind_fits(declared, start_of(check), &is))
        checker_find(check, RULE_PAYLOAD_KIND, "Content-Type is %.*s, it is %s",
                     declared.length < 60 ? (int)declared.length : 60, declared.at, is);
}

/* The title of a page that is in fact an error message. */
static bool is_soft_error(struct text start)
{
    static const char *const whole[] = {"404", "not found"};
    static const char *const first[] = {"404 not found", "error 404", "page not found"};
    bool is = false;
    ptrdiff_t from = text_find_nocase(start, TEXT("<title>"));
    if (from < 0)
        return false;
    struct text title = text_skip(start, (size_t)from + 7);
    ptrdiff_t end = text_find_nocase(title, TEXT("</title>"));
    title = text_trim(text_first(title, end < 0 ? title.length : (size_t)end));
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        is = is || text_equal_nocase(title, text_of(whole[i]));
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        is = is || text_starts_nocase(title, text_of(first[i]));
    return is && end >= 0;
}

/* What a cache sends may be old, so only a date that was still to come is more than a note. */
static void check_clock(struct warc_check *check, int64_t date_ms)
{
    int64_t server_ms;
    struct text date = text_trim(http_field(&check->split.parsed, "Date"));
    if (!date_ms || !http_date_read(date, &server_ms))
        return;
    if (server_ms > date_ms + DAY_MS)
        checker_find(check, RULE_HTTP_DATE, "its Date is %.*s", TEXT_ARGS(date));
    else if (server_ms + DAY_MS < date_ms && !http_field(&check->split.parsed, "Age").length)
        checker_note(check, RULE_HTTP_DATE, "its Date is %.*s", TEXT_ARGS(date));
}

void start_check(struct warc_check *check, int64_t date_ms)
{
    enum warc_type type = check->record->type;
    int status = check->http && check->split.readable ? check->split.parsed.status : 0;
    if ((type != WARC_RESPONSE && type != WARC_RESOURCE) ||
        warc_record_field(check->record, "WARC-Segment-Number") || (check->http && !status))
        return;
    if (has_collision_block(start_of(check)))
        checker_find(check, RULE_DIGEST_COLLISION, "%s",
                     "it has the structure of a known collision of SHA-1");
    if (status != 206 && !check->start.coded)
        check_kind(check);
    if (!check->http)
        return;
    if (status == 200 && is_soft_error(start_of(check)))
        checker_find(check, RULE_SOFT_ERROR, "%s", "");
    check_clock(check, date_ms);
}
