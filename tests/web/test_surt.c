/* SURT keys, compared with those of Python's surt (fixtures/urls/surt.tsv). */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fixture.h"
#include "web/surt.h"

enum { FILE_LONGEST = 1 << 20, ROWS_LEAST = 400 };

/* Decodes the escapes \t, \r, \n, \\ and \xNN in a column. */
static void read_column(struct text column, struct buf *out)
{
    static const char letters[] = "trn\\", meanings[] = "\t\r\n\\";
    buf_clear(out);
    for (size_t i = 0; i < column.length; i++) {
        if (column.at[i] != '\\') {
            buf_add_char(out, column.at[i]);
            continue;
        }
        ck_assert_uint_lt(++i, column.length);
        const char *letter = strchr(letters, column.at[i]);
        if (letter) {
            buf_add_char(out, meanings[letter - letters]);
            continue;
        }
        ck_assert(column.at[i] == 'x' && i + 2 < column.length);
        buf_add_char(out, (char)(hex_value(column.at[i + 1]) << 4 | hex_value(column.at[i + 2])));
        i += 2;
    }
}

START_TEST(key_is_the_one_that_pywb_looks_up)
{
    struct buf file, address, expected, key;
    struct text rest, line;
    size_t rows = 0, wrong = 0;
    buf_init(&file, FILE_LONGEST);
    buf_init(&address, FILE_LONGEST);
    buf_init(&expected, FILE_LONGEST);
    buf_init(&key, FILE_LONGEST);
    fixture_read("fixtures/urls/surt.tsv", &file);
    rest = buf_text(&file);
    while (text_split(&rest, '\n', &line) && rest.at) {
        struct text column;
        ck_assert(text_split(&line, '\t', &column) && line.at);
        read_column(column, &address);
        read_column(line, &expected);
        buf_clear(&key);
        surt_write(buf_text(&address), &key);
        rows++;
        if (text_equal(buf_text(&key), buf_text(&expected)))
            continue;
        wrong++;
        printf("%.*s: \"%.*s\", not \"%.*s\"\n", TEXT_ARGS(column), TEXT_ARGS(buf_text(&key)),
               TEXT_ARGS(buf_text(&expected)));
    }
    printf("%zu of %zu keys are right\n", rows - wrong, rows);
    fflush(stdout); /* Check ends the process without flushing */
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_ge(rows, ROWS_LEAST);
    buf_release(&file);
    buf_release(&address);
    buf_release(&expected);
    buf_release(&key);
}
END_TEST

/* Where Python's package raises an error there must still be a key, to find the record again. */
START_TEST(any_bytes_have_a_key)
{
    static const struct row {
        const char *address, *key;
    } rows[] = {
        {" \t", "http:"},
        {"http://example.com:99999/x", "com,example:99999)/x"},
        {"http://example.com:8o/x", "com,example:8o)/x"},
        {"http://example.com:80:90/x", "com,example:80:90)/x"},
        /* A blank or line end in a key would break the line of the index. */
        {"dns:a b", "dns:a%20b"},
    };
    struct buf key;
    buf_init(&key, FILE_LONGEST);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&key);
        surt_write(text_of(rows[i].address), &key);
        ck_assert_str_eq(key.data, rows[i].key);
    }
    buf_release(&key);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("surt");
    TCase *tests = tcase_create("surt");
    tcase_add_test(tests, key_is_the_one_that_pywb_looks_up);
    tcase_add_test(tests, any_bytes_have_a_key);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
