/* Describes responses by what may be a refusal in them. */
#include <config.h>

#include "crawl/crawl_signs.h"

#include <stdio.h>

#include "capture/keeping.h"
#include "traps/challenge.h"
#include "traps/jump.h"
#include "traps/login.h"
#include "traps/login_page.h"
#include "web/location.h"
#include "web/url.h"

enum {
    NAMES_BYTES = 1 << 26,
    BARE_MOST = 256 * 1024, /* bytes of a body that may have lost its links, or be a refusal */
};

bool crawl_signs_is_part(const struct capture *capture)
{
    return capture->kind == VISIT_REQUISITE || capture->kind == VISIT_MEDIA;
}

static bool is_gone(int status)
{
    return status == 404 || status == 410;
}

/* Where a redirect leads; false: nowhere, or back to itself. */
static bool mark_redirect(struct lockout_response *response, struct text url,
                          const struct http_head *head)
{
    struct url base, target;
    url_init(&base);
    url_init(&target);
    bool leads = url_parse(&base, url, NULL, TEXT("")) == URL_OK &&
                 location_parse(&target, http_field(head, "Location"), &base) == URL_OK &&
                 !text_equal(url_resource(&target), url);
    if (leads)
        response->mark = lockout_mark_url(url_resource(&target));
    url_release(&base);
    url_release(&target);
    return leads;
}

/* Nothing that is a challenge is what its URL has. */
static void find_challenge(struct capture *capture, const struct http_head *head, struct text body)
{
    capture->body.challenge = challenge_find(head, body);
    if (!capture->body.challenge)
        return;
    capture->body.walled = true;
    snprintf(capture->exchange->error, sizeof capture->exchange->error, KEEPING_CHALLENGE "%s",
             capture->body.challenge);
}

/* `body` is decoded; empty for what is not read. */
static struct lockout_response describe(const struct capture *capture, const struct http_head *head,
                                        struct text body)
{
    const struct exchange *exchange = capture->exchange;
    struct text url = buf_text(&exchange->url);
    struct lockout_response response = {.key = capture->key,
                                        .sign = LOCKOUT_SERVED,
                                        .status = head ? head->status : 0,
                                        .mark = (uint64_t)capture->key,
                                        .exact = (uint64_t)capture->key,
                                        .place = lockout_mark_url(url),
                                        .part = crawl_signs_is_part(capture),
                                        .by_redirect =
                                            text_ends(text_of(capture->hops), TEXT("R"))};
    int status = response.status;
    response.challenge = capture->body.challenge;
    response.began_ms = exchange->began_ms;
    response.ended_ms = exchange->began_ms + exchange->took_ms;
    if (!head) {
        response.sign = LOCKOUT_REFUSED;
        return response;
    }
    bool is_picture =
        response.part && !text_starts_nocase(http_field(head, "Content-Type"), TEXT("text/html"));
    if (status == 304)
        return response;
    if (response.challenge)
        response.sign = LOCKOUT_REFUSED;
    else if (status / 100 == 3 && http_field(head, "Location").length) {
        /* one that leads back to its own URL gives nothing */
        response.sign = mark_redirect(&response, url, head) ? LOCKOUT_REDIRECTED : LOCKOUT_REFUSED;
    } else if (!is_gone(status) && status / 100 != 2)
        response.sign = LOCKOUT_REFUSED;
    else if (exchange->cut == CUT_DISCONNECT || exchange->cut == CUT_TIME)
        response.sign = LOCKOUT_REFUSED;
    else if (!is_picture && exchange->cut == CUT_NONE)
        lockout_mark_body(&response, body, url);
    return response;
}

/* How many pages and lists the URL named when an earlier run read it as a list; -1: nobody knows,
 * because the store was lost; 0 where it is no list. */
static enum result count_named(struct crawl *crawl, const struct capture *capture, int64_t *named)
{
    struct buf names;
    *named = 0;
    if (capture->before.status != 200 ||
        (capture->kind != VISIT_SEED && capture->kind != VISIT_PAGER &&
         capture->kind != VISIT_ARCHIVE))
        return RESULT_OK;
    buf_init(&names, NAMES_BYTES);
    enum result result =
        recrawl_state_list_names(crawl->store->recrawl, capture->key, &names, &crawl->trouble);
    *named = result == RESULT_END ? -1 : (int64_t)(names.length / sizeof(int64_t));
    buf_release(&names);
    return result == RESULT_END ? RESULT_OK : result;
}

/* How many URLs the body may name, counted up to `most`; feeds stand in its head. */
static int64_t count_references(struct text body, int64_t most)
{
    int64_t count = 0;
    for (ptrdiff_t at; count < most && (at = text_find_nocase(body, TEXT("href"))) >= 0; count++)
        body = text_skip(body, (size_t)at + 1);
    return count;
}

/* Whether an earlier run was answered otherwise than with a redirect, or that it is gone. */
static enum result was_other(struct crawl *crawl, const struct capture *capture, bool *other)
{
    struct url_history history;
    *other = capture->before.status == 200;
    if (capture->before.status)
        return RESULT_OK;
    enum result result =
        recrawl_state_history(crawl->store->recrawl, capture->key, &history, NULL, &crawl->trouble);
    *other = result == RESULT_END || (result == RESULT_OK && !history.done_ms);
    return result == RESULT_END ? RESULT_OK : result;
}

static bool is_document(const struct http_head *head)
{
    struct text type = http_field(head, "Content-Type");
    return !type.length || text_starts_nocase(type, TEXT("text/html"));
}

/* Whether links are missing in a feed that an earlier run has read there. */
static enum result find_lost_links(struct crawl *crawl, const struct capture *capture,
                                   struct text body, bool *lost)
{
    int64_t named = 0;
    enum result result = count_named(crawl, capture, &named);
    *lost = named > count_references(body, named);
    return result;
}

/* Whether a host that shuts us out could send this: in a later run, a response that has nothing
 * which refusals lack, and differs from what an earlier run was served. */
static enum result find_bare(struct crawl *crawl, struct capture *capture,
                             const struct http_head *head, struct text body,
                             struct lockout_response *response)
{
    if (crawl->summary.first || response->part || response->sign == LOCKOUT_REFUSED ||
        response->status == 304)
        return RESULT_OK;
    response->later = true;
    /* Most guesses are gone on a healthy site, too. */
    if (is_gone(response->status) && visit_hops_guessed(text_of(capture->hops)))
        return RESULT_OK;
    if (response->status / 100 != 2)
        return was_other(crawl, capture, &response->bare);
    /* A long body is not bare, and to look through it would take its length in memory. */
    if (body.length > BARE_MOST || lockout_count_links(body) == LOCKOUT_LINKS_ENOUGH ||
        recrawl_compare_is_same(crawl->compare, capture, head))
        return RESULT_OK;
    if (body.length && !is_document(head))
        return find_lost_links(crawl, capture, body, &response->bare);
    response->bare = true;
    return RESULT_OK;
}

/* Whether the page is a seed that stands for a whole site. */
static bool stands_for_site(const struct crawl *crawl, const struct capture *capture)
{
    const struct scope_options *scope = &crawl->options->scope;
    return capture->kind == VISIT_SEED && !capture->hops[0] && scope->kind != SCOPE_PAGE &&
           scope->kind != SCOPE_ANY && scope->level != 0;
}

/* What a seed shows that leads away from its site by itself: nothing of the site. */
static bool leads_away(const struct crawl *crawl, const struct capture *capture,
                       const struct url *target)
{
    return stands_for_site(crawl, capture) && !scope_is_given_site(crawl->scope, target);
}

/* A seed that shows a login, and leads to nothing else, shows nothing of its site. */
static void find_login(const struct crawl *crawl, struct capture *capture,
                       const struct http_head *head, struct text body)
{
    struct url url;
    if (head->status != 200 || capture->body.walled || !is_document(head) ||
        !stands_for_site(crawl, capture))
        return;
    url_init(&url);
    if (url_parse(&url, buf_text(&capture->exchange->url), NULL, TEXT("")) == URL_OK &&
        login_page_find(body, &url)) {
        capture->body.walled = true;
        snprintf(capture->exchange->error, sizeof capture->exchange->error, "%s",
                 KEEPING_LOGIN_PAGE);
    }
    url_release(&url);
}

/* A page that is nothing but a jump is a redirect in other words. */
static void find_jump(struct crawl *crawl, struct capture *capture, const struct http_head *head,
                      struct text body, struct lockout_response *response)
{
    struct text href, own = buf_text(&capture->exchange->url);
    struct url base, target;
    if (head->status != 200 || response->part || response->sign != LOCKOUT_SERVED ||
        !is_document(head) || !jump_find(body, &href))
        return;
    url_init(&base);
    url_init(&target);
    bool leads = url_parse(&base, own, NULL, TEXT("")) == URL_OK &&
                 url_parse(&target, href, &base, TEXT("")) == URL_OK;
    if (leads && text_equal(url_resource(&target), own))
        capture->body.to_itself = true;
    else if (leads) {
        char *error = capture->exchange->error;
        size_t size = sizeof capture->exchange->error;
        response->sign = LOCKOUT_REDIRECTED;
        response->mark = lockout_mark_url(url_resource(&target));
        capture->body.walled = capture->kind != VISIT_PAGE;
        if (capture->body.walled && login_is_href(url_resource(&target)))
            snprintf(error, size, "%s", KEEPING_LOGIN);
        else if (leads_away(crawl, capture, &target)) {
            snprintf(error, size, "%s%.*s", KEEPING_AWAY,
                     TEXT_ARGS(text_first(url_resource(&target), 150)));
            new_homes_note(&crawl->summary.changes.homes, own, url_resource(&target));
        } else
            capture->body.walled = false;
    }
    url_release(&base);
    url_release(&target);
}

enum result crawl_signs_of(struct crawl *crawl, struct capture *capture,
                           const struct http_head *head, struct text body,
                           struct lockout_response *response)
{
    if (head)
        find_challenge(capture, head, body);
    *response = describe(capture, head, body);
    if (head) {
        find_jump(crawl, capture, head, body, response);
        find_login(crawl, capture, head, body);
    }
    return head ? find_bare(crawl, capture, head, body, response) : RESULT_OK;
}

/* Compares it with what the archive has of the URL: by marks, which leave numbers out. */
static enum result compare_with_held(struct crawl *crawl, const struct capture *capture,
                                     struct lockout_response *response)
{
    struct lockout_response held = {.status = response->status};
    struct text body;
    enum result result =
        recrawl_compare_read_held(crawl->compare, capture->key, &body, &crawl->trouble);
    if (result == RESULT_OK) {
        lockout_mark_body(&held, body, buf_text(&capture->exchange->url));
        response->as_held = held.mark == response->mark;
    }
    response->unheld = result == RESULT_END;
    return result == RESULT_END ? RESULT_OK : result;
}

enum result crawl_signs_of_probe(struct crawl *crawl, struct capture *capture,
                                 const struct http_head *head, struct text body,
                                 struct lockout_response *response)
{
    if (head)
        find_challenge(capture, head, body);
    *response = describe(capture, head, body);
    if (head)
        find_jump(crawl, capture, head, body, response);
    return response->sign == LOCKOUT_SERVED && response->status == 200
               ? compare_with_held(crawl, capture, response)
               : RESULT_OK;
}
