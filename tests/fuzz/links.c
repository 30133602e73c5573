#include <config.h>

#include "tests/fuzz/links.h"

#include "base/buf.h"
#include "base/hash.h"
#include "tests/fuzz/fuzz.h"

enum { LINES_MOST = 1 << 28, YEAR = 2026 };

static void add_line(struct buf *lines, const struct link *link)
{
    buf_add(lines, link_class_name(link->class));
    buf_add_char(lines, ' ');
    buf_add_text(lines, link->url);
    buf_add_char(lines, ' ');
    buf_add(lines, link_certainty_name(link->certainty));
    buf_add_char(lines, ' ');
    buf_add_text(lines, link->where);
    buf_add_char(lines, ' ');
    buf_add(lines, link->rule ? url_rule_name(link->rule) : "-");
    buf_add(lines, link->document ? " document\n" : "\n");
}

static void check_address(const struct link *link)
{
    static struct url again; /* keeps its room from link to link */
    const struct url *parts = link->parsed;
    if (!again.href.limit)
        url_init(&again);
    FUZZ_CHECK(fuzz_is_visible(link->url));
    FUZZ_CHECK(text_find_char(link->url, '#') < 0);
    FUZZ_CHECK(url_parse(&again, link->url, NULL, TEXT("")) == URL_OK);
    FUZZ_CHECK(text_equal(url_href(&again), link->url));
    FUZZ_CHECK(text_equal(url_resource(parts), link->url));
    FUZZ_CHECK(parts->https == again.https && parts->port == again.port &&
               parts->host == again.host && parts->host_end == again.host_end &&
               parts->path == again.path && parts->path_end == again.path_end &&
               parts->query == again.query && parts->fragment == again.fragment);
}

static void take_and_check(void *context, const struct link *link)
{
    FUZZ_CHECK(link->class < LINK_CLASSES);
    FUZZ_CHECK(link->certainty == LINK_POSSIBLE || link->certainty == LINK_CERTAIN);
    FUZZ_CHECK(link->class != LINK_TRAP || link->rule);
    FUZZ_CHECK(link->where.length > 0 && text_find_char(link->where, '\n') < 0);
    FUZZ_CHECK(!link->note);
    check_address(link);
    add_line(context, link);
}

/* What is kept with a remembered anchor comes back with the same address and class only. */
static void take_with_note(void *context, const struct link *link)
{
    add_line(context, link);
    if (!link->note)
        return;
    uint64_t mine = hash_text(&(struct hash_key){(uint64_t)link->class, 1}, link->url);
    FUZZ_CHECK(*link->note == 0 || *link->note == mine);
    *link->note = mine;
}

/* Gives each link to `take`. */
static bool each(const struct links_source *source, void (*take)(void *, const struct link *),
                 void *context)
{
    struct links *links = links_open(source);
    struct link link;
    while (links && links_next(links, &link))
        take(context, &link);
    return links_close(links);
}

static int by_bytes(const void *left, const void *right)
{
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

/* Each class has had each address once: lines begin with both. */
static void check_once(struct text lines)
{
    static struct text *firsts;
    static size_t room;
    size_t count = 0;
    struct text line;
    while (lines.length && text_split(&lines, '\n', &line) && line.length) {
        if (count == room) {
            room = room ? room * 2 : 1024;
            firsts = realloc(firsts, room * sizeof *firsts);
            FUZZ_CHECK(firsts);
        }
        size_t class = (size_t)text_find_char(line, ' ') + 1;
        firsts[count++] =
            text_first(line, class + (size_t)text_find_char(text_skip(line, class), ' '));
    }
    if (count)
        qsort(firsts, count, sizeof *firsts, by_bytes);
    for (size_t i = 1; i < count; i++)
        FUZZ_CHECK(!text_equal(firsts[i - 1], firsts[i]));
}

void fuzz_links(enum media_kind kind, const struct http_head *head, struct text bytes)
{
    static struct anchor_cache *anchors;
    static struct url page, other_page;
    static struct buf lines, again;
    if (!anchors) {
        anchors = anchor_cache_new();
        url_init(&page);
        url_init(&other_page);
        buf_init(&lines, LINES_MOST);
        buf_init(&again, LINES_MOST);
        FUZZ_CHECK(anchors &&
                   url_parse(&page, TEXT("http://example.com/list/2"), NULL, TEXT("")) == URL_OK &&
                   url_parse(&other_page, TEXT("http://example.com/2021/06/a.html"), NULL,
                             TEXT("")) == URL_OK);
    }
    struct links_source source = {.url = &page,
                                  .kind = kind,
                                  .charset = TEXT(""),
                                  .bytes = bytes,
                                  .head = head,
                                  .year = YEAR};
    buf_clear(&lines);
    FUZZ_CHECK(each(&source, take_and_check, &lines));
    FUZZ_CHECK(buf_ok(&lines));
    check_once(buf_text(&lines));
    source.anchors = anchors;
    for (int round = 0; round < 3; round++) {
        buf_clear(&again);
        source.url = round == 1 ? &other_page : &page;
        FUZZ_CHECK(each(&source, take_with_note, &again));
        FUZZ_CHECK(round == 1 || text_equal(buf_text(&again), buf_text(&lines)));
    }
}
