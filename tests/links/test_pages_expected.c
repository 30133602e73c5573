/*
 * Bodies that are expected are read as any others, however many are under way, whatever else is
 * wanted of them than was said, and whichever of them ends the process that reads them.
 */
#include <config.h>

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "links/page_reader_internal.h"

#define FATAL "these bytes end the process"

enum { YEAR = 2026, BODIES = 48, LONG = 400 * 1024, OUTER_FD = STDERR_FILENO + 1 };

/* ---- a worker with a mistake: it crashes when it meets FATAL ---- */

struct mortal {
    int ends[2]; /* ours, the worker's */
    void *state;
    /* All threads have begun: the jail allows no more of what a start needs. */
    pthread_mutex_t lock;
    pthread_cond_t one_more;
    int begun;
};

enum { THREADS = 3 };

static void wait_until_all_begun(struct mortal *mortal)
{
    pthread_mutex_lock(&mortal->lock);
    mortal->begun++;
    pthread_cond_broadcast(&mortal->one_more);
    while (mortal->begun < THREADS)
        pthread_cond_wait(&mortal->one_more, &mortal->lock);
    pthread_mutex_unlock(&mortal->lock);
}

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t wrote = write(fd, bytes, length);
        if (wrote <= 0)
            _exit(0);
        bytes += wrote;
        length -= (size_t)wrote;
    }
}

static void *do_work(void *context)
{
    static const struct messages_patience for_ever;
    struct mortal *mortal = context;
    wait_until_all_begun(mortal);
    page_reader_task.work(mortal->state, messages_new(mortal->ends[1], &for_ever));
    return NULL;
}

static void *pass_answers_on(void *context)
{
    struct mortal *mortal = context;
    char bytes[4096];
    wait_until_all_begun(mortal);
    for (ssize_t got; (got = read(mortal->ends[0], bytes, sizeof bytes)) > 0;)
        write_all(OUTER_FD, bytes, (size_t)got);
    return NULL;
}

static void *prepare(void)
{
    static struct mortal mortal = {.lock = PTHREAD_MUTEX_INITIALIZER,
                                   .one_more = PTHREAD_COND_INITIALIZER};
    pthread_t threads[THREADS - 1];
    mortal.state = page_reader_task.prepare();
    if (!mortal.state || socketpair(AF_UNIX, SOCK_STREAM, 0, mortal.ends) != 0 ||
        pthread_create(&threads[0], NULL, do_work, &mortal) != 0 ||
        pthread_create(&threads[1], NULL, pass_answers_on, &mortal) != 0)
        return NULL;
    wait_until_all_begun(&mortal);
    return &mortal;
}

static void work(void *state, struct messages *line)
{
    const struct mortal *mortal = state;
    static char seen[sizeof FATAL + 4096];
    size_t kept = 0;
    (void)line;
    for (ssize_t got; (got = read(OUTER_FD, seen + kept, sizeof seen - kept)) > 0;) {
        size_t before = kept;
        kept += (size_t)got;
        if (text_find((struct text){seen, kept}, TEXT(FATAL)) >= 0)
            __builtin_trap();
        write_all(mortal->ends[0], seen + before, (size_t)got);
        size_t rest = kept < sizeof FATAL ? kept : sizeof FATAL - 1;
        memmove(seen, seen + kept - rest, rest);
        kept = rest;
    }
}

static const struct jail_task mortal_task = {prepare, work};

/* ---- bodies ---- */

struct body {
    char url[64], page[64];
    const char *head_text;
    struct http_head head;
    struct buf bytes;
    bool is_open, fatal;
    struct page_source source;
};

static struct body bodies[BODIES];

static enum result next_piece(void *context, struct text *bytes)
{
    struct body *body = context;
    *bytes = body->is_open ? buf_text(&body->bytes) : TEXT("");
    body->is_open = false;
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_body(void *context)
{
    struct body *body = context;
    body->is_open = true;
    return (struct body_source){next_piece, body};
}

#define HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nLink: </s.css>; rel=stylesheet\r\n\r\n"

static void fill(struct body *body, int number)
{
    struct buf *out = &body->bytes;
    body->head_text = HTML;
    buf_printf(out, "<title>%d</title><meta name=robots content=noindex>", number);
    for (int i = 0; i < 1 + number * 7 % 90; i++)
        buf_printf(out, "<p>Some words %d of %d</p><a href='/%d/%d'>there</a>", i, number, number,
                   i);
    switch (number % 8) {
    case 1: /* only its beginning is needed */
        body->head_text = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n";
        buf_clear(out);
        buf_add(out, "\x89PNG\r\n\x1a\n");
        while (out->length < 60000)
            buf_add(out, "noise ");
        break;
    case 2: /* not what its type says: all of it is needed */
        body->head_text = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n";
        buf_clear(out);
        buf_add(out, "<!DOCTYPE html><html>");
        for (int i = 0; out->length < 60000; i++)
            buf_printf(out, "<a href=/page/%d>more</a>", i);
        break;
    case 3:
        body->head_text = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n";
        buf_clear(out);
        buf_add(out, "11\r\n<a href=/in-chunk\r\n2\r\ns>\r\n0\r\n\r\n");
        break;
    case 4:
        body->head_text = "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\n";
        snprintf(body->page, sizeof body->page, "http://page.test/of/%d/", number);
        buf_clear(out);
        buf_printf(out, "import('./part-%d.js'); var a = 'img/%d.png';", number, number);
        break;
    case 5:
        body->head_text = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=big5\r\n\r\n";
        buf_add(out, "<p>\xa4\xa4\xa4\xe5 <a href='/?q=\xa4\xa4'>\xa4\xe5</a>");
        break;
    case 6:
        for (int i = 0; number == 22 && out->length < LONG; i++)
            buf_printf(out, "<p>%d</p><a href=/long/%d>x</a>", i, i);
        break;
    case 7:
        buf_clear(out);
        break;
    }
}

static bool is_chunked(const struct body *body)
{
    return strstr(body->head_text, "chunked");
}

static void make_bodies(void)
{
    for (int i = 0; i < BODIES; i++) {
        struct body *body = &bodies[i];
        *body = (struct body){.is_open = false};
        snprintf(body->url, sizeof body->url, "http://page.test/dir/%d", i);
        buf_init(&body->bytes, 1 << 24);
        fill(body, i);
        ck_assert(buf_ok(&body->bytes));
        ck_assert(http_response_read(&body->head, text_of(body->head_text)));
        body->source = (struct page_source){.url = text_of(body->url),
                                            .head = &body->head,
                                            .head_bytes = text_of(body->head_text),
                                            .response_bytes = body->bytes.length,
                                            .plain = is_chunked(body) ? (struct text){NULL, 0}
                                                                      : buf_text(&body->bytes),
                                            .open = open_body,
                                            .context = body,
                                            .reopens = true,
                                            .ahead = {.year = YEAR,
                                                      .page = text_of(body->page),
                                                      .fingerprint = i % 5 == 0,
                                                      .bytes = buf_text(&body->bytes)}};
    }
}

static void free_bodies(void)
{
    for (int i = 0; i < BODIES; i++) {
        http_head_release(&bodies[i].head);
        buf_release(&bodies[i].bytes);
    }
}

/* ---- all that is read of one, as text ---- */

static void read_one(struct page_reader *reader, struct body *body, struct buf *out)
{
    struct body_facts facts;
    struct trouble trouble;
    struct url url, page;
    struct link link;
    struct page_words words;
    enum body_error error = BODY_SOUND;
    url_init(&url);
    url_init(&page);
    buf_clear(out);
    ck_assert_int_eq(page_reader_read(reader, &body->source, &facts, &trouble), RESULT_OK);
    if (facts.error == BODY_UNDECODABLE)
        ck_assert_str_ne(page_reader_words(reader), "");
    struct text text = page_reader_text(reader, &facts.error);
    buf_printf(out, "%s %s %d %zu bytes\n", body_error_name(facts.error),
               media_kind_name(facts.kind), facts.wanted, text.length);
    if (facts.kind == MEDIA_HTML && (body->source.ahead.fingerprint || body->bytes.length % 3 == 0))
        buf_printf(out, "%llx\n",
                   (unsigned long long)page_reader_fingerprint(reader, &facts.error));
    ck_assert_int_eq(url_parse(&url, text_of(body->url), NULL, TEXT("")), URL_OK);
    bool has_page = body->page[0] && facts.kind == MEDIA_JAVASCRIPT;
    if (has_page)
        ck_assert_int_eq(url_parse(&page, text_of(body->page), NULL, TEXT("")), URL_OK);
    struct text type = http_field(&body->head, "Content-Type");
    const struct links_source source = {.url = &url,
                                        .kind = facts.kind,
                                        .page = has_page ? &page : NULL,
                                        .charset = media_type_charset(type),
                                        .bytes = text,
                                        .head = &body->head,
                                        .error = &error,
                                        .year = YEAR,
                                        .reader = reader};
    struct links *links = links_open(&source);
    const struct page_facts said = links_page_facts(links);
    buf_printf(out, "robots %.*s\n", TEXT_ARGS(said.robots));
    if (facts.kind == MEDIA_HTML && facts.error == BODY_SOUND) {
        page_words_begin(&words, TEXT(""), said.pieces);
        for (struct page_word word; page_words_next(&words, &word);)
            buf_printf(out, "%.*s ", TEXT_ARGS(word.text));
    }
    while (links_next(links, &link))
        buf_printf(out, "%d %d %.*s %.*s\n", link.class, link.certainty, TEXT_ARGS(link.url),
                   TEXT_ARGS(link.where));
    ck_assert(links_close(links));
    buf_printf(out, "then %s\n", body_error_name(error));
    ck_assert(buf_ok(out));
    page_reader_leave(reader);
    url_release(&url);
    url_release(&page);
}

/* Reads the body here and there.  A fatal one cannot be read there. */
static void check_one(struct page_reader *here, struct page_reader *there, struct body *body)
{
    struct buf read_here, read_there;
    buf_init(&read_here, 1 << 24);
    buf_init(&read_there, 1 << 24);
    read_one(here, body, &read_here);
    read_one(there, body, &read_there);
    if (body->fatal)
        ck_assert(text_starts(buf_text(&read_there), TEXT("undecodable")));
    else
        ck_assert_str_eq(read_there.data, read_here.data);
    buf_release(&read_here);
    buf_release(&read_there);
}

static struct jail *jail;
static struct page_reader *here, *there;

static void begin(void)
{
    struct trouble trouble;
    make_bodies();
    ck_assert_int_eq(jail_new(&jail, &mortal_task, &trouble), RESULT_OK);
    here = page_reader_new(NULL);
    there = page_reader_new(jail);
    ck_assert(here && there);
}

static void end(void)
{
    page_reader_free(here);
    page_reader_free(there);
    jail_free(jail);
    free_bodies();
}

/* Reads all, `window` of them expected at a time. */
static void check_all(int window)
{
    int expected = 0;
    for (int i = 0; i < BODIES; i++) {
        for (; expected < BODIES && expected < i + window; expected++)
            page_reader_expect(there, &bodies[expected].source);
        check_one(here, there, &bodies[i]);
    }
}

static const int windows[] = {0, 1, 2, 5, PAGES_AHEAD_MOST, PAGES_AHEAD_MOST + 4};

START_TEST(expected_bodies_are_read_as_any)
{
    check_all(windows[_i]);
    ck_assert_str_eq(page_reader_words(there), "");
}
END_TEST

START_TEST(another_wish_is_met_too)
{
    for (int i = 0; i < BODIES; i++) {
        struct page_ahead *ahead = &bodies[i].source.ahead;
        ahead->without_text = i % 3 == 0;
        ahead->without_body = i % 4 == 1;
        ahead->year = i % 7 == 3 ? YEAR - 30 : YEAR;
        ahead->page = i % 5 == 4 ? TEXT("http://other.test/") : ahead->page;
    }
    check_all(8);
}
END_TEST

/* Each loses itself only. */
START_TEST(a_body_that_ends_the_process_costs_no_other)
{
    for (int i = _i; i < BODIES; i += 11) {
        bodies[i].fatal = true;
        buf_clear(&bodies[i].bytes);
        buf_add(&bodies[i].bytes, "<p>Here " FATAL "<a href=/x>x</a>");
        bodies[i].source.plain = bodies[i].source.ahead.bytes = buf_text(&bodies[i].bytes);
    }
    check_all(6);
}
END_TEST

START_TEST(what_is_not_read_is_left)
{
    for (int i = 0; i < 10; i++)
        page_reader_expect(there, &bodies[i].source);
    check_one(here, there, &bodies[0]);
    check_one(here, there, &bodies[3]);  /* two are left */
    check_one(here, there, &bodies[20]); /* it was not expected */
    check_one(here, there, &bodies[4]);
    page_reader_expect_none(there);
    check_one(here, there, &bodies[21]);
    for (int i = 5; i < 9; i++)
        page_reader_expect(there, &bodies[i].source);
    check_one(here, there, &bodies[8]);
}
END_TEST

START_TEST(a_worker_that_has_read_very_many_is_replaced)
{
    check_all(4);
    ck_assert_int_ge(there->asked_of_worker, BODIES);
    there->asked_of_worker = BODIES_A_WORKER - 7;
    check_all(4);
    ck_assert_int_le(there->asked_of_worker, 2 * BODIES);
    ck_assert_str_eq(page_reader_words(there), "");
}
END_TEST

START_TEST(so_is_one_that_holds_much_memory)
{
    there->worker_most = _i ? 1 : there->worker_most;
    for (int i = 0; i < WEIGH_EVERY / BODIES + 1; i++)
        check_all(4);
    if (_i)
        ck_assert_int_lt(there->asked_of_worker, WEIGH_EVERY);
    else
        ck_assert_int_ge(there->asked_of_worker, WEIGH_EVERY);
    ck_assert_str_eq(page_reader_words(there), "");
}
END_TEST

/* Whether the memory of a worker can be known here. */
static bool jail_weighs(void)
{
    struct trouble trouble;
    bool weighs = jail_new(&jail, &mortal_task, &trouble) == RESULT_OK &&
                  jail_worker(jail, &trouble) && jail_worker_bytes(jail) > 0;
    jail_free(jail);
    return weighs;
}

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&mortal_task);
    Suite *suite = suite_create("pages expected");
    TCase *tests = tcase_create("pages expected");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, expected_bodies_are_read_as_any, 0,
                        sizeof windows / sizeof *windows);
    tcase_add_test(tests, another_wish_is_met_too);
    tcase_add_loop_test(tests, a_body_that_ends_the_process_costs_no_other, 0, 3);
    tcase_add_test(tests, what_is_not_read_is_left);
    tcase_add_test(tests, a_worker_that_has_read_very_many_is_replaced);
    tcase_add_loop_test(tests, so_is_one_that_holds_much_memory, 0, jail_weighs() ? 2 : 1);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
