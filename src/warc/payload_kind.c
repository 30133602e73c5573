/*
 * Tells the kinds of payload that have a mark in their first bytes (WHATWG, MIME Sniffing).  Only
 * these are compared with what is declared: text of one sort may well be declared as another.
 */
#include <config.h>

#include "warc/payload_kind.h"

#include <stddef.h>

enum { HTML_WITHIN = 512 }; /* bytes before the first tag, all of them blanks or comments */

static const struct payload_magic {
    const char *type;
    size_t offset;
    const char *mark;
    bool always; /* whatever is declared so begins with it */
} kinds[] = {
    {"image/png", 0, "\x89PNG\r\n\x1a\n", true},
    {"image/gif", 0, "GIF8", true},
    {"image/jpeg", 0, "\xff\xd8\xff", true},
    {"image/webp", 8, "WEBP", true},
    {"application/pdf", 0, "%PDF-", false},
    {"application/zip", 0, "PK\003\004", false},
    {"application/gzip", 0, "\x1f\x8b\x08", false},
    {"font/woff2", 0, "wOF2", true},
    {"font/woff", 0, "wOFF", true},
    {"video/mp4", 4, "ftyp", false},
};

static bool is_html(struct text start)
{
    if (text_starts(start, TEXT("\xef\xbb\xbf")))
        start = text_skip(start, 3);
    start = text_trim(text_first(start, start.length < HTML_WITHIN ? start.length : HTML_WITHIN));
    return text_starts_nocase(start, TEXT("<!doctype html")) ||
           text_starts_nocase(start, TEXT("<html"));
}

static bool has_mark(const struct payload_magic *kind, struct text start)
{
    return start.length > kind->offset &&
           text_starts(text_skip(start, kind->offset), text_of(kind->mark));
}

/* The media type that the first bytes of a payload show: "image/png".  NULL: they show none.
 * Static. */
static const char *kind_of(struct text start)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_mark(&kinds[i], start))
            return kinds[i].type;
    return is_html(start) ? "text/html" : NULL;
}

static struct text essence(struct text declared)
{
    ptrdiff_t end = text_find_char(declared, ';');
    return text_trim(text_first(declared, end < 0 ? declared.length : (size_t)end));
}

/* Pages of other kinds are declared as HTML, and documents of many kinds are zip or gzip. */
static bool is_html_type(struct text type)
{
    return text_equal_nocase(type, TEXT("text/html")) || text_ends(type, TEXT("xml"));
}

static bool shows_itself(struct text type)
{
    return text_starts_nocase(type, TEXT("image/")) || text_starts_nocase(type, TEXT("video/")) ||
           text_starts_nocase(type, TEXT("audio/")) || text_starts_nocase(type, TEXT("font/")) ||
           text_equal_nocase(type, TEXT("application/pdf"));
}

bool payload_kind_fits(struct text declared, struct text start, const char **is)
{
    struct text type = essence(declared);
    const char *real = kind_of(start);
    if (is)
        *is = real ? real : "something else";
    if (!start.length || !type.length || (real && text_equal_nocase(type, text_of(real))))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].always && text_equal_nocase(type, text_of(kinds[i].type)))
            return false;
    if (!real)
        return true;
    if (text_equal(text_of(real), TEXT("text/html")))
        return !shows_itself(type);
    return !is_html_type(type) || text_ends(text_of(real), TEXT("zip"));
}
