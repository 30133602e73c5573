/* Lists are read from the sorted index as they are asked for, and a page of a list has a ceiling,
 * so that an archive of any size is shown at once. */
#include <config.h>

#include "serve/front_page.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/wording.h"
#include "html/page_title.h"
#include "serve/archived_host.h"
#include "serve/capture_link.h"
#include "serve/cdx_answer.h"
#include "serve/memento.h"
#include "serve/query_field.h"
#include "serve/run_pages.h"
#include "web/surt.h"
#include "web/url.h"

enum {
    HOSTS_MOST = 200,
    PAGES_MOST = 50,       /* on one page of the list */
    LINES_MOST = 100000,   /* of the index that are read for one */
    CAPTURES_MOST = 20000, /* shown of one URL */
    TITLE_READ = 128 * 1024,
    KEY_MOST = 1 << 20,
};

struct front_page {
    struct archive_set *set;
    const char *local;
    bool player; /* there is one */
    struct text target;
    struct served_response *response;
    struct buf *body;
};

/* ---- parts of pages ---- */

static void add_form(struct front_page *page, struct text url)
{
    buf_add(page->body, "<form action=\"/pages\"><label>Pages whose URL begins with: "
                        "<input name=\"url\" value=\"");
    served_add_escaped(page->body, url);
    buf_add(page->body, "\"></label> <button>List them</button></form>\n"
                        "<form action=\"/captures\"><label>All captures of the URL: "
                        "<input name=\"url\" value=\"");
    served_add_escaped(page->body, url);
    buf_add(page->body, "\"></label> <button>List them</button></form>\n");
}

/* ---- / ---- */

static void seek_past(struct cdxj_lookup *lookup, struct text key, size_t length, const char *end)
{
    struct buf next;
    buf_init(&next, KEY_MOST);
    buf_add_text(&next, text_first(key, length));
    buf_add(&next, end);
    if (buf_ok(&next))
        cdxj_lookup_seek(lookup, buf_text(&next));
    buf_release(&next);
}

static void add_player_link(struct front_page *page, size_t archive, struct text url)
{
    buf_printf(page->body,
               " (<a href=\"http://warccap-player.%s/?archive=%zu&amp;url=", page->local, archive);
    query_field_write(url, page->body);
    buf_add(page->body, "\">in the player</a>)");
}

static void add_host(struct front_page *page, size_t archive, struct text url)
{
    struct url parsed;
    url_init(&parsed);
    if (url_parse(&parsed, url, NULL, TEXT("")) == URL_OK) {
        buf_add(page->body, "<li>");
        buf_printf(page->body, "<a href=\"/pages?archive=%zu&amp;url=", archive);
        query_field_write(text_first(url_href(&parsed), parsed.path + 1), page->body);
        buf_add(page->body, "\">");
        served_add_escaped(page->body, url_authority(&parsed));
        buf_add(page->body, "</a>");
        if (page->player)
            add_player_link(page, archive, text_first(url_href(&parsed), parsed.path + 1));
        buf_add(page->body, "</li>\n");
    }
    url_release(&parsed);
}

/* One line for each host: the index has them together, and the rest of each is skipped. */
static void add_hosts(struct front_page *page, size_t archive)
{
    struct cdxj_lookup *lookup = archive_set_index(page->set, archive);
    struct cdxj_entry entry;
    struct text line;
    int64_t place;
    int hosts = 0;
    enum result got = cdxj_lookup_first(lookup, &entry, &line, &place);
    buf_add(page->body, "<ul>\n");
    for (; got != RESULT_END && hosts < HOSTS_MOST;
         got = cdxj_lookup_next(lookup, &entry, &line, &place)) {
        ptrdiff_t end = got == RESULT_OK ? text_find_char(entry.key, ')') : -1;
        ptrdiff_t colon = got == RESULT_OK ? text_find_char(entry.key, ':') : -1;
        if (end >= 0) {
            add_host(page, archive, entry.url);
            hosts++;
            seek_past(lookup, entry.key, (size_t)end, "*"); /* what follows ')' */
        } else if (colon >= 0)
            seek_past(lookup, entry.key, (size_t)colon, ";");
    }
    buf_add(page->body, "</ul>\n");
    if (got != RESULT_END)
        buf_printf(page->body,
                   "<p>These are the first %d hosts. Others are found by their URL.</p>\n",
                   HOSTS_MOST);
    if (!hosts)
        buf_add(page->body, "<p>It has no captures.</p>\n");
}

static void show_archives(struct front_page *page)
{
    served_page_begin(page->response, 200, TEXT("Archived sites"));
    add_form(page, TEXT(""));
    for (size_t i = 0; i < archive_set_count(page->set); i++) {
        buf_add(page->body, "<h2>");
        served_add_escaped(page->body, text_of(archive_set_name(page->set, i)));
        buf_add(page->body, "</h2>\n");
        run_pages_add_last(page->set, i, page->body);
        add_hosts(page, i);
    }
    served_page_end(page->response);
}

/* ---- /pages ---- */

/* A page of the list, while the lines of its key are read. */
struct page_row {
    struct buf key, url, path;
    char date[ARCHIVED_DATE];     /* of the newest capture */
    const struct wacz_part *part; /* of the path; NULL: all */
    int64_t offset;               /* of the newest that is no revisit */
    unsigned captures;
    bool html;
};

static void read_title(const struct page_row *listed, struct buf *title)
{
    struct served_body *body;
    struct trouble trouble;
    struct text piece;
    struct buf html;
    const struct served_place place = {listed->path.data, listed->part, listed->offset};
    if (served_body_open(&body, &place, &trouble) != RESULT_OK)
        return;
    buf_init(&html, SERVED_BODY_MOST);
    while (html.length < TITLE_READ && served_body_next(body, &piece) == RESULT_OK)
        buf_add_text(&html, piece);
    const struct http_head *head = served_body_head(body);
    struct text type = head ? http_field(head, "Content-Type") : TEXT("");
    ptrdiff_t at = text_find_nocase(type, TEXT("charset="));
    page_title_read(buf_text(&html), at < 0 ? TEXT("") : text_skip(type, (size_t)at + 8), title,
                    NULL);
    buf_release(&html);
    served_body_close(body);
}

static void add_page(struct front_page *page, const struct page_row *listed)
{
    struct buf title;
    struct text url = buf_text(&listed->url);
    buf_init(&title, 4096);
    read_title(listed, &title);
    buf_add(page->body, "<tr><td>");
    capture_link_add(page->body, page->local, url, TEXT(""), title.length ? buf_text(&title) : url);
    buf_add(page->body, "<br><small>");
    served_add_escaped(page->body, url);
    buf_add(page->body, "</small></td><td>");
    capture_link_add_date(page->body, text_of(listed->date));
    buf_add(page->body, "</td><td><a href=\"/captures?url=");
    query_field_write(url, page->body);
    buf_add(page->body, "\">");
    wording_add_count(page->body, listed->captures, "capture", "captures");
    buf_add(page->body, "</a></td></tr>\n");
    buf_release(&title);
}

/* Notes one line of the index. */
static void note_line(struct front_page *page, size_t archive, const struct cdxj_entry *entry,
                      struct page_row *listed)
{
    if (!text_equal(buf_text(&listed->key), entry->key)) {
        buf_clear(&listed->key);
        buf_add_text(&listed->key, entry->key);
        listed->captures = 0;
        listed->html = false;
    }
    listed->captures++;
    snprintf(listed->date, sizeof listed->date, "%.*s", TEXT_ARGS(entry->timestamp));
    if (!text_equal(entry->mime, TEXT("text/html")) || !text_starts(entry->status, TEXT("2")) ||
        !archive_set_write_path(page->set, archive, entry->filename, &listed->path, &listed->part))
        return;
    listed->html = true;
    listed->offset = entry->offset;
    buf_clear(&listed->url);
    buf_add_text(&listed->url, entry->url);
}

static void add_more(struct front_page *page, size_t archive, struct text prefix, struct text key)
{
    buf_printf(page->body, "<p><a href=\"/pages?archive=%zu&amp;url=", archive);
    query_field_write(prefix, page->body);
    buf_add(page->body, "&amp;from=");
    query_field_write(key, page->body);
    buf_add(page->body, "\">More pages</a></p>\n");
}

/* Lists from the key `from` on what begins with `start`.  Returns how many pages there were. */
static int list_pages(struct front_page *page, size_t archive, struct text prefix,
                      struct text start, struct text from)
{
    struct cdxj_lookup *lookup = archive_set_index(page->set, archive);
    struct page_row listed = {.offset = 0};
    struct cdxj_entry entry;
    struct text line;
    int64_t place;
    int shown = 0;
    bool more = false;
    buf_init(&listed.key, KEY_MOST);
    buf_init(&listed.url, KEY_MOST);
    buf_init(&listed.path, PATH_MAX);
    cdxj_lookup_seek(lookup, from);
    buf_add(page->body, "<table>\n");
    for (int lines = 0;; lines++) {
        enum result got = cdxj_lookup_next(lookup, &entry, &line, &place);
        bool ends = got == RESULT_END || !text_starts(line, start);
        if (got == RESULT_LOST && !ends)
            continue;
        bool other = ends || !text_equal(entry.key, buf_text(&listed.key));
        if (other && listed.html) {
            add_page(page, &listed);
            shown++;
        }
        more = !ends && other && (shown >= PAGES_MOST || lines >= LINES_MOST);
        if (ends || more)
            break;
        note_line(page, archive, &entry, &listed);
    }
    buf_add(page->body, "</table>\n");
    if (more)
        add_more(page, archive, prefix, entry.key);
    buf_release(&listed.key);
    buf_release(&listed.url);
    buf_release(&listed.path);
    return shown + more;
}

/* Reads a parameter that is a URL, as people write it. */
static bool read_url(struct front_page *page, struct buf *url)
{
    struct buf given;
    buf_init(&given, SERVED_FIELDS_MOST);
    bool there = query_field_read(page->target, "url", &given);
    struct text word = text_trim(buf_text(&given));
    if (there && text_find(word, TEXT("://")) < 0 && word.length)
        buf_add(url, "http://");
    buf_add_text(url, word);
    buf_release(&given);
    return there && url->length > 0;
}

static void list_archive(struct front_page *page, size_t archive, struct text prefix, int *shown)
{
    struct buf start, from;
    buf_init(&start, KEY_MOST);
    buf_init(&from, KEY_MOST);
    surt_write(prefix, &start);
    if (!query_field_read(page->target, "from", &from) ||
        text_compare(buf_text(&from), buf_text(&start)) < 0) {
        buf_clear(&from);
        buf_add_text(&from, buf_text(&start));
    }
    if (buf_ok(&start) && buf_ok(&from))
        *shown += list_pages(page, archive, prefix, buf_text(&start), buf_text(&from));
    buf_release(&start);
    buf_release(&from);
}

static void show_pages(struct front_page *page)
{
    struct buf prefix, number;
    uint64_t only = UINT64_MAX;
    int shown = 0;
    buf_init(&prefix, SERVED_FIELDS_MOST);
    buf_init(&number, 32);
    bool asked = read_url(page, &prefix);
    if (query_field_read(page->target, "archive", &number))
        result_ignore(text_to_number(buf_text(&number), &only));
    served_page_begin(page->response, 200, TEXT("Archived pages"));
    buf_add(page->body, "<nav><a href=\"/\">All archives</a></nav>\n");
    add_form(page, buf_text(&prefix));
    for (size_t i = 0; asked && i < archive_set_count(page->set); i++)
        if (only == UINT64_MAX || only == i)
            list_archive(page, i, buf_text(&prefix), &shown);
    if (!shown)
        buf_add(page->body, "<p>No page in the archive has a URL that begins with this.</p>\n");
    served_page_end(page->response);
    buf_release(&prefix);
    buf_release(&number);
}

/* ---- /captures ---- */

static void add_capture(struct front_page *page, const struct cdxj_entry *entry, char month[8])
{
    char this[8];
    struct text date = entry->timestamp;
    if (!archived_date_is(date))
        return;
    snprintf(this, sizeof this, "%.4s-%.2s", date.at, date.at + 4);
    if (strcmp(this, month) != 0) {
        buf_printf(page->body, "%s<h2>%s</h2>\n<ul>\n", *month ? "</ul>\n" : "", this);
        memcpy(month, this, sizeof this);
    }
    struct buf shown;
    buf_init(&shown, 256);
    capture_link_add_date(&shown, date);
    buf_add(page->body, "<li>");
    capture_link_add(page->body, page->local, entry->url, date, buf_text(&shown));
    buf_clear(&shown);
    if (text_equal(entry->mime, TEXT("warc/revisit")))
        buf_add(&shown, ", unchanged");
    else if (!text_equal(entry->status, TEXT("200")))
        buf_printf(&shown, ", status %.*s", TEXT_ARGS(text_first(entry->status, 8)));
    served_add_escaped(page->body, buf_text(&shown));
    buf_add(page->body, " <small>");
    served_add_escaped(page->body, entry->url);
    buf_add(page->body, "</small></li>\n");
    buf_release(&shown);
}

static int list_captures(struct front_page *page, size_t archive, struct text key)
{
    struct cdxj_lookup *lookup = archive_set_index(page->set, archive);
    struct cdxj_entry entry;
    struct text line;
    int64_t place;
    int shown = 0;
    char month[8] = "";
    cdxj_lookup_seek(lookup, key);
    while (shown < CAPTURES_MOST) {
        enum result got = cdxj_lookup_next(lookup, &entry, &line, &place);
        if (got == RESULT_END || !text_starts(line, key))
            break;
        if (got != RESULT_OK)
            continue;
        add_capture(page, &entry, month);
        shown++;
    }
    if (*month)
        buf_add(page->body, "</ul>\n");
    return shown;
}

static void show_captures(struct front_page *page)
{
    struct buf url, key;
    int shown = 0;
    buf_init(&url, SERVED_FIELDS_MOST);
    buf_init(&key, KEY_MOST);
    bool asked = read_url(page, &url);
    surt_write(buf_text(&url), &key);
    buf_add_char(&key, ' ');
    served_page_begin(page->response, 200, TEXT("Captures"));
    buf_add(page->body, "<nav><a href=\"/\">All archives</a></nav>\n");
    add_form(page, buf_text(&url));
    for (size_t i = 0; asked && buf_ok(&key) && i < archive_set_count(page->set); i++)
        shown += list_captures(page, i, buf_text(&key));
    if (!shown)
        buf_add(page->body, "<p>The archive has no capture of this URL.</p>\n");
    served_page_end(page->response);
    buf_release(&url);
    buf_release(&key);
}

/* ---- which page ---- */

void front_page_respond(struct archive_set *set, const char *local, const char *player,
                        const struct served_request *request, struct served_response *response)
{
    struct front_page page = {set, local, player, request->target, response, &response->body};
    struct text path, rest = request->target;
    if (cdx_answer_respond(set, request, response) ||
        memento_respond(set, local, request, response) ||
        run_pages_respond(set, local, request, response))
        return;
    if (!text_split(&rest, '?', &path))
        path = TEXT("");
    if (text_equal(path, TEXT("/")))
        show_archives(&page);
    else if (text_equal(path, TEXT("/pages")))
        show_pages(&page);
    else if (text_equal(path, TEXT("/captures")))
        show_captures(&page);
    else
        served_page_say(response, 404, TEXT("Not found"), "There is no page %.*s. Begin at /",
                        TEXT_ARGS(path));
}
