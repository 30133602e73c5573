/*
 * Messages between two of our processes, over a socket.  Each has a kind, a number, and at most
 * MESSAGE_MOST bytes.  Small ones are gathered and sent together.
 *
 * Several questions may be sent before the first is answered, but never more than messages_room()
 * allows: so the two sides never wait for each other.  Before sending more than that, take all
 * answers: otherwise both sides could wait for each other to read.
 *
 * The other side may be hostile.  What it sends is bounded here: one message in length, all that
 * belong to one question in bytes and in time.  What the bytes say is for the reader to check.
 */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/give_up.h"
#include "base/result.h"
#include "base/text.h"

/* A piece of 64 KiB, or the longest URL (web/url.h), with what is said of it. */
enum { MESSAGE_MOST = 72 * 1024, MESSAGE_HEAD = 8 };

struct message {
    uint32_t kind;
    struct text bytes; /* until the next messages_take() */
};

/* How long this side waits.  All zero: for ever. */
struct messages_patience {
    int silent_ms;          /* until the other side reads or writes something */
    int all_ms;             /* for one question, all waiting together */
    uint64_t most_bytes;    /* that the other side may send for one question; 0: any number */
    struct give_up give_up; /* asked at least every second */
};

struct messages;

/* Takes over the socket.  NULL: out of memory; the socket stays the caller's. */
struct messages *messages_new(int fd, const struct messages_patience *patience);
/* Closes the socket.  NULL is allowed. */
void messages_free(struct messages *messages);

/* The answer to a new question begins: patience and bytes are counted from here. */
void messages_begin(struct messages *messages);

/* Sends a message, `head` first and then `bytes`, together at most MESSAGE_MOST.  It may wait here
 * until messages_flush().  False: it cannot be sent, and no further one either. */
MUST_CHECK bool messages_put(struct messages *messages, uint32_t kind, struct text head,
                             struct text bytes);
/* Sends what waits.  So does messages_take() when it has to wait itself. */
MUST_CHECK bool messages_flush(struct messages *messages);

/* How many bytes of messages, each with MESSAGE_HEAD, can be put without waiting. */
size_t messages_room(const struct messages *messages);
/* Sends what can be sent without waiting.  That the other side has closed is noticed when all that
 * it said has been taken. */
void messages_push(struct messages *messages);

/* The next message.  OK; END when the other side has closed; LOST when the patience is over, or
 * somebody gave up; FLAWED for more than is allowed; BROKEN when the socket fails.  After any but
 * OK, every further call gives the same. */
MUST_CHECK enum result messages_take(struct messages *messages, struct message *message);

/* Whether a message, or a part of one, or the end, is there to be taken now. */
bool messages_is_heard(const struct messages *messages);

/* What went wrong; RESULT_OK: nothing yet. */
MUST_CHECK enum result messages_state(const struct messages *messages);

#endif
