/* Which responses are challenges, and which pages only speak of them, or have a part of one. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "traps/challenge.h"

struct response {
    const char *head, *body;
    const char *service; /* NULL: it is no challenge */
};

#define CF_CHALLENGE                                                                 \
    "<!DOCTYPE html><html><head><title>Just a moment...</title><script>(function(){" \
    "window._cf_chl_opt = {cvId: '3', cZone: 'a.test'};})();</script></head><body>"  \
    "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
#define AKAMAI                                                                                   \
    "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have " \
    "permission to access \"http&#58;&#47;&#47;a.test\" on this server.<P>Reference "            \
    "&#35;18.1 Reference #18.2d1</BODY></HTML>"
#define INCAPSULA                                                                         \
    "<html><head><META NAME=\"ROBOTS\" CONTENT=\"NOINDEX\"></head><body><iframe "         \
    "id=\"main-iframe\" src=\"/_Incapsula_Resource?SWUDNSAI=31\" width=\"100%\">Request " \
    "unsuccessful. Incapsula incident ID: 5</iframe></body></html>"

static const struct response challenges[] = {
    {"200 OK\r\ncf-mitigated: challenge", "", "Cloudflare"},
    {"403 Forbidden\r\nCf-Mitigated: challenge\r\nServer: cloudflare", CF_CHALLENGE, "Cloudflare"},
    {"200 OK", CF_CHALLENGE, "Cloudflare"},
    {"429 Too Many Requests", CF_CHALLENGE, "Cloudflare"},
    {"503 Unavailable\r\nServer: cloudflare",
     "<title>Just a moment...</title><div class=\"cf-browser-verification cf-im-under-attack\">",
     "Cloudflare"},
    {"503 Unavailable",
     "<form id=\"challenge-form\" action=\"/?__cf_chl_f_tk=9\" method=\"POST\"></form>",
     "Cloudflare"},
    {"403 Forbidden\r\nServer: cloudflare",
     "<div id=\"cf-error-details\"><h1>Sorry, you have been blocked</h1></div>", "Cloudflare"},
    {"200 OK\r\nServer: ddos-guard",
     "<title>DDoS-Guard</title><script "
     "src=\"/.well-known/ddos-guard/js-challenge/index.js\"></script>",
     "DDoS-Guard"},
    {"403 Forbidden\r\nServer: ddos-guard",
     "<title>DDOS-GUARD</title><link href=\"https://ddos-guard.net/x.css\"><h1>Checking</h1>",
     "DDoS-Guard"},
    {"200 OK\r\nServer: Sucuri/Cloudproxy",
     "<html><script>var s={},u,sucuri_cloudproxy_js='',S='cz0i';</script></html>", "Sucuri"},
    {"403 Forbidden\r\nX-Sucuri-Block: 22", "<p>Blocked", "Sucuri"},
    {"403 Forbidden\r\nServer: Sucuri/Cloudproxy",
     "<title>Sucuri WebSite Firewall - Access Denied</title>", "Sucuri"},
    {"200 OK",
     "<title>Making sure you&#39;re not a bot!</title><script id=\"anubis_challenge\" "
     "type=\"application/json\">{}</script><p>You are seeing this because the administrator has "
     "set up Anubis.",
     "Anubis"},
    {"202 Accepted\r\nx-amzn-waf-action: challenge", "", "AWS WAF"},
    {"405 Not Allowed\r\nX-Amzn-Waf-Action: captcha", "<p>", "AWS WAF"},
    {"202 Accepted",
     "<script>window.awsWafCookieDomainList = []; window.gokuProps = {\"key\":1};</script>",
     "AWS WAF"},
    {"403 Forbidden",
     "<script>window._pxAppId = 'PX1';</script><div id=\"px-captcha\"></div><p>Press and hold",
     "HUMAN (PerimeterX)"},
    {"200 OK", "<script>window._pxAppId='PX1'</script><div id=px-captcha></div>",
     "HUMAN (PerimeterX)"},
    {"403 Forbidden\r\nX-DD-B: 2", "<p>", "DataDome"},
    {"403 Forbidden\r\nServer: DataDome",
     "<p id=\"cmsg\">Please enable JS and disable any ad blocker</p><script>var dd={}</script>"
     "<script src=\"https://ct.captcha-delivery.com/c.js\"></script>",
     "DataDome"},
    {"403 Forbidden\r\nServer: AkamaiGHost", AKAMAI, "Akamai"},
    {"200 OK", "<div id=\"sec-if-cpt-container\"></div>", "Akamai"},
    {"200 OK\r\nX-Iinfo: 1-2-3", INCAPSULA, "Imperva Incapsula"},
    {"403 Forbidden", INCAPSULA, "Imperva Incapsula"},
};

#define ARTICLE                                                                                   \
    "<title>How we passed Cloudflare</title><nav><a href=/>Home</a><a href=/a>A</a></nav><p>The " \
    "page sets window._cf_chl_opt and has a form with id=\"challenge-form\" and "                 \
    "&lt;script src=\"/.well-known/ddos-guard/js-challenge/index.js\">. Access Denied, says "     \
    "Akamai, with a Reference #18. Sucuri WebSite Firewall. anubis_challenge. _pxAppId, "         \
    "px-captcha. captcha-delivery.com/ /_Incapsula_Resource main-iframe.</p>"

static const struct response healthy[] = {
    {"200 OK", ARTICLE, NULL},
    {"200 OK\r\nServer: cloudflare\r\nCF-RAY: 8f-FRA", ARTICLE, NULL},
    {"403 Forbidden\r\nServer: cloudflare", "<h1>Members only</h1>", NULL},
    {"403 Forbidden\r\nServer: nginx", AKAMAI, NULL},
    {"200 OK\r\nServer: AkamaiGHost", AKAMAI, NULL},
    {"404 Not Found\r\nServer: cloudflare", "<div id=\"cf-error-details\"></div>", NULL},
    {"521 Down\r\nServer: cloudflare", "<div id=\"cf-error-details\">Web server is down</div>",
     NULL},
    /* Scripts that these services put into the pages of the sites that they guard. */
    {"200 OK\r\nServer: cloudflare",
     "<p>Words<script>window.__CF$cv$params={r:'8f'};a.src='/cdn-cgi/challenge-platform/scripts/"
     "jsd/main.js';</script>",
     NULL},
    {"200 OK", "<p>Words<script src=\"/_Incapsula_Resource?SWJIYLWA=719d\"></script>", NULL},
    {"200 OK", "<p>Words<script>window._pxAppId = 'PX1';</script>", NULL},
    {"200 OK\r\nServer: ddos-guard",
     "<p>Words<script src=\"https://ddos-guard.net/a.js\"></script>", NULL},
    {"200 OK\r\nX-DataDome: protected", "<p>Words<script src=\"https://js.datadome.co/tags.js\">",
     NULL},
    /* Forms with a captcha, a login, and nothing. */
    {"200 OK",
     "<form action=/comment><div class=\"cf-turnstile\"></div><script "
     "src=\"https://challenges.cloudflare.com/turnstile/v0/api.js\"></script></form>",
     NULL},
    {"200 OK", "<form action=/login><input name=user><div class=\"g-recaptcha\"></div></form>",
     NULL},
    {"403 Forbidden", "<p>No", NULL},
    {"200 OK", "", NULL},
    {"503 Unavailable", "", NULL},
    {"200 OK", "<", NULL},
    {"200 OK", "<script", NULL},
};

static const char *find(const struct response *row, const char *more, int times)
{
    struct buf bytes, body;
    struct http_head head;
    buf_init(&bytes, 1 << 12);
    buf_init(&body, 1 << 20);
    buf_printf(&bytes, "HTTP/1.1 %s\r\n\r\n", row->head);
    buf_add(&body, row->body);
    for (int i = 0; i < times; i++)
        buf_add(&body, more);
    ck_assert(http_response_read(&head, buf_text(&bytes)));
    const char *service = challenge_find(&head, buf_text(&body));
    http_head_release(&head);
    buf_release(&bytes);
    buf_release(&body);
    return service;
}

START_TEST(challenges_are_told_by_their_head_and_shape)
{
    const char *service = find(&challenges[_i], "", 0);
    ck_assert_ptr_nonnull(service);
    ck_assert_str_eq(service, challenges[_i].service);
}
END_TEST

START_TEST(pages_that_speak_of_them_are_none)
{
    ck_assert_ptr_null(find(&healthy[_i], "", 0));
}
END_TEST

START_TEST(a_page_with_much_text_or_many_links_is_none)
{
    const struct response *row = &challenges[2];
    ck_assert_str_eq(find(row, "<a href=/x>x</a>", 5), row->service);
    ck_assert_ptr_null(find(row, "<a href=/x>x</a>", 7));
    ck_assert_str_eq(find(row, "<p>Some words of the text. ", 20), row->service);
    ck_assert_ptr_null(find(row, "<p>Some words of the text. ", 200));
    ck_assert_ptr_null(find(row, "<div class=space></div>", 6000));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("challenge");
    TCase *test = tcase_create("challenge");
    tcase_add_loop_test(test, challenges_are_told_by_their_head_and_shape, 0,
                        sizeof challenges / sizeof *challenges);
    tcase_add_loop_test(test, pages_that_speak_of_them_are_none, 0,
                        sizeof healthy / sizeof *healthy);
    tcase_add_test(test, a_page_with_much_text_or_many_links_is_none);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
