/* Decodes a captured body, which is in memory in one piece. */
#include <config.h>

#include "links/page_captures.h"

static enum result next_piece(void *context, struct text *bytes)
{
    struct page_captures *own = context;
    *bytes = own->begun ? TEXT("") : own->body.bytes;
    own->begun = true;
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_body(void *context)
{
    struct page_captures *own = context;
    own->begun = false;
    return (struct body_source){next_piece, own};
}

static enum result decode(void *context, const struct coded_body *body, struct text *text,
                          enum body_error *error)
{
    struct page_captures *own = context;
    struct body_facts facts;
    struct trouble trouble;
    own->body = *body;
    own->source =
        (struct page_source){.url = own->body.url,
                             .head = own->body.head,
                             .head_bytes = own->body.head_bytes,
                             .use = PAGE_FOR_RULES, /* the index says that it is read */
                             .response_bytes = own->body.response_bytes,
                             .dechunked = true,
                             .plain = own->body.plain ? own->body.bytes : (struct text){NULL, 0},
                             .open = open_body,
                             .context = own,
                             .reopens = true,
                             .ahead = own->ahead};
    if (own->text_only && body->plain) {
        *text = body->bytes;
        *error = BODY_SOUND;
        return RESULT_OK;
    }
    *text = TEXT("");
    *error = BODY_UNDECODABLE;
    if (page_reader_read(own->reader, &own->source, &facts, &trouble) != RESULT_OK)
        return RESULT_BROKEN;
    *error = facts.error;
    *text = page_reader_text(own->reader, error);
    return RESULT_OK;
}

void page_captures_use(struct page_captures *own, struct page_reader *reader,
                       struct capture_reader *captures)
{
    own->reader = reader;
    if (reader)
        capture_reader_use(captures, (struct capture_decoder){decode, own});
}
