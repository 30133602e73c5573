/*
 * Addresses: a first line is the base, what follows is resolved against it; a single line has to be
 * absolute.  What comes out is visible ASCII, its parts lie one behind the other, and parsed again
 * it is the same, with any base.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"
#include "web/location.h"
#include "web/referrer.h"
#include "web/surt.h"
#include "web/url.h"

static bool same_parts(const struct url *a, const struct url *b)
{
    return a->https == b->https && a->port == b->port && a->host == b->host &&
           a->host_end == b->host_end && a->path == b->path && a->path_end == b->path_end &&
           a->query == b->query && a->fragment == b->fragment;
}

/* Nothing is left to be taken away: "." and ".." are gone, however they were written. */
static void check_segments(struct text path)
{
    static const char *const dots[] = {".", "%2e", "..", ".%2e", "%2e.", "%2e%2e"};
    struct text segment;
    while (text_split(&path, '/', &segment))
        for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
            FUZZ_CHECK(!text_equal_nocase(segment, text_of(dots[i])));
}

static void check_parts(const struct url *url)
{
    struct text href = url_href(url), behind = text_skip(href, url->path);
    FUZZ_CHECK(href.length <= URL_LONGEST && href.at[href.length] == '\0');
    FUZZ_CHECK(fuzz_is_visible(href));
    FUZZ_CHECK(text_starts(href, url->https ? TEXT("https://") : TEXT("http://")));
    FUZZ_CHECK(url->host < url->host_end && url->host_end <= url->path &&
               url->path < url->path_end && url->path_end <= url->query &&
               url->query <= url->fragment && url->fragment <= href.length);
    FUZZ_CHECK(text_starts(url_path(url), TEXT("/")));
    FUZZ_CHECK(text_find_char(behind, '"') < 0 && text_find_char(behind, '<') < 0 &&
               text_find_char(behind, '>') < 0);
    check_segments(url_path(url));
    FUZZ_CHECK(text_find_char(url_resource(url), '#') < 0);
    FUZZ_CHECK(url->query == url->path_end || href.at[url->path_end] == '?');
    FUZZ_CHECK(url->fragment == href.length || href.at[url->fragment] == '#');
    FUZZ_CHECK(url_same_site(url, url));
}

/* Nothing of `url` changes when it is read again. */
static void check_again(const struct url *url, const struct url *base)
{
    static struct url again;
    if (!again.href.limit)
        url_init(&again);
    FUZZ_CHECK(url_parse(&again, url_href(url), base, TEXT("")) == URL_OK);
    FUZZ_CHECK(text_equal(url_href(&again), url_href(url)) && same_parts(&again, url));
    /* The empty reference is the page itself. */
    FUZZ_CHECK(url_parse(&again, TEXT(""), url, TEXT("")) == URL_OK);
    FUZZ_CHECK(text_equal(url_href(&again), url_resource(url)));
    FUZZ_CHECK(url_copy(&again, url) && text_equal(url_href(&again), url_href(url)) &&
               same_parts(&again, url));
}

static void check_keys(const struct url *url)
{
    struct buf seen, surt;
    buf_init(&seen, 2 * URL_LONGEST);
    buf_init(&surt, 8 * URL_LONGEST);
    url_write_seen_key(url, &seen);
    FUZZ_CHECK(buf_ok(&seen) && seen.length > 0 && fuzz_is_visible(buf_text(&seen)));
    FUZZ_CHECK(seen.length <= url->fragment);
    surt_write(url_resource(url), &surt);
    /* A host of nothing but dots is none to a key: "http:/y", as pywb has it. */
    FUZZ_CHECK(text_find_char(buf_text(&surt), ')') >= 0 || text_starts(url_host(url), TEXT(".")));
    FUZZ_CHECK(buf_ok(&surt) && fuzz_is_visible(buf_text(&surt)));
    buf_release(&seen);
    buf_release(&surt);
}

/* With a space before it an address takes the long way through the parser, and means the same. */
static void check_long_way(struct text reference, const struct url *base, struct text encoding,
                           enum url_result result, const struct url *url)
{
    static struct url other;
    struct buf spaced;
    if (!other.href.limit)
        url_init(&other);
    if (reference.length > 2 * URL_LONGEST - 1)
        return;
    buf_init(&spaced, 2 * URL_LONGEST + 1);
    buf_add_char(&spaced, ' ');
    buf_add_text(&spaced, reference);
    FUZZ_CHECK(url_parse(&other, buf_text(&spaced), base, encoding) == result);
    FUZZ_CHECK(result != URL_OK ||
               (text_equal(url_href(&other), url_href(url)) && same_parts(&other, url)));
    buf_release(&spaced);
}

/* Octets of any kind in a Location, and what a request from that URL says of it. */
static void check_location(struct text reference, const struct url *base)
{
    static struct url target;
    struct buf out;
    if (!target.href.limit)
        url_init(&target);
    if (location_parse(&target, reference, base) != URL_OK)
        return;
    check_parts(&target);
    buf_init(&out, 2 * REFERRER_LONGEST);
    for (int policy = REFERRER_UNSAID; policy <= REFERRER_UNSAFE_URL; policy++) {
        buf_clear(&out);
        FUZZ_CHECK(referrer_write((enum referrer_policy)policy, &target, base, &out));
        FUZZ_CHECK(fuzz_is_visible(buf_text(&out)) && text_find_char(buf_text(&out), '#') < 0);
        FUZZ_CHECK(!out.length || text_starts(buf_text(&out), TEXT("http")));
    }
    buf_release(&out);
    FUZZ_CHECK(referrer_policy_of_field(reference) <= REFERRER_UNSAFE_URL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct url base, url;
    static const struct text encodings[] = {{"", 0}, {"Shift_JIS", 9}};
    struct text reference = fuzz_text(data, size), line = TEXT("");
    if (!url.href.limit) {
        url_init(&base);
        url_init(&url);
    }
    bool has_base = text_find_char(reference, '\n') >= 0 && text_split(&reference, '\n', &line) &&
                    url_parse(&base, line, NULL, TEXT("")) == URL_OK;
    if (has_base)
        check_location(reference, &base);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        enum url_result result = url_parse(&url, reference, has_base ? &base : NULL, encodings[i]);
        check_long_way(reference, has_base ? &base : NULL, encodings[i], result, &url);
        if (result != URL_OK)
            continue;
        check_parts(&url);
        check_again(&url, NULL);
        if (has_base)
            check_again(&url, &base);
        check_keys(&url);
    }
    return 0;
}
