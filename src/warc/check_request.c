/*
 * Compares what a request asks for (RFC 9112, 3.2 and 3.3) with the URL of its record.  Two ways to
 * write one URL are the same here (RFC 3986, 6.2).  Where nobody can tell, nothing is said.
 */
#include <config.h>

#include "warc/checker.h"

/* The parts of an absolute http or https URL. */
struct asked {
    bool https;
    struct text authority; /* without user information, nor the port that is the usual one */
    struct text target;    /* path and query */
};

static bool take_scheme(struct text *url, bool *https)
{
    *https = text_starts_nocase(*url, TEXT("https://"));
    if (!*https && !text_starts_nocase(*url, TEXT("http://")))
        return false;
    *url = text_skip(*url, *https ? 8 : 7);
    return true;
}

static struct text without_usual_port(struct text authority, bool https)
{
    struct text port = https ? TEXT(":443") : TEXT(":80");
    if (text_ends(authority, port))
        authority.length -= port.length;
    else if (text_ends(authority, TEXT(":")))
        authority.length--;
    return authority;
}

static bool take_url(struct text url, struct asked *asked)
{
    static const bool ends[256] = {['/'] = true, ['?'] = true, ['#'] = true};
    ptrdiff_t fragment = text_find_char(url, '#'), user;
    if (fragment >= 0)
        url = text_first(url, (size_t)fragment);
    if (!take_scheme(&url, &asked->https))
        return false;
    size_t end = text_stop(url, 0, ends);
    asked->authority = text_first(url, end);
    asked->target = text_skip(url, end);
    while ((user = text_find_char(asked->authority, '@')) >= 0)
        asked->authority = text_skip(asked->authority, (size_t)user + 1);
    asked->authority = without_usual_port(asked->authority, asked->https);
    return true;
}

/* What the request line and Host ask for; the record's own URL fills in the rest.  False when the
 * target is neither a path nor a URL, as with CONNECT. */
static bool take_request(const struct warc_check *check, const struct asked *own,
                         struct asked *asked)
{
    struct text target = check->split.parsed.target,
                host = text_trim(http_field(&check->split.parsed, "Host"));
    if (!text_starts(target, TEXT("/")))
        return take_url(target, asked);
    ptrdiff_t fragment = text_find_char(target, '#');
    *asked = (struct asked){own->https,
                            host.length ? without_usual_port(host, own->https) : own->authority,
                            fragment < 0 ? target : text_first(target, (size_t)fragment)};
    return true;
}

/* One character of a target.  Escapes may be in upper or lower case (RFC 3986, 6.2.2), and
 * characters that no URL may have are escaped when they are sent. */
static int take_character(struct text *target)
{
    int high = target->length > 2 && target->at[0] == '%' ? hex_value(target->at[1]) : -1;
    int low = high >= 0 ? hex_value(target->at[2]) : -1;
    unsigned char c = low >= 0 ? (unsigned char)(high << 4 | low) : (unsigned char)target->at[0];
    bool plain = ascii_is_alnum((char)c) || c == '-' || c == '.' || c == '_' || c == '~';
    bool unfit = c <= ' ' || c >= 0x7f || text_find_char(TEXT("\"<>\\^`{|}"), (char)c) >= 0;
    *target = text_skip(*target, low >= 0 ? 3 : 1);
    return (low >= 0 && !plain) || unfit ? 256 + c : c;
}

static bool same_target(struct text one, struct text other)
{
    if (text_starts(one, TEXT("/")) && !text_starts(other, TEXT("/")))
        one = text_skip(one, 1); /* an empty path is the root */
    else if (text_starts(other, TEXT("/")) && !text_starts(one, TEXT("/")))
        other = text_skip(other, 1);
    while (one.length && other.length)
        if (take_character(&one) != take_character(&other))
            return false;
    return !one.length && !other.length;
}

/* Clients take such segments out, or turn what they find into others. */
static bool is_rewritten(struct text target)
{
    ptrdiff_t query = text_find_char(target, '?');
    struct text path = text_first(target, query < 0 ? target.length : (size_t)query);
    return text_find(path, TEXT("/.")) >= 0 || text_find_nocase(path, TEXT("/%2e")) >= 0 ||
           text_find_char(path, '\\') >= 0;
}

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80 || text.at[i] == '%')
            return false;
    return true;
}

/* Two Host fields that differ ask for two sites, and servers refuse that (RFC 9112, 3.2). */
static bool has_one_host(const struct warc_check *check)
{
    const struct http_head *head = &check->split.parsed;
    struct text first = http_field(head, "Host");
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, TEXT("Host")) &&
            !text_equal_nocase(head->fields[i].value, first))
            return false;
    return true;
}

/* Some writers add what was posted to the URL, so that players find it there. */
static struct text without_posted(struct text target)
{
    ptrdiff_t at = text_find(target, TEXT("__wb_method="));
    return at > 0 ? text_first(target, (size_t)at - 1) : target;
}

void request_check(struct warc_check *check)
{
    const char *url = warc_record_field(check->record, "WARC-Target-URI");
    struct text uri = text_of(url ? url : "");
    struct asked own, asked;
    if (text_starts(uri, TEXT("<")) && text_ends(uri, TEXT(">"))) /* as in WARC 1.0 */
        uri = text_first(text_skip(uri, 1), uri.length - 2);
    if (!take_url(uri, &own) || !take_request(check, &own, &asked))
        return;
    own.target = without_posted(own.target);
    bool host = text_equal_nocase(own.authority, asked.authority) && has_one_host(check);
    /* A name in other letters is sent in Punycode. */
    if (!is_ascii(own.authority) || !is_ascii(asked.authority))
        host = true;
    bool target = is_rewritten(own.target) || is_rewritten(asked.target) ||
                  same_target(own.target, asked.target);
    if (!host || !target)
        checker_find(check, RULE_REQUEST_URL, "it asks for %s://%.*s%.*s",
                     asked.https ? "https" : "http", TEXT_ARGS(asked.authority),
                     asked.target.length < 200 ? (int)asked.target.length : 200, asked.target.at);
}
