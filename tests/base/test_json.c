/* JSON: strings are written as ASCII, flat objects are read, everything else is refused. */
#include <config.h>

#include <check.h>
#include <string.h>

#include "base/json.h"

static void check_written(struct text text, const char *wanted)
{
    struct buf out;
    buf_init(&out, 1000);
    json_write_string(&out, text);
    ck_assert_str_eq(out.data, wanted);
    buf_release(&out);
}

START_TEST(strings_are_written_as_ascii)
{
    check_written(TEXT(""), "\"\"");
    check_written(TEXT("http://e/a?b=c"), "\"http://e/a?b=c\"");
    check_written(TEXT("\"\\/"), "\"\\\"\\\\/\"");
    check_written(TEXT("\b\f\n\r\t\x01\x1f\x7f"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"");
    check_written(TEXT("a\0b"), "\"a\\u0000b\"");
    check_written(TEXT("\xc3\xbc\xe2\x82\xac"), "\"\\u00fc\\u20ac\"");
    check_written(TEXT("\xf0\x9f\x98\x80"), "\"\\ud83d\\ude00\"");
    check_written(TEXT("\xf4\x8f\xbf\xbf"), "\"\\udbff\\udfff\"");
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_replaced)
{
    check_written(TEXT("a\xfcz"), "\"a\\ufffdz\"");
    check_written(TEXT("\xc0\xaf"), "\"\\ufffd\\ufffd\"");
    check_written(TEXT("\xe2\x82"), "\"\\ufffd\\ufffd\"");
    check_written(TEXT("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
    check_written(TEXT("\xf4\x90\x80\x80"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
}
END_TEST

/* Compares all members of an object, as "name=value;" and then the last result. */
static void check_read(struct text text, const char *wanted)
{
    struct buf scratch, found;
    struct text name, value;
    int result;
    buf_init(&scratch, 1000);
    buf_init(&found, 1000);
    while ((result = json_next_member(&text, &name, &value, &scratch)) == 1) {
        buf_add_text(&found, name);
        buf_add_char(&found, '=');
        buf_add_text(&found, value);
        buf_add_char(&found, ';');
    }
    buf_printf(&found, "%d", result);
    ck_assert_str_eq(found.data, wanted);
    buf_release(&scratch);
    buf_release(&found);
}

START_TEST(flat_objects_are_read)
{
    check_read(TEXT("{}"), "0");
    check_read(TEXT(" { } \n"), "0");
    check_read(TEXT("{\"url\": \"http://e/\", \"status\": \"200\"}"), "url=http://e/;status=200;0");
    check_read(TEXT("{\"a\":1,\"b\":-0.5e+3 , \"c\":true,\"d\":false,\"e\":null}\n"),
               "a=1;b=-0.5e+3;c=true;d=false;e=null;0");
    check_read(TEXT("{\"\":\"\"}"), "=;0");
    check_read(TEXT("{\"a\":\"{b}, \\\"c\\\"\"}"), "a={b}, \"c\";0");
}
END_TEST

START_TEST(escapes_are_decoded)
{
    check_read(TEXT("{\"a\\u0062\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}"), "ab=\"\\/\b\f\n\r\t;0");
    check_read(TEXT("{\"a\":\"\\u00fc\\u20AC\\ud83d\\ude00\"}"),
               "a=\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80;0");
    check_read(TEXT("{\"a\":\"\\ud83d x \\ude00\"}"), "a=\xef\xbf\xbd x \xef\xbf\xbd;0");
    check_read(
        TEXT("{\"long name that makes the buffer grow \\n and grow\":"
             "\"a value that is long enough to make it grow again, so that it moves \\n in "
             "memory\"}"),
        "long name that makes the buffer grow \n and grow="
        "a value that is long enough to make it grow again, so that it moves \n in memory;0");
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    struct buf object, scratch;
    struct text name, value, rest, kept = TEXT("a\"b\\c\n\xc3\xbc\xf0\x9f\x98\x80\0z");
    buf_init(&object, 1000);
    buf_init(&scratch, 1000);
    buf_add_char(&object, '{');
    json_write_string(&object, kept);
    buf_add_char(&object, ':');
    json_write_string(&object, kept);
    buf_add_char(&object, '}');
    rest = buf_text(&object);
    ck_assert_int_eq(json_next_member(&rest, &name, &value, &scratch), 1);
    ck_assert(text_equal(name, kept));
    ck_assert(text_equal(value, kept));
    ck_assert_int_eq(json_next_member(&rest, &name, &value, &scratch), 0);
    buf_release(&object);
    buf_release(&scratch);
}
END_TEST

static const char *const not_flat_objects[] = {
    "",
    "[]",
    "\"a\"",
    "{",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":\"b}",
    "{\"a\":\"b\"",
    "{\"a\":{}}",
    "{\"a\":[1]}",
    "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":1e}",
    "{\"a\":-}",
    "{\"a\":+1}",
    "{\"a\":tru}",
    "{\"a\":nullx}",
    "{a:1}",
    "{'a':1}",
    "{,\"a\":1}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\\"}",
    "{\"a\":\"x\ny\"}",
    "{} x",
};

START_TEST(anything_but_a_flat_object_is_refused)
{
    struct text rest = text_of(not_flat_objects[_i]), name, value;
    struct buf scratch;
    buf_init(&scratch, 1000);
    int result = json_next_member(&rest, &name, &value, &scratch);
    ck_assert_msg(result == -1, "%s: %d", not_flat_objects[_i], result);
    buf_release(&scratch);
}
END_TEST

START_TEST(a_later_error_is_refused_where_it_is)
{
    check_read(TEXT("{\"a\":1,}"), "a=1;-1");
    check_read(TEXT("{\"a\":1 \"b\":2}"), "-1");
    check_read(TEXT("{\"a\":1,,\"b\":2}"), "a=1;-1");
    check_read(TEXT("{\"a\":1}}"), "a=1;-1");
    check_read(TEXT("{\"a\":1,{\"b\":2}"), "a=1;-1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");
    tcase_add_test(tests, strings_are_written_as_ascii);
    tcase_add_test(tests, bytes_that_are_not_utf8_are_replaced);
    tcase_add_test(tests, flat_objects_are_read);
    tcase_add_test(tests, escapes_are_decoded);
    tcase_add_test(tests, what_is_written_is_read_back);
    tcase_add_loop_test(tests, anything_but_a_flat_object_is_refused, 0,
                        sizeof not_flat_objects / sizeof not_flat_objects[0]);
    tcase_add_test(tests, a_later_error_is_refused_where_it_is);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
