/*
 * URLs of web-platform-tests (fixtures/urls/urltestdata.json), as browsers must read them.  Only
 * some cases matter to a crawler: those whose result is an http or https URL, and those that must
 * fail and have such an input or base.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "tests/fixture.h"
#include "web/url.h"

enum { FILE_LONGEST = 1 << 22, CASES_LEAST = 420 };

enum field { INPUT, BASE, HREF, PROTOCOL, HOST, HOSTNAME, PORT, PATHNAME, SEARCH, HASH, FIELDS };

static const char *const field_names[FIELDS] = {
    [INPUT] = "input",   [BASE] = "base",         [HREF] = "href", [PROTOCOL] = "protocol",
    [HOST] = "host",     [HOSTNAME] = "hostname", [PORT] = "port", [PATHNAME] = "pathname",
    [SEARCH] = "search", [HASH] = "hash",
};

struct example {
    struct buf fields[FIELDS];
    bool must_fail;
};

/* Cases that url.c is known to get wrong, with the reason.  A case that passes must be removed. */
static const struct flaw {
    struct text input;
    const char *reason;
} flaws[] = {
    {{NULL, 0}, NULL},
};

static const struct flaw *find_flaw(struct text input)
{
    for (const struct flaw *flaw = flaws; flaw->reason; flaw++)
        if (text_equal(flaw->input, input))
            return flaw;
    return NULL;
}

/* ---- the file ---- */

/* Takes the next object from the array.  Its members are not objects themselves.  Strings between
 * the objects are remarks. */
static bool next_object(struct text *rest, struct text *object)
{
    bool in_string = false;
    size_t begin = SIZE_MAX;
    for (size_t i = 0; i < rest->length; i++) {
        char c = rest->at[i];
        if (in_string && c == '\\') {
            i++;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && c == '{') {
            begin = i;
        } else if (!in_string && c == '}') {
            ck_assert_uint_ne(begin, SIZE_MAX);
            *object = text_skip(text_first(*rest, i + 1), begin);
            *rest = text_skip(*rest, i + 1);
            return true;
        }
    }
    return false;
}

static void read_example(struct text object, struct example *example)
{
    struct text name, value;
    struct buf scratch;
    int result;
    buf_init(&scratch, FILE_LONGEST);
    example->must_fail = false;
    for (int i = 0; i < FIELDS; i++)
        buf_clear(&example->fields[i]);
    while ((result = json_next_member(&object, &name, &value, &scratch)) > 0) {
        for (int i = 0; i < FIELDS; i++)
            if (text_equal(name, text_of(field_names[i])) &&
                (i != BASE || !text_equal(value, TEXT("null"))))
                buf_add_text(&example->fields[i], value);
        if (text_equal(name, TEXT("failure")))
            example->must_fail = text_equal(value, TEXT("true"));
    }
    ck_assert_int_eq(result, 0);
    buf_release(&scratch);
}

static struct text field(const struct example *example, enum field name)
{
    return buf_text(&example->fields[name]);
}

static bool names_http(struct text address)
{
    while (address.length && (unsigned char)address.at[0] <= ' ')
        address = text_skip(address, 1);
    return text_starts_nocase(address, TEXT("http:")) ||
           text_starts_nocase(address, TEXT("https:"));
}

static bool counts(const struct example *example)
{
    if (!example->must_fail)
        return names_http(field(example, HREF));
    return names_http(field(example, INPUT)) || names_http(field(example, BASE));
}

/* ---- one case ---- */

/* Sets what the browsers' API calls "search" or "hash": the sign and the text, or nothing when the
 * text is empty. */
static void set_marked(struct buf *to, char mark, struct text text)
{
    if (text.length)
        buf_add_char(to, mark);
    buf_add_text(to, text);
}

static void tell_parts(const struct url *url, struct buf parts[FIELDS])
{
    struct text authority = url_authority(url), host = url_host(url);
    buf_add_text(&parts[HREF], url_href(url));
    buf_add(&parts[PROTOCOL], url->https ? "https:" : "http:");
    buf_add_text(&parts[HOST], authority);
    buf_add_text(&parts[HOSTNAME], host);
    if (authority.length > host.length)
        buf_printf(&parts[PORT], "%u", (unsigned)url->port);
    buf_add_text(&parts[PATHNAME], url_path(url));
    set_marked(&parts[SEARCH], '?', url_query(url));
    set_marked(&parts[HASH], '#', text_skip(url_href(url), url_resource(url).length + 1));
}

static bool has_right_parts(const struct url *url, const struct example *example,
                            struct buf *complaint)
{
    struct buf parts[FIELDS];
    bool right = true;
    for (int i = 0; i < FIELDS; i++)
        buf_init(&parts[i], FILE_LONGEST);
    tell_parts(url, parts);
    for (int i = HREF; i < FIELDS; i++) {
        struct text is = buf_text(&parts[i]), should = buf_text(&example->fields[i]);
        if (text_equal(is, should))
            continue;
        right = false;
        buf_printf(complaint, " %s is \"%.*s\", not \"%.*s\"", field_names[i], TEXT_ARGS(is),
                   TEXT_ARGS(should));
    }
    for (int i = 0; i < FIELDS; i++)
        buf_release(&parts[i]);
    return right;
}

static bool is_right(const struct example *example, struct buf *complaint)
{
    static const char *const answers[] = {
        [URL_OK] = "an address",
        [URL_NOT_HTTP] = "not http",
        [URL_INVALID] = "invalid",
    };
    struct url base, url;
    bool right = true, has_base = field(example, BASE).length > 0;
    url_init(&base);
    url_init(&url);
    if (has_base && url_parse(&base, field(example, BASE), NULL, TEXT("")) != URL_OK) {
        /* We do not accept this base, so `input` must be absolute. */
        has_base = false;
        right = !names_http(field(example, BASE));
    }
    enum url_result result =
        url_parse(&url, field(example, INPUT), has_base ? &base : NULL, TEXT(""));
    if (!right)
        buf_add(complaint, " the base is refused");
    else if ((result != URL_OK) != example->must_fail) {
        right = false;
        buf_printf(complaint, " is %s: %s", answers[result], result == URL_OK ? url.href.data : "");
    } else if (!example->must_fail)
        right = has_right_parts(&url, example, complaint);
    url_release(&base);
    url_release(&url);
    return right;
}

START_TEST(is_read_as_web_platform_tests_have_it)
{
    size_t cases = 0, right = 0, surprises = 0, known = 0;
    struct buf file, complaint;
    struct text rest, object;
    struct example example;
    buf_init(&file, FILE_LONGEST);
    buf_init(&complaint, FILE_LONGEST);
    for (int i = 0; i < FIELDS; i++)
        buf_init(&example.fields[i], FILE_LONGEST);
    fixture_read("fixtures/urls/urltestdata.json", &file);
    rest = buf_text(&file);
    while (next_object(&rest, &object)) {
        read_example(object, &example);
        if (!counts(&example))
            continue;
        struct text input = field(&example, INPUT), base = field(&example, BASE);
        const struct flaw *flaw = find_flaw(input);
        buf_clear(&complaint);
        bool is = is_right(&example, &complaint);
        cases++;
        right += is;
        known += flaw != NULL;
        if (is != !flaw) {
            surprises++;
            printf("\"%.*s\" against \"%.*s\":%.*s\n", TEXT_ARGS(input), TEXT_ARGS(base),
                   TEXT_ARGS(is ? TEXT(" comes right but is listed as wrong")
                                : buf_text(&complaint)));
        }
    }
    printf("%zu of %zu addresses of web-platform-tests are right, %zu known wrong\n", right, cases,
           known);
    fflush(stdout); /* Check ends the process without flushing */
    ck_assert_uint_eq(surprises, 0);
    ck_assert_uint_ge(cases, CASES_LEAST);
    for (int i = 0; i < FIELDS; i++)
        buf_release(&example.fields[i]);
    buf_release(&file);
    buf_release(&complaint);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url_wpt");
    TCase *tests = tcase_create("web-platform-tests");
    tcase_add_test(tests, is_read_as_web_platform_tests_have_it);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
