/* Writes the warcinfo record of a repaired file. */
#include <config.h>

#include "repair/made_from.h"

#include <string.h>

#include "base/gzip.h"
#include "base/plain_text.h"
#include "warc/draft_head.h"

enum { FIELDS_MOST = 1 << 24, HEAD_MOST = 1 << 16 };

/* A header cannot have every name that a file may have. */
static bool fits_header(const char *name)
{
    struct buf plain;
    buf_init(&plain, HEAD_MOST);
    plain_text_add(&plain, text_of(name));
    bool fits = buf_ok(&plain) && text_equal(buf_text(&plain), text_of(name));
    buf_release(&plain);
    return fits;
}

static void write_fields(const struct made_from *made, struct buf *out)
{
    const char *slash = strrchr(made->source, '/');
    buf_printf(out,
               "software: warccap/%s\r\nformat: WARC File Format 1.1\r\n"
               "description: repaired copy; the source was not changed\r\nrepairedFrom: ",
               PACKAGE_VERSION);
    plain_text_add(out, text_of(slash && slash[1] ? slash + 1 : made->source));
    buf_add(out, "\r\n");
    if (made->source_bytes >= 0)
        buf_printf(out, "repairedFromBytes: %lld\r\nrepairedFromSha256: %s\r\n",
                   (long long)made->source_bytes, made->source_sha256);
    buf_add_text(out, made->lines);
}

static enum result write_record(struct draft_head *head, const struct warc_draft *draft,
                                struct text block, struct buf *out, struct trouble *trouble)
{
    struct buf bytes;
    struct gzip *gzip = gzip_new();
    enum result result = RESULT_BROKEN;
    buf_init(&bytes, FIELDS_MOST + HEAD_MOST);
    if (draft_head_begin(head, draft)) {
        draft_head_add(head, block);
        draft_head_end(head);
        if (draft_head_write(head, draft, (int64_t)block.length, NULL, &bytes, trouble) == WARC_OK)
            result = RESULT_OK;
    } else
        trouble_say(trouble, RESULT_BROKEN, "no memory for a warcinfo record");
    buf_add_text(&bytes, block);
    buf_add(&bytes, "\r\n\r\n");
    if (result == RESULT_OK &&
        (!gzip || !buf_ok(&bytes) || !gzip_member(gzip, GZIP_SMALL, buf_text(&bytes), out)))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for a warcinfo record");
    gzip_free(gzip);
    buf_release(&bytes);
    return result;
}

enum result made_from_write(const struct made_from *made, struct buf *out, struct trouble *trouble)
{
    struct draft_head head;
    struct buf fields;
    const struct warc_field file_name = {"WARC-Filename", made->file};
    struct warc_draft draft = {.struct_size = sizeof draft,
                               .type = WARC_WARCINFO,
                               .content_type = "application/warc-fields",
                               .fields = &file_name,
                               .field_count = fits_header(made->file)};
    enum result result = RESULT_BROKEN;
    buf_init(&fields, FIELDS_MOST);
    warc_id_make(draft.id);
    write_fields(made, &fields);
    bool ready = draft_head_init(&head);
    if (!ready || !buf_ok(&fields))
        trouble_say(trouble, RESULT_BROKEN, "no memory for a warcinfo record");
    else
        result = write_record(&head, &draft, buf_text(&fields), out, trouble);
    draft_head_release(&head);
    buf_release(&fields);
    return result;
}
