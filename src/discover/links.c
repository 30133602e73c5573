/* The way in and the way out: which extractor reads what, and how a found string becomes a link. */
#include <config.h>

#include "discover/links.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "discover/extract.h"
#include "discover/series.h"

enum { SEEN_FIRST = 1024, META_BYTES = 1024, TRANSCODE_MOST = 64 * 1024 * 1024 };

const char *link_class_name(enum link_class class)
{
    static const char *const names[] = {"pager", "archive", "feed", "sitemap", "page", "requisite", "media", "trap"};
    return names[class];
}

const char *link_certainty_name(enum link_certainty certainty)
{
    return certainty == LINK_CERTAIN ? "certain" : "possible";
}

/* ---- giving ------------------------------------------------------------------------------------------------ */

static bool grow_seen(struct extract *extract)
{
    size_t size = extract->seen_size ? extract->seen_size * 2 : SEEN_FIRST;
    uint64_t *seen = calloc(size, sizeof *seen);
    if (!seen)
        return false;
    for (size_t i = 0; i < extract->seen_size; i++)
        if (extract->seen[i]) {
            size_t slot = extract->seen[i] & (size - 1);
            while (seen[slot])
                slot = (slot + 1) & (size - 1);
            seen[slot] = extract->seen[i];
        }
    free(extract->seen);
    extract->seen = seen;
    extract->seen_size = size;
    return true;
}

/* Whether this class has had the address; remembers it. */
static bool was_given(struct extract *extract, enum link_class class, struct text address)
{
    struct hash_key key = {(uint64_t)class, 0x6c696e6b};
    uint64_t hash = hash_text(&key, address) | 1;
    if (extract->seen_count * 2 >= extract->seen_size && !grow_seen(extract)) {
        extract->failed = true;
        return true;
    }
    size_t slot = hash & (extract->seen_size - 1);
    while (extract->seen[slot] && extract->seen[slot] != hash)
        slot = (slot + 1) & (extract->seen_size - 1);
    if (extract->seen[slot])
        return true;
    extract->seen[slot] = hash;
    extract->seen_count++;
    return false;
}

bool extract_resolve(struct extract *extract, struct text raw)
{
    return url_parse(&extract->url, raw, &extract->base, extract->encoding) == URL_OK;
}

void extract_give_resolved(struct extract *extract, const struct found *found)
{
    struct text address = url_resource(&extract->url);
    const char *trap = series_trap(&extract->series, extract->source->url, &extract->url);
    enum link_class class = trap ? LINK_TRAP : found->class;
    if (was_given(extract, class, address))
        return;
    buf_clear(&extract->where);
    buf_add_text(&extract->where, extract->container);
    buf_add(&extract->where, found->element);
    if (found->attribute) {
        buf_add_char(&extract->where, '@');
        buf_add(&extract->where, found->attribute);
    }
    struct link link = {.url = address,
                        .parsed = &extract->url,
                        .class = class,
                        .certainty = trap ? LINK_CERTAIN : found->certainty,
                        .where = buf_text(&extract->where),
                        .rule = trap ? trap : found->rule,
                        .document = found->document};
    extract->take(extract->context, &link);
}

void extract_give(struct extract *extract, const struct found *found)
{
    struct text raw = text_trim(found->raw);
    if (raw.length && extract_resolve(extract, raw))
        extract_give_resolved(extract, found);
}

/* ---- encodings --------------------------------------------------------------------------------------------- */

static bool is_utf8(struct text text)
{
    const unsigned char *b = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.length;) {
        size_t length = b[i] < 0x80 ? 1 : b[i] >= 0xc2 && b[i] < 0xe0 ? 2 : (b[i] & 0xf0) == 0xe0 ? 3
                        : b[i] >= 0xf0 && b[i] < 0xf5 ? 4 : 0;
        if (!length)
            return false;
        if (i + length > text.length)
            return true; /* cut at the end */
        for (size_t j = 1; j < length; j++)
            if ((b[i + j] & 0xc0) != 0x80)
                return false;
        i += length;
    }
    return true;
}

/* <meta charset=x> or content="...;charset=x" in the first kilobyte (HTML Standard, 13.2.3.2). */
static struct text meta_charset(struct text html)
{
    html = text_first(html, META_BYTES);
    ptrdiff_t at = text_find_nocase(html, TEXT("charset="));
    if (at < 0)
        return TEXT("");
    html = text_skip(html, (size_t)at + 8);
    size_t length = 0;
    while (html.length && (html.at[0] == '"' || html.at[0] == '\'' || html.at[0] == ' '))
        html = text_skip(html, 1);
    while (length < html.length && (ascii_is_alnum(html.at[length]) || strchr("-_:", html.at[length])) && html.at[length])
        length++;
    return text_first(html, length);
}

/* The document's encoding, empty for UTF-8; *body loses a byte order mark. */
static struct text encoding_of(const struct links_source *source, struct text *body)
{
    struct text named = source->charset;
    if (text_starts(*body, TEXT("\xef\xbb\xbf"))) {
        *body = text_skip(*body, 3);
        return TEXT("");
    }
    if (text_starts(*body, TEXT("\xff\xfe")))
        return TEXT("UTF-16LE");
    if (text_starts(*body, TEXT("\xfe\xff")))
        return TEXT("UTF-16BE");
    if (!named.length && source->kind == MEDIA_HTML)
        named = meta_charset(*body);
    if (text_starts_nocase(named, TEXT("utf-8")) || text_starts_nocase(named, TEXT("utf8")))
        return TEXT("");
    /* A page that says latin-1 means windows-1252 (Encoding Standard, 4.2). */
    if (text_equal_nocase(named, TEXT("iso-8859-1")) || text_equal_nocase(named, TEXT("us-ascii")) || !named.length)
        return !named.length && is_utf8(*body) ? TEXT("") : TEXT("windows-1252");
    return named;
}

static bool transcode(struct text from, const char *encoding, struct buf *out)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    char *input = (char *)(uintptr_t)from.at;
    size_t left = from.length;
    while (left) {
        char piece[4096], *to = piece;
        size_t room = sizeof piece, before = left;
        iconv(converter, &input, &left, &to, &room);
        buf_append(out, piece, sizeof piece - room);
        if (before == left) { /* what can't be read becomes one replacement character */
            buf_add(out, "\xef\xbf\xbd");
            input++;
            left--;
        }
    }
    iconv_close(converter);
    return true;
}

/* ---- the way in -------------------------------------------------------------------------------------------- */

static void dispatch(struct extract *extract, enum media_kind kind, struct text body)
{
    switch (kind) {
    case MEDIA_HTML:
        extract_html(extract, body, 0);
        break;
    case MEDIA_SVG:
        extract_html(extract, body, 0);
        break;
    case MEDIA_CSS:
        extract_css(extract, body, "css");
        break;
    case MEDIA_FEED:
        extract_feed(extract, body);
        break;
    case MEDIA_SITEMAP:
        extract_sitemap(extract, body);
        break;
    case MEDIA_ROBOTS:
        extract_robots(extract, body);
        break;
    case MEDIA_JAVASCRIPT:
        extract_script(extract, body, "script");
        break;
    case MEDIA_JSON:
        extract_script(extract, body, "json");
        break;
    case MEDIA_MANIFEST:
        extract_manifest(extract, body);
        break;
    case MEDIA_OTHER:
    case MEDIA_IMAGE:
        break;
    }
}

bool links_extract(const struct links_source *source, links_take *take, void *context)
{
    struct extract extract = {.source = source, .take = take, .context = context};
    struct buf transcoded;
    struct text body = source->bytes;
    char encoding[64] = "";
    series_init(&extract.series);
    url_init(&extract.base);
    url_init(&extract.url);
    buf_init(&extract.value, URL_LONGEST * 4);
    buf_init(&extract.converted, URL_LONGEST * 4);
    buf_init(&extract.where, 4096);
    buf_init(&transcoded, TRANSCODE_MOST);
    bool ok = url_copy(&extract.base, source->url);
    if (source->head)
        extract_head(&extract, source->head);
    struct text named = encoding_of(source, &body);
    if (named.length && named.length < sizeof encoding) {
        memcpy(encoding, named.at, named.length);
        encoding[named.length] = '\0';
        /* The whole text is read as UTF-8; the encoding goes on to count for queries, except for UTF-16 (URL Standard,
         * 4.4: "output encoding"). */
        if (transcode(body, encoding, &transcoded)) {
            body = buf_text(&transcoded);
            extract.encoding = text_starts(named, TEXT("UTF-16")) ? TEXT("") : text_of(encoding);
        }
    }
    dispatch(&extract, source->kind, body);
    ok = ok && !extract.failed;
    url_release(&extract.base);
    url_release(&extract.url);
    buf_release(&extract.value);
    buf_release(&extract.converted);
    buf_release(&extract.where);
    buf_release(&transcoded);
    free(extract.seen);
    return ok;
}
