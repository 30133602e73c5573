/*
 * The tokenizer's tests of html5lib-tests (fixtures/html/tokens.tsv). Some steps are left to the
 * code that uses the tokens, so they are done here: names in lower case, the first of two
 * attributes, character references, replacement characters.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "html/entities.h"
#include "html/tokenizer.h"
#include "tests/fixture.h"

enum { FILE_LONGEST = 1 << 22, CASES_LEAST = 6900 };
enum column { FILE_NAME, STATE, ELEMENT, INPUT, EXPECTED, COLUMNS };

/* ---- columns ---- */

/* "\\" and "\x0a" stand for bytes. */
static void unescape(struct text column, struct buf *out)
{
    buf_clear(out);
    buf_add(out, "");
    for (size_t i = 0; i < column.length; i++)
        if (column.at[i] != '\\')
            buf_add_char(out, column.at[i]);
        else if (column.at[++i] == 'x') {
            buf_add_char(out,
                         (char)(hex_value(column.at[i + 1]) << 4 | hex_value(column.at[i + 2])));
            i += 2;
        } else
            buf_add_char(out, column.at[i]);
}

/* ---- our tokens ---- */

static void add_replaced(struct text text, struct buf *out)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i])
            buf_add_char(out, text.at[i]);
        else
            buf_add(out, "\xef\xbf\xbd");
}

static void add_lower(struct text name, struct buf *out)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = ascii_lower(name.at[i]);
        add_replaced((struct text){&c, 1}, out);
    }
}

static void add_decoded(struct text text, bool references, bool in_attribute, struct buf *out)
{
    struct buf decoded;
    buf_init(&decoded, FILE_LONGEST);
    if (references)
        entities_decode(text, in_attribute, &decoded);
    else
        buf_add_text(&decoded, text);
    add_replaced(buf_text(&decoded), out);
    buf_release(&decoded);
}

static void add_start(const struct tokenizer *t, struct buf *out)
{
    buf_add_char(out, '<');
    add_lower(t->text, out);
    for (size_t i = 0; i < t->attribute_count; i++) {
        bool first = true;
        for (size_t j = 0; j < i; j++)
            first = first && !text_equal_nocase(t->attributes[i].name, t->attributes[j].name);
        if (!first)
            continue;
        buf_add_char(out, ' ');
        add_lower(t->attributes[i].name, out);
        buf_add_char(out, '=');
        add_decoded(t->attributes[i].value, true, true, out);
    }
    buf_add(out, t->self_closing ? "/>" : ">");
}

/* Text comes in pieces. The pieces of one text follow each other directly. */
static void end_text(struct buf *text, bool references, struct buf *out)
{
    if (text->length) {
        buf_add_char(out, '"');
        add_decoded(buf_text(text), references, false, out);
        buf_add_char(out, '"');
    }
    buf_clear(text);
}

static void write_tokens(struct text state, struct text element, struct text input, struct buf *out)
{
    struct tokenizer t;
    struct buf text;
    bool raw = !text_equal(state, TEXT("data"));
    buf_init(&text, FILE_LONGEST);
    buf_clear(out);
    buf_add(out, "");
    tokenizer_init(&t, input);
    if (raw)
        t.raw = text_equal(state, TEXT("plaintext")) ? state
                : element.length                     ? element
                : text_equal(state, TEXT("script"))  ? state
                                                     : TEXT("xmp");
    bool references = !raw || text_equal(state, TEXT("rcdata"));
    for (size_t from = 0;; from = t.at) {
        enum token_kind kind = tokenizer_next(&t);
        if (kind == TOKEN_TEXT) {
            buf_add_text(&text, t.text);
            continue;
        }
        end_text(&text, references, out);
        references = true; /* raw content has ended */
        if (kind == TOKEN_END)
            break;
        if (kind == TOKEN_START)
            add_start(&t, out);
        else if (kind == TOKEN_COMMENT &&
                 text_starts_nocase(text_skip(input, from), TEXT("<!doctype")))
            buf_add(out, "<!>");
        else {
            buf_add(out, kind == TOKEN_CLOSE ? "</" : "<!--");
            if (kind == TOKEN_CLOSE)
                add_lower(t.text, out);
            else
                add_replaced(t.text, out);
            buf_add(out, kind == TOKEN_CLOSE ? ">" : "-->");
        }
        t.raw = TEXT(""); /* the tests say what is raw, not the tokenizer */
    }
    buf_release(&text);
}

START_TEST(html_is_tokenized_as_in_html5lib_tests)
{
    struct buf file, input, expected, tokens;
    struct text rest, line, columns[COLUMNS];
    size_t cases = 0, right = 0;
    buf_init(&file, FILE_LONGEST);
    buf_init(&input, FILE_LONGEST);
    buf_init(&expected, FILE_LONGEST);
    buf_init(&tokens, FILE_LONGEST);
    fixture_read("fixtures/html/tokens.tsv", &file);
    rest = buf_text(&file);
    while (text_split(&rest, '\n', &line) && line.length) {
        for (int i = 0; i < COLUMNS; i++)
            ck_assert(text_split(&line, '\t', &columns[i]));
        unescape(columns[INPUT], &input);
        unescape(columns[EXPECTED], &expected);
        write_tokens(columns[STATE], columns[ELEMENT], buf_text(&input), &tokens);
        cases++;
        if (text_equal(buf_text(&tokens), buf_text(&expected)))
            right++;
        else
            printf("%.*s, %.*s, %.*s: %s instead of %s\n", TEXT_ARGS(columns[FILE_NAME]),
                   TEXT_ARGS(columns[STATE]), TEXT_ARGS(columns[INPUT]), tokens.data,
                   expected.data);
    }
    printf("%zu of %zu inputs of html5lib-tests are right\n", right, cases);
    fflush(stdout); /* Check ends the process without flushing */
    ck_assert_uint_eq(right, cases);
    ck_assert_uint_ge(cases, CASES_LEAST);
    buf_release(&file);
    buf_release(&input);
    buf_release(&expected);
    buf_release(&tokens);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tokens");
    TCase *tests = tcase_create("tests");
    tcase_add_test(tests, html_is_tokenized_as_in_html5lib_tests);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
