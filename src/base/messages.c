/* Reads and writes with one buffer for each way.  One
 * read may bring many messages. */
#include <config.h>

#include "base/messages.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum { TICK_MS = 1000, OUT_ROOM = 2 * MESSAGE_MOST, IN_ROOM = 2 * MESSAGE_MOST };

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

struct message_head {
    uint32_t kind, length;
};

struct messages {
    int fd;
    struct messages_patience patience;
    int64_t waited_ms; /* in this question */
    uint64_t received;
    enum result state;
    size_t out_length, in_at, in_length;
    char out[OUT_ROOM], in[IN_ROOM];
};

struct messages *messages_new(int fd, const struct messages_patience *patience)
{
    struct messages *messages = malloc(sizeof *messages);
    if (!messages)
        return NULL;
    messages->fd = fd;
    messages->patience = *patience;
    messages->out_length = messages->in_at = messages->in_length = 0;
    messages->state = RESULT_OK;
    messages_begin(messages);
    return messages;
}

void messages_free(struct messages *messages)
{
    if (messages)
        close(messages->fd);
    free(messages);
}

void messages_begin(struct messages *messages)
{
    messages->waited_ms = 0;
    messages->received = 0;
}

enum result messages_state(const struct messages *messages)
{
    return messages->state;
}

/* ---- waiting ---- */

/* How long to wait at most before looking at the clock again. */
static int tick_ms(const struct messages *messages, int64_t silent_ms)
{
    int64_t left_ms = messages->patience.silent_ms - silent_ms,
            all_left_ms = messages->patience.all_ms - messages->waited_ms - silent_ms;
    left_ms = left_ms < all_left_ms ? left_ms : all_left_ms;
    return left_ms < 0 ? 0 : left_ms < TICK_MS ? (int)left_ms : TICK_MS;
}

/* Waits until the socket is ready for `events`.  Waiting for ever is left to the call itself. */
static bool wait_for(struct messages *messages, short events)
{
    struct pollfd heard = {.fd = messages->fd, .events = events};
    int64_t began_ms = 0, silent_ms = 0;
    int ready = 0;
    if (!messages->patience.silent_ms)
        return true;
    for (began_ms = clock_steady_ms(); messages->state == RESULT_OK && ready <= 0;
         silent_ms = clock_steady_ms() - began_ms) {
        int wait_ms = tick_ms(messages, silent_ms);
        ready = poll(&heard, 1, wait_ms);
        if (ready < 0 && errno != EINTR)
            messages->state = RESULT_BROKEN;
        else if (ready <= 0 && (!wait_ms || give_up_asked(&messages->patience.give_up)))
            messages->state = RESULT_LOST;
    }
    messages->waited_ms += silent_ms;
    return messages->state == RESULT_OK;
}

/* ---- sending ---- */

static bool send_all(struct messages *messages, const char *bytes, size_t length)
{
    const int flags = MSG_NOSIGNAL | (messages->patience.silent_ms ? MSG_DONTWAIT : 0);
    while (length && messages->state == RESULT_OK) {
        ssize_t sent = send(messages->fd, bytes, length, flags);
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(messages, POLLOUT))
                return false;
        } else if (errno != EINTR)
            messages->state = errno == EPIPE || errno == ECONNRESET ? RESULT_END : RESULT_BROKEN;
    }
    return messages->state == RESULT_OK;
}

bool messages_flush(struct messages *messages)
{
    size_t length = messages->out_length;
    messages->out_length = 0;
    return send_all(messages, messages->out, length);
}

static void gather(struct messages *messages, const void *bytes, size_t length)
{
    if (length)
        memcpy(messages->out + messages->out_length, bytes, length);
    messages->out_length += length;
}

bool messages_put(struct messages *messages, uint32_t kind, struct text head, struct text bytes)
{
    const struct message_head front = {kind, (uint32_t)(head.length + bytes.length)};
    if (head.length > MESSAGE_MOST || bytes.length > MESSAGE_MOST - head.length)
        messages->state = RESULT_BROKEN;
    if (messages->state != RESULT_OK)
        return false;
    if (OUT_ROOM - messages->out_length < sizeof front + front.length && !messages_flush(messages))
        return false;
    gather(messages, &front, sizeof front);
    gather(messages, head.at, head.length);
    gather(messages, bytes.at, bytes.length);
    return true;
}

/* ---- receiving ---- */

static bool receive_some(struct messages *messages)
{
    if (!messages_flush(messages)) /* the other side may wait for it */
        return false;
    if (messages->in_at) {
        memmove(messages->in, messages->in + messages->in_at,
                messages->in_length - messages->in_at);
        messages->in_length -= messages->in_at;
        messages->in_at = 0;
    }
    if (!wait_for(messages, POLLIN))
        return false;
    ssize_t got =
        read(messages->fd, messages->in + messages->in_length, IN_ROOM - messages->in_length);
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0) {
        messages->state = got == 0 || errno == ECONNRESET ? RESULT_END : RESULT_BROKEN;
        return false;
    }
    messages->in_length += (size_t)got;
    messages->received += (uint64_t)got;
    if (messages->patience.most_bytes && messages->received > messages->patience.most_bytes)
        messages->state = RESULT_FLAWED;
    return messages->state == RESULT_OK;
}

enum result messages_take(struct messages *messages, struct message *message)
{
    struct message_head head = {0, 0};
    *message = (struct message){.bytes = TEXT("")};
    while (messages->state == RESULT_OK) {
        size_t there = messages->in_length - messages->in_at;
        if (there >= sizeof head) {
            memcpy(&head, messages->in + messages->in_at, sizeof head);
            if (head.length > MESSAGE_MOST) {
                messages->state = RESULT_FLAWED;
                break;
            }
            if (there >= sizeof head + head.length) {
                message->kind = head.kind;
                message->bytes =
                    (struct text){messages->in + messages->in_at + sizeof head, head.length};
                messages->in_at += sizeof head + head.length;
                return RESULT_OK;
            }
        }
        result_ignore(receive_some(messages));
    }
    return messages->state;
}

bool messages_is_heard(const struct messages *messages)
{
    struct pollfd heard = {.fd = messages->fd, .events = POLLIN};
    return messages->in_length > messages->in_at || poll(&heard, 1, 0) != 0;
}
