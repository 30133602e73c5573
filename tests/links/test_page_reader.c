/*
 * A body is read in a jail as it is read here, and of what comes out of the jail nothing is
 * believed.  The other end of the line is a real worker in some tests, and played in others.
 */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "html/page_text.h"
#include "links/links.h"
#include "links/page_reader.h"
#include "links/page_wire.h"

enum { YEAR = 2026 };

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static struct jail *jail;
static struct url address;

/* ---- a body, in pieces ---- */

struct sample {
    const char *name, *head;
    struct text body, rest;
    size_t piece; /* bytes at a time; 0: all */
};

static enum result next_piece(void *context, struct text *bytes)
{
    struct sample *sample = context;
    *bytes = text_first(sample->rest, sample->piece ? sample->piece : sample->rest.length);
    sample->rest = text_skip(sample->rest, bytes->length);
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_sample(void *context)
{
    struct sample *sample = context;
    sample->rest = sample->body;
    return (struct body_source){next_piece, sample};
}

/* ---- all that is read of it, as text ---- */

static void write_words(const struct page_facts *facts, bool is_page, struct buf *out)
{
    struct page_words words;
    buf_printf(out, "robots %.*s, referrer %.*s\n", TEXT_ARGS(facts->robots),
               TEXT_ARGS(facts->referrer));
    if (!is_page)
        return;
    ck_assert_ptr_nonnull(facts->pieces);
    page_words_begin(&words, TEXT(""), facts->pieces);
    for (struct page_word word; page_words_next(&words, &word);)
        buf_printf(out, "%s%.*s ", word.is_after_tag ? "/" : "", TEXT_ARGS(word.text));
    page_words_begin(&words, TEXT(""), facts->pieces);
    buf_printf(out, "\n%d pages\n", page_words_page_count(&words));
}

static void write_links(struct page_reader *reader, const struct body_facts *body,
                        const struct http_head *head, struct text text, struct buf *out)
{
    enum body_error error = BODY_SOUND;
    struct link link;
    const struct links_source source = {.url = &address,
                                        .kind = body->kind,
                                        .charset =
                                            media_type_charset(http_field(head, "Content-Type")),
                                        .bytes = text,
                                        .head = head,
                                        .error = &error,
                                        .year = YEAR,
                                        .reader = reader};
    struct links *links = links_open(&source);
    ck_assert_ptr_nonnull(links);
    const struct page_facts facts = links_page_facts(links);
    write_words(&facts, body->kind == MEDIA_HTML, out);
    while (links_next(links, &link)) {
        ck_assert(text_equal(url_href(link.parsed), link.url));
        buf_printf(out, "%s %d %.*s %.*s %d %d %d %d %d %lld %.*s\n", link_class_name(link.class),
                   link.certainty, TEXT_ARGS(link.url), TEXT_ARGS(link.where), link.rule,
                   link.suspect, link.referrer, link.posts, link.document + 2 * link.any_host,
                   (long long)link.dated_ms, TEXT_ARGS(url_host(link.parsed)));
    }
    ck_assert(links_ok(links));
    ck_assert(links_close(links));
    buf_printf(out, "then %s\n", body_error_name(error));
}

/* Reads the sample, and writes down all that is found. */
static void read_sample(struct page_reader *reader, struct sample *sample, struct buf *out)
{
    struct http_head head;
    struct body_facts facts;
    struct trouble trouble;
    ck_assert(http_response_read(&head, text_of(sample->head)));
    const struct page_source source = {.url = url_href(&address),
                                       .head = &head,
                                       .head_bytes = text_of(sample->head),
                                       .response_bytes = sample->body.length,
                                       .open = open_sample,
                                       .context = sample,
                                       .reopens = true};
    ck_assert_int_eq(page_reader_read(reader, &source, &facts, &trouble), RESULT_OK);
    struct text text = page_reader_text(reader, &facts.error);
    buf_printf(out, "%s: %s, %s, %s, %zu bytes, %llx\n%.*s\n", sample->name,
               body_error_name(facts.error), media_kind_name(facts.kind),
               facts.wanted ? "wanted" : "not wanted", text.length,
               (unsigned long long)page_reader_fingerprint(reader, &facts.error),
               TEXT_ARGS(text_first(text, 2000)));
    write_links(reader, &facts, &head, text, out);
    page_reader_leave(reader);
    http_head_release(&head);
}

static void release(struct sample *sample)
{
    free((char *)(uintptr_t)sample->body.at);
}

static struct text copy(struct text text)
{
    char *bytes = malloc(text.length + 1);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text.at, text.length);
    return (struct text){bytes, text.length};
}

static struct text zipped(struct text text)
{
    size_t room = text.length + text.length / 100 + 100;
    char *bytes = malloc(room);
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)text.at,
                       .avail_in = (uInt)text.length,
                       .next_out = (Bytef *)bytes,
                       .avail_out = (uInt)room};
    ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return (struct text){bytes, stream.total_out};
}

#define PAGE                                                                                     \
    "<title>A page</title><meta name=robots content=noindex><meta name=referrer content=origin>" \
    "<p>Page 3 of 41 has some words that a reader of the page can see</p><a href=/2024/05/>May " \
    "(3)</a><a href='?page=4' rel=next>next</a><img src=//img.test/a.png srcset='b.png 2x'>"     \
    "<script>var a = 'https://cdn.test/app.js'</script><a href='http://other.test/x y'>there</a>"

static const char html_head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                "Link: </style.css>; rel=stylesheet\r\n\r\n";

static struct text long_page(void)
{
    struct buf page;
    buf_init(&page, 1 << 22);
    buf_add(&page, PAGE);
    for (int i = 0; i < 5000; i++)
        buf_printf(&page, "<p>Words of paragraph %d</p><a href=/p/%d>%d</a>", i, i, i);
    struct text text = copy(buf_text(&page));
    buf_release(&page);
    return text;
}

static struct text one_long_text(void)
{
    struct buf page;
    buf_init(&page, 1 << 22);
    for (int i = 0; i < 40000; i++)
        buf_printf(&page, "word%d ", i);
    struct text text = copy(buf_text(&page));
    buf_release(&page);
    return text;
}

static struct text sitemap(void)
{
    struct buf list;
    buf_init(&list, 1 << 24);
    buf_add(&list, "<?xml version='1.0'?><urlset "
                   "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>");
    for (int i = 0; i < 20000; i++)
        buf_printf(&list,
                   "<url><loc>http://page.test/post/%d</loc><lastmod>2024-05-06</lastmod>"
                   "</url>",
                   i);
    buf_add(&list, "</urlset>");
    struct text text = copy(buf_text(&list));
    buf_release(&list);
    return text;
}

static struct text short_page(void)
{
    return copy(TEXT(PAGE));
}

static struct text zipped_page(void)
{
    return zipped(TEXT(PAGE));
}

static struct text chunks(void)
{
    return copy(TEXT("11\r\n<a href=/in-chunk\r\n2\r\ns>\r\n0\r\n\r\n"));
}

static struct text zeros(void)
{
    return (struct text){calloc(1, 300000), 300000};
}

static struct text cut_gzip(void)
{
    struct text plain = zeros(), body = zipped(plain);
    free((char *)(uintptr_t)plain.at);
    return text_first(body, body.length - 9);
}

static struct text cyrillic(void)
{
    return copy(TEXT("<p>\xcf\xf0\xe8\xe2\xe5\xf2<a href='/\xcf?\xcf'>"));
}

static struct text chinese(void)
{
    return copy(TEXT("<meta charset=big5><p>\xa4\xa4\xa4\xe5 <a href='/?q=\xa4\xa4'>\xa4\xe5</a>"));
}

static struct text nothing(void)
{
    return copy(TEXT(""));
}

#define HEAD(type, more) ("HTTP/1.1 200 OK\r\nContent-Type: " type "\r\n" more "\r\n")

static const struct sample_row {
    const char *name, *head;
    struct text (*body)(void);
    size_t piece;
} samples[] = {
    {"plain", html_head, short_page, 0},
    {"gzip", HEAD("text/html", "Content-Encoding: gzip\r\n"), zipped_page, 7},
    {"chunked", HEAD("text/html", "Transfer-Encoding: chunked\r\n"), chunks, 0},
    {"long", html_head, long_page, 0},
    {"picture", HEAD("image/png", ""), zeros, 0},
    {"damaged gzip", HEAD("image/png", "Content-Encoding: gzip\r\n"), cut_gzip, 0},
    {"unknown coding", HEAD("text/html", "Content-Encoding: compress\r\n"), short_page, 0},
    {"windows-1251", HEAD("text/html; charset=windows-1251", ""), cyrillic, 0},
    {"Big5", HEAD("text/html", ""), chinese, 0},
    {"sitemap", HEAD("text/xml", ""), sitemap, 0},
    {"empty", html_head, nothing, 0},
    {"one text", html_head, one_long_text, 0},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static struct sample make_sample(int number)
{
    const struct sample_row *row = &samples[number];
    return (struct sample){
        .name = row->name, .head = row->head, .body = row->body(), .piece = row->piece};
}

/* ---- the real worker ---- */

static void begin(void)
{
    struct trouble trouble;
    ck_assert_int_eq(jail_new(&jail, &page_reader_task, &trouble), RESULT_OK);
    url_init(&address);
    ck_assert_int_eq(url_parse(&address, TEXT("http://page.test/dir/"), NULL, TEXT("")), URL_OK);
}

static void end(void)
{
    jail_free(jail);
    url_release(&address);
}

START_TEST(it_is_read_there_as_it_is_here)
{
    struct page_reader *here = page_reader_new(NULL), *there = page_reader_new(jail);
    struct sample sample = make_sample(_i);
    struct buf read_here, read_there;
    buf_init(&read_here, 1 << 26);
    buf_init(&read_there, 1 << 26);
    for (int turn = 0; turn < 2; turn++) { /* the second time, URLs are known */
        buf_clear(&read_here);
        buf_clear(&read_there);
        read_sample(here, &sample, &read_here);
        read_sample(there, &sample, &read_there);
        ck_assert(buf_ok(&read_here) && read_here.length > 20);
        ck_assert(strcmp(read_there.data, read_here.data) == 0);
        ck_assert_str_eq(page_reader_words(there), "");
    }
    buf_release(&read_here);
    buf_release(&read_there);
    release(&sample);
    page_reader_free(here);
    page_reader_free(there);
}
END_TEST

/* What a caller keeps with a link is there again on the next page. */
START_TEST(a_note_is_kept_with_its_url)
{
    struct page_reader *reader = page_reader_new(jail);
    struct sample sample = make_sample(0);
    struct http_head head;
    struct trouble trouble;
    ck_assert(http_response_read(&head, text_of(sample.head)));
    for (uint64_t turn = 0; turn < 3; turn++) {
        struct body_facts facts;
        struct link link;
        const struct page_source page = {.url = url_href(&address),
                                         .head = &head,
                                         .head_bytes = text_of(sample.head),
                                         .response_bytes = sample.body.length,
                                         .open = open_sample,
                                         .context = &sample};
        ck_assert_int_eq(page_reader_read(reader, &page, &facts, &trouble), RESULT_OK);
        const struct links_source source = {
            .url = &address, .kind = facts.kind, .reader = reader, .year = YEAR};
        struct links *links = links_open(&source);
        while (links_next(links, &link)) {
            ck_assert_ptr_nonnull(link.note);
            ck_assert_uint_eq(*link.note, turn ? link.url.length : 0);
            *link.note = link.url.length;
        }
        ck_assert(links_close(links));
    }
    http_head_release(&head);
    release(&sample);
    page_reader_free(reader);
}
END_TEST

/* ---- a worker that lies ---- */

static int liar; /* its end of the line */

static void say(uint32_t kind, const void *bytes, size_t length)
{
    const uint32_t head[] = {kind, (uint32_t)length};
    ck_assert_int_eq(write(liar, head, sizeof head), sizeof head);
    ck_assert_int_eq(write(liar, bytes, length), (ssize_t)length);
}

static void say_body(struct body_answer answer)
{
    say(SAY_BODY, &answer, sizeof answer);
}

static void say_page(void)
{
    const struct facts_answer facts = {.pieces = WIRE_NO_PIECES};
    say(SAY_FACTS, &facts, sizeof facts);
}

static const struct body_answer sound = {.length = 5, .kind = MEDIA_HTML, .wanted = 1};

static struct link_record good_link(const char *url)
{
    return (struct link_record){.url_length = (uint32_t)strlen(url),
                                .class = LINK_PAGE,
                                .certainty = LINK_CERTAIN};
}

static void say_link(struct link_record record, const char *url, size_t length)
{
    char bytes[4096];
    memcpy(bytes, &record, sizeof record);
    memcpy(bytes + sizeof record, url, length);
    say(SAY_LINKS, bytes, sizeof record + length);
}

/* Reads a page of which all that comes is a lie.  What it is told. */
static enum body_error read_lies(struct jail *lying, int *count)
{
    struct page_reader *reader = page_reader_new(lying);
    struct sample sample = make_sample(0);
    struct body_facts facts;
    struct trouble trouble;
    struct link link;
    const struct page_source page = {.url = url_href(&address),
                                     .head = NULL,
                                     .response_bytes = sample.body.length,
                                     .open = open_sample,
                                     .context = &sample};
    *count = 0;
    ck_assert_int_eq(page_reader_read(reader, &page, &facts, &trouble), RESULT_OK);
    const struct links_source source = {
        .url = &address, .kind = facts.kind, .error = &facts.error, .year = YEAR, .reader = reader};
    struct links *links = links_open(&source);
    while (links_next(links, &link)) {
        struct text host = url_host(link.parsed);
        ck_assert(link.url.length && host.length && host.length < link.url.length);
        ++*count;
    }
    ck_assert(links_close(links));
    if (facts.error == BODY_UNDECODABLE)
        ck_assert_str_ne(page_reader_words(reader), "");
    release(&sample);
    page_reader_free(reader);
    return facts.error;
}

static const int32_t done[] = {0, 0};
static const char url[] = "http://page.test/a";

/* The line between us and a worker that the test plays. */
static struct jail *begin_lies(void)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    liar = ends[0];
    return jail_played(ends[1]);
}

/* What is believed of all that was said: a number of links, or nothing. */
static void end_lies(struct jail *lying, enum body_error wanted, int links)
{
    int count;
    shutdown(liar, SHUT_WR);
    ck_assert_int_eq(read_lies(lying, &count), wanted);
    ck_assert_int_eq(count, links);
    jail_free(lying);
    close(liar);
}

enum { OUT_OF_PLACE = 4 };

START_TEST(a_message_out_of_place_makes_a_page_undecodable)
{
    struct jail *lying = begin_lies();
    if (_i == 0)
        say(SAY_BODY, "short", 5);
    else if (_i == 1)
        say(SAY_LINKS, "", 0);
    else
        say_body(sound);
    if (_i == 2)
        say(SAY_FACTS, "short", 5);
    else if (_i == 3)
        say(SAY_DONE, done, sizeof done);
    end_lies(lying, BODY_UNDECODABLE, 0);
}
END_TEST

static const struct body_answer body_lies[] = {
    {.length = 5, .kind = MEDIA_HTML, .wanted = 1, .error = BODY_ERRORS},
    {.length = 5, .kind = MEDIA_HTML, .wanted = 1, .error = -1},
    {.length = 5, .kind = MEDIA_XSL + 1, .wanted = 1},
    {.length = UINT64_C(1) << 40, .kind = MEDIA_HTML, .wanted = 1},
    {.length = 5, .kind = MEDIA_HTML, .wanted = 2},
    {.length = 5, .kind = MEDIA_HTML, .wanted = 1, .error = BODY_UNDECODABLE},
};

START_TEST(lies_about_its_body_make_a_page_undecodable)
{
    struct jail *lying = begin_lies();
    say_body(body_lies[_i]);
    end_lies(lying, BODY_UNDECODABLE, 0);
}
END_TEST

static const struct facts_lie {
    struct facts_answer facts;
    uint32_t piece[2];
} facts_lies[] = {
    {{.robots_length = 1000}, {0, 0}},
    {{.visible_bytes = UINT64_C(1) << 60}, {0, 0}},
    {{.pieces = WIRE_PIECES, .visible_bytes = 10}, {1000, 0}},
    {{.pieces = WIRE_PIECES, .visible_bytes = 3}, {4, 0}}, /* with the byte between, too long */
    {{.pieces = WIRE_PLACES + 1}, {0, 0}},
    {{.pieces = WIRE_PLACES}, {1, 0}},
    {{.pieces = WIRE_PLACES}, {0, 1000}},
    {{.pieces = WIRE_PLACES}, {UINT32_MAX, UINT32_MAX}},
};

START_TEST(lies_about_its_words_make_a_page_undecodable)
{
    struct jail *lying = begin_lies();
    say_body(sound);
    say(SAY_FACTS, &facts_lies[_i].facts, sizeof facts_lies[_i].facts);
    if (facts_lies[_i].facts.pieces)
        say(facts_lies[_i].facts.pieces == WIRE_PIECES ? SAY_PIECES : SAY_PLACES,
            facts_lies[_i].piece, sizeof facts_lies[_i].piece);
    end_lies(lying, BODY_UNDECODABLE, 0);
}
END_TEST

static const int32_t end_lies_of[][2] = {{BODY_ERRORS, 0}, {-1, 0}};

START_TEST(lies_about_its_end_make_a_page_undecodable)
{
    struct jail *lying = begin_lies();
    say_body(sound);
    say_page();
    say(SAY_DONE, end_lies_of[_i], sizeof end_lies_of[_i]);
    end_lies(lying, BODY_UNDECODABLE, 0);
}
END_TEST

/* What differs from a good record; the rest is filled in. */
static const struct link_record link_lies[] = {
    {.class = LINK_CLASSES},
    {.class = LINK_PAGE, .certainty = 2},
    {.class = LINK_PAGE, .rule = URL_RULES},
    {.class = LINK_PAGE, .url_length = 1 << 30},
    {.class = LINK_PAGE, .where_length = 500},
    {.class = LINK_PAGE, .url_length = 5}, /* no NUL follows */
    {.class = LINK_PAGE, .posts = -1},
};

START_TEST(lies_about_a_link_make_a_page_undecodable)
{
    struct jail *lying = begin_lies();
    struct link_record record = link_lies[_i];
    record.url_length = record.url_length ? record.url_length : sizeof url - 1;
    record.certainty = record.certainty ? record.certainty : LINK_CERTAIN;
    say_body(sound);
    say_page();
    say_link(record, url, sizeof url);
    say(SAY_DONE, done, sizeof done);
    end_lies(lying, BODY_UNDECODABLE, 0);
}
END_TEST

static const char *const skipped[] = {"no address", "javascript:x", "file:///etc/passwd", NULL};

START_TEST(a_url_that_is_none_costs_only_its_link)
{
    struct jail *lying = begin_lies();
    say_body(sound);
    say_page();
    if (skipped[_i])
        say_link(good_link(skipped[_i]), skipped[_i], strlen(skipped[_i]) + 1);
    say_link(good_link(url), url, sizeof url);
    say(SAY_DONE, done, sizeof done);
    end_lies(lying, BODY_SOUND, 1);
}
END_TEST

/* A URL that is not written as we write it is not taken for another host's. */
START_TEST(urls_are_parsed_again)
{
    static const char odd[] = "HTTP://PAGE.test:80/%7ea\\b";
    struct jail *lying = begin_lies();
    say_body(sound);
    say_page();
    say_link(good_link(odd), odd, sizeof odd);
    say(SAY_DONE, done, sizeof done);
    end_lies(lying, BODY_SOUND, 1);
}
END_TEST

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&page_reader_task);
    Suite *suite = suite_create("page reader");
    TCase *tests = tcase_create("page reader");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, it_is_read_there_as_it_is_here, 0, SAMPLES);
    tcase_add_test(tests, a_note_is_kept_with_its_url);
    tcase_add_loop_test(tests, a_message_out_of_place_makes_a_page_undecodable, 0, OUT_OF_PLACE);
    tcase_add_loop_test(tests, lies_about_its_body_make_a_page_undecodable, 0, COUNT(body_lies));
    tcase_add_loop_test(tests, lies_about_its_words_make_a_page_undecodable, 0, COUNT(facts_lies));
    tcase_add_loop_test(tests, lies_about_its_end_make_a_page_undecodable, 0, COUNT(end_lies_of));
    tcase_add_loop_test(tests, lies_about_a_link_make_a_page_undecodable, 0, COUNT(link_lies));
    tcase_add_loop_test(tests, a_url_that_is_none_costs_only_its_link, 0, COUNT(skipped));
    tcase_add_test(tests, urls_are_parsed_again);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
