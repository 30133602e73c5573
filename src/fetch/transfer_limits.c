/* Decides when a response has taken too long, or will never end. */
#include <config.h>

#include "fetch/transfer_limits.h"

#include <stddef.h>

#include "base/clock.h"
#include "http/http_message.h"
#include "web/media_type.h"

enum {
    DRIP_TIMEOUTS = 4, /* after this many timeouts the rate is checked, and a stream is cut */
    STREAM_MOST = 16 * 1024 * 1024,
    TEXT_MOST = 256 * 1024 * 1024, /* for text without a stated length */
    UNSAID_MOST_MS = 60 * 60 * 1000,
};

void transfer_limits_begin(struct transfer_limits *limits, const struct fetch_options *options)
{
    int64_t now = clock_steady_ms();
    *limits = (struct transfer_limits){.options = options, .began_ms = now, .heard_ms = now};
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
    bool understood = http_response_read(&read, head);
    struct text type = media_type_essence(http_field(&read, "Content-Type"));
    limits->most_ms = limits->most_bytes = 0;
    if (is_stream(head, type, &read)) {
        limits->most_ms = DRIP_TIMEOUTS * limits->options->timeout_ms;
        limits->most_bytes = STREAM_MOST;
    } else if (!understood || !http_field(&read, "Content-Length").length) {
        limits->most_ms = UNSAID_MOST_MS;
        limits->most_bytes = text_starts_nocase(type, TEXT("text/")) ? TEXT_MOST : 0;
    }
    http_head_release(&read);
}

const char *transfer_limits_slow(const struct transfer_limits *limits, int64_t bytes,
                                 enum exchange_cut *cut)
{
    const struct fetch_options *options = limits->options;
    int64_t took = clock_steady_ms() - limits->began_ms;
    *cut = CUT_TIME;
    if (options->url_time_limit_ms && took > options->url_time_limit_ms)
        return "the response takes longer than the time limit for one URL";
    /* A server that drips is never silent, and could hold its connection forever. */
    if (took > DRIP_TIMEOUTS * options->timeout_ms && bytes < took / 1000 * options->min_rate)
        return "the response came too slowly to wait for its end";
    /* A retry would be just as long. */
    *cut = CUT_LENGTH;
    if ((limits->most_ms && took > limits->most_ms) ||
        (limits->most_bytes && bytes > limits->most_bytes))
        return "the response has no length, and does not end";
    return NULL;
}

const char *transfer_limits_over(const struct transfer_limits *limits, int64_t bytes,
                                 enum exchange_cut *cut)
{
    *cut = CUT_TIME;
    if (clock_steady_ms() - limits->heard_ms > limits->options->timeout_ms)
        return "nothing came for as long as --timeout allows";
    return transfer_limits_slow(limits, bytes, cut);
}
