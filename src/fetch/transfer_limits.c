/* Decides when a response has taken too long, or will never end. */
#include <config.h>

#include "fetch/transfer_limits.h"

#include <stddef.h>

#include "base/clock.h"
#include "http/http_message.h"
#include "web/limit.h"
#include "web/media_type.h"

enum {
    DRIP_TIMEOUTS = 4, /* after this many timeouts the rate is checked, and a stream is cut */
    STREAM_MOST = 16 * 1024 * 1024,
    TEXT_MOST = 256 * 1024 * 1024, /* without a stated length */
    OTHER_MOST = 1024 * 1024 * 1024,
    PATIENCE_MS = 15 * 60 * 1000, /* with a stated length ... */
    PATIENCE_RATE = 16 * 1024,    /* ... and longer at this many bytes a second */
    UNSAID_PATIENCE_MS = 5 * 60 * 1000,
    UNSAID_PATIENCE_RATE = 256 * 1024,
    HURRIED_PART = 5,
    /* Parts of the time left in the run: a rate is known after one part, and a response without
     * a length gets two. */
    RUN_PARTS = 8,
    RATE_KNOWN_MS = 2000, /* before that, a rate means nothing */
};

void transfer_limits_begin(struct transfer_limits *limits, const struct fetch_options *options,
                           int64_t run_ends_ms, bool hurried)
{
    int64_t now = clock_steady_ms();
    *limits = (struct transfer_limits){.options = options,
                                       .began_ms = now,
                                       .heard_ms = now,
                                       .run_ends_ms = run_ends_ms,
                                       .length = -1,
                                       .hurried = hurried};
}

void transfer_limits_excuse(struct transfer_limits *limits, int64_t away_ms)
{
    limits->excused_ms += away_ms;
    limits->heard_ms += away_ms;
}

void transfer_limits_heard(struct transfer_limits *limits)
{
    limits->heard_ms = clock_steady_ms();
}

/* Radio streams and cameras go on for as long as someone listens. */
static bool is_stream(struct text head, struct text type, const struct http_head *read)
{
    return text_starts(head, TEXT("ICY")) || http_field(read, "icy-name").length ||
           http_field(read, "icy-br").length ||
           text_equal_nocase(type, TEXT("multipart/x-mixed-replace")) ||
           text_equal_nocase(type, TEXT("text/event-stream"));
}

void transfer_limits_read_head(struct transfer_limits *limits, struct text head)
{
    struct http_head read = {0};
    uint64_t length;
    bool understood = http_response_read(&read, head);
    struct text type = media_type_essence(http_field(&read, "Content-Type"));
    limits->head_read = true;
    limits->stream = is_stream(head, type, &read);
    limits->length = -1;
    if (understood && text_to_number(http_field(&read, "Content-Length"), &length) &&
        length <= INT64_MAX)
        limits->length = (int64_t)length;
    limits->most_bytes = limits->stream                            ? STREAM_MOST
                         : limits->length >= 0                     ? 0
                         : text_starts_nocase(type, TEXT("text/")) ? TEXT_MOST
                                                                   : OTHER_MOST;
    http_head_release(&read);
}

/* Whether `bytes` in `took_ms` are fewer than `rate` a second, or than half of what the user's own
 * limit lets through. */
static bool is_below(const struct transfer_limits *limits, int64_t bytes, int64_t took_ms,
                     int64_t rate)
{
    int64_t own = limits->options->limit_rate / 2;
    return bytes < took_ms / 1000 * (own && own < rate ? own : rate);
}

/* Whether the response is still coming when the run ends, as far as can be known. */
static bool outlives_run(const struct transfer_limits *limits, int64_t bytes, int64_t took_ms)
{
    int64_t run_ms = limits->run_ends_ms - limits->began_ms;
    if (!limits->run_ends_ms || took_ms < run_ms / RUN_PARTS || took_ms < RATE_KNOWN_MS)
        return false;
    if (limits->length < 0)
        return took_ms >= run_ms / RUN_PARTS * 2;
    double left_ms = (double)took_ms * (double)(limits->length - bytes) / (double)(bytes + 1);
    return left_ms > (double)(run_ms - took_ms);
}

/* Whether it is neither ending nor coming fast. */
static bool is_endless(const struct transfer_limits *limits, int64_t bytes, int64_t took_ms)
{
    bool said = limits->length >= 0;
    int64_t patience = said ? PATIENCE_MS : UNSAID_PATIENCE_MS;
    if (limits->stream)
        return took_ms > DRIP_TIMEOUTS * limits->options->timeout_ms;
    if (limits->hurried)
        patience /= HURRIED_PART;
    return took_ms > patience &&
           is_below(limits, bytes, took_ms, said ? PATIENCE_RATE : UNSAID_PATIENCE_RATE);
}

bool transfer_limits_slow(const struct transfer_limits *limits, int64_t bytes,
                          struct transfer_cut *cut)
{
    const struct fetch_options *options = limits->options;
    int64_t took = clock_steady_ms() - limits->began_ms - limits->excused_ms;
    *cut = (struct transfer_cut){.kind = CUT_TIME};
    if (options->url_time_limit_ms && took > options->url_time_limit_ms) {
        cut->words = limit_words(LIMIT_URL_TIME);
        cut->for_good = true;
    } else if (limits->most_bytes && bytes > limits->most_bytes) {
        cut->words = limit_words(LIMIT_UNENDING_SIZE);
        cut->kind = CUT_LENGTH;
        cut->for_good = true;
    } else if (outlives_run(limits, bytes, took)) {
        cut->words = limit_words(LIMIT_RUN_RATE);
        cut->for_good = true;
    } else if (!options->url_time_limit_ms && is_endless(limits, bytes, took)) {
        cut->words = limit_words(limits->length >= 0 ? LIMIT_SLOW : LIMIT_UNENDING);
        cut->for_good = true;
    } else if (took > DRIP_TIMEOUTS * options->timeout_ms &&
               bytes < took / 1000 * options->min_rate) {
        /* A server that drips is never silent, and could hold its connection forever. */
        cut->words = limit_words(LIMIT_MIN_RATE);
    }
    return cut->words != NULL;
}

bool transfer_limits_over(const struct transfer_limits *limits, int64_t bytes,
                          struct transfer_cut *cut)
{
    *cut = (struct transfer_cut){.kind = CUT_TIME,
                                 .words = "nothing came for as long as --timeout allows"};
    return clock_steady_ms() - limits->heard_ms > limits->options->timeout_ms ||
           transfer_limits_slow(limits, bytes, cut);
}
