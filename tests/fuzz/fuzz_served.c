/*
 * A request to `warccap serve`, and the page that it gets.  The first line is the Host field, the
 * second a Range field, the third the target, two keys of the index follow, and the rest is a page.
 * Every name leads back to its host, a range is inside, likeness is mutual, and a page has the line
 * more and nothing less.
 */
#include <config.h>

#include "serve/alike_urls.h"
#include "serve/archived_host.h"
#include "serve/byte_range.h"
#include "serve/page_line.h"
#include "serve/query_field.h"
#include "serve/replay_scripts.h"
#include "tests/fuzz/fuzz.h"

static void check_host(struct text field)
{
    struct archived_host host, again;
    struct url url;
    struct buf origin;
    if (archived_host_read(&host, field) != HOST_ARCHIVED)
        return;
    url_init(&url);
    buf_init(&origin, 1 << 12);
    buf_add(&origin, "http://");
    buf_add(&origin, host.authority);
    FUZZ_CHECK(url_parse(&url, buf_text(&origin), NULL, TEXT("")) == URL_OK);
    buf_clear(&origin);
    if (archived_host_write(&url, text_of(host.date), text_of(host.local), &origin)) {
        FUZZ_CHECK(archived_host_read(&again, text_skip(buf_text(&origin), strlen("http://"))) ==
                   HOST_ARCHIVED);
        FUZZ_CHECK(text_equal(text_of(again.authority), url_authority(&url)));
        FUZZ_CHECK(strcmp(again.date, host.date) == 0 && strcmp(again.local, host.local) == 0);
    }
    url_release(&url);
    buf_release(&origin);
}

static void check_range(struct text field)
{
    static const int64_t sizes[] = {-1, 0, 1, 100, INT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct byte_range range;
        if (byte_range_read(field, sizes[i], &range) == RANGE_PART)
            FUZZ_CHECK(range.first >= 0 && range.length > 0 && range.first < sizes[i] &&
                       range.length <= sizes[i] - range.first);
    }
}

static void check_target(struct text target)
{
    struct buf value, written, again;
    buf_init(&value, 1 << 20);
    buf_init(&written, 1 << 22);
    buf_init(&again, 1 << 20);
    if (query_field_read(target, "url", &value)) {
        buf_add(&written, "/?url=");
        query_field_write(buf_text(&value), &written);
        FUZZ_CHECK(query_field_read(buf_text(&written), "url", &again));
        FUZZ_CHECK(text_equal(buf_text(&value), buf_text(&again)));
    }
    buf_release(&value);
    buf_release(&written);
    buf_release(&again);
}

static void check_alike(struct text one, struct text other)
{
    FUZZ_CHECK(alike_urls_compare(one, other) == alike_urls_compare(other, one));
    FUZZ_CHECK(alike_urls_compare(one, one) == ALIKE_TOKEN);
}

static void check_page(struct text page)
{
    struct buf sent;
    struct text line = TEXT(REPLAY_LINE);
    buf_init(&sent, page.length + 1000);
    page_line_add(page, &sent);
    FUZZ_CHECK(buf_ok(&sent));
    struct text rest = buf_text(&sent);
    if (rest.length != page.length)
        FUZZ_CHECK(rest.length == page.length + line.length);
    size_t skipped = 0;
    for (size_t i = 0; i < page.length; i++) {
        if (!skipped && rest.length != page.length && text_starts(text_skip(rest, i), line))
            skipped = line.length;
        char c = rest.at[i + skipped];
        FUZZ_CHECK(c == page.at[i] || c == 'x');
    }
    buf_release(&sent);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = fuzz_text(data, size),
                parts[5] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}};
    for (size_t i = 0; i < 5; i++)
        if (!text_split(&rest, '\n', &parts[i]))
            parts[i] = TEXT("");
    check_host(parts[0]);
    check_range(parts[1]);
    check_target(parts[2]);
    check_alike(parts[3], parts[4]);
    check_page(rest.at ? rest : TEXT(""));
    return 0;
}
