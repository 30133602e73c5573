/* A line has the number of the file, "s" for a seed, the date, the length of the URL, the URL and
 * the JSON of pages.jsonl. */
#include <config.h>

#include "pack/packed_pages.h"

#include "base/digest.h"
#include "base/json.h"
#include "pack/package_json.h"

enum { MEMORY_BYTES = 1024 * 1024, LINE_MOST = 256 * 1024 * 1024, ID_BYTES = 8 };

void packed_pages_init(struct packed_pages *pages, const char *directory)
{
    spool_init(&pages->lines, MEMORY_BYTES, directory);
    buf_init(&pages->line, LINE_MOST);
}

void packed_pages_release(struct packed_pages *pages)
{
    spool_release(&pages->lines);
    buf_release(&pages->line);
}

/* The same page has the same id in every package. */
static bool add_id(struct buf *out, const struct packed_page *page)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    char hex[2 * ID_BYTES + 1];
    struct digester *digester = digester_new(DIGEST_SHA256);
    if (!digester)
        return false;
    digester_add(digester, page->timestamp.at, page->timestamp.length);
    digester_add(digester, page->url.at, page->url.length);
    digester_end(digester, digest);
    digester_free(digester);
    digest_hex(digest, ID_BYTES, hex);
    buf_printf(out, "{\"id\": \"%s\", \"url\": ", hex);
    return true;
}

static bool write_json(struct buf *out, const struct packed_page *page)
{
    if (!add_id(out, page))
        return false;
    json_write_string(out, page->url);
    buf_add(out, ", \"ts\": \"");
    package_json_add_date(out, page->timestamp);
    buf_add(out, "\", \"title\": ");
    json_write_string(out, page->title.length ? page->title : page->url);
    if (page->seed)
        buf_add(out, ", \"seed\": true");
    if (page->words.length) {
        buf_add(out, ", \"text\": ");
        json_write_string(out, page->words);
    }
    buf_add_char(out, '}');
    return true;
}

enum result packed_pages_add(struct packed_pages *pages, size_t file,
                             const struct packed_page *page, struct trouble *trouble)
{
    struct buf *line = &pages->line;
    if (page->url.length && text_find_char(page->url, '\n') >= 0)
        return RESULT_OK; /* no URL, and no line */
    buf_clear(line);
    buf_printf(line, "%zu %c %.*s %zu ", file, page->seed ? 's' : '-', TEXT_ARGS(page->timestamp),
               page->url.length);
    buf_add_text(line, page->url);
    if (!write_json(line, page))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to list the pages");
    buf_add_char(line, '\n');
    if (!buf_ok(line))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to list the pages");
    return spool_append(&pages->lines, line->data, line->length, trouble);
}

enum result packed_pages_next(struct spool_lines *lines, struct listed_page *page,
                              struct trouble *trouble)
{
    struct text rest, word;
    uint64_t number;
    enum result result = spool_lines_next(lines, &rest, trouble);
    if (result != RESULT_OK)
        return result;
    if (!text_split(&rest, ' ', &word) || !text_to_number(word, &number))
        return trouble_say(trouble, RESULT_BROKEN, "a temporary file has changed");
    page->file = (size_t)number;
    page->seed = text_split(&rest, ' ', &word) && text_equal(word, TEXT("s"));
    if (!text_split(&rest, ' ', &page->date) || !text_split(&rest, ' ', &word) ||
        !text_to_number(word, &number) || number > rest.length)
        return trouble_say(trouble, RESULT_BROKEN, "a temporary file has changed");
    page->url = text_first(rest, (size_t)number);
    page->json = text_skip(rest, (size_t)number);
    return RESULT_OK;
}
