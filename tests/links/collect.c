/* Collects links as lines of text, with and without an anchor cache. */
#include <config.h>

#include "collect.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"

enum { LINES_MOST = 1 << 24 };

static void add_line(void *context, const struct link *link)
{
    struct buf *lines = context;
    buf_add(lines, link_class_name(link->class));
    buf_add_char(lines, ' ');
    buf_add(lines, link_certainty_name(link->certainty));
    buf_add_char(lines, ' ');
    buf_add_text(lines, link->url);
    buf_add_char(lines, ' ');
    buf_add_text(lines, link->where);
    if (link->rule) {
        buf_add(lines, " [");
        buf_add(lines, url_rule_name(link->rule));
        buf_add_char(lines, ']');
    }
    if (link->posts)
        buf_printf(lines, " (%d posts)", link->posts);
    if (link->dated_ms) {
        char date[DATE_WARC_SIZE];
        date_write_warc(link->dated_ms, date);
        buf_printf(lines, " (%s)", date);
    }
    buf_add(lines, link->document ? " document\n" : "\n");
}

/* A note kept with a remembered anchor comes back with the same URL and class only. */
static void add_line_and_note(void *context, const struct link *link)
{
    add_line(context, link);
    if (!link->note)
        return;
    uint64_t mine = hash_text(&(struct hash_key){(uint64_t)link->class, 1}, link->url);
    ck_assert(*link->note == 0 || *link->note == mine);
    *link->note = mine;
}

bool collect_each(const struct links_source *source, collect_take *take, void *context)
{
    struct links *links = links_open(source);
    struct link link;
    while (links && links_next(links, &link))
        take(context, &link);
    return links_close(links);
}

static void extract(struct links_source *source, const char *base, collect_take *take,
                    void *context)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(base), NULL, TEXT("")), URL_OK);
    source->url = &url;
    source->year = COLLECT_YEAR;
    ck_assert(collect_each(source, take, context));
    url_release(&url);
}

/* Extracts without a cache, then with one that all tests of the program share, both before and
 * after it has met the bytes. The links have to be the same. */
static void extract_lines(struct links_source *source, const char *base, struct buf *lines)
{
    static struct anchor_cache *anchors;
    struct buf again;
    size_t before = lines->length;
    buf_init(&again, LINES_MOST);
    extract(source, base, add_line, lines);
    ck_assert(buf_ok(lines));
    anchors = anchors ? anchors : anchor_cache_new();
    ck_assert_ptr_nonnull(anchors);
    source->anchors = anchors;
    for (int round = 0; round < 2; round++) {
        buf_clear(&again);
        extract(source, base, add_line_and_note, &again);
        ck_assert(text_equal(buf_text(&again), text_skip(buf_text(lines), before)));
    }
    source->anchors = NULL;
    buf_release(&again);
}

void collect(enum media_kind kind, const char *base, struct text charset, struct text bytes,
             struct buf *lines)
{
    struct links_source source = {.kind = kind, .charset = charset, .bytes = bytes};
    extract_lines(&source, base, lines);
}

void collect_with_head(enum media_kind kind, const char *base, const char *head, struct text bytes,
                       struct buf *lines)
{
    struct http_head parsed;
    ck_assert(http_response_read(&parsed, text_of(head)));
    struct links_source source = {
        .kind = kind, .charset = TEXT(""), .bytes = bytes, .head = &parsed};
    extract_lines(&source, base, lines);
    http_head_release(&parsed);
}

static void count_one(void *context, const struct link *link)
{
    (void)link;
    ++*(size_t *)context;
}

size_t collect_count(enum media_kind kind, const char *base, struct text bytes)
{
    struct links_source source = {.kind = kind, .charset = TEXT(""), .bytes = bytes};
    size_t count = 0;
    extract(&source, base, count_one, &count);
    return count;
}

void collect_expects(enum media_kind kind, const char *base, const char *bytes,
                     const char *expected)
{
    struct buf lines;
    buf_init(&lines, LINES_MOST);
    buf_add(&lines, "");
    collect(kind, base, TEXT(""), text_of(bytes), &lines);
    ck_assert_str_eq(lines.data, expected);
    buf_release(&lines);
}

void collect_expects_first(const char *base, const char *html, const char *expected)
{
    struct buf lines;
    buf_init(&lines, 1 << 16);
    buf_add(&lines, "");
    collect(MEDIA_HTML, base, TEXT(""), text_of(html), &lines);
    ck_assert_msg(text_starts(buf_text(&lines), text_of(expected)) &&
                      lines.data[strlen(expected)] == ' ',
                  "%s on %s: not %s but %s", html, base, expected, lines.data);
    buf_release(&lines);
}

void collect_repeated(enum media_kind kind, const char *base, const char *begin, const char *piece)
{
    struct buf bytes;
    buf_init(&bytes, 2 * HOSTILE_BYTES + 4096);
    buf_add(&bytes, begin);
    hostile_repeat(&bytes, piece, HOSTILE_BYTES / strlen(piece));
    collect_count(kind, base, buf_text(&bytes));
    buf_release(&bytes);
}
