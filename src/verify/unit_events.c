/* Writes events as bytes, and reads them again: a fixed part, then the texts, each with its NUL. */
#include <config.h>

#include "verify/unit_events.h"

#include <string.h>

enum { NO_TEXT = -1 };

/* The fixed part.  A file is named by a path that lives longer than the events. */
struct event_head {
    struct unit_event event;       /* its texts are filled in when it is read */
    int64_t record_id, url, words; /* their lengths; NO_TEXT: NULL */
};

static int64_t length_of(const char *text)
{
    return text ? (int64_t)strlen(text) : NO_TEXT;
}

void unit_events_add(struct unit_events *events, const struct unit_event *event)
{
    struct event_head head = {.event = *event,
                              .record_id = length_of(event->at.record_id),
                              .url = length_of(event->at.url),
                              .words = (int64_t)event->words.length};
    buf_append(&events->bytes, &head, sizeof head);
    if (event->at.record_id)
        buf_append(&events->bytes, event->at.record_id, (size_t)head.record_id + 1);
    if (event->at.url)
        buf_append(&events->bytes, event->at.url, (size_t)head.url + 1);
    buf_add_text(&events->bytes, event->words);
    buf_add_char(&events->bytes, '\0');
}

static const char *take_text(struct text *rest, int64_t length)
{
    const char *text = rest->at;
    if (length == NO_TEXT)
        return NULL;
    *rest = text_skip(*rest, (size_t)length + 1);
    return text;
}

bool unit_events_next(struct text *rest, struct unit_event *event)
{
    struct event_head head;
    if (rest->length < sizeof head)
        return false;
    memcpy(&head, rest->at, sizeof head);
    *rest = text_skip(*rest, sizeof head);
    *event = head.event;
    event->at.record_id = take_text(rest, head.record_id);
    event->at.url = take_text(rest, head.url);
    event->words = (struct text){take_text(rest, head.words), (size_t)head.words};
    return true;
}
