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
#include "base/system.h"

enum { TICK_MS = 1000, OUT_ROOM = 4 * MESSAGE_MOST, IN_ROOM = 2 * MESSAGE_MOST };

struct message_head {
    uint32_t kind, length;
};

_Static_assert(sizeof(struct message_head) == MESSAGE_HEAD, "as the header says");

struct messages {
    int fd;
    struct messages_patience patience;
    int64_t waited_ms; /* in this question */
    uint64_t taken;    /* bytes of this question's answer */
    enum result state;
    bool is_deaf; /* the other side has closed; what it said may still be taken */
    size_t out_at, out_length, in_at, in_length;
    char out[OUT_ROOM], in[IN_ROOM];
};

struct messages *messages_new(int fd, const struct messages_patience *patience)
{
    struct messages *messages = malloc(sizeof *messages);
    if (!messages)
        return NULL;
    messages->fd = fd;
    messages->patience = *patience;
    messages->out_at = messages->out_length = messages->in_at = messages->in_length = 0;
    messages->state = RESULT_OK;
    messages->is_deaf = false;
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
    messages->taken = 0;
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

/* Waits until the socket is ready for one of `events`, and leaves those in *events.  Waiting for
 * ever is left to the call itself. */
static bool wait_for(struct messages *messages, short *events)
{
    struct pollfd heard = {.fd = messages->fd, .events = *events};
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
    *events = heard.revents;
    return messages->state == RESULT_OK;
}

/* ---- sending ---- */

static size_t unsent(const struct messages *messages)
{
    return messages->out_length - messages->out_at;
}

/* Sends some of what waits.  False: nothing can be sent now. */
static bool send_some(struct messages *messages)
{
    const int flags = messages->patience.silent_ms ? MSG_DONTWAIT : 0;
    ssize_t sent =
        system_send(messages->fd, messages->out + messages->out_at, unsent(messages), flags);
    if (sent > 0) {
        messages->out_at += (size_t)sent;
        if (messages->out_at == messages->out_length)
            messages->out_at = messages->out_length = 0;
        return true;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return false;
    if (errno == EPIPE || errno == ECONNRESET)
        messages->is_deaf = true;
    else if (errno != EINTR)
        messages->state = RESULT_BROKEN;
    return !messages->is_deaf && messages->state == RESULT_OK;
}

void messages_push(struct messages *messages)
{
    while (unsent(messages) && !messages->is_deaf && messages->state == RESULT_OK &&
           send_some(messages))
        ;
    if (messages->is_deaf)
        messages->out_at = messages->out_length = 0;
}

bool messages_flush(struct messages *messages)
{
    while (unsent(messages) && messages->state == RESULT_OK && !messages->is_deaf) {
        short events = POLLOUT;
        if (!send_some(messages) && !messages->is_deaf && messages->state == RESULT_OK &&
            !wait_for(messages, &events))
            break;
    }
    if (messages->is_deaf && messages->state == RESULT_OK)
        messages->state = RESULT_END;
    return messages->state == RESULT_OK;
}

size_t messages_room(const struct messages *messages)
{
    return OUT_ROOM - unsent(messages);
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
    if (messages->out_at && OUT_ROOM - messages->out_length < sizeof front + front.length) {
        memmove(messages->out, messages->out + messages->out_at, unsent(messages));
        messages->out_length -= messages->out_at;
        messages->out_at = 0;
    }
    if (OUT_ROOM - messages->out_length < sizeof front + front.length && !messages_flush(messages))
        return false;
    gather(messages, &front, sizeof front);
    gather(messages, head.at, head.length);
    gather(messages, bytes.at, bytes.length);
    return true;
}

/* ---- receiving ---- */

/* Waits until something has come.  What waits to be sent is sent meanwhile, as far as the other
 * side takes it. */
static bool hear(struct messages *messages)
{
    short events = 0;
    if (!messages->patience.silent_ms)
        return messages_flush(messages);
    messages_push(messages); /* the other side may wait for it */
    while (messages->state == RESULT_OK && !(events & ~POLLOUT)) {
        events = POLLIN | (unsent(messages) ? POLLOUT : 0);
        if (wait_for(messages, &events) && (events & POLLOUT))
            messages_push(messages);
    }
    return messages->state == RESULT_OK;
}

static bool receive_some(struct messages *messages)
{
    if (messages->in_at) {
        memmove(messages->in, messages->in + messages->in_at,
                messages->in_length - messages->in_at);
        messages->in_length -= messages->in_at;
        messages->in_at = 0;
    }
    if (!hear(messages))
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
    return true;
}

enum result messages_take(struct messages *messages, struct message *message)
{
    struct message_head head = {0, 0};
    *message = (struct message){.bytes = TEXT("")};
    while (messages->state == RESULT_OK) {
        size_t there = messages->in_length - messages->in_at;
        if (there >= sizeof head) {
            memcpy(&head, messages->in + messages->in_at, sizeof head);
            uint64_t taken = messages->taken + sizeof head + head.length,
                     most = messages->patience.most_bytes;
            if (head.length > MESSAGE_MOST || (most && taken > most)) {
                messages->state = RESULT_FLAWED;
                break;
            }
            if (there >= sizeof head + head.length) {
                messages->taken = taken;
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
