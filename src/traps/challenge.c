/* The table of services, and what their challenges look like. */
#include <config.h>

#include "traps/challenge.h"

#include <stdbool.h>

enum {
    BODY_MOST = 128 * 1024, /* a longer page is not a challenge */
    TEXT_MOST = 2500,       /* letters and digits that a person reads, neither tags nor scripts */
    LINKS_MOST = 6,
    MARKS_MOST = 3,
};

struct challenge {
    const char *service;
    /* A field that only a challenge has, and what it contains (""; anything).  NULL: none. */
    const char *sure_field, *sure_value;
    /* Or: what the Server field begins with; NULL: anything ... */
    const char *server;
    bool refuses; /* ... the status is that of a refusal: 4xx, or 503 ... */
    bool in_text; /* ... and all the marks are in the body: in its text; otherwise in its tags and
                     scripts. */
    const char *marks[MARKS_MOST];
};

/* clang-format off */
static const struct challenge challenges[] = {
    {"Cloudflare", "cf-mitigated", "challenge", NULL, false, false, {"_cf_chl_opt"}},
    {"Cloudflare", NULL, NULL, NULL, false, false, {"cf-browser-verification"}},
    {"Cloudflare", NULL, NULL, NULL, false, false, {"challenge-form", "__cf_chl_"}},
    {"Cloudflare", NULL, NULL, "cloudflare", true, false, {"cf-error-details"}},
    {"DDoS-Guard", NULL, NULL, NULL, false, false, {"/.well-known/ddos-guard/js-challenge"}},
    {"DDoS-Guard", NULL, NULL, "ddos-guard", true, false, {"ddos-guard"}},
    {"Sucuri", "x-sucuri-block", "", NULL, false, false, {"sucuri_cloudproxy_js"}},
    {"Sucuri", NULL, NULL, "Sucuri", true, true, {"Sucuri WebSite Firewall"}},
    {"Anubis", NULL, NULL, NULL, false, false, {"anubis_challenge"}},
    {"Anubis", NULL, NULL, NULL, false, false, {"/.within.website/x/cmd/anubis/"}},
    {"AWS WAF", "x-amzn-waf-action", "", NULL, false, false, {"awsWafCookieDomainList", "gokuProps"}},
    {"HUMAN (PerimeterX)", NULL, NULL, NULL, false, false, {"_pxAppId", "px-captcha"}},
    {"DataDome", "x-dd-b", "", NULL, false, false, {"captcha-delivery.com/"}},
    {"Akamai", NULL, NULL, "AkamaiGHost", true, true, {"Access Denied", "Reference #"}},
    {"Akamai", NULL, NULL, NULL, false, false, {"sec-if-cpt-container"}},
    {"Imperva Incapsula", NULL, NULL, NULL, false, false, {"/_Incapsula_Resource", "main-iframe"}},
    {"Imperva Incapsula", NULL, NULL, NULL, false, false, {"/_Incapsula_Resource", "incident_id"}},
};
/* clang-format on */

/* ---- the shape of a page ---- */

/* Takes the next piece off: a tag, a comment or a whole script (*markup), or the text up to one. */
static struct text take_piece(struct text *rest, bool *markup)
{
    ptrdiff_t end;
    *markup = rest->at[0] == '<';
    if (!*markup)
        end = text_find_char(*rest, '<');
    else if (text_starts_nocase(*rest, TEXT("<script")))
        end = text_find_nocase(*rest, TEXT("</script"));
    else if (text_starts_nocase(*rest, TEXT("<style")))
        end = text_find_nocase(*rest, TEXT("</style"));
    else {
        end = text_find_char(*rest, '>');
        end = end < 0 ? end : end + 1;
    }
    struct text piece = text_first(*rest, end < 0 ? rest->length : (size_t)end);
    *rest = text_skip(*rest, piece.length);
    return piece;
}

static size_t count_words(struct text text)
{
    static const unsigned char counts[256] = {
        ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, [0x80 ... 0xff] = 1};
    const unsigned char *at = (const unsigned char *)text.at, *end = at + text.length;
    size_t count = 0;
    for (; end - at >= 4; at += 4)
        count += (size_t)counts[at[0]] + counts[at[1]] + counts[at[2]] + counts[at[3]];
    for (; at < end; at++)
        count += counts[*at];
    return count;
}

/* Whether it has as little text and as few links as a challenge. */
static bool is_bare(struct text body)
{
    size_t text = 0;
    int links = 0;
    if (body.length > BODY_MOST)
        return false;
    while (body.length && text <= TEXT_MOST && links <= LINKS_MOST) {
        bool markup;
        struct text piece = take_piece(&body, &markup);
        if (!markup)
            text += count_words(piece);
        else if (text_starts_nocase(piece, TEXT("<a ")))
            links++;
    }
    return text <= TEXT_MOST && links <= LINKS_MOST;
}

static bool has_mark(struct text body, const char *mark, bool in_text)
{
    while (body.length) {
        bool markup;
        struct text piece = take_piece(&body, &markup);
        if (markup != in_text && text_find_nocase(piece, text_of(mark)) >= 0)
            return true;
    }
    return false;
}

/* ---- the table ---- */

static bool is_sure(const struct challenge *row, const struct http_head *head)
{
    struct text field = row->sure_field ? http_field(head, row->sure_field) : TEXT("");
    return field.length && text_find_nocase(field, text_of(row->sure_value)) >= 0;
}

static bool looks_so(const struct challenge *row, const struct http_head *head, struct text body)
{
    bool refusal = (head->status / 100 == 4 && head->status != 404 && head->status != 410) ||
                   head->status == 503;
    if ((row->refuses && !refusal) ||
        (row->server && !text_starts_nocase(http_field(head, "Server"), text_of(row->server))))
        return false;
    for (int i = 0; i < MARKS_MOST && row->marks[i]; i++)
        if (!has_mark(body, row->marks[i], row->in_text))
            return false;
    return true;
}

const char *challenge_find(const struct http_head *head, struct text body)
{
    bool bare = body.length && is_bare(body);
    for (size_t i = 0; i < sizeof challenges / sizeof *challenges; i++)
        if (is_sure(&challenges[i], head) || (bare && looks_so(&challenges[i], head, body)))
            return challenges[i].service;
    return NULL;
}
