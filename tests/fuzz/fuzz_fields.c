/*
 * Blocks of application/warc-fields: all that is given lies in the block, in its order; names have
 * no colon; and fields that are written one a line are read as the same again.
 */
#include <config.h>

#include "base/buf.h"
#include "tests/fuzz/fuzz.h"
#include "warccap/warc.h"

struct field {
    struct text name, value;
};

static enum warc_result take(struct text *rest, struct field *field)
{
    return warc_fields_next(&rest->at, &rest->length, &field->name.at, &field->name.length,
                            &field->value.at, &field->value.length);
}

static void check_field(struct text block, struct text passed, const struct field *field,
                        enum warc_result result)
{
    FUZZ_CHECK(fuzz_is_inside(block, field->name) && fuzz_is_inside(passed, field->value));
    FUZZ_CHECK(result == WARC_OK || result == WARC_FLAWED);
    FUZZ_CHECK((result == WARC_OK) == (field->name.length > 0));
    FUZZ_CHECK(text_find_char(field->name, ':') < 0);
    FUZZ_CHECK(text_equal(text_trim(field->name), field->name) &&
               text_equal(text_trim(field->value), field->value));
}

static void write_and_read(struct text block)
{
    struct buf written;
    struct field field, again;
    buf_init(&written, 4 * block.length + 64);
    for (struct text rest = block; take(&rest, &field) != WARC_END;)
        if (field.name.length) {
            buf_add_text(&written, field.name);
            buf_add(&written, ": ");
            buf_add_text(&written, field.value);
            buf_add(&written, "\r\n");
        }
    struct text copy = buf_text(&written);
    for (struct text rest = block; take(&rest, &field) != WARC_END;)
        if (field.name.length) {
            FUZZ_CHECK(take(&copy, &again) == WARC_OK);
            FUZZ_CHECK(text_equal(field.name, again.name) && text_equal(field.value, again.value));
        }
    FUZZ_CHECK(take(&copy, &again) == WARC_END);
    buf_release(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text block = fuzz_text(data, size), rest = block;
    struct field field;
    enum warc_result result;
    for (struct text before = rest; (result = take(&rest, &field)) != WARC_END; before = rest) {
        FUZZ_CHECK(rest.length < before.length && rest.at + rest.length == block.at + block.length);
        check_field(block, text_first(before, before.length - rest.length), &field, result);
    }
    FUZZ_CHECK(!rest.length && take(&rest, &field) == WARC_END);
    write_and_read(block);
    return 0;
}
