/* Keeps the last request, and looks at the record after a response. */
#include <config.h>

#include "collection/request_method.h"

#include "warc/reader_part.h"

enum { TEXTS_BYTES = 1 << 16, HEAD_BYTES = 64 };

void request_method_init(struct request_method *method, const char *path)
{
    *method = (struct request_method){.path = path};
    buf_init(&method->last, TEXTS_BYTES);
}

void request_method_release(struct request_method *method)
{
    warc_reader_close(method->ahead);
    buf_release(&method->last);
}

/* The method in the head of a request: "GET". */
static struct text method_of(struct text head)
{
    ptrdiff_t blank = text_find_char(head, ' ');
    return blank < 0 ? TEXT("") : text_first(head, (size_t)blank);
}

static void keep(struct request_method *method, struct text text)
{
    buf_add_text(&method->last, text);
    buf_append(&method->last, "", 1);
}

void request_method_note(struct request_method *method, const struct warc_record *record,
                         struct text head)
{
    buf_clear(&method->last);
    keep(method, text_of(warc_record_field(record, "WARC-Record-ID")));
    keep(method, text_of(warc_record_field(record, "WARC-Concurrent-To")));
    keep(method, method_of(head));
    method->no_memory = method->no_memory || buf_is_out_of_memory(&method->last);
    if (!buf_ok(&method->last))
        buf_clear(&method->last);
}

/* The last request's method, if it asked for the response; empty: it did not. */
static struct text method_for(const struct request_method *method,
                              const struct warc_record *response)
{
    struct text rest = buf_text(&method->last), id, concurrent, name;
    struct text response_id = text_of(warc_record_field(response, "WARC-Record-ID")),
                asked_by = text_of(warc_record_field(response, "WARC-Concurrent-To"));
    if (!text_split(&rest, '\0', &id) || !text_split(&rest, '\0', &concurrent) ||
        !text_split(&rest, '\0', &name))
        return TEXT("");
    bool asked = (concurrent.length && text_equal(concurrent, response_id)) ||
                 (id.length && text_equal(id, asked_by));
    return asked ? name : TEXT("");
}

/* Notes the record after the response, if it is a request. */
static void look_ahead(struct request_method *method, const struct warc_place *place)
{
    const struct warc_record *record;
    char head[HEAD_BYTES];
    size_t length = 0, piece_length;
    const char *piece;
    buf_clear(&method->last);
    if (!method->ahead)
        method->ahead = method->part ? warc_reader_open_part(method->path, method->part->from,
                                                             method->part->length, method->path)
                                     : warc_reader_open(method->path);
    if (!method->ahead) {
        method->no_memory = true;
        return;
    }
    if (warc_reader_seek(method->ahead, place->offset + place->length) != WARC_OK)
        return;
    enum warc_result got = warc_reader_next(method->ahead, &record);
    if ((got != WARC_OK && got != WARC_FLAWED) || record->type != WARC_REQUEST)
        return;
    while (length < sizeof head &&
           warc_reader_block(method->ahead, &piece, &piece_length) == WARC_OK)
        for (size_t i = 0; i < piece_length && length < sizeof head; i++)
            head[length++] = piece[i];
    request_method_note(method, record, (struct text){head, length});
}

bool request_method_is_get(struct request_method *method, const struct warc_record *response,
                           const struct warc_place *place)
{
    struct text name = method_for(method, response);
    if (!name.length) {
        look_ahead(method, place);
        name = method_for(method, response);
    }
    return !name.length || text_equal(name, TEXT("GET"));
}
