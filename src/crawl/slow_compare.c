/* Keeps large captures in a row, and reads the first a slice at a time. */
#include <config.h>

#include "crawl/slow_compare.h"

#include <stdlib.h>

enum {
    LARGE_BYTES = 16 * 1024 * 1024, /* less is computed at once */
    SLICE_BYTES = 4 * 1024 * 1024,  /* some milliseconds */
};

struct slow_compare {
    struct payload_reader payload;
    struct capture *first, *last; /* by `next` */
    int waiting;
    bool reading; /* the first is begun */
};

struct slow_compare *slow_compare_new(enum payload_digests digests)
{
    struct slow_compare *slow = calloc(1, sizeof *slow);
    if (slow && payload_reader_init(&slow->payload, digests))
        return slow;
    slow_compare_free(slow);
    return NULL;
}

void slow_compare_give_up_when(struct slow_compare *slow, struct give_up give_up)
{
    slow->payload.give_up = give_up;
}

void slow_compare_free(struct slow_compare *slow)
{
    if (!slow)
        return;
    payload_reader_release(&slow->payload);
    free(slow);
}

bool slow_compare_takes(struct slow_compare *slow, struct capture *capture)
{
    const struct spool *response = &capture->exchange->response;
    if (response->fd < 0 || response->length < LARGE_BYTES)
        return false;
    capture->next = NULL;
    if (slow->last)
        slow->last->next = capture;
    else
        slow->first = capture;
    slow->last = capture;
    slow->waiting++;
    return true;
}

struct capture *slow_compare_drop(struct slow_compare *slow)
{
    struct capture *capture = slow->first;
    if (!capture)
        return NULL;
    slow->first = capture->next;
    slow->last = slow->first ? slow->last : NULL;
    slow->waiting--;
    slow->reading = false;
    capture->next = NULL;
    return capture;
}

struct capture *slow_compare_slice(struct slow_compare *slow)
{
    struct capture *capture = slow->first;
    struct trouble trouble;
    struct http_head head = {0};
    if (!capture)
        return NULL;
    struct exchange *exchange = capture->exchange;
    enum result result = RESULT_BROKEN;
    if (http_response_read(&head, spool_bytes(&exchange->response))) {
        if (!slow->reading)
            payload_begin_spool(&slow->payload, &head, &exchange->response, exchange->head_length,
                                &capture->body.identity);
        slow->reading = true;
        result = payload_read_slice(&slow->payload, &head, &exchange->response, SLICE_BYTES,
                                    &capture->body.identity, &trouble);
    }
    http_head_release(&head);
    return result == RESULT_AGAIN ? NULL : slow_compare_drop(slow);
}

int slow_compare_waiting(const struct slow_compare *slow)
{
    return slow->waiting;
}
