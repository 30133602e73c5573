/*
 * What may be shown of any bytes.  JSON: any bytes written as a string are read back, the same ones
 * when they are UTF-8; members of an object written anew are the same members.
 */
#include <config.h>

#include <iconv.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/plain_text.h"
#include "tests/fuzz/fuzz.h"

enum { WRITTEN_MOST = 1 << 26 };

/* Writes {"name": "value"} and reads it again. */
static void there_and_back(struct text name, struct text value, struct buf *name_out,
                           struct buf *value_out)
{
    struct buf written, scratch;
    struct text rest, name_again, value_again;
    buf_init(&written, WRITTEN_MOST);
    buf_init(&scratch, WRITTEN_MOST);
    buf_add_char(&written, '{');
    json_write_string(&written, name);
    buf_add(&written, ": ");
    json_write_string(&written, value);
    buf_add_char(&written, '}');
    FUZZ_CHECK(buf_ok(&written));
    rest = buf_text(&written);
    for (size_t i = 0; i < rest.length; i++)
        FUZZ_CHECK(rest.at[i] >= ' ' && rest.at[i] < 0x7f);
    FUZZ_CHECK(json_next_member(&rest, &name_again, &value_again, &scratch) == 1);
    buf_clear(name_out);
    buf_clear(value_out);
    buf_add_text(name_out, name_again);
    buf_add_text(value_out, value_again);
    FUZZ_CHECK(json_next_member(&rest, &name_again, &value_again, &scratch) == 0 && !rest.length);
    buf_release(&written);
    buf_release(&scratch);
}

/* By somebody else's judgement. */
static bool is_utf8(struct text text)
{
    static iconv_t converter;
    char *from = (char *)(uintptr_t)text.at, out[256];
    size_t left = text.length;
    converter = converter ? converter : iconv_open("UTF-32", "UTF-8");
    FUZZ_CHECK(converter != (iconv_t)-1);
    iconv(converter, NULL, NULL, NULL, NULL);
    while (left) {
        char *to = out;
        size_t room = sizeof out, before = left;
        iconv(converter, &from, &left, &to, &room);
        if (left == before)
            return false;
    }
    return true;
}

static bool is_replaced(struct text text)
{
    return is_utf8(text) && text_find(text, TEXT("\xef\xbf\xbd")) >= 0;
}

/* What comes back is stable, and is what was written unless that was no UTF-8. */
static void check_strings(struct text name, struct text value)
{
    struct buf names[2], values[2];
    for (int i = 0; i < 2; i++) {
        buf_init(&names[i], WRITTEN_MOST);
        buf_init(&values[i], WRITTEN_MOST);
    }
    there_and_back(name, value, &names[0], &values[0]);
    FUZZ_CHECK(is_utf8(value) ? text_equal(buf_text(&values[0]), value)
                              : is_replaced(buf_text(&values[0])));
    FUZZ_CHECK(is_utf8(name) ? text_equal(buf_text(&names[0]), name)
                             : is_replaced(buf_text(&names[0])));
    there_and_back(buf_text(&names[0]), buf_text(&values[0]), &names[1], &values[1]);
    FUZZ_CHECK(text_equal(buf_text(&names[0]), buf_text(&names[1])));
    FUZZ_CHECK(text_equal(buf_text(&values[0]), buf_text(&values[1])));
    for (int i = 0; i < 2; i++) {
        buf_release(&names[i]);
        buf_release(&values[i]);
    }
}

/* What is shown of any bytes is UTF-8 without control characters; plain text stays as it is. */
static void check_plain(struct text bytes)
{
    struct buf shown, again;
    buf_init(&shown, WRITTEN_MOST);
    buf_init(&again, WRITTEN_MOST);
    plain_text_add(&shown, bytes);
    plain_text_add(&again, buf_text(&shown));
    FUZZ_CHECK(buf_ok(&shown) && text_equal(buf_text(&shown), buf_text(&again)));
    FUZZ_CHECK(is_utf8(buf_text(&shown)));
    for (size_t i = 0; i < shown.length; i++)
        FUZZ_CHECK((unsigned char)shown.data[i] >= ' ' && shown.data[i] != 0x7f);
    buf_release(&shown);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size), rest = bytes, name, value;
    struct buf scratch;
    int result;
    buf_init(&scratch, WRITTEN_MOST);
    check_plain(bytes);
    check_strings(TEXT("a"), bytes);
    for (;;) {
        size_t before = rest.length;
        result = json_next_member(&rest, &name, &value, &scratch);
        FUZZ_CHECK(fuzz_is_inside(bytes, rest));
        if (result != 1)
            break;
        FUZZ_CHECK(rest.length < before);
        FUZZ_CHECK(fuzz_is_inside(bytes, name) || fuzz_is_inside(buf_text(&scratch), name));
        FUZZ_CHECK(fuzz_is_inside(bytes, value) || fuzz_is_inside(buf_text(&scratch), value));
        check_strings(name, value);
    }
    FUZZ_CHECK(result == 0 || result == -1);
    FUZZ_CHECK(result == -1 || !rest.length);
    buf_release(&scratch);
    return 0;
}
